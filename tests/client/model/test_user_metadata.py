"""Whom METADATA is about, and what shows that user."""

from __future__ import annotations

from chatapp.client.incoming.events import MetadataReceived
from chatapp.client.model.changes import ConversationChanged, MembersChanged, StatusChanged
from chatapp.client.model.user_metadata import changes_about, nick_of, person_of
from tests.client.base import ClientTest

KEY = "color"


class UserMetadata(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online()
        self.network = self.client.network

    def event(self, target: str, key: str = KEY) -> MetadataReceived:
        return MetadataReceived(target, key, "#ff0000")

    def test_it_is_about_a_user_or_ourselves(self) -> None:
        self.assertEqual("ben", nick_of(self.network, self.event("ben"), KEY))
        self.assertEqual("ana", nick_of(self.network, self.event("*"), KEY))

    def test_channels_and_other_keys_are_not_about_a_user(self) -> None:
        self.assertEqual("", nick_of(self.network, self.event("#general"), KEY))
        self.assertEqual("", nick_of(self.network, self.event("ben", "avatar"), KEY))
        self.assertIsNone(person_of(self.network, self.event("#general"), KEY))

    def test_a_user_whom_we_do_not_see_is_not_added(self) -> None:
        self.assertIsNone(person_of(self.network, self.event("nobody"), KEY))
        self.assertNotIn("nobody", self.network.people)

    def test_channels_direct_messages_and_for_us_the_status_show_it(self) -> None:
        direct = self.client.open_direct("ben")
        general = self.network.find("#general")
        assert general
        self.assertEqual(
            [MembersChanged(general), ConversationChanged(direct)], changes_about(self.network, "ben")
        )
        self.assertIn(StatusChanged(self.network), changes_about(self.network, "ana"))
