"""Which conversation is shown."""

from __future__ import annotations

from chatapp.client.model.changes import (
    ConversationOpened,
)
from tests.client.base import ClientTest


class Showing(ClientTest):
    def test_the_first_channel_is_shown_and_later_ones_if_the_user_joins_them(self) -> None:
        general = self.online()
        self.assertIs(general, self.client.network.current)
        self.enter("#pushed")
        self.assertIs(general, self.client.network.current)
        self.client.run(general, "/join help")
        self.assertEqual(["JOIN #help"], [line for line in self.sent() if "JOIN" in line])
        self.enter("#help")
        self.assertEqual("#help", self.assert_changed(ConversationOpened).conversation.name)

    def test_the_modes_of_a_channel_that_is_shown_are_requested_once(self) -> None:
        self.online()
        self.client.join("#help")
        self.sent()
        help_ = self.enter("#help")
        self.assertEqual(1, len([line for line in self.sent() if "MODE #help" in line]))
        self.receive(":srv 324 ana #help +nt")
        self.client.open(help_)
        self.assertEqual([], [line for line in self.sent() if "MODE" in line])

    def test_a_direct_message_that_was_never_shown_is_filled_from_the_history(self) -> None:
        self.online()
        ben = self.client.network.add("ben", "direct")
        self.client.open(ben)
        self.assertEqual(1, len([line for line in self.sent() if "CHATHISTORY LATEST ben" in line]))
        self.client.open(ben)
        self.assertEqual([], self.sent())

    def test_another_conversation_is_shown_when_the_current_one_is_left(self) -> None:
        general = self.online()
        self.client.open_direct("ben")
        self.client.leave(self.conversation("ben"))
        self.assertIs(general, self.client.network.current)
        self.receive(":ana!ana@home.example PART #general")
        self.assertIsNot(general, self.client.network.current)
