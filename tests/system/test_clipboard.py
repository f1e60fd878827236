"""The clipboard of each system."""

from __future__ import annotations

import sys
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system import clipboard
from chatapp.system.clipboard_contents import ClipboardContents


class ChoiceTest(unittest.TestCase):
    def test_each_system_is_asked_in_its_way(self) -> None:
        found = ClipboardContents((Path("/a"),))
        for platform, module in (
            ("win32", "windows_clipboard"),
            ("darwin", "mac_clipboard"),
            ("linux", "x11_clipboard"),
        ):
            with (
                self.subTest(platform),
                mock.patch.object(sys, "platform", platform),
                mock.patch(f"chatapp.system.{module}.read_clipboard", return_value=found) as read,
            ):
                self.assertIs(clipboard.read_clipboard(True, lambda kinds: ("", b"")), found)
                self.assertTrue(read.call_args.args[0])

    def test_what_a_system_tells_at_once(self) -> None:
        with mock.patch("chatapp.system.windows_clipboard.has_files_or_picture", return_value=False):
            for platform, may_have in (("win32", False), ("darwin", True), ("linux", False)):
                with self.subTest(platform), mock.patch.object(sys, "platform", platform):
                    self.assertEqual(clipboard.has_more_than_text(), may_have)
