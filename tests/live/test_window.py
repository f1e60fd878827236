"""Windows and netcat on a real server: they chat, the server is killed, and they reconnect."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import tkinter as tk
import unittest
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.main.topic_line import NO_TOPIC
from chatapp.gui.theme.theme import Theme
from chatapp.gui.window import Window
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.live.base import LiveTest

PATIENCE = 30_000  # milliseconds


class LiveWindowTest(LiveTest, WindowTest):
    """A test with a real server and any number of windows."""

    def open(self, name: str) -> Window:
        """Open a window that is not connected yet. The first one uses the existing root."""
        root, theme = self.root, self.theme
        if root.winfo_children():
            root = tk.Tk()
            theme = Theme(root, "light")
        client = Client(self.folder / f"{name}.log", TrustedCertificates())
        settings = self.stored_settings(name)
        window = Window(root, theme, client, settings, Login("", nick=name), lambda settings: None)
        self.addCleanup(self.end, window)
        window.start()
        return window

    def stored_settings(self, name: str) -> Settings:
        """Return the settings of a user who starts the program for the first time."""
        return Settings(name=name, place="900x600+20+20")

    def end(self, window: Window) -> None:
        with contextlib.suppress(tk.TclError):  # the test has ended it
            window.end(keep_server=False)

    def window(self, name: str) -> Window:
        """Open a window, connected and in #general."""
        window = self.open(name)
        window.connect_controller.connect(Login("127.0.0.1", self.server.port, name))
        self.until(
            lambda: window.pane.conversation is not None and window.pane.conversation.name == "#general",
            PATIENCE,
        )
        return window

    def write(self, window: Window, text: str) -> None:
        """Type a text into the composer and press Enter."""
        field = window.pane.composer.field
        self.focus(field)
        field.insert("end", text)
        self.press(field, "<Return>")

    def text(self, window: Window) -> str:
        """Return the text of the transcript."""
        return window.pane.transcript.view.text.get("1.0", "end")

    def wait_for_text(self, text: str, *windows: Window) -> None:
        """Wait until all of these windows show a text."""
        self.until(lambda: all(text in self.text(window) for window in windows), PATIENCE)

    def messages(self, conversation: Conversation) -> list[tuple[str, str]]:
        """Return the senders and texts of all messages, in order."""
        return [(entry.nick, entry.text) for entry in conversation.entries if entry.kind == "message"]

    def general(self, window: Window) -> Conversation:
        found = window.client.network.find("#general")
        assert found is not None
        return found


class ChatTest(LiveWindowTest):
    CONFIG = "[limits]\nflood_per_second = 0"

    def setUp(self) -> None:
        super().setUp()
        self.start()

    def test_two_windows_and_netcat_chat(self) -> None:
        ana, ben = self.window("ana"), self.window("ben")
        keshav = self.connect()
        keshav.send_bytes(b"Keshav\n")
        self.until(lambda: "Keshav" in drawn_texts(ben.people.rows.canvas), PATIENCE)
        self.write(ana, "hello from ana")
        self.wait_for_text("hello from ana", ben)
        self.write(ben, "and from ben")
        self.wait_for_text("and from ben", ana)
        keshav.send_bytes(b"hello from netcat\n")
        self.wait_for_text("hello from netcat", ana, ben)
        received = b""
        while b"ben: and from ben" not in received:
            received += keshav.sock.recv(4096)
        self.assertIn(b"ana: hello from ana", received)
        self.assertEqual(self.messages(self.general(ana)), self.messages(self.general(ben)))
        keshav.close()
        self.wait_for_text("Keshav went offline", ana, ben)

    def test_a_direct_message_is_private_and_counted(self) -> None:
        ana, ben, dee = self.window("ana"), self.window("ben"), self.window("dee")
        self.write(ana, "/msg ben just between us")
        self.until(lambda: ben.client.network.find("ana") is not None, PATIENCE)
        self.until(lambda: "(1)" in ben.root.title(), PATIENCE)
        self.assertIsNone(dee.client.network.find("ana"))
        self.assertEqual([name for name in dee.client.network.conversations if name == "ben"], [])

    def test_a_renamed_channel_keeps_its_place_and_draft(self) -> None:
        ana, ben = self.window("ana"), self.window("ben")
        ana.client.run(ana.pane.conversation, "/join #exam")  # the first to join becomes operator
        self.until(lambda: ana.root.title().startswith("#exam — "), PATIENCE)
        ben.client.run(ben.pane.conversation, "/join #exam")
        self.until(lambda: ben.root.title().startswith("#exam — "), PATIENCE)
        for number in range(60):
            self.write(ana, f"line {number}")
        self.wait_for_text("line 59", ben)
        page, shown = ben.pane.transcript.view, ben.pane.conversation
        page.scroll_to_line(20)
        ben.pane.insert_text("half a draft")
        place = page.top_row()
        self.write(ana, "/quote RENAME #exam #results :clearer")
        self.until(lambda: "#results — " in ben.root.title(), PATIENCE)
        self.wait_for_text("You renamed the channel from #exam to #results (clearer)", ana)
        self.assertIs(ben.pane.conversation, shown)
        self.assertEqual((place, "half a draft"), (page.top_row(), ben.pane.composer.text))
        self.assertEqual("Write to #results", ben.pane.composer._prompt)
        self.until(lambda: "results" in drawn_texts(ben.sidebar.rows.canvas), PATIENCE)
        self.assertNotIn("exam", drawn_texts(ben.sidebar.rows.canvas))
        self.write(ana, "still here")
        self.until(lambda: ("ana", "still here") in self.messages(shown) if shown else False, PATIENCE)

    def test_after_a_kill_no_message_is_missing_or_duplicated(self) -> None:
        ana, ben = self.window("ana"), self.window("ben")
        for number in range(20):
            self.write(ana, f"before {number}")
        self.wait_for_text("before 19", ben)
        port = self.server.port
        self.server.kill()
        self.until(
            lambda: bool(ana.pane.states.bar.winfo_ismapped() and ben.pane.states.bar.winfo_ismapped()),
            PATIENCE,
        )
        self.write(ana, "written while it was down")
        self.start(port)
        self.wait_for_text("written while it was down", ana, ben)
        self.until(
            lambda: not (ana.pane.states.bar.winfo_ismapped() or ben.pane.states.bar.winfo_ismapped()),
            PATIENCE,
        )
        self.write(ben, "after")
        self.wait_for_text("after", ana, ben)
        self.until(lambda: not self.general(ana).pending() and not self.general(ben).pending(), PATIENCE)
        expected = [("ana", f"before {number}") for number in range(20)]
        expected += [("ana", "written while it was down"), ("ben", "after")]
        for window in (ana, ben):
            self.assertEqual(self.messages(self.general(window)), expected)
            shown = self.text(window)
            self.assertEqual([shown.count(f"{text}\n") for _, text in expected], [1] * len(expected))

    def test_a_later_user_sees_earlier_messages(self) -> None:
        ana = self.window("ana")
        for number in range(120):
            self.write(ana, f"line {number}")
        self.until(lambda: not self.general(ana).pending(), PATIENCE)
        ben = self.window("ben")
        self.wait_for_text("line 119", ben)
        self.until(lambda: "line 0\n" in self.scrolled_up(ben), PATIENCE)
        self.assertEqual(
            self.messages(self.general(ben)), [("ana", f"line {number}") for number in range(120)]
        )

    def scrolled_up(self, window: Window) -> str:
        """Return the text of the transcript after scrolling further up."""
        page = window.pane.transcript.view.text
        page.focus_force()
        page.event_generate("<Home>")
        return self.text(window)


class OwnServerTest(LiveWindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.settings: dict[str, Settings] = {}  # by user
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        home = mock.patch.dict(
            os.environ, {"XDG_DATA_HOME": str(self.folder), "LOCALAPPDATA": str(self.folder)}
        )
        home.start()
        self.addCleanup(home.stop)

    def open(self, name: str) -> Window:
        """Open a window of a user with a settings folder."""
        (self.folder / name).mkdir(exist_ok=True)
        return super().open(f"{name}/{name}")

    def stored_settings(self, name: str) -> Settings:
        """Return the settings of a user, which are those of the window before."""
        return self.settings.setdefault(name, super().stored_settings(name))

    def start_server(self, window: Window, name: str) -> None:
        """Start a server from a window and wait until it is connected."""
        window.connect_controller.start_server(Login("", self.port, name))
        self.until(lambda: window.pane.conversation is not None, PATIENCE)

    def kill_server_after_test(self, window: Window) -> None:
        """Make sure that the server of a window does not outlive a failing test."""
        launcher = window.client._local_server._process
        assert launcher is not None and launcher._process is not None
        pid = launcher._process.pid

        def end() -> None:
            with contextlib.suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)

        self.addCleanup(end)

    def test_a_window_starts_a_server_and_another_one_joins_it(self) -> None:
        ben, ana = self.open("ben"), self.open("ana")
        ana.connect_controller.open()
        self.start_server(ana, "ana")
        self.assertTrue(ana.client.is_server_running)
        self.until(lambda: ana.client.network.is_server_operator, PATIENCE)
        self.until(lambda: ana.pane.header.topic.text == NO_TOPIC, PATIENCE)
        launched = ana.client._local_server._launched
        assert launched is not None and launched.owner_key
        self.assertNotIn(launched.owner_key, (self.folder / "ana" / "ana.log").read_text())
        self.assertIsNone(ana.connect_controller.dialog)
        ben.connect_controller.connect(Login("127.0.0.1", self.port, "ben"))
        self.until(lambda: ben.pane.conversation is not None, PATIENCE)
        self.write(ben, "hello")
        self.wait_for_text("hello", ana, ben)
        ana.end(keep_server=False)
        self.until(lambda: bool(ben.pane.states.bar.winfo_ismapped()), PATIENCE)

    def test_the_owner_can_correct_a_refused_name(self) -> None:
        ana = self.open("ana")
        ana.connect_controller.open()
        ana.connect_controller.start_server(Login("", self.port, "#!"))
        self.until(
            lambda: ana.connect_controller.dialog is not None and bool(ana.client.network.problem), PATIENCE
        )
        self.start_server(ana, "ana")
        self.until(lambda: ana.client.network.is_server_operator, PATIENCE)

    def test_a_server_left_running_recognises_its_owner_and_can_be_stopped(self) -> None:
        ben, ana = self.open("ben"), self.open("ana")
        self.start_server(ana, "ana")
        self.until(lambda: ana.client.network.is_server_operator, PATIENCE)
        self.kill_server_after_test(ana)
        ana.end(keep_server=True)
        self.start_server(ben, "ben")
        again = self.open("ana")
        self.start_server(again, "ana")
        self.until(lambda: again.client.is_server_running, PATIENCE)
        again.end(keep_server=False)
        self.until(lambda: bool(ben.pane.states.bar.winfo_ismapped()), PATIENCE)
        ben.client.disconnect()
        third = self.open("ana")
        self.start_server(third, "ana")
        self.until(lambda: third.client.network.is_server_operator, PATIENCE)


if __name__ == "__main__":
    unittest.main()
