"""Finding the conversation of a stored message."""

from __future__ import annotations

from chatapp.server.operations import stored_messages
from tests.server.base import ServerTest


class Places(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.enter("cat")

    def test_a_target_is_a_channel_a_user_or_a_name(self) -> None:
        ann = self.user("ann")
        for target, place, name in (
            ("#C", self.channel("#c"), "#c"),
            ("BOB", self.user("bob"), "bob"),
            ("zoe", "zoe", "zoe"),
        ):
            with self.subTest(target):
                found = stored_messages.find_place(self.world, ann, target)
                self.assertEqual(found, place)
                assert found is not None
                self.assertEqual(stored_messages.name_of(found), name)

    def test_only_members_and_operators_find_a_channel(self) -> None:
        self.assertIsNone(stored_messages.find_place(self.world, self.user("cat"), "#c"))
        self.make_operator("cat")
        self.assertIs(stored_messages.find_place(self.world, self.user("cat"), "#c"), self.channel("#c"))

    def test_a_conversation_has_one_key_for_both(self) -> None:
        ann, bob = self.user("ann"), self.user("bob")
        key = stored_messages.key_of(self.world, ann, bob)
        self.assertEqual(key, stored_messages.key_of(self.world, bob, ann))
        self.assertTrue(stored_messages.is_open_to(self.world, ann, bob, key))
        self.assertFalse(stored_messages.is_open_to(self.world, self.user("cat"), bob, key))

    def test_the_audience_is_everyone_but_the_session_itself(self) -> None:
        ann, bob = self.user("ann"), self.user("bob")
        (me,) = ann.sessions
        for place, sessions in ((self.channel("#c"), bob.sessions), (bob, bob.sessions), ("zoe", [])):
            with self.subTest(place):
                audience = stored_messages.audience_of(me, ann, place)
                self.assertEqual(audience.sessions, frozenset(sessions))
