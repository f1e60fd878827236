"""The base class of tests of the window: a real Tk root; errors in callbacks fail the test."""

from __future__ import annotations

import gc
import os
import time
import tkinter as tk
import traceback
import unittest
from collections.abc import Callable
from types import TracebackType
from unittest import mock

from chatapp.gui.theme.theme import Theme
from tests import garbage
from tests.errors import Quiet
from tests.gui.kept_root import KeptRoot

DEMAND = "CHATAPP_REQUIRE_DISPLAY"


class WindowTest(Quiet):
    """A test with a root and a theme. A logged error or an exception in a callback fails it.

    Without a display the class is skipped; with CHATAPP_REQUIRE_DISPLAY=1 it fails instead.
    """

    NEW_ROOT = False  # whether each test needs a root that no other has used, for example to count images
    root: tk.Tk
    theme: Theme
    _kept = KeptRoot()  # of all tests

    @classmethod
    def setUpClass(cls) -> None:
        super().setUpClass()
        garbage.collect_in_main_thread()
        cls.enterClassContext(mock.patch.object(gc, "freeze"))  # by the product; roots could not be deleted
        garbage.watch_tk()
        cls.addClassCleanup(cls._has_no_strays)
        try:
            cls._kept.get()
        except tk.TclError as error:
            if os.environ.get(DEMAND) == "1":
                raise AssertionError(f"{DEMAND}=1, but there is no display: {error}") from error
            raise unittest.SkipTest("no display") from error

    @staticmethod
    def _has_no_strays() -> None:
        """Fail if another thread than this one has collected garbage or deleted objects of Tk."""
        found = garbage.take_strays()
        assert not found, found

    def setUp(self) -> None:
        super().setUp()
        if self.NEW_ROOT:
            self._kept.close()
        self.root, self.theme = self._kept.get()
        self.root.report_callback_exception = self._raised
        self.size(800, 600)
        self.root.deiconify()
        self.addCleanup(garbage.collect_if_due)
        self.addCleanup(lambda: self._kept.put_back(self.root))

    def size(self, width: int, height: int) -> None:
        """Set the size of the window in pixels at 96 dpi."""
        self.root.geometry(f"{self.theme.px(width)}x{self.theme.px(height)}+0+0")

    def settle(self) -> None:
        """Let Tk do all pending work, so that sizes and positions are final."""
        self.root.update()

    def focus(self, widget: tk.Misc) -> None:
        """Give the focus to a widget, even without a window manager."""
        self.settle()  # Tk gives the focus only to what is visible
        widget.focus_force()
        self.settle()

    def press(self, widget: tk.Misc, *events: str) -> None:
        """Generate events on a widget, such as `<Return>` or `<Control-b>`."""
        for event in events:
            widget.event_generate(event)
        self.settle()

    def watch_commands(self, widget: tk.Misc) -> list[str]:
        """Return a list that collects the subcommands (`insert`, `count`) called on a widget from now on."""
        called: list[str] = []

        def call(name: str, *arguments: object) -> object:
            called.append(name)
            return self.root.tk.call(f"{widget}-behind", name, *arguments)

        self.root.tk.call("rename", str(widget), f"{widget}-behind")
        self.root.tk.createcommand(str(widget), call)
        return called

    def until(self, done: Callable[[], bool], milliseconds: int = 5000) -> None:
        """Run the main loop until a condition is true; fail if that takes too long."""
        tcl, deadline = self.root.tk, time.monotonic() + milliseconds / 1000
        while not done():
            self.assertLess(time.monotonic(), deadline, f"still false after {milliseconds} ms")
            wake = tcl.call("after", 5, "# wake up")  # a Tcl script only: it may outlive the window
            tcl.dooneevent(0)
            tcl.call("after", "cancel", wake)

    def _raised(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        self._errors.texts.append("".join(traceback.format_exception(kind, error, trace)))
