"""What the client does automatically when the server sends an event."""

from __future__ import annotations

import unittest
from typing import get_args
from unittest import mock

from chatapp.client.incoming.events import Event
from chatapp.client.incoming.handlers import WHOX_FIELDS
from chatapp.client.model.apply import _HANDLERS
from chatapp.client.session.reactions import MAX_WHO_MEMBERS, REACTIONS
from tests.client.base import EVERYTHING, ClientTest


class Table(unittest.TestCase):
    def test_each_event_has_a_reaction_or_a_place_in_the_model(self) -> None:
        events_ = set(get_args(Event))
        self.assertEqual(events_, events_ & (set(REACTIONS) | set(_HANDLERS)))

    def test_the_table_holds_events_only(self) -> None:
        self.assertLessEqual(set(REACTIONS), set(get_args(Event)))


class Reactions(ClientTest):
    def test_joining_again_after_a_kick_is_shown(self) -> None:
        general = self.online()
        self.receive(":ben!b@h KICK #general ana")
        self.client.run(general, "/join #general")
        self.enter("#general")
        self.assertEqual("join", general.entries[-1].kind)

    def test_in_a_channel_of_moderate_size_away_states_are_requested(self) -> None:
        self.online()
        for members, asked in ((MAX_WHO_MEMBERS - 1, 1), (MAX_WHO_MEMBERS, 0)):
            with self.subTest(members):
                self.sent()
                self.enter(f"#c{members}", others=" ".join(f"u{number}" for number in range(members)))
                self.assertEqual(asked, len([line for line in self.sent() if "WHO #c" in line]))

    def test_the_who_command_has_the_form_that_the_server_supports(self) -> None:
        self.connect()
        self.welcome(isupport="WHOX CHANTYPES=#")
        self.sent()
        self.enter()
        self.assertEqual([f"WHO #general {WHOX_FIELDS}"], [line for line in self.sent() if "WHO" in line])

    def test_the_history_of_a_joined_channel_is_fetched(self) -> None:
        self.connect()
        self.welcome()
        self.sent()
        self.enter()
        self.assertEqual(1, len([line for line in self.sent() if "CHATHISTORY LATEST #general" in line]))

    def test_the_join_of_another_user_fetches_nothing(self) -> None:
        self.online()
        self.receive(":zoe!z@h JOIN #general * :Zoe")
        self.assertEqual([], self.sent())

    def test_a_page_requested_under_the_old_name_of_a_channel_is_requested_again(self) -> None:
        self.connect()
        self.welcome(f"{EVERYTHING} draft/channel-rename")
        self.enter("#old")
        self.sent()
        self.receive(":ben!b@h RENAME #old #new :")
        self.assertEqual(1, len([line for line in self.sent() if "CHATHISTORY LATEST #new" in line]))

    def test_the_user_who_started_the_server_becomes_its_owner_at_each_welcome(self) -> None:
        server = self.client.sessions.current.services.local_server
        with mock.patch.object(server, "use", lambda login, certificate: "sesame"):
            self.connect()
            self.welcome()
            self.assertIn("OPER owner-key sesame", " ".join(self.sent()))
            self.lose_connection()
            self.pass_time(1)
            self.link_up()
            self.welcome()
            self.assertIn("OPER owner-key sesame", " ".join(self.sent()))
