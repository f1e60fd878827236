"""The page "My account" of the settings: name, colour, status, password, sessions, export, deletion.

What the server does not offer is absent. Every failure stands where the deed was done.
"""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TypeVar

from chatapp.client.model.changes import Change, ExportChanged, MembersChanged, StatusChanged
from chatapp.client.model.network import Network
from chatapp.client.model.own_account import offers
from chatapp.gui.settings.account_deletion import LABEL as DELETE
from chatapp.gui.settings.account_deletion import AccountDeletion
from chatapp.gui.settings.account_export import LABEL as EXPORT
from chatapp.gui.settings.account_export import AccountExport
from chatapp.gui.settings.account_head import AccountHead
from chatapp.gui.settings.account_password import AccountPassword
from chatapp.gui.settings.account_sessions import TITLE as SESSIONS
from chatapp.gui.settings.account_sessions import AccountSessions
from chatapp.gui.settings.account_status import AUTOMATIC, AccountStatus
from chatapp.gui.settings.order_watch import OrderWatch
from chatapp.gui.settings.page import PageView, SettingsPage
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.flow_row import FlowRow
from chatapp.gui.widgets.setting_row import SettingText
from chatapp.gui.widgets.wrapping import wrap_at
from chatapp.languages.translation import N_, _

Part = TypeVar("Part", bound=tk.Widget)

# Pixels at 96 dpi
GAP, BEFORE_RULE = 14, 20
PASSWORD_GAP, SESSIONS_GAP, END_GAP = 13, 7, 13  # below the rule of a part
OFFLINE = N_("You are not connected. Connect to change your name, your status or your password.")
DELETED = N_("Your account is deleted.")
TEXTS = (
    SettingText("head", N_("Change name…"), keywords=N_("nick display name avatar rename who am i")),
    SettingText("colour", N_("Colour"), keywords=N_("color of the name avatar")),
    SettingText("status", N_("Status"), keywords=N_("online away presence absent busy lunch")),
    AUTOMATIC,
    SettingText(
        "password", N_("Password"), keywords=N_("protect account register change give up login security")
    ),
    SettingText("sessions", SESSIONS, keywords=N_("log out devices computers sessions")),
    SettingText("export", EXPORT, keywords=N_("export html json download backup data")),
    SettingText("deletion", DELETE, keywords=N_("remove close unregister")),
)


class AccountPage(PageView):
    """The user's own account on the current network."""

    def __init__(self, master: tk.Misc, tools: PageTools) -> None:
        super().__init__(master, tools, _("My account"), TEXTS)
        px = tools.theme.px
        self._orders = OrderWatch()
        self._network: Network | None = None
        self._account = ""
        self._is_deleted = False
        self.where = ttk.Label(self.head, style="Muted.TLabel")
        self.offline = ttk.Label(self, text=_(OFFLINE), style="Muted.TLabel", justify="left")
        self.card = self._place(AccountHead(self, tools, self._orders), 2)
        self._status_title = self._place(ttk.Label(self, text=_("Status"), style="Header.TLabel"), 3, 8)
        self.status = self._place(AccountStatus(self, tools, self._orders), 4)
        self._password_part = self._part(5, PASSWORD_GAP)
        ttk.Label(self._password_part, text=_("Password"), style="Header.TLabel").grid(sticky="w")
        self.password = AccountPassword(self._password_part, tools, self._orders)
        self.password.grid(sticky="ew", pady=(px(8), 0))
        self._sessions_part = self._part(6, SESSIONS_GAP)
        self.sessions = AccountSessions(self._sessions_part, tools, self._orders)
        self.sessions.grid(sticky="ew")
        self.sessions.bind("<<SessionsListed>>", lambda event: self._show_registered())
        self._end_part = self._part(7, END_GAP)
        self._ends = FlowRow(self._end_part, self.theme, spread=True)
        self._ends.grid(row=1, column=0, sticky="ew")
        self.export = AccountExport(self._ends, tools)
        self.delete = ttk.Button(
            self._ends,
            text=_(DELETE),
            style="DangerLine.TButton",
            command=self._open_deletion,
            cursor="hand2",
        )
        self.deletion = AccountDeletion(
            self._end_part, tools, self._orders, self._close_deletion, self._on_deleted
        )
        self._all_rows: dict[str, tk.Widget] = {
            "head": self.card,
            "colour": self.card.swatches,
            "status": self.status.choice,
            "away_minutes": self.status.switch,
            "password": self._password_part,
            "sessions": self._sessions_part,
            "export": self.export,
            "deletion": self.delete,
        }
        self.bind("<Configure>", lambda event: wrap_at(self.offline, event.width - 64), add=True)

    def show(self) -> None:
        """Show the account as it is now, and request where it is logged in."""
        super().show()
        self._follow()
        if offers(self.tools.client.network).sessions:
            self.sessions.repaint()
            self.sessions.request()

    def apply(self, change: Change) -> None:
        """Follow the account while the page is open."""
        self._orders.apply(change)
        if isinstance(change, ExportChanged):
            self.export.apply(change.export)
        elif isinstance(change, StatusChanged | MembersChanged) or self._is_other_network:
            self._follow()

    @property
    def _is_other_network(self) -> bool:
        """Whether the user has gone to another network."""
        return self.tools.client.network is not self._network

    # what is shown

    def _follow(self) -> None:
        network = self.tools.client.network
        if self._is_other_network or network.account != self._account:
            self._reset(network)
        self._is_deleted = self._is_deleted and network.state != "online"
        offered = offers(network)
        is_online = network.state == "online"
        self.where.configure(text=_("on {network}").format(network=network.name) if network.name else "")
        self.show_head(self.where)
        self.offline.configure(text=_(DELETED if self._is_deleted else OFFLINE))
        self._show_part(self.offline, not is_online, 1, GAP)
        self.card.show(network)
        self.status.show(network)
        self._show_part(self._password_part, self.password.show(network), 5, BEFORE_RULE)
        self._show_part(self._sessions_part, offered.sessions, 6, GAP)
        self._show_end(offered.export, offered.give_up)
        # what is absent is looked for where it would be explained
        instead = self.card if is_online else self.offline
        self.rows = {key: row if row.winfo_manager() else instead for key, row in self._all_rows.items()}

    def _reset(self, network: Network) -> None:
        """Forget what belongs to another network or account, and begin anew."""
        is_new_network = self._is_other_network
        self._network, self._account = network, network.account
        if is_new_network:
            self.card.reset()
            self.password.reset()
            self.export.reset()
        self.sessions.reset()
        self._close_deletion()
        if network.account and offers(network).sessions:
            self.sessions.request()

    def _show_registered(self) -> None:
        self.password.show_registered(self.sessions.registered)

    def _show_end(self, can_export: bool, can_delete: bool) -> None:
        part = self._end_part
        self._show_part(part, can_export or can_delete, 7, 0)
        is_open = bool(self.deletion.winfo_manager())
        shown = (self.export, can_export), (self.delete, can_delete and not is_open)
        self._ends.show(*[each for each, is_shown in shown if is_shown])

    # deleting

    def _open_deletion(self) -> None:
        self.deletion.grid(row=2, column=0, sticky="ew", pady=(self.theme.px(GAP), 0))
        self._follow()
        self.deletion.open()

    def _close_deletion(self) -> None:
        was_open = bool(self.deletion.winfo_manager())
        self.deletion.grid_remove()
        if was_open:
            self._follow()
            self.delete.focus_set()

    def _on_deleted(self) -> None:
        self._is_deleted = True
        self.deletion.grid_remove()
        self._follow()

    # placing

    def _place(self, part: Part, row: int, gap: int = GAP) -> Part:
        part.grid(row=row, column=0, sticky="ew", pady=(0, self.theme.px(gap)))
        return part

    def _part(self, row: int, gap: int) -> ttk.Frame:
        """Return a frame below a rule."""
        px = self.theme.px
        part = ttk.Frame(self)
        part.columnconfigure(0, weight=1)
        rule = ttk.Frame(part, style="Divider.TFrame", height=max(px(1), 1))
        rule.grid(row=0, column=0, columnspan=2, sticky="ew", pady=(0, px(gap)))
        part.grid(row=row, column=0, sticky="ew")
        return part

    def _show_part(self, part: tk.Widget, shown: bool, row: int, gap: int) -> None:
        if shown:
            part.grid(row=row, column=0, sticky="ew", pady=(0, self.theme.px(gap)))
        else:
            part.grid_remove()


ACCOUNT = SettingsPage("account", N_("My account"), "person", TEXTS, AccountPage)
