"""Service discovery in packets: what is announced can be found; answering, renaming, leaving."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.protocol.dns import ANY, PTR, RESPONSE, SRV, A, Packet, Question, Record, Service, build, parse
from chatapp.protocol.dnssd import ALL_TYPES, TYPE, Offer, fit_label, offers, query

ROOM = Offer("Room 12", "lab", 5000, ("192.168.1.20", "fe80::1"), "Room 12 · LAN", "ab" * 32)


class Finding(unittest.TestCase):
    def test_what_is_announced_is_found(self) -> None:
        self.assertEqual(offers([parse(build(ROOM.announcement()))]), [ROOM])

    def test_the_answer_to_the_question_who_is_there_tells_all(self) -> None:
        answer = ROOM.answer(parse(build(query())))
        assert answer
        self.assertEqual(offers([parse(build(answer))]), [ROOM])

    def test_two_servers_are_two_offers_sorted_by_name(self) -> None:
        other = Offer("Annex", "desk", 6000, ("192.168.1.21",), "Annex")
        self.assertEqual(offers([ROOM.announcement(), other.announcement()]), [other, ROOM])

    def test_records_may_come_in_several_packets(self) -> None:
        packets = [Packet(answers=(record,), flags=RESPONSE) for record in reversed(ROOM.records())]
        found = offers(packets)
        self.assertEqual([replace(offer, addresses=ROOM.addresses) for offer in found], [ROOM])
        self.assertEqual(set(found[0].addresses), set(ROOM.addresses))

    def test_of_two_descriptions_of_one_name_the_later_holds(self) -> None:
        moved = replace(ROOM, port=5001)
        self.assertEqual(offers([ROOM.announcement(), moved.announcement()]), [moved])

    def test_who_said_goodbye_is_not_found(self) -> None:
        self.assertEqual(offers([ROOM.announcement(), ROOM.goodbye()]), [])

    def test_queries_and_half_descriptions_are_nothing(self) -> None:
        pointer = Record(TYPE, PTR, ROOM.name, 100)
        for packet in (query(), ROOM.probe(), Packet(answers=(pointer,), flags=RESPONSE)):
            with self.subTest(packet=packet):
                self.assertEqual(offers([packet]), [])


class Answering(unittest.TestCase):
    def test_only_what_was_asked_for_and_we_have(self) -> None:
        cases = {
            Question(TYPE, PTR): 1,
            Question(("_IRCS", "_tcp", "LOCAL"), PTR): 1,
            Question(ALL_TYPES, PTR): 1,
            Question(ROOM.name, ANY): 2,
            Question(ROOM.name, SRV): 1,
            Question(ROOM.host_name, A): 1,
            Question(ROOM.host_name, ANY): 2,
            Question(("_http", "_tcp", "local"), PTR): 0,
            Question(("Room 13", *TYPE), ANY): 0,
            Question(TYPE, A): 0,
        }
        for question, count in cases.items():
            with self.subTest(question=question):
                answer = ROOM.answer(Packet(questions=(question,)))
                self.assertEqual(len(answer.answers) if answer else 0, count)

    def test_what_the_asker_knows_is_not_told_again(self) -> None:
        """RFC 6762 section 7.1: "...at least half the correct value"."""
        for ttl, silent in ((4500, True), (2250, True), (2249, False)):
            with self.subTest(ttl=ttl):
                known = Record(TYPE, PTR, ROOM.name, ttl)
                answer = ROOM.answer(replace(query(), answers=(known,)))
                self.assertIs(answer is None, silent)

    def test_a_response_is_never_answered(self) -> None:
        self.assertIsNone(ROOM.answer(replace(query(), flags=RESPONSE)))


class Names(unittest.TestCase):
    def test_a_name_that_another_has_is_contested(self) -> None:
        other = replace(ROOM, host="desk")
        self.assertTrue(ROOM.conflicts_with(other.announcement()))
        self.assertFalse(ROOM.conflicts_with(ROOM.announcement()))
        self.assertFalse(ROOM.conflicts_with(other.goodbye()))
        self.assertFalse(ROOM.conflicts_with(replace(other, instance="Annex").announcement()))
        renamed = Record(("ROOM 12", *TYPE), SRV, Service(1, ("x", "local")), 120)
        self.assertTrue(ROOM.conflicts_with(Packet(answers=(renamed,), flags=RESPONSE)))

    def test_of_two_who_probe_at_once_the_later_in_order_has_the_name(self) -> None:
        """RFC 6762 section 8.2."""
        other = replace(ROOM, port=5001)
        self.assertTrue(ROOM.loses_tie_to(other.probe()))
        self.assertFalse(other.loses_tie_to(ROOM.probe()))
        self.assertFalse(ROOM.loses_tie_to(ROOM.probe()))
        self.assertFalse(ROOM.loses_tie_to(replace(other, instance="Annex").probe()))

    def test_the_next_names(self) -> None:
        self.assertEqual(ROOM.renamed().instance, "Room 12 (2)")
        self.assertEqual(ROOM.renamed().renamed().instance, "Room 12 (3)")
        self.assertEqual(replace(ROOM, instance="Lab (old)").renamed().instance, "Lab (old) (2)")
        long = replace(ROOM, instance=fit_label("ü" * 60)).renamed()
        self.assertLessEqual(len(long.instance.encode()), 63)
        self.assertTrue(long.instance.endswith("ü (2)"))

    def test_a_probe_asks_for_any_and_claims_what_it_will_say(self) -> None:
        """RFC 6762 sections 8.1, 8.2, and 15.2 for why not by unicast."""
        probe = ROOM.probe()
        self.assertEqual(probe.questions, (Question(ROOM.name, ANY),))
        self.assertEqual({record.type for record in probe.authorities}, {SRV, 16})
        self.assertFalse(any(record.flush for record in probe.authorities))
