"""What "Jump to" offers after a verb and the beginning of a name: "ban ben", "ignore dee", "profile chen".

A verb is understood in the chosen language and in English.
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
from chatapp.languages.translation import N_, _, pgettext

Deed = MeasureKind | Literal[""]

MODERATE = N_("Remove or ban {name}…")
MODERATION_ICON = "shield"
DEEDS: dict[str, tuple[tuple[MeasureKind, ...], str]] = {
    "ban": (("ban", "server_ban"), N_("Ban {name}…")),
    "mute": (("mute",), N_("Mute {name}…")),
    "remove": (("remove",), N_("Remove {name}…")),
    "kick": (("remove",), N_("Remove {name}…")),
    "moderate": ((), MODERATE),
}
"""By the verb: the measures that it can mean, and the label where one of them is possible."""

LABELS = {
    "profile": N_("Profile of {name}"),
    "message": N_("Write to {name}"),
    "mention": N_("Mention {name}"),
    "ignore": N_("Ignore {name}"),
    "unignore": N_("Stop ignoring {name}"),
    "op": N_("Make {name} a moderator"),
    "deop": N_("Remove {name} as moderator"),
    "voice": N_("Give voice to {name}"),
    "devoice": N_("Take voice from {name}"),
    "unmute": N_("Let {name} write again"),
    "unban": N_("Lift the ban on {name}"),
}
"""By the name of the item in the menu of a person: the sentence with the name of the person."""

VERBS: dict[str, frozenset[str]] = {
    "profile": frozenset({"profile"}),
    "whois": frozenset({"profile"}),
    "write": frozenset({"message"}),
    "message": frozenset({"message"}),
    "msg": frozenset({"message"}),
    "mention": frozenset({"mention"}),
    "ignore": frozenset({"ignore", "unignore"}),
    "unignore": frozenset({"unignore"}),
    "stop": frozenset({"unignore"}),
    "op": frozenset({"op"}),
    "deop": frozenset({"deop"}),
    "make": frozenset({"op"}),
    "remove": frozenset({"deop"}),
    "voice": frozenset({"voice", "devoice"}),
    "unmute": frozenset({"unmute"}),
    "unban": frozenset({"unban", "unmute"}),
    "lift": frozenset({"unban", "unmute"}),
}
"""By the first word that was typed: the items in the menu of a person that it means."""
INVITE = "invite"
LIFTING = frozenset({"unban", "unmute", "lift"})
BANS = N_("Bans of {channel}…")
NOBODY = N_("nobody with this name can be unbanned")


def translated_verbs() -> dict[str, str]:
    """Return the verbs that have a word of their own in the chosen language: that word by the English one."""
    return {
        "ban": pgettext("a command before a name", "ban"),
        "ignore": pgettext("a command before a name", "ignore"),
        INVITE: pgettext("a command before a name", "invite"),
        "mention": pgettext("a command before a name", "mention"),
        "moderate": pgettext("a command before a name", "moderate"),
        "mute": pgettext("a command before a name", "mute"),
        "op": pgettext("a command before a name", "op"),
        "profile": pgettext("a command before a name", "profile"),
        "remove": pgettext("a command before a name", "remove"),
        "unban": pgettext("a command before a name", "unban"),
        "unmute": pgettext("a command before a name", "unmute"),
        "write": pgettext("a command before a name", "write"),
    }


def typed_verb(verb: str) -> str:
    """Return what to put into the field for a verb: its word in the chosen language and a space."""
    return f"{translated_verbs().get(verb, verb)} "


class PersonCommandActions(NamedTuple):
    """What the rows do."""

    items: Callable[[str], Iterable[MenuItem]]
    """Return the items of the menu of a person."""
    moderate: Callable[[str, Deed], object]
    """Open the moderation dialog about a person, with this measure chosen; "" for the usual one."""
    remove: Callable[[str, str], object]
    """Remove a person from the current channel for a reason, without a dialog."""
    invite: Callable[[str], object]
    """Invite a person to the current channel."""
    bans: Callable[[], object]
    """Show the bans of the current channel."""


class PersonCommands:
    """Makes the rows about the people of a network."""

    def __init__(self, network: Network, actions: PersonCommandActions) -> None:
        self._network = network
        self._actions = actions

    def verb(self, word: str) -> str:
        """Return the verb, in English, that a typed word stands for; empty if no name can follow it."""
        word = word.casefold()
        if word in DEEDS or word in VERBS or word == INVITE:
            return word
        return next((verb for verb, own in translated_verbs().items() if own.casefold() == word), "")

    def of(self, verb: str, nick: str) -> Iterator[CommandTarget]:
        """Yield what a verb can mean for a person here and now."""
        name = person_label(self._network, nick)
        if verb in DEEDS:
            yield from self._moderation(verb, nick, name)
        if verb == INVITE and self._may_invite(nick):
            where = self._network.current.name if self._network.current else ""
            label = _("Invite {name} to {channel}").format(name=name, channel=where)
            yield CommandTarget(label, "people", partial(self._actions.invite, nick))
        wanted = VERBS.get(verb)
        if wanted:
            for item in self._actions.items(nick):
                if item.name in wanted:
                    yield CommandTarget(_(LABELS[item.name]).format(name=name), item.icon, item.action)

    def with_reason(self, verb: str, nick: str, reason: str) -> Iterator[CommandTarget]:
        """Yield the row that removes a person at once, for a reason that was typed after the name."""
        where = self._network.current
        is_removal = verb in DEEDS and "remove" in DEEDS[verb][0]
        if where is not None and is_removal and "remove" in self._offered(verb, where, nick):
            name = person_label(self._network, nick)
            label = _("Remove {name} now, reason: {reason}").format(name=name, reason=reason)
            run = partial(self._actions.remove, nick, reason)
            yield CommandTarget(label, menu_items.MEASURES["remove"][1], run)

    def instead(self, verb: str) -> Iterator[CommandTarget]:
        """Yield what a verb leads to if nothing can be done about anybody: to lift bans, to their list."""
        where = self._network.current
        if verb in LIFTING and where is not None and where.kind == "channel" and where.joined:
            label = _(BANS).format(channel=where.name)
            yield CommandTarget(label, MODERATION_ICON, self._actions.bans, _(NOBODY))

    def _moderation(self, verb: str, nick: str, name: str) -> Iterator[CommandTarget]:
        """Yield the row that opens the moderation dialog, if anything can be done about the person."""
        where = self._network.current
        offered = self._offered(verb, where, nick) if where is not None else []
        if offered:
            meant, label = DEEDS[verb]
            deed: Deed = next((each for each in meant if each in offered), "")
            icon = menu_items.MEASURES[deed][1] if deed else MODERATION_ICON
            run = partial(self._actions.moderate, nick, deed)
            yield CommandTarget(_(label if deed else MODERATE).format(name=name), icon, run)

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
