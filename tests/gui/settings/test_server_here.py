"""The switches of a server on this computer."""

from __future__ import annotations

import unittest

from chatapp.gui.settings.server_here import ServerHere
from tests.gui.base import WindowTest


class Switches(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[tuple[str, bool]] = []
        self.problem = ""
        self.root.deiconify()
        self.here = ServerHere(self.root, self.theme, lambda on: self.calls.append(("keep", on)), self.start)
        self.here.pack()
        self.here.show(True, False)

    def start(self, on: bool) -> str:
        self.calls.append(("start", on))
        return self.problem

    def test_both_act_at_once(self) -> None:
        self.assertEqual((True, False), (self.here.keep.is_on, self.here.start.is_on))
        self.here.keep.invoke()
        self.here.start.invoke()
        self.assertEqual([("keep", False), ("start", True)], self.calls)
        self.assertTrue(self.here.start.is_on)

    def test_what_cannot_be_switched_returns_with_the_reason(self) -> None:
        self.problem = "It cannot be switched on: Permission denied."
        self.here.start.invoke()
        self.assertFalse(self.here.start.is_on)
        self.assertEqual(self.problem, str(self.here.start_row._problem.cget("text")))


if __name__ == "__main__":
    unittest.main()
