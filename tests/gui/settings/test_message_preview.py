"""The preview of messages."""

from __future__ import annotations

from chatapp.gui.settings.message_preview import MessagePreview
from tests.gui.base import WindowTest


class MessagePreviewTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.preview = MessagePreview(self.root, self.theme)
        self.preview.pack(fill="x")
        self.preview.show(False)
        self.settle()

    def test_it_shows_the_clock(self) -> None:
        text = self.preview.view.text
        self.assertIn("14:05", text.get("1.0", "end"))
        self.preview.show(True)
        self.assertRegex(text.get("1.0", "end"), r"(?i)2:05\s?pm")

    def test_compact_messages_take_less_space(self) -> None:
        text = self.preview.view.text

        def height() -> int:
            self.settle()
            return int(self.root.tk.call(text, "count", "-update", "-ypixels", "1.0", "end"))

        before = height()
        self.theme.set_compact(True)
        self.assertLess(height(), before)
        self.theme.set_compact(False)
        self.assertEqual(height(), before)
