"""Finds the person to write to, for "New message"."""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.gui.main.conversation_row import presence_mark
from chatapp.gui.widgets.list_row import ListRow
from chatapp.protocol import names

TITLE = "New message"
HINT = "Name of a person"


def person_rows(network: Network, wanted: str) -> list[ListRow]:
    """Return the people whose name or nick contains a text, those that begin with it first.

    A nick that nobody here has can be written to as well: that person may share no channel with us.
    """
    text = wanted.casefold().lstrip("@")
    known = {folded: person.nick for folded, person in network.people.items()}
    for conversation in network.conversations.values():
        if conversation.kind == "direct":
            known.setdefault(network.fold(conversation.name), conversation.name)
    ranked = sorted(
        (rank, name.casefold(), nick, name)
        for nick in known.values()
        if not network.is_me(nick)
        for name in (network.display_name(nick),)
        if (rank := _rank(text, name, nick)) is not None
    )
    rows = [_row(network, nick, name) for _, _, nick, name in ranked]
    typed = wanted.lstrip("@")
    is_new = network.fold(typed) not in known and not network.is_me(typed)
    if typed and is_new and names.is_nick(typed, network.longest_nick):
        rows.append(ListRow(typed, typed, note="somebody who is not in your channels", avatar=typed))
    return rows


def _row(network: Network, nick: str, name: str) -> ListRow:
    note = nick if name != nick else ""
    return ListRow(nick, name, note=note, avatar=nick, presence=presence_mark(network, nick))


def _rank(text: str, name: str, nick: str) -> int | None:
    """Return 0 if a name begins with the text, 1 if it contains it, None if not."""
    found = (name.casefold(), nick.casefold())
    if any(each.startswith(text) for each in found):
        return 0
    return 1 if any(text in each for each in found) else None
