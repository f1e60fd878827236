"""Decides when the page of a new chat is shown, and connects it with the client.

The page takes the place of the messages while nobody has written, and stays while a password is typed in it:
else the rest of it would go into the composer. `Invite people` shows its first card alone.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from chatapp.client.client import Client
from chatapp.client.model import own_account
from chatapp.client.model.changes import Change, OrderFinished, ServerOverviewChanged
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.orders import Order
from chatapp.client.model.server_overview import CODES, SETTINGS, is_visible, usable_code
from chatapp.client.session.own_server import CODE_DAYS, OwnServer
from chatapp.gui.main.state_bars import is_empty
from chatapp.gui.settings import server_texts
from chatapp.gui.settings.first_chat import FirstChat, FirstChatFacts, FirstChatHandlers
from chatapp.gui.settings.first_chat_cards import Invitation
from chatapp.gui.settings.invite_dialog import InviteDialog
from chatapp.gui.settings.order_watch import OrderWatch, sentence
from chatapp.gui.settings.page_tools import PageTools
from chatapp.gui.widgets.code_screen import CodeScreen
from chatapp.languages.dates import moment
from chatapp.languages.numbers import format_number
from chatapp.languages.translation import _, ngettext
from chatapp.protocol.timestamps import DAY_SECONDS
from chatapp.protocol.tls import format_fingerprint

GENERAL = "#general"
COMPARED = 16  # digits of a fingerprint that are shown


@dataclass(frozen=True, slots=True)
class FirstChatActions:
    """What the page needs of the window."""

    show: Callable[[FirstChat | None], object]
    """Show this in the place of the messages, or the messages again."""
    join: Callable[[], object]
    """Open the card that makes a channel."""
    edit_topic: Callable[[], object]


class FirstChatController:
    """Call `paint` when what is shown may have changed."""

    def __init__(
        self,
        pane: tk.Misc,
        tools: PageTools,
        shown: Callable[[], Conversation | None],
        actions: FirstChatActions,
    ) -> None:
        self._pane = pane
        self._tools = tools
        self._shown = shown
        self._actions = actions
        self._orders = OrderWatch()
        self._code: Order | None = None  # that makes a code
        self._had_code = False  # what was revoked is not made again
        self._is_reading = False  # whether what is known of the server may be old
        self._waiting: list[Callable[[], object]] = []
        self._about: Conversation | None = None  # the channel that the page is about
        self.page: FirstChat | None = None
        self.dialog: InviteDialog | None = None

    @property
    def _client(self) -> Client:
        return self._tools.client

    @property
    def _server(self) -> OwnServer:
        return self._client.server

    def apply(self, change: Change) -> None:
        """Follow the server and the orders."""
        if isinstance(change, OrderFinished):
            self._orders.apply(change)
        if isinstance(change, ServerOverviewChanged) and change.network is self._client.network:
            self._is_reading = False
        is_about_shown = self.page is not None and getattr(change, "conversation", None) is self._shown()
        if is_about_shown or isinstance(change, ServerOverviewChanged | OrderFinished):
            self.paint()

    def paint(self) -> None:
        """Show the page, or hide it."""
        wanted = self._wanted()
        if self.page is not None and (wanted is None or self.page.is_owner != wanted):
            self._actions.show(None)
            self.page.destroy()
            self.page = None
        if wanted is not None:
            if self.page is None:
                self.page = FirstChat(self._pane, self._tools.theme, self._handlers(), wanted)
                self._about = self._shown()
                self._actions.show(self.page)
            self.page.show(self._facts())
        if wanted or self.dialog is not None or self._waiting:
            self._read_server()
        if self.dialog is not None:
            self.dialog.card.show(self._invitation())
        if self._waiting and not self._awaits_link():
            waiting, self._waiting = self._waiting, []
            for done in waiting:
                done()

    def invite(self) -> bool:
        """Open the first card as a dialog; return whether the user may invite in this way."""
        if not is_visible(self._client.network):
            return False
        if self.dialog is None:
            handlers = self._handlers()
            self.dialog = InviteDialog(
                self._pane.winfo_toplevel(),
                self._tools.theme,
                handlers.on_copy,
                handlers.on_full_screen,
                self._forget_dialog,
            )
        self.paint()
        self.dialog.open(self.dialog.card.copy)
        return True

    def when_link_is_known(self, done: Callable[[], object]) -> None:
        """Call this when the invite link of the client has the code that it needs, if it can have one."""
        self._waiting.append(done)
        self.paint()

    def close(self) -> None:
        """Close the dialog, because another server is shown now."""
        self._code, self._had_code, self._is_reading = None, False, False
        self._waiting.clear()
        if self.dialog is not None:
            self.dialog.close()

    def _wanted(self) -> bool | None:
        """Return whether the page is shown to an owner (True) or a guest; None for no page."""
        network, shown = self._client.network, self._shown()
        has_begun = self._client.key in self._tools.settings.begun
        if self.page is not None and self.page.is_in_use and shown is self._about and not has_begun:
            return self.page.is_owner
        if network.state != "online" or shown is None or shown.kind != "channel":
            return None
        is_first = len(network.channels()) == 1 or network.fold(shown.name) == GENERAL
        if not is_first or not is_empty(network, shown) or has_begun:
            return None
        if is_visible(network):
            return True
        can_protect = own_account.offers(network).protect
        return False if can_protect or (self.page is not None and network.account) else None

    def _read_server(self) -> None:
        """Read the server, and make a code if there is none to read out."""
        server, network = self._server, self._client.network
        if not is_visible(network):
            return
        if not server.is_watching:
            server.watch()
            self._is_reading = True
        overview = server.overview
        has_code = usable_code(overview) is not None
        self._had_code |= has_code and not self._is_reading
        is_asked = self.page is not None or self.dialog is not None or overview.settings.access != "everyone"
        may_make = CODES in overview.read and server.offers.can_change
        if is_asked and may_make and self._code is None and not (has_code or self._had_code):
            self._code = server.make_code()

    def _awaits_code(self) -> bool:
        """Return whether there will be a code in a moment."""
        overview = self._server.overview
        if self._had_code or overview.role not in ("", "owner"):
            return False
        return self._code is None or not self._code.problem

    def _awaits_link(self) -> bool:
        """Return whether the link is without the code that it needs for a moment longer."""
        overview = self._server.overview
        if not is_visible(self._client.network):
            return False
        if self._is_reading or not {SETTINGS, CODES} <= overview.read:
            return True
        return overview.settings.access != "everyone" and self._awaits_code()

    def _facts(self) -> FirstChatFacts:
        client, network, overview = self._client, self._client.network, self._server.overview
        shown = self._shown()
        can_protect = own_account.offers(network).protect or bool(network.account)
        code = usable_code(overview)
        return FirstChatFacts(
            shown.name if shown else GENERAL,
            overview.settings.name or network.name,
            network.display_name(network.nick),
            self._invitation(),
            is_invited=code is not None and code.used > 0,
            is_shared=overview.settings.sharing,
            is_local=client.is_local_server,
            is_protected=bool(network.account) if can_protect else None,
        )

    def _invitation(self) -> Invitation:
        overview, code = self._server.overview, usable_code(self._server.overview)
        digits = overview.status.fingerprint[:COMPARED] if overview.status else ""
        link, fingerprint = server_texts.invite_link(overview), format_fingerprint(digits)
        now = self._client.network.wall or time.time()
        if code is None and self._awaits_code():
            until = moment(now + CODE_DAYS * DAY_SECONDS, now, not self._tools.settings.clock24)
            return Invitation(link, "", until, _("nobody yet"), fingerprint, awaits_code=True)
        if code is None:
            return Invitation(link, fingerprint=fingerprint)
        until = moment(code.until, now, not self._tools.settings.clock24) if code.until else _("for ever")
        used = ngettext("{count} person", "{count} people", code.used) if code.used else _("nobody yet")
        used = used.format(count=format_number(code.used))
        return Invitation(link, server_texts.code_name(code), until, used, fingerprint)

    def _handlers(self) -> FirstChatHandlers:
        return FirstChatHandlers(
            on_copy=self._copy,
            on_full_screen=lambda link: CodeScreen(
                self._pane,
                self._tools.theme,
                self._server.overview.settings.name,
                link,
                server_texts.code_in(link),
            ),
            on_share=self._share,
            on_protect=self._protect,
            on_form_closed=self.paint,
            on_channel=self._actions.join,
            on_topic=self._actions.edit_topic,
            on_hide=self._hide,
        )

    def _copy(self, link: str) -> None:
        self._pane.clipboard_clear()
        self._pane.clipboard_append(link)

    def _share(self, on: bool) -> None:
        def done(order: Order) -> None:
            if self.page is not None:
                self.page.share.show_problem(sentence(order.problem))
                self.page.show(self._facts())  # what was refused returns to what it was

        self._orders.follow(self._server.set_sharing(on), done)

    def _protect(self, password: str) -> None:
        def done(order: Order) -> None:
            if self.page is not None:
                self.page.protect.finish(sentence(order.problem))
                self.page.show(self._facts())

        self._orders.follow(self._client.account.protect(password), done)

    def _hide(self) -> None:
        begun = self._tools.settings.begun
        if self._client.key not in begun:
            self._tools.set("begun", [*begun, self._client.key])
        self.paint()

    def _forget_dialog(self) -> None:
        self.dialog = None
