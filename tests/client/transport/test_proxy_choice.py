"""Which servers are reached through which proxy."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.login import SYSTEM_PROXY
from chatapp.client.transport.proxy_choice import proxy_for
from chatapp.protocol.proxy_address import BadProxy


def chosen(host: str, choice: str, **environment: str) -> str:
    """Return the proxy of a server as text, with this environment of the process."""
    with mock.patch.dict("os.environ", environment, clear=True):
        proxy = proxy_for(host, choice)
    return "" if proxy is None else str(proxy)


class ProxyChoiceTest(unittest.TestCase):
    def test_the_environment_counts_only_for_the_proxy_of_the_system(self) -> None:
        here = {"ALL_PROXY": "socks5://p:1"}
        self.assertEqual("", chosen("chat.example", "", **here))
        self.assertEqual("socks5://p:1", chosen("chat.example", SYSTEM_PROXY, **here))
        self.assertEqual("http://q:2", chosen("chat.example", "http://q:2", **here))

    def test_the_proxy_of_the_system(self) -> None:
        cases = [
            ({}, ""),
            ({"https_proxy": "http://q:2"}, "http://q:2"),
            ({"https_proxy": "q:2"}, "http://q:2"),
            ({"all_proxy": "socks5h://p:1", "https_proxy": "http://q:2"}, "socks5://p:1"),
            ({"http_proxy": "http://q:2"}, ""),
            ({"all_proxy": "socks5://p:1", "no_proxy": "other.example"}, "socks5://p:1"),
            ({"all_proxy": "socks5://p:1", "no_proxy": "a, .Example"}, ""),
            ({"all_proxy": "socks5://p:1", "no_proxy": "chat.example"}, ""),
            ({"all_proxy": "socks5://p:1", "no_proxy": "*"}, ""),
            ({"all_proxy": "socks5://p:1", "no_proxy": "t.example"}, "socks5://p:1"),
        ]
        for environment, expected in cases:
            with self.subTest(environment):
                self.assertEqual(expected, chosen("chat.example", SYSTEM_PROXY, **environment))

    def test_a_proxy_of_the_system_of_another_kind_is_explained(self) -> None:
        with self.assertRaisesRegex(BadProxy, "Choose another proxy"):
            chosen("chat.example", SYSTEM_PROXY, all_proxy="socks4://p:1")

    def test_this_computer_is_reached_directly(self) -> None:
        for host in ("localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1"):
            with self.subTest(host):
                self.assertEqual("", chosen(host, "socks5://p:1"))


if __name__ == "__main__":
    unittest.main()
