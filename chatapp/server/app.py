"""`run_server.py`: reads the command line, builds the parts, starts and stops them in order."""

from __future__ import annotations

import logging
import os
import ssl
import threading
import time
from collections.abc import Callable
from pathlib import Path

from chatapp.protocol.dnssd import Offer
from chatapp.server.commands import COMMANDS, HELP_TEXTS, dispatch
from chatapp.server.config import BadConfig, Config
from chatapp.server.core.hooks import CoreHooks
from chatapp.server.core.inbox import DatabaseLost, RunTask, Shutdown
from chatapp.server.core.loop import Core
from chatapp.server.core.outbox import Job, Outbox
from chatapp.server.core.workers import WorkerPool
from chatapp.server.net import hostnames
from chatapp.server.net.http import Site
from chatapp.server.net.invite_addresses import invites
from chatapp.server.net.link import ConnectionPolicy, PlaintextPolicy
from chatapp.server.net.listener import Listener
from chatapp.server.net.mdns.announcer import offer_of
from chatapp.server.net.tls import context as tls_context
from chatapp.server.net.write_watcher import WriteWatcher
from chatapp.server.operations import configuration, enforce_bans, presence
from chatapp.server.state.world import World
from chatapp.server.storage import data_folder, message_rows, settings
from chatapp.server.storage.checkpoint import Checkpointer
from chatapp.server.storage.database import Database
from chatapp.server.storage.first_start import cloak_secret, owner_password
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.search_index import open_index
from chatapp.server.tasks import retention
from chatapp.server.tasks.periodic import CHORES
from chatapp.server.tasks.retention import Retention
from chatapp.server.tasks.startup import prepare_world

HOOKS = CoreHooks(
    dispatch=dispatch.dispatch,
    check_role=dispatch.check_role,
    reads_of=dispatch.reads_of,
    connected=enforce_bans.greet,
    disconnected=presence.depart,
)
"""The commands and operations that the core calls."""

FAREWELL = "The server is shutting down"

log = logging.getLogger(__name__)


class Server:
    """A whole server.

    `owner_password` is not empty when this is its first start.

    Takes  read: reads its configuration, now and when it shall be read again; data: its folder, made if it is
           not there; on_end: called on the core thread when nothing runs on it any more; `failure` says
           why if that was not asked for
    Raises BadConfig, CannotUse, CannotListen, sqlite3.Error
    """

    def __init__(self, read: Callable[[], Config], data: Path, on_end: Callable[[], None]) -> None:
        self.failure = ""
        self._read = read
        self._data = data
        self._on_end = on_end
        config = read()
        started = int(time.time() * 1000)
        self._lock = data_folder.take(data)
        context = tls_context.context(config.tls, data)
        self.fingerprint = tls_context.fingerprint_of(config.tls, data)
        database = data / data_folder.DATABASE
        self._store = Database(database, config.history.durability)
        os.chmod(database, 0o600)
        secret = cloak_secret(self._store)
        world = World(config, started, secret, max(started << 20, message_rows.newest_id(self._store)))
        world.help_texts = HELP_TEXTS
        world.reread = self._reread
        world.stop = on_end
        self.core = Core(world, self._store, HOOKS, self._add_job)
        for seconds, chore in CHORES:
            self.core.run_every(seconds, chore)
        inbox = self.core.inbox
        index = open_index(data / data_folder.INDEX, database)
        self._housekeeping = Retention(index)
        self.core.run_every(retention.SECONDS, self._housekeeping)
        self._jobs = WorkerPool(lambda: Reader(database, index), inbox.put)
        self._checkpointer = Checkpointer(database, lambda words: inbox.put(DatabaseLost(words)))
        self._watcher = WriteWatcher(inbox.put)
        self._network = config.server.network
        self._listener = Listener(config, inbox.put, self._watcher.watch)
        self.addresses = self._listener.bind()
        self.owner_password = owner_password(self._store)  # not before all else went well: it is shown once
        prepare_world(world, self._store)
        self.invites = invites(config, self.addresses, self.fingerprint)
        self._store.write([settings.upsert_listening(self.addresses)])
        self._store.shorten_lock_timeout()
        self._listener.door = self._door(config, context)
        self._thread = threading.Thread(target=self._run, name="core")

    def offer(self) -> Offer:
        """What is announced on the network."""
        return offer_of(self._network, self.addresses[0][1], self.fingerprint)

    def reread(self) -> None:
        """Have the configuration and the certificate read again. Thread: any"""
        self.core.inbox.put(RunTask(configuration.reread))

    def _reread(self) -> Config | BadConfig:
        """Thread: a worker"""
        try:
            config = self._read()
            context = tls_context.context(config.tls, self._data)
            self.fingerprint = tls_context.fingerprint_of(config.tls, self._data)
            self.invites = invites(config, self.addresses, self.fingerprint)
            self._listener.take_up(config, self._door(config, context))
        except BadConfig as error:
            return error
        except OSError as error:
            return BadConfig(str(error))
        return config

    def _door(self, config: Config, context: ssl.SSLContext | None) -> ConnectionPolicy:
        """What the links must know."""
        admitted: dict[str, PlaintextPolicy] = {
            "off": "anyone",
            "auto": "this computer",
            "required": "nobody",
        }
        invite = str(self.invites[0])
        refusal = "This server wants TLS: switch it on in your client (the port is the same), or use"
        return ConnectionPolicy(
            limits=config.limits,
            commands=COMMANDS,
            context=context,
            clear_text=admitted[config.tls.mode],
            refusal=f"{refusal} {invite}",
            site=Site(config.server.network, invite, config.web.origins, hostnames.own(config, self._data)),
        )

    def _add_job(self, out: Outbox, job: Job) -> None:
        self._jobs.add(out, job)

    def _run(self) -> None:
        """The core thread. Nothing works without it."""
        try:
            self.core.run()
        except Exception:
            log.exception("a bug in the core: the server ends")
            self.failure = "The server ends because of a bug."
        self.failure = self.failure or self.core.failure
        self._on_end()

    def start(self) -> None:
        """Let clients in."""
        self._jobs.start()
        self._checkpointer.start()
        self._watcher.start()
        self._thread.start()
        self._listener.start()

    def stop(self, farewell: str = FAREWELL) -> None:
        """Say farewell to everybody, keep everything, end."""
        self._listener.close()
        self.core.inbox.put(Shutdown(farewell))
        self._thread.join()
        self._watcher.stop()
        self._jobs.stop()
        self._checkpointer.stop()
        self._housekeeping.close()
        self._store.close()
        self._lock.close()
