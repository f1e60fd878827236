"""Clients learn which capabilities and ISUPPORT tokens change."""

from __future__ import annotations

import unittest
from dataclasses import replace
from typing import Literal

from chatapp.server.operations import feature_changes
from tests.server.base import ServerTest


class Changes(ServerTest):
    """cap-notify: CAP NEW and CAP DEL when the configuration changes."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", caps="draft/account-registration cap-notify")
        self.enter("bob")
        self.connect("eve")
        self.say("eve", "CAP LS 302")
        self.forget()

    def set_registration(self, registration: Literal["open", "closed"]) -> None:
        """Change who may create an account while the server runs."""
        before = self.world.config
        accounts = replace(before.accounts, registration=registration)
        self.world.config = replace(before, accounts=accounts)
        self.act("bob", lambda out: feature_changes.notify_capabilities(self.world, before, out))

    def test_sessions_with_cap_notify_get_removed_capabilities_and_lose_them(self) -> None:
        self.set_registration("closed")
        self.assertGot("ann", "CAP ann DEL draft/account-registration")
        self.assertGot("eve", "CAP * DEL draft/account-registration")
        self.assertGot("bob")
        self.assertAnswer("ann", "CAP LIST", "CAP ann LIST cap-notify")

    def test_new_capabilities_are_sent_with_values_to_version_302(self) -> None:
        self.set_registration("closed")
        self.forget()
        self.set_registration("open")
        self.assertGot("ann", "CAP ann NEW draft/account-registration")
        self.assertGot("eve", "CAP * NEW draft/account-registration=before-connect,custom-account-name")
        self.assertGot("bob")

    def test_nothing_is_sent_when_nothing_changed(self) -> None:
        self.set_registration("open")
        self.assertGot("ann")
        self.assertGot("eve")


if __name__ == "__main__":
    unittest.main()
