"""Collects the user's own messages: everything that the server still has, page by page, in the background.
Without a connection, those that are loaded.

    CHATHISTORY TARGETS     which conversations there are; channels only if we are in them
    CHATHISTORY BEFORE      each conversation from its end to its beginning
    then a thread writes the file

What was found waits in a temporary file, see `export_spool`: the messages of years need no memory. There is
one request at a time, so that the conversation which the user reads does not wait. A page is recognised by
its label.

Source: IRCv3 chathistory, labeled-response
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from chatapp.client.incoming.error_texts import error_text
from chatapp.client.incoming.events import ErrorReply, HistoryPage, HistoryTargets, MessageReceived
from chatapp.client.local.export_file import OwnMessage
from chatapp.client.local.export_spool import ExportSpool
from chatapp.client.model.changes import Change, ExportChanged
from chatapp.client.model.exports import MessageExport
from chatapp.client.model.history import limit, reference_parameter
from chatapp.client.model.incoming_messages import MILLISECOND
from chatapp.client.model.model import MESSAGE_KINDS, Reference
from chatapp.client.model.network import Network
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import EARLIEST, iso_of_seconds

LABEL = "export-"
PAGE = 500  # messages to request at once
TARGETS = 1000  # conversations to request
ANSWER_SECONDS = 30.0  # after which a request counts as never answered
LOST = N_("The connection was lost before all messages had arrived.")
NO_ANSWER = N_("The server did not answer.")
NO_ROOM = N_("Your messages could not be kept until the file is written: {problem}.")

Outcome = tuple[list[Change], list[Message]]
"""What to repaint, what to send."""


@dataclass(frozen=True, slots=True)
class ExportWritten:
    """An item of the inbox: the file of an export was written, or could not be, or was given up."""

    export: MessageExport
    problem: str
    was_stopped: bool


class Exports:
    """The export of one network; there is one at a time.

    Args:
        write: Writes a file with the name of the chat, our name and the messages, closes these, and puts the
            outcome into the inbox, from which it is passed to `written`.
    """

    def __init__(self, write: Callable[[MessageExport, str, str, ExportSpool], object]) -> None:
        self._write = write
        self._numbers = count(1)
        self._export: MessageExport | None = None  # while messages are collected
        self._label = ""  # of the request that was not answered yet
        self._sent_at = 0.0
        self._targets: deque[str] = deque()  # the first one is being fetched
        self._reached: Reference | None = None  # the oldest row of that conversation
        self._spool: ExportSpool | None = None
        self._known: frozenset[str] = frozenset()  # msgids of the page before: pages may overlap

    def begin(self, network: Network, path: Path) -> tuple[MessageExport, Outcome]:
        """Begin an export; an earlier one is cancelled."""
        changes = self.cancel(network)
        self._export = export = MessageExport(path)
        if network.state != "online":
            return export, self._fail(network, _(LOST))
        end = f"timestamp={iso_of_seconds(network.time(network.wall) + 60)}"
        start = f"timestamp={iso_of_seconds(EARLIEST)}"
        number = str(limit(network, TARGETS))
        request = self._request(network, Message("CHATHISTORY", ["TARGETS", end, start, number]))
        return export, ([*changes, ExportChanged(network, export)], [request])

    def save_loaded(self, network: Network, path: Path) -> tuple[MessageExport, list[Change]]:
        """Write the own messages that are loaded, without a connection; an earlier export is cancelled."""
        changes = self.cancel(network)
        self._export = export = MessageExport(path, is_partial=True)
        self._spool = ExportSpool(network.fold)
        for conversation in network.conversations.values():
            own = [
                OwnMessage(conversation.name, each.time, each.kind, each.text, each.msgid, each.reply_to)
                for each in conversation.entries
                if each.own and each.kind in MESSAGE_KINDS and each.state == "sent" and not each.deleted_by
            ]
            try:
                self._spool.add(conversation.name, own)
            except OSError as error:
                problem = _(NO_ROOM).format(problem=error.strerror or error)
                return export, [*changes, *self._fail(network, problem)[0]]
            export.found += len(own)
        return export, [*changes, *self._finish(network)]

    def cancel(self, network: Network, wanted: MessageExport | None = None) -> list[Change]:
        """Stop the export, if it is this one. A file that is being written is given up a moment later.

        Args:
            wanted: None for the one for which messages are collected.
        """
        export = self._export
        if wanted is not None and wanted.state == "writing":
            wanted.is_stopped = True
            return []
        if export is None or wanted not in (None, export):
            return []
        export.state = "cancelled"
        return self._end(network)

    # replies

    def receive_targets(self, network: Network, event: HistoryTargets) -> Outcome | None:
        """Apply the list of conversations; None if it answers another request."""
        if not self._is_answer(event.label):
            return None
        names = {network.fold(each.name): each.name for each in network.channels() if each.joined}
        names |= {
            network.fold(each.name): each.name
            for each in network.conversations.values()
            if each.kind == "direct"
        }
        names |= {network.fold(name): name for name, _ in event.targets if not network.is_channel(name)}
        return self._begin_conversations(network, list(names.values()))

    def receive_page(self, network: Network, event: HistoryPage) -> Outcome | None:
        """Take our own messages out of a page; None if it answers another request."""
        export = self._export
        if export is None or not self._targets or not self._is_answer(event.label):
            return None
        name = self._targets[0]
        fresh = [
            OwnMessage(name, each.time or 0.0, each.kind, each.text, each.msgid, each.reply_to)
            for each in event.messages
            if _is_own(network, each) and each.msgid not in self._known
        ]
        self._known = frozenset(each.msgid for each in event.messages if each.msgid)
        if self._spool is None:
            self._spool = ExportSpool(network.fold)
        try:
            self._spool.add(name, fresh)
        except OSError as error:
            return self._fail(network, _(NO_ROOM).format(problem=error.strerror or error))
        export.found += len(fresh)
        first = event.first
        before = self._reached
        if first is None or first.time is None or (before is not None and first.time >= before.time):
            return self._next(network)
        self._reached = Reference(first.msgid, first.time)
        return [ExportChanged(network, export)], [self._page(network)]

    def refused(self, network: Network, event: ErrorReply) -> Outcome | None:
        """Go on after an error: without a list with the open conversations, else with the next one."""
        if self._export is None or not self._is_answer(event.label):
            return None
        if self._targets:
            return self._next(network)
        if "TARGETS" in event.about or not event.about:
            names = [each.name for each in network.conversations.values() if each.kind != "server"]
            return self._begin_conversations(network, names)
        return self._fail(network, error_text(event))

    def written(
        self, network: Network, export: MessageExport, problem: str, was_stopped: bool
    ) -> list[Change]:
        """Note that the file was written, or why not."""
        export.problem = problem
        export.state = "cancelled" if was_stopped else "failed" if problem else "done"
        return [ExportChanged(network, export)]

    # time and the connection

    def due(self, network: Network) -> list[Change]:
        """Give up if the server does not answer."""
        if not self._label or network.monotonic - self._sent_at < ANSWER_SECONDS:
            return []
        return self._fail(network, _(NO_ANSWER))[0]

    def connection_lost(self, network: Network) -> list[Change]:
        """Give up: what is missing cannot be fetched now."""
        return self._fail(network, _(LOST))[0] if self._export else []

    # details

    def _begin_conversations(self, network: Network, names: list[str]) -> Outcome:
        export = self._export
        assert export is not None
        self._targets = deque(sorted(names, key=network.fold))
        self._reached, self._known = None, frozenset()
        export.conversations = len(names)
        if not names:
            return self._finish(network), []
        return [ExportChanged(network, export)], [self._page(network)]

    def _next(self, network: Network) -> Outcome:
        """Go on with the next conversation; write the file after the last one."""
        export = self._export
        assert export is not None
        self._targets.popleft()
        self._reached, self._known = None, frozenset()
        export.finished += 1
        if not self._targets:
            return self._finish(network), []
        return [ExportChanged(network, export)], [self._page(network)]

    def _finish(self, network: Network) -> list[Change]:
        export = self._export
        assert export is not None
        export.state = "writing"
        messages = ExportSpool() if self._spool is None else self._spool
        self._spool = None
        self._write(export, network.name, network.display_name(network.nick), messages)
        return self._end(network)

    def _fail(self, network: Network, reason: str) -> Outcome:
        if self._export is not None:
            self._export.state, self._export.problem = "failed", reason
        return self._end(network), []

    def _end(self, network: Network) -> list[Change]:
        export, self._export = self._export, None
        self._label = ""
        self._targets.clear()
        if self._spool is not None:
            self._spool.close()
            self._spool = None
        return [ExportChanged(network, export)] if export else []

    def _page(self, network: Network) -> Message:
        """Return the request of the next page of the present conversation."""
        number = str(limit(network, PAGE))
        if self._reached is None:
            return self._request(network, Message("CHATHISTORY", ["LATEST", self._targets[0], "*", number]))
        reference = reference_parameter(network, self._reached, MILLISECOND)
        return self._request(network, Message("CHATHISTORY", ["BEFORE", self._targets[0], reference, number]))

    def _request(self, network: Network, message: Message) -> Message:
        self._label, self._sent_at = f"{LABEL}{next(self._numbers)}", network.monotonic
        return message.tagged(label=self._label)

    def _is_answer(self, label: str) -> bool:
        """Return whether a reply answers our request, and forget that request."""
        if not label or label != self._label:
            return False
        self._label = ""
        return True


def _is_own(network: Network, message: MessageReceived) -> bool:
    if message.account:
        return network.fold(message.account) == network.fold(network.account or "*")
    return network.is_me(message.nick)
