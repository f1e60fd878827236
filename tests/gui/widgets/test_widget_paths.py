"""Widgets by their paths, also those that Tkinter does not know."""

from __future__ import annotations

import re
import tkinter as tk
from pathlib import Path
from tkinter import ttk

import chatapp.gui
from chatapp.gui.widgets import widget_paths
from tests.gui.base import WindowTest

UNSAFE = re.compile(
    r"\.(winfo_containing|focus_displayof|focus_get|focus_lastfor|nametowidget|tk_focusNext|tk_focusPrev|"
    r"grab_current|selection_own_get)\("
)


class WidgetPathsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.ours = ttk.Entry(self.root)
        self.ours.pack()
        self.root.tk.eval("ttk::entry .foreign; pack .foreign")
        self.settle()

    def test_a_widget_of_a_script_is_none(self) -> None:
        self.assertIs(widget_paths.widget_of(self.root, str(self.ours)), self.ours)
        self.assertIsNone(widget_paths.widget_of(self.root, ".foreign"))
        self.assertIsNone(widget_paths.widget_of(self.root, ""))

    def test_who_has_the_keyboard(self) -> None:
        self.focus(self.ours)
        self.assertTrue(widget_paths.has_focus(self.ours))
        self.assertIs(widget_paths.focused(self.root), self.ours)
        self.assertIs(widget_paths.last_focused(self.root), self.ours)
        self.root.tk.call("focus", "-force", ".foreign")
        self.settle()
        self.assertFalse(widget_paths.has_focus(self.ours))
        self.assertIsNone(widget_paths.focused(self.root))
        self.assertIsNone(widget_paths.last_focused(self.ours))

    def test_what_tab_leads_to(self) -> None:
        self.assertIsNone(widget_paths.next_focus(self.ours))
        other = tk.Entry(self.root)
        other.pack()
        self.settle()
        self.assertIs(widget_paths.next_focus(other), self.ours)
        self.assertIs(widget_paths.next_focus(self.ours, back=True), other)

    def test_what_is_at_a_point(self) -> None:
        point = self.ours.winfo_rootx() + 2, self.ours.winfo_rooty() + 2
        self.assertIs(widget_paths.widget_at(self.root, *point), self.ours)
        y = int(self.root.tk.call("winfo", "rooty", ".foreign")) + 2
        self.assertIsNone(widget_paths.widget_at(self.root, point[0], y))

    def test_a_field_of_a_script_can_be_changed(self) -> None:
        field = widget_paths.TkEntry(self.root, ".foreign")
        field.insert(0, "words")
        self.assertEqual(self.root.tk.eval(".foreign get"), "words")

    def test_nothing_in_the_window_looks_for_widgets_in_another_way(self) -> None:
        folder = Path(next(iter(chatapp.gui.__path__)))
        found = [
            f"{path.relative_to(folder)}: {match[0]}"
            for path in folder.rglob("*.py")
            if path.name != "widget_paths.py"
            for match in UNSAFE.finditer(path.read_text(encoding="utf-8"))
        ]
        self.assertEqual(found, [])
