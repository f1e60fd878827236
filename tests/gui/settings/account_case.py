"""The base class of tests of the page "My account": a window that is connected, with the page open."""

from __future__ import annotations

from chatapp.gui.settings.account_page import AccountPage
from tests.gui.window_case import WindowCase

TOKENS = "chatapp/SESSIONS chatapp/SETPASS chatapp/UNREGISTER AWAYLEN=20"
LOGGED_IN = ":s 900 ana ana!a@h ana :You are now logged in as ana"
ENTRY = ":s NOTE SESSIONS ENTRY {} {} 2026-03-12T11:00:00.000Z {} 192.0.2.7 {} :x"
SESSIONS = (
    ENTRY.format("1a", "this", "2026-03-12T12:00:00.000Z", "Chatapp Linux home"),
    ENTRY.format("1b", "other", "2026-03-11T16:40:00.000Z", "Chatapp-terminal Linux lab-pc-04"),
    ENTRY.format("1c", "other", "2026-03-09T18:25:00.000Z", "Chatapp Windows ana-laptop"),
    ":s NOTE SESSIONS END ana 2026-02-03T08:00:00.000Z :3 sessions",
)


class AccountCase(WindowCase):
    """ana is a guest at first."""

    capabilities = f"{WindowCase.capabilities} batch draft/metadata-2 draft/account-registration"
    tokens = TOKENS

    def setUp(self) -> None:
        super().setUp()
        self.capabilities = self.capabilities.replace(" labeled-response", "")
        self.enter()
        self.server.send(f":s 005 ana {self.tokens} :are supported")
        self.until(lambda: self.tokens.split()[-1].split("=")[0] in self.client.network.isupport)
        self.window.overlays.settings("account")
        controller = self.window.settings_controller.window
        assert controller is not None
        self.settings_window = controller
        view = controller.view
        assert isinstance(view, AccountPage)
        self.page = view
        self.until(lambda: bool(self.page.winfo_viewable()))

    def answer(self, command: str, *lines: str) -> None:
        """Wait for a step of an order, and answer it with these lines."""
        self.until(lambda: self.server.received(command))
        self.until(self.has_ping)
        token = next(line.split()[1] for line in self.server.lines if line.startswith("PING order-"))
        self.server.received(f"PING {token}")
        self.server.send(*lines, f":s PONG s {token}")

    def has_ping(self) -> bool:
        """Return whether the PING after a step has arrived."""
        self.server.received("nothing")
        return any(line.startswith("PING order-") for line in self.server.lines)

    def nothing_was_sent(self, command: str) -> bool:
        """Return whether no line with this beginning has arrived before the answer to a PING."""
        self.server.send("PING :barrier")
        self.until(
            lambda: self.server.received("nothing") or any("PONG" in line for line in self.server.lines)
        )
        return not self.server.received(command)

    def log_in(self) -> None:
        """Log in to an account, and answer the list of sessions."""
        self.server.send(LOGGED_IN)
        self.answer("SESSIONS", *SESSIONS)
        self.until(lambda: len(self.page.sessions.rows) == 3)
