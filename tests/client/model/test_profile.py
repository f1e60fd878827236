"""What the profile card says about a person."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import WhoisReply
from chatapp.client.model.profile import NO_ACCOUNT, ago, last_message, profile
from chatapp.protocol.presence import ABSENT
from tests.client.base import entry
from tests.gui.networks import add_members, make_network

NOW = 10_000.0


class ProfileTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general", "#help")
        self.general = add_members(self.network, "#general", "ana", "ben")
        self.ben = self.network.person("ben")

    def facts(self, reply: WhoisReply | None = None) -> dict[str, str]:
        return {fact.label: fact.text for fact in profile(self.network, "ben", reply, NOW).facts}

    def test_name_and_state(self) -> None:
        self.ben.display_name, self.ben.away, self.ben.away_text = "Ben Okafor", True, "At\nlunch"
        found = profile(self.network, "ben", None, NOW)
        self.assertEqual((found.nick, found.name, found.state), ("ben", "Ben Okafor", "Away · At lunch"))
        self.ben.away_text = "*"
        self.assertEqual(profile(self.network, "ben", None, NOW).state, "Away")
        self.ben.away_text = ABSENT
        self.assertEqual(profile(self.network, "ben", None, NOW).state, "Offline")
        self.assertEqual(profile(self.network, "zoe", None, NOW).state, "")

    def test_an_account_is_named_and_its_absence_only_where_the_server_has_accounts(self) -> None:
        self.assertNotIn("Account", self.facts())
        unknown = WhoisReply("ben", ())
        self.network.capabilities = frozenset({"account-notify"})  # a server without services has it too
        self.assertNotIn("Account", self.facts(unknown))
        self.network.capability_values = {"sasl": ""}
        self.assertNotIn("Account", self.facts())
        self.assertEqual(self.facts(unknown)["Account"], NO_ACCOUNT)
        self.assertEqual(self.facts(WhoisReply("ben", (), account="benny"))["Account"], "benny, protected")
        self.ben.account = "ben"
        self.assertEqual(self.facts()["Account"], "ben, protected")

    def test_the_role_is_that_in_the_current_channel(self) -> None:
        add_members(self.network, "#help", "~zoe", "@ben")
        self.network.isupport = {**self.network.isupport, "PREFIX": "(qov)~@+"}
        self.assertNotIn("Role", self.facts())
        self.network.current = self.general
        self.assertNotIn("Role", self.facts())
        self.network.current = self.network.find("#help")
        self.assertEqual(self.facts()["Role"], "Moderator in #help")
        (fact,) = (each for each in profile(self.network, "zoe", None, NOW).facts if each.label == "Role")
        self.assertEqual((fact.icon, fact.text), ("crown", "Owner in #help"))

    def test_the_last_message_is_the_latest_one_of_all_conversations(self) -> None:
        self.assertNotIn("Last message", self.facts())
        self.general.entries = [entry(1, NOW - 480)]
        help_ = add_members(self.network, "#help", "ana", "ben")
        help_.entries = [entry(2, NOW - 4000), entry(3, NOW)]
        help_.entries[1].nick = "dee"
        self.assertEqual(self.facts()["Last message"], "8 minutes ago in #general")
        found = last_message(self.network, "ben")
        assert found
        self.assertEqual((found[0], found[1].key), (self.general, 1))

    def test_shared_channels_and_idle_time(self) -> None:
        self.assertEqual(self.facts()["Together in"], "#general")
        self.assertNotIn("Idle since", self.facts(WhoisReply("ben", (), idle_seconds=20)))
        self.assertEqual(self.facts(WhoisReply("ben", (), idle_seconds=7300))["Idle since"], "2 hours ago")

    def test_times(self) -> None:
        for seconds, text in (
            (5, "just now"),
            (60, "1 minute ago"),
            (3600, "1 hour ago"),
            (200_000, "2 days ago"),
        ):
            self.assertEqual(ago(seconds), text)


if __name__ == "__main__":
    unittest.main()
