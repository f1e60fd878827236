"""The first thing people see: their name, and where to chat. An error stands in red under its field."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import ttk

from chatapp.client.login import PORT, Encrypt, Login, invited
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.gui.dialogs.advanced import AdvancedOptions
from chatapp.gui.dialogs.certificate_panel import CertificatePanel
from chatapp.gui.dialogs.discovered_servers import DiscoveredServers
from chatapp.gui.theme import icons
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import WRAP, Dialog, Field
from chatapp.protocol.addresses import parse_port, split_host_port
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.protocol.names import as_channel

HERE = "Start a chat on this computer"
LOCAL = ("127.0.0.1", "localhost", "::1")
PASSWORD_STORED = "It is remembered: leave this empty, or type another one."
PICTURE = 40  # pixels at 96 dpi
# What failed -> the field that it is about; anything else is about the server
FIELDS = {
    "name": "name",
    "name-taken": "name",
    "password": "password",
    "code": "code",
    "port": "port",
    "server-password": "server-password",
}


class ConnectDialog(Dialog):
    """Name, server, password, and what few people change, folded away.

    Takes  login: what the fields say at first; an empty host offers to start a chat here
           recent: addresses used before, the latest first
           keeps: where passwords can be kept, in words; nothing when they cannot
           is_remembered: whether the password of a login is kept
           on_connect: connect with this login
           on_start: start a server on this computer, open to the network or not, and connect to it
           on_trust: the certificate of this doubt is the right one; connect
           on_cancel: stop connecting
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        login: Login,
        recent: Sequence[str],
        keeps: str,
        is_remembered: Callable[[Login], bool],
        on_connect: Callable[[Login], object],
        on_start: Callable[[Login, bool], object],
        on_trust: Callable[[CertificateProblem], object],
        on_cancel: Callable[[], object],
        on_close: Callable[[], object],
    ) -> None:
        super().__init__(master, theme, "Chatapp", on_close)
        self._keeps = keeps
        self._is_remembered = is_remembered
        self._on_connect = on_connect
        self._on_start = on_start
        self._on_cancel = on_cancel
        self._connecting = False
        self._makes_account = False  # the next try
        self._recent = list(recent)
        self._addresses: dict[str, str] = {}  # of the servers that were found on this network, by their words
        self._form = ttk.Frame(self.body)
        self._form.columnconfigure(0, weight=1)
        self.question = CertificatePanel(self.body, theme, on_trust, self._distrust)
        self._build(recent)
        self._fill(login)
        theme.watch(self.advanced, self._show_fold)
        self.open(self.fields["name"].entry)

    def close(self) -> None:
        """Take it away; what is under way ends with it."""
        if self._connecting:
            self._on_cancel()
        super().close()

    def show_connecting(self, words: str) -> None:
        """It is under way: the fields rest, the button says so, Cancel ends it."""
        self._connecting = True
        self._turn_to(self._form)
        for field in self.fields.values():
            field.accept()
        self._rest(True)
        self.progress.configure(text=words)
        self.connect.configure(text="Connecting…")
        self.cancel.pack(side="right", padx=(0, self.theme.px(8)), fill="y")
        self.cancel.focus_set()

    def show_idle(self) -> None:
        """Nothing is under way: the fields can be filled in."""
        self._connecting = False
        self._rest(False)
        self.progress.configure(text="")
        self.connect.configure(text="Connect")
        self.cancel.pack_forget()

    def show_nearby(self, found: dict[str, str]) -> None:
        """Offer these servers of this network.

        Takes  found: what people read of each, and its address
        """
        self._addresses |= found
        self.fields["server"].entry["values"] = [HERE, *found, *self._recent]
        self.nearby.show(list(found))
        self.nearby.rest(self._connecting)
        if found:
            self.nearby.grid(row=4, sticky="ew", pady=(self.theme.px(6), 0))
        else:
            self.nearby.grid_forget()

    def show_failed(self, failed: ConnectFailed) -> None:
        """It came to nothing; the words stand under the field, with a way out where there is one.

        A certificate that is in doubt is asked about in place of the fields.
        """
        self.show_idle()
        if failed.doubt is not None:
            self._turn_to(self.question)
            self.question.show(failed.doubt).focus_set()
            return
        field = self.fields[FIELDS.get(failed.kind, "server")]
        if failed.kind == "code":
            self._ask_code()
        if failed.suggestion:
            field.refuse(failed.words, f"Use {failed.suggestion}", lambda: self._use(failed.suggestion))
        elif failed.kind == "refused" and split_host_port(self.fields["server"].value)[0] in LOCAL:
            field.refuse(f"{failed.words} Is the server running?", "Start one here", self._start_here)
        elif failed.kind == "no-tls" and not is_link(self.fields["server"].value):
            field.refuse(failed.words, "Connect unencrypted", lambda: self._use_encryption("never"))
        elif failed.makes_accounts:
            field.refuse(failed.words, "Make an account", self._make_account)
        elif failed.kind == "wants-tls":
            field.refuse(failed.words, "Connect encrypted", lambda: self._use_encryption("auto"))
        else:
            field.refuse(failed.words)
        if field in self.folded.fields.values():
            self._fold(False)
            field.entry.focus_set()

    def _build(self, recent: Sequence[str]) -> None:
        theme, px = self.theme, self.theme.px
        body = ttk.Frame(self._form)  # what is in it is made in the order in which Tab walks
        body.columnconfigure(0, weight=1, minsize=px(WRAP))
        self.fields = {
            "name": Field(body, theme, "Your name"),
            "server": Field(body, theme, "Server", "choose, or type an address", values=[HERE, *recent]),
        }
        self._lan = tk.BooleanVar(self, value=False)
        self.share = ttk.Checkbutton(body, text="Others on this network may join", variable=self._lan)
        self.nearby = DiscoveredServers(body, theme, self._choose)
        self.fields["password"] = Field(body, theme, "Password", "only if your name is protected", show="•")
        self._remember = tk.BooleanVar(self, value=False)
        self.remember = ttk.Checkbutton(body, text=f"Remember it {self._keeps}", variable=self._remember)
        self.fields["code"] = Field(body, theme, "Invitation code", "as it was given to you")
        self.advanced = ttk.Button(body, text=" Advanced", style="Quiet.TButton", compound="left")
        self.folded = AdvancedOptions(self._form, theme)
        self.advanced.configure(command=lambda: self._fold(bool(self.folded.winfo_manager())))
        self.fields |= self.folded.fields
        self._build_head().grid(row=0, sticky="ew", pady=(0, px(18)))
        self._turn_to(self._form)
        body.grid(row=0, column=0, sticky="nsew")
        self.fields["name"].grid(row=1, sticky="ew")
        self.fields["server"].grid(row=2, sticky="ew", pady=(px(14), 0))
        self.fields["password"].grid(row=5, sticky="ew", pady=(px(14), 0))
        self.advanced.grid(row=8, sticky="w", pady=(px(10), 0))
        self._build_foot().grid(row=1, columnspan=2, sticky="ew", pady=(px(18), 0))
        server = self.fields["server"].entry
        for event in ("<<ComboboxSelected>>", "<KeyRelease>", "<<Paste>>"):
            server.bind(event, lambda event: self.after_idle(self._follow_server))
        for name in ("name", "password", "port"):
            self.fields[name].entry.bind("<KeyRelease>", lambda event: self._offer_to_remember())
        self.bind("<Return>", self._on_return)
        self.bind("<Escape>", self._on_escape)

    def _build_head(self) -> ttk.Frame:
        head, px = ttk.Frame(self.body), self.theme.px
        self._picture = tk.PhotoImage(master=self, data=icons.app_icon(px(PICTURE)), format="png")
        ttk.Label(head, image=self._picture).grid(row=0, column=0, rowspan=2, padx=(0, px(12)))
        ttk.Label(head, text="Chatapp", style="Header.TLabel").grid(row=0, column=1, sticky="w")
        ttk.Label(head, text="Type a name and start chatting.", style="Muted.TLabel").grid(row=1, column=1)
        return head

    def _build_foot(self) -> ttk.Frame:
        foot = ttk.Frame(self._form)
        self.connect = ttk.Button(foot, text="Connect", style="Primary.TButton", command=self._submit)
        self.cancel = ttk.Button(foot, text="Cancel", command=self._stop)
        self.progress = ttk.Label(foot, style="Muted.TLabel")
        self.connect.pack(side="right")
        self.progress.pack(side="left")
        return foot

    def _fill(self, login: Login) -> None:
        """Put into the fields what is known already; nothing that was changed stays folded."""
        link = login.pin or login.code
        self.fields["name"].value = login.nick
        self.fields["server"].value = str(_link_of(login)) if link else login.host or HERE
        self.fields["password"].value = login.password
        self.fields["port"].value = "" if link or login.port == PORT else str(login.port)
        self.fields["realname"].value = login.realname
        self.fields["channels"].value = "" if link else ", ".join(login.channels)
        self.fields["server-password"].value = login.server_password
        self.folded.encrypt = "auto" if link else login.encrypt
        self.fields["name"].entry.select_range(0, "end")
        self._remember.set(login.remember)
        self._follow_server()
        self._fold(self.folded.is_usual)

    def _turn_to(self, page: ttk.Frame) -> None:
        """Show the fields, or the question in their place."""
        for each in (self._form, self.question):
            if each is not page:
                each.grid_forget()
        page.grid(row=1, column=0, sticky="ew")

    def _distrust(self) -> None:
        """Back to the fields."""
        self._turn_to(self._form)
        self.fields["server"].entry.focus_set()

    def _follow_server(self) -> None:
        """What was typed as the server decides what else is asked, and what is said about it."""
        self._offer_share()
        self._offer_to_remember()
        text = self.fields["server"].value
        try:
            self.fields["server"].note(_described(Invite.parse(text)) if is_link(text) else "")
        except BadInvite:
            self.fields["server"].note("")  # it may not be complete; if it stays so, it is refused

    def _offer_share(self) -> None:
        """Whether others may join is asked only about a server that is to be started here."""
        if self.fields["server"].value == HERE:
            self.share.grid(row=3, sticky="w", pady=(self.theme.px(4), 0))
        else:
            self.share.grid_forget()

    def _offer_to_remember(self) -> None:
        """Where there is a password, or one is kept already."""
        try:
            login = self._login()
        except BadInvite:
            login = None
        is_kept = login is not None and self._is_remembered(login)
        self.fields["password"].note(PASSWORD_STORED if is_kept else "")
        if is_kept and not self.remember.winfo_manager():
            self._remember.set(True)
        if self._keeps and (is_kept or self.fields["password"].value):
            self.remember.grid(row=6, sticky="w", pady=(self.theme.px(4), 0))
        else:
            self.remember.grid_forget()

    def _ask_code(self) -> None:
        """Only where a server wants one."""
        self.fields["code"].grid(row=7, sticky="ew", pady=(self.theme.px(14), 0))

    def _fold(self, away: bool) -> None:
        if away:
            self.folded.grid_forget()
        else:
            self.folded.grid(row=0, column=1, sticky="n", padx=(self.theme.px(32), 0))
            self.stay()
        self._show_fold()

    def _show_fold(self) -> None:
        name = "chevron-down" if self.folded.winfo_manager() else "chevron-right"
        self.advanced.configure(image=self.theme.icon(name, "muted", 14))

    def _rest(self, resting: bool) -> None:
        state = ["disabled" if resting else "!disabled"]
        for widget in (
            self.connect,
            self.advanced,
            self.share,
            self.remember,
            *(each.entry for each in self.fields.values()),
        ):
            widget.state(state)
        self.folded.rest(resting)
        self.nearby.rest(resting)

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        """Enter connects from any field; on a button it presses that."""
        if not isinstance(event.widget, ttk.Button) and self._form.winfo_manager():
            self._submit()

    def _on_escape(self, event: tk.Event[tk.Misc]) -> str:
        """Out of the question first, then out of the dialog."""
        if self._form.winfo_manager():
            self.close()
        else:
            self._distrust()
        return "break"

    def _submit(self) -> None:
        """Connect, if what was typed can be right."""
        if self._connecting:
            return
        for field in self.fields.values():
            field.accept()
        try:
            self._connect()
        except BadInvite as error:
            self.fields["server"].refuse(str(error))

    def _connect(self) -> None:
        """Raises  BadInvite"""
        if not self.fields["name"].value:
            self.fields["name"].refuse("Type the name that others shall see.")
        elif (login := self._login()) is None:
            self._fold(False)
            self.fields["port"].refuse("A port is a number from 1 to 65535.")
        elif login.host:
            self._on_connect(login)
        else:
            self._on_start(login, self._lan.get())

    def _login(self) -> Login | None:
        """What the fields say; None when the port is none.

        Raises  BadInvite
        """
        values = {name: field.value for name, field in self.fields.items()}
        person = Login(
            "",
            nick=values["name"],
            password=values["password"],
            realname=values["realname"],
            server_password=values["server-password"],
            code=values["code"],
            new_account=self._makes_account,
            remember=bool(self.remember.winfo_manager()) and self._remember.get(),
        )
        if is_link(values["server"]):
            login = invited(person, Invite.parse(values["server"]))
            return replace(login, code=person.code or login.code)
        server = "" if values["server"] == HERE else self._addresses.get(values["server"], values["server"])
        host, port = split_host_port(server)
        number = parse_port(port or values["port"] or str(PORT))
        if number is None:
            return None
        channels = tuple(map(as_channel, values["channels"].replace(",", " ").split()))
        return replace(person, host=host, port=number, channels=channels, encrypt=self.folded.encrypt)

    def _choose(self, words: str) -> None:
        """A server of this network was clicked: go there."""
        self.fields["server"].value = words
        self._follow_server()
        self._submit()

    def _use_encryption(self, encrypt: Encrypt) -> None:
        self.folded.encrypt = encrypt
        self._submit()

    def _use(self, name: str) -> None:
        """Another name; a password was the other one's."""
        self.fields["name"].value = name
        self.fields["password"].value = ""
        self._offer_to_remember()
        self._submit()

    def _make_account(self) -> None:
        """Of the name and the password that are typed."""
        if self.fields["password"].value:
            self._makes_account = True
            self._submit()
            self._makes_account = False
        else:
            words = "Choose a password for your account."
            self.fields["password"].refuse(words, "Make an account", self._make_account)

    def _start_here(self) -> None:
        self.fields["server"].value = HERE
        self._offer_share()
        self._submit()

    def _stop(self) -> None:
        self.show_idle()
        self.fields["name"].entry.focus_set()
        self._on_cancel()


def _link_of(login: Login) -> Invite:
    """The link that such a login came from."""
    secure = login.encrypt == "always"
    return Invite(login.host, login.port, login.channels, login.pin, login.code, secure)


def _described(invite: Invite) -> str:
    """What a link leads to, for people."""
    channels = f"{', '.join(invite.channels)} on " if invite.channels else ""
    expected = ", whose certificate it names" if invite.pin else ""
    account = " Choose a password, and it makes an account for you." if invite.code else ""
    return f"An invitation to {channels}{invite.host}{expected}.{account}"
