"""Chooses how this system shows notifications."""

from __future__ import annotations

import sys
from collections.abc import Callable

from chatapp.system.linux_notifications import LinuxNotifier
from chatapp.system.notice import Notifier
from chatapp.system.script_notifications import ScriptNotifier, apple_command, windows_command


def system_notifier(on_click: Callable[[str], object], platform: str = sys.platform) -> Notifier:
    """Return what shows notifications on this system.

    Args:
        on_click: Called with the key of a notification that was clicked, on another thread.
        platform: As in `sys.platform`.
    """
    if platform == "win32":
        return ScriptNotifier(on_click, windows_command)
    if platform == "darwin":
        return ScriptNotifier(on_click, apple_command, reports_clicks=False)
    return LinuxNotifier(on_click)
