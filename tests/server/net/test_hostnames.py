"""The names by which clients know the server, with its own certificate and with a configured one."""

from __future__ import annotations

import socket
import ssl
import tempfile
import unittest
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from chatapp.protocol.http_origin import is_own_host
from chatapp.server.config import parse
from chatapp.server.net import hostnames
from chatapp.server.net.tls import context as tls_context
from chatapp.server.net.tls import self_signed
from tests.protocol.test_tls import CERTIFICATE


class Own(unittest.TestCase):
    def names(self, text: str) -> frozenset[str]:
        """Return the names of a server with this configuration."""
        with tempfile.TemporaryDirectory() as folder:
            config = parse(text)
            tls_context.context(config.tls, Path(folder))
            return hostnames.own_names(config, Path(folder))

    def test_names_of_the_configuration_the_computer_and_the_network(self) -> None:
        found = self.names(
            "[server]\nname = 'Chat.example.org'\n[web]\norigins = ['https://front.example:8443']"
            "\n[files]\nurl = 'https://files.example'"
        )
        computer = socket.gethostname().lower()
        for name in (
            "chat.example.org",
            "front.example",
            "files.example",
            computer,
            f"{computer}.local",
            "localhost",
        ):
            with self.subTest(name=name):
                self.assertTrue(is_own_host(name, found))
        announced = [name for name in found if name.endswith(".local") and name != f"{computer}.local"]
        self.assertEqual(len(announced), 1, found)
        self.assertFalse(is_own_host("evil.example", found))

    def test_without_tls_the_names_are_the_same(self) -> None:
        self.assertIn("chatapp.local", self.names("[tls]\nmode = 'off'"))


class InCertificates(unittest.TestCase):
    def test_the_names_in_a_certificate_are_those_that_openssl_finds(self) -> None:
        made, _ = self_signed.make(["chat.example.org", "*.chat.example.org"], ["::1"], datetime.now(UTC))
        self.assertEqual(
            self_signed.names(ssl.PEM_cert_to_DER_cert(made)), ["chat.example.org", "*.chat.example.org"]
        )
        others = ssl.PEM_cert_to_DER_cert(CERTIFICATE.read_text().partition("-----END PRIVATE KEY-----\n")[2])
        context = ssl.create_default_context(cafile=str(CERTIFICATE))
        read: Any = context.get_ca_certs()[0]["subjectAltName"]
        names = [value for kind, value in read if kind == "DNS"]
        self.assertEqual(self_signed.names(others), names)

    def test_a_file_that_is_not_a_certificate_has_no_names(self) -> None:
        extension = b"\x06\x03\x55\x1d\x11"
        for data in (b"", b"\x30\x82", extension, extension + b"\x04\x84\xff\xff\xff\xff"):
            with self.subTest(data=data):
                self.assertEqual(self_signed.names(data), [])
