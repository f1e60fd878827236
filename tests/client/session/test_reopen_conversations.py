"""Conversations that were open at the end of the last run are restored at the next welcome."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import ErrorReply, PongReceived
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.model.network import Network
from chatapp.client.session.reopen_conversations import TOKEN, ReopenConversations

SERVER = "chat.example:5000"


class Reopening(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.isupport = {"CHANTYPES": "#"}
        self.reopening = ReopenConversations()

    def last_run(self, *names: str, current: str = "") -> None:
        """Let the last run end with these conversations."""
        settings = Settings()
        settings.conversations = [f"{SERVER} {name}" for name in names]
        settings.current = {SERVER: current}
        self.reopening.prefs = ConversationPrefs(settings)
        self.reopening.prefs.follow(SERVER, self.network)

    def returned(self, *channels: str) -> None:
        """Receive our JOINs of these channels from the server."""
        for name in channels:
            self.network.add(name, "channel").joined = True

    def test_without_stored_preferences_nothing_is_restored(self) -> None:
        self.assertEqual(([], (), []), self.reopening.begin(self.network))

    def test_a_guest_s_channels_are_joined_and_direct_messages_opened(self) -> None:
        self.last_run("#general", "ben")
        created, channels, messages = self.reopening.begin(self.network)
        self.assertEqual(["ben"], [each.name for each in created])
        self.assertTrue(created[0].behind)
        self.assertEqual(((("#general", ""),), []), (channels, messages))

    def test_they_are_restored_at_the_first_welcome_only(self) -> None:
        self.last_run("#general", "ben")
        self.reopening.begin(self.network)
        self.assertEqual(([], (), []), self.reopening.begin(self.network))

    def test_with_an_account_the_server_is_asked_first_for_a_pong(self) -> None:
        self.last_run("#general", "#help")
        self.network.account = "ana"
        _, channels, messages = self.reopening.begin(self.network)
        self.assertEqual(((), [f"PING {TOKEN}"]), (channels, [str(each) for each in messages]))

    def test_a_server_that_stores_the_channels_of_accounts_decides_which_are_joined(self) -> None:
        self.last_run("#general", "#help", "#left-elsewhere")
        self.network.account = "ana"
        self.reopening.begin(self.network)
        self.returned("#general", "#help")
        self.assertEqual((), self.reopening.ponged(self.network, PongReceived(TOKEN)))

    def test_on_another_server_the_missing_channels_are_joined_after_the_pong(self) -> None:
        self.last_run("#general", "#help")
        self.network.account = "ana"
        self.reopening.begin(self.network)
        self.returned("#general")
        self.assertEqual((), self.reopening.ponged(self.network, PongReceived("another")))
        self.assertEqual((("#help", ""),), self.reopening.ponged(self.network, PongReceived(TOKEN)))
        self.assertEqual((), self.reopening.ponged(self.network, PongReceived(TOKEN)))

    def test_a_connection_lost_before_the_pong_asks_again(self) -> None:
        self.last_run("#general", "#help")
        self.network.account = "ana"
        for _ in range(2):
            _, channels, messages = self.reopening.begin(self.network)
            self.assertEqual(((), [f"PING {TOKEN}"]), (channels, [str(each) for each in messages]))

    def test_the_conversation_that_was_shown_is_awaited_until_the_user_chooses_another(self) -> None:
        self.last_run("#general", "#help", current="#help")
        self.reopening.begin(self.network)
        self.assertFalse(self.reopening.joined(self.network, "#general"))
        self.assertTrue(self.reopening.joined(self.network, "#HELP"))
        self.reopening.chosen(self.network)
        self.assertFalse(self.reopening.joined(self.network, "#help"))

    def test_a_channel_that_refused_us_is_not_stored_as_open_again(self) -> None:
        self.last_run("#general", "#help")
        self.reopening.begin(self.network)
        self.network.state = "online"
        self.returned("#general")
        self.reopening.joined(self.network, "#general")
        self.reopening.refused(self.network, ErrorReply("474", "banned", about=("#help",)))
        prefs = self.reopening.prefs
        assert prefs is not None
        prefs.save()
        self.assertEqual([f"{SERVER} #general"], prefs._settings.conversations)
