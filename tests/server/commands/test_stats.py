"""STATS: how long the server is up, and what only who runs it is told."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Statistics(ServerTest):
    CONFIG = '[operators]\nroot = "SCRAM-SHA-256$4096:c2FsdA==$' + f'{"A" * 43}=:{"A" * 43}="'

    def told(self, letter: str) -> list[str]:
        """What ann is told before the end."""
        *lines, end = self.answer("ann", f"STATS {letter}")
        self.assertEqual(end, f"219 ann {letter} :End of STATS report")
        return lines

    def test_uptime(self) -> None:
        self.pass_time(26 * 3600 + 62)
        self.enter("ann")
        self.assertEqual(self.told("u"), ["242 ann :Server Up 1 days 2:01:02"])

    def test_the_rest_is_for_who_runs_the_server(self) -> None:
        self.enter("ann")
        self.make_account("mod", role="moderator")
        for letter in "kloz":
            self.assertEqual(self.told(letter), [])

    def test_what_is_no_letter(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "STATS :", "219 ann * :End of STATS report")
        self.assertAnswer("ann", "STATS", "461 ann STATS :Not enough parameters")

    def test_bans(self) -> None:
        self.enter("ann")
        self.make_operator("ann", "moderator")
        self.say("ann", "BAN 198.51.100.9 1h :Spam", "BAN ~a:eve")
        self.assertEqual(
            self.told("k"),
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
        self.assertEqual(self.told("o"), ["243 ann O * * mod moderator", "243 ann O * * root :by OPER"])

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
            self.told("l"),
            [
                "249 ann :2 connections",
                "249 ann :1 of them not registered",
                f"249 ann :{len(pong)} bytes wait for them",
                "249 ann :2 people",
                "249 ann :1 of them without a connection",
                "249 ann :1 accounts",
                "249 ann :1 channels",
            ],
        )


if __name__ == "__main__":
    unittest.main()
