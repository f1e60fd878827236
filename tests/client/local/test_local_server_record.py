"""The record of a server that was started here: stored, loaded, and compared with the listening server."""

from __future__ import annotations

import json
import socket
import tempfile
from pathlib import Path

from chatapp.client.local.local_server_record import LocalServerRecord
from chatapp.protocol.addresses import LOCALHOST
from chatapp.protocol.invite_links import Invite
from chatapp.system.server_record import ServerRecord
from tests.client.transport.authority import Authority, Server
from tests.errors import Quiet

SECONDS = 5.0


class Records(Quiet):
    def setUp(self) -> None:
        super().setUp()
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.path = Path(directory.name) / "logs"

    def load(self) -> LocalServerRecord | None:
        return LocalServerRecord.load(self.path / "data", self.path / "settings")

    def write(self, folder: str, text: str) -> None:
        (self.path / folder).mkdir(parents=True, exist_ok=True)
        (self.path / folder / "server.json").write_text(text)

    def test_the_record_in_the_data_folder_is_found(self) -> None:
        link = Invite("192.0.2.7", 5001, pin="ab" * 32)
        (self.path / "data").mkdir(parents=True)
        ServerRecord(5001, str(link), "ab" * 32).save(self.path / "data")
        self.assertEqual(LocalServerRecord(5001, link), self.load())

    def test_a_record_of_the_first_version_is_found_in_the_settings_folder(self) -> None:
        link = Invite("192.0.2.7", 5001, pin="ab" * 32)
        self.write("settings", json.dumps({"port": 5001, "link": str(link)}))
        self.assertEqual(LocalServerRecord(5001, link), self.load())

    def test_without_a_file_there_is_no_record(self) -> None:
        self.assertIsNone(self.load())

    def test_an_invalid_record_is_ignored(self) -> None:
        for text in ("", "[]", "{}", '{"port": "x", "link": "ircs://a"}', '{"port": 99999, "link": "ircs://a"}',
                     '{"port": 5000, "link": 7}', '{"port": 5000, "link": "http://a"}',
                     '{"port": 5000, "link": "ircs://a:5000"}',
                     '{"port": 5000, "link": "ircs://a:5000", "fingerprint": ""}'):  # fmt: skip
            for folder in ("settings", "data"):
                with self.subTest(text, folder=folder), self.assertNoLogs("chatapp", "ERROR"):
                    self.write(folder, text)
                    self.assertIsNone(self.load())

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
            sock.bind((LOCALHOST, 0))
            port = sock.getsockname()[1]
        record = LocalServerRecord(port, Invite("192.0.2.7", 5000, pin="ab" * 32))
        self.assertFalse(record.answers(SECONDS))
