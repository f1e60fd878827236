"""The first page of the settings of a channel: topic, notifications, rules."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from tkinter import ttk
from typing import Any

from chatapp.client.model.conversation import NotifyLevel
from chatapp.client.outgoing.channel_rules import RuleName, Rules
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.segmented import SegmentedControl
from chatapp.gui.widgets.switch import Switch
from chatapp.languages.translation import N_, _, ngettext

WIDTH = 440  # of the content, in pixels at 96 dpi
LEVELS: dict[NotifyLevel, str] = {
    "default": N_("Default"),
    "everything": N_("Everything"),
    "mentions": N_("Mentions"),
    "nothing": N_("Nothing"),
}
DEFAULT_NOTE = N_("Default: same as in the settings")
MUTE = N_("Mute: no number in the list, mentions stay")
MAY_CHANGE = N_("You can change these as a moderator")
SLOW_CHOICES = (0, 5, 10, 30, 60, 300)  # seconds
KEEP_CHOICES = (0, 1, 7, 30, 90, 365)  # days
RULE_TEXTS: dict[RuleName, tuple[str, str]] = {
    "private": (N_("Private"), N_("Not in the list of channels")),
    "invite_only": (N_("Invite only"), N_("Only people who are invited can join")),
    "moderated": (N_("Only moderators write"), N_("Everybody reads; voice lets a member write")),
    "open_topic": (N_("Members set the topic"), N_("Otherwise only moderators")),
    "slow_seconds": (N_("Slow mode"), N_("Each person waits between messages")),
    "keep_days": (N_("Keep messages and files"), N_("The server may have a shorter limit of its own")),
    "key": (N_("Key"), N_("A word that is needed to join")),
    "limit": (N_("Member limit"), N_("Empty for no limit")),
}
NO_NUMBER = N_("Please enter a number from 1 to 99999.")
BAD_KEY = N_("A key cannot contain spaces or commas, and can have at most 23 characters.")
TOPIC_TOO_LONG = N_("This topic is too long.")
MAX_KEY, MAX_LIMIT = 23, 99999


@dataclass(frozen=True, slots=True)
class OverviewData:
    """What the page shows.

    Attributes:
        offered: The rules that the server has.
        longest_topic: In bytes; 0 for no limit.
        fixed: Rules that the user cannot change although the others can be changed.
    """

    rules: Rules
    offered: Sequence[RuleName]
    may_change: bool
    may_set_topic: bool
    longest_topic: int
    notify: NotifyLevel
    muted: bool
    fixed: Sequence[RuleName] = ()


class ChannelOverview(ttk.Frame):
    """The page. `wanted` is what the user has chosen."""

    def __init__(self, master: tk.Misc, theme: Theme, data: OverviewData) -> None:
        super().__init__(master)
        self._theme = theme
        self._data = data
        self._errors: dict[str, ttk.Label] = {}
        self._row = 0
        self.switches: dict[str, Switch] = {}
        self.entries: dict[str, ttk.Entry] = {}
        self.columnconfigure(0, weight=1, minsize=theme.px(WIDTH))
        self._build_topic()
        self._build_notifications()
        if data.offered:
            self._build_rules()

    @property
    def first(self) -> tk.Misc:
        """The widget that gets the keyboard first."""
        return self.entries["topic"] if "topic" in self.entries else self.notify.segments[self.notify.chosen]

    @property
    def level(self) -> NotifyLevel:
        """Of which messages the user wants to be notified."""
        return next(level for level in LEVELS if level == self.notify.chosen)

    def wanted(self) -> Rules | None:
        """Return the rules that the user wants; None if something typed is wrong, which is shown."""
        self.show_problems({})
        problems = self._typing_problems()
        if problems:
            self.show_problems(problems)
            return None
        rules = self._data.rules
        if "topic" in self.entries:
            rules = replace(rules, topic=self.entries["topic"].get().strip())
        if not self._data.may_change:
            return rules
        for name, switch in self.switches.items():
            if name != "mute":
                change: dict[str, Any] = {name: switch.is_on}
                rules = replace(rules, **change)
        for name in CHOICES:
            if name in self.entries:
                numbers = {label: number for number, label in self._choices(name).items()}
                change = {name: numbers[self.entries[name].get()]}
                rules = replace(rules, **change)
        if "key" in self.entries:
            rules = replace(rules, key=self.entries["key"].get().strip())
        if "limit" in self.entries:
            rules = replace(rules, limit=int(self.entries["limit"].get().strip() or 0))
        return rules

    def show_rules(self, rules: Rules) -> None:
        """Show the rules as they are now."""
        self._data = replace(self._data, rules=rules)
        for name, switch in self.switches.items():
            if name != "mute":
                switch.show(bool(getattr(rules, name)))
        for name, entry in self.entries.items():
            text = self._entry_text(name)
            if isinstance(entry, ttk.Combobox):
                entry.configure(values=list(self._choices(name).values()))
                entry.set(text)
            else:
                entry.delete(0, "end")
                entry.insert(0, text)
        self._count()

    def show_problems(self, problems: Mapping[RuleName, str]) -> None:
        """Show a reason under each of these rules, and none under the others."""
        for name, label in self._errors.items():
            text = next((reason for each, reason in problems.items() if each == name), "")
            label.configure(text=text)
            (label.grid if text else label.grid_remove)()

    def _typing_problems(self) -> dict[RuleName, str]:
        problems: dict[RuleName, str] = {}
        longest = self._data.longest_topic
        if "topic" in self.entries and longest:
            topic = self.entries["topic"].get().strip()
            if topic != self._data.rules.topic and len(topic.encode()) > longest:
                problems["topic"] = _(TOPIC_TOO_LONG)
        if "limit" in self.entries:
            typed = self.entries["limit"].get().strip()
            if typed and not (typed.isascii() and typed.isdecimal() and 0 < int(typed) <= MAX_LIMIT):
                problems["limit"] = _(NO_NUMBER)
        if "key" in self.entries:
            typed = self.entries["key"].get().strip()
            if typed != self._data.rules.key and (len(typed) > MAX_KEY or not {" ", ","}.isdisjoint(typed)):
                problems["key"] = _(BAD_KEY)
        return problems

    def _build_topic(self) -> None:
        px, data = self._theme.px, self._data
        head = self._head(_("Topic"))
        self.counter = ttk.Label(head, style="Muted.TLabel")
        self.counter.pack(side="right")
        if data.may_set_topic:
            entry = self.entries["topic"] = ttk.Entry(self, font="ChatBody")
            entry.insert(0, data.rules.topic)
            entry.bind("<KeyRelease>", lambda event: self._count())
            self._add(entry, px(4))
        else:
            text = data.rules.topic or _("This channel has no topic.")
            self._add(ttk.Label(self, text=text, wraplength=px(WIDTH), justify="left"), px(4))
        self._add_error("topic")
        self._count()

    def _build_notifications(self) -> None:
        px = self._theme.px
        head = self._head(_("Notify me"), px(20))
        ttk.Label(head, text=_(DEFAULT_NOTE), style="Muted.TLabel").pack(side="right")
        self.notify = SegmentedControl(
            self, self._theme, {level: _(label) for level, label in LEVELS.items()}
        )
        self.notify.show(self._data.notify)
        self._add(self.notify, px(6))
        mute = self.switches["mute"] = Switch(self, self._theme, _(MUTE))
        mute.show(self._data.muted)
        self._add(mute, px(14), "w")

    def _build_rules(self) -> None:
        px = self._theme.px
        self._add(ttk.Frame(self, style="Divider.TFrame", height=max(px(1), 1)), px(16))
        head = self._head(_("Rules"), px(14))
        if self._data.may_change:
            ttk.Label(head, text=_(MAY_CHANGE), style="Muted.TLabel").pack(side="right")
        for name in self._data.offered:
            self._build_rule(name)

    def _build_rule(self, name: RuleName) -> None:
        theme, px = self._theme, self._theme.px
        title, detail = RULE_TEXTS[name]
        row = ttk.Frame(self)
        row.columnconfigure(0, weight=1)
        ttk.Label(row, text=_(title)).grid(row=0, column=0, sticky="w")
        ttk.Label(row, text=_(detail), style="Muted.TLabel").grid(row=1, column=0, sticky="w")
        control: tk.Widget
        if not self._data.may_change or name in self._data.fixed:
            control = ttk.Label(row, text=self._plain_text(name))
        elif name in CHOICES:
            box = self.entries[name] = ttk.Combobox(
                row, font="ChatBody", values=list(self._choices(name).values()), state="readonly", width=12
            )
            box.set(self._entry_text(name))
            box.bind("<<ComboboxSelected>>", lambda event: box.selection_clear())
            control = box
        elif name in ("key", "limit"):
            control = self.entries[name] = ttk.Entry(row, font="ChatBody", width=13)
            control.insert(0, self._entry_text(name))
        else:
            control = self.switches[name] = Switch(row, theme)
            self.switches[name].show(bool(getattr(self._data.rules, name)))
        control.grid(row=0, column=1, rowspan=2, sticky="e", padx=(px(12), 0))
        self._add(row, px(8))
        self._add_error(name)

    def _head(self, text: str, gap: int = 0) -> ttk.Frame:
        head = ttk.Frame(self)
        ttk.Label(head, text=text, style="Bold.TLabel").pack(side="left")
        self._add(head, gap)
        return head

    def _add(self, widget: tk.Widget, gap: int, sticky: str = "ew") -> None:
        widget.grid(row=self._row, sticky=sticky, pady=(gap, 0))
        self._row += 1

    def _add_error(self, name: RuleName) -> None:
        px = self._theme.px
        label = ttk.Label(self, style="Danger.TLabel", wraplength=px(WIDTH), justify="left")
        self._errors[name] = label
        self._add(label, px(2), "w")
        label.grid_remove()

    def _count(self) -> None:
        longest = self._data.longest_topic
        if "topic" in self.entries and longest:
            count = len(self.entries["topic"].get().encode())
            text = _("{count} of {longest}").format(count=count, longest=longest)
            self.counter.configure(text=text)

    def _choices(self, name: str) -> dict[int, str]:
        """Return the usual choices of a rule, and the present one if it is another."""
        usual, text = CHOICES[name]
        return {number: text(number) for number in sorted({*usual, getattr(self._data.rules, name)})}

    def _entry_text(self, name: str) -> str:
        value = getattr(self._data.rules, name)
        return self._choices(name)[value] if name in CHOICES else str(value or "")

    def _plain_text(self, name: RuleName) -> str:
        value = getattr(self._data.rules, name)
        if name in CHOICES:
            return self._entry_text(name)
        if name == "limit":
            return self._entry_text(name) or _("No limit")
        return _("Yes") if value else _("No")


def _slow_text(seconds: int) -> str:
    if not seconds:
        return _("Off")
    if seconds % 60:
        return ngettext("{count} second", "{count} seconds", seconds).format(count=seconds)
    minutes = seconds // 60
    return ngettext("{count} minute", "{count} minutes", minutes).format(count=minutes)


def _keep_text(days: int) -> str:
    if not days:
        return _("For ever")
    return ngettext("{count} day", "{count} days", days).format(count=days)


CHOICES: dict[str, tuple[Sequence[int], Callable[[int], str]]] = {
    "slow_seconds": (SLOW_CHOICES, _slow_text),
    "keep_days": (KEEP_CHOICES, _keep_text),
}
"""The rules that are chosen from a list: the usual numbers, and what says one in words."""
