"""One network: the connection state that its model shows."""

from __future__ import annotations

from chatapp.client.login import Login
from chatapp.client.model.changes import (
    MembersChanged,
)
from chatapp.client.transport import link
from tests.client.base import EVERYTHING, ClientTest


class Session(ClientTest):
    def test_members_stay_on_screen_until_the_new_roster_comes(self) -> None:
        general = self.online()
        self.lose_connection()
        self.assert_not_changed(MembersChanged)
        self.assertEqual({"ana", "ben", "chen"}, set(general.members))

    def test_an_error_line_is_shown_and_is_the_reason_of_the_loss(self) -> None:
        general = self.online()
        self.receive("ERROR :Server is restarting")
        last = general.entries[-1]
        expected = "The server closed the connection: Server is restarting"
        self.assertEqual(("error", expected), (last.kind, last.text))
        self.lose_connection()
        self.assertEqual("The server says: Server is restarting", self.client.network.problem)

    def test_the_certificate_of_a_pin_is_trusted_after_the_welcome(self) -> None:
        self.client.connect(Login("chat.example", 5000, "ana", pin="3" * 64))
        self.assertEqual("", self.trusted.known("chat.example", 5000))
        self.link_up()
        self.welcome()
        self.assertEqual("3" * 64, self.trusted.known("chat.example", 5000))

    def test_the_model_says_whether_others_can_read_the_link(self) -> None:
        for encrypted, here, privacy in (
            (True, False, "encrypted"),
            (True, True, "encrypted"),
            (False, True, "here"),
            (False, False, "open"),
        ):
            with self.subTest(privacy, here=here):
                self.client.connect(Login("chat.example", 5000, "ana"))
                self.put(link.LinkConnected(self.link, encrypted, here))
                self.welcome()
                self.assertEqual(privacy, self.client.network.privacy)
                self.lose_connection()
                self.assertEqual("here", self.client.network.privacy)

    def test_the_model_follows_the_state_of_the_connection(self) -> None:
        session = self.client.sessions.current
        seen = []
        for step in (
            lambda: self.client.connect(Login("chat.example", 5000, "ana")),
            self.link_up,
            self.welcome,
            self.lose_connection,
            lambda: self.pass_time(1),
            self.client.disconnect,
        ):
            step()
            self.assertEqual(session.connection.state, self.client.network.state)
            seen.append(session.connection.state)
        expected = ["connecting", "registering", "online", "waiting", "connecting", "offline"]
        self.assertEqual(expected, seen)

    def test_a_problem_is_forgotten_once_we_are_online_again(self) -> None:
        self.online()
        self.lose_connection("Connection reset by peer")
        self.assertEqual("The connection was lost: Connection reset by peer.", self.client.network.problem)
        self.pass_time(1)
        self.link_up()
        self.welcome()
        self.assertEqual(("", None), (self.client.network.problem, self.client.network.retry_at))
        self.client.disconnect()
        self.assertEqual("", self.client.network.problem)

    def test_the_read_marker_is_sent_before_quit(self) -> None:
        self.connect()
        self.welcome(f"{EVERYTHING} draft/read-marker")
        general = self.enter()
        self.page("#general")
        self.receive(":srv MARKREAD #general *")
        self.client.network.watching = False
        self.receive("@time=2026-03-12T12:00:01.000Z;msgid=m1 :ben!b@h PRIVMSG #general :hello")
        self.client.mark_read(general)
        self.sent()
        self.client.disconnect()
        sent = [line for line in self.sent() if "MARKREAD #general" in line or line == "QUIT"]
        self.assertEqual(2, len(sent))
        self.assertIn("MARKREAD", sent[0])
