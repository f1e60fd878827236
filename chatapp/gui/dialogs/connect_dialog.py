"""The first dialog: who one is, which chat to join or to start; progress and failures in place."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from tkinter import ttk
from typing import TYPE_CHECKING

from chatapp.client.login import NAME_MISSING, PORT_INVALID, Encrypt, Login
from chatapp.gui.dialogs.chat_offers import ChatOffer, merged, of_clipboard
from chatapp.gui.dialogs.connect_frame import ConnectFrame
from chatapp.gui.dialogs.connect_pages import FIELDS, ConnectPages, ConnectStart, PageEvents, PageName
from chatapp.gui.dialogs.typed_address import BadAddress, TypedAddress
from chatapp.gui.dialogs.welcome_page import LINK, NEW
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Field
from chatapp.gui.widgets.field_message import Action, MessageContent, words
from chatapp.languages.translation import N_, _
from chatapp.protocol.code_text import typed_code
from chatapp.protocol.invite_links import is_link

if TYPE_CHECKING:
    from chatapp.client.local.code_lookup import CodeResult
    from chatapp.client.model.changes import ConnectFailed
    from chatapp.client.transport.certificates import CertificateProblem
    from chatapp.client.transport.server_check import CheckResult
    from chatapp.gui.dialogs.certificate_panel import CertificatePanel
    from chatapp.gui.dialogs.connect_failures import ShownFailure, Step
    from chatapp.gui.dialogs.new_chat_page import NewChat

TITLES: dict[PageName, tuple[str, str]] = {
    "welcome": (N_("Welcome to Chatapp"), N_("Type a name, choose a chat, and talk.")),
    "join": (N_("Join a chat"), N_("Paste a link, or type an address or a code.")),
    "new": (N_("Start a new chat"), N_("It runs on this computer; nothing to install.")),
    "settings": (N_("Other settings"), N_("Most chats need none of these.")),
}
ADD_TITLES = (N_("Add a server"), N_("Choose a chat. The others stay connected."))
NOT_THE_SAME = N_("This is not the chat that you were told about. Do not join it; ask for its link again.")


@dataclass(frozen=True, slots=True)
class ConnectActions:
    """What the dialog has done.

    Attributes:
        on_connect: Connect with this login.
        on_start: Start the chat of this computer again, and connect to it.
        on_new: Start a new chat on this computer, and connect to it.
        on_running: Open the own chat that runs on this computer already.
        on_trust: Trust the certificate of a failed connection, and connect; whether it is the same chat.
        on_compared: Trust a certificate without connecting: the user has compared it.
        on_cancel: Stop connecting.
        on_check: Ask the server of a login what it is; None to ask none any more.
        on_code: Look on this network for the chat of an invite code, until `on_check` is called.
        on_close: The user has closed the dialog.
    """

    on_connect: Callable[[Login], object]
    on_start: Callable[[Login], object]
    on_new: Callable[[Login, NewChat], object]
    on_running: Callable[[Login], object]
    on_trust: Callable[[CertificateProblem, bool], object]
    on_compared: Callable[[CertificateProblem], object]
    on_cancel: Callable[[], object]
    on_check: Callable[[Login | None], object]
    on_code: Callable[[str], object]
    on_close: Callable[[], object]


class ConnectDialog(ConnectFrame):
    """Shows a page, or in its place the question about a certificate."""

    def __init__(self, master: tk.Misc, theme: Theme, start: ConnectStart, actions: ConnectActions) -> None:
        title = _(ADD_TITLES[0]) if start.adds else "Chatapp"
        super().__init__(master, theme, title, actions.on_close, self._submit, self._open_settings)
        self._actions = actions
        self._adds = start.adds
        self._is_connecting = False
        self._is_comparing = False
        self._wanted_code = ""  # whose chat is to be joined when it is found
        self._last = start.login  # the login of the last attempt
        self._joined = start.joined
        self._first_name = start.login.name
        self._known = self._not_joined(start.offers)
        self._found: list[ChatOffer] = []
        self._copied: ChatOffer | None = None
        self._is_searching = True
        events = PageEvents(
            self._on_choice, self._open_card, self._check, actions.on_code, self._compare, self.fit
        )
        self.pages = ConnectPages(self.column, theme, self.inner_width, start, events)
        self.pages.grid(row=1, sticky="ew")
        self.bind("<Return>", self._on_return)
        self.bind("<KP_Enter>", self._on_return)
        self.bind("<Escape>", self._on_escape)
        self.bind("<FocusIn>", lambda event: self._read_clipboard() if event.widget is self else None)
        self.pages.field("name").entry.bind("<<Paste>>", self._on_paste)
        self.pages.welcome.show(self._known, True, start.login.address if start.login.host else "")
        self.show_page("join" if start.address else "welcome")
        if start.address:
            self.pages.join.show(start.address)
        self.open(self.pages.field("name").entry)

    @property
    def fields(self) -> dict[str, Field]:
        """All fields by name."""
        return {name: self.pages.field(name) for name in FIELDS}

    @cached_property
    def certificate_panel(self) -> CertificatePanel:
        """The question about a certificate, which is seldom asked."""
        from chatapp.gui.dialogs.certificate_panel import CertificatePanel

        return CertificatePanel(self.over, self.theme, self._trust, self._distrust, self.inner_width)

    # what the controller calls

    def close(self) -> None:
        """Close the dialog, and cancel connecting."""
        if self._is_connecting:
            self._actions.on_cancel()
        super().close()

    def show_offers(self, found: Sequence[ChatOffer], is_searching: bool) -> None:
        """Show the chats that were found on this network."""
        self._found, self._is_searching = self._not_joined(found), is_searching
        if not self._is_connecting:
            self._show_offers()

    def show_checked(self, result: CheckResult) -> None:
        """Show what the server of the typed address has answered."""
        if not self._is_connecting:
            self.pages.join.show_checked(result)

    @property
    def problem(self) -> str:
        """What is said about the chosen chat or the address, "" for nothing."""
        pages = self.pages
        if pages.shown == "welcome":
            return pages.welcome.message.text
        return pages.new_chat.message.text if pages.shown == "new" else pages.join.address.error

    def show_code(self, result: CodeResult) -> None:
        """Show which chat has the typed code, and join it if the user has asked for that already."""
        if self._is_connecting:
            return
        wanted, self._wanted_code = self._wanted_code, ""
        self.pages.join.show_code(result)
        if wanted and wanted == self.pages.field("server").value and self.pages.origin == "join":
            self._submit()

    def show_connecting(self, login: Login) -> None:
        """Show progress: everything is disabled but Cancel."""
        self._is_connecting = True
        self._last = login
        self._uncover()
        self.pages.clear_problems()
        self._set_disabled(True)
        self.show_deed(self.pages.progress())
        self.show_links(_("Cancel"), self._stop, has_settings=False)
        self.back.focus_set()

    def show_idle(self) -> None:
        """Enable everything again."""
        self._is_connecting = False
        self._set_disabled(False)
        self._show_foot()
        self._show_offers()

    def show_failed(self, failed: ConnectFailed) -> None:
        """Show why connecting failed, in the place that it concerns, with what can be done about it.

        For a certificate that is not trusted, show the question about it in place of everything.
        """
        from chatapp.gui.dialogs.connect_failures import shown_failure

        self.show_idle()
        if failed.certificate_problem is not None:
            default = self.certificate_panel.show(failed.certificate_problem)
            self.show_over(self.certificate_panel)
            self.fit()
            default.focus_set()
            return
        has_link = self.pages.origin == "join" and is_link(self.pages.field("server").value)
        self._show_problem(shown_failure(failed, self._last, time.time(), has_link))
        self.fit()

    # pages

    def show_page(self, page: PageName) -> None:
        """Show another page; what was typed on the others stays."""
        self._uncover()
        self.pages.show(page)
        self.show_titles(*map(_, ADD_TITLES if page == "welcome" and self._adds else TITLES[page]))
        self._show_foot()
        self.fit()

    def _uncover(self) -> None:
        """Show the page in place of the question about a certificate."""
        self._is_comparing = False
        if self.is_covered:
            self.show_over(None)

    def _show_foot(self) -> None:
        """Let the buttons say what they do."""
        if self._is_connecting:
            return
        page = self.pages.shown
        self.show_deed(self.pages.deed())
        self.show_links("" if page == "welcome" else _("Back"), self._go_back, page in ("welcome", "join"))

    def _open_settings(self) -> None:
        self.show_page("settings")
        self.pages.field("password").entry.focus_set()

    def _open_card(self, key: str) -> None:
        """Do what a card is for: go to its page, or join its chat."""
        if key == LINK:
            self.show_page("join")
        elif key == NEW:
            self.show_page("new")
            self.pages.new_chat.suggest_name(self.pages.field("name").value)
            self.pages.field("chat").entry.select_range(0, "end")
        else:
            self._submit()
            return
        self.pages.focus_choice()

    def _go_back(self) -> None:
        self.show_page(self.pages.origin if self.pages.shown == "settings" else "welcome")
        self.pages.field("name").entry.focus_set()

    def _on_choice(self) -> None:
        """Another chat was chosen or typed, or more is known about it."""
        self._show_foot()
        self.pages.show_stored()
        self.fit()

    def _show_offers(self) -> None:
        known = [*([self._copied] if self._copied else []), *self._known]
        self.pages.welcome.show(merged(known, self._found), self._is_searching)

    def _read_clipboard(self) -> None:
        """Offer the chat of a link that was copied."""
        try:
            copied = of_clipboard(self.clipboard_get())
        except tk.TclError:
            return  # it is empty, or holds no text
        if copied is None or not self._not_joined([copied]):
            return
        if copied != self._copied and not self._is_connecting:
            self._copied = copied
            self.pages.welcome.put_first(copied.key)
            self._show_offers()

    def _on_paste(self, event: tk.Event[tk.Misc]) -> str | None:
        """Take a link or an invite code that is pasted in place of a name to the page where it belongs."""
        try:
            text = self.clipboard_get()
        except tk.TclError:
            return None  # it is empty, or holds no text
        if not self._takes_address(text):
            return None
        self._show_address(text)
        return "break"

    def _takes_address(self, text: str) -> bool:
        """Return whether a text is no name but a link or an invite code, as both are written."""
        is_code = bool(text.strip()) and typed_code(text) == text.strip()
        return self.pages.shown in ("welcome", "join") and (is_link(text) or is_code)

    def _show_address(self, text: str) -> None:
        self.show_page("join")
        self.pages.join.show(text.strip())
        self.pages.focus_choice()

    def _not_joined(self, offers: Sequence[ChatOffer]) -> list[ChatOffer]:
        """Return the chats but for those to which one is added."""
        return [each for each in offers if not self._joined & {each.key, each.login.address, *each.addresses}]

    # the server that was typed

    def _check(self, typed: TypedAddress | None) -> None:
        login = self.pages.login_for(typed.login, typed.has_port) if typed else None
        self._actions.on_check(login)

    def _compare(self, typed: TypedAddress, fingerprint: str) -> None:
        from chatapp.client.transport.certificates import CertificateProblem

        problem = CertificateProblem("unknown", typed.login.host, typed.login.port, fingerprint)
        default = self.certificate_panel.show_comparison(problem)
        self._is_comparing = True
        self.show_over(self.certificate_panel)
        self.fit()
        default.focus_set()

    def _trust(self, problem: CertificateProblem, is_same_chat: bool) -> None:
        if not self._is_comparing:
            self._actions.on_trust(problem, is_same_chat)
            return
        self._uncover()
        self._actions.on_compared(problem)
        self.pages.join.show_compared()
        self.fit()
        self.deed.focus_set()

    def _distrust(self) -> None:
        """Return from the question about a certificate to the page."""
        was_comparing = self._is_comparing
        self._uncover()
        if was_comparing:
            self.pages.join.show_problem(MessageContent(_(NOT_THE_SAME), icon="alert"))
        self.pages.focus_choice()
        self.fit()

    # connecting

    def _set_disabled(self, disabled: bool) -> None:
        self.deed.state(["disabled" if disabled else "!disabled"])
        self.pages.set_disabled(disabled)

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        """Do what the button says on Enter in any field; on another button, Enter presses that one."""
        if not isinstance(event.widget, ttk.Button) and not self.is_covered:
            self._submit()

    def _on_escape(self, event: tk.Event[tk.Misc]) -> str:
        """Stop connecting, leave the question about a certificate, go back, or close the dialog."""
        if self._is_connecting:
            self._stop()
        elif self.is_covered:
            self._leave_question()
        elif self.pages.shown != "welcome":
            self._go_back()
        else:
            self.close()
        return "break"

    def _leave_question(self) -> None:
        self._uncover()
        self.pages.focus_choice()
        self.fit()

    def _submit(self, new_account: bool = False) -> None:
        """Do what the button says, if the fields are valid."""
        if self._is_connecting:
            return
        self.pages.clear_problems()
        page, name = self.pages.origin, self.pages.field("name")
        if self._takes_address(name.value):
            address, name.value = name.value, self._first_name
            self._show_address(address)
        elif page == "welcome" and self.pages.welcome.offer is None:
            self._open_card(self.pages.welcome.chosen)
        elif not name.value:
            name.show_error(_(NAME_MISSING))
        elif page == "new":
            self._start_chat()
        else:
            self._connect(new_account)
        if self.winfo_exists():
            self.fit()

    def _connect(self, new_account: bool) -> None:
        try:
            target = self.pages.join.typed() if self.pages.origin == "join" else self.pages.target()
        except BadAddress as error:
            if self.pages.join.is_looking:
                self._wanted_code = self.pages.field("server").value
            else:
                self.show_page("join")
                self.pages.field("server").show_error(str(error))
            return
        assert target
        login = self.pages.login_for(target.login, target.has_port)
        if login is None:
            self._show_port_problem()
            return
        login = replace(login, new_account=new_account)
        (self._actions.on_connect if login.host else self._actions.on_start)(login)

    def _start_chat(self) -> None:
        problem = self.pages.new_chat.problem()
        login = self.pages.login_for(Login(""))
        if problem:
            self.show_page("new")
            self.pages.field("chat").show_error(problem)
        elif login is None:
            self._show_port_problem()
        else:
            self._actions.on_new(login, self.pages.new_chat.chat)

    def _show_port_problem(self) -> None:
        self.show_page("settings")
        self.pages.field("port").show_error(_(PORT_INVALID))

    def _stop(self) -> None:
        self.show_idle()
        self.pages.field("name").entry.focus_set()
        self._actions.on_cancel()

    # failures

    def _show_problem(self, shown: ShownFailure) -> None:
        from chatapp.gui.dialogs.connect_failures import LABELS

        steps: dict[Step, Action] = {
            "": lambda: None,
            "start": self._start_here,
            "open": self._open_running,
            "unencrypted": lambda: self._use_encryption("never"),
            "encrypted": lambda: self._use_encryption("auto"),
            "account": self._create_account,
        }
        content = MessageContent(
            shown.text, "danger", shown.icon,
            action=(_(LABELS.get(shown.step, "")), steps[shown.step]),
            lead=shown.lead, words=words(shown.names, self._use_name),
        )  # fmt: skip
        if shown.place == "server":
            self._show_server_problem(content)
            return
        if shown.place == "password" or shown.asks_password:
            self.pages.user.show_password()
        if shown.place == "code":
            self.pages.user.show_code()
        if shown.place in ("port", "server-password", "proxy"):
            self.show_page("settings")
        if shown.place == "proxy":
            self.pages.advanced.proxy.show_error(shown.text)
            self.fit()
            return
        self.pages.field(shown.place).show_problem(content)
        self.pages.field("password" if shown.asks_password else shown.place).entry.focus_set()
        self.pages.show_stored()

    def _show_server_problem(self, content: MessageContent) -> None:
        if self.pages.shown == "settings":
            self.show_page(self.pages.origin)
        pages = self.pages
        match pages.shown:
            case "welcome":
                pages.welcome.show_problem(content)
            case "new":
                pages.new_chat.show_problem(content)
            case _:
                pages.join.show_problem(content)
        self.pages.focus_choice()

    def _use_encryption(self, encrypt: Encrypt) -> None:
        self.pages.advanced.encrypt = encrypt
        self._submit()

    def _use_name(self, name: str) -> None:
        self.pages.user.use_name(name)
        self._submit()

    def _create_account(self) -> None:
        """Create an account with the name and the password that were typed."""
        password = self.pages.field("password")
        if password.value:
            self._submit(new_account=True)
        else:
            text = _("Choose a password for your account.")
            password.show_error(text, _("Create an account"), self._create_account)
            self.fit()

    def _open_running(self) -> None:
        """Open the own chat, with the name that was typed where it is not connected yet."""
        login = self.pages.login_for(Login(""))
        if login is not None:
            self._actions.on_running(login)

    def _start_here(self) -> None:
        self._open_card(NEW)
        self._submit()
