"""The server as a whole, in this process: startup, its parts, reload, shutdown."""

from __future__ import annotations

import dataclasses
import gc
import queue
import sqlite3
import threading
import warnings
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest import mock

from chatapp.server.app import SHUTDOWN_REASON, Launch, Server
from chatapp.server.config import Config, parse
from chatapp.server.net.listener import CannotListen
from chatapp.server.net.tls import context
from chatapp.server.storage import data_folder, settings
from chatapp.server.storage.data_folder import CannotUse
from chatapp.server.storage.first_start import is_owner_key
from chatapp.server.storage.reader import Reader
from chatapp.system.server_record import ServerRecord
from tests.errors import Quiet
from tests.live.base import RawClient

DEADLINE = 20.0  # seconds
ANY_PORT = "[server]\nport = 0\n"


def _name_and_sharing(reader: Reader) -> tuple[str | None, bool | None]:
    live = settings.live_settings(reader)
    return live.name, live.sharing


class AppTest(Quiet):
    def setUp(self) -> None:
        super().setUp()
        self.data = Path(self.enterContext(TemporaryDirectory(prefix="chatapp-test-"))) / "data"
        self.config = ANY_PORT
        self.launch = Launch()
        self.ended = threading.Event()

    def read(self) -> Config:
        return parse(self.config)

    def build(self) -> Server:
        return Server(self.read, self.data, self.ended.set, launch=self.launch)

    def start(self) -> Server:
        server = self.build()
        server.start()
        return server


class Start(AppTest):
    def test_it_listens_on_the_configured_address_and_prints_the_invite_link(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        [(host, port)] = server.addresses
        self.assertEqual(host, "127.0.0.1")
        self.assertIn(str(port), str(server.invites[0]))
        client = RawClient(port)
        self.addCleanup(client.close)
        client.send("PING x")
        self.assertEqual(client.until("PONG").params[-1], "x")

    def test_the_password_of_the_owner_is_shown_on_the_first_start_only(self) -> None:
        first = self.start()
        first.stop()
        second = self.start()
        second.stop()
        self.assertTrue(first.owner_password)
        self.assertEqual(second.owner_password, "")

    def test_what_the_start_stores_is_kept_at_later_starts(self) -> None:
        self.launch = Launch("Room 12", sharing=True, owner_key="the key of the owner")
        first = self.start()
        first.stop()
        self.launch = Launch()
        second = self.start()
        self.addCleanup(second.stop)
        self.assertEqual(("", ""), (first.owner_password, second.owner_password))
        with closing(Reader(self.data / data_folder.DATABASE)) as reader:
            self.assertTrue(is_owner_key(reader, "the key of the owner"))
            self.assertEqual(("Room 12", True), _name_and_sharing(reader))

    def test_programs_of_the_same_user_find_the_server_by_its_data_folder(self) -> None:
        self.launch = Launch("Room 12")
        server = self.start()
        self.addCleanup(server.stop)
        address, link = server.addresses[0], str(server.invites[0])
        record = ServerRecord(address[1], link, server.fingerprint, "Room 12")
        self.assertEqual(record, ServerRecord.load(self.data))

    def test_only_the_user_of_the_server_can_read_the_database(self) -> None:
        server = self.start()
        server.stop()
        self.assertEqual((self.data / data_folder.DATABASE).stat().st_mode & 0o077, 0)

    def test_a_data_folder_belongs_to_one_server(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        with self.assertRaises(CannotUse):
            self.build()

    def test_a_port_in_use_is_an_error_before_the_owner_has_a_password(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        self.config = f"[server]\nport = {server.addresses[0][1]}\n"
        self.data = self.data.with_name("other")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # usually the end of the process closes the rest
            with self.assertRaises(CannotListen):
                self.build()
            gc.collect()
        with sqlite3.connect(self.data / data_folder.DATABASE) as database:
            stored = database.execute("SELECT name FROM facts WHERE name = 'owner credentials'").fetchall()
        database.close()
        self.assertEqual(stored, [])

    def test_each_tls_mode_admits_certain_addresses_without_tls(self) -> None:
        for mode, here, elsewhere in (("off", True, True), ("auto", True, False), ("required", False, False)):
            with self.subTest(mode):
                self.config = f'{ANY_PORT}[tls]\nmode = "{mode}"'
                self.data = self.data.with_name(mode)
                server = self.start()
                policy = server._listener.policy
                server.stop()
                admitted = policy.allows_plaintext("127.0.0.1"), policy.allows_plaintext("192.0.2.7")
                self.assertEqual(admitted, (here, elsewhere))
                self.assertIn("This server requires TLS", policy.refusal)


class Reload(AppTest):
    def test_a_new_configuration_applies_to_the_listener_and_the_world(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        self.config = f'{ANY_PORT}motd = "Hello again"'
        errors: queue.SimpleQueue[str] = queue.SimpleQueue()
        world = server.core._turn.world
        world.reload_config = lambda: _note(server._reload(), errors)
        server.reload_config()
        self.assertEqual(errors.get(timeout=DEADLINE), "")
        self.assertEqual(world.loaded_config().server.motd, "Hello again")
        self.assertIs(server._listener.config, world.loaded_config())

    def test_of_two_reloads_the_one_that_reads_the_file_last_wins(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        old, new = (parse(f'{ANY_PORT}motd = "{motd}"') for motd in ("Old", "New"))
        second = threading.Thread(target=server._reload)

        def read() -> Config:
            """Read the old file. It is replaced, and loaded again as a whole if nothing prevents that."""
            server._read = lambda: new
            is_prevented = server._reloading.locked()
            second.start()
            if not is_prevented:
                second.join(DEADLINE)
            return old

        server._read = read
        server._reload()
        second.join(DEADLINE)
        self.assertIs(server._listener.config, new)

    def test_a_configuration_that_is_loaded_while_the_chat_gets_a_name_stays(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        self.config = f'{ANY_PORT}[web]\norigins = ["https://chat.example"]'
        reloading = threading.Thread(target=server._reload)
        made = dataclasses.replace

        def interrupted(policy: Any, **changes: Any) -> Any:
            """Load the configuration in the middle of the change of the name, if nothing prevents that."""
            if reloading.ident is None:
                is_prevented = server._publishing.locked()
                reloading.start()
                if not is_prevented:
                    reloading.join(DEADLINE)
            return made(policy, **changes)

        with mock.patch("chatapp.server.app.replace", interrupted):
            server._show_name()
        reloading.join(DEADLINE)
        self.assertEqual(server._listener.policy.site.origins, ("https://chat.example",))

    def test_a_new_certificate_and_name_are_shown_to_windows_and_announced(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        old = server.fingerprint
        (self.data / context.CERTIFICATE).unlink()
        self.config = f'{ANY_PORT}network = "Room 12"'
        with mock.patch.object(server._sharing, "refresh") as refreshed:
            self.assertEqual(server._reload(), "")
        new = server.fingerprint
        self.assertNotEqual(old, new)
        record = ServerRecord(server.addresses[0][1], str(server.invites[0]), new, "Room 12")
        self.assertEqual(record, ServerRecord.load(self.data))
        self.assertIn(new, record.link)
        refreshed.assert_called_once_with()
        offer = server._offer()
        assert offer
        self.assertEqual((offer.network, offer.fingerprint), ("Room 12", new))

    def test_an_invalid_configuration_does_not_replace_the_old_one(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        before = server._listener.config
        self.config = "[server]\nport = 'five'"
        self.assertIn("port", server._reload())
        self.assertIs(server._listener.config, before)

    def test_a_certificate_that_is_missing_is_an_error_of_the_configuration(self) -> None:
        server = self.start()
        self.addCleanup(server.stop)
        self.config = f'{ANY_PORT}[tls]\ncertificate = "/nowhere/certificate.pem"'
        self.assertIn("/nowhere/certificate.pem", server._reload())


class End(AppTest):
    def test_a_stop_sends_clients_the_reason_and_unlocks_the_data_folder(self) -> None:
        server = self.start()
        client = RawClient(server.addresses[0][1])
        self.addCleanup(client.close)
        client.send("PING x")
        client.until("PONG")
        server.stop()
        self.assertEqual(client.until("ERROR").text, SHUTDOWN_REASON)
        self.assertTrue(self.ended.is_set())
        self.assertEqual(server.failure, "")
        self.start().stop()

    def test_a_bug_that_stops_the_core_is_reported_as_a_failure_of_the_server(self) -> None:
        server = self.build()
        server.core.run = _broken  # type: ignore[method-assign]
        with self.assertLogs("chatapp.server.app", "ERROR"):
            server.start()
            self.assertTrue(self.ended.wait(DEADLINE))
            server.stop()
        self.assertEqual(server.failure, "The server ends because of a bug.")


def _note(error: str, errors: queue.SimpleQueue[str]) -> str:
    errors.put(error)
    return error


def _broken() -> None:
    raise ZeroDivisionError
