"""The base class of the tests of services."""

from __future__ import annotations

from chatapp.server.state.accounts import SERVICES
from tests.server.base import ServerTest


class ServicesTest(ServerTest):
    def notices(self, name: str, line: str) -> list[str]:
        """Send a line and return the notices of the services in reply."""
        self.text(name)
        self.say(name, line)
        return [message.text for message in self.messages(name) if message.nick in SERVICES.values()]
