"""A server of one's own, as a child process; the server here is a few lines of Python."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import Any
from unittest import mock

from chatapp.client.launch import HERE, Launched, Launcher, LaunchFailed, server_command
from chatapp.client.login import Login
from chatapp.protocol.invite import Invite
from tests.client.base import ClientTest
from tests.errors import Quiet

PATIENCE = 20.0
LISTENS = (
    "import socket, sys; s = socket.create_server(('127.0.0.1', int(sys.argv[2])));"
    "print('Server started. Waiting for connections...', flush=True);"
    "print('Listening on 127.0.0.1 port', s.getsockname()[1], flush=True);"
    "print('Others join with this link: ircs://192.0.2.7:5000/general', flush=True);"
    "print('got', *sys.argv[1:], flush=True); s.accept()"
)
OWNED = "import pathlib, sys; pathlib.Path(sys.argv[-1]).write_text('abcd-efgh\\n');" + LISTENS
REFUSES = "import sys; print('Port 5000 is in use', file=sys.stderr); sys.exit(2)"


class Launching(Quiet):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.record = Path(directory.name) / "logs" / "server.log"
        self.inbox: SimpleQueue[Any] = SimpleQueue()

    def launch(self, program: str, port: int, lan: bool = False) -> Any:
        """Start a program as the server; gives what is reported."""
        command = (sys.executable, "-c", program)
        self.launcher = Launcher(self.inbox, port, lan, self.record, command, probe_seconds=1.0)
        self.addCleanup(self.launcher.stop)
        return self.inbox.get(timeout=PATIENCE)

    def free_port(self) -> int:
        with socket.socket() as sock:
            sock.bind((HERE, 0))
            return int(sock.getsockname()[1])

    def occupied(self, answer: bytes) -> int:
        """A port that something else holds, which answers so to whatever it hears."""
        listener = socket.create_server((HERE, 0))
        self.addCleanup(listener.close)

        def serve() -> None:
            other, _ = listener.accept()
            with other:
                other.recv(100)
                other.sendall(answer)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        self.addCleanup(thread.join, PATIENCE)
        return int(listener.getsockname()[1])

    def test_it_is_told_where_the_server_listens_and_the_server_ends_with_us(self) -> None:
        port = self.free_port()
        item = self.launch(LISTENS, port)
        link = Invite("192.0.2.7", 5000, ("#general",))
        self.assertEqual(Launched(self.launcher, HERE, port, True, link), item)
        self.assertTrue(self.launcher.running)
        self.launcher.stop()
        self.assertFalse(self.launcher.running)

    def test_others_are_let_in_when_that_is_wanted(self) -> None:
        program = LISTENS.replace("s.accept()", "sys.exit()")
        self.launch(program, self.free_port(), lan=True)
        process = self.launcher._process
        assert process is not None
        process.wait(PATIENCE)
        self.assertIn("--lan", self.record.read_text())

    def test_the_record_is_for_us_alone_and_the_owners_password_is_not_kept(self) -> None:
        self.record.parent.mkdir()
        self.record.touch(0o644)
        item = self.launch(OWNED, self.free_port())
        self.assertEqual("abcd-efgh", item.owner_password)
        self.assertNotIn("abcd", repr(item))
        self.assertEqual([self.record], list(self.record.parent.iterdir()))
        if os.name == "posix":
            self.assertEqual(0o600, self.record.stat().st_mode & 0o777)

    def test_a_chat_server_that_is_there_already_is_joined(self) -> None:
        port = self.occupied(b":chat CAP * LS :server-time\r\n")
        item = self.launch(LISTENS, port)
        self.assertEqual(Launched(self.launcher, HERE, port, started=False), item)

    def test_beside_something_else_a_free_port_is_taken(self) -> None:
        port = self.occupied(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        item = self.launch(LISTENS, port)
        self.assertIsInstance(item, Launched)
        self.assertTrue(item.started)
        self.assertNotEqual(port, item.port)

    def test_a_server_that_ends_at_once_is_told_with_its_words(self) -> None:
        item = self.launch(REFUSES, self.free_port())
        self.assertEqual(LaunchFailed(self.launcher, "The server ended at once: Port 5000 is in use"), item)

    def test_a_program_that_is_not_there_is_told(self) -> None:
        with self.assertLogs("chatapp.client.launch", "WARNING"):
            launcher = Launcher(self.inbox, self.free_port(), False, self.record, ("/no/such/program",))
            self.addCleanup(launcher.stop)
            item = self.inbox.get(timeout=PATIENCE)
        self.assertIn("No server could be started here", item.words)

    def test_stopping_in_the_middle_of_starting_leaves_nothing_behind(self) -> None:
        command = (sys.executable, "-c", "import socket; socket.create_server(('127.0.0.1', 0)).accept()")
        launcher = Launcher(self.inbox, self.free_port(), False, self.record, command)
        launcher.stop()
        self.assertFalse(launcher.running)

    def test_a_released_server_is_not_ended(self) -> None:
        self.launch(LISTENS, self.free_port())
        process = self.launcher._process
        assert process is not None
        self.launcher.release()
        self.assertFalse(self.launcher.running)
        process.returncode = None
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertIsNone(process.poll())

    def test_the_real_server_is_the_script_beside_the_package(self) -> None:
        command = server_command()
        self.assertEqual(sys.executable, command[0])
        self.assertEqual("run_server.py", Path(command[-1]).name)


class TakingCharge(ClientTest):
    """Who starts a server for the first time runs it."""

    def start(self, password: str) -> None:
        """A server is started and lets us in."""
        with mock.patch("chatapp.client.hosting.Launcher") as launcher:
            self.client.start_server(Login("", 5000, "ana"))
        inbox = launcher.call_args.args[0]
        inbox.put(Launched(launcher.return_value, HERE, 5000, True, owner_password=password))
        self.client.poll(None)
        self.linked()
        self.sent()
        self.welcome("")

    def test_the_first_start_makes_us_the_owner_and_shows_the_password_once(self) -> None:
        self.start("abcd-efgh")
        self.assertIn("OPER owner abcd-efgh", self.sent())
        told = self.client.network.server()
        assert told is not None
        words = " ".join(entry.text for entry in told.entries)
        self.assertIn("The owner's password is abcd-efgh.", words)
        self.assertEqual(1, told.unread)
        self.loses()
        self.passes(5)
        self.linked()
        self.welcome("")
        self.assertNotIn("OPER", " ".join(self.sent()))

    def test_no_later_start_does(self) -> None:
        self.start("")
        self.assertNotIn("OPER", " ".join(self.sent()))
        told = self.client.network.server()
        assert told is not None
        self.assertEqual(0, told.unread)
