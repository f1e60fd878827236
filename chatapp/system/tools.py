"""Runs a program of the system for its output, within a time limit."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Mapping, Sequence

from chatapp.system.processes import BACKGROUND_FLAGS

log = logging.getLogger(__name__)


def output_of(command: Sequence[str], seconds: float, variables: Mapping[str, str] | None = None) -> bytes:
    """Return what a program writes to its standard output; empty if it fails or takes too long.

    Args:
        variables: Environment variables to add.
    """
    try:
        ended = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=seconds,
            env={**os.environ, **(variables or {})},
            creationflags=BACKGROUND_FLAGS,
            check=False,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired) as error:
        log.info("%s has failed: %s", command[0], error)
        return b""
    if ended.returncode:
        log.info("%s has ended with status %s", command[0], ended.returncode)
        return b""
    return ended.stdout
