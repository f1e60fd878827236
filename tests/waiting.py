"""Waiting for what another thread or process does."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

PATIENCE = 20.0  # seconds


def wait_until(holds: Callable[[], object], what: str) -> None:
    """Wait until a condition holds.

    Args:
        what: The condition in words, for the message of the failure.
    """
    end, pause = time.monotonic() + PATIENCE, threading.Event()
    while not holds():
        assert time.monotonic() < end, f"after {PATIENCE:.0f} s still not: {what}"
        pause.wait(0.002)
