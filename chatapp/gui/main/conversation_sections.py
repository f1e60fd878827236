"""The sections of the list of conversations: favourites, unread, channels, direct messages, the server."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from chatapp.client.model import favourites
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS
from chatapp.client.model.network import Network
from chatapp.gui.main.unread_counts import unread_count
from chatapp.languages.translation import N_, _

SectionName = Literal["favourites", "unread", "channel", "direct", "server"]

HEADINGS: dict[SectionName, str] = {
    "favourites": N_("FAVOURITES"),
    "unread": N_("UNREAD"),
    "channel": N_("CHANNELS"),
    "direct": N_("DIRECT MESSAGES"),
    "server": N_("SERVER"),
}
ALWAYS_SHOWN: tuple[SectionName, ...] = ("channel", "direct")  # also while they are empty


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the conversations to be shown below it.

    Attributes:
        conversations: Of a folded section, at most the current conversation.
        hidden_unread: How many unread conversations are folded away.
    """

    name: SectionName
    conversations: tuple[Conversation, ...]
    folded: bool = False
    hidden_unread: int = 0

    @property
    def heading(self) -> str:
        return _(HEADINGS[self.name])


class ConversationSections:
    """Puts conversations into sections. Nothing moves while the user may be about to click.

    So it remembers which conversations stand under UNREAD, which of them the user has opened from there, and
    the order of the direct messages.
    """

    def __init__(self) -> None:
        self._network: Network | None = None
        self._unread: set[Conversation] = set()
        self._current: Conversation | None = None
        self._opened: Conversation | None = (
            None  # the current one if it stood under UNREAD when it was opened
        )
        self._directs: list[Conversation] = []
        self.sections: tuple[Section, ...] = ()

    def update(self, network: Network, hold: bool = False) -> tuple[Section, ...]:
        """Return the sections of this network now.

        Args:
            hold: Whether every conversation keeps its place, because the pointer is in the list.
        """
        if network is not self._network:
            self._network, self._unread, self._directs, hold = network, set(), [], False
        everything = network.conversations.values()
        if network.current is not self._current:
            self._current = network.current
            self._opened = self._current if self._current in self._unread else None
        if not hold:
            self._unread = {
                each
                for each in everything
                if (each.unread or each.mentions or each is network.current)
                and self._stands_under_unread(each)
            }
        self._order_directs(everything, hold)
        self.sections = self._sections(network)
        return self.sections

    def shown(self) -> list[Conversation]:
        """Return the conversations in the list, from top to bottom."""
        return list(chain.from_iterable(each.conversations for each in self.sections))

    def _stands_under_unread(self, conversation: Conversation) -> bool:
        """Return whether it is unread.

        One that was opened from there and is read stays until the user leaves it or answers.
        """
        if unread_count(conversation).number:
            return conversation.kind != "server"
        stays = conversation is self._opened and conversation in self._unread
        return stays and not _is_answered(conversation)

    def _order_directs(self, everything: Iterable[Conversation], hold: bool) -> None:
        """Order direct messages by the time of the last message, or put only new ones in."""
        directs = [each for each in everything if each.kind == "direct"]
        if not hold:
            self._directs = sorted(directs, key=_last_activity, reverse=True)
            return
        present, known = set(directs), set(self._directs)
        kept = [each for each in self._directs if each in present]
        self._directs = [each for each in directs if each not in known] + kept

    def _sections(self, network: Network) -> tuple[Section, ...]:
        hides_favourites = "favourites" in network.folded
        members: dict[SectionName, list[Conversation]] = {name: [] for name in HEADINGS}
        members["favourites"] = favourites.in_order(network)
        others = (each for each in network.conversations.values() if each.kind != "direct")
        for each in chain(others, self._directs):
            if each in self._unread and (hides_favourites or not each.favourite):
                members["unread"].append(each)
            elif not each.favourite:
                members[each.kind].append(each)
        if hides_favourites:
            members["favourites"] = [each for each in members["favourites"] if each not in self._unread]
        # The order of the headings is that of HEADINGS
        return tuple(
            _section(network, name, each)
            for name, each in members.items()
            if each or name in ALWAYS_SHOWN or (name == "favourites" and favourites.in_order(network))
        )


def _section(network: Network, name: SectionName, conversations: list[Conversation]) -> Section:
    if name not in network.folded:
        return Section(name, tuple(conversations))
    shown = tuple(each for each in conversations if each is network.current)
    hidden = sum(1 for each in conversations if each is not network.current and unread_count(each).number)
    return Section(name, shown, folded=True, hidden_unread=hidden)


def _last_activity(conversation: Conversation) -> float:
    """Return when the last message came or, before its history has arrived, up to when it was read.

    Notes and events, such as that the user went away, do not count.
    """
    times = (each.time for each in reversed(conversation.entries) if each.kind in MESSAGE_KINDS)
    return max(next(times, 0.0), conversation.unread_after or 0.0)


def _is_answered(conversation: Conversation) -> bool:
    """Return whether the last message is the user's own."""
    return next((each.own for each in reversed(conversation.entries) if each.kind in MESSAGE_KINDS), False)
