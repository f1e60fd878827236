"""What a clipboard has, in the same form on every system."""

from __future__ import annotations

import unittest

from chatapp.system.clipboard_contents import ClipboardContents


class ContentsTest(unittest.TestCase):
    def test_a_clipboard_with_text_alone_has_neither_files_nor_a_picture(self) -> None:
        self.assertEqual(ClipboardContents(), ClipboardContents(paths=(), picture=b""))
