"""Whether the user is away, why, and the automatic away."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.client.local.settings import DEFAULT_AWAY_MINUTES
from chatapp.client.model.network import Network
from chatapp.client.model.own_account import offers
from chatapp.client.model.person_status import own_status
from chatapp.gui.settings.account_texts import TOO_LONG
from chatapp.gui.settings.order_watch import OrderWatch, sentence
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.gui.widgets.switch import Switch
from chatapp.gui.widgets.widget_paths import has_focus
from chatapp.gui.widgets.wrapping import wrap_at
from chatapp.languages.translation import N_, _, ngettext

ONLINE, AWAY = N_("Online"), N_("Away")
SHORT_HINT = N_("Say what you are doing")
HINT = N_("Say what you are doing, such as “At lunch until 13:00”")
LEAST_CHOICE = 14  # width of the list in characters
AUTOMATIC = SettingText(
    "away_minutes",
    N_("Set to away without keyboard or mouse input"),
    keywords=N_("automatic away idle absent inactive status"),
)


class AccountStatus(ttk.Frame):
    """A list with the status, a field for the reason, a switch."""

    def __init__(self, master: tk.Misc, tools: PageTools, orders: OrderWatch) -> None:
        super().__init__(master)
        px = tools.theme.px
        self._tools, self._orders = tools, orders
        self._shown: tuple[bool, str] | None = None
        self.columnconfigure(1, weight=1)
        states = [_(ONLINE), _(AWAY)]
        width = max(LEAST_CHOICE, *map(len, states))
        self.choice = ttk.Combobox(
            self, font="ChatBody", values=states, state="readonly", width=width, cursor="hand2"
        )
        self.choice.bind("<<ComboboxSelected>>", lambda event: self._choose())
        self.text = HintEntry(self, tools.theme, _(HINT), stored=lambda: own_status(tools.client.network))
        for event in ("<Return>", "<KP_Enter>"):
            self.text.bind(event, lambda event: self._enter())
        self.text.bind("<FocusOut>", lambda event: self._take_over(), add=True)
        self.problem = ttk.Label(self, style="Danger.TLabel")
        minutes = tools.settings.away_minutes or DEFAULT_AWAY_MINUTES
        label = ngettext(
            "Set to away after {count} minute without keyboard or mouse input",
            "Set to away after {count} minutes without keyboard or mouse input",
            minutes,
        ).format(count=minutes)
        line = ttk.Frame(self)
        line.grid(row=3, column=0, columnspan=2, sticky="ew", pady=(px(10), 0))
        line.columnconfigure(1, weight=1)
        self.switch = Switch(line, tools.theme, on_change=self._set_automatic)
        self.switch.grid(row=0, column=0, sticky="nw")
        words = ttk.Label(line, text=label, justify="left", cursor="hand2")  # a switch does not wrap its text
        words.grid(row=0, column=1, sticky="w", padx=(px(9), 0))
        words.bind("<ButtonRelease-1>", lambda event: self.switch.invoke())
        line.bind(
            "<Configure>", lambda event: wrap_at(words, event.width - self.switch.winfo_reqwidth() - px(9))
        )
        self._minutes = minutes
        self.bind("<Configure>", lambda event: self._place() if self.choice.winfo_manager() else None)
        tools.theme.watch(self, lambda: self._place() if self.choice.winfo_manager() else None)

    def show(self, network: Network) -> None:
        """Show the status; a text that is being typed stays."""
        self.switch.show(self._tools.settings.away_minutes > 0)
        is_online = network.state == "online"
        if is_online:
            self._place()
        else:
            self.choice.grid_remove()
            self.text.grid_remove()
        shown = (network.away, own_status(network))
        if shown == self._shown:
            return
        self._shown = shown
        self.choice.set(_(AWAY if network.away else ONLINE))
        if not has_focus(self.text):
            self.text.put(shown[1])

    def _place(self) -> None:
        """Place the field beside the list, or below it where there is little room."""
        px, wanted = self._tools.theme.px, self._tools.theme.fonts["ChatBody"].measure(_(SHORT_HINT))
        room = self.winfo_width() - self.choice.winfo_reqwidth() - px(8)
        is_low = self.winfo_width() > 1 and room < wanted + px(20)
        self.choice.grid(row=0, column=0, columnspan=2 if is_low else 1, sticky="w", padx=(0, px(8)))
        if is_low:
            self.text.grid(row=1, column=0, columnspan=2, sticky="ew", pady=(px(8), 0))
        else:
            self.text.grid(row=0, column=1, columnspan=1, sticky="ew", pady=0)

    def _choose(self) -> None:
        self.choice.selection_clear()
        if self.choice.get() == _(AWAY):
            self._be_away()
        else:
            self._be_back()

    def _enter(self) -> str:
        self._take_over()
        self.text.keep(self.text.get())
        return "break"

    def _take_over(self) -> None:
        """Tell others what was typed: why the user is away, or what they are doing.

        Where a server has no status beside that, a reason means to be away.
        """
        network, text = self._tools.client.network, self._typed()
        if network.state != "online" or text == own_status(network):
            return
        if network.away or not offers(network).colour:
            self._be_away()
        else:
            self._show_problem("")
            order = self._tools.client.account.set_status(text)
            self._orders.follow(order, lambda order: self._show_problem(sentence(order.problem)))

    def _be_away(self) -> None:
        network, text = self._tools.client.network, self._typed()
        longest = network.longest_away
        if longest and len(text) > longest:
            self._show_problem(_(TOO_LONG).format(most=longest, count=len(text)))
            self.choice.set(_(AWAY if network.away else ONLINE))
        else:
            self._show_problem("")
            self._tools.client.run(None, f"/away {text}".rstrip())

    def _be_back(self) -> None:
        self._show_problem("")
        if self._tools.client.network.away:
            self._tools.client.run(None, "/back")

    def _set_automatic(self, is_on: bool) -> None:
        self._tools.set("away_minutes", self._minutes if is_on else 0)

    def _typed(self) -> str:
        return " ".join(self.text.get().split())

    def _show_problem(self, text: str) -> None:
        self.problem.configure(text=text)
        if text:
            self.problem.grid(row=2, column=0, columnspan=2, sticky="w", pady=(self._tools.theme.px(4), 0))
        else:
            self.problem.grid_remove()
