"""Known answers of the curve P-256."""

from __future__ import annotations

import hashlib
import unittest

from chatapp.server.net.tls import p256


class KnownAnswers(unittest.TestCase):
    """Source: RFC 6979 appendix A.2.5, with SHA-256."""

    KEY = 0xC9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721
    PUBLIC = (
        "04"
        "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6"
        "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"
    )
    SIGNATURES = (
        (
            b"sample",
            0xA6E3C57DD01ABE90086538398355DD4C3B17AA873382B0F24D6129493D8AAD60,
            0xEFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,
            0xF7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8,
        ),
        (
            b"test",
            0xD16B6AE827F17175E040871A1C7EC3500192C4C92677336EC2537ACAEE0008E0,
            0xF1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,
            0x019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083,
        ),
    )

    def test_the_public_point_follows_from_the_key(self) -> None:
        self.assertEqual(p256.public(self.KEY), bytes.fromhex(self.PUBLIC))

    def test_the_nonce_follows_from_key_and_message(self) -> None:
        for message, nonce, _, _ in self.SIGNATURES:
            with self.subTest(message):
                digest = int.from_bytes(hashlib.sha256(message).digest(), "big")
                self.assertEqual(next(p256.nonces(self.KEY, digest)), nonce)

    def test_the_signature_follows_from_key_and_message(self) -> None:
        for message, _, r, s in self.SIGNATURES:
            with self.subTest(message):
                self.assertEqual(p256.sign(self.KEY, message), (r, s))


class Multiples(unittest.TestCase):
    """The generator times 1 and 2, and times the order minus 1."""

    ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
    FIELD = 0xFFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF
    GENERATOR = (
        "04"
        "6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296"
        "4FE342E2FE1A7F9B8EE7EB4A7C0F9E162BCE33576B315ECECBB6406837BF51F5"
    )
    DOUBLE = (
        "04"
        "7CF27B188D034F7E8A52380304B51AC3C08969E277F21B35A60B48FC47669978"
        "07775510DB8ED040293D9AC69F7430DBBA7DADE63CE982299E04B79D227873D1"
    )

    def test_the_smallest_and_the_largest_key(self) -> None:
        self.assertEqual(p256.public(1), bytes.fromhex(self.GENERATOR))
        self.assertEqual(p256.public(2), bytes.fromhex(self.DOUBLE))
        last, first = p256.public(self.ORDER - 1), p256.public(1)
        self.assertEqual(last[:33], first[:33])
        self.assertEqual(int.from_bytes(last[33:], "big") + int.from_bytes(first[33:], "big"), self.FIELD)

    def test_every_new_key_is_different(self) -> None:
        keys = {p256.new_key() for _ in range(100)}
        self.assertEqual(len(keys), 100)
        self.assertTrue(all(0 < key < self.ORDER for key in keys))


if __name__ == "__main__":
    unittest.main()
