"""A base class of tests with guests who have a key."""

from __future__ import annotations

from tests.server.batches import HISTORY_CAPS, HistoryTest

KEY, OTHER, THIRD = "k" * 32, "o" * 32, "t" * 32
DAY_SECONDS = 86_400


class GuestTest(HistoryTest):
    """A test in which guests come, leave and come back."""

    def come(self, name: str, key: str = "", nick: str = "", address: str = "192.0.2.7") -> list[str]:
        """Connect as a guest; return the commands of the answers."""
        self.connect(name, address, is_secure=True)
        nick = nick or name
        caps = f"{HISTORY_CAPS} draft/message-redaction draft/message-edit draft/read-marker echo-message"
        lines = [f"CAP REQ :{caps}", *([f"GUEST {key}"] if key else [])]
        self.say(name, *lines, f"NICK {nick}", f"USER {nick} 0 * :{nick}", "CAP END")
        return [message.command for message in self.messages(name)]

    def refusal(self, name: str, key: str = "", nick: str = "") -> str:
        """Connect as a guest; return the text of the refusal of the nick, empty if there is none."""
        self.connect(name, is_secure=True)
        nick = nick or name
        self.say(
            name, "CAP LS 302", *([f"GUEST {key}"] if key else []), f"NICK {nick}", f"USER {nick} 0 * :x"
        )
        self.say(name, "CAP END")
        return next((each.text for each in self.messages(name) if each.command == "433"), "")

    def history(self, name: str, other: str) -> list[str]:
        """Return the texts of a conversation."""
        return self.texts(name, f"CHATHISTORY LATEST {other} * 10")

    def sent_id(self, name: str, line: str) -> str:
        """Send a message and return its id."""
        self.text(name)
        self.say(name, line)
        return self.messages(name)[-1].tags["msgid"]
