"""The Text of the transcript: tags, margins, scrolling, highlights."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.palette import DARK
from chatapp.gui.theme.text_tags import text_column
from chatapp.gui.transcript.bars import QUOTATION_WIDTH
from chatapp.gui.transcript.runs import Run
from chatapp.gui.transcript.text_view import MAX_COLOUR_TAGS, TextView
from tests.gui.base import WindowTest
from tests.gui.transcript.transcript_case import TranscriptCase


class TextTest(TranscriptCase):
    def test_beyond_the_limit_of_tags_text_is_shown_without_colour(self) -> None:
        for n in range(MAX_COLOUR_TAGS // 50 + 20):
            text = "".join(f"\x04{n:03x}{m:03x}{chr(97 + m % 26)}" for m in range(60))
            self.maker.say("ben", text)
        self.show()
        inks = [tag for tag in self.text.tag_names() if tag.startswith("irc/")]
        self.assertEqual(len(inks), MAX_COLOUR_TAGS)
        self.receive(text="\x04ffeeddlast")
        self.assertEqual(self.colours_at("last"), (DARK.text, DARK.pane))

    def test_a_mention_has_a_band_and_a_bar_beside_it(self) -> None:
        self.maker.say("ben", "hi ana", mention=True)
        self.show()
        self.assertEqual(self.colours_at("hi ana")[1], DARK.mention)
        ((top, bottom, colour),) = self.pane.view.bars.shown
        self.assertEqual(colour, DARK.mention_bar)
        head, body = (self.text.dlineinfo(self.text.search(word, "1.0")) for word in ("ben", "hi ana"))
        assert head is not None and body is not None
        self.assertEqual((top, bottom), (head[1], body[1] + body[3]))

    def test_a_quotation_has_one_bar_beside_all_of_its_rows(self) -> None:
        self.maker.say("ben", "> first line\n> " + "word " * 100 + "last\nand an answer")
        self.show()
        ((top, bottom, colour),) = self.pane.view.quotation_bars.shown
        self.assertEqual(colour, DARK.border)
        first, last = (self.text.dlineinfo(self.text.search(word, "1.0")) for word in ("first", "last"))
        assert first is not None and last is not None
        self.assertEqual((top, bottom), (first[1], last[1] + last[3]))
        bars = [each for each in self.pane.view.winfo_children() if each.winfo_height() == bottom - top]
        (bar,) = (each for each in bars if each.winfo_width() == self.theme.px(QUOTATION_WIDTH))
        box = self.text.bbox(self.text.search("first", "1.0"))
        assert box is not None
        self.assertEqual(bar.winfo_x(), text_column(self.theme))
        self.assertLess(bar.winfo_x() + bar.winfo_width(), box[0])

    def test_a_selection_fills_the_margins_of_its_lines_too(self) -> None:
        self.maker.say("ben", "hi ana", mention=True)
        self.show()
        for option in ("lmargincolor", "rmargincolor"):
            self.assertEqual(self.text.tag_cget("sel", option), DARK.select)

    def test_text_begins_in_its_column_on_every_row(self) -> None:
        self.maker.say("ben", "word " * 200)
        self.show()
        start = self.text.search("word", "1.0")
        places = [self.text.search("ben", "1.0"), start, f"{start} +1 display lines"]
        columns = {box[0] for place in places if (box := self.text.bbox(place))}
        self.assertEqual(len(columns), 1)

    def test_a_word_wider_than_the_window_is_wrapped(self) -> None:
        self.maker.say("w" * 300, "w" * 1000)
        self.show()
        for n in range(1, 6):
            info = self.text.dlineinfo(f"@10,{60 * n}")
            assert info is not None
            self.assertLessEqual(info[0] + info[2], self.text.winfo_width())


class ScrollTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.scrolls: list[bool] = []
        self.view = TextView(self.root, self.theme, lambda: self.scrolls.append(self.view.following))
        self.view.pack(fill="both", expand=True)
        self.view.replace_lines(1, 1, self.lines(100))
        self.settle()

    def lines(self, count: int, text: str = "line") -> list[Run]:
        return [Run(f"{text} {number}\n", ("body",)) for number in range(count)]

    def seen(self) -> tuple[str, int]:
        """Return the text of the row at the top, and its y coordinate."""
        return self.view.text.get("@0,0", "@0,0 lineend"), self.view.top_row().y

    def test_added_lines_are_followed_until_the_user_scrolls_away(self) -> None:
        self.assertTrue(self.view.is_at_end())
        self.focus(self.view.text)
        self.press(self.view.text, "<Prior>")
        self.assertEqual((self.scrolls, self.view.following), ([False], False))
        before = self.seen()
        self.view.replace_lines(101, 101, self.lines(5, "new"))
        self.settle()
        self.assertEqual(self.seen(), before)
        self.view.scroll_to_end()
        self.view.replace_lines(106, 106, self.lines(5, "newer"))
        self.settle()
        self.assertTrue(self.view.is_at_end())

    def test_lines_added_or_removed_above_do_not_move_the_text(self) -> None:
        self.view.scroll_to_line(50, y=3)
        before = self.seen()
        self.view.replace_lines(1, 1, self.lines(30, "older"))
        self.settle()
        self.assertEqual(self.seen(), before)
        self.view.replace_lines(1, 21, [])
        self.settle()
        self.assertEqual(self.seen(), before)

    def test_a_visible_change_can_hold_the_text_below_it(self) -> None:
        self.view.scroll_to_line(50)
        info = self.view.text.dlineinfo("52.0")
        self.view.replace_lines(50, 52, self.lines(6, "unfolded"), hold_below=True)
        self.settle()
        self.assertEqual(self.view.text.dlineinfo("56.0"), info)

    def test_lines_that_the_user_asked_for_are_scrolled_into_view(self) -> None:
        self.view.see_lines(10, 12)
        self.settle()
        self.assertIsNotNone(self.view.text.dlineinfo("10.0"))
        self.assertFalse(self.view.following)

    def test_who_watches_the_view_learns_that_the_text_has_moved(self) -> None:
        moved: list[str] = []
        self.view.watch_view(lambda: moved.append(self.view.text.index("@0,0")))
        self.view.scroll_to_line(20)
        self.settle()
        self.assertEqual(moved[-1], "20.0")

    def test_a_short_text_is_shown_completely(self) -> None:
        self.assertFalse(self.view.shows_all())
        self.view.replace_lines(1, 98, [])
        self.settle()
        self.assertTrue(self.view.shows_all())

    def test_all_text_is_drawn_again_when_a_cover_is_hidden(self) -> None:
        cover, text = tk.Frame(self.view, width=50, height=20), self.view.text
        self.view.add_cover(cover)
        cover.place(relx=0.5, rely=1, anchor="s")
        self.settle()
        drawn: list[tuple[int, int]] = []
        text.bind("<Expose>", lambda event: drawn.append((event.width, event.height)), add=True)
        cover.place_forget()
        self.assertEqual(drawn, [(text.winfo_width(), text.winfo_height())])
