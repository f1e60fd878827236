"""The chats that the pictures show: a class with its channels, people and messages. No network is needed."""

from __future__ import annotations

import time
from collections.abc import Iterable
from math import sin
from typing import Any
from urllib.parse import quote

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry, EntryKind
from chatapp.client.model.network import Network
from chatapp.client.text.file_links import file_link
from chatapp.gui.theme import png
from tests.gui.networks import add_members, make_network

DAY = (2026, 3, 12)  # a Thursday
NOW = (10, 7)
CAPABILITIES = frozenset(
    {
        "batch",
        "draft/chathistory",
        "draft/message-edit",
        "draft/message-redaction",
        "draft/multiline",
        "draft/read-marker",
        "echo-message",
        "labeled-response",
        "message-tags",
        "server-time",
        "soju.im/search",
    }
)
PREFIX = "(qov)~@+"
NAMES = {
    "Ben": "Ben Okafor",
    "Sofia": "Sofia Ricci",
    "Dee": "Dee Novak",
    "Keshav": "Keshav Rao",
    "lilei": "李雷",
    "Chen": "Chen Li",
    "Nina": "Nina Okoye",
    "Mira": "Mira Patel",
    "Jonas": "Jonas Weber",
    "Tom": "Tom Hale",
    "Lena": "Lena Brandt",
    "Omar": "Omar Said",
}
MEMBERS = ("~Ben", "@Sofia", "ana", "Dee", "Keshav", "lilei", "(Chen)", "(Nina)")
AWAY = {"Chen": "At lunch until 13:00", "Nina": "In the lab"}
CHANNELS = (
    "#general",
    "#announcements",
    "#help",
    "#homework",
    "#lab",
    "#python",
    "#random",
    "#teachers",
    "#sports-day",
    "#library",
    "#trip-to-cern",
    "#book-club",
)
TOPIC = "Welcome! Be kind. Exam on Friday, room 12."
CODE = """```python
import socket
s = socket.create_connection((host, port), timeout=15)  # seconds
```"""
EVENTS: dict[str, EntryKind] = {"+": "join", "-": "quit"}
EARLIER = (
    (9, 51, "Mira", "Do we need the timeout exercise for Friday as well?"),
    (9, 57, "Ben", "Only part *b*. **Hand it in by 18:00**, please."),
    (9, 57, "Ben", "1. Read the sheet\n2. Try it at home\n3. Ask here"),
)
MESSAGES = (
    (9, 58, "Ben", "Morning! Slides: https://intra.school/slides/12.pdf. Section 3 is the tricky part."),
    (10, 2, "Chen", f"Use `socket.settimeout(15)` before connect, otherwise the thread hangs:\n{CODE}"),
    (10, 2, "Keshav", "+"),
    (10, 2, "Jonas", "+"),
    (10, 2, "Mira", "+"),
    (10, 2, "Lena", "-"),
    (10, 3, "Dee", "@ana that fixed it for me, thanks! 👍"),
    (10, 5, "Sofia", "The board from yesterday, for those who were ill: https://intra.school/board.jpg"),
    (10, 6, "Sofia", "Ask me if something cannot be read."),
    (10, 6, "Sofia", ""),
    (10, 7, "ana", "Great, I will push the fix now."),
    (10, 7, "ana", "And the tests too"),
)


def at(hour: int, minute: int, day: int = 0) -> float:
    """Return a time on the day of the pictures, or so many days later, in Unix seconds."""
    year, month, first = DAY
    return time.mktime((year, month, first + day, hour, minute, 0, 0, 0, -1))


def school_class() -> Network:
    """Return a network in which a class uses several channels, with every kind of message in #general."""
    network = _online_network()
    general = _general(network)
    for hour, minute, nick, text in (*EARLIER, *MESSAGES):
        say(network, general, at(hour, minute), nick, text)
    _change_messages(general)
    general.typing["Keshav"] = at(*NOW) + 10**6
    for name, unread, mentions in (("#help", 4, 2), ("#homework", 12, 0), ("#random", 30, 0)):
        channel = _conversation(network, name)
        channel.unread, channel.mentions, channel.muted = unread, mentions, name == "#random"
    _conversation(network, "#python").draft = "half a sentence"
    _conversation(network, "#teachers").modes = frozenset("i")
    for nick in NAMES:
        if nick != "lilei":
            network.add(nick, "direct").unread = int(nick == "Ben")
    return network


def quiet_class() -> Network:
    """Return the same network with no message in #general."""
    network = _online_network()
    _general(network)
    return network


def pair() -> Network:
    """Return a network with a direct conversation."""
    network = school_class()
    direct = _conversation(network, "Chen")
    direct.complete = True
    for hour, minute, nick, text in (
        (9, 40, "Chen", "Did you get the timeout to work?"),
        (9, 42, "ana", "Yes! `settimeout` was the trick. Thank you 🙏"),
        (9, 43, "Chen", "🎉"),
        (9, 44, "Chen", "I am at lunch until one. Can you look at my report then? It is in the folder."),
        (9, 50, "ana", "Sure, I will."),
    ):
        say(network, direct, at(hour, minute), nick, text)
    network.current = direct
    return network


def say(network: Network, conversation: Conversation, when: float, nick: str, text: str) -> Entry:
    """Add a message, or for the texts of EVENTS an event."""
    kind = EVENTS.get(text, "message")
    entry = network.entry(kind, when, nick, text if kind == "message" else "")
    entry.own, entry.mention = nick == network.nick, network.is_mention(text)
    entry.msgid = str(entry.key) if kind == "message" else ""
    conversation.insert([entry])
    return entry


def written_by(entries: Iterable[Entry], nick: str, start: str = "") -> Entry:
    """Return the first message by somebody that begins with a text."""
    return next(e for e in entries if e.nick == nick and e.kind == "message" and e.text.startswith(start))


def _online_network() -> Network:
    network = make_network(*CHANNELS)
    network.isupport = {
        "PREFIX": PREFIX,
        "CHANTYPES": "#",
        "NETWORK": "Room12",
        "AWAYLEN": "200",
        "TOPICLEN": "390",
        "chatapp/TBAN": "",
        "soju.im/FILEHOST": "https://chat.school.example:6697/upload/token",
        "chatapp/FILES": "id:k3Xq9p,max:25000000,days:90,who:members",
    }
    network.capabilities, network.privacy = CAPABILITIES, "encrypted"
    for nick, name in NAMES.items():
        network.person(nick).display_name = name
    for name in CHANNELS:
        conversation = _conversation(network, name)
        conversation.complete, conversation.modes = True, frozenset()
        conversation.read_marker = at(*NOW)
    network.favourites = [network.fold(name) for name in ("#general", "#announcements")]
    for name in ("#general", "#announcements"):
        _conversation(network, name).favourite = True
    return network


def _general(network: Network) -> Conversation:
    general = add_members(network, "#general", *MEMBERS)
    for nick, reason in AWAY.items():
        network.person(nick).away_text = reason
    general.topic, general.made_at = TOPIC, at(9, 0, -37)
    return general


def _change_messages(general: Conversation) -> None:
    """Give messages what comes after them: reactions, an edit, a reply, a deletion, a refusal."""
    entries = general.entries
    slides, code = written_by(entries, "Ben", "Morning"), written_by(entries, "Chen", "Use")
    slides.edited_at = slides.time + 60
    slides.reactions = {
        "👍": ["ana", "Dee", "Keshav", "lilei", "Mira", "Tom"],
        "🎉": ["Dee", "Mira"],
        "👀": ["Tom"],
    }
    thanks = written_by(entries, "Dee")
    thanks.reply_to = code.msgid
    general.first_unread = thanks.key
    deleted = written_by(reversed(entries), "Sofia")
    deleted.deleted_by = "Ben"
    pending, failed = written_by(entries, "ana", "Great"), written_by(entries, "ana", "And")
    pending.state, pending.label, pending.sent_at = "pending", "1", time.monotonic() - 5
    failed.state, failed.problem = "failed", "The message is too long."


def _conversation(network: Network, name: str) -> Conversation:
    found = network.find(name)
    assert found is not None, name
    return found


FILE_PREFIX = "k3Xa9_"
BLUE, BLACK, WHITE = b"\x1a\x4f\xc4\xff", b"\x22\x22\x22\xff", b"\xea\xea\xe6\xff"


def file_card(number: int, name: str, **more: Any) -> FileCard:
    """Return what is known of a file of 1.8 MB that is kept until June."""
    link = file_link(f"https://chat.example/files/{FILE_PREFIX}{number:022}/{quote(name)}", FILE_PREFIX)
    assert link is not None
    facts: dict[str, Any] = {"state": "known", "name": name, "size": 1_800_000, "until": at(12, 0, 92)}
    return FileCard(link, **{**facts, **more})


def board() -> bytes:
    """Return a picture of a board with a curve, as a PNG of 640 x 400 pixels."""
    rows = bytearray()
    for y in range(400):
        rows.append(0)
        for x in range(640):
            is_curve = abs(y - 220 - 60 * sin(x / 90)) < 3
            is_axis = (40 <= x <= 42 and 40 <= y <= 340) or (338 <= y <= 340 and 40 <= x <= 600)
            rows += BLUE if is_curve else BLACK if is_axis else WHITE
    return png.from_rgba(640, 400, bytes(rows))


def poster() -> bytes:
    """Return a picture that is larger than a screen, with fine rings, as a PNG of 3600 x 2400 pixels."""
    width, height = 3600, 2400
    shades = [bytes((shade, 120, 255 - shade, 255)) for shade in range(256)]
    rows = bytearray()
    for y in range(height):
        rows.append(0)
        rows += b"".join(
            shades[((x - 1800) ** 2 + (y - 1200) ** 2) // 4000 * 40 % 256] * 4 for x in range(0, width, 4)
        )
    return png.from_rgba(width, height, bytes(rows))
