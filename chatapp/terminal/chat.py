"""The chat on a terminal, for a person: what is said scrolls by, the line that is written stays below.

keys > Decoder > Composer > commands > Client        client.poll > Teller > lines > Screen
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date
from typing import Protocol

from chatapp.client.client import Client
from chatapp.client.model.changes import Change, ChannelsListed, ConversationOpened, GivenBack, Reset
from chatapp.client.model.model import SAID, Conversation, Entry
from chatapp.terminal import screen_commands
from chatapp.terminal.ansi import BOLD, FAINT, StyledLine, StyledText, clean
from chatapp.terminal.connection_notices import ConnectionNotices
from chatapp.terminal.entry_stream import EntryStream
from chatapp.terminal.key_parser import Decoder, Input, Key
from chatapp.terminal.line_composer import LineComposer
from chatapp.terminal.panel import numbered, panel
from chatapp.terminal.rendering import Look, channel_line, lines, note
from chatapp.terminal.screen import Screen
from chatapp.terminal.sign_in import TICK_SECONDS


class Terminal(Protocol):
    """A console that is entered, or what stands for one in a test."""

    def read(self, seconds: float) -> str: ...
    def write(self, text: str) -> None: ...
    def size(self) -> tuple[int, int]: ...
    def suspend(self) -> None: ...


class Chat:
    """Takes  history: how many lines are shown when a conversation is entered
    wall: Unix seconds
    save: called often; gives what to tell the person
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
        self._look = Look(colours, times=True)
        self._screen = Screen(console.write, *console.size(), colours)
        self._decoder = Decoder()
        self._composer = LineComposer(client, lambda text: screen_commands.run(self, text), tells_typing)
        self._teller = EntryStream(self._is_wanted, 0, history)
        self._standing = ConnectionNotices()
        self._told: list[StyledLine] = []
        self._day = date.fromtimestamp(wall())
        self._left = False

    def run(self, changes: Iterable[Change]) -> None:
        """Stay until somebody leaves.

        Takes  changes: what has come out of the client already
        """
        with suppress(KeyboardInterrupt, EOFError):
            while not self._left and self.client.network.state != "offline":
                self._show(changes)
                self._listen()
                problem = self._save()
                if problem:
                    self.tell(problem)
                changes = self.client.poll()
        self._screen.close()

    def tell(self, words: str) -> None:
        """Show something of our own."""
        self._told.append(note(words))

    def leave(self) -> None:
        self._left = True

    # what is typed

    def _listen(self) -> None:
        typed = self._console.read(TICK_SECONDS)
        given = self._decoder.feed(typed) if typed or not self._decoder.waits else self._decoder.end()
        for each in given:
            self._take(each)

    def _take(self, given: Input) -> None:
        name = given.name if isinstance(given, Key) else ""
        if name == "ctrl-d" and self._composer.is_empty:
            self.leave()
        elif name.startswith("alt-") and name[4:].isdecimal():
            self._open(numbered(self.client.network).get(int(name[4:])))
        elif name in _KEYS:
            _KEYS[name](self)
        else:
            self._composer.take(given)

    def _open(self, conversation: Conversation | None) -> None:
        if conversation:
            self.client.open(conversation)

    def _turn(self, steps: int) -> None:
        """To the next conversation, or the one before."""
        network = self.client.network
        there = [each for number, each in numbered(network).items() if number]
        if there:
            at = there.index(network.current) if network.current in there else -max(steps, 0)
            self._open(there[(at + steps) % len(there)])

    def _suspend(self) -> None:
        self._screen.close()
        self._console.suspend()
        self._screen.repaint()

    # what is shown

    def _show(self, changes: Iterable[Change]) -> None:
        changes = list(changes)
        network, now = self.client.network, self._wall()
        shown = [*self._about(changes), *self._told]
        self._told.clear()
        for told in self._teller.take(network, changes, now):
            shown += self._day_line(told.entry)
            shown += lines(told.entry, told.conversation, network.current, network.nick, self._look)
        if network.current:
            self.client.mark_read(network.current)
        self._screen.resize(*self._console.size())
        self._screen.show(shown, panel(network, self._composer.draft, now))

    def _about(self, changes: Iterable[Change]) -> Iterator[StyledLine]:
        """What changes say that is no entry."""
        words = self._standing.news(self.client.network)
        if words:
            yield (StyledText(clean(words), BOLD),)
        for change in changes:
            match change:
                case ConversationOpened(conversation) if conversation is self.client.network.current:
                    self._composer.turn_to(conversation)
                    yield _heading(conversation)
                case Reset(conversation) if conversation is self.client.network.current:
                    if not conversation.entries:
                        self._screen.clear()
                case ChannelsListed(channels=channels):
                    yield from map(channel_line, channels)
                case GivenBack(conversation, text, words):
                    self._composer.give_back(conversation, text, words)

    def _day_line(self, entry: Entry) -> Iterator[StyledLine]:
        day = date.fromtimestamp(entry.time)
        if day != self._day:
            self._day = day
            yield (StyledText(f"── {day:%A}, {day.day} {day:%B %Y} ──", FAINT),)

    def _is_wanted(self, conversation: Conversation, entry: Entry) -> bool:
        """What is shown at once: all of the current conversation, and what is for us anywhere."""
        if conversation is self.client.network.current or entry.kind == "error":
            return True
        return entry.kind in SAID and (entry.own or entry.mention or conversation.kind != "channel")


def _heading(conversation: Conversation) -> StyledLine:
    topic = [StyledText(f"  {clean(conversation.topic)}", FAINT)] if conversation.topic else []
    return (
        StyledText("── ", FAINT),
        StyledText(clean(conversation.title), BOLD),
        *topic,
        StyledText(" ──", FAINT),
    )


_KEYS: dict[str, Callable[[Chat], None]] = {
    "alt-up": lambda chat: chat._turn(-1),
    "alt-down": lambda chat: chat._turn(1),
    "alt-a": lambda chat: chat._composer.refuse(screen_commands.run(chat, "/go")),
    "ctrl-l": lambda chat: chat._screen.repaint(),
    "ctrl-z": lambda chat: chat._suspend(),
}
