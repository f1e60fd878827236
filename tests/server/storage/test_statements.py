"""Every function that returns a Save matches its table: the statement can be prepared and executed."""

from __future__ import annotations

import re
import unittest
from pathlib import Path

from chatapp.server import storage
from chatapp.server.state.accounts import Account
from chatapp.server.state.bans import Ban
from chatapp.server.state.channel import Channel, MaskEntry
from chatapp.server.state.user import User
from chatapp.server.storage import (
    account_rows,
    audit_log,
    ban_rows,
    channel_rows,
    expiry,
    invite_codes,
    marker_rows,
    message_rows,
    metadata_rows,
    persistent_users,
    settings,
)
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.database import Database
from chatapp.server.storage.message_rows import StoredMessage
from chatapp.server.storage.statements import Save, Statement, number

ANN = Account("Ann", "hash", "member", "", 1, 7)
CHANNEL = Channel(3, "#c", 1)
EVENT = StoredMessage(1, "#3", "", 1, "JOIN", "ann!a@h", "Ann", "", {})
TAGS = EVENT._replace(command="TAGMSG", tags={"+react": "x"})


def every_save() -> list[Save]:
    """Return one save of each kind, ordered so that each refers to existing rows."""
    user = User(1, "ann", "a", "h", "Ann", 1)
    user.set_account(ANN)
    code = invite_codes.make_record("k3x9-abcd-efgh-jkmn", 1, 7, "ann", 1)
    ban = Ban("eve!*@*", "spam", "ann", 1, 0)
    return [
        settings.upsert("a", b"1"),
        settings.add("b", b"1"),
        account_rows.insert(ANN),
        account_rows.update_credentials(ANN, "other"),
        account_rows.update_role(ANN, "owner"),
        account_rows.insert_certificate("ff", ANN),
        channel_rows.upsert(CHANNEL),
        channel_rows.upsert_mask(CHANNEL, "b", MaskEntry("eve!*@*", "ann", 1)),
        channel_rows.upsert_ranks(CHANNEL, "Ann", "o"),
        persistent_users.upsert(user, 0),
        persistent_users.insert_channel(user, CHANNEL),
        marker_rows.upsert(ANN.identity, "#3", 1),
        metadata_rows.upsert("#3", "url", "x"),
        message_rows.insert(EVENT._replace(command="PRIVMSG"), 7),
        message_rows.insert_burst(2, "#3", 2, "ann!a@h", "Ann", 7, ["one", "two"]),
        message_rows.insert_event(EVENT, 7),
        message_rows.insert_event(TAGS, 7),
        message_rows.upsert_conversation("=ann.7", "=bob.8", "=ann.7\n=bob.8", "bob", 1),
        message_rows.insert_undelivered(ANN.identity, 1),
        message_rows.delete_undelivered(ANN.identity, 1),
        message_rows.delete(1),
        message_rows.delete_event("#3", 1),
        audit_log.insert(AuditEntry(1, "ann!a@h", "Ann", "KICK", "#c", "")),
        audit_log.delete_old(),
        invite_codes.upsert(code),
        invite_codes.use(code),
        invite_codes.delete_expired(1),
        invite_codes.delete(code),
        ban_rows.upsert(ban),
        ban_rows.delete(ban),
        expiry.drop_guest_conversations(),
        metadata_rows.delete("#3", "url"),
        persistent_users.delete_channel(user, CHANNEL),
        persistent_users.delete(user),
        channel_rows.delete_mask(CHANNEL, "b", "eve!*@*"),
        channel_rows.delete_ranks(CHANNEL, "Ann"),
        channel_rows.delete(CHANNEL),
        account_rows.delete_certificate("ff"),
        *account_rows.delete(ANN),
    ]


class Statements(unittest.TestCase):
    def setUp(self) -> None:
        self.database = Database(":memory:")
        self.addCleanup(self.database.close)

    def test_every_save_can_be_written(self) -> None:
        for save in every_save():
            with self.subTest(save.statement.name):
                self.database.write([save])

    def test_every_save_can_be_written_in_one_turn(self) -> None:
        self.database.write(every_save())

    def test_no_two_statements_have_the_same_name(self) -> None:
        statements = {id(save.statement): save.statement.name for save in every_save()}
        self.assertEqual(len(statements), len(set(statements.values())))

    def test_only_messages_can_be_dropped(self) -> None:
        """Other rows change the world, or are records that must not be lost."""
        kinds = {save.statement.name: save.statement.stores for save in every_save()}
        messages = {name for name, stores in kinds.items() if stores == "message"}
        self.assertEqual(
            messages,
            {
                "store a message",
                "store a burst of messages",
                "store sent tags",
                "store a conversation",
                "store that a message waits",
            },
        )
        records = {name for name, stores in kinds.items() if stores == "record"}
        self.assertEqual(records, {"store an event", "delete delivered messages", "write the audit log"})

    def test_statements_are_compared_by_identity(self) -> None:
        self.assertNotEqual(Statement("a", "SELECT 1"), Statement("a", "SELECT 1"))

    def test_without_rows_the_number_is_zero(self) -> None:
        self.assertEqual(number(self.database, "SELECT max(id) FROM messages"), 0)
        self.assertEqual(number(self.database, "SELECT id FROM messages"), 0)
        self.assertEqual(number(self.database, "SELECT ? + 1", 4), 5)

    def test_no_statement_has_numbered_placeholders(self) -> None:
        """With a tuple of values they are a warning in Python 3.12 and an error from 3.14 on."""
        folder = Path(storage.__file__).parent
        numbered = [
            path.name for path in folder.glob("*.py") if re.search(r"[ (=]\?\d", path.read_text("utf-8"))
        ]
        self.assertEqual(numbered, [])
