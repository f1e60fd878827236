"""Opens clicked links: channels and invite links in the window, others in the browser."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from urllib.parse import urlsplit

from chatapp.client.text.link_checks import may_open, real_host
from chatapp.client.text.links import target
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.languages.translation import N_, _
from chatapp.protocol.invite_links import is_link

NO_BROWSER = N_("No browser was found to open the link.")
DECEPTIVE = N_("This link does not lead where it seems to lead. Open it only if you trust this address.")
NOT_OPENED = N_("Links of this kind are not opened.")


class LinkOpener:
    """Opens links, and asks before one that leads elsewhere than it seems.

    Args:
        on_channel: Called with a `#channel`.
        on_invite: Called with an invite link.
        show_problem: Shows why a link is not opened; "" if it is.
        asks_always: Returns whether to ask before any link is opened.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        *,
        on_channel: Callable[[str], object],
        on_invite: Callable[[str], object],
        show_problem: Callable[[str], object],
        asks_always: Callable[[], bool] = lambda: False,
    ) -> None:
        self._master = master
        self._theme = theme
        self._on_channel = on_channel
        self._on_invite = on_invite
        self._show_problem = show_problem
        self._asks_always = asks_always

    def open(self, link: str) -> None:
        """Open a link as it stands in a message."""
        if link.startswith("#"):
            self._on_channel(link)
            return
        found = target(link)
        if is_link(found):
            self._on_invite(found)
        elif not may_open(found):
            self._show_problem(_(NOT_OPENED))
        elif host := real_host(found):
            self._ask(found, host, _(DECEPTIVE))
        elif self._asks_always():
            self._ask(found, urlsplit(found).hostname or found, found)
        else:
            self._browse(found)

    def _ask(self, link: str, host: str, text: str) -> None:
        QuestionDialog(
            self._master.winfo_toplevel(),
            self._theme,
            _("Open {host}?").format(host=host),
            text,
            {_("Cancel"): lambda: None, _("Open {host}").format(host=host): lambda: self._browse(link)},
            escape=_("Cancel"),
        )

    def _browse(self, link: str) -> None:
        import webbrowser  # here because it loads slowly, and few links are opened

        self._show_problem("" if webbrowser.open(link) else _(NO_BROWSER))
