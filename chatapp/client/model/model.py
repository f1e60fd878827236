"""The model that a front-end shows: entries, people, members and small values. Its theory is below."""

# The model
# ---------
# The model is what the window and the terminal client have in common: for each network its conversations,
# their entries and members, and how the connection stands. `Network` (network.py) holds `Conversation`s
# (conversation.py), a conversation holds `Entry` and `Member` objects (this file).
#
# Plain objects on one thread. Only the thread that polls the client (Tk's thread in the window) touches the
# model, so there is no lock and no copy. Reading threads hand over raw lines through a queue; `parser` turns
# them into events, and `apply` changes the model for an event (`history.apply_page` for a page of history).
# A front-end changes nothing but the favourites, `draft`, `muted`, `notify`, `folded`, `ignored`, `watching`.
#
# Changes are the only way to a view. Every function that changes the model returns `changes`: which entries
# were added, which conversation has a new title, and so on. The model knows no view. A view that gets a
# change reads that part of the model again. Changes of one poll are merged (`changes.merged`), because views
# are slow: 10,000 messages put into the window one by one froze it for 6.1 s, in batches they took 0.22 s.
#
# Entries are ordered by time. The time is the server's (the `time` tag). An event without one gets the time
# of our clock plus `Network.clock_offset`, but never a time before the last entry. So a page of history can
# be put in anywhere: at the end, at the start, or between. Own entries that the server has not confirmed
# stand behind all others, because their final time is not known yet. `Entry.key` is unique and never changes,
# while an index changes with every page; a view must remember keys.
#
# What the user does to a message that exists (a change, a deletion, a reaction) is shown before the server
# has confirmed it. `pending_edit` and `pending_deletion` keep what is shown again if the server refuses it.
# What comes before its message (the history may come in any order) waits in the conversation: `edits`,
# `deletions`, `early_reactions`.
#
# Three flags say that a conversation may lack messages, and decide what may be marked as read:
#   behind     messages after `Conversation.newest` may be missing: the connection was lost, or history was
#              not fetched yet. Nothing may be marked as read meanwhile.
#   partial    a direct message was opened by its first new message, before the server told which messages
#              were missed. Older unread messages may exist.
#   overtaken  a page of history was asked for, and the server has answered a later request before it. The
#              page may never come, so nothing waits for it any longer.
#
# The entries of a conversation have no gap. An older message is shown with its neighbours in a run of entries
# of its own, `Conversation.past`, until that run meets the others; see past.py.
#
# What would break this: changing an entry without returning a change (the view shows the old text),
# touching the model from another thread, or sorting by arrival instead of time (pages of history would
# stand at the end).

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from chatapp.client.model.files import Attachment
from chatapp.client.model.sentences import Sentence

EntryKind = Literal[
    "message", "action", "notice", "join", "part", "quit", "kick", "nick", "topic", "mode", "system", "error"
]
MESSAGE_KINDS: frozenset[EntryKind] = frozenset({"message", "action", "notice"})
"""The kinds of entries that are messages; the others are events and notes."""

EntryState = Literal["sent", "pending", "failed"]


@dataclass(slots=True, eq=False)
class PendingEdit:
    """An own change of a text that the server has not confirmed, or has refused.

    Attributes:
        before: The text that the server has.
        text: The new text. The entry shows it while the change is waiting.
        edited_at: `Entry.edited_at` before this change.
        problem: Why it was refused, as a sentence for the user; empty while it is waiting.
    """

    before: str
    text: str
    edited_at: float = 0.0
    problem: str = ""


@dataclass(slots=True, eq=False)
class PendingDeletion:
    """A deletion by the user that the server has not confirmed, with what is shown again if it is undone.

    Attributes:
        due: When it is sent, in `Network.monotonic`.
        is_sent: Whether it was sent, so that it cannot be undone.
        was_unread: Whether the message was unread.
    """

    due: float
    reason: str
    text: str
    about: str
    mention: bool
    reactions: dict[str, list[str]]
    is_sent: bool = False
    was_unread: bool = False


@dataclass(slots=True, eq=False)
class Entry:
    """One row of a conversation. The meaning of `nick`, `about` and `text` depends on the kind:

    ====================== ================== ==================================== ========================
    kind                   nick               about                                text
    ====================== ================== ==================================== ========================
    message action notice  sender             why it was deleted                   the message
    join part quit         the user           -                                    the reason
    kick                   the moderator      the kicked user                      the reason
    nick                   the old nick       the new nick                         -
    topic                  its author         -                                    the topic
    mode                   the moderator      the channel                          letters and parameters
    system error           -                  -                                    one line or several
    ====================== ================== ==================================== ========================

    Attributes:
        key: Unique and stable in this process.
        time: Unix seconds.
        mention: Whether it mentions us; for a kick, whether we were kicked.
        label: For an own message: the label with which it was sent; empty until it is sent.
        problem: Why it failed, as a sentence for the user.
        sent_at: When it was given to the connection, in `Network.monotonic`.
        uncertain_since: For an own message: when it was sent, in Unix seconds by the server's clock, if the
            connection was lost before the server confirmed it; else 0.
        deleted_by: A nick; the text is empty then.
        overdue: Whether it failed only because the server did not confirm it in time.
        has_sentence: For a mode change: whether the sentences in `modes.CHANNEL_MODES` describe it correctly.
        reply_to: The msgid of the message that it replies to; empty if it is no reply.
        reactions: For each reaction, in the order of the first one: the nicks that reacted with it.
        edited_at: When its author last changed the text, in Unix seconds; 0 if never.
        pending_edit: Our own change that the server has not confirmed, or has refused.
        pending_deletion: Our own deletion that the server has not confirmed.
        reaction_times: When each folded nick last changed each reaction, in Unix seconds.
        reason: For a mode change: why a mask was set; empty if the server does not say.
        attachments: The files for which an own message waits; empty once their links are in its text.
        server_ranks: For a mode change: the letters of ranks that `modes.CHANNEL_MODES` does not have, each
            with its prefix.
        sentence: Of a note: from what its text is made.
    """

    key: int
    kind: EntryKind
    time: float
    nick: str = ""
    text: str = ""
    about: str = ""
    msgid: str = ""
    account: str = ""
    own: bool = False
    mention: bool = False
    state: EntryState = "sent"
    label: str = ""
    problem: str = ""
    sent_at: float = 0.0
    unread: bool = False
    deleted_by: str = ""
    overdue: bool = False
    has_sentence: bool = True
    reply_to: str = ""
    reactions: dict[str, list[str]] = field(default_factory=dict)
    edited_at: float = 0.0
    pending_edit: PendingEdit | None = None
    pending_deletion: PendingDeletion | None = None
    reaction_times: dict[tuple[str, str], float] = field(default_factory=dict)
    reason: str = ""
    attachments: tuple[Attachment, ...] = ()
    server_ranks: tuple[tuple[str, str], ...] = ()
    uncertain_since: float = 0.0
    sentence: Sentence | None = None

    @property
    def is_uncertain(self) -> bool:
        """Whether only the history can show if the server has it, after the connection was lost."""
        return self.state == "pending" and self.uncertain_since > 0.0

    @property
    def can_undo_deletion(self) -> bool:
        """Whether the user has deleted it a moment ago and the server does not know that yet."""
        return self.pending_deletion is not None and not self.pending_deletion.is_sent

    @property
    def look(self) -> tuple[float, str, str]:
        """What identifies a message without a msgid: its time in milliseconds, its author and its text."""
        return round(self.time, 3), self.nick, self.text

    @property
    def is_confirmed_message(self) -> bool:
        """Whether this is a message that the server has."""
        return self.kind in MESSAGE_KINDS and self.state == "sent"


@dataclass(slots=True, eq=False)
class Person:
    """A user of the network who shares a channel with us.

    Attributes:
        display_name: The name to show instead of the nick; empty if there is none.
        away_text: Why the user is away; empty if that is not known.
        former_nicks: The folded nicks that the user had before: the first one, and the last ones.
        name_before: The name that was shown before the display name changed the last time.
        named_at: When it changed, in Unix seconds; 0 if it has not.
        status: What the user says without being away; empty for nothing.
        colour: Index of the colour that the user has chosen, see `nick_colours`; None for none.
    """

    nick: str
    display_name: str = ""
    away: bool = False
    away_text: str = ""
    account: str = ""
    user: str = ""
    host: str = ""
    realname: str = ""
    former_nicks: tuple[str, ...] = ()
    name_before: str = ""
    named_at: float = 0.0
    colour: int | None = None
    status: str = ""


@dataclass(slots=True, eq=False)
class Member:
    """A person in one channel. Ranks are prefix characters, highest first (`@+`)."""

    person: Person
    ranks: str = ""

    @property
    def nick(self) -> str:
        return self.person.nick

    @property
    def away(self) -> bool:
        return self.person.away

    @property
    def account(self) -> str:
        return self.person.account


@dataclass(frozen=True, slots=True)
class Reference:
    """A message as the server's history can be asked for it: by msgid, else by its time in Unix seconds."""

    msgid: str
    time: float


@dataclass(frozen=True, slots=True)
class ChannelBan:
    """A mask in the ban list of a channel. Times are Unix seconds.

    Attributes:
        by: The nick or source of the moderator; empty if unknown.
        at: When it was set; None if unknown.
        until: When it ends; None for no end.
        reason: Empty if there is none.
    """

    mask: str
    by: str = ""
    at: float | None = None
    until: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Removal:
    """Why we are no longer in a channel or could not rejoin it: `text` says what happened.

    Attributes:
        reason: The reason that was given; empty if there is none.
        time: When it happened, in Unix seconds; 0 if that is not known.
        until: When the ban ends, in Unix seconds; None if it has no end, or if that is not known.
        is_invited: Whether somebody has invited us since, so that we can join again.
        by: The name of the user who removed us; empty if nobody has.
    """

    text: str
    reason: str = ""
    time: float = 0.0
    until: float | None = None
    is_invited: bool = False
    by: str = ""
