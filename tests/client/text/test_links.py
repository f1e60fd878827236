"""Links in texts: where they begin and end, and their targets."""

from __future__ import annotations

import unittest

from chatapp.client.text.formatting import spans
from chatapp.client.text.links import shorter_channels, target, trimmed

LINKS = {
    "https://example.org": ["https://example.org"],
    "See http://example.org/a.": ["http://example.org/a"],
    "(https://example.org/a)": ["https://example.org/a"],
    "https://en.example.org/wiki/Chat_(film)": ["https://en.example.org/wiki/Chat_(film)"],
    "(see https://example.org/Chat_(film))": ["https://example.org/Chat_(film)"],
    "<https://example.org/?q=1&r=2#top>": ["https://example.org/?q=1&r=2#top"],
    '"https://example.org", he said': ["https://example.org"],
    "https://example.org/a, https://example.org/b!": ["https://example.org/a", "https://example.org/b"],
    "irc://irc.example.org/#chat ircs://irc.example.org chat://192.168.1.20/": [
        "irc://irc.example.org/#chat",
        "ircs://irc.example.org",
        "chat://192.168.1.20/",
    ],
    "HTTPS://EXAMPLE.ORG": ["HTTPS://EXAMPLE.ORG"],
    "https://example.org/*a*": ["https://example.org/*a"],
    "https://example.org/straße": ["https://example.org/straße"],
    "見て：https://example.org/。": ["https://example.org/"],
    "javascript:alert(1) file:///etc/passwd ftp://example.org data:text/html,x": [],
    "xhttps://example.org": [],
    "https:// http://. https://)": [],
    "`https://example.org`": [],
    # without spaces, and with full-width punctuation
    "请看https://example.org/a": ["https://example.org/a"],
    "请看https://example.org/a，谢谢": ["https://example.org/a"],
    "「https://example.org/a」です": ["https://example.org/a"],
    "（https://example.org/a）": ["https://example.org/a"],
    "《https://example.org》、https://example.org/b！": ["https://example.org", "https://example.org/b"],
    "한국어https://example.org에서": ["https://example.org"],
    "看https://example.org谢谢": ["https://example.org"],
    "看https://example.org:8080谢谢": ["https://example.org:8080"],
    "https://zh.example.org/wiki/中文": ["https://zh.example.org/wiki/中文"],
    "https://ja.example.org/wiki/ジョン・レノン。": ["https://ja.example.org/wiki/ジョン・レノン"],
    "https://例え.jp/あ": ["https://例え.jp/あ"],
    "https://example.org请看https://example.net": ["https://example.org", "https://example.net"],
    "straßehttps://example.org": [],
    # www.
    "www.example.org": ["www.example.org"],
    "(see www.example.org/a_(b)).": ["www.example.org/a_(b)"],
    "请看www.example.org，谢谢": ["www.example.org"],
    "WWW.Example.org:80/x": ["WWW.Example.org:80/x"],
    "www. www.example www..org awww.example.org": [],
    # mail
    "ana@example.org": ["ana@example.org"],
    "<ana.b+c@mail.example.org>,": ["ana.b+c@mail.example.org"],
    "mailto:ben@example.org.": ["mailto:ben@example.org"],
    "写信给ana@example.org谢谢": ["ana@example.org"],
    "ana@müller.example": ["ana@müller.example"],
    "@ana ana@ ana@localhost @ana@chat.example": [],
    # channels
    "#general": ["#general"],
    "see #general, #c++ (or #help).": ["#general", "#c++", "#help"],
    "**#general**": ["#general"],
    "请看#公告，谢谢": ["#公告"],
    "##chat": ["##chat"],
    "#general's": ["#general"],
    "#1 and # alone, C#, a#b, &#39; #ff8a80": [],
    "https://example.org/#top": ["https://example.org/#top"],
}

TARGETS = {
    "https://example.org": "https://example.org",
    "www.example.org": "https://www.example.org",
    "WWW.example.org": "https://WWW.example.org",
    "ana@example.org": "mailto:ana@example.org",
    "mailto:ana@example.org": "mailto:ana@example.org",
    "#general": "#general",
}


class Links(unittest.TestCase):
    def test_a_link_ends_where_the_sentence_around_it_goes_on(self) -> None:
        for text, links in LINKS.items():
            with self.subTest(text):
                self.assertEqual(links, [span.text for span in spans(text) if span.kind == "link"])

    def test_a_link_without_a_scheme_has_a_target_too(self) -> None:
        for link, expected in TARGETS.items():
            with self.subTest(link):
                self.assertEqual(expected, target(link))

    def test_the_spans_of_a_text_with_links_are_complete(self) -> None:
        for text in LINKS:
            if "`" not in text and "**" not in text:
                with self.subTest(text):
                    self.assertEqual(text, "".join(span.text for span in spans(text)))

    def test_punctuation_and_brackets_of_the_sentence_are_not_part_of_a_link(self) -> None:
        for found, link in (
            ("https://a.example/b).", "https://a.example/b"),
            ("https://a.example/b_(c)", "https://a.example/b_(c)"),
            ("https://", ""),
            ("#1", ""),
            ("#ff8a80", ""),
            ("#help!", "#help"),
            ("www.example", ""),
        ):
            with self.subTest(found):
                self.assertEqual(link, trimmed(found))

    def test_a_channel_before_a_korean_particle_is_the_longest_known_name(self) -> None:
        self.assertEqual(["#ana에", "#ana"], shorter_channels("#ana에서"))
        self.assertEqual([], shorter_channels("#general"))
