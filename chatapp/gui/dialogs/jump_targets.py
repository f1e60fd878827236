"""What "Jump to" leads to, and how each of it is shown as a row.

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network, Presence
from chatapp.client.model.person_status import reason
from chatapp.client.text.nick_of_name import nick_of_name
from chatapp.gui.main import conversation_row
from chatapp.gui.main.unread_counts import unread_count
from chatapp.gui.widgets.fuzzy_match import SCATTERED, FuzzyPattern, folded
from chatapp.gui.widgets.list_row import ListRow
from chatapp.languages.translation import N_, _, ngettext

COMMAND = N_("command")
UNKNOWN = N_("somebody who is not in your channels")


PRESENCES: dict[Presence, str] = {"online": N_("online"), "away": N_("away"), "offline": N_("offline")}


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
        where: Where else it can be found, such as "Settings", with its key; COMMAND for nowhere.
        words: Other words by which it is found.
        asks: The verb that it puts into the field, to be followed by a name; else empty.
    """

    label: str
    icon: str
    run: Callable[[], object]
    where: str = COMMAND
    words: str = ""
    asks: str = ""


Target = PersonTarget | ConversationTarget | CommandTarget


def row_of(key: str, target: Target, pattern: FuzzyPattern, servers: Mapping[Network, str]) -> ListRow:
    """Return the row of something that was found.

    Args:
        servers: The name of each server, if the row says on which one it is.
    """
    label = label_of(target)
    found = pattern.places(label)
    if isinstance(target, CommandTarget):
        if pattern.rank(folded(label)) == SCATTERED and pattern.begin_words(
            folded(f"{label} {target.words}")
        ):
            found = ()  # it was found by its other words
        where = _(COMMAND) if target.where == COMMAND else target.where
        return ListRow(key, label, where, target.icon, "muted", found=found)
    network = target.network
    chat = servers.get(network, "")
    if isinstance(target, PersonTarget):
        note = presence_note(network, target.nick) if target.is_known else _(UNKNOWN)
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
        if conversation.kind == "server":
            return _(conversation_row.SERVER_LONG_TITLE)
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
    why = reason(person.away_text) if presence == "away" and person is not None else ""
    if why:
        return f"{_(PRESENCES[presence])} · {why}"
    return _(PRESENCES.get(presence, ""))


def channel_note(network: Network, conversation: Conversation) -> str:
    """Return how many people are in a channel, or that we are not."""
    if conversation_row.is_left(network, conversation):
        return _("you were removed") if conversation.removal else _("you have left")
    number = len(conversation.members)
    people = ngettext("{count} person", "{count} people", number)
    return people.format(count=number) if number else ""


def _person_row(
    key: str, network: Network, nick: str, label: str, found: tuple[int, ...], note: str
) -> ListRow:
    return ListRow(
        key, label, note, avatar=nick, presence=conversation_row.presence_mark(network, nick), found=found
    )


def _joined(*parts: str) -> str:
    return " · ".join(filter(None, parts))
