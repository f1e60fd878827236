"""The page where a link or an address is typed."""

from __future__ import annotations

from chatapp.client.local.code_lookup import CodeFound, CodeUnknown
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.client.transport.server_check import NoServer, ServerAnswers
from chatapp.gui.dialogs import join_page
from chatapp.gui.dialogs.join_page import JoinPage
from chatapp.gui.dialogs.typed_address import BadAddress, TypedAddress
from chatapp.protocol.invite_links import Invite
from tests.gui.base import WindowTest


class JoinPageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.checked: list[str] = []
        self.codes: list[str] = []
        self.compared: list[str] = []
        self.page = JoinPage(
            self.root, self.theme, 352, lambda: None, self.check, self.codes.append, self.compare
        )
        self.page.pack()
        self.settle()

    def check(self, typed: TypedAddress | None) -> None:
        if typed is not None:
            self.checked.append(typed.login.address)

    def compare(self, typed: TypedAddress, fingerprint: str) -> None:
        self.compared.append(f"{typed.login.address} {fingerprint}")

    def test_the_server_of_a_typed_address_is_asked_after_a_pause(self) -> None:
        self.page.show("192.168.1.20")
        self.assertEqual(self.checked, [])
        self.until(lambda: self.checked == ["192.168.1.20:5000"])
        self.assertEqual(self.page.address.note, join_page.CHECKING)

    def test_a_text_that_was_changed_meanwhile_is_not_asked(self) -> None:
        self.page.show("192.168.1.20")
        self.page.show("192.168.1.21")
        self.until(lambda: bool(self.checked))
        self.assertEqual(self.checked, ["192.168.1.21:5000"])

    def test_a_damaged_link_is_explained_while_it_is_typed(self) -> None:
        self.page.show("chat://192.168.1.20/?pin=sha256:12")
        self.until(lambda: "damaged" in self.page.address.note)
        self.assertEqual((self.checked, self.page.address.error), ([], ""))

    def test_a_chat_that_answers_is_named(self) -> None:
        self.page.show("192.168.1.20")
        self.page.show_checked(ServerAnswers("Room 12", is_encrypted=True))
        self.assertEqual(self.page.address.note, "Room 12 answers. The connection is encrypted.")
        self.assertEqual(self.page.target_name, "Room 12")

    def test_the_name_of_a_stranger_is_cleaned(self) -> None:
        self.page.show("192.168.1.20")
        self.page.show_checked(ServerAnswers("Room\u202e\n" + "x" * 500, is_encrypted=True))
        self.assertRegex(self.page.target_name, r"^Room x+…$")

    def test_without_encryption_there_is_a_warning(self) -> None:
        self.page.show("127.0.0.1")
        self.page.show_checked(ServerAnswers(""))
        self.assertEqual(self.page.address.note, "127.0.0.1 answers, but the connection is not encrypted.")

    def test_an_unknown_certificate_can_be_compared(self) -> None:
        self.page.show("192.168.1.20")
        self.page.show_checked(ServerAnswers("Room 12", True, "5a1c" * 16))
        self.settle()
        button = self.page.address.note_message.button
        self.assertTrue(button.winfo_ismapped())
        button.invoke()
        self.assertEqual(self.compared, [f"192.168.1.20:5000 {'5a1c' * 16}"])
        self.page.show_compared()
        self.settle()
        self.assertIn("You have compared its fingerprint.", self.page.address.note)
        self.assertFalse(button.winfo_ismapped())

    def test_why_nobody_answers_is_said(self) -> None:
        self.page.show("192.168.1.20")
        self.page.show_checked(NoServer("192.168.1.20 did not answer."))
        self.assertEqual(self.page.address.note, "192.168.1.20 did not answer.")
        problem = CertificateProblem("changed", "192.168.1.20", 5000, "ab" * 32)
        self.page.show_checked(NoServer("x", problem))
        self.assertEqual(self.page.address.note, problem.title)

    def test_a_code_alone_leads_to_the_chat_that_knows_it(self) -> None:
        self.page.show("k7qx29fm")
        self.assertEqual((self.codes, self.page.is_looking), (["k7qx29fm"], True))
        self.assertEqual(self.page.address.note, join_page.LOOKING)
        invite = Invite("192.168.1.20", 5000, pin="ab" * 32, code="k7qx29fm")
        self.page.show_code(CodeFound(invite, "Room\u202e 12"))
        self.assertEqual(self.page.address.note, "Room 12 has this code. The connection is encrypted.")
        login = self.page.typed().login
        self.assertEqual((login.host, login.pin, login.code), ("192.168.1.20", "ab" * 32, "k7qx29fm"))

    def test_a_code_that_nobody_knows_is_said(self) -> None:
        self.page.show("K7QX-29FM")
        self.page.show_code(CodeUnknown("No chat on this network has the code K7QX-29FM."))
        self.assertEqual(self.page.address.note, "No chat on this network has the code K7QX-29FM.")
        self.assertRaises(BadAddress, self.page.typed)

    def test_what_was_found_out_belongs_to_one_text(self) -> None:
        self.page.show("192.168.1.20")
        self.page.show_checked(ServerAnswers("Room 12", is_encrypted=True))
        self.page.show("192.168.1.21")
        self.assertEqual((self.page.target_name, self.page.address.note), ("192.168.1.21", ""))
        self.page.show("not an address")
        self.assertEqual(self.page.target_name, "")
