"""Lines and panel on a small terminal."""

from __future__ import annotations

import unittest

from chatapp.terminal.ansi import StyledLine, StyledText
from chatapp.terminal.screen import Panel, Screen, cropped, visible_part, wrapped
from tests.terminal.virtual_terminal import VirtualTerminal


def line(text: str) -> StyledLine:
    return (StyledText(text),)


def panel(before: str = "", after: str = "", *rows: str) -> Panel:
    return Panel(tuple(map(line, rows or ("status",))), line("[#a] "), before, after)


class Showing(unittest.TestCase):
    def setUp(self) -> None:
        self.terminal = VirtualTerminal(20, 6)
        self.terminal.write("$ chatapp\r\n")
        self.screen = Screen(self.terminal.write, 20, 6, True)

    def test_the_panel_stands_at_the_bottom_and_lines_above_it(self) -> None:
        self.screen.show([line("one"), line("two")], panel("he", "llo"))
        self.assertEqual(["one", "two", "status", "[#a] hello"], self.terminal.rows)
        self.assertEqual((5, 7), self.terminal.cursor)

    def test_earlier_output_is_not_lost(self) -> None:
        self.assertIn("$ chatapp", [*self.terminal.scrolled, *self.terminal.rows])

    def test_a_new_line_does_not_disturb_the_panel(self) -> None:
        self.screen.show([line("one")], panel("half"))
        self.screen.show([line("two")], panel("half"))
        self.screen.show([], panel("half a", " word"))
        self.screen.show([line(f"line {number}") for number in range(5)], panel("half a", " word"))
        seen = ["line 1", "line 2", "line 3", "line 4", "status", "[#a] half a word"]
        self.assertEqual(seen, self.terminal.rows)
        self.assertEqual(["one", "two", "line 0"], self.terminal.scrolled[-3:])
        self.assertEqual((5, 11), self.terminal.cursor)

    def test_nothing_is_written_when_nothing_has_changed(self) -> None:
        written: list[str] = []
        screen = Screen(written.append, 20, 6, True)
        screen.show([], panel("a"))
        count = len(written)
        screen.show([], panel("a"))
        self.assertEqual(count, len(written))

    def test_a_panel_that_grows_and_shrinks_leaves_no_remains(self) -> None:
        self.screen.show([line("one")], panel("", "", "waiting", "status"))
        self.assertEqual(["one", "waiting", "status", "[#a]"], self.terminal.rows)
        self.screen.show([line("two")], panel())
        self.assertEqual(["one", "two", "status", "[#a]"], self.terminal.rows)

    def test_everything_is_drawn_again_after_a_resize(self) -> None:
        self.screen.show([line("one"), line("two words that are long")], panel("x"))
        for size, rows in [
            ((12, 7), ["one", "two words", "      that", "      are", "      long", "status", "[#a] x"]),
            ((12, 4), ["      are", "      long", "status", "[#a] x"]),
            ((30, 6), ["one", "two words that are long", "status", "[#a] x"]),
        ]:
            with self.subTest(size):
                self.terminal.resize(*size)
                self.screen.resize(*size)
                self.assertEqual(rows, self.terminal.rows)
                self.assertEqual((size[1] - 1, 6), self.terminal.cursor)

    def test_a_long_word_is_wrapped_by_the_terminal(self) -> None:
        link = "https://example.org/a/long/path"
        self.screen.show([line(f"Ben: {link} there")], panel())
        self.assertEqual(["Ben:", link[:20], link[20:], "      there", "status", "[#a]"], self.terminal.rows)
        self.screen.repaint()
        self.assertEqual(["Ben:", link[:20], link[20:], "      there", "status", "[#a]"], self.terminal.rows)

    def test_a_line_of_the_whole_width_takes_one_row(self) -> None:
        self.screen.show([line("x" * 20), line("y")], panel())
        self.assertEqual(["x" * 20, "y", "status", "[#a]"], self.terminal.rows)

    def test_it_can_be_cleared_and_closed(self) -> None:
        self.screen.show([line("one")], panel("x"))
        self.screen.clear()
        self.assertEqual(["status", "[#a] x"], self.terminal.rows)
        self.screen.close()
        self.assertEqual([], self.terminal.rows)
        self.assertEqual({"25"}, self.terminal.modes)  # the cursor is visible

    def test_a_terminal_of_one_row_is_handled(self) -> None:
        terminal = VirtualTerminal(10, 1)
        Screen(terminal.write, 10, 1, False).show([line("one")], panel("long text here"))
        self.assertEqual(1, len(terminal.rows))


class Breaking(unittest.TestCase):
    def test_lines_are_broken_between_words(self) -> None:
        for text, rows in {
            "": [""],
            "10:02 B: hi": ["10:02 B: hi"],
            "10:02 Ben: hello there": ["10:02 Ben:", "      hello", "      there"],
            "日本 日本語日本語": ["日本", "日本語日本語"],
            "a  b": ["a  b"],
        }.items():
            with self.subTest(text):
                broken = wrapped(line(text), 11)
                self.assertEqual(rows, ["".join(piece.text for piece in row.pieces) for row in broken])

    def test_a_word_keeps_its_style_and_spaces_theirs(self) -> None:
        styled = (StyledText("Ben", "1"), StyledText(": see "), StyledText("two words", "4"))
        first, second = (row.pieces for row in wrapped(styled, 12))
        self.assertEqual((StyledText("Ben", "1"), StyledText(": see "), StyledText("two", "4")), first)
        self.assertEqual((StyledText("      "), StyledText("words", "4")), second)

    def test_a_truncated_row_is_marked(self) -> None:
        self.assertEqual(line("12345"), cropped(line("12345"), 5))
        cut_to_width = cropped((StyledText("123", "1"), StyledText("456")), 5)
        self.assertEqual("1234…", "".join(piece.text for piece in cut_to_width))

    def test_the_cursor_is_always_visible(self) -> None:
        for before, after, seen in [
            ("abc", "def", ("abc", "def")),
            ("a" * 9, "", ("a" * 9, "")),
            ("0123456789", "", ("‹56789", "")),
            ("01", "23456789abc", ("01", "234567›")),
            ("0123456789", "abcdef", ("‹56789", "ab›")),
            ("two\nlines", "", ("two↵lines", "")),
            ("日本語日本語日本語", "", ("‹本語", "")),
        ]:
            with self.subTest(before, after=after):
                self.assertEqual(seen, visible_part(before, after, 9))
