"""What people say without being away."""

from __future__ import annotations

from chatapp.client.model.changes import MembersChanged, StatusChanged
from chatapp.client.model.person_status import MAX_CHARACTERS, own_status, said_by
from tests.client.base import EVERYTHING, ClientTest


class Statuses(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online(capabilities=f"{EVERYTHING} draft/metadata-2")

    def said(self) -> str:
        return said_by(self.client.network.people["ben"])

    def test_a_status_is_shown_until_it_is_removed(self) -> None:
        self.receive(":srv METADATA ben status * :Working  from\x02home")
        self.assertEqual(self.said(), "Working fromhome")
        self.assert_changed(MembersChanged)
        self.receive(":srv METADATA ben status *")
        self.assertEqual(self.said(), "")

    def test_the_reason_of_an_absence_comes_first(self) -> None:
        self.receive(":srv METADATA ben status * :Working", ":ben!b@h AWAY :At lunch")
        self.assertEqual(self.said(), "At lunch")
        self.receive(":ben!b@h AWAY")
        self.assertEqual(self.said(), "Working")

    def test_somebody_who_is_absent_without_a_message_says_nothing(self) -> None:
        self.receive(":srv METADATA ben status * :Working", ":ben!b@h AWAY *")
        self.assertTrue(self.client.network.people["ben"].away)
        self.assertEqual(self.said(), "")

    def test_our_own_status(self) -> None:
        self.receive(":srv 761 ana ana status * :Working")
        self.assert_changed(StatusChanged)
        self.assertEqual(own_status(self.client.network), "Working")
        self.client.run(self.conversation("#general"), "/away At lunch")
        self.receive(":srv 306 ana :Away")
        self.assertEqual(own_status(self.client.network), "At lunch")

    def test_a_long_one_is_cut_and_strangers_have_none(self) -> None:
        self.receive(":srv METADATA ben status * :" + "x" * 500, ":srv METADATA zoe status * :hello")
        self.assertEqual(len(self.said()), MAX_CHARACTERS)
        self.assertNotIn("zoe", self.client.network.people)
