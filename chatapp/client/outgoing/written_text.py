"""From the text in a composer to the text that is sent: names become nicks, short names become emoji."""

from __future__ import annotations

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.client.outgoing import mention_names, slash_commands
from chatapp.client.text import emoji_names


def to_send(network: Network, conversation: Conversation | None, text: str) -> str:
    """Return the text to run or send. Of a slash command only the message in it changes."""
    message = slash_commands.message_part(text)
    if not message or not text.endswith(message):
        return text
    return text.removesuffix(message) + message_to_send(network, conversation, message)


def message_to_send(network: Network, conversation: Conversation | None, text: str) -> str:
    """Return the text of a message that is sent or edited."""
    if conversation is not None:
        text = mention_names.with_nicks(network, conversation, text)
    return emoji_names.replace_short_names(text) if network.short_names else text
