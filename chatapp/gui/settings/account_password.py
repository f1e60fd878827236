"""The password of the name: protect it, change it, give it up. All of it happens in place."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from tkinter import ttk

from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order
from chatapp.client.model.own_account import offers
from chatapp.client.session.own_account import CODE_REQUIRED
from chatapp.gui.settings.account_texts import (
    DIFFERENT,
    EMPTY,
    KEPT_FOR_GUEST,
    PROTECTED_NOW,
    UNPROTECTED,
    protected_since,
)
from chatapp.gui.settings.order_watch import OrderWatch, sentence
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.flow_row import FlowRow
from chatapp.gui.widgets.inline_form import FormField, InlineForm
from chatapp.gui.widgets.status_line import StatusLine
from chatapp.languages.translation import N_, _
from chatapp.protocol.capabilities import GUEST_KEY

NEW, AGAIN, OLD, CODE = "new", "again", "old", "code"
NO_CODE = N_("Please enter the code.")
CHANGED = N_("Your password is changed.")
GIVEN_UP = N_("Your name is not protected any more. Anybody can use it when you leave.")
GIVE_UP_TEXT = N_(
    "Your direct messages, your colour and your ranks in channels are deleted on the server. What you wrote "
    "in channels stays. You stay connected."
)


class AccountPassword(ttk.Frame):
    """What stands below the heading "Password"."""

    def __init__(self, master: tk.Misc, tools: PageTools, orders: OrderWatch) -> None:
        super().__init__(master)
        px, theme = tools.theme.px, tools.theme
        self._tools, self._theme, self._orders = tools, theme, orders
        self._news = ""  # what was done just now: one of the texts above
        self._registered: float | None = None
        self.columnconfigure(0, weight=1)
        self.words = StatusLine(self, theme)
        self.words.grid(row=0, sticky="ew")
        self._buttons = FlowRow(self, theme)
        self._buttons.grid(row=1, sticky="ew", pady=(px(10), 0))
        self.protect = ttk.Button(
            self._buttons, text=_("Protect this name…"), style="Primary.TButton", cursor="hand2",
            command=lambda: self._open(self.protect_form),
        )  # fmt: skip
        self.change = ttk.Button(
            self._buttons, text=_("Change password…"), cursor="hand2",
            command=lambda: self._open(self.change_form),
        )  # fmt: skip
        self.give_up = ttk.Button(
            self._buttons, text=_("Give up the name…"), style="Quiet.TButton", cursor="hand2",
            command=lambda: self._open(self.give_up_form),
        )  # fmt: skip
        new = FormField(NEW, _("Password"), is_secret=True)
        again = FormField(AGAIN, _("The same password again"), is_secret=True)
        self.protect_form = InlineForm(
            self, theme, (new, again, FormField(CODE, _("Invite code"))), _("Protect the name"),
            self._protect, self._close,
        )  # fmt: skip
        old = FormField(OLD, _("Current password"), is_secret=True)
        new = FormField(NEW, _("New password"), is_secret=True)
        again = FormField(AGAIN, _("The new password again"), is_secret=True)
        self.change_form = InlineForm(
            self, theme, (old, new, again), _("Change the password"), self._change, self._close
        )
        self.give_up_form = InlineForm(
            self, theme, (FormField(OLD, _("Your password"), is_secret=True),), _("Give up the name"),
            self._give_up, self._close, _(GIVE_UP_TEXT), "DangerFill.TButton",
        )  # fmt: skip
        self._forms = (self.protect_form, self.change_form, self.give_up_form)
        self._opened: InlineForm | None = None
        self._paint()

    def show(self, network: Network) -> bool:
        """Show what can be done now; return whether there is anything."""
        offered = offers(network)
        is_protected = bool(network.account)
        shown = (
            (self.protect, offered.protect),
            (self.change, offered.change_password),
            (self.give_up, offered.give_up),
        )
        buttons = [button for button, is_offered in shown if is_offered]
        self._buttons.show(*buttons)
        self._show_buttons(self._opened is None and bool(buttons))
        self._paint()
        return network.state == "online" and (is_protected or offered.protect)

    def show_registered(self, registered: float | None) -> None:
        """Show since when the name is protected."""
        self._registered = registered
        self._paint()

    def reset(self) -> None:
        """Forget everything, because another network is shown."""
        self._news, self._registered = "", None
        self._hide_form()

    # forms

    def _open(self, form: InlineForm) -> None:
        self._hide_form()
        self._news = ""
        self._opened = form
        self._show_buttons(False)
        form.grid(row=2, sticky="ew", pady=(self._theme.px(10), 0))
        if form is self.protect_form:
            form.show_field(CODE, False)
        form.open()
        self._paint()

    def _hide_form(self) -> None:
        self._opened = None
        for form in self._forms:
            form.grid_remove()

    def _close(self) -> None:
        before = self._opened
        self._hide_form()
        self.show(self._tools.client.network)
        buttons = {self.protect_form: self.protect, self.change_form: self.change}
        button = buttons.get(before, self.give_up) if before is not None else self.give_up
        if self._buttons.winfo_manager() and button.winfo_manager():
            button.focus_set()

    def _protect(self, values: Mapping[str, str]) -> None:
        form = self.protect_form
        if self._is_wrong(form, values):
            return
        if CODE in values and not values[CODE]:
            form.show_problem(_(NO_CODE), CODE)
            return
        form.show_busy()

        def done(order: Order) -> None:
            if any(each.code == CODE_REQUIRED for each in order.refusals):
                form.show_field(CODE, True)
            is_about_code = bool(form.fields[CODE].winfo_manager())
            self._finish(form, order, PROTECTED_NOW, CODE if is_about_code else AGAIN)

        account = self._tools.client.account
        self._orders.follow(account.protect(values[NEW], values.get(CODE, "")), done)

    def _change(self, values: Mapping[str, str]) -> None:
        form = self.change_form
        if not values[OLD]:
            form.show_problem(_(EMPTY), OLD)
        elif not self._is_wrong(form, values):
            form.show_busy()
            order = self._tools.client.account.change_password(values[OLD], values[NEW])

            def done(order: Order) -> None:
                is_old = bool(order.refusals) and order.refusals[0].step is order.steps[0]
                self._finish(form, order, CHANGED, OLD if is_old else NEW)

            self._orders.follow(order, done)

    def _give_up(self, values: Mapping[str, str]) -> None:
        form = self.give_up_form
        if not values[OLD]:
            form.show_problem(_(EMPTY))
            return
        form.show_busy()
        order = self._tools.client.account.give_up(values[OLD])
        self._orders.follow(order, lambda order: self._finish(form, order, GIVEN_UP, OLD))

    def _is_wrong(self, form: InlineForm, values: Mapping[str, str]) -> bool:
        """Show what is wrong with a new password and its repetition; return whether something is."""
        if not values[NEW]:
            form.show_problem(_(EMPTY), NEW)
        elif values[NEW] != values[AGAIN]:
            form.show_problem(_(DIFFERENT), AGAIN)
        return not values[NEW] or values[NEW] != values[AGAIN]

    def _finish(self, form: InlineForm, order: Order, news: str, key: str) -> None:
        """Show how an order has ended.

        Args:
            news: What was done, marked for translation.
            key: The field that a refusal is about.
        """
        if order.problem:
            form.show_problem(sentence(order.problem), key)
            return
        self._news = news
        if order.steps[0].message.command == "REGISTER":
            self._registered = None
        form.clear()
        self._close()

    def _show_buttons(self, shown: bool) -> None:
        (self._buttons.grid if shown else self._buttons.grid_remove)()

    # painting

    def _paint(self) -> None:
        network = self._tools.client.network
        is_protected = bool(network.account)
        if self._news:
            text = _(self._news)
        elif is_protected:
            text = protected_since(self._registered, network.time(network.wall))
        else:
            text = _(KEPT_FOR_GUEST if GUEST_KEY in network.capabilities else UNPROTECTED)
        is_good = is_protected and self._news != GIVEN_UP
        place = self._tools.client.password_location
        if self._news == PROTECTED_NOW and place and self._tools.client.login.remember:
            text = f"{text} {_('The password is stored {place}.').format(place=place)}"
        self.words.show(text, is_good=is_good)
