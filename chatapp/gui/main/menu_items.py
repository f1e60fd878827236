"""The context menu items of people and conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from chatapp.client.model import favourites
from chatapp.client.model.channel_roles import is_above_operators
from chatapp.client.model.conversation import Conversation, NotifyLevel
from chatapp.client.model.ignored_people import is_ignored
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.notification_rules import usual_level
from chatapp.client.outgoing.moderation import MeasureKind
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.languages.translation import N_, _, pgettext
from chatapp.protocol import modes

NOTIFY_LABELS: dict[NotifyLevel, str] = {
    "default": N_("Same as in the settings ({level})"),
    "everything": N_("Notify me of every message"),
    "mentions": N_("Notify me of mentions"),
    "nothing": N_("Notify me of nothing"),
}
MUTE = N_("Mute: no number, no bold name")
LEVEL_TEXTS = {"everything": N_("every message"), "mentions": N_("mentions of you"), "nothing": N_("nothing")}
FAVOURITE_KEY = "Ctrl+Shift+D"
MEASURES: dict[MeasureKind, tuple[str, str]] = {
    "mute": (N_("Mute…"), "lock"),
    "remove": (N_("Remove…"), "door"),
    "ban": (N_("Ban…"), "shield"),
    "server_ban": (N_("Ban…"), "shield"),
}
"""Label and icon of each measure in the menu of a person."""


class PersonActions(NamedTuple):
    """What the menu of a person can do."""

    profile: Callable[[], object]
    message: Callable[[], object]
    mention: Callable[[], object]
    ignore: Callable[[], object]
    """Ignore the person, or no longer."""
    set_rank: Callable[[str, bool], object]
    """Give (True) or take the rank with this letter."""
    moderate: Callable[[MeasureKind], object]
    """Open the moderation dialog with this measure chosen."""
    measures: Sequence[MeasureKind] = ()
    """What can be done, mildest first."""
    lift: Callable[[], object] | None = None
    """Lift the bans and mutes on the person; None if there are none."""
    lifts_mutes: bool = False
    """Whether these are only mutes."""


def person_items(
    network: Network, conversation: Conversation | None, nick: str, actions: PersonActions
) -> Iterator[MenuItem]:
    """Yield the menu items of a person seen in a conversation."""
    if network.is_me(nick):
        yield MenuItem(_("My profile"), actions.profile, icon="person")
        return
    ignored = is_ignored(network, nick)
    yield MenuItem(_("Profile"), actions.profile, icon="person", name="profile")
    yield MenuItem(pgettext("verb", "Message"), actions.message, icon="chat", name="message")
    yield MenuItem(pgettext("verb", "Mention"), actions.mention, icon="at", name="mention")
    yield MenuItem()
    label, name = (_("Stop ignoring"), "unignore") if ignored else (_("Ignore"), "ignore")
    yield MenuItem(label, actions.ignore, icon="slash", name=name)
    ranks = list(_rank_items(network, conversation, nick, actions.set_rank))
    if ranks or actions.measures or actions.lift:
        yield MenuItem()
    yield from ranks
    if actions.lift is not None:
        label, name = (_("Lift the ban"), "unban")
        if actions.lifts_mutes:
            label, name = (_("Let write again"), "unmute")
        yield MenuItem(label, actions.lift, icon="undo", name=name)
    yield from _measure_items(actions)


def _measure_items(actions: PersonActions) -> Iterator[MenuItem]:
    """Yield the items that open the moderation dialog; both bans are in the dialog of one item."""
    kinds = list(actions.measures)
    if "ban" in kinds and "server_ban" in kinds:
        kinds.remove("server_ban")
    for kind in kinds:
        label, icon = MEASURES[kind]
        yield MenuItem(_(label), partial(actions.moderate, kind), icon=icon, dangerous=True)


def _rank_items(
    network: Network,
    conversation: Conversation | None,
    nick: str,
    set_rank: Callable[[str, bool], object],
) -> Iterator[MenuItem]:
    """Yield the items that give or take the ranks of a moderator and of voice."""
    member = conversation.members.get(network.fold(nick)) if conversation else None
    if conversation is None or member is None or network.state != "online":
        return
    if is_above_operators(network, member):  # an owner needs neither rank
        return
    prefixes = network.prefixes()
    for letter, icon, name, give, take in (
        ("o", "shield", "op", _("Make moderator"), _("Remove as moderator")),
        ("v", "chat", "voice", _("Give voice"), _("Take voice")),
    ):
        has_it = prefixes.get(letter, " ") in member.ranks
        is_useful = letter == "o" or has_it or "m" in (conversation.modes or ())
        if letter in prefixes and is_useful and network.may(conversation, modes.RANKS[letter].giver):
            label, name = (take, f"de{name}") if has_it else (give, name)
            yield MenuItem(label, partial(set_rank, letter, not has_it), icon=icon, name=name)


class ConversationActions(NamedTuple):
    """What the menu of a conversation can do."""

    run: Callable[[str], object]
    """Execute a slash command there."""
    mark_read: Callable[[], object]
    mark_unread: Callable[[], object]
    mute: Callable[[], object]
    """Mute the conversation, or stop muting it."""
    notify: Callable[[NotifyLevel], object]
    """Set which messages the user is notified of."""
    favourite: Callable[[], object]
    """Make it a favourite, or none."""
    move: Callable[[int], object]
    """Move it up (-1) or down (1) among the favourites."""
    copy_link: Callable[[], object]
    leave: Callable[[], object]
    """Leave the channel, or close the conversation."""
    settings: Callable[[], object]
    """Open the settings of the channel."""
    profile: Callable[[], object]
    """Show the profile of the person."""


def conversation_items(
    network: Network, conversation: Conversation, actions: ConversationActions, notify_of: str = "direct"
) -> Iterator[MenuItem]:
    """Yield the menu items of a conversation in the sidebar, and of the header.

    Args:
        notify_of: Of what the user is notified by the settings.
    """
    if conversation.unread or conversation.mentions:
        yield MenuItem(_("Mark as read"), actions.mark_read, icon="check")
    elif last_message_of_others(conversation) is not None:
        yield MenuItem(_("Mark as unread"), actions.mark_unread, icon="eye")
    if conversation.kind != "server":
        yield from favourite_items(network, conversation, actions)
        yield MenuItem()
        yield from notify_items(conversation, actions, notify_of)
        yield MenuItem()
    if conversation.kind == "direct":
        yield MenuItem(_("Profile"), actions.profile, icon="person")
    if conversation.kind == "channel" and network.state == "online" and not conversation.joined:
        yield MenuItem(_("Join again"), lambda: actions.run(f"/join {conversation.name}"), icon="plus")
    if conversation.kind == "channel" and conversation.joined:
        if network.state == "online":
            yield MenuItem(_("Channel settings…"), actions.settings, icon="gear", key="Ctrl+Shift+I")
            yield MenuItem(_("Copy invite link"), actions.copy_link, icon="link")
        yield MenuItem(_("Leave"), actions.leave, icon="door")
    else:
        yield MenuItem(_("Close"), actions.leave, icon="x")


def favourite_items(
    network: Network, conversation: Conversation, actions: ConversationActions
) -> Iterator[MenuItem]:
    """Yield the items that concern the favourites; one at the top cannot move up."""
    if not conversation.favourite:
        yield MenuItem(_("Add to favourites"), actions.favourite, icon="star", key=FAVOURITE_KEY)
        return
    yield MenuItem(_("Remove from favourites"), actions.favourite, icon="star-full", key=FAVOURITE_KEY)
    for label, icon, step in ((_("Move up"), "up", -1), (_("Move down"), "down", 1)):
        if favourites.neighbour(network, conversation, step) is not None:
            yield MenuItem(label, partial(actions.move, step), icon=icon)


def notify_items(
    conversation: Conversation, actions: ConversationActions, notify_of: str
) -> Iterator[MenuItem]:
    """Yield the items of the bell: of which messages the user is notified, and muting.

    Args:
        notify_of: Of what the user is notified by the settings.
    """
    usual = _(LEVEL_TEXTS[usual_level(conversation.kind, notify_of)])
    for level, label in NOTIFY_LABELS.items():
        is_set = level == conversation.notify and not conversation.muted
        text = _(label).format(level=usual)
        yield MenuItem(text, partial(actions.notify, level), icon="check" if is_set else "")
    yield (
        MenuItem(pgettext("notifications", "Unmute"), actions.mute, icon="bell")
        if conversation.muted
        else MenuItem(_(MUTE), actions.mute, icon="bell-off")
    )


def last_message_of_others(conversation: Conversation) -> Entry | None:
    """Return the last message that can be unread."""
    entries = reversed(conversation.entries)
    return next((each for each in entries if each.is_confirmed_message and not each.own), None)
