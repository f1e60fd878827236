"""All tests. `python -m unittest` calls `load_tests`."""

from __future__ import annotations

import unittest


def load_tests(
    loader: unittest.TestLoader, tests: unittest.TestSuite, pattern: str | None
) -> unittest.TestSuite:
    """Return the tests, or the part of them that CHATAPP_TESTS names."""
    from tests.whole_run import load  # not above: benches and live servers import this package, too

    return load(loader, pattern)
