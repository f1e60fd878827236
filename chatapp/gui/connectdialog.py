"""The first thing people see: their name, and where to chat. An error stands in red under its field."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import ttk

from chatapp.client.changes import Failed
from chatapp.client.session import PORT, Login
from chatapp.client.trust import Encrypt
from chatapp.gui import icons
from chatapp.gui.dialog import Dialog, Field
from chatapp.gui.theme import Theme

HERE = "Start a chat on this computer"
LOCAL = ("127.0.0.1", "localhost", "::1")
PICTURE = 40  # pixels at 96 dpi
# What failed -> the field that it is about; anything else is about the server
FIELDS = {"name": "name", "name-taken": "name", "password": "password", "port": "port"}
FOLDED = ("port", "realname", "channels")


class ConnectDialog(Dialog):
    """Name, server, password, and what few people change, folded away.

    Takes  login: what the fields say at first; an empty host offers to start a chat here
           recent: addresses used before, the latest first
           on_connect: connect with this login
           on_start: start a server on this computer, open to the network or not, and connect to it
           on_cancel: stop connecting
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        login: Login,
        recent: Sequence[str],
        on_connect: Callable[[Login], object],
        on_start: Callable[[Login, bool], object],
        on_cancel: Callable[[], object],
        on_close: Callable[[], object],
    ) -> None:
        super().__init__(master, theme, "Chatapp", on_close)
        self._on_connect = on_connect
        self._on_start = on_start
        self._on_cancel = on_cancel
        self._connecting = False
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

    def show_failed(self, failed: Failed) -> None:
        """It came to nothing; the words stand under the field, with a way out where there is one."""
        self.show_idle()
        field = self.fields[FIELDS.get(failed.kind, "server")]
        if failed.suggestion:
            field.refuse(failed.words, f"Use {failed.suggestion}", lambda: self._use(failed.suggestion))
        elif failed.kind == "refused" and divided(self.fields["server"].value)[0] in LOCAL:
            field.refuse(f"{failed.words} Is the server running?", "Start one here", self._start_here)
        elif failed.kind == "no-tls":
            field.refuse(failed.words, "Connect without", lambda: self._submit(encrypt="never"))
        else:
            field.refuse(failed.words)
        if failed.kind == "port":
            self._fold(False)

    def _build(self, recent: Sequence[str]) -> None:
        body, theme, px = self.body, self.theme, self.theme.px  # made in the order in which Tab walks
        self.fields = {
            "name": Field(body, theme, "Your name"),
            "server": Field(body, theme, "Server", "choose, or type an address", values=[HERE, *recent]),
        }
        self._lan = tk.BooleanVar(self, value=False)
        self.share = ttk.Checkbutton(body, text="Others on this network may join", variable=self._lan)
        self.fields["password"] = Field(body, theme, "Password", "only if your name is protected", show="•")
        self.advanced = ttk.Button(body, text=" Advanced", style="Quiet.TButton", compound="left")
        self._folded = ttk.Frame(body)
        self.advanced.configure(command=lambda: self._fold(bool(self._folded.winfo_manager())))
        self.fields |= {
            "port": Field(self._folded, theme, "Port", f"usually {PORT}"),
            "realname": Field(self._folded, theme, "Real name", "shown to those who ask about you"),
            "channels": Field(self._folded, theme, "Channels to join", "such as #homework, #help"),
        }
        self._build_head().grid(row=0, sticky="ew", pady=(0, px(18)))
        self.fields["name"].grid(row=1, sticky="ew")
        self.fields["server"].grid(row=2, sticky="ew", pady=(px(14), 0))
        self.fields["password"].grid(row=4, sticky="ew", pady=(px(14), 0))
        self.advanced.grid(row=5, sticky="w", pady=(px(10), 0))
        for name in FOLDED:
            self.fields[name].pack(fill="x", pady=(px(10), 0))
        self._build_foot().grid(row=7, sticky="ew", pady=(px(18), 0))
        server = self.fields["server"].entry
        server.bind("<<ComboboxSelected>>", lambda event: self._offer_share())
        server.bind("<KeyRelease>", lambda event: self._offer_share())
        self.bind("<Return>", self._on_return)

    def _build_head(self) -> ttk.Frame:
        head, px = ttk.Frame(self.body), self.theme.px
        self._picture = tk.PhotoImage(master=self, data=icons.app_icon(px(PICTURE)), format="png")
        ttk.Label(head, image=self._picture).grid(row=0, column=0, rowspan=2, padx=(0, px(12)))
        ttk.Label(head, text="Chatapp", style="Header.TLabel").grid(row=0, column=1, sticky="w")
        ttk.Label(head, text="Type a name and start chatting.", style="Muted.TLabel").grid(row=1, column=1)
        return head

    def _build_foot(self) -> ttk.Frame:
        foot = ttk.Frame(self.body)
        self.connect = ttk.Button(foot, text="Connect", style="Primary.TButton", command=self._submit)
        self.cancel = ttk.Button(foot, text="Cancel", command=self._stop)
        self.progress = ttk.Label(foot, style="Muted.TLabel")
        self.connect.pack(side="right")
        self.progress.pack(side="left")
        return foot

    def _fill(self, login: Login) -> None:
        """Put into the fields what is known already; nothing that was changed stays folded."""
        here = not login.host
        self.fields["name"].value = login.nick
        self.fields["server"].value = HERE if here else login.host
        self.fields["password"].value = login.password
        self.fields["port"].value = "" if login.port == PORT else str(login.port)
        self.fields["realname"].value = login.realname
        self.fields["channels"].value = ", ".join(login.channels)
        self.fields["name"].entry.select_range(0, "end")
        self._offer_share()
        self._fold(not any(self.fields[name].value for name in FOLDED))

    def _offer_share(self) -> None:
        """Whether others may join is asked only about a server that is to be started here."""
        if self.fields["server"].value == HERE:
            self.share.grid(row=3, sticky="w", pady=(self.theme.px(4), 0))
        else:
            self.share.grid_forget()

    def _fold(self, away: bool) -> None:
        if away:
            self._folded.grid_forget()
        else:
            self._folded.grid(row=6, sticky="ew")
        self._show_fold()

    def _show_fold(self) -> None:
        name = "chevron-down" if self._folded.winfo_manager() else "chevron-right"
        self.advanced.configure(image=self.theme.icon(name, "muted", 14))

    def _rest(self, resting: bool) -> None:
        state = ["disabled" if resting else "!disabled"]
        for widget in (
            self.connect,
            self.advanced,
            self.share,
            *(each.entry for each in self.fields.values()),
        ):
            widget.state(state)

    def _on_return(self, event: tk.Event[tk.Misc]) -> None:
        """Enter connects from any field; on a button it presses that."""
        if not isinstance(event.widget, ttk.Button):
            self._submit()

    def _submit(self, encrypt: Encrypt = "auto") -> None:
        """Connect, if what was typed can be right."""
        if self._connecting:
            return
        for field in self.fields.values():
            field.accept()
        if not self.fields["name"].value:
            self.fields["name"].refuse("Type the name that others shall see.")
        elif (login := self._login()) is None:
            self._fold(False)
            self.fields["port"].refuse("A port is a number from 1 to 65535.")
        elif login.host:
            self._on_connect(replace(login, encrypt=encrypt))
        else:
            self._on_start(login, self._lan.get())

    def _login(self) -> Login | None:
        """What the fields say; None when the port is none."""
        values = {name: field.value for name, field in self.fields.items()}
        server = "" if values["server"] == HERE else values["server"]
        host, port = divided(server)
        number = port or values["port"] or str(PORT)
        if not (number.isascii() and number.isdigit() and 0 < int(number) < 65536):
            return None
        channels = values["channels"].replace(",", " ").split()
        named = tuple(name if name[0] in "#&" else f"#{name}" for name in channels)
        return Login(host, int(number), values["name"], values["password"], values["realname"], named)

    def _use(self, name: str) -> None:
        self.fields["name"].value = name
        self._submit()

    def _start_here(self) -> None:
        self.fields["server"].value = HERE
        self._offer_share()
        self._submit()

    def _stop(self) -> None:
        self.show_idle()
        self.fields["name"].entry.focus_set()
        self._on_cancel()


def divided(address: str) -> tuple[str, str]:
    """Host and port of `host`, `host:port`, `[::1]:port` or `::1`; the port is empty when there is none."""
    if address.startswith("["):
        host, _, port = address[1:].partition("]")
        return host, port.removeprefix(":")
    host, colon, port = address.partition(":")
    return (host, port) if colon and ":" not in port else (address, "")
