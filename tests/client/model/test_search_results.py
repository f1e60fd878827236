"""Requested old messages: shown as results, never as unread and not as history."""

from __future__ import annotations

import time

from chatapp.client.model.conversation import Conversation
from tests.client.base import EVERYTHING, ClientTest

PLAIN = EVERYTHING.replace("labeled-response ", "")


def old(number: int, target: str = "#general", nick: str = "ben") -> str:
    tags = f"time=2020-01-01T00:00:{number:02}.000Z;msgid=old{number}"
    return f"{tags} :{nick}!b@h PRIVMSG {target} :ana: old {number}"


class ResultsTest(ClientTest):
    general: Conversation

    def results(self) -> list[str]:
        """Return the lines of the last entry in the current conversation."""
        entry = self.general.entries[-1]
        self.assertEqual("system", entry.kind)
        return str(entry.text).splitlines()

    def assert_untouched(self) -> None:
        """Check that no message counts as unread and that no conversation has old messages or a gap."""
        for each in self.client.network.conversations.values():
            self.assertEqual((0, 0, []), (each.unread, each.mentions, self.texts(each)))
        self.assertIsNone(self.client.network.find("ben"))


class Searching(ResultsTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.enter("#help")
        self.page("#help")
        self.client.open(self.general)

    def finds(self, kind: str, *lines: str) -> None:
        self.client.run(self.general, "/quote SEARCH text=old")
        self.receive(f":srv BATCH +s {kind}", *(f"@batch=s;{line}" for line in lines), ":srv BATCH -s")

    def test_search_results_are_shown_in_the_current_conversation(self) -> None:
        for kind in ("soju.im/search", "draft/search", "search"):
            with self.subTest(kind):
                self.finds(kind, old(1), old(2, "#help"), old(3, "ana"))
                when = time.strftime("%Y-%m-%d %H:%M", time.localtime(1577836800))
                self.assertEqual(
                    [
                        "Found 3 messages:",
                        f"{when} #general ben: ana: old 1",
                        f"{when} #help ben: ana: old 2",
                        f"{when} ben: ana: old 3",
                    ],
                    self.results(),
                )
                self.assert_untouched()

    def test_an_empty_result_is_shown(self) -> None:
        self.finds("soju.im/search")
        self.assertEqual(["No messages were found."], self.results())

    def test_results_of_ignored_people_are_hidden(self) -> None:
        self.client.network.ignored.add("ben")
        self.finds("soju.im/search", old(1), old(2, nick="dee"))
        self.assertEqual("Found 1 message:", self.results()[0])

    def test_older_history_is_requested_from_the_oldest_message(self) -> None:
        self.receive("@time=2026-03-12T12:00:00.000Z;msgid=new :dee!d@h PRIVMSG #general :new")
        self.finds("soju.im/search", old(1))
        self.sent()
        self.general.complete = False
        self.client.load_older(self.general)
        self.assertEqual(["CHATHISTORY BEFORE #general msgid=new 100"], self.sent())


class Pages(ResultsTest):
    """CHATHISTORY by `/quote`."""

    def answer(self, target: str, *lines: str) -> None:
        """Receive the reply to the last line that was sent."""
        line = self.sent()[-1]
        label = f"@{line[1:].partition(' ')[0]} " if line[0] == "@" else ""
        tagged = (f"@batch=h;{each}" for each in lines)
        self.receive(f"{label}:srv BATCH +h chathistory {target}", *tagged, ":srv BATCH -h")

    def test_a_page_that_the_user_requested_is_a_result(self) -> None:
        for capabilities in (EVERYTHING, PLAIN):
            with self.subTest(capabilities):
                self.general = self.online(capabilities=capabilities)
                self.client.run(self.general, "/quote CHATHISTORY AROUND #general msgid=old1 2")
                self.answer("#general", old(1), old(2))
                self.assertEqual("Found 2 messages:", self.results()[0])
                self.assert_untouched()
                self.client.run(self.general, "/quote CHATHISTORY LATEST ben * 1")
                self.answer("ben", old(3, "ana"))
                self.assertEqual("Found 1 message:", self.results()[0])
                self.assert_untouched()

    def test_a_page_that_the_client_requested_meanwhile_is_history(self) -> None:
        for capabilities in (EVERYTHING, PLAIN):
            with self.subTest(capabilities):
                self.general = self.online(capabilities=capabilities)
                self.general.complete = False
                self.client.load_older(self.general)
                self.client.run(self.general, "/quote CHATHISTORY LATEST #general * 1")
                asked = self.sent()[-1]
                self.page("#general", f"@{old(1)}")
                self.assertEqual(["ana: old 1"], self.texts(self.general))
                label = f"@{asked[1:].partition(' ')[0]} " if asked[0] == "@" else ""
                self.receive(
                    f"{label}:srv BATCH +h chathistory #general", f"@batch=h;{old(2)}", ":srv BATCH -h"
                )
                self.assertEqual(["ana: old 1"], self.texts(self.general))
                self.assertIn("ana: old 2", self.results()[-1])

    def test_a_refusal_of_it_does_not_end_a_request_of_the_client(self) -> None:
        self.general = self.online()
        self.general.complete = False
        self.client.load_older(self.general)
        self.client.run(self.general, "/quote CHATHISTORY BEFORE #general nonsense 1")
        label = self.sent()[-1].partition(" ")[0]
        self.receive(f"{label} :srv FAIL CHATHISTORY INVALID_PARAMS BEFORE nonsense :Not a reference")
        self.assertEqual("latest", self.general.fetching)
        self.assertEqual("error", self.general.entries[-1].kind)

    def test_after_a_lost_connection_no_result_is_expected(self) -> None:
        self.general = self.online(capabilities=PLAIN)
        self.client.run(self.general, "/quote CHATHISTORY LATEST ben * 1")
        self.lose_connection()
        self.pass_time(5)
        self.link_up()
        self.welcome(PLAIN)
        self.page("ben", f"@{old(1, 'ana')}")
        self.assertEqual(["ana: old 1"], self.texts(self.conversation("ben")))
