"""A field for a password, with a button that shows what was typed.

The button is no stop of Tab: who types a password, Tab, and the password again must not type it beside the
fields. A key of the field does the same.
"""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import TEXT_WIDTH, Field
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.languages.translation import _

SECRET = "•"
TAG = "ChatPassword"  # the binding tag of every field for a password
RING = 2  # width of the focus ring of the field, in pixels at 96 dpi
KEY = "F8"  # shows and hides the password


class PasswordField(Field):
    """The field; the password is hidden until the button is pressed, and again after another press."""

    def __init__(
        self, master: tk.Misc, theme: Theme, label: str, hint: str = "", width: int = TEXT_WIDTH
    ) -> None:
        super().__init__(master, theme, label, hint, show=SECRET, width=width)
        self.eye = IconButton(self, theme, "eye", _("Show the password"), self._toggle, "Field.", key=KEY)
        self.eye.configure(takefocus=False)
        self.entry.bindtags((TAG, *self.entry.bindtags()))
        self.entry.bind(f"<{KEY}>", lambda event: self.eye.invoke())
        ring = 2 * theme.px(RING)  # above and below, which it must not cover
        self.eye.place(
            in_=self.entry, relx=1, rely=0.5, x=-theme.px(4), anchor="e", relheight=1, height=-ring
        )

    @property
    def is_hidden(self) -> bool:
        """Whether the password cannot be read."""
        return str(self.entry.cget("show")) == SECRET

    def hide(self) -> None:
        """Hide the password."""
        self.entry.configure(show=SECRET)
        self.eye.show("eye", _("Show the password"))

    def _toggle(self) -> None:
        if self.is_hidden:
            self.entry.configure(show="")
            self.eye.show("eye", _("Hide the password"), "link")
        else:
            self.hide()
