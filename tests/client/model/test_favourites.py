"""Favourites and their order."""

from __future__ import annotations

import unittest

from chatapp.client.model import favourites
from chatapp.client.model.network import Network


class FavouritesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        for name in ("#a", "#b", "#c"):
            favourites.set_favourite(self.network, self.network.add(name, "channel"), True)

    def names(self) -> list[str]:
        return [each.name for each in favourites.in_order(self.network)]

    def test_a_new_favourite_is_the_last_one(self) -> None:
        self.assertEqual(self.names(), ["#a", "#b", "#c"])

    def test_a_favourite_moves_up_and_down_and_stops_at_the_ends(self) -> None:
        c = self.network.conversations["#c"]
        for step, expected in ((-1, "#a #c #b"), (-1, "#c #a #b"), (-1, "#c #a #b"), (1, "#a #c #b")):
            favourites.move(self.network, c, step)
            self.assertEqual(self.names(), expected.split())

    def test_it_moves_past_a_closed_one(self) -> None:
        self.network.remove(self.network.conversations["#b"])
        favourites.move(self.network, self.network.conversations["#c"], -1)
        self.assertEqual((self.names(), self.network.favourites), (["#c", "#a"], ["#c", "#b", "#a"]))

    def test_one_that_is_none_any_more_is_not_in_the_list(self) -> None:
        b = self.network.conversations["#b"]
        favourites.set_favourite(self.network, b, False)
        self.assertEqual((self.names(), b.favourite), (["#a", "#c"], False))
        self.assertIsNone(favourites.neighbour(self.network, b, 1))

    def test_a_renamed_one_keeps_its_place(self) -> None:
        favourites.rename(self.network, "#B", "#New")
        self.assertEqual(self.network.favourites, ["#a", "#new", "#c"])
        favourites.rename(self.network, "#other", "#elsewhere")
        self.assertEqual(self.network.favourites, ["#a", "#new", "#c"])

    def test_a_channel_renamed_to_the_name_of_a_closed_favourite_is_listed_once(self) -> None:
        favourites.rename(self.network, "#a", "#c")
        self.assertEqual(self.network.favourites, ["#c", "#b"])


if __name__ == "__main__":
    unittest.main()
