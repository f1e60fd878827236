"""The first dialog: what it connects to, and how it shows progress and failures."""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.client.local.code_lookup import CodeFound, CodeUnknown
from chatapp.client.login import PORT, Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.model.network import FailureKind
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.client.transport.server_check import ServerAnswers
from chatapp.gui.dialogs.chat_offers import ChatOffer, of_network
from chatapp.gui.dialogs.connect_dialog import NOT_THE_SAME, ConnectActions, ConnectDialog
from chatapp.gui.dialogs.connect_pages import ConnectStart
from chatapp.gui.dialogs.new_chat_page import NewChat
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite
from tests.gui.base import WindowTest

PIN = "0123456789abcdef" * 4
ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)
OWN = ChatOffer("127.0.0.1:5000", "Your chat", "on this computer", Login(""), "recent")
ANA = Login("", nick="ana")
UNKNOWN = CertificateProblem("unknown", "chat.example", 5000, "ab" * 32)


class DialogCase(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.root.withdraw()
        self.connected: list[Login] = []
        self.started: list[Login] = []
        self.made: list[tuple[Login, NewChat]] = []
        self.opened: list[Login] = []
        self.trusted: list[tuple[CertificateProblem, bool]] = []
        self.compared: list[CertificateProblem] = []
        self.checked: list[Login | None] = []
        self.codes: list[str] = []
        self.calls: list[str] = []
        self.open()

    def open(
        self,
        login: Login = ANA,
        offers: Sequence[ChatOffer] = (),
        address: str = "",
        adds: bool = False,
        joined: frozenset[str] = frozenset(),
    ) -> None:
        actions = ConnectActions(
            on_connect=self.connected.append,
            on_start=self.started.append,
            on_new=lambda login, chat: self.made.append((login, chat)),
            on_running=self.opened.append,
            on_trust=lambda problem, is_same_chat: self.trusted.append((problem, is_same_chat)),
            on_compared=self.compared.append,
            on_cancel=lambda: self.calls.append("cancel"),
            on_check=self.checked.append,
            on_code=self.codes.append,
            on_close=lambda: self.calls.append("close"),
        )
        start = ConnectStart(login, offers, address, adds, "in the keyring", joined=joined)
        self.dialog = ConnectDialog(self.root, self.theme, start, actions)
        self.addCleanup(self.dialog.destroy)
        self.settle()

    def reopen(self, login: Login = ANA, offers: Sequence[ChatOffer] = (), address: str = "") -> None:
        self.dialog.destroy()
        self.open(login, offers, address)

    def find(self, *offers: Offer) -> None:
        self.dialog.show_offers(of_network(offers), False)
        self.settle()

    def type_address(self, text: str) -> None:
        self.dialog.show_page("join")
        self.dialog.pages.join.show(text)

    def enter(self, field: str = "name") -> None:
        entry = self.dialog.fields[field].entry
        self.focus(entry)
        self.press(entry, "<Return>")
        self.settle()

    def escape(self) -> None:
        self.focus(self.dialog)
        self.press(self.dialog, "<Escape>")
        self.settle()

    def refuse(self, kind: FailureKind, reason: str = "It did not work.", **more: object) -> None:
        self.dialog.show_failed(ConnectFailed(kind, reason, **more))  # type: ignore[arg-type]
        self.settle()

    def errors(self) -> dict[str, str]:
        return {name: field.error for name, field in self.dialog.fields.items() if field.error}


class ProxyTest(DialogCase):
    def test_a_refusal_of_the_proxy_stands_at_the_proxy(self) -> None:
        for proxy in ("socks5://ana@proxy.example:1080", "system"):
            with self.subTest(proxy):
                self.dialog.show_page("welcome")
                self.dialog.pages.advanced.proxy.show(proxy)
                self.refuse("proxy", "The proxy needs a password.")
                self.assertEqual("settings", self.dialog.pages.shown)
                self.assertEqual("The proxy needs a password.", self.dialog.pages.advanced.proxy.error)
                self.dialog.pages.clear_problems()
                self.assertEqual("", self.dialog.pages.advanced.proxy.error)

    def test_a_typed_proxy_is_part_of_the_login(self) -> None:
        self.find(ROOM)
        self.dialog.pages.advanced.proxy.show("http://proxy.example:8080")
        self.enter()
        self.assertEqual("http://proxy.example:8080", self.connected[-1].proxy)


class ChoosingTest(DialogCase):
    def test_a_found_chat_is_joined_by_enter(self) -> None:
        self.find(ROOM)
        self.assertEqual(self.dialog.deed.cget("text"), "Join Room 12")
        self.enter()
        self.assertEqual(self.connected, [Login("192.168.1.20", PORT, "ana")])

    def test_without_a_chat_enter_leads_to_the_page_for_an_address(self) -> None:
        self.enter()
        self.assertEqual(self.dialog.pages.shown, "join")
        self.assertEqual(self.dialog.focus_lastfor(), self.dialog.fields["server"].entry)
        self.assertEqual(self.connected, [])

    def paste_as_name(self, text: str) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append(text)
        entry = self.dialog.fields["name"].entry
        entry.select_range(0, "end")
        entry.event_generate("<<Paste>>")
        self.settle()

    def test_a_link_that_is_pasted_as_the_name_is_joined_by_enter(self) -> None:
        self.paste_as_name(" chat://192.168.1.20/help\n")
        self.assertEqual((self.dialog.pages.shown, self.dialog.fields["name"].value), ("join", "ana"))
        self.enter("server")
        self.assertEqual([("192.168.1.20", "ana", ("#help",))], [
            (each.host, each.nick, each.channels) for each in self.connected
        ])  # fmt: skip

    def test_a_code_that_is_pasted_as_the_name_is_looked_for(self) -> None:
        self.paste_as_name("K7QX-29FM")
        self.assertEqual((self.dialog.pages.shown, self.codes), ("join", ["K7QX-29FM"]))

    def test_a_name_that_is_pasted_stays_a_name(self) -> None:
        for name in ("Ben Okafor", "guest234", "k7qx-29fm"):
            with self.subTest(name):
                self.paste_as_name(name)
                self.assertEqual(
                    (self.dialog.pages.shown, self.dialog.fields["name"].value), ("welcome", name)
                )

    def test_a_code_that_is_typed_as_the_name_leads_to_its_page(self) -> None:
        self.dialog.fields["name"].value = "K7QX-29FM"
        self.enter()
        self.assertEqual((self.dialog.pages.shown, self.codes), ("join", ["K7QX-29FM"]))
        self.assertEqual(self.dialog.fields["name"].value, "ana")

    def test_an_address_is_joined(self) -> None:
        self.type_address("chat.example:6667")
        self.enter("server")
        self.assertEqual(self.connected, [Login("chat.example", 6667, "ana")])

    def test_a_link_is_joined_with_its_channels_and_its_certificate(self) -> None:
        self.type_address(f"ircs://192.168.1.20:5000/general?pin=sha256:{PIN}&code=k3")
        self.enter("server")
        expected = Login(
            "192.168.1.20", 5000, "ana", channels=("#general",), encrypt="always", pin=PIN, code="k3"
        )
        self.assertEqual(self.connected, [expected])

    def test_what_is_no_address_is_refused_in_its_field(self) -> None:
        self.type_address("no address")
        self.enter("server")
        self.assertEqual(list(self.errors()), ["server"])
        self.assertEqual((self.connected, self.dialog.fields["server"].value), ([], "no address"))

    def test_a_code_is_joined_when_its_chat_is_found_and_not_before(self) -> None:
        self.type_address("K7QX-29FM")
        self.enter("server")
        self.assertEqual((self.codes, self.connected, self.errors()), (["K7QX-29FM"], [], {}))
        invite = Invite("192.168.1.20", 5000, pin=PIN, code="k7qx29fm")
        self.dialog.show_code(CodeFound(invite, "Room 12"))
        self.assertEqual(
            [(login.host, login.code) for login in self.connected], [("192.168.1.20", "k7qx29fm")]
        )

    def test_a_found_chat_is_not_joined_without_a_click(self) -> None:
        self.type_address("K7QX-29FM")
        self.dialog.show_code(CodeFound(Invite("192.168.1.20", 5000, pin=PIN, code="k7"), "Room 12"))
        self.assertEqual((self.connected, self.dialog.deed.cget("text")), ([], "Join Room 12"))

    def test_a_code_that_nobody_knows_is_an_error_after_a_click(self) -> None:
        self.type_address("K7QX-29FM")
        self.enter("server")
        self.dialog.show_code(CodeUnknown("No chat on this network has it."))
        self.assertEqual((self.errors(), self.connected), ({"server": "No chat on this network has it."}, []))

    def test_another_text_is_not_joined_for_a_click_before(self) -> None:
        self.type_address("K7QX-29FM")
        self.enter("server")
        self.type_address("K7QX-29FN")
        self.dialog.show_code(CodeFound(Invite("192.168.1.20", 5000, pin=PIN, code="k7"), "Room 12"))
        self.assertEqual(self.connected, [])

    def test_a_chat_is_started_here(self) -> None:
        self.dialog.pages.welcome.others.click("new")
        self.assertEqual((self.dialog.pages.shown, self.dialog.fields["chat"].value), ("new", "ana’s chat"))
        self.assertTrue(self.dialog.fields["chat"].entry.selection_present())
        self.dialog.fields["chat"].value = "Room 12"
        self.enter("chat")
        self.assertEqual(self.made, [(Login("", PORT, "ana"), NewChat("Room 12", True, False))])

    def test_a_chat_needs_a_name(self) -> None:
        self.dialog.pages.welcome.others.click("new")
        self.dialog.fields["chat"].value = " "
        self.enter("chat")
        self.assertEqual((list(self.errors()), self.made), (["chat"], []))

    def test_the_own_chat_of_earlier_is_started_again(self) -> None:
        self.reopen(offers=[OWN])
        self.assertEqual(self.dialog.deed.cget("text"), "Open Your chat")
        self.enter()
        self.assertEqual(self.started, [Login("", PORT, "ana")])

    def test_without_a_name_it_asks_for_one(self) -> None:
        self.find(ROOM)
        self.dialog.fields["name"].value = "  "
        self.enter()
        self.assertEqual((self.errors(), self.connected), ({"name": "Enter your name."}, []))

    def test_an_address_that_is_given_is_shown_at_once(self) -> None:
        self.reopen(address="chat://chat.example/")
        self.assertEqual(self.dialog.pages.shown, "join")
        self.enter()
        self.assertEqual([login.host for login in self.connected], ["chat.example"])

    def test_it_adds_a_server_under_another_title(self) -> None:
        self.dialog.destroy()
        self.open(adds=True)
        self.assertEqual(self.dialog.title(), "Add a server")

    def test_the_chats_one_is_in_are_not_offered_to_be_added(self) -> None:
        self.dialog.destroy()
        self.open(Login(""), adds=True, joined=frozenset({"192.168.1.20:5000"}))
        self.find(ROOM)
        self.root.clipboard_clear()
        self.root.clipboard_append("chat://192.168.1.20/help")
        self.addCleanup(self.root.clipboard_clear)
        self.dialog._read_clipboard()
        self.assertNotIn("Join", str(self.dialog.deed.cget("text")))

    def test_a_copied_link_is_the_first_card(self) -> None:
        self.find(ROOM)
        self.root.clipboard_clear()
        self.root.clipboard_append("chat://chat.example/help")
        self.addCleanup(self.root.clipboard_clear)
        self.dialog._read_clipboard()
        self.assertEqual(self.dialog.deed.cget("text"), "Join chat.example")
        self.enter()
        self.assertEqual((self.connected[0].host, self.connected[0].channels), ("chat.example", ("#help",)))

    def test_other_settings_are_used_and_an_invalid_port_is_refused_there(self) -> None:
        self.type_address("chat.example")
        self.dialog.settings_link.invoke()
        self.settle()
        fields = self.dialog.fields
        fields["port"].value, fields["password"].value, fields["realname"].value = (
            "7000",
            "secret",
            "Ana Silva",
        )
        self.enter("port")
        self.assertEqual(self.connected, [Login("chat.example", 7000, "ana", "secret", "Ana Silva")])
        self.dialog.back.invoke()
        fields["port"].value = "0"
        self.enter("server")
        self.assertEqual((self.dialog.pages.shown, list(self.errors())), ("settings", ["port"]))

    def test_escape_goes_back_and_then_closes(self) -> None:
        self.type_address("chat.example")
        self.dialog.settings_link.invoke()
        self.escape()
        self.assertEqual(self.dialog.pages.shown, "join")
        self.escape()
        self.assertEqual((self.dialog.pages.shown, self.calls), ("welcome", []))
        self.escape()
        self.assertEqual(self.calls, ["close"])


class ProgressTest(DialogCase):
    def setUp(self) -> None:
        super().setUp()
        self.find(ROOM)
        self.enter()
        self.dialog.show_connecting(self.connected[-1])
        self.settle()

    def test_while_connecting_only_cancel_can_be_pressed(self) -> None:
        self.assertEqual(self.dialog.deed.cget("text"), "Joining Room 12…")
        self.assertTrue(self.dialog.fields["name"].entry.instate(["disabled"]))
        self.dialog.deed.invoke()
        self.dialog.pages.welcome.others.click("new")
        self.enter()
        self.assertEqual((len(self.connected), self.dialog.pages.shown), (1, "welcome"))
        self.assertEqual(self.dialog.focus_lastfor(), self.dialog.fields["name"].entry)

    def test_it_can_be_cancelled(self) -> None:
        self.dialog.back.invoke()
        self.settle()
        self.assertEqual(self.calls, ["cancel"])
        self.assertTrue(self.dialog.fields["name"].entry.instate(["!disabled"]))
        self.assertEqual(self.dialog.deed.cget("text"), "Join Room 12")

    def test_escape_cancels_and_closing_cancels_too(self) -> None:
        self.escape()
        self.assertEqual(self.calls, ["cancel"])
        self.dialog.show_connecting(self.connected[-1])
        self.dialog.close()
        self.assertEqual(self.calls, ["cancel", "cancel", "close"])

    def test_what_is_found_meanwhile_is_shown_afterwards(self) -> None:
        self.find()
        self.assertEqual(self.dialog.pages.welcome.chosen, "192.168.1.20:5000")
        self.refuse("timeout")
        self.assertEqual(self.dialog.pages.welcome.chats.card_keys, [])


class FailureTest(DialogCase):
    def setUp(self) -> None:
        super().setUp()
        self.type_address("chat.example")
        self.enter("server")
        self.dialog.show_connecting(self.connected[-1])

    def test_a_failure_stands_in_its_place_and_what_was_typed_stays(self) -> None:
        for kind, field in (
            ("name", "name"), ("name-taken", "name"), ("password", "password"), ("code", "code"),
            ("host", "server"), ("timeout", "server"), ("refused", "server"), ("not-chat", "server"),
            ("closed", "server"), ("banned", "server"), ("launch", "server"), ("port", "port"),
            ("server-password", "server-password"),
        ):  # fmt: skip
            with self.subTest(kind):
                self.dialog.show_page("join")
                self.dialog.show_connecting(self.connected[-1])
                self.refuse(kind)  # type: ignore[arg-type]
                self.assertEqual(list(self.errors()), [field])
                self.assertTrue(self.dialog.fields[field].winfo_ismapped())
                self.assertEqual(self.dialog.fields["server"].value, "chat.example")

    def test_on_the_first_page_it_stands_below_the_cards(self) -> None:
        self.find(ROOM)
        self.dialog.show_page("welcome")
        self.refuse("timeout", "It did not answer.")
        self.assertEqual(self.dialog.problem, "It did not answer.")
        self.assertTrue(self.dialog.pages.welcome.message.winfo_ismapped())
        self.enter()
        self.assertEqual(self.dialog.problem, "")

    def test_a_new_chat_beside_the_own_one_that_runs_offers_to_open_that(self) -> None:
        self.dialog.show_page("new")
        self.dialog.fields["chat"].value = "Chess"
        self.refuse("runs-already", "Your chat “Room 12” runs on this computer already.")
        self.assertEqual(self.dialog.problem, "Your chat “Room 12” runs on this computer already.")
        button = self.dialog.pages.new_chat.message.button
        self.assertTrue(button.winfo_ismapped())
        self.assertEqual(button.cget("text"), "Open your chat")
        button.invoke()
        self.assertEqual([each.nick for each in self.opened], ["ana"])

    def test_a_protected_name_asks_for_the_password_only_then(self) -> None:
        self.assertFalse(self.dialog.fields["password"].winfo_ismapped())
        self.refuse("password", "The name ana is protected.", suggestion="ana_2")
        self.assertEqual(self.errors(), {"name": "“ana” is protected. Is this you? Type the password,"})
        self.assertEqual(self.dialog.focus_lastfor(), self.dialog.fields["password"].entry)
        self.dialog.fields["password"].value = "secret"
        self.enter("password")
        self.assertEqual((self.connected[-1].nick, self.connected[-1].password), ("ana", "secret"))

    def test_another_name_is_one_click(self) -> None:
        self.refuse("name-taken", "The name ana is already in use.", suggestion="ana_2")
        message = self.dialog.fields["name"].error_message
        self.assertEqual(message.words, ["ana_2", "ana_3"])
        message.choose("ana_3")
        self.assertEqual((self.connected[-1].host, self.connected[-1].nick), ("chat.example", "ana_3"))

    def test_a_chat_of_this_computer_that_does_not_run_can_be_started(self) -> None:
        self.refuse("timeout")
        self.type_address("127.0.0.1")
        self.enter("server")
        self.dialog.show_connecting(self.connected[-1])
        self.refuse("refused", "Nothing answers.")
        self.assertEqual(self.errors()["server"], "Nothing answers. Is the server running?")
        self.dialog.fields["server"].action_button.invoke()
        self.assertEqual([chat.name for _, chat in self.made], ["ana’s chat"])

    def test_unencrypted_connections_need_a_click_and_are_not_offered_with_a_link(self) -> None:
        self.refuse("no-tls", "It has no encryption.")
        self.dialog.fields["server"].action_button.invoke()
        self.assertEqual(self.connected[-1].encrypt, "never")
        self.refuse("wants-tls", "It wants encryption.")
        self.dialog.fields["server"].action_button.invoke()
        self.assertEqual(self.connected[-1].encrypt, "auto")
        self.type_address("chat://chat.example/")
        self.refuse("no-tls", "It has no encryption.")
        self.assertFalse(self.dialog.fields["server"].action_button.winfo_ismapped())

    def test_an_account_can_be_made_where_one_is_needed(self) -> None:
        self.refuse("password", "For members only.", makes_accounts=True)
        password = self.dialog.fields["password"]
        password.action_button.invoke()
        self.assertEqual(self.errors(), {"password": "Choose a password for your account."})
        password.value = "secret"
        password.action_button.invoke()
        self.assertEqual((self.connected[-1].password, self.connected[-1].new_account), ("secret", True))
        self.enter()
        self.assertFalse(self.connected[-1].new_account)

    def test_a_code_is_asked_for_where_one_is_needed(self) -> None:
        self.refuse("code", "This chat is by invitation.")
        self.assertEqual(self.errors(), {"code": "This chat is by invitation."})
        self.dialog.fields["code"].value = " k3x9-abcd "
        self.enter("code")
        self.assertEqual(self.connected[-1].code, "k3x9-abcd")

    def test_everything_can_be_tried_again_after_a_failure(self) -> None:
        self.refuse("timeout")
        self.enter("server")
        self.assertEqual((len(self.connected), self.errors()), (2, {}))


class CertificateTest(DialogCase):
    def test_an_unknown_certificate_is_asked_about_in_place(self) -> None:
        self.refuse("certificate", certificate_problem=UNKNOWN)
        self.assertTrue(self.dialog.certificate_panel.winfo_ismapped())
        self.assertFalse(self.dialog.fields["name"].winfo_ismapped() or self.dialog.deed.winfo_ismapped())
        self.dialog.certificate_panel.trust.invoke()
        self.assertEqual(self.trusted, [(UNKNOWN, False)])

    def test_escape_returns_from_it_without_trust(self) -> None:
        self.refuse("certificate", certificate_problem=UNKNOWN)
        self.escape()
        self.assertTrue(self.dialog.fields["name"].winfo_ismapped())
        self.assertEqual((self.trusted, self.calls), ([], []))

    def compare(self) -> None:
        self.type_address("chat.example")
        self.dialog.show_checked(ServerAnswers("Room 12", True, "ab" * 32))
        self.dialog.fields["server"].note_message.button.invoke()
        self.settle()

    def test_a_fingerprint_that_is_the_same_is_trusted_before_connecting(self) -> None:
        self.compare()
        self.assertTrue(self.dialog.certificate_panel.winfo_ismapped())
        self.dialog.certificate_panel.trust.invoke()
        self.settle()
        self.assertEqual((self.compared, self.trusted, self.connected), ([UNKNOWN], [], []))
        self.assertIn("You have compared", self.dialog.fields["server"].note)

    def test_a_fingerprint_that_differs_is_a_warning(self) -> None:
        self.compare()
        self.dialog.certificate_panel.cancel.invoke()
        self.settle()
        self.assertEqual((self.compared, self.errors()), ([], {"server": NOT_THE_SAME}))

    def test_the_server_of_a_typed_address_is_asked_with_its_settings(self) -> None:
        self.type_address("chat.example")
        self.until(lambda: bool(self.checked) and self.checked[-1] is not None)
        self.assertEqual(self.checked[-1], Login("chat.example", PORT, "ana"))


class KeyboardTest(DialogCase):
    def test_every_page_fits_into_its_window(self) -> None:
        self.find(ROOM)
        for page in ("welcome", "join", "new", "settings"):
            with self.subTest(page):
                self.dialog.show_page(page)
                self.settle()
                bottom = self.dialog.back if self.dialog.back.winfo_ismapped() else self.dialog.settings_link
                end = bottom.winfo_rooty() + bottom.winfo_height()
                self.assertLessEqual(end, self.dialog.winfo_rooty() + self.dialog.winfo_height())
