"""The tables of the README say what the code says. A row that is wrong is printed as it must be."""

from __future__ import annotations

import inspect
import re
import unittest
from collections.abc import Iterator
from pathlib import Path

from chatapp.protocol import modes
from chatapp.server.cli import config_file
from chatapp.server.commands import COMMANDS
from chatapp.server.config import SECTIONS

README = (Path(__file__).resolve().parents[1] / "README.md").read_text("utf-8")


def table(heading: str) -> list[str]:
    """The rows of the first table below a heading, without its head."""
    below = README.split(f"\n{heading}\n", 1)[1]
    lines = [line for line in re.split(r"\n#+ ", below)[0].splitlines() if line.startswith("|")]
    return lines[2:]


def cells(row: str) -> list[str]:
    return [cell.strip().strip("`") for cell in re.split(r"(?<!\\)\|", row)[1:-1]]


def row(*texts: str) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def of_commands() -> Iterator[str]:
    """A row for each handler: how it is typed, other names for it, who may, what it does."""
    names: dict[object, list[str]] = {}
    for name, command in COMMANDS.items():
        names.setdefault(command.handler, []).append(name)
    for known in names.values():
        command = COMMANDS[known[0]]
        usage, _, purpose = inspect.cleandoc(command.handler.__doc__ or "").splitlines()[0].partition(": ")
        others = ", ".join(f"`{name}`" for name in known if name != usage.split()[0])
        who = "" if command.role == "member" else command.role
        yield row(f"`{usage}`", others, who, purpose.replace("<", "&lt;").replace("*", "\\*"))


def of_section(name: str) -> Iterator[str]:
    """A row for each key: its default, and what it is for."""
    for each, allowed in config_file.keys(SECTIONS[name]):
        words = f"{each.metadata['words']}{f' ({allowed})' if allowed else ''}"
        yield row(f"`{each.name}`", f"`{config_file.written(each.default)}`", words)


class Tables(unittest.TestCase):
    maxDiff = None

    def test_every_command_with_its_names_and_who_may_use_it(self) -> None:
        self.assertEqual(table("### Commands"), list(of_commands()))

    def test_every_key_of_the_configuration_with_its_default(self) -> None:
        for name in SECTIONS:
            with self.subTest(name):
                self.assertEqual(table(f"#### `[{name}]`"), list(of_section(name)))

    def test_every_mode_of_a_channel_and_whether_it_takes_a_parameter(self) -> None:
        rows = map(cells, table("### Modes of a channel"))
        told = {letter: bool(parameter) for letter, parameter, _ in rows}
        letters = [*modes.RANKS, *modes.LISTS, *modes.KEPT]
        self.assertEqual(told, {letter: modes.takes_parameter("+", letter) for letter in letters})

    def test_every_prefix_of_a_rank(self) -> None:
        rows = {letter: words for letter, _, words in map(cells, table("### Modes of a channel"))}
        for letter, rank in modes.RANKS.items():
            self.assertIn(f"`{rank.prefix}`", rows[letter])

    def test_every_mode_of_a_person_and_who_sets_it(self) -> None:
        told = {letter: who for letter, who, _ in map(cells, table("### Modes of a person"))}
        expected = {
            letter: "you" if letter in modes.USER_MODES else "the server" for letter in modes.ALL_USER_MODES
        }
        self.assertEqual(told, expected)


if __name__ == "__main__":
    unittest.main()
