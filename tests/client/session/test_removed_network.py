"""A network that the user has removed comes back, or is forgotten."""

from __future__ import annotations

from unittest import mock

from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.passwords import Passwords
from chatapp.client.local.settings import Settings
from tests.client.session.test_network_sessions import TwoNetworksTest


class RemovedNetworkTest(TwoNetworksTest):
    def test_a_removed_one_comes_back_to_its_place_and_connects_again(self) -> None:
        removed = self.client.remove_network(self.first)
        removed.bring_back()
        self.assertEqual([self.first, self.second], self.client.networks)
        self.assertEqual("chat.example", self.link.target.host)
        self.link_up()
        self.welcome()
        self.assertEqual("online", self.first.state)
        self.assertIs(self.here, self.first.find("#general"))

    def test_the_last_one_comes_back_instead_of_the_empty_one(self) -> None:
        self.client.remove_network(self.second)
        removed = self.client.remove_network(self.first)
        removed.bring_back()
        self.assertEqual([self.first], self.client.networks)
        self.assertIs(self.first, self.client.network)

    def test_one_that_was_offline_comes_back_offline(self) -> None:
        self.client.disconnect(network=self.first)
        removed = self.client.remove_network(self.first)
        removed.bring_back()
        self.assertEqual(("offline", 2), (self.first.state, len(self.links)))

    def test_what_is_forgotten_is_deleted_from_the_settings_and_stays_deleted(self) -> None:
        settings = Settings()
        self.client.use_network(self.first)
        prefs = self.client.prefs = ConversationPrefs(settings)
        prefs.follow("chat.example:5000", self.first)
        self.here.draft = "for nobody"
        removed = self.client.remove_network(self.first)
        self.assertEqual(["for nobody"], list(settings.drafts.values()))
        removed.forget()
        self.client.save_conversations(is_last=True)
        self.assertEqual({}, settings.drafts)

    def test_its_password_is_deleted_too(self) -> None:
        removed = self.client.remove_network(self.first)
        with mock.patch.object(Passwords, "delete") as delete:
            removed.forget()
        delete.assert_called_once_with(removed.login)
