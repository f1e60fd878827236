"""Which messages match a search, and what a server can do."""

from __future__ import annotations

import unittest
from datetime import date

from chatapp.client.incoming.events import BetterSpelling
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import (
    Has,
    SearchQuery,
    SearchResult,
    matcher,
    may_look_for_files,
    resolved,
    server_ability,
    server_can_search,
    start_of,
)
from tests.client.base import NOON, entry

DAY = date(2026, 3, 12)


class Matching(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.isupport = {"soju.im/FILEHOST": "https://files.example/upload"}

    def matches(self, query: SearchQuery, found: Entry) -> bool:
        return matcher(self.network, query)(found)

    def test_all_words_are_needed_in_any_case_and_also_within_words(self) -> None:
        message = entry(1, 0.0, "Use socket.setTimeout(15)")
        for text, expected in (("timeout", True), ("15 SOCKET", True), ("timeout 16", False), ("", True)):
            with self.subTest(text):
                self.assertEqual(expected, self.matches(SearchQuery(text), message))

    def test_the_text_is_searched_as_it_is_displayed(self) -> None:
        self.assertTrue(self.matches(SearchQuery("timeout"), entry(1, 0.0, "`time`out \x02now\x02")))
        self.assertTrue(self.matches(SearchQuery("set(1)"), entry(1, 0.0, "call `set`(1)")))
        self.assertFalse(self.matches(SearchQuery("**"), entry(1, 0.0, "a **bold** one")))

    def test_author_and_days_limit_the_messages(self) -> None:
        noon = start_of(DAY) + 43200
        for query, expected in (
            (SearchQuery(nick="BEN"), True),
            (SearchQuery(nick="dee"), False),
            (SearchQuery(after=DAY), True),
            (SearchQuery(after=date(2026, 3, 13)), False),
            (SearchQuery(before=DAY), False),
            (SearchQuery(before=date(2026, 3, 13)), True),
        ):
            with self.subTest(query):
                self.assertEqual(expected, self.matches(query, entry(1, noon, "x")))

    def test_days_before_and_after_all_messages(self) -> None:
        message = entry(1, start_of(DAY), "x")
        for query, expected in (
            (SearchQuery(after=date.min, before=date.max), True),
            (SearchQuery(before=date.min), False),
            (SearchQuery(after=date.max), False),
        ):
            with self.subTest(query):
                self.assertEqual(expected, self.matches(query, message))

    def test_files_are_told_from_other_links_by_the_address_of_the_server_or_by_their_name(self) -> None:
        cases: tuple[tuple[str, Has, bool], ...] = (
            ("see https://a.example/b", "link", True),
            ("see www.example.org/b", "link", True),
            ("see #lab or ana@b.example", "link", False),
            ("https://FILES.example/x", "file", True),
            ("https://a.example/x.pdf", "file", True),
            ("https://a.example/x", "file", False),
        )
        for text, has, expected in cases:
            with self.subTest(text):
                self.assertEqual(
                    expected, self.matches(SearchQuery(has=frozenset({has})), entry(1, 0.0, text))
                )

    def test_deleted_and_unsent_messages_and_notes_do_not_match(self) -> None:
        deleted, pending, note = entry(1, 0.0, "a"), entry(2, 0.0, "a"), Entry(3, "system", 0.0, text="a")
        deleted.deleted_by, pending.state = "ben", "pending"
        for each in (deleted, pending, note):
            self.assertFalse(self.matches(SearchQuery("a"), each))

    def test_a_conversation_may_be_named_without_its_sign(self) -> None:
        self.network.add("#General", "channel")
        found, problem = resolved(self.network, SearchQuery("x", "general"))
        self.assertEqual(("#General", ""), (found.conversation, problem))
        self.assertEqual(
            "You have no conversation “lab” here.", resolved(self.network, SearchQuery("x", "lab"))[1]
        )

    def test_display_names_stand_for_nicks(self) -> None:
        self.network.person("ben").display_name = "Ben Okafor"
        self.network.add("ben", "direct")
        found, problem = resolved(self.network, SearchQuery("x", "ben okafor", "Ben Okafor"))
        self.assertEqual(("ben", "ben", ""), (found.conversation, found.nick, problem))

    def test_a_query_without_words_and_filters_is_empty(self) -> None:
        self.assertTrue(SearchQuery().is_empty)
        self.assertFalse(SearchQuery("x").is_empty or SearchQuery(nick="ben").is_empty)

    def test_only_a_server_that_is_online_and_has_the_capability_can_search(self) -> None:
        self.network.state = "online"
        self.assertFalse(server_can_search(self.network))
        self.network.capabilities = frozenset({"soju.im/search", "batch", "server-time"})
        self.assertTrue(server_can_search(self.network))
        self.network.state = "waiting"
        self.assertFalse(server_can_search(self.network))

    def test_a_server_names_what_its_search_can_do_besides(self) -> None:
        self.network.state = "online"
        self.network.isupport = {"chatapp/SEARCH": "has,later"}
        self.assertFalse(server_ability(self.network, "has") or may_look_for_files(self.network))
        self.network.capabilities = frozenset({"soju.im/search", "batch", "server-time"})
        self.assertTrue(server_ability(self.network, "has") and may_look_for_files(self.network))
        self.assertFalse(server_ability(self.network, "suggest"))

    def test_files_of_the_server_are_found_whatever_its_host_name_is(self) -> None:
        self.network.isupport = {
            "chatapp/FILES": "id:k3Xq9p",
            "soju.im/FILEHOST": "https://chat.example:5000/upload/t",
        }
        self.assertTrue(may_look_for_files(self.network))
        matches = matcher(self.network, SearchQuery(has=frozenset({"file"})))
        ident = "k3Xq9pA1b2C3d4E5f6G7h8I9j0_-"
        for text, expected in (
            (f"look\nhttps://192.168.1.7:5000/files/{ident}/plan", True),
            ("https://chat.example:5000/about", False),
            ("https://other.example/plan.pdf", True),
            ("no link", False),
        ):
            with self.subTest(text):
                self.assertEqual(expected, matches(entry(1, NOON, text, "m1")))

    def test_the_better_spelling_takes_the_place_of_the_word(self) -> None:
        for text, word, expected in (
            ("tiemout", "tiemout", "timeout"),
            ("Tiemout lab tiemout", "tiemout", "timeout lab timeout"),
            ("tiemout", "t_ie_mout", "timeout"),
            ("a lab", "tiemout", ""),
        ):
            with self.subTest(text, word=word):
                result = SearchResult(SearchQuery(text), spelling=BetterSpelling(word, "timeout", 23))
                self.assertEqual(expected, result.better_text)
        self.assertEqual("", SearchResult(SearchQuery("x")).better_text)
