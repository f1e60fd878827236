"""The command line of the window."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import tkinter as tk
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from unittest import mock

from chatapp.client.local import saved_servers, settings
from chatapp.client.local.first_window import FirstWindow, NotPossible, become_first, first_or_hand_over
from chatapp.client.local.saved_servers import SavedServer
from chatapp.client.login import Login
from chatapp.client.session.network_session import NetworkSession
from chatapp.gui import app
from chatapp.gui.dialogs.connect_dialog import ConnectDialog
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.protocol.invite_links import Invite
from tests.gui.base import WindowTest

PIN = "0123456789abcdef" * 4
LINK = f"ircs://192.0.2.7:5000/a?pin=sha256:{PIN}"
ROOT = Path(__file__).resolve().parents[2]
WITHOUT_TKINTER = """
import sys
sys.modules["tkinter"] = None
from chatapp.gui.app import main
sys.exit(main(sys.argv[1:]))
"""
LAZY = """
import sys, chatapp.gui.app, chatapp.__main__
sys.exit("tkinter" in sys.modules or "sqlite3" in sys.modules)
"""

OPENED_LATER = """
import sys, chatapp.gui.window
names = "away_dialog channel_settings emoji_picker join_dialog jump_dialog moderation_dialog settings_window"
print(*(name for name in names.split() if f"chatapp.gui.dialogs.{name}" in sys.modules))
"""


class CommandTest(unittest.TestCase):
    def run_python(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        inherited = {
            name: value for name, value in os.environ.items() if name not in ("DISPLAY", "WAYLAND_DISPLAY")
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=inherited | environment,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def config(self) -> str:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    def test_without_tkinter_one_line_says_what_to_install(self) -> None:
        done = self.run_python("-c", WITHOUT_TKINTER, "--config", self.config())
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("apt install python3-tk", done.stderr)

    @unittest.skipUnless(sys.platform.startswith("linux"), "elsewhere there is always a display")
    def test_without_a_display_one_line_names_the_terminal(self) -> None:
        done = self.run_python("run_gui.py", "--config", self.config())
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(len(done.stderr.splitlines()), 1)
        self.assertIn("python -m chatapp terminal", done.stderr)

    def test_dialogs_are_not_loaded_before_they_open(self) -> None:
        self.assertEqual("", self.run_python("-c", OPENED_LATER).stdout.strip())

    def test_large_modules_are_loaded_only_when_needed(self) -> None:
        self.assertEqual(self.run_python("-c", LAZY).returncode, 0)

    def test_the_module_names_its_parts(self) -> None:
        done = self.run_python("-m", "chatapp", "sing")
        self.assertEqual(done.returncode, 2)
        self.assertEqual(done.stderr, "Unknown program sing. Choose one of gui, server, terminal, package.\n")

    def test_the_module_passes_its_arguments_on(self) -> None:
        for part, flag in (("gui", "--server"), ("server", "serve"), ("terminal", "--name")):
            with self.subTest(part=part):
                self.assertIn(flag, self.run_python("-m", "chatapp", part, "--help").stdout)
        self.assertIn("--server", self.run_python("-m", "chatapp", "--help").stdout)

    def test_a_damaged_link_on_the_command_line_is_refused_with_an_error(self) -> None:
        for command in ("run_gui.py", "-m chatapp", "-m chatapp gui", "run_gui.py --server"):
            with self.subTest(command):
                done = self.run_python(*command.split(), f"{LINK}0", "--config", self.config())
                self.assertEqual(done.returncode, 2)
                self.assertIn("The fingerprint in this link is damaged", done.stderr)


class FirstWindowTest(unittest.TestCase):
    """Which starts open a window, and what the others hand over."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.config = Path(folder.name)

    def start(self, *arguments: str) -> tuple[FirstWindow | None, bool]:
        """Return the first window, if this start becomes it, and whether it opens a window of its own."""
        options = app._parser().parse_args([*arguments, "--config", str(self.config)])
        found = app._first_window(options)
        if found is not None:
            self.addCleanup(found.close)
        return found, found is not None or options.new_window

    def test_who_names_a_login_gets_a_window_of_its_own(self) -> None:
        self.assertIsNotNone(self.start()[0])
        for arguments in ("--new-window", "--name ben --server h", "--proxy system"):
            with self.subTest(arguments):
                self.assertEqual((None, True), self.start(*arguments.split()))

    def test_a_window_of_its_own_is_found_if_it_is_the_first(self) -> None:
        self.assertIsNotNone(self.start("--name", "ben")[0])

    def test_what_is_handed_over_is_a_link(self) -> None:
        cases = {"": "", LINK: LINK, "--server h:5000": "irc://h:5000/", f"--server {LINK}": LINK}
        for arguments, expected in cases.items():
            links: list[str] = []
            with (
                self.subTest(arguments),
                mock.patch.object(
                    app, "first_or_hand_over", lambda folder, link, links=links: links.append(link)
                ),
            ):
                self.assertEqual((None, False), self.start(*arguments.split()))
                self.assertEqual([expected], links)

    def test_where_windows_cannot_find_each_other_every_start_opens_one(self) -> None:
        with mock.patch.object(app, "first_or_hand_over", side_effect=NotPossible):
            self.assertEqual((None, True), self.start())


class OpenTest(WindowTest):
    """The first dialog of the window, depending on the command line."""

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
        self.connected: list[Login] = []
        self.stored = settings.Settings()
        for name, work in (("connect", self.connected.append), ("_start_search", lambda: None)):
            patch = mock.patch(
                f"chatapp.gui.dialogs.connect_controller.ConnectController.{name}", side_effect=work
            )
            patch.start()
            self.addCleanup(patch.stop)

    def open(self, *arguments: str, name: str = "") -> list[ConnectDialog]:
        """Open the window with or without a stored name and return the open dialogs."""
        self.stored.name = name
        settings.save(self.stored, self.config / "settings.json")
        options = app._parser().parse_args([*arguments, "--config", str(self.config)])
        options.is_unanswered = False
        app._open(self.root, options)
        self.settle()
        return [each for each in self.root.winfo_children() if isinstance(each, ConnectDialog)]

    def close(self) -> None:
        self.root.tk.call(self.root.protocol("WM_DELETE_WINDOW"))

    def test_with_a_stored_name_a_link_to_a_server_that_was_used_before_is_opened_at_once(self) -> None:
        self.stored.servers = ["192.0.2.7:5000"]
        self.assertEqual(self.open(LINK, name="ana"), [])
        self.close()
        expected = Login("192.0.2.7", 5000, "ana", channels=("#a",), encrypt="always", pin=PIN)
        self.assertEqual(self.connected, [expected])

    def test_a_link_to_a_new_server_is_filled_in_and_waits_for_the_user(self) -> None:
        [dialog] = self.open(LINK, name="ana")
        self.assertEqual(dialog.fields["server"].value, Invite.parse(LINK).chat_link)
        dialog.close()
        self.assertEqual(self.connected, [])

    def test_a_link_can_be_given_as_the_server(self) -> None:
        self.assertEqual(self.open("--server", LINK, "--name", "ben"), [])
        self.close()
        self.assertEqual([(login.nick, login.pin) for login in self.connected], [("ben", PIN)])

    def test_a_window_that_does_not_answer_is_told_and_another_one_offered(self) -> None:
        theme = Theme(self.root)
        for label, expected in (("Open another window", True), ("Cancel", False)):

            def press(label: str = label) -> None:
                [dialog] = [each for each in self.root.winfo_children() if isinstance(each, QuestionDialog)]
                dialog.buttons[label].invoke()

            self.root.after(1, press)
            self.assertIs(expected, app._wants_another_window(self.root, theme))
        self.root.destroy()

    def test_the_link_of_a_later_start_goes_to_the_first_dialog(self) -> None:
        first = become_first(self.config)
        assert first
        self.addCleanup(first.close)
        options = app._parser().parse_args(["--config", str(self.config)])
        options.is_unanswered = False
        app._open(self.root, options, first)
        invites: list[Invite] = []
        with (
            mock.patch(
                "chatapp.gui.dialogs.connect_controller.ConnectController.invite", side_effect=invites.append
            ),
            ThreadPoolExecutor(1) as threads,
        ):
            start = threads.submit(first_or_hand_over, self.config, LINK, 10)
            while not start.done():
                self.root.update()
        self.assertEqual([Invite.parse(LINK)], invites)
        self.close()

    def resumed(self) -> list[str]:
        """Let the file hold two servers, and return the addresses that are connected from now on."""
        addresses: list[str] = []

        def connect(session: NetworkSession, login: Login, was_online: bool = False) -> None:
            addresses.append(login.address)

        patch = mock.patch.object(NetworkSession, "connect", connect)
        patch.start()
        self.addCleanup(patch.stop)
        saved_servers.store(
            self.stored,
            [
                SavedServer(f"{host}:5000", Login(host, 5000, "ana"), host)
                for host in ("room.example", "club.example")
            ],
        )
        return addresses

    def test_several_servers_of_the_last_run_are_connected_at_once(self) -> None:
        connected = self.resumed()
        self.stored.chat = "club.example:5000"
        self.assertEqual(self.open(name="ana"), [])
        self.assertEqual(self.root.state(), "normal")
        self.assertEqual(connected, ["room.example:5000", "club.example:5000"])
        self.close()

    def test_a_link_is_filled_in_beside_the_servers_of_the_last_run(self) -> None:
        connected = self.resumed()
        [dialog] = self.open(LINK, name="ana")
        self.assertEqual(dialog.fields["server"].value, Invite.parse(LINK).chat_link)
        self.assertEqual(len(connected), 2)
        self.assertEqual(self.connected, [])
        self.close()

    def test_one_server_of_the_last_run_is_offered_in_the_dialog(self) -> None:
        connected = self.resumed()
        self.stored.chats.pop()
        [dialog] = self.open(name="ana")
        self.assertEqual(connected, [])
        dialog.close()

    def test_without_a_stored_name_the_dialog_opens(self) -> None:
        [dialog] = self.open(LINK)
        self.assertEqual(dialog.fields["server"].value, Invite.parse(LINK).chat_link)
        dialog.close()
        self.assertEqual(self.connected, [])


if __name__ == "__main__":
    unittest.main()
