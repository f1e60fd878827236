"""Sessions are notified of the metadata that they subscribe to.

Source: IRCv3 metadata.
"""

from __future__ import annotations

import unittest

from chatapp.server.operations import login
from chatapp.server.state.accounts import Account
from tests.server.batches import MetadataTest

THIRD = "draft/metadata-3 batch"


SECOND = "draft/metadata-2 batch"


class Notifications(MetadataTest):
    """A subscriber gets changes, and the current values when a target becomes visible to it."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=THIRD)
        self.enter("eve", channel="#c", caps=SECOND)
        self.enter("dan", caps=THIRD)
        for name in ("ann", "bob", "eve", "dan"):
            self.say(name, "METADATA * SUB url")
        self.forget()

    def test_changes_of_members_of_a_shared_channel_are_sent(self) -> None:
        self.assertAnswer("ann", "METADATA * SET url x", "761 ann ann url * x")
        self.assertGot("bob", "761 * ann url * x")
        self.assertGot("eve", "METADATA ann url * x")
        self.assertGot("dan")
        self.say("ann", "METADATA * SET url")
        self.assertGot("bob", "766 * ann url :Key not set")
        self.assertGot("eve", "METADATA ann url *")

    def test_changes_of_channels_are_sent(self) -> None:
        self.assertAnswer("ann", "METADATA #c SET url x", "761 ann #c url * x")
        self.assertGot("bob", "761 * #c url * x")
        self.assertGot("dan")

    def test_changes_of_monitored_users_are_sent(self) -> None:
        self.say("dan", "MONITOR + ann")
        self.text("dan")
        self.say("ann", "METADATA * SET url x")
        self.assertGot("dan", "761 * ann url * x")

    def test_invisible_members_are_not_revealed_to_outsiders(self) -> None:
        self.say("ann", "METADATA * SET url x", "MODE ann +i")
        self.say("bob", "METADATA * SET url y")
        self.assertEqual(self.batch("dan", "METADATA #c SYNC")[1], ["761 dan bob url * y"])
        self.assertEqual(
            self.batch("bob", "METADATA #c SYNC")[1], ["761 bob ann url * x", "761 bob bob url * y"]
        )

    def test_other_keys_and_unchanged_values_are_not_sent(self) -> None:
        self.say("ann", "METADATA * SET url x")
        self.forget()
        self.say("ann", "METADATA * SET url x", "METADATA * SET avatar y")
        self.assertGot("bob")

    def test_deletions_are_sent(self) -> None:
        self.say("ann", "METADATA * SET url x", "METADATA * SET avatar y")
        self.forget()
        self.say("ann", "METADATA * CLEAR")
        self.assertGot("bob", "766 * ann url :Key not set")

    def test_values_are_sent_at_a_join(self) -> None:
        self.say("ann", "METADATA #c SET url x", "METADATA * SET url y", "METADATA * SET avatar z")
        self.forget()
        self.say("dan", "JOIN #c")
        *_, end, opener, first, second, _ = self.messages("dan")
        self.assertEqual(end.command, "366")
        self.assertEqual(opener.params[1:], ("metadata", "#c"))
        self.assertEqual(first.params, ("dan", "#c", "url", "*", "x"))
        self.assertEqual(second.params, ("dan", "ann", "url", "*", "y"))

    def test_those_in_a_channel_get_the_values_of_a_user_who_joins_it(self) -> None:
        self.say("dan", "METADATA * SET url x", "METADATA * SET avatar z")
        self.forget()
        self.say("dan", "JOIN #c")
        self.assertEqual(self.messages("bob")[-1].params, ("*", "dan", "url", "*", "x"))

    def test_values_are_sent_when_a_monitored_user_is_online_or_connects(self) -> None:
        self.say("ann", "METADATA * SET url x")
        self.assertEqual(self.codes_for("dan", "MONITOR + ann"), ["730", "BATCH", "761", "BATCH"])
        self.assertEqual(self.codes_for("dan", "MONITOR S"), ["730", "BATCH", "761", "BATCH"])
        self.say("dan", "MONITOR + zed")
        self.forget()
        self.enter_without_forgetting("zed")
        self.assertEqual(self.codes("dan"), ["730", "BATCH", "BATCH"])

    def test_a_new_session_gets_the_values_of_its_user(self) -> None:
        self.connect("zed")
        self.say("zed", f"CAP REQ :{THIRD}", "NICK zed", "USER zed 0 * :Zed")
        self.text("zed")
        self.say("zed", "METADATA * SET url x", "CAP END")
        codes = self.codes("zed")
        self.assertEqual(codes[-4:], ["BATCH", "761", "BATCH", "422"])

    def test_a_login_brings_the_values_of_the_account(self) -> None:
        self.say("ann", "METADATA * SET url guest")
        self.world.metadata["=anna"] = {"url": "account"}
        self.forget()
        account = Account("anna", "", "member", "", 0)
        self.world.add_account(account)
        session = self.user("ann").sessions[0]
        self.act("ann", lambda out: login.log_in(self.world, session, account, out))
        self.assertGot("bob", "761 * ann url * account")
        self.assertEqual(set(self.world.metadata), {"=anna"})

    def test_all_users_of_an_account_have_the_same_values(self) -> None:
        self.log_in("ann", "anna")
        self.enter("ann2", channel="#c")
        self.log_in("ann2", "anna")
        self.forget()
        self.say("ann", "METADATA * SET url x")
        self.assertGot("bob", "761 * ann url * x", "761 * ann2 url * x")

    def test_changes_of_hidden_members_of_an_auditorium_are_not_sent(self) -> None:
        self.say("ann", "MODE #c +u", "METADATA * SET url x")
        self.say("bob", "METADATA * SET url y")
        self.forget()
        self.say("dan", "JOIN #c")
        about = [message.params[1] for message in self.messages("dan") if message.command == "761"]
        self.assertEqual(about, ["ann"])
        self.say("bob", "METADATA * SET url z")
        self.assertGot("dan")

    def codes_for(self, name: str, line: str) -> list[str]:
        """Return the commands and numerics in the answer to a line."""
        return [each.split()[0] for each in self.answer(name, line)]

    def enter_without_forgetting(self, name: str) -> None:
        """Connect a client like `enter`, but keep the lines that this causes."""
        self.connect(name)
        self.say(name, f"NICK {name}", f"USER {name} 0 * :{name}")


if __name__ == "__main__":
    unittest.main()
