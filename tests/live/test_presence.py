"""Presence over real sockets: MONITOR, away, channel names and metadata, and their state after a kill; large
channels.

Source:
    IRCv3 monitor, extended-monitor, away-notify, pre-away, channel-rename, metadata, extended-isupport.
"""

from __future__ import annotations

import unittest

from chatapp.server.core.presence_gathering import LARGE_AUDIENCE
from tests.live.base import LiveTest, RawClient

CONFIG = "[channels]\ndefault = []"


class Monitoring(LiveTest):
    CONFIG = CONFIG

    def setUp(self) -> None:
        super().setUp()
        self.start()

    def test_a_monitoring_client_is_notified_of_connect_away_and_disconnect(self) -> None:
        watcher = self.enter("ann", "extended-monitor away-notify setname")
        watcher.send("MONITOR + bob")
        self.assertEqual(watcher.until("731").text, "bob")
        bob = self.connect()
        bob.send("CAP REQ draft/pre-away", "AWAY :in a train", "NICK bob", "USER bob 0 * :Bob", "CAP END")
        bob.settle()
        self.assertTrue(watcher.until("730").text.startswith("bob!bob@"))
        self.assertEqual(watcher.until("AWAY").params, ("in a train",))
        bob.send("AWAY", "SETNAME :Robert", "NICK rob")
        self.assertEqual(watcher.until("AWAY").params, ())
        self.assertEqual(watcher.until("SETNAME").text, "Robert")
        self.assertEqual(watcher.until("731").text, "bob")
        bob.close()
        watcher.send("MONITOR + rob")
        self.assertEqual(watcher.until("731").text, "rob")  # at once, or when the server notices it
        self.assertEqual([message.command for message in watcher.settle()], [])

    def test_the_features_are_available_before_registration(self) -> None:
        client = self.connect()
        client.send("CAP REQ :batch draft/extended-isupport", "ISUPPORT")
        opener, *lines, closer = client.settle()[1:]
        self.assertEqual(opener.params[1], "draft/isupport")
        self.assertEqual(closer.params, ("-" + opener.params[0][1:],))
        tokens = [token for line in lines for token in line.params[1:-1]]
        self.assertIn("MONITOR=100", tokens)
        self.assertTrue(all(len(line.params) <= 15 for line in lines))


class LargeChannel(LiveTest):
    """A JOIN or QUIT for so many members is sent a little later, but always and in order."""

    CONFIG = CONFIG + "\n[limits]\nconnections_per_address = 0\nnew_connections_per_address = 0"

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.members = [self.enter(f"m{number}", channel="#c") for number in range(LARGE_AUDIENCE + 1)]
        for member in self.members:
            member.settle()

    def test_all_members_see_who_joins_speaks_and_quits_in_this_order(self) -> None:
        ann = self.enter("ann", channel="#c")
        ann.send("QUIT")
        ann.rest()  # until the server has handled it: another connection has an order of its own
        self.enter("bob", channel="#c").send("PRIVMSG #c :hello", "QUIT")
        expected = ["ann JOIN", "ann QUIT", "bob JOIN", "bob PRIVMSG", "bob QUIT"]
        for member in self.members:  # none of them asks for anything
            seen = [member.next() for _ in expected]
            self.assertEqual([f"{each.nick} {each.command}" for each in seen], expected)

    def test_a_shutdown_sends_what_waits(self) -> None:
        self.enter("ann", channel="#c")
        self.assertEqual(self.server.stop(), 0)
        for member in self.members:
            self.assertEqual(member.next().command, "JOIN")


class AfterAKill(LiveTest):
    """The metadata of a channel and its new name survive `kill -9`."""

    CONFIG = CONFIG

    def test_names_and_metadata_of_channels_are_still_there(self) -> None:
        self.start()
        ann = self.enter_with_account()
        ann.send("JOIN #old", "METADATA #old SET url :https://c.example/", "RENAME #old #new :clearer")
        self.assertEqual(ann.until("RENAME").params, ("#old", "#new", "clearer"))
        ann.send("METADATA * SET avatar :https://a.example/")
        self.assertEqual(ann.until("761").params, ("ann", "ann", "avatar", "*", "https://a.example/"))
        self.server.kill()
        self.start()
        bob = self.enter("bob", "draft/metadata-3 batch draft/channel-rename")
        bob.send("METADATA * SUB url avatar", "JOIN #new")
        received = [message for message in bob.settle() if message.command == "761"]
        self.assertEqual([message.params[1:3] for message in received], [("#new", "url"), ("ann", "avatar")])

    def enter_with_account(self) -> RawClient:
        """Register an account, which stays in its channels when it disconnects."""
        client = self.enter("ann", "draft/metadata-3 batch draft/channel-rename")
        client.send("REGISTER * * sesame-street")
        client.until("900")
        return client


if __name__ == "__main__":
    unittest.main()
