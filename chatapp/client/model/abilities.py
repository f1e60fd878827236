"""What the user may do with a message now: send, reply, react, edit, delete. A front-end offers nothing else.

It depends on the capabilities of the server, on whether we are in the conversation, and on our rank. The
server decides in the end and may still refuse.

Source: IRCv3 message-tags (CLIENTTAGDENY), reply, react, message-redaction, message-edit, chathistory
"""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.protocol.modes import KICK_LEVEL
from chatapp.protocol.numbers import parse_whole

REPLY_TAG = "+reply"
REACT_TAG = "+draft/react"
UNREACT_TAG = "+draft/unreact"
EDIT = "draft/message-edit"
REDACTION = "draft/message-redaction"

_NEEDED_FOR_HISTORY = frozenset({"batch", "server-time", "message-tags"})


def can_send(network: Network, conversation: Conversation) -> bool:
    """Return whether messages can be sent there now."""
    return network.state == "online" and (conversation.joined or conversation.kind == "direct")


def has_history(network: Network) -> bool:
    """Return whether the server has CHATHISTORY; some servers announce it in ISUPPORT alone."""
    offered = "draft/chathistory" in network.capabilities or "CHATHISTORY" in network.isupport
    return offered and network.capabilities >= _NEEDED_FOR_HISTORY


def may_reply(network: Network, conversation: Conversation) -> bool:
    """Return whether messages to this conversation can be marked as replies, now or when we are back."""
    return conversation.kind != "server" and is_tag_relayed(network, REPLY_TAG)


def may_react(network: Network, conversation: Conversation) -> bool:
    """Return whether the user can react to the messages of this conversation."""
    is_relayed = is_tag_relayed(network, REPLY_TAG) and is_tag_relayed(network, REACT_TAG)
    return is_relayed and can_send(network, conversation)


def may_edit(network: Network, conversation: Conversation, entry: Entry) -> bool:
    """Return whether the user can change the text of this message: an own one, within the server's time."""
    if EDIT not in network.capabilities or not can_send(network, conversation):
        return False
    if not entry.own or entry.kind != "message" or not _is_stored(entry):
        return False
    seconds = edit_seconds(network)
    return not seconds or network.time(network.wall) - entry.time < seconds


def may_delete(network: Network, conversation: Conversation, entry: Entry) -> bool:
    """Return whether the user can delete this message: an own one, or any as a moderator of the channel."""
    if REDACTION not in network.capabilities or not can_send(network, conversation):
        return False
    return _is_stored(entry) and (entry.own or may_moderate(network, conversation))


def may_moderate(network: Network, conversation: Conversation) -> bool:
    """Return whether our rank allows us to delete the messages of others."""
    return conversation.kind == "channel" and network.may(conversation, KICK_LEVEL)


def edit_seconds(network: Network) -> int:
    """Return how long after it was sent a message can be changed; 0 for any time."""
    return capability_number(network, EDIT, "window")


def capability_number(network: Network, capability: str, key: str) -> int:
    """Return a number in the value of a capability, such as 4096 of `max-bytes=4096`; 0 if it has none."""
    items = (item.partition("=") for item in network.capability_values.get(capability, "").split(","))
    found = next((value for name, _, value in items if name == key), "")
    return parse_whole(found) or 0


def is_tag_relayed(network: Network, tag: str) -> bool:
    """Return whether the server passes on a client-only tag, given with its `+`."""
    if "message-tags" not in network.capabilities:
        return False
    name = tag.removeprefix("+")
    denied = network.isupport.get("CLIENTTAGDENY", "").split(",")
    return name not in denied and ("*" not in denied or f"-{name}" in denied)


def _is_stored(entry: Entry) -> bool:
    """Return whether this is a message that the server knows under a msgid and that is not deleted."""
    return entry.is_confirmed_message and bool(entry.msgid) and not entry.deleted_by
