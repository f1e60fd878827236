"""The card of a person: who it is, what is known, the user's own note, and what can be done."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.client.model.profile import Fact, Profile
from chatapp.gui.theme.avatars import Presence
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.hint_entry import HintEntry
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.gui.widgets.popup import Popup
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.text_fit import wrap
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _, pgettext

# Pixels at 96 dpi
WIDTH = 320
PAD = 20
AVATAR, AVATAR_GAP = 64, 16
FACT_LABEL = 86  # width of the labels of facts
CLOSE_ROOM = 28
MAX_WIDTH, LINE = 480, 20  # with large fonts; the usual height of a line

STATE_LINES, FACT_LINES = 2, 2  # of a text in the head, and of a fact beside its label

NOTE = N_("Your note")
NOTE_HINT = N_("Only you can see it")


class ProfileHandlers(NamedTuple):
    """Functions that the card calls; each closes it first."""

    on_message: Callable[[str], object]
    on_mention: Callable[[str], object]
    on_ignore: Callable[[str], object]
    """Ignore the person, or no longer."""
    on_moderate: Callable[[str], object] | None
    """Open the moderation dialog; None if nothing can be done."""
    on_note: Callable[[str, str], object]
    """Store a note about a nick; the card stays open."""


class ProfileCard(Popup):
    """The card of another person. Call `open` to show it.

    Args:
        note: The user's note.
        is_ignored: Whether the user ignores the person.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        profile: Profile,
        handlers: ProfileHandlers,
        *,
        note: str,
        is_ignored: bool,
        on_outside: Callable[[int, int], object] = lambda x, y: None,
    ) -> None:
        super().__init__(master, theme, on_outside=on_outside)
        self._handlers = handlers
        px = theme.px
        self.nick = profile.nick
        self._scrolled = Scrolled(self.body, theme)
        self._scrolled.pack(fill="both", expand=True)
        body = self._scrolled.body
        body.configure(padding=(px(PAD - 2), px(PAD - 2), px(PAD - 2), px(6)))
        body.columnconfigure(0, weight=1, minsize=content_width(theme))
        self.head = ProfileHead(body, theme)
        self.head.grid(row=0, sticky="ew")
        buttons = ttk.Frame(body)
        buttons.grid(row=1, sticky="ew", pady=(px(20), px(16)))
        self.message_button = icon_button(
            buttons, theme, "chat", pgettext("verb", "Message"), "Primary.TButton", "on_primary",
            lambda: self._leave(handlers.on_message),
        )  # fmt: skip
        self.mention_button = icon_button(
            buttons,
            theme,
            "at",
            pgettext("verb", "Mention"),
            "TButton",
            "text",
            lambda: self._leave(handlers.on_mention),
        )
        _place_pair(theme, self.message_button, self.mention_button)
        _divider(body, theme).grid(row=2, sticky="ew")
        self.facts = ProfileFacts(body, theme)
        self.facts.grid(row=3, sticky="ew", pady=(px(8), px(8)))
        ttk.Label(body, text=_(NOTE), style="Muted.TLabel").grid(row=4, sticky="w")
        self.note = HintEntry(body, theme, _(NOTE_HINT), stored=lambda: self.note.get())
        self.note.insert(0, note)
        self.note.bind("<KeyRelease>", lambda event: handlers.on_note(self.nick, self.note.get()))
        for event in ("<<Paste>>", "<<Cut>>", "<FocusOut>"):
            self.note.bind(event, lambda event: self.after_idle(self._store_note), add=True)
        self.note.grid(row=5, sticky="ew", pady=(px(4), px(16)))
        body.rowconfigure(6, weight=1)
        _divider(body, theme).grid(row=7, sticky="ew")
        foot = ttk.Frame(body)
        foot.grid(row=8, sticky="ew", pady=(px(6), 0))
        self.ignore_button = icon_button(
            foot, theme, "slash", _("Stop ignoring") if is_ignored else _("Ignore"), "Quiet.TButton", "text",
            lambda: self._leave(handlers.on_ignore),
        )  # fmt: skip
        self.ignore_button.pack(side="left")
        on_moderate = handlers.on_moderate
        self.moderate_button: ttk.Button | None = None
        if on_moderate is not None:
            self.moderate_button = icon_button(
                foot,
                theme,
                "shield",
                _("Moderate…"),
                "Quiet.TButton",
                "text",
                lambda: self._leave(on_moderate),
            )
            self.moderate_button.pack(side="right")
        self.close_button = IconButton(self, theme, "x", _("Close"), self.close, key=shown_keys("Esc"))
        self.close_button.place(relx=1, x=-px(8), y=px(8), anchor="ne")
        self.show(profile)
        self.fit(self._scrolled)

    def show(self, profile: Profile) -> None:
        """Show what is known now."""
        self.head.show(profile)
        self.facts.show(profile.facts)

    def _leave(self, action: Callable[[str], object]) -> None:
        self.close()
        action(self.nick)

    def _store_note(self) -> None:
        if self.winfo_exists():
            self._handlers.on_note(self.nick, self.note.get())


def content_width(theme: Theme) -> int:
    """Return the width of the content of a card in pixels: more for large fonts."""
    wanted = theme.px(WIDTH) * theme.fonts["ChatBody"].metrics("linespace") // theme.px(LINE)
    return min(max(wanted, theme.px(WIDTH)), theme.px(MAX_WIDTH)) - theme.px(2 * PAD)


class ProfileHead(ttk.Frame):
    """Avatar, name, nick and presence."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        px = theme.px
        self._theme = theme
        self._profile: Profile | None = None
        self._is_cut = False
        self._avatar = ttk.Label(self)
        self._avatar.grid(row=0, column=0, rowspan=5, padx=(0, px(AVATAR_GAP)))
        self.labels = [ttk.Label(self, style=style) for style in ("Title.TLabel", *["Muted.TLabel"] * 2)]
        for row, label in enumerate(self.labels, 1):
            label.grid(row=row, column=1, sticky="w")
        self._tip = Tooltip(self, theme)
        for label in self.labels:
            label.bind("<Enter>", lambda event: self._tip.show(self._whole_text()), add=True)
            label.bind("<Leave>", lambda event: self._tip.hide(), add=True)
        self.rowconfigure((0, 4), weight=1)
        theme.watch(self, self._paint)

    def show(self, profile: Profile) -> None:
        """Show a person."""
        self._profile = profile
        self._paint()

    def _whole_text(self) -> str:
        """Return name and state if one of them has no room."""
        profile = self._profile
        if profile is None or not self._is_cut:
            return ""
        return "\n".join(filter(None, (profile.name, profile.state)))

    def _paint(self) -> None:
        theme, px, profile = self._theme, self._theme.px, self._profile
        if profile is None:
            return
        presence: Presence = "" if profile.presence == "unknown" else profile.presence
        image = theme.avatar(profile.name, AVATAR, key=profile.nick, presence=presence)
        self._avatar.configure(image=image)
        nick = profile.nick if profile.nick != profile.name else ""
        room = content_width(theme) - px(AVATAR + AVATAR_GAP)
        self._is_cut = False
        for label, text, font, cut in zip(
            self.labels,
            (profile.name, nick, profile.state),
            ("ChatTitle", "ChatSmall", "ChatSmall"),
            (CLOSE_ROOM, 0, 0),
            strict=True,
        ):
            rows = wrap(text, theme.fonts[font].measure, room - px(cut), 1 if cut else STATE_LINES)
            self._is_cut = self._is_cut or "".join("".join(rows).split()) != "".join(text.split())
            label.configure(text="\n".join(rows))
            (label.grid if text else label.grid_remove)()


class ProfileFacts(ttk.Frame):
    """The facts about a person: icon, label, value."""

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        super().__init__(master)
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        self.columnconfigure(2, weight=1)
        theme.watch(self, self._paint)

    def show(self, facts: tuple[Fact, ...]) -> None:
        """Show these facts instead of those before."""
        if facts != self._facts:
            self._facts = facts
            self._paint()

    def texts(self) -> dict[str, str]:
        """Return the values that are shown, by their labels."""
        return {fact.label: fact.text for fact in self._facts}

    def _paint(self) -> None:
        theme, px = self._theme, self._theme.px
        measure = theme.fonts["ChatSmall"].measure
        for child in self.winfo_children():
            child.destroy()
        labels = max([px(FACT_LABEL), *(measure(fact.label) + px(10) for fact in self._facts)])
        self.columnconfigure(1, minsize=labels)
        room = content_width(theme) - px(19 + theme.grown(15)) - labels
        for row, fact in enumerate(self._facts):
            ttk.Label(self, image=theme.icon(fact.icon, "muted", theme.grown(15))).grid(
                row=2 * row, column=0, padx=(px(4), px(8))
            )
            ttk.Label(self, text=fact.label, style="Muted.TLabel").grid(
                row=2 * row, column=1, sticky="w", pady=px(5)
            )
            rows = wrap(fact.text, measure, room, FACT_LINES)
            is_beside = " ".join(rows) == " ".join(fact.text.split())
            if not is_beside:  # there is more room below the label
                rows = wrap(fact.text, measure, room + labels, FACT_LINES + 1)
            value = ttk.Label(self, text="\n".join(rows), style="Small.TLabel")
            column, columns = (2, 1) if is_beside else (1, 2)
            value.grid(row=2 * row + (not is_beside), column=column, columnspan=columns, sticky="w")
            if " ".join(rows) != " ".join(fact.text.split()):
                Tooltip(value, theme, fact.text)


def _place_pair(theme: Theme, left: ttk.Button, right: ttk.Button) -> None:
    """Place two buttons side by side, equally wide if there is room, or below one another."""
    gap, master, room = theme.px(4), left.master, content_width(theme)
    widths = [left.winfo_reqwidth() + gap, right.winfo_reqwidth() + gap]
    fits = sum(widths) <= room
    uniform = "button" if 2 * max(widths) <= room else ""
    master.columnconfigure((0, 1) if fits else 0, weight=1, uniform=uniform)
    left.grid(row=0, column=0, sticky="ew", padx=(0, gap if fits else 0))
    row, column = (0, 1) if fits else (1, 0)
    right.grid(
        row=row, column=column, sticky="ew", padx=(gap if fits else 0, 0), pady=(0 if fits else 2 * gap, 0)
    )


def icon_button(
    master: tk.Misc, theme: Theme, icon: str, text: str, style: str, role: str, command: Callable[[], object]
) -> ttk.Button:
    """Return a button with an icon of the theme before its text."""
    button = ttk.Button(master, text=f" {text}", compound="left", style=style, command=command)
    theme.watch(button, lambda: button.configure(image=theme.icon(icon, role, theme.grown(16))))
    return button


def _divider(master: tk.Misc, theme: Theme) -> ttk.Frame:
    return ttk.Frame(master, style="Divider.TFrame", height=max(theme.px(1), 1))
