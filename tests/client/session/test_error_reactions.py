"""Errors of the server: each is shown where it belongs, or not at all."""

from __future__ import annotations

from chatapp.client.model.changes import CommandRejected
from tests.client.base import ClientTest


class Errors(ClientTest):
    def test_history_that_the_server_refuses_is_no_error_for_the_user(self) -> None:
        self.connect()
        self.welcome()
        general = self.enter()
        self.receive(":srv FAIL CHATHISTORY INVALID_TARGET LATEST #general :No history here")
        self.assertEqual([], [entry for entry in general.entries if entry.kind == "error"])
        self.assertIsNone(general.fetching)

    def test_history_that_the_user_requested_is_shown_as_results_and_its_refusal_as_an_error(self) -> None:
        general = self.online()
        self.client.run(general, "/quote CHATHISTORY LATEST #general * 5")
        label = self.sent()[-1].split()[0]
        self.receive(f"{label} :srv FAIL CHATHISTORY INVALID_TARGET LATEST #general :No history here")
        self.assertEqual("error", general.entries[-1].kind)

    def test_an_error_about_what_the_user_typed_is_shown_and_the_command_given_back(self) -> None:
        general = self.online()
        self.client.run(general, "/topic new")
        self.receive(":srv 482 ana #general :You are not an operator")
        self.assertEqual("error", general.entries[-1].kind)
        self.assertEqual("/topic new", self.assert_changed(CommandRejected).text)

    def test_a_refused_nick_that_the_user_typed_is_given_back(self) -> None:
        general = self.online()
        self.client.run(general, "/nick ben")
        self.receive(":srv 433 ana ben :Nickname is already in use")
        self.assertEqual("error", general.entries[-1].kind)
        self.assertEqual("/nick ben", self.assert_changed(CommandRejected).text)
