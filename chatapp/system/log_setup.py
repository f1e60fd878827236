"""Sets up logging for the server, the window and the terminal client: destination and format of the lines."""

from __future__ import annotations

import logging
import queue
import sys
from collections.abc import Sequence
from logging.handlers import QueueHandler, QueueListener, RotatingFileHandler
from pathlib import Path
from types import TracebackType

from chatapp.protocol.printable import escape_controls

MESSAGE_ONLY = "%(message)s"  # for the server, which logs to its standard output
WITH_ORIGIN = "%(asctime)s %(levelname)s %(name)s: %(message)s"  # for the log file of a client
FILE_BYTES = 1_000_000  # of a log file; one older file of the same size is kept
QUEUED_LINES = 10_000  # the most log lines that wait for a slow terminal


class OneLineFormatter(logging.Formatter):
    """Writes each record as one line, even with text of a peer; a traceback follows on further lines."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return escape_controls(super().formatMessage(record))

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return "\n".join(map(escape_controls, super().formatException(ei).split("\n")))


def log_to(handlers: Sequence[logging.Handler], level: str = "WARNING", form: str = WITH_ORIGIN) -> None:
    """Send the log of this process to these handlers.

    Args:
        handlers: Where log lines go; without a handler nothing is logged.
        level: The lowest level that is logged: `DEBUG`, `INFO`, `WARNING` or `ERROR`.
        form: The format of a line: MESSAGE_ONLY or WITH_ORIGIN.
    """
    root = logging.getLogger()
    root.setLevel(level)
    for handler in handlers or [logging.NullHandler()]:
        handler.setFormatter(OneLineFormatter(form))
        root.addHandler(handler)


def log_file(path: Path) -> logging.Handler:
    """Return a handler that appends to a file and begins a new one after FILE_BYTES."""
    return RotatingFileHandler(path, "a", FILE_BYTES, backupCount=1, encoding="utf-8", delay=True)


def log_to_stdout(level: str) -> QueueListener:
    """Print log lines on a thread of their own, so that a blocked terminal delays nothing else.

    Args:
        level: As in `log_to`.

    Returns:
        The listener that prints them. Its `stop` prints the lines that still wait.
    """
    lines: queue.Queue[logging.LogRecord] = queue.Queue(QUEUED_LINES)
    log_to([QueueHandler(lines)], level, MESSAGE_ONLY)
    logging.raiseExceptions = False  # a full queue drops lines without an error
    listener = QueueListener(lines, logging.StreamHandler(sys.stdout))
    listener.start()
    return listener
