"""What the client does by itself when the server sends something."""

from __future__ import annotations

from tests.client.base import ClientTest


class Reactions(ClientTest):
    def test_after_a_kick_coming_back_is_told(self) -> None:
        general = self.online()
        self.hears(":ben!b@h KICK #general ana")
        self.client.run(general, "/join #general")
        self.enter("#general")
        self.assertEqual("join", general.entries[-1].kind)
