"""The self-signed certificate of the server, checked by OpenSSL."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import unittest
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from chatapp.protocol.tls import CertificateError, TlsPipe, fingerprint
from chatapp.server.net.tls import self_signed
from tests.protocol.wire import Wire

NAMES = ("chat.example", "größe.local", "my-host")
ADDRESSES = ("127.0.0.1", "192.168.1.20", "::1", "fe80::1%eth0")
CHECK_SELF_SIGNATURE = ssl.VerifyFlags(0x4000)  # OpenSSL's X509_V_FLAG_CHECK_SS_SIGNATURE


class Handshakes(unittest.TestCase):
    def setUp(self) -> None:
        directory = TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.directory = Path(directory.name)

    def shake(
        self, pair: tuple[str, str], host: str = "my-host", version: ssl.TLSVersion = ssl.TLSVersion.TLSv1_3
    ) -> Wire:
        """Do a handshake with a client that trusts this certificate and checks everything."""
        paths = self.directory / "certificate.pem", self.directory / "key.pem"
        for path, text in zip(paths, pair, strict=True):
            path.write_text(text)
        serving = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        serving.load_cert_chain(*paths)
        visiting = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        visiting.load_verify_locations(cadata=pair[0])
        visiting.verify_flags |= ssl.VERIFY_X509_STRICT | CHECK_SELF_SIGNATURE
        visiting.minimum_version = visiting.maximum_version = version
        wire = Wire(
            TlsPipe(visiting, nullcontext(), host=host), TlsPipe(serving, nullcontext(), server_side=True)
        )
        wire.server.write(b"welcome")
        wire.carry()
        return wire

    def test_a_client_that_trusts_it_connects(self) -> None:
        pair = self_signed.make(NAMES, ADDRESSES, datetime.now(UTC))
        for version in (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3):
            for host in (
                "chat.example",
                "größe.local",
                "my-host",
                "127.0.0.1",
                "192.168.1.20",
                "::1",
                "fe80::1",
            ):
                with self.subTest(host, version=version.name):
                    wire = self.shake(pair, host, version)
                    self.assertEqual(wire.client_read, b"welcome")
                    self.assertEqual(wire.client.certificate, ssl.PEM_cert_to_DER_cert(pair[0]))

    def test_it_is_not_valid_for_another_host(self) -> None:
        pair = self_signed.make(NAMES, ADDRESSES, datetime.now(UTC))
        for host in ("example.com", "sub.chat.example", "127.0.0.2", "::2"):
            with self.subTest(host), self.assertRaisesRegex(CertificateError, "mismatch"):
                self.shake(pair, host)

    def test_it_is_valid_from_the_day_before_for_ten_years(self) -> None:
        now, minute = datetime.now(UTC), timedelta(minutes=1)
        for made, refused in (
            (now + self_signed.BEFORE - minute, None),
            (now + self_signed.BEFORE + minute, "not yet valid"),
            (now - self_signed.VALID + minute, None),
            (now - self_signed.VALID - minute, "expired"),
        ):
            with self.subTest(made):
                pair = self_signed.make(NAMES, ADDRESSES, made)
                if refused is None:
                    self.assertTrue(self.shake(pair).client.ready)
                else:
                    with self.assertRaisesRegex(CertificateError, refused):
                        self.shake(pair)

    def test_a_changed_signature_is_detected(self) -> None:
        pem, key = self_signed.make(NAMES, ADDRESSES, datetime.now(UTC))
        changed = bytearray(ssl.PEM_cert_to_DER_cert(pem))
        changed[-1] ^= 1
        with self.assertRaisesRegex(CertificateError, "signature"):
            self.shake((ssl.DER_cert_to_PEM_cert(bytes(changed)), key))

    def test_the_key_of_another_certificate_is_detected(self) -> None:
        now = datetime.now(UTC)
        with self.assertRaises(ssl.SSLError):
            self.shake((self_signed.make(NAMES, (), now)[0], self_signed.make(NAMES, (), now)[1]))

    def test_a_name_or_an_address_is_enough(self) -> None:
        for names, addresses, host in ((["my-host"], [], "my-host"), ([], ["10.0.0.1"], "10.0.0.1")):
            with self.subTest(host):
                self.assertTrue(
                    self.shake(self_signed.make(names, addresses, datetime.now(UTC)), host).client.ready
                )

    def test_a_long_name_is_accepted(self) -> None:
        """Source: RFC 5280 appendix A.1: at most 64 characters of a common name."""
        host = ".".join(["x" * 50] * 4)
        self.assertTrue(self.shake(self_signed.make([host], [], datetime.now(UTC)), host).client.ready)

    @unittest.skipUnless(shutil.which("openssl"), "the command openssl is not installed")
    def test_the_openssl_command_accepts_it(self) -> None:
        pem, key = self_signed.make(NAMES, ADDRESSES, datetime.now(UTC))
        path = self.directory / "certificate.pem"
        path.write_text(pem)
        (self.directory / "key.pem").write_text(key)
        strict = ["-x509_strict", "-check_ss_sig", "-purpose", "sslserver", "-CAfile", str(path), str(path)]
        self.openssl("verify", "-verify_hostname", "my-host", *strict)
        self.openssl("verify", "-verify_ip", "192.168.1.20", *strict)
        self.assertIn(
            "valid", self.openssl("pkey", "-check", "-noout", "-in", str(self.directory / "key.pem"))
        )
        shown = self.openssl(
            "x509", "-noout", "-ext", "subjectAltName", "-fingerprint", "-sha256", "-in", str(path)
        )
        for part in ("DNS:chat.example", "DNS:xn--grsse-kua.local", "IP Address:127.0.0.1"):
            self.assertIn(part, shown)
        self.assertIn(fingerprint(ssl.PEM_cert_to_DER_cert(pem)), shown.replace(":", "").lower())

    def openssl(self, *arguments: str) -> str:
        done = subprocess.run(["openssl", *arguments], capture_output=True, text=True, timeout=30)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout + done.stderr


class Making(unittest.TestCase):
    NOW = datetime(2026, 3, 12, 9, 58, tzinfo=UTC)

    def test_every_certificate_is_different(self) -> None:
        one, other = (self_signed.make(NAMES, ADDRESSES, self.NOW) for _ in range(2))
        self.assertNotEqual(one[0], other[0])
        self.assertNotEqual(one[1], other[1])

    def test_both_texts_are_pem_with_lines_of_64(self) -> None:
        """Source: RFC 7468 section 2."""
        for text, label in zip(
            self_signed.make(NAMES, ADDRESSES, self.NOW), ("CERTIFICATE", "PRIVATE KEY"), strict=True
        ):
            first, *lines, last, end = text.split("\n")
            self.assertEqual((first, last, end), (f"-----BEGIN {label}-----", f"-----END {label}-----", ""))
            self.assertEqual({len(line) for line in lines[:-1]}, {64})

    def test_an_invalid_host_is_refused(self) -> None:
        for names, addresses in (
            ((), ()),
            (("",), ()),
            (("a b",), ()),
            (("a\0b",), ()),
            (("a..b",), ()),
            (("a,DNS:b",), ()),
            (("x" * 64,), ()),
            ((), ("localhost",)),
            ((), ("1.2.3",)),
            ((), ("",)),
        ):
            with self.subTest(names, addresses=addresses), self.assertRaises(ValueError):
                self_signed.make(names, addresses, self.NOW)


if __name__ == "__main__":
    unittest.main()
