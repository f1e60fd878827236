"""The pages of the first dialog, and the login that they describe together.

welcome      cards of the chats; leads to the two others
join         a link or an address
new          a chat on this computer
settings     what few chats need; used with the page from which it was opened
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from tkinter import ttk
from typing import TYPE_CHECKING, Literal

from chatapp.client.login import Login
from chatapp.gui.dialogs.chat_offers import ChatOffer
from chatapp.gui.dialogs.login_fields import LoginFields
from chatapp.gui.dialogs.typed_address import BadAddress, TypedAddress
from chatapp.gui.dialogs.welcome_page import NEW, WelcomePage
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import Field
from chatapp.languages.translation import _

if TYPE_CHECKING:
    from chatapp.gui.dialogs.advanced import AdvancedOptions
    from chatapp.gui.dialogs.join_page import JoinPage
    from chatapp.gui.dialogs.new_chat_page import NewChatPage

FIELDS = (
    "name", "password", "code", "server", "chat", "realname", "port", "channels", "server-password",
)  # fmt: skip
PageName = Literal["welcome", "join", "new", "settings"]


@dataclass(frozen=True, slots=True)
class ConnectStart:
    """What the dialog begins with.

    Attributes:
        login: The user, and the chat to choose first; without a host the first of the offers.
        offers: The chats that are known, the best one first.
        address: A link or address for the page "join", which is then shown first.
        adds: Whether the chat is added to others.
        password_store: Where passwords can be stored, as text ("in the keyring"); "" if nowhere.
        is_remembered: Returns whether the password of a login is stored.
        joined: The addresses of the chats to which it is added; these are not offered.
    """

    login: Login
    offers: Sequence[ChatOffer] = ()
    address: str = ""
    adds: bool = False
    password_store: str = ""
    is_remembered: Callable[[Login], bool] = field(default=lambda login: False)
    joined: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PageEvents:
    """What happens on the pages.

    Attributes:
        on_choice: Another chat was chosen or typed.
        on_card: A card is to be used now.
        on_check: The server of this address is to be asked; None to ask none.
        on_code: The chat of this invite code is to be looked for.
        on_compare: The fingerprint of the certificate at this address is to be compared.
        on_resize: A page needs more or less room.
    """

    on_choice: Callable[[], object]
    on_card: Callable[[str], object]
    on_check: Callable[[TypedAddress | None], object]
    on_code: Callable[[str], object]
    on_compare: Callable[[TypedAddress, str], object]
    on_resize: Callable[[], object]


class ConnectPages(ttk.Frame):
    """The fields about the user, and below them one page.

    Args:
        width: In pixels at 96 dpi.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, width: int, start: ConnectStart, events: PageEvents
    ) -> None:
        super().__init__(master)
        self._theme = theme
        self._start = start
        self._origin: PageName = "welcome"  # the page from which the settings were opened
        self.shown: PageName = "welcome"
        self.columnconfigure(0, weight=1)
        self.user = LoginFields(self, theme, start.password_store, width, self.show_stored)
        self.user.grid(row=0, sticky="ew")
        self.welcome = WelcomePage(self, theme, width, events.on_choice, events.on_card, events.on_resize)
        self._width, self._events = width, events
        self._make_higher(*self.user.fields)
        self.user.fill(start.login)

    # The dialog is the first thing that a user sees, so most pages are made when they are first shown.

    @cached_property
    def join(self) -> JoinPage:
        """The page for links and addresses."""
        from chatapp.gui.dialogs.join_page import JoinPage

        each = self._events
        page = JoinPage(
            self, self._theme, self._width, each.on_choice, each.on_check, each.on_code, each.on_compare
        )
        self._make_higher(page.address)
        return page

    @cached_property
    def new_chat(self) -> NewChatPage:
        """The page for a new chat."""
        from chatapp.gui.dialogs.new_chat_page import NewChatPage

        page = NewChatPage(self, self._theme, self._width, self._events.on_choice)
        self._make_higher(page.name)
        return page

    @cached_property
    def advanced(self) -> AdvancedOptions:
        """The page with other settings."""
        from chatapp.gui.dialogs.advanced import AdvancedOptions

        page = AdvancedOptions(self, self._theme, self._width, self._events.on_resize)
        self._make_higher(*page.fields.values())
        page.fill(self._start.login)
        return page

    def _make_higher(self, *fields: Field) -> None:
        """Make fields as high as this dialog has them."""
        px = self._theme.px
        for each in fields:
            each.entry.grid_configure(ipady=px(2), pady=(px(6), 0))

    def _page(self, name: PageName) -> JoinPage | NewChatPage | AdvancedOptions | WelcomePage:
        pages = {"join": "join", "new": "new_chat", "settings": "advanced", "welcome": "welcome"}
        page: JoinPage | NewChatPage | AdvancedOptions | WelcomePage = getattr(self, pages[name])
        return page

    def _has(self, attribute: str) -> bool:
        """Return whether a page is made."""
        return attribute in self.__dict__

    def field(self, name: str) -> Field:
        """Return a field by its name."""
        match name:
            case "name":
                return self.user.name
            case "password":
                return self.user.password
            case "code":
                return self.user.code
            case "server":
                return self.join.address
            case "chat":
                return self.new_chat.name
            case _:
                return self.advanced.fields[name]

    @property
    def origin(self) -> PageName:
        """The page on which the chat was chosen: while the settings are shown, the one before."""
        return self._origin if self.shown == "settings" else self.shown

    def show(self, page: PageName) -> None:
        """Show another page; what was typed on the others stays."""
        if page == "settings" and self.shown != "settings":
            self._origin = self.shown
            target = self.target()
            if target is not None:
                self.advanced.show_server(target.login)
            self.user.show_password()
        self.shown = page
        for frame in self._made_pages():
            frame.grid_remove()
        gap = 17 if page == "welcome" else 14
        self._page(page).grid(row=1, sticky="ew", pady=(self._theme.px(gap), 0))
        self.show_stored()

    def deed(self) -> str:
        """Return what the button does."""
        page, offer = self.origin, self.welcome.offer
        if page == "new":
            return _("Start the chat")
        if page == "join":
            name = self.join.target_name
            return _("Join {name}").format(name=name) if name else _("Join")
        if offer is not None:
            text = _("Join {name}") if offer.login.host else _("Open {name}")
            return text.format(name=offer.name)
        return _("Start a new chat") if self.welcome.chosen == NEW else _("Enter a link, code or address")

    def progress(self) -> str:
        """Return what is going on after the button was pressed."""
        page, offer = self.origin, self.welcome.offer
        if page == "new":
            return _("Starting the chat…")
        if page == "join":
            name = self.join.target_name
            return _("Joining {name}…").format(name=name) if name else _("Joining…")
        if offer is not None:
            text = _("Joining {name}…") if offer.login.host else _("Opening {name}…")
            return text.format(name=offer.name)
        return _("Starting a new chat…") if self.welcome.chosen == NEW else _("Connecting…")

    def target(self) -> TypedAddress | None:
        """Return the server that is chosen or typed; None if there is none, or it is to be a new one."""
        if self.origin == "join":
            try:
                return self.join.typed()
            except BadAddress:
                return None
        offer = self.welcome.offer if self.origin == "welcome" else None
        if offer is None:
            return None
        return TypedAddress(offer.login, bool(offer.login.pin), False, offer.name)

    def login_for(self, server: Login, has_port: bool = False) -> Login | None:
        """Return the login of the user for a server; None if the port that was typed is not valid.

        Args:
            has_port: Whether the address names a port, which wins over the field.
        """
        user = self.user.user()
        login = replace(
            server, nick=user.nick, display_name=user.display_name, password=user.password,
            code=user.code or server.code, remember=user.remember,
        )  # fmt: skip
        if not self._has("advanced"):
            start = self._start.login
            login = replace(
                login, realname=start.realname, server_password=start.server_password, proxy=start.proxy
            )
            return self.user.remembering(login, self._start.is_remembered(login))
        chosen = self.advanced.applied_to(login, has_port)
        if chosen is None:
            return None
        return self.user.remembering(chosen, self._start.is_remembered(chosen))

    def show_stored(self) -> None:
        """Say whether the password for this name and chat is stored."""
        target = self.target()
        login = self.login_for(target.login, target.has_port) if target else None
        self.user.show_stored(login is not None and self._start.is_remembered(login))

    def clear_problems(self) -> None:
        """Say nothing more about failures."""
        fields = [*self.user.fields, *(self.advanced.fields.values() if self._has("advanced") else ())]
        for each in fields:
            each.clear_error()
        self.welcome.clear_problem()
        if self._has("advanced"):
            self.advanced.proxy.clear_error()
        if self._has("join"):
            self.join.clear_problem()
        if self._has("new_chat"):
            self.new_chat.clear_problem()

    def focus_choice(self) -> None:
        """Give the keyboard to what decides about the chat."""
        match self.shown:
            case "welcome":
                cards = self.welcome.chats if self.welcome.offer else self.welcome.others
                cards.canvas.focus_set()
            case "join":
                self.join.address.entry.focus_set()
            case "new":
                self.new_chat.name.entry.focus_set()
            case "settings":
                self.user.name.entry.focus_set()

    def set_disabled(self, disabled: bool) -> None:
        """Disable or enable all fields and cards."""
        for each in (self.user, *self._made_pages()):
            each.set_disabled(disabled)

    def _made_pages(self) -> list[JoinPage | NewChatPage | AdvancedOptions | WelcomePage]:
        names: tuple[PageName, ...] = ("join", "new", "settings")
        attributes = ("join", "new_chat", "advanced")
        made = [self._page(name) for name, each in zip(names, attributes, strict=True) if self._has(each)]
        return [self.welcome, *made]
