"""Long texts are split so that the server truncates no line."""

from __future__ import annotations

import unittest

from chatapp.client.model.model import EntryKind
from chatapp.client.outgoing.line_splitting import join_messages, privmsg, split_text
from chatapp.protocol.lines import LINE_BYTES

SOURCE = "ana!ana@home.example"
KINDS: tuple[EntryKind, ...] = ("message", "action")


def cut(text: str, kind: EntryKind = "message", source: str = SOURCE, target: str = "#general") -> list[str]:
    return list(split_text(kind, target, text, "ana", source))


def relayed(kind: EntryKind, piece: str, source: str = SOURCE) -> int:
    """Return the size in bytes of the line that other clients receive."""
    message = privmsg(kind, "#general", piece)
    message.source = source
    return len(message.body().encode()) + len(b"\r\n")


class Pieces(unittest.TestCase):
    def test_a_short_text_is_one_piece(self) -> None:
        for text in ("hello", ":colon first", " spaces around ", "x"):
            with self.subTest(text):
                self.assertEqual([text], cut(text))

    def test_every_line_is_a_piece_and_empty_ones_are_left_out(self) -> None:
        self.assertEqual(["a", "b", "c"], cut("a\nb\r\n\r\n \rc\n"))
        self.assertEqual([], cut("\n  \n"))

    def test_no_piece_is_too_long_when_relayed_and_none_is_needlessly_short(self) -> None:
        for kind in KINDS:
            for text in ("x" * 2000, "ä" * 1000, "日" * 700, "🎉" * 600):
                with self.subTest(kind=kind, text=text[0]):
                    found = cut(text, kind)
                    self.assertEqual(text, "".join(found))
                    sizes = [relayed(kind, piece) for piece in found]
                    self.assertLessEqual(max(sizes), LINE_BYTES)
                    self.assertGreater(min(sizes[:-1]), LINE_BYTES - 4)

    def test_while_our_host_is_unknown_there_is_room_for_the_longest(self) -> None:
        longest = f"ana!{'u' * 10}@{'h' * 63}"
        for piece in cut("x" * 2000, source=""):
            self.assertLessEqual(relayed("message", piece, longest), LINE_BYTES)

    def test_lines_are_cut_between_words_if_possible(self) -> None:
        text = "word" + " word" * 300
        found = cut(text)
        self.assertGreater(len(found), 1)
        self.assertEqual(text.split(), " ".join(found).split())
        for piece in found:
            self.assertEqual(piece, piece.strip())

    def test_grapheme_clusters_are_not_cut(self) -> None:
        for sign in ("e\u0301", "👩\u200d👩\u200d👧", "❤\ufe0f", "🇩🇪", "1\ufe0f\u20e3", "👋🏽", "क्षि", "ที่"):
            for shift in range(12):
                with self.subTest(sign=ascii(sign), shift=shift):
                    for piece in cut("x" * shift + sign * 200):
                        self.assertEqual("", piece.lstrip("x").replace(sign, ""))


class Joins(unittest.TestCase):
    def test_many_channels_are_joined_in_one_line_and_keys_stay_in_order(self) -> None:
        channels = [("#a", ""), ("#b", "kb"), ("#c", ""), ("#d", "kd")]
        self.assertEqual(["JOIN #b,#d,#a,#c kb,kd"], list(map(str, join_messages(channels))))

    def test_no_line_is_too_long_and_no_channel_is_left_out(self) -> None:
        for name, key in (("#" + "日" * 63, "k" * 50), ("#" + "c" * 63, ""), ("#" + "🎉" * 63, "")):
            with self.subTest(name[:2]):
                lines = join_messages([(name, key)] * 20)
                self.assertEqual(20, sum(line.params[0].count("#") for line in lines))
                for line in lines:
                    self.assertLessEqual(len(line.body().encode()), LINE_BYTES - 2)

    def test_no_channels_need_no_line(self) -> None:
        self.assertEqual([], join_messages([]))
