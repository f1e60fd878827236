"""Capabilities: one bit per name."""

from __future__ import annotations

import unittest

from chatapp.protocol import capabilities
from chatapp.protocol.capabilities import BITS, NAMES, TAG_NEEDS, names_of


class Bits(unittest.TestCase):
    def test_each_name_has_its_own_bit(self) -> None:
        self.assertEqual(len(set(NAMES)), len(NAMES))
        self.assertEqual(sum(BITS.values()), (1 << len(NAMES)) - 1)

    def test_a_set_of_bits_is_written_as_names_in_the_order_of_the_table(self) -> None:
        self.assertEqual(names_of(0), [])
        self.assertEqual(names_of(BITS["batch"] | BITS["message-tags"]), ["message-tags", "batch"])
        self.assertEqual(names_of((1 << len(NAMES)) - 1), list(NAMES))

    def test_a_capability_with_two_names_has_both_bits(self) -> None:
        """A client may know the draft or the final name."""
        self.assertEqual(
            names_of(capabilities.NO_IMPLICIT_NAMES), ["no-implicit-names", "draft/no-implicit-names"]
        )
        self.assertEqual(names_of(capabilities.METADATA), ["draft/metadata-2", "draft/metadata-3"])

    def test_each_tag_needs_a_capability_of_the_table(self) -> None:
        for tag, bit in TAG_NEEDS.items():
            with self.subTest(tag):
                self.assertEqual(len(names_of(bit)), 1)
        self.assertEqual(names_of(TAG_NEEDS["time"]), ["server-time"])


if __name__ == "__main__":
    unittest.main()
