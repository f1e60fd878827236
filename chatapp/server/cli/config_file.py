"""`run_server.py config`: prints a configuration with every default, or checks one."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from dataclasses import Field, fields
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from chatapp.server.cli.options import Subcommands
from chatapp.server.config import SECTIONS, load

_HEAD = """\
# Configuration of the chat server, for `run_server.py --config FILE`.
# The values below are the defaults. You can delete the lines that you do not change."""

_TAIL = """\
[operators]
# Names for OPER with a password hash, in addition to the owner password that the first start prints:
# name = "a password hash as `run_server.py account hash` prints it\""""


def add_to(commands: Subcommands) -> None:
    """Add `run_server.py config`."""
    text = "print a configuration with all defaults, or check one"
    parser = commands.add_parser("config", help=text, description=f"{text.capitalize()}.")
    parser.add_argument("--check", type=Path, metavar="FILE", help="only check this configuration")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.check:
        load(options.check)
        print(f"{options.check} is valid")
    else:
        print(default_config(), end="")
    return 0


def default_config() -> str:
    """Return the default configuration in TOML, with a comment for each key."""
    parts = [_HEAD]
    for name, section in SECTIONS.items():
        lines = [f"# {section.__doc__}", f"[{name}]"]
        for each, description in keys(section):
            lines += [f"# {description}", f"{each.name} = {to_toml(each.default)}"]
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, _TAIL]) + "\n"


def keys(section: type) -> Iterator[tuple[Field[Any], str]]:
    """Yield each key of a section with its description, including the allowed values."""
    hints = get_type_hints(section)
    for each in fields(section):
        allowed = _allowed(hints[each.name], each.metadata["least"], each.metadata["most"])
        yield each, f"{each.metadata['description']}{f' ({allowed})' if allowed else ''}"


def to_toml(value: Any) -> str:
    """Write a value as TOML."""
    return json.dumps(value, ensure_ascii=False)


def _allowed(hint: Any, least: int, most: int) -> str:
    """Return the allowed values, empty for any value of the type."""
    if get_origin(hint) is Literal:
        return " or ".join(map(to_toml, get_args(hint)))
    if most:
        return f"{least} to {most}"
    return f"at least {least}" if least else ""
