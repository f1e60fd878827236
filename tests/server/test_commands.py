"""The table of commands: its rows match their handlers, and HELP has a text for each."""

from __future__ import annotations

import inspect
import unittest

from chatapp.server.commands import COMMANDS, HELP_TEXTS, AnyoneCommand, UserCommand


class Table(unittest.TestCase):
    def test_a_handler_takes_the_user_if_its_row_says_so(self) -> None:
        """mypy checks the same; this test checks it where mypy does not run."""
        for name, command in COMMANDS.items():
            with self.subTest(name):
                parameters = list(inspect.signature(command.handler).parameters)
                expected = ["world", "me", "user", "msg", "out"]
                if isinstance(command, AnyoneCommand):
                    expected.remove("user")
                self.assertEqual(parameters, expected)

    def test_a_command_that_needs_a_role_is_for_registered_users(self) -> None:
        for name, command in COMMANDS.items():
            with self.subTest(name):
                self.assertTrue(isinstance(command, UserCommand) or command.role == "member")

    def test_names_are_in_capitals_so_that_dispatch_finds_them(self) -> None:
        self.assertEqual([name for name in COMMANDS if name != name.upper()], [])


class Help(unittest.TestCase):
    def test_every_text_begins_with_the_name_of_a_command_that_has_this_handler(self) -> None:
        for name, text in HELP_TEXTS.items():
            with self.subTest(name):
                first = text.splitlines()[0].replace(":", " ").split()[0]
                self.assertIs(COMMANDS[first].handler, COMMANDS[name].handler)

    def test_every_command_has_a_help_text(self) -> None:
        self.assertEqual(HELP_TEXTS.keys(), COMMANDS.keys())


if __name__ == "__main__":
    unittest.main()
