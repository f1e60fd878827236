"""Base classes of tests that parse batches in the answers of a server."""

from __future__ import annotations

from chatapp.protocol.message import Message
from tests.server.base import ServerTest

HISTORY_CAPS = "batch message-tags server-time draft/chathistory"


class MetadataTest(ServerTest):
    """A test that parses metadata batches."""

    def batch(self, name: str, line: str) -> tuple[list[str], list[str]]:
        """Send a line that is answered by one batch.

        Returns:
            The type and parameters of the batch, and its lines without tags and source.
        """
        self.text(name)
        self.say(name, line)
        opener, *inside, closer = self.messages(name)
        reference = opener.params[0][1:]
        self.assertEqual((opener.command, opener.params[0]), ("BATCH", f"+{reference}"))
        self.assertEqual((closer.command, closer.params), ("BATCH", (f"-{reference}",)))
        self.assertEqual([message.tags.get("batch") for message in inside], [reference] * len(inside))
        return list(opener.params[1:]), [message.body().partition(" ")[2] for message in inside]


class HistoryTest(ServerTest):
    """A test that parses pages of history."""

    def page(self, name: str, line: str) -> list[Message]:
        """Send a line that is answered by one batch and return the messages in it."""
        self.text(name)
        self.say(name, line)
        first, *lines, last = self.messages(name)
        self.assertEqual((first.command, last.command), ("BATCH", "BATCH"), [first, *lines, last])
        self.assertEqual(last.params[0][1:], first.params[0][1:])
        self.assertEqual({each.tags["batch"] for each in lines} - {first.params[0][1:]}, set())
        self.batch = first
        return lines

    def texts(self, name: str, line: str) -> list[str]:
        """Return the texts of a page."""
        return [message.text for message in self.page(name, line)]
