"""The files of users on the page "This server"."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.server_files import FILES, NO_FILES, ServerFiles
from chatapp.gui.widgets.setting_row import SettingRow, SettingText
from tests.gui.base import WindowTest


class Files(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.deleted: list[str] = []
        self.part = ServerFiles(self.root, self.theme, self.deleted.append)
        self.part.pack(fill="x")

    def show(self, count: int, share: float | None = 0.25) -> None:
        files = [SettingText(f"id{each}", f"film{each}.mp4", "29 MB · by Ben") for each in range(count)]
        self.part.show("12 files, 500 MB of 2 GB", share, [SettingText("0", "Ben", "10 files")], files)
        self.root.update()

    def test_the_bar_shows_how_much_of_the_room_is_used(self) -> None:
        self.show(1)
        self.assertEqual((self.part.bar.fraction, self.part.bar.winfo_ismapped()), (0.25, 1))
        self.show(1, share=7.5)
        self.assertEqual(self.part.bar.fraction, 1.0)
        self.show(1, share=None)
        self.assertFalse(self.part.bar.winfo_ismapped())

    def test_the_lists_are_shown_on_demand(self) -> None:
        self.show(2)
        lists = (self.part.people, self.part.list)
        for text, shown in (("Largest files", [0, 0]), ("Hide the list", [1, 1]), ("Largest files", [0, 0])):
            self.assertEqual(self.part.largest.cget("text"), text)
            self.assertEqual([each.winfo_ismapped() for each in lists], shown)
            self.part.largest.invoke()
            self.root.update()

    def test_a_file_can_be_deleted(self) -> None:
        self.show(2)
        row = self.part.list.rows["id1"]
        self.root.tk.call(row.control, "invoke")
        self.assertEqual(self.deleted, ["id1"])
        self.part.show_problem("id1", "There is no such file")
        self.assertEqual(row.problem, "There is no such file")

    def test_a_long_list_is_shown_in_whole_on_demand(self) -> None:
        self.show(FILES + 3)
        self.assertEqual(len(self.part.list.rows), FILES)
        self.part.list.show_all()
        self.assertEqual(len(self.part.list.rows), FILES + 3)

    def test_without_files_there_is_one_sentence(self) -> None:
        self.show(0)
        (row,) = self.part.list.card.rows
        assert isinstance(row, SettingRow)
        self.assertEqual(row.label, NO_FILES)
        self.assertTrue(self.part.list.winfo_ismapped())
        self.assertFalse(self.part.people.winfo_ismapped() or self.part.largest.winfo_ismapped())


if __name__ == "__main__":
    unittest.main()
