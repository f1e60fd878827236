"""The first page of a channel's settings."""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.outgoing.channel_rules import RuleName, Rules
from chatapp.gui.dialogs.channel_overview import (
    BAD_KEY,
    NO_NUMBER,
    TOPIC_TOO_LONG,
    ChannelOverview,
    OverviewData,
)
from tests.gui.base import WindowTest
from tests.gui.dialogs.test_moderation_dialog import texts

ALL: list[RuleName] = [
    "private", "invite_only", "moderated", "open_topic", "slow_seconds", "keep_days", "key", "limit",
]  # fmt: skip
DATA = OverviewData(Rules("Hello"), ALL, True, True, 20, "mentions", False)


class ChannelOverviewTest(WindowTest):
    def open(self, data: OverviewData = DATA) -> ChannelOverview:
        page = ChannelOverview(self.root, self.theme, data)
        page.pack()
        self.settle()
        return page

    def test_without_a_change_the_rules_stay(self) -> None:
        self.assertEqual(self.open().wanted(), Rules("Hello"))

    def test_each_control_changes_its_rule(self) -> None:
        page = self.open()
        for name in ("private", "invite_only", "moderated", "open_topic"):
            page.switches[name].invoke()
        for name, text in (("topic", " Exam "), ("key", "secret"), ("limit", "20")):
            page.entries[name].delete(0, "end")
            page.entries[name].insert(0, text)
        page.entries["slow_seconds"].set("30 seconds")  # type: ignore[attr-defined]
        self.assertEqual(page.wanted(), Rules("Exam", True, True, True, True, 30, "secret", 20))

    def test_the_topic_is_counted_in_bytes(self) -> None:
        page = self.open(replace(DATA, rules=Rules("für")))
        self.assertEqual(page.counter.cget("text"), "4 of 20")

    def test_what_cannot_be_is_told_under_its_row(self) -> None:
        for name, text, problem in (
            ("limit", "many", NO_NUMBER),
            ("limit", "0", NO_NUMBER),
            ("limit", "²", NO_NUMBER),
            ("key", "two words", BAD_KEY),
            ("topic", "x" * 21, TOPIC_TOO_LONG),
        ):
            page = self.open()
            page.entries[name].insert(0, text)
            self.assertIsNone(page.wanted())
            self.settle()
            self.assertIn(problem, texts(page))
            page.destroy()

    def test_a_refused_rule_returns_to_what_it_was_with_the_reason(self) -> None:
        page = self.open()
        page.switches["private"].invoke()
        page.show_rules(Rules("Hello", slow_seconds=7))
        page.show_problems({"private": "Only operators"})
        self.settle()
        self.assertFalse(page.switches["private"].is_on)
        self.assertEqual(page.entries["slow_seconds"].get(), "7 seconds")
        self.assertIn("Only operators", texts(page))

    def test_without_a_limit_a_reader_sees_that_there_is_none(self) -> None:
        page = self.open(replace(DATA, may_change=False))
        self.assertIn("No limit", texts(page))

    def test_a_wait_is_told_in_seconds_or_minutes(self) -> None:
        page = self.open(replace(DATA, rules=Rules(slow_seconds=120)))
        self.assertEqual(
            list(page._choices("slow_seconds").values()),
            ["Off", "5 seconds", "10 seconds", "30 seconds", "1 minute", "2 minutes", "5 minutes"],
        )
        wanted = page.wanted()
        assert wanted is not None
        self.assertEqual(wanted.slow_seconds, 120)

    def test_what_one_may_not_change_is_text(self) -> None:
        rules = Rules(moderated=True, slow_seconds=30, key="x", limit=9)
        page = self.open(replace(DATA, rules=rules, may_change=False, may_set_topic=False))
        self.assertEqual((set(page.switches), set(page.entries)), ({"mute"}, set()))
        self.assertEqual([text for text in texts(page) if text in ("Yes", "30 seconds", "9")],
                         ["Yes", "30 seconds", "Yes", "9"])  # fmt: skip
        self.assertEqual(page.wanted(), rules)

    def test_how_long_messages_are_kept_is_chosen_in_days(self) -> None:
        page = self.open(replace(DATA, rules=Rules(keep_days=14)))
        box = page.entries["keep_days"]
        self.assertEqual(
            page.tk.splitlist(box.cget("values")),
            ("For ever", "1 day", "7 days", "14 days", "30 days", "90 days", "365 days"),
        )
        self.assertEqual(box.get(), "14 days")
        box.set("7 days")  # type: ignore[attr-defined]
        wanted = page.wanted()
        assert wanted is not None
        self.assertEqual(wanted.keep_days, 7)

    def test_a_single_rule_that_one_may_not_change_is_text(self) -> None:
        page = self.open(replace(DATA, fixed=("keep_days",)))
        self.assertNotIn("keep_days", page.entries)
        self.assertIn("slow_seconds", page.entries)
        self.assertIn("For ever", texts(page))

    def test_rules_that_the_server_does_not_have_are_absent(self) -> None:
        page = self.open(replace(DATA, offered=[]))
        self.assertNotIn("Rules", texts(page))
        self.assertEqual(page.level, "mentions")
