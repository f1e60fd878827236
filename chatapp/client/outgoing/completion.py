"""Completion of the word before the cursor: nicks, channels, commands and emoji."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Person
from chatapp.client.model.network import Network
from chatapp.client.outgoing.mention_names import people
from chatapp.client.outgoing.slash_commands import offered
from chatapp.client.text import emoji_names
from chatapp.client.text.code_parts import is_in_code
from chatapp.languages.translation import _

SPEAKER_ENTRIES = 500  # entries that are searched for the latest speakers
MAX_EMOJI = 50  # in one completion
MENU_LETTERS = 2  # after `:`, `@`, `#` or `/`, before a menu of completions opens by itself

OptionKind = Literal["person", "channel", "command", "emoji"]


@dataclass(frozen=True, slots=True)
class CompletionOption:
    """One way to complete a word.

    Attributes:
        text: What replaces the word, with what follows it.
        label: How a menu shows it.
        detail: A dim text beside the label; empty for none.
        name: The nick, or the characters of the emoji; empty for the other kinds.
    """

    text: str
    kind: OptionKind
    label: str
    detail: str = ""
    name: str = ""


@dataclass(frozen=True, slots=True)
class Completion:
    """The options that can replace the text from `start` to `end`, the best first."""

    start: int
    end: int
    options: tuple[CompletionOption, ...]


def complete(network: Network, conversation: Conversation, text: str, cursor: int) -> Completion | None:
    """Complete the word before the cursor, with what follows it (`ben: ` at the start of a text).

    Args:
        cursor: An index into the text.

    Returns:
        None if there is no word or nothing fits.
    """
    start = _word_start(network, conversation, text, cursor)
    word = text[start:cursor]
    if not word:
        return None
    if start == 0 and word.startswith("/"):
        options = _commands(network, word)
    elif word.startswith(":"):
        options = _emoji(word) if not is_in_code(text[:start]) else []
    elif network.is_channel(word):
        options = _channels(network, word)
    else:
        options = _people(network, conversation, word, at_start=start == 0)
    return Completion(start, cursor, tuple(options)) if options else None


def suggest(
    network: Network, conversation: Conversation, text: str, cursor: int, letters: int = MENU_LETTERS
) -> Completion | None:
    """Complete only what begins with a sign, for a menu that opens while the user types.

    Args:
        letters: How many must stand behind the sign.
    """
    found = complete(network, conversation, text, cursor)
    if found is None:
        return None
    word = text[found.start : cursor]
    if word[0] not in ":@/" and not network.is_channel(word):
        return None
    is_long_enough = len(word) > letters
    is_finished = any(option.text.rstrip() == word for option in found.options)
    return found if is_long_enough and not is_finished and not is_in_code(text[: found.start]) else None


class TabCompletion:
    """Repeated Tab presses: each one gives the next option, Shift+Tab the previous one."""

    def __init__(self) -> None:
        self._completion: Completion | None = None
        self._shown = ("", -1)  # text and cursor after the last press
        self._at = 0

    def next(
        self, network: Network, conversation: Conversation, text: str, cursor: int, back: bool = False
    ) -> tuple[str, int] | None:
        """Return the text and cursor after Tab; None if there is nothing to complete.

        Args:
            cursor: An index into the text.
            back: Whether it is Shift+Tab.
        """
        after = text[cursor:]
        if self._completion is not None and self._shown == (text, cursor):
            self._at += -1 if back else 1
        else:
            after = after.removeprefix(" ")  # the option ends with one
            self._completion = complete(network, conversation, text, cursor)
            self._at = -1 if back else 0
        found = self._completion
        if found is None:
            return None
        option = found.options[self._at % len(found.options)].text
        self._shown = text[: found.start] + option + after, found.start + len(option)
        return self._shown


def _word_start(network: Network, conversation: Conversation, text: str, cursor: int) -> int:
    """Return where the word before the cursor starts: a display name after `@` may hold spaces."""
    start = max(text.rfind(space, 0, cursor) for space in " \t\n") + 1
    at = max(text.rfind(before, 0, cursor) + len(before) - 1 for before in (" @", "\t@", "\n@"))
    at = 0 if at < 0 and text.startswith("@") else at
    line_start = text.rfind("\n", 0, cursor) + 1
    if line_start <= at < start and text[at : at + 1] == "@":
        typed = text[at + 1 : cursor].casefold()
        if any(each.display_name.casefold().startswith(typed) for each in people(network, conversation)):
            return at
    return start


def _commands(network: Network, word: str) -> list[CompletionOption]:
    fitting = {name: row for name, row in offered(network).items() if f"/{name}".startswith(word.lower())}
    return [
        CompletionOption(f"/{name} ", "command", row.usage, _(row.purpose)) for name, row in fitting.items()
    ]


def _emoji(word: str) -> list[CompletionOption]:
    fitting = emoji_names.beginning_with(word[1:], MAX_EMOJI) if len(word) > 1 else []
    return [
        CompletionOption(f"{emoji.sequence} ", "emoji", f":{name}:", name=emoji.sequence)
        for name, emoji in fitting
    ]


def _channels(network: Network, word: str) -> list[CompletionOption]:
    fitting = (each for each in network.channels() if _begins(network, each.name, word))
    return [CompletionOption(f"{each.name} ", "channel", each.name, each.topic) for each in fitting]


def _people(
    network: Network, conversation: Conversation, word: str, *, at_start: bool
) -> list[CompletionOption]:
    """Return the people whose nick or display name begins with a word, the latest speakers first.

    Those who wrote here and are gone come last.
    """
    there = {network.fold(person.nick): person for person in people(network, conversation)}
    wanted = word.removeprefix("@")
    speakers = _speakers(network, conversation)
    here = (there[key] for key in dict.fromkeys([*speakers, *sorted(there)]) if key in there)
    known = (*here, *_absent_speakers(network, speakers))
    fitting = (each for each in known if _is_called(network, each, wanted))
    return [_person(person, word, at_start) for person in fitting]


def _person(person: Person, word: str, at_start: bool) -> CompletionOption:
    """Return the option for a person; a display name always has an `@`, by which it is found again."""
    name = person.display_name or person.nick
    is_plain = name == person.nick
    before = "@" if word.startswith("@") or not is_plain else ""
    text = f"{before}{name}{': ' if at_start and not before else ' '}"
    return CompletionOption(text, "person", name, "" if is_plain else person.nick, person.nick)


def _is_called(network: Network, person: Person, word: str) -> bool:
    """Return whether the nick, the display name or a later word of it begins with a word."""
    name = person.display_name
    return _begins(network, person.nick, word) or any(
        _begins(network, each, word) for each in (name, *name.split()[1:])
    )


def _speakers(network: Network, conversation: Conversation) -> list[str]:
    """Return the folded nicks of people who wrote here, the latest first."""
    latest = reversed(conversation.entries[-SPEAKER_ENTRIES:])
    nicks = (network.fold(entry.nick) for entry in latest if entry.kind in ("message", "action"))
    return list(dict.fromkeys(nicks))


def _absent_speakers(network: Network, speakers: list[str]) -> list[Person]:
    """Return those who wrote here, are not there any more, and have not only changed their nick."""
    gone = [key for key in speakers if key not in network.people and key in network.authors]
    former = {nick for person in network.people.values() for nick in person.former_nicks} if gone else set()
    return [Person(network.authors[key]) for key in gone if key not in former]


def _begins(network: Network, name: str, word: str) -> bool:
    return network.fold(name).startswith(network.fold(word))
