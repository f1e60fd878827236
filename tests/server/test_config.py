"""The configuration: defaults, every type of value, and errors that name the key and the allowed values."""

from __future__ import annotations

import unittest

from chatapp.protocol.credentials import Credentials
from chatapp.server.config import BadConfig, Config, parse, typed_value, with_flags

HASH = Credentials.make("secret", b"0123456789abcdef", 4096).stored()


class Reading(unittest.TestCase):
    def test_an_empty_configuration_has_the_defaults(self) -> None:
        config = parse("")
        self.assertEqual(config, Config())
        self.assertEqual((config.server.host, config.server.port), ("127.0.0.1", 5000))
        self.assertEqual(config.channels.default, ("#general",))

    def test_values_of_every_type(self) -> None:
        config = parse(
            f"""
            [server]
            port = 6697
            [accounts]
            registration = "closed"
            members_only = true
            [channels]
            default = ["#a", "#b"]
            [operators]
            root = "{HASH}"
            """
        )
        self.assertEqual(config.server.port, 6697)
        self.assertEqual((config.accounts.registration, config.accounts.members_only), ("closed", True))
        self.assertEqual(config.channels.default, ("#a", "#b"))
        self.assertEqual(config.operators, {"root": HASH})

    def test_an_error_names_the_key_and_the_allowed_values(self) -> None:
        cases = {
            "[servr]": "unknown section [servr]",
            "server = 1": "server must be a section",
            "[server]\nprt = 1": "unknown key prt in [server]; the keys are cloak, host",
            "[server]\nport = '1'": "[server] port must be a whole number from 0 to 65535, not '1'",
            "[server]\nport = -1": "[server] port must be a whole number from 0 to 65535, not -1",
            "[server]\nport = 65536": "[server] port must be a whole number from 0 to 65535, not 65536",
            "[limits]\nnick = 0": "[limits] nick must be a whole number from 1 to 64, not 0",
            "[limits]\nconnections = 0": "[limits] connections must be a whole number of at least 1, not 0",
            "[server]\nport = true": "[server] port must be a whole number",
            "[server]\nname = 1": "[server] name must be a string, not 1",
            "[accounts]\nmembers_only = 1": "[accounts] members_only must be true or false, not 1",
            "[accounts]\nregistration = 'ajar'": "must be one of 'open', 'invite', 'closed', not 'ajar'",
            "[channels]\ndefault = '#a'": "[channels] default must be a list of strings",
            "[operators]\nroot = 1": "[operators] root must be a password hash",
            "[operators]\nroot = 'secret'": "as `run_server.py account hash` prints it, in quotes",
            "[server]\nname = 'my server'": "[server] name must be a host name of letters, digits, - and .",
            "[server]\ncloak = ''": "[server] cloak must be a host name",
            "[channels]\ndefault = ['general']": "must list channel names, like #general, not 'general'",
            "[channels]\ndefault_modes = 'nk'": "[channels] default_modes must consist of letters of",
            "[accounts]\nshortest_password = 2000": "[accounts] shortest_password must be at most",
            "[limits]\ndrop_seconds = 90": "[limits] drop_seconds must be above ping_seconds, which is 90",
            "[files]\nurl = 'chat.example'": "[files] url must be like https://example.org",
            "[files]\nurl = 'https://chat.example/files'": "[files] url must be like https://example.org",
            "[files]\nurl = 'ftp://chat.example'": "[files] url must be like https://example.org",
            "[proxy]\ntrusted = ['10.0.0.1/8']": "trusted must list networks or addresses, such as",
            "[tls]\nsts_days = 30": "[tls] sts_days needs a certificate that browsers trust",
            "[server": "not TOML",
        }
        for text, expected in cases.items():
            with self.subTest(text=text), self.assertRaises(BadConfig) as caught:
                parse(text)
            self.assertIn(expected, str(caught.exception))

    def test_flags_override_the_file(self) -> None:
        config = parse("[server]\nhost = '10.0.0.1'\nport = 7000")
        self.assertEqual(with_flags(config, None, 8000).server.port, 8000)
        self.assertEqual(with_flags(config, None, 0).server.port, 0)
        self.assertEqual(with_flags(config, "0.0.0.0", None).server.host, "0.0.0.0")
        self.assertEqual(with_flags(config, None, None), config)

    def test_typed_values_are_words_or_numbers(self) -> None:
        self.assertEqual(typed_value("files", "max_bytes", "1000"), 1000)
        self.assertEqual(typed_value("files", "who", "members"), "members")
        for key, text in (("max_bytes", "1e3"), ("max_bytes", ""), ("who", "all")):
            with self.subTest(text), self.assertRaises(BadConfig):
                typed_value("files", key, text)
