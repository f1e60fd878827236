"""Finds messages on one network: sends the requests of searches and of older places, and knows the replies.

A reply is recognised by its label. Without labels the order counts: a server answers the requests for one
conversation in turn.

Source: soju.im/search; IRCv3 chathistory, labeled-response
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from chatapp.client.incoming.error_texts import error_text
from chatapp.client.incoming.events import ErrorReply, HistoryPage, SearchResults
from chatapp.client.model import past, search_hits
from chatapp.client.model.changes import (
    Change,
    ContextFound,
    ConversationChanged,
    PlaceUnavailable,
    SearchFinished,
)
from chatapp.client.model.conversation import Conversation, Fetch
from chatapp.client.model.history import has_few_messages, is_available
from chatapp.client.model.model import Reference
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit, SearchQuery, SearchResult, resolved, server_can_search
from chatapp.languages.translation import N_, _
from chatapp.protocol.message import Message

LABEL = "find-"
ANSWER_SECONDS = 15.0  # after which a request counts as never answered
MAX_CONTEXTS = 3  # requests for the neighbours of hits that are awaited at once
MAX_PAGES_WITHOUT_HITS = 5  # that are requested one after the other, because no message on them matches
NO_HISTORY = N_("This server does not send old messages, so the place cannot be shown.")
NOT_CONNECTED = N_("You are not connected, so the place cannot be shown.")
NO_ANSWER = N_("The server did not answer.")
LOST = N_("The connection was lost.")

Outcome = tuple[list[Change], list[Message]]
"""What to repaint, what to send."""


@dataclass(frozen=True, slots=True)
class _SearchPage:
    result: SearchResult
    number: int = 1  # of pages in a row without hits


@dataclass(frozen=True, slots=True)
class _Context:
    result: SearchResult
    hit: SearchHit


@dataclass(frozen=True, slots=True)
class _Place:
    conversation: Conversation
    wanted: Reference
    number: int  # the one that was requested last is shown


@dataclass(frozen=True, slots=True)
class _PastPage:
    conversation: Conversation
    run: Conversation
    fetch: Fetch


_Use = _SearchPage | _Context | _Place | _PastPage


@dataclass(slots=True)
class _Awaited:
    """A request that was not answered yet.

    Attributes:
        target: The folded name of the conversation; empty for a search.
        sent_at: Monotonic seconds.
        earlier: How many replies for the same target answer earlier requests; used without a label.
    """

    command: str
    target: str
    label: str
    use: _Use
    sent_at: float
    earlier: int = 0


class Finding:
    """The searches and older places of one network."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._places = 0  # requested so far
        self._awaited: list[_Awaited] = []
        self._contexts: deque[_Context] = deque()  # to be requested

    # what the user does

    def search(self, network: Network, query: SearchQuery) -> tuple[SearchResult, Outcome]:
        """Search the loaded messages, and request the hits of the server."""
        query, problem = resolved(network, query)
        result = SearchResult(query)
        if problem or query.is_empty:
            result.state, result.problem = "failed" if problem else "done", problem
            return result, ([SearchFinished(network, result)], [])
        result.hits = search_hits.loaded_hits(network, query)
        if not server_can_search(network):
            result.is_only_loaded = True
            return result, (self._finish(network, result), [])
        return result, ([], [self._send(network, search_hits.request(network, result), _SearchPage(result))])

    def search_more(self, network: Network, result: SearchResult) -> Outcome:
        """Request older hits of a search."""
        if not result.has_more or result.state != "done" or not server_can_search(network):
            return [], []
        result.state = "searching"
        return [], [self._send(network, search_hits.request(network, result), _SearchPage(result))]

    def load_context(self, network: Network, result: SearchResult, hits: Iterable[SearchHit]) -> Outcome:
        """Find the neighbours of the hits in sight: loaded ones at once, the others from the server.

        Earlier hits that still wait for their turn are not in sight any more.
        """
        changes: list[Change] = []
        self._contexts.clear()
        waiting = {id(each.use.hit) for each in self._awaited if isinstance(each.use, _Context)}
        for hit in hits:
            if hit.has_context or id(hit) in waiting:
                continue
            if search_hits.context_request(network, hit) is not None:
                self._contexts.append(_Context(result, hit))
            elif hit.has_context:
                changes.append(ContextFound(result, hit))
        return changes, self._request_contexts(network)

    def open_at(self, network: Network, conversation: Conversation, wanted: Reference) -> Outcome:
        """Show a message: at once if it is loaded, else with the page of history around it."""
        self._places += 1
        entry = past.find_loaded(conversation, wanted)
        if entry is not None:
            return past.open_loaded(conversation, entry), []
        if not is_available(network):
            reason = _(NO_HISTORY) if network.state == "online" else _(NOT_CONNECTED)
            return [PlaceUnavailable(conversation, reason)], []
        use = _Place(conversation, wanted, self._places)
        return [], [self._send(network, past.around(network, conversation, wanted), use)]

    def leave(self, conversation: Conversation) -> list[Change]:
        """Return to the present, also if an older place was requested and has not arrived."""
        self._places += 1
        return past.leave(conversation)

    def load(self, network: Network, conversation: Conversation, fetch: Fetch) -> Outcome:
        """Request the page before or after the older part that is shown."""
        run = conversation.past
        request = past.beyond(network, conversation, fetch) if is_available(network) else None
        if run is None or request is None:
            return [], []
        use = _PastPage(conversation, run, fetch)
        return [ConversationChanged(run)], [self._send(network, request, use)]

    # replies

    def receive_results(self, network: Network, event: SearchResults, now: float) -> Outcome | None:
        """Add the results of a search; None if they answer another request."""
        use = self._take("SEARCH", "", event.label)
        if not isinstance(use, _SearchPage):
            return None
        result = use.result
        fresh = search_hits.add_page(network, result, event.messages, now)
        result.spelling = result.spelling or event.spelling
        if not fresh and result.has_more and use.number < MAX_PAGES_WITHOUT_HITS:
            use = _SearchPage(result, use.number + 1)
            return [], [self._send(network, search_hits.request(network, result), use)]
        return self._finish(network, result), []

    def receive_page(self, network: Network, event: HistoryPage, now: float) -> Outcome | None:
        """Apply a page of history; None if it answers another request."""
        match self._take("CHATHISTORY", network.fold(event.target), event.label):
            case _Context(result, hit):
                search_hits.add_context(network, hit, event.messages, now)
                return [ContextFound(result, hit)], self._request_contexts(network)
            case _Place(conversation, wanted, number):
                if number != self._places:
                    return [], []
                return past.open_page(network, conversation, wanted, event, now), []
            case _PastPage(conversation, run, fetch):
                if conversation.past is not run:
                    return [], []
                changes = past.add_page(network, conversation, fetch, event, now)
                if conversation.past is not run or not has_few_messages(run, event, event.messages):
                    return changes, []
                more, messages = self.load(network, conversation, fetch)
                return changes + more, messages
        return None

    def refused(self, network: Network, event: ErrorReply) -> Outcome | None:
        """Apply that a request was refused; None if the error answers another one."""
        targets = ("",) if event.command == "SEARCH" else tuple(map(network.fold, event.about))
        if event.command not in ("SEARCH", "CHATHISTORY") and not event.label:
            return None
        uses = (self._take(event.command, target, event.label) for target in targets or ("",))
        use = next((each for each in uses if each is not None), None)
        return None if use is None else self._failed(network, use, error_text(event))

    # time and the connection

    def due(self, network: Network) -> Outcome:
        """Give up the requests that were not answered in time."""
        late = [each for each in self._awaited if network.monotonic - each.sent_at >= ANSWER_SECONDS]
        changes: list[Change] = []
        messages: list[Message] = []
        for each in late:
            self._awaited.remove(each)
            more, requests = self._failed(network, each.use, _(NO_ANSWER), may_retry=False)
            changes += more
            messages += requests
        return changes, messages

    def connection_lost(self, network: Network) -> list[Change]:
        """Give up everything that was requested."""
        lost, self._awaited = self._awaited, []
        self._contexts.clear()
        changes: list[Change] = []
        for each in lost:
            changes += self._failed(network, each.use, _(LOST), may_retry=False)[0]
        return changes

    # details

    def _send(self, network: Network, message: Message, use: _Use) -> Message:
        """Note a request; return it as it must be sent."""
        target = network.fold(message.params[1]) if message.command == "CHATHISTORY" else ""
        conversation = network.find(target) if target else None
        label = f"{LABEL}{next(self._numbers)}" if "labeled-response" in network.capabilities else ""
        earlier = 1 if conversation is not None and conversation.fetching else 0
        self._awaited.append(_Awaited(message.command, target, label, use, network.monotonic, earlier))
        return message.tagged(label=label) if label else message

    def _take(self, command: str, target: str, label: str) -> _Use | None:
        """Return what a reply answers, and forget that request."""
        for each in self._awaited:
            if label or each.label:
                is_answer = label == each.label
            else:
                is_answer = each.command == command and each.target == target
            if is_answer and each.earlier and not label:
                each.earlier -= 1
                return None
            if is_answer:
                self._awaited.remove(each)
                return each.use
        return None

    def _failed(self, network: Network, use: _Use, reason: str, may_retry: bool = True) -> Outcome:
        match use:
            case _SearchPage(result):
                result.state, result.problem, result.has_more = "failed", reason, False
                result.is_only_loaded = result.reached is None
                return [SearchFinished(network, result)], []
            case _Context(result, hit):
                hit.has_context = True
                return [ContextFound(result, hit)], self._request_contexts(network)
            case _Place(conversation, wanted, number):
                if number != self._places:
                    return [], []
                if may_retry and wanted.msgid:  # the server may know the time
                    by_time = Reference("", wanted.time)
                    again = _Place(conversation, by_time, number)
                    return [], [self._send(network, past.around(network, conversation, by_time), again)]
                return [PlaceUnavailable(conversation, reason)], []
            case _PastPage(conversation, run, fetch) if conversation.past is run:
                if not may_retry:
                    run.fetching = None  # scrolling requests it again
                    return [ConversationChanged(run)], []
                past.page_refused(conversation, fetch)
                return [ConversationChanged(run), PlaceUnavailable(conversation, reason)], []
        return [], []

    def _finish(self, network: Network, result: SearchResult) -> list[Change]:
        result.state = "done"
        if not result.hits:
            result.spelling = result.spelling or search_hits.better_spelling(network, result.query)
        return [SearchFinished(network, result)]

    def _request_contexts(self, network: Network) -> list[Message]:
        """Request the neighbours of the next hits, a few at a time."""
        messages: list[Message] = []
        awaited = sum(isinstance(each.use, _Context) for each in self._awaited)
        while self._contexts and awaited < MAX_CONTEXTS and is_available(network):
            context = self._contexts.popleft()
            message = search_hits.context_request(network, context.hit)
            if message is not None:
                messages.append(self._send(network, message, context))
                awaited += 1
        return messages
