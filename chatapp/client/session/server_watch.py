"""Keeps the overview of a server current while a front-end shows it.

    watch   OVERVIEW WATCH on, with the requests for what an invitation needs; then one for each other part
    NOTE OVERVIEW CHANGED bans, NOTE AUDIT ADDED      →  the part is read again

    MODE +o                                           →  once, whether we are an owner or a moderator

The requests are an order, so that its replies are shown nowhere else.

Source: "The server for owners and moderators" in `chatapp/server/README.md`
"""

from __future__ import annotations

from chatapp.client.incoming.events import ServerText
from chatapp.client.model.changes import Change, ServerOverviewChanged
from chatapp.client.model.network import Network
from chatapp.client.model.orders import Order, Step
from chatapp.client.model.server_overview import (
    CHANGED,
    LOG,
    LOG_ADDED,
    MAX_LOG,
    OF_INVITATIONS,
    PARTS,
    ROWS,
    SETTINGS,
    STATUS,
    ServerOverview,
    is_visible,
    keeps_files,
    take_answers,
)
from chatapp.client.model.server_storage import STORAGE
from chatapp.protocol.message import Message

LOG_PAGE = 500  # entries of one request when the whole log is read


class ServerWatch:
    """What is to be read of one server, and what has been read."""

    def __init__(self) -> None:
        self.overview = ServerOverview()
        self._is_wanted = False
        self._is_watching = False
        self._knows_role = False
        self._due: set[str] = set()
        self._wants_older = False
        self._wants_whole_log = False
        self._reading: Order | None = None

    @property
    def is_wanted(self) -> bool:
        """Whether the overview is kept current."""
        return self._is_wanted

    def watch(self, on: bool) -> None:
        """Begin to read the overview and its changes, or stop."""
        self._is_wanted = on
        if on and self._is_watching:
            self._due |= {STATUS, STORAGE}  # numbers that no report announces
        elif not on:
            self._wants_older = self._wants_whole_log = False

    def read_older_log(self) -> None:
        """Read the next page of the moderation log."""
        self._wants_older = True

    def read_storage(self) -> None:
        """Read again which files the server keeps."""
        self._due.add(STORAGE)

    def read_whole_log(self) -> None:
        """Read all pages of the moderation log, one after the other."""
        self._wants_whole_log = True

    @property
    def is_reading_log(self) -> bool:
        """Whether older pages of the moderation log are still to come."""
        return self._wants_older or self._wants_whole_log

    def takes_text(self, event: ServerText) -> bool:
        """Return whether a text is a report about a change; then the part will be read again."""
        if event.code == LOG_ADDED:
            self._due.add(LOG)
        elif event.code == CHANGED and event.params:
            self._due.add(event.params[0])
        else:
            return False
        if SETTINGS in self._due:
            self._due.add(STATUS)  # the invite links may have changed
        return True

    def connection_lost(self) -> None:
        """Begin anew with the next connection. What was read stays for the moment."""
        self._is_watching = self._knows_role = False
        self._reading = None
        self._wants_older = self._wants_whole_log = False
        self._due.clear()

    def due(self, network: Network, is_free: bool) -> tuple[list[Change], Order | None]:
        """Return what has changed in the overview, or the order that reads what is due next.

        Args:
            is_free: Whether no other order is carried out: those of the user go first, such as the one for a
                new code, and so do those that a front-end gives as soon as it sees a change.
        """
        if self._reading is not None:
            if not self._reading.is_finished:
                return [], None
            self._take(network, self._reading)
            self._reading = None
            return [ServerOverviewChanged(network)], None
        if is_free:
            self._reading = self._next(network)
        return [], self._reading

    def _take(self, network: Network, order: Order) -> None:
        take_answers(self.overview, order.answers)
        if not is_visible(network):
            self.overview = ServerOverview()
        network.server_role = self.overview.role
        self._wants_older = False
        is_full = len(self.overview.log) >= MAX_LOG
        if order.refusals or not self.overview.has_more_log or is_full:
            self._wants_whole_log = False

    def _next(self, network: Network) -> Order | None:
        if not is_visible(network):
            self._is_watching = self._knows_role = False
            return None
        if self._is_watching and not self._is_wanted:
            self._is_watching = False
            self._due.clear()
            return _order([Message("OVERVIEW", ["WATCH", "off"])])
        if not self._is_wanted and self._knows_role:
            return None
        is_first, self._knows_role = not self._knows_role, True
        if not self._is_wanted:
            return _order([_request(STATUS)]) if is_first else None
        messages: list[Message] = []
        if not self._is_watching:
            self._is_watching = True
            self._due = {*PARTS, STORAGE}
            messages.append(Message("OVERVIEW", ["WATCH", "on"]))
        messages += self._requests(network)
        if not messages and self.is_reading_log:
            messages.append(self._older_page())
        return _order(messages) if messages else None

    def _requests(self, network: Network) -> list[Message]:
        """Return the requests for what is due: for all that invitations need, else for one part.

        So a new code is made, or an action of the user carried out, before everything else has been read.
        """
        parts = [part for part in PARTS if part in self._due]
        parts = [part for part in parts if part in OF_INVITATIONS] or parts[:1]
        if not parts and STORAGE in self._due and keeps_files(network):
            parts = [STORAGE]
        self._due.difference_update(parts or self._due)
        requests = [_request(part) for part in parts]
        return [*requests, Message("FILES", ["LARGEST"])] if STORAGE in parts else requests

    def _older_page(self) -> Message:
        log = self.overview.log
        before = str(log[-1].number) if log else "*"
        return Message("OVERVIEW", ["LOG", before, *([str(LOG_PAGE)] if self._wants_whole_log else [])])


def _request(part: str) -> Message:
    return Message("SETTING") if part == SETTINGS else Message("OVERVIEW", [part.upper()])


def _order(messages: list[Message]) -> Order:
    first, *others = messages
    return Order((Step(first, also=tuple(others)),), codes=ROWS)
