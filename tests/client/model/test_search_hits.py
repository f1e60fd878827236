"""Hits: those of loaded messages, those of the server, and a word that is offered instead."""

from __future__ import annotations

from datetime import date

from chatapp.client.incoming.events import BetterSpelling, MessageReceived
from chatapp.client.model import search_hits
from chatapp.client.model.model import Entry
from chatapp.client.model.search import SearchHit, SearchQuery, SearchResult, start_of
from tests.client.base import NOON, ClientTest


def message(number: int, target: str = "#general", nick: str = "ben", text: str = "") -> MessageReceived:
    return MessageReceived(target, nick, "message", text or f"text {number}", NOON + number, f"m{number}")


class Hits(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(isupport="CHATHISTORY=3 CHANTYPES=# NETWORK=Room")
        self.network = self.client.network

    def speak(self, text: str, channel: str = "#general", nick: str = "ben") -> None:
        self.receive(f":{nick}!x@h PRIVMSG {channel} :{text}")

    def add(self, result: SearchResult, *found: MessageReceived) -> int:
        return search_hits.add_page(self.network, result, found, self.now)

    def texts_of(self, result: SearchResult) -> list[str]:
        return [hit.entry.text for hit in search_hits.visible_hits(result)]

    def test_loaded_messages_of_all_conversations_are_found_newest_first(self) -> None:
        self.enter("#lab")
        self.speak("a timeout")
        self.now += 1
        self.speak("no timeout", "#lab")
        self.now += 1
        self.speak("timeout?", "ana", "dee")
        found = search_hits.loaded_hits(self.network, SearchQuery("timeout"))
        self.assertEqual(["dee", "#lab", "#general"], [hit.conversation for hit in found])
        found = search_hits.loaded_hits(self.network, SearchQuery("timeout", "#lab"))
        self.assertEqual(["no timeout"], [hit.entry.text for hit in found])

    def test_a_message_of_the_server_that_is_loaded_is_one_hit(self) -> None:
        self.receive("@msgid=m1;time=2026-03-12T12:00:01.000Z :ben!b@h PRIVMSG #general :text 1")
        query = SearchQuery("text")
        result = SearchResult(query, search_hits.loaded_hits(self.network, query))
        self.assertEqual(1, self.add(result, message(0), message(1)))
        self.assertEqual(["text 1", "text 0"], self.texts_of(result))
        self.assertIs(self.general.entries[-1], result.hits[0].entry)

    def test_loaded_hits_older_than_the_page_wait_for_their_turn(self) -> None:
        result = SearchResult(SearchQuery("text"), [])
        result.hits = [SearchHit(self.network, "#general", Entry(1, "message", NOON, "ben", "loaded text"))]
        self.add(result, message(5), message(6), message(7))
        self.assertTrue(result.has_more)
        self.assertEqual(["text 7", "text 6", "text 5"], self.texts_of(result))
        self.add(result, message(4))
        self.assertEqual(["text 7", "text 6", "text 5", "text 4", "loaded text"], self.texts_of(result))

    def test_messages_before_the_first_day_end_the_search(self) -> None:
        first = date(2026, 3, 12)
        result = SearchResult(SearchQuery("text", after=first))
        early = MessageReceived("#general", "ben", "message", "text", start_of(first) - 1, "early")
        self.add(result, early, message(5), message(6))
        self.assertEqual((["text 6", "text 5"], False), (self.texts_of(result), result.has_more))

    def test_a_page_that_repeats_itself_ends_the_search(self) -> None:
        result = SearchResult(SearchQuery("text"))
        for has_more in (True, False):
            self.add(result, message(5), message(6), message(7))
            self.assertEqual(has_more, result.has_more)

    def test_the_last_day_is_sent_as_a_time(self) -> None:
        result = SearchResult(SearchQuery("x", before=date(2026, 3, 12)))
        line = str(search_hits.request(self.network, result))
        self.assertRegex(line, r"^SEARCH text=x;before=2026-03-1\dT\d\d:\d\d:59\.999Z;limit=3$")

    def test_own_direct_messages_belong_to_the_other_user(self) -> None:
        result = SearchResult(SearchQuery("text"))
        self.add(result, message(1, "dee", "ana"), message(2, "ana", "dee"))
        self.assertEqual(["dee", "dee"], [hit.conversation for hit in result.hits])

    def test_neighbours_come_from_the_page_around_a_hit(self) -> None:
        result = SearchResult(SearchQuery("text"))
        self.add(result, message(2))
        (hit,) = result.hits
        search_hits.add_context(self.network, hit, [message(2), message(3)], self.now)
        assert hit.after
        self.assertEqual((None, "text 3", True), (hit.before, hit.after.text, hit.has_context))

    def test_a_similar_word_is_offered(self) -> None:
        self.speak("The Timeout of `connect`")
        for wanted, expected in (
            ("tiemout", "timeout"),
            ("conect", "connect"),
        ):
            with self.subTest(wanted):
                found = search_hits.better_spelling(self.network, SearchQuery(wanted))
                self.assertEqual(BetterSpelling(wanted, expected), found)
        for wanted in ("xyzzy", "teh", "a b"):
            self.assertIsNone(search_hits.better_spelling(self.network, SearchQuery(wanted)))

    def request(self, query: SearchQuery) -> str:
        result = SearchResult(query, search_hits.loaded_hits(self.network, query))
        return str(search_hits.request(self.network, result))

    def test_a_server_that_can_looks_for_links_and_files_and_suggests_words(self) -> None:
        links, both = SearchQuery(has=frozenset({"link"})), SearchQuery("x", has=frozenset({"link", "file"}))
        self.assertEqual("SEARCH text=http;limit=3", self.request(links))
        self.network.capabilities |= {"soju.im/search"}
        self.network.isupport = {**self.network.isupport, "chatapp/SEARCH": "has,suggest"}
        self.assertEqual("SEARCH has=link;limit=3", self.request(links))
        self.assertEqual("SEARCH text=x;has=file;limit=3;suggest", self.request(both))
        self.speak("this text is loaded")
        self.assertEqual("SEARCH text=text;limit=3", self.request(SearchQuery("text")))

    def test_a_link_that_such_a_server_has_found_is_a_hit(self) -> None:
        links = SearchQuery(has=frozenset({"link"}))
        found = message(1, text="`http://a.example/`")
        self.assertEqual(0, self.add(SearchResult(links), found))
        self.network.capabilities |= {"soju.im/search"}
        self.network.isupport = {**self.network.isupport, "chatapp/SEARCH": "has"}
        self.assertEqual(1, self.add(SearchResult(links), found))
