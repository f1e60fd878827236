"""The cards of a new chat: invite people, share on this network, protect the own name."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from tkinter import ttk

from chatapp.gui.settings.account_texts import DIFFERENT, EMPTY
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.copy_button import COPIED, CopyButton
from chatapp.gui.widgets.inline_form import FormField, InlineForm
from chatapp.gui.widgets.qr_picture import QrPicture
from chatapp.gui.widgets.switch import Switch
from chatapp.gui.widgets.wrapping import EDGES
from chatapp.languages.translation import N_, _

# Pixels at 96 dpi
PAD, DISC, GAP, QR = 20, 24, 12, 150
LEAST = 240  # room for a line beside a control; with less, the control stands below it
ROUND = 1000  # a radius of more than half of any disc
COPY = N_("Copy link")
PLACE = "&code=0000-0000"  # as long as what the link will have
BLANK = "––––-––––"
"""In the place of a code that is made just now: about as wide."""
NEW, AGAIN = "new", "again"


@dataclass(frozen=True, slots=True)
class Invitation:
    """What the first card shows; empty texts while the server has not told them yet.

    Attributes:
        fingerprint: The part of it that people compare.
        awaits_code: Whether the code is made just now; there is room for it already.
    """

    link: str = ""
    code: str = ""
    until: str = ""
    used: str = ""
    fingerprint: str = ""
    awaits_code: bool = False


class NumberedCard(ttk.Frame):
    """A card with a number, or a check mark when it is done, a title and a line. Fill `body`.

    Args:
        number: 0 for a card that stands alone, and has none.
    """

    def __init__(self, master: tk.Misc, theme: Theme, number: int, title: str) -> None:
        px = theme.px
        super().__init__(master, style="Outline.TFrame", padding=(px(PAD), px(14)))
        self.theme = theme
        self._number = str(number) if number else ""
        self.is_done = False
        self._disc = ttk.Label(self, compound="center", font="ChatSmallBold")
        self._disc.grid(row=0, column=0, sticky="n", padx=(0, px(GAP)))
        self.title = ttk.Label(self, text=title, style="Header.TLabel")
        self.title.grid(row=0, column=1, sticky="w")
        self.line = ttk.Label(self, style="Muted.TLabel", justify="left")
        self.line.grid(row=1, column=1, sticky="ew", pady=(px(2), 0))
        self.body = ttk.Frame(self)
        self.columnconfigure(1, weight=1)
        self.control: tk.Widget | None = None  # at the right of the title
        theme.watch(self, self.paint)

    def show_done(self, is_done: bool) -> None:
        """Show a check mark instead of the number, or not."""
        if is_done != self.is_done:
            self.is_done = is_done
            self.paint()

    def paint(self) -> None:
        """Paint the disc."""
        theme = self.theme
        size = round(theme.grown(DISC))
        side = theme.px(size)
        if not self._number:
            self._disc.grid_remove()
            return
        self.columnconfigure(0, minsize=theme.px(size + GAP) + EDGES)
        if self.is_done:
            self._disc.configure(text="", image=theme.icon("check", "ok", size - 4))
        else:
            self._disc.configure(text=self._number, image=theme.box(side, side, ROUND, "chip"))

    def wrap(self, width: int) -> None:
        """Wrap the line for this width of the card; in a narrow one, place the control below it."""
        px = self.theme.px
        room = self._room(width)
        if self.control is not None and self.control.winfo_manager():
            beside = room - self.control.winfo_reqwidth() - px(GAP)
            if beside >= px(self.theme.grown(LEAST)):
                room = beside
                self.control.grid(row=0, column=2, rowspan=2, sticky="e", padx=(px(GAP), 0), pady=0)
            else:
                self.control.grid(row=2, column=1, rowspan=1, sticky="w", padx=0, pady=(px(8), 0))
        self.line.configure(wraplength=max(room - EDGES, 1))

    def _room(self, width: int) -> int:
        """Return the width beside the disc in a card of this width."""
        disc = self.theme.px(self.theme.grown(DISC) + GAP) + EDGES if self._number else 0
        return width - self.theme.px(2 * PAD) - disc


class InviteCard(NumberedCard):
    """Link, code and QR code.

    Args:
        on_copy: Called with the link.
        on_full_screen: Called with the link.
        number: 0 where it stands alone.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_copy: Callable[[str], object],
        on_full_screen: Callable[[str], object],
        number: int = 1,
    ) -> None:
        super().__init__(master, theme, number, _("Invite people"))
        px = theme.px
        self._on_copy = on_copy
        self._shown = Invitation()
        self._copy_width = 0  # of the button while it says what it does
        self._say_how()
        row = ttk.Frame(self.body)
        self.link = ttk.Entry(row, font="ChatBody", state="readonly")
        self.copy = CopyButton(
            row, _(COPY), lambda: self._on_copy(self._shown.link), "Primary.TButton", cursor="hand2"
        )
        self.link.pack(side="left", fill="x", expand=True)
        self.copy.pack(side="left", padx=(px(8), 0))
        row.grid(row=0, column=0, columnspan=3, sticky="ew")
        self._facts: dict[str, ttk.Label] = {}
        self._titles: list[ttk.Label] = []
        facts = (("code", _("Invite code"), "ChatTitle"), ("until", _("Works until"), "ChatBody"))
        for column, (key, title, font) in enumerate((*facts, ("used", _("Used by"), "ChatBody"))):
            heading = ttk.Label(self.body, text=title, style="Muted.TLabel")
            right = px(16 if column < len(facts) else 0)
            heading.grid(row=1, column=column, sticky="w", pady=(px(12), 0), padx=(0, right))
            self._facts[key] = ttk.Label(self.body, font=font)
            self._facts[key].grid(row=2, column=column, sticky="w", padx=(0, right))
            self._titles.append(heading)
        self.fingerprint = ttk.Label(self.body, style="Muted.TLabel", compound="left", justify="left")
        self.fingerprint.grid(row=3, column=0, columnspan=3, sticky="w", pady=(px(10), 0))
        self.body.columnconfigure(2, weight=1)
        self._side = ttk.Frame(self)
        self.picture = QrPicture(self._side, theme, QR)
        self.picture.pack()
        self.full_screen = ttk.Button(
            self._side,
            text=_("Show full screen"),
            style="Link.TButton",
            command=lambda: on_full_screen(self._shown.link),
            cursor="hand2",
        )
        self.full_screen.pack(pady=(px(4), 0))
        self.paint()

    @property
    def code(self) -> str:
        """The code that is shown; empty for none."""
        return self._shown.code

    def show(self, invitation: Invitation) -> None:
        """Show an invitation."""
        if invitation == self._shown:
            return
        self._shown = invitation
        self.link.configure(state="normal")
        self.link.delete(0, "end")
        self.link.insert(0, invitation.link)
        self.link.configure(state="readonly")
        has_place = invitation.awaits_code and bool(invitation.link)
        self.picture.show(f"{invitation.link}{PLACE if has_place else ''}", is_blank=has_place)
        for (key, label), title in zip(self._facts.items(), self._titles, strict=True):
            text = BLANK if key == "code" and invitation.awaits_code else getattr(invitation, key)
            label.configure(text=text)
            for widget in (label, title):
                widget.grid() if text else widget.grid_remove()
        compared = _("Fingerprint to compare: {digits}").format(digits=invitation.fingerprint)
        self.fingerprint.configure(text=f" {compared}" if invitation.fingerprint else "")
        self.copy.state(["!disabled" if invitation.link else "disabled"])
        self._say_how()

    def _say_how(self) -> None:
        with_code = _("Send the link, read the code aloud, or let people scan.")
        has_code = self._shown.code or self._shown.awaits_code
        self.line.configure(text=with_code if has_code else _("Send the link, or let people scan it."))

    def paint(self) -> None:
        """Paint the disc and the shield."""
        super().paint()
        if hasattr(self, "fingerprint"):
            self.fingerprint.configure(image=self.theme.icon("shield", "muted", self.theme.grown(14)))

    def wrap(self, width: int) -> None:
        """Place the QR code beside the link, or below it in a narrow card."""
        px = self.theme.px
        super().wrap(width)
        self.body.grid(row=2, column=1, sticky="new", pady=(px(10), 0))
        room = self._room(width)
        side = max(self.picture.winfo_reqwidth(), self.full_screen.winfo_reqwidth())
        beside = room - side - px(PAD)
        is_beside = beside >= max(self._facts_width(2), self._link_width())
        self._place_facts(beside if is_beside else room)
        if is_beside:
            self._side.grid(row=0, column=2, rowspan=3, sticky="ne", padx=(px(PAD), 0), pady=(px(4), 0))
        else:
            self._side.grid(row=3, column=1, rowspan=1, sticky="w", padx=0, pady=(px(GAP), 0))

    def _place_facts(self, room: int) -> None:
        """Place as many facts side by side as have room, and the button beside the link if it has, too."""
        px = self.theme.px
        columns = next((each for each in (3, 2) if room >= self._facts_width(each)), 1)
        for number, (label, title) in enumerate(zip(self._facts.values(), self._titles, strict=True)):
            row, column = 1 + 2 * (number // columns), number % columns
            if title.winfo_manager():
                title.grid_configure(row=row, column=column)
                label.grid_configure(row=row + 1, column=column)
        self.fingerprint.grid_configure(row=8)
        self.fingerprint.configure(wraplength=max(room - EDGES, 1))
        if room < self._link_width():
            self.copy.pack_configure(side="top", padx=0, pady=(px(8), 0), anchor="w")
            self.link.pack_configure(side="top")
        else:
            self.copy.pack_configure(side="left", padx=(px(8), 0), pady=0)
            self.link.pack_configure(side="left")

    def _link_width(self) -> int:
        """Return the width that the link and its button need side by side."""
        if self.copy.cget("text") != COPIED or not self._copy_width:
            self._copy_width = self.copy.winfo_reqwidth()
        return self._copy_width + self.theme.px(self.theme.grown(LEAST))

    def _facts_width(self, columns: int) -> int:
        """Return the width that the facts about the code need in so many columns."""
        rows = zip(self._facts.values(), self._titles, strict=True)
        widths = [max(label.winfo_reqwidth(), title.winfo_reqwidth()) for label, title in rows]
        widest = [max(widths[column::columns]) for column in range(columns)]
        return sum(widest) + self.theme.px((columns - 1) * 16 + 8)


class ShareCard(NumberedCard):
    """Whether other computers can join.

    Args:
        on_change: Called with the new position of the switch.
    """

    def __init__(self, master: tk.Misc, theme: Theme, on_change: Callable[[bool], object]) -> None:
        super().__init__(master, theme, 2, _("Share on this network"))
        self.switch = Switch(self, theme, on_change=on_change)
        self.switch.grid(row=0, column=2, rowspan=2, sticky="e", padx=(theme.px(GAP), 0))
        self.control = self.switch
        self.problem = ttk.Label(self, style="Danger.TLabel", justify="left")

    def show(self, name: str, is_on: bool) -> None:
        """Show whether it is shared."""
        self.switch.show(is_on)
        on = _("On. People on the same network see “{name}” in their list, and need no link.")
        line = on if is_on else _("Off. Only people at this computer can join.")
        self.line.configure(text=line.format(name=name))
        self.show_done(is_on)

    def show_problem(self, text: str) -> None:
        """Show why it was not changed; an empty text hides it."""
        self.problem.configure(text=text)
        if text:
            self.problem.grid(row=3, column=1, columnspan=2, sticky="w")
        else:
            self.problem.grid_remove()


class ProtectCard(NumberedCard):
    """Protects the own name with a password, in place.

    Args:
        number: 3; 0 where it is the only card.
        on_protect: Called with the password; `finish` has to follow.
        on_close: Called when the user has closed the form.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        number: int,
        on_protect: Callable[[str], object],
        on_close: Callable[[], object],
    ) -> None:
        super().__init__(master, theme, number, _("Protect your name"))
        px = theme.px
        self._on_protect, self._on_close = on_protect, on_close
        self.button = ttk.Button(self, compound="left", command=self._open, cursor="hand2")
        self.button.grid(row=0, column=2, rowspan=2, sticky="e", padx=(px(GAP), 0))
        self.control = self.button
        fields = (
            FormField(NEW, _("Password"), is_secret=True),
            FormField(AGAIN, _("The same password again"), is_secret=True),
        )
        self.form = InlineForm(self, theme, fields, _("Protect the name"), self._submit, self._close)
        self.paint()

    def show(self, name: str, is_protected: bool) -> None:
        """Show whose name it is, and whether it is protected."""
        done = _("“{name}” is protected. Nobody else can use it.")
        line = _("With a password nobody else can be “{name}”, and your channels stay yours.")
        self.line.configure(text=(done if is_protected else line).format(name=name))
        self.button.configure(text=f" {_('Protect “{name}”…').format(name=name)}")
        self.show_done(is_protected)
        if is_protected:
            self._hide_form()
            self.button.grid_remove()

    def finish(self, problem: str) -> None:
        """Show why the name was not protected; nothing if it was: `show` follows then."""
        if problem:
            self.form.show_problem(problem, NEW)
        else:
            self._hide_form()

    def paint(self) -> None:
        """Paint the disc and the key."""
        super().paint()
        if hasattr(self, "button"):
            self.button.configure(image=self.theme.icon("key", "text", self.theme.grown(15)))

    def _open(self) -> None:
        self.button.grid_remove()
        self.form.grid(row=3, column=1, columnspan=2, sticky="ew", pady=(self.theme.px(10), 0))
        self.form.open()

    def _hide_form(self) -> None:
        self.form.grid_remove()

    def _close(self) -> None:
        self._hide_form()
        self.button.grid()
        self.button.focus_set()
        self._on_close()

    def _submit(self, values: Mapping[str, str]) -> None:
        if not values[NEW]:
            self.form.show_problem(_(EMPTY), NEW)
        elif values[NEW] != values[AGAIN]:
            self.form.show_problem(_(DIFFERENT), AGAIN)
        else:
            self.form.show_busy()
            self._on_protect(values[NEW])
