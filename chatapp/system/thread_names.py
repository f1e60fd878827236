"""Names of threads as the system knows them: in /proc, `top -H`, debuggers, and dumps of Python 3.14's
faulthandler.

Threads of `_thread` have none, and before Python 3.14 those of `threading` have theirs only within Python.

Source: proc_pid_comm(5)
"""

from __future__ import annotations

import _thread
import os
import sys
from contextlib import suppress

MOST_BYTES = 15  # the system cuts a longer name


def name_this_thread(name: str) -> None:
    """Name the calling thread; nothing happens outside of Linux, and without /proc."""
    if sys.platform != "linux":
        return
    with suppress(OSError):
        descriptor = os.open(f"/proc/self/task/{_thread.get_native_id()}/comm", os.O_WRONLY)
        try:
            os.write(descriptor, name.encode()[:MOST_BYTES])
        finally:
            os.close(descriptor)
