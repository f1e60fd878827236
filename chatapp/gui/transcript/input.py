"""Mouse and keyboard in the transcript: choose a message, follow a link, copy, open a menu."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.client.model.model import Entry
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.blocks import Block, clipboard_text
from chatapp.gui.widgets import context_menus, platform_events

DRAG = 4  # distance between press and release that makes a click a drag, in pixels at 96 dpi
CLICKABLE_TAGS = ("link", "retry", "discard", "fold", "name")


class TranscriptInput:
    """Binds the events of a BlockView. The arguments `on_…` are those of Transcript."""

    def __init__(
        self,
        view: BlockView,
        theme: Theme,
        on_retry: Callable[[Entry], object],
        on_discard: Callable[[Entry], object],
        on_link: Callable[[str], object],
        on_person: Callable[[str, int, int], object],
        on_type: Callable[[str], object],
    ) -> None:
        self._view = view
        self._text = view.text
        self._theme = theme
        self._on_retry = on_retry
        self._on_discard = on_discard
        self._on_link = on_link
        self._on_person = on_person
        self._on_type = on_type
        self._chosen: Block | None = None
        self._pressed_at = (0, 0)
        self._bind()

    def _bind(self) -> None:
        text = self._text
        for tag in CLICKABLE_TAGS:
            text.tag_bind(tag, "<Enter>", lambda event: text.configure(cursor="hand2"))
            text.tag_bind(tag, "<Leave>", lambda event: text.configure(cursor="arrow"))
        text.bind("<Button-1>", self._on_press, add=True)
        text.bind("<ButtonRelease-1>", self._on_release, add=True)
        text.bind("<Up>", lambda event: self._choose(-1))
        text.bind("<Down>", lambda event: self._choose(1))
        text.bind("<Return>", lambda event: self._on_enter())
        text.bind("<FocusOut>", lambda event: self._clear_choice(), add=True)
        text.bind("<<Copy>>", lambda event: self._copy(self._chosen))
        text.bind("<Key>", self._on_key)
        platform_events.bind_menu(text, self._on_menu_click)
        for key in platform_events.MENU_KEYS:
            text.bind(key, lambda event: self._on_menu_key())

    def _on_press(self, event: tk.Event[tk.Misc]) -> None:
        self._pressed_at = (event.x, event.y)

    def _on_release(self, event: tk.Event[tk.Misc]) -> None:
        """Activate the text under the pointer, unless it is the end of a drag or text is selected."""
        index = f"@{event.x},{event.y}"
        x, y = self._pressed_at
        is_drag = max(abs(event.x - x), abs(event.y - y)) > self._theme.px(DRAG)
        is_fold = "fold" in self._text.tag_names(index)  # a double click on it selects a word
        if not is_drag and (is_fold or not self._text.tag_ranges("sel")):
            self._activate(index, event.x_root, event.y_root)

    def _activate(self, text_index: str, x: int, y: int) -> None:
        """Do what a click at an index of the Text does."""
        index = self._view.block_index(text_index)
        if index is None:
            return
        tags = self._text.tag_names(text_index)
        block = self._view.line_map[index]
        if "link" in tags:
            self._on_link(self._link(text_index))
        elif "retry" in tags:
            self._on_retry(block.entries[0])
        elif "discard" in tags:
            self._on_discard(block.entries[0])
        elif "fold" in tags:
            self._view.toggle_fold(index)
        elif "name" in tags:
            self._on_person(block.entries[0].nick, x, y)

    def _choose(self, step: int) -> str:
        """Move the choice by a block; without one, choose the last visible block."""
        line_map = self._view.line_map
        if not len(line_map):
            return "break"
        index = self._chosen_index()
        if index is None:
            index = line_map.index_at_line(self._view.bottom_line() - 1)
        else:
            index = min(max(index + step, 0), len(line_map) - 1)
        self._chosen = line_map[index]
        self._view.highlight_lines(*self._view.lines_of(index))
        return "break"

    def _clear_choice(self) -> None:
        self._chosen = None
        self._view.highlight_lines(1, 1)

    def _on_enter(self) -> str:
        """Activate the first clickable text of the chosen block."""
        index = self._chosen_index()
        if index is not None:
            first, last = self._view.lines_of(index)
            for tag in ("retry", "fold", "link"):
                if found := self._text.tag_nextrange(tag, f"{first}.0", f"{last}.0"):
                    self._activate(found[0], 0, 0)
                    break
        return "break"

    def _on_key(self, event: tk.Event[tk.Misc]) -> str | None:
        """Pass typed characters on to the composer."""
        character = platform_events.typed_character(event)
        if not character:
            return None
        self._on_type(character)
        return "break"

    def _on_menu_click(self, event: tk.Event[tk.Misc]) -> None:
        self._text.focus_set()
        text_index = f"@{event.x},{event.y}"
        index = self._view.block_index(text_index)
        if index is not None:
            context_menus.post(self.menu(index, text_index), event.x_root, event.y_root)

    def _on_menu_key(self) -> str:
        index = self._chosen_index()
        if index is not None:
            text_index = f"{self._view.lines_of(index)[0]}.0"
            box = self._text.bbox(text_index) or (0, 0, 0, 0)
            x, y = self._text.winfo_rootx() + box[0], self._text.winfo_rooty() + box[1] + box[3]
            context_menus.post(self.menu(index, text_index), x, y)
        return "break"

    def menu(self, index: int, text_index: str) -> tk.Menu:
        """Return the menu of a block and of the text at an index of the Text."""
        menu = self._theme.menu(self._text)
        block = self._view.line_map[index]
        tags = self._text.tag_names(text_index)
        if self._text.tag_ranges("sel"):
            menu.add_command(label="Copy", command=lambda: self._copy(None))
        menu.add_command(label="Copy message", command=lambda: self._set_clipboard(_copied([block])))
        if "link" in tags:
            link = self._link(text_index)
            noun = "channel" if link.startswith("#") else "link"
            menu.add_command(label=f"Open {noun}", command=lambda: self._on_link(link))
            menu.add_command(label=f"Copy {noun}", command=lambda: self._set_clipboard(link))
        if block.entries[0].state == "failed":
            menu.add_command(label="Retry", command=lambda: self._on_retry(block.entries[0]))
            menu.add_command(label="Discard", command=lambda: self._on_discard(block.entries[0]))
        return menu

    def _copy(self, block: Block | None) -> str:
        """Copy the selected text; of several messages as `<name> text`; without a selection, this block."""
        selected = self._text.tag_ranges("sel")
        if selected:
            first, last = (
                self._view.block_index(str(selected[0])),
                self._view.block_index(f"{selected[1]} -1c"),
            )
            if first is None or last is None or first == last:
                self._set_clipboard(self._text.get(*selected))
            else:
                blocks = [self._view.line_map[index] for index in range(first, last + 1)]
                self._set_clipboard(_copied(blocks))
        elif block is not None:
            self._set_clipboard(_copied([block]))
        return "break"

    def _set_clipboard(self, text: str) -> None:
        self._text.clipboard_clear()
        self._text.clipboard_append(text)

    def _chosen_index(self) -> int | None:
        return None if self._chosen is None else self._view.line_map.index_of(self._chosen.entries[0].key)

    def _link(self, text_index: str) -> str:
        return self._text.get(*self._text.tag_prevrange("link", f"{text_index} +1c"))


def _copied(blocks: list[Block]) -> str:
    return "\n".join(clipboard_text(entry) for block in blocks for entry in block.entries)
