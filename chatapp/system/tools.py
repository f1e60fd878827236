"""Runs a program of the system for its output, within a time limit."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from chatapp.system.processes import BACKGROUND_FLAGS

log = logging.getLogger(__name__)


def output_of(
    command: Sequence[str],
    seconds: float,
    variables: Mapping[str, str] | None = None,
    source: Path | None = None,
) -> bytes:
    """Return what a program writes to its standard output; empty if it fails or takes too long.

    Args:
        variables: Environment variables to add.
        source: The file that it reads from its standard input; None for nothing.
    """
    try:
        with Path(source or os.devnull).open("rb") as file:
            ended = subprocess.run(
                command,
                stdin=file,
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
