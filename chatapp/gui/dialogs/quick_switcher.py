"""Finds conversations and people by a few letters, for the "Jump to" dialog."""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.gui.main import sidebar
from chatapp.gui.main.conversation_row import presence_mark
from chatapp.gui.widgets.list_row import ListRow

NO_MATCH = 3  # the worst result of `match_rank`


def matching_rows(network: Network, wanted: str) -> list[ListRow]:
    """Return rows with the keys of the sidebar, then people without a conversation; best matches first.

    For "" these are the conversations, those with mentions and unread messages first.
    """
    rows = [row for row in sidebar.conversation_rows(network) if row.key]
    if not wanted:
        return sorted(rows, key=lambda row: (not row.badge, not row.bold))
    known = {network.fold(row.key) for row in rows}
    others = {folded: person for folded, person in network.people.items() if folded not in known}
    rows += [
        ListRow(
            person.nick,
            network.display_name(person.nick),
            avatar=person.nick,
            presence=presence_mark(network, person.nick),
        )
        for _, person in sorted(others.items())
        if not network.is_me(person.nick)
    ]
    ranked = [(match_rank(wanted, row.text), index, row) for index, row in enumerate(rows)]
    return [row for rank, _, row in sorted(ranked, key=lambda each: each[:2]) if rank < NO_MATCH]


def match_rank(wanted: str, name: str) -> int:
    """Return how well a name matches: 0 begins with the text, 1 contains it, 2 has its letters in this order.

    Returns:
        NO_MATCH (3) if none of these is true.
    """
    wanted, name = wanted.casefold().lstrip("#&@ "), name.casefold().lstrip("#& ")
    if name.startswith(wanted):
        return 0
    if wanted in name:
        return 1
    letters = iter(name)
    return 2 if all(letter in letters for letter in wanted) else NO_MATCH
