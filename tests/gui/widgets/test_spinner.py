"""The ring that turns."""

from __future__ import annotations

from unittest import mock

from chatapp.gui.widgets import spinner
from chatapp.gui.widgets.spinner import Spinner
from tests.gui.base import WindowTest


class SpinnerTest(WindowTest):
    def test_it_turns_while_it_is_on_screen(self) -> None:
        with mock.patch.object(spinner, "STEP", 1):
            ring = Spinner(self.root, self.theme)
            ring.pack()
            first = str(ring.cget("image"))
            self.until(lambda: str(ring.cget("image")) != first)
            second = str(ring.cget("image"))
            self.until(lambda: str(ring.cget("image")) != second)
            ring.pack_forget()
            self.settle()
        self.assertEqual(self.root.tk.splitlist(self.root.tk.call("after", "info")), ())

    def test_it_follows_the_theme_and_can_be_destroyed_while_it_turns(self) -> None:
        ring = Spinner(self.root, self.theme, "Raised.")
        ring.pack()
        self.settle()
        before = str(ring.cget("image"))
        self.theme.use("light")
        self.assertNotEqual(str(ring.cget("image")), before)
        self.assertGreaterEqual(ring.winfo_reqwidth(), self.theme.px(36))
        ring.destroy()
        self.settle()
