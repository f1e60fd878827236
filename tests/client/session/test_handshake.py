"""The protocol of one link: capabilities, registration, a taken nick."""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.incoming import events
from chatapp.client.login import Login
from chatapp.client.session.handshake import WANTED, Handshake
from chatapp.protocol.message import Message
from tests.client.session.sessions import SessionTest

WELCOME = ":srv 001 ana :Welcome"


class Starting(SessionTest):
    def test_the_first_lines_are_cap_nick_and_user(self) -> None:
        expected = ["CAP LS 302", "NICK ana", "USER ana 0 * ana"]
        self.assertEqual(expected, self.started(Login("h", nick="ana")))

    def test_the_server_s_password_is_sent_before_the_nick(self) -> None:
        lines = self.started(Login("h", nick="ana", server_password="secret word", realname="Ana B"))
        self.assertEqual(["CAP LS 302", "PASS :secret word", "NICK ana", "USER ana 0 * :Ana B"], lines)

    def test_an_invite_code_is_sent_as_the_password_of_a_guest(self) -> None:
        lines = self.started(Login("h", nick="ana", code="k7qx-29fm"))
        self.assertEqual(["CAP LS 302", "PASS k7qx-29fm", "NICK ana", "USER ana 0 * ana"], lines)

    def test_a_user_name_is_plain_letters_whatever_the_nick(self) -> None:
        for nick, user in {"Жанна": "chat", "[Ben]_2": "ben2", "x" * 30: "x" * 10}.items():
            with self.subTest(nick):
                self.assertIn(f"USER {user} 0 * {nick}", self.started(Login("h", nick=nick)))

    def test_the_password_of_the_account_is_not_sent_with_the_first_lines(self) -> None:
        lines = self.started(Login("h", nick="ana", password="secret"))
        self.assertEqual(["CAP LS 302", "NICK ana", "USER ana 0 * ana"], lines)

    def test_passwords_and_codes_are_not_shown_by_accident(self) -> None:
        login = Login("h", password="secret", server_password="secret", code="secret", guest_key="secret")
        self.assertNotIn("secret", repr(login))


class Guests(SessionTest):
    OFFER = ":srv CAP * LS :batch chatapp/guest-key sasl=PLAIN"
    WITH_KEY = "CAP REQ :batch chatapp/guest-key"

    def answers(self, login: Login, is_open: bool = False) -> list[str]:
        """Return what the client answers to the offer."""
        handshake = Handshake(login)
        handshake.start(is_open)
        sent, _ = handshake.receive(Message.parse(self.OFFER))
        return [str(message) for message in sent]

    def test_a_guest_tells_the_key_before_the_registration_is_complete(self) -> None:
        self.started(Login("h", nick="ana", guest_key="k" * 43))
        self.assertEqual([self.WITH_KEY], self.receive(self.OFFER))
        acknowledged = ":srv CAP * ACK :batch chatapp/guest-key"
        self.assertEqual([f"GUEST {'k' * 43}", "CAP END"], self.receive(acknowledged))

    def test_the_key_is_told_with_a_password_for_a_new_account_which_keeps_what_the_guest_wrote(self) -> None:
        login = Login("h", nick="ana", password="secret", guest_key="k" * 43)
        for new in (replace(login, new_account=True), replace(login, code="k7qx-29fm")):
            self.assertIn("guest-key", " ".join(self.answers(new)))

    def test_no_key_is_told_where_others_can_read_it_or_with_a_password(self) -> None:
        login = Login("h", nick="ana", guest_key="k" * 43)
        self.assertEqual([self.WITH_KEY], self.answers(login))
        for without, is_open in (
            (login, True),
            (replace(login, guest_key=""), False),
            (replace(login, password="secret"), False),
        ):
            with self.subTest(without):
                self.assertNotIn("guest-key", " ".join(self.answers(without, is_open)))


class Negotiating(SessionTest):
    def test_all_wanted_capabilities_that_are_offered_are_requested_at_once(self) -> None:
        sent = self.receive(":srv CAP * LS :server-time sasl=PLAIN echo-message sts")
        self.assertEqual(["CAP REQ :server-time echo-message"], sent)
        self.assertEqual(["CAP END"], self.receive(":srv CAP * ACK :server-time echo-message"))
        self.assertEqual(frozenset({"server-time", "echo-message"}), self.session.capabilities)

    def test_a_list_in_several_lines_is_waited_for(self) -> None:
        self.assertEqual([], self.receive(":srv CAP * LS * :batch sasl"))
        self.assertEqual(["CAP REQ :batch setname"], self.receive(":srv CAP * LS :setname"))

    def test_every_wanted_capability_is_requested_if_it_is_offered(self) -> None:
        self.assertEqual([f"CAP REQ :{' '.join(WANTED)}"], self.receive(f":srv CAP * LS :{' '.join(WANTED)}"))

    def test_with_a_server_that_offers_nothing_useful_the_negotiation_ends(self) -> None:
        for offered in (":srv CAP * LS :", ":srv CAP * LS :tls sasl"):
            with self.subTest(offered):
                self.assertEqual(["CAP END"], self.receive(offered))

    def test_a_server_without_capabilities_sends_its_welcome_too(self) -> None:
        self.assertEqual([], self.receive(":srv 421 * CAP :Unknown command", WELCOME))
        self.assertTrue(self.session.is_welcomed)
        self.assertEqual(frozenset(), self.session.capabilities)

    def test_capabilities_refused_together_are_requested_one_by_one(self) -> None:
        self.receive(":srv CAP * LS :batch setname")
        self.assertEqual(["CAP REQ batch", "CAP REQ setname"], self.receive(":srv CAP * NAK :batch setname"))
        self.assertEqual([], self.receive(":srv CAP * NAK :batch"))
        self.assertEqual(["CAP END"], self.receive(":srv CAP * ACK :setname"))
        self.assertEqual(frozenset({"setname"}), self.session.capabilities)

    def test_capabilities_come_and_go_later(self) -> None:
        self.receive(":srv CAP * LS :batch", ":srv CAP * ACK :batch", WELCOME)
        self.assertEqual(["CAP REQ setname"], self.receive(":srv CAP ana NEW :setname batch other"))
        self.assertEqual([], self.receive(":srv CAP ana ACK :setname", ":srv CAP ana DEL :batch"))
        self.assertEqual(frozenset({"setname"}), self.session.capabilities)
        self.assertEqual(events.CapabilitiesChanged(frozenset({"setname"})), self.events[-1])

    def test_an_acknowledged_minus_disables_a_capability(self) -> None:
        self.receive(":srv CAP * LS :batch", ":srv CAP * ACK :batch", WELCOME, ":srv CAP ana ACK :-batch")
        self.assertEqual(frozenset(), self.session.capabilities)

    def test_a_malformed_cap_line_is_ignored(self) -> None:
        self.assertEqual([], self.receive("CAP", ":srv CAP *", ":srv CAP * DANCE :x", ":srv CAP * ACK :"))


class Registering(SessionTest):
    def test_the_welcome_contains_our_nick(self) -> None:
        self.receive(":srv 001 ana_cut :Welcome")
        self.assertEqual("ana_cut", self.session.nick)
        self.assertIn(events.Registered("ana_cut"), self.events)

    def test_a_taken_nick_is_reported_at_a_first_connection(self) -> None:
        self.assertEqual([], self.receive(":srv 433 * ana :in use"))
        self.assertEqual([events.NickRefused("ana", True, "in use")], self.events)

    def test_a_taken_nick_is_replaced_when_we_come_back(self) -> None:
        self.started(Login("h", nick="ana"), fallback=True)
        self.assertEqual(["NICK ana_2"], self.receive(":srv 433 * ana :in use"))
        self.assertEqual(["NICK ana_3"], self.receive(":srv 433 * ana_2 :in use"))
        self.assertEqual([], self.events)

    def test_a_ping_is_answered_before_and_after_the_welcome(self) -> None:
        self.assertEqual(["PONG abc"], self.receive("PING abc"))
        self.assertEqual(["PONG :a b"], self.receive(WELCOME, "PING :a b"))

    def test_features_add_up_over_lines_and_can_be_taken_back(self) -> None:
        self.receive(
            ":srv 005 ana NICKLEN=9 NETWORK=A\\x20B :are supported", ":srv 005 ana WHOX :are supported"
        )
        self.assertEqual({"NICKLEN": "9", "NETWORK": "A B", "WHOX": ""}, self.session.isupport)
        self.receive(":srv 005 ana -WHOX NICKLEN=20 :are supported")
        self.assertEqual({"NICKLEN": "20", "NETWORK": "A B"}, self.session.isupport)
