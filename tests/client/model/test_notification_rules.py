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
    known_level,
    parse_time,
    parse_words,
    quiet_hours,
)

NOON = datetime(2026, 5, 4, 12, 0)
LOUD = NotificationDecision(True, True)


def message(text: str = "hello", mention: bool = False, own: bool = False, age: float = 1) -> Entry:
    return Entry(1, "message", NOON.timestamp() - age, "ben", text, mention=mention, own=own)


def decide(
    rules: NotificationRules, conversation: Conversation, entry: Entry, is_muted: bool = False
) -> NotificationDecision:
    return rules.decide(conversation, entry, NOON, NOON.timestamp() - entry.time, is_muted)


class NotificationRulesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.channel, self.direct = Conversation("#general", "channel"), Conversation("ben", "direct")

    def test_by_default_direct_messages_and_mentions_notify(self) -> None:
        rules = NotificationRules()
        self.assertEqual(decide(rules, self.channel, message()), NOTHING)
        self.assertEqual(decide(rules, self.channel, message(mention=True)), LOUD)
        self.assertEqual(decide(rules, self.direct, message()), LOUD)

    def test_everything_and_nothing(self) -> None:
        self.assertEqual(decide(NotificationRules("everything"), self.channel, message()), LOUD)
        rules = NotificationRules("nothing")
        self.assertEqual(decide(rules, self.direct, message(mention=True)), NOTHING)

    def test_a_conversation_may_ask_for_more_or_less(self) -> None:
        self.channel.notify = "everything"
        self.assertEqual(decide(NotificationRules(), self.channel, message()), LOUD)
        self.direct.notify = "nothing"
        self.assertEqual(decide(NotificationRules("everything"), self.direct, message()), NOTHING)

    def test_what_a_conversation_asks_for_comes_before_the_settings(self) -> None:
        self.channel.notify = self.direct.notify = "mentions"
        for rules in (NotificationRules("everything"), NotificationRules("nothing")):
            for conversation in (self.channel, self.direct):
                with self.subTest(rules.level, kind=conversation.kind):
                    self.assertEqual(decide(rules, conversation, message()), NOTHING)
                    self.assertEqual(decide(rules, conversation, message(mention=True)), LOUD)
        self.channel.notify = "everything"
        self.assertEqual(decide(NotificationRules("nothing"), self.channel, message()), LOUD)

    def test_a_muted_conversation_keeps_mentions(self) -> None:
        self.channel.muted = True
        rules = NotificationRules("everything")
        self.assertEqual(decide(rules, self.channel, message()), NOTHING)
        self.assertEqual(decide(rules, self.channel, message(mention=True)), LOUD)

    def test_own_old_and_other_lines_do_not_notify(self) -> None:
        rules = NotificationRules("everything")
        join = Entry(1, "join", NOON.timestamp(), "ben")
        for entry in (message(own=True), message(age=3600), join):
            with self.subTest(entry):
                self.assertEqual(decide(rules, self.direct, entry), NOTHING)

    def test_being_removed_from_a_channel_notifies(self) -> None:
        kick = Entry(1, "kick", NOON.timestamp(), "ben", about="ana", mention=True)
        self.assertEqual(decide(NotificationRules(), self.channel, kick), LOUD)
        kick.mention = False
        self.assertEqual(decide(NotificationRules("everything"), self.channel, kick), NOTHING)

    def test_highlight_words_count_as_mentions(self) -> None:
        rules = NotificationRules(words=("lab report", "urgent"), sounds=False)
        for text, found in (("URGENT: read", True), ("the lab report is late", True), ("insurgents", False)):
            with self.subTest(text):
                decision = decide(rules, self.channel, message(text))
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
        self.assertEqual(decide(lunch, self.direct, message()), NOTHING)

    def test_words_and_times_are_read_as_people_write_them(self) -> None:
        self.assertEqual(parse_words(" lab  report, urgent,\nurgent,, "), ["lab report", "urgent"])
        for text, expected in (
            ("22:00", time(22)), ("7", time(7)), (" 7.30 ", time(7, 30)),
            ("24:00", None), ("noon", None), ("", None), ("7:5", None), ("٧", None),
        ):  # fmt: skip
            with self.subTest(text):
                self.assertEqual(parse_time(text), expected)

    def test_stored_settings_become_rules(self) -> None:
        self.assertEqual(quiet_hours("22:00", "7:00"), (time(22), time(7)))
        for start, end in (("late", "7:00"), ("22:00", ""), ("7:00", "07.00")):
            with self.subTest(start=start, end=end):
                self.assertIsNone(quiet_hours(start, end))
        for stored, level in (("everything", "everything"), ("nothing", "nothing"), ("loud", "direct")):
            with self.subTest(stored):
                self.assertEqual(known_level(stored), level)

    def test_a_muted_server_keeps_direct_messages_and_mentions(self) -> None:
        rules = NotificationRules("everything", words=("urgent",))
        self.assertEqual(decide(rules, self.channel, message(), is_muted=True), NOTHING)
        self.assertEqual(decide(rules, self.direct, message(), is_muted=True), LOUD)
        for entry in (message(mention=True), message("urgent")):
            with self.subTest(entry):
                self.assertEqual(decide(rules, self.channel, entry, is_muted=True), LOUD)

    def test_direct_messages_and_mentions_may_each_be_silent(self) -> None:
        silent = NotificationDecision(True, False)
        no_direct = NotificationRules("everything", direct_sounds=False)
        no_mention = NotificationRules("everything", mention_sounds=False)
        for rules, where, entry, expected in (
            (no_direct, self.direct, message(mention=True), silent),
            (no_direct, self.channel, message(mention=True), LOUD),
            (no_mention, self.direct, message(mention=True), LOUD),
            (no_mention, self.channel, message(mention=True), silent),
            (no_mention, self.channel, message(), LOUD),
            (NotificationRules(sounds=False), self.direct, message(), silent),
        ):
            with self.subTest(rules=rules, where=where.name):
                self.assertEqual(decide(rules, where, entry), expected)
