"""A logged error fails the test, unless the test expects it with `assertLogs`."""

from __future__ import annotations

import logging
import unittest


class Errors(logging.Handler):
    """Collects logged errors."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.texts.append(self.format(record))


class Quiet(unittest.TestCase):
    """A test that fails on logged errors, including those during its cleanup."""

    def setUp(self) -> None:
        super().setUp()
        self._errors = Errors()
        logging.getLogger().addHandler(self._errors)
        self.addCleanup(self._no_errors)

    def _no_errors(self) -> None:
        logging.getLogger().removeHandler(self._errors)
        self.assertEqual(self._errors.texts, [], "errors were logged")
