"""Metadata: keys, versions and targets."""

from __future__ import annotations

import unittest

from chatapp.protocol.capabilities import METADATA, METADATA_2
from chatapp.server import config
from chatapp.server.state.metadata import (
    MAX_KEY_BYTES,
    VERSION_2,
    VERSION_3,
    MetadataTarget,
    is_key,
    metadata_error,
    version_of,
)
from chatapp.server.state.user import User
from chatapp.server.state.world import World


class Keys(unittest.TestCase):
    def test_keys_have_lower_case_letters_digits_and_a_few_signs(self) -> None:
        """Source: IRCv3 metadata, section "Keys and values"."""
        for key, expected in (
            ("url", True), ("a-b_c.d/e9", True), ("x" * MAX_KEY_BYTES, True), ("", False), ("URL", False),
            ("x" * (MAX_KEY_BYTES + 1), False), ("a b", False), ("ü", False), ("a:b", False),
            ("url\n", False),
        ):  # fmt: skip
            with self.subTest(key):
                self.assertIs(is_key(key), expected)


class Versions(unittest.TestCase):
    def test_a_session_gets_the_newest_version_that_it_supports(self) -> None:
        third = METADATA & ~METADATA_2
        for caps, version in (
            (METADATA_2, VERSION_2),
            (third, VERSION_3),
            (METADATA, VERSION_3),
            (0, VERSION_3),
        ):
            with self.subTest(caps=caps):
                self.assertIs(version_of(caps), version)

    def test_an_error_names_the_command(self) -> None:
        error = metadata_error(VERSION_3.invalid_key, "Invalid key", "a:b")
        self.assertEqual(error.params, ("METADATA", "INVALID_KEY", "a:b", "Invalid key"))


class Targets(unittest.TestCase):
    def test_users_and_channels_have_their_stored_values(self) -> None:
        world = World(config.parse(""), 0)
        ann, channel = User(7, "Ann", "u", "h", "Ann", 0), world.new_channel("#c", 0)
        world.metadata = {"!7": {"url": "a"}, channel.key: {"url": "c"}}
        self.assertEqual(MetadataTarget.of(world, ann), MetadataTarget("Ann", "!7", {"url": "a"}, ann))
        self.assertEqual(
            MetadataTarget.of(world, channel), MetadataTarget("#c", channel.key, {"url": "c"}, channel)
        )

    def test_without_values_there_are_none(self) -> None:
        world = World(config.parse(""), 0)
        self.assertEqual(MetadataTarget.of(world, world.new_channel("#c", 0)).values, {})
