"""What "Jump to" finds: conversations, people, commands and settings, by some letters of their names.

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.text.nick_of_name import nick_of_name
from chatapp.gui.main import conversation_row
from chatapp.gui.main.unread_counts import unread_count
from chatapp.gui.widgets.fuzzy_match import FuzzyPattern, folded
from chatapp.gui.widgets.list_row import Heading, ListRow, Row, RowSource
from chatapp.protocol import names

Section = Literal["unread", "recent", "conversations", "channels", "people", "everybody", "commands"]

MOST = 30  # rows of a section while there are several sections
HEADINGS: dict[Section, str] = {
    "unread": "UNREAD",
    "recent": "RECENT",
    "conversations": "CONVERSATIONS",
    "channels": "CHANNELS",
    "people": "PEOPLE",  # without those who have an open conversation
    "everybody": "PEOPLE",
    "commands": "COMMANDS AND SETTINGS",
}
BY_PREFIX: dict[str, tuple[Section, ...]] = {
    "": ("conversations", "people", "commands"),
    "@": ("everybody",),
    "#": ("channels",),
    ">": ("commands",),
}
WITHIN = 2  # the rank of a name that contains the text
SCATTERED = 3  # the rank of a name that only has the letters in the right order
COMMAND = "command"
UNKNOWN = "somebody who is not in your channels"


@dataclass(frozen=True, slots=True)
class PersonTarget:
    """A person without an open conversation."""

    network: Network
    nick: str
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class ConversationTarget:
    """An open conversation."""

    network: Network
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class CommandTarget:
    """An action of the window, or a setting.

    Attributes:
        where: Where else it can be found, such as "Settings", or COMMAND; with its key.
        words: Other words by which it is found.
    """

    label: str
    icon: str
    run: Callable[[], object]
    where: str = COMMAND
    words: str = ""


Target = PersonTarget | ConversationTarget | CommandTarget


@dataclass(frozen=True, slots=True)
class JumpResult:
    """The rows that were found, and what each of them leads to.

    Attributes:
        targets: By row; None for a heading.
    """

    rows: RowSource
    targets: Sequence[Target | None]

    def target(self, key: str) -> Target | None:
        """Return what the row with this key leads to."""
        return self.targets[int(key)] if key else None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """Something that can be found, with the folded names and other words by which it is found."""

    target: Target
    texts: tuple[str, ...]
    words: str = ""


class JumpSearch:
    """Searches what there was when the dialog opened.

    Args:
        networks: The current one first.
        commands: What can be done.
        only_people: Whether to find people only.
        unlisted: Returns commands for a text that names nothing, such as to make a channel of this name.
    """

    def __init__(
        self,
        networks: Sequence[Network],
        commands: Iterable[CommandTarget] = (),
        only_people: bool = False,
        unlisted: Callable[[str], Iterable[CommandTarget]] = lambda text: (),
    ) -> None:
        self._networks = networks
        self._commands = list(commands)
        self._only_people = only_people
        self._unlisted = unlisted
        self._candidates: dict[Section, list[_Candidate]] = {}  # made when they are needed

    def prepare(self) -> None:
        """Collect what can be found, so that the first letter is answered as fast as the others."""
        for section in BY_PREFIX["@" if self._only_people else ""]:
            self._all(section)

    def find(self, typed: str) -> JumpResult:
        """Return what matches a text; for an empty one the conversations, unread ones first."""
        prefix, text = (typed[:1], typed[1:]) if typed[:1] in ("@", "#", ">") else ("", typed)
        if self._only_people:
            prefix, text = "@", typed.removeprefix("@")
        pattern = FuzzyPattern(text)
        if not text and not prefix:
            return self._result(self._unread_first(), pattern)
        found = [(section, matching(pattern, self._all(section), text)) for section in BY_PREFIX[prefix]]
        ranked = [(section, rank, targets) for section, (rank, targets) in found if targets]
        ranked.sort(key=lambda each: each[1] == SCATTERED)
        sections: list[tuple[Section, Sequence[Target]]] = [
            (section, targets if len(ranked) == 1 else targets[:MOST]) for section, _, targets in ranked
        ]
        return self._result([*sections, *self._more(prefix, text)], pattern)

    def _all(self, section: Section) -> list[_Candidate]:
        """Return what a section can have: the latest conversations first, then people by name."""
        if section not in self._candidates:
            targets: list[Target] = []
            if section == "commands":
                targets += self._commands
            if section not in ("commands", "people"):
                kinds = {"channels": "channel", "everybody": "direct"}
                wanted = kinds.get(section)
                opened = recent_first(self._conversations())
                targets += (each for each in opened if wanted in (None, each.conversation.kind))
            if section in ("people", "everybody"):
                targets += self._people()
            self._candidates[section] = [_candidate(each) for each in targets]
        return self._candidates[section]

    def _conversations(self) -> Iterator[ConversationTarget]:
        for network in self._networks:
            for each in network.conversations.values():
                yield ConversationTarget(network, each)

    def _people(self) -> list[PersonTarget]:
        """Return everybody who was seen and has no open conversation, by name."""
        found: list[PersonTarget] = []
        for network in self._networks:
            seen = {folded: person.nick for folded, person in network.people.items()}
            former = {nick for person in network.people.values() for nick in person.former_nicks}
            seen = {nick: "" for nick in network.past_names if nick not in former} | seen
            opened, me = network.conversations, network.fold(network.nick)
            found += [
                PersonTarget(network, nick or key)
                for key, nick in seen.items()
                if key not in opened and key != me
            ]
        return sorted(found, key=lambda each: each.network.display_name(each.nick).casefold())

    def _unread_first(self) -> list[tuple[Section, Sequence[Target]]]:
        everything = recent_first(self._conversations())
        unread = [each for each in everything if _is_unread(each.conversation)]
        unread.sort(key=lambda each: not unread_count(each.conversation).badge)
        current = self._networks[0].current
        rest = [each for each in everything if not _is_unread(each.conversation)]
        rest.sort(key=lambda each: each.conversation is current)
        return [("unread", unread), ("recent", rest)]

    def _more(self, prefix: str, text: str) -> list[tuple[Section, Sequence[Target]]]:
        """Return what can be done with a text that names nothing that is here.

        A channel is made only of a text with a `#`: one who looks for a command must not make a channel.
        """
        network = self._networks[0]
        if prefix == "@" and text and network.state == "online":
            is_new = network.find(text) is None and network.fold(text) not in network.people
            if is_new and names.is_nick(text, network.longest_nick) and not network.is_me(text):
                return [("everybody", [PersonTarget(network, text, False)])]
        if text and prefix == "#":
            return [("commands", list(self._unlisted(text)))]
        return []

    def _result(
        self, sections: Iterable[tuple[Section, Sequence[Target]]], pattern: FuzzyPattern
    ) -> JumpResult:
        targets: list[Target | None] = []
        headings: dict[int, Section] = {}
        before: Section | None = None
        for section, found in sections:
            if found and section != before:
                headings[len(targets)] = section
                targets.append(None)
                before = section
            targets += found
        has_several = len(self._networks) > 1

        def make(index: int) -> Row:
            target = targets[index]
            if target is None:
                return Heading(HEADINGS[headings[index]])
            return row_of(str(index), target, pattern, has_several)

        keys = ["" if target is None else str(index) for index, target in enumerate(targets)]
        return JumpResult(RowSource(keys, make, frozenset(headings)), targets)


def matching(
    pattern: FuzzyPattern, candidates: Sequence[_Candidate], text: str
) -> tuple[int, Sequence[Target]]:
    """Return the best rank, and what matches, best first; a closer match of the same rank keeps its place."""
    if not text:
        return 0, [each.target for each in candidates]
    ranked: list[tuple[int, int]] = []
    for index, each in enumerate(candidates):
        rank = _rank(pattern, each)
        if rank is not None:
            ranked.append((rank, index))
    ranked.sort()
    return (ranked[0][0] if ranked else SCATTERED), [candidates[index].target for _, index in ranked]


def recent_first(found: Iterable[ConversationTarget]) -> list[ConversationTarget]:
    """Return conversations by the time of their last message, the latest first."""

    def last(target: ConversationTarget) -> float:
        return max(target.conversation.latest_time, target.conversation.unread_after or 0.0)

    return sorted(found, key=last, reverse=True)


def row_of(key: str, target: Target, pattern: FuzzyPattern, has_several: bool) -> ListRow:
    """Return the row of something that was found.

    Args:
        has_several: Whether the row says to which network it belongs.
    """
    label = label_of(target)
    found = pattern.places(label)
    if isinstance(target, CommandTarget):
        return ListRow(key, label, target.where, target.icon, "muted", found=found)
    network = target.network
    chat = network.name if has_several else ""
    if isinstance(target, PersonTarget):
        note = presence_note(network, target.nick) if target.is_known else UNKNOWN
        return _person_row(key, network, target.nick, label, found, _joined(chat, note))
    conversation = target.conversation
    count = unread_count(conversation)
    if conversation.kind == "direct":
        note = _joined(chat, presence_note(network, conversation.name))
        row = _person_row(key, network, conversation.name, label, found, note)
        return ListRow(
            row.key, row.text, row.note, avatar=row.avatar, presence=row.presence, found=found,
            count=count.text, badge=count.badge,
        )  # fmt: skip
    return ListRow(
        key, label, _joined(chat, channel_note(network, conversation)),
        conversation_row.kind_icon(conversation), "muted", count=count.text, badge=count.badge, found=found,
    )  # fmt: skip


def label_of(target: Target) -> str:
    """Return the text of the row: of a person the name, and the nick if it differs much."""
    if isinstance(target, CommandTarget):
        return target.label
    if isinstance(target, ConversationTarget):
        conversation = target.conversation
        if conversation.kind != "direct":
            return conversation_row.title(target.network, conversation)
        return person_label(target.network, conversation.name)
    return person_label(target.network, target.nick)


def person_label(network: Network, nick: str) -> str:
    """Return the display name of a person, with the nick unless it is nearly the same."""
    name = network.display_name(nick)
    one, other = network.fold(nick), network.fold(nick_of_name(name))
    return name if one.startswith(other) or other.startswith(one) else f"{name} ({nick})"


def presence_note(network: Network, nick: str) -> str:
    """Return whether a person is online, and why not; "" if that is unknown."""
    presence = network.presence(nick)
    person = network.people.get(network.fold(nick))
    if presence == "away" and person is not None and person.away_text:
        return f"away · {person.away_text}"
    return "" if presence == "unknown" else presence


def channel_note(network: Network, conversation: Conversation) -> str:
    """Return how many people are in a channel, or that we are not."""
    if conversation_row.is_left(network, conversation):
        return "you were removed" if conversation.removal else "you have left"
    number = len(conversation.members)
    return f"{number} {'person' if number == 1 else 'people'}" if number else ""


def _person_row(
    key: str, network: Network, nick: str, label: str, found: tuple[int, ...], note: str
) -> ListRow:
    return ListRow(
        key, label, note, avatar=nick, presence=conversation_row.presence_mark(network, nick), found=found
    )


def _is_unread(conversation: Conversation) -> bool:
    has_news = bool(conversation.unread or conversation.mentions)
    return has_news and unread_count(conversation).number > 0


def _candidate(target: Target) -> _Candidate:
    """Return a candidate. People are found by name and nick: to make thousands of labels takes too long."""
    if isinstance(target, CommandTarget):
        return _Candidate(target, (folded(target.label),), folded(target.words))
    if isinstance(target, ConversationTarget) and target.conversation.kind != "direct":
        return _Candidate(target, (folded(label_of(target)),))
    nick = target.nick if isinstance(target, PersonTarget) else target.conversation.name
    name, nick = folded(target.network.display_name(nick)), folded(nick)
    return _Candidate(target, (name,) if name == nick else (name, nick))


def _rank(pattern: FuzzyPattern, candidate: _Candidate) -> int | None:
    """Return the best rank of the names, else that of the other words, which count less."""
    ranks = [rank for text in candidate.texts if (rank := pattern.rank(text)) is not None]
    if candidate.words:
        rank = pattern.rank(candidate.words)
        ranks += [WITHIN] if rank is not None and rank < SCATTERED else []
    return min(ranks, default=None)


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
