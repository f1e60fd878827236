"""The items of the menus of the transcript: of a message, a link, a selection and the empty area."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from chatapp.gui.transcript.file_deeds import DEEDS, FileDeed
from chatapp.gui.transcript.message_actions import ACTIONS, ActionName
from chatapp.gui.transcript.runs import Target, TargetKind
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.languages.translation import N_, _

Perform = Callable[[ActionName], object]
TARGET_ITEMS: dict[TargetKind, tuple[str, str]] = {
    "quote": (N_("Go to the quoted message"), "reply"),
    "link": (N_("Open {target}"), "link"),
    "file": (N_("File “{target}”…"), "file"),
    "picture": (N_("Picture “{target}”…"), "image"),
    "copy-code": (N_("Copy code"), "copy"),
    "show-all": (N_("Show all lines"), "code"),
    "fold": (N_("Show each person"), "people"),
    "retry": (N_("Try again"), "send"),
    "edit": (N_("Edit"), "pencil"),
    "discard": (N_("Discard"), "trash"),
    "cancel": (N_("Cancel sending"), "x"),
    "undo": (N_("Undo"), "undo"),
}
"""What Enter activates in a chosen message: its label, marked for translation, and its icon."""
MAX_LABEL = 60  # characters of a label


def message_items(actions: Iterable[ActionName], perform: Perform) -> Iterator[MenuItem]:
    """Yield the items of the actions that are possible with a message."""
    for name in actions:
        action = ACTIONS[name]
        yield MenuItem(_(action.label), partial(perform, name), action.icon, action.key, action.dangerous)


def target_items(
    targets: Iterable[Target],
    activate: Callable[[Target], object],
    name: Callable[[Target], str] = lambda target: target.value,
) -> Iterator[MenuItem]:
    """Yield the items of what can be clicked in a message.

    Args:
        name: Returns what a target is called in its item.
    """
    for target in targets:
        label, icon = TARGET_ITEMS[target.kind]
        label = _(label).format(target=name(target))
        shown = label if len(label) <= MAX_LABEL else label[: MAX_LABEL - 1] + "…"
        yield MenuItem(shown, partial(activate, target), icon)


def file_items(deeds: Iterable[FileDeed], do: Callable[[FileDeed], object]) -> Iterator[MenuItem]:
    """Yield the items of what can be done to a file."""
    for deed in deeds:
        look = DEEDS[deed]
        yield MenuItem(_(look.label), partial(do, deed), look.icon, dangerous=look.dangerous)


def link_items(link: str, open_link: Callable[[], object], copy: Callable[[], object]) -> Iterator[MenuItem]:
    """Yield the items of a link; one that begins with `#` leads to a channel."""
    is_channel = link.startswith("#")
    yield MenuItem(_("Open channel") if is_channel else _("Open link"), open_link, "link")
    yield MenuItem(_("Copy channel name") if is_channel else _("Copy link"), copy, "copy")


def area_items(
    mark_read: Callable[[], object] | None, copy_all: Callable[[], object] | None
) -> Iterator[MenuItem]:
    """Yield the items of the area below the messages.

    Args:
        mark_read: None if nothing is unread.
        copy_all: None if there are no messages.
    """
    if mark_read is not None:
        yield MenuItem(_("Mark as read"), mark_read, "check", "Esc")
    if copy_all is not None:
        yield MenuItem(_("Copy all messages"), copy_all, "copy")


def selection_items(copy: Callable[[], object], quote: Callable[[], object]) -> Iterator[MenuItem]:
    """Yield the items of a selected text."""
    yield MenuItem(_("Copy"), copy, "copy", "Ctrl+C")
    yield MenuItem(_("Quote in your message"), quote, "quote")
