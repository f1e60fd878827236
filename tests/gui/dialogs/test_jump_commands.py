"""The commands and settings that "Jump to" offers."""

from __future__ import annotations

import dataclasses
import unittest
from collections.abc import Callable

from chatapp.client.local.settings import Settings
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.jump_commands import JumpActions, jump_commands
from tests.gui.networks import make_network


class JumpCommandsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.done: list[tuple[object, ...]] = []
        names = [each.name for each in dataclasses.fields(JumpActions)]
        self.actions = JumpActions(**{name: self.action(name) for name in names})
        self.settings = Settings(theme="dark")

    def action(self, name: str) -> Callable[..., object]:
        return lambda *arguments: self.done.append((name, *arguments))

    def labels(self, network: Network) -> list[str]:
        return [each.label for each in jump_commands(network, self.settings, self.actions)]

    def run_command(self, network: Network, label: str) -> tuple[object, ...]:
        commands = jump_commands(network, self.settings, self.actions)
        next(each for each in commands if each.label == label).run()
        return self.done.pop()

    def test_each_command_does_what_it_says(self) -> None:
        network = make_network("#general")
        network.conversations["#general"].unread = 1
        for label, done in (
            ("Copy the invite link", ("copy_link",)),
            ("Join or make a channel", ("join",)),
            ("Search everywhere", ("search",)),
            ("Mark all read", ("mark_all_read",)),
            ("Mute general", ("mute",)),
            ("Leave general", ("leave",)),
            ("Set away…", ("set_away",)),
            ("Light theme", ("set", "theme", "light")),
            ("12-hour clock", ("set", "clock24", False)),
            ("Larger text", ("zoom", 1)),
            ("Usual text size", ("zoom", 0)),
            ("Ignore list", ("ignored",)),
            ("Disconnect", ("disconnect",)),
        ):
            with self.subTest(label):
                self.assertEqual(self.run_command(network, label), done)

    def test_every_action_is_offered_in_some_state(self) -> None:
        online, away, offline = make_network("#general"), make_network("#general"), make_network("#general")
        online.conversations["#general"].unread = 1
        away.away, offline.state = True, "offline"
        done = set()
        for network in (online, away, offline):
            for command in jump_commands(network, self.settings, self.actions):
                command.run()
        done = {each[0] for each in self.done}
        self.assertEqual(done, {each.name for each in dataclasses.fields(JumpActions)})

    def test_what_is_not_possible_is_absent(self) -> None:
        network = make_network()
        network.state = "offline"
        labels = self.labels(network)
        for label in (
            "Copy the invite link",
            "Write to somebody",
            "Mark all read",
            "Set away…",
            "Disconnect",
        ):
            self.assertNotIn(label, labels)
        self.assertIn("Connect", labels)

    def test_the_theme_in_use_is_not_offered(self) -> None:
        self.assertNotIn("Dark theme", self.labels(make_network()))
