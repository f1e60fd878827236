"""Roles of accounts become roles of users."""

from __future__ import annotations

import unittest

from chatapp.server.operations import server_roles
from chatapp.server.storage import account_rows, settings
from chatapp.server.tasks.account_sync import apply_account_changes
from tests.server.base import ServerTest


class Roles(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("boss", role="owner")
        self.make_account("mod", role="moderator")

    def test_a_user_gets_the_role_of_the_account(self) -> None:
        self.connect("mod")
        self.say("mod", "CAP REQ sasl", "NICK mod", "USER mod 0 * :Mod")
        self.authenticate("mod", "mod")
        self.say("mod", "CAP END")
        self.assertEqual(self.got("mod")[-1], "MODE mod +o")
        self.assertEqual(self.user("mod").role, "moderator")

    def test_a_login_after_registration_gives_the_role_too(self) -> None:
        self.enter("ann")
        self.authenticate("ann", "boss")
        self.assertIn("MODE ann +o", self.got("ann"))
        self.assertEqual(self.user("ann").role, "owner")

    def test_a_user_who_logs_out_has_none(self) -> None:
        self.enter_as("mod")
        self.assertIn("MODE mod -o", self.answer("mod", "NS LOGOUT"))
        self.assertEqual(self.user("mod").role, "member")

    def test_an_owner_by_oper_stays_owner_at_a_login(self) -> None:
        self.enter("ann")
        self.make_operator("ann", "owner")
        self.authenticate("ann", "mod")
        self.assertEqual(self.user("ann").role, "owner")

    def test_a_role_changed_in_the_database_is_applied_soon(self) -> None:
        self.core.run_every(1.0, apply_account_changes)
        self.enter_as("mod")
        self.store.write(
            [
                account_rows.update_role(self.world.accounts["mod"], "member"),
                settings.upsert(settings.ACCOUNTS_CHANGED, b"now"),
            ]
        )
        self.pass_time(2)
        self.assertGot("mod", "MODE mod -o")

    def test_a_persistent_user_keeps_the_role(self) -> None:
        self.enter_as("mod")
        self.restart()
        self.assertEqual(self.user("mod").role, "moderator")


class RanksOfRoles(ServerTest):
    """Owners and moderators of the server have a rank in the default channels."""

    CONFIG = '[channels]\ndefault = ["#general"]'

    def setUp(self) -> None:
        super().setUp()
        self.make_account("boss", role="owner")
        self.make_account("mod", role="moderator")
        self.make_account("zoe")
        self.enter_as("zoe")

    def ranks(self, name: str, channel: str = "#general") -> str:
        return self.channel(channel).members[self.user(name)].ranks

    def test_others_see_who_is_the_owner_and_who_is_a_moderator(self) -> None:
        self.enter_as("boss")
        self.enter_as("mod")
        self.assertEqual((self.ranks("boss"), self.ranks("mod"), self.ranks("zoe")), ("q", "o", ""))
        self.assertIn("353 zoe = #general :zoe ~boss @mod", self.answer("zoe", "NAMES #general"))

    def test_other_channels_know_no_such_rank(self) -> None:
        self.say("zoe", "JOIN #lab")
        self.enter_as("boss")
        self.say("boss", "JOIN #lab")
        self.assertEqual(self.ranks("boss", "#lab"), "")

    def test_an_owner_is_an_owner_in_the_channel_that_it_makes(self) -> None:
        self.enter_as("boss")
        self.enter_as("mod")
        self.say("boss", "JOIN #lab")
        self.say("mod", "JOIN #den")
        self.assertEqual((self.ranks("boss", "#lab"), self.ranks("mod", "#den")), ("oq", "o"))
        self.say("zoe", "JOIN #lab")
        self.assertIn("353 zoe = #lab :~boss zoe", self.answer("zoe", "NAMES #lab"))
        self.assertEqual(self.channel("#lab").account_ranks, {"boss": "o"})
        self.say("boss", "PART #lab", "JOIN #lab")
        self.assertEqual(self.ranks("boss", "#lab"), "oq")

    def test_an_owner_is_one_as_long_as_it_moderates_the_channel(self) -> None:
        self.enter_as("boss")
        self.say("zoe", "JOIN #lab")
        self.say("boss", "JOIN #lab")
        for change, ranks in (("+o", "oq"), ("+v", "ovq"), ("-o", "v"), ("+h", "hqv"), ("-h", "v")):
            self.say("zoe", f"MODE #lab {change} boss")
            self.assertEqual("".join(sorted(self.ranks("boss", "#lab"))), "".join(sorted(ranks)))
        self.assertIn("MODE #lab -q boss", self.got("zoe"))
        self.assertEqual(self.channel("#lab").account_ranks["boss"], "v")

    def test_a_new_owner_is_one_in_the_channels_that_it_moderates(self) -> None:
        self.enter_as("boss")
        self.say("zoe", "JOIN #lab")
        self.say("boss", "ROLE zoe owner")
        self.assertEqual(self.ranks("zoe", "#lab"), "oq")
        self.say("boss", "ROLE zoe member")
        self.assertEqual(self.ranks("zoe", "#lab"), "o")

    def test_an_owner_who_logs_in_is_one_where_the_account_moderates(self) -> None:
        self.enter_as("boss")
        self.say("boss", "JOIN #lab", "PART #lab")
        self.enter("guest")
        self.say("guest", "JOIN #lab")
        self.assertEqual(self.ranks("guest", "#lab"), "")
        self.authenticate("guest", "boss")
        self.assertEqual("".join(sorted(self.ranks("guest", "#lab"))), "oq")

    def test_a_rank_of_an_owner_that_was_given_stays(self) -> None:
        self.enter_as("boss")
        self.say("zoe", "JOIN #lab")
        self.say("boss", "JOIN #lab", "MODE #lab +q boss", "MODE #lab +o boss", "MODE #lab -o boss")
        self.assertEqual(self.ranks("boss", "#lab"), "q")

    def test_who_joins_again_has_the_rank_again(self) -> None:
        self.enter_as("boss")
        self.say("boss", "PART #general")
        self.say("boss", "JOIN #general")
        self.assertEqual(self.ranks("boss"), "q")

    def test_a_new_role_changes_the_rank(self) -> None:
        self.enter_as("boss")
        self.forget()
        self.say("boss", "ROLE zoe moderator")
        self.assertEqual(self.ranks("zoe"), "o")
        self.assertIn("MODE #general +o zoe", self.got("zoe"))
        self.say("boss", "ROLE zoe owner")
        self.assertEqual(self.ranks("zoe"), "q")
        self.say("boss", "ROLE zoe member")
        self.assertEqual(self.ranks("zoe"), "")

    def test_a_rank_that_was_given_outlives_the_role(self) -> None:
        self.enter_as("boss")
        self.say("boss", "MODE #general +ov zoe zoe", "ROLE zoe moderator", "ROLE zoe member")
        self.assertEqual(self.ranks("zoe"), "ov")

    def test_the_rank_of_a_role_is_not_stored_for_the_account(self) -> None:
        self.enter_as("mod")
        self.enter_as("boss")
        self.say("boss", "MODE #general +v mod", "ROLE mod member")
        self.assertEqual(self.channel("#general").account_ranks, {"mod": "v"})

    def test_a_guest_who_became_owner_by_oper_has_it_too(self) -> None:
        self.enter("ann")
        self.act("ann", lambda out: server_roles.set_role(self.world, self.user("ann"), "owner", out))
        self.assertEqual(self.ranks("ann"), "q")

    def test_who_logs_out_has_no_rank(self) -> None:
        self.enter_as("boss")
        self.say("boss", "NS LOGOUT")
        self.assertEqual(self.ranks("boss"), "")

    def test_a_restart_keeps_it(self) -> None:
        self.enter_as("boss")
        self.restart()
        self.assertEqual(self.ranks("boss"), "q")


if __name__ == "__main__":
    unittest.main()
