"""Settings of a process that differ between systems: private files, open files, background children."""

from __future__ import annotations

import os
import subprocess
import sys

HAS_SESSIONS = sys.platform != "win32"
"""Whether a child can be started in its own session, so that Ctrl+C in the terminal does not reach it."""

BACKGROUND_FLAGS: int = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(
    subprocess, "CREATE_NO_WINDOW", 0
)
"""`creationflags` of a child that Ctrl+C does not reach and that opens no window; 0 except on Windows."""


def let_others_come_to_front() -> None:
    """Allow other programs to come to the front in place of this one. Only Windows demands it."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)


def make_new_files_private() -> None:
    """Make files that this process creates readable for its own user only. Windows ignores it."""
    os.umask(0o077)


def raise_open_file_limit() -> None:
    """Allow this process as many open files as the system grants: each connection needs one."""
    if sys.platform == "win32":
        return  # there is no such limit
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
