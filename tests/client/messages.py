"""The base class of tests about replies, reactions, edits and deletions."""

from __future__ import annotations

from chatapp.client.model.model import Entry, Reference
from tests.client.base import EVERYTHING, ClientTest

MESSAGES = f"{EVERYTHING} draft/message-redaction draft/message-edit draft/multiline draft/event-playback"


def message(number: int, text: str, nick: str = "ben", target: str = "#general", tags: str = "") -> str:
    """Return the line of a message with the msgid `m<number>`, sent at 12:00 and this many seconds."""
    stamps = f"time=2026-03-12T12:00:{number:02}.000Z;msgid=m{number}"
    return f"@{stamps}{tags and ';' + tags} :{nick}!{nick}@h PRIVMSG {target} :{text}"


def reaction(second: int, text: str, nick: str = "ben", to: str = "m1", tag: str = "react") -> str:
    """Return the line of a reaction to a message, sent at 12:00 and this many seconds."""
    tags = f"time=2026-03-12T12:00:{second:02}.000Z;+reply={to};+draft/{tag}={text}"
    return f"@{tags} :{nick}!{nick}@h TAGMSG #general"


def edit(second: int, text: str, nick: str = "ben", to: str = "m1", more: str = "") -> str:
    """Return the line of a changed text, sent at 12:00 and this many seconds."""
    escaped = text.replace(" ", "\\s").replace("\n", "\\n")
    tags = f"time=2026-03-12T12:00:{second:02}.000Z;draft/target-msgid={to};draft/edit-text={escaped}"
    return f"@{tags}{more and ';' + more} :{nick}!{nick}@h EDIT #general"


class MessagesTest(ClientTest):
    """A client in #general on a server that can do everything with messages."""

    capabilities = MESSAGES

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=self.capabilities)

    def entry(self, msgid: str = "m1") -> Entry:
        """Return the entry with this msgid in #general."""
        found = self.general.by_msgid(msgid)
        assert found, f"no message {msgid}"
        return found

    def errors(self) -> list[str]:
        """Return the texts of the errors in #general."""
        return [each.text for each in self.general.entries if each.kind == "error"]

    def open_older_part(self, *lines: str) -> None:
        """Show these lines of the history, beginning with m1, instead of the present."""
        self.client.open_at(self.general, Reference("m1", 0.0))
        self.answer(self.label(), *lines)

    def answer(self, label: str, *lines: str) -> None:
        """Receive the page of the history of #general that was requested with this label."""
        self.page("#general", *lines, label=label)

    def label(self) -> str:
        """Return the label of the only line that was sent since the last look."""
        (line,) = self.sent()
        return line.partition("label=")[2].partition(" ")[0].partition(";")[0]
