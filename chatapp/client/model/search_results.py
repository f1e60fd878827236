"""Old messages that somebody asked for by `/quote`: they are shown as results where one looks.

They are no news and count as none. They are not put into their conversations either: what lies between them
and the history on hand would be missing there, and nobody could see that.

Source: IRCv3 chathistory, labeled-response; soju.im/search
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from itertools import count

from chatapp.client.incoming.events import MessageReceived
from chatapp.client.model.changes import Change
from chatapp.client.model.ignored_people import was_ignored
from chatapp.client.model.incoming_messages import here, note
from chatapp.client.model.network import Network
from chatapp.client.text.formatting import plain
from chatapp.protocol.message import Message

LABEL = "quote-"


class RequestedResults:
    """Remembers which pages of history a person asked for."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._labels: set[str] = set()
        self._targets: list[str] = []  # folded, where the server knows no labels

    def ask(self, network: Network, message: Message) -> Message:
        """Note a command that a person typed; returns it as it is to be sent."""
        if message.command != "CHATHISTORY" or len(message.params) < 2:
            return message
        if "labeled-response" not in network.capabilities:
            self._targets.append(network.fold(message.params[1]))
            return message
        label = message.tags.get("label") or f"{LABEL}{next(self._numbers)}"
        self._labels.add(label)
        return message.tagged(label=label)

    def claims(self, network: Network, target: str, label: str) -> bool:
        """Whether an answer is for a person; it is the last one."""
        if label in self._labels:
            self._labels.discard(label)
            return True
        found = network.find(target)
        folded = network.fold(target)
        if label or folded not in self._targets or (found and found.fetching):  # our own request was earlier
            return False
        self._targets.remove(folded)
        return True

    def forget(self) -> None:
        """The connection is gone, and with it every answer."""
        self._labels.clear()
        self._targets.clear()


def show(network: Network, found: Sequence[MessageReceived], now: float) -> list[Change]:
    """Show old messages as results."""
    conversation, changes = here(network)
    shown = [_line(network, each) for each in found if not was_ignored(network, each.nick, each.account)]
    title = f"Found {len(shown)} message{'' if len(shown) == 1 else 's'}:" if shown else "Nothing was found."
    return [*changes, *note(network, conversation, "system", "\n".join([title, *shown]), now)]


def _line(network: Network, said: MessageReceived) -> str:
    """`2026-03-12 10:02 #general ben: Morning!`."""
    when = time.strftime("%Y-%m-%d %H:%M ", time.localtime(said.time)) if said.time is not None else ""
    where = f"{said.target} " if network.is_channel(said.target) else ""
    who = f"* {said.nick}" if said.kind == "action" else f"{said.nick}:"
    return f"{when}{where}{who} {plain(said.text)}"
