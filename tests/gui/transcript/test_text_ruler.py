"""Widths of texts as the Text draws them."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.transcript.text_ruler import TextRuler
from tests.gui.base import WindowTest


class TextRulerTest(WindowTest):
    def test_a_measured_text_is_as_wide_as_on_screen(self) -> None:
        ruler = TextRuler(self.theme)
        text = tk.Text(self.root, font="ChatSmall", borderwidth=0, padx=0)
        text.pack()
        text.tag_configure("em", font="ChatEmojiSmall")
        text.insert("end", "ab ", "", "😀", "em", " c", "")
        self.settle()
        info = text.dlineinfo("1.0")
        assert info is not None
        self.assertEqual(ruler.measure("ab 😀 c", "ChatSmall"), info[2])

    def test_another_size_of_text_is_measured_again(self) -> None:
        ruler = TextRuler(self.theme)
        before = ruler.measure("word", "ChatSmall")
        self.theme.zoom(20)
        self.assertEqual(ruler.measure("word", "ChatSmall"), before)
        ruler.forget()
        self.assertGreater(ruler.measure("word", "ChatSmall"), before)
