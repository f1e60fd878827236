"""Files that are dropped, with a stand-in for the extension of Tk."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from chatapp.gui.widgets.file_drop import accept_files
from tests.gui.base import WindowTest

EXTENSION = """
package provide tkdnd 2.9
namespace eval ::tkdnd {}
proc ::tkdnd::drop_target {command window kinds} {set ::registered [list $command $window $kinds]}
"""


class FileDropTest(WindowTest):
    NEW_ROOT = True

    def test_without_the_extension_nothing_is_bound(self) -> None:
        interpreter = tk.Tcl()
        if not interpreter.tk.eval("catch {package require tkdnd}"):
            self.skipTest("the extension is installed")
        self.assertFalse(accept_files(self.root, lambda paths: None))

    def test_dropped_files_are_passed_on(self) -> None:
        self.root.tk.eval(EXTENSION)
        dropped: list[Sequence[Path]] = []
        frame = tk.Frame(self.root)
        self.assertTrue(accept_files(frame, dropped.append))
        self.assertEqual(str(self.root.tk.eval("set ::registered")), f"register {frame} DND_Files")
        script = str(self.root.tk.call("bind", frame, "<<Drop:DND_Files>>"))
        answer = self.root.tk.eval(script.replace("%D", "{{/home/ana/a b.txt} file:///tmp/c%20d /tmp/e}"))
        self.assertEqual(answer, "copy")
        self.assertEqual(dropped, [[Path("/home/ana/a b.txt"), Path("/tmp/c d"), Path("/tmp/e")]])
