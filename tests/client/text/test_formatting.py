"""Texts and the runs that are shown."""

from __future__ import annotations

import unittest

from chatapp.client.text.formatting import Span, mentions, plain, spans
from chatapp.client.text.links import target

LINKS = {
    "https://example.org": ["https://example.org"],
    "See http://example.org/a.": ["http://example.org/a"],
    "(https://example.org/a)": ["https://example.org/a"],
    "https://en.example.org/wiki/Chat_(film)": ["https://en.example.org/wiki/Chat_(film)"],
    "(see https://example.org/Chat_(film))": ["https://example.org/Chat_(film)"],
    "<https://example.org/?q=1&r=2#top>": ["https://example.org/?q=1&r=2#top"],
    '"https://example.org", he said': ["https://example.org"],
    "https://example.org/a, https://example.org/b!": ["https://example.org/a", "https://example.org/b"],
    "irc://irc.example.org/#chat ircs://irc.example.org": [
        "irc://irc.example.org/#chat",
        "ircs://irc.example.org",
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

MARKS = {
    "**bold**": [Span("bold", bold=True)],
    "*italic*": [Span("italic", italic=True)],
    "`code *with* **marks**`": [Span("code *with* **marks**", "code")],
    "``a ` b``": [Span("a ` b", "code")],
    "a **b *c* d** e": [
        Span("a "),
        Span("b ", bold=True),
        Span("c", bold=True, italic=True),
        Span(" d", bold=True),
        Span(" e"),
    ],
    "```\nx = 1\ny = 2\n```": [Span("x = 1\ny = 2", "block")],
    "```python\nx = 1\n```": [Span("x = 1", "block")],
    "2*3*4": [Span("2*3*4")],
    "2 * 3 * 4": [Span("2 * 3 * 4")],
    "** not bold **": [Span("** not bold **")],
    "a*": [Span("a*")],
    "**open": [Span("**open")],
    "`open": [Span("`open")],
    "snake_case_name": [Span("snake_case_name")],
    "": [],
}

CODES = {
    "\x02bold\x02 not": [Span("bold", bold=True), Span(" not")],
    "\x1ditalic\x0f not": [Span("italic", italic=True), Span(" not")],
    "\x1funder\x1f\x1estruck\x1e": [Span("under", underline=True), Span("struck", strike=True)],
    "\x0304red\x03 not": [Span("red", colour=4), Span(" not")],
    "\x034,12both\x035 one": [Span("both", colour=4, back=12), Span(" one", colour=5, back=12)],
    "\x03041": [Span("1", colour=4)],
    "\x0399,99usual": [Span("usual")],
    "\x03,4": [Span(",4")],
    "\x04ff8800orange\x04": [Span("orange", colour="#ff8800")],
    "\x11mono\x11": [Span("mono", "code")],
    "\x16turned": [Span("turned", reverse=True)],
    "\x02a \x02https://example.org": [Span("a ", bold=True), Span("https://example.org", "link")],
    "a\x00\x07\u202eb\ud800c": [Span("abc")],
    "a\x80\x9bb\x7f": [Span("ab")],
}


class Texts(unittest.TestCase):
    def test_a_link_ends_where_the_sentence_around_it_goes_on(self) -> None:
        for text, links in LINKS.items():
            with self.subTest(text):
                self.assertEqual(links, [span.text for span in spans(text) if span.kind == "link"])

    def test_a_link_without_a_scheme_leads_somewhere_too(self) -> None:
        for link, expected in TARGETS.items():
            with self.subTest(link):
                self.assertEqual(expected, target(link))

    def test_nothing_of_a_text_with_links_is_lost(self) -> None:
        for text in LINKS:
            if "`" not in text and "**" not in text:
                with self.subTest(text):
                    self.assertEqual(text, "".join(span.text for span in spans(text)))

    def test_marks_make_a_look_and_are_not_shown(self) -> None:
        for text, expected in MARKS.items():
            with self.subTest(text):
                self.assertEqual(expected, spans(text))

    def test_control_codes_make_a_look_and_other_control_characters_vanish(self) -> None:
        for text, expected in CODES.items():
            with self.subTest(ascii(text)):
                self.assertEqual(expected, spans(text))

    def test_a_plain_text_has_no_codes_but_keeps_its_marks(self) -> None:
        self.assertEqual("red and **bold**", plain("\x0304red\x03 and \x02**bold**"))


class Mentions(unittest.TestCase):
    def test_a_nick_is_a_mention_as_a_whole_word(self) -> None:
        for text in ("ana", "ANA: look", "hi @ana!", "(ana)", "it is ana's", "ana, ben", "**ana**", "ana."):
            with self.subTest(text):
                self.assertTrue(mentions(text, "ana"))

    def test_a_part_of_a_word_a_link_or_code_is_no_mention(self) -> None:
        for text in (
            "banana",
            "ana_2",
            "ana-maria",
            "maria-ana",
            "https://x.example/ana",
            "`ana`",
            "me@ana.example",
        ):
            with self.subTest(text):
                self.assertFalse(mentions(text, "ana"))

    def test_a_nick_of_special_characters_or_other_scripts_is_found(self) -> None:
        for nick in ("[ben]", "a^b|c", "Жанна", "李"):
            with self.subTest(nick):
                self.assertTrue(mentions(f"hello {nick.lower()}: yes", nick))

    def test_a_script_without_spaces_may_go_on_after_a_nick(self) -> None:
        for nick, text in (
            ("小明", "@小明你好"),
            ("小明", "你好@小明，"),
            ("小明", "请问@小明你好"),
            ("민수", "@민수님"),
            ("민수", "@민수야 안녕"),
            ("สมชาย", "@สมชายครับ"),
            ("ana", "@ana님"),
            ("ana", "ana님 안녕"),
            ("ana", "你好ana你好"),
            ("ana", "สวัสดีana"),
            ("[ben]", "@[ben]さん"),
            ("小明", "hello小明!"),
        ):
            with self.subTest(text):
                self.assertTrue(mentions(text, nick))

    def test_a_part_of_a_word_is_no_mention_in_any_script(self) -> None:
        for nick, text in (
            ("राम", "रामायण"),
            ("राम", "@रामायण"),
            ("राम", "रामि"),
            ("ann", "@anne"),
            ("ann", "ann\u0303"),
            ("สมชา", "@สมชาี"),
            ("小明", "小明你好"),
            ("李", "李子"),
            ("小明", "@小明2"),
            ("Жан", "@Жанна"),
            ("ana", "me@ana"),
            ("민수", "민수정"),
        ):
            with self.subTest(text):
                self.assertFalse(mentions(text, nick))

    def test_a_nick_is_found_in_any_case_and_composed_or_not(self) -> None:
        for nick, text, found in (
            ("José", "hi jose\u0301!", "jose\u0301"),
            ("jose\u0301", "hi JOSÉ!", "JOSÉ"),
            ("Straße", "@STRASSE: hi", "@STRASSE"),
            ("민수", "@\u1106\u1175\u11ab\u1109\u116e님", "@\u1106\u1175\u11ab\u1109\u116e"),
            ("ΣΙΣΥΦΟΣ", "σισυφος", "σισυφος"),
            ("ann", "ﬃ e\u0301 ANN", "ANN"),
            ("a[b]-c\\", "@A[B]-C\\: hi", "@A[B]-C\\"),
            ("-ana-", "hi -ana-", "-ana-"),
            ("ana", "😀@ana", "@ana"),
        ):
            with self.subTest(text):
                self.assertEqual([found], [s.text for s in spans(text, nick) if s.kind == "mention"])

    def test_a_channel_of_the_same_name_is_no_mention(self) -> None:
        self.assertFalse(mentions("see #ana", "ana"))

    def test_nobody_is_mentioned_without_a_nick(self) -> None:
        self.assertFalse(mentions("hello", ""))

    def test_a_mention_is_a_run_of_its_own(self) -> None:
        expected = [Span("hi "), Span("@Ana", "mention"), Span("!")]
        self.assertEqual(expected, spans("hi @Ana!", "ana"))
