import socket
import ssl
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.server.config import TlsConfig
from chatapp.server.net.tls import context
from chatapp.system import multicast

ADDRESS_TAG = b"\x87"  # of an iPAddress in subjectAltName, RFC 5280 section 4.2.1.6


class OwnCertificate(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.data = Path(directory.name)

    def test_it_is_valid_for_the_addresses_of_the_server(self) -> None:
        found = {"eth0": ("192.168.1.20", "2001:db8::20")}
        with mock.patch.object(multicast, "own_addresses", return_value=found):
            context.context(TlsConfig(), self.data)
        der = ssl.PEM_cert_to_DER_cert((self.data / context.CERTIFICATE).read_text())
        self.assertIn(ADDRESS_TAG + b"\x04" + socket.inet_aton("192.168.1.20"), der)
        self.assertIn(ADDRESS_TAG + b"\x10" + socket.inet_pton(socket.AF_INET6, "2001:db8::20"), der)
        self.assertIn(ADDRESS_TAG + b"\x04" + socket.inet_aton("127.0.0.1"), der)

    def test_it_is_created_only_where_the_key_is_needed(self) -> None:
        with self.assertRaises(FileNotFoundError):
            context.fingerprint_of(TlsConfig(), self.data)
        self.assertEqual(list(self.data.iterdir()), [])
        context.context(TlsConfig(), self.data)
        self.assertEqual(len(context.fingerprint_of(TlsConfig(), self.data)), 64)
        self.assertEqual({each.name for each in self.data.iterdir()}, {context.CERTIFICATE, context.KEY})
