"""Entries as text: heads, separators, folding, formatting."""

from __future__ import annotations

import unittest
from collections.abc import Sequence
from datetime import date
from typing import Any

from chatapp.client.model.model import Entry
from chatapp.gui.transcript.blocks import (
    Block,
    BlockOptions,
    clipboard_text,
    format_day,
    format_time,
    make_blocks,
)
from tests.gui.transcript.conversations import DAY, NINE, ConversationMaker

OPTIONS = BlockOptions("ana", date(2026, 3, 12))
_YESTERDAY = -24 * 60


def text(made: Sequence[Block]) -> str:
    return "".join(content for block in made for content, _ in block.runs)


def tagged(made: Sequence[Block], tag: str) -> list[str]:
    """Return the texts that have a tag."""
    return [content for block in made for content, tags in block.runs if tag in tags]


class HeadTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def lay(self, *entries: Entry, options: BlockOptions = OPTIONS) -> list[Block]:
        return make_blocks(entries, None, options)

    def test_a_message_has_a_day_a_head_and_its_text(self) -> None:
        made = self.lay(self.maker.say("ben", "Morning!", 58))
        self.assertEqual(text(made), "────────  Today, 12 March  ────────\n09:58\tben\nMorning!\n")
        self.assertEqual(made[0].lines, 3)

    def test_the_same_author_has_no_new_head_within_five_minutes(self) -> None:
        for gap, heads in ((0, 1), (4.9, 1), (5, 2), (600, 2)):
            with self.subTest(minutes=gap):
                made = self.lay(self.maker.say(minute=0), self.maker.say("Ben", minute=gap))
                self.assertEqual(len(tagged(made, "name")), heads)

    def test_five_minutes_are_counted_from_the_head(self) -> None:
        made = self.lay(*(self.maker.say(minute=minute) for minute in (0, 3, 6, 9)))
        self.assertEqual(
            [content for content in tagged(made, "time") if "\t" in content], ["09:00\t", "09:06\t"]
        )

    def test_another_author_or_an_event_between_makes_a_new_head(self) -> None:
        self.assertEqual(len(tagged(self.lay(self.maker.say("ben"), self.maker.say("dee")), "name")), 2)
        between = self.maker.entry("topic", "dee", "Exam")
        self.assertEqual(len(tagged(self.lay(self.maker.say(), between, self.maker.say()), "name")), 2)

    def test_a_name_has_the_colour_of_its_letters_in_any_case(self) -> None:
        first, second = (self.lay(self.maker.say(nick)) for nick in ("Ben", "bEN"))
        tags = [block.runs[2][1] for block in (first[0], second[0])]
        self.assertEqual(tags[0], tags[1])
        self.assertRegex(tags[0][-1], r"^nick\d+$")

    def test_the_users_own_messages_are_marked(self) -> None:
        self.assertEqual(tagged(self.lay(self.maker.say("ana")), "name"), ["ana (you)"])

    def test_a_notice_is_marked_and_does_not_share_the_head_of_a_message(self) -> None:
        made = self.lay(self.maker.say("bot"), self.maker.entry("notice", "bot", "beep"))
        self.assertEqual(len(tagged(made, "name")), 2)
        self.assertIn("  notice\n", tagged(made, "time"))

    def test_each_day_begins_with_its_date(self) -> None:
        days = (-800 * DAY, -10 * DAY, -DAY, 0)
        made = self.lay(*(self.maker.say(minute=day / 60) for day in days))
        self.assertEqual(
            [content.strip("─ \n") for content in tagged(made, "day")],
            ["Tuesday, 2 January 2024", "Monday, 2 March", "Yesterday, 11 March", "Today, 12 March"],
        )

    def test_the_first_new_entry_may_share_the_head_of_the_block_before(self) -> None:
        before = self.lay(self.maker.say(minute=0))
        after = make_blocks([self.maker.say(text="more", minute=1)], before[-1], OPTIONS)
        self.assertEqual(text(after), "more\n")

    def test_the_new_messages_line_is_above_the_first_unread_entry_and_causes_a_head(self) -> None:
        first, second = self.maker.say(), self.maker.say(text="unread")
        made = self.lay(first, second, options=BlockOptions("ana", date(2026, 3, 12), unread=second.key))
        self.assertTrue(text(made[1:]).startswith("────────  New messages  ────────\n09:00\tben\nunread"))

    def test_times_of_day_in_24_and_12_hours(self) -> None:
        table = [(0, "00:05", "12:05 am"), (9, "09:05", "9:05 am"), (12, "12:05", "12:05 pm")]
        for hour, long, short in table:
            moment = NINE + (hour - 9) * 3600 + 300
            self.assertEqual((format_time(moment, False), format_time(moment, True)), (long, short))

    def test_days_are_named(self) -> None:
        today = date(2026, 1, 1)
        self.assertEqual(format_day(date(2026, 1, 1), today), "Today, 1 January")
        self.assertEqual(format_day(date(2025, 12, 31), today), "Yesterday, 31 December 2025")
        self.assertEqual(format_day(date(2026, 1, 2), today), "Friday, 2 January")


class FoldTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def lay(self, *entries: Entry, options: BlockOptions = OPTIONS) -> list[str]:
        made = make_blocks([self.maker.say("dee"), *entries], None, options)
        return text(made).splitlines()[3:]

    def test_two_joins_or_leaves_are_one_line(self) -> None:
        joins = [self.maker.entry("join", nick) for nick in ("ben", "eve")]
        self.assertEqual(self.lay(*joins, self.maker.entry("quit", "ben")), ["2 joined, 1 left  ▸"])

    def test_a_single_event_is_a_sentence(self) -> None:
        self.assertEqual(self.lay(self.maker.entry("join", "ben")), ["ben joined"])

    def test_the_users_own_joins_and_other_events_are_never_folded(self) -> None:
        moves = [
            self.maker.entry("join", "ben"),
            self.maker.entry("join", "ana"),
            self.maker.entry("join", "eve"),
            self.maker.entry("kick", "dee", about="eve"),
            self.maker.entry("part", "ben"),
        ]
        content = ["ben joined", "You joined", "eve joined", "dee removed eve", "ben left"]
        self.assertEqual(self.lay(*moves), content)

    def test_an_unfolded_run_shows_every_event(self) -> None:
        moves = [self.maker.entry("join", "ben"), self.maker.entry("part", "eve", "lunch")]
        options = BlockOptions("ana", date(2026, 3, 12), unfolded=frozenset({moves[1].key}))
        self.assertEqual(
            self.lay(*moves, options=options), ["1 joined, 1 left  ▾", "ben joined", "eve left (lunch)"]
        )

    def test_a_run_ends_at_midnight_and_at_the_new_messages_line(self) -> None:
        night = [self.maker.entry("join", "ben", minute=minute) for minute in (14 * 60, 16 * 60)]
        self.assertEqual(self.lay(*night)[0::2], ["ben joined", "ben joined"])
        moves = [self.maker.entry("join", "ben"), self.maker.entry("join", "eve")]
        options = BlockOptions("ana", date(2026, 3, 12), unread=moves[1].key)
        self.assertEqual(self.lay(*moves, options=options)[0::2], ["ben joined", "eve joined"])


class MessageTextTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def body(self, content: str, **more: Any) -> list[tuple[str, tuple[str, ...]]]:
        before = make_blocks([self.maker.say("ben")], None, OPTIONS)[-1]
        return make_blocks([self.maker.say("ben", content, **more)], before, OPTIONS)[0].runs

    def test_formatting_becomes_tags(self) -> None:
        table = {
            "plain": [("plain\n", ("body",))],
            "**b**.": [("b", ("body", "bold")), (".\n", ("body",))],
            "*i*": [("i", ("body", "italic")), ("\n", ("body",))],
            "`x`": [("x", ("body", "code")), ("\n", ("body",))],
            "\x1fu\x1f": [("u", ("body", "underline")), ("\n", ("body",))],
            "http://a.example.": [("http://a.example", ("body", "link")), (".\n", ("body",))],
        }
        for content, pieces in table.items():
            with self.subTest(content):
                self.assertEqual(self.body(content), pieces)

    def test_a_block_of_code_has_its_own_lines(self) -> None:
        code = ("a\nb\n", ("body", "block"))
        self.assertEqual(self.body("```\na\nb\n```"), [code])
        self.assertEqual(self.body("```\na\nb```\nx"), [code, ("x\n", ("body",))])
        self.assertEqual(self.body("see ```a```"), [("see ", ("body",)), ("\na\n", ("body", "block"))])

    def test_colour_tags_name_their_surface(self) -> None:
        self.assertEqual(self.body("\x034,1red")[0], ("red", ("body", "irc/4/1/pane/")))
        self.assertEqual(self.body("\x034red", mention=True)[0][1], ("body", "band", "irc/4//mention/"))
        self.assertEqual(self.body("\x16turned")[0][1], ("body", "irc///pane/reverse"))

    def test_a_mention_has_a_band_up_to_the_line_end(self) -> None:
        pieces = self.body("hi @ana!", mention=True)
        self.assertTrue(all("band" in tags for _, tags in pieces))
        self.assertEqual(pieces[1], ("@ana", ("body", "band", "mention")))

    def test_the_users_own_name_in_their_own_message_is_not_a_mention(self) -> None:
        made = make_blocks([self.maker.say("ana", "I am ana", mention=True)], None, OPTIONS)
        self.assertEqual(tagged(made, "band") + tagged(made, "mention"), [])

    def test_pending_and_failed_messages_are_tagged_and_failed_ones_have_buttons(self) -> None:
        made = make_blocks([self.maker.say("ana", "wait", state="pending")], None, OPTIONS)
        self.assertEqual(tagged(made, "pending"), ["wait\n"])
        made = make_blocks(
            [self.maker.say("ana", "no", state="failed", problem="You are banned.")], None, OPTIONS
        )
        self.assertEqual(text(made).splitlines()[-1], "Not sent: You are banned.  Retry   Discard")
        self.assertEqual((tagged(made, "retry"), tagged(made, "discard")), (["Retry"], ["Discard"]))

    def test_an_action_is_one_line_with_its_time(self) -> None:
        made = make_blocks([self.maker.entry("action", "dee", "waves", 3)], None, OPTIONS)
        self.assertEqual(text(made).splitlines()[-1], "09:03\tdee waves")

    def test_an_error_has_a_sign_besides_its_colour(self) -> None:
        made = make_blocks([self.maker.entry("error", "", "No such nick")], None, OPTIONS)
        self.assertEqual(tagged(made, "danger"), ["⚠ No such nick\n"])

    def test_every_block_ends_with_a_newline_and_counts_its_lines(self) -> None:
        for content in ("", "a", "a\n", "a\nb", "\n\n", "```x```", "```x```y", "`c`", "**b**", "👍"):
            with self.subTest(content):
                (block,) = make_blocks([self.maker.say("ben", content)], None, OPTIONS)
                self.assertTrue(text([block]).endswith("\n"))
                self.assertEqual(text([block]).count("\n"), block.lines)
                self.assertNotIn("", [piece for piece, _ in block.runs])

    def test_emoji_become_shortcodes_where_they_cannot_be_drawn_but_not_in_links(self) -> None:
        options = BlockOptions("ana", date(2026, 3, 12), emoji_as_text=True)
        made = make_blocks([self.maker.say("ben", "👍 https://a.example/👍")], None, options)
        self.assertTrue(text(made).endswith(":thumbs_up_sign: https://a.example/👍\n"))

    def test_copied_messages_have_the_name(self) -> None:
        table = [
            (self.maker.say("ben", "hi \x02all\x02"), "<ben> hi all"),
            (self.maker.entry("action", "dee", "waves"), "* dee waves"),
            (self.maker.entry("join", "eve"), "eve joined"),
        ]
        for entry, content in table:
            self.assertEqual(clipboard_text(entry), content)
