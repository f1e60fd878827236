"""STATS: the uptime, and the statistics for server operators."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Statistics(ServerTest):
    CONFIG = '[operators]\nroot = "SCRAM-SHA-256$4096:c2FsdA==$' + f'{"A" * 43}=:{"A" * 43}="'

    def answers(self, letter: str) -> list[str]:
        """Return what ann gets before the end of the answer."""
        *lines, end = self.answer("ann", f"STATS {letter}")
        self.assertEqual(end, f"219 ann {letter} :End of STATS report")
        return lines

    def test_uptime(self) -> None:
        self.pass_time(26 * 3600 + 62)
        self.enter("ann")
        self.assertEqual(self.answers("u"), ["242 ann :Server Up 1 days 2:01:02"])

    def test_other_letters_need_a_role(self) -> None:
        self.enter("ann")
        self.make_account("mod", role="moderator")
        for letter in "kloz":
            self.assertEqual(self.answers(letter), [])

    def test_an_unknown_letter(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "STATS :", "219 ann * :End of STATS report")
        self.assertAnswer("ann", "STATS", "461 ann STATS :Not enough parameters")

    def test_bans(self) -> None:
        self.enter("ann")
        self.make_operator("ann", "moderator")
        self.say("ann", "BAN 198.51.100.9 1h :Spam", "BAN ~a:eve")
        self.assertEqual(
            self.answers("k"),
            [
                "216 ann K 198.51.100.9 2026-03-12T13:00:00.000Z ann Spam",
                "216 ann K ~a:eve * ann :No reason given",
            ],
        )

    def test_operators(self) -> None:
        self.make_account("mod", role="moderator")
        self.make_account("eve")
        self.enter("ann")
        self.make_operator("ann", "moderator")
        self.assertEqual(self.answers("o"), ["243 ann O * * mod moderator", "243 ann O * * root :by OPER"])

    def test_connections(self) -> None:
        self.enter("ann", channel="#c")
        self.make_operator("ann", "moderator")
        self.enter_as("eve")
        self.hang_up("eve")
        self.connect("dan")
        self.links["dan"].is_slow = True
        self.say("dan", "PING 123")
        pong = ":chatapp.local PONG chatapp.local 123\r\n"
        self.assertEqual(
            self.answers("l"),
            [
                "249 ann :2 connections",
                "249 ann :1 of them not registered",
                f"249 ann :{len(pong)} bytes wait for them",
                "249 ann :2 users",
                "249 ann :1 of them without a connection",
                "249 ann :1 accounts",
                "249 ann :1 channels",
            ],
        )


if __name__ == "__main__":
    unittest.main()
