"""The buttons of the composer."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.main.composer_toolbar import ComposerToolbar
from chatapp.gui.widgets.icon_menu import IconMenu
from tests.gui.base import WindowTest


class ComposerToolbarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.toolbar = ComposerToolbar(
            self.root,
            self.theme,
            on_format=self.done.append,
            on_emoji=lambda: self.done.append("emoji"),
            on_mention=lambda: self.done.append("mention"),
            on_send=lambda: self.done.append("send"),
        )
        self.toolbar.pack(fill="x")
        self.toolbar.show(is_editing=False, enabled=True)
        self.settle()

    def menu_labels(self) -> list[str]:
        """Open the menu, run its last entry, and return all entries."""
        self.toolbar.more.invoke()
        self.settle()
        (menu,) = (each for each in self.toolbar.more.winfo_children() if isinstance(each, IconMenu))
        labels = [item.label for item in menu.items]
        menu.items[-1].action()
        menu.destroy()
        return labels

    def test_the_menu_opens_above_its_button_at_the_lower_edge_of_the_window(self) -> None:
        self.toolbar.pack_configure(pady=(150, 0))
        self.settle()
        self.toolbar.more.invoke()
        self.settle()
        (menu,) = (each for each in self.toolbar.more.winfo_children() if isinstance(each, IconMenu))
        self.assertLessEqual(menu.winfo_rooty() + menu.winfo_height(), self.toolbar.more.winfo_rooty())
        menu.close()

    def shown(self) -> list[tk.Misc]:
        return [each for each in self.toolbar.pack_slaves() if isinstance(each, ttk.Button)]

    def test_beside_the_text_it_has_two_buttons_and_the_others_in_the_menu(self) -> None:
        whole = self.shown()
        self.toolbar.show_low(True)
        self.settle()
        toolbar = self.toolbar
        self.assertEqual({toolbar.more, toolbar.send_button}, set(self.shown()))
        for button in self.shown():
            self.assertGreaterEqual(button.winfo_width(), button.winfo_reqwidth())
        self.assertEqual(["Bold", "Italic"], self.menu_labels()[2:4])
        self.assertIn("Emoji", self.menu_labels())
        toolbar.show_low(False)
        self.settle()
        self.assertEqual(whole, self.shown())

    def test_where_only_commands_go_there_is_no_formatting(self) -> None:
        self.toolbar.show(is_editing=False, enabled=True, takes_messages=False)
        self.settle()
        self.assertEqual([self.toolbar.send_button], self.shown())

    def test_each_button_does_what_it_says(self) -> None:
        toolbar = self.toolbar
        for button in (*toolbar.formats.values(), toolbar.emoji, toolbar.mention, toolbar.send_button):
            button.invoke()
        self.assertEqual(self.done, ["bold", "italic", "code", "list", "quote", "emoji", "mention", "send"])

    def click(self, button: tk.Widget) -> None:
        x, y = button.winfo_width() // 2, button.winfo_height() // 2
        for event in ("<Enter>", "<Motion>", "<Button-1>", "<ButtonRelease-1>", "<Leave>"):
            button.event_generate(event, x=x, y=y)
        self.settle()

    def test_a_click_on_a_button_leaves_the_keyboard_where_it_is(self) -> None:
        field = tk.Text(self.root)
        field.pack()
        self.focus(field)
        for button in (*self.toolbar.formats.values(), self.toolbar.emoji, self.toolbar.send_button):
            self.done.clear()
            self.click(button)
            self.assertEqual(len(self.done), 1)
            self.assertIs(self.root.focus_get(), field)

    def test_a_click_on_a_button_that_is_off_does_nothing(self) -> None:
        self.toolbar.show(is_editing=False, enabled=False)
        self.click(self.toolbar.send_button)
        self.assertEqual(self.done, [])

    def test_in_a_narrow_composer_the_formatting_is_in_the_menu(self) -> None:
        self.assertEqual(self.menu_labels(), ["Paste as a code block", "Code block"])
        self.assertTrue(self.toolbar.formats["bold"].winfo_ismapped())
        self.size(500, 200)
        self.settle()
        self.assertFalse(self.toolbar.formats["bold"].winfo_ismapped())
        self.assertEqual(
            self.menu_labels(),
            ["Paste as a code block", "Code block", "Bold", "Italic", "Code", "List", "Quotation"],
        )
        self.assertEqual(self.done, ["block", "quote"])

    def test_with_large_text_in_a_narrow_composer_mentioning_is_in_the_menu_too(self) -> None:
        self.theme.zoom(24)
        self.size(320, 200)
        self.settle()
        self.assertFalse(self.toolbar.mention.winfo_ismapped())
        self.assertEqual(self.menu_labels()[-1], "Mention somebody")
        self.assertEqual(self.done, ["mention"])
        for button in (self.toolbar.more, self.toolbar.emoji, self.toolbar.send_button):
            self.assertGreaterEqual(button.winfo_width(), button.winfo_reqwidth())

    def test_in_a_very_narrow_composer_the_menu_has_emoji_too_and_send_is_an_icon(self) -> None:
        self.theme.zoom(24)
        toolbar = self.toolbar
        for width, with_word in ((270, True), (150, False)):
            self.size(width, 200)
            self.settle()
            with self.subTest(width=width):
                self.assertFalse(toolbar.emoji.winfo_ismapped())
                self.assertIs(toolbar.emoji_place, toolbar.more)
                self.assertEqual(str(toolbar.send_button.cget("text")).strip(), "Send" if with_word else "")
                for button in (toolbar.more, toolbar.send_button):
                    self.assertGreaterEqual(button.winfo_width(), button.winfo_reqwidth())
                right = toolbar.send_button.winfo_x()
                self.assertLessEqual(toolbar.more.winfo_x() + toolbar.more.winfo_width(), right)
        self.assertEqual(self.menu_labels()[-2:], ["Emoji", "Mention somebody"])
        self.size(800, 200)
        self.settle()
        self.assertEqual(str(toolbar.send_button.cget("text")).strip(), "Send")

    def test_the_targets_are_large_enough_and_send_is_ninety_two_wide(self) -> None:
        px, toolbar = self.theme.px, self.toolbar
        for button in (toolbar.more, *toolbar.formats.values(), toolbar.emoji, toolbar.mention):
            self.assertEqual((button.winfo_width(), button.winfo_height()), (px(28), px(28)))
        self.assertAlmostEqual(toolbar.send_button.winfo_width(), px(92), delta=px(4))
        self.assertGreaterEqual(toolbar.send_button.winfo_height(), px(28))

    def test_nothing_is_clipped_with_a_large_font(self) -> None:
        self.theme.zoom(24)
        self.settle()
        self.assertLessEqual(self.toolbar.send_button.winfo_reqheight(), self.toolbar.winfo_height())

    def test_where_nobody_may_write_send_is_off(self) -> None:
        self.toolbar.show(is_editing=False, enabled=False)
        self.toolbar.send_button.invoke()
        self.assertEqual(self.done, [])
        self.toolbar.show(is_editing=True, enabled=True)
        self.assertEqual(str(self.toolbar.send_button.cget("text")).strip(), "Save")
