"""The pages of the first dialog, and the login that they describe."""

from __future__ import annotations

from chatapp.client.login import Login
from chatapp.gui.dialogs.chat_offers import of_network
from chatapp.gui.dialogs.connect_pages import ConnectPages, ConnectStart, PageEvents
from chatapp.protocol.dnssd import Offer
from tests.gui.base import WindowTest

ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)


class ConnectPagesTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.remembered: list[str] = []
        start = ConnectStart(
            Login("", nick="ana"),
            password_store="in the keyring",
            is_remembered=lambda login: f"{login.host} {login.nick}" in self.remembered,
        )
        ignore = PageEvents(*[lambda *values: None] * 6)
        self.pages = ConnectPages(self.root, self.theme, 352, start, ignore)
        self.pages.pack()
        self.pages.show("welcome")
        self.settle()

    def test_the_button_says_what_it_does(self) -> None:
        self.assertEqual(self.pages.deed(), "Enter a link, code or address")
        self.pages.welcome.show(of_network([ROOM]), False)
        self.assertEqual(self.pages.deed(), "Join Room 12")
        self.pages.show("join")
        self.assertEqual(self.pages.deed(), "Join")
        self.pages.join.show("chat.example")
        self.assertEqual(self.pages.deed(), "Join chat.example")
        self.pages.show("new")
        self.assertEqual(self.pages.deed(), "Start the chat")

    def test_the_button_says_what_goes_on(self) -> None:
        self.assertEqual(self.pages.progress(), "Connecting…")
        self.pages.welcome.show(of_network([ROOM]), False)
        self.assertEqual(self.pages.progress(), "Joining Room 12…")
        self.pages.show("join")
        self.assertEqual(self.pages.progress(), "Joining…")
        self.pages.join.show("chat.example")
        self.assertEqual(self.pages.progress(), "Joining chat.example…")
        self.pages.show("new")
        self.assertEqual(self.pages.progress(), "Starting the chat…")

    def test_the_settings_belong_to_the_page_before(self) -> None:
        self.pages.show("join")
        self.pages.join.show("chat.example")
        self.pages.show("settings")
        self.assertEqual((self.pages.origin, self.pages.deed()), ("join", "Join chat.example"))
        self.assertEqual(self.pages.user.password.winfo_manager(), "grid")

    def test_what_was_typed_on_a_page_stays(self) -> None:
        self.pages.show("join")
        self.pages.join.show("chat.example")
        self.pages.show("new")
        self.pages.field("chat").value = "Room 12"
        self.pages.show("join")
        self.assertEqual(self.pages.field("server").value, "chat.example")
        self.pages.show("new")
        self.assertEqual((self.pages.new_chat.chat.name, self.pages.field("name").value), ("Room 12", "ana"))

    def test_a_login_has_the_user_and_the_server(self) -> None:
        self.pages.advanced.fields["realname"].value = "Ana Silva"
        login = self.pages.login_for(Login("h", 6667, channels=("#a",), code="k3"))
        self.assertEqual(login, Login("h", 6667, "ana", realname="Ana Silva", channels=("#a",), code="k3"))

    def test_a_typed_code_wins_over_that_of_the_link(self) -> None:
        self.pages.user.show_code()
        self.pages.field("code").value = "m4"
        login = self.pages.login_for(Login("h", code="k3"))
        assert login is not None
        self.assertEqual(login.code, "m4")

    def test_a_stored_password_is_used_for_its_name_and_server_only(self) -> None:
        self.remembered.append("h ana")
        for host, expected in (("h", True), ("x", False)):
            login = self.pages.login_for(Login(host))
            assert login is not None
            self.assertIs(login.remember, expected)
