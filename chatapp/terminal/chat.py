"""The interactive chat: messages scroll upwards above an input line.

keys > KeyParser > LineComposer > screen_commands > Client
Client.poll > EntryStream > rendering > Screen
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Protocol

from chatapp.client.client import Client
from chatapp.client.model.changes import (
    Change,
    ChannelsListed,
    CommandRejected,
    ConversationOpened,
    MessageReturned,
    Reset,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.languages.dates import day_and_month, weekday
from chatapp.terminal import screen_commands
from chatapp.terminal.account_commands import AccountCommands
from chatapp.terminal.ansi import BOLD, FAINT, StyledLine, StyledText, clean
from chatapp.terminal.connection_notices import ConnectionNotices
from chatapp.terminal.entry_stream import EntryStream
from chatapp.terminal.file_commands import FileCommands
from chatapp.terminal.key_parser import Input, Key, KeyParser
from chatapp.terminal.line_composer import LineComposer
from chatapp.terminal.panel import numbered_conversations, panel
from chatapp.terminal.rendering import LineFormat, channel_line, note, streamed_lines
from chatapp.terminal.screen import Screen
from chatapp.terminal.sign_in import TICK_SECONDS


class Terminal(Protocol):
    """A `Console` in raw mode, or a fake one."""

    def read(self, seconds: float) -> str: ...
    def write(self, text: str) -> None: ...
    def size(self) -> tuple[int, int]: ...
    def suspend(self) -> None: ...


class Chat:
    """The interactive chat on one terminal.

    Args:
        tells_typing: Whether other users may see that the user is typing.
        history: How many earlier entries are shown when a conversation is opened.
        wall: Returns Unix seconds.
        save: Called after each poll; returns a problem to show, or "".
    """

    def __init__(
        self,
        client: Client,
        console: Terminal,
        colours: bool,
        tells_typing: bool,
        history: int,
        wall: Callable[[], float] = time.time,
        save: Callable[[], str] = lambda: "",
    ) -> None:
        self._save = save
        self.client = client
        self._console, self._wall = console, wall
        self._format = LineFormat(
            colours,
            times=True,
            colour_of=lambda nick: client.network.colour(nick),
            with_links=lambda text: client.files.with_own_links(client.network, text),
        )
        self._screen = Screen(console.write, *console.size(), colours)
        self._key_parser = KeyParser()
        self._composer = LineComposer(client, lambda text: screen_commands.run(self, text), tells_typing)
        self._stream = EntryStream(self._is_wanted, 0, history)
        self._notices = ConnectionNotices()
        self.account = AccountCommands(client, self.print_note)
        self.files = FileCommands(client, self.print_note, self.print_note)
        self._notes: list[StyledLine] = []  # to be shown with the next entries
        self._day = date.fromtimestamp(wall())
        self._left = False

    def run(self, changes: Iterable[Change]) -> None:
        """Chat until the user leaves or the connection is given up.

        Args:
            changes: The changes that were already taken from the client.
        """
        with suppress(KeyboardInterrupt, EOFError):
            while not self._left and self.client.network.state != "offline":
                self._show(changes)
                self._read_keys()
                problem = self._save()
                if problem:
                    self.print_note(problem)
                changes = self.client.poll()
        self._screen.close()

    def print_note(self, text: str) -> None:
        """Show a line from the program itself."""
        self._notes.append(note(text))

    def leave(self) -> None:
        """End the chat."""
        self._left = True

    # input

    def _read_keys(self) -> None:
        typed = self._console.read(TICK_SECONDS)
        if typed or not self._key_parser.is_incomplete:
            inputs = self._key_parser.feed(typed)
        else:
            inputs = self._key_parser.flush()
        for each in inputs:
            self._handle_input(each)

    def _handle_input(self, given: Input) -> None:
        name = given.name if isinstance(given, Key) else ""
        if name == "ctrl-d" and self._composer.is_empty:
            self.leave()
        elif name.startswith("alt-") and name[4:].isdecimal():
            self._open(numbered_conversations(self.client.network).get(int(name[4:])))
        elif name in _KEYS:
            _KEYS[name](self)
        else:
            self._composer.handle_input(given)

    def _open(self, conversation: Conversation | None) -> None:
        if conversation:
            self.client.open(conversation)

    def _open_neighbour(self, steps: int) -> None:
        """Open the next conversation, or the previous one.

        Args:
            steps: 1 or -1.
        """
        network = self.client.network
        numbered = [each for number, each in numbered_conversations(network).items() if number]
        if numbered:
            at = numbered.index(network.current) if network.current in numbered else -max(steps, 0)
            self._open(numbered[(at + steps) % len(numbered)])

    def _suspend(self) -> None:
        self._screen.close()
        self._console.suspend()
        self._screen.repaint()

    # output

    def _show(self, changes: Iterable[Change]) -> None:
        changes = list(changes)
        self.account.apply(changes)
        self.files.apply(changes)
        network, now = self.client.network, self._wall()
        lines = [*self._lines_without_entry(changes), *self._notes]
        self._notes.clear()
        for streamed in self._stream.take(network, changes, now):
            lines += self._day_line(streamed.entry)
            lines += streamed_lines(streamed, network.current, network.nick, self._format)
        if network.current:
            self.client.mark_read(network.current)
        self._screen.resize(*self._console.size())
        self._screen.show(lines, panel(network, self._composer.draft, now, self.files.downloads))

    def _lines_without_entry(self, changes: Iterable[Change]) -> Iterator[StyledLine]:
        """Yield the lines of changes that add no entry to a conversation."""
        notice = self._notices.next_notice(self.client.network)
        if notice:
            yield (StyledText(clean(notice), BOLD),)
        for change in changes:
            match change:
                case ConversationOpened(conversation) if conversation is self.client.network.current:
                    self._composer.switch_to(conversation)
                    yield _heading(conversation)
                case Reset(conversation) if conversation is self.client.network.current:
                    if not conversation.entries:
                        self._screen.clear()
                case ChannelsListed(channels=channels):
                    yield from map(channel_line, channels)
                case CommandRejected(conversation, text, reason):
                    self._composer.restore(conversation, text, reason)
                case MessageReturned(conversation, reason=reason):
                    self._composer.restore(conversation, self.files.returned(change), reason)
                    self.print_note(reason)

    def _day_line(self, entry: Entry) -> Iterator[StyledLine]:
        """Yield the date, where an entry is of another day than the one before."""
        day = date.fromtimestamp(entry.time)
        if day != self._day:
            self._day = day
            yield (StyledText(f"── {weekday(day)}, {day_and_month(day)} ──", FAINT),)

    def _is_wanted(self, conversation: Conversation, entry: Entry) -> bool:
        """Return whether to print an entry: of other conversations, only messages from or for the user."""
        if conversation is self.client.network.current or entry.kind == "error":
            return True
        return entry.kind in MESSAGE_KINDS and (entry.own or entry.mention or conversation.kind != "channel")


def _heading(conversation: Conversation) -> StyledLine:
    topic = [StyledText(f"  {clean(conversation.topic)}", FAINT)] if conversation.topic else []
    return (
        StyledText("── ", FAINT),
        StyledText(clean(conversation.title), BOLD),
        *topic,
        StyledText(" ──", FAINT),
    )


_KEYS: dict[str, Callable[[Chat], None]] = {
    "alt-up": lambda chat: chat._open_neighbour(-1),
    "alt-down": lambda chat: chat._open_neighbour(1),
    "alt-a": lambda chat: chat._composer.show_problem(screen_commands.run(chat, "/go")),
    "ctrl-l": lambda chat: chat._screen.repaint(),
    "ctrl-z": lambda chat: chat._suspend(),
}
