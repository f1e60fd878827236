"""Shared parts of the subcommands of `run_server.py`: types, options, converters of their values, secrets."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import IO, TypeAlias

from chatapp.protocol import display_names
from chatapp.protocol.addresses import LAST_PORT
from chatapp.protocol.display_names import InvalidDisplayName
from chatapp.protocol.numbers import LARGEST, parse_whole
from chatapp.server.storage.data_folder import CannotUse

SHORTEST_KEY, LONGEST_KEY = 16, 200  # characters of an owner key

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


def visible_name(text: str) -> str:
    """Return the name of a chat as it is shown; the type of an option."""
    try:
        return display_names.clean(text)
    except InvalidDisplayName as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def read_key(source: IO[str] | None) -> str:
    """Read the key of the owner: one line, which the program that makes it keeps in a password store.

    Raises:
        CannotUse: There is no such line.
    """
    try:
        key = source.readline(LONGEST_KEY + 1).strip() if source else ""
    except (OSError, ValueError):
        key = ""
    if not SHORTEST_KEY <= len(key) <= LONGEST_KEY:
        allowed = f"from {SHORTEST_KEY} to {LONGEST_KEY} characters"
        raise CannotUse(f"the standard input has no owner key {allowed}; nothing was changed")
    return key
