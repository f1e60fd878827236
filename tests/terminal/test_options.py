"""The options of the command line."""

from __future__ import annotations

import contextlib
import io
import unittest

from chatapp.client.login import Login
from chatapp.terminal.options import argument_parser, login_from


class Options(unittest.TestCase):
    def test_a_server_is_a_host_and_an_optional_port(self) -> None:
        for text, server in {
            "chat.example": ("chat.example", 5000),
            "chat.example:6667": ("chat.example", 6667),
            "192.168.1.20:5000": ("192.168.1.20", 5000),
            "[::1]:6667": ("::1", 6667),
            "[::1]": ("::1", 5000),
            "::1": ("::1", 5000),
        }.items():
            with self.subTest(text):
                self.assertEqual(Login(*server), argument_parser().parse_args(["--server", text]).server)

    def test_the_default_server_is_this_computer(self) -> None:
        options = argument_parser().parse_args([])
        self.assertEqual(("", [], None), (options.name, options.channel, options.history))
        self.assertEqual(Login("127.0.0.1", 5000, "ana", "secret"), login_from(options, "ana", "secret"))

    def test_a_link_sets_server_channels_and_certificate(self) -> None:
        link = f"ircs://chat.example:6000/help?pin=sha256:{'ab' * 32}&code=k3"
        options = argument_parser().parse_args(["--server", link, "--channel", "club", "--channel", "help"])
        made = login_from(options, "ana", "")
        self.assertEqual(("chat.example", 6000, ("#help", "#club")), (made.host, made.port, made.channels))
        self.assertEqual(("always", "ab" * 32, "k3"), (made.encrypt, made.pin, made.code))

    def test_the_stored_proxy_is_used_unless_another_is_given(self) -> None:
        stored = "socks5://proxy.example:1080"
        for arguments, proxy in (
            ([], stored),
            (["--proxy", "http://other.example:3128"], "http://other.example:3128"),
            (["--proxy", ""], ""),
        ):
            with self.subTest(arguments):
                made = login_from(argument_parser().parse_args(arguments), "ana", "", stored)
                self.assertEqual(made.proxy, proxy)

    def test_plain_text_needs_an_option(self) -> None:
        for arguments, encrypt in {(): "auto", ("--unencrypted",): "never"}.items():
            self.assertEqual(encrypt, login_from(argument_parser().parse_args(arguments), "ana", "").encrypt)

    def test_a_channel_needs_no_prefix(self) -> None:
        options = argument_parser().parse_args(["--channel", "help", "--channel", "#a", "--channel", "&b"])
        self.assertEqual(["#help", "#a", "&b"], options.channel)

    def test_an_invalid_option_is_explained_with_the_allowed_values(self) -> None:
        for arguments, expected in {
            ("--server", "chat:0"): "a port from 1 to 65535",
            ("--server", "chat:99999"): "a port from 1 to 65535",
            ("--server", ":5000"): "HOST or HOST:PORT",
            ("--server", "ircs://a b"): "characters that are not allowed",
            ("--history", "many"): "a number of lines",
            ("--password", "secret"): "unrecognized arguments",  # the option has no default here
        }.items():
            output = io.StringIO()
            with self.subTest(arguments), contextlib.redirect_stderr(output):
                with self.assertRaises(SystemExit) as ended:
                    argument_parser().parse_args(arguments)
                self.assertEqual(2, ended.exception.code)
                self.assertIn(expected, output.getvalue())
