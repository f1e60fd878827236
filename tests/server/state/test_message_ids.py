from __future__ import annotations

import unittest

from chatapp.server.config import Config
from chatapp.server.state.message_ids import first_id, msgid, parse_msgid, time_of
from chatapp.server.state.world import World

NOON = 1_773_316_800_000


class Ids(unittest.TestCase):
    def test_an_id_is_encoded_and_decoded(self) -> None:
        for number in (1, 255, first_id(NOON) + 77, (1 << 63) - 1):
            self.assertEqual(parse_msgid(msgid(number)), number)

    def test_invalid_ids(self) -> None:
        for text in ("", "x", "0", "-1", "0x1f", "1F", "01f", " 1f", "1_f", "8000000000000000", "é"):
            with self.subTest(text):
                self.assertIsNone(parse_msgid(text))

    def test_an_id_contains_its_approximate_time(self) -> None:
        self.assertEqual(time_of(first_id(NOON)), NOON)
        self.assertEqual(time_of(first_id(NOON + 1) - 1), NOON)

    def test_a_world_creates_ids_in_the_order_of_time(self) -> None:
        world = World(Config(), NOON)
        given = []
        for now in (NOON, NOON, NOON + 5, NOON - 1000, NOON + 6):
            world.ids.advance(now)
            given += [world.ids.new_msgid(), world.ids.new_msgid()]
        numbers = [int(text, 16) for text in given]
        self.assertEqual(numbers, sorted(set(numbers)))
        self.assertEqual([time_of(number) - NOON for number in numbers], [0, 0, 0, 0, 5, 5, 5, 5, 6, 6])
        self.assertEqual(numbers[0], first_id(NOON))
