"""Completion in the message field: the Tab key, and the menu that opens while a name is typed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.client.outgoing.completion import Completion, CompletionOption
from chatapp.gui.main.completion_menu import CompletionMenu
from chatapp.gui.main.message_field import MessageField
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.widget_paths import next_focus


class FieldCompletion:
    """Completes the word before the cursor.

    Args:
        anchor: The widget above which the menu opens.
        on_tab: Called with text, cursor and whether Shift is down; returns the completed ones, or None.
        suggest: Called with text, cursor and whether the menu is open or asked for; returns its completions.
    """

    def __init__(
        self,
        box: MessageField,
        anchor: tk.Misc,
        theme: Theme,
        *,
        on_tab: Callable[[str, int, bool], tuple[str, int] | None],
        suggest: Callable[[str, int, bool], Completion | None],
    ) -> None:
        self._box = box
        self._on_tab = on_tab
        self._suggestions = suggest
        self.menu = CompletionMenu(anchor, theme, self._take)
        field = box.text_widget
        field.bind("<Tab>", lambda event: self._on_tab_key(event, back=False))
        field.bind("<Shift-Tab>", lambda event: self._on_tab_key(event, back=True))
        if field.tk.call("tk", "windowingsystem") == "x11":
            field.bind("<ISO_Left_Tab>", lambda event: self._on_tab_key(event, back=True))
        for key in ("ButtonRelease-1", *(f"KeyRelease-{key}" for key in ("Left", "Right", "Home", "End"))):
            field.bind(f"<{key}>", lambda event: self.suggest(), add=True)

    def suggest(self, is_asked_for: bool = False) -> None:
        """Show the menu if there is something to complete, else close it.

        Args:
            is_asked_for: Whether it is shown however few letters were typed.
        """
        is_open = is_asked_for or self.menu.is_open
        self.menu.show(self._suggestions(self._box.text, self._box.cursor, is_open))

    def close(self) -> bool:
        """Close the menu; return whether it was open."""
        was_open = self.menu.is_open
        self.menu.show(None)
        return was_open

    def move(self, step: int) -> bool:
        """Choose the next (1) or previous (-1) option; return False if the menu is not open."""
        if self.menu.is_open:
            self.menu.move(step)
        return self.menu.is_open

    def take_chosen(self) -> bool:
        """Take the option that was chosen; return whether there was one."""
        chosen = self.menu.chosen
        if chosen is not None:
            self._take(chosen)
        return chosen is not None

    def begin_mention(self) -> None:
        """Begin a mention at the cursor, with the menu of all names."""
        self._box.text_widget.focus_set()
        before = self._box.text[: self._box.cursor]
        self._box.insert("@" if not before or before[-1].isspace() else " @")
        self.suggest(is_asked_for=True)

    def _take(self, option: CompletionOption) -> None:
        """Replace the word before the cursor by an option of the menu."""
        found, box = self.menu.completion, self._box
        self.close()
        box.text_widget.focus_set()
        if found is not None:
            follows_space = box.text[found.end : found.end + 1] == " "
            box.replace(found.start, found.end + follows_space, option.text)
            self.close()

    def _on_tab_key(self, event: tk.Event[tk.Misc], back: bool) -> str:
        """Complete the word before the cursor. Where there is no word, move the focus to the next widget."""
        box = self._box
        if not back and self.take_chosen():
            return "break"
        completed = self._on_tab(box.text, box.cursor, back)
        if completed is not None:
            box.set_text(*completed)
            self.close()
        elif not box.text[: box.cursor][-1:].strip():
            following = next_focus(event.widget, back)
            if following is not None:
                following.focus_set()
        return "break"
