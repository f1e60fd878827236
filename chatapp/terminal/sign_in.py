"""How one gets in: connecting, and asking a person for what was wrong."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, ConnectFailed
from chatapp.client.transport.certificates import CertificateProblem, grouped
from chatapp.terminal.ansi import clean

TICK_SECONDS = 0.02
QUESTION = "Choose a username:"
SHOWN_DIGITS = 4  # of a fingerprint, that somebody has to look at

Ask = Callable[[str], str]


class SignInFailed(Exception):
    """There is no way in, in words for whoever wants to."""


def entered(client: Client) -> list[Change] | ConnectFailed:
    """Wait for what becomes of connecting: what has changed once we are in, or why we are not."""
    changes: list[Change] = []
    while client.network.state != "online":
        changes += client.poll()
        failed = next((change for change in changes if isinstance(change, ConnectFailed)), None)
        if failed:
            return failed
        time.sleep(TICK_SECONDS)
    return changes


def mend(client: Client, failed: ConnectFailed, ask: Ask, ask_secretly: Ask) -> None:
    """Ask a person for what was wrong, and connect again.

    Raises  CannotEnter when that cannot be put right by asking
    """
    words, login = clean(failed.words), client.login
    match failed.kind:
        case "name" | "name-taken":
            offer = f" [{failed.suggestion}]" if failed.suggestion else ""
            name = ask(f"{words} {QUESTION}{offer} ")
            client.connect(replace(login, nick=name or failed.suggestion))
        case "password":
            client.connect(replace(login, password=ask_secretly(f"{words}\nPassword: ")))
        case "server-password":
            client.connect(replace(login, server_password=ask_secretly(f"{words}\nPassword: ")))
        case "certificate" if failed.doubt and failed.doubt.is_open:
            _decide(failed.doubt, ask)
            client.trust(failed.doubt)
        case _:
            raise SignInFailed(why(failed))


def why(failed: ConnectFailed) -> str:
    """Why there is no way in, and what would open one, in one line."""
    doubt = failed.doubt
    if doubt:
        stop = "" if doubt.title.endswith("?") else "."
        return f"{doubt.title}{stop} {doubt.words} Its fingerprint is {doubt.fingerprint}"
    return failed.words + (" With --unencrypted you talk in clear." if failed.kind == "no-tls" else "")


def _decide(doubt: CertificateProblem, ask: Ask) -> None:
    """Let a person look at a certificate. Where something is wrong with it, a mere `yes` is said too quickly.

    Raises  CannotEnter
    """
    shown = f"{doubt.title}\n{doubt.words}\n\n{grouped(doubt.fingerprint)}\n\n"
    if doubt.is_alarming:
        question, wanted = "To trust it all the same, type how it begins: ", doubt.fingerprint[:SHOWN_DIGITS]
    else:
        question, wanted = "Trust it? (yes/no) ", "yes"
    if ask(clean(shown) + question).lower() != wanted:
        raise SignInFailed("It is not trusted, and nothing was sent to it.")
