"""Makes the server found on its network: asks whether its name is free, announces it, answers, says goodbye.

Source  RFC 6762 sections 6, 8, 9, 10 and 11
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

PROBES, PROBE_SECONDS = 3, 0.25
ANNOUNCEMENTS, ANNOUNCE_SECONDS = 2, 1.0
LOOK_SECONDS = 30.0  # between two looks whether an interface came or went
ONE_SHOT_SECONDS = 10  # how long a resolver that is not multicast may believe us, RFC 6762 section 6.7
HOST_DIGITS = 8  # of the fingerprint, in the name of the host
RENAMES = 20  # after so many names that others have we give up

log = logging.getLogger(__name__)


def offer_of(network: str, port: int, fingerprint: str) -> Offer:
    """What this computer offers: its name tells people which room it is in.

    The host has a name of its own, for two computers that are both called `ubuntu` must not pass for one, and
    the computer's own name belongs to whatever else of it speaks multicast DNS.
    """
    computer = socket.gethostname().partition(".")[0] or "chat"
    host = fit_label(computer, f"-{fingerprint[:HOST_DIGITS]}" if fingerprint else "")
    return Offer(fit_label(f"{network} on {computer}"), host, port, (), network, fingerprint)


class Announcer:
    """Takes  describe: gives what is announced, which may change, say with the server's certificate

    The addresses of an offer are those of the interface by which it is told.
    """

    def __init__(self, describe: Callable[[], Offer]) -> None:
        self._describe = describe
        self._offer = describe()
        self._interfaces: list[MulticastInterface] = []
        self._steps: list[tuple[float, Callable[[], None]]] = []  # seconds of the clock, what to do then
        self._claimed = False  # nobody objected to the name
        self._renames = 0
        self._wake_in, self._wake_out = socket.socketpair()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="announcer", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Say goodbye and end."""
        self._stopping = True
        self._wake_out.send(b"!")
        self._thread.join()
        self._wake_in.close()
        self._wake_out.close()

    def _run(self) -> None:
        try:
            self._begin()
            while not self._stopping:
                self._turn()
            self._tell(Offer.goodbye)
        except Exception:
            log.exception("a bug in announcing: the server is not found on the network any more")
        for each in self._interfaces:
            each.sock.close()

    def _begin(self) -> None:
        """Open the interfaces, and claim the name on them."""
        for each in self._interfaces:
            each.sock.close()
        self._interfaces = multicast.listening_interfaces()
        self._claimed = False
        now = time.monotonic()
        self._steps = [
            (now + PROBE_SECONDS * count, lambda: self._tell(Offer.probe)) for count in range(PROBES)
        ]
        claimed = now + PROBE_SECONDS * PROBES
        for count in range(ANNOUNCEMENTS):
            step = (claimed + ANNOUNCE_SECONDS * count, self._announce)
            self._steps.append(step)
        self._steps.append((now + LOOK_SECONDS, self._look))

    def _announce(self) -> None:
        self._claimed = True
        self._tell(Offer.announcement)

    def _turn(self) -> None:
        """Wait for a packet or the next step."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_in, selectors.EVENT_READ)
            for each in self._interfaces:
                selector.register(each.sock, selectors.EVENT_READ, each)
            for ready, _ in selector.select(max(0.0, self._steps[0][0] - time.monotonic())):
                if ready.data:
                    self._hear(ready.data)
        while self._steps and self._steps[0][0] <= time.monotonic():
            self._steps.pop(0)[1]()

    def _look(self) -> None:
        """Is this computer in another network by now, or is there something else to tell?"""
        mine = {(each.name, each.address) for each in self._interfaces}
        there = {(name, address) for name, found in multicast.own_addresses().items() for address in found}
        now = replace(self._describe(), instance=self._offer.instance)
        if there - mine or now != self._offer:
            self._offer = now
            self._begin()
        else:
            self._steps.append((time.monotonic() + LOOK_SECONDS, self._look))

    def _hear(self, interface: MulticastInterface) -> None:
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
        if self._renames <= RENAMES:
            self._offer = self._offer.renamed()
            self._begin()

    def _tell(self, packet: Callable[[Offer], Packet]) -> None:
        for each in self._interfaces:
            each.send(build(packet(self._offer_on(each))))

    def _offer_on(self, interface: MulticastInterface) -> Offer:
        there = tuple(each.address for each in self._interfaces if each.name == interface.name)
        return replace(self._offer, addresses=there)


def _answer(interface: MulticastInterface, query: Packet, answer: Packet, sender: SocketAddress) -> None:
    """To everybody, or to the asker alone: who wished it, or is no multicast resolver. RFC 6762 5.4, 6.7"""
    if sender[1] != PORT:
        records = tuple(replace(each, ttl=ONE_SHOT_SECONDS, flush=False) for each in answer.answers)
        more = tuple(replace(each, ttl=ONE_SHOT_SECONDS, flush=False) for each in answer.additionals)
        echo = replace(answer, answers=records, additionals=more, questions=query.questions, id=query.id)
        interface.send(build(echo), sender)
    elif all(question.unicast for question in query.questions):
        interface.send(build(answer), sender)
    else:
        interface.send(build(answer))
