"""The transcript as a user sees it."""

from __future__ import annotations

import random

from chatapp.client.model.changes import (
    Added,
    ConversationChanged,
    Prepended,
    Removed,
    Reset,
    StatusChanged,
    Updated,
)
from chatapp.client.model.model import Entry, PendingDeletion
from chatapp.gui.theme.text_tags import CODE_PADDING
from chatapp.gui.transcript.pages import (
    FLOOD_ENTRIES,
    MAX_LINES,
    OPENING_ENTRIES,
    SCROLL_ENTRIES,
    TRIM_LINES,
)
from chatapp.gui.transcript.transcript import MANY_ENTRIES
from tests.gui.transcript.conversations import ConversationMaker
from tests.gui.transcript.transcript_case import TranscriptCase


class ScrollTest(TranscriptCase):
    def test_a_conversation_opens_at_its_end(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.assertIsNotNone(self.y_of("message 59"))
        self.assertEqual(self.pane.pills.newest.winfo_manager(), "")

    def test_it_opens_at_the_first_unread_message(self) -> None:
        entries = self.maker.chatter(90)
        self.maker.conversation.first_unread = entries[40].key
        self.show()
        self.assertIn(self.y_of("New messages"), range(self.theme.px(40)))
        self.assertIsNotNone(self.y_of("message 40"))
        self.assertIsNone(self.y_of("message 39"))
        self.assertEqual(self.calls, [("end", False)])

    def test_with_few_unread_messages_it_opens_at_the_end(self) -> None:
        entries = self.maker.chatter(60)
        self.maker.conversation.first_unread = entries[58].key
        self.show()
        self.assertIsNotNone(self.y_of("New messages"))
        self.receive(text="one more")
        self.assertIsNotNone(self.y_of("one more"))

    def test_when_the_pane_is_tall_enough_for_all_unread_messages_its_end_is_reached(self) -> None:
        entries = self.maker.chatter(10)
        self.maker.conversation.first_unread = entries[3].key
        self.size(800, 150)
        self.settle()
        self.show()
        self.assertEqual(self.calls, [("end", False)])
        self.size(800, 600)
        self.settle()
        self.assertIsNotNone(self.y_of("message 9"))
        self.assertEqual(self.calls, [("end", False), ("end", True)])
        self.assertEqual(self.pane.pills.newest.winfo_manager(), "")

    def test_while_the_mouse_button_is_down_the_end_does_not_count_as_reached(self) -> None:
        self.maker.chatter(10)
        self.show()
        self.text.event_generate("<Button-1>", x=5, y=5)
        self.receive(text="meanwhile")
        self.assertFalse(self.pane.view.following)
        self.text.event_generate("<ButtonRelease-1>", x=5, y=5)
        self.assertTrue(self.pane.view.following)

    def test_at_the_end_it_follows_new_messages(self) -> None:
        self.maker.chatter(60)
        self.show()
        for n in range(5):
            self.receive(text=f"next {n}", minute=60 + 6 * n)
            self.assertIsNotNone(self.y_of(f"next {n}"))

    def test_in_a_smaller_window_the_last_line_stays_visible(self) -> None:
        self.maker.chatter(60)
        self.show()
        for width, height in ((800, 300), (400, 300), (800, 600)):
            self.size(width, height)
            self.settle()
            self.assertIsNotNone(self.y_of("message 59"), (width, height))

    def test_with_larger_text_the_last_line_stays_visible(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.theme.zoom(18)
        self.settle()
        self.assertIsNotNone(self.y_of("message 59"))

    def test_new_messages_do_not_move_text_that_is_read_above(self) -> None:
        self.maker.chatter(90)
        self.show()
        self.scroll(-900)
        before = self.y_of("message 70")
        self.assertIsNotNone(before)
        for n in range(3):
            self.receive(text=f"next {n}")
        self.assertEqual(self.y_of("message 70"), before)
        self.assertEqual(self.pane.pills.newest.cget("text").strip(), "3")
        self.assertEqual(self.calls, [("end", False)])

    def test_only_messages_are_counted_as_new(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.scroll(-300)
        for kind in ("join", "part", "quit", "mode", "system"):
            entry = self.maker.entry(kind, "eve", "+m", 600)
            self.maker.conversation.entries.append(entry)
            self.apply(Added(self.maker.conversation, (entry,)))
        self.assertEqual(self.pane.pills.newest.cget("text").strip(), "")
        self.receive()
        self.assertEqual(self.pane.pills.newest.cget("text").strip(), "1")

    def test_all_unread_messages_below_are_counted(self) -> None:
        entries = self.maker.chatter(90)
        self.maker.conversation.first_unread = entries[40].key
        self.show()
        shown = sum(self.y_of(f"message {number}\n") is not None for number in range(40, 90))
        self.assertAlmostEqual(self.count_on_pill(), 50 - shown, delta=1)
        self.receive(text="one more")
        self.assertAlmostEqual(self.count_on_pill(), 51 - shown, delta=1)
        before = self.count_on_pill()
        self.scroll(200)
        self.assertLess(self.count_on_pill(), before)

    def count_on_pill(self) -> int:
        return int(self.pane.pills.newest.cget("text") or 0)

    def test_the_button_scrolls_to_the_end(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.scroll(-900)
        self.receive(text="the latest")
        self.pane.pills.newest.invoke()
        self.settle()
        self.assertIsNotNone(self.y_of("the latest"))
        self.assertEqual(self.pane.pills.newest.winfo_manager(), "")
        self.assertEqual(self.calls, [("end", False), ("end", True)])

    def test_scrolling_back_to_the_end_follows_again(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.scroll(-300)
        self.scroll(300)
        self.receive(text="next")
        self.assertIsNotNone(self.y_of("next"))

    def test_sending_a_message_scrolls_to_the_end(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.scroll(-900)
        mine = self.maker.say("ana", "my words", 61, state="pending")
        self.apply(Added(self.maker.conversation, (mine,)))
        self.assertIsNotNone(self.y_of("my words"))

    def test_a_message_that_was_confirmed_before_it_is_drawn_is_seen_below_tall_ones(self) -> None:
        self.maker.chatter(20)
        code = "```python\n" + "\n".join(f"line_{n} = {n}" for n in range(30)) + "\n```"
        tall = [self.maker.say(("ben", "dee")[n % 2], code, 30 + n) for n in range(5)]
        self.maker.conversation.first_unread = tall[0].key
        self.show()
        for number in range(3):
            mine = self.maker.say("ana", f"my words {number}", 60 + number, label=f"{number + 1}")
            self.apply(Added(self.maker.conversation, (mine,)))
            self.assertIsNotNone(self.y_of(f"my words {number}"))
        self.assertEqual(self.pane.pills.newest.winfo_manager(), "")
        self.assertEqual(self.calls[-1], ("end", True))

    def test_the_seconds_to_undo_a_deletion_count_down(self) -> None:
        deletion = PendingDeletion(8.0, "", "words", "", False, {})
        self.maker.say("ana", "", deleted_by="ana", pending_deletion=deletion)
        self.show()
        self.assertIn("Undo (8 s)", self.shown_text())
        self.maker.network.monotonic = 5.0
        self.until(lambda: "Undo (3 s)" in self.shown_text())

    def test_a_sent_message_that_moves_to_its_place_in_time_does_not_scroll(self) -> None:
        self.maker.chatter(60)
        self.show()
        mine = self.maker.say("ana", "my words", 61, label="1")
        self.apply(Added(self.maker.conversation, (mine,)))
        self.scroll(-900)
        self.apply(Removed(self.maker.conversation, (mine,)))
        self.apply(Added(self.maker.conversation, (mine,)))
        self.assertIsNone(self.y_of("my words"))
        self.assertNotEqual(self.pane.pills.newest.winfo_manager(), "")

    def test_keys_scroll(self) -> None:
        self.maker.chatter(90)
        self.show()
        self.keys("<Prior>")
        self.assertIsNone(self.y_of("message 89"))
        self.keys("<Home>")
        self.assertIsNotNone(self.y_of("began"))
        self.keys("<End>")
        self.assertIsNotNone(self.y_of("message 89"))

    def test_dragging_a_selection_stops_scrolling(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.text.event_generate("<Button-1>", x=100, y=100)
        seen = self.text.index("@0,0")
        self.receive(text="next")
        self.assertEqual(self.text.index("@0,0"), seen)
        self.text.event_generate("<ButtonRelease-1>", x=200, y=100)
        self.settle()
        self.assertIsNotNone(self.y_of("next"))


class OlderTest(TranscriptCase):
    def test_only_the_newest_entries_of_a_long_conversation_are_shown(self) -> None:
        self.maker.chatter(2000)
        self.show()
        self.assertEqual(len(self.pane.view.line_map), OPENING_ENTRIES)

    def test_scrolling_up_brings_older_ones_without_a_jump(self) -> None:
        self.maker.chatter(2000)
        self.show()
        self.pane.view.scroll_to_line(30)
        self.settle()
        seen = self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")
        self.pane._show_older()
        self.settle()
        self.assertEqual(len(self.pane.view.line_map), OPENING_ENTRIES + SCROLL_ENTRIES)
        self.assertEqual((self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")), seen)

    def test_all_entries_can_be_reached_by_scrolling(self) -> None:
        self.maker.chatter(1000)
        self.show()
        for _ in range(200):
            self.keys("<Prior>")
            if self.y_of("began"):
                break
        self.assertIsNotNone(self.y_of("message 0"))
        for entry in self.maker.conversation.entries:
            self.assertIn(f"\n{entry.text}\n", self.shown_text())

    def test_the_server_is_asked_only_when_the_model_has_no_more(self) -> None:
        self.maker.conversation.complete = False
        self.maker.chatter(OPENING_ENTRIES + 20)
        self.show()
        self.keys("<Home>")
        self.assertNotIn(("older",), self.calls)
        self.keys("<Home>")
        self.assertIn(("older",), self.calls)

    def test_it_does_not_ask_again_while_loading_or_at_the_beginning(self) -> None:
        self.maker.chatter(60)
        self.maker.conversation.complete = False
        self.maker.conversation.fetching = "before"
        self.show()
        self.keys("<Home>")
        self.maker.conversation.fetching = None
        self.maker.conversation.complete = True
        self.keys("<Home>")
        self.assertNotIn(("older",), self.calls)

    def test_prepended_messages_do_not_move_the_text(self) -> None:
        new = self.maker.chatter(60)
        self.maker.conversation.complete = False
        self.show()
        self.pane.view.scroll_to_line(4)
        self.settle()
        old = [self.maker.entry("message", "ben", f"old {n}", -500 + n * 6) for n in range(50)]
        self.maker.conversation.entries[:] = old + new
        before = self.y_of("message 2")
        self.assertIsNotNone(before)
        self.apply(Prepended(self.maker.conversation, tuple(old)))
        self.assertEqual(self.y_of("message 2"), before)
        self.scroll(-20000)
        self.assertIsNotNone(self.y_of("old 0"))

    def test_prepended_messages_of_the_same_day_do_not_repeat_the_date(self) -> None:
        new = self.maker.chatter(3)
        self.show()
        old = [self.maker.entry("message", "dee", "old", -5)]
        self.maker.conversation.entries[:] = old + new
        self.apply(Prepended(self.maker.conversation, tuple(old)))
        self.assertEqual(self.shown_text().count("Today"), 1)

    def test_the_first_line_says_what_is_above(self) -> None:
        self.maker.chatter(3)
        conversation = self.maker.conversation
        self.show()
        self.assertTrue(self.shown_text().startswith("\tThis is where #general began\n"))
        conversation.complete, conversation.fetching = False, "before"
        self.apply(ConversationChanged(conversation))
        self.assertTrue(self.shown_text().startswith("\tThis is where"), "only a slow answer is worth a word")
        self.until(lambda: self.shown_text().startswith("Loading older messages…\n\n\n\n"))
        conversation.fetching = None
        self.apply(ConversationChanged(conversation))
        self.assertTrue(self.shown_text().startswith("\n"))

    def test_a_pane_with_empty_space_asks_for_older_messages(self) -> None:
        self.maker.chatter(2)
        self.maker.conversation.complete = False
        self.show()
        self.assertEqual(self.calls, [("older",)])

    def test_the_number_of_lines_stays_near_the_limit(self) -> None:
        self.maker.chatter(10)
        self.show()
        for at in range(0, MAX_LINES + 2 * TRIM_LINES, 250):
            news = self.maker.chatter(250, 20 + at)
            self.apply(Added(self.maker.conversation, tuple(news)))
            self.assertLessEqual(self.pane.view.line_map.lines, MAX_LINES + TRIM_LINES)
            self.assertEqual(self.pane.view.line_map.lines + 2, int(self.text.index("end-1c").split(".")[0]))
        self.receive(text="the very last", minute=9000)
        self.until(lambda: self.y_of("the very last") is not None)

    def test_far_above_the_end_new_messages_are_inserted_only_when_scrolled_to(self) -> None:
        self.maker.chatter(3000)
        self.show()
        for _ in range(30):
            self.keys("<Home>")
        self.assertGreater(self.pane.view.line_map.lines, MAX_LINES - TRIM_LINES)
        entry = self.receive(text="far below", minute=9000)
        self.assertNotIn("far below", self.shown_text())
        for _ in range(400):
            self.keys("<Next>")
            if self.y_of("far below"):
                break
        self.assertIsNotNone(self.y_of("far below"))
        self.assertEqual(self.pane.view.line_map[len(self.pane.view.line_map) - 1].entries[-1], entry)
        self.assertTrue(self.pane.view.following)


class ChangeTest(TranscriptCase):
    def test_another_conversation_s_changes_are_not_shown(self) -> None:
        self.show()
        other = self.maker.network.add("#help", "channel")
        self.apply(Added(other, (self.maker.entry("message", text="elsewhere"),)))
        self.assertNotIn("elsewhere", self.shown_text())

    def test_entries_shown_already_are_not_shown_twice(self) -> None:
        entries = self.maker.chatter(3)
        self.show()
        self.apply(Added(self.maker.conversation, tuple(entries)))
        self.assertEqual(self.shown_text().count("message 2"), 1)

    def test_a_pending_message_is_confirmed_or_fails_in_place(self) -> None:
        mine = self.maker.say("ana", "my words", state="pending")
        self.show()
        self.assertTrue(self.text.tag_ranges("pending"))
        mine.state = "sent"
        self.apply(Updated(self.maker.conversation, mine))
        self.assertFalse(self.text.tag_ranges("pending"))
        mine.state, mine.problem = "failed", "You are not in #general."
        self.apply(Updated(self.maker.conversation, mine))
        self.assertIn("my words   Not sent: you are not in #general.", self.shown_text())
        self.click("Try\u00a0again")
        self.click("Discard")
        self.assertEqual(self.calls, [("retry", "my words"), ("discard", "my words")])

    def test_a_run_of_joins_grows_in_place(self) -> None:
        self.maker.chatter(2)
        self.show()
        for count, nick in enumerate(("eve", "fay", "gil"), 1):
            entry = self.maker.entry("join", nick, minute=60)
            self.maker.conversation.entries.append(entry)
            self.apply(Added(self.maker.conversation, (entry,)))
            last = self.shown_text().splitlines()[-1]
            self.assertEqual(last, "eve joined" if count == 1 else f"{count} joined  ")

    def test_a_click_unfolds_and_folds_a_run(self) -> None:
        self.maker.conversation.entries += [self.maker.entry("join", nick) for nick in ("eve", "fay")]
        self.show()
        self.click("2 joined")
        self.assertIn("2 joined  \neve joined\nfay joined\n", self.shown_text())
        self.click("2 joined")
        self.assertNotIn("eve", self.shown_text())

    def test_removed_entries_disappear_with_their_heads(self) -> None:
        entries = self.maker.chatter(6, 0)
        self.show()
        for gone in (entries[2:4], entries[:1], [entries[5]]):
            for entry in gone:
                self.maker.conversation.entries.remove(entry)
            self.apply(Removed(self.maker.conversation, tuple(gone)))
        self.assertEqual(
            [line for line in self.shown_text().splitlines() if "message" in line], ["message 1", "message 4"]
        )
        self.assertEqual(self.shown_text().count("Today"), 1)

    def test_after_all_entries_are_removed_new_ones_are_shown(self) -> None:
        entries = self.maker.chatter(3)
        self.show()
        self.maker.conversation.entries.clear()
        self.apply(Removed(self.maker.conversation, tuple(entries)))
        self.assertEqual(len(self.pane.view.line_map), 0)
        self.receive(text="first again")
        self.assertIn("first again", self.shown_text())

    def test_a_reset_does_not_move_the_text_that_is_read(self) -> None:
        self.maker.chatter(900)
        self.show()
        self.scroll(-3000)
        seen = self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")
        self.maker.conversation.entries.insert(899, self.maker.entry("message", "eve", "between", 898.5))
        self.apply(Reset(self.maker.conversation))
        self.assertEqual((self.text.get("@0,0", "@0,0 lineend"), self.text.dlineinfo("@0,0")), seen)
        self.pane.scroll_to_newest()
        self.settle()
        self.assertIsNotNone(self.y_of("between"))

    def test_a_reset_at_the_end_stays_there(self) -> None:
        self.maker.chatter(60)
        self.show()
        self.maker.conversation.entries.insert(59, self.maker.entry("message", "eve", "between", 58.5))
        self.apply(Reset(self.maker.conversation))
        self.assertIsNotNone(self.y_of("between"))

    def test_the_new_messages_line_moves_when_another_entry_becomes_the_first_unread(self) -> None:
        entries = self.maker.chatter(4)
        self.maker.conversation.first_unread = entries[1].key
        self.show()
        later = self.maker.say("eve", "later", 90)
        self.maker.conversation.first_unread = later.key
        self.apply(Added(self.maker.conversation, (later,)))
        self.assertEqual(self.shown_text().count("New messages"), 1)
        self.assertLess(self.shown_text().index("message 3"), self.shown_text().index("New messages"))

    def test_after_midnight_today_becomes_yesterday(self) -> None:
        self.maker.chatter(3)
        self.show()
        self.time += 86400
        self.receive(text="good morning", minute=24 * 60)
        self.assertIn("Yesterday, 12 March", self.shown_text())
        self.assertIn("Today, 13 March", self.shown_text())
        self.assertEqual(self.shown_text().count("good morning"), 1)

    def test_times_can_be_shown_with_twelve_hours(self) -> None:
        self.maker.chatter(1)
        self.pane.show(self.maker.conversation, self.maker.network, twelve_hours=True)
        self.assertIn("ben   9:00 am", self.shown_text())


class MissedMessagesTest(TranscriptCase):
    """Missed messages arrive as a page of history after the conversation was opened."""

    def page(self, count: int, unread: int) -> None:
        """Receive the last page: some messages, of which the last ones are unread."""
        maker = self.maker
        self.show()
        own = maker.entry("join", "ana", minute=500)
        maker.conversation.entries.append(own)
        self.apply(Added(maker.conversation, (own,)))
        page = [maker.entry("message", text=f"message {number}", minute=number) for number in range(count)]
        maker.conversation.entries[0:0] = page
        maker.conversation.first_unread = page[count - unread].key
        self.apply(Prepended(maker.conversation, tuple(page)))

    def test_the_pane_scrolls_to_the_first_unread_message(self) -> None:
        self.page(100, unread=60)
        self.assertIn("New messages", self.shown_text())
        self.assertIsNotNone(self.y_of("message 40"))
        self.assertEqual(("end", False), self.calls[-1])

    def test_messages_scrolled_past_are_reported_as_seen(self) -> None:
        seen: list[Entry] = []
        self.pane._on_seen = seen.append
        self.page(100, unread=60)
        self.assertEqual([], seen)
        self.scroll(200)
        lowest = seen[-1].text
        self.assertIsNotNone(self.y_of(f"{lowest}\n"))
        self.assertIsNone(self.y_of(f"message {int(lowest.split()[1]) + 2}\n"))

    def test_with_few_missed_messages_the_end_is_visible(self) -> None:
        self.page(100, unread=2)
        self.assertIsNotNone(self.y_of("New messages"))
        self.assertNotIn(("end", False), self.calls)


class DeletedTest(TranscriptCase):
    def test_a_deleted_message_is_replaced_in_place(self) -> None:
        first, second = self.maker.say(text="secret"), self.maker.say(text="stays", minute=1)
        self.show()
        self.assertIn("secret", self.shown_text())
        first.deleted_by, first.text = "chen", ""
        self.apply(Updated(self.maker.conversation, first))
        self.assertNotIn("secret", self.shown_text())
        self.assertIn(f"Message deleted by chen\n{second.text}", self.shown_text())


class LongLineTest(TranscriptCase):
    """A paragraph of 40 KB without a newline. Tk needs quadratic time to count pixels in it."""

    def setUp(self) -> None:
        super().setUp()
        self.maker.chatter(3)
        self.show()
        self.called = self.watch_commands(self.text)
        self.receive(text="lorem ipsum dolor sit amet " * 1500, minute=5)
        self.receive(text="after it", minute=6)

    def test_pixels_are_never_counted_in_a_long_line(self) -> None:
        self.scroll(-400)
        self.receive(text="while one reads above", minute=7)
        self.apply(Reset(self.maker.conversation))
        self.scroll(-4000)
        self.show()
        self.assertNotIn("count", self.called)

    def test_a_long_line_does_not_move_when_something_is_added_above_or_below(self) -> None:
        self.scroll(-2000)
        seen = self.text.get("@0,0", "@0,0 display lineend"), self.text.dlineinfo("@0,0")
        self.assertIn("lorem", seen[0])
        self.receive(text="below", minute=7)
        self.maker.conversation.entries.insert(1, self.maker.entry("message", "eve", "above", 0.5))
        self.apply(Reset(self.maker.conversation))
        self.assertEqual((self.text.get("@0,0", "@0,0 display lineend"), self.text.dlineinfo("@0,0")), seen)


class TabsTest(TranscriptCase):
    """Tab stops are eight characters apart, counted from the beginning of the text of a message."""

    def test_in_messages_and_in_code_a_tab_has_its_width(self) -> None:
        for text in ("a\tb", "longer than one\tc", "```\n\td\nif:\te\n```"):
            self.maker.say("ben", text)
        self.show()
        padding = self.theme.px(CODE_PADDING)
        for font, text, stop, left in (
            ("ChatBody", "a\tb", 1, 0),
            ("ChatBody", "one\tc", 2, 0),
            ("ChatCode", "\td", 1, padding),
            ("ChatCode", "if:\te", 1, padding),
        ):
            with self.subTest(text):
                last = f"{self.text.search(text, '1.0')} +{len(text) - 1}c"
                box, start = self.text.bbox(last), self.text.bbox(f"{last} linestart")
                assert box is not None and start is not None
                self.assertEqual((box[0] - start[0] - left) / (8 * self.theme.fonts[font].measure("0")), stop)


class FloodTest(TranscriptCase):
    """Thousands of messages at once."""

    def flood(self, count: int, minute: float = 10) -> list[Entry]:
        news = self.maker.chatter(count, minute)
        self.pane.apply(Added(self.maker.conversation, tuple(news)))
        return news

    def test_messages_in_a_flood_are_collected_and_then_shown(self) -> None:
        self.show()
        self.flood(MANY_ENTRIES)
        called = self.watch_commands(self.text)
        for n in range(10):
            self.maker.say("eve", f"collected {n}", 60 + n)
            self.pane.apply(Added(self.maker.conversation, (self.maker.conversation.entries[-1],)))
        self.assertNotIn("insert", called)
        self.until(lambda: "collected 9" in self.shown_text())
        self.assertEqual(called.count("insert"), 1)

    def test_only_the_last_ones_of_thousands_are_shown_and_scrolling_finds_the_others(self) -> None:
        self.show()
        self.flood(3000)
        self.settle()
        self.assertLessEqual(len(self.pane.view.line_map), FLOOD_ENTRIES)
        self.assertIsNotNone(self.y_of("message 2999"))
        for _ in range(8):
            self.keys("<Prior>")
        self.assertGreater(len(self.pane.view.line_map), FLOOD_ENTRIES)

    def test_an_own_message_is_shown_at_once(self) -> None:
        self.show()
        self.flood(MANY_ENTRIES)
        entry = self.maker.entry("message", "ana", "mine", 60)
        self.maker.conversation.add_pending(entry)
        self.apply(Added(self.maker.conversation, (entry,)))
        self.assertIsNotNone(self.y_of("mine"))

    def test_another_conversation_does_not_get_the_collected_messages(self) -> None:
        self.show()
        self.flood(MANY_ENTRIES)
        self.maker.say("eve", "collected", 60)
        self.pane.apply(Added(self.maker.conversation, (self.maker.conversation.entries[-1],)))
        other = ConversationMaker("#other")
        other.say("fay", "hello")
        self.show(other.conversation)
        self.assertNotIn("collected", self.shown_text())


class PendingTest(TranscriptCase):
    def test_a_message_that_waits_says_so(self) -> None:
        self.show()
        entry = self.maker.entry("message", "ana", "mine", 60, sent_at=1.0, label="1")
        self.maker.network.monotonic = 1.0
        self.maker.conversation.add_pending(entry)
        self.apply(Added(self.maker.conversation, (entry,)))
        self.assertIn("mine\n", self.shown_text())
        self.maker.network.monotonic = 2.5
        self.until(lambda: "mine   sending…\n" in self.shown_text())
        self.maker.network.state = "waiting"
        self.apply(StatusChanged(self.maker.network))
        self.assertIn("mine   waits\n", self.shown_text())


class HostileTest(TranscriptCase):
    """A server sends ten thousand strange lines; the pane stays usable."""

    def test_ten_thousand_strange_messages_leave_the_pane_working(self) -> None:
        chance = random.Random(7)
        pieces = (
            "w" * 5000, "\u202e\u05d0\u05d1" * 40, "e" + "\u0301" * 800, "😀" * 300, "a\n" * 80, "```\n" * 30,
            "`" * 200, "*" * 300, "https://" * 90, "\x03" + "4,5" * 50, "\x04ff00aaX" * 60, "ana " * 100,
            "\u200d\ufe0f" * 100, "\t" * 200, "```python\n" + "x = '\n" * 200 + "```", "", "[$x] {a} \\ ;",
        )  # fmt: skip
        one, crowd = ["eve"], ["eve"] * 3000
        self.show()
        entries: list[Entry] = []
        for n in range(10_000):
            text = chance.choice(pieces)[: chance.choice((10, 400, 6000))]
            entry = self.maker.say(chance.choice(("ben", "x" * 300, "[$n]", "😀", "ana")), text, n / 10)
            entry.msgid, entry.mention = f"m{n}", chance.random() < 0.1
            entry.reply_to = f"m{chance.randrange(12_000)}" if chance.random() < 0.3 else ""
            entry.deleted_by = "ben" if chance.random() < 0.05 else ""
            if chance.random() < 0.1:
                kinds = (chr(0x1F300 + each) for each in range(chance.choice((1, 400))))
                entry.reactions = {kind: chance.choice((one, crowd)) for kind in kinds}
            entries.append(entry)
            if len(entries) == 500:
                self.pane.apply(Added(self.maker.conversation, tuple(entries)))
                entries.clear()
        self.settle()
        for name in ("light", "dark"):
            self.theme.use(name)
            self.settle()
        self.size(320, 500)
        for key in ("<Prior>", "<Prior>", "<Home>", "<End>", "<Up>", "<Up>", "<Escape>"):
            self.keys(key)
        self.pane.scroll_to_newest()
        self.receive("ben", "after all that", 2000)
        self.until(lambda: self.y_of("after all that") is not None)
        view = self.pane.view
        self.assertEqual(view.line_map.lines + view.lines_above, self.shown_text().count("\n"))
        for index in range(len(view.line_map)):
            first, last = view.lines_of(index)
            shown = view.text.get(f"{first}.0", f"{last}.0")
            self.assertEqual(shown, "".join(run.text for run in view.line_map[index].runs))
