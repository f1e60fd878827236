"""The database cannot be written: acknowledged changes are stored, and other clients do not wait."""

from __future__ import annotations

import re
import resource
import select
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from tests.live.base import LiveTest, RawClient

CAPS = (
    "message-tags echo-message batch draft/chathistory draft/event-playback draft/read-marker"
    " draft/metadata-2 draft/message-edit draft/message-redaction draft/account-registration"
    " draft/channel-rename"
)
ELEVEN = "timestamp=2026-03-12T11:00:00.000Z"
HISTORY = "CHATHISTORY LATEST #c * 100"
STALLED = "The database cannot be written, "
UNAVAILABLE = "The server cannot store anything now. Try again later."


IMPATIENT_SERVER = """
import sys
from chatapp.server.cli.main import main
from chatapp.server.core import loop
assert loop.LIMIT_SECONDS > 4.0
loop.LIMIT_SECONDS = 4.0
sys.exit(main(sys.argv[1:]))
"""
"""A server that ends sooner than others when it cannot write to the database."""


class StoredChange(NamedTuple):
    """A command that changes something stored.

    Args:
        line: the command.
        reply: the command or numeric that acknowledges it.
        query: a command that shows after a restart whether it was stored.
        pattern: matches the answer to the query if it was stored.
        nick: the user who sends it.
    """

    line: str
    reply: str
    query: str
    pattern: str
    nick: str = "ann"


CHANGES = (
    StoredChange("JOIN #new", "JOIN", "LIST #new", " 322 "),
    StoredChange("TOPIC #c :new topic", "TOPIC", "TOPIC #c", "new topic"),
    StoredChange("MODE #c +m", "MODE", "MODE #c", r" \+mnt"),
    StoredChange("MODE #c +b eve!*@*", "MODE", "MODE #c b", r"eve!\*@\*"),
    StoredChange("MODE #c +v cat", "MODE", HISTORY, r"MODE #c \+v"),
    StoredChange("KICK #c dan :Out", "KICK", HISTORY, "KICK #c dan"),
    StoredChange("PRIVMSG #c :something said", "PRIVMSG", HISTORY, "something said"),
    StoredChange(
        "PRIVMSG ben :something private", "PRIVMSG", "CHATHISTORY LATEST ben * 9", "something private"
    ),
    StoredChange("REDACT #c {id}", "REDACT", HISTORY, r"\A(?!.*:first)"),
    StoredChange(
        "@draft/target-msgid={other};draft/edit-text=typed EDIT #c", "EDIT", HISTORY, r"\A(?!.*tpyed).*:typed"
    ),
    StoredChange(f"MARKREAD #c {ELEVEN}", "MARKREAD", "MARKREAD #c", ELEVEN),
    StoredChange("METADATA #c SET url :example", "761", "METADATA #c GET url", "example"),
    StoredChange("METADATA * SET url :mine", "761", "METADATA * GET url", "mine"),
    StoredChange("NS SET PASSWORD sesame changed", "NOTICE", "NS IDENTIFY ann changed", "You are logged in"),
    StoredChange("BAN 192.0.2.7 :Spam", "NOTE", "BAN", r"192\.0\.2\.7"),
    StoredChange("ROLE ben moderator", "NOTE", "NS INFO ben", "its role is moderator"),
    StoredChange("RENAME #d #e", "RENAME", "LIST #e", " 322 "),
    StoredChange("REGISTER * * :sesame", "REGISTER", "NS INFO cat", "cat was registered", "cat"),
    StoredChange("PART #c", "PART", HISTORY, "PART #c", "cat"),
)


class StallTest(LiveTest):
    FLAGS = ("--log-level", "debug")  # a short stall is logged only at this level
    CONFIG = "[channels]\ndefault = []\n[limits]\nflood_per_second = 0\npassword_attempts = 1000"

    def log_in(self, nick: str, password: str = "sesame") -> RawClient:
        client = self.connect()
        client.send(f"PASS {nick}:{password}", "CAP LS 302", f"CAP REQ :{CAPS}", "CAP END")
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", "JOIN #c,#d")
        client.settle()
        return client

    def enter_people(self) -> dict[str, RawClient]:
        """Connect ann, who owns the server and sends a message, ben with an account, cat and dan without."""
        self.start()
        password = self.server.printed("Owner password").rpartition(" ")[2]
        ann, ben = (self.enter(name, CAPS, "#c") for name in ("ann", "ben"))
        for client in (ann, ben):
            client.send("REGISTER * * :sesame", "JOIN #d")
            client.settle()
        ann.send(f"OPER owner {password}", "PRIVMSG #c :first")
        self.first = ann.until("PRIVMSG").tags["msgid"]
        ann.send("PRIVMSG #c :tpyed")
        self.other = ann.until("PRIVMSG").tags["msgid"]
        ann.settle()
        cat, dan = (self.enter(name, CAPS, "#c") for name in ("cat", "dan"))
        enter_people = {"ann": ann, "ben": ben, "cat": cat, "dan": dan}
        for client in enter_people.values():
            client.settle()
        return enter_people

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Lock the database, like another program that writes to it."""
        with closing(sqlite3.connect(self.data / "chatapp.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    def ask(self, client: RawClient, line: str) -> str:
        client.send(line.format(id=self.first))
        return "\n".join(f"{each.source} {each.body()} " for each in client.settle())

    def assert_nothing_received(self, client: RawClient) -> None:
        self.assertEqual(select.select([client.sock], [], [], 0)[0], [])

    def is_stored(self, change: StoredChange, password: str = "sesame") -> bool:
        """Return whether a server that has just started has the change."""
        is_about_password = "IDENTIFY" in change.query
        client = self.enter("eve") if is_about_password else self.log_in("ann", password)
        answer = self.ask(client, change.query)
        client.close()
        return bool(re.search(change.pattern, answer, re.DOTALL))


class Acknowledged(StallTest):
    """A change is acknowledged if and only if it exists after a restart."""

    def test_a_change_that_was_stored_late_is_acknowledged_late_and_survives(self) -> None:
        enter_people = self.enter_people()
        for change in CHANGES:
            with self.subTest(change.line):
                client = enter_people[change.nick]
                client.settle()
                stalls = self.server.count(STALLED)
                with self.locked():
                    client.send(change.line.format(id=self.first, other=self.other))
                    self.server.count(STALLED, stalls + 1)
                    enter_people["ben"].settle()  # ben does not wait
                    self.assert_nothing_received(client)
                client.until(change.reply)
        self.server.kill()
        self.start()
        for change in CHANGES:
            with self.subTest(change.query):
                self.assertTrue(self.is_stored(change, "changed"))

    def test_a_change_that_was_not_stored_is_not_acknowledged_and_does_not_survive(self) -> None:
        self.enter_people()
        self.server.kill()
        self.start()
        for change in CHANGES:
            with self.subTest(change.line):
                client = self.log_in("ann") if change.nick == "ann" else self.enter(change.nick, CAPS, "#c")
                others = [self.enter(name, CAPS, "#c") for name in ("cat", "dan") if name != change.nick]
                client.settle()
                with self.locked():
                    client.send(change.line.format(id=self.first, other=self.other))
                    self.server.printed(STALLED)
                    others[0].settle()
                    self.assert_nothing_received(client)
                    self.server.kill()
                self.start()
                self.assertFalse(self.is_stored(change))

    def test_stopping_the_server_during_a_stall_reports_the_failure(self) -> None:
        self.start()
        ann = self.enter("ann", CAPS, "#c")
        with self.locked():
            ann.send("PRIVMSG #c :lost")
            self.server.printed(STALLED)
            self.assertEqual(self.server.stop(), 1)
        printed = self.server.printed(f"The database {self.data}")
        self.assertIn(" cannot be written: database is locked. The server ends. ", printed)
        self.assertEqual([each.command for each in ann.rest()], ["ERROR"])


class FullDisk(StallTest):
    """No file of the server may grow, which looks like a full disk to it."""

    PROGRAM = ("-c", IMPATIENT_SERVER)

    @contextmanager
    def full(self) -> Iterator[None]:
        number, kind = self.server.process.pid, resource.RLIMIT_FSIZE
        _, hard = resource.prlimit(number, kind, (4096, resource.RLIM_INFINITY))
        yield
        if self.server.process.poll() is None:
            resource.prlimit(number, kind, (resource.RLIM_INFINITY, hard))

    def test_a_short_lack_of_space_only_delays(self) -> None:
        enter_people = self.enter_people()
        with self.full():
            enter_people["ann"].send("JOIN #new", "PRIVMSG #new :mine")
            self.server.printed(STALLED)
            enter_people["ben"].settle()
        enter_people["ann"].until("PRIVMSG")
        self.server.printed("The database can be written again, after ")
        enter_people["ben"].send("JOIN #newer")
        enter_people["ben"].until("JOIN")
        self.server.kill()
        self.start()
        ann, ben = self.log_in("ann"), self.log_in("ben")
        self.assertIn("mine", self.ask(ann, "CHATHISTORY LATEST #new * 9"))
        self.assertNotIn("mine", self.ask(ben, "CHATHISTORY LATEST #newer * 9"))

    def test_commands_are_refused_after_a_while_and_the_server_stops_after_longer(self) -> None:
        enter_people = self.enter_people()
        eve = self.connect()
        with self.full():
            enter_people["ann"].send("JOIN #lost", "PRIVMSG #lost :lost")
            self.server.printed(STALLED)
            eve.send("NICK eve", "USER eve 0 * :Eve")
            enter_people["ben"].send("TOPIC #c :bad")
            self.server.printed("The database cannot be written: ")
            self.assertEqual(
                enter_people["ben"].until("FAIL").params, ("TOPIC", "TEMPORARILY_UNAVAILABLE", UNAVAILABLE)
            )
            self.assertIn(" :first ", self.ask(enter_people["cat"], HISTORY))
            for client in (*enter_people.values(), eve):
                self.assertEqual([each.text for each in client.rest()], [UNAVAILABLE])
            self.assertEqual(self.server.wait(), 1)
        end = self.server.lines[-1]
        self.assertRegex(end, r"^The database .*/chatapp.db cannot be written: .+\. The server ends\. ")
        self.assertRegex(end, r"disk.*, then start it again\.$")
        self.start()
        ann = self.log_in("ann")
        self.assertNotIn("#lost", self.ask(ann, "LIST"))
        self.assertNotIn("bad", self.ask(ann, "TOPIC #c"))
        ann.send("JOIN #found")
        self.assertNotIn("lost", self.ask(ann, "CHATHISTORY LATEST #found * 9"))
