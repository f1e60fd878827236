"""Files are opened only when the user says so; programs after a question."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from unittest import mock

from chatapp.gui.main.file_opener import FileOpener
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.system import open_file
from tests.gui.base import WindowTest


class FileOpenerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        self.problems: list[str] = []
        self.opened: list[Path] = []
        self.enterContext(mock.patch.object(open_file, "open_file", self.opened.append))
        self.opener = FileOpener(self.root, self.theme, self.problems.append)

    def file(self, name: str) -> Path:
        path = self.folder / name
        path.write_bytes(b"x")
        return path

    def question(self) -> QuestionDialog:
        (dialog,) = (each for each in self.root.winfo_children() if isinstance(each, QuestionDialog))
        return dialog

    def test_a_document_is_opened_at_once(self) -> None:
        self.opener.open(self.file("plan.pdf"))
        self.assertEqual(self.opened, [self.folder / "plan.pdf"])

    def test_before_a_program_is_opened_the_user_is_asked_and_its_name_is_told(self) -> None:
        self.opener.open(self.file("setup.exe"))
        self.assertEqual(self.opened, [])
        dialog = self.question()
        self.assertIn("setup.exe", dialog.title())
        self.assertEqual(list(dialog.buttons)[-1], "Cancel", "the default one")
        dialog.buttons["Cancel"].invoke()
        self.assertEqual(self.opened, [])
        self.opener.open(self.folder / "setup.exe")
        self.question().buttons["Open it"].invoke()
        self.assertEqual(self.opened, [self.folder / "setup.exe"])

    def test_a_file_that_was_moved_is_not_opened(self) -> None:
        self.opener.open(self.folder / "gone.pdf")
        self.assertEqual(self.opened, [])
        self.assertEqual(self.problems, ["“gone.pdf” is not in its folder any more."])

    def test_a_failure_of_the_system_is_told(self) -> None:
        path = self.file("plan.xyz")
        with mock.patch.object(open_file, "open_file", side_effect=FileNotFoundError("xdg-open")):
            self.opener.open(path)
        self.assertEqual(self.problems[-1], "No program was found to open “plan.xyz”.")

    def test_what_shows_no_folder_is_about_the_folder(self) -> None:
        path = self.file("plan.pdf")
        with mock.patch.object(open_file, "show_in_folder", side_effect=FileNotFoundError("xdg-open")):
            self.opener.show_in_folder(path)
        self.assertEqual(self.problems[-1], f"No program was found to show the folder “{self.folder.name}”.")

    def test_a_program_that_fails_later_is_told_too(self) -> None:
        process = subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])
        with mock.patch.object(open_file, "open_file", return_value=process):
            self.opener.open(self.file("plan.xyz"))
            self.until(lambda: self.problems[-1] != "", 20_000)
        self.assertEqual(self.problems[-1], "No program was found to open “plan.xyz”.")
