"""Builds the parts of the server, connects them, and starts and stops them in order."""

from __future__ import annotations

import logging
import os
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
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
from chatapp.server.net.invite_addresses import invites
from chatapp.server.net.listener import CannotListen, Listener
from chatapp.server.net.mdns.announcer import offer_of
from chatapp.server.net.policy import ConnectionPolicy, PlaintextPolicy, Site, TransferService
from chatapp.server.net.sharing import Sharing
from chatapp.server.net.tls import context as tls_context
from chatapp.server.net.transfer_limits import TransferLimits
from chatapp.server.net.write_watcher import WriteWatcher
from chatapp.server.operations import configuration, enforce_bans, file_requests, presence
from chatapp.server.state import message_ids
from chatapp.server.state.live_settings import access_of
from chatapp.server.state.world import World
from chatapp.server.storage import data_folder, message_rows, settings
from chatapp.server.storage.checkpoint import Checkpointer
from chatapp.server.storage.database import Database
from chatapp.server.storage.file_contents import FileStore
from chatapp.server.storage.first_start import cloak_secret, has_owner, owner_password, store_owner_key
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.search_index import open_index
from chatapp.server.tasks import file_care, retention
from chatapp.server.tasks.periodic import PERIODIC_TASKS
from chatapp.server.tasks.retention import Retention
from chatapp.server.tasks.startup import prepare_world
from chatapp.system.server_record import ServerRecord

HOOKS = CoreHooks(
    dispatch=dispatch.dispatch,
    check_role=dispatch.check_role,
    reads_of=dispatch.reads_of,
    connected=enforce_bans.refuse_banned_address,
    disconnected=presence.end_session,
    file_asked=file_requests.answer,
    upload_ended=file_requests.end_upload,
)
"""The commands and operations that the core calls. The core itself imports none of them."""

ANNOUNCED_SECONDS = 10.0
"""Between two counts of the users for the announcement on the network."""

SHUTDOWN_REASON = "The server is shutting down"
"""The text of the ERROR that clients get when the server is stopped."""

_PLAINTEXT: dict[str, PlaintextPolicy] = {"off": "anyone", "auto": "this computer", "required": "nobody"}
"""Who may connect without TLS, by the setting `mode` of [tls]."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Announced:
    """What the announcement on the network tells about the users; see `Offer`."""

    people: int = 0
    access: str = ""
    owner: str = ""

    @classmethod
    def of(cls, world: World) -> _Announced:
        owner = next((each.name for each in world.accounts.values() if each.role == "owner"), "")
        return cls(len(world.users) - len(world.absent), access_of(world.config), owner)


@dataclass(frozen=True, slots=True)
class Launch:
    """What the start stores for good, as owners can change it later.

    Attributes:
        name: The name of the chat; empty to leave it.
        sharing: Whether other computers can connect and find the server; None to leave it.
        owner_key: The key of the owner, see `first_start`; empty to leave it.
    """

    name: str = ""
    sharing: bool | None = None
    owner_key: str = field(default="", repr=False)


class Server:
    """A whole server.

    Args:
        read: Reads the configuration; called now and for each reload. It may raise BadConfig.
        data: The data folder, created if it does not exist.
        on_end: Called on any thread when the core has ended, or an owner stops the server.
        is_announced: Whether the server is announced on the network.
        launch: What this start stores.

    Attributes:
        failure: Why the server has ended without a request; empty otherwise.
        farewell: The text of the ERROR that clients get at the end.
        owner_password: The owner's password at the first start; empty at later ones, and with an owner key.
        addresses: The addresses and ports that the server listens on.
        fingerprint: The SHA-256 fingerprint of the certificate; empty without TLS.
        invites: Links that open the server in a client, the best one first.

    Raises:
        BadConfig: The configuration is wrong.
        CannotUse: The data folder cannot be used.
        CannotListen: An address cannot be listened on.
        sqlite3.Error: The database cannot be used.
    """

    def __init__(
        self,
        read: Callable[[], Config],
        data: Path,
        on_end: Callable[[], None],
        is_announced: bool = False,
        launch: Launch = Launch(),
    ) -> None:
        self.failure = ""
        self.farewell = SHUTDOWN_REASON
        self._read = read
        self._data = data
        self._on_end = on_end
        config = read()
        self._reloading = threading.Lock()  # held from reading the configuration until it is in use
        self._publishing = threading.Lock()  # held while addresses, links, site and record are changed
        self._lock = data_folder.lock_folder(data)
        context = self._load_certificate(config)
        database = data / data_folder.DATABASE
        self._store = Database(database, config.history.durability)
        os.chmod(database, 0o600)
        self._store_launch(launch)
        world = self._create_world(config)
        self._contents = FileStore(data / data_folder.FILES, config.history.durability)
        file_care.delete_left_over(self._contents, self._store)
        self._transfer_limits = TransferLimits(*_rates(config), time.monotonic())
        world.files.contents = self._contents
        self.core = Core(world, self._store, HOOKS, self._add_job)
        inbox = self.core.inbox
        index = open_index(data / data_folder.INDEX, database)
        self._retention = Retention(index)
        for seconds, task in (*PERIODIC_TASKS, (retention.SECONDS, self._retention)):
            self.core.run_every(seconds, task)
        self.core.run_every(ANNOUNCED_SECONDS, lambda world, server, out: self._update_announced())
        self._workers = WorkerPool(lambda: Reader(database, index), inbox.put)
        self._checkpointer = Checkpointer(database, lambda reason: inbox.put(DatabaseLost(reason)))
        self._watcher = WriteWatcher(inbox.put)
        self._listener = Listener(config, inbox.put, self._watcher.watch)
        self._sharing = Sharing(
            self._listener, config.server.host, is_announced, self._offer, self._addresses_changed
        )
        self.addresses = self._sharing.bind(settings.live_settings(self._store).sharing)
        # only now, because it is shown only once
        self.owner_password = "" if has_owner(self._store) else owner_password(self._store)
        prepare_world(world, self._store)
        self._world = world
        self._update_announced()
        self.invites = invites(config, self.addresses, self.fingerprint)
        self._store.write([settings.upsert_listening(self.addresses)])
        self._record()
        self._store.shorten_lock_timeout()
        self._listener.policy = self._connection_policy(config, context)
        self._thread = threading.Thread(target=self._run_core, name="core")

    def _store_launch(self, launch: Launch) -> None:
        live = before = settings.live_settings(self._store)
        if launch.name:
            live = replace(live, name=launch.name)
        if launch.sharing is not None:
            live = replace(live, sharing=launch.sharing)
        if live != before:
            self._store.write([settings.upsert_live_settings(live)])
        if launch.owner_key:
            store_owner_key(self._store, launch.owner_key)

    def _record(self) -> None:
        """Tell the programs of the same user how this server is reached."""
        name = self._network(self._listener.config)
        ServerRecord(self.addresses[0][1], str(self.invites[0]), self.fingerprint, name).save(self._data)

    def _network(self, config: Config) -> str:
        """Return the name of the chat by a configuration, unless an owner has chosen another."""
        return self._world.live_settings.applied_to(config).server.network

    def _create_world(self, config: Config) -> World:
        started = int(time.time() * 1000)
        first_id = max(message_ids.first_id(started), message_rows.newest_id(self._store))
        world = World(config, started, cloak_secret(self._store), first_id)
        world.help_texts = HELP_TEXTS
        world.reload_config = self._reload
        world.loaded_config = lambda: self._listener.config
        world.stop = self._stop_with
        world.share = self._share
        world.is_shared = lambda: self._sharing.is_on
        world.name_changed = self._show_name
        world.invite_links = lambda: list(map(str, self.invites))
        world.fingerprint = lambda: self.fingerprint
        return world

    def _offer(self) -> Offer | None:
        """Return the announcement for the local network; None without TLS, as clients would need it.

        Thread: any. Only the core looks at users and accounts.
        """
        if not self.fingerprint:
            return None
        network = self._network(self._listener.config)
        offer = offer_of(network, self.addresses[0][1], self.fingerprint)
        known = self._announced
        return replace(offer, people=known.people, access=known.access, owner=known.owner)

    def _update_announced(self) -> None:
        """Count for the announcement. Thread: the core's, or any before the start."""
        self._announced = _Announced.of(self._world)

    def _share(self, chosen: bool | None) -> str:
        """Let other computers connect or not; return why that is not possible. Thread: a worker's."""
        try:
            self._sharing.switch(chosen)
        except CannotListen as error:
            return str(error)
        return ""

    def _addresses_changed(self, addresses: list[tuple[str, int]]) -> None:
        """Renew the invite links for other addresses. Thread: any."""
        with self._publishing:
            self.addresses = addresses
            self.invites = invites(self._listener.config, addresses, self.fingerprint)
            self._record()
            self._renew_site()
        self.core.inbox.put(
            RunTask(lambda world, server, out: out.save(settings.upsert_listening(addresses)))
        )

    def _show_name(self) -> None:
        """Show the name of the chat to browsers, on the network and to windows. Thread: the core's."""
        with self._publishing:
            self._record()
            self._renew_site()
        self._sharing.refresh()

    def _renew_site(self) -> None:
        policy = self._listener.policy
        invite = str(self.invites[0])
        site = replace(policy.site, network=self._network(self._listener.config), invite=invite)
        changed = replace(policy, site=site, refusal=_tls_refusal(invite))
        self._listener.configure(self._listener.config, changed)

    def _stop_with(self, farewell: str) -> None:
        """End the server with this farewell. Thread: a worker's."""
        self.farewell = farewell or SHUTDOWN_REASON
        self._on_end()

    def reload_config(self) -> None:
        """Read the configuration and the certificate again. Thread: any."""
        self.core.inbox.put(RunTask(configuration.reload))

    def _reload(self) -> str:
        """Read configuration and certificate for the listener. After an error the old ones stay in use.

        Of several workers, the one that reads the files last also uses them last.

        Returns:
            The error; empty if there is none.

        Thread: a worker's.
        """
        try:
            with self._reloading:
                self._use(self._read())
        except (BadConfig, OSError) as error:
            return str(error)
        return ""

    def _use(self, config: Config) -> None:
        """Use a configuration, with the certificate that it names, for new connections.

        Raises:
            BadConfig, OSError: The certificate cannot be used; nothing has changed.
        """
        context = self._load_certificate(config)
        with self._publishing:
            self.invites = invites(config, self.addresses, self.fingerprint)
            self._listener.configure(config, self._connection_policy(config, context))
            self._record()
        self._sharing.update()
        self._transfer_limits.configure(*_rates(config), time.monotonic())

    def _load_certificate(self, config: Config) -> ssl.SSLContext | None:
        context = tls_context.context(config.tls, self._data)
        self.fingerprint = tls_context.fingerprint_of(config.tls, self._data)
        return context

    def _connection_policy(self, config: Config, context: ssl.SSLContext | None) -> ConnectionPolicy:
        invite = str(self.invites[0])
        names = hostnames.own_names(config, self._data)
        return ConnectionPolicy(
            limits=config.limits,
            commands=COMMANDS,
            context=context,
            plaintext=_PLAINTEXT[config.tls.mode],
            refusal=_tls_refusal(invite),
            site=Site(self._network(config), invite, config.web.origins, names),
            files=TransferService(self._contents, self._transfer_limits, self._listener.limits.forgive),
        )

    def _add_job(self, out: Outbox, job: Job) -> None:
        self._workers.add(out, job)

    def _run_core(self) -> None:
        """Run the core. When it ends the whole server ends. Thread: the core's."""
        try:
            self.core.run()
        except Exception:
            log.exception("a bug in the core: the server ends")
            self.failure = "The server ends because of a bug."
        self.failure = self.failure or self.core.failure
        self._on_end()

    def start(self) -> None:
        """Start the threads and accept connections."""
        self._workers.start()
        self._checkpointer.start()
        self._watcher.start()
        self._thread.start()
        self._listener.start()
        self._sharing.start()

    def stop(self) -> None:
        """Close all connections, store everything, stop the threads."""
        self._sharing.stop()
        self._listener.close()
        self.core.inbox.put(Shutdown(self.farewell))
        self._thread.join()
        self._watcher.stop()
        self._workers.stop()
        self._checkpointer.stop()
        self._retention.close()
        self._store.close()
        self._lock.close()


def _rates(config: Config) -> tuple[int, int]:
    """Return the bytes per second for files: of an address, and in all."""
    return config.files.bytes_per_second, config.files.total_bytes_per_second


def _tls_refusal(invite: str) -> str:
    return f"This server requires TLS. Switch it on in your client (the port is the same), or use {invite}"
