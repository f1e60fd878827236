"""The states of the window on a real server: killed, stopped, hanging; banned, removed, slow mode."""

from __future__ import annotations

import os
import signal

from chatapp.client.login import Login
from chatapp.gui.window import Window
from chatapp.protocol.message import Message
from tests.live.test_window import PATIENCE, LiveWindowTest


class LiveStatesTest(LiveWindowTest):
    CONFIG = "[limits]\nflood_per_second = 0\n"

    def setUp(self) -> None:
        super().setUp()
        self.start()

    def bar(self, window: Window) -> str:
        """Return the texts of the bar over the composer; "" without one."""
        bar = window.pane.states.bar
        if not bar.winfo_ismapped():
            return ""
        labels = [each for each in bar.winfo_children() if each.winfo_class() == "TLabel"]
        return " ".join(" ".join(str(each.cget("text")).split()) for each in labels).strip()

    def wait_for_bar(self, text: str, window: Window) -> None:
        self.until(lambda: text in self.bar(window), PATIENCE)

    def strip(self, window: Window) -> str:
        return str(window.pane.composer.strip.label.cget("text"))

    def run_command(self, window: Window, command: str) -> None:
        self.assertIsNone(window.client.run(window.client.network.current, command))

    def join_lab(self, window: Window) -> None:
        self.run_command(window, "/join #lab")
        self.until(lambda: self.current(window) == "#lab", PATIENCE)

    def current(self, window: Window) -> str:
        current = window.client.network.current
        return current.name if current is not None else ""

    def test_a_killed_server_has_a_countdown_and_what_is_written_is_sent_later(self) -> None:
        ana = self.window("ana")
        port = self.server.port
        self.server.kill()
        self.wait_for_bar("No connection.", ana)
        self.write(ana, "written meanwhile")
        self.until(lambda: self.strip(ana).startswith("1 message waits."), PATIENCE)
        self.start(port)
        self.until(lambda: "No connection." not in self.bar(ana), PATIENCE)
        self.wait_for_text("written meanwhile", ana)
        self.until(lambda: not self.general(ana).pending(), PATIENCE)

    def test_a_server_that_is_stopped_on_purpose_says_so(self) -> None:
        ana = self.window("ana")
        self.server.stop()
        self.wait_for_bar("The server was stopped.", ana)

    def test_a_connection_that_hangs_has_a_page_that_can_be_cancelled(self) -> None:
        ana = self.open("ana")
        ana.reveal()
        pid = self.server.process.pid
        os.kill(pid, signal.SIGSTOP)
        self.addCleanup(os.kill, pid, signal.SIGCONT)
        ana.client.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: ana.pane.states.has_page, PATIENCE)
        page = ana.pane.states.page
        assert page.page is not None
        self.assertEqual(page.page.name, "connecting")
        page.buttons[0].invoke()
        self.assertEqual(ana.client.network.state, "offline")

    def test_a_removed_user_sees_who_and_why_and_joins_again(self) -> None:
        ana, ben = self.window("ana"), self.window("ben")
        for window in (ana, ben):  # the first one becomes the operator
            self.join_lab(window)
        self.run_command(ana, "/kick ben off topic")
        self.wait_for_bar("ana removed you", ben)
        self.assertIn("off topic", self.bar(ben))
        self.until(lambda: self.strip(ben).startswith("You can read what was said before"), PATIENCE)
        ben.pane.states.bar.button.invoke()
        self.until(lambda: "removed" not in self.bar(ben), PATIENCE)

    def test_a_banned_user_sees_who_and_why_and_can_read_the_messages(self) -> None:
        ben = self.window("ben")
        self.write(ben, "before the ban")
        self.wait_for_text("before the ban", ben)
        password = self.server.printed("Owner password").split()[-1]
        owner = self.enter("owner")
        owner.send(f"OPER owner {password}", "BAN ben!*@* 1h :insults")
        states = ben.pane.states
        self.until(lambda: states.has_page and states.page.page is not None, PATIENCE)
        page = states.page.page
        assert page is not None
        self.assertIn("You are banned from", page.title)
        self.assertIn("by owner until", page.lines[0])
        self.assertIn("Reason: insults", page.lines[0])
        states.page.buttons[1].invoke()
        self.until(lambda: not states.has_page, PATIENCE)
        self.assertIn("before the ban", self.text(ben))
        self.assertEqual(ben.client.network.state, "waiting")

    def test_in_slow_mode_messages_wait_in_turn(self) -> None:
        ana, ben = self.window("ana"), self.window("ben")
        for window in (ana, ben):  # the first one becomes the operator
            self.join_lab(window)
        ana.client.send(Message("MODE", ["#lab", "+S", "60"]))
        self.wait_for_text("slow mode", ben)
        for text in ("one", "two", "three"):
            self.write(ben, text)
        self.wait_for_bar("Slow mode: next message in", ben)
        self.until(lambda: self.strip(ben) == "2 messages wait in turn.", PATIENCE)
        ben.pane.composer.strip.action.invoke()
        self.until(lambda: ben.pane.composer.text == "two\nthree", PATIENCE)
