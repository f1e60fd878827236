"""What the blocks of a conversation depend on besides its entries. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Literal

from chatapp.client.model.abilities import may_react
from chatapp.client.model.channel_roles import ChannelRole, role_of, roles
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import file_prefix, with_file_names
from chatapp.client.model.model import Entry, PendingDeletion
from chatapp.client.model.network import Network
from chatapp.client.model.waiting_messages import waiting
from chatapp.gui.transcript.shown_files import ShownFiles
from chatapp.languages.numbers import percent
from chatapp.languages.translation import _, ngettext

SENDING_SECONDS = 1.0  # after which a message that is not confirmed says "sending…"

Mark = Literal["", "crown", "shield"]
MARKS: dict[ChannelRole, Mark] = {"": "", "owner": "crown", "moderator": "shield"}


class Surroundings:
    """What the entries of a conversation refer to: names, ranks, and the messages that others reply to."""

    def __init__(self, network: Network, conversation: Conversation) -> None:
        self._network = network
        self._conversation = conversation.present or conversation  # an older part has no members

    @property
    def own_names(self) -> tuple[str, ...]:
        """Our nick, and our display name as it is written after an `@`."""
        nick = self._network.nick
        name = self._network.display_name(nick)
        return (nick,) if name == nick else (f"@{name}", nick)

    @property
    def file_prefix(self) -> str:
        """With what the ids of files of the server begin; empty if it keeps none."""
        return file_prefix(self._network)

    @property
    def keep_days(self) -> int:
        """The days after which the server deletes messages here; 0 for no limit of the channel."""
        return self._conversation.keep_days

    def with_file_names(self, text: str) -> str:
        """Return a message with the names of its files in place of their links."""
        return with_file_names(self._network, text)

    @property
    def may_react(self) -> bool:
        """Whether we can react to the messages."""
        return may_react(self._network, self._conversation)

    def name(self, nick: str) -> str:
        """Return the name to show for a nick."""
        return self._network.display_name(nick)

    def colour(self, nick: str) -> int:
        """Return the colour of a person, an index of the palette."""
        return self._network.colour(nick)

    def mentioned_name(self, nick: str) -> str:
        """Return the name to show for the nick of somebody who is mentioned; empty for unknown ones."""
        return self._network.mentioned_name(nick)

    def is_me(self, nick: str) -> bool:
        """Return whether this is our own nick."""
        return self._network.is_me(nick)

    def mark(self, nick: str) -> Mark:
        """Return the icon behind the name of an owner or a moderator of the channel."""
        members = self._conversation.members
        member = members.get(self._network.fold(nick)) if members else None
        return MARKS[role_of(roles(self._network), member)]

    def parent(self, entry: Entry) -> Entry | None:
        """Return the message that an entry replies to, if it is here or was fetched; see `quoted`."""
        return self._conversation.quoted(entry)

    def is_deleted(self, msgid: str) -> bool:
        """Return whether a message that is not here is known to be deleted."""
        return msgid in self._conversation.deletions

    def undo_seconds(self, deletion: PendingDeletion) -> int:
        """Return for how many seconds a deletion can still be undone."""
        return max(ceil(deletion.due - self._network.monotonic), 1)

    def waiting_note(self, entry: Entry) -> str:
        """Return why an own message is not confirmed yet; empty during the first second."""
        if entry.attachments:
            return self._files_note(entry)
        if self._network.state != "online":
            return _("waits")
        if not entry.label:
            return self._turn(entry)
        waited = self._network.monotonic - entry.sent_at
        return _("sending…") if entry.sent_at and waited >= SENDING_SECONDS else ""

    def _files_note(self, entry: Entry) -> str:
        """Return which files a message waits for, and how far they are: `report.pdf · sending… 62 %`."""
        files = entry.attachments
        names = files[0].name
        if len(files) > 1:
            names = ngettext("{count} file", "{count} files", len(files)).format(count=len(files))
        if self._network.state != "online" or any(each.is_stalled for each in files):
            return _("{files} · {state}").format(files=names, state=_("waits"))
        sent = sum(each.total if each.state == "ready" else each.sent for each in files)
        done = min(percent(sent, sum(each.total for each in files)), 99)  # the server has not confirmed it
        state = _("sending… {percent} %").format(percent=done)
        return _("{files} · {state}").format(files=names, state=state)

    def _turn(self, entry: Entry) -> str:
        """Return when it is the turn of a message that may not be sent yet: `in 3 s`, or `waits`."""
        queue = waiting(self._network, self._conversation)
        unsent = [each for each in self._conversation.pending() if not each.label]
        place = unsent.index(entry) if entry in unsent else 0
        if not queue.seconds or (place and not queue.pause):
            return _("waits")
        return _("in {seconds} s").format(seconds=ceil(queue.seconds + place * queue.pause))


def _average_width(text: str, font: str) -> int:
    """Return about how wide a text is, where no display measures it."""
    return 8 * len(text)


@dataclass(frozen=True, slots=True)
class Ruler:
    """Measures text, in pixels of the display.

    Args:
        measure: Returns the width of a text in a named font.
        width: Of the column of text.
        scale: Pixels of the display for each pixel at 96 dpi.
        zoom: How many times as large as usual the text is; small icons grow with it.
    """

    measure: Callable[[str, str], int] = _average_width
    width: int = 600
    scale: float = 1.0
    zoom: float = 1.0

    def px(self, size: float) -> int:
        """Convert pixels at 96 dpi to pixels of the display."""
        return round(size * self.scale)

    def grown(self, size: float) -> int:
        """Return the size of an icon in a line of text, in pixels of the display."""
        return self.px(round(size * self.zoom))

    def elide(self, text: str, font: str, width: int) -> str:
        """Return a text, shortened to a width with an ellipsis at its end."""
        if self.measure(text, font) <= width:
            return text
        low, high = 0, len(text)
        while low < high:
            middle = (low + high + 1) // 2
            if self.measure(text[:middle].rstrip() + "…", font) <= width:
                low = middle
            else:
                high = middle - 1
        return text[:low].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class BlockOptions:
    """State of the view that the text of blocks depends on.

    Args:
        unread: Key of the entry that "New messages" stands above.
        unfolded: Keys of joins and leaves that are shown one by one.
        expanded: Keys of messages whose code is shown completely.
        copied: The key of a message and the code in it that was copied just now.
        emoji_as_text: Whether to show emoji as `:shortcode:`.
        folds_joins: Whether consecutive joins and leaves are one line.
        files: What is known of the files that messages link to.
    """

    today: date
    around: Surroundings
    ruler: Ruler = field(default_factory=Ruler)
    unread: int | None = None
    unfolded: frozenset[int] = frozenset()
    expanded: frozenset[int] = frozenset()
    copied: tuple[int, str] | None = None
    twelve_hours: bool = False
    emoji_as_text: bool = False
    folds_joins: bool = True
    files: ShownFiles = field(default_factory=ShownFiles)
