"""A peer that sends random data: no parser or command raises an exception, and replies are complete lines.

The data are seeded, so that a failure can be reproduced.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterable

from chatapp.protocol import addresses, modes, timestamps
from chatapp.protocol.lines import LineBuffer
from chatapp.server.commands import COMMANDS
from chatapp.server.core import first_line
from chatapp.server.core.inbound import read
from chatapp.server.net import http, proxy_protocol
from chatapp.server.net.http import HttpError
from chatapp.server.net.policy import Site
from chatapp.server.net.sniffer import ProtocolSniffer
from chatapp.server.net.websocket import WebSocket
from chatapp.server.operations import list_conditions
from chatapp.server.state import bans, masks, message_ids
from tests.protocol.hostile import ParserTest, blocks, texts
from tests.server.base import ServerTest
from tests.server.net.test_http import opening, request
from tests.server.net.test_proxy_protocol import binary
from tests.server.net.test_websocket import frame

COUNT = 4000
LINES = 6000
SITE = Site("Chatapp", "ircs://192.0.2.1", ("https://web.example",), frozenset({"chat.example"}))
_WHOLE = re.compile(r"(?:[:@]|(?:AUTHENTICATE|ERROR) )[^\r\n\0]*")


class Parsers(ParserTest):
    def test_texts(self) -> None:
        readers: dict[Callable[[str], object], tuple[type[Exception], ...]] = {
            timestamps.parse_milliseconds: (ValueError,),
            timestamps.parse_criterion_milliseconds: (),
            message_ids.parse_msgid: (),
            addresses.parse_address: (),
            addresses.parse_network: (),
            addresses.client_block: (),
            addresses.owner_block: (),
            bans.parse_duration: (),
            bans.full_mask: (),
            masks.full_mask: (),
            lambda text: masks.parsed(text).matches("ann!a@b", "ann"): (),
            lambda text: list_conditions.parse(text, 0): (list_conditions.TooManyConditions,),
            lambda text: modes.parse(text, text.split()): (),
            lambda text: first_line.classify([text, text], True, COMMANDS): (),
            lambda text: first_line.classify([text, text], False, COMMANDS): (),
            first_line.looks_like_login: (),
            first_line.rejection_text: (),
        }
        samples = ("timestamp=2026-03-12T12:00:00.000Z", "PASS", "WEBIRC", "30m", "1d12h", "C>10")
        for text in texts(1, COUNT, samples):
            for each, documented in readers.items():
                self.assertReads(each, text, *documented)

    def test_bytes(self) -> None:
        def serve(data: bytes) -> None:
            asked = http.read(data)
            if asked:
                http.check_host(asked, SITE)
                http.upgrade(asked, SITE) if http.is_upgrade(asked) else http.serve(asked, SITE)

        readers: dict[Callable[[bytes], object], tuple[type[Exception], ...]] = {
            serve: (HttpError,),
            proxy_protocol.read: (proxy_protocol.BadHeader,),
            lambda data: WebSocket(False, LineBuffer()).feed(data): (),
            lambda data: ProtocolSniffer(LineBuffer(), SITE, "", COMMANDS, lambda: False).feed(data): (),
            lambda data: read(LineBuffer().feed(data)): (),
        }
        samples = (
            opening(),
            opening(Origin="http://chat.example:5000"),
            request("GET http://chat.example/health HTTP/1.1"),
            request("GET / HTTP/1.1", Host="[::1]:5000"),
            frame(1, b"NICK ann"),
            frame(9, b"?"),
            frame(8, b"\x03\xe8"),
            b"PROXY TCP4 198.51.100.22 203.0.113.7 35646 5000\r\n",
            binary(0x11, b"\xc0\x00\x02\x01" * 2 + bytes(4)),
            b"NICK ann\r\nUSER ann 0 * :Ann\r\n",
            b"@a=b;c PRIVMSG #c :hi\r\n",
        )
        for data in blocks(2, COUNT, samples):
            for each, documented in readers.items():
                self.assertReads(each, data, *documented)

    def test_a_browser_always_gets_an_answer(self) -> None:
        for data in blocks(3, COUNT, (opening(), request("GET http://[ HTTP/1.1", Host="["))):
            if http.is_request(data) and b"\r\n\r\n" in data:
                sniffer = ProtocolSniffer(LineBuffer(), SITE, "", COMMANDS, lambda: False)
                sniffer.feed(data)
                self.assertRegex(sniffer.reply, rb"HTTP/1.1 [1-5][0-9][0-9] ", data)


class Commands(ServerTest):
    """Every command with random parameters, before and after registration."""

    LEAVING = frozenset({"QUIT", "KILL", "REHASH"})
    CAPS = "batch labeled-response echo-message message-tags server-time account-tag draft/multiline"

    def setUp(self) -> None:
        super().setUp()
        self.drawn = random.Random(7)

    def assertLines(self, name: str, sent: Iterable[str]) -> None:
        """Check that a client got complete lines, without a character that could end a line."""
        for line in self.text(name).removesuffix("\r\n").split("\r\n"):
            if line:
                self.assertTrue(_WHOLE.fullmatch(line), f"{line!r} after {list(sent)}")

    def lines(self, seed: int) -> list[str]:
        """Return random lines as a link delivers them: UTF-8, without line ends and NUL."""
        commands = [command for command in COMMANDS if command not in self.LEAVING]
        commands += ["SEARCH", "CHATHISTORY", "METADATA", "MARKREAD", "REGISTER"] * 10
        words = [
            "ann",
            "bob",
            "#c",
            "#general",
            "LS",
            "REQ",
            "END",
            "LATEST",
            "BEFORE",
            "AROUND",
            "TARGETS",
            "SET",
            "GET",
            "SUB",
            "SYNC",
            "LIST",
            "+o",
            "-b",
            "+k",
            "+l",
            "REGISTER",
            "IDENTIFY",
            "text=a\\sb",
            "in=#c",
            "*",
            "10",
            "limit=\\r\\n\\sx",
            "after=\\n",
            "in=\\nQUIT",
        ]
        made = []
        for text in texts(seed, LINES // 2, (*words, *words)):
            label = f"@label={self.drawn.choice(words)}\\s\\n "
            tags = self.drawn.choice(("", "", "@label=1 ", "@batch=x ", label))
            command = self.drawn.choice(commands)
            rest = " ".join(self.drawn.choices(words, k=self.drawn.randrange(3)))
            line = f"{tags}{command} {rest} {text}"
            fed = LineBuffer().feed(line.encode(errors="replace") + b"\n")
            made += [each.decode() for each in fed if isinstance(each, bytes)]
        return made

    def test_after_registration(self) -> None:
        self.enter("ann", "bob", channel="#c", caps=self.CAPS)
        self.make_operator("ann")
        for number, line in enumerate(self.lines(4)):
            name = ("ann", "bob")[number % 2]
            if self.links[name].is_closed:
                self.enter(name, channel="#c", caps=self.CAPS)
            self.say(name, line)
            self.assertLines(name, [line])
            self.pass_time(0.01)
        self.assertLines("bob", [])

    def test_before_registration(self) -> None:
        self.connect("eve")
        for line in self.lines(5):
            if self.links["eve"].is_closed:
                self.connect("eve")
            self.say("eve", line)
            self.assertLines("eve", [line])
            self.pass_time(0.01)
