"""The people pane: the members of the channel by role and presence, with a field to find one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.main.member_rows import OFFLINE_KEY, member_source
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.keyboard_focus import RELEASE_FOCUS
from chatapp.gui.widgets.popup import Area
from chatapp.gui.widgets.row_list import RowList
from chatapp.gui.widgets.search_field import SearchField
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
HEAD = 48  # height of the line with the number of people
ROW, INSET = 36, 8  # height of a row, and its distance from the sides
HINT = N_("Find a person")
INVITE = N_("Invite")
INVITE_TIP = N_("Invite people to this chat")


class MemberHandlers(NamedTuple):
    """Functions that the people pane calls."""

    on_person: Callable[[str, Area], object]
    """Show the profile of this nick beside an area of the screen."""
    on_write: Callable[[str], object]
    """Open the direct message with this nick."""
    on_menu: Callable[[str, int, int], object]
    """Open the menu of this nick at screen coordinates."""
    on_invite: Callable[[], object]
    """Invite people to the channel."""


class MemberList(ttk.Frame):
    """Number of people, invite button, field, and the list."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: MemberHandlers) -> None:
        super().__init__(master, style="Sidebar.TFrame")
        px = theme.px
        self._theme = theme
        self._handlers = handlers
        self._network: Network | None = None
        self._conversation: Conversation | None = None
        self._is_offline_open = False
        self._head = ttk.Frame(self, style="Sidebar.TFrame")
        self._title = ttk.Label(self._head, text=_("People"), style="Header.Sidebar.TLabel")
        self.number = ttk.Label(self._head, style="Muted.Sidebar.TLabel")
        self.invite_button = ttk.Button(
            self._head, text=f" {_(INVITE)}", compound="left", style="Small.Sidebar.TButton",
            command=handlers.on_invite,
        )  # fmt: skip
        Tooltip(self.invite_button, theme, _(INVITE_TIP))
        self.field = SearchField(self, theme, _(HINT), on_change=lambda text: self._refresh())
        self.rows = RowList(
            self, theme, "sidebar", handlers.on_write, self._open_menu,
            on_peek=handlers.on_person, on_fold=lambda key: self._toggle_offline(), row=ROW, inset=INSET,
        )  # fmt: skip
        self._title.pack(side="left", padx=(px(16), px(8)))
        self.number.pack(side="left")
        self._head.pack_propagate(False)
        self._head.grid(row=0, column=0, sticky="ew")
        self.field.grid(row=1, column=0, sticky="ew", padx=px(8), pady=(px(4), px(8)))
        self.rows.grid(row=2, column=0, sticky="nsew", pady=(0, px(8)))
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        for key in ("<Return>", "<KP_Enter>"):
            self.field.entry.bind(key, lambda event: self._choose_first())
        self.field.entry.bind("<Escape>", lambda event: self._leave_field())
        self.field.entry.bind("<Down>", lambda event: self._enter_list())
        self._head.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._restyle)

    def show(self, network: Network, conversation: Conversation) -> None:
        """Show the members of this conversation; the field is cleared when the conversation changes."""
        if conversation is not self._conversation:
            self.field.clear()
        self._network, self._conversation = network, conversation
        self.number.configure(text=str(len(conversation.members) or ""))
        self._fit()
        self._refresh()

    def clear_field(self) -> None:
        """Show everybody again, after a person who was found has been moderated."""
        if self.field.winfo_exists():
            self.field.clear()

    def _restyle(self) -> None:
        theme, px = self._theme, self._theme.px
        self.invite_button.configure(image=theme.icon("plus", "text", theme.grown(14)))
        height = max(px(HEAD), theme.fonts["ChatHeader"].metrics("linespace") + px(16))
        self._head.configure(height=height)
        self._fit()

    def _fit(self) -> None:
        """Show the button if one can invite, with its word if there is room.

        Where there is little, the number gives way first: the button that shows the people has it too.
        """
        button, px = self.invite_button, self._theme.px
        if not self._can_invite():
            button.pack_forget()
            self.number.pack(side="left", after=self._title)
            return
        button.configure(text=f" {_(INVITE)}", compound="left")
        number = self.number.winfo_reqwidth()
        room = self._head.winfo_width() - self._title.winfo_reqwidth() - px(16 + 8 + 8)
        if button.winfo_reqwidth() > room > 1:
            button.configure(text="", compound="image")
        if number + px(8) + button.winfo_reqwidth() > room > 1:
            self.number.pack_forget()
        else:
            self.number.pack(side="left", after=self._title)
        button.pack(side="right", padx=(0, px(8)))

    def _can_invite(self) -> bool:
        is_online = self._network is not None and self._network.state == "online"
        return is_online and self._conversation is not None and self._conversation.joined

    def _refresh(self) -> None:
        if self._network is not None and self._conversation is not None:
            source = member_source(
                self._network, self._conversation, self.field.get().strip(), self._is_offline_open
            )
            self.rows.show(source, empty_text=self._empty_text(self._network, self._conversation))

    def _empty_text(self, network: Network, conversation: Conversation) -> str:
        if network.state != "online":
            return _("You are not connected")
        if conversation.kind == "channel" and not conversation.joined:
            return _("You are not in this channel")
        return _("Nobody here has this name.") if self.field.get() else ""

    def _open_menu(self, key: str, x: int, y: int) -> None:
        if key != OFFLINE_KEY:
            self._handlers.on_menu(key, x, y)

    def _toggle_offline(self) -> None:
        self._is_offline_open = not self._is_offline_open
        self._refresh()

    def _choose_first(self) -> str:
        """Write to the first match; without a text, only leave the field."""
        if self._network is not None and self._conversation is not None and self.field.get().strip():
            found = member_source(self._network, self._conversation, self.field.get().strip())
            first = next((key for key in found.keys if key not in ("", OFFLINE_KEY)), "")
            if not first:
                return "break"  # so that the text can be corrected
            self.field.clear()
            self._handlers.on_write(first)
        return self._leave_field()

    def _enter_list(self) -> str:
        self.rows.focus_set()
        return "break"

    def _leave_field(self) -> str:
        """Clear the field and release the keyboard focus."""
        self.field.clear()
        self.field.event_generate(RELEASE_FOCUS)
        return "break"
