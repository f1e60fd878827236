"""`run_server.py config`: the default configuration, and its validation."""

from __future__ import annotations

import contextlib
import dataclasses
import io
import tempfile
import unittest
from pathlib import Path

from chatapp.server.cli.config_file import default_config
from chatapp.server.cli.main import main
from chatapp.server.config import SECTIONS, Config, parse


class DefaultConfig(unittest.TestCase):
    def test_it_is_valid_and_equals_the_defaults(self) -> None:
        self.assertEqual(parse(default_config()), Config())

    def test_every_key_follows_its_description(self) -> None:
        lines = default_config().splitlines()
        for name, section in SECTIONS.items():
            for each in dataclasses.fields(section):
                with self.subTest(f"[{name}] {each.name}"):
                    below = lines[lines.index(f"[{name}]") :]
                    place = next(n for n, line in enumerate(below) if line.startswith(f"{each.name} = "))
                    self.assertTrue(below[place - 1].startswith(f"# {each.metadata['description']}"))

    def test_every_section_can_be_written_and_has_a_comment(self) -> None:
        sections = {each.name for each in dataclasses.fields(Config)} - {"operators"}
        self.assertEqual(sections, set(SECTIONS))
        lines = default_config().splitlines()
        for name in SECTIONS:
            self.assertTrue(lines[lines.index(f"[{name}]") - 1].startswith("# "))

    def test_allowed_values_are_part_of_the_description(self) -> None:
        self.assertIn("# characters of a nick (1 to 64)\nnick = 32\n", default_config())
        self.assertIn('or nobody ("open" or "invite" or "closed")\n', default_config())


class Command(unittest.TestCase):
    def run_config(self, *arguments: str) -> tuple[int, str, str]:
        """Return exit status, output and error output."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            return main(["config", *arguments]), out.getvalue(), err.getvalue()

    def check(self, text: str) -> tuple[int, str, str]:
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "chat.toml"
            file.write_text(text)
            status, out, err = self.run_config("--check", str(file))
            return status, out.replace(str(file), "FILE"), err.replace(str(file), "FILE")

    def test_it_prints_the_default_configuration(self) -> None:
        self.assertEqual(self.run_config(), (0, default_config(), ""))

    def test_its_output_is_a_valid_configuration(self) -> None:
        self.assertEqual(self.check(default_config()), (0, "FILE is valid\n", ""))

    def test_an_error_names_file_and_key_in_one_line(self) -> None:
        text = "run_server.py: FILE: [limits] nick must be a whole number from 1 to 64, not 0\n"
        self.assertEqual(self.check("[limits]\nnick = 0"), (2, "", text))

    def test_a_missing_file(self) -> None:
        status, out, err = self.run_config("--check", "/none/chat.toml")
        self.assertEqual((status, out), (2, ""))
        self.assertEqual(err, "run_server.py: cannot read /none/chat.toml: No such file or directory\n")


if __name__ == "__main__":
    unittest.main()
