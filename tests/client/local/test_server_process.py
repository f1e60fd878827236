"""A server as a child process; in these tests it is a few lines of Python."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import sys
import tempfile
import threading
import unittest
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from chatapp.client.local.password_store import PasswordFile
from chatapp.client.local.server_process import (
    LEGACY_FILE,
    ServerHome,
    ServerProcess,
    ServerRunsAlready,
    ServerStart,
    ServerStarted,
    ServerStartFailed,
)
from chatapp.protocol.addresses import LOCALHOST
from chatapp.protocol.invite_links import Invite
from chatapp.system.server_record import ServerRecord
from tests.client.transport.authority import Authority, Pair
from tests.client.transport.authority import Server as TlsServer
from tests.errors import Quiet

PATIENCE = 20.0
LINK = "ircs://192.0.2.7:5000/general?pin=sha256:" + "ab" * 32
LISTENS = (
    "import json, pathlib, socket, sys; arguments = sys.argv;"
    "s = socket.create_server(('127.0.0.1', int(arguments[2]))); port = s.getsockname()[1];"
    "print('Server started. Waiting for connections...', flush=True);"
    "record = {'port': port, 'link': '" + LINK + "', 'fingerprint': 'ab' * 32};"
    "data = pathlib.Path(arguments[4]); data.mkdir(exist_ok=True);"
    "(data / 'server.json').write_text(json.dumps(record));"
    "(data / 'key').write_text(sys.stdin.readline());"
    "print('Listening on 127.0.0.1 port', port, flush=True);"
    "print('got', *arguments[1:], flush=True); s.accept()"
)
TAKES_KEY = "import pathlib, sys; pathlib.Path(sys.argv[3], 'given').write_text(sys.stdin.readline())"
REFUSES = "import sys; print('Port 5000 is in use', file=sys.stderr); sys.exit(2)"


class Launching(Quiet):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.record = Path(directory.name) / "logs" / "server.log"
        self.data = Path(directory.name) / "data"
        self.store = PasswordFile(self.record.parent / "passwords.json")
        self.inbox: SimpleQueue[Any] = SimpleQueue()

    def launch(self, program: str, port: int, **start: Any) -> Any:
        """Start a program as the server and return the event."""
        self.launcher = self.begin(program, port, **start)
        return self.inbox.get(timeout=PATIENCE)

    def begin(self, program: str, port: int, **start: Any) -> ServerProcess:
        home = ServerHome(self.record, (self.store,), self.data, (sys.executable, "-c", program))
        launcher = ServerProcess(self.inbox, ServerStart(port, **start), home, probe_seconds=1.0)
        self.addCleanup(launcher.stop)
        return launcher

    def stored_key(self) -> str:
        return self.store.get(f"chat in {self.data}", "owner-key")

    def recorded(self, port: int, pin: str, name: str = "") -> None:
        self.data.mkdir()
        ServerRecord(port, str(Invite("192.0.2.7", 5000, pin=pin)), pin, name).save(self.data)

    def free_port(self) -> int:
        with socket.socket() as sock:
            sock.bind((LOCALHOST, 0))
            return int(sock.getsockname()[1])

    def occupied(self, answer: bytes) -> int:
        """Return a port of another program, which sends this answer to every request."""
        listener = socket.create_server((LOCALHOST, 0))
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
        expected = ServerStarted(self.launcher, LOCALHOST, port, True, Invite.parse(LINK), self.stored_key())
        self.assertEqual(expected, item)
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

    def test_the_name_of_the_chat_and_sharing_are_passed_on(self) -> None:
        program = LISTENS.replace("s.accept()", "sys.exit()")
        self.launch(program, self.free_port(), name="-Room 12", sharing=False)
        process = self.launcher._process
        assert process is not None
        process.wait(PATIENCE)
        self.assertIn("--name=-Room 12 --sharing=off", self.record.read_text())

    def test_the_key_is_stored_before_the_start_and_is_not_on_the_command_line(self) -> None:
        item = self.launch(REFUSES, self.free_port())
        self.assertIsInstance(item, ServerStartFailed)
        key = self.stored_key()
        self.assertGreaterEqual(len(key), 30)
        item = self.launch(LISTENS, self.free_port())
        self.assertEqual((key, key), (item.owner_key, (self.data / "key").read_text().strip()))
        self.assertNotIn(key, repr(item))
        self.assertNotIn(key, self.record.read_text())

    def test_the_record_is_readable_by_the_user_only(self) -> None:
        self.record.parent.mkdir()
        self.record.touch(0o644)
        self.launch(LISTENS, self.free_port())
        if os.name == "posix":
            self.assertEqual(0o600, self.record.stat().st_mode & 0o777)

    def test_the_password_of_the_first_version_becomes_the_key(self) -> None:
        self.record.parent.mkdir()
        file = self.record.parent / LEGACY_FILE
        file.write_text("abcd-efgh-abcd-efgh\n")
        item = self.launch(LISTENS, self.free_port())
        self.assertEqual(("abcd-efgh-abcd-efgh", False), (item.owner_key, file.exists()))

    def test_a_key_that_cannot_be_stored_starts_no_server(self) -> None:
        self.record.parent.write_text("a file where the settings belong")
        with self.assertLogs("chatapp", "WARNING"):
            item = self.launch(LISTENS, self.free_port())
        self.assertIn("cannot be stored", item.reason)
        self.assertFalse(self.launcher.is_running)

    def test_a_running_server_is_recognised_by_its_certificate_and_gets_the_key(self) -> None:
        pair = Authority().sign("127.0.0.1")
        server = self.secured(pair)
        self.recorded(server.port, pair.fingerprint)
        item = self.launch(TAKES_KEY, self.free_port())
        self.assertEqual(
            (server.port, False, self.stored_key()), (item.port, item.was_started, item.owner_key)
        )
        self.assertEqual("192.0.2.7", item.link.host)
        self.assertEqual(self.stored_key(), (self.data / "given").read_text().strip())

    def test_a_server_with_another_certificate_gets_no_key(self) -> None:
        server = self.secured(Authority().sign("127.0.0.1"))
        self.recorded(server.port, "ab" * 32)
        port = self.occupied(b":chat CAP * LS :server-time\r\n")
        item = self.launch(LISTENS, port)
        self.assertEqual(ServerStarted(self.launcher, LOCALHOST, port, was_started=False), item)
        self.assertEqual("", self.stored_key())

    def test_the_port_of_the_last_start_is_used_again(self) -> None:
        port = self.free_port()
        self.recorded(port, "ab" * 32)
        item = self.launch(LISTENS, self.free_port(), prefers_last=True)
        self.assertEqual((port, True), (item.port, item.was_started))

    def test_a_search_for_the_running_server_starts_none(self) -> None:
        launcher = self.begin(LISTENS, self.free_port(), only_finds=True)
        launcher._thread.join(PATIENCE)
        self.assertTrue(self.inbox.empty())
        self.assertFalse(launcher.is_running)

    def test_stopping_does_not_wait_for_a_locked_store(self) -> None:
        unlocked = threading.Event()
        self.addCleanup(unlocked.set)

        class Locked(PasswordFile):
            def get(self, server: str, name: str) -> str:
                unlocked.wait(PATIENCE)
                return "the key of the owner"

        self.store = Locked(self.record)
        launcher = self.begin(LISTENS, self.free_port())
        launcher.stop()
        unlocked.set()
        self.assertIsInstance(self.inbox.get(timeout=PATIENCE), ServerStartFailed)
        self.assertFalse(launcher.is_running)

    def secured(self, pair: Pair) -> TlsServer:
        """Return a server with a certificate."""
        server = TlsServer(pair)
        self.addCleanup(server.close)
        return server

    def test_a_running_chat_server_is_joined(self) -> None:
        port = self.occupied(b":chat CAP * LS :server-time\r\n")
        item = self.launch(LISTENS, port)
        self.assertEqual(ServerStarted(self.launcher, LOCALHOST, port, was_started=False), item)

    def test_a_new_chat_is_started_beside_the_running_chat_of_another_user(self) -> None:
        port = self.occupied(b":chat CAP * LS :server-time\r\n")
        item = self.launch(LISTENS, port, name="Room 12", is_new=True)
        self.assertTrue(item.was_started)
        self.assertNotEqual(port, item.port)

    def test_a_new_chat_is_not_started_beside_the_users_own_that_runs(self) -> None:
        pair = Authority().sign("127.0.0.1")
        server = self.secured(pair)
        self.recorded(server.port, pair.fingerprint, "Tea Club")
        item = self.launch(TAKES_KEY, self.free_port(), name="Room 12", is_new=True)
        self.assertIsInstance(item, ServerRunsAlready)
        self.assertEqual(("Tea Club", server.port), (item.name, item.started.port))
        item = self.launch(TAKES_KEY, self.free_port(), name=" Tea  Club", is_new=True)
        self.assertEqual((server.port, False), (item.port, item.was_started))

    def test_a_free_port_is_used_beside_another_program(self) -> None:
        port = self.occupied(b"HTTP/1.1 403 Forbidden\r\n\r\n")
        item = self.launch(LISTENS, port)
        self.assertIsInstance(item, ServerStarted)
        self.assertTrue(item.was_started)
        self.assertNotEqual(port, item.port)

    def test_the_users_chat_gets_another_port_if_another_chat_uses_its_own(self) -> None:
        port = self.occupied_by_chats()
        self.recorded(port, "ab" * 32)
        item = self.launch(LISTENS, port)
        self.assertTrue(item.was_started)
        self.assertNotEqual(port, item.port)

    def test_the_users_chat_is_not_looked_for_where_another_chat_listens(self) -> None:
        port = self.occupied_by_chats()
        self.recorded(self.free_port(), "ab" * 32)
        item = self.launch(LISTENS, port, pin="ab" * 32)
        self.assertTrue(item.was_started)
        self.assertNotEqual(port, item.port)

    def occupied_by_chats(self) -> int:
        """Return a port where a chat answers each connection: the search for the own server is the first."""
        listener = socket.create_server((LOCALHOST, 0))
        self.addCleanup(listener.close)

        def serve() -> None:
            with contextlib.suppress(OSError):
                while True:
                    other, _ = listener.accept()
                    with other:
                        other.recv(4096)
                        other.sendall(b":chat CAP * LS :server-time\r\n")

        threading.Thread(target=serve, daemon=True).start()
        return int(listener.getsockname()[1])

    def test_a_server_that_ends_at_once_is_reported_with_its_output(self) -> None:
        item = self.launch(REFUSES, self.free_port())
        self.assertEqual(
            ServerStartFailed(self.launcher, "The server stopped at once: Port 5000 is in use"), item
        )

    def end_reason(self, last: str) -> str:
        """Start a server that does something last, let it end, and return why it has ended."""
        port = self.free_port()
        self.launch(f"{LISTENS}; print('ana connects', flush=True); {last}", port)
        self.assertEqual("", self.launcher.end_reason)
        socket.create_connection((LOCALHOST, port), PATIENCE).close()  # which it has waited for
        process = self.launcher._process
        assert process is not None
        process.wait(PATIENCE)
        return self.launcher.end_reason

    def test_a_server_that_fails_prints_the_reason_last(self) -> None:
        self.assertEqual("The disk is full.", self.end_reason("print('The disk is full.'); sys.exit(1)"))

    def test_a_server_that_was_stopped_has_printed_no_reason(self) -> None:
        self.assertEqual("It was asked to stop.", self.end_reason("sys.exit(0)"))

    @unittest.skipUnless(hasattr(signal, "SIGKILL"), "needs signals")
    def test_a_server_that_was_killed_has_printed_no_reason(self) -> None:
        self.assertEqual("It was ended by signal 9.", self.end_reason("import os; os.kill(os.getpid(), 9)"))

    def test_a_missing_program_is_reported(self) -> None:
        home = ServerHome(self.record, (), self.data, ("/no/such/program",))
        with self.assertLogs("chatapp.client.local.server_process", "WARNING"):
            launcher = ServerProcess(self.inbox, ServerStart(self.free_port()), home)
            self.addCleanup(launcher.stop)
            item = self.inbox.get(timeout=PATIENCE)
        self.assertIn("The server could not be started", item.reason)

    def test_stopping_during_the_start_leaves_no_process(self) -> None:
        program = "import socket; socket.create_server(('127.0.0.1', 0)).accept()"
        launcher = self.begin(program, self.free_port())
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
