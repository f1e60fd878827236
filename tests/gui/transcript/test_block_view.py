"""Blocks in a Text: replacing, removing, folding and finding them."""

from __future__ import annotations

from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.runs import Run
from chatapp.gui.transcript.text_view import RowPosition
from tests.gui.base import WindowTest
from tests.gui.transcript.conversations import NINE, ConversationMaker

FIRST_LINES = [Run("Beginning\n", ("start",))]


class BlockViewTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.maker = ConversationMaker()
        self.view = BlockView(self.root, self.theme, lambda: None, lambda: NINE)
        self.view.pack(fill="both", expand=True)
        self.view.reset(self.maker.around(), None, twelve_hours=False)

    def lines(self) -> list[str]:
        return self.view.text.get("1.0", "end-1c").splitlines()

    def assert_consistent(self) -> None:
        """Check that LineMap and Text agree about every line."""
        self.assertEqual(len(self.lines()), self.view.line_map.lines + self.view.lines_above)
        for index, block in enumerate(self.view.line_map):
            first, last = self.view.lines_of(index)
            text = self.view.text.get(f"{first}.0", f"{last}.0")
            self.assertEqual(text, "".join(run.text for run in block.runs))

    def test_the_first_line_is_above_the_blocks(self) -> None:
        self.view.fill(FIRST_LINES, self.maker.chatter(2))
        self.assertEqual(self.lines()[0], "Beginning")
        self.assertIsNone(self.view.block_index("1.0"))
        self.assertEqual(self.view.block_index("2.0"), 0)
        self.view.set_first_lines([Run("Loading…\n", ("start",))])
        self.assertEqual(self.lines()[0], "Loading…")
        self.assert_consistent()

    def test_filling_replaces_everything(self) -> None:
        for count in (5, 2, 0):
            self.view.fill(FIRST_LINES, self.maker.chatter(count))
            self.assertEqual(len(self.view.line_map), count)
            self.assert_consistent()

    def test_entries_can_be_added_at_both_ends(self) -> None:
        old, middle, new = (self.maker.chatter(3, 10 * part) for part in range(3))
        self.view.fill(FIRST_LINES, middle)
        self.view.append(new)
        self.view.prepend(old)
        self.assert_consistent()
        shown = [entry for block in self.view.line_map for entry in block.entries]
        self.assertEqual(shown, [*old, *middle, *new])

    def test_the_next_message_gets_the_head_of_a_removed_one(self) -> None:
        first, second = (self.maker.say("ben", text, 0) for text in ("one", "two"))
        self.view.fill(FIRST_LINES, [first, second])
        self.view.remove([first])
        self.assertEqual(self.lines()[-2:], ["\tben   09:00", "two"])
        self.assert_consistent()

    def test_joins_before_and_after_a_removed_message_fold_into_one_line(self) -> None:
        entries = [self.maker.entry("join", "eve"), self.maker.say(), self.maker.entry("join", "fay")]
        self.view.fill(FIRST_LINES, entries)
        self.view.remove([entries[1]])
        self.assertEqual(self.lines()[-2:], ["eve joined", "fay joined"])
        self.view.append([self.maker.entry("join", "gil")])
        self.assertEqual(self.lines()[-1], "2 joined  ")
        self.assert_consistent()

    def test_a_fold_opens_and_closes(self) -> None:
        self.view.fill(FIRST_LINES, [self.maker.entry("join", nick) for nick in ("eve", "fay")])
        self.view.toggle_fold(0)
        self.assertEqual(self.lines()[-2:], ["eve joined", "fay joined"])
        self.view.toggle_fold(0)
        self.assertEqual(self.lines()[-1], "2 joined  ")
        self.assert_consistent()

    def test_the_new_messages_line_moves_to_another_entry(self) -> None:
        entries = self.maker.chatter(4)
        self.view.reset(self.maker.around(), entries[1].key, twelve_hours=False)
        self.view.fill(FIRST_LINES, entries)
        self.view.move_unread(entries[3].key)
        text = "\n".join(self.lines())
        self.assertEqual(text.count("New messages"), 1)
        self.assertLess(text.index("message 2"), text.index("New messages"))
        self.assert_consistent()

    def test_trimming_leaves_about_the_given_number_of_lines_at_the_other_end(self) -> None:
        entries = self.maker.chatter(100)
        self.view.fill(FIRST_LINES, entries)
        self.view.trim_top(50)
        self.assertIs(self.view.line_map[len(self.view.line_map) - 1].entries[0], entries[-1])
        self.assertLess(abs(self.view.line_map.lines - 50), 6)
        self.view.trim_bottom(20)
        self.assertLess(abs(self.view.line_map.lines - 20), 6)
        self.assert_consistent()

    def test_scrolling_to_an_entry_puts_its_row_at_the_wanted_height(self) -> None:
        entries = self.maker.chatter(100)
        self.view.fill(FIRST_LINES, entries)
        self.settle()
        self.view.scroll_to_entry(entries[30].key, RowPosition(0, 0, 5))
        row = self.view.top_row()
        self.assertFalse(self.view.following)
        info = self.view.text.dlineinfo(f"{self.view.lines_of(30)[0]}.0")
        assert info is not None
        self.assertEqual((info[1], row.line), (5, self.view.lines_of(29)[1] - 1))
