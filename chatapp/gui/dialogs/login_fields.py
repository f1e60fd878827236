"""The fields of the first dialog that are about the user: name, password, invite code."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk

from chatapp.client.login import Login, with_name
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.password_field import PasswordField
from chatapp.languages.translation import N_, _

PASSWORD_STORED = N_("Your password is stored. Leave this empty, or type another one.")
GAP = 14  # between two fields, in pixels at 96 dpi


class LoginFields(ttk.Frame):
    """The name; the password and the code only when they are needed.

    Args:
        password_store: Where passwords can be stored, as text ("in the keyring"); "" if nowhere.
        width: In pixels at 96 dpi.
        on_change: Called when the user has typed.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        password_store: str,
        width: int,
        on_change: Callable[[], object],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._password_store = password_store
        self._remember = tk.BooleanVar(self, value=False)
        self.columnconfigure(0, weight=1, minsize=theme.px(width))
        self.name = Field(self, theme, _("Your name"), width=width)
        self.password = PasswordField(self, theme, _("Password"), width=width)
        remember = _("Remember it {place}").format(place=_(password_store))
        self.remember = ttk.Checkbutton(self, text=remember, variable=self._remember)
        self.code = Field(self, theme, _("Invite code"), _("from the person who invited you"), width=width)
        self.name.grid(row=0, sticky="ew")
        for field in self.fields:
            field.entry.bind("<KeyRelease>", lambda event: on_change(), add=True)

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields."""
        return (self.name, self.password, self.code)

    def fill(self, login: Login) -> None:
        """Show the values of a login."""
        self.name.value = login.name
        self.password.value = login.password
        self.name.entry.select_range(0, "end")
        self._remember.set(login.remember)
        if login.password:
            self.show_password()

    def user(self) -> Login:
        """Return what was typed, as a login without a server."""
        has_password = bool(self.password.winfo_manager())
        login = Login(
            "",
            password=self.password.value if has_password else "",
            code=self.code.value if self.code.winfo_manager() else "",
            remember=self._remember.get() and bool(self.remember.winfo_manager()),
        )
        return with_name(login, self.name.value)

    def use_name(self, name: str) -> None:
        """Type another name; the password belongs to the one before."""
        self.name.value = name
        self.password.value = ""

    def show_password(self, shown: bool = True) -> None:
        """Show or hide the field for the password."""
        if shown:
            self.password.grid(row=1, sticky="ew", pady=(self._theme.px(GAP), 0))
        else:
            self.password.grid_forget()
            self.remember.grid_forget()

    def show_code(self) -> None:
        """Show the field for the invite code."""
        self.code.grid(row=3, sticky="ew", pady=(self._theme.px(GAP), 0))

    def show_stored(self, is_stored: bool) -> None:
        """Say that the password is stored, and offer to store it, where that makes sense."""
        self.password.show_note(_(PASSWORD_STORED) if is_stored else "")
        if is_stored and not self.remember.winfo_manager():
            self._remember.set(True)
        can_store = bool(self._password_store) and bool(self.password.winfo_manager())
        if can_store and (is_stored or self.password.value):
            self.remember.grid(row=2, sticky="w", pady=(self._theme.px(4), 0))
        else:
            self.remember.grid_forget()

    def remembering(self, login: Login, is_stored: bool) -> Login:
        """Return the login with whether its password is to be stored, also while the field is hidden."""
        if self.password.winfo_manager():
            return login
        return replace(login, remember=is_stored)

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all fields."""
        state = ["disabled" if disabled else "!disabled"]
        for widget in (self.remember, self.password.eye, *(field.entry for field in self.fields)):
            widget.state(state)
