"""The chat for pipes and scripts: input lines are sent, received messages are printed.

    printf 'hello\\n/msg Ben are you there?\\n' | python -m chatapp terminal --name Keshav

`rendering` describes the output. A line that begins with a slash is a command; the next line waits for its
replies. At the end of the input the program waits until everything has been delivered, then quits.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, ChannelsListed, MessageReturned
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.languages.translation import _
from chatapp.terminal import screen_commands
from chatapp.terminal.account_commands import AccountCommands
from chatapp.terminal.ansi import StyledLine, StyledText, clean
from chatapp.terminal.connection_notices import ConnectionNotices
from chatapp.terminal.entry_stream import EntryStream, StreamedEntry
from chatapp.terminal.file_commands import FileCommands, is_about_sent_files
from chatapp.terminal.rendering import LineFormat, channel_line, note, streamed_lines
from chatapp.terminal.reply_barrier import ReplyBarrier

MAX_IN_FLIGHT = 20  # messages sent and not yet confirmed by the server; also input lines queued
OFFLINE_SECONDS = 60.0  # without a connection, after which the program gives up
EXIT_OK, EXIT_FAILED, EXIT_NO_CHANNEL = 0, 1, 2


class PipedChat:
    """The state of a chat in a pipe; `step` drives it.

    Args:
        channel: The channel being joined, to which lines are sent; empty for the one the server chooses.
        earlier_messages: How many messages of a channel's history are printed.
        write: Prints a line of output.
        print_problem: Prints a problem on stderr.
        wall: Returns Unix seconds.
        clock: Returns monotonic seconds.
    """

    def __init__(
        self,
        client: Client,
        channel: str,
        line_format: LineFormat,
        earlier_messages: int,
        write: Callable[[StyledLine], object],
        print_problem: Callable[[str], object],
        wall: Callable[[], float],
        clock: Callable[[], float],
    ) -> None:
        self.client = client
        self._channel, self._format = channel, line_format
        self._write, self._print_problem = write, print_problem
        self._wall, self._clock = wall, clock
        client.network.watching = False  # messages printed into a pipe do not count as read
        self.account = AccountCommands(client, self.print_note)
        self.files = FileCommands(client, self.print_note, self._fail, clock, can_ask=False)
        self._stream = EntryStream(_is_wanted, earlier_messages)
        self._notices = ConnectionNotices()
        self._barrier = ReplyBarrier(client, clock)
        self._queued: deque[str] = deque()
        self._here: Conversation | None = None  # the channel whose lines are printed without its name
        self._offline_since: float | None = 0.0
        self._status = EXIT_OK
        self._input_ended = self._left = self._is_last_barrier = False

    @property
    def accepts_lines(self) -> bool:
        """Whether there is room in the queue for more input."""
        return len(self._queued) < MAX_IN_FLIGHT and not self._input_ended

    def queue_lines(self, typed: Iterable[str]) -> None:
        """Add input lines; blank ones are dropped."""
        self._queued.extend(line for line in typed if line.strip())

    def end_input(self) -> None:
        """Finish and quit once everything queued has been sent."""
        self._input_ended = True

    def print_note(self, text: str) -> None:
        """Print a line from the program itself."""
        self._write(note(text))

    def leave(self) -> None:
        """End without waiting for the rest of the input."""
        self._left = True

    def step(self, changes: Iterable[Change]) -> int | None:
        """Print what has arrived and send what can be sent.

        Returns:
            The exit status at the end, else None.
        """
        self._print_changes(list(changes))
        if self.client.network.state != "online":
            return self._wait_for_connection()
        if self._offline_since is not None:
            self._offline_since = None
            self._barrier.start()  # before its reply, the server has sent the JOINs of our channels
        if self._barrier.is_waiting:
            return None
        if self._channel and not (self._here and self._here.joined):
            self._print_problem(_("Cannot join {channel}.").format(channel=self._channel))
            return EXIT_NO_CHANNEL
        self._channel = ""  # checked once; leaving it later is not an error
        return self._send_queued()

    # output

    def _print_changes(self, changes: list[Change]) -> None:
        network = self.client.network
        notice = self._notices.next_notice(network)
        if notice:
            self._write((StyledText(clean(notice)),))
        self._barrier.handle(changes)
        self.account.apply(changes)
        self.files.apply(changes)
        found = network.find(self._channel) if self._channel else network.current
        if self._here is None and found and found.kind == "channel":
            self._here = found
        for streamed in self._stream.take(network, changes, self._wall()):
            self._print_entry(streamed)
        for change in changes:
            match change:
                case ChannelsListed(channels=channels):
                    for channel in channels:
                        self._write(channel_line(channel))
                case MessageReturned():
                    self.files.returned(change)
                    self._fail(change.reason)

    def _print_entry(self, streamed: StreamedEntry) -> None:
        entry = streamed.entry
        if entry.state == "failed" or entry.kind == "error":
            self._status = EXIT_FAILED
        for line in streamed_lines(streamed, self._here, self.client.network.nick, self._format):
            self._write(line)

    # sending

    def _wait_for_connection(self) -> int | None:
        self._barrier.cancel()
        self._is_last_barrier = False
        self._offline_since = self._clock() if self._offline_since is None else self._offline_since
        if self._left:
            return self._status
        if self.client.network.state == "offline" or self._clock() - self._offline_since > OFFLINE_SECONDS:
            self._print_problem(self.client.network.problem)
            return EXIT_FAILED
        return None

    def _send_queued(self) -> int | None:
        while (
            self._queued and not (self._left or self._is_waiting) and self._in_flight() < self._most_in_flight
        ):
            self._run_line(self._queued.popleft())
        if self._left:
            return self._status
        if not self._input_ended or self._queued or self._is_waiting or self._in_flight():
            return None
        if self._is_last_barrier:
            return self._status
        self._is_last_barrier = True
        self._barrier.start()  # a server without echo-message may still refuse a message
        return None

    def _run_line(self, text: str) -> None:
        problem = screen_commands.run(self, text)
        if problem:
            self._fail(problem)
        elif text.startswith("/") and not (text.startswith("//") or self._left):
            self._barrier.start()

    def _fail(self, problem: str) -> None:
        self._print_problem(problem)
        self._status = EXIT_FAILED

    @property
    def _is_waiting(self) -> bool:
        """Whether something has to end before the next line."""
        return self._barrier.is_waiting or self.files.is_busy

    @property
    def _most_in_flight(self) -> int:
        """How many messages may not have arrived before the next line: none before one about their files."""
        return 1 if is_about_sent_files(self._queued[0]) else MAX_IN_FLIGHT

    def _in_flight(self) -> int:
        return sum(len(each.pending()) for each in self.client.network.conversations.values())


def _is_wanted(conversation: Conversation, entry: Entry) -> bool:
    """Return whether to print an entry: all of channels; of others only messages and failures."""
    return (
        conversation.kind == "channel" or entry.kind in (*MESSAGE_KINDS, "error") or entry.state == "failed"
    )
