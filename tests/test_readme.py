"""The tables in the READMEs agree with the code. A failure prints the expected row."""

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

ROOT = Path(__file__).resolve().parents[1]
MAP = ROOT / "chatapp" / "README.md"
SERVER = (ROOT / "chatapp" / "server" / "README.md").read_text("utf-8")
READMES = [ROOT / "README.md", MAP, ROOT / "chatapp" / "server" / "README.md", ROOT / "tests" / "README.md"]


def table(heading: str) -> list[str]:
    """Return the rows of the first table below a heading, without the header."""
    below = SERVER.split(f"\n{heading}\n", 1)[1]
    lines = [line for line in re.split(r"\n#+ ", below)[0].splitlines() if line.startswith("|")]
    return lines[2:]


def row(*texts: str) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def of_commands() -> Iterator[str]:
    """Return a row for each handler: its syntax, aliases, required role, and description."""
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
    """Return a row for each key: its default and its description."""
    for each, description in config_file.keys(SECTIONS[name]):
        yield row(f"`{each.name}`", f"`{config_file.to_toml(each.default)}`", description)


def of_channel_modes() -> Iterator[str]:
    """Return a row for each mode: its letter, parameter, and description."""
    for mode in modes.CHANNEL_MODES.values():
        yield row(f"`{mode.letter}`", mode.parameter, mode.description)


def of_user_modes() -> Iterator[str]:
    """Return a row for each mode: its letter, who sets it, and its meaning."""
    for mode in modes.USER_MODES.values():
        yield row(f"`{mode.letter}`", "you" if mode.is_settable else "the server", mode.description)


class Tables(unittest.TestCase):
    maxDiff = None

    def test_every_command_with_its_aliases_and_required_role(self) -> None:
        self.assertEqual(table("## Commands"), list(of_commands()))

    def test_every_key_of_the_configuration_with_its_default(self) -> None:
        for name in SECTIONS:
            with self.subTest(name):
                self.assertEqual(table(f"### `[{name}]`"), list(of_section(name)))
                purpose = " ".join(inspect.cleandoc(SECTIONS[name].__doc__ or "").split())
                self.assertIn(f"### `[{name}]`\n\n{purpose}\n", SERVER)

    def test_every_mode_of_a_channel_with_its_parameter(self) -> None:
        self.assertEqual(table("## Modes of a channel"), list(of_channel_modes()))

    def test_every_prefix_of_a_rank(self) -> None:
        for letter, rank in modes.RANKS.items():
            self.assertIn(f"`{rank.prefix}`", modes.CHANNEL_MODES[letter].description)

    def test_every_user_mode_and_who_sets_it(self) -> None:
        self.assertEqual(table("## Modes of a user"), list(of_user_modes()))


class Files(unittest.TestCase):
    """References to files in the READMEs."""

    def test_every_link_has_a_target(self) -> None:
        for path in READMES:
            text = path.read_text("utf-8")
            headings = {anchor(each) for each in re.findall(r"^#+ (.+)$", text, re.MULTILINE)}
            for target in re.findall(r"\]\(([^)\s]+)\)", text):
                if "://" not in target:
                    with self.subTest(readme=path.relative_to(ROOT), link=target):
                        file, _, heading = target.partition("#")
                        self.assertTrue((path.parent / file).exists())
                        if heading and not file:
                            self.assertIn(heading, headings)

    def test_every_file_that_is_named_exists(self) -> None:
        """A file is named from the root of the repository: `chatapp/gui/window.py`."""
        for path in READMES:
            named = re.findall(r"`((?:chatapp|tests|assets|\.ci)/[\w./-]*)`", path.read_text("utf-8"))
            for each in named:
                with self.subTest(readme=path.relative_to(ROOT), names=each):
                    self.assertTrue((ROOT / each).exists(), "Name a file that exists.")

    def test_the_map_has_every_folder(self) -> None:
        text = MAP.read_text("utf-8")
        folders = {path.parent for path in (ROOT / "chatapp").glob("*/*/__init__.py")}
        for folder in sorted(folders | {path.parent for path in (ROOT / "chatapp").glob("*/__init__.py")}):
            with self.subTest(folder.relative_to(ROOT)):
                self.assertIn(f"`{folder.relative_to(ROOT).as_posix()}/`", text)

    def test_quoted_labels_are_those_of_the_window(self) -> None:
        """Labels are in italics: *Invite*."""
        sources = "".join(path.read_text("utf-8") for path in (ROOT / "chatapp" / "gui").rglob("*.py"))
        for path in (ROOT / "README.md", ROOT / "chatapp" / "server" / "README.md"):
            for words in re.findall(r"(?<![*\\\w])\*([A-Z][^*\n]*)\*(?!\*)", path.read_text("utf-8")):
                with self.subTest(readme=path.relative_to(ROOT), words=words):
                    self.assertIn(f'"{words}"', sources)

    def test_the_readme_for_users_is_short(self) -> None:
        self.assertLessEqual(len((ROOT / "README.md").read_text("utf-8").splitlines()), 160)


def anchor(heading: str) -> str:
    """Return the anchor that a hosting site derives from a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


if __name__ == "__main__":
    unittest.main()
