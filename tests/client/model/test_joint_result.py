"""One search on several networks."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import BetterSpelling
from chatapp.client.model.joint_result import JointResult
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit, SearchQuery, SearchResult


class JointResultTest(unittest.TestCase):
    def setUp(self) -> None:
        self.room, self.club = Network(), Network()
        self.here, self.there = SearchResult(SearchQuery("chess")), SearchResult(SearchQuery("chess"))
        self.here.hits = [self.hit(self.room, time) for time in (50.0, 30.0, 10.0)]
        self.there.hits = [self.hit(self.club, time) for time in (40.0, 20.0)]
        self.here.state = self.there.state = "done"

    def hit(self, network: Network, time: float) -> SearchHit:
        return SearchHit(network, "#general", Entry(int(time), "message", time, "ben", "chess"))

    def joint(self) -> JointResult:
        return JointResult([(self.room, self.here), (self.club, self.there)])

    def times(self) -> list[float]:
        return [each.entry.time for each in self.joint().hits()]

    def test_the_hits_of_all_are_one_list_newest_first(self) -> None:
        self.assertEqual(self.times(), [50.0, 40.0, 30.0, 20.0, 10.0])

    def test_nothing_is_shown_from_before_the_point_that_a_server_has_reached(self) -> None:
        """Else the next page would be inserted above what the user reads."""
        self.there.has_more, self.there.reached = True, 20.0
        self.assertEqual(self.times(), [50.0, 40.0, 30.0, 20.0])
        self.assertTrue(self.joint().has_more)

    def test_it_searches_until_all_have_answered(self) -> None:
        self.there.state = "searching"
        self.assertEqual(self.joint().state, "searching")
        self.there.state = "done"
        self.assertEqual(self.joint().state, "done")

    def test_a_network_that_does_not_know_the_conversation_is_left_out(self) -> None:
        self.here.state, self.here.problem, self.here.hits = "failed", "There is no #chess.", []
        self.assertEqual((self.times(), self.joint().problem), ([40.0, 20.0], ""))

    def test_if_none_knows_it_the_first_one_says_why(self) -> None:
        for each in (self.here, self.there):
            each.state, each.problem, each.hits = "failed", "There is no #chess.", []
        self.assertEqual((self.joint().state, self.joint().problem), ("failed", "There is no #chess."))
        self.assertEqual(len(self.joint().parts), 1)

    def test_it_tells_where_only_the_loaded_messages_were_searched(self) -> None:
        self.there.is_only_loaded = True
        self.assertEqual(self.joint().only_loaded(), [self.club])
        self.assertFalse(self.joint().is_stale())
        self.club.state = "online"
        self.club.capabilities = frozenset({"soju.im/search", "batch", "server-time"})
        self.assertTrue(self.joint().is_stale())

    def test_a_better_spelling_of_any_is_offered(self) -> None:
        self.there.spelling = BetterSpelling("chess", "cheese", 3)
        self.assertEqual((self.joint().better_text, self.joint().better_count), ("cheese", 3))

    def test_it_knows_its_parts(self) -> None:
        self.assertTrue(self.joint().holds(self.there))
        self.assertFalse(self.joint().holds(SearchResult(SearchQuery("chess"))))
