"""Slash commands: the lines that they send, and their errors."""

from __future__ import annotations

from chatapp.client.model.changes import ConversationOpened, Reset
from chatapp.client.outgoing.completion import complete
from chatapp.client.outgoing.slash_commands import COMMANDS, NOT_OFFERED, message_part, usage
from chatapp.protocol.message import Message
from tests.client.base import ClientTest

SENT = {
    "/join #help": ["JOIN #help"],
    "/join help": ["JOIN #help"],
    "/JOIN #help": ["JOIN #help"],
    "/join #a,#b key": ["JOIN #a key", "JOIN #b key"],
    "/part": ["PART #general"],
    "/part see you": ["PART #general :see you"],
    "/part #general see you": ["PART #general :see you"],
    "/nick anna": ["NICK anna"],
    "/topic Exam on Friday": ["TOPIC #general :Exam on Friday"],
    "/away": ["AWAY :Away"],
    "/away at lunch": ["AWAY :at lunch"],
    "/back": ["AWAY"],
    "/whois ben": ["WHOIS ben"],
    "/invite dee": ["INVITE dee #general"],
    "/invite dee #help": ["INVITE dee #help"],
    "/kick ben": ["KICK #general ben"],
    "/kick ben that is enough": ["KICK #general ben :that is enough"],
    "/ban *!*@bad.example": ["MODE #general +b *!*@bad.example"],
    "/ban *!*@bad.example spam and more": ["MODE #general +b *!*@bad.example"],
    "/unban *!*@bad.example": ["MODE #general -b *!*@bad.example"],
    "/op ben chen": ["MODE #general +o ben", "MODE #general +o chen"],
    "/deop ben": ["MODE #general -o ben"],
    "/oper owner abcd-efgh": ["OPER owner abcd-efgh"],
    "/quote mode #general +m": ["MODE #general +m"],
    "/quote NOTICE ben :a b": ["NOTICE ben :a b"],
    "/me waves": ["@label=1 PRIVMSG #general :\x01ACTION waves\x01"],
    "//not a command": ["@label=1 PRIVMSG #general :/not a command"],
    "/msg #general to all": ["@label=1 PRIVMSG #general :to all"],
    "/msg ben psst, you": ["CHATHISTORY LATEST ben * 50", "@label=1 PRIVMSG ben :psst, you"],
}

REFUSED = {
    "/nonsense": "There is no command /nonsense",
    "/usr/bin/python": "There is no command /usr/bin/python",
    "/": "There is no command /",
    "/join": "Usage: /join #CHANNEL [KEY]",
    "/msg": "Usage: /msg NAME",
    "/me": "Usage: /me TEXT",
    "/kick": "Usage: /kick NAME",
    "/nick two words": "A name cannot contain spaces. It may have letters, digits and - _",
    "/whois": "Usage: /whois",
    "/oper owner": "Usage: /oper NAME",
    "/quote :nobody": "This is not a valid IRC message",
    "/msg #elsewhere hi": "You are not in #elsewhere",
    "/part #elsewhere": "You are not in #elsewhere",
    "/ignore ana": "You cannot ignore yourself",
    "/help nonsense": "There is no command /nonsense",
}


class Commands(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def last(self) -> str:
        return self.general.entries[-1].text

    def test_each_command_sends_its_line(self) -> None:
        for text, lines in SENT.items():
            with self.subTest(text):
                self.setUp()
                self.assertIsNone(self.client.run(self.general, text))
                self.assertEqual(list(map(Message.parse, lines)), list(map(Message.parse, self.sent())))

    def test_bans_and_mutes_for_a_time(self) -> None:
        self.receive(":srv 005 ana chatapp/TBAN EXTBAN=~,am ACCOUNTEXTBAN=a,account :are supported")
        for text, line in {
            "/ban *!*@bad 1h spam": "TBAN #general 1h *!*@bad spam",
            "/ban *!*@bad": "MODE #general +b *!*@bad",
            "/mute *!*@bad 15m too loud": "TBAN #general 15m ~m:*!*@bad :too loud",
            "/mute *!*@bad": "MODE #general +b ~m:*!*@bad",
            "/unmute *!*@bad": "MODE #general -b ~m:*!*@bad",
        }.items():
            with self.subTest(text):
                self.assertIsNone(self.client.run(self.general, text))
                self.assertEqual(self.sent(), [line])

    def test_without_such_bans_the_user_is_told(self) -> None:
        for text, refusal in {
            "/ban *!*@bad 1h spam": "This server has no bans that end by themselves.",
            "/mute ben": "This server cannot mute people.",
            "/unmute ben": "This server cannot mute people.",
        }.items():
            with self.subTest(text):
                self.assertEqual(self.client.run(self.general, text), refusal)

    def test_a_refused_command_shows_the_reason_and_sends_nothing(self) -> None:
        for text, expected in REFUSED.items():
            with self.subTest(text):
                refusal = self.client.run(self.general, text)
                self.assertIsNotNone(refusal)
                self.assertIn(expected, refusal or "")
                self.assertEqual([], self.sent())

    def test_channel_commands_are_refused_outside_channels(self) -> None:
        ben = self.client.open_direct("ben")
        self.sent()
        for text in (
            "/topic x",
            "/kick ben",
            "/ban ben",
            "/unban ben",
            "/op ben",
            "/deop ben",
            "/invite dee",
        ):
            with self.subTest(text):
                self.assertEqual("This command works only in a channel.", self.client.run(ben, text))
                self.assertEqual([], self.sent())

    def test_commands_that_need_a_connection_are_refused_offline(self) -> None:
        self.client.disconnect()
        for name, command in COMMANDS.items():
            if command.online:
                with self.subTest(name):
                    self.assertEqual("You are not connected.", self.client.run(self.general, f"/{name} x"))

    def test_no_message_can_be_sent_to_the_server(self) -> None:
        self.receive(":srv 372 ana :- Be kind")
        for text in ("hello", "/me waves"):
            with self.subTest(text):
                self.assertIn(
                    "You cannot write messages here", self.client.run(self.conversation(""), text) or ""
                )

    def test_a_direct_message_is_opened_with_or_without_text(self) -> None:
        self.client.run(self.general, "/msg ben")
        self.assertIs(
            self.conversation("ben"), self.assert_changed(ConversationOpened, self.client.poll()).conversation
        )
        self.assertEqual([], self.texts(self.conversation("ben")))

    def test_a_joined_channel_is_shown_at_once(self) -> None:
        self.client.open_direct("ben")
        self.sent()
        self.client.run(None, "/join #general")
        self.assertEqual([], self.sent())
        self.assertIs(self.general, self.client.network.current)

    def test_the_partner_of_a_direct_message_is_the_default_target(self) -> None:
        ben = self.client.open_direct("ben")
        self.sent()
        self.client.run(ben, "/whois")
        self.assertEqual(["WHOIS ben"], self.sent())

    def test_closing_a_direct_message_sends_nothing(self) -> None:
        ben = self.client.open_direct("ben")
        self.sent()
        self.client.run(ben, "/part")
        self.assertEqual([], self.sent())
        self.assertIsNone(self.client.network.find("ben"))
        self.assertIs(self.general, self.client.network.current)

    def test_the_topic_is_shown(self) -> None:
        self.client.run(self.general, "/topic")
        self.assertEqual("This channel has no topic.", self.last())
        self.general.topic = "Exam"
        self.client.run(self.general, "/topic")
        self.assertEqual("Exam", self.last())
        self.assertEqual([], self.sent())

    def test_people_are_ignored_listed_and_unignored(self) -> None:
        self.client.run(self.general, "/ignore")
        self.assertEqual("You are ignoring nobody.", self.last())
        self.client.run(self.general, "/ignore Ben")
        self.assertEqual({"ben"}, self.client.network.ignored)
        self.client.run(self.general, "/ignore")
        self.assertEqual("You are ignoring ben.", self.last())
        self.client.run(self.general, "/ignore BEN")
        self.assertEqual(set(), self.client.network.ignored)

    def test_clearing_empties_the_view(self) -> None:
        self.receive(":ben!b@h PRIVMSG #general :hi")
        self.client.run(self.general, "/clear")
        self.assertEqual([], self.general.entries)
        self.assert_changed(Reset, self.client.poll())

    def test_quitting_sends_a_quit_message(self) -> None:
        self.client.run(self.general, "/quit until tomorrow")
        self.assertEqual(["QUIT :until tomorrow"], self.sent())
        self.assertEqual("offline", self.client.network.state)

    def test_the_invite_link_names_the_current_channel_and_the_certificate(self) -> None:
        general = self.online()
        self.client.run(general, "/link")
        link = "irc://chat.example:5000/general"
        self.assertEqual(f"Others can join with this link: {link}", general.entries[-1].text)
        self.trusted.trust("chat.example", 5000, "1" * 64)
        link = f"ircs://chat.example:5000/general?pin=sha256:{'1' * 64}"
        self.assertEqual(link, self.client.invite_link(general))
        self.assertEqual(link.replace("general", ""), self.client.invite_link(None))

    def test_invite_codes_are_made_where_the_server_has_them(self) -> None:
        self.assertEqual(NOT_OFFERED, self.client.run(self.general, "/code"))
        self.assertEqual([], self.sent())
        self.receive(":srv 005 ana chatapp/OVERVIEW=codes :are supported")
        for text, line in {"/code": "INVITECODE", "/code 30 14": "INVITECODE 30 14"}.items():
            self.assertIsNone(self.client.run(self.general, text))
            self.assertEqual([line], self.sent())

    def test_help_leaves_out_what_the_server_does_not_have(self) -> None:
        self.client.run(self.general, "/help")
        for absent in ("/code", "/mute", "/unmute"):
            self.assertNotIn(absent, self.last())
            self.assertIsNone(complete(self.client.network, self.general, absent, len(absent)))

    def test_help_lists_every_command_or_one(self) -> None:
        self.receive(":srv 005 ana chatapp/OVERVIEW=codes chatapp/TBAN :are supported")
        self.client.run(self.general, "/help")
        self.assertEqual(len(COMMANDS), len(self.last().splitlines()))
        self.client.run(self.general, "/help /join")
        self.assertEqual("/join #CHANNEL [KEY]  –  join a channel", self.last())

    def test_every_command_has_the_name_in_its_usage(self) -> None:
        for name, command in COMMANDS.items():
            self.assertEqual(f"/{name}", command.usage.split()[0])

    def test_usage_is_shown_while_a_command_is_typed(self) -> None:
        for text, expected in {
            "hello": None,
            "//x": None,
            "/join": "/join #CHANNEL [KEY]  –  join a channel",
            "/join #he": "/join #CHANNEL [KEY]  –  join a channel",
            "/un": "/unban  /unmute",
            "/b": "/back  /ban",
            "/xyz": "There is no command /xyz.",
            "/b ": "There is no command /b.",
        }.items():
            with self.subTest(text):
                self.assertEqual(expected, usage(text))


class Confirmation(ClientTest):
    def test_each_command_that_sends_a_message_declares_its_text(self) -> None:
        general = self.online()
        for name, command in COMMANDS.items():
            with self.subTest(name):
                del self.link.lines[:]
                self.client.run(general, f"/{name} #general hello")
                sends = any(" PRIVMSG " in line for line in self.link.lines)
                self.assertEqual(sends, command.message is not None)
                self.assertEqual("hello" in message_part(f"/{name} #general hello"), sends)

    def test_the_user_confirms_a_text_of_more_than_twenty_messages(self) -> None:
        general = self.online()
        for text, asked in (
            ("x" * 10_000, True),
            ("日本" * 3000, True),
            ("line\n" * 21, True),
            ("line\n" * 20, False),
            ("\n" * 100, False),
            ("/me " + "x" * 10_000, True),
            ("/msg ben " + "x" * 10_000, True),
            ("//" + "x" * 10_000, True),
            ("/quote " + "x" * 10_000, False),
        ):
            with self.subTest(text[:8], size=len(text)):
                self.assertEqual(asked, bool(self.client.long_text_question(general, text)))
