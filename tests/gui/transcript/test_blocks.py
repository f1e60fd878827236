"""Entries as blocks: heads, separators, folding."""

from __future__ import annotations

import unittest
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from chatapp.client.model.model import Entry, Member
from chatapp.gui.transcript.block_options import BlockOptions, Ruler
from chatapp.gui.transcript.blocks import Block, clipboard_text, format_day, format_time, make_blocks
from chatapp.gui.transcript.runs import Target
from tests.gui.transcript import conversations
from tests.gui.transcript.conversations import DAY, NINE, ConversationMaker, pictures_of, text_of


def tagged(made: Sequence[Block], tag: str) -> list[str]:
    """Return the texts that have a tag."""
    return [text for block in made for text in conversations.tagged(block.runs, tag)]


class HeadTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def lay(self, *entries: Entry, options: BlockOptions | None = None) -> list[Block]:
        return make_blocks(entries, None, options or self.maker.options())

    def test_a_message_has_a_day_a_head_and_its_text(self) -> None:
        made = self.lay(self.maker.say("ben", "Morning!", 58))
        self.assertEqual(text_of(made), "   Today, 12 March   \n\tben   09:58\nMorning!\n")
        self.assertEqual(pictures_of(made[0].runs), ["rule", "rule", "avatar ben"])
        self.assertEqual(made[0].lines, 3)

    def test_the_same_author_has_no_new_head_within_five_minutes(self) -> None:
        for gap, heads in ((0, 1), (4.9, 1), (5, 2), (600, 2)):
            with self.subTest(minutes=gap):
                made = self.lay(self.maker.say(minute=0), self.maker.say("Ben", minute=gap))
                self.assertEqual(len(tagged(made, "name")), heads)

    def test_five_minutes_are_counted_from_the_head(self) -> None:
        made = self.lay(*(self.maker.say(minute=minute) for minute in (0, 3, 6, 9)))
        self.assertEqual(tagged(made, "time"), ["   09:00\n", "   09:06\n"])

    def test_another_author_or_an_event_between_makes_a_new_head(self) -> None:
        self.assertEqual(len(tagged(self.lay(self.maker.say("ben"), self.maker.say("dee")), "name")), 2)
        between = self.maker.entry("topic", "dee", "Exam")
        self.assertEqual(len(tagged(self.lay(self.maker.say(), between, self.maker.say()), "name")), 2)

    def test_a_name_has_the_colour_of_its_letters_in_any_case(self) -> None:
        first, second = (self.lay(self.maker.say(nick)) for nick in ("Ben", "bEN"))
        tags = [next(run.tags for run in made[0].runs if "name" in run.tags) for made in (first, second)]
        self.assertEqual(tags[0], tags[1])
        self.assertRegex(tags[0][-1], r"^nick\d+$")

    def test_the_users_own_messages_are_marked(self) -> None:
        self.assertIn("ana (you)   09:00\n", text_of(self.lay(self.maker.say("ana"))))

    def test_a_notice_is_marked_and_does_not_share_the_head_of_a_message(self) -> None:
        made = self.lay(self.maker.say("bot"), self.maker.entry("notice", "bot", "beep"))
        self.assertEqual(len(tagged(made, "name")), 2)
        self.assertIn("   notice   09:00\n", tagged(made, "time"))

    def test_each_day_begins_with_its_date(self) -> None:
        days = (-800 * DAY, -10 * DAY, -DAY, 0)
        made = self.lay(*(self.maker.say(minute=day / 60) for day in days))
        self.assertEqual(
            [content.strip() for content in tagged(made, "day") if content.strip()],
            ["Tuesday, 2 January 2024", "Monday, 2 March", "Yesterday, 11 March", "Today, 12 March"],
        )

    def test_the_first_new_entry_may_share_the_head_of_the_block_before(self) -> None:
        before = self.lay(self.maker.say(minute=0))
        after = make_blocks([self.maker.say(text="more", minute=1)], before[-1], self.maker.options())
        self.assertEqual(text_of(after), "more\n")

    def test_the_new_messages_line_is_above_the_first_unread_entry_and_causes_a_head(self) -> None:
        first, second = self.maker.say(), self.maker.say(text="unread")
        made = self.lay(first, second, options=self.maker.options(unread=second.key))
        self.assertEqual(text_of(made[1:]), "   New messages   \n\tben   09:00\nunread\n")

    def test_the_rules_of_a_separator_are_shorter_or_missing_in_a_narrow_pane(self) -> None:
        sizes = []
        for width in (600, 300, 120):
            (made,) = self.lay(self.maker.say(), options=self.maker.options(ruler=Ruler(width=width)))
            day = [run for run in made.runs if run.tags[0] == "day"]
            sizes.append([run.picture.size for run in day if run.picture is not None])
        self.assertEqual(sizes, [[150, 150], [78, 78], []])

    def test_a_display_name_is_shown_instead_of_the_nick(self) -> None:
        self.maker.network.person("ben").display_name = "Ben Okafor"
        (made,) = self.lay(self.maker.say("ben"))
        self.assertEqual(tagged([made], "name"), ["Ben Okafor"])
        self.assertIn("avatar Ben Okafor", pictures_of(made.runs))
        self.assertIn(Target("name", "ben"), [run.target for run in made.runs])

    def test_owner_and_moderators_have_an_icon(self) -> None:
        self.maker.network.isupport = {"PREFIX": "(qohv)~@%+"}
        for ranks, icon in (("~@", "icon crown"), ("@", "icon shield"), ("%", "icon shield"), ("+", "")):
            person = self.maker.network.person("ben")
            self.maker.conversation.members["ben"] = Member(person, ranks)
            (made,) = self.lay(self.maker.say("ben"))
            with self.subTest(ranks):
                self.assertEqual(
                    [each for each in pictures_of(made.runs) if "icon" in each], [icon] if icon else []
                )

    def test_a_mention_has_a_band_from_head_to_end(self) -> None:
        made = self.lay(self.maker.say("ben"), self.maker.say("dee", "hi ana", mention=True))[1]
        self.assertTrue(all("band" in run.tags for run in made.runs))
        self.assertEqual(conversations.tagged(made.runs, "band-end"), ["hi ", "ana", "\n"])

    def test_an_action_is_one_line_with_its_author(self) -> None:
        made = self.lay(self.maker.say("ben"), self.maker.entry("action", "dee", "waves", 3))[1]
        self.assertEqual(text_of([made]), "  dee waves\n")
        self.assertEqual(pictures_of(made.runs), ["avatar dee"])

    def test_an_error_has_an_icon_besides_its_colour(self) -> None:
        made = self.lay(self.maker.say(), self.maker.entry("error", "", "No such nick"))[1]
        self.assertEqual(tagged([made], "danger"), ["  No such nick\n"])
        self.assertEqual(pictures_of(made.runs), ["icon alert"])

    def test_only_separators_quotes_and_chips_depend_on_the_width(self) -> None:
        plain, first, reply, liked = (
            self.maker.say("ben"), self.maker.say("ben"), self.maker.say("ben", reply_to="x"),
            self.maker.say("ben", reactions={"👍": ["dee"]}),
        )  # fmt: skip
        made = self.lay(plain, first, reply, liked)
        self.assertEqual([block.depends_on_width for block in made], [True, False, True, True])

    def test_copied_messages_have_the_name(self) -> None:
        table = [
            (self.maker.say("ben", "hi \x02all\x02"), "<ben> hi all"),
            (self.maker.entry("action", "dee", "waves"), "* dee waves"),
            (self.maker.entry("join", "eve"), "eve joined"),
        ]
        for entry, content in table:
            self.assertEqual(clipboard_text(entry), content)
        self.assertEqual(clipboard_text(table[0][0], lambda nick: "Ben Okafor"), "<Ben Okafor> hi all")

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

    def lay(self, *entries: Entry, options: BlockOptions | None = None) -> list[str]:
        made = make_blocks([self.maker.say("dee"), *entries], None, options or self.maker.options())
        return text_of(made).splitlines()[3:]

    def test_two_joins_or_leaves_are_one_line(self) -> None:
        joins = [self.maker.entry("join", nick) for nick in ("ben", "eve")]
        self.assertEqual(self.lay(*joins, self.maker.entry("quit", "ben")), ["2 joined, 1 left  "])

    def test_joins_are_shown_one_by_one_if_the_user_wants_that(self) -> None:
        joins = [self.maker.entry("join", nick) for nick in ("ben", "eve")]
        options = replace(self.maker.options(), folds_joins=False)
        self.assertEqual(self.lay(*joins, options=options), ["ben joined", "eve joined"])

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
        options = self.maker.options(unfolded=frozenset({moves[1].key}))
        self.assertEqual(
            self.lay(*moves, options=options), ["1 joined, 1 left  ", "ben joined", "eve left (lunch)"]
        )

    def test_a_run_ends_at_midnight_and_at_the_new_messages_line(self) -> None:
        night = [self.maker.entry("join", "ben", minute=minute) for minute in (14 * 60, 16 * 60)]
        self.assertEqual(self.lay(*night)[0::2], ["ben joined", "ben joined"])
        moves = [self.maker.entry("join", "ben"), self.maker.entry("join", "eve")]
        options = self.maker.options(unread=moves[1].key)
        self.assertEqual(self.lay(*moves, options=options)[0::2], ["ben joined", "eve joined"])

    def test_the_fold_has_a_chevron_that_shows_its_state(self) -> None:
        joins = [self.maker.entry("join", nick) for nick in ("ben", "eve")]
        for unfolded, icon in (
            (frozenset[int](), "icon chevron-right"),
            (frozenset({joins[0].key}), "icon chevron-down"),
        ):
            made = make_blocks(joins, None, self.maker.options(unfolded=unfolded))
            self.assertIn(icon, pictures_of(made[0].runs))
            self.assertIn(Target("fold"), [run.target for run in made[0].runs])
