"""The results of one search on several networks, shown as one list, newest first."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter

from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit, SearchQuery, SearchResult, SearchState, server_can_search
from chatapp.client.model.search_hits import visible_hits

_TIME = attrgetter("entry.time")


class JointResult:
    """What a search has found so far on each network.

    Networks that do not know a conversation or person of the query are left out, unless none does.

    Args:
        parts: The networks with their results, the current network first; at least one.
    """

    def __init__(self, parts: Sequence[tuple[Network, SearchResult]]) -> None:
        known = [part for part in parts if part[1].state != "failed" or part[1].hits]
        self.parts = known or list(parts[:1])

    @property
    def query(self) -> SearchQuery:
        """The query, with the full names that it has on the first network."""
        return self.parts[0][1].query

    @property
    def state(self) -> SearchState:
        """Whether any network is still searching, or at least one has finished."""
        states = {result.state for _, result in self.parts}
        return "searching" if "searching" in states else "done" if "done" in states else "failed"

    @property
    def has_more(self) -> bool:
        """Whether a server may have older hits."""
        return any(result.has_more for _, result in self.parts)

    @property
    def problem(self) -> str:
        """Why a server did not search, as a sentence for the user; empty if all did."""
        return next((result.problem for _, result in self.parts if result.problem), "")

    @property
    def better_text(self) -> str:
        """The words of the query in a better spelling, if nothing was found; else empty."""
        return next((result.better_text for _, result in self.parts if result.better_text), "")

    @property
    def better_count(self) -> int:
        """How many messages have the better spelling; 0 if that is not known."""
        return sum(result.spelling.messages for _, result in self.parts if result.spelling)

    def only_loaded(self) -> list[Network]:
        """Return the networks on which only the messages that are loaded here were searched."""
        return [network for network, result in self.parts if result.is_only_loaded]

    def hits(self) -> list[SearchHit]:
        """Return the hits to show, newest first: none from before the point that a server has reached."""
        reached = [part.reached for _, part in self.parts if part.has_more and part.reached is not None]
        since = max(reached, default=None)
        found = [hit for _, result in self.parts for hit in visible_hits(result)]
        if since is not None:
            found = [hit for hit in found if hit.entry.time >= since]
        return sorted(found, key=_TIME, reverse=True)

    def holds(self, result: SearchResult) -> bool:
        """Return whether this is the result of one of the networks."""
        return any(each is result for _, each in self.parts)

    def is_stale(self) -> bool:
        """Return whether a server did not search although it can now."""
        return any(
            result.state != "searching" and result.is_only_loaded and server_can_search(network)
            for network, result in self.parts
        )
