"""Messages become bytes: tags by capabilities, and runs of lines for one audience."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.protocol.capabilities import ACCOUNT_TAG, BATCH, LABELED_RESPONSE, MESSAGE_TAGS, SERVER_TIME
from chatapp.protocol.message import Message
from chatapp.server.core.effects import ChannelBurst, Send, StoredPage
from chatapp.server.core.presence_gathering import PresenceGathering
from chatapp.server.core.render import body_of, put_lines, render, render_burst, render_page
from chatapp.server.state.session import EMPTY_AUDIENCE, PLAIN_TEXT, Audience, Session
from chatapp.server.storage.message_rows import StoredMessage
from tests.server.base import FakeLink

NOW = "2026-03-12T12:00:00.000Z"
TAGS = {
    "time": "T", "msgid": "m1", "account": "ann", "bot": "", "+typing": "a;b", "label": "x", "batch": "b1",
}  # fmt: skip


def session(caps: int = 0) -> tuple[Session, FakeLink]:
    link = FakeLink("192.0.2.7", 1)
    made = Session(link, 0.0)
    made.set_caps(caps)
    return made, link


class Rendering(unittest.TestCase):
    def line(self, caps: int, message: Message) -> str:
        return render(message, caps, body_of(message), NOW).decode()

    def test_each_tag_needs_its_capability(self) -> None:
        message = Message("PRIVMSG", ("#c", "hi"), "ann!a@h", TAGS)
        cases = {
            0: "",
            SERVER_TIME: "@time=T ",
            ACCOUNT_TAG: "@account=ann ",
            BATCH: "@batch=b1 ",
            LABELED_RESPONSE: "@label=x ",
            MESSAGE_TAGS: "@msgid=m1;bot;+typing=a\\:b ",
        }
        for caps, tags in cases.items():
            with self.subTest(caps=caps):
                self.assertEqual(self.line(caps, message), f"{tags}:ann!a@h PRIVMSG #c :hi\r\n")

    def test_every_message_has_a_time_for_sessions_with_server_time(self) -> None:
        self.assertEqual(self.line(SERVER_TIME, Message("PING", ("x",))), f"@time={NOW} PING x\r\n")

    def test_a_body_is_cut_between_characters(self) -> None:
        body = body_of(Message("PRIVMSG", ("#c", "ü" * 400), "ann!a@h"))
        self.assertLessEqual(len(body), 510)
        self.assertTrue(body.decode().endswith("ü"))

    def test_a_body_is_cut_between_grapheme_clusters(self) -> None:
        for sign in ("👨\u200d👩\u200d👧", "🇩🇪", "क्षि"):
            for shift in range(8):
                with self.subTest(ascii(sign), shift=shift):
                    body = body_of(Message("PRIVMSG", ("#c", "x" * shift + sign * 100), "ann!a@h")).decode()
                    self.assertEqual("", body.partition(" :")[2].lstrip("x").replace(sign, ""))

    def test_a_text_that_is_one_long_grapheme_cluster_is_cut(self) -> None:
        body = body_of(Message("PRIVMSG", ("#c", "\u0301" * 400), "ann!a@h")).decode()
        self.assertTrue(body.startswith(":ann!a@h PRIVMSG #c :\u0301"))

    def test_plain_text_sessions_get_sentences(self) -> None:
        self.assertEqual(self.line(PLAIN_TEXT, Message("PRIVMSG", ("#c", "hi"), "ann!a@h")), "ann: hi\n")

    def test_plain_text_sessions_get_no_control_characters(self) -> None:
        for command in ("PRIVMSG", "NOTICE", "TOPIC"):
            message = Message(command, ("#c", "\x1b[2J\x9b2J\x0304red\x03 \u202eback\nann: hi"), "ann!a@h")
            self.assertEqual(self.line(PLAIN_TEXT, message).partition(": ")[2], "[2J2Jred back ann: hi\n")


class OneLine(unittest.TestCase):
    """Each item is sent as one line, whatever it contains."""

    TEXT = "a\r\nQUIT\nb\rc\0d"
    VARIANTS = (0, MESSAGE_TAGS, SERVER_TIME | MESSAGE_TAGS | ACCOUNT_TAG)

    def assertOneLine(self, data: bytes) -> None:
        self.assertTrue(data.endswith(b"\r\n"))
        self.assertNotRegex(data[:-2], rb"[\r\n\0]")

    def test_a_message(self) -> None:
        for caps in self.VARIANTS:
            for message in (
                Message("PRIVMSG", ("#c", self.TEXT), "ann!a@h", {"+note": self.TEXT, "account": self.TEXT}),
                Message("FAIL", ("SEARCH", "INVALID_PARAMS", self.TEXT, "words"), "server"),
                Message("NOTICE", ("#c", "x"), f"ann{self.TEXT}!a@h"),
                Message("PRIVMSG", ("#c", self.TEXT + "x" * 500), "ann!a@h"),
                Message("PRIVMSG", ("x" * 600, self.TEXT), "ann!a@h"),
            ):
                self.assertOneLine(render(message, caps, body_of(message), NOW))

    def test_the_lines_of_a_burst(self) -> None:
        world = mock.Mock(source=f"ann{self.TEXT}!a@h", tags={"account": self.TEXT})
        channel = mock.Mock()
        channel.name = "#c"
        for caps in self.VARIANTS:
            burst = ChannelBurst(channel, world, ["one", self.TEXT, "three"], 1, 1, None)
            lines = render_burst(burst, caps).split(b"\r\n")
            self.assertEqual((len(lines), lines.pop()), (4, b""))
            for line in lines:
                self.assertOneLine(line + b"\r\n")
            self.assertTrue(lines[1].endswith(b":a  QUIT b c d"))

    def test_the_lines_of_a_page(self) -> None:
        row = StoredMessage(1, "#c", "", 1, "PRIVMSG", "ann!a@h", self.TEXT, self.TEXT, {"+note": self.TEXT})
        for caps in self.VARIANTS:
            lines = render_page(StoredPage(EMPTY_AUDIENCE, [row, row], "#c", ""), caps).split(b"\r\n")
            self.assertEqual((len(lines), lines.pop()), (3, b""))
            for line in lines:
                self.assertOneLine(line + b"\r\n")


class Runs(unittest.TestCase):
    def test_order_across_audiences_and_excluded_sessions(self) -> None:
        (ann, ann_link), (bob, bob_link), (cat, cat_link) = session(), session(MESSAGE_TAGS), session()
        everybody, two = Audience([ann, bob, cat]), Audience([ann, bob])
        says = [
            Send(everybody, Message("A", ())),
            Send(everybody, Message("B", ()), excluded=ann),
            Send(everybody, Message("C", ()), required_caps=MESSAGE_TAGS),
            Send(everybody, Message("D", ()), excluded=cat, excluded_caps=MESSAGE_TAGS),
            Send(two, Message("E", ())),
            Send(everybody, Message("F", ())),
        ]
        touched = put_lines(says, NOW, PresenceGathering())
        for each in touched:
            each.link.flush()
        received = [link.take().split() for link in (ann_link, bob_link, cat_link)]
        self.assertEqual(received, [["A", "D", "E", "F"], ["A", "B", "C", "E", "F"], ["A", "B", "F"]])
        self.assertEqual(touched, {ann, bob, cat})

    def test_sessions_that_get_nothing_are_not_touched(self) -> None:
        ann, _ = session()
        self.assertEqual(
            put_lines(
                [Send(ann.own_audience, Message("A", ()), required_caps=BATCH)], NOW, PresenceGathering()
            ),
            set(),
        )

    def test_one_bytes_object_serves_all_sessions_with_the_same_capabilities(self) -> None:
        """Not one per member: this makes fan-out fast."""
        got: list[bytes] = []

        class Caching(FakeLink):
            def put(self, data: bytes) -> None:
                got.append(data)

        members = [Session(Caching("192.0.2.7", number), 0.0) for number in range(50)]
        put_lines([Send(Audience(members), Message("A", ("x",)))], NOW, PresenceGathering())
        self.assertEqual(len(got), 50)
        self.assertEqual(len({id(data) for data in got}), 1)
