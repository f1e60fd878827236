"""The styles of the composer."""

from __future__ import annotations

from tkinter import ttk

from tests.gui.base import WindowTest

LAYOUTS = {
    "Composer.TFrame": "Chat.composer",
    "ReplyBar.TFrame": "Chat.replybar",
    "RoundIcon.Field.TButton": "ChatRound.button",
    "EmojiTab.TButton": "ChatQuiet.button",
}


class ComposerStylesTest(WindowTest):
    def test_every_palette_has_its_own_boxes(self) -> None:
        for name in ("dark", "light", "contrast"):
            self.theme.use(name)
            for style, element in LAYOUTS.items():
                with self.subTest(palette=name, style=style):
                    self.assertEqual(str(ttk.Style(self.root).layout(style)[0][0]), element)
