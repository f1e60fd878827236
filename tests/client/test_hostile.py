"""A server that sends arbitrary lines: the client continues and logs no error.

The lines are random but seeded, so that a failure can be reproduced.
"""

from __future__ import annotations

import random
import unittest
from collections.abc import Callable
from datetime import date
from unittest import mock

from chatapp.client.incoming.handlers import HANDLERS
from chatapp.client.incoming.parser import EventParser
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.login import PORT, Login, for_server
from chatapp.client.model.changes import ChannelsListed
from chatapp.client.model.conversation import Conversation
from chatapp.client.session.nick_reclaim import alternative_nick
from chatapp.gui.transcript.block_options import BlockOptions, Surroundings
from chatapp.gui.transcript.blocks import make_blocks
from chatapp.terminal import rendering as terminal
from chatapp.terminal import screen_commands
from tests.client.base import EVERYTHING, NOON, ClientTest
from tests.client.messages import MESSAGES, MessagesTest, edit, message, reaction

LINES = 6000
AT_ONCE = 25
MOST_ROWS = 10  # of a conversation that are drawn after each batch of lines

DIGITS = (
    "0",
    "-1",
    "1",
    "٣",
    "²",
    "1e9",
    "nan",
    "9" * 19,
    "9" * 20,
    "9" * 5000,
    "-" + "9" * 5000,
    "inf",
    "3.5",
)
TIMES = (
    "2026-03-12T12:00:00.000Z", "0001-01-01T00:00:00.000Z", "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59.999Z", "9999-12-31T23:59:59-14:00", "1969-12-31T23:59:59Z", "1970-01-01T00:00:00Z",
    "2100-12-31T23:59:59.999Z", "NaN", "-1", "9" * 5000, "2026-W11-4", "20260312T120000Z", "*", "",
)  # fmt: skip
NAMES = (
    "ana", "ben", "ANA", "*", "#general", "#other", "@#general", "@ben", "", ":", "ana!a@h", "#", "&x", "0",
    "x" * 520, "\u202eneb", "é", "#général", "+", "-", "ben,ana", "#a,#b", "=", "ana_2", "a_" + "9" * 5000,
)  # fmt: skip
WORDS = (
    "", "hello ana", "\x01ACTION waves\x01", "\x01ACTION", "\x01", "\x01DCC SEND x\x01",
    "\x02\x1d\x0399,99x\x0f",
    "\x04ffffff,000000x", "@ben +ana %x", "ana ben!b@h @#general", "\u0300\u200d\ufe0f", "\x00\x1b[2J",
    "`" * 50,
    "**" * 80, "```\nx", "http://[", "https://" + "[(" * 60, "x" * 600, "#general 3 :topic", "+ov", "-k+l-b",
)  # fmt: skip
TOKENS = (
    "PREFIX=", "PREFIX=(ov)@", "PREFIX=)(", "PREFIX=(qaohv)~&@%+", "CHANTYPES=", "CHANTYPES=#&!",
    "CASEMAPPING=rfc1459",
    "CASEMAPPING=x", "CHATHISTORY=" + "9" * 5000, "CHATHISTORY=-1", "CHATHISTORY=0", "CHATHISTORY",
    "-CHATHISTORY",
    "CHATHISTORY=٣", "MSGREFTYPES=", "MSGREFTYPES=timestamp", "CHANMODES=", "CHANMODES=,,,,,,,",
    "CHANMODES=b,k,l",
    "NETWORK=", "NETWORK=\\x00\\x1B", "NETWORK=Room", "CLIENTTAGDENY=*,-typing", "WHOX", "-WHOX", "=", "-",
    "LINELEN=" + "9" * 5000,
)  # fmt: skip
CAPABILITIES = (
    *EVERYTHING.split(),
    "draft/read-marker",
    "draft/message-redaction",
    "draft/message-edit",
    "draft/multiline",
    "draft/event-playback",
    "draft/message-edit=window=" + "9" * 5000,
    "draft/multiline=max-bytes=0,max-lines=-1",
    "draft/multiline=max-bytes=1,max-lines=1",
    "draft/multiline=max-bytes=4096,max-lines=100",
    "-batch",
    "-echo-message",
    "=",
    "-",
)
BATCHES = (
    "chathistory", "draft/chathistory-targets", "labeled-response", "netsplit", "draft/multiline", "", "x",
)  # fmt: skip
COMMANDS = (
    *HANDLERS, *EventParser({})._partial, *(f"{number:03}" for number in range(1, 1000, 7)), "CAP", "005",
    "PING",
    "AUTHENTICATE", "REGISTER", "903", "904", "908", "401", "403", "404", "421", "461", "MARKREAD",
    "REDACT", "RENAME",
    "CHATHISTORY", "٤٠٣", "4٤4", "WALLOPS", "privmsg", "Ping", "METADATA", "BOGUS",
)  # fmt: skip


class Hostile(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.chance = random.Random(2026)

    def test_no_line_of_a_server_raises_an_exception_in_the_client(self) -> None:
        memory = self.client.prefs = ConversationPrefs(Settings(), lambda: self.now)
        self.online(capabilities=MESSAGES)
        self.receive(":ben!b@h PRIVMSG ana :hi")
        for lot in range(LINES // AT_ONCE):
            sent = [self.line() for _ in range(AT_ONCE)]
            self.receive(*sent)
            self.act()
            self.draw()
            memory.save()
            for each in self.client.network.conversations.values():
                self.assertGreaterEqual(min(each.unread, each.mentions), 0)
                self.assertTrue(all(entry.state == "pending" for entry in each.pending()))
            self.assertEqual([], self._errors.texts, f"lot {lot}\n" + "\n".join(map(repr, sent)))

    def line(self) -> str:
        """Return a random line, roughly of the form that servers send."""
        pick = self.chance.choice
        command = pick(COMMANDS)
        params = [self.param(command) for _ in range(self.chance.randrange(8))]
        if command == "BATCH":
            params[:1] = [pick("+-") + pick("hit")]
            params[1:2] = [pick(BATCHES)]
        if command == "MARKREAD":
            params[1:] = [pick(("timestamp=", "")) + pick(TIMES)]
        body = " ".join([command, *params])
        source = pick(("", ":srv ", ":ben!b@h ", ":ana!a@h ", ": ", ":!@ ", f":{pick(NAMES)} "))
        return self.tags() + source + body

    def param(self, command: str) -> str:
        pick = self.chance.choice
        if command == "005":
            return pick(TOKENS)
        if command == "CAP":
            return pick(
                ("*", "LS", "ACK", "NAK", "NEW", "DEL", "LIST", ":" + pick(CAPABILITIES), pick(CAPABILITIES))
            )
        kind = pick("ndtwp")
        if kind == "n":
            return pick(NAMES)
        if kind == "d":
            return pick(DIGITS)
        if kind == "t":
            return pick(("timestamp=", "")) + pick(TIMES)
        return f":{pick(WORDS)}"

    def tags(self) -> str:
        pick = self.chance.choice
        made = {
            "time": pick(TIMES),
            "msgid": pick(("m1", "m2", f"m{self.chance.randrange(500)}", "", "x" * 1000)),
            "batch": pick(("h", "i", "t", "none")),
            "label": pick(("1", "2", "", "9" * 5000, "typing-1", "change-1", "quote-of-1", "recent-1")),
            "+reply": pick(("m1", "m2", f"m{self.chance.randrange(500)}", "", "x" * 1000)),
            "+draft/react": pick(("👍", "", "\x1b[2J", "x" * 5000, "\u202e", "a\\nb")),
            "+draft/unreact": pick(("👍", "x")),
            "draft/target-msgid": pick(("m1", "m2", f"m{self.chance.randrange(500)}", "", "x")),
            "draft/edit-text": pick(("new", "ana: new", "", "\\s", "\x01ACTION x\x01", "x" * 5000)),
            "draft/multiline-concat": "",
            "chatapp/edited": pick(TIMES),
            "account": pick(NAMES),
            "+typing": pick(("active", "paused", "done", "", "x")),
        }
        chosen = [f"{key}={value}" for key, value in made.items() if self.chance.random() < 0.3]
        return f"@{';'.join(chosen)} " if chosen else ""

    def act(self) -> None:
        """Let the user act and time pass."""
        client, network = self.client, self.client.network
        self.pass_time(self.chance.choice((0.1, 1.0, 7.0, 70.0)))
        if network.state != "online":
            self.pass_time(61)
            if network.state in ("offline", "waiting"):
                self.connect()
            self.welcome(MESSAGES)
            self.enter()
        found: list[Conversation] = list(network.conversations.values())
        if found:
            chosen = self.chance.choice(found)
            client.open(chosen)
            client.run(chosen, "hello")
            client.notify_typing(chosen, "hel")
            client.load_older(chosen)
            client.mark_read(chosen)
            self.act_on_messages(chosen)
        network.watching = self.chance.random() < 0.5

    def act_on_messages(self, chosen: Conversation) -> None:
        """Do one of the things to a message that a user can do."""
        client, pick = self.client, self.chance.choice
        client.waiting(chosen)
        if not chosen.entries:
            return
        entry = pick(chosen.entries)
        deeds: tuple[Callable[[], object], ...] = (
            lambda: client.run(chosen, "one\n\ntwo " + "x" * 900, entry),
            lambda: client.react(chosen, entry, "👍"),
            lambda: client.edit(chosen, entry, "better"),
            lambda: client.delete(chosen, entry),
            lambda: client.undo_delete(chosen, entry),
            lambda: client.delete_recent(chosen, entry.nick, 60.0),
            lambda: client.undo_delete_recent(chosen),
            lambda: client.mark_unread_from(chosen, entry),
            lambda: client.fetch_quoted(chosen, entry),
            lambda: client.take_back(chosen, entry),
            lambda: client.cancel_waiting(chosen),
        )
        pick(deeds)()

    def draw(self) -> None:
        """Draw the conversation as the window and the terminal do."""
        network = self.client.network
        for conversation in network.conversations.values():
            rows = conversation.entries[-MOST_ROWS:]
            around = Surroundings(network, conversation)
            make_blocks(rows, None, BlockOptions(date.fromtimestamp(NOON), around))
            for entry in rows:
                terminal.entry_lines(entry, conversation, None, network.nick, terminal.LineFormat(True, True))


class LongNumbers(ClientTest):
    """A number of thousands of digits is ignored, wherever a server may send one."""

    HUGE = "9" * 5000

    def test_in_the_list_of_channels(self) -> None:
        self.online()
        self.receive(f":srv 322 ana #c {self.HUGE} :Exam", ":srv 323 ana :End")
        self.assertEqual(0, self.assert_changed(ChannelsListed).channels[0].people)

    def test_in_whois(self) -> None:
        general = self.online()
        self.client.open(general)
        self.receive(f":srv 317 ana ben {self.HUGE} {self.HUGE} :seconds idle", ":srv 318 ana ben :End")
        self.assertEqual("ben was active just now", general.entries[-1].text)

    def test_in_the_limit_of_a_page(self) -> None:
        self.online(isupport=f"CHANTYPES=# CHATHISTORY={self.HUGE}")
        self.enter("#other")
        self.assertIn("CHATHISTORY LATEST #other * 50", self.sent())

    def test_in_a_nick_that_is_in_use(self) -> None:
        self.assertEqual(f"ana_{self.HUGE}_2", alternative_nick(f"ana_{self.HUGE}"))

    def test_in_an_address_and_a_command_parameter(self) -> None:
        self.assertEqual(PORT, for_server(Login(""), f"host:{self.HUGE}").port)
        self.online()
        front = mock.Mock(client=self.client)
        self.assertIn("There is no conversation", screen_commands.run(front, f"/go {self.HUGE}") or "")

    def test_a_time_out_of_range_is_replaced_by_the_time_of_arrival(self) -> None:
        general = self.online()
        for year in ("0001", "1969", "2101", "9999"):
            with self.subTest(year):
                self.receive(f"@time={year}-03-12T12:00:00.000Z :ben!b@h PRIVMSG #general :in {year}")
                self.assertEqual((f"in {year}", NOON), (general.entries[-1].text, general.entries[-1].time))

    def test_a_clock_out_of_range_is_ignored(self) -> None:
        self.online()
        self.receive("@time=9999-12-31T23:59:59.999Z :srv PONG srv alive")
        self.assertEqual(0.0, self.client.network.clock_offset)


class Messages(MessagesTest):
    """What a server can do wrong with messages."""

    def test_a_message_that_replies_to_itself_is_no_reply(self) -> None:
        self.receive(message(1, "hello", tags="+reply=m1"))
        self.assertEqual("", self.entry().reply_to)

    def test_two_messages_that_reply_to_each_other(self) -> None:
        self.receive(message(1, "one", tags="+reply=m2"), message(2, "two", tags="+reply=m1"))
        quoted = self.general.quoted(self.entry("m1"))
        self.assertIs(self.entry("m2"), quoted)

    def test_the_same_msgid_twice_is_one_message(self) -> None:
        self.receive(message(1, "one"), message(1, "two"))
        self.assertEqual(["one"], self.texts(self.general))

    def test_changes_and_deletions_of_nothing_are_kept_and_change_nothing(self) -> None:
        self.receive(
            message(1, "one"), edit(2, "x", to="m99"), ":ben!b@h REDACT #general m98", reaction(3, "x")
        )
        self.receive(reaction(4, "x", to="m97"))
        self.assertEqual(["one"], self.texts(self.general))

    def test_changes_in_a_conversation_that_does_not_exist(self) -> None:
        self.receive(
            "@draft/target-msgid=m1;draft/edit-text=x :ben!b@h EDIT #nowhere",
            ":ben!b@h REDACT #nowhere m1",
            "@+reply=m1;+draft/react=x :ben!b@h TAGMSG #nowhere",
        )
        self.assertIsNone(self.client.network.find("#nowhere"))

    def test_a_batch_that_is_never_closed_shows_nothing_and_blocks_nothing(self) -> None:
        self.receive(":ben!b@h BATCH +1 draft/multiline #general")
        self.receive(*("@batch=1 :ben!b@h PRIVMSG #general :line" for _ in range(2000)), message(1, "later"))
        self.assertEqual(["later"], self.texts(self.general))

    def test_a_flood_of_changes_of_one_message_keeps_the_last_one(self) -> None:
        self.receive(message(1, "one"), *(edit(2, f"text {number}") for number in range(3000)))
        self.assertEqual("text 2999", self.entry().text)
        self.assertEqual(["text 2999"], self.texts(self.general))


if __name__ == "__main__":
    unittest.main()
