"""The page "Privacy"."""

from __future__ import annotations

from tkinter import ttk

from chatapp.client.model import ignored_people
from chatapp.client.model.changes import TypingChanged
from chatapp.client.model.conversation import Conversation
from chatapp.gui.settings.privacy_page import NO_CERTIFICATE, NO_PASSWORD, NOBODY, PrivacyPage
from chatapp.gui.widgets.setting_row import SettingCard, SettingRow
from tests.gui.settings.settings_case import SettingsCase


class PrivacyPageTest(SettingsCase):
    def shown(self) -> PrivacyPage:
        view = self.open("privacy")
        assert isinstance(view, PrivacyPage)
        return view

    def labels(self, card: SettingCard) -> list[str]:
        return [row.label or row.note for row in card.rows if isinstance(row, SettingRow)]

    def press_first(self, card: SettingCard) -> None:
        row = card.rows[0]
        assert isinstance(row, SettingRow)
        assert isinstance(row.control, ttk.Button)
        row.control.invoke()
        self.settle()

    def test_empty_lists_say_so(self) -> None:
        page = self.shown()
        for card, text in (
            (page.ignored, NOBODY), (page.passwords, NO_PASSWORD), (page.certificates, NO_CERTIFICATE),
        ):  # fmt: skip
            self.assertEqual(self.labels(card), [text])

    def test_a_person_is_ignored_no_longer(self) -> None:
        network = self.client.network
        page = self.shown()
        ignored_people.ignore(network, "ben")
        ignored_people.ignore(network, "dee")
        page.apply(TypingChanged(Conversation("#general", "channel")))
        self.assertEqual(self.labels(page.ignored), ["ben", "dee"])
        self.press_first(page.ignored)
        self.assertEqual(network.ignored, {"dee"})
        self.assertEqual(self.labels(page.ignored), ["dee"])

    def test_a_stored_password_is_forgotten(self) -> None:
        self.settings.remembered = ["chat.example:6697 ana", "[::1]:6697 ben"]
        page = self.shown()
        self.assertEqual(self.labels(page.passwords), ["ana on chat.example:6697", "ben on [::1]:6697"])
        self.press_first(page.passwords)
        self.assertEqual(self.settings.remembered, ["[::1]:6697 ben"])

    def test_a_trusted_certificate_is_forgotten(self) -> None:
        self.client._services.trusted.trust("chat.example", 6697, "ab" * 32)
        page = self.shown()
        self.assertEqual(self.labels(page.certificates), ["chat.example:6697"])
        self.press_first(page.certificates)
        self.assertEqual(self.labels(page.certificates), [NO_CERTIFICATE])
        self.assertEqual(self.client.trusted_servers, [])
