"""Creates conversations for the tests of the transcript."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry, EntryKind
from chatapp.client.model.network import Network
from chatapp.gui.transcript.block_options import BlockOptions, Surroundings
from chatapp.gui.transcript.blocks import Block
from chatapp.gui.transcript.runs import Run

NINE = time.mktime((2026, 3, 12, 9, 0, 0, 0, 0, -1))  # a Thursday, in the local time zone
DAY = 86400.0


class ConversationMaker:
    """Creates entries of one conversation of ana. Times are minutes after nine."""

    def __init__(self, title: str = "#general") -> None:
        self.network = Network()
        self.network.nick = "ana"
        self.network.state = "online"
        self.conversation: Conversation = self.network.add(title, "channel")
        self.conversation.complete = True

    def around(self) -> Surroundings:
        """Return what the entries of the conversation refer to."""
        return Surroundings(self.network, self.conversation)

    def options(self, **more: Any) -> BlockOptions:
        """Return options for blocks on the day of NINE."""
        return BlockOptions(date(2026, 3, 12), self.around(), **more)

    def entry(
        self, kind: EntryKind, nick: str = "ben", text: str = "", minute: float = 0, **more: Any
    ) -> Entry:
        """Return an entry that is in no conversation yet."""
        entry = self.network.entry(kind, NINE + 60 * minute, nick, text, more.pop("about", ""))
        entry.own = nick == "ana"
        for name, value in more.items():
            setattr(entry, name, value)
        return entry

    def say(self, nick: str = "ben", text: str = "hello", minute: float = 0, **more: Any) -> Entry:
        """Add a message at the end of the conversation."""
        entry = self.entry("message", nick, text, minute, **more)
        self.conversation.entries.append(entry)
        return entry

    def chatter(self, count: int, minute: float = 0) -> list[Entry]:
        """Add alternating messages of ben and dee, one per minute."""
        return [self.say(("ben", "dee")[n % 2], f"message {n}", minute + n) for n in range(count)]


def text_of(blocks: Iterable[Block]) -> str:
    """Return the text of blocks, without their pictures."""
    return "".join(run.text for block in blocks for run in block.runs)


def tagged(runs: Sequence[Run], tag: str) -> list[str]:
    """Return the texts that have a tag."""
    return [run.text for run in runs if tag in run.tags and run.text]


def pictures_of(runs: Sequence[Run]) -> list[str]:
    """Return the pictures, such as `avatar Ben` and `icon trash`."""
    return [f"{run.picture.kind} {run.picture.name}".strip() for run in runs if run.picture]
