"""The roles of members by the ranks of the server."""

from __future__ import annotations

import unittest

from chatapp.client.model.channel_roles import is_above_operators, role_of, roles
from tests.gui.networks import add_members, make_network


class RolesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general")
        self.general = add_members(self.network, "#general", "ana")

    def test_the_ranks_come_from_the_server(self) -> None:
        for prefix, expected in (
            ("(ov)@+", {"@": "moderator"}),
            (
                "(yqaohv)!~&@%+",
                {"!": "moderator", "~": "owner", "&": "moderator", "@": "moderator", "%": "moderator"},
            ),
            ("(ohvX)@%+-", {"@": "moderator", "%": "moderator"}),
            ("(v)+", {}),
            ("", {}),
        ):
            self.network.isupport = {"PREFIX": prefix}
            self.assertEqual(roles(self.network), expected)

    def test_the_highest_role_counts_whichever_rank_has_it(self) -> None:
        self.network.isupport = {"PREFIX": "(yqaohv)!~&@%+"}
        ana = self.general.members["ana"]
        for ranks, role in (
            ("", ""), ("+", ""), ("%+", "moderator"), ("!", "moderator"), ("~@", "owner"), ("!~", "owner"),
        ):  # fmt: skip
            ana.ranks = ranks
            self.assertEqual(role_of(roles(self.network), ana), role)
        self.assertEqual(role_of(roles(self.network), None), "")

    def test_who_is_above_operators(self) -> None:
        ana = self.general.members["ana"]
        for prefix, ranks, expected in (
            ("(yqaohv)!~&@%+", "!@", True),
            ("(yqaohv)!~&@%+", "~@", True),
            ("(yqaohv)!~&@%+", "@", False),
            ("(ov)@+", "", False),
            ("(qv)~+", "~", False),
        ):
            self.network.isupport, ana.ranks = {"PREFIX": prefix}, ranks
            self.assertEqual(is_above_operators(self.network, ana), expected)


if __name__ == "__main__":
    unittest.main()
