"""The configuration: defaults, every kind of value, and errors that name the key and what it may be."""

from __future__ import annotations

import unittest

from chatapp.server.config import BadConfig, Config, parse, with_flags


class Reading(unittest.TestCase):
    def test_nothing_is_the_defaults(self) -> None:
        config = parse("")
        self.assertEqual(config, Config())
        self.assertEqual((config.server.host, config.server.port), ("127.0.0.1", 5000))
        self.assertEqual(config.channels.default, ("#general",))

    def test_values_of_every_kind(self) -> None:
        config = parse(
            """
            [server]
            port = 6697
            [accounts]
            registration = "closed"
            members_only = true
            [channels]
            default = ["#a", "#b"]
            [operators]
            root = "hash"
            """
        )
        self.assertEqual(config.server.port, 6697)
        self.assertEqual((config.accounts.registration, config.accounts.members_only), ("closed", True))
        self.assertEqual(config.channels.default, ("#a", "#b"))
        self.assertEqual(config.operators, {"root": "hash"})

    def test_an_error_names_the_key_and_what_it_may_be(self) -> None:
        cases = {
            "[servr]": "unknown section [servr]",
            "server = 1": "server is a section",
            "[server]\nprt = 1": "unknown key prt in [server]; there are cloak, host",
            "[server]\nport = '1'": "[server] port is a whole number from 0, not '1'",
            "[server]\nport = -1": "[server] port is a whole number from 0, not -1",
            "[server]\nport = true": "[server] port is a whole number",
            "[server]\nname = 1": "[server] name is a string, not 1",
            "[accounts]\nmembers_only = 1": "[accounts] members_only is true or false, not 1",
            "[accounts]\nregistration = 'ajar'": "one of 'open', 'invite', 'closed', not 'ajar'",
            "[channels]\ndefault = '#a'": "[channels] default is a list of strings",
            "[operators]\nroot = 1": "[operators] root is a password hash",
            "[server": "not TOML",
        }
        for text, words in cases.items():
            with self.subTest(text=text), self.assertRaises(BadConfig) as caught:
                parse(text)
            self.assertIn(words, str(caught.exception))

    def test_flags_win(self) -> None:
        config = parse("[server]\nhost = '10.0.0.1'\nport = 7000")
        self.assertEqual(with_flags(config, None, 8000).server.port, 8000)
        self.assertEqual(with_flags(config, None, 0).server.port, 0)
        self.assertEqual(with_flags(config, "0.0.0.0", None).server.host, "0.0.0.0")
        self.assertEqual(with_flags(config, None, None), config)
