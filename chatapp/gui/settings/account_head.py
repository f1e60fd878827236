"""The card with the user's name: avatar, whether the name is protected, change of the name, colour."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from tkinter import ttk

from chatapp.client.model.network import Network
from chatapp.client.model.own_account import offers
from chatapp.client.text.nick_colours import COLOURS, colour_code
from chatapp.gui.settings.account_texts import COLOUR_NAMES, TOO_LONG
from chatapp.gui.settings.order_watch import OrderWatch, sentence
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.theme.avatars import Presence
from chatapp.gui.widgets.colour_swatches import ColourSwatches
from chatapp.gui.widgets.inline_form import FormField, InlineForm
from chatapp.gui.widgets.status_badge import StatusBadge
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.widget_timers import WidgetTimers
from chatapp.gui.widgets.wrapping import wrap_at
from chatapp.languages.translation import N_, _
from chatapp.protocol.display_names import MAX_CHARACTERS

# Pixels at 96 dpi
LEAST_NAME, BADGE_GAP = 120, 12
PAD, LOW_PAD, AVATAR, AVATAR_GAP = 19, 11, 72, 16
SEND_MILLISECONDS = 400  # after the last arrow key, before a colour is sent
NO_NAME = N_("Please enter a name.")


class AccountHead(ttk.Frame):
    """The card at the top of the page."""

    def __init__(self, master: tk.Misc, tools: PageTools, orders: OrderWatch) -> None:
        px = tools.theme.px
        super().__init__(master, style="Outline.TFrame", padding=(px(PAD), px(PAD), px(PAD), px(LOW_PAD)))
        self._tools, self._theme, self._orders = tools, tools.theme, orders
        self._timers = WidgetTimers(self)
        self._wanted: int | None = None  # a colour that the server has not confirmed
        self._shown_avatar: tuple[str, str, Presence, int] = ("", "", "", 0)
        self.columnconfigure(1, weight=1)
        self.avatar = ttk.Label(self)
        self.avatar.grid(row=0, column=0, rowspan=4, sticky="nw", padx=(0, px(AVATAR_GAP)))
        line = ttk.Frame(self)
        line.grid(row=0, column=1, sticky="w")
        self.name = ttk.Label(line, style="Title.TLabel")
        self.name.pack(side="left")
        self.badge = StatusBadge(line, self._theme)
        self._has_badge = False
        self.change = ttk.Button(self, text=_("Change name…"), command=self._open_name, cursor="hand2")
        self._label = ttk.Label(self, text=_("Colour"), style="Muted.TLabel")
        self.swatches = ColourSwatches(
            self, self._theme, [_(name) for name in COLOUR_NAMES], self._choose_colour
        )
        self.problem = ttk.Label(self, style="Danger.TLabel", justify="left")
        limit = _("up to {count} characters").format(count=MAX_CHARACTERS)
        self.form = InlineForm(
            self, self._theme, (FormField("name", _("Your name"), limit),),
            _("Change the name"), self._give_name, self._close_name,
        )  # fmt: skip
        self.bind("<Configure>", lambda event: self._fit(), add=True)
        self._theme.watch(self, self._paint)

    def show(self, network: Network) -> None:
        """Show who we are on this network."""
        px, offered = self._theme.px, offers(network)
        if network.account:
            self.badge.show(_("Protected"), "shield", "ok", "okbg")
        else:
            self.badge.show(_("Not protected"), "shield", "muted", "chip")
        self._has_badge = bool(network.account) or offered.protect  # not on a server without accounts
        if network.state == "online":
            self._place_button()
        else:
            self.change.grid_remove()
        if offered.colour:
            self._label.grid(row=1, column=1, columnspan=2, sticky="w", pady=(px(2), 0))
            self.swatches.grid(row=2, column=1, columnspan=2, sticky="ew")
        else:
            for widget in (self._label, self.swatches, self.problem):
                widget.grid_remove()
        self.rowconfigure(
            0, weight=int(not offered.colour)
        )  # the name alone is beside the middle of the avatar
        colour = network.colour(network.nick)
        if self._wanted is None:
            self.swatches.show(colour)
        self._fit()
        self._paint()

    def reset(self) -> None:
        """Close what is open, because another network is shown."""
        self._timers.stop("colour")
        self._wanted = None
        self.form.grid_remove()
        self._show_problem("")

    # the name

    def _open_name(self) -> None:
        network = self._tools.client.network
        self.form.grid(row=5, column=0, columnspan=3, sticky="ew", pady=(self._theme.px(16), 0))
        self.form.open(name=network.display_name(network.nick))

    def _close_name(self) -> None:
        self.form.grid_remove()
        self.change.focus_set()

    def _give_name(self, values: Mapping[str, str]) -> None:
        name = values["name"]
        if not name:
            return self.form.show_problem(_(NO_NAME))
        if len(name) > MAX_CHARACTERS:
            return self.form.show_problem(_(TOO_LONG).format(most=MAX_CHARACTERS, count=len(name)))
        order = self._tools.client.give_name(name)
        if isinstance(order, str):
            return self.form.show_problem(sentence(order))
        self.form.show_busy()
        return self._orders.follow(
            order,
            lambda order: (
                self.form.show_problem(sentence(order.problem)) if order.problem else self._close_name()
            ),
        )

    # the colour

    def _choose_colour(self, index: int) -> None:
        """Show a colour at once, and send it when the user has stopped at it."""
        self._wanted = index
        self._show_problem("")
        self._paint()
        self._timers.stop("colour")
        self._timers.start("colour", SEND_MILLISECONDS, self._send_colour)

    def _send_colour(self) -> None:
        sent = self._wanted
        if sent is None:
            return

        def done(problem: str) -> None:
            if self._wanted == sent:  # no other one was chosen meanwhile
                self._wanted = None
                self._show_problem(sentence(problem))
                self.show(self._tools.client.network)

        order = self._tools.client.account.set_colour(colour_code(sent % COLOURS))
        self._orders.follow(order, lambda order: done(order.problem))

    def _show_problem(self, text: str) -> None:
        self.problem.configure(text=text)
        if text:
            self.problem.grid(row=4, column=1, columnspan=2, sticky="w")
        else:
            self.problem.grid_remove()

    # painting

    def _paint(self) -> None:
        network = self._tools.client.network
        if not network.nick:
            return
        presence: Presence = "" if network.state != "online" else "away" if network.away else "online"
        colour = network.colour(network.nick) if self._wanted is None else self._wanted
        name = network.display_name(network.nick)
        self._image = self._theme.avatar(name, AVATAR, key=network.nick, colour=colour, presence=presence)
        self.avatar.configure(image=self._image)

    def _fit(self) -> None:
        """Shorten the name to its place, and place the button where there is room."""
        px, measure = self._theme.px, self._theme.fonts["ChatTitle"].measure
        network = self._tools.client.network
        name = network.display_name(network.nick) if network.nick else _("Not connected")
        room = self.winfo_width() - px(2 * PAD + AVATAR + AVATAR_GAP)
        wrap_at(self.problem, room)
        is_low = self._is_low
        if self.change.winfo_manager():
            self._place_button()
        beside = self.badge.winfo_reqwidth() + px(BADGE_GAP) if self._has_badge else 0
        is_below = room > 0 and room - beside < min(measure(name), px(LEAST_NAME))
        self._place_badge(is_below)
        taken = 0 if is_below else beside
        if self.change.winfo_manager() and not is_low:
            taken += self.change.winfo_reqwidth() + px(BADGE_GAP)
        self.name.configure(text=shorten(name, measure, max(room - taken, px(60))) if room > 0 else name)

    def _place_badge(self, is_below: bool) -> None:
        """Place the badge beside the name, or below it where the name would have too little room."""
        px = self._theme.px
        self.name.pack(side="top" if is_below else "left", anchor="w")
        if not self._has_badge:
            self.badge.pack_forget()
        elif is_below:
            self.badge.pack(side="top", anchor="w", padx=0, pady=(px(2), px(4)))
        else:
            self.badge.pack(side="left", padx=(px(BADGE_GAP), 0), pady=0)

    @property
    def _is_low(self) -> bool:
        """Whether there is no room for the button beside the name."""
        px = self._theme.px
        room = self.winfo_width() - px(2 * PAD + AVATAR + AVATAR_GAP + LEAST_NAME + 2 * BADGE_GAP)
        badge = self.badge.winfo_reqwidth() if self._has_badge else 0
        wanted = badge + self.change.winfo_reqwidth()
        return self.winfo_width() > 1 and room < wanted

    def _place_button(self) -> None:
        if self._is_low:
            self.change.grid(row=3, column=1, sticky="w", pady=(self._theme.px(4), self._theme.px(6)))
        else:
            self.change.grid(row=0, column=2, sticky="ne", pady=0)
