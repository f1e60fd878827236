"""All widgets inside another one."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.descendants import with_descendants
from tests.gui.base import WindowTest


class DescendantsTest(WindowTest):
    def test_a_widget_comes_before_what_is_inside(self) -> None:
        outer = ttk.Frame(self.root)
        first = ttk.Frame(outer)
        inner = ttk.Label(first)
        second = ttk.Label(outer)
        ttk.Label(self.root)
        self.assertEqual(with_descendants(outer), [outer, first, inner, second])
