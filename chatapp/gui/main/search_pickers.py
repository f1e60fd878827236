"""What the pickers of the search offer: conversations, people, days."""

from __future__ import annotations

from datetime import date, timedelta

from chatapp.client.model.network import Network
from chatapp.client.model.search_filters import parse_day
from chatapp.gui.widgets.list_row import ListRow
from chatapp.languages.dates import day_and_month, near_day, weekday
from chatapp.languages.translation import N_, _

DAYS = (
    (N_("Today"), 0),
    (N_("Yesterday"), 1),
    (N_("The last 7 days"), 7),
    (N_("The last 30 days"), 30),
    (N_("The last year"), 365),
)
"""Names of days, and how many days ago each is."""

HINT_DAY = N_("A day, such as 1 March or monday")


def conversation_rows(network: Network, wanted: str) -> list[ListRow]:
    """Return the conversations whose name contains a text; their keys are their names."""
    rows = [
        ListRow(each.name, each.title if each.kind == "channel" else network.display_name(each.name))
        for each in network.conversations.values()
        if each.kind != "server"
    ]
    return [row for row in rows if _matches(row, wanted)]


def people_rows(network: Network, wanted: str) -> list[ListRow]:
    """Return the people whose name contains a text, ourselves first; their keys are their nicks.

    Any other name that is typed can be chosen, too: its owner may have left long ago.
    """
    others = sorted(network.people.values(), key=lambda each: each.nick.casefold())
    rows = [ListRow(network.nick, network.display_name(network.nick), note=_("(you)"))]
    rows += [_person(network, each.nick) for each in others if not network.is_me(each.nick)]
    found = [row for row in rows if _matches(row, wanted)]
    known = {network.fold(row.key) for row in found}
    if wanted and " " not in wanted and network.fold(wanted) not in known:
        found.append(ListRow(wanted, _("From “{name}”").format(name=wanted)))
    return found


def day_rows(today: date, wanted: str) -> list[ListRow]:
    """Return days to choose from, or the day that was typed; keys are like `2026-03-12`."""
    rows = [ListRow(str(today - timedelta(days=ago)), _(text)) for text, ago in DAYS]
    if not wanted:
        return rows
    try:
        typed = parse_day(wanted, today)
    except ValueError as error:
        found = [row for row in rows if _matches(row, wanted)]
        return found or [ListRow("", str(error))]
    day = near_day(typed, today) or day_and_month(typed, today)
    return [ListRow(str(typed), _("{date} ({weekday})").format(date=day, weekday=weekday(typed)))]


def _person(network: Network, nick: str) -> ListRow:
    name = network.display_name(nick)
    return ListRow(nick, name, note="" if name == nick else nick)


def _matches(row: ListRow, wanted: str) -> bool:
    return wanted.casefold() in row.text.casefold() or wanted.casefold() in row.key.casefold()
