"""Searches and older places: what is requested, which reply belongs to what, and what becomes of failures."""

from __future__ import annotations

from chatapp.client.model.changes import (
    ConversationOpened,
    PlaceLeft,
    PlaceOpened,
    PlaceUnavailable,
    SearchFinished,
)
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.joint_result import JointResult
from chatapp.client.model.model import Reference
from chatapp.client.model.search import SearchQuery, SearchResult
from chatapp.client.session.finding import ANSWER_SECONDS, LOST, NO_ANSWER, NO_HISTORY
from tests.client.base import EVERYTHING, NOON, ClientTest

SEARCH = f"{EVERYTHING} soju.im/search"


def old(number: int, target: str = "#general", nick: str = "ben", text: str = "") -> str:
    """Return a message of a page, `number` minutes after the start of an hour long ago."""
    tags = f"@time=2026-03-10T08:{number:02}:00.000Z;msgid=m{number}"
    return f"{tags} :{nick}!b@h PRIVMSG {target} :{text or f'timeout {number}'}"


def at(number: int) -> Reference:
    return Reference(f"m{number}", NOON - 52 * 3600 + 60 * number)


class FindingTest(ClientTest):
    general: Conversation

    def go_online(self, capabilities: str = SEARCH, **options: str) -> None:
        self.general = self.online(capabilities=capabilities, **options)
        self.client.open(self.general)
        self.client.poll(None)
        self.sent()

    def request(self) -> tuple[str, str]:
        """Return label and body of the only line that was sent."""
        (line,) = self.sent()
        if not line.startswith("@"):
            return "", line
        label, _, body = line.removeprefix("@label=").partition(" ")
        return label, body

    def reply(self, kind: str, label: str, *lines: str) -> None:
        tag = f"@label={label} " if label else ""
        tagged = (f"@batch=f;{line[1:]}" for line in lines)
        self.receive(f"{tag}:srv BATCH +f {kind}", *tagged, ":srv BATCH -f")

    def shown(self) -> list[str]:
        """Return the texts that a view shows."""
        return self.texts(self.general.past or self.general)


class Searching(FindingTest):
    def search(self, text: str, conversation: str = "", nick: str = "") -> SearchResult:
        return self.client.search(SearchQuery(text, conversation, nick))

    def found(self, result: SearchResult) -> list[str]:
        return [hit.entry.text for hit in result.hits]

    def test_loaded_messages_are_found_at_once_and_those_of_the_server_later(self) -> None:
        self.go_online()
        self.receive(":ben!b@h PRIVMSG #general :settimeout")
        result = self.search("timeout")
        self.assertEqual((["settimeout"], "searching"), (self.found(result), result.state))
        label, body = self.request()
        self.assertEqual("SEARCH text=timeout;limit=50", body)
        self.reply("soju.im/search", label, old(1), old(2, "ana", "dee"))
        finished = self.assert_changed(SearchFinished)
        self.assertIs(result, finished.result)
        self.assertEqual(["settimeout", "timeout 2", "timeout 1"], self.found(result))
        self.assertEqual(["#general", "dee", "#general"], [hit.conversation for hit in result.hits])
        self.assertEqual(("done", False), (result.state, result.has_more))

    def test_filters_are_sent_and_values_are_escaped(self) -> None:
        self.go_online()
        self.search("a b;c", "general", "ben")
        self.assertEqual("SEARCH in=#general;from=ben;text=a\\sb\\:c;limit=50", self.request()[1])

    def test_more_hits_are_requested_from_the_oldest_one_on(self) -> None:
        self.go_online(isupport="CHATHISTORY=2 CHANTYPES=# NETWORK=Room MSGREFTYPES=msgid,timestamp")
        result = self.search("timeout")
        self.reply("soju.im/search", self.request()[0], old(3), old(4))
        self.assertTrue(result.has_more)
        self.client.search_more(result)
        label, body = self.request()
        self.assertEqual("SEARCH text=timeout;before=2026-03-10T08:03:00.000Z;limit=2", body)
        self.client.search_more(result)
        self.assertEqual([], self.sent())
        self.reply("soju.im/search", label, old(2), old(3))
        self.assertEqual(["timeout 4", "timeout 3", "timeout 2"], self.found(result))
        self.client.search_more(result)
        self.reply("soju.im/search", self.request()[0], old(2))
        self.assertFalse(result.has_more)

    def test_pages_without_a_link_are_passed_over(self) -> None:
        self.go_online(isupport="CHATHISTORY=2 CHANTYPES=# NETWORK=Room")
        result = self.client.search(SearchQuery("x", has=frozenset({"link"})))
        label, body = self.request()
        self.assertIn("text=x\\shttp;", body)
        self.reply("soju.im/search", label, old(3), old(4))
        self.assertEqual("searching", result.state)
        self.reply("soju.im/search", self.request()[0], old(1, text="x http://a.example/"), old(2))
        self.assertEqual(["x http://a.example/"], self.found(result))

    def test_ignored_people_are_not_found(self) -> None:
        self.go_online()
        self.client.run(self.general, "/ignore dee")
        result = self.search("timeout")
        self.reply("soju.im/search", self.request()[0], old(1, nick="dee"), old(2))
        self.assertEqual(["timeout 2"], self.found(result))

    def test_a_refusal_is_explained_and_loaded_hits_stay(self) -> None:
        self.go_online()
        self.receive(":ben!b@h PRIVMSG #general :settimeout")
        result = self.search("timeout")
        label, _ = self.request()
        self.receive(f"@label={label} :srv FAIL SEARCH INTERNAL_ERROR :The search took too long")
        self.assertEqual("failed", result.state)
        self.assertEqual((["settimeout"], True), (self.found(result), result.is_only_loaded))
        self.assertIn("The search took too long", result.problem)
        self.assertEqual(2, len(self.general.entries))  # our join and the message: no error is shown there

    def test_a_search_that_is_never_answered_ends(self) -> None:
        self.go_online()
        result = self.search("timeout")
        self.pass_time(ANSWER_SECONDS + 1)
        self.assertEqual(("failed", NO_ANSWER), (result.state, result.problem))

    def test_a_lost_connection_ends_a_search(self) -> None:
        self.go_online()
        result = self.search("timeout")
        self.lose_connection()
        self.assertEqual(("failed", LOST), (result.state, result.problem))

    def test_a_server_without_search_is_not_asked(self) -> None:
        self.go_online(EVERYTHING)
        self.receive(":ben!b@h PRIVMSG #general :settimeout")
        result = self.search("timeout")
        self.client.poll(None)
        self.assertEqual(
            (["settimeout"], "done", True), (self.found(result), result.state, result.is_only_loaded)
        )
        self.assertEqual([], self.sent())

    def test_an_unknown_conversation_is_explained(self) -> None:
        self.go_online()
        result = self.search("x", "#nowhere")
        self.assertEqual("You have no conversation “#nowhere” here.", result.problem)
        self.assertEqual([], self.sent())

    def test_an_ack_means_that_nothing_was_found_and_a_similar_word_is_offered(self) -> None:
        self.go_online()
        self.receive(":ben!b@h PRIVMSG #general :The timeout again")
        result = self.search("tiemout")
        self.receive(f"@label={self.request()[0]} :srv ACK")
        self.assertEqual(("done", "timeout"), (result.state, result.better_text))

    def test_a_better_spelling_of_the_server_comes_before_a_similar_loaded_word(self) -> None:
        self.go_online(isupport="CHANTYPES=# NETWORK=Room chatapp/SEARCH=has,suggest")
        self.receive(":ben!b@h PRIVMSG #general :The timeouts again")
        result = self.search("tiemout")
        label, body = self.request()
        self.assertEqual("SEARCH text=tiemout;limit=50;suggest", body)
        note = "@x :srv NOTE SEARCH SUGGESTION tiemout timeout 23 :Did you mean timeout?"
        self.reply("soju.im/search", label, note)
        self.assertEqual(("done", "timeout"), (result.state, result.better_text))
        assert result.spelling
        self.assertEqual(23, result.spelling.messages)
        self.assertEqual(2, len(self.general.entries))  # our join and the message: no note is shown there

    def test_without_labels_the_next_results_answer_the_search(self) -> None:
        self.go_online(SEARCH.replace("labeled-response ", ""))
        result = self.search("timeout")
        self.assertEqual("", self.request()[0])
        self.reply("soju.im/search", "", old(1))
        self.assertEqual(["timeout 1"], self.found(result))
        self.reply("soju.im/search", "", old(2))  # of a /quote SEARCH: it is shown as a note
        self.assertIn("timeout 2", self.general.entries[-1].text)

    def test_the_neighbours_of_hits_are_requested_a_few_at_a_time(self) -> None:
        self.go_online()
        result = self.search("timeout")
        self.reply("soju.im/search", self.request()[0], *(old(number) for number in range(1, 6)))
        self.client.load_context(JointResult([(self.client.network, result)]), result.hits)
        self.client.load_context(JointResult([(self.client.network, result)]), result.hits)
        lines = self.sent()
        self.assertEqual(3, len(lines))
        label = lines[0].split()[0].removeprefix("@label=")
        self.assertTrue(lines[0].endswith("CHATHISTORY AROUND #general msgid=m5 3"))
        self.reply("chathistory #general", label, old(4, text="before"), old(5), old(6, text="after"))
        hit = result.hits[0]
        assert hit.before and hit.after
        self.assertEqual(("before", "after", True), (hit.before.text, hit.after.text, hit.has_context))
        self.assertEqual(1, len(self.sent()))  # the fourth
        self.assertEqual([], self.texts(self.general))

    def test_the_hits_in_sight_come_before_those_that_were_in_sight_earlier(self) -> None:
        self.go_online()
        result = self.search("timeout")
        self.reply("soju.im/search", self.request()[0], *(old(number) for number in range(1, 9)))
        self.client.load_context(JointResult([(self.client.network, result)]), result.hits[:5])
        self.client.load_context(JointResult([(self.client.network, result)]), result.hits[6:])
        label = self.sent()[0].split()[0].removeprefix("@label=")
        self.reply("chathistory #general", label, old(8))
        self.assertTrue(self.request()[1].endswith("AROUND #general msgid=m2 3"))

    def test_neighbours_that_are_loaded_are_not_requested(self) -> None:
        self.go_online()
        for number, text in enumerate(("one", "two timeout", "three")):
            self.receive(
                f"@time=2026-03-12T12:00:0{number}.000Z;msgid=n{number} :ben!b@h PRIVMSG #general :{text}"
            )
        result = self.search("timeout")
        self.sent()
        self.client.load_context(JointResult([(self.client.network, result)]), result.hits)
        hit = result.hits[0]
        assert hit.before and hit.after
        self.assertEqual((["one", "three"], []), ([hit.before.text, hit.after.text], self.sent()))


class Places(FindingTest):
    def open_at(self, number: int, *around: int) -> None:
        """Open an older place, with these messages around it."""
        self.client.open_at(self.general, at(number))
        label, _ = self.request()
        self.reply("chathistory #general", label, *map(old, around))

    def test_a_loaded_message_is_shown_where_it_is(self) -> None:
        self.go_online()
        self.receive("@time=2026-03-12T11:00:00.000Z;msgid=m9 :ben!b@h PRIVMSG #general :here")
        self.client.open_at(self.general, Reference("m9", 0.0))
        self.client.poll(None)
        self.assertIsNone(self.general.past)
        self.assertEqual([], self.sent())

    def test_a_place_in_another_conversation_opens_that_one_first(self) -> None:
        self.go_online()
        lab = self.enter("#lab")
        self.page("#lab")
        self.client.open(self.general)
        self.sent()
        self.client.open_at(lab, at(5))
        changes = self.client.poll(None)
        self.assert_changed(ConversationOpened, changes)
        self.assertIs(lab, self.client.network.current)

    def test_the_messages_around_an_old_one_are_shown_apart_from_the_present(self) -> None:
        self.go_online()
        self.receive(":ben!b@h PRIVMSG #general :now")
        self.client.open_at(self.general, at(5))
        label, body = self.request()
        self.assertEqual("CHATHISTORY AROUND #general msgid=m5 100", body)
        self.reply("chathistory #general", label, old(4), old(5), old(6))
        opened = self.assert_changed(PlaceOpened)
        self.assertEqual("m5", opened.entry.msgid)
        self.assertEqual(["timeout 4", "timeout 5", "timeout 6"], self.shown())
        self.assertEqual(["now"], self.texts(self.general))
        self.assertEqual(0, self.general.mentions)

    def test_pages_follow_in_both_directions_until_the_present_is_reached(self) -> None:
        self.go_online()
        self.receive("@time=2026-03-10T08:09:00.000Z;msgid=m9 :ben!b@h PRIVMSG #general :timeout 9")
        self.open_at(5, 4, 5, 6)
        self.client.load_older(self.general)
        label, body = self.request()
        self.assertEqual("CHATHISTORY BEFORE #general msgid=m4 100", body)
        self.reply("chathistory #general", label, old(2), old(3))
        self.client.load_newer(self.general)
        label, body = self.request()
        self.assertEqual("CHATHISTORY AFTER #general msgid=m6 100", body)
        self.receive(":ben!b@h PRIVMSG #general :new")
        self.client.load_newer(self.general)
        self.assertEqual([], self.sent())
        self.reply("chathistory #general", label, old(7), old(8), old(9))
        self.assertTrue(self.assert_changed(PlaceLeft).joined)
        expected = [*(f"timeout {number}" for number in range(2, 10)), "new"]
        self.assertEqual(expected, self.texts(self.general))

    def test_back_to_now_forgets_the_older_part_and_a_page_that_still_comes(self) -> None:
        self.go_online()
        self.open_at(5, 4, 5, 6)
        self.client.load_newer(self.general)
        label, _ = self.request()
        self.client.back_to_now(self.general)
        self.reply("chathistory #general", label, old(7))
        self.assertEqual(([], None), (self.texts(self.general), self.general.past))

    def test_the_place_that_was_requested_last_is_shown(self) -> None:
        self.go_online()
        self.client.open_at(self.general, at(5))
        first, _ = self.request()
        self.client.open_at(self.general, at(30))
        second, _ = self.request()
        self.reply("chathistory #general", second, old(30))
        self.reply("chathistory #general", first, old(5))
        self.assertEqual(["timeout 30"], self.shown())

    def test_an_unknown_msgid_is_tried_as_a_time(self) -> None:
        self.go_online()
        self.client.open_at(self.general, at(5))
        label, _ = self.request()
        self.receive(f"@label={label} :srv FAIL CHATHISTORY INVALID_PARAMS AROUND #general :Unknown msgid")
        label, body = self.request()
        self.assertEqual("CHATHISTORY AROUND #general timestamp=2026-03-10T08:05:00.000Z 100", body)
        self.reply("chathistory #general", label, old(4), old(6), old(20))
        self.assertIn(self.assert_changed(PlaceOpened).entry.msgid, ("m4", "m6"))

    def test_a_place_that_does_not_come_is_explained(self) -> None:
        self.go_online()
        for reason in (LOST, NO_ANSWER):
            with self.subTest(reason):
                self.client.open_at(self.general, at(5))
                if reason == LOST:
                    self.lose_connection()
                else:
                    self.pass_time(ANSWER_SECONDS + 1)
                self.assertEqual(reason, self.assert_changed(PlaceUnavailable).reason)
                self.go_online()

    def test_a_server_without_history_shows_no_old_places(self) -> None:
        self.go_online(EVERYTHING.replace("draft/chathistory ", ""), isupport="CHANTYPES=#")
        self.client.open_at(self.general, at(5))
        self.changes = self.client.poll(None)
        self.assertEqual(NO_HISTORY, self.assert_changed(PlaceUnavailable).reason)

    def test_without_labels_pages_are_told_apart_by_their_order(self) -> None:
        self.go_online(SEARCH.replace("labeled-response ", ""))
        self.general.complete = False
        self.client.load_older(self.general)
        self.client.open_at(self.general, at(5))
        self.assertEqual(2, len(self.sent()))
        self.reply("chathistory #general", "", old(50))
        self.reply("chathistory #general", "", old(4), old(5))
        self.assertEqual(
            (["timeout 50"], ["timeout 4", "timeout 5"]), (self.texts(self.general), self.shown())
        )

    def test_after_a_lost_connection_one_goes_on_reading(self) -> None:
        self.go_online()
        self.open_at(5, 4, 5, 6)
        self.client.load_newer(self.general)
        self.lose_connection()
        self.assertEqual(["timeout 4", "timeout 5", "timeout 6"], self.shown())
        self.pass_time(2)
        self.link_up()
        self.welcome(SEARCH)
        self.enter()
        self.page("#general")
        self.sent()
        self.client.load_newer(self.general)
        self.assertTrue(self.request()[1].startswith("CHATHISTORY AFTER #general msgid=m6"))

    def test_a_refused_page_ends_the_scrolling_and_is_explained(self) -> None:
        self.go_online()
        self.open_at(5, 4, 5, 6)
        self.client.load_newer(self.general)
        label, _ = self.request()
        self.receive(f"@label={label} :srv FAIL CHATHISTORY INVALID_TARGET AFTER #general :No")
        self.assert_changed(PlaceUnavailable)
        self.client.load_newer(self.general)
        self.assertEqual([], self.sent())
