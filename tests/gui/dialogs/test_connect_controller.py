"""The first dialog and the client: certificates, stored logins, discovered servers."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local import saved_servers
from chatapp.client.local.code_lookup import CodeLookup, CodeUnknown
from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.local.settings import Settings
from chatapp.client.login import Encrypt, Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import CertificateProblem, CertificateProblemKind
from chatapp.client.transport.server_check import ServerAnswers, ServerCheck
from chatapp.gui.dialogs.certificate_panel import CertificatePanel
from chatapp.gui.dialogs.connect_controller import ConnectController, initial_login, login_for_next_time
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite
from tests.gui.base import WindowTest

UNKNOWN = CertificateProblem("unknown", "chat.example", 5000, "ab" * 32)
CHANGED = CertificateProblem("changed", "chat.example", 5000, "ab" * 32)
PIN = CertificateProblem("pin", "chat.example", 5000, "ab" * 32)
ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)


class Search:
    """A search whose results come from the test."""

    def __init__(self, found: Callable[[list[Offer]], None]) -> None:
        self.found = found
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False


class InitialLoginTest(unittest.TestCase):
    def test_the_last_successful_login_is_offered(self) -> None:
        settings = Settings(name="ana", servers=["chat.example:6667"], channels=["#help"])
        self.assertEqual(initial_login(settings), Login("chat.example", 6667, "ana", "", "", ("#help",)))

    def test_after_a_local_server_starting_one_is_offered(self) -> None:
        self.assertEqual(initial_login(Settings(name="ana", servers=["127.0.0.1:5001"])).host, "")

    def test_the_certificate_of_the_last_chat_is_the_only_one_that_is_accepted(self) -> None:
        row = {"server": "127.0.0.1:5001", "nick": "ana", "pin": "ab" * 32, "local": True}
        settings = Settings(name="ana", servers=["127.0.0.1:5001"], logins={"127.0.0.1:5001": row})
        self.assertEqual(Login("", 5001, "ana", pin="ab" * 32), initial_login(settings))

    def test_a_password_is_not_stored(self) -> None:
        self.assertEqual(login_for_next_time(Login("chat.example", password="secret")).password, "")


class ConnectControllerTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.client = mock.create_autospec(Client, instance=True)
        self.client.is_kept = False
        self.client.networks = [self.client.network]
        self.client.login_of.side_effect = lambda network: self.client.login
        self.settings = Settings()
        self.left: list[str] = []
        self.make_lookup = mock.Mock()
        self.connect_controller = self.controller(Login("chat.example", nick="ana"))

    def controller(self, login: Login) -> ConnectController:
        return ConnectController(
            self.root,
            self.theme,
            lambda: self.client,
            "in the keyring",
            self.settings,
            login,
            lambda: self.left.append("left"),
            self.make_search,
            self.make_lookup,
        )

    def make_search(self, found: Callable[[list[Offer]], None]) -> Search:
        self.search = Search(found)
        return self.search

    def show_problem(self, problem: CertificateProblem) -> CertificatePanel:
        """Let connecting fail because of a certificate and return the panel that asks about it."""
        self.connect_controller.show_failed(
            ConnectFailed("certificate", problem.title, certificate_problem=problem)
        )
        self.settle()
        panel = self.connect_controller.open().certificate_panel
        self.assertTrue(panel.winfo_ismapped())
        self.assertFalse(self.connect_controller.open().fields["name"].winfo_ismapped())
        self.assertEqual(str(panel.fingerprint.cget("text")).replace(" ", "").replace("\n", ""), "AB" * 32)
        return panel

    def assert_back(self) -> None:
        """Check that the form is shown again and nothing was trusted."""
        self.settle()
        dialog = self.connect_controller.open()
        self.assertTrue(dialog.fields["name"].winfo_ismapped())
        self.assertFalse(dialog.certificate_panel.winfo_ismapped())
        self.assertTrue(dialog.fields["name"].entry.instate(["!disabled"]))
        self.client.trust.assert_not_called()

    def test_an_unknown_certificate_can_be_trusted(self) -> None:
        panel = self.show_problem(UNKNOWN)
        panel.trust.invoke()
        self.client.trust.assert_called_once_with(UNKNOWN, False)
        dialog = self.connect_controller.open()
        self.settle()
        self.assertEqual(dialog.deed.cget("text"), "Joining chat.example…")
        self.assertTrue(dialog.fields["name"].winfo_ismapped())

    def test_the_own_chat_that_had_to_take_another_port_is_offered_once(self) -> None:
        self.settings.servers = ["chat.example:5000", "127.0.0.1:5001"]
        self.connect_controller.start_server(Login("", 5001, "ana", pin="ab" * 32))
        self.client.login = Login("127.0.0.1", 5002, "ana", pin="ab" * 32)
        self.connect_controller.show_online(self.client.network)
        self.assertEqual(["127.0.0.1:5002", "chat.example:5000"], self.settings.servers)

    def test_distrusting_a_certificate_returns_to_the_fields(self) -> None:
        self.show_problem(UNKNOWN).cancel.invoke()
        self.assert_back()

    def test_trusting_is_the_default_only_for_an_unknown_certificate(self) -> None:
        defaults: dict[CertificateProblemKind, str] = {
            "unknown": "Trust it",
            "changed": "Cancel",
            "changed-here": "Cancel",
            "expired": "Cancel",
            "early": "Cancel",
            "name": "Cancel",
            "pin": "Back",
            "pin-here": "Back",
        }
        for kind, default in defaults.items():
            with self.subTest(kind):
                panel = self.show_problem(CertificateProblem(kind, "chat.example", 5000, "ab" * 32))
                primary = [
                    each for each in (panel.trust, panel.cancel) if each.cget("style") == "Primary.TButton"
                ]
                self.assertEqual([each.cget("text") for each in primary], [default])
                dialog = self.connect_controller.open()
                self.assertEqual(dialog.focus_lastfor(), primary[0])
                self.assertGreater(
                    primary[0].winfo_rootx(),
                    0 if default == "Back" else min(panel.trust.winfo_rootx(), panel.cancel.winfo_rootx()),
                )

    def test_a_changed_certificate_can_be_trusted_anyway(self) -> None:
        panel = self.show_problem(CHANGED)
        self.assertEqual(panel.trust.cget("text"), "Trust it anyway")
        panel.trust.invoke()
        self.client.trust.assert_called_once_with(CHANGED, True)

    def test_a_certificate_other_than_that_of_the_link_cannot_be_trusted(self) -> None:
        panel = self.show_problem(PIN)
        self.assertFalse(panel.trust.winfo_ismapped())
        panel.cancel.invoke()
        self.assert_back()

    def test_escape_does_not_trust_and_a_second_one_closes_the_dialog(self) -> None:
        for problem in (UNKNOWN, CHANGED, PIN):
            with self.subTest(problem.kind):
                self.show_problem(problem)
                dialog = self.connect_controller.open()
                self.focus(dialog)
                self.press(dialog, "<Escape>")
                self.assert_back()
        self.press(dialog, "<Escape>")
        self.assertFalse(dialog.winfo_exists())

    def test_enter_beside_the_buttons_does_nothing(self) -> None:
        self.show_problem(CHANGED)
        dialog = self.connect_controller.open()
        self.focus(dialog)
        self.press(dialog, "<Return>")
        self.client.connect.assert_not_called()
        self.client.trust.assert_not_called()

    def test_once_connected_the_dialog_closes_and_the_login_is_stored(self) -> None:
        self.client.login = Login("chat.example", 6667, "ana", "secret", "Ana Silva", ("#help",))
        dialog = self.connect_controller.open()
        self.connect_controller.show_online(self.client.network)
        self.assertFalse(dialog.winfo_exists())
        self.assertEqual(self.left, [])
        settings = self.settings
        self.assertEqual((settings.name, settings.realname), ("ana", "Ana Silva"))
        self.assertEqual((settings.servers, settings.channels), (["chat.example:6667"], ["#help"]))
        self.assertEqual(self.connect_controller.open().fields["password"].value, "")
        self.assertEqual(self.connect_controller.open().pages.welcome.chosen, "chat.example:6667")

    def test_whether_a_server_is_unencrypted_is_stored(self) -> None:
        cases: dict[Encrypt, list[str]] = {"never": ["h:6667"], "auto": []}
        for encrypt, expected in cases.items():
            self.client.login = Login("h", 6667, "ana", encrypt=encrypt)
            self.connect_controller.show_online(self.client.network)
            self.assertEqual(self.settings.unencrypted, expected)
            self.assertEqual(initial_login(self.settings).encrypt, encrypt)

    def test_after_a_link_its_certificate_is_expected_again(self) -> None:
        self.client.login = Login("h", 5000, "ana", "secret", "", ("#a",), "always", "ab" * 32, "k3x9-abcd")
        self.connect_controller.show_online(self.client.network)
        self.connect_controller.open().deed.invoke()
        ((login, _), _) = self.client.connect.call_args
        self.assertEqual(
            (login.pin, login.encrypt, login.channels, login.code), ("ab" * 32, "always", ("#a",), "")
        )

    def test_an_invite_link_replaces_the_content_of_the_dialog(self) -> None:
        before = self.connect_controller.open()
        link = f"chat://192.168.1.20/help?pin=sha256:{'cd' * 32}"
        self.connect_controller.invite(Invite.parse(link))
        self.assertFalse(before.winfo_exists())
        self.assertEqual(self.left, [])
        fields = self.connect_controller.open().fields
        self.assertEqual((fields["server"].value, fields["name"].value), (link, "ana"))
        self.client.connect.assert_not_called()

    def test_a_found_chat_is_joined_without_believing_its_fingerprint(self) -> None:
        self.connect_controller = self.controller(Login("", nick="ana"))
        dialog = self.connect_controller.open()
        self.assertTrue(self.search.running)
        self.search.found([])
        self.search.found([ROOM])
        self.connect_controller.poll()
        self.settle()
        dialog.deed.invoke()
        ((login, _), _) = self.client.connect.call_args
        self.assertEqual((login.host, login.port, login.nick), ("192.168.1.20", 5000, "ana"))
        self.assertEqual(login.pin, "", "anybody on the network can announce any certificate")

    def test_that_nothing_was_found_is_said_after_a_while(self) -> None:
        dialog = self.connect_controller.open()
        self.connect_controller.poll()
        self.assertNotEqual(dialog.pages.welcome.count.cget("text"), "")
        with mock.patch("time.monotonic", return_value=1e12):
            self.connect_controller.poll()
        self.assertEqual(dialog.pages.welcome.count.cget("text"), "")

    def test_the_server_of_a_typed_address_is_asked_until_another_is_typed(self) -> None:
        first, second = (mock.create_autospec(ServerCheck, instance=True) for _ in range(2))
        first.poll.return_value = None
        second.poll.side_effect = [ServerAnswers("Room 12", True)]
        self.client.check_server.side_effect = [first, second]
        dialog = self.connect_controller.open()
        dialog.show_page("join")
        for text, calls in (("192.168.1.20", 1), ("192.168.1.21", 2)):
            dialog.pages.join.show(text)
            self.until_checked(calls)
            self.connect_controller.poll()
        first.stop.assert_called_once_with()
        second.stop.assert_called_once_with()
        self.assertIn("Room 12 answers", dialog.fields["server"].note)

    def test_the_proxy_of_the_last_login_is_stored_without_its_password(self) -> None:
        proxy = "socks5://ana:secret@proxy.example:1080"
        self.client.login = Login("chat.example", 6667, "ana", proxy=proxy)
        self.connect_controller.show_online(self.client.network)
        self.assertEqual("socks5://ana@proxy.example:1080", self.settings.proxy)
        self.assertEqual("socks5://ana@proxy.example:1080", initial_login(self.settings).proxy)

    def test_a_typed_address_is_asked_through_the_proxy_of_the_dialog(self) -> None:
        dialog = self.connect_controller.open()
        dialog.pages.advanced.proxy.show("socks5://proxy.example:1080")
        dialog.show_page("join")
        dialog.pages.join.show("192.168.1.20")
        self.until_checked(1)
        [asked] = self.client.check_server.call_args.args
        self.assertEqual("socks5://proxy.example:1080", asked.proxy)

    def test_the_chat_of_a_code_is_looked_for_until_another_text_is_typed(self) -> None:
        lookups = [mock.create_autospec(CodeLookup, instance=True) for _ in range(2)]
        self.make_lookup.side_effect = lookups
        dialog = self.connect_controller.open()
        dialog.show_page("join")
        dialog.pages.join.show("K7QX-29FM")
        dialog.pages.join.show("K7QX-29FN")
        lookups[0].stop.assert_called_once_with()
        lookups[1].start.assert_called_once_with()
        self.make_lookup.call_args.args[1](CodeUnknown("Nobody has it."))
        self.connect_controller.poll()
        self.assertEqual(dialog.fields["server"].note, "Nobody has it.")

    def until_checked(self, times: int) -> None:
        self.until(lambda: self.client.check_server.call_count == times)

    def test_a_new_chat_is_started_with_its_name_and_switches(self) -> None:
        dialog = self.connect_controller.open()
        dialog.pages.welcome.others.click("new")
        dialog.fields["chat"].value = "Room 12"
        dialog.deed.invoke()
        login = self.client.start_chat.call_args.args[0]
        self.assertEqual((login.host, login.nick), ("", "ana"))
        self.assertEqual(self.client.start_chat.call_args.args[1:], ("Room 12", True, False, None))

    def test_the_own_chat_that_runs_already_is_shown(self) -> None:
        self.connect_controller.open()
        self.client.running_chat = self.client.network
        self.connect_controller.open_running(Login("", nick="ana"))
        self.client.use_network.assert_called_once_with(self.client.network)
        self.assertIsNone(self.connect_controller.dialog)

    def test_the_own_chat_that_runs_already_and_is_not_connected_is_connected(self) -> None:
        self.connect_controller.open()
        self.client.running_chat = None
        self.connect_controller.open_running(Login("", nick="ana"))
        self.assertEqual(self.client.start_server.call_args.args[0], Login("", nick="ana"))

    def test_the_own_chat_is_started_again_as_it_was(self) -> None:
        self.settings.servers.append("127.0.0.1:5000")
        here = Login("127.0.0.1", 5000, "ana")
        for is_for_lan in (False, True):
            with self.subTest(is_for_lan=is_for_lan):
                key = "127.0.0.1:5000"
                saved = SavedServer(key, here, "Room 12", is_local=True, is_for_lan=is_for_lan)
                saved_servers.store(self.settings, [saved])
                self.connect_controller = self.controller(Login("", nick="ana"))
                dialog = self.connect_controller.open()
                self.assertEqual(dialog.deed.cget("text"), "Open Room 12")
                dialog.deed.invoke()
                self.assertEqual(self.client.start_server.call_args.args[1:], (None, saved))
                dialog.destroy()

    def test_servers_are_searched_as_long_as_the_dialog_is_open(self) -> None:
        leaves: dict[str, Callable[[], None]] = {
            "closed": lambda: self.connect_controller.open().close(),
            "online": lambda: self.connect_controller.show_online(self.client.network),
            "at the end": self.connect_controller.stop,
        }
        for case, leave in leaves.items():
            with self.subTest(case):
                self.client.login = Login("chat.example", nick="ana")
                self.connect_controller.open()
                search = self.search
                self.assertTrue(search.running)
                leave()
                self.assertFalse(search.running)
                search.found([ROOM])
                self.connect_controller.poll()

    def test_a_new_dialog_shows_only_servers_found_since_it_opened(self) -> None:
        self.connect_controller.open()
        self.search.found([ROOM])
        self.connect_controller.invite(Invite("chat.example", 6697))
        self.connect_controller.poll()
        dialog = self.connect_controller.open()
        self.assertNotIn("192.168.1.20:5000", dialog.pages.welcome.chats.card_keys)
        self.search.found([ROOM])
        self.connect_controller.poll()
        self.assertIn("192.168.1.20:5000", dialog.pages.welcome.chats.card_keys)

    def test_the_settings_note_that_a_password_is_stored_but_not_the_password(self) -> None:
        login = Login("chat.example", 6667, "Ana", "secret", remember=True)
        self.client.login = login
        for _ in range(2):
            self.connect_controller.show_online(self.client.network)
            self.assertEqual(self.settings.remembered, ["chat.example:6667 ana"])
        self.assertNotIn("secret", repr(self.settings))
        self.assertTrue(initial_login(self.settings).remember)
        self.client.forget_password.assert_not_called()
        self.client.login = replace(login, remember=False)
        self.connect_controller.show_online(self.client.network)
        self.assertEqual(self.settings.remembered, [])
        self.client.forget_password.assert_called_once_with(self.client.login)
        self.assertFalse(initial_login(self.settings).remember)

    def test_a_stored_password_that_was_not_found_is_forgotten(self) -> None:
        self.settings.remembered.append("chat.example:6667 ana")
        self.client.login = Login("chat.example", 6667, "ana", remember=True)
        self.connect_controller.show_online(self.client.network)
        self.assertEqual(self.settings.remembered, [])

    def test_closing_the_dialog_is_reported(self) -> None:
        self.connect_controller.open().close()
        self.assertEqual(self.left, ["left"])


if __name__ == "__main__":
    unittest.main()
