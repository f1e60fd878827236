"""Lines about presence in a large channel leave later and together; every connection gets them in order."""

from __future__ import annotations

import sqlite3
from unittest.mock import patch

from chatapp.server.core import presence_gathering
from chatapp.server.core.inbox import Shutdown
from chatapp.server.core.presence_gathering import DELAY_SECONDS, GATHERED_BYTES
from tests.server.base import ServerTest

SOON = DELAY_SECONDS / 2


class GatheringTest(ServerTest):
    """Three members are a large audience, two are not."""

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(patch.object(presence_gathering, "LARGE_AUDIENCE", 2))
        self.enter("ann", "bob", "cat", channel="#c", caps="away-notify")
        self.enter("dan", "eve")
        self.pass_time(DELAY_SECONDS)
        self.forget()


class Delay(GatheringTest):
    def test_a_join_is_answered_at_once_and_seen_by_others_soon(self) -> None:
        self.say("dan", "JOIN #c")
        self.assertEqual(self.codes("dan"), ["JOIN", "353", "366"])
        self.pass_time(SOON)
        self.assertGot("ann")
        self.pass_time(SOON)
        for name in ("ann", "bob", "cat"):
            self.assertGot(name, ":dan JOIN #c")

    def test_the_delay_counts_from_the_first_line(self) -> None:
        self.say("dan", "JOIN #c")
        self.pass_time(SOON)
        self.say("eve", "JOIN #c")
        self.pass_time(SOON)
        self.assertGot("ann", ":dan JOIN #c", ":eve JOIN #c")
        self.say("eve", "PART #c")
        self.assertGot("ann")
        self.pass_time(DELAY_SECONDS)
        self.assertGot("ann", ":eve PART #c")

    def test_which_lines_wait(self) -> None:
        self.enter("owl", channel="#c")
        self.pass_time(DELAY_SECONDS)
        self.forget()
        for name, command, waits in (
            ("bob", "AWAY :lunch", True),
            ("bob", "NICK anna", True),
            ("ann", "TOPIC #c :new", False),
            ("ann", "PRIVMSG #c :hello", False),
            ("bob", "PART #c", True),
        ):
            with self.subTest(command):
                self.say(name, command)
                self.assertEqual(self.got("cat") == [], waits)
                self.pass_time(DELAY_SECONDS)
                self.assertEqual(len(self.got("cat")), waits)

    def test_a_small_audience_gets_lines_at_once(self) -> None:
        self.enter("fay", "gus", channel="#small")
        self.say("gus", "PART #small")
        self.assertGot("fay", ":gus PART #small")

    def test_so_many_lines_that_they_are_large_are_sent_at_once(self) -> None:
        line_bytes = 40
        self.say("dan", *["JOIN #c", "PART #c"] * (GATHERED_BYTES // line_bytes))
        self.assertNotEqual(self.got("ann"), [])

    def test_the_core_wakes_up_when_the_lines_are_due(self) -> None:
        self.say("dan", "JOIN #c")
        with patch.object(self.core.inbox, "take") as take:
            self.core._take()
        _, timeout = take.call_args.args
        self.assertAlmostEqual(timeout, DELAY_SECONDS)


class Slices(GatheringTest):
    """Of many sessions, one after the other is flushed."""

    def setUp(self) -> None:
        super().setUp()
        self.enterContext(patch.object(presence_gathering, "SLICE_SESSIONS", 1))

    def new_lines(self) -> dict[str, list[str]]:
        """Return what members got since the last call."""
        found = {name: self.got(name) for name in ("ann", "bob", "cat")}
        self.forget()
        return {name: lines for name, lines in found.items() if lines}

    def test_each_turn_flushes_some_sessions_until_all_have_their_lines(self) -> None:
        self.say("dan", "JOIN #c")
        self.pass_time(DELAY_SECONDS)
        reached = self.new_lines()
        for _ in range(2):
            with patch.object(self.core.inbox, "take") as take:
                self.core._take()
            self.assertEqual(take.call_args.args[1], 0.0)
            self.turn()
            found = self.new_lines()
            self.assertEqual(len(found), 1)
            reached |= found
        self.assertEqual(reached, {name: [":dan JOIN #c"] for name in ("ann", "bob", "cat")})
        self.assertIsNone(self.core._delivery.due)

    def test_lines_that_come_meanwhile_are_in_order_and_have_a_delay_of_their_own(self) -> None:
        self.say("dan", "JOIN #c")
        self.pass_time(DELAY_SECONDS)
        (first,) = self.new_lines()
        self.say("eve", "JOIN #c")
        self.pass_time(SOON)
        others = self.new_lines()
        self.assertNotIn(first, others)
        self.assertEqual(list(others.values()), 2 * [[":dan JOIN #c", ":eve JOIN #c"]])
        self.pass_time(1.5 * SOON)  # since the last slice
        self.turn()
        self.assertEqual(self.new_lines(), {})
        self.pass_time(DELAY_SECONDS)
        self.turn()  # one of the two slices was for dan
        self.assertEqual(self.new_lines(), {first: [":eve JOIN #c"]})

    def test_who_waits_for_its_turn_gets_its_lines_before_an_answer(self) -> None:
        self.say("dan", "JOIN #c")
        self.pass_time(DELAY_SECONDS)
        (first,) = self.new_lines()
        name = next(each for each in ("ann", "bob", "cat") if each != first)
        self.assertEqual(self.answer(name, "PING x"), [":dan JOIN #c", "PONG chatapp.local x"])


class Order(GatheringTest):
    def test_a_message_takes_the_earlier_lines_along(self) -> None:
        self.say("dan", "JOIN #c")
        self.say("dan", "PRIVMSG #c :hello")
        self.assertGot("ann", ":dan JOIN #c", ":dan PRIVMSG #c :hello")
        self.pass_time(DELAY_SECONDS)
        self.assertGot("ann")

    def test_a_message_of_the_same_turn_does_not_wait(self) -> None:
        self.say("bob", "PRIVMSG #c :hello", "PART #c")
        self.assertGot("ann", ":bob PRIVMSG #c :hello", ":bob PART #c")

    def test_a_reply_takes_them_along_only_for_its_own_client(self) -> None:
        self.say("dan", "JOIN #c")
        self.assertAnswer("ann", "PING x", ":dan JOIN #c", "PONG chatapp.local x")
        self.assertGot("bob")

    def test_a_join_and_a_quit(self) -> None:
        self.say("dan", "JOIN #c")
        self.say("dan", "QUIT :bye")
        self.assertEqual(self.codes("dan"), ["JOIN", "353", "366", "ERROR"])
        self.assertGot("ann")
        self.pass_time(DELAY_SECONDS)
        self.assertGot("ann", ":dan JOIN #c", ":dan QUIT :Quit: bye")

    def test_a_member_who_leaves_meanwhile_gets_them_first(self) -> None:
        self.say("dan", "JOIN #c")
        self.say("ann", "PART #c")
        self.assertGot("ann", ":dan JOIN #c", ":ann PART #c")
        self.say("bob", "QUIT")
        self.assertEqual(self.codes("bob"), ["JOIN", "PART", "ERROR"])
        self.pass_time(DELAY_SECONDS)
        self.assertGot("cat", ":dan JOIN #c", ":ann PART #c", ":bob QUIT :Quit")

    def test_a_shutdown_sends_them_before_the_error(self) -> None:
        self.say("dan", "JOIN #c")
        self.turn(Shutdown("Maintenance"))
        for name in ("ann", "bob", "cat"):
            codes = self.codes(name)
            self.assertEqual((codes[0], codes.count("ERROR")), ("JOIN", 1))


class Trouble(GatheringTest):
    def test_they_are_sent_in_time_while_the_database_cannot_be_written(self) -> None:
        """They are stored already."""
        self.say("dan", "JOIN #c")
        with (
            patch.object(self.store, "write", side_effect=sqlite3.OperationalError("database is locked")),
            self.assertLogs("chatapp.server.core", "DEBUG"),
        ):
            self.say("bob", "PRIVMSG #c :hello")
            self.pass_time(DELAY_SECONDS)
            self.assertGot("ann", ":dan JOIN #c")
        self.pass_time(1)
        self.assertGot("ann", ":bob PRIVMSG #c :hello")

    def test_a_client_that_does_not_read_them_is_closed(self) -> None:
        self.links["cat"].is_slow = True
        self.links["cat"].put(bytes(self.world.config.limits.send_queue))
        self.say("dan", "JOIN #c")
        self.assertFalse(self.links["cat"].is_closed)
        for _ in ("JOIN", "close", "QUIT"):
            self.pass_time(DELAY_SECONDS)
        self.assertGot("ann", ":dan JOIN #c", ":cat QUIT :SendQ exceeded")
