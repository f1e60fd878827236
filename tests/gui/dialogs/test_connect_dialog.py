"""The first dialog: its fields, the logins that it creates, and the errors that it shows."""

from __future__ import annotations

import tkinter as tk
import unittest
from tkinter import ttk

from chatapp.client.local.settings import Settings
from chatapp.client.login import PORT, Encrypt, Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.model.network import FailureKind
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.gui.dialogs import connect_controller
from chatapp.gui.dialogs.advanced import ENCRYPT
from chatapp.gui.dialogs.connect_dialog import ConnectDialog
from chatapp.gui.dialogs.login_form import START_HERE
from tests.gui.base import WindowTest

PIN = "0123456789abcdef" * 4
LINK = f"ircs://192.168.1.20:5000/general,help?pin=sha256:{PIN}"


class OfferTest(unittest.TestCase):
    def test_the_last_successful_login_is_offered(self) -> None:
        settings = Settings(name="ana", servers=["chat.example:6667"], channels=["#help"])
        self.assertEqual(
            connect_controller.initial_login(settings), Login("chat.example", 6667, "ana", "", "", ("#help",))
        )

    def test_after_a_local_server_starting_one_is_offered(self) -> None:
        self.assertEqual(
            connect_controller.initial_login(Settings(name="ana", servers=["127.0.0.1:5001"])).host, ""
        )

    def test_a_password_is_not_stored(self) -> None:
        self.assertEqual(
            connect_controller.login_for_next_time(Login("chat.example", password="secret")).password, ""
        )


class ConnectDialogTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.root.withdraw()
        self.connected: list[Login] = []
        self.started: list[tuple[Login, bool]] = []
        self.trusted: list[CertificateProblem] = []
        self.remembered: list[tuple[str, int, str]] = []
        self.calls: list[str] = []
        self.dialog = self.open(Login("", nick="ana"))

    def open(self, login: Login) -> ConnectDialog:
        dialog = ConnectDialog(
            self.root,
            self.theme,
            login,
            ["127.0.0.1:5000", "chat.example"],
            "in the keyring",
            lambda login: (login.host, login.port, login.nick) in self.remembered,
            on_connect=self.connected.append,
            on_start=lambda login, lan: self.started.append((login, lan)),
            on_trust=self.trusted.append,
            on_cancel=lambda: self.calls.append("cancel"),
            on_close=lambda: self.calls.append("close"),
        )
        self.settle()
        return dialog

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.dialog.fields[name].value = value

    def enter(self) -> None:
        self.focus(self.dialog.fields["name"].entry)
        self.press(self.dialog.fields["name"].entry, "<Return>")

    def typed(self, field: str = "server") -> None:
        """Type a letter into a field."""
        self.focus(self.dialog.fields[field].entry)
        self.press(self.dialog.fields[field].entry, "<KeyRelease-c>")
        self.settle()

    def noted(self) -> str:
        """Return the note below the server."""
        self.settle()
        return self.dialog.fields["server"].note

    def errors(self) -> dict[str, str]:
        return {name: field.error for name, field in self.dialog.fields.items() if field.error}

    def test_a_name_and_enter_start_a_server_on_this_computer(self) -> None:
        self.enter()
        self.assertEqual(self.started, [(Login("", PORT, "ana"), False)])

    def test_a_local_server_can_be_shared_on_the_network(self) -> None:
        self.dialog.form.share.invoke()
        self.enter()
        self.assertEqual([lan for _, lan in self.started], [True])

    def test_an_address_connects_to_that_server(self) -> None:
        self.fill(server="chat.example", name="Ben Okafor", password="secret")
        self.enter()
        user = Login("chat.example", PORT, "Ben_Okafor", "secret", display_name="Ben Okafor")
        self.assertEqual(self.connected, [user])

    def test_a_port_in_the_address_takes_precedence(self) -> None:
        self.fill(server="chat.example:6667", port="7000")
        self.enter()
        self.assertEqual(self.connected[0].port, 6667)

    def test_folded_fields_are_used(self) -> None:
        self.fill(server="chat.example", port="7000", realname="Ana Silva", channels="homework, #help")
        self.enter()
        self.assertEqual(
            self.connected, [Login("chat.example", 7000, "ana", "", "Ana Silva", ("#homework", "#help"))]
        )

    def test_sharing_is_offered_only_for_a_server_here(self) -> None:
        self.assertTrue(self.dialog.form.share.winfo_ismapped())
        self.fill(server="chat.example")
        self.focus(self.dialog.fields["server"].entry)
        self.press(self.dialog.fields["server"].entry, "<KeyRelease-e>")
        self.assertFalse(self.dialog.form.share.winfo_ismapped())

    def test_without_a_name_it_asks_for_one(self) -> None:
        self.fill(name="  ")
        self.enter()
        self.assertEqual(self.errors(), {"name": "Enter your name."})
        self.assertEqual(self.started, [])

    def test_an_invalid_port_is_refused_in_its_field(self) -> None:
        for port in ("0", "65536", "x", "-1", "²"):
            with self.subTest(port=port):
                self.fill(server="chat.example", port=port)
                self.enter()
                self.assertEqual(list(self.errors()), ["port"])
                self.assertTrue(self.dialog.fields["port"].winfo_ismapped())
        self.assertEqual(self.connected, [])

    def test_while_connecting_the_fields_are_disabled_and_it_can_be_cancelled(self) -> None:
        self.dialog.show_connecting("chat.example:5000")
        self.settle()
        self.assertTrue(self.dialog.fields["name"].entry.instate(["disabled"]))
        self.assertEqual(self.dialog.connect.cget("text"), "Connecting…")
        self.dialog.cancel.invoke()
        self.settle()
        self.assertEqual(self.calls, ["cancel"])
        self.assertTrue(self.dialog.fields["name"].entry.instate(["!disabled"]))
        self.assertFalse(self.dialog.cancel.winfo_ismapped())

    def test_an_error_is_shown_under_its_field_and_the_text_stays(self) -> None:
        self.fill(server="chat.example")
        cases: list[tuple[FailureKind, str]] = [
            ("name", "name"),
            ("name-taken", "name"),
            ("password", "password"),
            ("host", "server"),
            ("timeout", "server"),
            ("not-chat", "server"),
            ("closed", "server"),
            ("wants-tls", "server"),
            ("launch", "server"),
            ("port", "port"),
            ("server-password", "server-password"),
        ]
        for kind, field in cases:
            with self.subTest(kind=kind):
                self.dialog.show_connecting("…")
                self.dialog.show_failed(ConnectFailed(kind, "It did not work."))
                self.assertEqual(self.errors(), {field: "It did not work."})
                self.assertEqual(self.dialog.fields["server"].value, "chat.example")

    def test_for_a_taken_name_another_one_is_offered(self) -> None:
        self.fill(server="chat.example")
        self.dialog.show_failed(ConnectFailed("name-taken", "Somebody is already called ana.", "ana_2"))
        self.dialog.fields["name"].action_button.invoke()
        self.assertEqual([login.nick for login in self.connected], ["ana_2"])

    def test_a_refused_local_connection_offers_to_start_a_server(self) -> None:
        self.fill(server="127.0.0.1:5000")
        self.dialog.show_failed(ConnectFailed("refused", "Nothing answers."))
        self.assertEqual(self.errors()["server"], "Nothing answers. Is the server running?")
        self.dialog.fields["server"].action_button.invoke()
        self.assertEqual((len(self.started), self.dialog.fields["server"].value), (1, START_HERE))

    def test_without_tls_connecting_unencrypted_is_offered(self) -> None:
        self.fill(server="chat.example")
        self.dialog.show_failed(ConnectFailed("no-tls", "There is no encrypted connection."))
        self.dialog.fields["server"].action_button.invoke()
        self.assertEqual([login.encrypt for login in self.connected], ["never"])

    def test_on_another_computer_starting_a_server_is_not_offered(self) -> None:
        self.fill(server="chat.example")
        self.dialog.show_failed(ConnectFailed("refused", "Nothing answers."))
        self.settle()
        self.assertFalse(self.dialog.fields["server"].action_button.winfo_ismapped())

    def test_a_link_sets_server_and_channels_and_is_explained(self) -> None:
        self.fill(server=LINK, port="7000", channels="#other", realname="Ana")
        self.typed()
        self.enter()
        expected = Login("192.168.1.20", 5000, "ana", "", "Ana", ("#general", "#help"), "always", PIN)
        self.assertEqual(self.connected, [expected])
        text = "Invitation to #general, #help on 192.168.1.20, with its certificate."
        self.assertEqual(self.noted(), text)
        self.fill(server="chat.example")
        self.typed()
        self.assertEqual(self.noted(), "")

    def test_a_pasted_link_is_explained(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append(LINK)
        self.fill(server="")
        entry = self.dialog.fields["server"].entry
        self.focus(entry)
        self.press(entry, "<<Paste>>")
        self.assertIn("Invitation to #general", self.noted())

    def test_a_damaged_link_is_refused_in_its_field(self) -> None:
        self.fill(server=LINK[:-5])
        self.typed()
        self.assertEqual(self.errors(), {})
        self.enter()
        self.assertIn("damaged", self.errors()["server"])
        self.assertEqual((self.connected, self.dialog.fields["server"].value), ([], LINK[:-5]))

    def test_a_login_from_a_link_is_shown_as_the_link(self) -> None:
        self.dialog.destroy()
        login = Login("192.168.1.20", 5000, "ana", "", "", ("#general", "#help"), "always", PIN)
        self.dialog = self.open(login)
        self.assertEqual(self.dialog.fields["server"].value, LINK)
        self.assertFalse(self.dialog.fields["port"].winfo_ismapped())
        self.enter()
        self.assertEqual(self.connected, [login])

    def test_whether_to_encrypt_can_be_chosen(self) -> None:
        self.fill(server="chat.example")
        for encrypt, text in ENCRYPT.items():
            with self.subTest(encrypt):
                self.dialog.form.advanced_options.choice.value = text
                self.enter()
                self.assertEqual(self.connected[-1].encrypt, encrypt)

    def test_a_changed_encryption_is_not_folded_away(self) -> None:
        cases: dict[Encrypt, bool] = {"never": True, "always": True, "auto": False}
        for encrypt, shown in cases.items():
            with self.subTest(encrypt):
                self.dialog.destroy()
                self.dialog = self.open(Login("chat.example", encrypt=encrypt))
                self.assertIs(bool(self.dialog.form.advanced_options.choice.winfo_ismapped()), shown)

    def test_unencrypted_connections_need_a_click(self) -> None:
        self.fill(server="chat.example")
        self.dialog.show_failed(ConnectFailed("no-tls", "It does not speak TLS."))
        self.settle()
        self.assertEqual(self.connected, [])
        self.dialog.fields["server"].action_button.invoke()
        self.assertEqual([login.encrypt for login in self.connected], ["never"])
        self.dialog.show_failed(ConnectFailed("wants-tls", "It wants TLS."))
        self.dialog.fields["server"].action_button.invoke()
        self.assertEqual([login.encrypt for login in self.connected], ["never", "auto"])

    def test_other_failures_do_not_offer_to_connect_unencrypted(self) -> None:
        self.fill(server="chat.example")
        for kind in ("closed", "timeout", "host"):
            with self.subTest(kind):
                self.dialog.show_failed(ConnectFailed(kind, "Too many connections from your address"))
                self.settle()
                self.assertEqual(self.errors()["server"], "Too many connections from your address")
                self.assertFalse(self.dialog.fields["server"].action_button.winfo_ismapped())

    def test_with_a_link_connecting_unencrypted_is_not_offered(self) -> None:
        self.fill(server=LINK)
        self.dialog.show_failed(ConnectFailed("no-tls", "It does not speak TLS."))
        self.settle()
        self.assertFalse(self.dialog.fields["server"].action_button.winfo_ismapped())

    def test_a_protected_name_asks_for_its_password_or_offers_another(self) -> None:
        self.fill(server="chat.example")
        self.dialog.show_failed(ConnectFailed("password", "The name ana is protected.", "ana_2"))
        self.settle()
        self.assertEqual(self.errors(), {"password": "The name ana is protected."})
        self.fill(password="secret")
        self.enter()
        self.assertEqual(self.connected[-1].password, "secret")
        self.dialog.fields["password"].action_button.invoke()
        self.assertEqual((self.connected[-1].nick, self.connected[-1].password), ("ana_2", ""))

    def test_if_the_server_registers_accounts_creating_one_is_offered(self) -> None:
        self.fill(server="chat.example")
        self.dialog.show_failed(ConnectFailed("password", "For members only.", makes_accounts=True))
        self.dialog.fields["password"].action_button.invoke()
        self.assertEqual(self.errors(), {"password": "Choose a password for your account."})
        self.fill(password="secret")
        self.dialog.fields["password"].action_button.invoke()
        self.assertEqual((self.connected[-1].password, self.connected[-1].new_account), ("secret", True))
        self.enter()
        self.assertFalse(self.connected[-1].new_account)

    def test_an_invite_code_is_asked_for_if_the_server_needs_one(self) -> None:
        self.assertFalse(self.dialog.fields["code"].winfo_ismapped())
        self.fill(server="chat.example", password="secret")
        self.dialog.show_failed(ConnectFailed("code", "Type the code that you were given."))
        self.settle()
        self.assertTrue(self.dialog.fields["code"].winfo_ismapped())
        self.assertEqual(self.errors(), {"code": "Type the code that you were given."})
        self.fill(code=" k3x9-abcd ")
        self.enter()
        self.assertEqual(self.connected[-1].code, "k3x9-abcd")

    def test_a_code_in_a_link_need_not_be_typed(self) -> None:
        self.fill(server=f"{LINK}&code=k3x9-abcd", password="secret")
        self.typed()
        self.assertIn("Choose a password to create your account.", self.noted())
        self.enter()
        self.assertEqual(self.connected[-1].code, "k3x9-abcd")
        self.fill(code="m4y8-abcd")
        self.enter()
        self.assertEqual(self.connected[-1].code, "m4y8-abcd")

    def test_a_password_is_remembered_if_the_box_is_checked(self) -> None:
        self.fill(server="chat.example")
        self.assertFalse(self.dialog.form.remember.winfo_ismapped())
        self.fill(password="secret")
        self.typed("password")
        self.assertTrue(self.dialog.form.remember.winfo_ismapped())
        self.assertEqual(self.dialog.form.remember.cget("text"), "Remember it in the keyring")
        self.enter()
        self.assertFalse(self.connected[-1].remember)
        self.dialog.form.remember.invoke()
        self.enter()
        self.assertTrue(self.connected[-1].remember)

    def test_a_stored_password_need_not_be_typed_and_can_be_forgotten(self) -> None:
        self.remembered.append(("chat.example", PORT, "ana"))
        self.fill(server="chat.example")
        self.typed("server")
        self.assertIn("Your password is stored", self.dialog.fields["password"].note)
        self.enter()
        self.assertEqual((self.connected[-1].password, self.connected[-1].remember), ("", True))
        self.dialog.form.remember.invoke()
        self.enter()
        self.assertFalse(self.connected[-1].remember)

    def test_a_stored_password_belongs_to_one_name(self) -> None:
        self.remembered.append(("chat.example", PORT, "ana"))
        self.fill(server="chat.example")
        self.typed("server")
        self.fill(name="ben")
        self.typed("name")
        self.assertEqual(self.dialog.fields["password"].note, "")
        self.assertFalse(self.dialog.form.remember.winfo_ismapped())
        self.enter()
        self.assertFalse(self.connected[-1].remember)

    def test_a_missing_server_password_unfolds_its_field(self) -> None:
        self.fill(server="chat.example")
        self.dialog.show_failed(ConnectFailed("server-password", "It wants one."))
        self.settle()
        self.assertTrue(self.dialog.fields["server-password"].winfo_ismapped())
        self.fill(**{"server-password": "open sesame"})
        self.enter()
        self.assertEqual(self.connected[-1].server_password, "open sesame")

    def test_a_new_attempt_clears_the_error(self) -> None:
        self.dialog.show_failed(ConnectFailed("host", "No such host."))
        self.enter()
        self.assertEqual(self.errors(), {})

    def test_closing_it_cancels_connecting(self) -> None:
        self.dialog.show_connecting("…")
        self.dialog.close()
        self.assertEqual(self.calls, ["cancel", "close"])

    def test_escape_closes_it(self) -> None:
        self.focus(self.dialog.fields["name"].entry)
        self.press(self.dialog.fields["name"].entry, "<Escape>")
        self.assertEqual(self.calls, ["close"])

    def test_known_values_are_filled_in_and_unfolded(self) -> None:
        self.dialog.destroy()
        self.dialog = self.open(Login("chat.example", 6667, "ben", "", "Ben Okafor", ("#help",)))
        self.assertEqual(
            {name: field.value for name, field in self.dialog.fields.items()},
            {
                "name": "ben",
                "server": "chat.example",
                "password": "",
                "code": "",
                "port": "6667",
                "realname": "Ben Okafor",
                "channels": "#help",
                "server-password": "",
            },
        )
        self.assertTrue(self.dialog.fields["port"].winfo_ismapped())

    def test_discovered_servers_are_in_the_list_of_the_field(self) -> None:
        self.dialog.show_discovered({"Room 12 · 192.168.1.20": "192.168.1.20:5000"})
        server = self.dialog.fields["server"].entry
        assert isinstance(server, ttk.Combobox)
        self.assertEqual(
            server.cget("values"), (START_HERE, "Room 12 · 192.168.1.20", "127.0.0.1:5000", "chat.example")
        )
        server.current(1)
        self.dialog.show_discovered({})
        self.settle()
        self.assertFalse(self.dialog.form.discovered.winfo_ismapped())
        self.enter()
        self.assertEqual([(login.host, login.port) for login in self.connected], [("192.168.1.20", PORT)])

    def test_while_connecting_no_other_server_can_be_chosen(self) -> None:
        self.dialog.show_connecting("…")
        self.dialog.show_discovered({"Room 12 · 192.168.1.20": "192.168.1.20:5000"})
        self.dialog.form.discovered.buttons["Room 12 · 192.168.1.20"].invoke()
        self.assertEqual(self.connected, [])

    def test_when_unfolded_it_stays_on_the_screen(self) -> None:
        self.dialog.geometry(f"+{self.dialog.winfo_screenwidth() - self.dialog.winfo_width()}+10")
        self.settle()
        self.dialog.form.advanced_button.invoke()
        self.settle()
        self.until(
            lambda: self.dialog.winfo_rootx() + self.dialog.winfo_width() <= self.dialog.winfo_screenwidth()
        )

    def test_tab_visits_the_fields_in_reading_order(self) -> None:
        self.dialog.form.advanced_button.invoke()
        self.settle()
        fields = self.dialog.fields
        expected = [
            fields["name"].entry,
            fields["server"].entry,
            self.dialog.form.share,
            fields["password"].entry,
            self.dialog.form.advanced_button,
            fields["port"].entry,
            fields["realname"].entry,
            fields["channels"].entry,
            fields["server-password"].entry,
            self.dialog.form.advanced_options.choice.entry,
            self.dialog.connect,
        ]
        walked: list[tk.Misc] = [expected[0]]
        while len(walked) < len(expected) and (following := walked[-1].tk_focusNext()):
            walked.append(following)
        self.assertEqual(walked, expected)


if __name__ == "__main__":
    unittest.main()
