"""Owners and moderators on the page "This server"."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.client.model.server_overview import ChannelModerator, RoleHolder
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.popup_picker import PopupPicker
from chatapp.gui.widgets.setting_row import SectionHeading, SettingCard
from chatapp.gui.widgets.text_fit import shorten
from chatapp.gui.widgets.wrapping import wrap_at
from chatapp.languages.lists import joined_or_counted
from chatapp.languages.translation import N_, _

LABELS = {"owner": N_("Owner"), "moderator": N_("Moderator"), "member": N_("No role")}
SIGNS = {"owner": ("crown", "owner"), "moderator": ("shield", "muted")}
MOST_CHANNELS = 2  # of one person that are named
AVATAR, PAD, LOW_PAD, GAP = 28, 12, 8, 10  # pixels at 96 dpi
LEAST_CHOICE = 14  # width of a list of roles in characters
ADD = N_("Add a moderator")
NOBODY = N_("Nobody here has an account yet. A moderator needs one.")


class ServerRoles(ttk.Frame):
    """A list with a choice for each person, where the user may change it.

    Args:
        on_role: Called with the account and its new role.
        find: Returns the accounts for a filter text that can be made moderators.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_role: Callable[[str, str], object],
        find: Callable[[str], Sequence[ListRow]],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._on_role = on_role
        self._find = find
        self._shown: tuple[object, ...] = ()
        self._images: list[tk.PhotoImage] = []
        self.columnconfigure(0, weight=1)
        self._heading = SectionHeading(self, theme, _("Roles"))
        self._heading.grid(sticky="ew", pady=(0, theme.px(8)))
        self.add = ttk.Button(
            self._heading, text=_(ADD), style="Small.TButton", compound="left", command=self._open_picker
        )
        self._card = SettingCard(self, theme)
        self._card.grid(sticky="ew")
        self.problem = ttk.Label(self, style="Danger.TLabel", justify="left")
        self.problem.grid(sticky="w", pady=(theme.px(4), 0))
        self.problem.grid_remove()
        self.choices: dict[str, ttk.Combobox] = {}
        self.bind("<Configure>", lambda event: wrap_at(self.problem, event.width))
        theme.watch(self, self._paint)

    def show(
        self,
        holders: Sequence[RoleHolder],
        me: str,
        can_change: bool,
        in_channels: Sequence[ChannelModerator] = (),
    ) -> None:
        """Show these people.

        Args:
            me: The name of the user among them: the account, or the nick of a guest.
            in_channels: Those who moderate only some channels. Their ranks are changed in the channels.
        """
        if can_change and not self.add.winfo_manager():
            self._heading.add(self.add)
        elif not can_change:
            self.add.grid_remove()
        shown = (tuple(holders), me, can_change, tuple(in_channels))
        if shown != self._shown:
            self._shown = shown
            self._list(holders, me, can_change, in_channels)

    def show_problem(self, text: str) -> None:
        """Show why a role was not changed, and the roles as they are; an empty text hides it."""
        self.problem.configure(text=text)
        if text:
            self.problem.grid()
            for name, choice in self.choices.items():
                choice.set(self._role_of(name))
        else:
            self.problem.grid_remove()

    def _role_of(self, name: str) -> str:
        holders = self._shown[0] if self._shown else ()
        assert isinstance(holders, tuple)
        return next((_(LABELS[each.role]) for each in holders if each.name == name), "")

    def _list(
        self,
        holders: Sequence[RoleHolder],
        me: str,
        can_change: bool,
        in_channels: Sequence[ChannelModerator],
    ) -> None:
        self._card.clear()
        self.choices.clear()
        self._images.clear()
        for holder in holders:
            row = self._add_person(holder.name, holder.shown)
            is_me = holder.name == me
            if can_change and not is_me and not holder.is_guest:
                self._add_choice(row, holder)
            else:
                self._add_sign(row, holder, is_me)
        for each in in_channels:
            channels = joined_or_counted(each.channels, MOST_CHANNELS)
            text = _("Moderator of {channels}").format(channels=channels)
            self._add_text(self._add_person(each.name, each.shown), text, "moderator")

    def _add_person(self, name: str, shown: str) -> ttk.Frame:
        """Add a row with picture and name; return it."""
        px = self._theme.px
        row = self._card.add(ttk.Frame(self._card, padding=(px(PAD), px(LOW_PAD))))
        row.columnconfigure(1, weight=1)
        image = self._theme.avatar(shown, round(self._theme.grown(AVATAR)), key=name)
        self._images.append(image)
        ttk.Label(row, image=image).grid(row=0, column=0)
        label = ttk.Label(row, text=shown)
        label.grid(row=0, column=1, sticky="ew", padx=(px(GAP), 0))
        label.bind("<Configure>", partial(self._shorten, label, shown))
        return row

    def _shorten(self, label: ttk.Label, name: str, event: tk.Event[tk.Misc]) -> None:
        """Show as much of a name as has room."""
        label.configure(text=shorten(name, self._theme.fonts["ChatBody"].measure, event.width))

    def _add_choice(self, row: ttk.Frame, holder: RoleHolder) -> None:
        values = [_(label) for label in LABELS.values()]
        width = max(LEAST_CHOICE, *map(len, values))
        choice = ttk.Combobox(row, values=values, state="readonly", font="ChatSmall", width=width)
        choice.set(_(LABELS[holder.role]))
        choice.bind("<<ComboboxSelected>>", lambda event: self._choose(holder.name, choice))
        choice.grid(row=0, column=2, sticky="e")
        self.choices[holder.name] = choice

    def _add_sign(self, row: ttk.Frame, holder: RoleHolder, is_me: bool) -> None:
        if is_me:
            text = _("{role} (you, without an account)") if holder.is_guest else _("{role} (you)")
        else:
            text = _("{role} (without an account)") if holder.is_guest else "{role}"
        self._add_text(row, text.format(role=_(LABELS[holder.role])), holder.role)

    def _add_text(self, row: ttk.Frame, text: str, sign: str) -> None:
        """Add what a person is, which cannot be changed here."""
        icon, role = SIGNS[sign]
        image = self._theme.icon(icon, role, self._theme.grown(15))
        ttk.Label(row, text=f"{text}  ", style="Muted.TLabel", image=image, compound="right").grid(
            row=0, column=2, sticky="e"
        )

    def _choose(self, account: str, choice: ttk.Combobox) -> None:
        choice.selection_clear()
        role = next(key for key, label in LABELS.items() if _(label) == choice.get())
        if choice.get() != self._role_of(account):
            self._on_role(account, role)

    def _open_picker(self) -> None:
        PopupPicker(self.add, self._theme, _("Find a person"), self._find, partial(self._appoint))

    def _appoint(self, account: str) -> None:
        self._on_role(account, "moderator")

    def _paint(self) -> None:
        self.add.configure(image=self._theme.icon("plus", "text", self._theme.grown(13)))
        if self._shown:
            self._list(*self._shown)  # type: ignore[arg-type]
