"""The dialog that mutes, removes or bans a person."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk
from typing import Literal

from chatapp.client.outgoing.moderation import MeasureKind
from chatapp.gui.dialogs.durations import Duration
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.chip_button import Chip, ChipButton
from chatapp.gui.widgets.dialog import Dialog, Field
from chatapp.gui.widgets.radio_cards import Choice, RadioCards
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.text_fit import shorten

WIDTH, PAD, AVATAR = 368, 20, 40  # of the content, around it, and of the picture; pixels at 96 dpi
REST = 180  # of the height of the screen, for what is not scrolled; pixels at 96 dpi
REASONS = ("Advertising", "Insults", "Flooding", "Not for this channel")
USUAL_DURATION = 2  # the number of the choice that is chosen at first
VERBS: dict[MeasureKind, str] = {"mute": "Mute", "remove": "Remove", "ban": "Ban", "server_ban": "Ban"}


@dataclass(frozen=True, slots=True)
class Accused:
    """The person, and what can be done.

    Attributes:
        about: Nick and account, below the name.
        channel: The name of the channel.
        server: The name of the chat, for a ban from all of it.
        kinds: The measures that are possible.
        timed: Those of them that can end by themselves.
        recent: How many messages of the last hour can be deleted; 0 for none.
    """

    nick: str
    name: str
    about: str
    channel: str
    server: str
    kinds: Sequence[MeasureKind]
    timed: frozenset[MeasureKind]
    recent: int = 0


@dataclass(frozen=True, slots=True)
class Decision:
    """What the moderator has decided."""

    kind: MeasureKind
    duration: Duration | None
    reason: str
    deletes: bool


class ModerationDialog(Dialog):
    """Asks what to do, for how long, and why. Enter in the reason does not act.

    Args:
        chosen: The measure that is chosen at first; the first one if it is not possible.
        durations: The choices for a measure that can end by itself.
        on_decide: Called with the decision. The dialog stays until it is closed or `show_problem`.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        accused: Accused,
        chosen: MeasureKind | Literal[""],
        durations: Sequence[Duration],
        on_decide: Callable[[Decision], object],
    ) -> None:
        super().__init__(master, theme, f"Moderate {accused.name}")
        self._accused = accused
        self._durations = durations
        self._on_decide = on_decide
        self._deletes = tk.BooleanVar(self, False)
        self.body.configure(padding=theme.px(PAD))
        self._scrolled = Scrolled(self.body, theme)
        self._scrolled.grid(row=0, sticky="nsew")
        self._page = self._scrolled.body
        self._page.columnconfigure(0, weight=1, minsize=theme.px(WIDTH))
        self._first_name = accused.name.split()[0]
        self._title = self._build_head()
        self.cards = RadioCards(self._page, theme, self._choices(), lambda key: self._follow_choice())
        self.cards.show(self._choices(), chosen)
        self.cards.grid(row=1, sticky="ew", pady=(theme.px(16), 0))
        self._build_duration()
        self._build_reason()
        self._build_foot()
        self._follow_choice()
        self._scrolled.fit(self.winfo_screenheight() - theme.px(REST))
        self.open(self.cards)

    @property
    def kind(self) -> MeasureKind:
        """The chosen measure."""
        return next(each for each in self._accused.kinds if each == self.cards.chosen)

    def show_problem(self, text: str) -> None:
        """Say why the server has refused it; another decision is possible."""
        self.action_button.state(["!disabled"])
        self._problem.configure(text=text)
        self._problem.grid()
        self._scrolled.fit(self.winfo_screenheight() - self.theme.px(REST))

    def _build_head(self) -> ttk.Label:
        """Build picture, title and the line below it; return the title."""
        theme, px, accused = self.theme, self.theme.px, self._accused
        head = ttk.Frame(self._page)
        head.grid(row=0, sticky="ew")
        picture = ttk.Label(head)
        theme.watch(
            picture,
            lambda: picture.configure(image=theme.avatar(accused.name, AVATAR, key=accused.nick)),
        )
        picture.grid(row=0, column=0, rowspan=2, padx=(0, px(14)))
        about = shorten(accused.about, theme.fonts["ChatSmall"].measure, px(WIDTH - AVATAR - 14))
        title = ttk.Label(head, style="Header.TLabel")
        title.grid(row=0, column=1, sticky="w")
        ttk.Label(head, text=about, style="Muted.TLabel").grid(row=1, column=1, sticky="w")
        return title

    def _build_duration(self) -> None:
        px = self.theme.px
        self._duration_row = ttk.Frame(self._page)
        self._duration_row.columnconfigure(1, weight=1)
        ttk.Label(self._duration_row, text="For how long", style="Bold.TLabel").grid(row=0, column=0)
        labels = [each.label for each in self._durations]
        self.duration = ttk.Combobox(
            self._duration_row, font="ChatBody", values=labels, state="readonly", width=18
        )
        self.duration.current(min(USUAL_DURATION, len(labels) - 1))
        self.duration.bind("<<ComboboxSelected>>", lambda event: self.duration.selection_clear())
        self.duration.grid(row=0, column=1, sticky="e", padx=(px(12), 0))
        self._duration_row.grid(row=2, sticky="ew", pady=(px(12), 0))

    def _build_reason(self) -> None:
        theme, px = self.theme, self.theme.px
        hint = f"{self._first_name} and the log see it"
        self.reason = Field(self._page, theme, "Reason", hint, width=WIDTH)
        self.reason.entry.bind("<KeyRelease>", lambda event: self._follow_reason())
        for key in ("<Return>", "<KP_Enter>"):
            self.reason.entry.bind(key, lambda event: "break")
        self.reason.grid(row=3, sticky="ew", pady=(px(14), px(8)))
        chips = ttk.Frame(self._page)
        chips.grid(row=4, sticky="w")
        self.chips: list[ChipButton] = []
        row, left = ttk.Frame(chips), 0
        for text in REASONS:
            chip = ChipButton(row, theme, Chip(text), partial(self._take_reason, text))
            width = chip.winfo_reqwidth() + px(6)
            if left + width > px(WIDTH + 6):
                chip.destroy()
                row, left = ttk.Frame(chips), 0
                chip = ChipButton(row, theme, Chip(text), partial(self._take_reason, text))
            chip.pack(side="left", padx=(0, px(6)))
            row.pack(anchor="w", pady=(0, px(4)))
            self.chips.append(chip)
            left += width
        self.delete_box = ttk.Checkbutton(self._page, variable=self._deletes)
        number = self._accused.recent
        self.delete_box.configure(text=f"Delete what {self._first_name} wrote in the last hour ({number})")
        if number:
            self.delete_box.grid(row=5, sticky="w", pady=(px(8), 0))
        self._problem = ttk.Label(self._page, style="Danger.TLabel", wraplength=px(WIDTH), justify="left")
        self._problem.grid(row=6, sticky="w", pady=(px(8), 0))
        self._problem.grid_remove()

    def _build_foot(self) -> None:
        px = self.theme.px
        ttk.Frame(self.body, style="Divider.TFrame", height=max(px(1), 1)).grid(
            row=1, sticky="ew", pady=px(12)
        )
        foot = ttk.Frame(self.body)
        foot.grid(row=2, sticky="e")
        self.cancel_button = ttk.Button(foot, text="Cancel", command=self.close)
        self.cancel_button.pack(side="left")
        self.action_button = ttk.Button(foot, style="DangerFill.TButton", command=self._decide)
        self.action_button.pack(side="left", padx=(px(8), 0))

    def _choices(self) -> list[Choice]:
        accused = self._accused
        texts: dict[MeasureKind, tuple[str, str]] = {
            "mute": (f"Mute in {accused.channel}", "Reads, but cannot write"),
            "remove": (f"Remove from {accused.channel}", "May come back at once"),
            "ban": (f"Ban from {accused.channel}", "Cannot come back until it ends"),
            "server_ban": (f"Ban from {accused.server}", "Cannot connect until it ends"),
        }
        return [Choice(kind, *texts[kind]) for kind in accused.kinds]

    def _follow_choice(self) -> None:
        """Show what belongs to the chosen measure."""
        kind = self.kind
        self._title.configure(text=f"{VERBS[kind]} {self._accused.name}?")
        self.action_button.configure(text=f"{VERBS[kind]} {self._first_name}")
        if kind in self._accused.timed:
            self._duration_row.grid()
        else:
            self._duration_row.grid_remove()

    def _take_reason(self, text: str) -> None:
        self.reason.value = "" if self.reason.value == text else text
        self._follow_reason()

    def _follow_reason(self) -> None:
        """Mark the chip that says the same as the field."""
        for chip in self.chips:
            chip.show(Chip(chip.chip.text, is_selected=chip.chip.text == self.reason.value))

    def _decide(self) -> None:
        self._problem.grid_remove()
        self.action_button.state(["disabled"])
        kind = self.kind
        duration = self._durations[self.duration.current()] if kind in self._accused.timed else None
        deletes = bool(self._accused.recent) and self._deletes.get()
        self._on_decide(Decision(kind, duration, self.reason.value, deletes))
