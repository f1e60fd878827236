"""The commands that show information about the server."""

from __future__ import annotations

import inspect
import re
import unittest

from chatapp.protocol.modes import CHANNEL_MODES
from chatapp.server.commands import COMMANDS
from tests.server.base import ServerTest


class Numbers(ServerTest):
    def test_lusers_counts_users_channels_and_unregistered_connections(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.enter("eve")
        self.say("eve", "QUIT")
        self.connect("dan")
        self.make_operator("ann")
        self.say("bob", "MODE bob +i")
        self.assertAnswer(
            "ann",
            "LUSERS",
            "251 ann :There are 1 users and 1 invisible on 1 servers",
            "252 ann 1 :operators online",
            "253 ann 1 :connections not yet registered",
            "254 ann 1 channels",
            "255 ann :I have 2 clients and 0 servers",
            "265 ann 2 3 :Current local users 2, max 3",
            "266 ann 2 3 :Current global users 2, max 3",
        )


class Information(ServerTest):
    CONFIG = '[server]\nmotd = """Welcome.\n\nBe kind."""'

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")

    def test_the_message_of_the_day_keeps_its_lines(self) -> None:
        self.assertAnswer(
            "ann",
            "MOTD",
            "375 ann :- chatapp.local Message of the day - ",
            "372 ann :- Welcome.",
            "372 ann :- ",
            "372 ann :- Be kind.",
            "376 ann :End of /MOTD command",
        )

    def test_version_and_features(self) -> None:
        answer = self.answer("ann", "VERSION")
        self.assertRegex(answer[0], r"^351 ann chatapp-\S+ chatapp\.local ")
        self.assertEqual({line[:3] for line in answer[1:]}, {"005"})

    def test_the_time(self) -> None:
        self.pass_time(61)
        self.assertAnswer(
            "ann", "TIME", "391 ann chatapp.local 1773316861 0 :Thursday 12 March 2026, 12:01:01 UTC"
        )

    def test_info_shows_the_time_of_the_start(self) -> None:
        answer = self.answer("ann", "INFO")
        self.assertIn("running since Thursday 12 March 2026, 12:00:00 UTC", answer[-2])
        self.assertEqual(answer[-1], "374 ann :End of INFO list")

    def test_admin_and_links(self) -> None:
        self.say("ann", "ADMIN", "LINKS")
        self.assertEqual(self.codes("ann"), ["256", "257", "258", "364", "365"])

    def test_links_shows_the_servers_that_match_a_mask(self) -> None:
        """The returned list of servers MUST match the mask, or if no mask is given, the full list."""
        this = "364 ann chatapp.local chatapp.local :0 Chatapp"
        self.assertAnswer("ann", "LINKS", this, "365 ann * :End of /LINKS list")
        self.assertAnswer("ann", "LINKS *.local", this, "365 ann *.local :End of /LINKS list")
        self.assertAnswer("ann", "LINKS *.au", "365 ann *.au :End of /LINKS list")
        self.assertAnswer("ann", "LINKS chatapp.local *.au", "365 ann *.au :End of /LINKS list")
        self.assertAnswer("ann", "LINKS other.example *", "402 ann other.example :No such server")

    def test_another_server_is_unknown(self) -> None:
        for command in ("MOTD", "VERSION", "ADMIN", "INFO", "TIME", "LUSERS *", "STATS u"):
            with self.subTest(command):
                self.assertAnswer("ann", f"{command} other.example", "402 ann other.example :No such server")
                self.assertNotIn("402", [line[:3] for line in self.answer("ann", f"{command} chatapp.local")])


class NoMessageOfTheDay(ServerTest):
    def test_motd_is_answered_with_an_error(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "MOTD", "422 ann :MOTD File is missing")


SECTIONS = ("Sends", "Errors", "Source")


class DocumentationOfCommands(unittest.TestCase):
    """`NAME <parameters>: what it does.`, an empty line, details, and sections in a fixed order."""

    def test_every_command_is_documented_in_the_format_that_help_prints(self) -> None:
        for name, command in COMMANDS.items():
            with self.subTest(name):
                first, *rest = (inspect.getdoc(command.handler) or "").splitlines()
                self.assertRegex(first, r"^[A-Z]+( .*?)?: [^A-Z ].*\.$")
                self.assertIs(COMMANDS[re.split("[ :]", first)[0]].handler, command.handler)
                self.assertLessEqual(len(first), 106)
                self.assertEqual(rest[:1], [""] * bool(rest))
                self.check_sections(rest)

    def check_sections(self, rest: list[str]) -> None:
        """Check that each section has its own line, indented text, and its place in the order."""
        sections = [line.removesuffix(":") for line in rest if re.fullmatch("[A-Z][a-z]+:", line)]
        self.assertTrue(sections)
        self.assertEqual(sections, [word for word in SECTIONS if word in sections])
        for section in sections:
            self.assertRegex(rest[rest.index(f"{section}:") + 1], r"^ {4}\S")
        self.assertEqual([line for line in rest if re.match(rf"({'|'.join(SECTIONS)})(?!:$)\b", line)], [])

    def test_a_command_that_needs_a_role_documents_the_error_without_it(self) -> None:
        for name, command in COMMANDS.items():
            if command.role != "member":
                with self.subTest(name):
                    self.assertIn("481 not an operator", inspect.getdoc(command.handler) or "")


class Help(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")

    def test_every_command_shows_its_syntax(self) -> None:
        for name in COMMANDS:
            with self.subTest(name):
                answer = self.answer("ann", f"HELP {name.lower()}")
                self.assertEqual(answer[0].split(" :")[0], f"704 ann {name}")
                self.assertEqual({line[:3] for line in answer[1:-1]} - {"705"}, set())
                self.assertEqual(answer[-1], f"706 ann {name} :End of /HELP")
                self.assertTrue(all(len(line) < 400 for line in answer))

    def test_without_a_topic_it_lists_the_commands(self) -> None:
        words = " ".join(self.answer("ann", "HELP")).split()
        self.assertLessEqual(set(COMMANDS), {word.lstrip(":") for word in words})

    def test_help_about_modes_names_each_mode_of_a_channel(self) -> None:
        self.forget()
        self.say("ann", "HELP MODE")
        lines = [line.partition(" :")[2].strip() for line in self.got("ann")]
        self.assertIn("H <days>: older messages are deleted, and files with their last message", lines)
        for letter in CHANNEL_MODES:
            self.assertTrue(any(line.startswith((f"{letter}:", f"{letter} <")) for line in lines), letter)

    def test_helpop_is_an_alias(self) -> None:
        self.assertEqual(self.answer("ann", "HELPOP WHO"), self.answer("ann", "HELP WHO"))

    def test_an_unknown_topic(self) -> None:
        self.assertAnswer("ann", "HELP :make tea", "524 ann make_tea :No help available on this topic")


if __name__ == "__main__":
    unittest.main()
