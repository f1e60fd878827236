"""Long answers are sent in parts: other clients are answered meanwhile, and the asking client is charged."""

from __future__ import annotations

import unittest
from collections.abc import Iterator
from unittest.mock import patch

from chatapp.server.core.inbox import Shutdown
from chatapp.server.core.incremental import LINE_STEPS, PART_STEPS, TURN_STEPS, in_parts, price
from chatapp.server.core.outbox import Outbox
from tests.server.base import ServerTest

CHANNELS = 3000
EIGHT = "LIST *#*,*,#*,!x*,!y*,<9,C>9,!z*"


class Parts(unittest.TestCase):
    def test_everything_is_done_once_and_in_order(self) -> None:
        done: list[int] = []
        taken = list(in_parts(range(1000), 3, done.append))
        self.assertEqual(done, list(range(1000)))
        self.assertEqual(sum(taken), 3000)
        self.assertTrue(all(PART_STEPS <= each < PART_STEPS + 3 for each in taken[:-1]))

    def test_a_short_answer_costs_nothing_extra(self) -> None:
        self.assertEqual([price(steps) for steps in (0, 1999, 2000, 10_000)], [0.0, 0.0, 1.0, 5.0])


class GradualTest(ServerTest):
    CONFIG = "[limits]\nsend_queue = 10_000_000"

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", caps="labeled-response batch")
        for number in range(CHANNELS):
            self.world.new_channel(f"#c{number}", 0)
        self.forget()

    def until(self, name: str, code: str) -> int:
        """Return the number of further turns until a client gets this numeric. Its lines are left to read."""
        link = self.links[name]
        turns = 0
        while f" {code} " not in link.data.decode():
            self.turn()
            turns += 1
            assert turns < 1000, f"no {code}"
        return turns

    def finish(self, name: str, code: str) -> list[str]:
        self.until(name, code)
        return self.got(name)


class Listing(GradualTest):
    def test_others_are_answered_in_the_same_turn(self) -> None:
        """18 sessions request all channels at once."""
        people = [f"p{number}" for number in range(18)]
        self.enter(*people)
        for name in people:
            self.say(name, EIGHT)
        self.assertEqual(self.answer("bob", "PING x"), ["PONG chatapp.local x"])
        turns = self.until("p17", "323")
        self.assertGreaterEqual(turns, 18 * CHANNELS * LINE_STEPS // TURN_STEPS)
        for name in people:
            self.assertEqual(len(self.finish(name, "323")), CHANNELS + 2)

    def test_a_turn_does_a_limited_number_of_steps(self) -> None:
        self.say("ann", "LIST")
        lines = self.codes("ann").count("322")
        self.assertLessEqual(lines, TURN_STEPS // LINE_STEPS)
        for _ in range(20):
            self.turn()
            codes = self.codes("ann")
            self.assertLessEqual(len(codes), TURN_STEPS // LINE_STEPS + 1)
            lines += codes.count("322")
        self.assertEqual(lines, CHANNELS)

    def test_later_commands_of_the_session_are_answered_afterwards(self) -> None:
        self.say("ann", "LIST", "PING x")
        answer = self.finish("ann", "PONG")
        self.assertEqual(answer[0], "321 ann Channel :Users  Name")
        self.assertEqual(answer[-2:], ["323 ann :End of /LIST", "PONG chatapp.local x"])
        self.assertEqual(len(answer), CHANNELS + 3)

    def test_the_answer_is_one_labelled_batch(self) -> None:
        self.say("ann", "@label=a LIST")
        self.until("ann", "323")
        self.turn()
        messages = self.messages("ann")
        self.assertEqual((messages[0].command, messages[0].tags), ("BATCH", {"label": "a"}))
        reference = messages[0].params[0][1:]
        self.assertEqual({message.tags["batch"] for message in messages[1:-1]}, {reference})
        self.assertEqual(messages[-1].params, (f"-{reference}",))

    def test_a_channel_that_ends_meanwhile_is_left_out(self) -> None:
        self.say("ann", EIGHT)
        self.world.drop_channel(self.channel(f"#c{CHANNELS - 1}"))
        answer = self.finish("ann", "323")
        self.assertEqual(len(answer), CHANNELS + 1)
        self.assertEqual(answer[-2][:14], "322 ann #c2998")

    def enter_twice(self) -> None:
        """Connect two users of one account: `eve`, and `evelyn` with two sessions in a secret channel."""
        self.enter_as("eve", "phone")
        self.enter_as("eve", "desk", "tablet", nick="evelyn", channel="#secret")
        self.say("desk", "MODE #secret +s")
        self.forget()

    def test_a_user_who_is_merged_meanwhile_still_sees_its_secret_channels(self) -> None:
        self.enter_twice()
        self.say("desk", "LIST")
        self.say("tablet", "NICK eve")
        lines = [line for line in self.finish("desk", "323") if line.startswith("322 eve #secret")]
        self.assertEqual(lines, ["322 eve #secret 1 :"])

    def test_a_user_who_is_merged_meanwhile_still_sees_invisible_members(self) -> None:
        self.enter_twice()
        hidden = [f"x{number}" for number in range(100)]
        self.enter(*hidden, channel="#secret")
        for name in hidden:
            self.say(name, f"MODE {name} +i")
        self.forget()
        with patch("chatapp.server.core.command_runner.TURN_STEPS", 1):
            self.say("desk", "WHO x*")
            self.say("tablet", "NICK eve")
            lines = self.finish("desk", "315")
        self.assertEqual(sum(line.startswith("352 ") for line in lines), len(hidden))

    def test_the_command_of_a_closed_session_is_dropped(self) -> None:
        self.say("ann", EIGHT)
        self.hang_up("ann")
        self.turn()
        self.assertEqual(self.answer("bob", "PING x"), ["PONG chatapp.local x"])
        self.assertFalse(self.core._runner.partial_commands)

    def test_the_server_can_stop_meanwhile(self) -> None:
        self.say("ann", EIGHT)
        self.turn(Shutdown("Bye"))
        self.assertTrue(self.links["ann"].is_closed)

    def test_channels_requested_by_name_are_found_without_a_scan(self) -> None:
        self.assertEqual(
            self.answer("ann", "LIST #c7,#C7,#nowhere"),
            ["321 ann Channel :Users  Name", "322 ann #c7 0 :", "323 ann :End of /LIST"],
        )
        self.assertEqual(self.links["ann"].charged, 0)

    def test_equal_conditions_count_once_and_eight_are_allowed(self) -> None:
        self.say("ann", "LIST " + ",".join(["**"] * 160))
        self.assertEqual(len(self.finish("ann", "323")), CHANNELS + 2)
        expected = "LIST takes at most 8 conditions"
        nine = ",".join(f"*{each}*" for each in "abcdefghi")
        self.assertAnswer("ann", f"LIST {nine}", f"400 ann LIST :{expected}")

    def test_a_bug_in_a_part_ends_the_command_and_not_the_session(self) -> None:
        def broken() -> Iterator[int]:
            yield TURN_STEPS
            raise ValueError("a bug")

        with patch("chatapp.server.commands.topic_names_list._list_replies", lambda *_: broken()):
            self.say("ann", "LIST", "PING x")
            with self.assertLogs("chatapp.server.core", "ERROR"):
                self.turn()
        self.assertGot(
            "ann", "400 ann :Internal error. Details are in the server's log.", "PONG chatapp.local x"
        )


class Charges(GradualTest):
    def charged(self, *lines: str) -> float:
        self.links["ann"].charged = 0
        self.say("ann", *lines, "PING done")
        self.until("ann", "PONG")
        self.forget()
        return self.links["ann"].charged

    def test_commands_that_scan_channels_or_users_are_charged(self) -> None:
        nicks = [f"p{number}" for number in range(300)]
        self.enter(*nicks, channel="#crowd")
        self.say("ann", "JOIN #crowd")
        for line in ("LIST", EIGHT, "LIST *nothing*", "WHO *", "WHO #crowd", "WHO *nothing*"):
            with self.subTest(line):
                self.assertGreater(self.charged(line), 0.9)

    def test_short_commands_are_not_charged(self) -> None:
        for line in ("WHOIS bob", "WHO bob", "NAMES #c1", "LIST #c1", "WHOWAS x", "MONITOR L", "LUSERS"):
            with self.subTest(line):
                self.assertEqual(self.charged(line), 0)

    def test_a_search_is_charged_like_several_commands(self) -> None:
        self.assertAlmostEqual(self.charged("SEARCH text=hello"), 5, places=1)

    def test_a_long_command_that_is_done_at_once_is_charged(self) -> None:
        def take_long(out: Outbox) -> None:
            out.work = 6000

        self.act("ann", take_long)
        self.assertEqual(self.links["ann"].charged, 3)

    def test_names_lists_each_channel_once(self) -> None:
        codes = [line[:3] for line in self.answer("ann", "NAMES #c1,#C1,#c1,#none")]
        self.assertEqual(codes, ["366", "366"])

    def test_a_user_who_left_meanwhile_is_left_out(self) -> None:
        nicks = [f"p{number}" for number in range(400)]
        self.enter(*nicks)
        self.say("ann", "WHO p*")
        self.assertEqual(self.got("ann"), [])  # it continues in the next turn
        self.hang_up("p399")
        answer = self.finish("ann", "315")
        self.assertEqual(len([line for line in answer if line.startswith("352")]), 399)


if __name__ == "__main__":
    unittest.main()
