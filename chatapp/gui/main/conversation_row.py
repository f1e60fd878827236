"""The row of a conversation in the list."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.main.unread_counts import unread_count
from chatapp.gui.theme.avatars import Presence
from chatapp.gui.widgets.list_row import ListRow, Mark
from chatapp.languages.translation import N_, _

SERVER_KEY = "*"  # key of the server's own conversation, which has no name
SERVER_TITLE = N_("Messages")
SERVER_LONG_TITLE = N_("Messages from the server")  # where no heading says that it is about the server
PRIVATE_MODES = frozenset("ipsk")  # invite only, private, secret, with a key


def conversation_key(conversation: Conversation) -> str:
    """Return the key of the row of a conversation."""
    return conversation.name or SERVER_KEY


def conversation_name(key: str) -> str:
    """Return the name of the conversation in the row with this key."""
    return "" if key == SERVER_KEY else key


def title(network: Network, conversation: Conversation) -> str:
    """Return the name to show beside the icon: a channel without its `#`, a person by the display name."""
    if conversation.kind == "server":
        return _(SERVER_TITLE)
    if conversation.kind == "direct":
        return network.display_name(conversation.name)
    return without_hash(conversation.title)


def without_hash(name: str) -> str:
    """Return `general` for `#general`, which is shown beside the icon of a channel."""
    return name[1:] if name.startswith("#") and len(name) > 1 else name


def kind_icon(conversation: Conversation) -> str:
    """Return the icon of a channel or of the server's messages; "" for a person, who has an avatar."""
    if conversation.kind == "direct":
        return ""
    return "globe" if conversation.kind == "server" else "lock" if is_private(conversation) else "hash"


def is_private(conversation: Conversation) -> bool:
    """Return whether not everybody can find and join this channel."""
    return bool(conversation.channel_key or (conversation.modes and conversation.modes & PRIVATE_MODES))


def presence_mark(network: Network, nick: str) -> Presence:
    """Return the presence for an avatar; "" if it is unknown."""
    presence = network.presence(nick)
    return "" if presence == "unknown" else presence


def is_left(network: Network, conversation: Conversation) -> bool:
    """Return whether we are not in this channel, or no longer; unknown while we are not connected."""
    return conversation.kind == "channel" and network.state == "online" and not conversation.joined


def conversation_row(network: Network, conversation: Conversation) -> ListRow:
    """Return a row: bold with a number if unread, with a badge if mentioned, faint if muted or left."""
    count = unread_count(conversation)
    has_left = is_left(network, conversation)
    role = "faint" if (conversation.muted or has_left) and not count.number else "text"
    is_direct = conversation.kind == "direct"
    strong = bool(count.number) or conversation is network.current
    marks = []
    if conversation.muted:
        marks.append(Mark("bell-off", "faint", _("Muted")))
    if (conversation.draft.strip() or conversation.attachments) and conversation is not network.current:
        marks.append(Mark("pencil", "muted", _("You have not sent what you wrote")))
    return ListRow(
        key=conversation_key(conversation),
        text=title(network, conversation),
        note=(_("(removed)") if conversation.removal else _("(left)")) if has_left else "",
        icon=kind_icon(conversation),
        icon_role="text" if strong else "faint" if role == "faint" else "muted",
        avatar=conversation.name if is_direct else "",
        colour=network.colour(conversation.name) if is_direct else None,
        presence=presence_mark(network, conversation.name) if is_direct else "",
        role=role,
        bold=bool(count.number),
        count=count.text,
        badge=count.badge,
        marks=tuple(marks),
    )
