"""Asking for attention, whatever the system is."""

from __future__ import annotations

import sys
import unittest

from chatapp.system.attention import set_urgent


class AttentionTest(unittest.TestCase):
    def test_a_window_that_is_not_there_is_no_error(self) -> None:
        for urgent in (True, False):
            with self.subTest(urgent=urgent):
                self.assertEqual(set_urgent(0, "no such display", urgent), sys.platform == "win32")
