"""The page "Privacy" of the settings: what others see, who is ignored, what is stored on this computer."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial
from tkinter import ttk

from chatapp.client.login import Login
from chatapp.client.model.changes import Change, StatusChanged
from chatapp.client.model.ignored_people import ignored_names
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingCard, SettingRow, SettingText

TEXTS = (
    SettingText("typing", "Show others when I am typing", "They see that you write, not what."),
    SettingText(
        "share_read", "Remember on the server how far I have read",
        "Your other devices then know it. Other people do not see it.", "read marker last read sync unread",
    ),
    SettingText("ignored", "Ignored people", keywords="ignore block stop ignoring hide"),
    SettingText(
        "keep_drafts", "Keep unsent texts", "What you have written is there again after a restart.", "drafts",
    ),
    SettingText("passwords", "Stored passwords", keywords="forget password login keyring"),
    SettingText("certificates", "Trusted certificates", keywords="forget certificate fingerprint tls server"),
)  # fmt: skip
NOBODY = "You ignore nobody here. Right-click a name to ignore a person."
NO_PASSWORD = "No password is stored on this computer."
NO_CERTIFICATE = "You have not trusted the certificate of any server."


class PrivacyPage(PageView):
    """Lists what the user can undo."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, "Privacy", TEXTS)
        shared = self.section("What others learn")
        self.add_switch(shared, "typing")
        self.add_switch(shared, "share_read")
        self.ignored = self._list("ignored", "Messages of these people are hidden from you.")
        stored = self.section("On this computer")
        self.add_switch(stored, "keep_drafts")
        self.passwords = self._list("passwords")
        self.certificates = self._list(
            "certificates",
            "You are asked again when you connect to a server whose certificate was forgotten.",
        )
        self._shown: dict[SettingCard, Sequence[str]] = {}

    def show(self) -> None:
        """Show the settings, and the lists as they are now."""
        super().show()
        tools = self.tools
        self._fill(self.ignored, ignored_names(tools.client.network), "Stop ignoring", self._accept, NOBODY)
        logins = [" on ".join(reversed(each.split(" ", 1))) for each in tools.settings.remembered]
        self._fill(self.passwords, logins, "Forget", self._forget_password, NO_PASSWORD)
        servers = tools.client.trusted_servers
        self._fill(self.certificates, servers, "Forget", self._forget_certificate, NO_CERTIFICATE)

    def apply(self, change: Change) -> None:
        """Show another list of people when another network is shown, or its state has changed."""
        if isinstance(change, StatusChanged) or self._shown.get(self.ignored) != ignored_names(
            self.tools.client.network
        ):
            self.show()

    def _list(self, key: str, below: str = "") -> SettingCard:
        self.rows[key] = self.heading(self._texts[key].label, below=below)
        return self.section()

    def _fill(
        self, card: SettingCard, names: Sequence[str], action: str, act: Callable[[str], object], empty: str
    ) -> None:
        """Show a row with a button for each name; the keyboard stays in the card."""
        if self._shown.get(card) == names:
            return
        had_focus = str(self.focus_lastfor() or "").startswith(str(card))
        self._shown[card] = list(names)
        card.clear()
        for name in names:
            row = card.add(SettingRow(card, self.theme, SettingText("", name), is_low=True))
            row.attach(ttk.Button(row, text=action, style="Small.TButton", command=partial(act, name)))
        if not names:
            card.add(SettingRow(card, self.theme, SettingText("", "", empty), is_low=True))
        elif had_focus and isinstance(first := card.rows[0], SettingRow) and first.control is not None:
            first.control.focus_set()

    def _accept(self, name: str) -> None:
        self.tools.client.ignore(name, False)
        self.show()

    def _forget_password(self, login: str) -> None:
        name, _, server = login.rpartition(" on ")
        host, _, port = server.rpartition(":")
        settings = self.tools.settings
        settings.remembered = [each for each in settings.remembered if each != f"{server} {name}"]
        self.tools.client.forget_password(Login(host, int(port) if port.isdecimal() else 0, nick=name))
        self.show()

    def _forget_certificate(self, server: str) -> None:
        self.tools.client.forget_certificate(server)
        self.show()


PRIVACY = SettingsPage("privacy", "Privacy", "eye", TEXTS, PrivacyPage)
