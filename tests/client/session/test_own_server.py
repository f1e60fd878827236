"""What an owner does with the server."""

from __future__ import annotations

import unittest
from collections.abc import Callable

from chatapp.client.model.orders import Order
from chatapp.client.session.own_server import CODE_CREATED, OwnServer
from tests.client.base import ClientTest


class Actions(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.shown = len(self.general.entries)

    def command(self) -> str:
        line, ping = self.sent()
        self.token = ping.split()[1]
        return line.partition(" ")[2] if line[0] == "@" else line

    def test_each_is_one_command(self) -> None:
        cases: dict[str, Callable[[OwnServer], Order]] = {
            "SETTING name :Room 12": lambda server: server.set_name("Room 12"),
            "SETTING access invite": lambda server: server.set_access("invite"),
            "SETTING sharing on": lambda server: server.set_sharing(True),
            "SETTING closed off": lambda server: server.set_closed(False),
            "SETTING RESET name": lambda server: server.reset("name"),
            "SETTING files-who members": lambda server: server.set_file_limits({"who": "members"}),
            "INVITECODE 1000 7": lambda server: server.make_code(),
            "INVITECODE REVOKE k7qx": lambda server: server.revoke_code("k7qx"),
            "ROLE sofia moderator": lambda server: server.set_role("sofia", "moderator"),
            "UNBAN tom!*@*": lambda server: server.lift_ban("tom!*@*"),
            "STOP :Good night": lambda server: server.stop("Good night"),
        }
        for expected, act in cases.items():
            with self.subTest(expected):
                order = act(self.client.server)
                self.assertEqual(self.command(), expected)
                self.receive(f":srv PONG srv {self.token}")
                self.assertEqual((order.is_finished, order.problem), (True, ""))

    def test_a_refusal_is_the_sentence_of_the_server(self) -> None:
        order = self.client.server.set_access("accounts")
        self.command()
        self.receive(":srv FAIL SETTING NEED_ACCOUNT access :Protect your name first")
        self.receive(f":srv PONG srv {self.token}")
        self.assertEqual((order.problem, order.refusals[0].code), ("Protect your name first", "NEED_ACCOUNT"))

    def test_a_new_code_is_in_the_answer_and_shown_nowhere_else(self) -> None:
        order = self.client.server.make_code()
        self.command()
        self.receive(":srv NOTE INVITECODE CREATED k7qx-29fm 1000 * :The code", f":srv PONG srv {self.token}")
        (answer,) = order.answers
        self.assertEqual((answer.code, answer.params[0]), (CODE_CREATED, "k7qx-29fm"))
        self.assertEqual(len(self.general.entries), self.shown)

    def test_a_stop_that_is_refused_is_no_stop(self) -> None:
        self.client.server.stop()
        self.command()
        self.receive(":srv FAIL STOP NEED_OWNER :Only an owner can stop the server")
        self.receive(f":srv PONG srv {self.token}")
        self.assertFalse(self.client.network.is_stopped_here)

    def test_a_stop_succeeds_by_the_end_of_the_connection(self) -> None:
        order = self.client.server.stop()
        self.command()
        self.receive(":srv ERROR :The server was stopped by ana")
        last = self.general.entries[-1]
        self.assertEqual((last.kind, last.text), ("system", "You stopped the server."))
        self.lose_connection()
        self.assertEqual((order.is_finished, order.problem), (True, ""))
        self.assertEqual(self.client.network.failure, "stopped")
        self.assertTrue(self.client.network.is_stopped_here)
        self.pass_time(5)
        self.link_up()
        self.welcome()
        self.assertFalse(self.client.network.is_stopped_here)


if __name__ == "__main__":
    unittest.main()
