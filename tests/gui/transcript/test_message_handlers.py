"""The functions that a transcript calls."""

from __future__ import annotations

import unittest

from tests.gui.transcript.handlers import noting_handlers


class MessageHandlersTest(unittest.TestCase):
    def test_they_cannot_be_exchanged_later(self) -> None:
        handlers = noting_handlers([])
        with self.assertRaises(AttributeError):
            handlers.on_link = print  # type: ignore[misc]
