"""The invitation of the page "This server": link, QR code, fingerprint, and the invite codes."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from chatapp.client.model.server_overview import InviteCodeRow
from chatapp.gui.settings import server_texts
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.copy_button import CopyButton
from chatapp.gui.widgets.qr_picture import QrPicture
from chatapp.gui.widgets.wrapping import EDGES
from chatapp.languages.translation import N_, _, ngettext
from chatapp.protocol.tls import format_fingerprint

# Pixels at 96 dpi
QR, PAD, GAP = 132, 16, 12
LEAST_BESIDE = 200  # room beside the QR code; with less, the link stands below it
MOST_CODES = 8  # that are shown before "Show all"
COPY = N_("Copy link")


@dataclass(frozen=True, slots=True)
class InviteHandlers:
    """What an owner does with invitations."""

    on_copy: Callable[[str], object]
    on_full_screen: Callable[[str], object]
    on_new_code: Callable[[], object]
    on_revoke: Callable[[str], object]


GROUPS_PER_LINE = 4  # of the fingerprint


class ServerInvite(ttk.Frame):
    """A card."""

    def __init__(self, master: tk.Misc, theme: Theme, handlers: InviteHandlers) -> None:
        px = theme.px
        super().__init__(master, style="Outline.TFrame", padding=px(PAD))
        self._theme = theme
        self._handlers = handlers
        self._link = ""
        self._codes: Sequence[InviteCodeRow] = ()
        self._facts: Sequence[str] = ()
        self._shows_all = False
        self.columnconfigure(1, weight=1)
        ttk.Label(self, text=_("Invite"), style="Header.TLabel").grid(row=0, column=0, sticky="w")
        self.new_code = ttk.Button(
            self, text=_("New code"), style="Small.TButton", compound="left", command=handlers.on_new_code
        )
        self.new_code.grid(row=0, column=1, sticky="e")
        self.picture = QrPicture(self, theme, QR)
        self._beside = ttk.Frame(self)
        self._build_beside()
        self.problem = ttk.Label(self, style="Danger.TLabel", justify="left")
        self._rule = ttk.Frame(self, style="Divider.TFrame", height=max(px(1), 1))
        self._list = ttk.Frame(self)
        self._list.columnconfigure(1, weight=1)
        self.revoke_buttons: dict[str, ttk.Button] = {}
        self._code_names: list[ttk.Label] = []
        self._code_facts: list[ttk.Label] = []
        self.bind("<Configure>", lambda event: self._fit(event.width))
        theme.watch(self, self._paint)

    def show(self, link: str, digits: str, codes: Sequence[InviteCodeRow], facts: Sequence[str]) -> None:
        """Show the invitation.

        Args:
            link: The link for other people.
            digits: The fingerprint of the certificate; empty for none.
            facts: What is said about each code.
        """
        if link != self._link:
            self._link = link
            self.link.configure(state="normal")
            self.link.delete(0, "end")
            self.link.insert(0, link)
            self.link.configure(state="readonly")
            self.picture.show(link)
        for label in (self._fingerprint_title, self.fingerprint):
            label.grid() if digits else label.grid_remove()
        self.fingerprint.configure(text=format_fingerprint(digits, GROUPS_PER_LINE))
        if (codes, facts) != (self._codes, self._facts):
            self._codes, self._facts = codes, facts
            self._list_codes()
        self._fit(self.winfo_width())

    def show_problem(self, text: str) -> None:
        """Show why a code was not made or revoked; an empty text hides it."""
        self.problem.configure(text=text)
        self._fit(self.winfo_width())

    def _build_beside(self) -> None:
        px, frame = self._theme.px, self._beside
        frame.columnconfigure(0, weight=1)
        self.link = ttk.Entry(frame, font="ChatSmall", state="readonly")
        self.link.grid(row=0, column=0, columnspan=2, sticky="ew")
        self._buttons = ttk.Frame(frame)
        self._buttons.grid(row=1, column=0, sticky="ew", pady=(px(8), 0))
        self.copy = CopyButton(
            self._buttons, _(COPY), lambda: self._handlers.on_copy(self._link), "Primary.TButton"
        )
        self.full_screen = ttk.Button(
            self._buttons,
            text=_("Show full screen"),
            style="Small.TButton",
            command=lambda: self._handlers.on_full_screen(self._link),
        )
        self._fingerprint_title = ttk.Label(frame, text=_("Fingerprint, to compare"), style="Muted.TLabel")
        self._fingerprint_title.grid(row=2, column=0, sticky="w", pady=(px(12), px(2)))
        self.fingerprint = ttk.Label(frame, font="ChatCode", justify="left")
        self.fingerprint.grid(row=3, column=0, sticky="w")

    def _list_codes(self) -> None:
        px = self._theme.px
        for child in self._list.winfo_children():
            child.destroy()
        self.revoke_buttons.clear()
        self._code_names.clear()
        self._code_facts.clear()
        shown = len(self._codes) if self._shows_all else MOST_CODES
        for row, (code, facts) in enumerate(zip(self._codes[:shown], self._facts[:shown], strict=True)):
            pady = (px(8), 0)
            name = ttk.Label(self._list, text=server_texts.code_name(code), font="ChatCode")
            name.grid(row=2 * row, column=0, sticky="w", pady=pady)
            self._code_names.append(name)
            label = ttk.Label(self._list, text=facts, style="Muted.TLabel", justify="left")
            label.grid(row=2 * row, column=1, sticky="w", padx=px(GAP), pady=pady)
            self._code_facts.append(label)
            revoke = ttk.Button(
                self._list, text=_("Revoke"), style="Link.TButton",
                command=partial(self._handlers.on_revoke, code.label),
            )  # fmt: skip
            revoke.grid(row=2 * row, column=2, sticky="e", pady=pady)
            self.revoke_buttons[code.label] = revoke
        if len(self._codes) > shown:
            count = len(self._codes)
            text = ngettext("Show all {count} code", "Show all {count} codes", count).format(count=count)
            more = ttk.Button(self._list, text=text, style="Link.TButton", command=self._show_all)
            more.grid(row=2 * shown, column=0, columnspan=3, sticky="w", pady=(px(8), 0))

    def _show_all(self) -> None:
        self._shows_all = True
        self._list_codes()
        self._fit(self.winfo_width())

    def _fit_codes(self, room: int) -> None:
        """Place what is said about each code beside it, or below it in a narrow page."""
        gap = self._theme.px(GAP)
        for facts in self._code_facts:
            facts.configure(wraplength=0)
        columns = [
            max((each.winfo_reqwidth() for each in column), default=0)
            for column in (self._code_names, self._code_facts, self.revoke_buttons.values())
        ]
        is_narrow = sum(columns) + 2 * gap > room
        for row, facts in enumerate(self._code_facts):
            facts.configure(wraplength=max(room, 1) if is_narrow else 0)
            if is_narrow:
                facts.grid(row=2 * row + 1, column=0, columnspan=3, padx=0, pady=0)
            else:
                facts.grid(row=2 * row, column=1, columnspan=1, padx=gap, pady=(self._theme.px(8), 0))

    def _paint(self) -> None:
        icon = self._theme.icon("plus", "text", self._theme.grown(13))
        self.new_code.configure(image=icon)

    def _fit(self, width: int) -> None:
        """Place the link beside the QR code, or below it in a narrow page."""
        px = self._theme.px
        room = width - 2 * px(PAD)
        picture = self.picture.winfo_reqwidth() if self.picture.is_shown else 0
        is_narrow = room - picture - px(PAD) < px(self._theme.grown(LEAST_BESIDE))
        if self.picture.is_shown:
            self.picture.grid(row=1, column=0, sticky="nw", pady=(px(GAP), 0))
        else:
            self.picture.grid_remove()
        left = 0 if is_narrow or not picture else px(PAD)
        row, column, span = (2, 0, 2) if is_narrow else (1, 1, 1)
        self._beside.grid(
            row=row, column=column, columnspan=span, sticky="new", pady=(px(GAP), 0), padx=(left, 0)
        )
        self._fit_codes(room)
        buttons = self.copy.winfo_reqwidth() + px(8) + self.full_screen.winfo_reqwidth()
        beside = room if is_narrow else room - picture - left
        if buttons <= beside:
            self.copy.grid(row=0, column=0, sticky="w")
            self.full_screen.grid(row=0, column=1, sticky="w", padx=(px(8), 0), pady=0)
        else:
            self.copy.grid(row=0, column=0, sticky="w")
            self.full_screen.grid(row=1, column=0, sticky="w", padx=0, pady=(px(8), 0))
        self.problem.configure(wraplength=max(room - EDGES, 1))
        self._fingerprint_title.configure(wraplength=max(beside - EDGES, 1))
        for widget, row, is_wanted in (
            (self.problem, 3, bool(self.problem.cget("text"))),
            (self._rule, 4, bool(self._codes)),
            (self._list, 5, bool(self._codes)),
        ):
            if is_wanted:
                above = px(GAP) if widget is not self._list else 0
                widget.grid(row=row, column=0, columnspan=2, sticky="ew", pady=(above, 0))
            else:
                widget.grid_remove()
