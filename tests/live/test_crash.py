"""`kill -9` under load: every message that a client has seen is in the history afterwards."""

from __future__ import annotations

import threading
from collections.abc import Callable
from itertools import count

from chatapp.protocol.message import Message
from tests.live.base import DEADLINE, LiveTest, RawClient

CAPS = (
    "batch message-tags server-time echo-message draft/chathistory draft/event-playback draft/multiline"
    " draft/account-registration"
)
PAGE = 500
SEEN = (300, 1500, 700, 1000)  # messages that the listener receives before each kill
SPEAKERS = ("bob", "dan", "eve")
PASSWORD = "open sesame"


class RecordingClient:
    """A client that records the messages that it receives, until the server is gone.

    Args:
        name: The name of a sender, which sends as fast as possible; empty for a listener.
        last: the number of the message at which `kill` is called.
        kill: kills the server.
    """

    def __init__(
        self, client: RawClient, name: str = "", last: int = 0, kill: Callable[[], None] | None = None
    ) -> None:
        self.seen: list[Message] = []
        self._client = client
        self._last = last
        self._kill = kill
        self._threads = [threading.Thread(target=self._listen)]
        if name:
            self._threads.append(threading.Thread(target=self._send_all, args=(name,)))
        for thread in self._threads:
            thread.start()

    def end(self) -> None:
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

    def _send_all(self, name: str) -> None:
        try:
            for number in count():
                self._client.send(
                    *(f"PRIVMSG #c :{name} {number} {place}" for place in range(5)),
                    f"@+x={number} NOTICE #c :{name} {number}",
                    f"PRIVMSG ann :{name} {number} direct",
                    "BATCH +1 draft/multiline #c",
                    f"@batch=1 PRIVMSG #c :{name} {number} first",
                    "@batch=1 PRIVMSG #c :second",
                    "BATCH -1",
                    f"TOPIC #c :{name} {number}",
                )
        except OSError:
            return


class Crash(LiveTest):
    CONFIG = "[limits]\nflood_per_second = 0\n[channels]\ndefault = []"

    def test_every_message_that_a_client_saw_is_in_the_history(self) -> None:
        self.start()
        first = self.log_in("ann", "REGISTER * * :" + PASSWORD)
        first.send("MODE #c -t")
        first.settle()
        for number in SEEN:
            ann, *speakers = self.log_in("ann"), *(self.enter(name, CAPS, "#c") for name in SPEAKERS)
            member_ids = [RecordingClient(ann, last=number, kill=self.server.process.kill)]
            member_ids += [
                RecordingClient(client, name) for client, name in zip(speakers, SPEAKERS, strict=True)
            ]
            for witness in member_ids:
                witness.end()
            self.server.kill()
            self.start()
            self.check(member_ids)

    def log_in(self, nick: str, line: str = "") -> RawClient:
        """Connect with an account: only an account can read the direct messages of an earlier session."""
        client = self.connect()
        credentials = [] if line else [f"PASS :{nick}:{PASSWORD}"]
        client.send(*credentials, "CAP LS 302", f"CAP REQ :{CAPS}", f"NICK {nick}", f"USER {nick} 0 * {nick}")
        client.send("CAP END", *([line] if line else []), "JOIN #c")
        client.settle()
        return client

    def check(self, member_ids: list[RecordingClient]) -> None:
        reader = self.log_in("ann")
        stored = self.read_history(reader, "#c")
        for name in SPEAKERS:
            stored |= self.read_history(reader, name)
        seen = {self.identity(message) for witness in member_ids for message in witness.seen}
        self.assertGreater(len(seen), 300)
        self.assertEqual(seen - stored, set())

    def read_history(self, reader: RawClient, target: str) -> set[tuple[str, ...]]:
        """Return all stored messages of a target, read page by page."""
        stored: set[tuple[str, ...]] = set()
        bound = "timestamp=1970-01-01T00:00:00.000Z"
        while True:
            reader.send(f"CHATHISTORY AFTER {target} {bound} {PAGE}")
            page = [message for message in reader.settle() if "msgid" in message.tags]
            if not page:
                return stored
            stored |= {self.identity(message) for message in page}
            bound = f"msgid={page[-1].tags['msgid']}"

    def identity(self, message: Message) -> tuple[str, ...]:
        """Return what must be equal in a message received live and in the stored one."""
        tags = message.tags
        return (tags["msgid"], tags["time"], message.command, message.source, *message.params[-1:])
