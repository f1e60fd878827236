"""The announcer: its announcements, and its answers to a neighbour on the network."""

from __future__ import annotations

import socket
import unittest
from dataclasses import replace
from unittest import mock

from chatapp.protocol.dns import RESPONSE, SRV, TXT, Packet, Question, Record, Service, build, parse
from chatapp.protocol.dnssd import TYPE, Offer, query
from chatapp.server.net.mdns import announcer
from chatapp.server.net.mdns.announcer import PROBES, Announcer, offer_of
from chatapp.system import multicast
from chatapp.system.multicast import MulticastInterface
from tests.errors import Quiet

ONE, OTHER = "1a" * 32, "2b" * 32
DEADLINE = 20.0  # seconds, for anything that a test waits for
OFFER = Offer("Chat", "laptop-1a1a1a1a", 5000, (), "Chat", ONE)


def udp_socket() -> socket.socket:
    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 0))
    return sock


class Offers(unittest.TestCase):
    def test_two_computers_of_the_same_name_have_different_host_names(self) -> None:
        one, other = offer_of("Chatapp", 5000, ONE), offer_of("Chatapp", 5000, OTHER)
        self.assertEqual(one.instance, other.instance)
        self.assertTrue(other.conflicts_with(one.announcement()))
        self.assertNotEqual(one.host, other.host)

    def test_an_own_announcement_is_no_conflict(self) -> None:
        one = offer_of("Chatapp", 5000, ONE)
        self.assertFalse(one.conflicts_with(one.announcement()))

    def test_a_long_name_is_shortened_for_the_fingerprint(self) -> None:
        offer = offer_of("x" * 100, 5000, ONE)
        self.assertTrue(offer.host.endswith("-1a1a1a1a"))
        self.assertLessEqual(len(offer.instance.encode()), 63)


class Announcing(Quiet):
    """A network with one neighbour, which gets all multicast packets."""

    def setUp(self) -> None:
        super().setUp()
        self.neighbour = self.enterContext(udp_socket())
        self.neighbour.settimeout(DEADLINE)
        self.opened: list[MulticastInterface] = []
        self.networks = {"eth0": ("192.0.2.7",)}
        self.patch(multicast, "listening_interfaces", self.interfaces)
        self.patch(multicast, "own_addresses", lambda: self.networks)
        self.patch(announcer, "PROBE_SECONDS", 0.001)
        self.patch(announcer, "ANNOUNCE_SECONDS", 0.001)
        self.described = OFFER

    def patch(self, owner: object, name: str, value: object) -> None:
        patch = mock.patch.object(owner, name, value)
        patch.start()
        self.addCleanup(patch.stop)

    def interfaces(self) -> list[MulticastInterface]:
        """Return the interfaces. The announcer closes their sockets."""
        group = self.neighbour.getsockname()
        self.opened = [
            MulticastInterface(name, address, udp_socket(), group)
            for name, (address,) in self.networks.items()
        ]
        return self.opened

    def start(self) -> None:
        self.announcer = Announcer(lambda: self.described)
        self.announcer.start()
        self.is_running = True
        self.addCleanup(self.stop)

    def stop(self) -> None:
        if self.is_running:
            self.is_running = False
            self.announcer.stop()

    def packet(self) -> Packet:
        """Return the next packet that the neighbour gets."""
        return parse(self.neighbour.recv(multicast.PACKET_BYTES))

    def announced(self) -> Packet:
        """Return the next announcement, after its probes."""
        while not (packet := self.packet()).is_response:
            continue
        return packet

    def tell(self, packet: Packet) -> None:
        self.neighbour.sendto(build(packet), self.opened[-1].sock.getsockname())

    def test_the_name_is_probed_three_times_and_then_announced(self) -> None:
        """RFC 6762 section 8.1: three probes; section 8.3: at least two announcements."""
        self.start()
        probes = [self.packet() for _ in range(PROBES)]
        self.assertEqual({probe.is_response for probe in probes}, {False})
        self.assertEqual({probe.questions[0].name for probe in probes}, {OFFER.name})
        for _ in range(announcer.ANNOUNCEMENTS):
            packet = self.packet()
            self.assertTrue(packet.is_response)
            self.assertIn("192.0.2.7", [record.data for record in packet.answers])

    def test_a_new_name_is_announced_at_once_and_the_former_one_is_withdrawn(self) -> None:
        """RFC 6762 section 10.1: a goodbye has the TTL 0."""
        self.start()
        for _ in range(announcer.ANNOUNCEMENTS):
            self.announced()
        self.described = replace(OFFER, instance="Room 12")
        self.announcer.refresh()
        goodbye = self.announced()
        self.assertEqual({record.ttl for record in goodbye.answers}, {0})
        self.assertIn(self.described.name, [record.name for record in self.announced().answers])

    def test_a_change_after_the_end_does_nothing(self) -> None:
        """The core may report one while another thread switches sharing off."""
        self.start()
        self.stop()
        self.announcer.refresh()

    def test_a_resolver_without_multicast_gets_a_unicast_answer(self) -> None:
        """RFC 6762 section 6.7: the question is repeated, and the TTL is at most 10 seconds."""
        self.start()
        for _ in range(announcer.ANNOUNCEMENTS):
            self.announced()
        asked = Packet(query().questions, id=77)
        self.tell(asked)
        answer = self.packet()
        self.assertEqual((answer.id, answer.questions), (77, asked.questions))
        self.assertEqual(answer.answers[0].data, OFFER.name)
        self.assertLessEqual({record.ttl for record in answer.records}, {announcer.ONE_SHOT_SECONDS})

    def test_a_question_about_another_service_is_not_answered(self) -> None:
        self.start()
        for _ in range(announcer.ANNOUNCEMENTS):
            self.announced()
        self.tell(Packet((Question(("_http", "_tcp", "local"), 12),)))
        self.tell(query())
        self.assertEqual(self.packet().answers[0].name, TYPE)

    def test_malformed_packets_are_ignored(self) -> None:
        self.start()
        for _ in range(announcer.ANNOUNCEMENTS):
            self.announced()
        self.neighbour.sendto(b"\xc0" * 100, self.opened[-1].sock.getsockname())
        self.tell(query())
        self.assertTrue(self.packet().is_response)

    def test_after_a_conflict_the_next_name_is_probed(self) -> None:
        """RFC 6762 section 9."""
        self.start()
        self.announced()
        taken = Record(OFFER.name, SRV, Service(6000, ("other", "local")), 120, flush=True)
        self.tell(Packet(answers=(taken,), flags=RESPONSE))
        while (packet := self.packet()).is_response:
            continue
        self.assertEqual(packet.questions[0].name[0], "Chat (2)")

    def test_a_change_is_announced_at_the_next_check(self) -> None:
        self.patch(announcer, "CHECK_SECONDS", 0.01)
        self.start()
        self.announced()
        self.described = Offer("Chat", "laptop-2b2b2b2b", 5000, (), "Chat", OTHER)
        while not any(record.name[0] == "laptop-2b2b2b2b" for record in self.announced().answers):
            continue

    def test_another_number_of_people_is_announced_without_new_probes(self) -> None:
        """RFC 6762 section 8.4: changed data are announced."""
        self.patch(announcer, "CHECK_SECONDS", 0.01)
        self.start()
        self.announced()
        self.described = replace(OFFER, people=12)
        packets = [self.packet()]
        while not any(record.type == TXT and "people" in str(record.data) for record in packets[-1].answers):
            packets.append(self.packet())
        self.assertEqual({packet.is_response for packet in packets}, {True})

    def test_a_new_network_is_announced_at_the_next_check(self) -> None:
        self.patch(announcer, "CHECK_SECONDS", 0.01)
        self.start()
        self.announced()
        self.networks = {"eth0": ("192.0.2.7",), "wlan0": ("198.51.100.7",)}
        while "198.51.100.7" not in [record.data for record in self.announced().answers]:
            continue

    def test_stopping_withdraws_the_announcement(self) -> None:
        """RFC 6762 section 10.1: a TTL of 0."""
        self.start()
        self.announced()
        self.stop()
        packet = self.packet()
        while {record.ttl for record in packet.answers} != {0}:
            packet = self.packet()
        self.assertIn(OFFER.name, [record.data for record in packet.answers])
        self.assertEqual({each.sock.fileno() for each in self.opened}, {-1})


if __name__ == "__main__":
    unittest.main()
