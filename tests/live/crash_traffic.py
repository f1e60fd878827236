"""Traffic on a server that is killed, and what must be in its history afterwards.

Bob, dan and eve send to #c and to ann as fast as possible. Ann has an account: only an account can read the
direct messages of an earlier session.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from itertools import count

from chatapp.protocol.message import Message
from tests.live.base import DEADLINE, RawClient

CAPS = (
    "batch message-tags server-time echo-message draft/chathistory draft/event-playback draft/multiline"
    " draft/account-registration"
)
CHANNEL = "#c"
SPEAKERS = ("bob", "dan", "eve")
PAGE = 500
PASSWORD = "open sesame"
LINES = 5  # that a speaker sends to the channel before it sends something else

Connect = Callable[[], RawClient]
"""Returns a new connection to the server."""


def log_in(connect: Connect, line: str = "") -> RawClient:
    """Return a session of ann in the channel, and make it an operator there if it is the first one.

    Args:
        line: Registers her account; empty to log in to it.
    """
    client = connect()
    credentials = [] if line else [f"PASS :ann:{PASSWORD}"]
    client.send(*credentials, "CAP LS 302", f"CAP REQ :{CAPS}", "NICK ann", "USER ann 0 * ann")
    client.send("CAP END", *([line] if line else []), f"JOIN {CHANNEL}")
    client.settle()
    return client


def register(connect: Connect) -> None:
    """Create ann's account and the channel, whose topic anybody may change."""
    first = log_in(connect, f"REGISTER * * :{PASSWORD}")
    first.send(f"MODE {CHANNEL} -t")
    first.settle()
    first.close()


class RecordingClient:
    """A client that records the messages that it receives, until the server is gone.

    Args:
        send: Sends one thing after the other until the server is gone; None for a listener.
        last: The number of the message at which `kill` is called.
        kill: Kills the server.
    """

    def __init__(
        self,
        client: RawClient,
        send: Callable[[RawClient], None] | None = None,
        last: int = 0,
        kill: Callable[[], None] | None = None,
    ) -> None:
        self.seen: list[Message] = []
        self._client = client
        self._last = last
        self._kill = kill
        self._threads = [threading.Thread(target=self._listen)]
        if send:
            self._threads.append(threading.Thread(target=self._send_all, args=(send,)))
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
        """Wait until the connection has ended."""
        for thread in self._threads:
            thread.join(DEADLINE)
            assert not thread.is_alive()

    def _listen(self) -> None:
        try:
            while True:
                message = self._client.next()
                if "msgid" in message.tags:
                    self.seen.append(message)
                    if self._kill and len(self.seen) == self._last:
                        self._kill()
        except (EOFError, OSError):
            return

    def _send_all(self, send: Callable[[RawClient], None]) -> None:
        try:
            while True:
                send(self._client)
        except OSError:
            return


class Speaker:
    """Sends everything that is stored: texts, notices, texts of several lines, topics, direct messages.

    Args:
        name: Begins every text.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._numbers = count()

    def send(self, client: RawClient) -> None:
        """Send the next messages."""
        text = f"{self._name} {next(self._numbers)}"
        client.send(
            *(f"PRIVMSG {CHANNEL} :{text} {place}" for place in range(LINES)),
            f"@+x=1 NOTICE {CHANNEL} :{text}",
            f"PRIVMSG ann :{text} direct",
            f"BATCH +1 draft/multiline {CHANNEL}",
            f"@batch=1 PRIVMSG {CHANNEL} :{text} first",
            f"@batch=1 PRIVMSG {CHANNEL} :second",
            "BATCH -1",
            f"TOPIC {CHANNEL} :{text}",
        )

    def missing(self, stored: Iterable[Message]) -> str:
        """Return what is wrong with its stored texts; empty if they are the first ones that it has sent."""
        start = f"{self._name} "
        texts = [each.text for each in stored if each.command == "PRIVMSG" and each.text.startswith(start)]
        texts = [each for each in texts if each.split()[-1].isdigit()]
        for expected, found in zip(_texts(self._name), texts, strict=False):
            if expected != found:
                return f"{found!r} is stored where {expected!r} was sent"
        return ""


def _texts(name: str) -> Iterator[str]:
    """Yield the texts of one line that a speaker sends to the channel."""
    yield from (f"{name} {number} {place}" for number in count() for place in range(LINES))


class History:
    """The history that ann can read: of the channel, and of people. Each message is read once."""

    def __init__(self, people: Iterable[str] = SPEAKERS) -> None:
        self.stored: dict[str, list[Message]] = {target: [] for target in (CHANNEL, *people)}

    def __len__(self) -> int:
        return sum(map(len, self.stored.values()))

    def identities(self) -> list[tuple[str, ...]]:
        """Return `identity` of all messages, in their order."""
        return [identity(each) for stored in self.stored.values() for each in stored]

    def read(self, reader: RawClient) -> None:
        """Read what is new, page by page."""
        for target, stored in self.stored.items():
            while page := self._page(reader, target, stored):
                stored += page

    def _page(self, reader: RawClient, target: str, stored: list[Message]) -> list[Message]:
        bound = f"msgid={stored[-1].tags['msgid']}" if stored else "timestamp=1970-01-01T00:00:00.000Z"
        reader.send(f"CHATHISTORY AFTER {target} {bound} {PAGE}")
        # of a message of several lines only the batch has an id; other lines come at the same time
        return [each for each in reader.settle() if "msgid" in each.tags and "batch" in each.tags]

    def problems(self, seen: Iterable[Iterable[Message]]) -> list[str]:
        """Compare it with what clients have seen: each message is stored, once, and in the same order.

        Args:
            seen: The messages of each client, in the order in which it received them.

        Returns:
            What is wrong, in words.
        """
        found = []
        places: dict[str, tuple[str, int]] = {}
        identities = set(self.identities())
        for target, stored in self.stored.items():
            for place, message in enumerate(stored):
                if message.tags["msgid"] in places:
                    found.append(f"stored twice: {message.body()}")
                places[message.tags["msgid"]] = target, place
        for messages in seen:
            last = dict.fromkeys(self.stored, -1)
            for message in messages:
                if identity(message) not in identities:
                    found.append(f"seen and not stored: {message.body()}")
                    continue
                target, place = places[message.tags["msgid"]]
                if place <= last[target]:
                    found.append(f"seen twice or in another order: {message.body()}")
                last[target] = place
        return found


def identity(message: Message) -> tuple[str, ...]:
    """Return what must be equal in a message received live and in the stored one."""
    tags = message.tags
    return (tags["msgid"], tags["time"], message.command, message.source, *message.params[-1:])
