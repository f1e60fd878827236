"""A field that shows a hint while it is empty."""

from __future__ import annotations

from chatapp.gui.widgets.hint_entry import HintEntry
from tests.gui.base import WindowTest


class HintEntryTest(WindowTest):
    def test_the_hint_is_there_while_nothing_is_typed(self) -> None:
        entry = HintEntry(self.root, self.theme, "Name")
        entry.pack()
        self.settle()
        (label,) = entry.winfo_children()
        self.assertTrue(label.winfo_ismapped())
        entry.insert(0, "a")
        self.settle()
        self.assertFalse(label.winfo_ismapped())
        entry.clear()
        self.settle()
        self.assertTrue(label.winfo_ismapped())

    def test_a_hint_without_room_is_shortened(self) -> None:
        entry = HintEntry(self.root, self.theme, "Find a person in this channel")
        entry.place(width=self.theme.px(120))
        self.settle()
        (label,) = entry.winfo_children()
        self.assertTrue(str(label.cget("text")).endswith("…"))
        self.assertLessEqual(label.winfo_x() + label.winfo_reqwidth(), entry.winfo_width())
        entry.place(width=self.theme.px(500))
        self.settle()
        self.assertEqual(label.cget("text"), "Find a person in this channel")

    def test_the_change_handler_sees_the_new_text(self) -> None:
        seen: list[tuple[str, str]] = []
        entry = HintEntry(self.root, self.theme, on_change=lambda text: seen.append((text, entry.get())))
        entry.insert(0, "a")
        entry.clear()
        self.assertEqual(seen, [("a", "a"), ("", "")])
