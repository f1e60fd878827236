"""The message pane as a reader sees it."""

from __future__ import annotations

from chatapp.client.model.changes import Added, ConversationChanged, Prepended, Removed, Reset, Updated
from chatapp.client.model.model import Entry
from chatapp.gui.transcript.transcript import MAX_LINES, OPENING_ENTRIES, SCROLL_ENTRIES, TRIM_LINES
from tests.gui.transcript.transcript_case import TranscriptCase


class ScrollTest(TranscriptCase):
    def test_a_conversation_opens_at_its_end(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.assertIsNotNone(self.y("message 59"))
        self.assertEqual(self.pane.newest_button.winfo_manager(), "")

    def test_it_opens_at_the_first_unread_message(self) -> None:
        entries = self.talk.chatter(90)
        self.talk.conversation.first_unread = entries[40].key
        self.show()
        self.assertIn(self.y("New messages"), range(self.theme.px(40)))
        self.assertIsNotNone(self.y("message 40"))
        self.assertIsNone(self.y("message 39"))
        self.assertEqual(self.said, [("end", False)])

    def test_few_unread_messages_leave_it_at_the_end(self) -> None:
        entries = self.talk.chatter(60)
        self.talk.conversation.first_unread = entries[58].key
        self.show()
        self.assertIsNotNone(self.y("New messages"))
        self.hear(text="one more")
        self.assertIsNotNone(self.y("one more"))

    def test_at_the_end_it_follows(self) -> None:
        self.talk.chatter(60)
        self.show()
        for n in range(5):
            self.hear(text=f"next {n}", minute=60 + 6 * n)
            self.assertIsNotNone(self.y(f"next {n}"))

    def test_a_smaller_window_does_not_swallow_the_last_line(self) -> None:
        self.talk.chatter(60)
        self.show()
        for width, height in ((800, 300), (400, 300), (800, 600)):
            self.size(width, height)
            self.settle()
            self.assertIsNotNone(self.y("message 59"), (width, height))

    def test_larger_text_does_not_swallow_the_last_line(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.theme.zoom(18)
        self.settle()
        self.assertIsNotNone(self.y("message 59"))

    def test_what_is_read_above_stays_where_it_is_when_messages_come(self) -> None:
        self.talk.chatter(90)
        self.show()
        self.scroll(-900)
        before = self.y("message 70")
        self.assertIsNotNone(before)
        for n in range(3):
            self.hear(text=f"next {n}")
        self.assertEqual(self.y("message 70"), before)
        self.assertEqual(self.pane.newest_button.cget("text").strip(), "3 new")
        self.assertEqual(self.said, [("end", False)])

    def test_people_who_come_and_go_are_not_counted_as_new(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.scroll(-300)
        for kind in ("join", "part", "quit", "mode", "system"):
            entry = self.talk.entry(kind, "eve", "+m", 600)
            self.talk.conversation.entries.append(entry)
            self.tell(Added(self.talk.conversation, (entry,)))
        self.assertEqual(self.pane.newest_button.cget("text").strip(), "Latest")
        self.hear()
        self.assertEqual(self.pane.newest_button.cget("text").strip(), "1 new")

    def test_the_button_leads_back_to_the_end(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.scroll(-900)
        self.hear(text="the latest")
        self.pane.newest_button.invoke()
        self.settle()
        self.assertIsNotNone(self.y("the latest"))
        self.assertEqual(self.pane.newest_button.winfo_manager(), "")
        self.assertEqual(self.said, [("end", False), ("end", True)])

    def test_scrolling_back_to_the_end_follows_again(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.scroll(-300)
        self.scroll(300)
        self.hear(text="next")
        self.assertIsNotNone(self.y("next"))

    def test_ones_own_words_lead_to_the_end(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.scroll(-900)
        mine = self.talk.say("ana", "my words", 61, state="pending")
        self.tell(Added(self.talk.conversation, (mine,)))
        self.assertIsNotNone(self.y("my words"))

    def test_keys_scroll(self) -> None:
        self.talk.chatter(90)
        self.show()
        self.keys("<Prior>")
        self.assertIsNone(self.y("message 89"))
        self.keys("<Home>")
        self.assertIsNotNone(self.y("began"))
        self.keys("<End>")
        self.assertIsNotNone(self.y("message 89"))

    def test_a_selection_that_is_drawn_holds_the_view(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.text.event_generate("<Button-1>", x=100, y=100)
        seen = self.text.index("@0,0")
        self.hear(text="next")
        self.assertEqual(self.text.index("@0,0"), seen)
        self.text.event_generate("<ButtonRelease-1>", x=200, y=100)
        self.settle()
        self.assertIsNotNone(self.y("next"))


class OlderTest(TranscriptCase):
    def test_only_the_newest_of_a_long_conversation_are_laid_out(self) -> None:
        self.talk.chatter(2000)
        self.show()
        self.assertEqual(len(self.pane.view.line_map), OPENING_ENTRIES)

    def test_scrolling_up_brings_older_ones_without_a_jump(self) -> None:
        self.talk.chatter(2000)
        self.show()
        self.pane.view.scroll_to_line(30)
        self.settle()
        seen = self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")
        self.pane._show_older()
        self.settle()
        self.assertEqual(len(self.pane.view.line_map), OPENING_ENTRIES + SCROLL_ENTRIES)
        self.assertEqual((self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")), seen)

    def test_all_of_it_can_be_scrolled_through_and_back(self) -> None:
        self.talk.chatter(1000)
        self.show()
        for _ in range(100):
            self.keys("<Prior>")
            if self.y("began"):
                break
        self.assertIsNotNone(self.y("message 0"))
        for entry in self.talk.conversation.entries:
            self.assertIn(f"\n{entry.text}\n", self.words())

    def test_the_server_is_asked_only_when_the_model_has_no_more(self) -> None:
        self.talk.conversation.complete = False
        self.talk.chatter(OPENING_ENTRIES + 20)
        self.show()
        self.keys("<Home>")
        self.assertNotIn(("older",), self.said)
        self.keys("<Home>")
        self.assertIn(("older",), self.said)

    def test_it_asks_no_more_while_it_waits_nor_at_the_beginning(self) -> None:
        self.talk.chatter(60)
        self.talk.conversation.complete = False
        self.talk.conversation.fetching = "before"
        self.show()
        self.keys("<Home>")
        self.talk.conversation.fetching = None
        self.talk.conversation.complete = True
        self.keys("<Home>")
        self.assertNotIn(("older",), self.said)

    def test_older_ones_that_come_stand_above_without_a_jump(self) -> None:
        new = self.talk.chatter(60)
        self.talk.conversation.complete = False
        self.show()
        self.pane.view.scroll_to_line(4)
        self.settle()
        old = [self.talk.entry("message", "ben", f"old {n}", -500 + n * 6) for n in range(50)]
        self.talk.conversation.entries[:] = old + new
        before = self.y("message 2")
        self.assertIsNotNone(before)
        self.tell(Prepended(self.talk.conversation, tuple(old)))
        self.assertEqual(self.y("message 2"), before)
        self.scroll(-20000)
        self.assertIsNotNone(self.y("old 0"))

    def test_a_day_that_began_earlier_has_its_date_only_once(self) -> None:
        new = self.talk.chatter(3)
        self.show()
        old = [self.talk.entry("message", "dee", "old", -5)]
        self.talk.conversation.entries[:] = old + new
        self.tell(Prepended(self.talk.conversation, tuple(old)))
        self.assertEqual(self.words().count("Today"), 1)

    def test_the_head_says_what_is_above(self) -> None:
        self.talk.chatter(3)
        conversation = self.talk.conversation
        self.show()
        self.assertTrue(self.words().startswith("This is where #general began\n"))
        conversation.complete, conversation.fetching = False, "before"
        self.tell(ConversationChanged(conversation))
        self.assertTrue(self.words().startswith("Loading older messages…\n"))
        conversation.fetching = None
        self.tell(ConversationChanged(conversation))
        self.assertTrue(self.words().startswith("\n"))

    def test_a_pane_that_is_not_full_asks_for_more_by_itself(self) -> None:
        self.talk.chatter(2)
        self.talk.conversation.complete = False
        self.show()
        self.assertEqual(self.said, [("older",)])

    def test_there_are_never_many_more_lines_than_the_limit(self) -> None:
        self.talk.chatter(10)
        self.show()
        for at in range(0, MAX_LINES + 2 * TRIM_LINES, 250):
            news = self.talk.chatter(250, 20 + at)
            self.tell(Added(self.talk.conversation, tuple(news)))
            self.assertLessEqual(self.pane.view.line_map.lines, MAX_LINES + TRIM_LINES)
            self.assertEqual(self.pane.view.line_map.lines + 2, int(self.text.index("end-1c").split(".")[0]))
        self.hear(text="the very last", minute=9000)
        self.assertIsNotNone(self.y("the very last"))

    def test_far_above_the_end_new_messages_wait_and_come_when_scrolled_to(self) -> None:
        self.talk.chatter(3000)
        self.show()
        for _ in range(22):
            self.keys("<Home>")
        self.assertGreater(self.pane.view.line_map.lines, MAX_LINES - TRIM_LINES)
        entry = self.hear(text="far below", minute=9000)
        self.assertNotIn("far below", self.words())
        for _ in range(400):
            self.keys("<Next>")
            if self.y("far below"):
                break
        self.assertIsNotNone(self.y("far below"))
        self.assertEqual(self.pane.view.line_map[len(self.pane.view.line_map) - 1].entries[-1], entry)
        self.assertTrue(self.pane.view.following)


class ChangeTest(TranscriptCase):
    def test_another_conversation_s_changes_are_not_shown(self) -> None:
        self.show()
        other = self.talk.network.add("#help", "channel")
        self.tell(Added(other, (self.talk.entry("message", text="elsewhere"),)))
        self.assertNotIn("elsewhere", self.words())

    def test_what_was_shown_already_is_not_shown_twice(self) -> None:
        entries = self.talk.chatter(3)
        self.show()
        self.tell(Added(self.talk.conversation, tuple(entries)))
        self.assertEqual(self.words().count("message 2"), 1)

    def test_a_pending_message_becomes_solid_or_fails_where_it_stands(self) -> None:
        mine = self.talk.say("ana", "my words", state="pending")
        self.show()
        self.assertTrue(self.text.tag_ranges("pending"))
        mine.state = "sent"
        self.tell(Updated(self.talk.conversation, mine))
        self.assertFalse(self.text.tag_ranges("pending"))
        mine.state, mine.problem = "failed", "You are not in #general."
        self.tell(Updated(self.talk.conversation, mine))
        self.assertIn("my words\nNot sent: You are not in #general.", self.words())
        self.click("Retry")
        self.click("Discard")
        self.assertEqual(self.said, [("retry", "my words"), ("discard", "my words")])

    def test_a_run_of_joins_grows_in_place(self) -> None:
        self.talk.chatter(2)
        self.show()
        for count, nick in enumerate(("eve", "fay", "gil"), 1):
            entry = self.talk.entry("join", nick, minute=60)
            self.talk.conversation.entries.append(entry)
            self.tell(Added(self.talk.conversation, (entry,)))
            last = self.words().splitlines()[-1]
            self.assertEqual(last, "eve joined" if count == 1 else f"{count} joined  ▸")

    def test_a_click_opens_and_closes_a_run(self) -> None:
        self.talk.conversation.entries += [self.talk.entry("join", nick) for nick in ("eve", "fay")]
        self.show()
        self.click("2 joined")
        self.assertIn("2 joined  ▾\neve joined\nfay joined\n", self.words())
        self.click("2 joined")
        self.assertNotIn("eve", self.words())

    def test_what_is_removed_leaves_no_trace(self) -> None:
        entries = self.talk.chatter(6, 0)
        self.show()
        for gone in (entries[2:4], entries[:1], [entries[5]]):
            for entry in gone:
                self.talk.conversation.entries.remove(entry)
            self.tell(Removed(self.talk.conversation, tuple(gone)))
        self.assertEqual(
            [line for line in self.words().splitlines() if "message" in line], ["message 1", "message 4"]
        )
        self.assertEqual(self.words().count("Today"), 1)

    def test_all_can_be_removed_and_be_followed_by_more(self) -> None:
        entries = self.talk.chatter(3)
        self.show()
        self.talk.conversation.entries.clear()
        self.tell(Removed(self.talk.conversation, tuple(entries)))
        self.assertEqual(len(self.pane.view.line_map), 0)
        self.hear(text="first again")
        self.assertIn("first again", self.words())

    def test_a_reset_keeps_the_place_that_is_read(self) -> None:
        self.talk.chatter(900)
        self.show()
        self.scroll(-3000)
        seen = self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")
        self.talk.conversation.entries.insert(899, self.talk.entry("message", "eve", "between", 898.5))
        self.tell(Reset(self.talk.conversation))
        self.assertEqual((self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")), seen)
        self.pane.scroll_to_newest()
        self.settle()
        self.assertIsNotNone(self.y("between"))

    def test_a_reset_at_the_end_stays_there(self) -> None:
        self.talk.chatter(60)
        self.show()
        self.talk.conversation.entries.insert(59, self.talk.entry("message", "eve", "between", 58.5))
        self.tell(Reset(self.talk.conversation))
        self.assertIsNotNone(self.y("between"))

    def test_the_line_of_new_messages_moves_to_what_is_new_now(self) -> None:
        entries = self.talk.chatter(4)
        self.talk.conversation.first_unread = entries[1].key
        self.show()
        later = self.talk.say("eve", "later", 90)
        self.talk.conversation.first_unread = later.key
        self.tell(Added(self.talk.conversation, (later,)))
        self.assertEqual(self.words().count("New messages"), 1)
        self.assertLess(self.words().index("message 3"), self.words().index("New messages"))

    def test_after_midnight_today_becomes_yesterday(self) -> None:
        self.talk.chatter(3)
        self.show()
        self.time += 86400
        self.hear(text="good morning", minute=24 * 60)
        self.assertIn("Yesterday, 12 March", self.words())
        self.assertIn("Today, 13 March", self.words())
        self.assertEqual(self.words().count("good morning"), 1)

    def test_hours_can_be_shown_by_twelve(self) -> None:
        self.talk.chatter(1)
        self.pane.show(self.talk.conversation, "ana", twelve_hours=True)
        self.assertIn("9:00 am\tben", self.words())


class Missed(TranscriptCase):
    """What was missed comes as a page of history, after the conversation was opened."""

    def page(self, count: int, unread: int) -> None:
        """The last page: so many messages, of which the last ones are unread."""
        talk = self.talk
        self.show()
        own = talk.entry("join", "ana", minute=500)
        talk.conversation.entries.append(own)
        self.tell(Added(talk.conversation, (own,)))
        page = [talk.entry("message", text=f"message {number}", minute=number) for number in range(count)]
        talk.conversation.entries[0:0] = page
        talk.conversation.first_unread = page[count - unread].key
        self.tell(Prepended(talk.conversation, tuple(page)))

    def test_the_pane_goes_to_the_first_unread_message(self) -> None:
        self.page(100, unread=60)
        self.assertIn("New messages", self.words())
        self.assertIsNotNone(self.y("message 40"))
        self.assertEqual(("end", False), self.said[-1])

    def test_what_somebody_scrolls_past_is_seen_and_nothing_below(self) -> None:
        seen: list[Entry] = []
        self.pane._on_seen = seen.append
        self.page(100, unread=60)
        self.assertEqual([], seen)
        self.scroll(200)
        lowest = seen[-1].text
        self.assertIsNotNone(self.y(f"{lowest}\n"))
        self.assertIsNone(self.y(f"message {int(lowest.split()[1]) + 2}\n"))

    def test_what_fits_is_in_sight_at_once(self) -> None:
        self.page(100, unread=2)
        self.assertIsNotNone(self.y("New messages"))
        self.assertNotIn(("end", False), self.said)


class Deleted(TranscriptCase):
    def test_a_deleted_message_loses_its_words_where_it_stands(self) -> None:
        first, second = self.talk.say(text="secret"), self.talk.say(text="stays", minute=1)
        self.show()
        self.assertIn("secret", self.words())
        first.deleted_by, first.text = "chen", ""
        self.tell(Updated(self.talk.conversation, first))
        self.assertNotIn("secret", self.words())
        self.assertIn(f"Message deleted by chen\n{second.text}", self.words())


class LongLineTest(TranscriptCase):
    """A paragraph of 40 KB without a line end. Tk counts pixels in one in quadratic time: nothing may ask."""

    def setUp(self) -> None:
        super().setUp()
        self.talk.chatter(3)
        self.show()
        self.called = self.watch_commands(self.text)
        self.hear(text="lorem ipsum dolor sit amet " * 1500, minute=5)
        self.hear(text="after it", minute=6)

    def test_nothing_is_counted_in_it(self) -> None:
        self.scroll(-400)
        self.hear(text="while one reads above", minute=7)
        self.tell(Reset(self.talk.conversation))
        self.scroll(-4000)
        self.show()
        self.assertNotIn("count", self.called)

    def test_it_stays_where_it_is_read_when_something_is_added_above_or_below(self) -> None:
        self.scroll(-2000)
        seen = self.text.get("@0,0", "@0,0 display lineend"), self.text.dlineinfo("@0,0")
        self.assertIn("lorem", seen[0])
        self.hear(text="below", minute=7)
        self.talk.conversation.entries.insert(1, self.talk.entry("message", "eve", "above", 0.5))
        self.tell(Reset(self.talk.conversation))
        self.assertEqual((self.text.get("@0,0", "@0,0 display lineend"), self.text.dlineinfo("@0,0")), seen)


class TabsTest(TranscriptCase):
    """Tab stops are eight characters apart, counted from where the words of a message begin."""

    def test_in_messages_and_in_code_a_tab_has_its_width(self) -> None:
        for text in ("a\tb", "longer than one\tc", "```\n\td\nif:\te\n```"):
            self.talk.say("ben", text)
        self.show()
        for font, words, stop in (
            ("ChatBody", "a\tb", 1),
            ("ChatBody", "one\tc", 2),
            ("ChatCode", "\td", 1),
            ("ChatCode", "if:\te", 1),
        ):
            with self.subTest(words):
                last = f"{self.text.search(words, '1.0')} +{len(words) - 1}c"
                box, start = self.text.bbox(last), self.text.bbox(f"{last} linestart")
                assert box is not None and start is not None
                self.assertEqual((box[0] - start[0]) / (8 * self.theme.fonts[font].measure("0")), stop)
