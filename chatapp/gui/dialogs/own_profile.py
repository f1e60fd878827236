"""The card of the user's own profile: the name that others see, and whether one is away."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.profile import Profile
from chatapp.gui.dialogs.profile_card import PAD, WIDTH, ProfileFacts, ProfileHead, content_width, icon_button
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.popup import Area, Popup
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.languages.translation import N_, _

NAME, NAME_HINT = N_("Your name"), N_("up to {longest} characters")
AWAY, AWAY_HINT = N_("Why you are away"), N_("others see it")
MAX_NAME = 64  # characters
TOO_LONG = N_("At most {longest} characters; these are {count}.")
NO_NAME = N_("Please enter a name.")


class OwnProfileHandlers(NamedTuple):
    """Functions that the card calls."""

    on_name: Callable[[str], object]
    """Take this name. The card stays open until `show_name_result`."""
    on_away: Callable[[str], object]
    """Be away, for this reason."""
    on_back: Callable[[], object]
    """Be away no longer."""
    on_protect: Callable[[], object] | None = None
    """Give the name a password; None if that is not possible."""


class OwnProfileCard(Popup):
    """The card of the user. Call `open` to show it.

    Args:
        away_text: Why the user is away; empty if there is no reason.
        is_away: Whether the user is away.
        longest_away: The maximum length of a reason in characters; 0 for no limit.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        profile: Profile,
        handlers: OwnProfileHandlers,
        *,
        away_text: str,
        is_away: bool,
        longest_away: int,
    ) -> None:
        super().__init__(master, theme)
        px = theme.px
        self._handlers = handlers
        self._longest_away = longest_away
        self.nick = profile.nick
        self._scrolled = Scrolled(self.body, theme)
        self._scrolled.pack(fill="both", expand=True)
        body = self._scrolled.body
        body.configure(padding=px(PAD - 2))
        width = WIDTH - 2 * PAD
        body.columnconfigure(0, weight=1, minsize=content_width(theme))
        self.head = ProfileHead(body, theme)
        self.facts = ProfileFacts(body, theme)
        on_protect = handlers.on_protect
        self.protect_button: ttk.Button | None = None
        if on_protect is not None:
            self.protect_button = icon_button(
                body,
                theme,
                "key",
                _("Protect your name…"),
                "TButton",
                "text",
                lambda: self._leave(on_protect),
            )
        self.name = Field(body, theme, _(NAME), _(NAME_HINT).format(longest=MAX_NAME), width=width)
        self.name.value = profile.name
        self.name_button = ttk.Button(body, text=_("Save the name"), command=self._save_name)
        self.away = Field(body, theme, _(AWAY), _(AWAY_HINT), width=width)
        self.away.value = away_text if is_away else ""
        row = ttk.Frame(body)
        self.away_button = ttk.Button(
            row, text=_("Change the reason") if is_away else _("Set away"), command=self._set_away
        )
        self.away_button.pack(side="left")
        self.back_button = ttk.Button(
            row, text=_("I am back"), style="Primary.TButton", command=self._set_back
        )
        if is_away:
            self.back_button.pack(side="right")
        for number, (widget, sticky, gap) in enumerate(
            (
                (self.head, "ew", 12),
                (self.facts, "ew", 12),
                *([(self.protect_button, "w", 16)] if self.protect_button is not None else []),
                (self.name, "ew", 8),
                (self.name_button, "w", 16),
                (self.away, "ew", 8),
                (row, "ew", 0),
            )
        ):
            widget.grid(row=number, sticky=sticky, pady=(0, px(gap)))
        for entry, action in ((self.name.entry, self._save_name), (self.away.entry, self._set_away)):
            for key in ("<Return>", "<KP_Enter>"):
                entry.bind(key, lambda event, action=action: action() or "break")
        self.close_button = IconButton(self, theme, "x", _("Close"), self.close, key=shown_keys("Esc"))
        self.close_button.place(relx=1, x=-px(8), y=px(8), anchor="ne")
        self.show(profile)
        self.fit(self._scrolled)

    def open(self, beside: tk.Misc | Area, focus: tk.Misc | None = None, is_below: bool = False) -> None:
        """Open with the name selected, so that typing replaces it."""
        super().open(beside, focus or self.name.entry, is_below)
        self.name.entry.selection_range(0, "end")
        self.name.entry.icursor("end")

    def show(self, profile: Profile) -> None:
        """Show what is known now; what is being typed stays."""
        self.nick = profile.nick
        self.head.show(profile)
        self.facts.show(profile.facts)

    def show_name_result(self, problem: str) -> None:
        """Say why the server has refused the name; close if it has taken it."""
        self.name_button.state(["!disabled"])
        if problem:
            self.name.show_error(problem)
        else:
            self.close()

    def _save_name(self) -> None:
        name = " ".join(self.name.value.split())
        self.name.clear_error()
        if not name:
            self.name.show_error(_(NO_NAME))
        elif len(name) > MAX_NAME:
            self.name.show_error(_(TOO_LONG).format(longest=MAX_NAME, count=len(name)))
        else:
            self.name_button.state(["disabled"])
            self._handlers.on_name(name)

    def _set_away(self) -> None:
        reason = " ".join(self.away.value.split())
        if self._longest_away and len(reason) > self._longest_away:
            text = _(TOO_LONG).format(longest=self._longest_away, count=len(reason))
            self.away.show_error(text)
            return
        self.close()
        self._handlers.on_away(reason)

    def _set_back(self) -> None:
        self._leave(self._handlers.on_back)

    def _leave(self, action: Callable[[], object]) -> None:
        self.close()
        action()
