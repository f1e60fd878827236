"""The urgency hint of a real window on X11."""

from __future__ import annotations

import shutil
import subprocess

from chatapp.system.x11_urgency import set_urgent
from tests.gui.base import WindowTest


class UrgencyTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        if self.root.tk.call("tk", "windowingsystem") != "x11":
            self.skipTest("not X11")
        self.settle()
        self.display = self.root.winfo_screen()

    def test_the_hint_is_set_and_removed_again(self) -> None:
        if shutil.which("xprop") is None:
            self.skipTest("xprop shows the hint")
        self.root.title("urgent window")
        self.settle()
        for urgent in (True, True, False, False, True):
            with self.subTest(urgent=urgent):
                self.assertTrue(set_urgent(self.root.winfo_id(), self.display, urgent))
                hints = subprocess.run(
                    ["xprop", "-display", self.display, "-name", "urgent window", "WM_HINTS"],
                    capture_output=True, text=True, check=True, timeout=60,
                ).stdout  # fmt: skip
                self.assertEqual("urgency hint bit is set" in hints, urgent)
                self.assertIn("Initial state is Normal", hints)

    def test_a_window_or_display_that_is_not_there_is_no_error(self) -> None:
        self.assertFalse(set_urgent(0x7FFFFF, self.display, True))
        self.assertFalse(set_urgent(self.root.winfo_id(), "no such display", True))
        self.root.update()
