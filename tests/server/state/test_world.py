"""The world: look-ups, users, accounts, channels and their former names."""

from __future__ import annotations

import unittest

from chatapp.protocol.capabilities import EXTENDED_MONITOR
from chatapp.protocol.numerics import NumericError
from chatapp.protocol.presence import ABSENT
from chatapp.server import config
from chatapp.server.state.accounts import Account
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.session import Session
from chatapp.server.state.user import PersistentUser, User
from chatapp.server.state.world import WHOWAS_ENTRIES, World, check_server

ANNA = Account("Anna", "hash", "member", "", 1, 7)


class WorldTest(unittest.TestCase):
    def setUp(self) -> None:
        self.world = World(config.parse("[channels]\ndefault = ['#general']"), 1000, b"secret")

    def user(self, nick: str, *, channel: str = "", caps: int = 0) -> User:
        """Return a new user with one session, optionally in a channel, which is created if necessary."""
        world = self.world
        user = User(world.ids.new_id(), nick, "u", "host", nick.title(), 0)
        session = Session(NullConnection(), 0.0)
        session.set_caps(caps)
        session.user = user
        user.sessions.append(session)
        world.add_user(user)
        if channel:
            world.add_member(user, world.channels.get(channel) or world.new_channel(channel, 0))
        return user

    def assertRefused(self, code: str, look_up: object, *args: object) -> None:
        assert callable(look_up)
        with self.assertRaises(NumericError) as caught:
            look_up(*args)
        self.assertEqual(caught.exception.numeric.code, code)


class LookUps(WorldTest):
    def test_names_are_found_in_any_case(self) -> None:
        ann = self.user("Ann", channel="#c")
        self.assertIs(self.world.user("ANN"), ann)
        self.assertIs(self.world.channel("#C"), self.world.channels["#c"])
        self.assertIs(self.world.member_of(self.world.channel("#c"), "ann"), ann)

    def test_a_failed_look_up_has_its_numeric(self) -> None:
        world, ann, bob = self.world, self.user("ann", channel="#c"), self.user("bob")
        channel = world.channel("#c")
        self.assertIs(world.channel_of(ann, "#c"), channel)
        self.assertRefused("401", world.user, "nobody")
        self.assertRefused("403", world.channel, "#none")
        self.assertRefused("403", world.channel_of, ann, "#none")
        self.assertRefused("442", world.channel_of, bob, "#c")
        self.assertRefused("441", world.member_of, channel, "bob")
        self.assertRefused("401", world.member_of, channel, "nobody")

    def test_an_operator_finds_channels_of_others(self) -> None:
        world, bob = self.world, self.user("bob")
        self.user("ann", channel="#c")
        self.assertRefused("442", world.channel_of_member_or_operator, bob, "#c")
        world.set_role(bob, "moderator")
        self.assertIs(world.channel_of_member_or_operator(bob, "#c"), world.channel("#c"))

    def test_a_secret_channel_is_visible_to_members_and_operators(self) -> None:
        world, ann, bob = self.world, self.user("ann", channel="#c"), self.user("bob")
        channel = world.channel("#c")
        self.assertTrue(world.may_see_channel(bob, channel))
        channel.modes["s"] = ""
        self.assertEqual([world.may_see_channel(user, channel) for user in (ann, bob)], [True, False])
        world.set_role(bob, "moderator")
        self.assertTrue(world.may_see_channel(bob, channel))

    def test_a_query_names_this_server_by_name_mask_or_nick(self) -> None:
        self.user("ann")
        for asked in ("", self.world.name, "*.local", "ANN"):
            check_server(self.world, asked)
        self.assertRefused("402", check_server, self.world, "other.example")

    def test_sessions_are_those_of_users_and_the_unregistered(self) -> None:
        ann, visitor = self.user("ann"), Session(NullConnection(), 0.0)
        self.world.unregistered.add(visitor)
        self.assertEqual(set(self.world.sessions()), {*ann.sessions, visitor})

    def test_transfers_of_files_are_not_counted_as_unregistered(self) -> None:
        visitor, transfer, ended = (Session(NullConnection(), 0.0) for _ in range(3))
        self.world.unregistered |= {visitor, transfer}
        for session in (transfer, transfer, ended):
            self.world.begin_transfer(session)
        self.assertEqual(self.world.count_unregistered(), 1)


class Audiences(WorldTest):
    def test_neighbours_are_the_user_and_those_who_share_a_channel(self) -> None:
        ann, bob = self.user("ann", channel="#c"), self.user("bob", channel="#c")
        self.user("eve", channel="#d")
        self.assertEqual(self.world.neighbours(ann).sessions, {*ann.sessions, *bob.sessions})

    def test_neighbours_in_several_channels_are_counted_once(self) -> None:
        ann, bob = self.user("ann", channel="#c"), self.user("bob", channel="#c")
        eve = self.user("eve", channel="#d")
        for user in (ann, bob):
            self.world.add_member(user, self.world.channels["#d"])
        everybody = {*ann.sessions, *bob.sessions, *eve.sessions}
        self.assertEqual(self.world.neighbours(ann).sessions, everybody)
        self.assertEqual(sum(len(group) for _, group in self.world.neighbours(ann).groups), 3)
        ann.session_ended(ann.sessions[0])
        self.assertEqual(self.world.neighbours(ann).sessions, {*bob.sessions, *eve.sessions})

    def test_observers_include_those_who_monitor_with_extended_monitor(self) -> None:
        ann, bob, eve = self.user("ann"), self.user("bob", caps=EXTENDED_MONITOR), self.user("eve")
        for watcher in (bob, eve):
            self.world.monitors.add(watcher.sessions[0], "ann")
        self.assertEqual(self.world.observers(ann).sessions, {*ann.sessions, *bob.sessions})


class Users(WorldTest):
    def test_a_renamed_user_is_found_under_the_new_nick_only(self) -> None:
        ann = self.user("ann")
        self.world.rename_user(ann, "Annie")
        self.assertEqual(self.world.users, {"annie": ann})

    def test_a_removed_user_is_found_only_in_whowas(self) -> None:
        world, ann = self.world, self.user("ann", channel="#c")
        world.set_mode(ann, "i", True)
        world.invite(ann, world.new_channel("#d", 0), is_pass=False)
        world.markers[ann.identity] = {"#1": 5}
        world.metadata[ann.identity] = {"url": "x"}
        world.remove_user(ann, 77)
        self.assertEqual((world.users, world.mode_counts["i"]), ({}, 0))
        self.assertEqual((world.channels["#c"].members, world.channels["#d"].invited), ({}, set()))
        self.assertEqual((world.markers, world.metadata), ({}, {}))
        self.assertEqual([(entry.nick, entry.at) for entry in world.whowas], [("ann", 77)])

    def test_whowas_is_bounded_and_the_newest_comes_first(self) -> None:
        ann = self.user("ann")
        for now in range(WHOWAS_ENTRIES + 5):
            self.world.add_to_whowas(ann, now)
        self.assertEqual(len(self.world.whowas), WHOWAS_ENTRIES)
        self.assertEqual(self.world.whowas[0].at, WHOWAS_ENTRIES + 4)

    def test_the_maximum_number_of_users_is_counted(self) -> None:
        ann = self.user("ann")
        self.user("bob")
        self.world.remove_user(ann, 0)
        self.user("eve")
        self.assertEqual(self.world.most_users, 2)

    def test_modes_are_counted_once_per_user(self) -> None:
        ann = self.user("ann")
        for on in (True, True, False, False, True):
            self.world.set_mode(ann, "i", on)
        self.assertEqual((self.world.mode_counts["i"], ann.modes), (1, {"i"}))

    def test_a_role_shows_as_user_mode_o(self) -> None:
        ann = self.user("ann")
        self.world.set_role(ann, "moderator")
        self.assertEqual((ann.is_operator, ann.role), (True, "moderator"))
        self.world.set_role(ann, "member")
        self.assertEqual((ann.is_operator, ann.role), (False, "member"))

    def test_a_persistent_user_is_restored_as_absent_and_logged_in(self) -> None:
        self.world.add_account(ANNA)
        user = self.world.restore_user(PersistentUser("anna", "ann", "u", "h", "Ann", "", 500))
        self.assertEqual((user.away, user.is_persistent, user.account), (ABSENT, True, "Anna"))
        self.assertEqual(self.world.absent, {user: 500})

    def test_a_user_who_was_connected_until_the_end_is_absent_since_the_start(self) -> None:
        self.world.add_account(ANNA)
        user = self.world.restore_user(PersistentUser("anna", "ann", "u", "h", "Ann", "lunch", 0))
        self.assertEqual((user.away, self.world.absent[user]), ("lunch", 1000))


class Accounts(WorldTest):
    def test_users_are_found_by_their_account(self) -> None:
        world, ann, bob = self.world, self.user("ann"), self.user("bob")
        world.add_account(ANNA)
        for user in (ann, bob):
            world.set_account(user, "Anna")
        self.assertEqual(world.logged_in, {"anna": [ann, bob]})
        self.assertEqual((world.account_of(ann), world.identity_of("ANNA")), (ANNA, "=anna.7"))
        world.set_account(ann, "")
        world.set_account(bob, "")
        self.assertEqual((world.logged_in, world.account_of(ann)), ({}, None))

    def test_an_unknown_account_has_a_unique_identity(self) -> None:
        self.assertEqual(self.world.identity_of("Zoe"), "?zoe")

    def test_no_password_matches_decoy_credentials(self) -> None:
        decoy = self.world.decoy_credentials("zoe")
        self.assertEqual(decoy.salt, self.world.decoy_credentials("zoe").salt)
        self.assertNotEqual(decoy.salt, self.world.decoy_credentials("yan").salt)

    def test_a_nonce_is_used_once(self) -> None:
        self.assertNotEqual(self.world.new_nonce(), self.world.new_nonce())


class Channels(WorldTest):
    def test_numbers_are_never_reused(self) -> None:
        world = self.world
        world.reserve_channel_number(7)
        first = world.new_channel("#a", 0)
        world.drop_channel(first)
        self.assertEqual((first.id, world.new_channel("#a", 0).id), (8, 9))

    def test_only_the_last_former_name_is_stored_with_its_witnesses(self) -> None:
        world, ann = self.world, self.user("ann", channel="#a")
        channel = world.channel("#a")
        world.rename_channel(channel, "#b")
        world.rename_channel(channel, "#C")
        self.assertEqual(list(world.former_names), ["#b"])
        self.assertEqual(world.former_names["#b"].member_ids, {ann.id})
        self.assertEqual(world.channels, {"#c": channel})
        world.new_channel("#b", 0)
        self.assertEqual(world.former_names, {})

    def test_a_change_of_case_is_not_another_name(self) -> None:
        channel = self.world.new_channel("#a", 0)
        self.world.rename_channel(channel, "#A")
        self.assertEqual((channel.name, self.world.former_names), ("#A", {}))

    def test_a_dropped_channel_leaves_no_data(self) -> None:
        world, bob = self.world, self.user("bob")
        channel = world.new_channel("#a", 0)
        world.rename_channel(channel, "#b")
        world.invite(bob, channel, is_pass=True)
        world.metadata[channel.key] = {"url": "x"}
        world.drop_channel(channel)
        self.assertEqual((world.channels, world.former_names, world.metadata, bob.invites), ({}, {}, {}, {}))

    def test_an_invitation_that_overrides_modes_is_not_replaced(self) -> None:
        world, bob = self.world, self.user("bob")
        channel = world.new_channel("#a", 0)
        world.invite(bob, channel, is_pass=True)
        world.invite(bob, channel, is_pass=False)
        self.assertEqual(bob.invites, {channel: True})
        world.uninvite(bob, channel)
        self.assertEqual((bob.invites, channel.invited), ({}, set()))

    def test_the_default_channel_is_the_first_or_general(self) -> None:
        self.assertEqual(self.world.default_channel, "#general")
        self.assertTrue(self.world.is_default_channel("#GENERAL"))
        self.assertFalse(self.world.is_default_channel("#other"))
        self.assertEqual(World(config.parse("[channels]\ndefault = []"), 0).default_channel, "#general")


class Settings(WorldTest):
    def test_a_locked_server_is_closed_to_guests_and_new_accounts(self) -> None:
        written = self.world.config
        self.world.configure(written, is_locked=True)
        accounts = self.world.config.accounts
        self.assertEqual((accounts.members_only, accounts.registration), (True, "closed"))
        self.assertIs(self.world.written_config, written)
        self.world.configure(written, is_locked=False)
        self.assertIs(self.world.config, written)

    def test_a_cloak_hides_the_address_and_is_deterministic(self) -> None:
        cloak = self.world.cloak("192.0.2.7")
        self.assertEqual(cloak, self.world.cloak("192.0.2.7"))
        self.assertNotEqual(cloak, self.world.cloak("192.0.2.8"))
        self.assertNotIn("192", cloak.partition(".")[2])
        other = World(self.world.config, 0, b"another secret")
        self.assertNotEqual(cloak, other.cloak("192.0.2.7"))

    def test_times_of_direct_messages_increase(self) -> None:
        self.assertEqual([self.world.next_direct_time(now) for now in (5, 5, 3, 9)], [5, 6, 7, 9])
