"""The system's own dialogs for files."""

from __future__ import annotations

import sys
import tempfile
import unittest
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk
from unittest import mock

from chatapp.gui.widgets import caret, editing_keys, widget_paths
from chatapp.gui.widgets.file_dialogs import files_to_open
from tests.gui.base import WindowTest

DIALOG = ".__tk_filedialog"
ENTRY = f"{DIALOG}.contents.f2.ent"


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


@unittest.skipUnless(sys.platform.startswith("linux"), "the dialog that Tk has for X11")
class DialogOfTkTest(WindowTest):
    """The dialog itself. Its window belongs to Tk, and Tkinter does not know its widgets."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()
        self.messages: list[str] = []
        self.root.tk.createcommand("tk_messageBox", lambda *words: self.messages.append(str(words[-1])))

    def file(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("contents")
        return path

    def open(self, action: Callable[[], object]) -> list[Path]:
        """Open the dialog, do something as soon as it is on the screen, and cancel it if it is still open."""

        def act() -> None:
            is_open = self.root.tk.call("winfo", "exists", DIALOG)
            if not is_open or not self.root.tk.call("winfo", "viewable", f"{DIALOG}.contents.f2.ent"):
                self.root.after(5, act)
                return
            try:
                action()
            finally:
                self.root.after_idle(lambda: self.root.tk.call(f"{DIALOG}.contents.f2.cancel", "invoke"))

        self.root.after(5, act)
        return files_to_open(self.root, "Send files", str(self.folder))

    def type(self, text: object) -> list[Path]:
        """Type a text into the open dialog, and press Enter."""

        def press() -> None:
            self.root.tk.call(ENTRY, "insert", "end", text)
            self.root.tk.call("::tk::dialog::file::ActivateEnt", DIALOG)

        return self.open(press)

    def test_a_typed_path_may_have_a_space(self) -> None:
        path = self.file("my notes.txt")
        for text in (path, path.name, f"{{{path}}}"):
            self.assertEqual(self.type(text), [path])
        self.assertEqual(self.messages, [])

    def test_a_path_with_spaces_that_does_not_exist_is_named_once(self) -> None:
        for name in ("my old {notes.txt", "no such file"):
            self.assertEqual(self.type(self.folder / name), [])
        self.assertEqual(len(self.messages), 2)

    def test_several_files_may_be_typed_also_of_several_folders(self) -> None:
        first, second = self.file("a.txt"), self.file("more/b.txt")
        self.assertEqual(self.type("a.txt more/b.txt"), [first, second])

    def test_the_rest_of_the_window_works_while_it_is_open(self) -> None:
        button = ttk.Button(self.root)
        button.pack()
        seen: list[object] = []

        def look() -> None:
            self.root.tk.call("focus", "-force", ENTRY)
            self.root.update()
            x, y = (int(self.root.tk.call("winfo", part, ENTRY)) + 3 for part in ("rootx", "rooty"))
            seen.append(widget_paths.focused(self.root))
            seen.append(widget_paths.widget_at(self.root, x, y))
            seen.append(widget_paths.has_focus(button))

        self.open(look)
        self.assertEqual(seen, [None, None, False])

    def test_the_keys_and_menus_of_fields_work_in_it_or_do_no_harm(self) -> None:
        caret.bind(self.root)
        editing_keys.bind(self.root, self.theme)
        typed: list[str] = []

        def press() -> None:
            self.root.tk.call("focus", "-force", ENTRY)
            self.root.update()
            self.root.tk.call(ENTRY, "insert", "end", "abc👋🏽")
            for event in ("<BackSpace>", "<<PrevChar>>", "<Delete>", "<Button-3>", "<Menu>"):
                self.root.tk.call("event", "generate", ENTRY, event)
            typed.append(str(self.root.tk.call(ENTRY, "get")))

        self.open(press)
        self.assertEqual(typed, ["ab"])
