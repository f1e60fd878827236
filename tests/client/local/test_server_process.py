"""A server as a child process; in these tests it is a few lines of Python."""

from __future__ import annotations

import os
import socket
import sys
import tempfile
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from chatapp.client.local.local_server_record import LOOPBACK, LocalServerRecord, password_file
from chatapp.client.local.server_process import (
    ServerProcess,
    ServerStarted,
    ServerStartFailed,
    server_command,
)
from chatapp.protocol.invite_links import Invite
from tests.client.transport.authority import Authority, Pair
from tests.client.transport.authority import Server as TlsServer
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
        """Start a program as the server and return the event."""
        command = (sys.executable, "-c", program)
        self.launcher = ServerProcess(self.inbox, port, lan, self.record, command, probe_seconds=1.0)
        self.addCleanup(self.launcher.stop)
        return self.inbox.get(timeout=PATIENCE)

    def free_port(self) -> int:
        with socket.socket() as sock:
            sock.bind((LOOPBACK, 0))
            return int(sock.getsockname()[1])

    def occupied(self, answer: bytes) -> int:
        """Return a port of another program, which sends this answer to every request."""
        listener = socket.create_server((LOOPBACK, 0))
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

    def test_the_address_is_reported_and_the_server_ends_with_the_client(self) -> None:
        port = self.free_port()
        item = self.launch(LISTENS, port)
        link = Invite("192.0.2.7", 5000, ("#general",))
        self.assertEqual(ServerStarted(self.launcher, LOOPBACK, port, True, link), item)
        self.assertTrue(self.launcher.is_running)
        self.launcher.stop()
        self.assertFalse(self.launcher.is_running)

    def test_other_computers_are_admitted_on_request(self) -> None:
        program = LISTENS.replace("s.accept()", "sys.exit()")
        self.launch(program, self.free_port(), lan=True)
        process = self.launcher._process
        assert process is not None
        process.wait(PATIENCE)
        self.assertIn("--lan", self.record.read_text())

    def test_the_record_and_the_owner_password_are_readable_by_the_user_only(self) -> None:
        self.record.parent.mkdir()
        self.record.touch(0o644)
        item = self.launch(OWNED, self.free_port())
        self.assertEqual(("abcd-efgh", True), (item.owner_password, item.is_first_start))
        self.assertNotIn("abcd", repr(item))
        self.assertNotIn("abcd", self.record.read_text().replace("efgh", ""))
        if os.name == "posix":
            self.assertEqual(0o600, self.record.stat().st_mode & 0o777)

    def test_the_owner_password_is_known_at_every_later_start(self) -> None:
        self.launch(OWNED, self.free_port())
        self.launcher.stop()
        item = self.launch(LISTENS, self.free_port())
        self.assertEqual(("abcd-efgh", False), (item.owner_password, item.is_first_start))

    def test_a_server_that_was_started_here_is_recognised_by_its_certificate(self) -> None:
        pair = Authority().sign("127.0.0.1")
        server = self.secured(pair)
        LocalServerRecord(server.port, Invite("192.0.2.7", 5000, pin=pair.fingerprint)).save(self.folder())
        password_file(self.folder()).write_text("abcd-efgh\n")
        item = self.launch(LISTENS, self.free_port())
        self.assertEqual(
            (server.port, False, "abcd-efgh"), (item.port, item.was_started, item.owner_password)
        )
        self.assertEqual("192.0.2.7", item.link.host)

    def test_a_server_with_another_certificate_gets_no_password(self) -> None:
        server = self.secured(Authority().sign("127.0.0.1"))
        LocalServerRecord(server.port, Invite("192.0.2.7", 5000, pin="ab" * 32)).save(self.folder())
        password_file(self.folder()).write_text("abcd-efgh\n")
        port = self.occupied(b":chat CAP * LS :server-time\r\n")
        item = self.launch(LISTENS, port)
        self.assertEqual(ServerStarted(self.launcher, LOOPBACK, port, was_started=False), item)

    def folder(self) -> Path:
        return self.record.parent

    def secured(self, pair: Pair) -> TlsServer:
        """Return a server with a certificate."""
        server = TlsServer(pair)
        self.addCleanup(server.close)
        return server

    def test_a_running_chat_server_is_joined(self) -> None:
        port = self.occupied(b":chat CAP * LS :server-time\r\n")
        item = self.launch(LISTENS, port)
        self.assertEqual(ServerStarted(self.launcher, LOOPBACK, port, was_started=False), item)

    def test_a_free_port_is_used_beside_another_program(self) -> None:
        port = self.occupied(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        item = self.launch(LISTENS, port)
        self.assertIsInstance(item, ServerStarted)
        self.assertTrue(item.was_started)
        self.assertNotEqual(port, item.port)

    def test_a_server_that_ends_at_once_is_reported_with_its_output(self) -> None:
        item = self.launch(REFUSES, self.free_port())
        self.assertEqual(
            ServerStartFailed(self.launcher, "The server stopped at once: Port 5000 is in use"), item
        )

    def test_the_last_output_of_a_server_that_ended_is_available(self) -> None:
        port = self.free_port()
        self.launch(LISTENS + "; print('The disk is full.'); sys.exit(1)", port)
        self.assertEqual("", self.launcher.last_output)
        socket.create_connection((LOOPBACK, port), PATIENCE).close()  # which it has waited for
        process = self.launcher._process
        assert process is not None
        process.wait(PATIENCE)
        self.assertEqual("The disk is full.", self.launcher.last_output)

    def test_a_missing_program_is_reported(self) -> None:
        with self.assertLogs("chatapp.client.local.server_process", "WARNING"):
            launcher = ServerProcess(self.inbox, self.free_port(), False, self.record, ("/no/such/program",))
            self.addCleanup(launcher.stop)
            item = self.inbox.get(timeout=PATIENCE)
        self.assertIn("The server could not be started", item.reason)

    def test_stopping_during_the_start_leaves_no_process(self) -> None:
        command = (sys.executable, "-c", "import socket; socket.create_server(('127.0.0.1', 0)).accept()")
        launcher = ServerProcess(self.inbox, self.free_port(), False, self.record, command)
        launcher.stop()
        self.assertFalse(launcher.is_running)

    def test_a_released_server_is_not_stopped(self) -> None:
        self.launch(LISTENS, self.free_port())
        process = self.launcher._process
        assert process is not None
        self.launcher.detach()
        self.assertFalse(self.launcher.is_running)
        process.returncode = None
        self.addCleanup(process.wait)
        self.addCleanup(process.kill)
        self.assertIsNone(process.poll())

    def test_the_default_server_is_the_script_beside_the_package(self) -> None:
        command = server_command()
        self.assertEqual(sys.executable, command[0])
        self.assertEqual("run_server.py", Path(command[-1]).name)
