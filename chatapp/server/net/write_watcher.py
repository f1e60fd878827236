"""A thread that waits until sockets of slow readers can be written again, and tells the core.

This thread alone registers, unregisters and closes the sockets that it has watched. The system gives the
number of a closed socket to the next connection, so a socket that was closed elsewhere could still be
registered under a number that belongs to somebody else by then.
"""

from __future__ import annotations

import logging
import selectors
import socket
import threading
from collections import deque
from collections.abc import Callable

from chatapp.server.core.inbox import Writable
from chatapp.server.net.link import Link

log = logging.getLogger(__name__)


class WriteWatcher:
    """Takes  deliver: puts an arrival into the inbox"""

    def __init__(self, deliver: Callable[[Writable], None]) -> None:
        self._deliver = deliver
        self._wanted: deque[Link] = deque()
        self._wake_in, self._wake_out = socket.socketpair()
        self._wake_out.setblocking(False)
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="watcher", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def watch(self, link: Link) -> None:
        """Say `Writable` once when this link's socket takes more. One that is disposed of is closed instead.

        Thread  any
        """
        self._wanted.append(link)
        self._wake()

    def stop(self) -> None:
        self._stopping = True
        self._wake()
        self._thread.join()
        self._wake_in.close()
        self._wake_out.close()

    def _wake(self) -> None:
        try:
            self._wake_out.send(b"!")
        except BlockingIOError:
            return  # it is awake already

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake_in, selectors.EVENT_READ)
            while not self._stopping:
                for key, _ in selector.select():
                    if key.fileobj is self._wake_in:
                        self._wake_in.recv(4096)
                    else:
                        selector.unregister(key.fileobj)
                        self._deliver(Writable(key.data))
                self._take_up(selector)
            self._take_up(selector)  # sockets that were disposed of after the last round

    def _take_up(self, selector: selectors.BaseSelector) -> None:
        while self._wanted:
            link = self._wanted.popleft()
            if link.is_disposed:
                self._release(selector, link)
            elif link.fileno() not in selector.get_map():  # else it is registered already, by this very link
                self._register(selector, link)

    def _register(self, selector: selectors.BaseSelector, link: Link) -> None:
        try:
            selector.register(link.fileno(), selectors.EVENT_WRITE, link)
        except OSError as error:  # the system watches no more sockets
            log.error("%s cannot be watched: %s", link.peer, error.strerror)

    def _release(self, selector: selectors.BaseSelector, link: Link) -> None:
        """Unregister the socket, then close it: a number that is still registered must not be used again."""
        number = link.fileno()
        if number < 0:
            return  # an older request to watch it has found it disposed of already
        if number in selector.get_map():
            selector.unregister(number)
        link.release()
