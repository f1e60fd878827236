"""The configuration as a text that one can edit: every key with its default and what it is for."""

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
# What stands here is what holds when nothing is said; keep the lines that you change."""

_TAIL = """\
[operators]
# who may run the server with OPER, beside the owner's password that the first start shows:
# name = "a password hash as `run_server.py account hash` prints it\""""


def add_to(commands: Subcommands) -> None:
    """`run_server.py config`"""
    parser = commands.add_parser("config", help="print a configuration with all defaults, or check one")
    parser.add_argument("--check", type=Path, metavar="FILE", help="say whether this configuration is right")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.check:
        load(options.check)
        print(f"{options.check} is right")
    else:
        print(commented(), end="")
    return 0


def commented() -> str:
    """All of it, as TOML with a comment for each key."""
    parts = [_HEAD]
    for name, kind in SECTIONS.items():
        lines = [f"# {kind.__doc__}", f"[{name}]"]
        for each, allowed in keys(kind):
            lines += [f"# {each.metadata['words']}{f' ({allowed})' if allowed else ''}", _line(each)]
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, _TAIL]) + "\n"


def keys(section: type) -> Iterator[tuple[Field[Any], str]]:
    """Each key of a section, with the values that it may have where that is not plain."""
    hints = get_type_hints(section)
    for each in fields(section):
        yield each, _allowed(hints[each.name], each.metadata["least"], each.metadata["most"])


def written(value: Any) -> str:
    """A value as TOML."""
    return json.dumps(value, ensure_ascii=False)


def _line(each: Field[Any]) -> str:
    return f"{each.name} = {written(each.default)}"


def _allowed(hint: Any, least: int, most: int) -> str:
    if get_origin(hint) is Literal:
        return " or ".join(map(written, get_args(hint)))
    if most:
        return f"{least} to {most}"
    return f"at least {least}" if least else ""
