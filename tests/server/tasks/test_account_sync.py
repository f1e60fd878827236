"""Changes of accounts by another process apply to a running server."""

from __future__ import annotations

from dataclasses import replace
from unittest.mock import patch

from chatapp.protocol.credentials import FEWEST_ROUNDS, Credentials
from chatapp.server.state.accounts import Account
from chatapp.server.storage import account_rows, expiry, settings
from chatapp.server.storage.database import Database
from chatapp.server.storage.expiry import Deletion
from chatapp.server.storage.statements import Save
from chatapp.server.tasks import retention
from chatapp.server.tasks.account_sync import apply_account_changes
from chatapp.server.tasks.retention import Retention
from tests.server.base import ServerTest


class Changes(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(1, apply_account_changes)
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c", caps="account-notify")
        self.versions = 0

    def change(self, *saves: Save) -> None:
        """Change accounts like `run_server.py account` does, and let two rounds pass."""
        self.versions += 1
        other = Database(self._database)
        other.write([*saves, settings.upsert(settings.ACCOUNTS_CHANGED, str(self.versions).encode())])
        other.close()
        self.forget()
        self.pass_time(2)

    def credentials(self, password: str) -> str:
        return Credentials.make(password, b"salt" * 4, FEWEST_ROUNDS).stored()

    def test_a_new_account_can_be_used(self) -> None:
        self.change(account_rows.insert(Account("carl", self.credentials("sesame"), "member", "", 0)))
        self.enter("guest")
        self.authenticate("guest", "carl")
        self.assertEqual(self.user("guest").account, "carl")

    def test_the_nick_of_a_new_account_is_protected(self) -> None:
        self.change(account_rows.insert(Account("carl", self.credentials("sesame"), "member", "", 0)))
        self.say("bob", "NICK carl")
        self.assertEqual(self.codes("bob"), ["433"])

    def test_a_new_password_applies(self) -> None:
        self.change(account_rows.update_credentials(self.world.accounts["ann"], self.credentials("open-up")))
        self.enter("guest")
        self.authenticate("guest", "ann", "sesame")
        self.assertEqual(self.codes("guest")[-1], "904")
        self.authenticate("guest", "ann", "open-up")
        self.assertIn("903", self.codes("guest"))

    def test_a_new_role_applies_at_once(self) -> None:
        self.change(account_rows.update_role(self.world.accounts["ann"], "moderator"))
        self.assertEqual(self.user("ann").role, "moderator")
        self.change(account_rows.update_role(self.world.accounts["ann"], "member"))
        self.assertEqual(self.user("ann").role, "member")

    def test_who_watches_the_server_is_told_of_roles_also_of_absent_people(self) -> None:
        self.enter("boss")
        self.make_operator("boss")
        self.say("boss", "OVERVIEW WATCH on")
        carl = Account("carl", self.credentials("sesame"), "owner", "", 0)
        told = "NOTE OVERVIEW CHANGED roles :The roles of the server have changed"
        self.change(account_rows.insert(carl))
        self.assertGot("boss", told)
        self.change(account_rows.update_role(carl, "member"))
        self.assertGot("boss", told)
        self.change(account_rows.update_credentials(carl, self.credentials("other")))
        self.assertGot("boss")

    def test_a_user_of_a_deleted_account_becomes_a_guest(self) -> None:
        self.change(*account_rows.delete(self.world.accounts["ann"]))
        self.assertEqual(self.codes("ann"), ["901"])
        self.assertGot("bob", ":ann ACCOUNT *")
        self.hang_up("ann", "gone")
        self.assertGot("bob", ":ann QUIT :gone")

    def test_a_session_that_is_not_registered_yet_is_logged_out_too(self) -> None:
        self.make_account("carl")
        self.connect("carl")
        self.say("carl", "CAP REQ sasl")
        self.authenticate("carl", "carl")
        self.change(*account_rows.delete(self.world.accounts["carl"]))
        self.say("carl", "NICK carl", "USER carl 0 * :Carl", "CAP END")
        self.assertEqual(self.user("carl").account, "")

    def test_an_absent_user_of_a_deleted_account_leaves(self) -> None:
        self.hang_up("ann")
        self.change(*account_rows.delete(self.world.accounts["ann"]))
        self.assertGot("bob", ":ann QUIT :Account deleted")

    def test_ranks_end_with_a_deleted_account(self) -> None:
        self.say("bob", "PRIVMSG ann :only for ann")
        self.change(*account_rows.delete(self.world.accounts["ann"]))
        self.say("ann", "PART #c", "REGISTER * * different", "JOIN #c")
        self.text("ann")
        self.say("ann", "CHATHISTORY LATEST bob * 10")
        self.assertNotIn("only for ann", self.text("ann"))
        self.assertEqual(self.channel("#c").members[self.user("ann")].ranks, "")
        self.restart()
        self.assertEqual(self.channel("#c").account_ranks, {})

    def test_a_change_by_this_server_at_the_same_time_is_not_lost(self) -> None:
        self.say("bob", "REGISTER * * sesame")
        self.change(account_rows.update_role(self.world.accounts["bob"], "owner"))
        self.assertEqual(set(self.world.accounts), {"ann", "bob"})
        self.assertEqual(self.user("bob").role, "owner")


REDACTING = "draft/message-redaction draft/read-marker draft/metadata-2 echo-message message-tags"

ALL_TARGETS = "CHATHISTORY TARGETS timestamp=2026-01-01T00:00:00.000Z timestamp=2027-01-01T00:00:00.000Z 9"


class SuccessorTest(ServerTest):
    """The account ann is deleted, and another user registers one of the same name."""

    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(1, apply_account_changes)
        self.core.run_every(1, Retention(None))
        self.enter("bob", channel="#talk", caps=REDACTING)
        self.enter_as("zoe", channel="#talk")
        self.msgids: dict[str, str] = {}

    def begin_as_ann(self) -> None:
        """Ann registers her account and sends messages."""
        self.enter("ann", channel="#talk", caps=REDACTING)
        self.say("ann", "REGISTER * * sesame")
        self.send_messages()

    def send_messages(self) -> None:
        for target in ("#talk", "zoe"):
            self.forget()
            self.say("ann", f"PRIVMSG {target} :said by the first one")
            self.msgids[target] = self.messages("ann")[-1].tags["msgid"]
        self.say("zoe", "PRIVMSG ann :said to the first one")
        self.say("ann", "METADATA * SET url first", "MARKREAD #talk timestamp=2026-03-12T11:00:00.000Z")
        self.say("ann", "MARKREAD zoe timestamp=2026-03-12T11:00:00.000Z")
        self.say("ann", "JOIN #hers", "PRIVMSG #hers :mine")

    def delete(self, *more: Save) -> None:
        """Delete the account like `run_server.py account delete` does."""
        other = Database(self._database)
        changed = settings.upsert(settings.ACCOUNTS_CHANGED, str(self._passed).encode())
        other.write([*account_rows.delete(self.world.accounts["ann"]), *more, changed])
        other.close()
        self.pass_time(2)

    def succeed(self) -> None:
        """Let the first Ann leave and another user register an account of the same name."""
        self.hang_up("ann")
        self.enter("ann", channel="#talk", caps=REDACTING)
        self.say("ann", "REGISTER * * sesame")
        self.forget()

    def count(self, table: str) -> int:
        return int(self.reader.rows(f"SELECT count(*) FROM {table}").fetchone()[0])


class Successors(SuccessorTest):
    def setUp(self) -> None:
        super().setUp()
        self.begin_as_ann()

    def test_a_successor_cannot_redact_messages_of_the_first_account(self) -> None:
        self.delete()
        self.succeed()
        msgid = self.msgids["#talk"]
        expected = f"FAIL REDACT REDACT_FORBIDDEN #talk {msgid} :You may not delete this message"
        self.assertAnswer("ann", f"REDACT #talk {msgid}", expected)
        msgid = self.msgids["zoe"]
        expected = f"FAIL REDACT UNKNOWN_MSGID zoe {msgid} :This message does not exist"
        self.assertAnswer("ann", f"REDACT zoe {msgid}", expected)

    def test_a_successor_can_redact_own_messages_later_too(self) -> None:
        self.delete()
        self.succeed()
        self.send_messages()
        self.hang_up("ann")
        self.enter_as("ann", channel="#talk", caps=REDACTING)
        for target, msgid in self.msgids.items():
            self.assertAnswer("ann", f"REDACT {target} {msgid}", f":ann REDACT {target} {msgid}")

    def test_a_successor_has_no_markers_and_metadata_of_the_first(self) -> None:
        self.delete()
        self.succeed()
        self.assertAnswer("ann", "MARKREAD #talk", "MARKREAD #talk *")
        self.assertAnswer("ann", "MARKREAD zoe", "MARKREAD zoe *")
        self.assertAnswer("ann", "METADATA ann LIST")
        self.restart()
        self.assertEqual(self.world.markers, {})

    def test_a_successor_reads_no_direct_messages_of_the_first_even_before_they_are_deleted(self) -> None:
        with patch.object(expiry, "dropped", return_value=Deletion()):
            self.delete()
            self.succeed()
            self.assertEqual(self.count("conversations"), 2)
            for line in ("CHATHISTORY LATEST zoe * 9", ALL_TARGETS, "SEARCH text=said;in=zoe"):
                with self.subTest(line):
                    answer = self.answer("ann", line)
                    self.assertEqual([each for each in answer if "PRIVMSG" in each or " zoe " in each], [])

    def test_other_users_do_not_read_them_either(self) -> None:
        with patch.object(expiry, "dropped", return_value=Deletion()):
            self.delete()
            self.hang_up("ann")
            for line in ("CHATHISTORY LATEST ann * 9", ALL_TARGETS, "SEARCH text=first;in=ann"):
                with self.subTest(line):
                    self.assertNotIn("ann", " ".join(self.answer("zoe", line)))
            self.assertAnswer("zoe", "SEARCH text=first", ":ann PRIVMSG #talk :said by the first one")

    def test_undelivered_messages_are_not_delivered_to_a_successor(self) -> None:
        self.hang_up("ann")
        self.say("zoe", "PRIVMSG ann :waits for the first one")
        with patch.object(expiry, "dropped", return_value=Deletion()):
            self.delete()
            self.enter("ann")
            self.say("ann", "REGISTER * * different")
            self.assertNotIn("waits", self.text("ann"))
        self.pass_time(2)
        self.assertEqual((self.count("waiting"), self.count("dropped")), (0, 0))

    def test_a_successor_between_two_rounds_is_another_account(self) -> None:
        self.forget()
        successor = replace(self.world.accounts["ann"], number=4711)
        self.delete(account_rows.insert(successor))
        self.assertEqual(self.user("ann").account, "")
        self.assertIn("901", self.codes("ann"))
        self.assertEqual(self.world.accounts["ann"].number, 4711)
        self.assertEqual(self.channel("#hers").account_ranks, {})
        self.restart()
        self.assertEqual(self.world.accounts["ann"].number, 4711)

    def test_exceptions_of_the_first_end_and_bans_stay(self) -> None:
        self.say("zoe", "JOIN #z", "MODE #z +iIeb ~account:ann ~a:ann ~account:ann")
        self.say("zoe", "MODE #z +I ~account:ann*")
        self.delete()
        for _ in range(2):
            masks = {letter: list(entries) for letter, entries in self.channel("#z").lists.items() if entries}
            self.assertEqual(masks, {"I": ["~account:ann*"], "b": ["~account:ann"]})
            self.restart()


class WithoutNumber(SuccessorTest):
    """An account without a number, created by an earlier version."""

    def test_it_is_the_author_of_its_messages(self) -> None:
        self.enter_as("ann", channel="#talk", caps=REDACTING)
        self.assertEqual(self.world.accounts["ann"].number, 0)
        self.send_messages()
        self.hang_up("ann")
        self.enter_as("ann", channel="#talk", caps=REDACTING)
        for target, msgid in self.msgids.items():
            self.assertAnswer("ann", f"REDACT {target} {msgid}", f":ann REDACT {target} {msgid}")

    def test_its_successor_is_not(self) -> None:
        self.enter_as("ann", channel="#talk", caps=REDACTING)
        self.send_messages()
        self.delete()
        self.succeed()
        self.assertIn("REDACT_FORBIDDEN", self.answer("ann", f"REDACT #talk {self.msgids['#talk']}")[0])
        self.assertNotIn("first", " ".join(self.answer("ann", "CHATHISTORY LATEST zoe * 9")))

    def test_it_inherits_nothing_from_an_account_that_was_deleted_earlier(self) -> None:
        self.make_account("ann")
        older = replace(self.world.accounts["ann"], created=0)
        self.assertTrue(older.is_author(5, "Ann", 1000))
        self.assertFalse(self.world.accounts["ann"].is_author(5, "Ann", 1000))


class OrphanedChannels(SuccessorTest):
    """Channels where only a deleted account had a rank."""

    def setUp(self) -> None:
        super().setUp()
        self.begin_as_ann()
        self.say("ann", "JOIN #closed", "PRIVMSG #closed :private", "MODE #closed +k key", "JOIN #silent")

    def test_an_open_channel_stays_and_the_first_to_join_is_not_operator(self) -> None:
        self.say("ann", "PART #hers")
        self.delete()
        for _ in range(2):
            self.enter("eve", channel="#hers")
            self.assertEqual(self.channel("#hers").members[self.user("eve")].ranks, "")
            self.assertTrue(self.channel("#hers").has_messages)
            self.say("eve", "PART #hers")
            self.restart()

    def test_a_server_operator_can_give_ranks(self) -> None:
        self.say("ann", "PART #hers")
        self.delete()
        self.enter("eve", channel="#hers")
        self.make_operator("bob")
        self.say("bob", "MODE #hers +o eve")
        self.assertEqual(self.channel("#hers").members[self.user("eve")].ranks, "o")

    def test_restricted_channels_without_messages_end_when_they_are_empty(self) -> None:
        self.say("ann", "PART #silent")
        self.delete()
        self.assertNotIn("#silent", self.world.channels)
        self.assertIn("#closed", self.world.channels)
        self.hang_up("ann")
        self.assertNotIn("#closed", self.world.channels)

    def test_other_restricted_channels_stay(self) -> None:
        self.say("bob", "JOIN #guests", "PRIVMSG #guests :private", "MODE #guests +k key")
        self.restart()
        self.core.run_every(1, apply_account_changes)
        self.delete()
        self.assertNotIn("ann", self.world.accounts)
        self.assertIn("#guests", self.world.channels)

    def test_a_restricted_channel_ends_at_the_next_start(self) -> None:
        self.say("ann", "PART #closed,#silent,#hers")
        self.store.write(account_rows.delete(self.world.accounts["ann"]))
        self.restart()
        self.assertEqual(sorted(self.world.channels), ["#hers", "#talk"])
        self.assertEqual(self.channel("#hers").account_ranks, {})


class Slices(SuccessorTest):
    """The history of a deleted account is deleted in small parts."""

    def test_deletion_continues_after_restarts_until_nothing_is_left(self) -> None:
        self.begin_as_ann()
        self.enter("dan")
        for number in range(30):
            self.say("zoe", f"PRIVMSG ann :{number}", f"@+x=1 TAGMSG ann :{number}")
            self.say("dan", f"PRIVMSG ann :{number}")
        self.hang_up("ann")
        self.say("zoe", *(f"PRIVMSG ann :{number}" for number in range(12)))
        self.assertEqual(self.count("waiting"), 12)
        with patch.object(retention, "DROPPED_ROWS", 10):
            before = self.count("messages")
            self.delete()
            self.assertNotIn("ann", self.world.accounts)
            while self.count("dropped"):
                left = self.count("messages")
                self.restart()
                self.core.run_every(1, Retention(None))
                self.pass_time(1)
                self.assertLessEqual(left - self.count("messages"), 11)
        self.assertEqual(before - self.count("messages"), 74)
        self.assertEqual([self.count(table) for table in ("conversations", "waiting", "dropped")], [0, 0, 0])
        self.assertEqual(list(self.reader.rows("SELECT target FROM events WHERE target LIKE '=%'")), [])

    def test_many_small_conversations_are_deleted_in_one_round(self) -> None:
        self.begin_as_ann()
        for number in range(40):
            self.enter(f"g{number}")
            self.say(f"g{number}", "PRIVMSG ann :hello")
        self.delete()
        self.assertEqual((self.count("conversations"), self.count("dropped")), (0, 0))


class MembersOnly(ServerTest):
    CONFIG = "[accounts]\nmembers_only = true"

    def test_a_user_without_an_account_is_disconnected(self) -> None:
        self.core.run_every(1, apply_account_changes)
        self.enter_as("ann")
        deletion = [
            *account_rows.delete(self.world.accounts["ann"]),
            settings.upsert(settings.ACCOUNTS_CHANGED, b"1"),
        ]
        self.store.write(deletion)
        self.pass_time(2)
        self.assertEqual(self.got("ann")[-1], "ERROR :Your account is deleted")
