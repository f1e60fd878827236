"""The fields of the first dialog, and the login that they create."""

from __future__ import annotations

from chatapp.client.login import PORT, Login
from chatapp.gui.dialogs.login_form import PASSWORD_STORED, START_HERE, LoginForm
from chatapp.protocol.invite_links import BadInvite
from tests.gui.base import WindowTest

PIN = "0123456789abcdef" * 4
LINK = f"ircs://192.168.1.20:5000/general?pin=sha256:{PIN}&code=k3x9-abcd"


class LoginFormTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[str] = []
        self.remembered: list[str] = []
        self.form = LoginForm(
            self.root,
            self.theme,
            ["chat.example"],
            "in the keyring",
            lambda login: login.nick in self.remembered,
            on_choose=lambda: self.calls.append("choose"),
            on_unfold=lambda: self.calls.append("unfold"),
        )
        self.form.pack()
        self.form.fill(Login("", nick="ana"))
        self.settle()

    def set(self, **values: str) -> None:
        for name, value in values.items():
            self.form.fields[name].value = value

    def test_a_login_is_the_same_after_filling_in_and_reading(self) -> None:
        for login in (
            Login("", nick="ana"),
            Login("chat.example", 6667, "ben", "secret", "Ben Okafor", ("#help",), "never"),
            Login("192.168.1.20", 5000, "ana", channels=("#general",), encrypt="always", pin=PIN),
        ):
            with self.subTest(host=login.host):
                self.form.fill(login)
                self.assertEqual(self.form.login(), login)

    def test_an_invalid_port_raises(self) -> None:
        self.set(server="chat.example", port="65536")
        self.assertIsNone(self.form.login())
        self.set(port="")
        login = self.form.login()
        assert login is not None
        self.assertEqual(login.port, PORT)

    def test_a_link_sets_server_and_channels_and_its_code_can_be_replaced(self) -> None:
        self.set(server=LINK, port="7000", channels="#other")
        login = self.form.login(new_account=True)
        assert login is not None
        self.assertEqual((login.host, login.port, login.channels), ("192.168.1.20", 5000, ("#general",)))
        self.assertEqual((login.pin, login.code, login.new_account), (PIN, "k3x9-abcd", True))
        self.set(code="m4y8-abcd")
        login = self.form.login()
        assert login is not None
        self.assertEqual(login.code, "m4y8-abcd")

    def test_a_damaged_link_raises(self) -> None:
        self.set(server=LINK.replace(PIN, PIN[1:]))
        with self.assertRaises(BadInvite):
            self.form.login()

    def test_the_advanced_part_is_unfolded_if_it_is_not_empty(self) -> None:
        self.assertEqual(self.calls, [])
        self.form.fill(Login("chat.example", 6667, "ana"))
        self.settle()
        self.assertEqual((self.calls, self.form.advanced_options.winfo_ismapped()), (["unfold"], 1))
        self.form.advanced_button.invoke()
        self.settle()
        self.assertFalse(self.form.advanced_options.winfo_ismapped())

    def test_sharing_is_offered_only_for_a_server_on_this_computer(self) -> None:
        self.assertTrue(self.form.share.winfo_ismapped())
        self.form.fill(Login("chat.example", nick="ana"))
        self.settle()
        self.assertFalse(self.form.share.winfo_ismapped())
        self.form.choose_here()
        self.settle()
        self.assertEqual(
            (self.form.fields["server"].value, self.form.share.winfo_ismapped()), (START_HERE, 1)
        )

    def test_a_stored_password_is_announced_for_its_name_only(self) -> None:
        self.remembered.append("ana")
        self.form.fill(Login("chat.example", nick="ana", remember=True))
        self.assertEqual(self.form.fields["password"].note, PASSWORD_STORED)
        self.form.set_name("ana_2")
        self.assertEqual(self.form.fields["password"].note, "")

    def test_a_clicked_server_of_this_network_is_chosen(self) -> None:
        self.form.show_discovered({"Room 12 · 10.0.0.7": "10.0.0.7:5001"})
        self.form.discovered.buttons["Room 12 · 10.0.0.7"].invoke()
        login = self.form.login()
        assert login is not None
        self.assertEqual((login.host, login.port, self.calls), ("10.0.0.7", 5001, ["choose"]))

    def test_while_disabled_nothing_can_be_changed(self) -> None:
        self.form.set_disabled(True)
        self.assertTrue(all(field.entry.instate(["disabled"]) for field in self.form.fields.values()))
        self.assertTrue(self.form.share.instate(["disabled"]))
        self.form.set_disabled(False)
        self.assertTrue(all(field.entry.instate(["!disabled"]) for field in self.form.fields.values()))
