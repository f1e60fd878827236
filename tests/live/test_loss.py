"""Somebody deletes or damages files of a running server: it says so and ends, or mends what it can."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import unittest
from collections.abc import Callable
from contextlib import closing

from chatapp.server.storage import backup
from tests.live.base import Client, LiveTest

TOLD = "The server cannot store anything now. Try again later."


@unittest.skipIf(sys.platform == "win32", "Windows lets nobody delete or replace an open file")
class Database(LiveTest):
    def assertEnds(self, change: Callable[[], object], name: str = "chatapp.db") -> None:
        """After this change the server says which file is lost, tells everybody, and ends."""
        self.start()
        ann = self.enter("ann", channel="#c")
        change()
        self.assertEqual(ann.rest()[-1].text, TOLD)
        self.assertEqual(self.server.wait(), 1)
        words = f"{self.data / name} was deleted or replaced while the server ran. The server ends. Put it"
        self.assertTrue(self.server.lines[-1].startswith(words), self.server.lines[-1])

    def test_deleted(self) -> None:
        self.assertEnds((self.data / "chatapp.db").unlink)

    def test_replaced_by_a_copy(self) -> None:
        copy = self.folder / "copy.db"

        def replace() -> None:
            with closing(sqlite3.connect(self.data / "chatapp.db")) as database:
                backup.copy(database, copy)
            copy.replace(self.data / "chatapp.db")

        self.assertEnds(replace)
        self.start()
        self.enter("ann", channel="#c")
        self.assertEqual(self.server.stop(), 0)

    def test_the_folder_with_everything(self) -> None:
        self.assertEnds(lambda: shutil.rmtree(self.data))

    def test_the_log_of_the_database(self) -> None:
        self.assertEnds((self.data / "chatapp.db-wal").unlink, "chatapp.db-wal")


class Words(LiveTest):
    CONFIG = "[channels]\ndefault = ['#c']"
    DAMAGED = "The index of words is damaged"

    def damage(self) -> None:
        for name in ("words.db", "words.db-wal"):
            if (self.data / name).exists():
                with (self.data / name).open("r+b") as file:
                    file.write(b"damaged " * 10_000)

    def come(self) -> Client:
        return self.enter("ann", "batch soju.im/search message-tags")

    def assertFound(self, client: Client) -> None:
        client.send("SEARCH text=needle")
        self.assertEqual(client.until("PRIVMSG").text, "a needle")

    def test_a_search_finds_what_was_said_whatever_becomes_of_the_index(self) -> None:
        self.start()
        ann = self.come()
        ann.send("PRIVMSG #c :a needle")
        ann.settle()
        self.damage()
        self.assertFound(ann)
        self.server.printed(self.DAMAGED)
        self.assertFound(ann)
        self.assertEqual(self.server.stop(), 0)
        self.damage()
        self.start()
        ann = self.come()
        self.assertFound(ann)
        self.server.printed(self.DAMAGED)
        self.assertFound(ann)
        self.assertEqual(self.server.stop(), 0)
