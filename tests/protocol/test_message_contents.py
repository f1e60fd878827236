"""Messages with links, and with links to files."""

from __future__ import annotations

import unittest

from chatapp.protocol.message_contents import contains


class Contents(unittest.TestCase):
    def test_links(self) -> None:
        for text, expected in (
            ("see https://example.org", True),
            ("HTTP://EXAMPLE.ORG/x", True),
            ("(http://[::1]:80/)", True),
            ("https://", False),
            ("https is a protocol", False),
            ("ftp://example.org", False),
            ("", False),
        ):
            with self.subTest(text):
                self.assertEqual(contains("link", text), expected)

    def test_files(self) -> None:
        for text, expected in (
            ("https://example.org/a/lab.pdf", True),
            ("https://example.org/lab.PDF?dl=1 please", True),
            ("<https://example.org/my%20video.tar.gz>", True),
            ("two\nhttp://h/a.png, nice", True),
            ("https://example.pdf", False),
            ("https://example.org/", False),
            ("https://example.org/pdf", False),
            ("https://example.org/a.pdfs", False),
            ("https://example.org/a.pdf/view", False),
            ("https://example.org/?f=a.pdf", False),
            ("report.pdf", False),
        ):
            with self.subTest(text):
                self.assertEqual(contains("file", text), expected)
