"""Sessions and audiences."""

from __future__ import annotations

import unittest

from chatapp.protocol.capabilities import BATCH, ECHO_MESSAGE, MULTILINE
from chatapp.server.state.channel import Channel, Member
from chatapp.server.state.connection import NullConnection
from chatapp.server.state.session import EMPTY_AUDIENCE, MULTILINE_BATCH, PLAIN_TEXT, Audience, Session
from chatapp.server.state.user import User


def session(caps: int = 0) -> Session:
    """Return a session with these capabilities."""
    session = Session(NullConnection(), 0.0)
    session.set_caps(caps)
    return session


class Audiences(unittest.TestCase):
    def test_sessions_are_grouped_by_their_capabilities(self) -> None:
        ann, bob, eve = session(), session(BATCH), session(BATCH)
        audience = Audience([ann, bob, eve])
        groups = {caps: set(members) for caps, members in audience.groups}
        self.assertEqual(groups, {0: {ann}, BATCH: {bob, eve}})
        self.assertEqual(audience.caps_of(eve), BATCH)

    def test_groups_do_not_change_when_a_session_does(self) -> None:
        """A message is rendered with the capabilities at the time when it was sent."""
        ann = session()
        audience = Audience([ann])
        ann.set_caps(BATCH)
        self.assertEqual(audience.caps_of(ann), 0)
        self.assertEqual(ann.own_audience.caps_of(ann), BATCH)

    def test_a_reduced_audience_is_the_same_as_a_new_one_of_the_rest(self) -> None:
        ann, bob, eve = session(), session(BATCH), session()
        everybody = Audience([ann, bob, eve])
        reduced = everybody.minus([ann, bob])
        self.assertEqual((reduced.sessions, reduced.groups), ({eve}, ((0, (eve,)),)))
        self.assertIs(reduced.minus([ann]), reduced)
        self.assertEqual(len(everybody.sessions), 3)

    def test_an_extended_audience_is_the_same_as_a_new_one_of_all(self) -> None:
        ann, bob, eve = session(), session(BATCH), session()
        extended, new = Audience([ann]).plus([bob, eve]), Audience([ann, bob, eve])
        self.assertEqual(extended.sessions, new.sessions)
        for audience in (extended, new):
            self.assertEqual({caps: len(members) for caps, members in audience.groups}, {0: 2, BATCH: 1})

    def test_the_empty_audience(self) -> None:
        self.assertEqual((EMPTY_AUDIENCE.sessions, EMPTY_AUDIENCE.groups), (frozenset(), ()))


class Sessions(unittest.TestCase):
    def test_the_target_of_replies_is_a_star_the_nick_or_that_of_the_user(self) -> None:
        ann = session()
        self.assertEqual(ann.name, "*")
        ann.nick = "ann"
        self.assertEqual(ann.name, "ann")
        ann.user = User(1, "anna", "a", "h", "Ann", 0)
        self.assertEqual(ann.name, "anna")

    def test_a_session_with_batch_and_multiline_gets_multiline_messages_in_a_batch(self) -> None:
        for caps, expected in (
            (BATCH, 0),
            (MULTILINE, 0),
            (BATCH | MULTILINE, MULTILINE_BATCH),
            (ECHO_MESSAGE, 0),
        ):
            with self.subTest(caps=caps):
                self.assertEqual(session(caps).caps & MULTILINE_BATCH, expected)
        ann = session(BATCH | MULTILINE)
        ann.set_caps(MULTILINE)
        self.assertEqual(ann.caps, MULTILINE)

    def test_new_capabilities_change_the_audiences_of_user_and_channels(self) -> None:
        ann, channel = session(), Channel(1, "#c", 0)
        user = ann.user = User(1, "ann", "a", "h", "Ann", 0)
        user.sessions.append(ann)
        channel.members[user] = user.channels[channel] = Member()
        self.assertEqual((user.audience.caps_of(ann), channel.audience.caps_of(ann)), (0, 0))
        ann.set_caps(BATCH)
        self.assertEqual((user.audience.caps_of(ann), channel.audience.caps_of(ann)), (BATCH, BATCH))

    def test_batch_references_are_unique(self) -> None:
        ann = session()
        self.assertEqual([ann.new_batch(), ann.new_batch()], ["b1", "b2"])

    def test_a_plain_text_session_does_not_use_irc(self) -> None:
        self.assertTrue(session(PLAIN_TEXT).is_plain)
        self.assertFalse(session(BATCH).is_plain)
