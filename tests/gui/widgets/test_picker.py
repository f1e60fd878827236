"""The dialogs that find one of many, and the field with a hint."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import ListedChannel
from chatapp.gui.dialogs import join_dialog
from chatapp.gui.dialogs.join_dialog import JoinDialog
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.picker import Picker
from chatapp.gui.widgets.text_fit import shorten
from tests.gui.base import WindowTest
from tests.gui.networks import drawn_texts

LISTED = (
    ListedChannel("#general", 12, "Welcome"),
    ListedChannel("#help", 3),
    ListedChannel("#homework", 7, "\x02Exam\x02 on Friday"),
)


class JoinRowsTest(unittest.TestCase):
    def test_channels_with_most_people_come_first(self) -> None:
        self.assertEqual(
            [row.key for row in join_dialog.channel_rows(LISTED, "")], ["#general", "#homework", "#help"]
        )

    def test_they_show_topic_and_people(self) -> None:
        row = join_dialog.channel_rows(LISTED, "home")[0]
        self.assertEqual((row.text, row.note, row.count), ("# homework", "Exam on Friday", "7"))

    def test_what_is_typed_can_always_be_joined(self) -> None:
        for typed, last in (("new", "#new"), ("#new", "#new"), ("&local", "&local"), ("hel", "#hel")):
            with self.subTest(typed=typed):
                self.assertEqual(join_dialog.channel_rows(LISTED, typed)[-1].key, last)

    def test_a_listed_name_is_not_offered_twice(self) -> None:
        self.assertEqual([row.key for row in join_dialog.channel_rows(LISTED, "#HELP")], ["#help"])

    def test_a_name_with_a_space_cannot_be_joined(self) -> None:
        self.assertEqual(join_dialog.channel_rows(LISTED, "two words"), [])


class PickerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.said: list[str] = []
        names = ["anna", "ben", "chen", *(f"n{number:03}" for number in range(200))]
        self.picker = Picker(
            self.root,
            self.theme,
            "Find",
            "Name",
            find=lambda text: [ListRow(name, name) for name in names if text in name],
            on_choose=self.said.append,
            on_close=lambda: self.said.append("closed"),
        )
        self.focus(self.picker.entry)

    def test_enter_chooses_the_first_that_fits(self) -> None:
        self.picker.entry.insert(0, "en")
        self.press(self.picker.entry, "<Return>")
        self.assertEqual(self.said, ["closed", "ben"])

    def test_arrows_move_the_mark_and_stop_at_the_ends(self) -> None:
        self.press(self.picker.entry, "<Up>", "<Down>", "<Down>", "<Return>")
        self.assertEqual(self.said, ["closed", "chen"])

    def test_the_marked_row_stays_in_sight(self) -> None:
        self.press(self.picker.entry, *["<Next>"] * 5)
        self.assertIn("n037", drawn_texts(self.picker.rows.canvas))

    def test_nothing_that_fits_chooses_nothing(self) -> None:
        self.picker.entry.insert(0, "zzz")
        self.press(self.picker.entry, "<Return>")
        self.assertEqual(self.said, [])

    def test_escape_clears_first_and_then_closes(self) -> None:
        self.picker.entry.insert(0, "zzz")
        self.press(self.picker.entry, "<Escape>")
        self.assertEqual((self.picker.entry.get(), self.said), ("", []))
        self.press(self.picker.entry, "<Escape>")
        self.assertEqual(self.said, ["closed"])

    def test_a_click_chooses(self) -> None:
        x, y = drawn_texts(self.picker.rows.canvas)["chen"]
        self.picker.rows.canvas.event_generate("<Button-1>", x=x, y=y)
        self.assertEqual(self.said, ["closed", "chen"])


class JoinDialogTest(WindowTest):
    def test_the_list_may_come_later(self) -> None:
        joined: list[str] = []
        dialog = JoinDialog(self.root, self.theme, joined.append)
        self.settle()
        self.assertEqual(drawn_texts(dialog.rows.canvas), {})
        dialog.show(LISTED)
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Down>", "<Return>")
        self.assertEqual(joined, ["#homework"])


class HintEntryTest(WindowTest):
    def test_the_hint_is_there_while_nothing_is_typed(self) -> None:
        entry = HintEntry(self.root, self.theme, "Name")
        entry.pack()
        self.settle()
        (label,) = entry.winfo_children()
        self.assertTrue(label.winfo_ismapped())
        entry.insert(0, "a")
        self.settle()
        self.assertFalse(label.winfo_ismapped())
        entry.clear()
        self.settle()
        self.assertTrue(label.winfo_ismapped())

    def test_whoever_is_told_of_a_change_sees_the_new_text(self) -> None:
        seen: list[tuple[str, str]] = []
        entry = HintEntry(self.root, self.theme, on_change=lambda text: seen.append((text, entry.get())))
        entry.insert(0, "a")
        entry.clear()
        self.assertEqual(seen, [("a", "a"), ("", "")])


class EllipsisTest(unittest.TestCase):
    def test_a_text_is_cut_to_its_room(self) -> None:
        for make_network, cut in (
            (11, "hello world"),
            (10, "hello wor…"),
            (7, "hello…"),
            (6, "hello…"),
            (1, ""),
            (0, ""),
        ):
            with self.subTest(make_network=make_network):
                self.assertEqual(shorten("hello world", len, make_network), cut)

    def test_what_people_see_as_one_character_is_not_cut_through(self) -> None:
        family = "👨\u200d👩\u200d👧"
        for text, cut in ((f"ab{family} cd", "ab…"), ("ab🇩🇪🇫🇷cd", "ab🇩🇪…"), ("abcde\u0301f", "abcd…")):
            with self.subTest(ascii(text)):
                self.assertEqual(shorten(text, len, 6), cut)


if __name__ == "__main__":
    unittest.main()
