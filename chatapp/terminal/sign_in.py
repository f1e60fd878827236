"""Signs the user in: waits for the connection, and asks for corrections if the login is refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from chatapp.client.client import Client
from chatapp.client.login import with_name
from chatapp.client.model.changes import Change, ConnectFailed
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.languages.translation import N_, _
from chatapp.protocol.tls import format_fingerprint
from chatapp.terminal.ansi import clean

TICK_SECONDS = 0.02  # between two polls of the client
NAME_PROMPT = N_("Choose a username:")
PASSWORD_PROMPT = N_("Password: ")
CODE_PROMPT = N_("Invite code: ")
FINGERPRINT_DIGITS = 4  # the user types, to confirm an alarming certificate

Ask = Callable[[str], str]


class SignInFailed(Exception):
    """Signing in failed; the text is for the user."""


def wait_until_online(client: Client) -> list[Change] | ConnectFailed:
    """Wait until the client is online or the attempt has failed.

    Returns:
        The changes so far, or the failure.
    """
    changes: list[Change] = []
    while client.network.state != "online":
        changes += client.poll()
        failed = next((change for change in changes if isinstance(change, ConnectFailed)), None)
        if failed:
            return failed
        time.sleep(TICK_SECONDS)
    return changes


def ask_and_reconnect(client: Client, failed: ConnectFailed, ask: Ask, ask_secretly: Ask) -> None:
    """Ask the user to correct what was refused, and connect again.

    Args:
        ask: Prints a question and returns the answer.
        ask_secretly: Likewise, without showing what is typed.

    Raises:
        SignInFailed: No answer would help, or the user does not trust the certificate.
    """
    reason, login = clean(failed.reason), client.login
    match failed.kind:
        case "name" | "name-taken":
            suggested = f" [{failed.suggestion}]" if failed.suggestion else ""
            name = ask(f"{reason}\n{_(NAME_PROMPT)}{suggested} ")
            client.connect(with_name(login, name or failed.suggestion))
        case "password":
            client.connect(replace(login, password=ask_secretly(f"{reason}\n{_(PASSWORD_PROMPT)}")))
        case "server-password":
            client.connect(replace(login, server_password=ask_secretly(f"{reason}\n{_(PASSWORD_PROMPT)}")))
        case "code":
            client.connect(replace(login, code=ask(f"{reason}\n{_(CODE_PROMPT)}")))
        case "certificate" if failed.certificate_problem and failed.certificate_problem.can_be_trusted:
            _confirm_certificate(failed.certificate_problem, ask)
            problem = failed.certificate_problem
            client.trust(problem, problem.may_be_same_chat)
        case _:
            raise SignInFailed(failure_text(failed))


def failure_text(failed: ConnectFailed) -> str:
    """Return why signing in failed, and which option would help, on one line."""
    problem = failed.certificate_problem
    if problem:
        title = problem.title if problem.title.endswith("?") else f"{problem.title}."
        digits = format_fingerprint(problem.fingerprint)
        its = _("Its fingerprint is {fingerprint}").format(fingerprint=digits)
        return f"{title} {problem.explanation} {its}"
    if failed.kind == "no-tls":
        return f"{failed.reason} {_('Use --unencrypted to connect without TLS.')}"
    return failed.reason


def _confirm_certificate(problem: CertificateProblem, ask: Ask) -> None:
    """Ask the user to trust a certificate. An alarming one takes more than "yes": the fingerprint's start.

    Raises:
        SignInFailed: The user does not trust it.
    """
    shown = f"{problem.title}\n{problem.explanation}\n\n{format_fingerprint(problem.fingerprint, 8)}\n\n"
    if problem.is_alarming:
        question = _("To trust it anyway, type the first {count} characters of the fingerprint: ").format(
            count=FINGERPRINT_DIGITS
        )
        expected = [problem.fingerprint[:FINGERPRINT_DIGITS]]
    else:
        question, expected = _("Trust this certificate? (yes/no) "), ["yes", _("yes")]
    if ask(clean(shown) + question).lower().replace(" ", "") not in expected:
        raise SignInFailed(_("The certificate is not trusted; nothing was sent to the server."))
