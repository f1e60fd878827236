"""Which messages the user is notified of. Pure: the settings and the time are arguments.

A conversation may ask for more or less than the settings: everything, mentions or nothing. A muted one keeps
mentions.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from typing import Literal, NamedTuple

from chatapp.client.model.conversation import Conversation, ConversationKind, NotifyLevel
from chatapp.client.model.model import Entry
from chatapp.client.text import mentions
from chatapp.client.text.formatting import plain

Level = Literal["direct", "everything", "nothing"]
KINDS = frozenset({"message", "action", "notice", "kick"})
OLD_SECONDS = 120  # an older message was missed: it is unread, but no news


class NotificationDecision(NamedTuple):
    """Whether to show a notification, and whether to play the sound."""

    notify: bool
    sound: bool


NOTHING = NotificationDecision(False, False)


class NotificationRules(NamedTuple):
    """What the settings say about notifications.

    Attributes:
        level: "direct" for direct messages and mentions, "everything", or "nothing".
        words: Words that count as a mention.
        quiet: The beginning and the end of the quiet hours; None without them.
        sounds: Whether a notification has a sound.
        direct_sounds: Whether one of a direct message has it.
        mention_sounds: Whether one of a mention has it.
    """

    level: Level = "direct"
    words: tuple[str, ...] = ()
    quiet: tuple[time, time] | None = None
    sounds: bool = True
    direct_sounds: bool = True
    mention_sounds: bool = True

    def decide(
        self, conversation: Conversation, entry: Entry, now: datetime, age: float, is_muted: bool = False
    ) -> NotificationDecision:
        """Decide about a new entry of a conversation.

        Args:
            now: The local time.
            age: Of the entry in seconds, by the clock of the server.
            is_muted: Whether the whole server is muted: its direct messages and mentions stay.
        """
        if level_in(conversation, self.level) == "nothing" or self.is_quiet(now.time()):
            return NOTHING
        if entry.own or entry.kind not in KINDS or entry.deleted_by or conversation.kind == "server":
            return NOTHING
        is_mention = entry.mention or (entry.kind != "kick" and self.has_word(entry.text))
        is_wanted = self._is_wanted(conversation, entry, is_muted)
        if age > OLD_SECONDS or not (is_mention or is_wanted):
            return NOTHING
        return NotificationDecision(True, self._has_sound(conversation, is_mention))

    def is_quiet(self, now: time) -> bool:
        """Return whether a time is in the quiet hours, which may go over midnight."""
        if self.quiet is None:
            return False
        start, end = self.quiet
        return start <= now < end if start <= end else now >= start or now < end

    def _is_wanted(self, conversation: Conversation, entry: Entry, is_muted: bool) -> bool:
        """Return whether the user wants to be notified of an entry that mentions nobody."""
        if conversation.muted or entry.kind == "kick":
            return False
        wants_all = level_in(conversation, self.level) == "everything"
        return wants_all and (not is_muted or conversation.kind == "direct")

    def _has_sound(self, conversation: Conversation, is_mention: bool) -> bool:
        if conversation.kind == "direct":
            return self.sounds and self.direct_sounds
        return self.sounds and (self.mention_sounds or not is_mention)

    def has_word(self, text: str) -> bool:
        """Return whether a text has one of the words, as a whole word and in any letter case."""
        text = plain(text)
        return any(mentions.find(text, word) for word in self.words)


def level_in(conversation: Conversation, level: str) -> NotifyLevel:
    """Return what the user is notified of in a conversation, which is never "default".

    Args:
        level: That of the settings.
    """
    if conversation.notify != "default":
        return conversation.notify
    return usual_level(conversation.kind, level)


def usual_level(kind: ConversationKind, level: str) -> NotifyLevel:
    """Return what the level of the settings means in a kind of conversation."""
    if level == "nothing":
        return "nothing"
    return "everything" if level == "everything" or kind == "direct" else "mentions"


def parse_words(text: str) -> list[str]:
    """Return the words of a text, which are separated by commas or by new lines, each once."""
    words = (" ".join(each.split()) for each in re.split(r"[,\n]", text))
    return list(dict.fromkeys(word for word in words if word))


def parse_time(text: str) -> time | None:
    """Return the time of day of a text such as `22:00`, `7` or `7.30`; None if it is none."""
    found = re.fullmatch(r"\s*(\d{1,2})(?:[:.](\d{2}))?\s*", text, re.ASCII)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def quiet_hours(start: str, end: str) -> tuple[time, time] | None:
    """Return the quiet hours of two stored times; None if one cannot be understood or they are the same."""
    first, last = parse_time(start), parse_time(end)
    return (first, last) if first is not None and last is not None and first != last else None


def known_level(level: str) -> Level:
    """Return a stored level; "direct" if it cannot be understood."""
    return "everything" if level == "everything" else "nothing" if level == "nothing" else "direct"
