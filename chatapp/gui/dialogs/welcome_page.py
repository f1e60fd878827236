"""The page of the first dialog where one chooses a chat."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import ttk

from chatapp.gui.dialogs.chat_offers import ChatOffer, in_stable_order
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.card_list import GAP, Card, CardList
from chatapp.gui.widgets.field_message import FieldMessage, MessageContent
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.languages.translation import N_, _, ngettext

LINK, NEW = "link", "new"  # keys of the cards that lead to another page
CARDS = (
    Card(
        LINK,
        N_("I have a link, code or address"),
        N_("Paste it, or type what you were told"),
        "link",
        leads_on=True,
    ),
    Card(NEW, N_("Start a new chat"), N_("On this computer. You will be its owner"), "plus", leads_on=True),
)
COUNT_GAP = 12  # least distance of the number of chats from the title, in pixels at 96 dpi
LEAST, MOST = 1, 3  # cards of chats that have room
REST_SECONDS = 1.2  # after which a pointer on the cards is at rest
SEARCHING = N_("Looking for chats on this network…")
NOTHING = N_("No chat was found on this network yet.")


class WelcomePage(ttk.Frame):
    """Cards of the chats, and below them two that lead to another page.

    Args:
        on_choose: Called when another card was chosen.
        on_open: Called with the key of a card that is to be used now.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        width: int,
        on_choose: Callable[[], object],
        on_open: Callable[[str], object],
        on_resize: Callable[[], object],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_choose = on_choose
        self._on_resize = on_resize
        self._width = theme.px(width)
        self._offers: dict[str, ChatOffer] = {}
        self._has_chosen = False  # whether the user has
        self._first = ""  # the key of the chat above all others
        self._cards = [replace(each, title=_(each.title), detail=_(each.detail)) for each in CARDS]
        self.columnconfigure(0, weight=1)
        self._title = ttk.Label(self, text=_("Join a chat"), style="Bold.TLabel")
        self.count = ttk.Label(self, text=_(SEARCHING), style="Muted.TLabel")
        column = master.master  # of the dialog, with a margin
        self.chats = CardList(self, theme, self._choose, on_open, self._leave_chats, LEAST, column)
        self.others = CardList(self, theme, self._choose, on_open, self._leave_others, len(CARDS))
        self.message = FieldMessage(self, theme, width)
        self._title.grid(row=0, column=0, sticky="w")
        self.chats.grid(row=2, columnspan=2, sticky="ew", pady=(theme.px(8), theme.px(GAP)))
        self.others.grid(row=3, columnspan=2, sticky="ew")
        self._place_count()
        self.bind("<Configure>", lambda event: self._place_count())
        self._timers = WidgetTimers(self)
        self._moved_at = 0.0  # when the pointer was moved over the cards, in monotonic seconds
        for cards in (self.chats, self.others):
            cards.canvas.bind("<Motion>", lambda event: self._on_motion(), add=True)
        self.others.show(self._cards, LINK)
        self.chats.show((), "", _(SEARCHING))

    @property
    def chosen(self) -> str:
        """The key of the chosen card."""
        return self.chats.chosen or self.others.chosen

    @property
    def offer(self) -> ChatOffer | None:
        """The chosen chat; None if one of the other cards is chosen."""
        return self._offers.get(self.chats.chosen)

    def show(self, offers: Sequence[ChatOffer], is_searching: bool, chosen: str = "") -> None:
        """Show these chats. Cards that are shown stay where they are, new ones are added below them.

        Args:
            is_searching: Whether the search has only begun.
            chosen: The key of the chat to choose; "" to keep what is chosen, by default the first.
        """
        before = self.chosen, self.offer
        listed = in_stable_order([self._first, *self.chats.card_keys], offers)
        self._offers = {each.key: each for each in listed}
        cards = [Card(each.key, each.name, each.detail) for each in listed]
        wanted = chosen or (self.chats.chosen if self._has_chosen else "")
        if wanted not in self._offers and not (self._has_chosen and self.others.chosen):
            wanted = next(iter(self._offers), "")
        self.chats.show(cards, wanted, _(SEARCHING if is_searching else NOTHING))
        self.others.show(self._cards, "" if wanted else self.others.chosen or LINK)
        here = sum(each.is_here for each in listed)
        self.count.configure(text=_count(here, bool(listed), is_searching))
        self._place_count()
        self._give_room()
        if (self.chosen, self.offer) != before:
            self._on_choose()  # also if the chosen chat has another name now

    def put_first(self, key: str) -> None:
        """Let the next `show` place this chat above the others."""
        self._first = key

    def show_problem(self, content: MessageContent) -> None:
        """Say what is wrong with the chosen chat."""
        self.message.show(content)
        self.message.grid(row=4, columnspan=2, sticky="ew", pady=(self._theme.px(8), 0))

    def clear_problem(self) -> None:
        """Say nothing."""
        self.message.show(MessageContent(""))
        self.message.grid_forget()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all cards."""
        self.chats.set_disabled(disabled)
        self.others.set_disabled(disabled)

    def _choose(self, key: str) -> None:
        self._has_chosen = True
        self.clear_problem()
        self.chats.show(self.chats.cards, key if key in self._offers else "", _(NOTHING))
        self.others.show(self._cards, "" if key in self._offers else key)
        self._on_choose()

    def _leave_chats(self, step: int) -> None:
        if step > 0:
            self.others.focus_card("first")

    def _leave_others(self, step: int) -> None:
        if step < 0:
            self.chats.focus_card("last")

    def _on_motion(self) -> None:
        self._moved_at = time.monotonic()

    def _place_count(self) -> None:
        """Put the number of chats beside the title, or below it where both would touch."""
        needed = self._title.winfo_reqwidth() + self._theme.px(COUNT_GAP) + self.count.winfo_reqwidth()
        if not self.count.cget("text"):
            self.count.grid_forget()
        elif needed <= max(self._width, self.winfo_width()):
            self.count.grid(row=0, column=1, columnspan=1, sticky="e")
        else:
            self.count.grid(row=1, column=0, columnspan=2, sticky="w")

    def _give_room(self) -> None:
        """Be as high as the cards need, but let nothing move away under a pointer that is about to click."""
        if time.monotonic() - self._moved_at < REST_SECONDS and self.chats.cards:
            self._timers.start("room", round(1000 * REST_SECONDS), self._give_room)
            return
        self.chats.give_room(min(max(len(self._offers), LEAST), MOST))
        self._on_resize()


def _count(here: int, has_chats: bool, is_searching: bool) -> str:
    if here:
        count = ngettext("{count} found on this network", "{count} found on this network", here)
        return count.format(count=here)
    return _(SEARCHING) if is_searching and has_chats else ""
