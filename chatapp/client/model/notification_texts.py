"""The words of a notification: who wrote where, or how many messages are new."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.event_texts import sentence
from chatapp.client.model.file_service import with_file_names
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network
from chatapp.client.model.notification_queue import GatheredNews
from chatapp.client.text.formatting import displayed
from chatapp.languages.translation import _, ngettext

MOST_NAMED = 4  # conversations that are named in one notification


class NotificationText(NamedTuple):
    """What a notification says."""

    title: str
    text: str


def texts(
    news: GatheredNews,
    network_of: Callable[[Conversation], Network],
    server_name: Callable[[Network], str] = lambda network: "",
) -> NotificationText:
    """Return what a notification says.

    Args:
        server_name: Returns the name of a server; "" if it needs no name, because it is the only one.
    """
    network = network_of(news.conversation)
    total = sum(news.counts.values())
    if len(news.counts) > 1:
        names = [_place(network_of(each), each) for each in news.counts]
        more = len(names) - MOST_NAMED
        listed = ", ".join(names[:MOST_NAMED])
        if more > 0:
            text = ngettext("{names} and {count} more", "{names} and {count} more", more)
            listed = text.format(names=listed, count=more)
        return NotificationText(_counted(total), listed)
    return NotificationText(
        _title(network, news, total) + _on(server_name(network)),
        _line(network, news.conversation, news.entry, is_alone=total == 1),
    )


def _title(network: Network, news: GatheredNews, total: int) -> str:
    conversation, entry = news.conversation, news.entry
    place = _place(network, conversation)
    if total > 1:
        if conversation.kind == "direct":
            text = ngettext("{count} new message from {name}", "{count} new messages from {name}", total)
        else:
            text = ngettext("{count} new message in {name}", "{count} new messages in {name}", total)
        return text.format(count=total, name=place)
    if conversation.kind == "direct" or entry.kind not in MESSAGE_KINDS:
        return place
    return _("{name} in {channel}").format(name=network.display_name(entry.nick), channel=place)


def _counted(count: int) -> str:
    return ngettext("{count} new message", "{count} new messages", count).format(count=count)


def _line(network: Network, conversation: Conversation, entry: Entry, is_alone: bool) -> str:
    """Return the message, with its author where the title does not name it."""
    if entry.kind not in MESSAGE_KINDS:
        return sentence(entry, network.display_name)
    author, text = network.display_name(entry.nick), displayed(with_file_names(network, entry.text))
    if entry.kind == "action":
        return f"{author} {text}"
    return text if is_alone or conversation.kind == "direct" else f"{author}: {text}"


def _place(network: Network, conversation: Conversation) -> str:
    if conversation.kind == "direct":
        return network.display_name(conversation.name)
    return conversation.title or conversation.name


def _on(server: str) -> str:
    return f" — {server}" if server else ""
