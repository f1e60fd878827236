"""Databases of earlier versions are migrated and keep their data."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import unittest
from contextlib import closing
from pathlib import Path
from unittest.mock import patch

from chatapp.server.storage import account_rows, channel_rows, message_rows, schema, settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.history_pages import partners
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.schema import MIGRATIONS, migrate

ROOT = Path(__file__).resolve().parents[3]
VERSION_1 = """
    CREATE TABLE facts (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID;
    CREATE TABLE channels (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL, folded TEXT NOT NULL UNIQUE, created INTEGER NOT NULL,
        topic TEXT NOT NULL DEFAULT '', topic_by TEXT NOT NULL DEFAULT '',
        topic_at INTEGER NOT NULL DEFAULT 0, modes TEXT NOT NULL DEFAULT '{}'
    );
    CREATE TABLE channel_lists (
        channel INTEGER NOT NULL REFERENCES channels ON DELETE CASCADE, mode TEXT NOT NULL,
        mask TEXT NOT NULL, by TEXT NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (channel, mode, mask)
    ) WITHOUT ROWID;
    CREATE TABLE channel_ranks (
        channel INTEGER NOT NULL REFERENCES channels ON DELETE CASCADE, account TEXT NOT NULL,
        ranks TEXT NOT NULL, PRIMARY KEY (channel, account)
    ) WITHOUT ROWID;
    CREATE TABLE messages (
        id INTEGER PRIMARY KEY, target TEXT NOT NULL, recipient TEXT NOT NULL, time INTEGER NOT NULL,
        command TEXT NOT NULL, source TEXT NOT NULL, account TEXT NOT NULL, text TEXT NOT NULL,
        tags TEXT NOT NULL
    );
    CREATE INDEX messages_by_target ON messages (target, time);

    INSERT INTO facts VALUES ('cloak secret', x'00ff');
    INSERT INTO channels VALUES (7, '#Class', '#class', 1000, 'Exam on Friday', 'ann!a@h', 12, '{"n": ""}');
    INSERT INTO channel_lists VALUES (7, 'b', 'eve!*@*', 'ann', 13);
    INSERT INTO channel_ranks VALUES (7, 'ann', 'o');
    INSERT INTO messages VALUES (99, '#7', '', 5000, 'PRIVMSG', 'ann!a@h', 'ann', 'Good morning', '');
    PRAGMA user_version = 1;
"""
"""A database of the first version of the program. Such are in use: nothing here may change."""


class Upgrades(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.path = Path(folder.name) / "chatapp.db"

    def make(self, script: str) -> None:
        with closing(sqlite3.connect(self.path)) as database:
            database.executescript(script)

    def test_the_data_of_the_first_version_are_preserved(self) -> None:
        self.make(VERSION_1)
        with closing(Database(self.path)) as store:
            (channel,) = channel_rows.load_all(store)
            self.assertEqual((channel.id, channel.name, channel.topic), (7, "#Class", "Exam on Friday"))
            self.assertEqual((channel.modes, channel.account_ranks), ({"n": ""}, {"ann": "o"}))
            self.assertEqual(channel.lists["b"]["eve!*@*"].by, "ann")
            self.assertEqual(channel.last_time, 5000)
            self.assertEqual(settings.read(store, settings.CLOAK_SECRET), b"\x00\xff")
        with closing(sqlite3.connect(self.path)) as database:
            stored = database.execute("SELECT id, target, source, account, text FROM messages").fetchall()
        self.assertEqual(stored, [(99, "#7", "ann!a@h", "ann", "Good morning")])

    def test_a_copy_of_the_earlier_version_is_saved(self) -> None:
        self.make(VERSION_1)
        Database(self.path).close()
        with closing(sqlite3.connect(self.path.with_name("chatapp-version-1.db"))) as copy:
            self.assertEqual(copy.execute("PRAGMA user_version").fetchone(), (1,))
            self.assertEqual(copy.execute("SELECT text FROM messages").fetchone(), ("Good morning",))

    def test_an_existing_copy_is_not_overwritten(self) -> None:
        self.make(VERSION_1)
        first = self.path.with_name("chatapp-version-1.db")
        first.write_text("another file")
        Database(self.path).close()
        self.assertEqual(first.read_text(), "another file")
        self.assertTrue(self.path.with_name("chatapp-version-1-2.db").is_file())

    def test_new_and_current_databases_are_not_copied(self) -> None:
        Database(self.path).close()
        Database(self.path).close()
        self.assertEqual([each.name for each in self.path.parent.iterdir()], ["chatapp.db"])

    def test_every_version_is_migrated_to_the_same_tables(self) -> None:
        def tables(database: sqlite3.Connection) -> list[tuple[str, str]]:
            return database.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()

        with closing(sqlite3.connect(":memory:")) as whole:
            migrate(whole)
            wanted = tables(whole)
        for version in range(1, len(MIGRATIONS)):
            with self.subTest(version=version), closing(sqlite3.connect(":memory:")) as database:
                for statements in MIGRATIONS[:version]:
                    database.executescript(statements)
                database.execute(f"PRAGMA user_version = {version}")
                migrate(database)
                self.assertEqual(tables(database), wanted)

    def test_undelivered_messages_stay_undelivered(self) -> None:
        self.make(
            "".join(MIGRATIONS[:6])
            + """
            INSERT INTO accounts VALUES ('ann', 'Ann', 'hash', 'owner', '', 7);
            INSERT INTO messages VALUES (
                5, '=ann' || char(10) || '=bob', 'Ann', 9, 'PRIVMSG', 'bob', 'bob', 'hi', '', 3
            );
            INSERT INTO waiting VALUES ('ann', 5);
            PRAGMA user_version = 6;
        """
        )
        with closing(Database(self.path)) as store, closing(Reader(self.path)) as reader:
            account = account_rows.load_all(store)["ann"]
            self.assertEqual((account.number, account.identity), (0, "=ann"))
            self.assertEqual(
                [row.text for row in message_rows.undelivered(reader, account.identity, 10)], ["hi"]
            )

    def test_guests_whom_a_code_has_admitted_before_there_were_keys_are_told_from_others(self) -> None:
        self.make(
            "".join(MIGRATIONS[:14])
            + """
            INSERT INTO codes (label, digest, uses, until, by, at) VALUES ('k7qx', x'00', 0, 0, 'ann', 7);
            INSERT INTO invited VALUES ('k7qx', 'nick eve'), ('k7qx', 'key !~5');
            PRAGMA user_version = 14;
        """
        )
        with closing(Database(self.path)), closing(Reader(self.path)) as reader:
            guests = [guest for (guest,) in reader.rows("SELECT guest FROM invited ORDER BY guest")]
            self.assertEqual(guests, ["former nick eve", "key !~5"])

    def test_messages_of_earlier_versions_can_be_edited(self) -> None:
        self.make(VERSION_1)
        with closing(Database(self.path)) as store, closing(Reader(self.path)) as reader:
            store.write([message_rows.edit(99, "Good evening", 6000, 100)])
            row = message_rows.from_columns(
                reader.rows(f"SELECT {message_rows.COLUMNS} FROM messages").fetchone()
            )
            self.assertEqual((row.text, row.edited), ("Good evening", 6000))
            self.assertEqual(reader.rows("SELECT id FROM gone").fetchall(), [(99,)])

    def test_the_first_migration_creates_the_tables_of_the_first_version(self) -> None:
        def columns(script: str) -> dict[str, list[tuple[object, ...]]]:
            with closing(sqlite3.connect(":memory:")) as database:
                database.executescript(script)
                names = database.execute("SELECT name FROM sqlite_master").fetchall()
                return {name: database.execute(f"PRAGMA table_xinfo({name})").fetchall() for (name,) in names}

        self.assertEqual(columns(MIGRATIONS[0]), columns(VERSION_1))

    def test_a_failed_migration_changes_nothing(self) -> None:
        self.make(VERSION_1)
        with closing(sqlite3.connect(self.path, isolation_level=None)) as database:
            broken = (*MIGRATIONS[:2], "CREATE TABLE more (a INTEGER); CREATE TABLE facts (b INTEGER);")
            with patch.object(schema, "MIGRATIONS", broken), self.assertRaises(sqlite3.OperationalError):
                migrate(database)
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
            self.assertEqual(database.execute("PRAGMA user_version").fetchone(), (1,))
        self.assertEqual(tables & {"accounts", "more"}, set())

    def test_a_database_of_a_newer_program_is_refused(self) -> None:
        self.make(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
        with self.assertRaisesRegex(sqlite3.DatabaseError, "this program is older"):
            Database(self.path)


class DirectMessagesOfVersion2(unittest.TestCase):
    def test_their_conversations_are_found(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        path = Path(folder.name) / "chat.db"
        old = sqlite3.connect(path, isolation_level=None)
        for statements in MIGRATIONS[:2]:
            old.executescript(statements)
        old.execute("PRAGMA user_version = 2")
        for number, key in enumerate(("#1", "=ann\n=bob", "=ann\n=bob", "!7\n=ann", "=ann\n=ann")):
            row = (number, key, "", 1000 + number, "PRIVMSG", "a!b@c", "", "hello", "")
            old.execute("INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        old.close()
        with closing(Database(path)) as store, closing(Reader(path)) as reader:
            there = [("!7", "7", 1003), ("=ann", "ann", 1004), ("=bob", "bob", 1002)]
            self.assertEqual(sorted(partners(reader, "=ann")), there)
            self.assertEqual(partners(reader, "=bob"), [("=ann", "ann", 1002)])
            self.assertEqual(message_rows.last_direct_time(store), 1004)


OPENERS = 5
OPEN_MANY = """
import sys
from pathlib import Path
from chatapp.server.storage.first_start import cloak_secret, owner_password
from chatapp.server.storage.database import Database
for line in sys.stdin:
    store = Database(Path(line.rstrip()))
    print(cloak_secret(store).hex(), bool(owner_password(store)), flush=True)
    store.close()
"""
"""A process that opens each database whose path it reads, and prints what a first start finds."""


class AtTheSameMoment(unittest.TestCase):
    """Several processes open a database that is new or of an earlier version."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        command = [sys.executable, "-c", OPEN_MANY]
        self.processes = [
            subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            for _ in range(OPENERS)
        ]
        self.addCleanup(self.end)

    def end(self) -> None:
        for process in self.processes:
            process.communicate()

    def open(self, path: Path) -> list[list[str]]:
        """Let each process open a database and return its output."""
        for process in self.processes:
            assert process.stdin
            process.stdin.write(f"{path}\n")
        for process in self.processes:
            assert process.stdin
            process.stdin.flush()
        return [process.stdout.readline().split() for process in self.processes if process.stdout]

    def check(self, found: list[list[str]]) -> None:
        """Check that all have opened it and have the same secret, and that one has the owner's password."""
        self.assertEqual([len(each) for each in found], [2] * OPENERS)
        secrets, passwords = zip(*found, strict=True)
        self.assertEqual(len(set(secrets)), 1)
        self.assertEqual(sorted(passwords), ["False"] * (OPENERS - 1) + ["True"])

    def test_a_new_database(self) -> None:
        for number in range(20):
            self.check(self.open(self.folder / f"{number}.db"))

    def test_a_database_of_the_first_version_is_copied_once(self) -> None:
        for number in range(5):
            path = self.folder / f"{number}.db"
            with closing(sqlite3.connect(path)) as database:
                database.executescript(VERSION_1)
            self.check(self.open(path))
            self.assertEqual(len(list(self.folder.glob(f"{number}-version-1*.db"))), 1)


if __name__ == "__main__":
    unittest.main()
