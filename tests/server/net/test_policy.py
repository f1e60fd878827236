"""Which addresses may connect without TLS."""

from __future__ import annotations

import unittest

from chatapp.server.config import LimitsConfig
from chatapp.server.net.policy import ConnectionPolicy, PlaintextPolicy


class Plaintext(unittest.TestCase):
    def test_each_policy_and_each_kind_of_address(self) -> None:
        cases: dict[PlaintextPolicy, tuple[bool, bool, bool]] = {
            "anyone": (True, True, True),
            "this computer": (True, True, False),
            "nobody": (False, False, False),
        }
        for plaintext, admitted in cases.items():
            policy = ConnectionPolicy(LimitsConfig(), (), plaintext=plaintext)
            for address, expected in zip(("127.0.0.1", "::1", "192.168.1.5"), admitted, strict=True):
                with self.subTest(plaintext=plaintext, address=address):
                    self.assertIs(policy.allows_plaintext(address), expected)

    def test_without_a_configuration_all_addresses_may(self) -> None:
        self.assertTrue(ConnectionPolicy(LimitsConfig(), ()).allows_plaintext("192.0.2.7"))


if __name__ == "__main__":
    unittest.main()
