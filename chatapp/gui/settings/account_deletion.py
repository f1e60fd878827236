"""Deletes the account, by typing its name and the password."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import ttk

from chatapp.client.model.orders import Order
from chatapp.gui.settings.order_watch import OrderWatch, sentence
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.inline_form import FormField, InlineForm
from chatapp.languages.translation import N_, _
from chatapp.protocol.names import fold

LABEL = N_("Delete my account…")
NAME, PASSWORD = "name", "password"
TEXT = N_(
    "Your account, your direct messages and your ranks in channels are deleted, and you are disconnected "
    "everywhere. What you wrote in channels stays there under your name. This cannot be undone."
)
OTHER_NAME = N_("This is not your name. Type {name} to delete your account.")
EMPTY = N_("Please enter your password.")


class AccountDeletion(ttk.Frame):
    """The form; the button that opens it stands beside another one and belongs to the page.

    Args:
        on_close: Called when the form was closed without deleting anything.
        on_deleted: Called when the account is gone.
    """

    def __init__(
        self,
        master: tk.Misc,
        tools: PageTools,
        orders: OrderWatch,
        on_close: Callable[[], object],
        on_deleted: Callable[[], object],
    ) -> None:
        super().__init__(master)
        self._tools, self._orders = tools, orders
        self._on_deleted = on_deleted
        fields = (
            FormField(NAME, _("Type your name")),
            FormField(PASSWORD, _("Your password"), is_secret=True),
        )
        self.form = InlineForm(
            self, tools.theme, fields, _("Delete my account for ever"), self._delete, on_close, _(TEXT),
            "DangerFill.TButton",
        )  # fmt: skip
        self.form.pack(fill="x", expand=True)

    def open(self) -> None:
        """Empty the form and give it the keyboard."""
        self.form.fields[NAME].show_hint(self._tools.client.network.account)
        self.form.open()

    def _delete(self, values: Mapping[str, str]) -> None:
        account = self._tools.client.network.account
        if fold(values[NAME]) != fold(account):
            self.form.show_problem(_(OTHER_NAME).format(name=account), NAME)
        elif not values[PASSWORD]:
            self.form.show_problem(_(EMPTY), PASSWORD)
        else:
            self.form.show_busy()
            self._orders.follow(self._tools.client.account.delete(values[PASSWORD]), self._finish)

    def _finish(self, order: Order) -> None:
        if order.problem:
            self.form.show_problem(sentence(order.problem), PASSWORD)
            return
        self.form.clear()
        self._on_deleted()
