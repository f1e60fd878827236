"""The database of a running server cannot be written: what is acknowledged is kept, and nobody else waits."""

from __future__ import annotations

import re
import resource
import select
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import NamedTuple

from tests.live.base import Client, LiveTest

CAPS = (
    "message-tags echo-message batch draft/chathistory draft/event-playback draft/read-marker"
    " draft/metadata-2 draft/message-redaction draft/account-registration draft/channel-rename"
)
ELEVEN = "timestamp=2026-03-12T11:00:00.000Z"
HISTORY = "CHATHISTORY LATEST #c * 100"
STALLED = "The database cannot be written, "
TOLD = "The server cannot store anything now. Try again later."


class Change(NamedTuple):
    """A command that changes something.

    Takes  line: as it is typed; told: the command that acknowledges it; question: that is asked after a
           restart; kept: a pattern of the answer when it was kept; who: types it
    """

    line: str
    told: str
    question: str
    kept: str
    who: str = "ann"


CHANGES = (
    Change("JOIN #new", "JOIN", "LIST #new", " 322 "),
    Change("TOPIC #c :new topic", "TOPIC", "TOPIC #c", "new topic"),
    Change("MODE #c +m", "MODE", "MODE #c", r" \+mnt"),
    Change("MODE #c +b eve!*@*", "MODE", "MODE #c b", r"eve!\*@\*"),
    Change("MODE #c +v cat", "MODE", HISTORY, r"MODE #c \+v"),
    Change("KICK #c dan :Out", "KICK", HISTORY, "KICK #c dan"),
    Change("PRIVMSG #c :something said", "PRIVMSG", HISTORY, "something said"),
    Change("PRIVMSG ben :something private", "PRIVMSG", "CHATHISTORY LATEST ben * 9", "something private"),
    Change("REDACT #c {id}", "REDACT", HISTORY, r"\A(?!.*:first)"),
    Change(f"MARKREAD #c {ELEVEN}", "MARKREAD", "MARKREAD #c", ELEVEN),
    Change("METADATA #c SET url :example", "761", "METADATA #c GET url", "example"),
    Change("METADATA * SET url :mine", "761", "METADATA * GET url", "mine"),
    Change("NS SET PASSWORD changed", "NOTICE", "NS IDENTIFY ann changed", "You are logged in"),
    Change("BAN 192.0.2.7 :Spam", "NOTE", "BAN", r"192\.0\.2\.7"),
    Change("ROLE ben moderator", "NOTE", "NS INFO ben", "its role is moderator"),
    Change("RENAME #d #e", "RENAME", "LIST #e", " 322 "),
    Change("REGISTER * * :sesame", "REGISTER", "NS INFO cat", "cat is an account", "cat"),
    Change("PART #c", "PART", HISTORY, "PART #c", "cat"),
)


class StallTest(LiveTest):
    FLAGS = ("--log-level", "debug")  # a short stall is of no interest to anybody else
    CONFIG = "[channels]\ndefault = []\n[limits]\nflood_per_second = 0\npassword_attempts = 1000"

    def log_in(self, nick: str, password: str = "sesame") -> Client:
        client = self.connect()
        client.send(f"PASS {nick}:{password}", "CAP LS 302", f"CAP REQ :{CAPS}", "CAP END")
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", "JOIN #c,#d")
        client.settle()
        return client

    def people(self) -> dict[str, Client]:
        """Ann owns the server and has said something; ben has an account; cat and dan have none."""
        self.start()
        password = self.server.printed("Owner password").rpartition(" ")[2]
        ann, ben = (self.enter(name, CAPS, "#c") for name in ("ann", "ben"))
        for client in (ann, ben):
            client.send("REGISTER * * :sesame", "JOIN #d")
            client.settle()
        ann.send(f"OPER owner {password}", "PRIVMSG #c :first")
        self.first = ann.until("PRIVMSG").tags["msgid"]
        ann.settle()
        cat, dan = (self.enter(name, CAPS, "#c") for name in ("cat", "dan"))
        people = {"ann": ann, "ben": ben, "cat": cat, "dan": dan}
        for client in people.values():
            client.settle()
        return people

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Another program writes to the database and does not come to an end."""
        with closing(sqlite3.connect(self.data / "chatapp.db", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            yield

    def ask(self, client: Client, line: str) -> str:
        client.send(line.format(id=self.first))
        return "\n".join(f"{each.source} {each.body()} " for each in client.settle())

    def assertNothingCame(self, client: Client) -> None:
        self.assertEqual(select.select([client.sock], [], [], 0)[0], [])

    def is_kept(self, change: Change, password: str = "sesame") -> bool:
        """Whether a server that has just started knows of it."""
        is_about_password = "IDENTIFY" in change.question
        client = self.enter("eve") if is_about_password else self.log_in("ann", password)
        answer = self.ask(client, change.question)
        client.close()
        return bool(re.search(change.kept, answer, re.DOTALL))


class Acknowledged(StallTest):
    """Acknowledged is the same as present after a restart."""

    def test_what_could_be_stored_in_the_end_is_acknowledged_and_there(self) -> None:
        people = self.people()
        for change in CHANGES:
            with self.subTest(change.line):
                client = people[change.who]
                client.settle()
                stalls = self.server.count(STALLED)
                with self.locked():
                    client.send(change.line.format(id=self.first))
                    self.server.count(STALLED, stalls + 1)
                    people["ben"].settle()  # ben does not wait
                    self.assertNothingCame(client)
                client.until(change.told)
        self.server.kill()
        self.start()
        for change in CHANGES:
            with self.subTest(change.question):
                self.assertTrue(self.is_kept(change, "changed"))

    def test_what_could_not_be_stored_is_not_acknowledged_and_not_there(self) -> None:
        self.people()
        self.server.kill()
        self.start()
        for change in CHANGES:
            with self.subTest(change.line):
                client = self.log_in("ann") if change.who == "ann" else self.enter(change.who, CAPS, "#c")
                others = [self.enter(name, CAPS, "#c") for name in ("cat", "dan") if name != change.who]
                client.settle()
                with self.locked():
                    client.send(change.line.format(id=self.first))
                    self.server.printed(STALLED)
                    others[0].settle()
                    self.assertNothingCame(client)
                    self.server.kill()
                self.start()
                self.assertFalse(self.is_kept(change))

    def test_who_stops_the_server_meanwhile_is_told_why_it_fails(self) -> None:
        self.start()
        ann = self.enter("ann", CAPS, "#c")
        with self.locked():
            ann.send("PRIVMSG #c :lost")
            self.server.printed(STALLED)
            self.assertEqual(self.server.stop(), 1)
        told = self.server.printed(f"The database {self.data}")
        self.assertIn(" cannot be written: database is locked. The server ends. ", told)
        self.assertEqual([each.command for each in ann.rest()], ["ERROR"])


class FullDisk(StallTest):
    """No file may grow any more: to the program it is as if the disk were full."""

    @contextmanager
    def full(self) -> Iterator[None]:
        number, kind = self.server.process.pid, resource.RLIMIT_FSIZE
        _, hard = resource.prlimit(number, kind, (4096, resource.RLIM_INFINITY))
        yield
        if self.server.process.poll() is None:
            resource.prlimit(number, kind, (resource.RLIM_INFINITY, hard))

    def test_a_moment_without_space_is_not_noticed(self) -> None:
        people = self.people()
        with self.full():
            people["ann"].send("JOIN #new", "PRIVMSG #new :mine")
            self.server.printed(STALLED)
            people["ben"].settle()
        people["ann"].until("PRIVMSG")
        self.server.printed("The database can be written again, after ")
        people["ben"].send("JOIN #newer")
        people["ben"].until("JOIN")
        self.server.kill()
        self.start()
        ann, ben = self.log_in("ann"), self.log_in("ben")
        self.assertIn("mine", self.ask(ann, "CHATHISTORY LATEST #new * 9"))
        self.assertNotIn("mine", self.ask(ben, "CHATHISTORY LATEST #newer * 9"))

    def test_commands_are_refused_after_a_moment_and_the_server_ends_when_it_lasts(self) -> None:
        people = self.people()
        eve = self.connect()
        with self.full():
            people["ann"].send("JOIN #lost", "PRIVMSG #lost :lost")
            self.server.printed(STALLED)
            eve.send("NICK eve", "USER eve 0 * :Eve")
            people["ben"].send("TOPIC #c :bad")
            self.server.printed("The database cannot be written: ")
            self.assertEqual(people["ben"].until("FAIL").params, ("TOPIC", "TEMPORARILY_UNAVAILABLE", TOLD))
            self.assertIn(" :first ", self.ask(people["cat"], HISTORY))
            for client in (*people.values(), eve):
                self.assertEqual([each.text for each in client.rest()], [TOLD])
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
