"""Channels: ranks, visibility, masks, times."""

from __future__ import annotations

import unittest

from chatapp.protocol import modes
from chatapp.server import config
from chatapp.server.state.channel import Channel, MaskEntry, Member
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


class ChannelTest(unittest.TestCase):
    """Ann is operator of a channel, Bob is a member, Eve is not. Each has one session."""

    def setUp(self) -> None:
        self.world = World(config.parse(""), 0)
        self.channel = Channel(3, "#Talk", 0)
        self.ann, self.bob, self.eve = (self.user(name) for name in ("ann", "bob", "eve"))
        self.world.add_member(self.ann, self.channel, "o")
        self.world.add_member(self.bob, self.channel)

    def user(self, name: str) -> User:
        user = User(self.world.ids.new_id(), name, "u", "host", name, 0)
        user.sessions.append(Session(NullConnection(), 0.0))
        self.world.add_user(user)
        return user

    def ban(self, *masks: str, mode: str = "b") -> None:
        self.channel.lists[mode] = {mask: MaskEntry(mask, "ann", 0) for mask in masks}


class Ranks(ChannelTest):
    def test_prefixes_are_ordered_and_only_the_highest_is_shown_without_multi_prefix(self) -> None:
        member = Member("vo")
        self.assertEqual((member.prefix(True), member.prefix(False)), ("@+", "@"))
        self.assertEqual((Member().prefix(True), Member().level), ("", 0))

    def test_the_level_is_that_of_the_highest_rank(self) -> None:
        levels = [self.channel.level(user) for user in (self.ann, self.bob, self.eve)]
        self.assertEqual(levels, [modes.level("o"), 0, 0])

    def test_an_operator_of_the_server_may_do_everything(self) -> None:
        self.assertEqual(self.channel.effective_level(self.ann), modes.level("o"))
        self.world.set_role(self.eve, "owner")
        self.assertEqual(self.channel.effective_level(self.eve), modes.OWNER)

    def test_the_audience_of_members_from_a_level_up(self) -> None:
        self.assertEqual(self.channel.audience_from_level(1).sessions, set(self.ann.sessions))
        self.assertEqual(
            self.channel.audience_from_level(0).sessions, {*self.ann.sessions, *self.bob.sessions}
        )


class Audiences(ChannelTest):
    def test_the_audience_follows_the_members(self) -> None:
        self.assertEqual(self.channel.audience.sessions, {*self.ann.sessions, *self.bob.sessions})
        self.world.add_member(self.eve, self.channel)
        self.assertEqual(len(self.channel.audience.sessions), 3)
        self.world.remove_member(self.ann, self.channel)
        self.assertEqual(self.channel.audience.sessions, {*self.bob.sessions, *self.eve.sessions})


class Visibility(ChannelTest):
    def test_everyone_sees_ordinary_members(self) -> None:
        self.assertTrue(self.channel.shows(self.bob, self.eve))

    def test_only_members_and_operators_see_an_invisible_user(self) -> None:
        self.bob.modes.add("i")
        self.assertTrue(self.channel.shows(self.bob, self.ann))
        self.assertFalse(self.channel.shows(self.bob, self.eve))
        self.world.set_role(self.eve, "moderator")
        self.assertTrue(self.channel.shows(self.bob, self.eve))

    def test_in_an_auditorium_only_members_with_a_rank_see_others_and_are_seen(self) -> None:
        self.channel.modes["u"] = ""
        self.world.add_member(self.eve, self.channel)
        self.assertFalse(self.channel.shows(self.bob, self.eve))
        self.assertTrue(self.channel.shows(self.bob, self.bob))
        self.assertTrue(self.channel.shows(self.ann, self.eve))
        self.assertTrue(self.channel.shows(self.bob, self.ann))

    def test_all_members_that_are_shown_are_those_that_are_each_shown(self) -> None:
        guest, operator = self.user("guest"), self.user("operator")
        self.world.set_role(operator, "moderator")
        self.world.add_member(self.eve, self.channel)
        self.bob.modes.add("i")
        for set_modes in ({}, {"u": ""}):
            self.channel.modes = set_modes
            for asker in (self.ann, self.bob, self.eve, guest, operator):
                with self.subTest(modes=set_modes, asker=asker.nick):
                    members = self.channel.members.items()
                    expected = [pair for pair in members if self.channel.shows(pair[0], asker)]
                    self.assertEqual(list(self.channel.shown_to(asker)), expected)

    def test_in_an_auditorium_only_ranks_and_the_user_are_notified_of_a_change(self) -> None:
        self.world.add_member(self.eve, self.channel)
        self.assertEqual(self.channel.watchers(self.bob).sessions, self.channel.audience.sessions)
        self.channel.modes["u"] = ""
        self.assertEqual(self.channel.watchers(self.bob).sessions, {*self.ann.sessions, *self.bob.sessions})
        self.assertEqual(self.channel.watchers(self.ann).sessions, self.channel.audience.sessions)


class Masks(ChannelTest):
    def test_a_ban_matches_and_an_exception_lifts_it(self) -> None:
        self.ban("bob!*@*")
        self.assertTrue(self.channel.is_banned(self.bob))
        self.assertFalse(self.channel.is_banned(self.ann))
        self.ban("*!u@host", mode="e")
        self.assertFalse(self.channel.is_banned(self.bob))

    def test_a_mute_counts_only_for_speaking(self) -> None:
        self.ban("~m:bob!*@*")
        self.assertFalse(self.channel.is_banned(self.bob))
        self.assertTrue(self.channel.is_banned(self.bob, for_speaking=True))


class Times(ChannelTest):
    def test_times_increase_even_if_the_clock_does_not(self) -> None:
        self.assertEqual([self.channel.next_time(now) for now in (10, 10, 5, 30)], [10, 11, 12, 30])

    def test_a_new_channel_of_the_same_name_has_another_key(self) -> None:
        self.assertEqual((self.channel.key, Channel(4, "#talk", 0).key), ("#3", "#4"))
        self.assertEqual(self.channel.folded, "#talk")
