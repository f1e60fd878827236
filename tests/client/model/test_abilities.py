"""What the user may do with a message."""

from __future__ import annotations

from chatapp.client.model.abilities import can_send, edit_seconds, may_delete, may_edit, may_react, may_reply
from chatapp.client.model.network import Network
from tests.client.base import EVERYTHING, ISUPPORT, ClientTest
from tests.client.messages import MESSAGES, message


class Abilities(ClientTest):
    def test_a_direct_message_needs_only_the_connection(self) -> None:
        network = Network()
        network.state = "online"
        direct = network.add("ben", "direct")
        self.assertTrue(can_send(network, direct))
        network.state = "waiting"
        self.assertFalse(can_send(network, direct))

    def test_a_server_without_tags_offers_nothing(self) -> None:
        general = self.online(capabilities="server-time batch echo-message")
        self.receive(message(1, "hello", "ana"))
        network, entry = self.client.network, general.entries[-1]
        self.assertFalse(may_reply(network, general))
        self.assertFalse(may_react(network, general))
        self.assertFalse(may_edit(network, general, entry))
        self.assertFalse(may_delete(network, general, entry))

    def test_a_server_may_refuse_single_tags(self) -> None:
        table = {
            "": (True, True),
            " CLIENTTAGDENY=draft/react": (True, False),
            " CLIENTTAGDENY=reply": (False, False),
            " CLIENTTAGDENY=*,-reply": (True, False),
            " CLIENTTAGDENY=*,-reply,-draft/react": (True, True),
            " CLIENTTAGDENY=*": (False, False),
        }
        general = self.online(capabilities=MESSAGES)
        for tokens, expected in table.items():
            with self.subTest(tokens=tokens):
                self.receive(f":srv 005 ana {ISUPPORT}{tokens} :are supported")
                network = self.client.network
                self.assertEqual(expected, (may_reply(network, general), may_react(network, general)))
                self.receive(":srv 005 ana -CLIENTTAGDENY :are supported")

    def test_one_replies_offline_but_reacts_online_only(self) -> None:
        general = self.online(capabilities=MESSAGES)
        self.lose_connection()
        self.assertTrue(may_reply(self.client.network, general))
        self.assertFalse(may_react(self.client.network, general))

    def test_only_own_messages_are_edited_and_others_deleted_by_moderators(self) -> None:
        general = self.online(capabilities=MESSAGES)
        self.receive(
            message(1, "mine", "ana"), message(2, "theirs"), message(3, "\x01ACTION waves\x01", "ana")
        )
        network = self.client.network
        mine, theirs, action = general.entries[-3:]
        self.assertEqual(
            [True, False, False], [may_edit(network, general, each) for each in (mine, theirs, action)]
        )
        self.assertEqual([True, False], [may_delete(network, general, each) for each in (mine, theirs)])
        self.receive(":ben!b@h MODE #general +o ana")
        self.assertTrue(may_delete(network, general, theirs))
        self.assertFalse(may_edit(network, general, theirs))

    def test_a_message_can_be_edited_for_the_time_that_the_server_names(self) -> None:
        self.connect()
        self.receive(f":srv CAP * LS :{EVERYTHING} draft/message-edit=window=30,max-bytes=3500")
        self.welcome("")
        self.receive(f":srv CAP * ACK :{EVERYTHING} draft/message-edit")
        general = self.enter()
        self.receive(message(1, "mine", "ana"))
        network = self.client.network
        self.assertEqual(30, edit_seconds(network))
        self.pass_time(30)
        self.assertTrue(may_edit(network, general, general.entries[-1]))
        self.pass_time(3)
        self.assertFalse(may_edit(network, general, general.entries[-1]))

    def test_pending_deleted_and_unnamed_messages_are_left_alone(self) -> None:
        general = self.online(capabilities=MESSAGES)
        network = self.client.network
        self.client.say(general, "under way")
        pending = general.entries[-1]
        self.assertFalse(may_edit(network, general, pending) or may_delete(network, general, pending))
        self.receive(":ana!a@h PRIVMSG #general :under way", message(2, "mine", "ana"))
        self.assertFalse(may_edit(network, general, pending), "it has no msgid")
        self.receive(":ana!a@h REDACT #general m2")
        self.assertFalse(may_delete(network, general, general.entries[-1]))
