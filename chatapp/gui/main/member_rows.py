"""The rows of the people pane: members by role and presence, and partners of direct messages who are offline.

A channel may have thousands of members. They are sorted at once, but a row is made only when it is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from operator import itemgetter
from typing import NamedTuple

from chatapp.client.model.channel_roles import ChannelRole, role_of, roles
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.model import Person
from chatapp.client.model.network import Network
from chatapp.client.model.person_status import said_by
from chatapp.gui.main.conversation_row import presence_mark
from chatapp.gui.widgets.list_row import Heading, ListRow, Mark, Row, RowSource
from chatapp.languages.translation import N_, _
from chatapp.protocol.presence import ABSENT

OFFLINE_KEY = "offline "  # of the heading that can be folded; no nick has a space
OWNERS, MODERATORS, ONLINE, AWAY = range(4)
SECTIONS: dict[ChannelRole, int] = {"owner": OWNERS, "moderator": MODERATORS}  # others are shown by presence
HEADINGS = (N_("OWNER"), N_("MODERATORS"), N_("ONLINE"), N_("AWAY"))
SEVERAL_OWNERS, OFFLINE = N_("OWNERS"), N_("OFFLINE")

OWNER_MARK = Mark("crown", "owner", N_("Owner of the channel"))
MODERATOR_MARK = Mark("shield", "muted", N_("Moderator of the channel"))
ROLE_MARKS: dict[ChannelRole, Mark] = {"owner": OWNER_MARK, "moderator": MODERATOR_MARK}
VOICE_MARK = Mark("chat", "muted", N_("Can write here"))
IGNORED_MARK = Mark("slash", "muted", N_("You are ignoring this person"))

_BY_NAME = itemgetter(0)
_Named = tuple[str, Person]  # the name by which a person is sorted


class MemberSections(NamedTuple):
    """The people to show.

    Attributes:
        here: Owners, moderators, people who are online, people who are away: each sorted by name.
        offline: People who are not connected.
    """

    here: tuple[list[Person], ...]
    offline: list[Person]


def sections(network: Network, conversation: Conversation, wanted: str = "") -> MemberSections:
    """Return the people of a channel in sections.

    Args:
        wanted: Only people whose name or nick contains this text, in any case.
    """
    by_prefix, wanted = roles(network), wanted.casefold()
    here: tuple[list[_Named], ...] = ([], [], [], [])
    offline: list[_Named] = []
    for member in conversation.members.values():
        person = member.person
        name = (person.display_name or person.nick).casefold()
        if wanted and wanted not in name and wanted not in person.nick.casefold():
            continue
        section = AWAY if person.away else ONLINE
        if person.away and person.away_text == ABSENT:
            offline.append((name, person))
        else:
            here[SECTIONS.get(role_of(by_prefix, member), section)].append((name, person))
    offline += _absent_partners(network, conversation, wanted)
    return MemberSections(tuple(map(_sorted, here)), _sorted(offline))


def member_source(
    network: Network, conversation: Conversation, wanted: str = "", is_offline_open: bool = False
) -> RowSource:
    """Return the rows of the people of a channel; see `sections`.

    Args:
        is_offline_open: Whether the people who are not connected are shown below their heading.
    """
    found = sections(network, conversation, wanted)
    people: list[Person | Heading] = []
    keys: list[str] = []
    headings: list[int] = []
    tall: list[int] = []

    def add(heading: Heading, persons: list[Person]) -> None:
        headings.append(len(people))
        people.append(heading)
        keys.append(heading.key)
        start = len(people)
        tall.extend(at for at, each in enumerate(persons, start) if said_by(each))
        people.extend(persons)
        keys.extend([each.nick for each in persons])

    for number, persons in enumerate(found.here):
        if persons:
            name = SEVERAL_OWNERS if number == OWNERS and len(persons) > 1 else HEADINGS[number]
            add(Heading(f"{_(name)} — {len(persons)}"), persons)
    if found.offline:
        is_open = is_offline_open or bool(wanted)
        heading = Heading(f"{_(OFFLINE)} — {len(found.offline)}", OFFLINE_KEY, folded=not is_open)
        add(heading, found.offline if is_open else [])
    by_prefix = roles(network)

    def make(index: int) -> Row:
        row = people[index]
        return row if isinstance(row, Heading) else _row(network, conversation, by_prefix, row)

    return RowSource(keys, make, frozenset(headings), frozenset(tall))


def _translated(mark: Mark) -> Mark:
    return mark._replace(meaning=_(mark.meaning))


def _sorted(people: list[_Named]) -> list[Person]:
    people.sort(key=_BY_NAME)
    return [person for _, person in people]


def _absent_partners(network: Network, conversation: Conversation, wanted: str) -> list[_Named]:
    """Return the partners of direct messages of whom the server says that they are not connected."""
    found = []
    for folded, is_online in network.monitored.items():
        direct = network.find(folded)
        if is_online or folded in conversation.members or direct is None or direct.kind != "direct":
            continue
        name = network.display_name(direct.name)
        if wanted in name.casefold() or wanted in direct.name.casefold():
            found.append((name.casefold(), Person(direct.name)))
    return found


def _row(
    network: Network, conversation: Conversation, by_prefix: Mapping[str, ChannelRole], person: Person
) -> ListRow:
    member = conversation.members.get(network.fold(person.nick))
    presence = presence_mark(network, person.nick)
    ignored = is_ignored(network, person.nick)
    has_voice = member is not None and member.ranks != "" and "m" in (conversation.modes or ())
    mark = ROLE_MARKS.get(role_of(by_prefix, member), VOICE_MARK if has_voice else None)
    return ListRow(
        key=person.nick,
        text=network.display_name(person.nick),
        note=_("(you)") if network.is_me(person.nick) else "",
        avatar=person.nick,
        colour=network.colour(person.nick),
        presence=presence,
        role="muted" if person.away or ignored or presence == "offline" else "text",
        detail=said_by(person),
        marks=tuple(_translated(each) for each in (mark, IGNORED_MARK if ignored else None) if each),
    )
