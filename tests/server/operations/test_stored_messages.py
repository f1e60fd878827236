"""Finding the conversation of a stored message."""

from __future__ import annotations

from chatapp.server.operations import stored_messages
from tests.server.base import ServerTest
from tests.server.guests import KEY, OTHER, GuestTest


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


class Partners(GuestTest):
    def setUp(self) -> None:
        super().setUp()
        self.come("ann", OTHER)
        self.come("bob", KEY)
        self.bob = self.user("bob")
        self.key = stored_messages.key_of(self.world, self.bob, self.user("ann"))

    def partner(self, place: stored_messages.Place) -> stored_messages.Place:
        return stored_messages.place_of(self.world, self.bob, place, self.key)

    def test_the_partner_is_found_under_another_nick(self) -> None:
        ann = self.user("ann")
        self.say("ann", "NICK anna")
        self.come("eve", nick="ann")
        for place in (ann, self.user("ann"), "ann"):
            self.assertIs(self.partner(place), ann)

    def test_a_partner_with_an_account_too(self) -> None:
        self.enter_as("carl")
        carl = self.user("carl")
        key = stored_messages.key_of(self.world, self.bob, carl)
        self.assertIs(stored_messages.place_of(self.world, self.bob, "karl", key), carl)

    def test_of_a_partner_who_has_left_only_the_name_is_known(self) -> None:
        self.hang_up("ann")
        self.world.free_reserved_nick("ann")
        self.come("eve", nick="ann")
        self.assertEqual(self.partner(self.user("ann")), "ann")

    def test_a_partner_who_has_logged_in_is_somebody_else(self) -> None:
        self.make_account("anna")
        self.log_in("ann", "anna")
        self.assertEqual(self.partner("ann"), "ann")

    def test_messages_with_an_earlier_guest_are_found_and_others_are_not(self) -> None:
        msgid = self.sent_id("bob", "PRIVMSG ann :hello")
        self.hang_up("ann")
        self.come("eve")
        find = stored_messages.finder(self.world, self.bob, "ann", "ann")
        found = find(self.reader, msgid)
        assert found
        self.assertEqual(found.key, self.key)
        self.assertIsNone(find(self.reader, "nonsense"))
        of_others = stored_messages.finder(self.world, self.user("eve"), "bob", self.bob)
        self.assertIsNone(of_others(self.reader, msgid))
