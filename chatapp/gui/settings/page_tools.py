"""What the pages of the settings work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.gui.main.notification_controller import NotificationController
from chatapp.gui.theme.theme import Theme


@dataclass(frozen=True, slots=True)
class PageTools:
    """What a page works with."""

    theme: Theme
    client: Client
    settings: Settings
    set: Callable[[str, object], object]
    """Change the setting with this name, so that it takes effect at once."""
    open: Callable[[str], object]
    """Show the page with this key."""
    notifications: NotificationController
    folder: Path | None = None
    """The folder of settings and logs; None if nothing is stored."""
