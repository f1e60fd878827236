"""Old messages that the user requested with `/quote`, shown as results in the current conversation.

They do not count as unread, and they are not inserted into their conversations: the messages between them and
the history that is here would be missing, and the user could not see that.

Source: IRCv3 chathistory, labeled-response; soju.im/search
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count

from chatapp.client.incoming.events import MessageReceived
from chatapp.client.model.changes import Change
from chatapp.client.model.ignored_people import was_ignored
from chatapp.client.model.incoming_messages import current_conversation, note
from chatapp.client.model.network import Network
from chatapp.client.text.formatting import plain
from chatapp.languages.translation import _, ngettext
from chatapp.protocol.message import Message

LABEL = "quote-"


class RequestedResults:
    """Remembers which pages of history the user requested."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._labels: set[str] = set()
        self._targets: list[str] = []  # folded; used if the server has no labels

    def note_request(self, network: Network, message: Message) -> Message:
        """Note a command that the user typed; return it as it must be sent."""
        if message.command != "CHATHISTORY" or len(message.params) < 2:
            return message
        if "labeled-response" not in network.capabilities:
            self._targets.append(network.fold(message.params[1]))
            return message
        label = message.tags.get("label") or f"{LABEL}{next(self._numbers)}"
        self._labels.add(label)
        return message.tagged(label=label)

    def claims(self, network: Network, target: str, label: str) -> bool:
        """Return whether a page was requested by the user, and forget that request."""
        if label in self._labels:
            self._labels.discard(label)
            return True
        found = network.find(target)
        folded = network.fold(target)
        is_requested_by_client = found is not None and found.fetching  # and that request came first
        if label or folded not in self._targets or is_requested_by_client:
            return False
        self._targets.remove(folded)
        return True

    def reset(self) -> None:
        """Forget all requests, because the connection is lost."""
        self._labels.clear()
        self._targets.clear()


def show(network: Network, found: Sequence[MessageReceived], now: float) -> list[Change]:
    """Show old messages as results in the current conversation."""
    conversation, changes = current_conversation(network)
    shown = [_line(network, each) for each in found if not was_ignored(network, each.nick, each.account)]
    count = len(shown)
    title = ngettext("Found {count} message:", "Found {count} messages:", count).format(count=count)
    title = title if shown else _("No messages were found.")
    return [*changes, *note(network, conversation, "system", "\n".join([title, *shown]), now)]


def _line(network: Network, message: MessageReceived) -> str:
    """`2026-03-12 10:02 #general ben: Morning!`."""
    when = time.strftime("%Y-%m-%d %H:%M ", time.localtime(message.time)) if message.time is not None else ""
    where = f"{message.target} " if network.is_channel(message.target) else ""
    who = f"* {message.nick}" if message.kind == "action" else f"{message.nick}:"
    return f"{when}{where}{who} {plain(message.text)}"
