"""What a reader does with the transcript by mouse and keyboard: choose, follow a link, copy, open a menu."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Protocol

from chatapp.client.model.model import Entry
from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.blocks import Block, as_copied
from chatapp.gui.transcript.line_map import LineMap
from chatapp.gui.transcript.text_view import TextView
from chatapp.gui.widgets import context_menus, platform_events

DRAG = 4  # pixels at 96 dpi between press and release that make a drag of a click
DOORS = ("link", "retry", "discard", "fold", "name")  # tags that a click does something on


class Blocks(Protocol):
    """What is read: the blocks on the page."""

    @property
    def sheet(self) -> LineMap: ...

    def toggle(self, place: int) -> None: ...


class TranscriptInput:
    """Mouse and keyboard of a page. Line 1 of the page is none of the sheet's."""

    def __init__(
        self,
        page: TextView,
        theme: Theme,
        shown: Blocks,
        on_retry: Callable[[Entry], object],
        on_discard: Callable[[Entry], object],
        on_link: Callable[[str], object],
        on_person: Callable[[str, int, int], object],
        on_type: Callable[[str], object],
    ) -> None:
        self._page = page
        self._text = page.text
        self._theme = theme
        self._shown = shown
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
        for door in DOORS:
            text.tag_bind(door, "<Enter>", lambda event: text.configure(cursor="hand2"))
            text.tag_bind(door, "<Leave>", lambda event: text.configure(cursor="arrow"))
        text.bind("<Button-1>", self._pressed, add=True)
        text.bind("<ButtonRelease-1>", self._clicked, add=True)
        text.bind("<Up>", lambda event: self._choose(-1))
        text.bind("<Down>", lambda event: self._choose(1))
        text.bind("<Return>", lambda event: self._enter())
        text.bind("<FocusOut>", lambda event: self._forget(), add=True)
        text.bind("<<Copy>>", lambda event: self._copy(self._chosen))
        text.bind("<Key>", self._typed)
        platform_events.bind_menu(text, self._menu_clicked)
        for key in platform_events.MENU_KEYS:
            text.bind(key, lambda event: self._menu_asked())

    def _pressed(self, event: tk.Event[tk.Misc]) -> None:
        self._pressed_at = (event.x, event.y)

    def _clicked(self, event: tk.Event[tk.Misc]) -> None:
        """A click opens what is under the pointer; the end of a drag does not, nor does a selected word."""
        index = f"@{event.x},{event.y}"
        x, y = self._pressed_at
        is_drag = max(abs(event.x - x), abs(event.y - y)) > self._theme.px(DRAG)
        is_fold = "fold" in self._text.tag_names(index)  # the second click on it selects a word
        if not is_drag and (is_fold or not self._text.tag_ranges("sel")):
            self._open(index, event.x_root, event.y_root)

    def _open(self, index: str, x: int, y: int) -> None:
        """Do what stands at this place of the text is for."""
        place = self._place(index)
        if place is None:
            return
        names = self._text.tag_names(index)
        block = self._shown.sheet[place]
        if "link" in names:
            self._on_link(self._link(index))
        elif "retry" in names:
            self._on_retry(block.entries[0])
        elif "discard" in names:
            self._on_discard(block.entries[0])
        elif "fold" in names:
            self._shown.toggle(place)
        elif "name" in names:
            self._on_person(block.entries[0].nick, x, y)

    def _choose(self, step: int) -> str:
        """Mark the next block, starting from the last one in sight."""
        sheet = self._shown.sheet
        if not len(sheet):
            return "break"
        place = self._chosen_place()
        if place is None:
            place = sheet.at_line(self._page.bottom() - 1)
        else:
            place = min(max(place + step, 0), len(sheet) - 1)
        self._chosen = sheet[place]
        self._page.mark(*self._lines(place))
        return "break"

    def _forget(self) -> None:
        self._chosen = None
        self._page.mark(1, 1)

    def _enter(self) -> str:
        """Do what the chosen block offers first."""
        place = self._chosen_place()
        if place is not None:
            first, last = self._lines(place)
            for door in ("retry", "fold", "link"):
                if found := self._text.tag_nextrange(door, f"{first}.0", f"{last}.0"):
                    self._open(found[0], 0, 0)
                    break
        return "break"

    def _typed(self, event: tk.Event[tk.Misc]) -> str | None:
        """What is typed while reading is meant for the composer."""
        character = platform_events.typed(event)
        if not character:
            return None
        self._on_type(character)
        return "break"

    def _menu_clicked(self, event: tk.Event[tk.Misc]) -> None:
        self._text.focus_set()
        index = f"@{event.x},{event.y}"
        place = self._place(index)
        if place is not None:
            context_menus.post(self.menu(place, index), event.x_root, event.y_root)

    def _menu_asked(self) -> str:
        place = self._chosen_place()
        if place is not None:
            index = f"{self._lines(place)[0]}.0"
            box = self._text.bbox(index) or (0, 0, 0, 0)
            x, y = self._text.winfo_rootx() + box[0], self._text.winfo_rooty() + box[1] + box[3]
            context_menus.post(self.menu(place, index), x, y)
        return "break"

    def menu(self, place: int, index: str) -> tk.Menu:
        """What can be done with a block, and with what stands at an index."""
        menu = self._theme.menu(self._text)
        block = self._shown.sheet[place]
        names = self._text.tag_names(index)
        if self._text.tag_ranges("sel"):
            menu.add_command(label="Copy", command=lambda: self._copy(None))
        menu.add_command(label="Copy message", command=lambda: self._put(_copied([block])))
        if "link" in names:
            link = self._link(index)
            what = "channel" if link.startswith("#") else "link"
            menu.add_command(label=f"Open {what}", command=lambda: self._on_link(link))
            menu.add_command(label=f"Copy {what}", command=lambda: self._put(link))
        if block.entries[0].state == "failed":
            menu.add_command(label="Retry", command=lambda: self._on_retry(block.entries[0]))
            menu.add_command(label="Discard", command=lambda: self._on_discard(block.entries[0]))
        return menu

    def _copy(self, block: Block | None) -> str:
        """Copy the marked words; of several messages as `<name> words`; without marks the chosen message."""
        marked = self._text.tag_ranges("sel")
        if marked:
            first, last = self._place(str(marked[0])), self._place(f"{marked[1]} -1c")
            if first is None or last is None or first == last:
                self._put(self._text.get(*marked))
            else:
                self._put(_copied([self._shown.sheet[place] for place in range(first, last + 1)]))
        elif block is not None:
            self._put(_copied([block]))
        return "break"

    def _put(self, words: str) -> None:
        self._text.clipboard_clear()
        self._text.clipboard_append(words)

    def _place(self, index: str) -> int | None:
        """The place of the block at an index of the text."""
        line = int(self._text.index(index).partition(".")[0]) - 1
        return self._shown.sheet.at_line(line) if line and len(self._shown.sheet) else None

    def _chosen_place(self) -> int | None:
        return None if self._chosen is None else self._shown.sheet.place(self._chosen.entries[0].key)

    def _lines(self, place: int) -> tuple[int, int]:
        """The lines of the page that a block has, from and up to."""
        return self._shown.sheet.line(place) + 1, self._shown.sheet.line(place + 1) + 1

    def _link(self, index: str) -> str:
        return self._text.get(*self._text.tag_prevrange("link", f"{index} +1c"))


def _copied(blocks: list[Block]) -> str:
    return "\n".join(as_copied(entry) for block in blocks for entry in block.entries)
