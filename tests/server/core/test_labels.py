"""labeled-response: exactly one logical reply to a command carries its label.

The test sends every command of the table, with valid and invalid parameters. A new command needs a row here.

Source:
    IRCv3 labeled-response, batch
"""

from __future__ import annotations

import unittest

from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import Message
from chatapp.server.commands import COMMANDS
from chatapp.server.core.inbound import read
from tests.server.base import ServerTest

CAPS_OF_LABELS = "labeled-response batch message-tags"
CAPS = "labeled-response batch echo-message message-tags server-time draft/multiline draft/pre-away"

LINES = {
    "CAP": ("CAP LS 302", "CAP LIST", "CAP REQ setname", "CAP REQ nonsense", "CAP END", "CAP WHAT"),
    "PASS": ("PASS secret",),
    "NICK": ("NICK ann", "NICK ANN", "NICK anna", "NICK", "NICK bob", "NICK 1x"),
    "GUEST": ("GUEST short", f"GUEST {'k' * 32}"),
    "USER": ("USER a 0 * :Ann", "USER a"),
    "PING": ("PING here", "PING"),
    "PONG": ("PONG here",),
    "QUIT": ("QUIT", "QUIT :bye"),
    "AUTHENTICATE": (
        "AUTHENTICATE PLAIN",
        "AUTHENTICATE WHAT",
        "AUTHENTICATE *",
        "AUTHENTICATE EXTERNAL",
        "AUTHENTICATE SCRAM-SHA-256",
    ),
    "REGISTER": ("REGISTER * * sesame", "REGISTER * * x", "REGISTER bob * sesame", "REGISTER *"),
    "VERIFY": ("VERIFY ann 1",),
    "NICKSERV": ("NICKSERV HELP", "NICKSERV WHAT", "NICKSERV INFO bob", "NICKSERV IDENTIFY nobody x"),
    "NS": ("NS HELP", "NS", "NS REGISTER sesame"),
    "CHANSERV": ("CHANSERV HELP", "CHANSERV WHAT", "CHANSERV INFO #c"),
    "CS": ("CS OP #c bob", "CS OP #nowhere bob", "CS"),
    "JOIN": ("JOIN #new", "JOIN #c", "JOIN #a,#b,bad", "JOIN bad", "JOIN", "JOIN 0"),
    "PART": ("PART #c", "PART #c :bye", "PART #nowhere", "PART #c,#nowhere"),
    "TOPIC": ("TOPIC #c", "TOPIC #c :new", "TOPIC #nowhere", "TOPIC"),
    "NAMES": ("NAMES #c", "NAMES", "NAMES #c,#nowhere"),
    "LIST": ("LIST", "LIST #c", "LIST >9"),
    "INVITE": ("INVITE dan #c", "INVITE", "INVITE dan", "INVITE nobody #c", "INVITE bob #c"),
    "KICK": ("KICK #c bob", "KICK #c ann", "KICK #c nobody", "KICK #c bob,nobody", "KICK #c"),
    "MODE": (
        "MODE #c",
        "MODE #c +m",
        "MODE #c -m",
        "MODE #c +b",
        "MODE #c +Xo nobody",
        "MODE ann",
        "MODE ann +i",
        "MODE ann +x",
        "MODE #nowhere",
    ),
    "RENAME": ("RENAME #c #d", "RENAME #c #C", "RENAME #nowhere #d", "RENAME #c bad", "RENAME #c"),
    "PRIVMSG": (
        "PRIVMSG #c :hello",
        "PRIVMSG bob :hello",
        "PRIVMSG ann :hello",
        "PRIVMSG bob,#c,nobody :hello",
        "PRIVMSG @#c :hello",
        "PRIVMSG nobody :hello",
        "PRIVMSG #nowhere :hello",
        "PRIVMSG bob",
        "PRIVMSG",
    ),
    "NOTICE": ("NOTICE #c :hello", "NOTICE bob :hello", "NOTICE ann :hello", "NOTICE nobody :x", "NOTICE"),
    "TAGMSG": ("TAGMSG #c", "TAGMSG bob", "TAGMSG ann", "TAGMSG nobody", "TAGMSG"),
    "BATCH": (
        "BATCH +1 draft/multiline #c;@batch=1 PRIVMSG #c :a;@batch=1 PRIVMSG #c :b;BATCH -1",
        "BATCH +1 draft/multiline #nowhere;@batch=1 PRIVMSG #nowhere :a;BATCH -1",
        "BATCH +1 draft/multiline #c;@batch=1 PRIVMSG #d :a",
        "BATCH +1 nonsense",
        "BATCH -1",
        "BATCH",
    ),
    "AWAY": ("AWAY :lunch", "AWAY", "AWAY *"),
    "METADATA": (
        "METADATA * SET url x",
        "METADATA * SET url",
        "METADATA * GET url",
        "METADATA * LIST",
        "METADATA * CLEAR",
        "METADATA * SUB url",
        "METADATA * SUBS",
        "METADATA * UNSUB url",
        "METADATA #c SYNC",
        "METADATA nobody LIST",
        "METADATA * WHAT",
    ),
    "SETNAME": ("SETNAME :Anna", "SETNAME :"),
    "CHATHISTORY": (
        "CHATHISTORY LATEST #c * 10",
        "CHATHISTORY LATEST #nowhere * 10",
        "CHATHISTORY TARGETS timestamp=2026-01-01T00:00:00.000Z timestamp=2027-01-01T00:00:00.000Z 10",
        "CHATHISTORY WHAT",
        "CHATHISTORY LATEST",
    ),
    "SEARCH": ("SEARCH text=hello", "SEARCH what"),
    "MARKREAD": ("MARKREAD #c", "MARKREAD #c timestamp=2026-03-12T12:00:00.000Z", "MARKREAD"),
    "REDACT": ("REDACT #c 1", "REDACT #nowhere 1"),
    "TBAN": ("TBAN #c", "TBAN #c 1h eve", "TBAN #c soon eve", "TBAN #c 1h", "TBAN #nowhere"),
    "EDIT": ("EDIT #c", "EDIT #nowhere"),
    "WHO": ("WHO #c", "WHO ann %tcn,1", "WHO nobody", "WHO"),
    "WHOIS": ("WHOIS bob", "WHOIS nobody", "WHOIS"),
    "WHOWAS": ("WHOWAS nobody", "WHOWAS"),
    "USERHOST": ("USERHOST bob",),
    "ISON": ("ISON bob nobody",),
    "MONITOR": (
        "MONITOR + bob,nobody",
        "MONITOR - bob",
        "MONITOR L",
        "MONITOR S",
        "MONITOR C",
        "MONITOR +",
        "MONITOR ?",
    ),
    "LUSERS": ("LUSERS",),
    "MOTD": ("MOTD", "MOTD nowhere"),
    "VERSION": ("VERSION",),
    "ISUPPORT": ("ISUPPORT",),
    "ADMIN": ("ADMIN",),
    "INFO": ("INFO",),
    "TIME": ("TIME", "TIME nowhere"),
    "LINKS": ("LINKS",),
    "STATS": ("STATS u", "STATS x", "STATS"),
    "HELP": ("HELP", "HELP join", "HELP what"),
    "HELPOP": ("HELPOP",),
    "OPER": ("OPER admin wrong", "OPER"),
    "ROLE": ("ROLE nobody", "ROLE nobody moderator", "ROLE"),
    "KILL": ("KILL bob :go", "KILL nobody :go", "KILL ann :myself", "KILL"),
    "BAN": ("BAN", "BAN bob :go", "BAN 192.0.2.77 1h :go", "BAN 192.0.2.77 1x"),
    "KLINE": ("KLINE *!*@nowhere.example :go",),
    "DLINE": ("DLINE 198.51.100.0/24 :go",),
    "UNBAN": ("UNBAN 192.0.2.77", "UNBAN"),
    "UNKLINE": ("UNKLINE *!*@nowhere.example",),
    "UNDLINE": ("UNDLINE 198.51.100.0/24",),
    "INVITECODE": ("INVITECODE", "INVITECODE 5 0", "INVITECODE x", "INVITECODE LIST", "INVITECODE REVOKE x"),
    "GUESTNICKS": ("GUESTNICKS", "GUESTNICKS FREE nobody", "GUESTNICKS WHAT x"),
    "LOCKDOWN": ("LOCKDOWN ON", "LOCKDOWN OFF", "LOCKDOWN", "LOCKDOWN WHAT"),
    "SETTING": ("SETTING", "SETTING name", "SETTING name :Room 12", "SETTING RESET name", "SETTING a b"),
    "OVERVIEW": (
        "OVERVIEW STATUS",
        "OVERVIEW ROLES",
        "OVERVIEW BANS",
        "OVERVIEW CODES",
        "OVERVIEW LOG",
        "OVERVIEW STORAGE",
    ),
    "FILES": ("FILES", "FILES LIST", f"FILES DELETE {'x' * 28}", "FILES DELETE", "FILES WHAT"),
    "WALLOPS": ("WALLOPS :hello", "WALLOPS"),
    "AUDIT": ("AUDIT", "AUDIT 3"),
    "REHASH": ("REHASH",),
    "DIE": ("DIE",),
    "STOP": ("STOP :Good night",),
    "SESSIONS": ("SESSIONS", "SESSIONS END 1", "SESSIONS END OTHERS", "SESSIONS CLIENT a", "SESSIONS WHAT"),
    "CONFIRM": ("CONFIRM :secret", "CONFIRM"),
    "SETPASS": ("SETPASS :secret", "SETPASS"),
    "UNREGISTER": ("UNREGISTER ann", "UNREGISTER"),
    "FINDCODE": ("FINDCODE k7 1", "FINDCODE k7", "FINDCODE"),
}
"""Lines for each command; a semicolon separates lines that belong together."""

UNASKED = frozenset({"PRIVMSG", "NOTICE", "TAGMSG"})
"""Messages that the client may get besides the reply: its own, which come as they do to others."""


class Placement(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", caps=CAPS_OF_LABELS, channel="#c")

    def labelled(self, line: str) -> list[Message]:
        self.say("ann", f"@label=x {line}")
        return self.messages("ann")

    def test_no_reply_is_an_ack(self) -> None:
        [ack] = self.labelled("PRIVMSG #c :hi")
        self.assertEqual((ack.command, ack.tags["label"]), ("ACK", "x"))

    def test_one_reply_carries_the_label(self) -> None:
        [pong] = self.labelled("PING y")
        self.assertEqual((pong.command, pong.tags["label"]), ("PONG", "x"))
        [error] = self.labelled("FOO")
        self.assertEqual((error.command, error.tags["label"]), ("421", "x"))

    def test_several_replies_are_one_batch(self) -> None:
        opener, *inner, closer = self.labelled("WHO ann")
        self.assertEqual((opener.command, opener.params[1]), ("BATCH", "labeled-response"))
        self.assertEqual(opener.tags["label"], "x")
        reference = opener.params[0][1:]
        self.assertEqual({each.tags["batch"] for each in inner}, {reference})
        self.assertEqual(closer.params, (f"-{reference}",))

    def test_a_reply_that_is_a_batch_carries_the_label_on_its_opener(self) -> None:
        opener, *_ = self.labelled("CHATHISTORY LATEST #c * 10")
        self.assertEqual((opener.params[1], opener.tags["label"]), ("chathistory", "x"))

    def test_other_members_get_no_label(self) -> None:
        self.enter("bob", caps=CAPS_OF_LABELS, channel="#c")
        self.forget()
        self.labelled("TOPIC #c :new")
        [topic] = self.messages("bob")
        self.assertEqual((topic.command, topic.text), ("TOPIC", "new"))
        self.assertNotIn("label", topic.tags)

    def test_without_the_capability_a_label_is_ignored(self) -> None:
        self.enter("bob", caps="message-tags")
        self.say("bob", "@label=x PING y")
        self.assertEqual([each.tags.get("label") for each in self.messages("bob")], [None])


class Labels(ServerTest):
    def test_every_command_has_lines(self) -> None:
        self.assertEqual(COMMANDS.keys() - LINES.keys(), set())
        self.assertEqual(LINES.keys() - COMMANDS.keys(), set())

    def test_one_reply_carries_the_label_for_every_command(self) -> None:
        for line in [line for lines in LINES.values() for line in lines]:
            with self.subTest(line):
                self.fresh()
                self.check(*line.split(";") if line.startswith("BATCH") else (line,))

    def test_commands_of_operators_carry_it_too(self) -> None:
        for command, row in COMMANDS.items():
            for line in LINES[command] if row.role != "member" else ():
                with self.subTest(line):
                    self.fresh()
                    self.make_operator("ann")
                    self.check(line)

    def test_commands_before_registration_carry_it_too(self) -> None:
        for line in [line for lines in LINES.values() for line in lines]:
            with self.subTest(line):
                self.replace()
                self.connect("ann")
                self.say("ann", f"CAP REQ :{CAPS}")
                self.text("ann")
                self.check(line.partition(";")[0])

    def test_an_unknown_command(self) -> None:
        self.fresh()
        self.check("NONSENSE")

    def test_an_invalid_line(self) -> None:
        for line in (b"@label=L PRIVMSG #c :\xff", TooLong(b"@label=L")):
            with self.subTest(line=line):
                self.fresh()
                self.send("ann", *read([line]))
                [answer] = self.messages("ann")
                self.assertEqual(answer.tags.get("label"), "L")

    def test_a_whole_registration_is_one_reply(self) -> None:
        self.connect("ann")
        self.say("ann", f"CAP REQ :{CAPS} draft/metadata-3", "NICK ann", "USER ann 0 * :Ann")
        self.text("ann")
        self.check("CAP END")

    def test_a_batch_in_the_reply_is_nested_in_the_labeled_response_batch(self) -> None:
        self.enter("ann", caps=f"{CAPS} draft/metadata-3")
        self.say("ann", "@label=L JOIN #c")
        messages = self.messages("ann")
        outer, inner = (message for message in messages if message.params[0][0] == "+")
        reference = outer.params[0][1:]
        self.assertEqual(outer.params[1:], ("labeled-response",))
        self.assertEqual((inner.params[1:], inner.tags["batch"]), (("metadata", "#c"), reference))
        self.assertEqual({message.tags.get("batch") for message in messages[1:-1]}, {reference})

    def test_without_batches_only_a_single_reply_is_labelled(self) -> None:
        self.enter("ann", caps="labeled-response")
        self.say("ann", "@label=L PING x", "@label=L WHOIS ann")
        labels = [message.tags.get("label") for message in self.messages("ann")]
        self.assertEqual(labels, ["L", *[None] * (len(labels) - 1)])

    def fresh(self) -> None:
        """Let ann be an operator of a channel that contains bob but not dan."""
        self.replace()
        self.enter("ann", channel="#c", caps=CAPS)
        self.enter("bob", channel="#c")
        self.enter("dan")

    def check(self, line: str, *others: str) -> None:
        """Send a line with a label and others without, and check all messages that come."""
        self.say("ann", f"@label=L {line}", *others)
        answers, unasked = split_replies(self.messages("ann"))
        labelled = [answer for answer in answers if answer[0].tags.get("label") == "L"]
        self.assertEqual(len(labelled), 1, answers)
        self.assertEqual(len(answers), 1, answers)
        self.assertEqual([message for message in unasked if "label" in message.tags], [])


def split_replies(messages: list[Message]) -> tuple[list[list[Message]], list[Message]]:
    """Split messages into logical replies (a message or a whole batch each) and unsolicited messages."""
    answers: list[list[Message]] = []
    unasked: list[Message] = []
    members: dict[str, list[Message]] = {}  # the messages of the answer, by reference of their batch
    for message in messages:
        inside = members.get(message.tags.get("batch", ""))
        is_opener = message.command == "BATCH" and message.params[0][0] == "+"
        is_closer = message.command == "BATCH" and message.params[0][0] == "-"
        if is_closer:
            members.pop(message.params[0][1:]).append(message)
            continue
        if inside is None:
            if message.command in UNASKED and "label" not in message.tags:
                unasked.append(message)
                continue
            inside = []
            answers.append(inside)
        inside.append(message)
        if is_opener:
            members[message.params[0][1:]] = inside
    assert not members, "a batch without an end"
    return answers, unasked


if __name__ == "__main__":
    unittest.main()
