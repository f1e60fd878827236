"""The news of which the user will be notified, and the notifications that are shown. Times are arguments.

There is at most one notification in PAUSE_SECONDS. What comes meanwhile waits and is merged: news of one
conversation are one notification, which replaces the one that this conversation has already; news of several
conversations are one for all of them.
"""

from __future__ import annotations

from itertools import count
from typing import NamedTuple

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry

PAUSE_SECONDS = 0.5
MOST_SHOWN = 100  # notifications that are remembered; the oldest are forgotten


class GatheredNews(NamedTuple):
    """What one notification tells.

    Attributes:
        key: Of the notification; one with the same key replaces it.
        counts: How many messages of each conversation it tells of, in the order of their latest.
        conversation: That of the latest message.
        entry: The latest message.
    """

    key: str
    counts: dict[Conversation, int]
    conversation: Conversation
    entry: Entry


class NotificationQueue:
    """Merges news and remembers which notifications are shown."""

    def __init__(self) -> None:
        self._waiting: dict[Conversation, list[Entry]] = {}  # the conversation of the latest one is the last
        self._shown: dict[str, GatheredNews] = {}  # by key
        self._last = float("-inf")  # when the last notification was shown
        self._numbers = count()

    def add(self, conversation: Conversation, entry: Entry) -> None:
        """Add a message that the user is to be notified of."""
        entries = self._waiting.pop(conversation, [])
        entries.append(entry)
        self._waiting[conversation] = entries

    def take(self, now: float) -> GatheredNews | None:
        """Return the notification to show now; None if there is none, or it is too early.

        Args:
            now: Monotonic seconds.
        """
        if not self._waiting or now - self._last < PAUSE_SECONDS:
            return None
        self._last = now
        counts = {each: len(entries) for each, entries in self._waiting.items()}
        conversation, entries = self._waiting.popitem()
        entry = entries[-1]
        self._waiting.clear()
        earlier = self._shown_alone(conversation) if len(counts) == 1 else None
        if earlier is not None:
            counts[conversation] += earlier.counts[conversation]
        key = earlier.key if earlier else str(next(self._numbers))
        news = GatheredNews(key, counts, conversation, entry)
        self._shown[news.key] = news
        while len(self._shown) > MOST_SHOWN:
            del self._shown[next(iter(self._shown))]
        return news

    def subjects(self) -> list[tuple[Conversation, Entry]]:
        """Return the conversations with news, each with a message of the latest of them."""
        shown = ((each, news.entry) for news in self._shown.values() for each in news.counts)
        waiting = ((each, entries[-1]) for each, entries in self._waiting.items())
        return [*waiting, *shown]

    def forget(self, conversation: Conversation) -> list[str]:
        """Forget the news of a conversation, because it was read; return the keys of what is to be closed."""
        self._waiting.pop(conversation, None)
        keys = [key for key, news in self._shown.items() if conversation in news.counts]
        for key in keys:
            news = self._shown[key]
            del news.counts[conversation]
        closed = [key for key in keys if not self._shown[key].counts]
        for key in closed:
            del self._shown[key]
        return closed

    def forget_entry(self, conversation: Conversation, entry: Entry) -> list[str]:
        """Forget a message that was deleted; return the keys of what is to be closed, because it shows it."""
        left = [each for each in self._waiting.get(conversation, ()) if each is not entry]
        if left:
            self._waiting[conversation] = left
        else:
            self._waiting.pop(conversation, None)
        closed = [key for key, news in self._shown.items() if news.entry is entry]
        for key in closed:
            del self._shown[key]
        return closed

    def clicked(self, key: str) -> GatheredNews | None:
        """Return what the notification with this key tells; None if it is closed."""
        return self._shown.get(key)

    def _shown_alone(self, conversation: Conversation) -> GatheredNews | None:
        """Return the notification that tells of this conversation alone."""
        return next((each for each in self._shown.values() if list(each.counts) == [conversation]), None)
