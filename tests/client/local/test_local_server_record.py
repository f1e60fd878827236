"""The record of a server that was started here: stored, loaded, and compared with the listening server."""

from __future__ import annotations

import socket
import tempfile
from pathlib import Path

from chatapp.client.local.local_server_record import (
    LOOPBACK,
    LocalServerRecord,
    owner_password,
    password_file,
)
from chatapp.protocol.invite_links import Invite
from tests.client.transport.authority import Authority, Server
from tests.errors import Quiet

SECONDS = 5.0


class Records(Quiet):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "logs"

    def folder(self) -> Path:
        return self.path

    def test_a_record_is_loaded_as_it_was_stored(self) -> None:
        record = LocalServerRecord(5001, Invite("192.0.2.7", 5001, pin="ab" * 32))
        record.save(self.folder())
        self.assertEqual(record, LocalServerRecord.load(self.folder()))

    def test_without_a_file_there_is_no_record(self) -> None:
        self.assertIsNone(LocalServerRecord.load(self.folder()))

    def test_an_invalid_record_is_ignored(self) -> None:
        self.folder().mkdir(parents=True)
        for text in ("", "[]", "{}", '{"port": "x", "link": "ircs://a"}', '{"port": 99999, "link": "ircs://a"}',
                     '{"port": 5000, "link": 7}', '{"port": 5000, "link": "http://a"}',
                     '{"port": 5000, "link": "ircs://a:5000"}'):  # fmt: skip
            with self.subTest(text), self.assertNoLogs("chatapp", "ERROR"):
                (self.folder() / "server.json").write_text(text)
                self.assertIsNone(LocalServerRecord.load(self.folder()))

    def test_a_record_that_cannot_be_written_is_logged(self) -> None:
        self.path.write_text("a file where the folder belongs")
        with self.assertLogs("chatapp", "WARNING") as logs:
            LocalServerRecord(5001, Invite("192.0.2.7", 5001, pin="ab" * 32)).save(self.folder())
        self.assertIn("record of the started server", logs.output[0])

    def test_only_the_server_with_the_recorded_certificate_is_recognised(self) -> None:
        pair = Authority().sign("127.0.0.1")
        server = Server(pair)
        self.addCleanup(server.close)
        for pin, is_it in ((pair.fingerprint, True), ("ab" * 32, False)):
            with self.subTest(pin[:4]):
                record = LocalServerRecord(server.port, Invite("192.0.2.7", 5000, pin=pin))
                self.assertEqual(is_it, record.answers(SECONDS))

    def test_a_port_without_a_listener_is_not_recognised(self) -> None:
        with socket.socket() as sock:
            sock.bind((LOOPBACK, 0))
            port = sock.getsockname()[1]
        record = LocalServerRecord(port, Invite("192.0.2.7", 5000, pin="ab" * 32))
        self.assertFalse(record.answers(SECONDS))

    def test_the_owner_password_is_read_without_its_line_break(self) -> None:
        self.assertEqual("", owner_password(self.folder()))
        self.folder().mkdir()
        password_file(self.folder()).write_text("abcd-efgh\n")
        self.assertEqual("abcd-efgh", owner_password(self.folder()))

    def test_an_unreadable_password_is_none(self) -> None:
        password_file(self.folder()).mkdir(parents=True)
        with self.assertLogs("chatapp", "WARNING"):
            self.assertEqual("", owner_password(self.folder()))
