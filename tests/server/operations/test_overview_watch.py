"""Sessions that watch the server."""

from __future__ import annotations

import unittest

from chatapp.server.operations.overview_watch import notify_watchers
from tests.server.base import ServerTest

CHANGED = "NOTE OVERVIEW CHANGED bans :The bans of the server have changed"


class Watching(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "mod", "eve")
        self.make_operator("ann")
        self.make_operator("mod", "moderator")
        self.forget()

    def watch(self, *names: str) -> None:
        for name in names:
            self.say(name, "OVERVIEW WATCH on")
        self.forget()

    def change(self) -> None:
        self.act("eve", lambda out: notify_watchers(self.world, "bans", out))

    def test_owners_and_moderators_who_watch_are_told(self) -> None:
        self.watch("ann", "mod")
        self.change()
        self.assertGot("ann", CHANGED)
        self.assertGot("mod", CHANGED)
        self.assertGot("eve")

    def test_others_are_not_told(self) -> None:
        self.watch("ann")
        self.change()
        self.assertGot("mod")

    def test_who_has_lost_the_role_is_not_told_any_more(self) -> None:
        self.watch("mod")
        self.make_operator("mod", "member")
        self.change()
        self.assertGot("mod")


if __name__ == "__main__":
    unittest.main()
