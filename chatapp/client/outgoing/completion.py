"""Tab completion: nicks (the latest speakers first), channels and slash commands."""

from __future__ import annotations

from dataclasses import dataclass

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.outgoing.slash_commands import COMMANDS

SPEAKER_ENTRIES = 500  # entries that are searched for the latest speakers


@dataclass(frozen=True, slots=True)
class Completion:
    """The options that can replace the text from `start` to `end`, the best first."""

    start: int
    end: int
    options: tuple[str, ...]


def complete(network: Network, conversation: Conversation, text: str, cursor: int) -> Completion | None:
    """Complete the word before the cursor, with what follows it (`ben: ` at the start of a text).

    Args:
        cursor: An index into the text.

    Returns:
        None if there is no word or nothing fits.
    """
    start = max(text.rfind(space, 0, cursor) for space in " \t\n") + 1
    word = text[start:cursor]
    if not word:
        return None
    if start == 0 and word.startswith("/"):
        options = [f"/{name} " for name in COMMANDS if f"/{name}".startswith(word.lower())]
    elif network.is_channel(word):
        options = [f"{each.name} " for each in network.channels() if _begins(network, each.name, word)]
    else:
        options = _nicks(network, conversation, word, ": " if start == 0 else " ")
    return Completion(start, cursor, tuple(options)) if options else None


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
        option = found.options[self._at % len(found.options)]
        self._shown = text[: found.start] + option + after, found.start + len(option)
        return self._shown


def _nicks(network: Network, conversation: Conversation, word: str, after: str) -> list[str]:
    at = "@" if word.startswith("@") else ""
    there = {key: member.nick for key, member in conversation.members.items()}
    if conversation.kind == "direct":
        there.setdefault(network.fold(conversation.name), conversation.name)
    there.pop(network.fold(network.nick), None)
    ordered = dict.fromkeys([*_speakers(network, conversation), *sorted(there)])
    nicks = [there[key] for key in ordered if key in there]
    return [f"{at}{nick}{' ' if at else after}" for nick in nicks if _begins(network, nick, word[len(at) :])]


def _speakers(network: Network, conversation: Conversation) -> list[str]:
    """Return the folded nicks of people who wrote here, the latest first."""
    latest = reversed(conversation.entries[-SPEAKER_ENTRIES:])
    nicks = (network.fold(entry.nick) for entry in latest if entry.kind in ("message", "action"))
    return list(dict.fromkeys(nicks))


def _begins(network: Network, name: str, word: str) -> bool:
    return network.fold(name).startswith(network.fold(word))
