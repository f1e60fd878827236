"""Sharing on the network: whether other computers can connect to the server, and find it by its name.

It can be switched while the server runs. Connections that exist stay.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence

from chatapp.protocol.addresses import LOCALHOST, is_link_local, is_loopback
from chatapp.protocol.dnssd import Offer
from chatapp.server.net.listener import CannotListen, Listener, hosts_of
from chatapp.server.net.mdns.announcer import Announcer
from chatapp.system import multicast

CHECK_SECONDS = 30.0  # between checks for new addresses of this computer

log = logging.getLogger(__name__)


class Sharing:
    """Decides where the server listens, and whether it is announced.

    Args:
        listener: Not bound yet.
        host: The host of the configuration.
        is_announced: Whether the server is announced although sharing was not switched on.
        describe: Returns the announcement; None if the server cannot be announced.
        on_change: Called with the new addresses after each change.

    Thread: any.
    """

    def __init__(
        self,
        listener: Listener,
        host: str,
        is_announced: bool,
        describe: Callable[[], Offer | None],
        on_change: Callable[[list[tuple[str, int]]], None],
    ) -> None:
        self._listener = listener
        self._hosts = hosts_of(host)
        self._is_announced = is_announced
        self._describe = describe
        self._on_change = on_change
        self._chosen: bool | None = None
        self._announcer: Announcer | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="sharing", daemon=True)

    @property
    def is_on(self) -> bool:
        """Whether other computers can connect."""
        chosen = self._chosen  # which `switch` may change meanwhile
        return self._is_public if chosen is None else chosen

    def bind(self, chosen: bool | None) -> list[tuple[str, int]]:
        """Open the listening sockets of the start.

        Args:
            chosen: What an owner has chosen; None to do as configured.

        Returns:
            Address and port of each.

        Raises:
            CannotListen: The port cannot be used.
        """
        self._chosen = chosen
        addresses = self._listener.bind(self._hosts if self.is_on else self._own_hosts)
        if self.is_on and not self._is_public:
            try:
                addresses = self._listener.listen_on(self._wanted())
            except CannotListen as error:
                log.error("Other computers cannot connect: %s", error)
        return addresses

    def start(self) -> None:
        """Begin to announce, and to watch for new addresses."""
        with self._lock:
            self._update_announcer()
        self._thread.start()

    def switch(self, chosen: bool | None) -> None:
        """Switch sharing on or off, or to what is configured.

        Raises:
            CannotListen: The addresses cannot be listened on; nothing has changed.
        """
        with self._lock:
            before, self._chosen = self._chosen, chosen
            try:
                addresses = self._listener.listen_on(self._wanted())
            except CannotListen:
                self._chosen = before
                raise
            self._on_change(addresses)
            self._update_announcer()

    def update(self) -> None:
        """Announce the server anew after a reload; begin or end that if TLS was switched on or off."""
        with self._lock:
            self._update_announcer()
        self.refresh()

    def refresh(self) -> None:
        """Announce the server anew, because its name has changed. It does not wait for `switch`."""
        announcer = self._announcer  # which another thread may end meanwhile
        if announcer:
            announcer.refresh()

    def stop(self) -> None:
        """Withdraw the announcement. The listener is not closed."""
        self._stopping.set()
        if self._thread.is_alive():
            self._thread.join()
        with self._lock:
            self._end_announcer()

    @property
    def _is_public(self) -> bool:
        """Whether other computers can connect by the configuration."""
        return not all(host == "localhost" or is_loopback(host) for host in self._hosts)

    @property
    def _own_hosts(self) -> Sequence[str]:
        """The hosts on which only this computer can connect."""
        return [LOCALHOST] if self._is_public else self._hosts

    def _wanted(self) -> Sequence[str]:
        """Return the hosts to listen on now."""
        if not self.is_on:
            return self._own_hosts
        return self._hosts if self._is_public else [*self._hosts, *lan_hosts()]

    def _update_announcer(self) -> None:
        is_wanted = self.is_on and (self._is_announced or bool(self._chosen))
        offer = self._describe() if is_wanted else None
        if offer is None or self._stopping.is_set():
            self._end_announcer()
        elif self._announcer is None:
            first = offer  # also used between the end of TLS and `update`
            self._announcer = Announcer(lambda: self._describe() or first)
            self._announcer.start()

    def _end_announcer(self) -> None:
        if self._announcer:
            self._announcer.stop()
            self._announcer = None

    def _watch(self) -> None:
        """Listen on addresses that this computer gets later, as in another wireless network."""
        while not self._stopping.wait(CHECK_SECONDS):
            with self._lock:
                if self.is_on and not self._is_public:
                    self._check_addresses()

    def _check_addresses(self) -> None:
        before = self._listener.addresses
        try:
            addresses = self._listener.listen_on(self._wanted())
        except CannotListen as error:
            log.debug("Another address cannot be used: %s", error)
            return
        if addresses != before:
            self._on_change(addresses)


def lan_hosts() -> list[str]:
    """Return the addresses of this computer by which other computers on the network reach it."""
    own = (address for several in multicast.own_addresses().values() for address in several)
    return [address for address in dict.fromkeys(own) if not is_link_local(address)]
