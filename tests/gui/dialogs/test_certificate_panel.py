"""The question whether to trust a certificate."""

from __future__ import annotations

from chatapp.client.transport.certificates import CertificateProblem, CertificateProblemKind
from chatapp.gui.dialogs.certificate_panel import CertificatePanel
from tests.gui.base import WindowTest


class CertificatePanelTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.trusted: list[tuple[CertificateProblem, bool]] = []
        self.cancelled: list[str] = []
        self.panel = CertificatePanel(
            self.root,
            self.theme,
            lambda problem, is_same_chat: self.trusted.append((problem, is_same_chat)),
            lambda: self.cancelled.append("cancelled"),
            352,
        )
        self.panel.pack()

    def show(self, kind: CertificateProblemKind) -> tuple[CertificateProblem, str]:
        """Show a problem and return it with the label of the default button."""
        problem = CertificateProblem(kind, "chat.example", 5000, "ab" * 32)
        default = self.panel.show(problem)
        self.settle()
        self.assertEqual(default.cget("style"), "Primary.TButton")
        return problem, str(default.cget("text"))

    def test_the_whole_fingerprint_is_shown(self) -> None:
        self.show("unknown")
        text = str(self.panel.fingerprint.cget("text"))
        self.assertEqual("".join(text.split()), "AB" * 32)

    def test_the_default_is_to_trust_only_an_unknown_certificate(self) -> None:
        defaults: dict[CertificateProblemKind, str] = {
            "unknown": "Trust it",
            "changed": "Cancel",
            "changed-here": "Cancel",
            "expired": "Cancel",
            "name": "Cancel",
            "pin": "Back",
            "pin-here": "Back",
        }
        for kind, expected in defaults.items():
            with self.subTest(kind):
                self.assertEqual(self.show(kind)[1], expected)

    def test_a_changed_certificate_can_be_trusted_anyway(self) -> None:
        problem, _ = self.show("changed")
        self.assertEqual(self.panel.trust.cget("text"), "Trust it anyway")
        self.panel.trust.invoke()
        self.panel.other_chat.invoke()
        self.panel.trust.invoke()
        self.assertEqual(self.trusted, [(problem, True), (problem, False)])
        self.show("changed")
        self.assertNotIn("selected", self.panel.other_chat.state())

    def test_the_user_says_whether_it_is_the_same_chat_where_nothing_else_does(self) -> None:
        asked = []
        for kind in ("unknown", "changed", "changed-here", "expired", "pin"):
            self.show(kind)
            asked.append(self.panel.other_chat.winfo_ismapped())
        self.assertEqual(asked, [0, 1, 0, 0, 0])
        problem, _ = self.show("changed-here")
        self.panel.trust.invoke()
        self.assertEqual(self.trusted, [(problem, False)])

    def test_where_the_link_names_another_certificate_there_is_no_trust_button(self) -> None:
        self.show("unknown")
        self.assertTrue(self.panel.trust.winfo_ismapped())
        self.show("pin")
        self.assertFalse(self.panel.trust.winfo_ismapped())
        self.panel.cancel.invoke()
        self.assertEqual((self.trusted, self.cancelled), ([], ["cancelled"]))

    def test_comparing_a_fingerprint_has_two_answers(self) -> None:
        problem = CertificateProblem("unknown", "chat.example", 5000, "AB" * 32)
        default = self.panel.show_comparison(problem)
        self.assertEqual(
            (default.cget("text"), self.panel.cancel.cget("text")), ("It is the same", "It is different")
        )
        self.panel.trust.invoke()
        self.panel.cancel.invoke()
        self.assertEqual((self.trusted, self.cancelled), ([(problem, False)], ["cancelled"]))
        self.assertEqual(self.panel.show(problem).cget("text"), "Trust it")
