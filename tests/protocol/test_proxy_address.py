"""Addresses of proxies: which are read, how they are written, and which are refused with which words."""

from __future__ import annotations

import unittest

from chatapp.protocol.proxy_address import BadProxy, ProxyAddress

VALID = {
    "socks5://proxy.example": ProxyAddress("socks5", "proxy.example", 1080),
    "socks5h://proxy.example:9050": ProxyAddress("socks5", "proxy.example", 9050),
    "SOCKS://10.0.0.1:1/": ProxyAddress("socks5", "10.0.0.1", 1),
    "http://Proxy.Example": ProxyAddress("http", "proxy.example", 8080),
    " http://[::1]:3128 ": ProxyAddress("http", "::1", 3128),
    "socks5://ana:p%40%3Ass@h:1": ProxyAddress("socks5", "h", 1, "ana", "p@:ss"),
    "socks5://ana@h:1": ProxyAddress("socks5", "h", 1, "ana"),
}

INVALID = {
    "": "is written as socks5://",
    "proxy.example:1080": "is written as socks5://",
    "https://proxy.example": "is written as socks5://",
    "socks4://proxy.example": "is written as socks5://",
    "socks5://": "Enter the address of the proxy",
    "socks5://:1080": "Enter the address of the proxy",
    "socks5://two words:1": "Enter the address of the proxy",
    "socks5://[::g]:1": "Enter the address of the proxy",
    "socks5://h\r\nX: y:1": "Enter the address of the proxy",
    "socks5://h:0": "from 1 to 65535",
    "socks5://h:65536": "from 1 to 65535",
    "socks5://:secret@h:1": "the user name that belongs to the password",
    f"socks5://{'u' * 256}@h:1": "up to 255 bytes",
    "http://a%0d%0ab@h:1": "one line",
    "http://a%3Ab:c@h:1": "cannot contain a colon",
}


class ProxyAddressTest(unittest.TestCase):
    def test_a_valid_address_is_read(self) -> None:
        for text, expected in VALID.items():
            with self.subTest(text):
                self.assertEqual(expected, ProxyAddress.parse(text))

    def test_a_written_address_is_read_again(self) -> None:
        for proxy in VALID.values():
            with self.subTest(proxy):
                self.assertEqual(proxy, ProxyAddress.parse(str(proxy)))

    def test_an_invalid_address_is_explained(self) -> None:
        for text, words in INVALID.items():
            with self.subTest(text), self.assertRaises(BadProxy) as caught:
                ProxyAddress.parse(text)
            self.assertIn(words, str(caught.exception))

    def test_the_password_is_not_in_the_representation(self) -> None:
        self.assertNotIn("secret", repr(ProxyAddress.parse("http://ana:secret@h:1")))

    def test_the_password_can_be_left_out(self) -> None:
        proxy = ProxyAddress.parse("http://ana:secret@h:1")
        self.assertEqual("http://ana@h:1", str(proxy.without_password))


if __name__ == "__main__":
    unittest.main()
