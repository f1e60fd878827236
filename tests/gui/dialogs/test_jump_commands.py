"""The commands and settings that "Jump to" offers."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from typing import Any

from chatapp.client.local.settings import Settings
from chatapp.client.model.network import Network
from chatapp.client.outgoing.slash_commands import COMMANDS
from chatapp.gui.dialogs.jump_commands import SLASH_COMMANDS, JumpActions, jump_commands
from chatapp.gui.dialogs.jump_conversation import CurrentActions
from chatapp.gui.dialogs.jump_people import PersonCommandActions, PersonCommands
from chatapp.gui.dialogs.jump_search import JumpSearch
from chatapp.gui.dialogs.jump_targets import CommandTarget
from chatapp.gui.main.menu_items import ConversationActions
from chatapp.languages import translation
from tests.gui.networks import add_members, make_network

FOUND_AS = {
    "part": "Leave general",
    "nick": "Change my name…",
    "join": "Join or make a channel",
    "topic": "Change the topic…",
    "away": "Set away…",
    "back": "I am back",
    "link": "Copy the invite link",
    "clear": "Clear this view",
    "quit": "Disconnect",
}
"""By the slash command: how it is found in "Jump to" under another name."""


class JumpCommandsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.done: list[tuple[object, ...]] = []
        self.actions = JumpActions(
            current=CurrentActions(
                menu=ConversationActions(**self.each(ConversationActions)), **self.each(CurrentActions)
            ),
            people=PersonCommandActions(**self.each(PersonCommandActions)),
            **self.each(JumpActions),
        )
        self.settings = Settings(theme="dark")

    def each(self, kind: type[Any]) -> dict[str, Any]:
        """Return what records each action of a kind."""
        nested = ("current", "menu", "people")
        return {name: self.action(name) for name in kind._fields if name not in nested}

    def action(self, name: str) -> Callable[..., object]:
        return lambda *arguments: self.done.append((name, *arguments))

    def labels(self, network: Network) -> list[str]:
        return [each.label for each in jump_commands(network, self.settings, self.actions)]

    def run_command(self, network: Network, label: str) -> tuple[object, ...]:
        commands = jump_commands(network, self.settings, self.actions)
        next(each for each in commands if each.label == label).run()
        return self.done.pop()

    def test_with_nothing_unread_marking_as_read_says_so(self) -> None:
        self.assertEqual(
            self.run_command(make_network("#general"), "Mark all as read"), ("explain", "Nothing is unread.")
        )

    def test_each_command_does_what_it_says(self) -> None:
        network = make_network("#general")
        network.conversations["#general"].unread = 1
        for label, done in (
            ("Copy the invite link", ("copy_link",)),
            ("Join or make a channel", ("join",)),
            ("Search everywhere", ("search",)),
            ("Mark all as read", ("mark_all_read",)),
            ("Mute general", ("mute",)),
            ("Leave general", ("leave",)),
            ("Set away…", ("set_away",)),
            ("Change my name…", ("change_name",)),
            ("My profile", ("profile",)),
            ("Ignore somebody…", ("ask_person", "ignore ")),
            ("Next conversation", ("below",)),
            ("Next part of the window", ("next_part",)),
            ("Log in as a server operator…", ("slash", "oper")),
            ("Language: Deutsch", ("set", "language", "de")),
            ("Light theme", ("set", "theme", "light")),
            ("12-hour clock", ("set", "clock24", False)),
            ("Larger text", ("zoom", 1)),
            ("Default text size", ("zoom", 0)),
            ("Ignore list", ("ignored",)),
            ("Disconnect", ("disconnect",)),
        ):
            with self.subTest(label):
                self.assertEqual(self.run_command(network, label), done)

    def test_every_action_is_offered_in_some_state(self) -> None:
        online, away, offline = make_network("#general"), make_network("#general"), make_network("#general")
        online.conversations["#general"].unread = 1
        online.privacy = "encrypted"
        online.is_server_operator = True
        online.server_role = "owner"
        online.isupport = {**online.isupport, "chatapp/OVERVIEW": "codes"}
        away.away, offline.state = True, "offline"
        for network in (online, away, offline):
            for command in jump_commands(network, self.settings, self.actions):
                command.run()
        self.assertLessEqual(self.each(JumpActions).keys(), {each[0] for each in self.done})

    def test_a_language_is_found_by_its_name_in_english_and_in_the_chosen_language(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        for language, typed, label in (
            ("en", "language german", "Language: Deutsch"),
            ("en", "language deutsch", "Language: Deutsch"),
            ("de", "sprache spanisch", "Sprache: Español"),
            ("de", "language english", "Sprache: English"),
            ("es", "idioma alemán", "Idioma: Deutsch"),
        ):
            with self.subTest(language, typed=typed):
                translation.use(language)
                self.settings.language = language
                network = make_network("#general")
                search = JumpSearch([network], jump_commands(network, self.settings, self.actions))
                found = search.find(typed)
                target = found.target(found.rows.keys[1])
                assert isinstance(target, CommandTarget)
                self.assertEqual(target.label, label)

    def test_the_server_is_stopped_without_a_question_only_on_request(self) -> None:
        network = make_network("#general")
        network.is_server_operator, network.server_role = True, "owner"
        network.isupport = {**network.isupport, "chatapp/OVERVIEW": "codes"}
        search = JumpSearch([network], list(jump_commands(network, self.settings, self.actions)))
        expected = {"stop": "stop_server", "stop the server": "stop_server", "stop now": "stop_server_now"}
        for typed, done in expected.items():
            with self.subTest(typed):
                found = search.find(typed)
                target = found.target(found.rows.keys[1])
                assert isinstance(target, CommandTarget)
                target.run()
                self.assertEqual(self.done.pop(), (done,))

    def test_a_server_that_has_ended_is_the_first_to_be_found_by_start(self) -> None:
        network = make_network("#general")
        network.state = "waiting"
        settings = [CommandTarget("Quiet hours", "bell", lambda: None, words="night start end")]
        commands = list(jump_commands(network, self.settings, self.actions))
        found = JumpSearch([network], [*settings, *commands]).find("start")
        target = found.target(found.rows.keys[1])
        assert isinstance(target, CommandTarget)
        target.run()
        self.assertEqual(self.done.pop(), ("start_server",))
        self.actions = self.actions._replace(start_server=None)
        self.assertNotIn("Start the server again", self.labels(network))

    def test_every_slash_command_can_be_found(self) -> None:
        network = make_network("#general")
        network.away = True
        add_members(network, "#general", "@ana")
        people = PersonCommands(network, self.actions.people)
        labels = {*self.labels(network), *self.labels(make_network("#general"))}
        for name in COMMANDS:
            with self.subTest(name):
                known = name in SLASH_COMMANDS or people.verb(name) == name
                self.assertTrue(known or FOUND_AS[name] in labels)

    def test_operators_make_invite_codes_and_others_log_in(self) -> None:
        network = make_network("#general")
        self.assertIn("Log in as a server operator…", self.labels(network))
        self.assertNotIn("Make an invite code", self.labels(network))
        network.is_server_operator = True
        self.assertNotIn("Log in as a server operator…", self.labels(network))
        self.assertNotIn("Make an invite code", self.labels(network))
        network.isupport = {**network.isupport, "chatapp/OVERVIEW": "codes"}
        self.assertIn("Make an invite code", self.labels(network))

    def test_only_an_owner_can_stop_the_server(self) -> None:
        network = make_network("#general")
        network.isupport = {**network.isupport, "chatapp/OVERVIEW": "codes"}
        network.is_server_operator = True
        for role, is_offered in (("", False), ("moderator", False), ("owner", True)):
            network.server_role = role
            self.assertEqual("Stop the server…" in self.labels(network), is_offered)
        self.assertEqual(self.run_command(network, "Stop the server…"), ("stop_server",))
        network.state = "waiting"
        self.assertNotIn("Stop the server…", self.labels(network))

    def test_without_a_conversation_there_is_none_of_its_commands(self) -> None:
        network = make_network()
        actions = self.actions._replace(current=None)
        labels = [each.label for each in jump_commands(network, self.settings, actions)]
        self.assertNotIn("Find in this conversation", labels)
        self.assertIn("My profile", labels)

    def test_what_is_not_possible_is_absent(self) -> None:
        network = make_network()
        network.state = "offline"
        labels = self.labels(network)
        for label in (
            "Copy the invite link",
            "Write to somebody",
            "Set away…",
            "Disconnect",
        ):
            self.assertNotIn(label, labels)
        self.assertIn("Connect", labels)

    def test_the_theme_in_use_is_not_offered(self) -> None:
        self.assertNotIn("Dark theme", self.labels(make_network()))
