"""The page "Privacy" of the settings: what others see, who is ignored, what is stored on this computer."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from tkinter import ttk

from chatapp.client.login import Login
from chatapp.client.model.changes import Change, StatusChanged
from chatapp.client.model.ignored_people import ignored_names
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.setting_row import SettingCard, SettingRow, SettingText
from chatapp.gui.widgets.widget_paths import last_focused
from chatapp.languages.translation import N_, _

TEXTS = (
    SettingText("typing", N_("Show others when I am typing"), N_("They see that you are typing, not what.")),
    SettingText(
        "share_read", N_("Remember on the server how far I have read"),
        N_("Your other devices know it, too. Other people do not see it."),
        N_("read marker last read sync unread"),
    ),
    SettingText("ignored", N_("Ignored people"), keywords=N_("ignore block stop ignoring hide")),
    SettingText(
        "keep_drafts",
        N_("Keep unsent messages"),
        N_("What you have written and the files for it are there again after a restart."),
        N_("drafts"),
    ),
    SettingText("passwords", N_("Stored passwords"), keywords=N_("forget password login keyring")),
    SettingText(
        "certificates", N_("Trusted certificates"), keywords=N_("forget certificate fingerprint tls server"),
    ),
)  # fmt: skip
NOBODY = N_("You ignore nobody here. Right-click a name to ignore a person.")
NO_PASSWORD = N_("No password is stored on this computer.")
NO_CERTIFICATE = N_("You have not trusted the certificate of any server.")


class PrivacyPage(PageView):
    """Lists what the user can undo."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("Privacy"), TEXTS)
        shared = self.section(_("What others see"))
        self.add_switch(shared, "typing")
        self.add_switch(shared, "share_read")
        self.ignored = self._list("ignored", _("Messages of these people are hidden from you."))
        stored = self.section(_("On this computer"))
        self.add_switch(stored, "keep_drafts")
        self.passwords = self._list("passwords")
        self.certificates = self._list(
            "certificates",
            _("You are asked again when you connect to a server whose certificate was forgotten."),
        )
        self._shown: dict[SettingCard, Sequence[str]] = {}

    def show(self) -> None:
        """Show the settings, and the lists as they are now."""
        super().show()
        tools = self.tools
        people = {name: name for name in ignored_names(tools.client.network)}
        self._fill(self.ignored, people, _("Stop ignoring"), self._accept, _(NOBODY))
        logins = {each: _login_text(each) for each in tools.settings.remembered}
        self._fill(self.passwords, logins, _("Forget"), self._forget_password, _(NO_PASSWORD))
        servers = {server: server for server in tools.client.trusted_servers}
        self._fill(self.certificates, servers, _("Forget"), self._forget_certificate, _(NO_CERTIFICATE))

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
        self,
        card: SettingCard,
        labels: Mapping[str, str],
        action: str,
        act: Callable[[str], object],
        empty: str,
    ) -> None:
        """Show rows with a button; the keyboard stays in the card.

        Args:
            labels: What each row says, by what the button acts on.
            action: The text of the buttons.
            empty: What is said if there are no rows.
        """
        if self._shown.get(card) == list(labels):
            return
        had_focus = str(last_focused(self) or "").startswith(str(card))
        self._shown[card] = list(labels)
        card.clear()
        for key, label in labels.items():
            row = card.add(SettingRow(card, self.theme, SettingText("", label), is_low=True))
            row.attach(ttk.Button(row, text=action, style="Small.TButton", command=partial(act, key)))
        if not labels:
            card.add(SettingRow(card, self.theme, SettingText("", "", empty), is_low=True))
        elif had_focus and isinstance(first := card.rows[0], SettingRow) and first.control is not None:
            first.control.focus_set()

    def _accept(self, name: str) -> None:
        self.tools.client.ignore(name, False)
        self.show()

    def _forget_password(self, login: str) -> None:
        server, _space, name = login.partition(" ")
        host, _colon, port = server.rpartition(":")
        settings = self.tools.settings
        settings.remembered = [each for each in settings.remembered if each != login]
        self.tools.client.forget_password(Login(host, int(port) if port.isdecimal() else 0, nick=name))
        self.show()

    def _forget_certificate(self, server: str) -> None:
        self.tools.client.forget_certificate(server)
        self.show()


def _login_text(login: str) -> str:
    """Return a stored login as people read it.

    Args:
        login: Server and name, as in the settings.
    """
    server, _space, name = login.partition(" ")
    return _("{name} on {server}").format(name=name, server=server)


PRIVACY = SettingsPage("privacy", N_("Privacy"), "eye", TEXTS, PrivacyPage)
