"""Chooses how this system shows notifications; only the modules for that are imported, when it is needed."""

from __future__ import annotations

import sys
from collections.abc import Callable

from chatapp.system.notice import Notifier


def system_notifier(on_click: Callable[[str], object], platform: str = sys.platform) -> Notifier:
    """Return what shows notifications on this system.

    Args:
        on_click: Called with the key of a notification that was clicked, on another thread.
        platform: As in `sys.platform`.
    """
    if platform not in ("win32", "darwin"):
        from chatapp.system.linux_notifications import LinuxNotifier

        return LinuxNotifier(on_click)

    from chatapp.system.script_notifications import ScriptNotifier, apple_command, windows_command

    if platform == "win32":
        return ScriptNotifier(on_click, windows_command)
    return ScriptNotifier(on_click, apple_command, reports_clicks=False)
