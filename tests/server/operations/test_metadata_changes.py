"""Metadata is set, stored and deleted."""

from __future__ import annotations

import unittest

from chatapp.server.storage import account_rows, metadata_rows
from tests.server.batches import MetadataTest

THIRD = "draft/metadata-3 batch"


class Storing(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("anna")
        self.enter("ann", channel="#c", caps=THIRD)

    def test_values_of_accounts_and_channels_survive_a_restart(self) -> None:
        self.log_in("ann", "anna")
        self.say("ann", "MODE #c +v ann", "METADATA * SET a 1", "METADATA #c SET b 2", "METADATA * SET x 3")
        self.say("ann", "METADATA * SET x")
        self.restart()
        self.enter("eve", channel="#c", caps=THIRD)
        self.assertEqual(self.batch("eve", "METADATA #c LIST")[1], ["761 eve #c b * 2"])
        self.assertEqual(self.batch("eve", "METADATA * LIST")[1], [])
        self.log_in("eve", "anna")
        self.assertEqual(self.batch("eve", "METADATA * LIST")[1], ["761 eve eve a * 1"])

    def test_values_of_a_guest_end_with_the_user(self) -> None:
        self.say("ann", "METADATA * SET a 1", "QUIT")
        self.assertEqual(self.world.metadata, {})
        self.restart()
        self.assertEqual(self.world.metadata, {})

    def test_values_of_a_channel_end_with_the_channel(self) -> None:
        self.say("ann", "METADATA #c SET a 1", "MODE #c +k secret", "PART #c")
        self.assertEqual(self.world.metadata, {})
        self.assertEqual(metadata_rows.load_all(self.store), {})

    def test_values_move_with_a_renamed_channel(self) -> None:
        self.say("ann", "METADATA #c SET a 1", "RENAME #c #d")
        self.assertEqual(self.batch("ann", "METADATA #d LIST")[1], ["761 ann #d a * 1"])

    def test_nothing_is_stored_for_an_account_deleted_meanwhile(self) -> None:
        self.log_in("ann", "anna")
        self.store.write(account_rows.delete(self.world.accounts["anna"]))
        self.say("ann", "METADATA * SET a 1")
        self.assertEqual(metadata_rows.load_all(self.store), {})


class BeforeRegistration(MetadataTest):
    def setUp(self) -> None:
        super().setUp()
        self.connect("ann")

    def test_the_capability_is_required(self) -> None:
        self.assertAnswer("ann", "METADATA * SET url x", "451 * :You have not registered")

    def test_values_set_before_registration_are_stored(self) -> None:
        self.say("ann", f"CAP REQ :{THIRD}")
        self.text("ann")
        self.assertAnswer("ann", "METADATA * SUB url", "770 * url")
        self.assertAnswer("ann", "METADATA * SET url :a b", "761 * * url * :a b")
        self.assertAnswer("ann", "METADATA * SET avatar y", "761 * * avatar * y")
        self.assertAnswer("ann", "METADATA * SET avatar", "766 * * avatar :Key not set")
        self.assertEqual(self.batch("ann", "METADATA * LIST"), (["metadata", "*"], ["761 * * url * :a b"]))
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        self.text("ann")
        self.assertEqual(self.batch("ann", "METADATA * LIST")[1], ["761 ann ann url * :a b"])
        self.assertEqual(self.batch("ann", "METADATA * SUBS")[1], ["772 ann url"])

    def test_only_own_values_can_be_set(self) -> None:
        self.say("ann", f"CAP REQ :{THIRD}", "NICK ann")
        for target in ("ann", "bob", "#c", "*ALL"):
            with self.subTest(target):
                (line,) = self.answer("ann", f"METADATA {target} SYNC")
                self.assertTrue(line.startswith(f"FAIL METADATA INVALID_TARGET {target} :"), line)

    def test_values_set_before_registration_apply_to_the_user_that_a_session_joins(self) -> None:
        self.enter("bob", channel="#c")
        self.log_in("bob")
        self.enter("eve", channel="#c", caps=THIRD)
        self.say("eve", "METADATA * SUB url")
        self.text("eve")
        session = next(each for each in self.world.unregistered if each.link is self.links["ann"])
        session.account = "bob"
        self.say("ann", f"CAP REQ :{THIRD}", "METADATA * SET url x", "NICK bob", "USER b 0 * :B", "CAP END")
        self.assertGot("eve", "761 * bob url * x")


if __name__ == "__main__":
    unittest.main()
