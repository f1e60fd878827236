"""Decides which bar stands over the composer: at most one, the most important."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import Literal

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.file_service import file_service
from chatapp.client.model.model import MESSAGE_KINDS
from chatapp.client.model.network import Network
from chatapp.client.model.waiting_messages import Waiting
from chatapp.gui.main.ban_texts import ban_line
from chatapp.gui.widgets.message_bar import Bar
from chatapp.languages.dates import moment
from chatapp.languages.translation import N_, _
from chatapp.protocol.modes import TOPIC_LEVEL

StateAction = Literal[
    "retry", "connect", "check", "start", "join", "resend", "files", "room", "invite", "browse"
]  # fmt: skip
"""What the button of a bar does: try now, choose a server, look at the certificate, start our own server
again, join again, send failed messages or files again, make room for files, copy an invite link, join or make
a channel."""

NO_CONNECTION = N_("No connection.")
STOPPED = N_("The server was stopped.")
STOPPED_HERE = N_("You stopped the server")
LOCAL_STOPPED = N_("The server on this computer has stopped")
NOT_CONNECTED = N_("You are not connected")
CANNOT_STORE = N_("The server's disk is full")
CANNOT_STORE_REASON = N_("It takes no messages until it has room again. What you wrote is kept here.")
NO_ROOM = N_("No room for files now")
NO_ROOM_REASON = N_("Messages still work · the owners of the server were told")
NO_ROOM_ELSEWHERE = N_("Messages still work")
NO_ROOM_OWNER = N_("A file was refused. Delete some files, or let the server take more.")
WAIT_REASON = N_("Each person waits {seconds} s between messages here")
NO_CHANNEL = N_("You are in no channel yet")
NO_CHANNEL_REASON = N_("Join a channel, or write to somebody privately.")
EMPTY = N_("Nothing here yet")
EMPTY_OWNER = N_("Write the first message, or invite people.")
NOT_STORED = N_("No earlier messages")
NOT_STORED_REASON = N_("This server does not store messages. You see what is written while you are here.")
HISTORY = "draft/chathistory"
FLOOD_REASON = N_("This server limits how fast you can write")


@dataclass(frozen=True, slots=True)
class StateBar:
    """What a bar says, and what its button does; None for a bar without a button."""

    bar: Bar
    action: StateAction | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything on which the bar depends.

    Attributes:
        waiting: The own messages that wait in the conversation.
        now: Unix seconds.
        can_start: Whether the server was started by this window and has ended.
        has_cards: Whether the page of a new chat says what to do in an empty conversation.
    """

    network: Network
    conversation: Conversation | None
    waiting: Waiting | None = None
    now: float = 0.0
    can_start: bool = False
    has_cards: bool = False


def state_bar(situation: Situation) -> StateBar | None:
    """Return the most important bar: connection, removed, full disk, files, too fast, nothing here yet."""
    for rule in (_connection, _removed, _storage, _room, _pace, _empty):
        found = rule(situation)
        if found is not None:
            return found
    return None


def _connection(situation: Situation) -> StateBar | None:
    network = situation.network
    is_first = not network.conversations and network.state != "offline"  # the page says that it connects
    if network.state == "online" or is_first:
        return None
    if network.failure == "banned":
        reason = ban_line(network, situation.now)
        bar = Bar("slash", banned_title(network), reason, _("Another chat…"), "dangerbg")
        return StateBar(bar, "connect")
    if network.failure == "certificate" and network.state == "offline":
        title = _("The certificate of {server} has changed")
        if not network.name:
            title = _("The certificate of this server has changed")
        title = title.format(server=network.name)
        return StateBar(Bar("alert", title, network.problem, _("Check it…"), "dangerbg"), "check")
    if network.is_stopped_here and network.state in ("waiting", "offline"):
        bar = Bar("power", _(STOPPED_HERE), "", _("Start it again"), "warnbg", is_primary=True)
        if situation.can_start:
            return StateBar(bar, "start")
        return StateBar(replace(bar, button=_("Connect…")), "connect")
    if situation.can_start and network.state in ("waiting", "offline"):
        # the client puts the reason behind the same words
        words = _("The server on this computer has stopped: {reason}").partition("{reason}")[0]
        reason = network.problem.removeprefix(words)
        bar = Bar("power", _(LOCAL_STOPPED), reason, _("Start it again"), "warnbg", is_primary=True)
        return StateBar(bar, "start")
    if network.state == "offline":
        bar = Bar("wifi-off", _(NOT_CONNECTED), network.problem, _("Connect…"), "warnbg")
        return StateBar(bar, "connect")
    begin, reason = _(NO_CONNECTION), network.problem
    if network.failure == "stopped":
        begin, reason = _(STOPPED), _("You will be reconnected when it is back.")
    if network.state != "waiting":
        return StateBar(Bar("wifi-off", f"{begin} {_('Trying again…')}", reason, "", "warnbg"))
    seconds = max(0, ceil((network.retry_at or situation.now) - situation.now))
    next_try = _("Next try in {seconds} s").format(seconds=seconds)
    return StateBar(Bar("wifi-off", f"{begin} {next_try}", reason, _("Try now"), "warnbg"), "retry")


def banned_title(network: Network) -> str:
    """Return what the bar and the page say to a user who is banned from the server."""
    if not network.name:
        return _("You are banned from this server")
    return _("You are banned from {server}").format(server=network.name)


def _removed(situation: Situation) -> StateBar | None:
    removal = situation.conversation.removal if situation.conversation is not None else None
    if removal is None:
        return None
    if removal.is_invited:
        return StateBar(Bar("door", removal.text, removal.reason, _("Join again"), "okbg"), "join")
    text = removal.text
    if removal.until is not None:
        until = moment(removal.until, situation.now)
        text = _("{removal} until {time}").format(removal=text, time=until)
    return StateBar(Bar("door", text, removal.reason, _("Join again"), "dangerbg"), "join")


def _storage(situation: Situation) -> StateBar | None:
    conversation = situation.conversation
    if not situation.network.cannot_store or conversation is None:
        return None
    has_failed = any(entry.state == "failed" for entry in conversation.entries[-50:])
    button = _("Try again") if has_failed else ""
    bar = Bar("disk", _(CANNOT_STORE), _(CANNOT_STORE_REASON), button, "warnbg")
    return StateBar(bar, "resend" if has_failed else None)


def _room(situation: Situation) -> StateBar | None:
    """Return the bar while the server has no room for a file in the composer, or for one of anybody."""
    conversation = situation.conversation
    if situation.network.lacks_room:
        bar = Bar("disk", _(NO_ROOM), _(NO_ROOM_OWNER), _("This server"), "warnbg")
        return StateBar(bar, "room")
    if conversation is None or not any(each.lacks_room for each in conversation.attachments):
        return None
    is_own = file_service(situation.network) is not None
    reason = _(NO_ROOM_REASON) if is_own else _(NO_ROOM_ELSEWHERE)
    return StateBar(Bar("disk", _(NO_ROOM), reason, _("Try again"), "warnbg"), "files")


def _pace(situation: Situation) -> StateBar | None:
    """Return the bar while messages wait for their turn."""
    waiting = situation.waiting
    if waiting is None or waiting.seconds <= 0:
        return None
    seconds = ceil(waiting.seconds)
    if waiting.is_slow_mode:
        reason = _(WAIT_REASON).format(seconds=waiting.pause) if waiting.pause else ""
        title = _("Slow mode: next message in {seconds} s")
    else:
        title, reason = _("Too fast: next message in {seconds} s"), _(FLOOD_REASON)
    return StateBar(Bar("clock", title.format(seconds=seconds), reason))


def _empty(situation: Situation) -> StateBar | None:
    """Return the bar of a conversation in which nobody has written yet."""
    network, conversation = situation.network, situation.conversation
    if conversation is not None and conversation.kind == "server" and network.conversation_count == 1:
        return StateBar(
            Bar("chat", _(NO_CHANNEL), _(NO_CHANNEL_REASON), _("Join or make a channel")), "browse"
        )
    if conversation is None or situation.has_cards or not is_empty(network, conversation):
        return None
    if conversation.kind == "direct":
        name = network.display_name(conversation.name)
        return StateBar(Bar("chat", _(EMPTY), _("Write the first message to {name}.").format(name=name)))
    if len(conversation.members) <= 1 or network.may(conversation, TOPIC_LEVEL):
        return StateBar(Bar("chat", _(EMPTY), _(EMPTY_OWNER), _("Copy invite link")), "invite")
    if HISTORY not in network.capabilities:
        return StateBar(Bar("chat", _(NOT_STORED), _(NOT_STORED_REASON)))
    return StateBar(Bar("chat", _(EMPTY), _("Write the first message.")))


def is_empty(network: Network, conversation: Conversation) -> bool:
    """Return whether nobody has ever written in a conversation, as far as the server tells."""
    if conversation.kind == "server" or conversation.fetching or conversation.past is not None:
        return False
    if conversation.kind == "channel" and not conversation.joined:
        return False
    may_have_more = "draft/chathistory" in network.capabilities and not conversation.complete
    return not may_have_more and not any(each.kind in MESSAGE_KINDS for each in conversation.entries)
