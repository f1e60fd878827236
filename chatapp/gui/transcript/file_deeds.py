"""What can be done to a file that a message links to: one table for its card and its menu. No tkinter."""

from __future__ import annotations

from typing import Literal, NamedTuple

from chatapp.client.model.files import FileCard
from chatapp.languages.translation import N_

FileDeed = Literal["view", "download", "cancel", "open", "folder", "save", "retry", "copy", "delete"]


class FileDeedLook(NamedTuple):
    """How something that can be done to a file is shown.

    Attributes:
        label: In a menu and in a tooltip, marked for translation.
        icon: A name of the theme's icons.
        dangerous: Whether it destroys something.
    """

    label: str
    icon: str
    dangerous: bool = False


DEEDS: dict[FileDeed, FileDeedLook] = {
    "view": FileDeedLook(N_("Show the picture"), "image"),
    "open": FileDeedLook(N_("Open"), "open"),
    "folder": FileDeedLook(N_("Show in folder"), "folder"),
    "cancel": FileDeedLook(N_("Cancel the download"), "x"),
    "retry": FileDeedLook(N_("Try again"), "undo"),
    "download": FileDeedLook(N_("Download"), "download"),
    "save": FileDeedLook(N_("Save as…"), "disk"),
    "copy": FileDeedLook(N_("Copy link"), "link"),
    "delete": FileDeedLook(N_("Delete the file"), "trash", dangerous=True),
}
"""Everything, in the order of the menu."""


def deeds_of(card: FileCard, may_delete: bool) -> list[FileDeed]:
    """Return what to offer for a file, in the order of the menu.

    Args:
        may_delete: Whether the server lets us delete it.
    """
    if card.state == "gone":
        return ["copy"]
    offered: set[FileDeed] = {"save", "copy"}
    main = main_deed(card)
    if main:
        offered.add(main)
    if main == "open":
        offered.add("folder")
    if card.is_picture:
        offered.add("view")
    if main == "retry":
        offered.add("download")
    if may_delete:
        offered.add("delete")
    return [deed for deed in DEEDS if deed in offered]


def main_deed(card: FileCard) -> FileDeed | None:
    """Return what the button of a card does; None if it has none."""
    download = card.download
    if download is not None and download.is_active:
        return "cancel"
    if download is not None and download.state == "done":
        return "open"
    if card.state == "gone":
        return None
    return "retry" if card.state == "failed" else "download"
