"""A conversation: a channel, a direct message, or the messages of the server itself.

Entries are in the order of time; own entries that the server has not confirmed stand at the end.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path
from typing import Literal

from chatapp.client.incoming.events import Edited, Reacted
from chatapp.client.model.files import Attachment
from chatapp.client.model.model import ChannelBan, Entry, EntryState, Member, Reference, Removal
from chatapp.client.text.file_links import with_files

MAX_ENTRIES = 5000  # in a conversation that was not scrolled back
TRIM_ENTRIES = 500  # removed at once

ConversationKind = Literal["server", "channel", "direct"]
Fetch = Literal["latest", "after", "before"]
Place = Literal["start", "middle", "end"]
NotifyLevel = Literal["default", "everything", "mentions", "nothing"]

_BY_TIME = attrgetter("time")


@dataclass(slots=True, eq=False)
class Conversation:
    """A channel, a direct message, or the messages of the server itself.

    Times are Unix seconds by the server's clock. See model.py for `behind`, `partial` and `overtaken`.

    Attributes:
        members: The members of the channel, by folded nick.
        first_unread: Key of the first unread entry.
        read_marker: The time up to which the user has read, on any device; None if it is unknown.
        seen_until: The time up to which the user has seen entries while earlier ones may still be missing.
        server_marker: The read marker that the server has; None until it has sent it.
        starts_at: Without a read marker, older messages do not count as unread.
        removal: Why we are not in the channel; None while we are in it.
        modes: Letters that are set, without lists and ranks; None until the server sends them.
        has_failed: Whether an own message has ever failed here.
        complete: Whether the first message of its history is here.
        own_bans: Masks that we have set, by folded nick.
        bans: The bans and mutes that we know of, by mask. The list is complete after the server was asked.
        limit: The most members that the channel can have; 0 for no limit.
        typing: When each nick stops counting as typing, in Unix seconds by our clock.
        newest: The message up to which nothing of the server's history is missing.
        oldest: The oldest row of the history that has come, if it is no message that is here.
        pages_without_messages: How many pages in a row had hardly any message to show.
        held_until: When the next own message can be sent, in `Network.monotonic`; 0 if at any time.
        made_at: When the channel was made, in Unix seconds; None if that is not known.
        is_slow: Whether messages wait because of slow mode.
        keep_days: The days after which the server deletes messages; 0 if the channel has no limit.
        slow_seconds: The seconds between two messages of a member in slow mode; 0 if it is off.
        keeps_unread: Whether messages stay unread although the user looks at them, because the user has
            marked them as unread.
        outdated_marker: The server's read marker when the user marked earlier messages as unread; it does not
            mark them as read again. None if the user has not done that.
        parents: Messages that are not here but were fetched because others reply to them, by msgid.
        fetching: The page of history that was requested and has not arrived.
        favourite: Whether the user keeps it at the top of the list.
        notify: Which new messages the user is notified of; "default" for those that the settings name.
        past: An older part that is shown instead of the entries, see past.py; None for the present.
        present: For such an older part: the conversation that it belongs to.
        deletions: Deletions of messages that are not here, by msgid: who deleted it, and why.
        edits: Changes of messages that are not here, by msgid, with their times.
        replying_to: The message that the draft replies to.
        editing: The own message that the user has begun to edit; the draft comes back afterwards.
        edited_text: Its new text so far.
        edited_files: Those of its files that stay.
        early_reactions: Reactions to messages that are not here, by msgid.
        attachments: The files in the composer; they are sent with the next message.
        kept_files: Those that were in the composer at the end of the program, until it takes them again.
    """

    name: str
    kind: ConversationKind
    title: str = ""
    topic: str = ""
    members: dict[str, Member] = field(default_factory=dict, repr=False)
    entries: list[Entry] = field(default_factory=list, repr=False)
    unread: int = 0
    mentions: int = 0
    first_unread: int | None = None
    read_marker: float | None = None
    seen_until: float = 0.0
    server_marker: float | None = None
    starts_at: float | None = None
    partial: bool = False
    joined: bool = False
    removal: Removal | None = None
    modes: frozenset[str] | None = None
    muted: bool = False
    favourite: bool = False
    notify: NotifyLevel = "default"
    has_failed: bool = False
    complete: bool = False
    draft: str = ""
    replying_to: Entry | None = None
    editing: Entry | None = None
    edited_text: str = ""
    edited_files: list[Attachment] = field(default_factory=list, repr=False)
    own_bans: dict[str, str] = field(default_factory=dict, repr=False)
    bans: dict[str, ChannelBan] = field(default_factory=dict, repr=False)
    limit: int = 0
    typing: dict[str, float] = field(default_factory=dict)
    channel_key: str = ""
    newest: Reference | None = None
    oldest: Reference | None = None
    pages_without_messages: int = 0
    held_until: float = 0.0
    made_at: float | None = None
    is_slow: bool = False
    slow_seconds: int = 0
    keep_days: int = 0
    keeps_unread: bool = False
    outdated_marker: float | None = None
    parents: dict[str, Entry] = field(default_factory=dict, repr=False)
    behind: bool = False
    fetching: Fetch | None = None
    overtaken: bool = False
    past: Conversation | None = field(default=None, repr=False)
    present: Conversation | None = field(default=None, repr=False)
    deletions: dict[str, tuple[str, str]] = field(default_factory=dict, repr=False)
    edits: dict[str, tuple[Edited, float]] = field(default_factory=dict, repr=False)
    early_reactions: dict[str, list[Reacted]] = field(default_factory=dict, repr=False)
    attachments: list[Attachment] = field(default_factory=list, repr=False)
    kept_files: list[Path] = field(default_factory=list, repr=False)
    _pending: int = 0  # entries at the end that the server has not confirmed
    _by_msgid: dict[str, Entry] = field(default_factory=dict, repr=False)
    _replied_to: set[str] = field(default_factory=set, repr=False)  # msgids
    _early: int = 0  # reactions in `early_reactions`
    _limit: int = MAX_ENTRIES

    @property
    def unsent_text(self) -> str:
        """What the user has written and not sent: the draft, or else the changed text of a message."""
        whole = with_files(self.edited_text, (each.url for each in self.edited_files))
        edited = self.edited_text if self.editing and whole != self.editing.text else ""
        return self.draft or edited

    @property
    def unread_after(self) -> float | None:
        """Messages after this time are unread; None if nothing is known."""
        return self.starts_at if self.read_marker is None else self.read_marker

    @property
    def loading_older(self) -> bool:
        """Whether a page of older messages was requested and has not arrived."""
        return self.fetching == "before"

    @property
    def is_catching_up(self) -> bool:
        """Whether a page is expected whose messages belong before the ones that arrive now."""
        return self.fetching in ("latest", "after") and not self.overtaken

    @property
    def latest_time(self) -> float:
        """The time of the last entry that the server has confirmed; 0 if there is none."""
        at = len(self.entries) - self._pending
        return self.entries[at - 1].time if at else 0.0

    @property
    def first_message(self) -> Entry | None:
        """The oldest message that is here and that the server has; None if there is none."""
        return next((entry for entry in self.entries if entry.is_confirmed_message), None)

    def by_msgid(self, msgid: str) -> Entry | None:
        """Return the entry with this msgid if it is here, or in the older part that is shown."""
        found = self._by_msgid.get(msgid)
        return self.past.by_msgid(msgid) if found is None and self.past else found

    def quoted(self, entry: Entry) -> Entry | None:
        """Return the message that an entry replies to; None if it is not here and was not fetched yet.

        A message that is not available is an entry of the kind "system" whose text says so.
        """
        found = self.by_msgid(entry.reply_to) or self.parents.get(entry.reply_to)
        return self.present.quoted(entry) if found is None and self.present else found

    def replies_to(self, msgid: str) -> list[Entry]:
        """Return the entries that quote this message, also in the older part that is shown."""
        here = [each for each in self.entries if each.reply_to == msgid] if msgid in self._replied_to else []
        there = self.past.replies_to(msgid) if self.past else []
        return [*here, *(each for each in there if each not in here)]

    def all_entries(self) -> list[Entry]:
        """Return the entries that are here, and those of the older part that is shown."""
        here = set(map(id, self.entries)) if self.past else set[int]()
        return [
            *self.entries,
            *(each for each in (self.past.entries if self.past else ()) if id(each) not in here),
        ]

    def has_msgid(self, msgid: str) -> bool:
        """Return whether an entry with this msgid is here; never for an empty one."""
        return msgid in self._by_msgid

    def pending(self) -> Sequence[Entry]:
        """Return own entries that the server has not confirmed, oldest first."""
        return self.entries[len(self.entries) - self._pending :]

    def add_pending(self, entry: Entry, after: Entry | None = None) -> None:
        """Add an own entry that the server has still to confirm.

        Args:
            after: The pending entry that it follows; None to append it.
        """
        entry.state = "pending"
        at = len(self.entries) if after is None else self.entries.index(after) + 1
        self.entries.insert(at, entry)
        self._pending += 1

    def settle(self, entry: Entry, state: EntryState, time: float, msgid: str = "") -> Place:
        """Move a pending entry that is sent or has failed to its place in time.

        Returns:
            "end" if it keeps its place, else "middle".
        """
        at = self.entries.index(entry, len(self.entries) - self._pending)
        before = self.entries[at - 1].time if at else 0.0
        stays = at == len(self.entries) - self._pending and before <= time
        del self.entries[at]
        self._pending -= 1
        entry.state, entry.time, entry.msgid = state, time, msgid
        self.insert([entry])
        return "end" if stays else "middle"

    def mark_delivered(self, entry: Entry, time: float, msgid: str) -> None:
        """Mark an entry as sent that has failed or is uncertain, and move it to its place.

        The server received it after all.
        """
        self.remove(entry)
        entry.state, entry.time, entry.msgid, entry.problem, entry.overdue = "sent", time, msgid, "", False
        entry.uncertain_since = 0.0
        self.insert([entry])

    def remove(self, entry: Entry) -> None:
        """Remove an entry that is here."""
        self.entries.remove(entry)
        if entry.state == "pending":
            self._pending -= 1
        self._by_msgid.pop(entry.msgid, None)

    def insert(self, entries: Sequence[Entry]) -> Place:
        """Insert entries at their place in time.

        Args:
            entries: At least one, in the order of time.
        """
        for entry in entries:
            if entry.msgid:
                self._by_msgid[entry.msgid] = entry
            if entry.reply_to:
                self._replied_to.add(entry.reply_to)
        mine = self.entries
        end = len(mine) - self._pending
        if not end or entries[0].time >= mine[end - 1].time:
            mine[end:end] = entries
            return "middle" if self._pending else "end"
        if entries[-1].time <= mine[0].time:
            mine[0:0] = entries
            self.keep_all()
            return "start"
        if len(entries) == 1:
            mine.insert(bisect_right(mine, entries[0].time, 0, end, key=_BY_TIME), entries[0])
        else:
            mine[:end] = sorted([*mine[:end], *entries], key=_BY_TIME)
        return "middle"

    def keep_reaction(self, event: Reacted, most: int) -> None:
        """Keep a reaction to a message that is not here; of more than `most` the oldest are dropped."""
        kept = self.early_reactions
        kept.setdefault(event.msgid, []).append(event)
        self._early += 1
        while self._early > most:
            first = next(iter(kept))
            self._early -= len(kept.pop(first))

    def take_reactions(self, msgid: str) -> list[Reacted]:
        """Return the reactions that were kept for a message that is here now, and forget them."""
        taken = self.early_reactions.pop(msgid, [])
        self._early -= len(taken)
        return taken

    def trim(self) -> list[Entry]:
        """Remove the oldest entries if there are too many, and return them."""
        if len(self.entries) <= self._limit + TRIM_ENTRIES:
            return []
        gone = self.entries[: len(self.entries) - self._limit]
        self._cut(gone)
        return gone

    def remove_before(self, time: float) -> list[Entry]:
        """Remove the entries from before a time, but for own ones that were not sent, and return them.

        Args:
            time: By the server's clock, in Unix seconds.
        """
        stop = bisect_left(self.entries, time, 0, len(self.entries) - self._pending, key=_BY_TIME)
        old = self.entries[:stop]
        gone = [entry for entry in old if entry.state == "sent"]
        if gone:
            self._cut(gone, [entry for entry in old if entry.state != "sent"])
        return gone

    def _cut(self, gone: Sequence[Entry], kept: Sequence[Entry] = ()) -> None:
        """Remove the oldest entries but for those among them that are kept."""
        self.entries[: len(gone) + len(kept)] = kept
        for entry in gone:
            self._by_msgid.pop(entry.msgid, None)
        self._replied_to = {entry.reply_to for entry in self.entries if entry.reply_to}
        self.complete = False
        self.oldest = None

    def keep_all(self) -> None:
        """Let `trim` keep all that is loaded now, because the user reads it."""
        self._limit = max(self._limit, len(self.entries) + TRIM_ENTRIES)

    def reset_limit(self) -> None:
        """Let `trim` remove older history that was loaded, because the user has left it."""
        self._limit = MAX_ENTRIES

    def clear(self) -> None:
        """Remove all entries except pending ones. The server's history stays."""
        self.entries[:] = self.pending()
        self._by_msgid.clear()
        self._replied_to.clear()
        self.oldest = None
        self.unread = self.mentions = 0
        self.first_unread = None

    def mark_read(self) -> bool:
        """Mark every entry as read; return whether something was unread."""
        changed = bool(self.unread or self.mentions or self.first_unread is not None)
        for entry in reversed(self.entries) if changed else ():
            entry.unread = False
            if entry.key == self.first_unread:
                break
        self.unread = self.mentions = 0
        self.first_unread = None
        return changed
