"""A notification as the system shows it, and what can show it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Literal, NamedTuple, Protocol

MAX_TITLE, MAX_TEXT = 100, 300  # characters
UNSAFE_CATEGORIES = {"Cc", "Cs", "Zl", "Zp"}  # control characters, lone surrogates, line separators
DIRECTIONS = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that only change the direction of text, with which a name can pose as another one."""

State = Literal["unknown", "ready", "absent"]


class Notice(NamedTuple):
    """A notification; one with the same key replaces it."""

    key: str
    title: str
    text: str


class Notifier(Protocol):
    """Shows notifications. No call blocks or raises; `on_click` is called on another thread.

    Attributes:
        reports_clicks: Whether it learns when a notification is clicked.
    """

    reports_clicks: bool

    @property
    def state(self) -> State:
        """Whether notifications can be shown; it is known some time after `check`, and after `show`."""

    def check(self) -> None:
        """Find out whether notifications can be shown."""

    def show(self, notice: Notice) -> None:
        """Show a notification."""

    def close(self, key: str) -> None:
        """Close the notification with this key, if it is still shown."""

    def stop(self) -> None:
        """Close all notifications and end."""


class NoNotifier:
    """For a system on which nothing can show notifications."""

    state: State = "absent"
    reports_clicks = False

    def __init__(self, on_click: Callable[[str], object] = lambda key: None) -> None:
        """Accept the arguments of a notifier."""

    def check(self) -> None:
        """Do nothing."""

    def show(self, notice: Notice) -> None:
        """Do nothing."""

    def close(self, key: str) -> None:
        """Do nothing."""

    def stop(self) -> None:
        """Do nothing."""


def clean(text: str, most: int) -> str:
    """Return a text for one line of a notification, without control characters, and not too long."""
    text = "".join(_safe(each) for each in text[: 4 * most])
    words = " ".join(text.split())
    return words if len(words) <= most else words[: most - 1].rstrip() + "…"


def _safe(character: str) -> str:
    if character in DIRECTIONS:
        return ""
    return " " if unicodedata.category(character) in UNSAFE_CATEGORIES else character
