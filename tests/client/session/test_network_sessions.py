"""Several networks at once through one client: each with its own connection, state and conversations."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.changes import (
    Added,
    ChannelsListed,
    ConnectFailed,
    ConversationsChanged,
    NetworkFound,
    StatusChanged,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.transport import link
from chatapp.client.transport.certificates import CertificateProblem, CertificateProblemKind
from tests.client.base import ClientTest, FakeLink


class TwoNetworksTest(ClientTest):
    """Two networks, with a `#general` on each; the second one is current."""

    def setUp(self) -> None:
        super().setUp()
        self.here = self.online("#general")
        self.first, self.first_link = self.client.network, self.link
        self.second = self.client.add_network()
        self.connect(Login("other.example", 6697, "anna"))
        self.second_link = self.link
        self.welcome(isupport="NETWORK=Other CHANTYPES=#", nick="anna")
        self.there = self.enter("#general", nick="anna", others="zoe")
        for each in self.links:
            each.lines.clear()

    def receive_from(self, chosen: FakeLink, *lines: str) -> list[object]:
        """Receive lines from the server of this link and return the changes."""
        with self.at(chosen):
            return list(self.receive(*lines))

    def texts_of(self, network: Network) -> list[str]:
        conversation = network.find("#general")
        assert conversation is not None
        return self.texts(conversation)


class Separate(TwoNetworksTest):
    def test_messages_of_a_network_that_is_not_shown_are_unread(self) -> None:
        self.client.open(self.here)
        self.client.open(self.there)
        self.receive_from(self.first_link, ":ben!b@h PRIVMSG #general :one")
        self.receive_from(self.second_link, ":zoe!z@h PRIVMSG #general :two")
        self.assertEqual((1, 0), (self.here.unread, self.there.unread))
        self.client.use_network(self.first)
        self.receive_from(self.first_link, ":ben!b@h PRIVMSG #general :three")
        self.receive_from(self.second_link, ":zoe!z@h PRIVMSG #general :four")
        self.assertEqual((1, 1), (self.here.unread, self.there.unread))

    def test_each_has_its_own_connection_name_nick_and_state(self) -> None:
        self.assertEqual([self.first, self.second], self.client.networks)
        self.assertEqual(["Room", "Other"], [each.name for each in self.client.networks])
        self.assertEqual(["ana", "anna"], [each.nick for each in self.client.networks])
        self.assertEqual(["online", "online"], [each.state for each in self.client.networks])
        self.assertEqual([False, False], [each.closed for each in self.links])

    def test_conversations_of_the_same_name_on_two_networks_are_separate(self) -> None:
        self.assertIsNot(self.here, self.there)
        self.assertIs(self.here, self.first.find("#general"))
        self.assertIs(self.there, self.second.find("#general"))
        self.receive_from(self.first_link, ":ben!b@h PRIVMSG #general :on the first")
        self.receive_from(self.second_link, ":zoe!z@h PRIVMSG #general :on the second")
        self.assertEqual(["on the first"], self.texts(self.here))
        self.assertEqual(["on the second"], self.texts(self.there))

    def test_a_message_is_sent_to_the_network_of_the_conversation(self) -> None:
        self.client.run(self.here, "to the first")
        self.assertEqual(1, len(self.first_link.lines))
        self.assertIn("PRIVMSG #general :to the first", self.first_link.lines[0])
        self.assertEqual([], self.second_link.lines)
        self.assertIs(self.second, self.client.network)

    def test_a_slash_command_is_sent_to_the_network_of_the_conversation(self) -> None:
        self.client.run(self.here, "/topic first topic")
        self.client.run(self.there, "/topic second topic")
        self.assertEqual(["TOPIC #general :first topic"], self.first_link.lines)
        self.assertEqual(["TOPIC #general :second topic"], self.second_link.lines)

    def test_one_poll_reports_the_changes_of_both(self) -> None:
        for each, nick in ((self.first_link, "ben"), (self.second_link, "zoe")):
            each.inbox.put(link.LinesReceived(each, [f":{nick}!u@h PRIVMSG #general :hello"]))
        changes = self.client.poll(None)
        added = [change.conversation for change in changes if isinstance(change, Added)]
        self.assertEqual([self.here, self.there], added)
        self.assertEqual([self.first, self.second], [self.client.network_of(each) for each in added])

    def test_networks_are_read_in_turn(self) -> None:
        """A network that sends much does not delay the others until all of it is read."""
        flood = [f":ben!b@h PRIVMSG #general :message {number}" for number in range(1000)]
        for _ in range(3):
            self.first_link.inbox.put(link.LinesReceived(self.first_link, flood))
        self.second_link.inbox.put(
            link.LinesReceived(
                self.second_link, [":zoe!z@h PRIVMSG #general :one", ":zoe!z@h PRIVMSG #general :two"]
            )
        )
        with mock.patch.object(self, "clock", self._ticking):
            self.client.poll(0.5)
        self.assertEqual(["one", "two"], self.texts(self.there))
        self.assertLess(len(self.texts(self.here)), 20)
        self.client.poll(None)
        self.assertEqual(3000, len(self.texts(self.here)))

    def _ticking(self) -> float:
        self.now += 1
        return self.now

    def test_a_change_without_a_conversation_names_its_network(self) -> None:
        changes = self.receive_from(self.first_link, ":srv 321 ana Channel :Users", ":srv 323 ana :End")
        self.assertEqual([self.first], [each.network for each in changes if isinstance(each, ChannelsListed)])

    def test_an_exception_in_one_network_does_not_affect_the_other(self) -> None:
        del self.first.ignored
        with self.assertLogs("chatapp.client.client", "ERROR"):
            self.receive_from(self.first_link, "@+typing=active :ben!b@h TAGMSG #general")
        self.first.ignored = set()
        self.receive_from(self.second_link, ":zoe!z@h PRIVMSG #general :still here")
        self.assertEqual(["still here"], self.texts(self.there))

    def test_an_exception_in_a_poll_of_one_network_does_not_affect_the_other(self) -> None:
        pending = self.first.awaited_pages
        del self.first.awaited_pages
        with self.assertLogs("chatapp.client.client", "ERROR"):
            self.pass_time(61)
        self.first.awaited_pages = pending
        self.assertIn("PING alive", self.second_link.lines)


class Losing(TwoNetworksTest):
    def test_losing_one_does_not_affect_the_other(self) -> None:
        with self.at(self.first_link):
            changes = self.lose_connection("Connection reset by peer")
        self.assertEqual(("waiting", "online"), (self.first.state, self.second.state))
        self.assertEqual((False, True), (self.here.joined, self.there.joined))
        self.assertEqual("", self.second.problem)
        changed = {change.network for change in changes if isinstance(change, StatusChanged)}
        self.assertEqual({self.first}, changed)
        self.receive_from(self.second_link, ":zoe!z@h PRIVMSG #general :still here")
        self.assertEqual(["still here"], self.texts(self.there))

    def test_one_reconnects_while_the_other_stays(self) -> None:
        with self.at(self.first_link):
            self.lose_connection()
        self.pass_time(2)
        self.assertEqual(("chat.example", 5000), (self.links[2].target.host, self.links[2].target.port))
        self.link_up()
        self.welcome()
        self.assertIn("JOIN #general", self.sent())
        self.assertEqual("online", self.first.state)
        self.assertEqual([], [line for line in self.second_link.lines if "JOIN" in line])

    def test_late_items_of_a_lost_link_change_nothing(self) -> None:
        with self.at(self.first_link):
            self.lose_connection()
        self.pass_time(2)
        self.receive_from(self.first_link, ":ben!b@h PRIVMSG #general :too late")
        self.assertEqual([], self.texts(self.here))

    def test_a_failure_names_its_network(self) -> None:
        third = self.client.add_network()
        self.client.connect(Login("third.example", 5000, "ana"))
        changes = self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        [failed] = [change for change in changes if isinstance(change, ConnectFailed)]
        self.assertIs(third, failed.network)
        self.assertEqual(["online", "online", "offline"], [each.state for each in self.client.networks])

    def test_after_sleep_every_server_is_asked_whether_it_still_answers(self) -> None:
        self.shift_clock(3600)
        self.assertEqual((["PING alive"], ["PING alive"]), (self.first_link.lines, self.second_link.lines))


class Adding(TwoNetworksTest):
    def test_in_the_background_another_one_stays_current(self) -> None:
        third = self.client.add_network(in_background=True)
        self.client.connect(Login("third.example", 5000, "ana"), third)
        self.link_up()
        self.welcome()
        self.assertEqual(("online", False), (third.state, third.watching))
        self.assertIs(self.second, self.client.network)

    def test_a_login_that_is_here_already_is_found_again(self) -> None:
        third = self.client.add_network(in_background=True)
        self.client.connect(Login("Chat.Example", 5000, "Ana"), third)
        self.assertIn(NetworkFound(self.first, third), self.client.poll())
        self.assertEqual([self.first, self.second], self.client.networks)
        self.assertIs(self.first, self.client.network)
        self.assertEqual(2, len(self.links))

    def test_one_that_is_found_offline_is_connected(self) -> None:
        self.client.disconnect(network=self.first)
        third = self.client.add_network(in_background=True)
        self.client.connect(Login("chat.example", 5000, "ana"), third)
        self.assertEqual(("connecting", 3), (self.first.state, len(self.links)))

    def test_two_logins_on_one_server_are_two_networks_with_separate_stores(self) -> None:
        settings = Settings()
        one, other = Client(Path("unused"), open_link=self._open), ConversationPrefs(settings)
        one.prefs = ConversationPrefs(settings)
        one.connect(Login("chat.example", 5000, "ana"))
        second = one.add_network(other, in_background=True)
        one.connect(Login("chat.example", 5000, "teacher"), second)
        keys = [session.key for session in one.sessions]
        self.assertEqual(["chat.example:5000", "teacher@chat.example:5000"], keys)

    def test_another_server_is_tried_with_the_same_network_until_one_was_online(self) -> None:
        third = self.client.add_network(in_background=True)
        self.client.connect(Login("wrong.example", 5000, "ana"), third)
        self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.client.connect(Login("right.example", 5000, "ana"), third)
        self.assertIs(third, self.client.networks[2])
        self.assertEqual("right.example", third.name)


class Resuming(ClientTest):
    """Networks of an earlier run."""

    def saved(self, host: str = "chat.example") -> SavedServer:
        return SavedServer(f"{host}:5000", Login(host, 5000, "ana"), "Room 12", is_muted=True)

    def test_the_name_and_what_is_muted_are_known_before_it_is_connected(self) -> None:
        self.client.resume(self.saved(), self.client.network)
        self.assertEqual(("Room 12", True), (self.client.network.name, self.client.network.muted))
        self.assertEqual([self.saved()], self.client.servers())

    def test_it_is_tried_again_until_the_server_answers(self) -> None:
        self.client.resume(self.saved(), self.client.network)
        changes = self.put(link.LinkFailed(self.link, "refused", "nothing answers"))
        self.assertEqual("waiting", self.client.network.state)
        self.assertEqual([], [each for each in changes if isinstance(each, ConnectFailed)])
        self.pass_time(3)
        self.assertEqual(2, len(self.links))

    def test_what_the_user_has_to_decide_is_reported_with_its_network(self) -> None:
        other = self.client.add_network(in_background=True)
        self.client.resume(self.saved(), self.client.network)
        self.client.resume(self.saved("other.example"), other)
        problem = CertificateProblem("changed", "other.example", 5000, "1" * 64)
        changes = self.put(link.LinkFailed(self.link, "certificate", problem.title, problem))
        [failed] = [each for each in changes if isinstance(each, ConnectFailed)]
        self.assertIs(other, failed.network)

    def test_a_network_that_was_never_online_is_not_stored(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana"))
        self.assertEqual([], self.client.servers())


class Order(TwoNetworksTest):
    def test_a_network_can_be_moved(self) -> None:
        self.client.move_network(self.second, 0)
        self.assertEqual([self.second, self.first], self.client.networks)
        self.assertEqual(
            ["other.example", "chat.example"], [each.login.host for each in self.client.servers()]
        )

    def test_beyond_the_ends_it_goes_to_the_end(self) -> None:
        self.client.move_network(self.first, 9)
        self.assertEqual([self.second, self.first], self.client.networks)


class Current(TwoNetworksTest):
    def test_the_user_watches_only_the_current_network(self) -> None:
        """Messages that arrive in the shown conversation of another server stay unread."""
        self.client.use_network(self.first)
        self.first.watching = True
        self.client.use_network(self.second)
        self.receive_from(self.first_link, ":ben!b@h PRIVMSG #general :hello")
        self.assertEqual(1, self.here.unread)

    def test_opening_a_conversation_makes_its_network_the_current_one(self) -> None:
        self.client.open(self.here)
        self.assertIs(self.first, self.client.network)
        self.assertEqual("ana", self.client.login.nick)
        self.client.join("#help")
        self.assertIn("JOIN #help", self.first_link.lines)

    def test_a_network_can_be_chosen(self) -> None:
        self.client.use_network(self.first)
        self.assertIs(self.first, self.client.network)
        with self.assertRaises(LookupError):
            self.client.use_network(Network())

    def test_each_network_remembers_its_current_conversation(self) -> None:
        self.assertIs(self.here, self.first.current)
        self.assertIs(self.there, self.second.current)

    def test_an_unknown_conversation_belongs_to_the_current_network(self) -> None:
        self.assertIs(self.second, self.client.network_of(Conversation("#gone", "channel")))
        self.assertIs(self.second, self.client.network_of(None))

    def test_disconnecting_applies_to_the_current_network(self) -> None:
        self.client.disconnect("bye")
        self.assertEqual(["QUIT :bye"], self.second_link.lines)
        self.assertEqual(
            [("online", False), ("offline", True)],
            [(one.state, two.closed) for one, two in zip(self.client.networks, self.links, strict=True)],
        )

    def test_another_server_replaces_only_the_current_network(self) -> None:
        self.second.ignored.add("zoe")
        self.client.connect(Login("third.example", 5000, "ana"))
        self.assertEqual([False, True, False], [each.closed for each in self.links])
        self.assertIs(self.first, self.client.networks[0])
        self.assertEqual(
            ({}, {"zoe"}), (dict(self.client.network.conversations), self.client.network.ignored)
        )
        self.assert_changed(ConversationsChanged, self.client.poll())

    def test_a_certificate_is_trusted_for_the_network_that_showed_it(self) -> None:
        with self.at(self.first_link):
            self.lose_connection()
        self.pass_time(2)
        problem = CertificateProblem("changed", "chat.example", 5000, "1" * 64)
        self.put(link.LinkFailed(self.link, "certificate", problem.title, problem))
        self.client.trust(problem)
        self.assertEqual(("chat.example", "1" * 64), (self.link.target.host, self.link.target.known))
        self.assertEqual(("connecting", "online"), (self.first.state, self.second.state))


class OtherChatAtTheAddress(ClientTest):
    """Another chat than before runs at an address: nothing of the first one appears in it."""

    HERE = Login("127.0.0.1", 5000, "ana", account="ana", password="sesame")

    def setUp(self) -> None:
        super().setUp()
        self.settings = Settings()
        self.client.sessions.current.reopening.prefs = ConversationPrefs(self.settings, lambda: self.now)
        self.go_online("1" * 64)
        self.general = self.enter("#general")
        self.general.draft, self.general.muted = "for the first", True
        self.receive(":ben!b@h PRIVMSG #general :in the first")
        self.before = self.client.network
        self.client.save_conversations()

    def go_online(self, certificate: str, login: Login = HERE) -> None:
        if certificate == "1" * 64:
            self.client.connect(login)
        self.put(link.LinkConnected(self.link, True, True, certificate))
        self.welcome(capabilities="", isupport="NETWORK=Rowing CHANTYPES=#")

    def finds(self, kind: CertificateProblemKind, certificate: str) -> CertificateProblem:
        self.lose_connection()
        self.pass_time(2)
        problem = CertificateProblem(kind, "127.0.0.1", 5000, certificate)
        self.put(link.LinkFailed(self.link, "certificate", problem.title, problem))
        return problem

    def test_its_conversations_begin_afresh(self) -> None:
        self.client.trust(self.finds("changed-here", "2" * 64))
        self.assertIsNot(self.client.network, self.before)
        self.assertEqual(list(self.client.networks), [self.client.network])
        self.assertEqual((self.client.login.password, self.client.login.account), ("", ""))
        self.go_online("2" * 64)
        self.assertNotIn("JOIN #general", self.sent())
        general = self.enter("#general")
        self.assertNotIn("in the first", self.texts(general))
        self.assertEqual((general.draft, general.muted), ("", False))
        self.assertEqual(self.client.key, f"127.0.0.1:5000/{'2' * 16}")

    def test_the_first_chat_has_its_conversations_again_when_it_is_back(self) -> None:
        self.client.trust(self.finds("changed-here", "2" * 64))
        self.go_online("2" * 64)
        self.enter("#general").draft = "for the second"
        self.client.trust(self.finds("changed-here", "1" * 64))
        self.assertEqual(self.client.key, "127.0.0.1:5000")
        self.put(link.LinkConnected(self.link, True, True, "1" * 64))
        self.welcome(capabilities="", isupport="NETWORK=Rowing CHANTYPES=#")
        self.assertIn("JOIN #general", self.sent())
        self.assertEqual(self.enter("#general").draft, "for the first")

    def test_a_link_with_another_certificate_leads_to_another_chat(self) -> None:
        login = Login("127.0.0.1", 5000, "ana", pin="2" * 64)
        self.client.connect(login)
        self.assertIsNot(self.client.network, self.before)
        self.put(link.LinkConnected(self.link, True, True, "2" * 64))
        self.welcome(capabilities="", isupport="NETWORK=Rowing CHANTYPES=#")
        self.assertEqual(self.enter("#general").draft, "")
        self.client.connect(Login("127.0.0.1", 5000, "ana"))
        self.assertEqual(self.client.key, f"127.0.0.1:5000/{'2' * 16}")

    def test_a_chat_with_a_new_certificate_keeps_its_conversations(self) -> None:
        self.client.trust(self.finds("changed", "2" * 64), is_same_chat=True)
        self.assertIs(self.client.network, self.before)
        self.assertEqual((self.client.key, self.client.login), ("127.0.0.1:5000", self.HERE))
        self.put(link.LinkConnected(self.link, True, True, "2" * 64))
        self.welcome(capabilities="", isupport="NETWORK=Rowing CHANTYPES=#")
        self.assertIn("JOIN #general", self.sent())


class Stored(TwoNetworksTest):
    def test_each_network_stores_its_own_conversations(self) -> None:
        settings = Settings()
        stores = [ConversationPrefs(settings, lambda: self.now) for _ in range(2)]
        for prefs, network, server in zip(
            stores, self.client.networks, ("chat.example:5000", "other.example:6697"), strict=True
        ):
            prefs.follow(server, network)
            prefs.to_reopen()
        self.here.draft, self.there.draft = "for the first", "for the second"
        for prefs in stores:
            prefs.save(is_last=True)
        self.assertEqual(
            ["chat.example:5000 #general", "other.example:6697 #general"], settings.conversations
        )
        self.assertEqual(["for the first", "for the second"], list(settings.drafts.values()))

    def test_a_network_that_is_added_gets_its_own_store(self) -> None:
        prefs = ConversationPrefs(Settings())
        self.client.add_network(prefs)
        self.assertIs(prefs, self.client.prefs)
        self.client.use_network(self.first)
        self.assertIsNone(self.client.prefs)


class Ending(TwoNetworksTest):
    def test_a_network_can_be_removed(self) -> None:
        self.client.remove_network(self.second)
        self.assertEqual([self.first], self.client.networks)
        self.assertIs(self.first, self.client.network)
        self.assertEqual(["QUIT"], self.second_link.lines)
        self.receive_from(self.first_link, ":ben!b@h PRIVMSG #general :still here")
        self.assertEqual(["still here"], self.texts(self.here))

    def test_an_empty_one_takes_the_place_of_the_last(self) -> None:
        self.client.remove_network(self.second)
        self.client.remove_network(self.first)
        [empty] = self.client.networks
        self.assertNotIn(empty, (self.first, self.second))
        self.assertIs(empty, self.client.network)
        self.assertEqual(
            ({}, "offline", ""), (dict(empty.conversations), empty.state, self.client.login.host)
        )

    def test_closing_sends_quit_to_each_server(self) -> None:
        self.client.close()
        self.assertEqual((["QUIT"], ["QUIT"]), (self.first_link.lines, self.second_link.lines))
        self.assertEqual([True, True], [each.closed for each in self.links])
