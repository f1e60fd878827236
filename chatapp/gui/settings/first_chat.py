"""The page in the place of the messages of a new chat: how to invite people, and what to do next."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from chatapp.gui.settings.first_chat_cards import Invitation, InviteCard, ProtectCard, ShareCard
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.wrapping import EDGES
from chatapp.languages.translation import N_, _

WIDEST, MARGIN, GAP, BADGE = 720, 16, 12, 56  # pixels at 96 dpi
CHANNEL, TOPIC, HIDE = N_("Make a channel"), N_("Set a topic"), N_("Hide this")


@dataclass(frozen=True, slots=True)
class FirstChatFacts:
    """What the page shows.

    Attributes:
        chat: The name of the chat.
        name: The user's own name.
        invitation: None for a guest, who sees only the last card.
        is_shared: Whether other computers can join; None if that cannot be switched.
        is_local: Whether the server runs on this computer.
        is_protected: Whether the name is; None if the server has no accounts.
    """

    channel: str
    chat: str
    name: str
    invitation: Invitation | None = None
    is_invited: bool = False
    is_shared: bool | None = None
    is_local: bool = False
    is_protected: bool | None = None


@dataclass(frozen=True, slots=True)
class FirstChatHandlers:
    """What the page calls."""

    on_copy: Callable[[str], object]
    on_full_screen: Callable[[str], object]
    on_share: Callable[[bool], object]
    on_protect: Callable[[str], object]
    on_form_closed: Callable[[], object]
    """The user does not protect the name now."""
    on_channel: Callable[[], object]
    """Make a channel."""
    on_topic: Callable[[], object]
    on_hide: Callable[[], object]


class FirstChat(ttk.Frame):
    """Call `show`; the owner places it."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: FirstChatHandlers, is_owner: bool) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self.is_owner = is_owner
        self._scrolled = Scrolled(self, theme)
        self._scrolled.pack(fill="both", expand=True)
        self._column = ttk.Frame(self._scrolled.body)
        self._column.grid(sticky="ew", pady=px(24))
        self._scrolled.body.columnconfigure(0, weight=1)
        self._column.columnconfigure(0, weight=1)
        head = ttk.Frame(self._column)
        head.grid(sticky="ew", pady=(0, px(28)))
        self._badge = ttk.Label(head, compound="center")
        self._badge.grid(row=0, column=0, rowspan=2, padx=(0, px(20)))
        self.title = ttk.Label(head, font="ChatTitle", justify="left")
        self.title.grid(row=0, column=1, sticky="sw")
        self.line = ttk.Label(head, style="Muted.TLabel", font="ChatBody", justify="left")
        self.line.grid(row=1, column=1, sticky="nw")
        head.columnconfigure(1, weight=1)
        self.invite = InviteCard(self._column, theme, handlers.on_copy, handlers.on_full_screen)
        self.share = ShareCard(self._column, theme, handlers.on_share)
        self.protect = ProtectCard(
            self._column, theme, 3 if is_owner else 0, handlers.on_protect, handlers.on_form_closed
        )
        self._cards = (self.invite, self.share, self.protect) if is_owner else (self.protect,)
        for card in self._cards:
            card.grid(sticky="ew", pady=(0, px(GAP)))
        foot = ttk.Frame(self._column)
        foot.grid(sticky="w", padx=px(16))
        ttk.Label(foot, text=_("Later:"), style="Muted.TLabel").pack(side="left")
        later = [(CHANNEL, handlers.on_channel), (TOPIC, handlers.on_topic)]
        self.links: dict[str, ttk.Button] = {}
        for text, command in [*(later if is_owner else []), (HIDE, handlers.on_hide)]:
            link = ttk.Button(foot, text=_(text), style="Link.TButton", command=command, cursor="hand2")
            link.pack(side="left", padx=(px(8), 0))
            self.links[text] = link
        self._scrolled.body.bind("<Configure>", lambda event: self._fit(event.width), add=True)
        theme.watch(self, self._paint)

    @property
    def is_in_use(self) -> bool:
        """Whether the user is typing a password."""
        return self.protect.form.is_in_use

    def show(self, facts: FirstChatFacts) -> None:
        """Show the chat as it is now."""
        self.title.configure(text=_("This is where {channel} begins").format(channel=facts.channel))
        if not self.is_owner:
            line = _("Welcome to “{chat}”.")
        elif facts.is_local:
            line = _("Your chat “{chat}” runs on this computer. You are its owner.")
        else:
            line = _("Your chat “{chat}” is ready. You are an owner.")
        self.line.configure(text=line.format(chat=facts.chat))
        self.invite.show(facts.invitation or Invitation())
        self.invite.show_done(facts.is_invited)
        if facts.is_shared is not None:
            self.share.show(facts.chat, facts.is_shared)
        if facts.is_protected is None:
            if not self.is_in_use:
                self.protect.grid_remove()
        else:
            self.protect.show(facts.name, facts.is_protected)
        self._fit(self._scrolled.body.winfo_width())

    def _paint(self) -> None:
        theme, side = self._theme, self._theme.px(BADGE)
        box = theme.box(side, side, 14, "chip")
        self._badge.configure(image=box, text="#", font="ChatTitle")

    def _fit(self, width: int) -> None:
        """Keep the cards in the middle, at most WIDEST."""
        px = self._theme.px
        room = min(max(width - 2 * px(MARGIN), 1), px(self._theme.grown(WIDEST)))
        side = max((width - room) // 2, 0)
        self._column.grid_configure(padx=side)
        for label in (self.title, self.line):
            label.configure(wraplength=max(room - px(BADGE + 20) - EDGES, 1))
        for card in self._cards:
            card.wrap(room)
