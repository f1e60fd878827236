"""What the subcommands of `run_server.py` share: their type, and the options that several of them have."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

Subcommands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a subcommand is added to."""


def add_data_option(parser: argparse.ArgumentParser) -> None:
    """Add `--data DIR`."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="the folder for the database")
