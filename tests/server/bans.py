"""A moderator who bans, for the tests of server bans."""

from __future__ import annotations

from chatapp.server.operations import enforce_bans
from tests.server.base import ServerTest

REMOTE = "198.51.100.9"


class BanTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.core.run_every(60.0, enforce_bans.remove_expired)
        self.enter("ann", channel="#c")
        self.make_operator("ann", "moderator")

    def bans(self) -> list[str]:
        """Return the masks that BAN lists."""
        return [line.split()[3] for line in self.answer("ann", "BAN")[:-1]]
