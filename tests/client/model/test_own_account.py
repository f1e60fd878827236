"""What a server offers for the own account; `tests.client.session.test_own_account` has the dialogues."""

from __future__ import annotations

import unittest

from chatapp.client.model.network import Network
from chatapp.client.model.own_account import AccountOffers, offers


class Offers(unittest.TestCase):
    def test_a_guest_and_a_member_are_offered_different_things(self) -> None:
        network = Network()
        network.capability_values = {"draft/account-registration": ""}
        network.isupport = {"chatapp/SETPASS": "", "chatapp/SESSIONS": "", "chatapp/UNREGISTER": ""}
        self.assertEqual(offers(network), AccountOffers())
        network.state = "online"
        self.assertEqual(offers(network), AccountOffers(protect=True))
        network.account = "ana"
        expected = AccountOffers(change_password=True, sessions=True, give_up=True)
        self.assertEqual(offers(network), expected)

    def test_an_old_server_offers_nothing(self) -> None:
        network = Network()
        network.state = "online"
        self.assertEqual(offers(network), AccountOffers())
