"""The client as a front-end uses it: one network or several, polling, its clocks, and closing."""

from __future__ import annotations

from queue import SimpleQueue
from typing import Any, ClassVar
from unittest import mock

from chatapp.client.local.server_process import (
    ServerHome,
    ServerProcess,
    ServerStart,
    ServerStarted,
    ServerStartFailed,
)
from chatapp.client.login import Login
from chatapp.client.model.changes import (
    ConversationsChanged,
)
from chatapp.client.transport import link
from tests.client.base import NOON, ClientTest


class OneNetwork(ClientTest):
    def test_a_mistake_in_a_login_is_reported_before_connecting(self) -> None:
        for login, kind in (
            (Login("h", 5000, " "), "name"),
            (Login("h", 5000, "Ben Okafor"), "name"),
            (Login(" ", 5000, "ana"), "host"),
            (Login("h", 0, "ana"), "port"),
            (Login("h", 65536, "ana"), "port"),
        ):
            with self.subTest(login):
                self.client.connect(login)
                self.changes = self.client.poll()
                self.assert_failed(kind)
                self.assertEqual([], self.links)
        self.client.connect(Login("h", 5000, "Ben Okafor"))
        self.changes = self.client.poll()
        self.assertEqual("Ben_Okafor", self.assert_failed("name").suggestion)

    def test_another_server_is_another_network(self) -> None:
        self.online()
        self.client.network.ignored.add("zoe")
        self.client.connect(Login("other.example", 5000, "ana"))
        self.assertTrue(self.links[0].closed)
        self.assertEqual({}, self.client.network.conversations)
        self.assertEqual({"zoe"}, self.client.network.ignored)
        self.assert_changed(ConversationsChanged, self.client.poll())

    def test_closing_sends_quit_once(self) -> None:
        self.online()
        self.client.close()
        self.client.close()
        self.assertEqual(["QUIT"], self.sent())
        self.assertEqual("offline", self.client.network.state)


class FakeServerProcess(ServerProcess):
    """A server that is being started, without a process. It reports when the test says so."""

    started: ClassVar[list[FakeServerProcess]]

    def __init__(self, inbox: SimpleQueue[Any], start: ServerStart, home: ServerHome) -> None:
        self.inbox, self.port = inbox, start.port
        self.has_stopped = False
        self.started.append(self)

    @property
    def is_running(self) -> bool:
        return not self.has_stopped

    @property
    def end_reason(self) -> str:
        return ""

    def succeeds(self) -> None:
        self.inbox.put(ServerStarted(self, "127.0.0.1", self.port, was_started=True))

    def fails(self, text: str) -> None:
        self.inbox.put(ServerStartFailed(self, text))

    def stop(self) -> None:
        self.has_stopped = True

    def detach(self) -> None:
        pass


class OwnServer(ClientTest):
    """A server on this computer that the client starts."""

    def setUp(self) -> None:
        super().setUp()
        FakeServerProcess.started = []
        patch = mock.patch("chatapp.client.local.local_server.ServerProcess", FakeServerProcess)
        patch.start()
        self.addCleanup(patch.stop)

    def start(self) -> FakeServerProcess:
        self.client.start_server(Login("", 5000, "ana"))
        return FakeServerProcess.started[-1]

    def test_the_network_connects_once_the_server_listens(self) -> None:
        server = self.start()
        self.assertEqual(("connecting", []), (self.client.network.state, self.links))
        server.succeeds()
        self.client.poll(None)
        self.assertEqual(("127.0.0.1", 5000), (self.link.target.host, self.link.target.port))
        self.assertTrue(self.client.is_server_running)

    def test_the_front_end_is_told_that_the_server_listens(self) -> None:
        server = self.start()
        self.on_arrival.assert_not_called()
        server.succeeds()
        self.on_arrival.assert_called_once_with()

    def test_a_server_that_does_not_start_is_reported(self) -> None:
        self.start().fails("The port is taken.")
        self.changes = self.client.poll(None)
        failed = self.assert_failed("launch")
        self.assertEqual(("The port is taken.", "offline"), (failed.reason, self.client.network.state))
        self.assertIs(self.client.network, failed.network)

    def test_an_invalid_login_starts_no_server(self) -> None:
        self.client.start_server(Login("", 5000, " "))
        self.changes = self.client.poll(None)
        self.assert_failed("name")
        self.assertEqual([], FakeServerProcess.started)

    def test_a_cancelled_start_connects_to_nothing(self) -> None:
        server = self.start()
        self.client.cancel()
        server.succeeds()
        self.client.poll(None)
        self.assertEqual(("offline", [], False), (self.client.network.state, self.links, server.is_running))

    def test_it_belongs_to_the_network_that_was_current_at_the_start(self) -> None:
        server, first = self.start(), self.client.network
        second = self.client.add_network()
        server.succeeds()
        self.client.poll(None)
        self.assertEqual(("connecting", "offline"), (first.state, second.state))

    def test_cancelling_another_network_does_not_stop_it(self) -> None:
        server, first = self.start(), self.client.network
        self.client.add_network()
        self.client.cancel()
        self.assertEqual((True, "connecting"), (server.is_running, first.state))

    def test_only_an_owner_can_stop_it(self) -> None:
        self.start().succeeds()
        self.client.poll(None)
        self.link_up()
        self.welcome()
        network = self.client.network
        for is_operator, role, expected in (
            (False, "", False), (True, "owner", True), (True, "moderator", False), (True, "", True),
        ):  # fmt: skip
            network.is_server_operator, network.server_role = is_operator, role
            self.assertEqual(self.client.can_stop_server, expected)

    def test_removing_its_network_stops_it(self) -> None:
        server, first = self.start(), self.client.network
        second = self.client.add_network()
        self.client.remove_network(first)
        server.succeeds()
        self.client.poll(None)
        self.assertEqual(("offline", [], False), (second.state, self.links, server.is_running))

    def test_closing_stops_it_unless_it_is_left_running(self) -> None:
        for keep_server in (False, True):
            with self.subTest(keep_server):
                server = self.start()
                server.succeeds()
                self.client.poll(None)
                self.client.close(keep_server)
                self.assertIs(keep_server, server.is_running)


class ClockSetBack(ClientTest):
    """The clock of this computer is set back by an hour."""

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.receive("@time=2026-03-12T12:00:00.000Z :ben!b@h PRIVMSG #general :now")

    def shown(self) -> list[str]:
        return [each.text for each in self.general.entries]

    def test_a_ping_asks_the_server_for_its_time_at_once(self) -> None:
        self.sent()
        self.shift_clock(-3600)
        self.assertEqual(["PING alive"], self.sent())

    def test_later_entries_are_placed_below(self) -> None:
        self.shift_clock(-3600)
        self.client.note(self.general, "an answer")
        self.receive(":dee!d@h PRIVMSG #general :without a time", ":dee!d@h TOPIC #general :new")
        self.assertEqual(["now", "an answer", "without a time", "new"], self.shown()[-4:])
        self.assertEqual(NOON, self.client.network.time(self.now + self.ahead))

    def test_a_note_is_placed_below_even_if_the_server_s_clock_is_far_ahead(self) -> None:
        self.receive("@time=2026-03-12T12:30:00.000Z :ben!b@h PRIVMSG #general :later")
        self.client.note(self.general, "an answer")
        self.assertEqual(["later", "an answer"], self.shown()[-2:])

    def test_typing_notices_expire_in_time(self) -> None:
        self.receive("@+typing=active :ben!b@h TAGMSG #general")
        self.shift_clock(-3600)
        self.pass_time(10)
        self.assertEqual({}, self.general.typing)


class Robust(ClientTest):
    def test_malformed_lines_are_skipped_and_the_rest_is_read(self) -> None:
        general = self.online()
        with self.assertLogs("chatapp.client", "WARNING"):
            self.receive(
                "",
                " ",
                "@",
                ":",
                "@a=b",
                "PRIVMSG",
                ":x!y@z PRIVMSG #general",
                ":srv 353",
                ":srv 005",
                "BATCH +",
                ":srv CAP",
                "\ufffd\ufffd",
                ":ben!b@h PRIVMSG #general :still here",
            )
        self.assertEqual(["still here"], self.texts(general))

    def test_an_exception_at_one_line_skips_only_that_line(self) -> None:
        general = self.online()
        del self.client.network.ignored
        with self.assertLogs("chatapp.client.client", "ERROR"):
            self.receive("@+typing=active :ben!b@h TAGMSG #general")
        self.client.network.ignored = set()
        self.receive(":ben!b@h PRIVMSG #general :still here")
        self.assertEqual(["still here"], self.texts(general))

    def test_polling_takes_no_longer_than_its_budget(self) -> None:
        general = self.online()
        lines = [f":ben!b@h PRIVMSG #general :message {number}" for number in range(100)]
        self._inbox.put(link.LinesReceived(self.link, lines))
        with mock.patch.object(self, "clock", self._ticking):
            self.client.poll(0.5)
        self.assertEqual(16, len(self.texts(general)))
        self.client.poll(None)
        self.assertEqual(100, len(self.texts(general)))

    def _ticking(self) -> float:
        self.now += 1
        return self.now
