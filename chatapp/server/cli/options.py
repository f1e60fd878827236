"""Shared parts of the subcommands of `run_server.py`: types, options, and converters of their values."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from chatapp.protocol.addresses import LAST_PORT
from chatapp.protocol.numbers import LARGEST, parse_whole

Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""The action of argparse to which subcommands are added."""

Run = Callable[[argparse.Namespace], int]
"""Runs a subcommand with its options; returns the exit status."""


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data DIR`."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="the data folder with the database (default: the user's)"
    )


def whole_number(least: int, most: int = LARGEST) -> Callable[[str], int]:
    """Return the type of an option whose value is a whole number between two limits."""

    def read(text: str) -> int:
        number = parse_whole(text, least, most)
        if number is None:
            allowed = f"from {least} to {most}" if most < LARGEST else f"of at least {least}"
            raise argparse.ArgumentTypeError(f"must be a whole number {allowed}, not {text!r}")
        return number

    return read


def port_number(first: int) -> Callable[[str], int]:
    """Return the type of an option whose value is a port; `first` is 0 where that means any free port."""
    return whole_number(first, LAST_PORT)
