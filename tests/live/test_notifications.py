"""Notifications with a real session bus and a real notification service, which shows them on the screen."""

from __future__ import annotations

import html
import os
import shutil
import subprocess
import tempfile
import tkinter as tk
import unittest
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.window import Window
from chatapp.system.dbus_connection import BusConnection
from chatapp.system.linux_notifications import LinuxNotifier
from tests.gui.base import WindowTest
from tests.live.base import LiveTest, ProcessOutput

PROGRAMS = ("dbus-daemon", "dunst", "xdotool")
PATIENCE = 30_000  # milliseconds
SERVICE = """
[global]
    origin = top-left
    offset = 20x20
    markup = full
    format = "%s|%b"
    mouse_left_click = do_action, close_current
    idle_threshold = 0
[urgency_normal]
    timeout = 0
"""
TEXT = "-h <b>ana</b> & 'you' \\ $(id) &amp; 😀"


@unittest.skipUnless(all(map(shutil.which, PROGRAMS)), f"needs {', '.join(PROGRAMS)}")
class NotificationServiceTest(LiveTest, WindowTest):
    """Ana's window is in #general, and Ben writes to her alone."""

    def setUp(self) -> None:
        super().setUp()
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.home = Path(made.name)
        (self.home / "dunstrc").write_text(SERVICE)
        bus = self.run_program("dbus-daemon", "--session", "--nofork", "--print-address")
        self.environment = {"DBUS_SESSION_BUS_ADDRESS": bus.first(lambda line: line.startswith("unix:"))}
        self.service = self.run_program("dunst", "-config", str(self.home / "dunstrc"), "-print")
        self.until(self.has_service, PATIENCE)
        self.start()
        self.window_of_ana = self.open_window()
        self.ben = self.enter("ben")

    def run_program(self, *command: str) -> ProcessOutput:
        """Start a program that runs until the end of the test; return what it prints."""
        environment = {**os.environ, "HOME": str(self.home), **getattr(self, "environment", {})}
        process = subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        output = ProcessOutput(process.stdout)

        def end() -> None:
            process.terminate()
            process.wait()
            output.close()

        self.addCleanup(end)
        return output

    def connect_to_bus(self) -> BusConnection:
        return BusConnection(self.environment)

    def has_service(self) -> bool:
        connection = self.connect_to_bus()
        name = "org.freedesktop.DBus"
        try:
            (found,) = connection.call(
                name, "/org/freedesktop/DBus", name, "NameHasOwner", "s", "org.freedesktop.Notifications"
            )
        finally:
            connection.close()
        return bool(found)

    def open_window(self) -> Window:
        window = Window(
            self.root,
            self.theme,
            Client(self.folder / "ana.log", TrustedCertificates()),
            Settings(name="ana", place="700x500+100+200"),
            Login("", nick="ana"),
            lambda settings: None,
            make_notifier=lambda on_click: LinuxNotifier(on_click, self.connect_to_bus),
        )
        self.addCleanup(window.end, keep_server=False)
        window.start()
        window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.shown(window) == "#general", PATIENCE)
        return window

    def shown(self, window: Window) -> str:
        return window.pane.conversation.name if window.pane.conversation else ""

    def on_screen(self) -> list[str]:
        """Return the windows of the service that are on the screen."""
        command = ["xdotool", "search", "--onlyvisible", "--class", "Dunst"]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60).stdout.split()

    def test_the_text_arrives_literally_and_a_click_opens_the_message(self) -> None:
        window = self.window_of_ana
        self.ben.send(f"PRIVMSG ana :{TEXT}")
        self.until(lambda: window.client.network.find("ben") is not None, PATIENCE)
        self.until(lambda: bool(self.on_screen()), PATIENCE)
        markup = self.service.first(lambda line: "$(id)" in line)
        self.assertNotIn("<b>", markup)
        self.assertIn(f"'{TEXT}'", html.unescape(markup))
        self.assertEqual(self.shown(window), "#general")
        (number,) = self.on_screen()
        subprocess.run(
            ["xdotool", "mousemove", "--window", number, "20", "10", "click", "1"], check=True, timeout=60
        )
        self.until(lambda: self.shown(window) == "ben", PATIENCE)
        self.assertIn("'you'", window.pane.transcript.view.text.get("1.0", tk.END))
        self.until(lambda: not self.on_screen(), PATIENCE)

    def test_reading_the_conversation_takes_the_notification_from_the_screen(self) -> None:
        window = self.window_of_ana
        self.ben.send("PRIVMSG ana :hello")
        self.until(lambda: bool(self.on_screen()), PATIENCE)
        found = window.client.network.find("ben")
        assert found is not None
        window.client.mark_read(found, by_command=True)
        self.until(lambda: not self.on_screen(), PATIENCE)
