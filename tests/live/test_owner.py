"""Who starts a chat from a window is its owner: on every later day, and after every failure in between."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import threading
import time
import unittest
from collections.abc import Callable
from pathlib import Path
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local.code_lookup import ask
from chatapp.client.local.password_store import PasswordFile
from chatapp.client.local.passwords import Passwords
from chatapp.client.local.server_process import START_SECONDS
from chatapp.client.login import Login, for_invite
from chatapp.client.model.changes import Change, ConnectFailed, LocalServerFound
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.window import Window
from chatapp.protocol.dnssd import Offer
from chatapp.protocol.invite_links import Invite
from chatapp.server.net.sharing import lan_hosts
from chatapp.system.server_record import ServerRecord
from tests.live.base import DEADLINE, LiveTest
from tests.live.test_window import LiveWindowTest

PATIENCE = 30_000  # milliseconds


class OwnerTest(LiveTest):
    """A home folder, and clients that keep their keys in its settings."""

    def setUp(self) -> None:
        super().setUp()
        variables = {"XDG_DATA_HOME": str(self.folder / "share"), "LOCALAPPDATA": str(self.folder / "share")}
        self.enterContext(mock.patch.dict(os.environ, variables))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])
        self.changes: list[Change] = []

    def client(self, config: str = "config") -> Client:
        """Return the client of a window."""
        folder = self.folder / config
        folder.mkdir(exist_ok=True)
        stores = Passwords((PasswordFile(folder / "passwords.json"),))
        client = Client(folder / "server.log", TrustedCertificates(folder / "trusted.json"), stores)
        self.addCleanup(client.close)
        return client

    def login(self, nick: str = "ana") -> Login:
        return Login("", self.port, nick)

    def until(self, client: Client, holds: Callable[[], bool]) -> None:
        """Let a client work until something holds, which may include the start of a server."""
        deadline, pause = time.monotonic() + START_SECONDS + DEADLINE, threading.Event()
        while not holds():
            self.changes += client.poll()
            state = f"{client.network.state}: {client.network.problem}"
            self.assertLess(time.monotonic(), deadline, state)
            pause.wait(0.005)

    def becomes_owner(self, client: Client) -> None:
        network = client.network
        self.until(client, lambda: network.state == "online" and network.is_server_operator)

    def pid(self, client: Client) -> int:
        launcher = client._local_server._process
        assert launcher is not None and launcher._process is not None
        return launcher._process.pid

    def kill(self, pid: int) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(pid, 0)

    def begin(self, nick: str = "ana", name: str = "Room 12") -> Client:
        client = self.client()
        client.start_chat(self.login(nick), name, lan=False, keep_running=False)
        return client


class Ownership(OwnerTest):
    def test_the_starter_is_the_owner_of_a_chat_with_the_chosen_name(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        self.assertEqual("Room 12", client.network.name)
        entries = [each.text for found in client.network.conversations.values() for each in found.entries]
        self.assertFalse([text for text in entries if "assword" in text or "owner-key" in text])

    def test_no_other_user_can_read_the_key_on_the_command_line(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        command = Path(f"/proc/{self.pid(client)}/cmdline")
        if not command.exists():
            self.skipTest("/proc is missing")
        launched = client._local_server._launched
        assert launched is not None
        self.assertNotIn(launched.owner_key, command.read_text())

    def test_after_a_refused_name(self) -> None:
        client = self.begin("#!")
        self.until(client, lambda: bool(client.network.problem) or client.network.state == "offline")
        client.start_chat(self.login("ana"), "Room 12", lan=False, keep_running=False)
        self.becomes_owner(client)

    def test_after_the_window_was_killed_between_start_and_connection(self) -> None:
        client = self.begin()
        launcher = client._local_server._process
        assert launcher is not None
        launcher._thread.join(START_SECONDS)  # the server listens, and the client has not read that
        client._local_server._process = None  # as if the window were killed: nothing stops the server
        self.addCleanup(self.kill, launcher._process.pid if launcher._process else 0)
        later = self.client()
        later.start_chat(self.login(), "Room 12", lan=False, keep_running=False)
        self.becomes_owner(later)
        self.assertTrue(any(isinstance(change, LocalServerFound) for change in self.changes))
        launcher.detach()

    def test_after_a_restart_without_any_setting(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        client.close()
        shutil.rmtree(self.folder / "config")
        later = self.client()
        later.start_server(self.login())
        self.becomes_owner(later)
        self.assertEqual("Room 12", later.network.name)

    def test_on_a_server_that_kept_running_although_the_key_was_lost(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        pid = self.pid(client)
        self.addCleanup(self.kill, pid)
        client.close(keep_server=True)
        (self.folder / "config" / "passwords.json").unlink()
        later = self.client()
        later.start_server(self.login("ben"))
        self.becomes_owner(later)
        self.assertTrue(later.is_server_running)

    def test_in_two_windows_with_different_settings(self) -> None:
        first, second = self.begin(), self.client("other")
        self.becomes_owner(first)
        login = first.login
        second.connect(Login("127.0.0.1", login.port, "ben"))
        self.becomes_owner(second)
        first.disconnect()
        first.connect(login)
        self.becomes_owner(first)

    def test_when_the_server_is_joined_as_one_of_the_network(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        self.addCleanup(self.kill, self.pid(client))
        client.close(keep_server=True)
        record = ServerRecord.load(self.folder / "share" / "chatapp" / "server")
        assert record is not None
        later = self.client()
        invite = Invite("127.0.0.1", record.port, pin=record.fingerprint)
        later.connect(for_invite(Login("", nick="ana"), invite))
        self.becomes_owner(later)
        self.assertTrue(later.servers()[0].is_local)

    def test_with_a_password_of_the_first_version(self) -> None:
        (self.folder / "config").mkdir()
        file = self.folder / "config" / "owner-password"
        file.write_text("abcd-efgh-jkmn-pqrs\n")
        client = self.begin()
        self.becomes_owner(client)
        self.assertFalse(file.exists())
        launched = client._local_server._launched
        assert launched is not None
        self.assertEqual("abcd-efgh-jkmn-pqrs", launched.owner_key)

    def test_another_user_of_this_computer_is_not_the_owner(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        other = {"XDG_DATA_HOME": str(self.folder / "other"), "LOCALAPPDATA": str(self.folder / "other")}
        with mock.patch.dict(os.environ, other):
            guest = self.client("guest")
            guest.start_server(self.login("ben"))
            self.until(guest, lambda: guest.network.state == "online")
            self.until(guest, lambda: guest.network.find("#general") is not None)
            self.assertFalse(guest.network.is_server_operator)

    def test_after_the_name_was_changed_and_protected(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        client.give_name("ana_2")
        self.until(client, lambda: client.network.nick == "ana_2")
        order = client.account.protect("sesame and more")
        self.until(client, lambda: order.is_finished)
        self.assertEqual("", order.problem)
        client.close()
        later = self.client()
        later.start_server(Login("", self.port, "ana_2", password="sesame and more"))
        self.becomes_owner(later)


class NewChats(OwnerTest):
    """A new chat is the user's own, whatever else runs on the computer."""

    def test_beside_the_server_of_another_user_on_its_port(self) -> None:
        first = self.begin()
        self.becomes_owner(first)
        other = {"XDG_DATA_HOME": str(self.folder / "other"), "LOCALAPPDATA": str(self.folder / "other")}
        with mock.patch.dict(os.environ, other):
            second = self.client("second")
            second.start_chat(Login("", first.login.port, "ben"), "Chess", lan=False, keep_running=False)
            self.becomes_owner(second)
        self.assertEqual("Chess", second.network.name)
        self.assertNotEqual(first.login.port, second.login.port)
        self.assertEqual(["ana"], [each.nick for each in first.network.people.values()])

    def test_while_the_own_chat_runs_in_this_window(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        added = client.add_network(in_background=True)
        client.start_chat(self.login("ana"), "Chess", lan=False, keep_running=False, network=added)
        self.refused(client)
        self.assertIs(client.running_chat, client.networks[0])
        self.assertEqual("Room 12", client.networks[0].name)
        self.assertTrue(client.is_server_running)

    def test_while_the_own_chat_runs_that_an_earlier_window_has_left(self) -> None:
        first = self.begin()
        self.becomes_owner(first)
        pid = self.pid(first)
        self.addCleanup(self.kill, pid)
        first.close(keep_server=True)
        client = self.client()
        client.start_chat(self.login("ana"), "Chess", lan=False, keep_running=False)
        self.refused(client)
        self.assertIsNone(client.running_chat)
        client.start_server(self.login("ana"))
        self.becomes_owner(client)
        self.assertEqual("Room 12", client.network.name)

    def test_after_the_running_chat_was_renamed(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        client.server.set_name("Tea Club")
        self.until(client, lambda: client.network.name == "Tea Club")
        added = client.add_network(in_background=True)
        client.start_chat(self.login("ana"), "Room 12", lan=False, keep_running=False, network=added)
        self.refused(client, "Tea Club")

    def refused(self, client: Client, name: str = "Room 12") -> None:
        """Wait until it is said that the own chat runs already."""
        self.until(client, lambda: any(isinstance(each, ConnectFailed) for each in self.changes))
        failed = next(each for each in self.changes if isinstance(each, ConnectFailed))
        self.assertEqual("runs-already", failed.kind)
        self.assertIn(f"Your chat “{name}” runs on this computer already.", failed.reason)


class StartAgain(OwnerTest):
    def test_a_killed_server_comes_back_on_its_port_with_its_data_and_its_clients(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        port = client.login.port
        guest = self.client("guest")
        guest.connect(Login("127.0.0.1", port, "ben"))
        self.until(guest, lambda: guest.network.find("#general") is not None)
        general = client.network.find("#general")
        assert general is not None
        client.run(general, "before the end")
        self.until(client, lambda: any(entry.text == "before the end" for entry in general.entries))
        self.until(client, lambda: not general.pending())
        os.kill(self.pid(client), signal.SIGKILL)
        self.until(client, lambda: client.can_start_server_again)
        client.start_server_again()
        self.becomes_owner(client)
        self.assertEqual(port, client.login.port)
        self.until(guest, lambda: guest.network.state == "waiting")
        guest.reconnect_now()
        self.until(guest, lambda: guest.network.state == "online")
        texts = [entry.text for entry in general.entries]
        self.assertEqual(1, texts.count("before the end"))

    def test_while_another_program_has_its_port_it_moves_and_stays_the_same_chat(self) -> None:
        client = self.begin()
        self.becomes_owner(client)
        [saved] = client.servers()
        client.close()
        later = self.client()
        network = later.network
        with socket.create_server(("127.0.0.1", saved.login.port)):
            later.resume(saved, network)
            self.becomes_owner(later)
        self.assertNotEqual(saved.login.port, later.login.port)
        self.assertIs(network, later.network)
        self.assertEqual((saved.key, "Room 12"), (later.key, network.name))
        self.assertTrue(later.is_local_server)


class Invitations(LiveWindowTest):
    def setUp(self) -> None:
        super().setUp()
        variables = {"XDG_DATA_HOME": str(self.folder), "LOCALAPPDATA": str(self.folder)}
        self.enterContext(mock.patch.dict(os.environ, variables))
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = int(free.getsockname()[1])

    def test_people_are_invited_by_link_code_and_picture(self) -> None:
        window = self.open("ana")
        window.reveal()
        window.root.geometry("1200x860+0+0")
        window.client.start_chat(Login("", self.port, "ana"), "Room 12", lan=False, keep_running=False)
        self.until(lambda: window.first_chat.page is not None and self.code(window) != "", PATIENCE)
        page = window.first_chat.page
        assert page is not None
        link = Invite.parse(page.invite.link.get())
        self.assertEqual(self.code(window).replace("-", "").lower(), link.code.replace("-", "").lower())
        self.assertEqual(str(link), self.decoded())
        found = ask(Offer("X", "x", link.port, ("127.0.0.1",), "Room 12", link.pin), self.code(window))
        assert found is not None
        self.assertEqual((link.port, link.pin), (found.invite.port, found.invite.pin))
        if lan_hosts():
            page.share.switch.invoke()
            shared = f"//{lan_hosts()[0]}" if ":" not in lan_hosts()[0] else "//["
            self.until(lambda: shared in page.invite.link.get(), PATIENCE)
        self.write(window, "hello")
        self.until(lambda: window.first_chat.page is None, PATIENCE)

    def test_a_copied_link_admits_people_where_one_needs_an_invitation(self) -> None:
        window = self.open("ana")
        window.reveal()
        window.client.start_chat(Login("", self.port, "ana"), "Room 12", lan=False, keep_running=False)
        self.until(lambda: window.first_chat.page is not None and self.code(window) != "", PATIENCE)
        self.write(window, "hello")
        self.until(lambda: window.first_chat.page is None, PATIENCE)
        protected = window.client.account.protect("sesame and more")
        self.until(lambda: protected.is_finished, PATIENCE)
        access = window.client.server.set_access("invite")
        self.until(lambda: access.is_finished, PATIENCE)
        self.assertEqual("", access.problem)
        self.until(lambda: window.client.server.overview.settings.access == "invite", PATIENCE)
        window.client.server.watch(False)  # as when the settings are closed
        window.root.clipboard_clear()
        window.root.clipboard_append("")
        window.overlays.copy_link(window.network.current)
        self.until(lambda: "code=" in window.root.clipboard_get(), PATIENCE)
        login = for_invite(Login("", nick="gina"), Invite.parse(window.root.clipboard_get()))
        guest = Client(self.folder / "guest.log", TrustedCertificates(self.folder / "guest.json"))
        self.addCleanup(guest.close)
        guest.connect(login)

        def is_in() -> bool:
            guest.poll()
            self.assertFalse(guest.network.problem)
            return guest.network.state == "online"

        self.until(is_in, PATIENCE)
        window.people.invite_button.invoke()
        dialog = window.first_chat.dialog
        assert dialog is not None
        self.until(lambda: dialog.card.code != "" and dialog.card.picture.is_shown, PATIENCE)

    def code(self, window: Window) -> str:
        page = window.first_chat.page
        return page.invite.code if page is not None else ""

    def decoded(self) -> str:
        """Return the text of the QR code on the screen."""
        if not shutil.which("zbarimg") or not shutil.which("import"):
            self.skipTest("zbarimg or ImageMagick is missing")
        self.root.update()
        picture = self.folder / "screen.png"
        subprocess.run(["import", "-window", "root", str(picture)], check=True, timeout=60)
        done = subprocess.run(
            ["zbarimg", "--raw", "-q", str(picture)], capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout.strip()


if __name__ == "__main__":
    unittest.main()
