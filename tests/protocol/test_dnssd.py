"""Service discovery in packets: announcing, finding, answering, renaming, withdrawing."""

from __future__ import annotations

import unittest
from dataclasses import replace

from chatapp.protocol.dns import (
    ANY,
    PTR,
    RESPONSE,
    SRV,
    TXT,
    A,
    Packet,
    Question,
    Record,
    Service,
    build,
    parse,
)
from chatapp.protocol.dnssd import ALL_TYPES, TYPE, Offer, fit_label, offers, query

ROOM = Offer("Room 12", "lab", 5000, ("192.168.1.20", "fe80::1"), "Room 12 · LAN", "ab" * 32)


class Finding(unittest.TestCase):
    def test_an_announced_server_is_found(self) -> None:
        self.assertEqual(offers([parse(build(ROOM.announcement()))]), [ROOM])

    def test_the_answer_to_a_browse_query_contains_all_records(self) -> None:
        answer = ROOM.answer(parse(build(query())))
        assert answer
        self.assertEqual(offers([parse(build(answer))]), [ROOM])

    def test_what_a_server_says_about_itself_is_read(self) -> None:
        full = replace(ROOM, people=12, access="invite", owner="Ben Okafor")
        self.assertEqual(offers([parse(build(full.announcement()))]), [full])

    def test_values_that_make_no_sense_are_left_out(self) -> None:
        for key, value in (("people", "-3"), ("people", "many"), ("people", "²"), ("access", "root")):
            with self.subTest(key=key, value=value):
                txt = {"network": ROOM.network, "pin": f"sha256:{ROOM.fingerprint}", key: value}
                records = [replace(each, data=txt) if each.type == TXT else each for each in ROOM.records()]
                self.assertEqual(offers([Packet(answers=tuple(records), flags=RESPONSE)]), [ROOM])

    def test_two_servers_are_two_offers_sorted_by_name(self) -> None:
        other = Offer("Annex", "desk", 6000, ("192.168.1.21",), "Annex")
        self.assertEqual(offers([ROOM.announcement(), other.announcement()]), [other, ROOM])

    def test_records_may_come_in_several_packets(self) -> None:
        packets = [Packet(answers=(record,), flags=RESPONSE) for record in reversed(ROOM.records())]
        found = offers(packets)
        self.assertEqual([replace(offer, addresses=ROOM.addresses) for offer in found], [ROOM])
        self.assertEqual(set(found[0].addresses), set(ROOM.addresses))

    def test_of_two_descriptions_of_one_name_the_later_is_used(self) -> None:
        moved = replace(ROOM, port=5001)
        self.assertEqual(offers([ROOM.announcement(), moved.announcement()]), [moved])

    def test_a_withdrawn_server_is_not_found(self) -> None:
        self.assertEqual(offers([ROOM.announcement(), ROOM.goodbye()]), [])

    def test_queries_and_incomplete_descriptions_are_ignored(self) -> None:
        pointer = Record(TYPE, PTR, ROOM.name, 100)
        for packet in (query(), ROOM.probe(), Packet(answers=(pointer,), flags=RESPONSE)):
            with self.subTest(packet=packet):
                self.assertEqual(offers([packet]), [])


class Answering(unittest.TestCase):
    def test_only_requested_and_existing_records_are_sent(self) -> None:
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

    def test_known_answers_are_not_sent_again(self) -> None:
        """RFC 6762 section 7.1: "...at least half the correct value"."""
        for ttl, silent in ((4500, True), (2250, True), (2249, False)):
            with self.subTest(ttl=ttl):
                known = Record(TYPE, PTR, ROOM.name, ttl)
                answer = ROOM.answer(replace(query(), answers=(known,)))
                self.assertIs(answer is None, silent)

    def test_a_response_is_never_answered(self) -> None:
        self.assertIsNone(ROOM.answer(replace(query(), flags=RESPONSE)))


class Names(unittest.TestCase):
    def test_a_name_used_by_another_host_is_a_conflict(self) -> None:
        other = replace(ROOM, host="desk")
        self.assertTrue(ROOM.conflicts_with(other.announcement()))
        self.assertFalse(ROOM.conflicts_with(ROOM.announcement()))
        self.assertFalse(ROOM.conflicts_with(other.goodbye()))
        self.assertFalse(ROOM.conflicts_with(replace(other, instance="Annex").announcement()))
        renamed = Record(("ROOM 12", *TYPE), SRV, Service(1, ("x", "local")), 120)
        self.assertTrue(ROOM.conflicts_with(Packet(answers=(renamed,), flags=RESPONSE)))

    def test_of_two_simultaneous_probes_the_lexicographically_later_wins(self) -> None:
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

    def test_a_probe_asks_for_any_record_and_contains_the_proposed_ones(self) -> None:
        """RFC 6762 sections 8.1 and 8.2; section 15.2 says why not by unicast."""
        probe = ROOM.probe()
        self.assertEqual(probe.questions, (Question(ROOM.name, ANY),))
        self.assertEqual({record.type for record in probe.authorities}, {SRV, 16})
        self.assertFalse(any(record.flush for record in probe.authorities))
