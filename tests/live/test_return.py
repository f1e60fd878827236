"""Users who return: missed messages, open conversations, and what a killed window has saved."""

from __future__ import annotations

import json
import signal
import subprocess
import tkinter as tk
import unittest
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from chatapp.client.client import Client
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.event_texts import sentence
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.theme.theme import Theme
from chatapp.gui.window import Window
from tests.gui.canvas import drawn_texts
from tests.live.base import DEADLINE, PYTHON, ROOT, LiveTest
from tests.live.test_later_starts import HAS_DISPLAY
from tests.live.test_window import PATIENCE, LiveWindowTest
from tests.waiting import wait_until

PASSWORD = "correct horse battery"


class ReturnTest(LiveWindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()

    def window_with(self, settings: Settings, login: Login, sight: str = "#general") -> Window:
        """Open a window with these settings and connect it."""
        root, theme = self.root, self.theme
        if root.winfo_children():
            root = tk.Tk()
            theme = Theme(root, "light")
        client = Client(self.folder / "server.log", TrustedCertificates())
        window = Window(root, theme, client, settings, login, lambda settings: None)
        self.addCleanup(self.end, window)
        window.start()
        window.connect_controller.connect(replace(login, host="127.0.0.1", port=self.server.port))
        self.until(
            lambda: window.pane.conversation is not None and window.pane.conversation.name == sight, PATIENCE
        )
        return window

    def client_without_window(self, settings: Settings, login: Login) -> Client:
        """Connect the same user on another device, without a window. Messages do not count as read there."""
        client = Client(self.folder / "other.log", TrustedCertificates())
        client.prefs = ConversationPrefs(settings)
        client.network.watching = False
        self.addCleanup(client.close)
        client.connect(replace(login, host="127.0.0.1", port=self.server.port))
        self.poll_until(client, lambda: client.network.find("#general") is not None)
        return client

    def poll_until(self, client: Client, done: Callable[[], bool]) -> None:
        """Poll a client without a window until a condition holds."""

        def polled() -> bool:
            client.poll()
            return done()

        self.until(polled, PATIENCE)

    def texts(self, conversation: Conversation | None) -> list[str]:
        return [each.text for each in conversation.entries if each.kind == "message"] if conversation else []


class MissedMessages(ReturnTest):
    def test_joins_and_removals_are_shown_again_after_a_restart(self) -> None:
        login = Login("", nick="ana", password=PASSWORD, new_account=True)
        first = self.client_without_window(Settings(), login)
        self.poll_until(first, lambda: first.network.account == "ana")
        first.run(first.network.find("#general"), "/join #club")
        self.poll_until(first, lambda: first.network.find("#club") is not None)
        ben = self.enter("ben", channel="#club")
        first.run(first.network.find("#club"), "/kick ben Off topic")
        ben.until("KICK")
        first.close()

        again = self.client_without_window(Settings(), login)

        def lines() -> list[str]:
            club = again.network.find("#club")
            return [sentence(each) for each in club.entries] if club else []

        self.poll_until(again, lambda: "You removed ben (Off topic)" in lines())
        self.assertIn("ben joined", lines())

    def test_an_away_with_its_reason_is_there_again_after_a_restart_of_the_server(self) -> None:
        ana = self.client_without_window(Settings(), Login("", nick="ana"))
        ana.run(ana.network.find("#general"), "/away Lunch until two")
        self.poll_until(ana, lambda: ana.network.away)
        port = self.server.port
        self.server.stop()
        self.poll_until(ana, lambda: ana.network.state == "waiting")
        self.start(port=port)
        ben = self.enter("ben", caps="away-notify extended-join", channel="#general")
        ana.reconnect_now()
        self.poll_until(ana, lambda: ana.network.state == "online")
        self.assertTrue(ana.network.away)
        self.assertEqual(ana.network.away_text, "Lunch until two")
        self.assertEqual(ben.until("AWAY").nick, "ana")
        ben.send("WHOIS ana")
        self.assertEqual(ben.until("301").text, "Lunch until two")

    def test_a_missed_direct_message_is_unread_on_every_device_until_read_on_one(self) -> None:
        login = Login("", nick="ana", password=PASSWORD, new_account=True)
        settings, others = Settings(name="ana", place="900x600+20+20"), Settings()
        ana = self.window_with(settings, login)
        self.until(lambda: ana.network.account == "ana", PATIENCE)
        phone = self.client_without_window(others, login)
        self.end(ana)
        phone.close()
        ben = self.enter("ben", channel="#general")
        ben.send("PRIVMSG ana :are you there?", "PRIVMSG ana :call me")
        ben.settle()

        self.root = tk.Tk()
        self.theme = Theme(self.root, "dark")
        ana = self.window_with(settings, login)
        texts = ["are you there?", "call me"]
        self.until(lambda: self.texts(ana.network.find("ben")) == texts, PATIENCE)
        found = ana.network.find("ben")
        assert found
        self.assertEqual((2, found.entries[0].key), (found.unread, found.first_unread))
        self.until(lambda: "2" in drawn_texts(ana.sidebar.rows.canvas), PATIENCE)

        phone = self.client_without_window(others, login)
        self.poll_until(phone, lambda: self.texts(phone.network.find("ben")) == texts)
        there = phone.network.find("ben")
        assert there
        self.assertEqual(2, there.unread)
        ana.client.mark_read(found)
        self.poll_until(phone, lambda: there.unread == 0)
        ben.send("PRIVMSG ana :hello again")
        self.until(lambda: self.texts(found) == [*texts, "hello again"], PATIENCE)
        self.poll_until(phone, lambda: self.texts(there) == [*texts, "hello again"])
        self.assertEqual(1, found.unread)

        self.end(ana)
        self.root = tk.Tk()
        self.theme = Theme(self.root, "dark")
        ana = self.window_with(settings, login)
        self.until(lambda: bool((ben := ana.network.find("ben")) and ben.unread), PATIENCE)
        self.assertEqual(1, getattr(ana.network.find("ben"), "unread", 0))


class UnreadAgrees(ReturnTest):
    """What is unread, and what of it mentions the user, is the same live, after a restart and elsewhere."""

    CONFIG = "[limits]\nflood_per_second = 0"

    def setUp(self) -> None:
        super().setUp()
        self.settings = Settings(name="ana", place="900x600+20+20")

    def open_again(self, before: Window, login: Login, sight: str) -> Window:
        """Close a window and open it again."""
        self.end(before)
        self.root = tk.Tk()
        self.theme = Theme(self.root, "dark")
        return self.window_with(self.settings, login, sight)

    def counts(self, client: Client) -> tuple[int, int]:
        general = client.network.find("#general")
        return (general.unread, general.mentions) if general else (0, 0)

    def open_club(self, login: Login) -> Window:
        """Open a window in #club; ben writes many messages in #general, and mentions ana in the first one."""
        ana = self.window_with(self.settings, login)
        self.until(lambda: ana.network.account == ("ana" if login.password else ""), PATIENCE)
        self.write(ana, "/join #club")
        self.until(lambda: bool(ana.pane.conversation and ana.pane.conversation.name == "#club"), PATIENCE)
        self.ben = self.enter("ben", channel="#general")
        texts = ["ana, look", *map(str, range(2, 61))]  # more than a page of history
        self.ben.send(*(f"PRIVMSG #general :{text}" for text in texts))
        self.until(lambda: self.counts(ana.client) == (60, 1), PATIENCE)
        return ana

    def mark_from_own_message(self, ana: Window) -> None:
        """Write a message in #general, the last one there, and mark messages as unread from it."""
        general = ana.network.find("#general")
        assert general
        ana.client.open(general)
        self.until(lambda: ana.pane.conversation is general, PATIENCE)
        self.write(ana, "mine")
        self.until(lambda: not general.pending() and general.entries[-1].text == "mine", PATIENCE)
        ana.client.mark_read(general, by_command=True)
        ana.client.mark_unread_from(general, general.entries[-1])
        self.assertEqual((1, 0), self.counts(ana.client))

    def test_with_an_account_on_two_devices(self) -> None:
        login = Login("", nick="ana", password=PASSWORD, new_account=True)
        ana = self.open_club(login)
        phone = self.client_without_window(Settings(), login)
        self.poll_until(phone, lambda: self.counts(phone) == (60, 1))
        ana = self.open_again(ana, login, "#club")
        self.until(lambda: self.counts(ana.client) == (60, 1), PATIENCE)

        self.mark_from_own_message(ana)
        self.poll_until(phone, lambda: self.counts(phone) == (0, 0))
        ana = self.open_again(ana, login, "#general")
        self.until(lambda: self.counts(ana.client) == (1, 0), PATIENCE)
        ana.client.mark_read(ana.client.network.conversations["#general"])
        self.assertEqual((1, 0), self.counts(ana.client))

        self.ben.send("PRIVMSG #general :ana, look")
        self.until(lambda: self.counts(ana.client) == (2, 1), PATIENCE)
        self.poll_until(phone, lambda: self.counts(phone) == (1, 1))
        phone.mark_read(phone.network.conversations["#general"])
        self.poll_until(phone, lambda: self.counts(ana.client) == (0, 0))
        ana = self.open_again(ana, login, "#general")
        self.assertEqual((0, 0), self.counts(ana.client))

    def test_as_a_guest(self) -> None:
        login = Login("", nick="ana")
        ana = self.open_again(self.open_club(login), login, "#club")
        self.until(lambda: self.counts(ana.client) == (60, 1), PATIENCE)
        self.mark_from_own_message(ana)
        ana = self.open_again(ana, login, "#general")
        self.until(lambda: self.counts(ana.client) == (1, 0), PATIENCE)


class GuestReturns(ReturnTest):
    def test_channels_direct_messages_draft_current_conversation_and_unread_are_restored(self) -> None:
        login = Login("", nick="ana")
        settings = Settings(name="ana", place="900x600+20+20")
        ben = self.enter("ben", channel="#general")
        ana = self.window_with(settings, login)
        for text in ("/join #attic", "/join #club", "/msg ben hello"):
            self.write(ana, text)
        self.until(lambda: bool(ana.network.find("#club") and ana.network.find("ben")), PATIENCE)
        club = ana.network.find("#club")
        assert club
        ana.client.open(club)
        self.until(lambda: ana.pane.conversation is club, PATIENCE)
        ana.pane.insert_text("half a sentence")
        self.settle()
        self.end(ana)
        self.assertEqual("PRIVMSG", ben.until("PRIVMSG").command)
        ben.until("QUIT")  # until then the name is taken
        ben.send("PRIVMSG #general :one", "PRIVMSG #general :two")
        ben.settle()

        self.root = tk.Tk()
        self.theme = Theme(self.root, "dark")
        ana = self.window_with(settings, login, "#club")
        names = ["#attic", "#club", "#general", "ben"]
        self.until(lambda: [each for each in ana.network.conversations if each] == names, PATIENCE)
        self.until(lambda: ana.pane.composer.text == "half a sentence", PATIENCE)
        general = ana.network.find("#general")
        assert general
        self.until(lambda: general.unread == 2, PATIENCE)


@unittest.skipUnless(HAS_DISPLAY, "no display")
class Killed(LiveTest):
    """A window in its own process, ended from outside."""

    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.config = self.folder / "config"

    def saved(self) -> dict[str, Any]:
        try:
            read = json.loads((self.config / "settings.json").read_text("utf-8"))
        except FileNotFoundError:
            return {}
        assert isinstance(read, dict)
        return read

    def open(self) -> subprocess.Popen[bytes]:
        """Start a window that connects as ana."""
        server = f"127.0.0.1:{self.server.port}"
        command = [*PYTHON, str(ROOT / "run_gui.py"), "--config", str(self.config)]
        process = subprocess.Popen([*command, "--server", server, "--name", "ana"], cwd=ROOT)
        self.addCleanup(self.stop, process)
        return process

    def stop(self, process: subprocess.Popen[bytes]) -> None:
        if process.poll() is None:
            process.kill()
            process.wait()

    def wait_until_saved(self, ben: Any, word: str) -> None:
        """Wait until the settings file lists this conversation. Each PING gives the window time."""

        def is_saved() -> bool:
            ben.settle()
            return any(word in each for each in self.saved().get("conversations", []))

        wait_until(is_saved, f"the settings contain {word}")

    def test_a_signal_saves_and_quits(self) -> None:
        ben = self.enter("ben", channel="#general")
        process = self.open()
        self.wait_until_saved(ben, "#general")
        process.send_signal(signal.SIGTERM)
        self.assertEqual(0, process.wait(DEADLINE))
        self.assertEqual("QUIT", ben.until("QUIT").command)
        saved = self.saved()
        self.assertEqual(["ana", 1], [saved["name"], len(saved["servers"])])
        self.assertTrue(saved["conversations"][0].endswith(" #general"))

    def test_settings_survive_a_kill(self) -> None:
        ben = self.enter("ben", channel="#general")
        process = self.open()
        self.wait_until_saved(ben, "#general")
        process.kill()
        process.wait()
        self.assertEqual("ana", self.saved()["name"])


if __name__ == "__main__":
    unittest.main()
