"""The chat for pipes and scripts: a line that comes in is said, a line that goes out is one that was said.

    printf 'hello\\n/msg Ben are you there?\\n' | python -m chatapp terminal --name Keshav

What is written is described in `lines`. A line that begins with a slash is a command; its answers are awaited
before the next line is looked at. What was on its way when the connection broke, and did not arrive, is said
again. At the end of the input everything is waited for that was said, then we leave.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from chatapp.client.client import Client
from chatapp.client.model import history
from chatapp.client.model.changes import Change, ChannelsListed
from chatapp.client.model.model import SAID, Conversation, Entry
from chatapp.terminal import screen_commands
from chatapp.terminal.ansi import StyledLine, StyledText, clean
from chatapp.terminal.connection_notices import ConnectionNotices
from chatapp.terminal.entry_stream import EntryStream, StreamedEntry
from chatapp.terminal.rendering import Look, channel_line, lines, note
from chatapp.terminal.reply_barrier import ReplyBarrier

MOST_WAITING = 20  # messages that are on their way at the same time
GIVE_UP_SECONDS = 60.0  # without a connection
DONE, FAILED, NOWHERE = 0, 1, 2  # exit statuses


class Piped:
    """Takes  channel: what is being joined, for lines to be said there; empty for where the server puts us
    write, complain: for the lines that go out, and for what went wrong
    wall, clock: Unix seconds, and seconds that never go back
    """

    def __init__(
        self,
        client: Client,
        channel: str,
        look: Look,
        earlier: int,
        write: Callable[[StyledLine], object],
        complain: Callable[[str], object],
        wall: Callable[[], float],
        clock: Callable[[], float],
    ) -> None:
        self.client = client
        self._channel, self._look = channel, look
        self._write, self._complain, self._wall, self._clock = write, complain, wall, clock
        client.network.watching = False  # what goes into a pipe was not seen by anybody
        self._teller = EntryStream(_is_wanted, earlier)
        self._standing = ConnectionNotices()
        self._barrier = ReplyBarrier(client, clock)
        self._typed: deque[str] = deque()
        self._here: Conversation | None = None  # the channel whose name need not be told
        self._lost: list[StreamedEntry] = []  # what was on its way when the connection broke
        self._away: float | None = 0.0  # since when there is no connection
        self._status = DONE
        self._ended = self._left = self._asked_last = False

    @property
    def is_hungry(self) -> bool:
        """Whether there is use for more lines."""
        return len(self._typed) < MOST_WAITING and not self._ended

    def say(self, typed: Iterable[str]) -> None:
        """Lines that came in."""
        self._typed.extend(line for line in typed if line.strip())

    def end(self) -> None:
        """No more will come."""
        self._ended = True

    def tell(self, words: str) -> None:
        self._write(note(words))

    def leave(self) -> None:
        self._left = True

    def turn(self, changes: Iterable[Change]) -> int | None:
        """Write what has come, say what can be said; gives the exit status when it is over."""
        self._hear(list(changes))
        if self.client.network.state != "online":
            return self._wait()
        if self._away is not None:
            self._away = None
            self._barrier.raise_()  # in its answer we have been put into channels
        if self._barrier.is_up or not self._recovered():
            return None
        if self._channel and not (self._here and self._here.joined):
            self._complain(f"{self._channel} cannot be joined.")
            return NOWHERE
        self._channel = ""  # found once, we may well leave it
        return self._proceed()

    # what comes in

    def _hear(self, changes: list[Change]) -> None:
        network = self.client.network
        words = self._standing.news(network)
        if words:
            self._write((StyledText(clean(words)),))
        self._barrier.hear(changes)
        found = network.find(self._channel) if self._channel else network.current
        if self._here is None and found and found.kind == "channel":
            self._here = found
        for told in self._teller.take(network, changes, self._wall()):
            self._tell(told)
        for change in changes:
            if isinstance(change, ChannelsListed):
                for channel in change.channels:
                    self._write(channel_line(channel))

    def _tell(self, told: StreamedEntry) -> None:
        conversation, entry = told
        if entry.state == "failed" and self.client.network.state != "online":
            self._lost.append(told)
            return
        if entry.state == "failed" or entry.kind == "error":
            self._status = FAILED
        for line in lines(entry, conversation, self._here, self.client.network.nick, self._look):
            self._write(line)

    # what goes out

    def _wait(self) -> int | None:
        """There is no connection: for how long?"""
        self._barrier.drop()
        self._asked_last = False
        self._away = self._clock() if self._away is None else self._away
        if self._left:
            return self._status
        if self.client.network.state == "offline" or self._clock() - self._away > GIVE_UP_SECONDS:
            self._complain(self.client.network.problem)
            return FAILED
        return None

    def _recovered(self) -> bool:
        """Say again what was lost with a connection; whether it is known what that was."""
        if any(told.conversation.fetching for told in self._lost):
            return False
        lost, self._lost = [told for told in self._lost if told.entry.state == "failed"], []
        for told in lost:
            is_certain = history.available(self.client.network)  # else it may have arrived all the same
            if not is_certain or self.client.retry(told.conversation, told.entry):
                self._tell(told)
        return True

    def _proceed(self) -> int | None:
        while self._typed and not (self._left or self._barrier.is_up) and self._on_their_way() < MOST_WAITING:
            self._run(self._typed.popleft())
        if self._left:
            return self._status
        if not self._ended or self._typed or self._barrier.is_up or self._on_their_way():
            return None
        if self._asked_last:
            return self._status
        self._asked_last = True
        self._barrier.raise_()  # a server without echoes may still refuse what was said
        return None

    def _run(self, text: str) -> None:
        refusal = screen_commands.run(self, text)
        if refusal:
            self._complain(refusal)
            self._status = FAILED
        elif text.startswith("/") and not (text.startswith("//") or self._left):
            self._barrier.raise_()

    def _on_their_way(self) -> int:
        return sum(len(each.pending()) for each in self.client.network.conversations.values())


def _is_wanted(conversation: Conversation, entry: Entry) -> bool:
    """All that happens in channels; elsewhere only what is said, or went wrong."""
    return conversation.kind == "channel" or entry.kind in (*SAID, "error") or entry.state == "failed"
