"""What a start shows first, and what is loaded and made later."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tkinter as tk
import unittest
from pathlib import Path
from unittest import mock

from chatapp.client.local import settings
from chatapp.client.login import Login
from chatapp.client.session.network_session import NetworkSession
from chatapp.client.transport.certificates import ServerTarget
from chatapp.client.transport.link import LinkLost
from chatapp.gui import app
from chatapp.gui.dialogs.connect_dialog import ConnectDialog
from chatapp.gui.start import Start
from chatapp.gui.widgets import poll_loop
from chatapp.gui.window import Window
from tests.client.base import FakeLink
from tests.gui.base import WindowTest

LINK = "irc://192.0.2.7:5000/a"
ROOT = Path(__file__).resolve().parents[2]
NEEDED_LATER = (
    *("asyncio", "email", "hashlib", "hmac", "http", "secrets", "sqlite3", "ssl", "urllib.request"),
    *("chatapp.client.local.discovery", "chatapp.client.transport.certificates", "chatapp.protocol.dns"),
    *("chatapp.protocol.tls", "chatapp.system.multicast", "chatapp.gui.transcript", "chatapp.gui.settings"),
)
PAINTED = """
import sys
before = set(sys.modules)
import tkinter
def made(root, *arguments, create=tkinter.Tk.__init__, **options):
    create(root, *arguments, **options)
    root.bind_class("Chatapp", "<Map>", lambda event: root.after_idle(painted, root))
def painted(root):
    root.update_idletasks()
    from chatapp.gui.start import LOADED_LATER
    loaded = set(sys.modules) - before
    print(sorted(loaded.intersection([*LOADED_LATER, *sys.argv.pop().split()])))
    root.destroy()
tkinter.Tk.__init__ = made
from chatapp.gui import app
sys.exit(app.main(sys.argv[1:-1]))
"""


class StartTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.settle()  # ttk handles a theme when idle
        self.root.destroy()
        self.root = tk.Tk()  # without a theme: the program creates its own
        self.root.report_callback_exception = self._raised
        self.root.withdraw()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.config = Path(folder.name)
        self.stored = settings.Settings(name="ana")
        self.connected: list[Login] = []
        self.windows: list[Window] = []
        start_window = Window.start

        def connect(session: NetworkSession, login: Login, was_online: bool = False) -> None:
            self.connected.append(login)

        def start(window: Window) -> None:
            self.windows.append(window)
            start_window(window)

        for where, name, work in (
            (NetworkSession, "connect", connect),
            (Window, "start", start),
        ):
            patch = mock.patch.object(where, name, work)
            patch.start()
            self.addCleanup(patch.stop)

    def open(self, *arguments: str) -> list[ConnectDialog]:
        """Return the dialogs that are open as soon as the start has been made."""
        settings.save(self.stored, self.config / "settings.json")
        options = app._parser().parse_args([*arguments, "--config", str(self.config)])
        Start(self.root, options, None).open()
        return [each for each in self.root.winfo_children() if isinstance(each, ConnectDialog)]

    def wait_for_window(self) -> Window:
        while not self.windows:
            self.root.update()
        return self.windows[0]

    def test_the_window_is_made_while_the_dialog_is_open(self) -> None:
        [dialog] = self.open()
        self.assertEqual(self.windows, [])
        window = self.wait_for_window()
        self.assertIs(window.connect_controller.dialog, dialog)
        self.assertEqual((self.root.state(), dialog.state()), ("withdrawn", "normal"))
        dialog.close()
        self.assertEqual(self.connected, [])

    def test_who_joins_before_there_is_a_window_is_connected(self) -> None:
        [dialog] = self.open(LINK)
        dialog.deed.invoke()
        self.assertEqual([each.address for each in self.connected], ["192.0.2.7:5000"])
        self.assertIs(self.wait_for_window().connect_controller.dialog, dialog)
        dialog.close()

    def test_a_dialog_that_is_closed_at_once_ends_the_program(self) -> None:
        [dialog] = self.open()
        dialog.close()
        with self.assertRaises(tk.TclError):
            self.root.winfo_exists()
        self.assertEqual(self.windows, [])

    def test_servers_are_searched_when_the_dialog_is_on_the_screen_and_until_it_is_closed(self) -> None:
        with mock.patch("chatapp.client.local.discovery.Discovery") as discovery:
            [dialog] = self.open()
            self.assertEqual(discovery.mock_calls, [])
            self.wait_for_window()
            while not discovery.called:
                self.root.update()
            discovery.return_value.start.assert_called_once_with()
            discovery.return_value.stop.assert_not_called()
            dialog.close()
            discovery.return_value.stop.assert_called_with()

    def test_who_names_a_server_sees_the_window_at_once(self) -> None:
        self.assertEqual(self.open(LINK, "--name", "ana"), [])
        self.assertEqual(self.root.state(), "normal")
        self.assertEqual([each.nick for each in self.connected], ["ana"])
        self.windows[0].end(keep_server=False)

    @unittest.skipIf(sys.platform == "win32", "Tk watches no sockets on Windows")
    def test_what_arrives_wakes_the_window(self) -> None:
        for name, value in (("ACTIVE_SECONDS", 0.0), ("QUIET_INTERVAL", 3_600_000)):
            patch = mock.patch.object(poll_loop, name, value)
            patch.start()
            self.addCleanup(patch.stop)
        self.open(LINK, "--name", "ana")
        [window] = self.windows
        inbox = window.client.sessions.current.inbox
        self.until(lambda: window.poll_loop.interval == poll_loop.QUIET_INTERVAL)
        inbox.put(LinkLost(FakeLink(ServerTarget("192.0.2.7", 5000), inbox), ""))
        self.until(inbox.empty)
        window.end(keep_server=False)

    def test_the_certificate_of_the_last_chat_is_not_expected_of_another_server(self) -> None:
        row = {"server": "chat.example:5000", "nick": "ana", "pin": "ab" * 32}
        self.stored.servers, self.stored.logins = ["chat.example:5000"], {"chat.example:5000": row}
        self.open("--server", "192.0.2.7:5000", "--name", "ana")
        self.assertEqual([("192.0.2.7", "")], [(each.host, each.pin) for each in self.connected])
        self.windows[0].end(keep_server=False)

    def test_the_dialog_is_painted_before_modules_that_it_does_not_need_are_loaded(self) -> None:
        done = subprocess.run(
            [sys.executable, "-c", PAINTED, "--config", str(self.config), " ".join(NEEDED_LATER)],
            cwd=ROOT, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        self.assertEqual((done.stdout, done.stderr, done.returncode), ("[]\n", "", 0))
        self.root.destroy()
