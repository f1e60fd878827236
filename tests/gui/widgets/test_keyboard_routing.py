"""Keys that are sent to another widget than the focused one."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.widgets import keyboard_routing
from tests.gui.base import WindowTest


class TypeAheadTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.field, self.other = tk.Text(self.root, height=2), ttk.Entry(self.root)
        self.canvas = tk.Canvas(self.root, takefocus=True, height=20)
        self.button = ttk.Button(self.root, text="Send")
        self.form = ttk.Frame(self.root)
        self.beside = ttk.Button(self.form, text="Show the password")
        for widget in (self.field, self.other, self.canvas, self.button, self.form, self.beside):
            widget.pack()
        keyboard_routing.bind_type_ahead(
            self.root,
            lambda widget: keyboard_routing.is_inside(widget, (self.other, self.canvas, self.button)),
            lambda: self.field,
            lambda text: self.field.insert("end", text),
        )
        self.settle()

    def text(self) -> str:
        return self.field.get("1.0", "end-1c")

    def test_a_button_that_its_own_key_removes_sends_nothing(self) -> None:
        self.button.configure(command=self.button.destroy)
        self.focus(self.button)
        self.press(self.button, "<space>")
        self.assertFalse(self.button.winfo_exists())
        self.assertEqual(self.field.get("1.0", "end-1c"), "")

    def test_characters_typed_outside_of_fields_go_to_the_composer(self) -> None:
        for widget in (self.canvas, self.button):
            self.focus(widget)
            self.press(widget, "<a>")
        self.assertEqual(self.text(), "aa")

    def test_what_is_typed_or_pasted_beside_a_form_goes_nowhere(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("pasted")
        for widget in (self.beside, self.form, self.root):
            self.focus(widget)
            self.press(widget, "<a>", "<<Paste>>")
        self.assertEqual(self.text(), "")

    def test_a_part_is_not_mixed_up_with_another_whose_name_begins_alike(self) -> None:
        part, other = ttk.Frame(self.root, name="list"), ttk.Frame(self.root, name="lists")
        inside = ttk.Frame(part)
        found = [keyboard_routing.is_inside(each, [part]) for each in (part, inside, other, self.root)]
        self.assertEqual(found, [True, True, False, False])

    def test_a_field_and_a_shortcut_keep_their_keys(self) -> None:
        self.focus(self.other)
        self.press(self.other, "<a>")
        self.focus(self.canvas)
        self.press(self.canvas, "<Control-a>", "<Mod1-a>", "<Return>")
        self.assertEqual((self.text(), self.other.get()), ("", "a"))

    def test_space_on_a_button_presses_it(self) -> None:
        self.focus(self.button)
        self.press(self.button, "<space>")
        self.assertEqual(self.text(), "")

    def test_text_pasted_outside_of_fields_goes_to_the_composer(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("pasted")
        self.focus(self.canvas)
        self.press(self.canvas, "<<Paste>>")
        self.assertEqual(self.text(), "pasted")
        self.focus(self.other)
        self.press(self.other, "<<Paste>>")
        self.assertEqual((self.text(), self.other.get()), ("pasted", "pasted"))


class ListsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        keyboard_routing.bind_keys_that_open_lists(self.root)
        self.closed = ttk.Combobox(self.root, values=("one", "two"), state="readonly")
        self.free = ttk.Combobox(self.root, values=("one", "two"))
        self.closed.pack()
        self.free.pack()

    def is_open(self, box: ttk.Combobox) -> bool:
        popdown = self.root.tk.call("ttk::combobox::PopdownWindow", box)
        return bool(self.root.tk.getboolean(self.root.tk.call("winfo", "ismapped", popdown)))

    def test_space_and_enter_open_a_list_in_which_nothing_can_be_typed(self) -> None:
        for key in ("<space>", "<Return>", "<KP_Enter>"):
            self.focus(self.closed)
            self.press(self.closed, key)
            self.assertTrue(self.is_open(self.closed), key)
            self.root.tk.call("ttk::combobox::Unpost", self.closed)
            self.settle()

    def test_a_field_with_suggestions_keeps_both_keys(self) -> None:
        entered: list[str] = []
        self.root.bind("<Return>", lambda event: entered.append("dialog"))
        self.focus(self.free)
        self.press(self.free, "<a>", "<space>", "<b>", "<Return>")
        self.assertEqual((self.free.get(), entered, self.is_open(self.free)), ("a b", ["dialog"], False))


class PanesTest(WindowTest):
    def test_enter_presses_a_button(self) -> None:
        pressed: list[str] = []
        keyboard_routing.bind_enter_on_buttons(self.root)
        button = ttk.Button(self.root, command=lambda: pressed.append("pressed"))
        button.pack()
        self.focus(button)
        self.press(button, "<Return>")
        self.assertEqual(pressed, ["pressed"])

    def test_the_focus_cycles_through_the_visible_panes_in_both_directions(self) -> None:
        first, hidden, last = (ttk.Entry(self.root) for _ in range(3))
        first.pack()
        last.pack()
        self.focus(first)
        seen = []
        for step in (1, 1, -1, -1):
            keyboard_routing.focus_next(self.root, [first, hidden, last], step)
            self.settle()
            seen.append(self.root.focus_get())
        self.assertEqual(seen, [last, first, last, first])

    def test_from_elsewhere_it_goes_to_the_first_pane(self) -> None:
        first, last = ttk.Entry(self.root), ttk.Entry(self.root)
        for entry in (first, last):
            entry.pack()
        self.focus(self.root)
        keyboard_routing.focus_next(self.root, [first, last], 1)
        self.settle()
        self.assertIs(self.root.focus_get(), first)
