"""The server's log, on the standard output."""

from __future__ import annotations

import logging
import queue
import sys
from logging.handlers import QueueHandler, QueueListener
from types import TracebackType

from chatapp.protocol.printable import visible

LINES = 10_000  # that may wait for a slow terminal


class OneLineFormatter(logging.Formatter):
    """An event is one line, whatever a client has put into it; a traceback follows on lines of its own."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return visible(super().formatMessage(record))

    def formatException(
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        return "\n".join(map(visible, super().formatException(ei).split("\n")))


def start(level: str) -> QueueListener:
    """Print log lines by a thread of their own, so that a stuck terminal holds nobody up."""
    lines: queue.Queue[logging.LogRecord] = queue.Queue(LINES)
    entrance = QueueHandler(lines)
    entrance.setFormatter(OneLineFormatter("%(message)s"))
    root = logging.getLogger()
    root.setLevel(level)
    root.addHandler(entrance)
    logging.raiseExceptions = False  # a full queue drops lines in silence
    listener = QueueListener(lines, logging.StreamHandler(sys.stdout))
    listener.start()
    return listener
