"""The dialog that mutes, removes or bans a person."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from tkinter import ttk
from typing import Literal

from chatapp.client.outgoing.moderation import MeasureKind, Reader
from chatapp.gui.dialogs.durations import Duration
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.chip_button import Chip, ChipButton
from chatapp.gui.widgets.dialog import Dialog, Field
from chatapp.gui.widgets.platform_events import COMMAND, shown_keys
from chatapp.gui.widgets.radio_cards import Choice, RadioCards
from chatapp.gui.widgets.scrolled import Scrolled
from chatapp.gui.widgets.text_fit import shorten, wrap
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import N_, _

WIDTH, PAD, AVATAR = 368, 20, 40  # of the content, around it, and of the picture; pixels at 96 dpi
MARGIN = 24  # beside the dialog on a narrow screen; pixels at 96 dpi
REST = 180  # of the height of the screen, for what is not scrolled; pixels at 96 dpi
REASONS = (N_("Advertising"), N_("Insults"), N_("Flooding"), N_("Off topic"))
DURATION_WIDTH = 18  # characters, if no choice is longer
DELETE_LINES = 2  # of the text beside the box
USUAL_DURATION = 2  # the number of the choice that is chosen at first
QUESTIONS: dict[MeasureKind, str] = {
    "mute": N_("Mute {name}?"),
    "remove": N_("Remove {name}?"),
    "ban": N_("Ban {name}?"),
    "server_ban": N_("Ban {name}?"),
}
DEEDS: dict[MeasureKind, str] = {
    "mute": N_("Mute {name}"),
    "remove": N_("Remove {name}"),
    "ban": N_("Ban {name}"),
    "server_ban": N_("Ban {name}"),
}
KEY_HINTS: dict[MeasureKind, str] = {
    "mute": N_("{keys} mutes"),
    "remove": N_("{keys} removes"),
    "ban": N_("{keys} bans"),
    "server_ban": N_("{keys} bans"),
}


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
    """Asks what to do, for how long, and why. Enter in the reason does not act, Ctrl+Enter everywhere does.

    The keyboard begins in the reason. Alt and a digit choose a measure everywhere, arrows in the cards and in
    the reason.

    Args:
        chosen: The measure that is chosen at first; the first one if it is not possible.
        durations: The choices for a measure that can end by itself.
        readers: Returns who gets to see the reason of a decision. A reason that nobody sees is not asked for.
        on_decide: Called with the decision. The dialog stays until it is closed or `show_problem`.
    """

    IS_MODAL = True

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        accused: Accused,
        chosen: MeasureKind | Literal[""],
        durations: Sequence[Duration],
        readers: Callable[[Decision], frozenset[Reader]],
        on_decide: Callable[[Decision], object],
    ) -> None:
        super().__init__(master, theme, _("Moderate {name}").format(name=accused.name))
        self._accused = accused
        self._durations = durations
        self._readers = readers
        self._on_decide = on_decide
        self._deletes = tk.BooleanVar(self, False)
        self.body.configure(padding=theme.px(PAD))
        self._scrolled = Scrolled(self.body, theme)
        self._scrolled.grid(row=0, sticky="nsew")
        self._page = self._scrolled.body
        self._width = min(theme.px(theme.grown(WIDTH)), self.winfo_screenwidth() - theme.px(2 * PAD + MARGIN))
        self.body.columnconfigure(0, minsize=self._width)
        self._page.columnconfigure(0, weight=1, minsize=self._width)
        measure = theme.fonts["ChatBold"].measure
        self._first_name = shorten(accused.name.split()[0], measure, self._width * 3 // 8)
        self._title = self._build_head()
        self.cards = RadioCards(self._page, theme, self._choices(), lambda key: self._follow_choice())
        self.cards.show(self._choices(), chosen)
        self.cards.grid(row=1, sticky="ew", pady=(theme.px(16), 0))
        self._build_duration()
        self._build_reason()
        self._build_chips()
        self._build_delete_box()
        self._build_foot()
        self._bind_keys()
        self._follow_choice()
        asks_why = bool(readers(self._decision()))
        self.open(self.reason.entry if asks_why else self.cards)

    @property
    def kind(self) -> MeasureKind:
        """The chosen measure."""
        return next(each for each in self._accused.kinds if each == self.cards.chosen)

    def show_problem(self, text: str) -> None:
        """Say why the server has refused it; another decision is possible."""
        self.action_button.state(["!disabled"])
        self._problem.configure(text=text)
        self._problem.grid()
        self._fit()

    def _build_head(self) -> ttk.Label:
        """Build picture, title and the line below it; return the title."""
        theme, px, accused = self.theme, self.theme.px, self._accused
        head = ttk.Frame(self._page)
        head.grid(row=0, sticky="ew")
        picture, size = ttk.Label(head), round(theme.grown(AVATAR))
        theme.watch(
            picture,
            lambda: picture.configure(image=theme.avatar(accused.name, size, key=accused.nick)),
        )
        picture.grid(row=0, column=0, rowspan=2, padx=(0, px(14)))
        title = ttk.Label(head, style="Header.TLabel")
        self._title_width = self._width - picture.winfo_reqwidth() - px(14) - title.winfo_reqwidth()
        about = shorten(accused.about, theme.fonts["ChatSmall"].measure, self._title_width)
        title.grid(row=0, column=1, sticky="w")
        ttk.Label(head, text=about, style="Muted.TLabel").grid(row=1, column=1, sticky="w")
        return title

    def _build_duration(self) -> None:
        px = self.theme.px
        self._duration_row = ttk.Frame(self._page)
        self._duration_row.columnconfigure(1, weight=1)
        ttk.Label(self._duration_row, text=_("For how long"), style="Bold.TLabel").grid(row=0, column=0)
        labels = [each.label for each in self._durations]
        self.duration = ttk.Combobox(
            self._duration_row, font="ChatBody", values=labels, state="readonly",
            width=max(DURATION_WIDTH, *map(len, labels)),
        )  # fmt: skip
        self.duration.current(min(USUAL_DURATION, len(labels) - 1))
        self.duration.bind("<<ComboboxSelected>>", lambda event: self._follow_duration())
        self.duration.grid(row=0, column=1, sticky="e", padx=(px(12), 0))
        self._duration_row.grid(row=2, sticky="ew", pady=(px(12), 0))

    def _build_reason(self) -> None:
        theme, px = self.theme, self.theme.px
        self.reason = Field(self._page, theme, _("Reason"), width=WIDTH)
        self.reason.entry.bind("<KeyRelease>", lambda event: self._follow_reason())
        for key in ("<Return>", "<KP_Enter>"):
            self.reason.entry.bind(key, lambda event: "break")
        self.reason.grid(row=3, sticky="ew", pady=(px(14), px(8)))

    def _build_chips(self) -> None:
        theme, px = self.theme, self.theme.px
        chips = self._chip_rows = ttk.Frame(self._page)
        chips.grid(row=4, sticky="w")
        self.chips: list[ChipButton] = []
        row, left = ttk.Frame(chips), 0
        for text in map(_, REASONS):
            chip = ChipButton(row, theme, Chip(text), partial(self._take_reason, text))
            width = chip.winfo_reqwidth() + px(6)
            if left + width > self._width + px(6):
                chip.destroy()
                row, left = ttk.Frame(chips), 0
                chip = ChipButton(row, theme, Chip(text), partial(self._take_reason, text))
            chip.pack(side="left", padx=(0, px(6)))
            row.pack(anchor="w", pady=(0, px(4)))
            self.chips.append(chip)
            left += width

    def _build_delete_box(self) -> None:
        px = self.theme.px
        self.delete_box = ttk.Checkbutton(self._page, variable=self._deletes, command=self._follow_readers)
        number = self._accused.recent
        text = _("Delete what {name} wrote in the last hour ({count})")
        measure = self.theme.fonts["ChatBody"].measure
        room = self._width - self.delete_box.winfo_reqwidth()
        lines = wrap(text.format(name=self._first_name, count=number), measure, room, DELETE_LINES)
        self.delete_box.configure(text="\n".join(lines))
        if number:
            self.delete_box.grid(row=5, sticky="w", pady=(px(8), 0))
        self._problem = ttk.Label(self._page, style="Danger.TLabel", wraplength=self._width, justify="left")
        self._problem.grid(row=6, sticky="w", pady=(px(8), 0))
        self._problem.grid_remove()

    def _build_foot(self) -> None:
        px = self.theme.px
        ttk.Frame(self.body, style="Divider.TFrame", height=max(px(1), 1)).grid(
            row=1, sticky="ew", pady=px(12)
        )
        foot = self._buttons = ttk.Frame(self.body)
        foot.grid(row=2, sticky="e")
        self.key_hint = ttk.Label(self.body, style="Muted.TLabel")
        self.cancel_button = ttk.Button(foot, text=_("Cancel"), command=self.close)
        self.cancel_button.pack(side="left")
        self.action_button = ttk.Button(foot, style="DangerFill.TButton", command=self._decide)
        self.action_button.pack(side="left", padx=(px(8), 0))
        tooltip = Tooltip(self.action_button, self.theme)
        for event in ("<Enter>", "<<TraverseIn>>"):
            self.action_button.bind(
                event, lambda event: tooltip.show(self._deed(), shown_keys("Ctrl+Enter")), add=True
            )
        several = shown_keys(f"Alt+1 … {len(self._accused.kinds)}")
        Tooltip(self.cards, self.theme, _("Choose") if len(self._accused.kinds) > 1 else "", several)

    def _bind_keys(self) -> None:
        """Bind the keys that work everywhere in the dialog, before the keys of each widget."""
        foot = (self.delete_box, self.cancel_button, self.action_button)
        # Not to frames: Tk stops with Tab at everything that has a key
        for widget in (self, self.cards, self.duration, self.reason.entry, *self.chips, *foot):
            for key in (f"<{COMMAND}-Return>", f"<{COMMAND}-KP_Enter>"):
                widget.bind(key, lambda event: self._press())
            for index in range(len(self._accused.kinds)):
                widget.bind(f"<Alt-Key-{index + 1}>", partial(self._choose, index))
        for key, step in (("<Up>", -1), ("<Down>", 1)):
            self.reason.entry.bind(key, lambda event, step=step: self.cards.move(step))  # type: ignore[misc]

    def _press(self) -> str:
        """Press the red button; nothing while the server is being asked."""
        self.action_button.invoke()
        return "break"

    def _choose(self, index: int, event: tk.Event[tk.Misc]) -> str:
        self.cards.choose(index)
        return "break"

    def _choices(self) -> list[Choice]:
        accused = self._accused
        texts: dict[MeasureKind, tuple[str, str]] = {
            "mute": (_("Mute in {place}"), _("Reads, but cannot write")),
            "remove": (_("Remove from {place}"), _("Can come back at once")),
            "ban": (
                _("Ban from {place}"),
                _("Cannot come back until it ends")
                if "ban" in accused.timed
                else _("Cannot come back until the ban is lifted"),
            ),
            "server_ban": (
                _("Ban from {place}"),
                _("Cannot connect until it ends")
                if "server_ban" in accused.timed
                else _("Cannot connect until the ban is lifted"),
            ),
        }
        choices = []
        for kind in accused.kinds:
            label, detail = texts[kind]
            place = accused.server if kind == "server_ban" else accused.channel
            choices.append(Choice(kind, label.format(place=place), detail))
        return choices

    def _follow_choice(self) -> None:
        """Show what belongs to the chosen measure."""
        kind = self.kind
        title = _(QUESTIONS[kind]).format(name=self._accused.name)
        measure = self.theme.fonts["ChatHeader"].measure
        self._title.configure(text=shorten(title, measure, self._title_width))
        self.action_button.configure(text=self._deed())
        self._show_key(kind)
        _show(self._duration_row, kind in self._accused.timed)
        self._follow_readers()

    def _show_key(self, kind: MeasureKind) -> None:
        """Name the key that acts, beside the buttons, or below them where there is no room."""
        self.key_hint.configure(text=_(KEY_HINTS[kind]).format(keys=shown_keys("Ctrl+Enter")))
        row = (self.key_hint, self.cancel_button, self.action_button)
        needed = sum(each.winfo_reqwidth() for each in row) + self.theme.px(20)
        if needed <= self._width:
            self.key_hint.grid(row=2, sticky="w", pady=0)
        else:
            self.key_hint.grid(row=3, sticky="e", pady=(self.theme.px(8), 0))

    def _follow_duration(self) -> None:
        self.duration.selection_clear()
        self._follow_readers()

    def _follow_readers(self) -> None:
        """Say who will see the reason, or hide the field."""
        readers = self._readers(self._decision())
        for widget in (self.reason, self._chip_rows):
            _show(widget, bool(readers))
        if "channel" in readers:
            hint = _("Shown in the channel and in the log") if "log" in readers else _("Shown in the channel")
        else:
            hint = _("Shown to {name} and in the log") if "log" in readers else _("Shown to {name}")
        self.reason.show_hint(hint.format(name=self._first_name))
        self._fit()

    def _fit(self) -> None:
        """Be as high as what is shown."""
        self._scrolled.fit(self.winfo_screenheight() - self.theme.px(REST))
        self.keep_on_screen()

    def _deed(self) -> str:
        return _(DEEDS[self.kind]).format(name=self._first_name)

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
        decision = self._decision()
        if not self._readers(decision):
            decision = replace(decision, reason="")
        self._on_decide(decision)

    def _decision(self) -> Decision:
        """Return what is chosen and typed at the moment."""
        kind = self.kind
        duration = self._durations[self.duration.current()] if kind in self._accused.timed else None
        deletes = bool(self._accused.recent) and self._deletes.get()
        return Decision(kind, duration, self.reason.value, deletes)


def _show(widget: ttk.Frame, is_shown: bool) -> None:
    """Show a widget at its place in the grid, or hide it."""
    if is_shown:
        widget.grid()
    else:
        widget.grid_remove()
