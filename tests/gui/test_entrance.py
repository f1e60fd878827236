"""Getting in: what is asked about a certificate, and what is remembered."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.changes import Failed
from chatapp.client.client import Client
from chatapp.client.session import Login
from chatapp.client.settings import Settings
from chatapp.client.trust import Doubt
from chatapp.gui.dialog import Question
from chatapp.gui.entrance import Entrance
from tests.gui.base import WindowTest

UNKNOWN = Doubt("unknown", "chat.example", 5000, "ab" * 32)
CHANGED = Doubt("changed", "chat.example", 5000, "ab" * 32)
PIN = Doubt("pin", "chat.example", 5000, "ab" * 32)


class EntranceTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.client = mock.create_autospec(Client, instance=True)
        self.settings = Settings()
        self.left: list[str] = []
        self.entrance = Entrance(
            self.root,
            self.theme,
            self.client,
            self.settings,
            Login("chat.example", nick="ana"),
            lambda: self.left.append("left"),
        )

    def doubt(self, doubt: Doubt) -> Question | None:
        self.entrance.show_failed(Failed("certificate", "The certificate is not trusted.", doubt=doubt))
        self.settle()
        return self.entrance.question

    def test_an_unknown_certificate_can_be_trusted(self) -> None:
        question = self.doubt(UNKNOWN)
        assert question is not None
        self.assertEqual(next(reversed(question.buttons)), "Trust it")
        question.buttons["Trust it"].invoke()
        self.client.trust.assert_called_once_with(UNKNOWN)
        dialog = self.entrance.open()
        self.assertEqual(dialog.connect.cget("text"), "Connecting…")

    def test_what_is_not_trusted_ends_at_the_dialog(self) -> None:
        question = self.doubt(UNKNOWN)
        assert question is not None
        question.buttons["Cancel"].invoke()
        self.client.trust.assert_not_called()
        self.assertTrue(self.entrance.open().fields["name"].entry.instate(["!disabled"]))

    def test_of_a_changed_certificate_cancel_is_the_default(self) -> None:
        question = self.doubt(CHANGED)
        assert question is not None
        self.assertEqual(next(reversed(question.buttons)), "Cancel")
        question.buttons["Trust it all the same"].invoke()
        self.client.trust.assert_called_once_with(CHANGED)

    def test_escape_does_not_trust(self) -> None:
        for doubt in (UNKNOWN, CHANGED):
            with self.subTest(kind=doubt.kind):
                question = self.doubt(doubt)
                assert question is not None
                self.focus(question)
                self.press(question, "<Escape>")
                self.assertFalse(question.winfo_exists())
        self.client.trust.assert_not_called()

    def test_where_the_link_names_another_certificate_nothing_can_be_decided(self) -> None:
        self.assertIsNone(self.doubt(PIN))
        self.assertEqual(self.entrance.open().fields["server"].error, "The certificate is not trusted.")

    def test_once_in_the_dialog_goes_and_the_login_is_remembered(self) -> None:
        self.client.login = Login("chat.example", 6667, "ana", "secret", "Ana Silva", ("#help",))
        dialog = self.entrance.open()
        self.entrance.show_online()
        self.assertFalse(dialog.winfo_exists())
        self.assertEqual(self.left, [])
        settings = self.settings
        self.assertEqual((settings.name, settings.realname), ("ana", "Ana Silva"))
        self.assertEqual((settings.servers, settings.channels), (["chat.example:6667"], ["#help"]))
        self.assertEqual(self.entrance.open().fields["password"].value, "")

    def test_closing_the_dialog_is_told(self) -> None:
        self.entrance.open().close()
        self.assertEqual(self.left, ["left"])


if __name__ == "__main__":
    unittest.main()
