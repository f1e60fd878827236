"""A thread that waits until the sockets of slow clients can be written again, and reports that to the core.

Only this thread registers, unregisters and closes the sockets that it has watched. The system gives the file
number of a closed socket to the next connection. So a socket closed by another thread could still be
registered here under a number that belongs to another client by then.
"""

from __future__ import annotations

import logging
import selectors
import threading
from collections import deque
from collections.abc import Callable

from chatapp.server.core.inbox import Writable
from chatapp.server.net.link import Link
from chatapp.system.waker import Waker

log = logging.getLogger(__name__)


class WriteWatcher:
    """Watches links whose socket is full.

    Args:
        deliver: Puts an arrival into the inbox.
    """

    def __init__(self, deliver: Callable[[Writable], None]) -> None:
        self._deliver = deliver
        self._requests: deque[Link] = deque()
        self._waker = Waker()
        self._stopping = False
        self._thread = threading.Thread(target=self._run, name="write watcher", daemon=True)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def watch(self, link: Link) -> None:
        """Deliver one `Writable` when the socket of a link takes more. Close the socket of a disposed link.

        Thread: any.
        """
        self._requests.append(link)
        self._waker.wake()

    def stop(self) -> None:
        """Close the sockets of disposed links and end the thread."""
        self._stopping = True
        self._waker.wake()
        self._thread.join()
        self._waker.close()

    def _run(self) -> None:
        with selectors.DefaultSelector() as selector:
            selector.register(self._waker.readable, selectors.EVENT_READ)
            while not self._stopping:
                for key, _ in selector.select():
                    if key.fileobj is self._waker.readable:
                        self._waker.clear()
                    else:
                        selector.unregister(key.fileobj)
                        self._deliver(Writable(key.data))
                self._handle_requests(selector)
            self._handle_requests(selector)  # links that were disposed after the last round

    def _handle_requests(self, selector: selectors.BaseSelector) -> None:
        while self._requests:
            link = self._requests.popleft()
            if link.is_disposed:
                self._release(selector, link)
            elif link.fileno() not in selector.get_map():  # otherwise it is registered already
                self._register(selector, link)

    def _register(self, selector: selectors.BaseSelector, link: Link) -> None:
        try:
            selector.register(link.fileno(), selectors.EVENT_WRITE, link)
        except OSError as error:  # the system refuses to watch another socket
            log.error("Cannot watch the socket of %s: %s", link.peer, error.strerror)

    def _release(self, selector: selectors.BaseSelector, link: Link) -> None:
        """Unregister the socket, then close it, so that its number is not reused while it is registered."""
        number = link.fileno()
        if number < 0:
            return  # an earlier request has closed it already
        if number in selector.get_map():
            selector.unregister(number)
        link.release()
