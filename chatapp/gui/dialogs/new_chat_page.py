"""The page of the first dialog where one starts a chat on this computer."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.field_message import FieldMessage, MessageContent
from chatapp.gui.widgets.switch import Switch
from chatapp.languages.translation import N_, _

LONGEST_NAME = 60  # characters of the name of a chat
NAME_MISSING = N_("Type a name for the chat.")
NAME_TOO_LONG = N_("The name of a chat can have at most {longest} characters.")


@dataclass(frozen=True, slots=True)
class NewChat:
    """A chat to be started here.

    Attributes:
        is_shared: Whether others on this network can join.
        keeps_running: Whether it goes on when the window is closed.
    """

    name: str
    is_shared: bool
    keeps_running: bool


class NewChatPage(ttk.Frame):
    """The name of the chat, and two switches."""

    def __init__(self, master: tk.Misc, theme: Theme, width: int, on_change: Callable[[], object]) -> None:
        super().__init__(master)
        self._theme = theme
        px = theme.px
        self.columnconfigure(0, weight=1, minsize=theme.px(width))
        self.name = Field(self, theme, _("Name of the chat"), width=width)
        self.name.entry.bind("<KeyRelease>", lambda event: self._on_key(on_change), add=True)
        self.name.grid(row=0, sticky="ew")
        box = ttk.Frame(self, style="Outline.TFrame", padding=(px(16), px(11), px(16), px(10)))
        box.columnconfigure(0, weight=1)
        box.grid(row=1, sticky="ew", pady=(px(20), 0))
        self.shared = Switch(box, theme)
        self.shared.show(True)
        self.keeps_running = Switch(box, theme)
        self._shared_note = self._row(box, 0, _("Let others on this network join"), self.shared)
        ttk.Frame(box, style="Divider.TFrame", height=max(px(1), 1)).grid(
            row=2, columnspan=2, sticky="ew", pady=px(8)
        )
        note = self._row(box, 3, _("Keep it running when I leave"), self.keeps_running)
        note.configure(text=_("You can stop it at any time under This server."))
        self._key = ttk.Label(self, style="Muted.TLabel", compound="left")
        self._key.configure(text=f"  {_('You stay its owner, also after a restart.')}")
        self._key.grid(row=2, sticky="w", pady=(px(20), 0))
        self.message = FieldMessage(self, theme, width)
        theme.watch(self, self._paint)
        self._show_name()

    @property
    def chat(self) -> NewChat:
        """What was typed and chosen."""
        return NewChat(self.name.value, self.shared.is_on, self.keeps_running.is_on)

    def problem(self) -> str:
        """Return what is wrong with the name, "" if nothing is."""
        if not self.name.value:
            return _(NAME_MISSING)
        is_too_long = len(self.name.value) > LONGEST_NAME
        return _(NAME_TOO_LONG).format(longest=LONGEST_NAME) if is_too_long else ""

    def suggest_name(self, user: str) -> None:
        """Propose a name for the chat, if there is none yet."""
        if not self.name.value and user:
            self.show(_("{name}’s chat").format(name=user))

    def show(self, name: str) -> None:
        """Put a name into the field."""
        self.name.value = name
        self._show_name()

    def show_problem(self, content: MessageContent) -> None:
        """Say why the chat could not be started."""
        self.message.show(content)
        self.message.grid(row=3, sticky="ew", pady=(self._theme.px(8), 0))

    def clear_problem(self) -> None:
        """Say nothing."""
        self.name.clear_error()
        self.message.show(MessageContent(""))
        self.message.grid_forget()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable everything."""
        for widget in (self.name.entry, self.shared, self.keeps_running):
            widget.state(["disabled" if disabled else "!disabled"])

    def _row(self, box: ttk.Frame, row: int, text: str, switch: Switch) -> ttk.Label:
        """Place a switch with its text; return the label of the note below the text."""
        title = ttk.Label(box, text=text, style="Bold.TLabel")
        title.grid(row=row, column=0, sticky="w")
        note = ttk.Label(box, style="Muted.TLabel", justify="left")
        note.grid(row=row + 1, column=0, sticky="w", pady=(self._theme.px(1), 0))
        switch.grid(row=row, column=1, rowspan=2, sticky="ne")
        for label in (title, note):
            label.bind("<ButtonRelease-1>", lambda event: switch.invoke())
        box.bind("<Configure>", lambda event: self._wrap(box, event.width), add=True)
        return note

    def _wrap(self, box: ttk.Frame, width: int) -> None:
        for label in box.winfo_children():
            if isinstance(label, ttk.Label):
                label.configure(wraplength=max(width - self._theme.px(84), 1))

    def _on_key(self, on_change: Callable[[], object]) -> None:
        self._show_name()
        on_change()

    def _show_name(self) -> None:
        name = self.name.value or _("your chat")
        shown = name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1]}…"
        self._shared_note.configure(text=_("They see “{name}” in their list.").format(name=shown))

    def _paint(self) -> None:
        self._key.configure(image=self._theme.icon("key", "muted", self._theme.grown(15)))
