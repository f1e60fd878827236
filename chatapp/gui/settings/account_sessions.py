"""Where the user is logged in: a row for each session, with a button that logs it out."""

from __future__ import annotations

import tkinter as tk
from functools import partial
from tkinter import ttk

from chatapp.client.model.orders import Order
from chatapp.client.model.own_account import OwnSession, OwnSessions, read_sessions
from chatapp.gui.settings.account_texts import session_note, session_title
from chatapp.gui.settings.order_watch import OrderWatch, sentence
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.flow_row import FlowRow
from chatapp.gui.widgets.wrapping import wrap_at
from chatapp.languages.translation import N_, _

TITLE = N_("Where you are logged in")
THIS = N_("This window")
# Pixels at 96 dpi
ROW_PAD, TEXT_LEFT, ICON = 5, 44, 18
LEAST_TEXT = 140  # room for the texts, below which the button stands under them


class AccountSessions(ttk.Frame):
    """A heading with "Log out all others", and the rows.

    `registered` is when the account was made, once the list has come.
    """

    def __init__(self, master: tk.Misc, tools: PageTools, orders: OrderWatch) -> None:
        super().__init__(master)
        px = tools.theme.px
        self._tools, self._theme, self._orders = tools, tools.theme, orders
        self._found = OwnSessions()
        self._is_awaited = False
        self.columnconfigure(0, weight=1)
        head = FlowRow(self, self._theme, spread=True)
        head.grid(row=0, column=0, sticky="ew")
        title = ttk.Label(head, text=_(TITLE), style="Header.TLabel")
        self.others = ttk.Button(head, text=_("Log out all others"), command=self._end_others, cursor="hand2")
        head.show(title, self.others)
        self.problem = ttk.Label(self, style="Danger.TLabel", justify="left")
        self._list = ttk.Frame(self)
        self._list.grid(row=2, column=0, sticky="ew", pady=(px(2), 0))
        self._list.columnconfigure(0, weight=1)
        self.rows: list[SessionRow] = []
        self.bind("<Configure>", lambda event: wrap_at(self.problem, event.width))

    @property
    def registered(self) -> float | None:
        """When the account was made, in Unix seconds; None while that is not known."""
        return self._found.registered

    def request(self) -> None:
        """Request the list, unless it is on its way."""
        if not self._is_awaited:
            self._is_awaited = True
            self._orders.follow(self._tools.client.account.list_sessions(), self._received)

    def reset(self) -> None:
        """Forget the list, because another network is shown."""
        self._is_awaited = False
        self._found = OwnSessions()
        self._show_problem("")
        self._build()

    def repaint(self) -> None:
        """Show the times anew."""
        self._build()

    def _received(self, order: Order) -> None:
        self._is_awaited = False
        if order.problem:
            self._show_problem(sentence(order.problem))
            return
        self.show(read_sessions(order.answers))

    def show(self, found: OwnSessions) -> None:
        """Show these sessions."""
        if found != self._found:
            self._found = found
            self._build()
        self.event_generate("<<SessionsListed>>")

    def _build(self) -> None:
        has_focus = str(self.tk.call("focus")).startswith(f"{self}.")
        for child in self._list.winfo_children():
            child.destroy()
        self.rows = []
        now = self._tools.client.network.time(self._tools.client.network.wall)
        for number, each in enumerate(self._found.sessions):
            if number:
                rule = ttk.Frame(self._list, style="Divider.TFrame", height=max(self._theme.px(1), 1))
                rule.grid(sticky="ew", padx=(self._theme.px(TEXT_LEFT), 0))
            note = session_note(each, now, not self._tools.settings.clock24)
            row = SessionRow(self._list, self._theme, each, note, partial(self._end, each))
            row.grid(sticky="ew")
            self.rows.append(row)
        others = [each for each in self._found.sessions if not each.is_this]
        self.others.state(["!disabled" if others else "disabled"])
        if has_focus and others:
            self.others.focus_set()

    def _end(self, session: OwnSession) -> None:
        self._begin()
        self._orders.follow(self._tools.client.account.end_session(session.number), self._ended)

    def _end_others(self) -> None:
        self._begin()
        self._orders.follow(self._tools.client.account.end_other_sessions(), self._ended)

    def _begin(self) -> None:
        """Disable all buttons, so that nothing is done twice."""
        self._show_problem("")
        for button in (self.others, *(row.button for row in self.rows)):
            if button is not None:
                button.state(["disabled"])

    def _ended(self, order: Order) -> None:
        self._show_problem(sentence(order.problem))
        self._found = OwnSessions(registered=self._found.registered) if not order.problem else self._found
        if order.problem:
            self._build()
        self.request()

    def _show_problem(self, text: str) -> None:
        self.problem.configure(text=text)
        if text:
            self.problem.grid(row=1, column=0, sticky="w")
        else:
            self.problem.grid_remove()


class SessionRow(ttk.Frame):
    """One session."""

    def __init__(
        self, master: tk.Misc, theme: Theme, session: OwnSession, note: str, on_end: partial[None]
    ) -> None:
        px = theme.px
        super().__init__(master, padding=(px(7), px(ROW_PAD), 0, px(ROW_PAD)))
        self._theme = theme
        self._shape = "code" if session.is_terminal else "home"
        self.title, self.note = session_title(session), note
        self.columnconfigure(1, weight=1)
        self._icon = ttk.Label(self)
        self._icon.grid(row=0, column=0, rowspan=2, padx=(0, px(TEXT_LEFT - 7 - ICON)))
        self._title = ttk.Label(self, text=self.title, style="Bold.TLabel", justify="left")
        self._title.grid(row=0, column=1, sticky="w")
        self._note = ttk.Label(self, text=note, style="Muted.TLabel", justify="left")
        self._note.grid(row=1, column=1, sticky="w")
        self.button: ttk.Button | None = None
        if not session.is_this:
            self.button = ttk.Button(
                self, text=_("Log out"), style="Small.TButton", command=on_end, cursor="hand2"
            )
        self._side = self.button or ttk.Label(
            self, text=_(THIS), style="Muted.TLabel", padding=(0, 0, px(8), 0)
        )
        self.bind("<Configure>", lambda event: self._fit(event.width))
        theme.watch(self, self._paint)

    def _paint(self) -> None:
        self._image = self._theme.icon(self._shape, "muted", self._theme.grown(ICON))
        self._icon.configure(image=self._image)

    def _fit(self, width: int) -> None:
        """Wrap the texts; what stands at the right moves below them where there is no room."""
        px = self._theme.px
        room = width - self._icon.winfo_reqwidth() - px(TEXT_LEFT - ICON)
        beside = room - self._side.winfo_reqwidth() - px(8)
        if beside < px(self._theme.grown(LEAST_TEXT)):
            self._side.grid(row=2, column=1, rowspan=1, sticky="w", padx=0, pady=(px(4), 0))
        else:
            self._side.grid(row=0, column=2, rowspan=2, sticky="e", padx=(px(8), 0), pady=0)
            room = beside
        for label in (self._title, self._note):
            wrap_at(label, room)
