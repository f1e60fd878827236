"""Which channels are joined at a welcome, with which keys, and which again after a lost connection."""

from __future__ import annotations

import unittest

from chatapp.client.login import Login
from chatapp.client.model.network import Network
from chatapp.client.session.channel_joins import ChannelJoins
from chatapp.client.transport import link
from chatapp.protocol.message import Message
from tests.client.base import ClientTest


class Joining(ClientTest):
    def comes_back(self) -> list[str]:
        """Lose the connection, reconnect, and return the JOINs."""
        self.lose_connection()
        self.pass_time(2)
        self.link_up()
        self.welcome()
        return [line for line in self.sent() if "JOIN" in line]

    def test_the_channels_of_the_login_are_joined(self) -> None:
        self.connect(Login("h", 5000, "ana", channels=("#help", "#random")))
        self.welcome()
        self.assertEqual(["JOIN #help,#random"], [line for line in self.sent() if "JOIN" in line])

    def test_the_channels_we_were_in_are_joined_again_with_their_keys(self) -> None:
        general = self.online()
        self.client.run(general, "/join #secret hush")
        self.enter("#secret")
        self.enter("#kicked")
        self.receive(":ben!b@h KICK #kicked ana")
        self.lose_connection()
        self.assertFalse(general.joined)
        self.pass_time(1)
        self.link_up()
        self.welcome()
        self.assertEqual(["JOIN #secret,#general hush"], [line for line in self.sent() if "JOIN" in line])
        lines = len(general.entries)
        self.enter("#general")
        self.assertTrue(general.joined)
        self.assertEqual(lines, len(general.entries))

    def test_channels_are_joined_again_after_a_failed_attempt_in_between(self) -> None:
        self.online()
        self.lose_connection()
        self.pass_time(1)
        self.put(link.LinkFailed(self.link, "timeout", "no answer"))
        self.pass_time(2)
        self.link_up()
        self.lose_connection()
        self.pass_time(4)
        self.link_up()
        self.welcome()
        self.assertIn("JOIN #general", self.sent())

    def test_channels_that_were_not_joined_before_a_second_loss_are_joined_later(self) -> None:
        self.online("#general")
        self.assertEqual(["JOIN #general"], self.comes_back())
        self.assertEqual(["JOIN #general"], self.comes_back())
        self.enter("#general")
        self.assertEqual(["JOIN #general"], self.comes_back())

    def test_keys_survive_a_second_loss(self) -> None:
        general = self.online("#general")
        self.client.run(general, "/join #secret hush")
        self.enter("#secret")
        self.assertEqual(["JOIN #secret,#general hush"], self.comes_back())
        self.enter("#general")
        self.assertEqual(["JOIN #secret,#general hush"], sorted(self.comes_back()))

    def test_a_channel_that_refused_us_is_not_joined_at_the_next_welcome(self) -> None:
        self.online("#general")
        self.comes_back()
        self.receive(":srv 474 ana #general :Cannot join channel (+b)")
        self.assertEqual([], self.comes_back())

    def test_a_channel_that_the_user_closed_meanwhile_is_not_joined(self) -> None:
        general = self.online("#general")
        self.lose_connection()
        self.client.leave(general)
        self.assertEqual([], self.comes_back())

    def test_a_key_that_was_refused_is_forgotten(self) -> None:
        general = self.online("#general")
        self.client.run(general, "/join #secret wrong")
        self.receive(":srv 475 ana #secret :Cannot join channel (+k)")
        self.assertEqual("", self.enter("#secret").channel_key)


class Bookkeeping(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.joins = ChannelJoins()

    def test_a_join_that_the_server_answered_is_not_repeated(self) -> None:
        self.joins.join(self.network, [("#A", ""), ("#b", "key")])
        self.joins.joined(self.network, "#a")
        self.assertEqual(["JOIN #b key"], [str(each) for each in self.joins.join_again(self.network, [])])

    def test_the_user_s_channel_is_shown_once(self) -> None:
        self.joins.show_when_joined(self.network, "#A")
        self.assertEqual(("", True), self.joins.joined(self.network, "#a"))
        self.assertEqual(("", False), self.joins.joined(self.network, "#a"))

    def test_the_keys_of_a_join_belong_to_its_first_channels(self) -> None:
        self.joins.note_keys(self.network, Message("JOIN", ["#a,#b,#c", "one,two"]))
        keys = [self.joins.joined(self.network, name)[0] for name in ("#A", "#B", "#C")]
        self.assertEqual(["one", "two", ""], keys)

    def test_other_messages_have_no_keys(self) -> None:
        self.joins.note_keys(self.network, Message("PRIVMSG", ["#a", "hello"]))
        self.assertEqual(("", False), self.joins.joined(self.network, "#a"))
