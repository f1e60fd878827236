"""Getting in: what is asked about a certificate, and what is remembered."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from dataclasses import replace
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Encrypt, Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import CertificateProblem, CertificateProblemKind
from chatapp.gui.dialogs.certificate_panel import CertificatePanel
from chatapp.gui.dialogs.connect_controller import ConnectController, initial_login
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite
from tests.gui.base import WindowTest

UNKNOWN = CertificateProblem("unknown", "chat.example", 5000, "ab" * 32)
CHANGED = CertificateProblem("changed", "chat.example", 5000, "ab" * 32)
PIN = CertificateProblem("pin", "chat.example", 5000, "ab" * 32)
ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)


class Search:
    """A search that finds what the test says."""

    def __init__(self, found: Callable[[list[Offer]], None]) -> None:
        self.found = found
        self.running = False

    def start(self) -> None:
        self.running = True

    def stop(self) -> None:
        self.running = False


class EntranceTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.client = mock.create_autospec(Client, instance=True)
        self.client.keeps_passwords = "in the keyring"
        self.settings = Settings()
        self.left: list[str] = []
        self.connect_controller = ConnectController(
            self.root,
            self.theme,
            self.client,
            self.settings,
            Login("chat.example", nick="ana"),
            lambda: self.left.append("left"),
            self.make_search,
        )

    def make_search(self, found: Callable[[list[Offer]], None]) -> Search:
        self.search = Search(found)
        return self.search

    def doubt(self, doubt: CertificateProblem) -> CertificatePanel:
        """A certificate is in doubt; gives what the dialog asks."""
        self.connect_controller.show_failed(
            ConnectFailed("certificate", doubt.title, certificate_problem=doubt)
        )
        self.settle()
        panel = self.connect_controller.open().certificate_panel
        self.assertTrue(panel.winfo_ismapped())
        self.assertFalse(self.connect_controller.open().fields["name"].winfo_ismapped())
        self.assertEqual(str(panel.fingerprint.cget("text")).replace(" ", "").replace("\n", ""), "ab" * 32)
        return panel

    def assert_back(self) -> None:
        """The fields are there again, and nothing was trusted."""
        self.settle()
        dialog = self.connect_controller.open()
        self.assertTrue(dialog.fields["name"].winfo_ismapped())
        self.assertFalse(dialog.certificate_panel.winfo_ismapped())
        self.assertTrue(dialog.fields["name"].entry.instate(["!disabled"]))
        self.client.trust.assert_not_called()

    def test_an_unknown_certificate_can_be_trusted(self) -> None:
        panel = self.doubt(UNKNOWN)
        panel.trust.invoke()
        self.client.trust.assert_called_once_with(UNKNOWN)
        dialog = self.connect_controller.open()
        self.settle()
        self.assertEqual(dialog.connect.cget("text"), "Connecting…")
        self.assertTrue(dialog.fields["name"].winfo_ismapped())

    def test_what_is_not_trusted_ends_at_the_fields(self) -> None:
        self.doubt(UNKNOWN).cancel.invoke()
        self.assert_back()

    def test_what_is_probably_right_is_trusted_by_default_and_nothing_else(self) -> None:
        defaults: dict[CertificateProblemKind, str] = {
            "unknown": "Trust it",
            "changed": "Cancel",
            "expired": "Cancel",
            "early": "Cancel",
            "name": "Cancel",
            "pin": "Back",
        }
        for kind, default in defaults.items():
            with self.subTest(kind):
                panel = self.doubt(CertificateProblem(kind, "chat.example", 5000, "ab" * 32))
                primary = [
                    each for each in (panel.trust, panel.cancel) if each.cget("style") == "Primary.TButton"
                ]
                self.assertEqual([each.cget("text") for each in primary], [default])
                dialog = self.connect_controller.open()
                self.assertEqual(dialog.focus_lastfor(), primary[0])
                self.assertGreater(
                    primary[0].winfo_rootx(),
                    0 if kind == "pin" else min(panel.trust.winfo_rootx(), panel.cancel.winfo_rootx()),
                )

    def test_a_changed_one_can_be_trusted_all_the_same(self) -> None:
        panel = self.doubt(CHANGED)
        self.assertEqual(panel.trust.cget("text"), "Trust it anyway")
        panel.trust.invoke()
        self.client.trust.assert_called_once_with(CHANGED)

    def test_where_the_link_names_another_certificate_nothing_can_be_decided(self) -> None:
        panel = self.doubt(PIN)
        self.assertFalse(panel.trust.winfo_ismapped())
        panel.cancel.invoke()
        self.assert_back()

    def test_escape_does_not_trust_and_a_second_one_closes_the_dialog(self) -> None:
        for doubt in (UNKNOWN, CHANGED, PIN):
            with self.subTest(doubt.kind):
                self.doubt(doubt)
                dialog = self.connect_controller.open()
                self.focus(dialog)
                self.press(dialog, "<Escape>")
                self.assert_back()
        self.press(dialog, "<Escape>")
        self.assertFalse(dialog.winfo_exists())

    def test_enter_beside_the_buttons_does_nothing(self) -> None:
        self.doubt(CHANGED)
        dialog = self.connect_controller.open()
        self.focus(dialog)
        self.press(dialog, "<Return>")
        self.client.connect.assert_not_called()
        self.client.trust.assert_not_called()

    def test_once_in_the_dialog_goes_and_the_login_is_remembered(self) -> None:
        self.client.login = Login("chat.example", 6667, "ana", "secret", "Ana Silva", ("#help",))
        dialog = self.connect_controller.open()
        self.connect_controller.show_online()
        self.assertFalse(dialog.winfo_exists())
        self.assertEqual(self.left, [])
        settings = self.settings
        self.assertEqual((settings.name, settings.realname), ("ana", "Ana Silva"))
        self.assertEqual((settings.servers, settings.channels), (["chat.example:6667"], ["#help"]))
        self.assertEqual(self.connect_controller.open().fields["password"].value, "")

    def test_a_server_without_encryption_is_remembered_as_one_as_long_as_that_is_so(self) -> None:
        cases: dict[Encrypt, list[str]] = {"never": ["h:6667"], "auto": []}
        for encrypt, expected in cases.items():
            self.client.login = Login("h", 6667, "ana", encrypt=encrypt)
            self.connect_controller.show_online()
            self.assertEqual(self.settings.unencrypted, expected)
            self.assertEqual(initial_login(self.settings).encrypt, encrypt)

    def test_after_a_link_the_dialog_says_it_again(self) -> None:
        self.client.login = Login("h", 5000, "ana", "secret", "", ("#a",), "always", "ab" * 32, "k3x9-abcd")
        self.connect_controller.show_online()
        link = f"ircs://h:5000/a?pin=sha256:{'ab' * 32}"
        self.assertEqual(self.connect_controller.open().fields["server"].value, link)

    def test_a_link_is_offered_in_place_of_what_was_there(self) -> None:
        before = self.connect_controller.open()
        link = f"ircs://192.168.1.20:5000/help?pin=sha256:{'cd' * 32}"
        self.connect_controller.invite(Invite.parse(link))
        self.assertFalse(before.winfo_exists())
        self.assertEqual(self.left, [])
        fields = self.connect_controller.open().fields
        self.assertEqual((fields["server"].value, fields["name"].value), (link, "ana"))
        self.client.connect.assert_not_called()

    def test_a_server_of_this_network_is_offered_and_one_click_goes_there(self) -> None:
        dialog = self.connect_controller.open()
        self.assertTrue(self.search.running)
        self.search.found([])
        self.search.found([ROOM])
        self.connect_controller.poll()
        self.settle()
        self.assertIn("Room 12 · 192.168.1.20", dialog.fields["server"].entry.cget("values"))
        dialog.form.discovered.buttons["Room 12 · 192.168.1.20"].invoke()
        ((login,), _) = self.client.connect.call_args
        self.assertEqual((login.host, login.port, login.nick), ("192.168.1.20", 5000, "ana"))
        self.assertEqual(login.pin, "", "anybody on the network can announce any certificate")

    def test_it_is_looked_for_servers_as_long_as_the_dialog_is_open(self) -> None:
        leaves: dict[str, Callable[[], None]] = {
            "closed": lambda: self.connect_controller.open().close(),
            "online": self.connect_controller.show_online,
            "at the end": self.connect_controller.stop,
        }
        for words, leave in leaves.items():
            with self.subTest(words):
                self.client.login = Login("chat.example", nick="ana")
                self.connect_controller.open()
                search = self.search
                self.assertTrue(search.running)
                leave()
                self.assertFalse(search.running)
                search.found([ROOM])
                self.connect_controller.poll()

    def test_a_new_dialog_is_told_of_what_is_found_anew(self) -> None:
        self.connect_controller.open()
        self.search.found([ROOM])
        self.connect_controller.invite(Invite("chat.example", 6697))
        self.connect_controller.poll()
        dialog = self.connect_controller.open()
        self.assertEqual(dialog.form.discovered.buttons, {})
        self.search.found([ROOM])
        self.connect_controller.poll()
        self.assertEqual(list(dialog.form.discovered.buttons), ["Room 12 · 192.168.1.20"])

    def test_that_a_password_is_kept_is_remembered_and_nothing_of_it(self) -> None:
        login = Login("chat.example", 6667, "Ana", "secret", remember=True)
        self.client.login = login
        for _ in range(2):
            self.connect_controller.show_online()
            self.assertEqual(self.settings.remembered, ["chat.example:6667 ana"])
        self.assertNotIn("secret", repr(self.settings))
        self.assertTrue(initial_login(self.settings).remember)
        self.client.forget_password.assert_not_called()
        self.client.login = replace(login, remember=False)
        self.connect_controller.show_online()
        self.assertEqual(self.settings.remembered, [])
        self.client.forget_password.assert_called_once_with(self.client.login)
        self.assertFalse(initial_login(self.settings).remember)

    def test_one_that_was_not_found_is_not_kept(self) -> None:
        self.settings.remembered.append("chat.example:6667 ana")
        self.client.login = Login("chat.example", 6667, "ana", remember=True)
        self.connect_controller.show_online()
        self.assertEqual(self.settings.remembered, [])

    def test_closing_the_dialog_is_told(self) -> None:
        self.connect_controller.open().close()
        self.assertEqual(self.left, ["left"])


if __name__ == "__main__":
    unittest.main()
