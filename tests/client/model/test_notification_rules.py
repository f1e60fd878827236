"""Which messages the user is notified of."""

from __future__ import annotations

import unittest
from datetime import datetime, time

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.notification_rules import (
    NOTHING,
    NotificationDecision,
    NotificationRules,
    parse_time,
    parse_words,
    rules_of,
)

NOON = datetime(2026, 5, 4, 12, 0)
LOUD = NotificationDecision(True, True)


def message(text: str = "hello", mention: bool = False, own: bool = False, age: float = 1) -> Entry:
    return Entry(1, "message", NOON.timestamp() - age, "ben", text, mention=mention, own=own)


class NotificationRulesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.channel, self.direct = Conversation("#general", "channel"), Conversation("ben", "direct")

    def test_by_default_direct_messages_and_mentions_notify(self) -> None:
        rules = NotificationRules()
        self.assertEqual(rules.decide(self.channel, message(), NOON), NOTHING)
        self.assertEqual(rules.decide(self.channel, message(mention=True), NOON), LOUD)
        self.assertEqual(rules.decide(self.direct, message(), NOON), LOUD)

    def test_everything_and_nothing(self) -> None:
        self.assertEqual(NotificationRules("everything").decide(self.channel, message(), NOON), LOUD)
        rules = NotificationRules("nothing")
        self.assertEqual(rules.decide(self.direct, message(mention=True), NOON), NOTHING)

    def test_a_conversation_may_ask_for_more_or_less(self) -> None:
        self.channel.notify = "everything"
        self.assertEqual(NotificationRules().decide(self.channel, message(), NOON), LOUD)
        self.direct.notify = "nothing"
        self.assertEqual(NotificationRules("everything").decide(self.direct, message(), NOON), NOTHING)

    def test_a_muted_conversation_keeps_mentions(self) -> None:
        self.channel.muted = True
        rules = NotificationRules("everything")
        self.assertEqual(rules.decide(self.channel, message(), NOON), NOTHING)
        self.assertEqual(rules.decide(self.channel, message(mention=True), NOON), LOUD)

    def test_own_old_and_other_lines_do_not_notify(self) -> None:
        rules = NotificationRules("everything")
        join = Entry(1, "join", NOON.timestamp(), "ben")
        for entry in (message(own=True), message(age=3600), join):
            with self.subTest(entry):
                self.assertEqual(rules.decide(self.direct, entry, NOON), NOTHING)

    def test_being_removed_from_a_channel_notifies(self) -> None:
        kick = Entry(1, "kick", NOON.timestamp(), "ben", about="ana", mention=True)
        self.assertEqual(NotificationRules().decide(self.channel, kick, NOON), LOUD)
        kick.mention = False
        self.assertEqual(NotificationRules("everything").decide(self.channel, kick, NOON), NOTHING)

    def test_highlight_words_count_as_mentions(self) -> None:
        rules = NotificationRules(words=("lab report", "urgent"), sounds=False)
        for text, found in (("URGENT: read", True), ("the lab report is late", True), ("insurgents", False)):
            with self.subTest(text):
                decision = rules.decide(self.channel, message(text), NOON)
                self.assertEqual(decision, NotificationDecision(True, False) if found else NOTHING)

    def test_quiet_hours_may_go_over_midnight(self) -> None:
        night = NotificationRules(quiet=(time(22), time(7)))
        lunch = NotificationRules(quiet=(time(12), time(13)))
        for rules, hour, quiet in (
            (night, 21, False), (night, 22, True), (night, 3, True), (night, 7, False),
            (lunch, 12, True), (lunch, 13, False),
        ):  # fmt: skip
            with self.subTest(hour=hour):
                self.assertEqual(rules.is_quiet(time(hour)), quiet)
        self.assertEqual(lunch.decide(self.direct, message(), NOON), NOTHING)

    def test_words_and_times_are_read_as_people_write_them(self) -> None:
        self.assertEqual(parse_words(" lab  report, urgent,\nurgent,, "), ["lab report", "urgent"])
        for text, expected in (
            ("22:00", time(22)), ("7", time(7)), (" 7.30 ", time(7, 30)),
            ("24:00", None), ("noon", None), ("", None), ("7:5", None), ("٧", None),
        ):  # fmt: skip
            with self.subTest(text):
                self.assertEqual(parse_time(text), expected)

    def test_stored_settings_become_rules(self) -> None:
        rules = rules_of("everything", ["urgent"], True, "22:00", "7:00", sounds=False)
        self.assertEqual(rules, NotificationRules("everything", ("urgent",), (time(22), time(7)), False))
        broken = rules_of("loud", [], True, "late", "7:00", sounds=True)
        self.assertEqual(broken, NotificationRules())
        self.assertIsNone(rules_of("direct", [], True, "7:00", "7:00", sounds=True).quiet)
