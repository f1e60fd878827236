"""The text field of the composer."""

from __future__ import annotations

from tkinter import Text
from unittest import mock

from chatapp.gui.main.drafts import Draft
from chatapp.gui.main.message_field import LEAST_LINES, MAX_LINES
from chatapp.gui.theme import emoji
from chatapp.gui.widgets.descendants import with_descendants
from chatapp.gui.widgets.icon_menu import IconMenu
from tests.gui.main.composer_case import ComposerCase


class MessageFieldTest(ComposerCase):
    def test_a_long_prompt_is_cut_to_the_field(self) -> None:
        self.composer.show("Write to #" + "long" * 60, Draft())
        self.settle()
        self.assertTrue(str(self.composer.box._hint.cget("text")).endswith("…"))
        self.assertLessEqual(self.composer.box._hint.winfo_width(), self.field.winfo_width())

    def test_another_prompt_replaces_the_previous_one(self) -> None:
        self.composer.show("Write to ben", Draft(""))
        self.assertEqual(self.composer.box._hint.cget("text"), "Write to ben")

    def test_shift_and_enter_insert_a_line_break(self) -> None:
        self.type("one")
        self.press(self.field, "<Shift-Return>")
        self.type("two")
        self.press(self.field, "<Return>")
        self.assertEqual(self.sent, ["one\ntwo"])

    def test_it_grows_with_the_text_up_to_eight_lines_and_shrinks_again(self) -> None:
        heights = []
        for count in (1, 2, 5, 8, 11, 1):
            self.draft("\n".join("x" * count))
            self.settle()
            heights.append(self.lines())
        self.assertEqual(heights, [1, 2, 5, MAX_LINES, MAX_LINES, 1])

    def test_in_a_low_window_with_large_text_it_stays_low(self) -> None:
        self.size(520, 360)
        self.theme.zoom(24)
        self.draft("\n".join("x" * 11))
        self.settle()
        self.assertEqual(self.lines(), LEAST_LINES)
        self.assertEqual(self.composer.box.scrollbar.winfo_manager(), "place")
        self.theme.zoom(11)
        self.settle()
        self.assertEqual(self.lines(), MAX_LINES)

    def test_a_long_line_makes_it_higher_and_a_wider_window_lower(self) -> None:
        self.size(300, 400)
        self.type("word " * 30)
        narrow = self.lines()
        self.size(800, 400)
        self.settle()
        self.assertGreater(narrow, self.lines())
        self.assertGreater(self.lines(), 1)

    def test_the_last_line_can_be_seen_while_typing(self) -> None:
        for n in range(9):
            self.type(f"line {n}\n")
            info = self.field.dlineinfo("insert")
            assert info is not None
            self.assertLessEqual(info[1] + info[3], self.field.winfo_height())

    def test_an_empty_field_shows_the_prompt(self) -> None:
        hint = self.composer.box._hint
        self.assertEqual((hint.cget("text"), hint.winfo_manager()), ("Write to #general", "place"))
        self.type("x")
        self.assertEqual(hint.winfo_manager(), "")
        self.press(self.field, "<BackSpace>")
        self.assertEqual(hint.winfo_manager(), "place")

    def test_a_middle_click_on_the_prompt_pastes_the_primary_selection(self) -> None:
        other = Text(self.root, height=1)
        other.pack()
        other.insert("1.0", "selected elsewhere")
        other.tag_add("sel", "1.0", "1.8")
        self.press(self.composer.box._hint, "<<PasteSelection>>")
        self.assertEqual(self.composer.text, "selected")

    def test_a_right_click_on_the_prompt_opens_the_menu_of_the_field(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("copied")
        self.press(self.composer.box._hint, "<Button-3>")
        (menu,) = (each for each in with_descendants(self.root) if isinstance(each, IconMenu))
        menu.invoke([item.label for item in menu.items].index("Paste"))
        self.assertEqual(self.composer.text, "copied")

    def test_keys_wrap_the_selection_or_the_cursor_in_markup(self) -> None:
        for key, wrapped in (("b", "**x**"), ("i", "*x*"), ("e", "`x`")):
            self.draft("x")
            self.field.tag_add("sel", "1.0", "end-1c")
            self.press(self.field, f"<Control-{key}>")
            self.assertEqual(self.composer.text, wrapped)
        self.draft("")
        self.press(self.field, "<Control-b>")
        self.type("y")
        self.assertEqual(self.composer.text, "**y**")

    def test_lines_between_fences_have_the_font_of_code(self) -> None:
        self.draft("see\n```\n😀 x = 1\ny = 2\n```\nso")
        self.assertEqual([str(each) for each in self.field.tag_ranges("code")], ["3.0", "5.0"])
        self.assertEqual(self.field.tag_cget("code", "font"), "ChatCode")
        self.draft("no code")
        self.assertEqual(self.field.tag_ranges("code"), ())

    def test_formatting_is_undone_in_one_step(self) -> None:
        self.draft("a 😀 word")
        self.field.tag_add("sel", "1.0 lineend -4c", "1.0 lineend")
        self.press(self.field, "<Control-b>")
        self.assertEqual(self.composer.text, "a 😀 **word**")
        self.assertEqual(self.field.get("sel.first", "sel.last"), "word")
        self.field.event_generate("<<Undo>>")
        self.assertEqual(self.composer.text, "a 😀 word")

    def test_the_same_key_takes_the_formatting_away(self) -> None:
        self.draft("word")
        self.field.tag_add("sel", "1.0", "end-1c")
        self.press(self.field, "<Control-i>", "<Control-i>")
        self.assertEqual(self.composer.text, "word")

    def test_a_short_name_becomes_an_emoji_at_its_closing_colon_and_undo_brings_it_back(self) -> None:
        if not emoji.can_be_drawn():
            self.skipTest("emoji cannot be drawn")
        self.type("so :joy")
        self.press(self.field, "<colon>")
        self.assertEqual(self.composer.text, "so 😂")
        self.field.event_generate("<<Undo>>")
        self.assertEqual(self.composer.text, "so :joy:")

    def test_a_short_name_in_code_stays(self) -> None:
        self.type("`:joy")
        self.press(self.field, "<colon>")
        self.assertEqual(self.composer.text, "`:joy:")

    def test_a_paste_replaces_the_selection(self) -> None:
        self.draft("old")
        self.field.tag_add("sel", "1.0", "end-1c")
        self.root.clipboard_clear()
        self.root.clipboard_append("one\r\ntwo")
        self.press(self.field, "<<Paste>>")
        self.assertEqual(self.composer.text, "one\ntwo")
        self.assertEqual(self.lines(), 2)

    def test_a_picture_is_not_asked_for_as_text(self) -> None:
        """Some programs would give it, and large ones break off then."""
        pasted: list[str] = []
        self.composer.box._on_clipboard = pasted.append
        self.root.clipboard_clear()
        self.root.clipboard_append("what such a program gives")
        with mock.patch.object(self.composer.box, "_has_text", return_value=False):
            self.press(self.field, "<<Paste>>")
        self.assertEqual((self.composer.text, pasted), ("", [""]))
        self.press(self.field, "<<Paste>>")
        self.assertEqual(self.composer.text, "what such a program gives")

    def test_a_clipboard_with_only_a_picture_has_no_text(self) -> None:
        self.root.selection_handle(lambda offset, length: "", selection="CLIPBOARD", type="image/png")
        self.root.selection_own(selection="CLIPBOARD")
        self.assertFalse(self.composer.box._has_text("CLIPBOARD"))

    def test_an_empty_paste_changes_nothing(self) -> None:
        self.root.clipboard_clear()
        self.press(self.field, "<<Paste>>")
        self.assertEqual(self.composer.text, "")

    def test_emoji_are_in_the_colour_font_while_they_are_written(self) -> None:
        self.type("a😀b\n👍🏽 x")
        self.assertEqual(self.coloured(), ["😀", "👍🏽"])
        self.type("😀")
        self.field.delete("1.0", "2.0")
        self.press(self.field, "<Key-y>")
        self.assertEqual(self.coloured(), ["👍🏽", "😀"])
        self.assertEqual(str(self.field.tag_cget("em", "font")), "ChatEmoji")

    def coloured(self) -> list[str]:
        marks = list(map(str, self.field.tag_ranges("em")))
        return [self.field.get(*place) for place in zip(marks[::2], marks[1::2], strict=True)]

    def test_lone_surrogates_are_removed(self) -> None:
        self.type("a\ud83db")
        self.assertEqual(self.composer.text, "ab")
        self.root.eval(f"{self.field} insert end \\ud83d")
        self.assertEqual(self.composer.text.encode().decode()[:2], "ab")

    def test_it_has_a_scrollbar_only_when_it_cannot_grow_further(self) -> None:
        scrollbar = self.composer.box.scrollbar
        self.draft("x\n" * (MAX_LINES - 1))
        self.settle()
        self.assertEqual(scrollbar.winfo_manager(), "")
        self.type("y\nz")
        self.assertEqual(scrollbar.winfo_manager(), "place")

    def test_its_lines_are_twenty_pixels_high_or_as_high_as_the_font(self) -> None:
        for size in (8, 11, 24):
            self.theme.zoom(size)
            self.draft("one\ntwo")
            self.settle()
            first, second = (self.field.dlineinfo(index) for index in ("1.0", "2.0"))
            assert first is not None and second is not None
            self.assertEqual(second[1] - first[1], self.composer.box.line_height())
            self.assertGreaterEqual(self.composer.box.line_height(), self.theme.px(20))


class LongLineTest(ComposerCase):
    """A pasted paragraph without a newline. Tk takes quadratic time to count its display rows."""

    PARAGRAPH = "lorem ipsum dolor sit amet " * 920  # 25 KB

    def setUp(self) -> None:
        super().setUp()
        self.called = self.watch_commands(self.field)

    def test_display_rows_are_never_counted_in_a_long_line(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append(self.PARAGRAPH)
        self.press(self.field, "<<Paste>>", "<Up>", "<Up>", "<Down>", "<Shift-Up>", "<Down>", "<a>")
        self.size(500, 400)
        self.settle()
        self.draft("")
        self.draft(self.PARAGRAPH)
        self.settle()
        self.assertNotIn("count", self.called)

    def test_the_cursor_stays_in_sight_behind_what_is_pasted(self) -> None:
        for before in ("", self.PARAGRAPH):
            with self.subTest(characters=len(before)):
                self.composer.box.set_text(before, len(before) // 2)
                self.root.clipboard_clear()
                self.root.clipboard_append(self.PARAGRAPH)
                self.field.event_generate("<<Paste>>")
                self.settle()
                box = self.field.bbox("insert")
                assert box is not None
                self.assertLessEqual(box[1] + box[3], self.field.winfo_height())
                self.assertIsNotNone(self.field.dlineinfo("insert -1 display lines"))

    def test_a_long_line_makes_the_field_as_high_as_possible(self) -> None:
        self.type(self.PARAGRAPH)
        self.assertEqual(self.lines(), MAX_LINES)


class RowsTest(ComposerCase):
    """Up and down move by display rows."""

    def column(self) -> str:
        return self.field.index("insert")

    def test_the_cursor_keeps_its_column_over_a_short_line(self) -> None:
        self.type("a long line\nb\nanother line")
        self.field.mark_set("insert", "1.7")
        self.press(self.field, "<Down>")
        self.assertEqual(self.column(), "2.1")
        self.press(self.field, "<Down>")
        line, _, column = self.column().partition(".")
        self.assertEqual(line, "3")
        self.assertGreater(int(column), 4)
        self.press(self.field, "<Up>", "<Up>")
        self.assertEqual(self.column(), "1.7")

    def test_shift_selects_from_row_to_row(self) -> None:
        self.type("six\nsix\nsix")
        self.press(self.field, "<Shift-Up>", "<Shift-Up>")
        self.assertEqual(self.field.get("sel.first", "sel.last"), "\nsix\nsix")

    def test_a_tab_goes_to_the_next_of_stops_that_are_eight_characters_apart(self) -> None:
        self.type("a\tb\nlonger than a stop\tb\n\t\tb")
        width = 8 * self.theme.fonts["ChatBody"].measure("0")
        for index, least in (("1.2", 1), ("2.19", 1), ("3.2", 2)):
            with self.subTest(index):
                box = self.field.bbox(index)
                assert box is not None
                self.assertEqual(box[0] % width, 0)
                self.assertGreaterEqual(box[0], least * width)
