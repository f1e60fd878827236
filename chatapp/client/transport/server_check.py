"""Asks a server what it is before anybody connects to it: whether it is a chat, its name, its encryption.

    LinkConnected  → CAP LS, CAP REQ, ISUPPORT → 005 NETWORK=…        a chat with a name
                                               → any other answer      a chat
    LinkFailed, no known CA has signed the certificate                 once more, with this certificate

Nothing about the user is sent. The check of a server with an unknown certificate says what that certificate
is; whether to trust it is decided when the user connects.

Source: IRCv3 capability negotiation, draft/extended-isupport.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from queue import SimpleQueue
from typing import Any

from chatapp.client.transport.certificates import CertificateProblem, ServerTarget
from chatapp.client.transport.link import (
    LinesReceived,
    LinkConnected,
    LinkFailed,
    LinkLost,
    OpenLink,
    ServerLink,
)
from chatapp.languages.translation import _
from chatapp.protocol import isupport
from chatapp.protocol.message import MalformedMessage, Message

ANSWER_SECONDS = 6.0  # from the connection to the last answer that is waited for

_QUESTIONS = ("CAP LS 302", "CAP REQ :batch draft/extended-isupport", "ISUPPORT")
_NOT_OFFERED = frozenset({"421", "451", "461"})  # answers to ISUPPORT of servers that know it later or never


@dataclass(frozen=True, slots=True)
class ServerAnswers:
    """A chat server answers.

    Attributes:
        name: The name of the chat; empty if the server does not say it before the login.
        is_encrypted: Whether the connection is encrypted.
        fingerprint: Of its certificate, if no authority or link vouches for it; else empty.
        is_pinned: Whether its certificate is the one that the link names.
    """

    name: str = ""
    is_encrypted: bool = False
    fingerprint: str = ""
    is_pinned: bool = False


@dataclass(frozen=True, slots=True)
class NoServer:
    """No chat server answers, or not the right one; the reason is a sentence for the user."""

    reason: str
    problem: CertificateProblem | None = None


CheckResult = ServerAnswers | NoServer


class ServerCheck:
    """One check. Call `poll` until it returns the result, then `stop`.

    Args:
        clock: Returns monotonic seconds.
        open_link: Opens a link.
    """

    def __init__(
        self,
        target: ServerTarget,
        clock: Callable[[], float] = time.monotonic,
        open_link: OpenLink = ServerLink,
    ) -> None:
        self._target = target
        self._clock = clock
        self._open_link = open_link
        self._inbox: SimpleQueue[Any] = SimpleQueue()
        self._is_chat = False
        self._found = ServerAnswers(is_pinned=bool(target.pin))
        self._ends_at = float("inf")
        self._link = open_link(target, self._inbox)

    def poll(self) -> CheckResult | None:
        """Return the result, or None as long as there is none."""
        while not self._inbox.empty():
            item = self._inbox.get()
            result = self._take(item) if item.link is self._link else None
            if result is not None:
                return result
        return self._so_far() if self._clock() > self._ends_at else None

    def stop(self) -> None:
        """Close the connection; there will be no result."""
        self._link.close()

    def _take(self, item: object) -> CheckResult | None:
        match item:
            case LinkConnected():
                self._found = replace(self._found, is_encrypted=item.encrypted)
                self._ends_at = self._clock() + ANSWER_SECONDS
                for line in _QUESTIONS:
                    self._link.send(line)
            case LinesReceived():
                return self._read(item.lines)
            case LinkLost():
                return self._so_far()
            case LinkFailed():
                return self._failed(item)
        return None

    def _read(self, lines: list[str]) -> CheckResult | None:
        for line in lines:
            try:
                message = Message.parse(line)
            except MalformedMessage:
                continue
            if message.command == "PING":
                self._link.send(str(Message("PONG", message.params)))
            self._is_chat = self._is_chat or message.command in ("CAP", "005", *_NOT_OFFERED)
            name = isupport.parse(message.params[1:-1]).get("NETWORK") if message.command == "005" else None
            if name:
                self._found = replace(self._found, name=name)
            if name or message.command in _NOT_OFFERED:
                return self._so_far()
        return None

    def _so_far(self) -> CheckResult:
        target = self._target
        if self._is_chat:
            return self._found
        return NoServer(not_a_chat_text(target.host, target.port))

    def _failed(self, failed: LinkFailed) -> CheckResult | None:
        problem = failed.certificate_problem
        if problem is None or problem.kind != "unknown":
            return NoServer(failed.reason, problem)
        self._found = replace(self._found, fingerprint=problem.fingerprint)
        self._link.close()
        self._link = self._open_link(replace(self._target, pin=problem.fingerprint), self._inbox)
        return None


def not_a_chat_text(host: str, port: int) -> str:
    """Return the sentence about a port where no chat server answers."""
    return _("Port {port} of {host} is not a chat server. Check the address.").format(port=port, host=host)
