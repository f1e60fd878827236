"""The fields of the connection dialog: name, server, password, invite code, and the Advanced part."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import ttk

from chatapp.client.login import PORT, Login, for_invite, with_name
from chatapp.gui.dialogs.advanced import AdvancedOptions
from chatapp.gui.dialogs.discovered_servers import DiscoveredServers
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import TEXT_WIDTH, Field
from chatapp.protocol.addresses import parse_port, split_host_port
from chatapp.protocol.invite_links import BadInvite, Invite, is_link
from chatapp.protocol.names import as_channel

START_HERE = "Start a chat on this computer"
PASSWORD_STORED = "Your password is stored. Leave this empty, or type another one."


class LoginForm(ttk.Frame):
    """Makes a Login from the fields.

    Args:
        recent: Addresses used before, the latest first.
        password_store: Where passwords can be stored, as text ("in the keyring"); "" if nowhere.
        is_remembered: Returns whether the password of a login is stored.
        on_choose: Called when a discovered server was clicked and its label is in the server field.
        on_unfold: Called when the Advanced part was unfolded.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        recent: Sequence[str],
        password_store: str,
        is_remembered: Callable[[Login], bool],
        on_choose: Callable[[], object],
        on_unfold: Callable[[], object],
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._recent = list(recent)
        self._password_store = password_store
        self._is_remembered = is_remembered
        self._on_choose = on_choose
        self._on_unfold = on_unfold
        self._addresses: dict[str, str] = {}  # label of a discovered server -> address
        self._share_var = tk.BooleanVar(self, value=False)
        self._remember_var = tk.BooleanVar(self, value=False)
        self.columnconfigure(0, weight=1)
        self._build()
        theme.watch(self.advanced_button, self._paint_fold)

    @property
    def is_shared(self) -> bool:
        """Whether a server started here accepts other computers of this network."""
        return self._share_var.get()

    def fill(self, login: Login) -> None:
        """Fill the fields from a login; unfold the Advanced part if it has other values than the defaults."""
        link = login.pin or login.code
        self.fields["name"].value = login.name
        self.fields["server"].value = str(_link_of(login)) if link else login.host or START_HERE
        self.fields["password"].value = login.password
        self.fields["port"].value = "" if link or login.port == PORT else str(login.port)
        self.fields["realname"].value = login.realname
        self.fields["channels"].value = "" if link else ", ".join(login.channels)
        self.fields["server-password"].value = login.server_password
        self.advanced_options.encrypt = "auto" if link else login.encrypt
        self.fields["name"].entry.select_range(0, "end")
        self._remember_var.set(login.remember)
        self._on_server_change()
        self.fold(self.advanced_options.is_default)

    def login(self, new_account: bool = False) -> Login | None:
        """Return the login that the fields describe; None if the port is invalid.

        Raises:
            BadInvite: The server field holds a damaged invite link.
        """
        values = {name: field.value for name, field in self.fields.items()}
        user = Login(
            "",
            password=values["password"],
            realname=values["realname"],
            server_password=values["server-password"],
            code=values["code"],
            new_account=new_account,
            remember=bool(self.remember.winfo_manager()) and self._remember_var.get(),
        )
        user = with_name(user, values["name"])
        if is_link(values["server"]):
            login = for_invite(user, Invite.parse(values["server"]))
            return replace(login, code=user.code or login.code)
        server = (
            "" if values["server"] == START_HERE else self._addresses.get(values["server"], values["server"])
        )
        host, port = split_host_port(server)
        number = parse_port(port or values["port"] or str(PORT))
        if number is None:
            return None
        channels = tuple(map(as_channel, values["channels"].replace(",", " ").split()))
        return replace(user, host=host, port=number, channels=channels, encrypt=self.advanced_options.encrypt)

    def clear_errors(self) -> None:
        """Hide the errors of all fields."""
        for field in self.fields.values():
            field.clear_error()

    def show_discovered(self, found: dict[str, str]) -> None:
        """Offer these servers of this network.

        Args:
            found: Label -> address.
        """
        self._addresses |= found
        self.fields["server"].entry["values"] = [START_HERE, *found, *self._recent]
        self.discovered.show(list(found))
        if found:
            self.discovered.grid(row=4, sticky="ew", pady=(self._theme.px(6), 0))
        else:
            self.discovered.grid_forget()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable everything in the form."""
        state = ["disabled" if disabled else "!disabled"]
        for widget in (
            self.advanced_button,
            self.share,
            self.remember,
            *(each.entry for each in self.fields.values()),
        ):
            widget.state(state)
        self.advanced_options.set_disabled(disabled)
        self.discovered.set_disabled(disabled)

    def set_name(self, name: str) -> None:
        """Set another name, and clear the password, which belongs to the previous name."""
        self.fields["name"].value = name
        self.fields["password"].value = ""
        self._show_remember()

    def choose_here(self) -> None:
        """Choose to start a server on this computer."""
        self.fields["server"].value = START_HERE
        self._show_share()

    def show_code_field(self) -> None:
        """Show the field for the invite code, which only some servers need."""
        self.fields["code"].grid(row=7, sticky="ew", pady=(self._theme.px(14), 0))

    def fold(self, folded: bool) -> None:
        """Hide or show the Advanced part."""
        if folded:
            self.advanced_options.grid_forget()
        else:
            self.advanced_options.grid(row=0, column=1, sticky="n", padx=(self._theme.px(32), 0))
            self._on_unfold()
        self._paint_fold()

    def _build(self) -> None:
        theme, px = self._theme, self._theme.px
        body = ttk.Frame(self)  # its children are created in the order in which Tab visits them
        body.columnconfigure(0, weight=1, minsize=px(TEXT_WIDTH))
        choices = [START_HERE, *self._recent]
        self.fields = {
            "name": Field(body, theme, "Your name"),
            "server": Field(body, theme, "Server", "choose one, or type an address", values=choices),
        }
        self.share = ttk.Checkbutton(body, text="Let others on this network join", variable=self._share_var)
        self.discovered = DiscoveredServers(body, theme, self._choose_discovered)
        self.fields["password"] = Field(body, theme, "Password", "only if your name is protected", show="•")
        self.remember = ttk.Checkbutton(
            body, text=f"Remember it {self._password_store}", variable=self._remember_var
        )
        self.fields["code"] = Field(body, theme, "Invite code", "from the person who invited you")
        self.advanced_button = ttk.Button(body, text=" Advanced", style="SmallQuiet.TButton", compound="left")
        self.advanced_options = AdvancedOptions(self, theme)
        self.advanced_button.configure(command=lambda: self.fold(bool(self.advanced_options.winfo_manager())))
        self.fields |= self.advanced_options.fields
        body.grid(row=0, column=0, sticky="nsew")
        self.fields["name"].grid(row=1, sticky="ew")
        self.fields["server"].grid(row=2, sticky="ew", pady=(px(14), 0))
        self.fields["password"].grid(row=5, sticky="ew", pady=(px(14), 0))
        self.advanced_button.grid(row=8, sticky="w", pady=(px(10), 0))
        server = self.fields["server"].entry
        for event in ("<<ComboboxSelected>>", "<KeyRelease>", "<<Paste>>"):
            server.bind(event, lambda event: self.after_idle(self._on_server_change))
        for name in ("name", "password", "port"):
            self.fields[name].entry.bind("<KeyRelease>", lambda event: self._show_remember())

    def _on_server_change(self) -> None:
        """Show or hide what depends on the server field."""
        self._show_share()
        self._show_remember()
        text = self.fields["server"].value
        try:
            self.fields["server"].show_note(_describe(Invite.parse(text)) if is_link(text) else "")
        except BadInvite:
            self.fields["server"].show_note("")  # the link may not be complete yet

    def _show_share(self) -> None:
        """Show the checkbox for sharing only if a server is to be started here."""
        if self.fields["server"].value == START_HERE:
            self.share.grid(row=3, sticky="w", pady=(self._theme.px(4), 0))
        else:
            self.share.grid_forget()

    def _show_remember(self) -> None:
        """Show the checkbox for remembering if a password was typed, or one is stored."""
        try:
            login = self.login()
        except BadInvite:
            login = None
        is_stored = login is not None and self._is_remembered(login)
        self.fields["password"].show_note(PASSWORD_STORED if is_stored else "")
        if is_stored and not self.remember.winfo_manager():
            self._remember_var.set(True)
        if self._password_store and (is_stored or self.fields["password"].value):
            self.remember.grid(row=6, sticky="w", pady=(self._theme.px(4), 0))
        else:
            self.remember.grid_forget()

    def _choose_discovered(self, label: str) -> None:
        self.fields["server"].value = label
        self._on_server_change()
        self._on_choose()

    def _paint_fold(self) -> None:
        name = "chevron-down" if self.advanced_options.winfo_manager() else "chevron-right"
        self.advanced_button.configure(image=self._theme.icon(name, "muted", 14))


def _link_of(login: Login) -> Invite:
    """Return the invite link that a login came from."""
    secure = login.encrypt == "always"
    return Invite(login.host, login.port, login.channels, login.pin, login.code, secure)


def _describe(invite: Invite) -> str:
    """Return a sentence about where a link leads."""
    channels = f"{', '.join(invite.channels)} on " if invite.channels else ""
    certificate = ", with its certificate" if invite.pin else ""
    account = " Choose a password to create your account." if invite.code else ""
    return f"Invitation to {channels}{invite.host}{certificate}.{account}"
