"""Files of a running server are deleted or damaged: it stops with a reason, or repairs what it can."""

from __future__ import annotations

import shutil
import sqlite3
import sys
import unittest
from collections.abc import Callable
from contextlib import closing

from chatapp.server.storage import backup
from tests.live.base import LiveTest, RawClient

UNAVAILABLE = "The server cannot store anything now. Try again later."


@unittest.skipIf(sys.platform == "win32", "Windows does not allow an open file to be deleted or replaced")
class LostDatabase(LiveTest):
    def assert_ends(self, change: Callable[[], object], name: str = "chatapp.db") -> None:
        """Check that after a change the server names the lost file, disconnects all clients, and stops."""
        self.start()
        ann = self.enter("ann", channel="#c")
        change()
        self.assertEqual(ann.rest()[-1].text, UNAVAILABLE)
        self.assertEqual(self.server.wait(), 1)
        expected = (
            f"{self.data / name} was deleted or replaced while the server ran. The server ends. Restore"
        )
        self.assertTrue(self.server.lines[-1].startswith(expected), self.server.lines[-1])

    def test_the_database_is_deleted(self) -> None:
        self.assert_ends((self.data / "chatapp.db").unlink)

    def test_the_database_is_replaced_by_a_copy(self) -> None:
        copy = self.folder / "copy.db"

        def replace() -> None:
            with closing(sqlite3.connect(self.data / "chatapp.db")) as database:
                backup.copy(database, copy)
            copy.replace(self.data / "chatapp.db")

        self.assert_ends(replace)
        self.start()
        self.enter("ann", channel="#c")
        self.assertEqual(self.server.stop(), 0)

    def test_the_data_folder_is_deleted(self) -> None:
        self.assert_ends(lambda: shutil.rmtree(self.data))

    def test_the_write_ahead_log_is_deleted(self) -> None:
        self.assert_ends((self.data / "chatapp.db-wal").unlink, "chatapp.db-wal")


class DamagedIndex(LiveTest):
    CONFIG = "[channels]\ndefault = ['#c']"
    DAMAGED = "The search index is damaged"

    def damage(self) -> None:
        for name in ("words.db", "words.db-wal"):
            if (self.data / name).exists():
                with (self.data / name).open("r+b") as file:
                    file.write(b"damaged " * 10_000)

    def enter_ann(self) -> RawClient:
        return self.enter("ann", "batch soju.im/search message-tags")

    def assert_found(self, client: RawClient) -> None:
        client.send("SEARCH text=needle")
        self.assertEqual(client.until("PRIVMSG").text, "a needle")

    def test_a_search_finds_messages_although_the_index_was_damaged(self) -> None:
        self.start()
        ann = self.enter_ann()
        ann.send("PRIVMSG #c :a needle")
        ann.settle()
        self.damage()
        self.assert_found(ann)
        self.server.printed(self.DAMAGED)
        self.assert_found(ann)
        self.assertEqual(self.server.stop(), 0)
        self.damage()
        self.start()
        ann = self.enter_ann()
        self.assert_found(ann)
        self.server.printed(self.DAMAGED)
        self.assert_found(ann)
        self.assertEqual(self.server.stop(), 0)
