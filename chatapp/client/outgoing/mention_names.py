"""Mentions by display name: what is shown as `@Ben Okafor` in the composer is sent as `@ben`.

Only people of the conversation are named. Code stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Person
from chatapp.client.model.network import Network
from chatapp.client.text.code_parts import map_outside_code


def people(network: Network, conversation: Conversation) -> Iterator[Person]:
    """Yield the people who can be mentioned in a conversation, without ourselves."""
    if conversation.kind == "direct":
        known = network.people.get(network.fold(conversation.name))
        yield known or Person(conversation.name)
    for member in conversation.members.values():
        if not network.is_me(member.nick):
            yield member.person


def with_nicks(network: Network, conversation: Conversation, text: str) -> str:
    """Replace each `@display name` by `@nick`, as it goes to the server."""
    if "@" not in text:
        return text
    nicks = {name.casefold(): nick for nick, name in _display_names(network, conversation)}
    return _replaced(text, nicks)


def with_display_names(network: Network, conversation: Conversation, text: str) -> str:
    """Replace each `@nick` by `@display name`, as the composer shows it."""
    if "@" not in text:
        return text
    names = {nick.casefold(): name for nick, name in _display_names(network, conversation)}
    return _replaced(text, names)


def _display_names(network: Network, conversation: Conversation) -> Iterator[tuple[str, str]]:
    for person in people(network, conversation):
        if person.display_name and person.display_name != person.nick:
            yield person.nick, person.display_name


def _replaced(text: str, names: dict[str, str]) -> str:
    """Replace each mention of a key; of names that begin alike the longest one counts."""
    if not names:
        return text
    longest_first = sorted(names, key=len, reverse=True)
    pattern = re.compile(rf"(?<![\w@.])@({'|'.join(map(re.escape, longest_first))})(?![\w-])", re.IGNORECASE)

    def changed(part: str) -> str:
        return pattern.sub(lambda match: "@" + names.get(match[1].casefold(), match[1]), part)

    return map_outside_code(text, changed)
