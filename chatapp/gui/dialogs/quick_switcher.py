"""Which conversations and people fit to a few letters, for the dialog that jumps to one."""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.gui.main import sidebar
from chatapp.gui.widgets.row_list import ListRow

NO_FIT = 3


def found(network: Network, wanted: str) -> list[ListRow]:
    """Rows keyed as in the sidebar, people without a conversation after them; the best fit first.

    With nothing wanted it is the conversations, those with mentions and unread messages first.
    """
    rows = [row for row in sidebar.rows(network) if row.key]
    if not wanted:
        return sorted(rows, key=lambda row: (not row.alarm, not row.bold))
    known = {network.fold(row.key) for row in rows}
    others = {folded: person for folded, person in network.people.items() if folded not in known}
    rows += [
        ListRow(
            person.nick,
            person.nick,
            icon="ring" if person.away else "disc",
            icon_role="muted" if person.away else "ok",
        )
        for _, person in sorted(others.items())
        if not network.is_me(person.nick)
    ]
    fits = [(fit(wanted, row.text), place, row) for place, row in enumerate(rows)]
    return [row for how, _, row in sorted(fits, key=lambda each: each[:2]) if how < NO_FIT]


def fit(wanted: str, name: str) -> int:
    """0 for a beginning, 1 for a part, 2 for the letters in their order, NO_FIT for none of these."""
    wanted, name = wanted.casefold().lstrip("#&@ "), name.casefold().lstrip("#& ")
    if name.startswith(wanted):
        return 0
    if wanted in name:
        return 1
    letters = iter(name)
    return 2 if all(letter in letters for letter in wanted) else NO_FIT
