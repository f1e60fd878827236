"""`python -m chatapp [gui | server | terminal | package]`: run one of the programs, by default the window."""

from __future__ import annotations

import sys
from importlib import import_module

from chatapp.protocol.invite_links import is_link

PROGRAMS = {
    "gui": "chatapp.gui.app",
    "server": "chatapp.server.cli.main",
    "terminal": "chatapp.terminal.app",
    "package": "chatapp.system.package",
}


def main() -> int:
    """Run the named program with the rest of the command line; return the exit status."""
    arguments = sys.argv[1:]
    named = bool(arguments) and arguments[0] in PROGRAMS
    if arguments and not named and not (arguments[0].startswith("-") or is_link(arguments[0])):
        print(f"Unknown program {arguments[0]}. Choose one of {', '.join(PROGRAMS)}.", file=sys.stderr)
        return 2
    program = import_module(PROGRAMS[arguments[0] if named else "gui"])
    return int(program.main(arguments[1:] if named else arguments) or 0)


if __name__ == "__main__":
    sys.exit(main())
