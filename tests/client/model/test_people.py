"""What is known about people, and how it is shown."""

from __future__ import annotations

from chatapp.client.model.changes import MembersChanged
from chatapp.protocol.presence import ABSENT, NOT_STORED, WAITS
from tests.client.model.test_members import People


class UserData(People):
    def test_an_away_member_is_shown_in_every_list(self) -> None:
        self.enter("#help", others="ben")
        self.receive(":ben!b@h AWAY :lunch")
        self.assertTrue(self.conversation("#help").members["ben"].away)
        self.assertEqual(2, sum(isinstance(change, MembersChanged) for change in self.changes))
        self.receive(":ben!b@h AWAY")
        self.assertEqual("online", self.client.network.presence("ben"))

    def test_away_states_are_requested_at_a_join(self) -> None:
        self.sent()
        self.enter("#help")
        self.assertIn("WHO #help", self.sent())
        self.receive(":srv 005 ana WHOX :are supported")
        self.enter("#other")
        self.assertIn("WHO #other %tuhnfar,71", self.sent())
        self.receive(":srv 352 ana #help b host srv ben G :0 Ben O")
        self.assertTrue(self.general.members["ben"].away)
        self.assertEqual("Ben O", self.general.members["ben"].person.realname)

    def test_away_states_of_a_very_large_channel_are_not_requested(self) -> None:
        self.sent()
        names = " ".join(f"n{number}" for number in range(400))
        self.receive(f":srv 353 ana = #general :{names}", ":srv 366 ana #general :End")
        self.assertEqual([], self.sent())

    def test_invisible_data_cause_no_redraw(self) -> None:
        self.assertEqual([], self.receive(":ben!b@h SETNAME :Ben O", ":zoe!z@h AWAY :x"))

    def test_an_account_is_stored_and_removed(self) -> None:
        self.receive(":ben!b@h ACCOUNT Ben")
        self.assertEqual("Ben", self.general.members["ben"].account)
        self.receive(":ben!b@h ACCOUNT *")
        self.assertEqual("", self.general.members["ben"].account)

    def test_our_new_host_is_used(self) -> None:
        self.receive(":ana!ana@home.example CHGHOST ana cloak.example")
        self.assertEqual("ana!ana@cloak.example", self.client.network.source)

    def test_our_own_away_state_is_tracked(self) -> None:
        self.receive(":srv 306 ana :away")
        self.assertTrue(self.client.network.away)
        self.assertTrue(self.general.members["ana"].away)
        self.receive(":srv 305 ana :back")
        self.assertFalse(self.client.network.away)

    def test_an_away_message_is_shown_once(self) -> None:
        self.receive(":ben!b@h PRIVMSG ana :psst")
        self.receive(*[":srv 301 ana ben :lunch"] * 3)
        entries = self.conversation("ben").entries
        self.assertEqual(["psst", "ben is away: lunch"], [entry.text for entry in entries])

    def test_an_away_reply_without_a_message_names_no_reason(self) -> None:
        self.receive(":ben!b@h PRIVMSG ana :psst", ":srv 301 ana ben :*")
        entries = self.conversation("ben").entries
        self.assertEqual(["psst", "ben is away."], [entry.text for entry in entries])

    def test_somebody_who_is_not_connected_is_not_called_away(self) -> None:
        for answer, sentence in (
            (ABSENT, "ben is not connected."),
            (WAITS, "ben is not connected. Your message will be delivered at the next login."),
            (NOT_STORED, "ben is not connected, and this server does not store messages."),
        ):
            with self.subTest(answer):
                self.receive(":ben!b@h PRIVMSG ana :psst", f":srv 301 ana ben :{answer}")
                self.assertEqual(self.conversation("ben").entries[-1].text, sentence)
                self.assertEqual(self.client.network.presence("ben"), "offline")

    def test_whois_is_answered_in_the_current_conversation(self) -> None:
        self.receive(":srv 311 ana Ben b h * :Ben O", ":srv 318 ana BEN :End")
        self.assertEqual("ben is Ben O (b@h)", self.general.entries[-1].text)
        before = len(self.general.entries)
        self.receive(":srv 318 ana zoe :End")
        self.assertEqual(before, len(self.general.entries))
