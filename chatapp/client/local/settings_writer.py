"""Write the settings soon after they change, so that a killed window loses at most some seconds.

Several windows may share the file. Each one merges its changes into it: the last writer of a single value
wins; in lists and tables each added, changed or removed entry is a change of its own.

Writing waits for the disk, so a thread does it. The window waits for it only when it closes.
"""

from __future__ import annotations

import copy
import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path

from chatapp.client import json_file
from chatapp.client.local import settings as settings_file
from chatapp.client.local.settings import Settings
from chatapp.languages.translation import _

CHANGE_SECONDS = 2.0  # from a change until it is written
RETRY_SECONDS = 30.0  # after a failure

log = logging.getLogger(__name__)


class SettingsWriter:
    """Writes settings to a file.

    Args:
        settings: The settings as read from the file. The window changes them.
        file: The file to write.
        clock: Seconds that never go back.
    """

    def __init__(self, settings: Settings, file: Path, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._file = file
        self._clock = clock
        self._written = copy.deepcopy(settings)  # as last read or written
        self._changed: float | None = None  # when a change was first noticed
        self._next = 0.0  # no attempt to write before this time
        self._thread: threading.Thread | None = None
        self._problem = ""
        self._reported = ""

    def save_if_due(self) -> str:
        """Write the settings if they changed some seconds ago.

        Returns:
            Why they cannot be written, as a sentence for the user, if this is new; else an empty string.
        """
        if self._thread is not None and not self._thread.is_alive():
            self._thread = None
        if self._thread is None:
            self._begin(self._clock())
        problem, before = self._problem, self._reported
        self._reported = problem
        return problem if problem != before else ""

    def save(self) -> str:
        """Write changes now.

        Returns:
            Why they cannot be written, as a sentence for the user; else an empty string.
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
            self._thread = threading.Thread(target=self._write, args=(taken,), name="settings", daemon=True)
            self._thread.start()

    def _write(self, taken: Settings) -> None:
        """Merge our changes into the file.

        Thread:
            Any, but one at a time.
        """
        try:
            with json_file.locked(self._file):
                found = settings_file.load(self._file)
                theirs = found if self._file.exists() else self._written  # missing or broken
                settings_file.save(settings_file.merged(self._written, taken, theirs), self._file)
        except OSError as error:
            log.warning("the settings could not be written to %s: %s", self._file, error)
            self._problem = _(
                "Your settings cannot be saved in {folder}: {reason}. Your changes are lost when you close"
                " this window, unless you fix this first."
            ).format(folder=self._file.parent, reason=error.strerror or error)
            self._next = self._clock() + RETRY_SECONDS
            return
        self._problem = ""
        self._written = taken
