"""The system's own dialogs for files."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from chatapp.gui.widgets.file_dialogs import files_to_open
from tests.gui.base import WindowTest


class FilesToOpenTest(WindowTest):
    def choose(self, answer: object, folder: str = "") -> tuple[list[Path], dict[str, object]]:
        with mock.patch("tkinter.filedialog.askopenfilenames", return_value=answer) as asked:
            return files_to_open(self.root, "Send files", folder), dict(asked.call_args.kwargs)

    def test_all_chosen_files_are_returned(self) -> None:
        chosen, options = self.choose(("/home/ana/a b.txt", "/home/ana/c.txt"))
        self.assertEqual(chosen, [Path("/home/ana/a b.txt"), Path("/home/ana/c.txt")])
        self.assertEqual((options["title"], options["parent"]), ("Send files", self.root))

    def test_none_if_the_user_cancels(self) -> None:
        for answer in ("", ()):
            self.assertEqual(self.choose(answer)[0], [])

    def test_it_begins_in_the_folder_if_that_is_still_there(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(self.choose((), folder)[1]["initialdir"], folder)
        is_x11 = self.root.tk.call("tk", "windowingsystem") == "x11"
        self.assertEqual(self.choose((), folder)[1]["initialdir"], str(Path.home()) if is_x11 else None)

    def test_the_dialog_of_x11_hides_what_begins_with_a_dot(self) -> None:
        self.choose(())
        if self.root.tk.call("tk", "windowingsystem") == "x11":
            self.assertEqual(self.root.tk.eval("set ::tk::dialog::file::showHiddenVar"), "0")
