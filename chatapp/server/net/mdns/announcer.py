"""Announces the server with multicast DNS: probes its name, announces it, answers queries, withdraws it.

Source: RFC 6762 sections 6, 8, 9, 10 and 11.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

from chatapp.protocol.dns import MalformedPacket, Packet, build, parse
from chatapp.protocol.dnssd import Offer, fit_label
from chatapp.system import multicast
from chatapp.system.multicast import PACKET_BYTES, PORT, MulticastInterface, SocketAddress
from chatapp.system.waker import Waker

PROBES, PROBE_SECONDS = 3, 0.25
ANNOUNCEMENTS, ANNOUNCE_SECONDS = 2, 1.0
CHECK_SECONDS = 30.0  # between checks for changed interfaces
ONE_SHOT_SECONDS = 10  # the TTL for resolvers without multicast DNS: RFC 6762 section 6.7
HOST_DIGITS = 8  # digits of the fingerprint in the host name
MAX_RENAMES = 20  # after this many conflicts the server is not announced any more

log = logging.getLogger(__name__)


def offer_of(network: str, port: int, fingerprint: str) -> Offer:
    """Return what is announced: the name of the chat and of this computer.

    The host name is made for this purpose. Two computers may both be called `ubuntu`, and the computer's own
    name belongs to the other programs on it that speak multicast DNS.
    """
    computer = socket.gethostname().partition(".")[0] or "chat"
    host = fit_label(computer, f"-{fingerprint[:HOST_DIGITS]}" if fingerprint else "")
    return Offer(fit_label(f"{network} on {computer}"), host, port, (), network, fingerprint)


class Announcer:
    """Announces a server on each network interface, with the addresses of that interface.

    Args:
        describe: Returns what is announced. It may change, for example with the certificate.
    """

    def __init__(self, describe: Callable[[], Offer]) -> None:
        self._describe = describe
        self._offer = describe()
        self._interfaces: list[MulticastInterface] = []
        self._steps: list[tuple[float, Callable[[], None]]] = []  # each with its time.monotonic()
        self._claimed = False  # the name has no conflict
        self._renames = 0
        self._waker = Waker()
        self._stopping = False
        self._must_refresh = False
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def refresh(self) -> None:
        """Announce the server anew at once, because its description has changed.

        Thread: any, also while `stop` ends it.
        """
        self._must_refresh = True
        self._waker.wake()

    def stop(self) -> None:
        """Withdraw the server and end the thread."""
        self._stopping = True
        self._waker.wake()
        self._thread.join()
        self._waker.close()

    def _run(self) -> None:
        try:
            self._begin()
            while not self._stopping:
                self._turn()
            self._send(Offer.goodbye)
        except Exception:
            log.exception("bug in announcing: the server is not announced any more")
        for each in self._interfaces:
            each.sock.close()

    def _begin(self) -> None:
        """Open the interfaces, and begin to probe and announce on them."""
        for each in self._interfaces:
            each.sock.close()
        self._interfaces = multicast.listening_interfaces()
        self._claimed = False
        now = time.monotonic()
        self._steps = [
            (now + PROBE_SECONDS * count, lambda: self._send(Offer.probe)) for count in range(PROBES)
        ]
        claimed = now + PROBE_SECONDS * PROBES
        for count in range(ANNOUNCEMENTS):
            step = (claimed + ANNOUNCE_SECONDS * count, self._announce)
            self._steps.append(step)
        self._steps.append((now + CHECK_SECONDS, self._check_interfaces))

    def _announce(self) -> None:
        self._claimed = True
        self._send(Offer.announcement)

    def _turn(self) -> None:
        """Wait for packets or the next step."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._waker.readable, selectors.EVENT_READ)
            for each in self._interfaces:
                selector.register(each.sock, selectors.EVENT_READ, each)
            for ready, _ in selector.select(max(0.0, self._steps[0][0] - time.monotonic())):
                if ready.data:
                    self._receive(ready.data)
                else:
                    self._waker.clear()
        if self._must_refresh:
            self._take_description()
        while self._steps and self._steps[0][0] <= time.monotonic():
            self._steps.pop(0)[1]()

    def _take_description(self) -> None:
        """Withdraw the server under its former name, and announce it under the present one."""
        self._must_refresh = False
        offer = self._describe()
        if offer != self._offer:
            self._send(Offer.goodbye)
            self._offer, self._renames = offer, 0
            self._begin()

    def _check_interfaces(self) -> None:
        """Announce again if the interfaces or the description have changed."""
        known = {(each.name, each.address) for each in self._interfaces}
        current = {(name, address) for name, found in multicast.own_addresses().items() for address in found}
        offer = replace(self._describe(), instance=self._offer.instance)
        before, self._offer = self._offer, offer
        if current - known or (offer.port, offer.host) != (before.port, before.host):
            self._begin()
            return
        if offer != before and self._claimed:
            self._announce()  # RFC 6762 section 8.4: changed data need no new probes
        self._steps.append((time.monotonic() + CHECK_SECONDS, self._check_interfaces))

    def _receive(self, interface: MulticastInterface) -> None:
        with suppress(OSError, MalformedPacket):
            data, sender = interface.sock.recvfrom(PACKET_BYTES)
            packet = parse(data)
            offer = self._offer_on(interface)
            if offer.conflicts_with(packet) or (not self._claimed and offer.loses_tie_to(packet)):
                self._rename()
            elif self._claimed and (answer := offer.answer(packet)):
                _answer(interface, packet, answer, sender)

    def _rename(self) -> None:
        self._renames += 1
        if self._renames <= MAX_RENAMES:
            self._offer = self._offer.renamed()
            self._begin()

    def _send(self, packet: Callable[[Offer], Packet]) -> None:
        for each in self._interfaces:
            each.send(build(packet(self._offer_on(each))))

    def _offer_on(self, interface: MulticastInterface) -> Offer:
        addresses = tuple(each.address for each in self._interfaces if each.name == interface.name)
        return replace(self._offer, addresses=addresses)


def _answer(interface: MulticastInterface, query: Packet, answer: Packet, sender: SocketAddress) -> None:
    """Answer to the group; but directly to a resolver that asked for that or does not speak multicast DNS.

    Source:
        RFC 6762 sections 5.4 and 6.7.
    """
    if sender[1] != PORT:
        records = tuple(replace(each, ttl=ONE_SHOT_SECONDS, flush=False) for each in answer.answers)
        more = tuple(replace(each, ttl=ONE_SHOT_SECONDS, flush=False) for each in answer.additionals)
        echo = replace(answer, answers=records, additionals=more, questions=query.questions, id=query.id)
        interface.send(build(echo), sender)
    elif all(question.unicast for question in query.questions):
        interface.send(build(answer), sender)
    else:
        interface.send(build(answer))
