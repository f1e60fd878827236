"""The database refuses rows permanently: messages are dropped, other changes stop the server."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from unittest.mock import patch

from chatapp.protocol.message import Message
from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Received
from chatapp.server.core.storage_stall import UNAVAILABLE
from chatapp.server.storage.statements import Save
from tests.server.base import ServerTest


class RefusedByTheDatabase(ServerTest):
    """A bug makes the database refuse rows. Messages can be dropped; changes of the world cannot."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.write = self.store.write

    @contextmanager
    def refusing(self, *bad: str) -> Iterator[None]:
        """Let the database refuse these statements and every transaction that contains one."""

        def write(saves: Sequence[Save]) -> None:
            if any(save.statement.name in bad for save in saves):
                raise sqlite3.IntegrityError("FOREIGN KEY constraint failed")
            self.write(saves)

        with patch.object(self.store, "write", side_effect=write), self.assertLogs("chatapp.server", "ERROR"):
            yield

    def send_together(self, **lines: str) -> None:
        """Let these users send their lines in one turn."""
        self.core.turn(
            [
                Received(self.links[name], read(line.encode() for line in text.splitlines()))
                for name, text in lines.items()
            ]
        )

    def test_a_message_is_dropped_with_an_error_and_the_rest_of_the_turn_is_done(self) -> None:
        with self.refusing("store a message"):
            self.send_together(
                ann="TOPIC #c :new\n@+x=1 PRIVMSG #c :bad\nPING x",
                bob="PRIVMSG #c :good\nPRIVMSG #c :better",  # another statement: it is a burst
            )
        self.assertGot(
            "ann",
            ":ann TOPIC #c :new",
            "400 ann :Not sent: the server cannot store it: FOREIGN KEY constraint failed",
            "PONG chatapp.local x",
            ":bob PRIVMSG #c :good",
            ":bob PRIVMSG #c :better",
        )
        self.assertGot("bob", ":ann TOPIC #c :new")
        self.assertEqual(self.core.failure, "")

    def test_a_change_of_the_world_that_cannot_be_stored_stops_the_server(self) -> None:
        with self.refusing("store a channel"):
            self.say("ann", "TOPIC #c :lost")
        self.assertEqual(self.codes("ann"), ["ERROR"])
        self.assertGot("bob", f"ERROR :{UNAVAILABLE}")
        self.assertIn("refuses a change that was already made: FOREIGN KEY", self.core.failure)
        self.core.run()

    def test_a_refused_join_event_stops_the_server_because_it_is_not_a_message(self) -> None:
        self.enter("eve")
        with self.refusing("store an event"):
            self.say("eve", "JOIN #c")
        self.assertEqual(self.codes("eve"), ["ERROR"])

    def test_a_message_that_cannot_be_encoded_is_dropped(self) -> None:
        with self.assertLogs("chatapp.server.core.commit", "ERROR"):
            self.send("ann", Message("PRIVMSG", ("#c", "lone \ud800 surrogate")))
        self.assertIn("400 ann :Not sent", self.text("ann"))
        self.assertGot("bob")

    def test_rows_that_are_stored_are_not_stored_again_when_the_disk_is_full_later(self) -> None:
        errors = [sqlite3.IntegrityError("no"), None, sqlite3.OperationalError("disk I/O error")]
        with (
            patch.object(self.store, "write", side_effect=errors) as write,
            self.assertLogs("chatapp.server.core", "DEBUG"),
        ):
            self.send_together(ann="PRIVMSG #c :one", bob="PRIVMSG #c :two")
            self.assertGot("bob")
            write.side_effect = self.write
            self.pass_time(0.2)
        [[saves], _] = write.call_args_list[-1]
        self.assertEqual([save.statement.name for save in saves], ["store a message"])
        self.assertGot("bob", ":ann PRIVMSG #c :one")
        self.assertGot("ann", ":bob PRIVMSG #c :two")
