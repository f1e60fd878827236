"""What is kept of conversations from one run to the next."""

from __future__ import annotations

import unittest

from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from tests.gui.networks import make_network

SERVER = "chat.example:5000"


class MemoryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.settings = Settings()

    def test_a_draft_outlives_the_window(self) -> None:
        network = make_network("#general")
        memory = ConversationPrefs(self.settings)
        memory.recall(SERVER, network)
        network.conversations["#general"].draft = "half a sentence"
        memory.save()
        again = make_network("#general")
        ConversationPrefs(self.settings).recall(SERVER, again)
        self.assertEqual(again.conversations["#general"].draft, "half a sentence")

    def test_a_draft_that_was_sent_is_forgotten(self) -> None:
        self.settings.drafts = {f"{SERVER} #general": "old"}
        network = make_network("#general")
        memory = ConversationPrefs(self.settings)
        memory.recall(SERVER, network)
        network.conversations["#general"].draft = ""
        memory.save()
        self.assertEqual(self.settings.drafts, {})

    def test_what_is_muted_and_who_is_ignored_stays_so(self) -> None:
        network = make_network("#general", "#random")
        memory = ConversationPrefs(self.settings)
        memory.recall(SERVER, network)
        network.conversations["#random"].muted = True
        network.ignored.add("dee")
        memory.save()
        again = make_network("#general", "#random")
        ConversationPrefs(self.settings).recall(SERVER, again)
        self.assertEqual([each.muted for each in again.conversations.values()], [False, True])
        self.assertEqual(again.ignored, {"dee"})

    def test_a_conversation_that_comes_later_is_recalled_too(self) -> None:
        self.settings.muted = [f"{SERVER} ben"]
        network = make_network("#general")
        memory = ConversationPrefs(self.settings)
        memory.recall(SERVER, network)
        ben = network.add("Ben", "direct")
        memory.recall(SERVER, network)
        self.assertTrue(ben.muted)

    def test_what_belongs_to_other_servers_stays(self) -> None:
        other = "other.example:5000 #general"
        self.settings.drafts, self.settings.muted = {other: "there"}, [other]
        self.settings.ignored = ["other.example:5000 zoe"]
        memory = ConversationPrefs(self.settings)
        memory.recall(SERVER, make_network("#general"))
        memory.save()
        self.assertEqual((self.settings.drafts, self.settings.muted), ({other: "there"}, [other]))
        self.assertEqual(self.settings.ignored, ["other.example:5000 zoe"])

    def test_changing_to_another_server_keeps_what_was_on_the_first(self) -> None:
        first = make_network("#general")
        memory = ConversationPrefs(self.settings)
        memory.recall(SERVER, first)
        first.conversations["#general"].draft = "here"
        memory.recall("other.example:5000", make_network("#general"))
        self.assertEqual(self.settings.drafts, {f"{SERVER} #general": "here"})


if __name__ == "__main__":
    unittest.main()
