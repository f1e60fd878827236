"""Writes the settings down soon after they change, so that a killed window loses some seconds at most.

Several windows may share the file. What one of them changes is merged into it: for a single value the last
writer wins; in lists and tables each entry that one adds, changes or removes is a change of its own.

Writing waits for the disk, so it is done by a thread; only the last time is waited for.
"""

from __future__ import annotations

import copy
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from chatapp.client import json_file
from chatapp.client.local import settings as kept
from chatapp.client.local.settings import Settings

CHANGE_SECONDS = 2.0  # from a change until it is written
AGAIN_SECONDS = 30.0  # after it could not be written

log = logging.getLogger(__name__)


class SettingsWriter:
    """Keeps settings in a file.

    Args:
        settings: What the file said when it was read. The window changes them.
        file: Where they are kept.
        clock: Seconds that never go back.
    """

    def __init__(self, settings: Settings, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._file = file
        self._clock = clock
        self._written = copy.deepcopy(settings)  # as we wrote or read it last
        self._changed: float | None = None  # when it was first seen to be different
        self._next = 0.0  # before that it is not tried again
        self._thread: threading.Thread | None = None
        self._problem = ""
        self._said = ""

    def look(self) -> str:
        """Write the settings if they changed some seconds ago.

        Returns:
            Why they cannot be written, each time that this is new; else nothing.
        """
        if self._thread is not None and not self._thread.is_alive():
            self._thread = None
        if self._thread is None:
            self._begin(self._clock())
        problem, news = self._problem, self._problem != self._said
        self._said = problem
        return problem if news else ""

    def save(self) -> str:
        """Write what has changed, now.

        Returns:
            Why it cannot be written, or nothing.
        """
        if self._thread is not None:
            self._thread.join()
            self._thread = None
        if self._settings != self._written:
            self._write(copy.deepcopy(self._settings))
        return self._problem

    def _begin(self, now: float) -> None:
        if self._settings == self._written:
            self._changed = None
        elif self._changed is None:
            self._changed = now
        elif now >= max(self._changed + CHANGE_SECONDS, self._next):
            self._changed, self._next = None, now
            taken = copy.deepcopy(self._settings)
            self._thread = threading.Thread(target=self._write, args=(taken,), name="keeper", daemon=True)
            self._thread.start()

    def _write(self, taken: Settings) -> None:
        """Merge our changes into the file.

        Thread:
            Any, but one at a time.
        """
        try:
            with json_file.locked(self._file):
                found = kept.load(self._file)
                theirs = found if self._file.exists() else self._written  # it is gone, or was broken
                kept.save(kept.merged(self._written, taken, theirs), self._file)
        except OSError as error:
            log.warning("the settings could not be written to %s: %s", self._file, error)
            self._problem = (
                f"Your settings cannot be saved in {self._file.parent}: {error.strerror or error}. "
                "Until that is put right, what you change is lost when you close this window."
            )
            self._next = self._clock() + AGAIN_SECONDS
            return
        self._problem = ""
        self._written = taken
