"""What "Jump to" offers after a verb and the beginning of a name: "ban ben", "ignore dee", "profile chen".

The rows are those of the menu of a person, so that only what the server and our rank allow is offered.
Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Literal, NamedTuple

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.outgoing import moderation
from chatapp.client.outgoing.ban_masks import bans_on, is_mute
from chatapp.client.outgoing.moderation import MeasureKind
from chatapp.gui.dialogs.jump_targets import CommandTarget, person_label
from chatapp.gui.main import menu_items
from chatapp.gui.widgets.icon_menu import MenuItem

Deed = MeasureKind | Literal[""]

MODERATE = "Remove or ban {}…"
MODERATION_ICON = "shield"
DEEDS: dict[str, tuple[tuple[MeasureKind, ...], str]] = {
    "ban": (("ban", "server_ban"), "Ban {}…"),
    "mute": (("mute",), "Mute {}…"),
    "remove": (("remove",), "Remove {}…"),
    "kick": (("remove",), "Remove {}…"),
    "moderate": ((), MODERATE),
}
"""By the verb: the measures that it can mean, and the label where one of them is possible."""

LABELS = {
    "Profile": "Profile of {}",
    "Message": "Write to {}",
    "Mention": "Mention {}",
    "Ignore": "Ignore {}",
    "Stop ignoring": "Stop ignoring {}",
    "Make moderator": "Make {} a moderator",
    "Remove as moderator": "Remove {} as moderator",
    "Give voice": "Give voice to {}",
    "Take voice": "Take voice from {}",
    "Let write again": "Let {} write again",
    "Lift the ban": "Lift the ban on {}",
}
"""By the label of the item in the menu of a person: the sentence with the name."""

VERBS: dict[str, frozenset[str]] = {
    "profile": frozenset({"Profile"}),
    "whois": frozenset({"Profile"}),
    "write": frozenset({"Message"}),
    "message": frozenset({"Message"}),
    "msg": frozenset({"Message"}),
    "mention": frozenset({"Mention"}),
    "ignore": frozenset({"Ignore", "Stop ignoring"}),
    "unignore": frozenset({"Stop ignoring"}),
    "stop": frozenset({"Stop ignoring"}),
    "op": frozenset({"Make moderator"}),
    "deop": frozenset({"Remove as moderator"}),
    "make": frozenset({"Make moderator"}),
    "remove": frozenset({"Remove as moderator"}),
    "voice": frozenset({"Give voice", "Take voice"}),
    "unmute": frozenset({"Let write again"}),
    "unban": frozenset({"Lift the ban", "Let write again"}),
    "lift": frozenset({"Lift the ban", "Let write again"}),
}
"""By the first word that was typed: the labels in the menu of a person that it means."""
INVITE = "invite"
LIFTING = frozenset({"unban", "unmute", "lift"})
BANS = "Bans of {}…"
NOBODY = "nobody of this name can be unbanned"


class PersonCommandActions(NamedTuple):
    """What the rows do."""

    items: Callable[[str], Iterable[MenuItem]]
    """Return the items of the menu of a person."""
    moderate: Callable[[str, Deed], object]
    """Open the moderation dialog about a person, with this measure chosen; "" for the usual one."""
    invite: Callable[[str], object]
    """Invite a person to the current channel."""
    bans: Callable[[], object]
    """Show the bans of the current channel."""


class PersonCommands:
    """Makes the rows about the people of a network."""

    def __init__(self, network: Network, actions: PersonCommandActions) -> None:
        self._network = network
        self._actions = actions

    def knows(self, verb: str) -> bool:
        """Return whether a word can be followed by a name."""
        return verb in DEEDS or verb in VERBS or verb == INVITE

    def of(self, verb: str, nick: str) -> Iterator[CommandTarget]:
        """Yield what a verb can mean for a person here and now."""
        name = person_label(self._network, nick)
        if verb in DEEDS:
            yield from self._moderation(verb, nick, name)
        if verb == INVITE and self._may_invite(nick):
            where = self._network.current.name if self._network.current else ""
            yield CommandTarget(f"Invite {name} to {where}", "people", partial(self._actions.invite, nick))
        wanted = VERBS.get(verb)
        if wanted:
            for item in self._actions.items(nick):
                if item.label in wanted:
                    yield CommandTarget(LABELS[item.label].format(name), item.icon, item.action)

    def instead(self, verb: str) -> Iterator[CommandTarget]:
        """Yield what a verb leads to if nothing can be done about anybody: to lift bans, to their list."""
        where = self._network.current
        if verb in LIFTING and where is not None and where.kind == "channel" and where.joined:
            yield CommandTarget(BANS.format(where.name), MODERATION_ICON, self._actions.bans, NOBODY)

    def _moderation(self, verb: str, nick: str, name: str) -> Iterator[CommandTarget]:
        """Yield the row that opens the moderation dialog, if anything can be done about the person."""
        where = self._network.current
        offered = self._offered(verb, where, nick) if where is not None else []
        if offered:
            meant, label = DEEDS[verb]
            deed: Deed = next((each for each in meant if each in offered), "")
            icon = menu_items.MEASURES[deed][1] if deed else MODERATION_ICON
            run = partial(self._actions.moderate, nick, deed)
            yield CommandTarget((label if deed else MODERATE).format(name), icon, run)

    def _offered(self, verb: str, where: Conversation, nick: str) -> list[MeasureKind]:
        """Return the measures that make sense now: in the channel, only against those who are there.

        Who is banned from it already can only be removed, or banned from the server.
        """
        network = self._network
        kinds = moderation.offered(network, where, nick)
        if network.fold(nick) not in where.members:
            return [each for each in kinds if each == "server_ban"]
        bans = bans_on(network, where, nick)
        if any(not is_mute(network, ban) for ban in bans):
            useful = {"server_ban", "remove"} if DEEDS[verb][0] == ("remove",) else {"server_ban"}
            return [each for each in kinds if each in useful]
        return [each for each in kinds if each != "mute" or not bans]

    def _may_invite(self, nick: str) -> bool:
        network, where = self._network, self._network.current
        if where is None or where.kind != "channel" or not where.joined or network.state != "online":
            return False
        return network.fold(nick) not in where.members and network.presence(nick) != "offline"
