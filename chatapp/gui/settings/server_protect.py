"""The form with which an owner protects the name before a change that needs an account."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping

from chatapp.gui.settings.account_password import AGAIN, CODE, NEW, NO_CODE
from chatapp.gui.settings.account_texts import DIFFERENT, EMPTY
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.inline_form import FormField, InlineForm
from chatapp.languages.translation import N_, _

NEED_ACCOUNT = "NEED_ACCOUNT"
"""The code of a server that refuses a change, because it would lock out the owner, who is a guest."""

WHY = N_("Your name has no password, so you could not come back. Protect it first; then this is changed.")


class ProtectFirst(InlineForm):
    """It stands below the control whose change was refused.

    Args:
        on_protect: Called with the password and the invite code, which is empty until the server asks for
            one. `show_problem` or `close` follows.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_protect: Callable[[str, str], object]) -> None:
        self._on_protect = on_protect
        fields = (
            FormField(NEW, _("Password"), is_secret=True),
            FormField(AGAIN, _("The same password again"), is_secret=True),
            FormField(CODE, _("Invite code")),
        )
        action = _("Protect the name")
        super().__init__(master, theme, fields, action, self._check, self.close, _(WHY))

    def ask(self, row: int) -> None:
        """Show the form, empty, in this row, and give it the keyboard."""
        self.show_field(CODE, False)
        self.grid(row=row, sticky="ew", pady=(self._theme.px(6), 0))
        self.open()

    def ask_for_code(self, problem: str) -> None:
        """Show the field for an invite code, because the server wants one."""
        self.show_field(CODE, True)
        self.show_problem(problem, CODE)

    def close(self) -> None:
        """Hide the form, and forget what was typed."""
        self.clear()
        self.grid_remove()

    def _check(self, values: Mapping[str, str]) -> None:
        if not values[NEW]:
            self.show_problem(_(EMPTY), NEW)
        elif values[NEW] != values[AGAIN]:
            self.show_problem(_(DIFFERENT), AGAIN)
        elif CODE in values and not values[CODE]:
            self.show_problem(_(NO_CODE), CODE)
        else:
            self.show_busy()
            self._on_protect(values[NEW], values.get(CODE, ""))
