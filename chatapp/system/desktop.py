"""The place of this program on the desktop: its entry in the menu of applications, and its links."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Protocol

SCHEMES = ("chat", "irc", "ircs")  # of the links


class DesktopPlace(Protocol):
    """The place of this program on the desktop of one user.

    Both methods that change it raise an `OSError` if that fails.
    """

    @property
    def is_in_menu(self) -> bool:
        """Whether the menu of applications has an entry for this program."""

    @property
    def opens_links(self) -> bool:
        """Whether the system opens links of all `SCHEMES` with this program."""

    def put_in_menu(self, icons: Mapping[int, bytes]) -> None:
        """Add the entry, or bring it up to date.

        Args:
            icons: PNG data by the side in pixels.
        """

    def remove_from_menu(self) -> None:
        """Remove the entry and its icons."""

    def open_links(self, wanted: bool, icons: Mapping[int, bytes]) -> None:
        """Let the system open links with this program, or no longer."""


def desktop_place() -> DesktopPlace:
    """Return the place of this program on this system.

    Raises:
        RuntimeError: This user has no home folder.
    """
    if sys.platform == "win32":
        from chatapp.system.windows_desktop import WindowsDesktop
        from chatapp.system.windows_registry import UserRegistry

        return WindowsDesktop.of_user(SCHEMES, UserRegistry())
    if sys.platform == "darwin":
        from chatapp.system.mac_desktop import MacDesktop

        return MacDesktop.of_user(SCHEMES)
    from chatapp.system.linux_desktop import LinuxDesktop

    return LinuxDesktop.of_user(SCHEMES)
