"""The conditions of LIST.

Source: modern IRC "ELIST Parameter".
"""

from __future__ import annotations

import unittest

from chatapp.protocol.timestamps import MINUTE_MILLISECONDS
from chatapp.server.operations.list_conditions import MAX_CONDITIONS, TooManyConditions, parse
from chatapp.server.state.channel import Channel, Member
from chatapp.server.state.user import User

NOW = 100 * MINUTE_MILLISECONDS


def channel(name: str, created: int = 0, topic_at: int = 0, members: int = 0) -> Channel:
    """Return a channel.

    Args:
        created, topic_at: In minutes.
    """
    made = Channel(1, name, created * MINUTE_MILLISECONDS)
    made.topic_at = topic_at * MINUTE_MILLISECONDS // 1000
    for number in range(members):
        user = User(number, f"nick{number}", "user", "host", "Name", 0)
        made.members[user] = user.channels[made] = Member()
    return made


class Conditions(unittest.TestCase):
    def test_each_condition_includes_and_excludes(self) -> None:
        cases = (
            (">2", channel("#c", members=3), channel("#c", members=2)),
            ("<2", channel("#c", members=1), channel("#c", members=2)),
            ("C<10", channel("#c", created=91), channel("#c", created=90)),
            ("C>10", channel("#c", created=89), channel("#c", created=90)),
            ("t<10", channel("#c", topic_at=91), channel("#c", topic_at=90)),
            ("T>10", channel("#c", topic_at=89), channel("#c", topic_at=90)),
            ("#lin*", channel("#Linux"), channel("#unix")),
            ("#?nix", channel("#unix"), channel("#nix")),
            ("!*nix", channel("#linux"), channel("#unix")),
        )
        for text, included, excluded in cases:
            with self.subTest(text):
                wanted = parse(text, NOW)
                self.assertEqual(wanted.names, frozenset())
                self.assertTrue(wanted.includes(included))
                self.assertFalse(wanted.includes(excluded))

    def test_a_channel_without_a_topic_meets_no_condition_of_its_time(self) -> None:
        for text in ("T<1000", "T>0"):
            self.assertFalse(parse(text, NOW).includes(channel("#c")))

    def test_all_conditions_must_be_met(self) -> None:
        wanted = parse(">1,#lin*", NOW)
        self.assertTrue(wanted.includes(channel("#linux", members=2)))
        self.assertFalse(wanted.includes(channel("#linux", members=1)))
        self.assertFalse(wanted.includes(channel("#unix", members=2)))

    def test_other_words_are_names(self) -> None:
        wanted = parse("#Linux,C,<x,>1", NOW)
        self.assertEqual(wanted.names, {"#linux", "c", "<x"})
        self.assertEqual(len(wanted.conditions), 1)

    def test_equal_conditions_count_once(self) -> None:
        self.assertEqual(len(parse(",".join(["c>1", "C>1"] * MAX_CONDITIONS), NOW).conditions), 1)

    def test_too_many_are_refused(self) -> None:
        most = ",".join(f">{number}" for number in range(MAX_CONDITIONS))
        self.assertEqual(len(parse(most, NOW).conditions), MAX_CONDITIONS)
        with self.assertRaises(TooManyConditions):
            parse(f"{most},<1", NOW)


if __name__ == "__main__":
    unittest.main()
