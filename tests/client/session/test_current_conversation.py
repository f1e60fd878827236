"""Which conversation is shown."""

from __future__ import annotations

from chatapp.client.model.changes import (
    ConversationOpened,
)
from tests.client.base import ClientTest


class Showing(ClientTest):
    def test_the_first_channel_is_shown_and_later_ones_when_asked_for(self) -> None:
        general = self.online()
        self.assertIs(general, self.client.network.current)
        self.enter("#pushed")
        self.assertIs(general, self.client.network.current)
        self.client.run(general, "/join help")
        self.assertEqual(["JOIN #help"], [line for line in self.sent() if "JOIN" in line])
        self.enter("#help")
        self.assertEqual("#help", self.assert_changed(ConversationOpened).conversation.name)
