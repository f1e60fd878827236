"""What may be said on the command line."""

from __future__ import annotations

import contextlib
import io
import unittest

from chatapp.terminal.options import parser


class Options(unittest.TestCase):
    def test_a_server_is_a_host_and_perhaps_a_port(self) -> None:
        for text, server in {
            "chat.example": ("chat.example", 5000),
            "chat.example:6667": ("chat.example", 6667),
            "192.168.1.20:5000": ("192.168.1.20", 5000),
            "[::1]:6667": ("::1", 6667),
            "[::1]": ("::1", 5000),
            "::1": ("::1", 5000),
        }.items():
            with self.subTest(text):
                self.assertEqual(server, parser().parse_args(["--server", text]).server)

    def test_without_options_it_is_this_computer(self) -> None:
        options = parser().parse_args([])
        self.assertEqual(("127.0.0.1", 5000), options.server)
        self.assertEqual(("", [], None), (options.name, options.channel, options.history))

    def test_a_channel_needs_no_sign_before_it(self) -> None:
        options = parser().parse_args(["--channel", "help", "--channel", "#a", "--channel", "&b"])
        self.assertEqual(["#help", "#a", "&b"], options.channel)

    def test_what_is_wrong_is_said_with_what_is_allowed(self) -> None:
        for arguments, words in {
            ("--server", "chat:0"): "a port from 1 to 65535",
            ("--server", "chat:99999"): "a port from 1 to 65535",
            ("--server", ":5000"): "HOST or HOST:PORT",
            ("--history", "many"): "a number of lines",
            ("--password", "secret"): "unrecognized arguments",  # it is never given here
        }.items():
            said = io.StringIO()
            with self.subTest(arguments), contextlib.redirect_stderr(said):
                with self.assertRaises(SystemExit) as ended:
                    parser().parse_args(arguments)
                self.assertEqual(2, ended.exception.code)
                self.assertIn(words, said.getvalue())
