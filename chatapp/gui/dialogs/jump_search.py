"""What "Jump to" finds: conversations, people, commands and settings, by some letters of their names.

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.jump_matches import (
    Candidate,
    Match,
    candidate_of,
    matching,
    rank_of,
)
from chatapp.gui.dialogs.jump_people import PersonCommands
from chatapp.gui.dialogs.jump_targets import (
    CommandTarget,
    ConversationTarget,
    PersonTarget,
    Target,
    row_of,
)
from chatapp.gui.main.unread_counts import unread_count
from chatapp.gui.widgets.fuzzy_match import SCATTERED, WORD_BEGINS, FuzzyPattern
from chatapp.gui.widgets.list_row import Heading, Row, RowSource
from chatapp.languages.translation import N_, _, pgettext
from chatapp.protocol import names

Section = Literal[
    "unread", "recent", "conversations", "channels", "people", "everybody", "commands", "others", "offers"
]

MOST = 30  # rows of a section while there are several sections
MOST_PEOPLE = 300  # of whom is looked at what can be done about them
HEADINGS: dict[Section, str] = {
    "unread": N_("UNREAD"),
    "recent": N_("RECENT"),
    "conversations": N_("CONVERSATIONS"),
    "channels": N_("CHANNELS"),
    "people": N_("PEOPLE"),  # without those who have an open conversation
    "everybody": N_("PEOPLE"),
    "commands": N_("COMMANDS AND SETTINGS"),
    "others": N_("OTHER RESULTS"),
    "offers": N_("NOTHING FOUND"),
}
BY_PREFIX: dict[str, tuple[Section, ...]] = {
    "": ("conversations", "people", "commands"),
    "@": ("everybody",),
    "#": ("channels",),
    ">": ("commands",),
}


@dataclass(frozen=True, slots=True)
class JumpResult:
    """The rows that were found, and what each of them leads to.

    Attributes:
        targets: By row; None for a heading.
        is_offer: Whether nothing was found, so that the rows are not what was looked for: none is chosen.
    """

    rows: RowSource
    targets: Sequence[Target | None]
    is_offer: bool = False

    def target(self, key: str) -> Target | None:
        """Return what the row with this key leads to."""
        return self.targets[int(key)] if key else None


class JumpSearch:
    """Searches what there was when the dialog opened.

    Args:
        networks: The current one first.
        commands: What can be done; looked at when it is needed.
        only_people: Whether to find people only.
        unlisted: Returns commands for a text that names nothing, such as to make a channel of this name.
        about_people: Makes the commands for a verb that is followed by the beginning of a name.
        servers: The name of each server, if rows say on which one they are.
    """

    def __init__(
        self,
        networks: Sequence[Network],
        commands: Iterable[CommandTarget] = (),
        only_people: bool = False,
        unlisted: Callable[[str], Iterable[CommandTarget]] = lambda text: (),
        about_people: PersonCommands | None = None,
        servers: Mapping[Network, str] | None = None,
    ) -> None:
        self._networks = networks
        self._commands = commands
        self._only_people = only_people
        self._unlisted = unlisted
        self._about_people = about_people
        self._servers = servers or {}
        self._candidates: dict[Section, list[Candidate]] = {}  # made when they are needed

    def prepare(self) -> None:
        """Collect what can be found, so that the first letter is answered as fast as the others."""
        for section in BY_PREFIX["@" if self._only_people else ""]:
            self._all(section)

    def find(self, typed: str) -> JumpResult:
        """Return what matches a text; for an empty one the conversations, unread ones first."""
        typed = typed.lstrip()
        prefix, typed = (typed[:1], typed[1:]) if typed[:1] in ("@", "#", ">") else ("", typed)
        if self._only_people:
            prefix = "@"
        text = typed.strip()
        pattern = FuzzyPattern(text)
        if not text and not prefix:
            return self._result(self._unread_first(), pattern)
        found = {section: matching(pattern, self._all(section), text) for section in BY_PREFIX[prefix]}
        if "commands" in found:
            about = self._person_commands(typed)
            verb = self._verb(typed.partition(" ")[0]) if about else ""
            others_found = (each for each in found["commands"] if not verb or _asks(each) != verb)
            channels = self._channel_commands(typed)
            found["commands"] = sorted([*channels, *others_found, *about], key=lambda each: each[0])
        *sections, others = _best_first(found)
        if not prefix and not sections and not others[1]:
            return self._result(self._offers(text), pattern, is_offer=True)
        return self._result([*sections, *self._more(prefix, text), others], pattern)

    def _all(self, section: Section) -> list[Candidate]:
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
            self._candidates[section] = [candidate_of(each) for each in targets]
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

    def _person_commands(self, typed: str) -> list[Match]:
        """Return what can be done about those whose names begin like the text after a verb."""
        word, space, rest = typed.lstrip().partition(" ")
        verb, about = self._verb(word), self._about_people
        if about is None or not space or not verb:
            return []
        rows = (row for nick in self._people_like(rest) for row in about.of(verb, nick))
        found = list(islice(rows, MOST)) or self._with_reason(about, verb, rest.split())
        return [(0, row) for row in found or about.instead(verb)]

    def _with_reason(self, about: PersonCommands, verb: str, words: Sequence[str]) -> list[CommandTarget]:
        """Return what a verb means before a name and a reason: "remove ben spam". A name may have spaces."""
        for end in range(len(words) - 1, 0, -1):
            name, reason = " ".join(words[:end]), " ".join(words[end:])
            rows = (row for nick in self._people_like(name) for row in about.with_reason(verb, nick, reason))
            found = list(islice(rows, MOST))
            if found:
                return found
        return []

    def _people_like(self, typed: str) -> list[str]:
        """Return the nicks of those whose names begin like a text, members of the channel first."""
        network = self._networks[0]
        pattern = FuzzyPattern(typed.strip().removeprefix("@"))
        members = network.current.members if network.current is not None else {}
        ranked: list[tuple[int, bool, int, str]] = []
        for index, each in enumerate(self._all("everybody")):
            target = each.target
            rank = rank_of(pattern, each)
            if isinstance(target, CommandTarget) or target.network is not network:
                continue
            if rank is not None and rank <= WORD_BEGINS:
                nick = target.nick if isinstance(target, PersonTarget) else target.conversation.name
                ranked.append((rank, network.fold(nick) not in members, index, nick))
        ranked.sort()
        return [nick for *_, nick in ranked[:MOST_PEOPLE]]

    def _channel_commands(self, typed: str) -> list[Match]:
        """Return what makes or joins the channel whose name follows the word: "channel rowing"."""
        word, _space, name = typed.strip().partition(" ")
        words = {"channel", "join", pgettext("a command before a name", "channel").casefold()}
        name = name.strip().removeprefix("#")
        if word.casefold() not in words or not name or self._only_people:
            return []
        return [(0, row) for row in self._unlisted(name)]

    def _verb(self, word: str) -> str:
        """Return the verb that a typed word stands for; empty for none."""
        return self._about_people.verb(word) if self._about_people is not None else ""

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

        One who looks for a command must not make a channel: without a `#`, it is only offered.
        """
        network = self._networks[0]
        if prefix == "@" and text and network.state == "online":
            is_new = network.find(text) is None and network.fold(text) not in network.people
            if is_new and names.is_nick(text, network.longest_nick) and not network.is_me(text):
                return [("everybody", [PersonTarget(network, text, False)])]
        if text and prefix == "#":
            return [("commands", list(self._unlisted(text)))]
        return []

    def _offers(self, text: str) -> list[tuple[Section, Sequence[Target]]]:
        """Return what can be done with a word that nothing is called; "ban" is the beginning of a command."""
        return [] if " " in text or self._verb(text) else [("offers", list(self._unlisted(text)))]

    def _result(
        self,
        sections: Iterable[tuple[Section, Sequence[Target]]],
        pattern: FuzzyPattern,
        is_offer: bool = False,
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

        def make(index: int) -> Row:
            target = targets[index]
            if target is None:
                return Heading(_(HEADINGS[headings[index]]))
            return row_of(str(index), target, pattern, self._servers)

        keys = ["" if target is None else str(index) for index, target in enumerate(targets)]
        return JumpResult(RowSource(keys, make, frozenset(headings)), targets, is_offer)


def _best_first(found: Mapping[Section, list[Match]]) -> list[tuple[Section, Sequence[Target]]]:
    """Return sections, first those with something that begins with the text; last the other results.

    What has only the letters in the right order comes after everything else, whatever it is: one who types
    "ban" does not mean Béatrice Núñez while something is called "ban".
    """
    close = {section: [each for each in matches if each[0] < SCATTERED] for section, matches in found.items()}
    if not any(close.values()):
        close, others = dict(found), []
    else:
        others = [target for matches in found.values() for rank, target in matches if rank == SCATTERED]
    ranked = [(section, matches) for section, matches in close.items() if matches]
    ranked.sort(key=lambda each: max(each[1][0][0], WORD_BEGINS))
    most = MOST if len(ranked) > 1 else None
    sections = [(section, [target for _, target in matches[:most]]) for section, matches in ranked]
    return [*sections, ("others", others[:MOST])]


def _asks(match: Match) -> str:
    """Return the verb that a command puts into the field: with its answers there, it leads nowhere."""
    target = match[1]
    return target.asks if isinstance(target, CommandTarget) else ""


def recent_first(found: Iterable[ConversationTarget]) -> list[ConversationTarget]:
    """Return conversations by the time of their last message, the latest first; those of servers last."""

    def last(target: ConversationTarget) -> tuple[bool, float]:
        conversation = target.conversation
        time = max(conversation.latest_time, conversation.unread_after or 0.0)
        return conversation.kind != "server", time

    return sorted(found, key=last, reverse=True)


def _is_unread(conversation: Conversation) -> bool:
    has_news = bool(conversation.unread or conversation.mentions)
    return has_news and unread_count(conversation).number > 0
