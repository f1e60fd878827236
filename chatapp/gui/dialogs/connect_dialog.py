"""The connection dialog: asks for name and server, and shows progress and errors."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk

from chatapp.client.login import NAME_MISSING, PORT_INVALID, Encrypt, Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.gui.dialogs.certificate_panel import CertificatePanel
from chatapp.gui.dialogs.login_form import LoginForm
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Dialog, Field
from chatapp.protocol.addresses import split_host_port
from chatapp.protocol.invite_links import BadInvite, is_link

LOCAL = ("127.0.0.1", "localhost", "::1")  # hosts of a server that this program can start itself
PICTURE = 40  # pixels at 96 dpi
# Kind of failure -> the field that it concerns; others concern the server
FIELDS = {
    "name": "name",
    "name-taken": "name",
    "password": "password",
    "logged-out": "password",
    "code": "code",
    "port": "port",
    "server-password": "server-password",
}


class ConnectDialog(Dialog):
    """Shows the login form, or in its place the question about a certificate.

    Args:
        login: The initial values of the fields; an empty host offers to start a server here.
        recent: Addresses used before, the latest first.
        password_store: Where passwords can be stored, as text ("in the keyring"); "" if nowhere.
        is_remembered: Returns whether the password of a login is stored.
        on_connect: Called with the login to connect with.
        on_start: Called with the login and whether others may join: start a server here and connect.
        on_trust: Called with the problem of a certificate that the user trusts.
        on_cancel: Called when the user cancels connecting.
        on_close: Called when the user closes the dialog.
        title: What it is for.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        login: Login,
        recent: Sequence[str],
        password_store: str,
        is_remembered: Callable[[Login], bool],
        on_connect: Callable[[Login], object],
        on_start: Callable[[Login, bool], object],
        on_trust: Callable[[CertificateProblem], object],
        on_cancel: Callable[[], object],
        on_close: Callable[[], object],
        title: str = "Chatapp",
    ) -> None:
        super().__init__(master, theme, title, on_close)
        self._heading = title
        self._on_connect = on_connect
        self._on_start = on_start
        self._on_cancel = on_cancel
        self._is_connecting = False
        self.form = LoginForm(
            self.body, theme, recent, password_store, is_remembered, self._submit, self.keep_on_screen
        )
        self.fields = self.form.fields
        self.certificate_panel = CertificatePanel(self.body, theme, on_trust, self._distrust)
        self._build()
        self.form.fill(login)
        self.open(self.fields["name"].entry)

    def close(self) -> None:
        """Close the dialog, and cancel connecting."""
        if self._is_connecting:
            self._on_cancel()
        super().close()

    def show_connecting(self, text: str) -> None:
        """Show progress: the form is disabled, and Cancel stops connecting.

        Args:
            text: The server, or what is being done.
        """
        self._is_connecting = True
        self._show_page(self.form)
        self.form.clear_errors()
        self._set_disabled(True)
        self.progress.configure(text=text)
        self.connect.configure(text="Connecting…")
        self.cancel.pack(side="right", padx=(0, self.theme.px(8)), fill="y")
        self.cancel.focus_set()

    def show_idle(self) -> None:
        """Enable the form again."""
        self._is_connecting = False
        self._set_disabled(False)
        self.progress.configure(text="")
        self.connect.configure(text="Connect")
        self.cancel.pack_forget()

    def show_discovered(self, found: dict[str, str]) -> None:
        """Offer these servers of this network.

        Args:
            found: Label -> address.
        """
        self.form.show_discovered(found)
        self.form.discovered.set_disabled(self._is_connecting)

    def show_failed(self, failed: ConnectFailed) -> None:
        """Show why connecting failed: the error below its field, if possible with a button that fixes it.

        For a certificate that is not trusted, show the question about it in place of the form.
        """
        self.show_idle()
        if failed.certificate_problem is not None:
            self._show_page(self.certificate_panel)
            self.certificate_panel.show(failed.certificate_problem).focus_set()
            return
        field = self.fields[FIELDS.get(failed.kind, "server")]
        if failed.kind == "code":
            self.form.show_code_field()
        self._show_error(field, failed)
        if field in self.form.advanced_options.fields.values():
            self.form.fold(False)
            field.entry.focus_set()

    def _show_error(self, field: Field, failed: ConnectFailed) -> None:
        server = self.fields["server"].value
        if failed.suggestion:
            field.show_error(
                failed.reason, f"Use {failed.suggestion}", lambda: self._use_name(failed.suggestion)
            )
        elif failed.kind == "refused" and split_host_port(server)[0] in LOCAL:
            field.show_error(f"{failed.reason} Is the server running?", "Start one here", self._start_here)
        elif failed.kind == "no-tls" and not is_link(server):
            field.show_error(failed.reason, "Connect unencrypted", lambda: self._use_encryption("never"))
        elif failed.makes_accounts:
            field.show_error(failed.reason, "Create an account", self._create_account)
        elif failed.kind == "wants-tls":
            field.show_error(failed.reason, "Connect encrypted", lambda: self._use_encryption("auto"))
        else:
            field.show_error(failed.reason)

    def _build(self) -> None:
        px = self.theme.px
        self._build_head().grid(row=0, sticky="ew", pady=(0, px(18)))
        self._show_page(self.form)
        self._build_foot().grid(row=1, columnspan=2, sticky="ew", pady=(px(18), 0))
        self.bind("<Return>", self._on_return)
        self.bind("<Escape>", self._on_escape)

    def _build_head(self) -> ttk.Frame:
        head, px = ttk.Frame(self.body), self.theme.px
        self._picture = self.theme.app_icon(PICTURE)
        ttk.Label(head, image=self._picture).grid(row=0, column=0, rowspan=2, padx=(0, px(12)))
        ttk.Label(head, text=self._heading, style="Header.TLabel").grid(row=0, column=1, sticky="w")
        ttk.Label(head, text="Enter a name and start chatting.", style="Muted.TLabel").grid(row=1, column=1)
        return head

    def _build_foot(self) -> ttk.Frame:
        foot = ttk.Frame(self.form)
        self.connect = ttk.Button(foot, text="Connect", style="Primary.TButton", command=self._submit)
        self.cancel = ttk.Button(foot, text="Cancel", command=self._stop)
        self.progress = ttk.Label(foot, style="Muted.TLabel")
        self.connect.pack(side="right")
        self.progress.pack(side="left")
        return foot

    def _show_page(self, page: ttk.Frame) -> None:
        """Show the form or the certificate panel."""
        for each in (self.form, self.certificate_panel):
            if each is not page:
                each.grid_forget()
        page.grid(row=1, column=0, sticky="ew")

    def _distrust(self) -> None:
        """Return from the certificate panel to the form."""
        self._show_page(self.form)
        self.fields["server"].entry.focus_set()

    def _set_disabled(self, disabled: bool) -> None:
        self.connect.state(["disabled" if disabled else "!disabled"])
        self.form.set_disabled(disabled)

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        """Connect on Enter in any field; on a button, Enter presses the button."""
        if not isinstance(event.widget, ttk.Button) and self.form.winfo_manager():
            self._submit()

    def _on_escape(self, event: tk.Event[tk.Misc]) -> str:
        """Leave the certificate panel, or else close the dialog."""
        if self.form.winfo_manager():
            self.close()
        else:
            self._distrust()
        return "break"

    def _submit(self, new_account: bool = False) -> None:
        """Connect, if the fields are valid."""
        if self._is_connecting:
            return
        self.form.clear_errors()
        try:
            self._connect(new_account)
        except BadInvite as error:
            self.fields["server"].show_error(str(error))

    def _connect(self, new_account: bool) -> None:
        """Call `on_connect` or `on_start`, or show which field is invalid.

        Raises:
            BadInvite: The server field holds a damaged invite link.
        """
        if not self.fields["name"].value:
            self.fields["name"].show_error(NAME_MISSING)
        elif (login := self.form.login(new_account)) is None:
            self.form.fold(False)
            self.fields["port"].show_error(PORT_INVALID)
        elif login.host:
            self._on_connect(login)
        else:
            self._on_start(login, self.form.is_shared)

    def _use_encryption(self, encrypt: Encrypt) -> None:
        self.form.advanced_options.encrypt = encrypt
        self._submit()

    def _use_name(self, name: str) -> None:
        self.form.set_name(name)
        self._submit()

    def _create_account(self) -> None:
        """Create an account with name and password of the form."""
        if self.fields["password"].value:
            self._submit(new_account=True)
        else:
            text = "Choose a password for your account."
            self.fields["password"].show_error(text, "Create an account", self._create_account)

    def _start_here(self) -> None:
        self.form.choose_here()
        self._submit()

    def _stop(self) -> None:
        self.show_idle()
        self.fields["name"].entry.focus_set()
        self._on_cancel()
