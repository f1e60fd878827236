"""Notifications on macOS and Windows, by a program of the system that runs a fixed script.

The script gets the texts as arguments or environment variables. They are never a part of it, so that nothing
in them can run.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import NamedTuple

from chatapp.system.notice import MAX_TEXT, MAX_TITLE, Notice, State, clean
from chatapp.system.processes import BACKGROUND_FLAGS

CLICKED = "clicked"  # what the script for Windows prints
SCRIPT_SECONDS = 15.0  # after which a script that does not end is ended
MOST_PROCESSES = 4  # that may show notifications at the same time
BALLOON_TITLE, BALLOON_TEXT = 63, 255  # the most characters that Windows accepts

APPLE_SCRIPT = (
    "on run argv",
    "display notification (item 2 of argv) with title (item 1 of argv)",
    "end run",
)

POWER_SHELL = """
Add-Type -AssemblyName System.Windows.Forms, System.Drawing
$balloon = New-Object System.Windows.Forms.NotifyIcon
$balloon.Icon = [System.Drawing.SystemIcons]::Information
$balloon.Visible = $true
$global:chatapp_end = ''
$balloon.add_BalloonTipClicked({ $global:chatapp_end = 'clicked' })
$balloon.add_BalloonTipClosed({ if (-not $global:chatapp_end) { $global:chatapp_end = 'closed' } })
$balloon.ShowBalloonTip(8000, $env:CHATAPP_NOTICE_TITLE, $env:CHATAPP_NOTICE_TEXT, 'None')
$end = (Get-Date).AddSeconds(10)
while (-not $global:chatapp_end -and (Get-Date) -lt $end) {
    [System.Windows.Forms.Application]::DoEvents()
    Start-Sleep -Milliseconds 100
}
$balloon.Dispose()
Write-Output $global:chatapp_end
"""


class NoticeCommand(NamedTuple):
    """A program with its arguments, and the environment variables to add for it."""

    arguments: list[str]
    variables: Mapping[str, str]


def apple_command(notice: Notice) -> NoticeCommand:
    """Return the command for macOS. After `--`, a text that begins with a dash is no option."""
    lines = [part for line in APPLE_SCRIPT for part in ("-e", line)]
    texts = [clean(notice.title, MAX_TITLE), clean(notice.text, MAX_TEXT)]
    return NoticeCommand(["osascript", *lines, "--", *texts], {})


def windows_command(notice: Notice) -> NoticeCommand:
    """Return the command for Windows. It refuses an empty text."""
    variables = {
        "CHATAPP_NOTICE_TITLE": clean(notice.title, BALLOON_TITLE),
        "CHATAPP_NOTICE_TEXT": clean(notice.text, BALLOON_TEXT) or " ",
    }
    options = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass", "-Sta", "-Command"]
    return NoticeCommand(["powershell", *options, POWER_SHELL], variables)


class ScriptNotifier:
    """Starts a program for each notification, and waits for its end on a thread.

    A notification that is shown cannot be replaced or closed on these systems; `close` ends a program that
    shows one.

    Args:
        on_click: Called with the key of a notification that was clicked.
        command: Returns the command for a notification.
        reports_clicks: Whether the program says that a notification was clicked.

    Thread:
        `on_click` is called on a thread of the notifier.
    """

    def __init__(
        self,
        on_click: Callable[[str], object],
        command: Callable[[Notice], NoticeCommand],
        reports_clicks: bool = True,
    ) -> None:
        self.state: State = "unknown"
        self.reports_clicks = reports_clicks
        self._on_click = on_click
        self._command = command
        self._lock = threading.Lock()
        self._running: list[tuple[str, subprocess.Popen[str]]] = []  # guarded by the lock, as the next two
        self._starting = 0
        self._has_ended = False

    @property
    def shown(self) -> list[str]:
        """The keys of the notifications for which a program runs."""
        with self._lock:
            return [key for key, _ in self._running]

    def check(self) -> None:
        """Find out whether the program is there."""
        program = self._command(Notice("", "", "")).arguments[0]
        self.state = "ready" if shutil.which(program) else "absent"

    def show(self, notice: Notice) -> None:
        """Show a notification, unless too many are shown already."""
        self.close(notice.key)
        with self._lock:
            if len(self._running) + self._starting >= MOST_PROCESSES:
                return
            self._starting += 1
        threading.Thread(target=self._run, args=(notice,), name="notification", daemon=True).start()

    def close(self, key: str) -> None:
        """Close the notification with this key, if a program shows it."""
        with self._lock:
            for each, process in self._running:
                if each == key:
                    process.terminate()

    def stop(self) -> None:
        """End all programs, also those that are being started."""
        with self._lock:
            self._has_ended = True
            for _, process in self._running:
                process.terminate()

    def _run(self, notice: Notice) -> None:
        process = self._start(notice)
        with self._lock:
            self._starting -= 1
            if process is not None:
                self._running.append((notice.key, process))
                if self._has_ended:
                    process.terminate()
        if process is None:
            self.state = "absent"
            return
        self.state = "ready"
        output = ""
        try:
            output, _ = process.communicate(timeout=SCRIPT_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            with suppress(OSError, ValueError):
                process.communicate()
        with self._lock:
            self._running.remove((notice.key, process))
        if output.strip() == CLICKED:
            self._on_click(notice.key)

    def _start(self, notice: Notice) -> subprocess.Popen[str] | None:
        """Start the program for a notification; return None if there is none."""
        command = self._command(notice)
        try:
            return subprocess.Popen(
                command.arguments,
                env={**os.environ, **command.variables},
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                errors="replace",
                creationflags=BACKGROUND_FLAGS,
            )
        except OSError:
            return None
