"""Locks between processes. A lock ends when its descriptor is closed, at the latest with the process."""

from __future__ import annotations

import sys

if sys.platform == "win32":
    from chatapp.system.windows_file_locks import try_lock, wait_for_lock
else:
    from chatapp.system.posix_file_locks import try_lock, wait_for_lock

__all__ = ["try_lock", "wait_for_lock"]
