"""Finds the chat on this network to which an invite code belongs.

The code itself is not sent: each server has to prove that it knows the code, see `protocol/code_proof.py`.
"""

from __future__ import annotations

import logging
import socket
import ssl
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol

from chatapp.client.local.discovery import Discovery
from chatapp.languages.translation import N_, _
from chatapp.protocol.code_proof import CodeQuestion
from chatapp.protocol.code_text import letters, typed_code
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite
from chatapp.protocol.lines import LineBuffer
from chatapp.protocol.message import Message
from chatapp.protocol.tls import fingerprint, unverified_context

SECONDS = 5.0  # for which servers are looked for
ANSWER_SECONDS = 4.0  # that a server has for its answer
MOST_SERVERS = 200  # that are asked; anybody on the network can announce any number
MOST_AT_ONCE = 8
MOST_LINES = 100  # of a server before its answer

UNKNOWN = N_("No chat on this network has the code {code}. Ask for the link instead.")

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CodeFound:
    """A server has proved that it knows the code.

    Attributes:
        invite: Leads to it, with its certificate and the code.
        name: The name of the chat as it is announced, which is untrusted text.
    """

    invite: Invite
    name: str


@dataclass(frozen=True, slots=True)
class CodeUnknown:
    """No server on this network knows the code; the reason is a sentence for the user."""

    reason: str


CodeResult = CodeFound | CodeUnknown


class Search(Protocol):
    """A search for servers, such as `Discovery`."""

    def start(self) -> None: ...

    def stop(self) -> None: ...


class CodeLookup:
    """One lookup, on threads of its own. It also asks servers that are found only while it runs.

    Args:
        code: As it was typed; `typed_code` tells whether it is one.
        on_result: Called once with the result, unless the lookup is stopped. Thread: one of the lookup.
        make_search: Makes the search for servers. Tests replace it.
        seconds: How long servers are looked for.
    """

    def __init__(
        self,
        code: str,
        on_result: Callable[[CodeResult], object],
        make_search: Callable[[Callable[[list[Offer]], None]], Search] = Discovery,
        seconds: float = SECONDS,
    ) -> None:
        self._code = code
        self._on_result = on_result
        self._seconds = seconds
        self._asked: dict[tuple[str, int], Future[CodeFound | None]] = {}  # by certificate and port
        self._is_stopped = False
        self._changed = threading.Condition()
        self._found: CodeFound | None = None
        self._pool = ThreadPoolExecutor(MOST_AT_ONCE, "code lookup")
        self._search = make_search(self._offers_changed)
        self._thread = threading.Thread(target=self._run, name="code lookup", daemon=True)

    def start(self) -> None:
        """Start to look for the code."""
        self._search.start()
        self._thread.start()

    def stop(self) -> None:
        """Stop; `on_result` is not called any more."""
        with self._changed:
            self._is_stopped = True
            self._changed.notify_all()

    def _run(self) -> None:
        deadline = time.monotonic() + self._seconds
        with self._changed:
            while not self._has_ended and (left := deadline - time.monotonic()) > 0:
                self._changed.wait(left)
            while not self._has_ended and not all(each.done() for each in self._asked.values()):
                self._changed.wait(ANSWER_SECONDS)
            is_stopped, self._is_stopped = self._is_stopped, True
        self._search.stop()
        self._pool.shutdown(wait=False, cancel_futures=True)
        if not is_stopped:
            self._on_result(
                self._found or CodeUnknown(_(UNKNOWN).format(code=typed_code(self._code) or self._code))
            )

    @property
    def _has_ended(self) -> bool:
        return self._is_stopped or self._found is not None

    def _offers_changed(self, offers: list[Offer]) -> None:
        with self._changed:
            for offer in offers:
                key = (offer.fingerprint, offer.port)
                is_new = key not in self._asked and len(self._asked) < MOST_SERVERS
                if offer.fingerprint and offer.addresses and is_new and not self._has_ended:
                    future = self._asked[key] = self._pool.submit(ask, offer, self._code)
                    future.add_done_callback(self._answered)

    def _answered(self, future: Future[CodeFound | None]) -> None:
        with self._changed:
            if not future.cancelled() and future.exception() is None:
                self._found = self._found or future.result()
            self._changed.notify_all()


def ask(offer: Offer, code: str) -> CodeFound | None:
    """Ask a server whether it knows a code; None if it does not prove that."""
    for host in offer.addresses:
        if host.lower().startswith("fe80:"):
            continue  # it needs an interface
        try:
            certificate = _proving_certificate(host, offer, code)
        except (OSError, ValueError) as error:
            log.info("%s port %s was not asked for the code: %s", host, offer.port, error)
            continue
        if not certificate:
            return None
        shown = typed_code(code) or code
        return CodeFound(Invite(host, offer.port, pin=certificate, code=shown), offer.network)
    return None


def _proving_certificate(host: str, offer: Offer, code: str) -> str:
    """Return the fingerprint of the server if it proves that it knows the code; else an empty text.

    Raises:
        OSError: It does not answer.
        ValueError: It does not speak the protocol.
    """
    deadline = time.monotonic() + ANSWER_SECONDS
    with (
        socket.create_connection((host, offer.port), timeout=ANSWER_SECONDS) as sock,
        unverified_context().wrap_socket(sock) as secured,  # the proof is about the certificate
    ):
        certificate = fingerprint(secured.getpeercert(binary_form=True) or b"")
        if certificate != offer.fingerprint:
            return ""
        question = CodeQuestion(code)
        request = f"CAP REQ :standard-replies\r\nFINDCODE {letters(code)[:2]} {question.text}\r\n"
        secured.sendall(request.encode())
        return certificate if _is_proved(secured, question, certificate, deadline) else ""


def _is_proved(sock: ssl.SSLSocket, question: CodeQuestion, certificate: str, deadline: float) -> bool:
    lines = LineBuffer()
    count = 0
    while (left := deadline - time.monotonic()) > 0 and count < MOST_LINES:
        sock.settimeout(left)
        data = sock.recv(4096)
        if not data:
            return False
        for line in lines.feed(data):
            count += 1
            if not isinstance(line, bytes):
                continue
            message = Message.parse(line.decode(errors="replace"))
            match message.command, message.params:
                case "NOTE", ("FINDCODE", "FOUND", answer, proof, *_):
                    if question.is_proof(answer, proof, certificate):
                        return True
                case ("NOTE", ("FINDCODE", "END", *_)) | ("FAIL", ("FINDCODE", *_)):
                    return False
                case ("421", _) | ("ERROR", _):
                    return False
    return False
