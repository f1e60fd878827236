"""What another process changed in the accounts holds in a server that runs."""

from __future__ import annotations

from chatapp.protocol.credentials import FEWEST_ROUNDS, Credentials
from chatapp.server.accounts import Account
from chatapp.server.chores import take_up_accounts
from chatapp.server.store import ACCOUNTS_CHANGED, Save, Store, account_row, end_of
from tests.server.base import ServerTest


class TakingUp(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.core.every(1, take_up_accounts)
        self.enter_as("ann", channel="#c")
        self.enter("bob", channel="#c", caps="account-notify")
        self.versions = 0

    def change(self, *saves: Save) -> None:
        """As `run_server.py account` does it, beside the server; then two rounds pass."""
        self.versions += 1
        other = Store(self._database)
        other.write([*saves, ("fact", (ACCOUNTS_CHANGED, str(self.versions).encode()))])
        other.close()
        self.forget()
        self.pass_time(2)

    def credentials(self, password: str) -> str:
        return Credentials.make(password, b"salt" * 4, FEWEST_ROUNDS).stored()

    def test_a_new_account_can_be_used(self) -> None:
        self.change(("account", account_row(Account("carl", self.credentials("sesame"), "member", "", 0))))
        self.enter("guest")
        self.authenticate("guest", "carl")
        self.assertEqual(self.user("guest").account, "carl")

    def test_its_name_is_protected(self) -> None:
        self.change(("account", account_row(Account("carl", self.credentials("sesame"), "member", "", 0))))
        self.say("bob", "NICK carl")
        self.assertEqual(self.codes("bob"), ["433"])

    def test_a_new_password_holds(self) -> None:
        self.change(("account password", (self.credentials("open-up"), "ann")))
        self.enter("guest")
        self.authenticate("guest", "ann", "sesame")
        self.assertEqual(self.codes("guest")[-1], "904")
        self.authenticate("guest", "ann", "open-up")
        self.assertIn("903", self.codes("guest"))

    def test_a_new_role_holds_at_once(self) -> None:
        self.change(("account role", ("moderator", "ann")))
        self.assertEqual(self.user("ann").role, "moderator")
        self.change(("account role", ("member", "ann")))
        self.assertEqual(self.user("ann").role, "member")

    def test_who_used_a_deleted_account_is_a_guest(self) -> None:
        self.change(*end_of(self.world.accounts["ann"]))
        self.assertEqual(self.codes("ann"), ["901"])
        self.assertGot("bob", ":ann ACCOUNT *")
        self.hang_up("ann", "gone")
        self.assertGot("bob", ":ann QUIT :gone")

    def test_nor_does_who_logged_in_and_has_not_come_yet_get_it(self) -> None:
        self.make_account("carl")
        self.connect("carl")
        self.say("carl", "CAP REQ sasl")
        self.authenticate("carl", "carl")
        self.change(*end_of(self.world.accounts["carl"]))
        self.say("carl", "NICK carl", "USER carl 0 * :Carl", "CAP END")
        self.assertEqual(self.user("carl").account, "")

    def test_who_is_absent_leaves(self) -> None:
        self.hang_up("ann")
        self.change(*end_of(self.world.accounts["ann"]))
        self.assertGot("bob", ":ann QUIT :Account deleted")

    def test_nobody_inherits_from_a_deleted_account(self) -> None:
        self.say("bob", "PRIVMSG ann :only for ann")
        self.change(*end_of(self.world.accounts["ann"]))
        self.say("ann", "PART #c", "REGISTER * * different", "JOIN #c")
        self.text("ann")
        self.say("ann", "CHATHISTORY LATEST bob * 10")
        self.assertNotIn("only for ann", self.text("ann"))
        self.assertEqual(self.channel("#c").members[self.user("ann")].ranks, "")
        self.restart()
        self.assertEqual(self.channel("#c").known, {})

    def test_what_this_server_changed_meanwhile_is_not_lost(self) -> None:
        self.say("bob", "REGISTER * * sesame")
        self.change(("account role", ("owner", "bob")))
        self.assertEqual(set(self.world.accounts), {"ann", "bob"})
        self.assertEqual(self.user("bob").role, "owner")


class MembersOnly(ServerTest):
    CONFIG = "[accounts]\nmembers_only = true"

    def test_who_has_no_account_any_more_has_to_go(self) -> None:
        self.core.every(1, take_up_accounts)
        self.enter_as("ann")
        with_fact = [*end_of(self.world.accounts["ann"]), ("fact", (ACCOUNTS_CHANGED, b"1"))]
        self.store.write(with_fact)
        self.pass_time(2)
        self.assertEqual(self.got("ann")[-1], "ERROR :Your account is deleted")
