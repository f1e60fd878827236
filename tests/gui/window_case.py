"""A window that is connected to a scripted server over a real socket."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.widgets import poll_loop
from chatapp.gui.window import Window
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.scripted_server import ScriptedServer

CAPABILITIES = "message-tags server-time echo-message labeled-response"
INTERVAL = 3  # milliseconds between two polls of the window: a dialogue with the server takes many
NINE = "2026-03-12T09:00:00.000Z"


class WindowCase(WindowTest):
    """A window in #general together with ben, who is an operator, and dee."""

    capabilities = CAPABILITIES

    def setUp(self) -> None:
        super().setUp()
        faster = mock.patch.object(poll_loop, "INTERVAL", INTERVAL)
        faster.start()
        self.addCleanup(faster.stop)
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.server = ScriptedServer()
        self.addCleanup(self.server.close)
        self.saved: list[Settings] = []
        self.settings = Settings(name="ana", place="1040x660+0+0")
        self.client = Client(Path(folder.name) / "server.log", TrustedCertificates())
        self.window = Window(
            self.root,
            self.theme,
            self.client,
            self.settings,
            Login("127.0.0.1", self.server.port, "ana"),
            self.saved.append,
        )
        self.addCleanup(self.end)
        self.window.start()
        self.window.reveal()

    def end(self) -> None:
        self.server.hang_up()  # otherwise the window would wait for it
        if not self.saved:
            self.window.close()

    def enter(self) -> None:
        """Connect, register, and join #general."""
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.server.received("USER"))
        self.welcome()
        self.until(lambda: self.shown() == "#general")

    def welcome(self) -> None:
        self.server.send(f"CAP * LS :{self.capabilities}")
        self.until(lambda: self.server.received("CAP REQ"))
        self.server.send(f"CAP * ACK :{self.capabilities}")
        self.until(lambda: self.server.received("CAP END"))
        self.server.send(
            ":s 001 ana :Welcome",
            ":s 005 ana NETWORK=Room12 CHANTYPES=# PREFIX=(ov)@+ :are supported",
            ":s 422 ana :-",
        )
        self.join("#general", "@ben dee")

    def join(self, channel: str, others: str) -> None:
        self.server.send(
            f":ana!a@h JOIN {channel}", f":s 353 ana = {channel} :ana {others}", f":s 366 ana {channel} :End"
        )

    def say(self, nick: str, text: str, target: str = "#general") -> None:
        self.server.send(f"@time={NINE} :{nick}!{nick}@h PRIVMSG {target} :{text}")

    def shown(self) -> str:
        return self.window.pane.conversation.name if self.window.pane.conversation else ""

    def text(self) -> str:
        """Return the text of the transcript."""
        return self.window.pane.transcript.view.text.get("1.0", "end")

    def wait_for_text(self, text: str) -> None:
        """Wait until the transcript shows a text."""
        self.until(lambda: text in self.text())

    def write(self, text: str) -> None:
        """Type into the composer and press Enter."""
        field = self.window.pane.composer.field
        self.focus(field)
        field.insert("end", text)
        self.press(field, "<Return>")

    def row(self, text: str) -> bool:
        return text in drawn_texts(self.window.sidebar.rows.canvas)

    def conversation(self, name: str) -> Conversation:
        found = self.client.network.find(name)
        assert found is not None
        return found

    def key(self, *events: str) -> None:
        """Press keys with the focus in the composer."""
        self.focus(self.window.pane.composer.field)
        self.press(self.window.pane.composer.field, *events)
