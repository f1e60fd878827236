"""What the transcript looks like, in every theme."""

from __future__ import annotations

import unittest

from chatapp.gui.theme import irc_colours
from chatapp.gui.theme.palette import DARK, LIGHT, contrast
from chatapp.gui.transcript import text_view
from tests.gui.transcript.transcript_case import TranscriptCase


class MircTest(unittest.TestCase):
    def test_a_number_has_a_colour_and_a_colour_is_itself(self) -> None:
        table = {"0": "#ffffff", "4": "#ff0000", "12": "#0000fc", "98": "#ffffff", "#ABcdef": "#abcdef"}
        for code, colour in table.items():
            self.assertEqual(irc_colours.colour(code), colour)
        self.assertEqual(len(irc_colours.COLOURS), 99)


class LookTest(TranscriptCase):
    def colours_at(self, words: str) -> tuple[str, str]:
        """The colour of words and what is behind them."""
        index = self.text.search(words, "1.0", "end")
        front = behind = ""
        for tag in self.text.tag_names(index):
            front = str(self.text.tag_cget(tag, "foreground")) or front
            behind = str(self.text.tag_cget(tag, "background")) or behind
        default = str(self.text.cget("foreground")), str(self.text.cget("background"))
        return front or default[0], behind or default[1]

    def test_colours_of_mirc_can_be_read_in_every_theme(self) -> None:
        for code in range(99):
            front = f"\x03{code:02}w{code:02}\x03"
            both = f"\x03{code:02},{98 - code:02}v{code:02}\x03"
            self.talk.say("ben", f"{front} {both}", mention=code % 2 == 1)
        self.show()
        for name in ("dark", "light", "contrast"):
            self.theme.use(name)
            for code in range(99):
                for letter in "wv":
                    with self.subTest(theme=name, code=code, letter=letter):
                        self.assertGreaterEqual(contrast(*self.colours_at(f"{letter}{code:02}")), 4.5)

    def test_beyond_a_limit_colours_are_left_out_and_words_are_not(self) -> None:
        for n in range(text_view.MAX_COLOUR_TAGS // 50 + 20):
            words = "".join(f"\x04{n:03x}{m:03x}{chr(97 + m % 26)}" for m in range(60))
            self.talk.say("ben", words)
        self.show()
        inks = [tag for tag in self.text.tag_names() if tag.startswith("irc/")]
        self.assertEqual(len(inks), text_view.MAX_COLOUR_TAGS)
        self.hear(text="\x04ffeeddlast")
        self.assertEqual(self.colours_at("last"), (DARK.text, DARK.pane))

    def test_a_change_of_theme_repaints_the_page(self) -> None:
        self.talk.say("ben", "see https://a.example")
        self.show()
        self.assertEqual(self.colours_at("https"), (DARK.link, DARK.pane))
        self.theme.use("light")
        self.assertEqual(self.colours_at("https"), (LIGHT.link, LIGHT.pane))

    def test_every_emoji_is_in_the_colour_font(self) -> None:
        self.talk.say("ben", "hi 😀👍 **b😀ld** `c😀de` https://a.example/😀")
        self.show()
        index = "1.0"
        for _ in range(4):
            index = self.text.search("😀", f"{index} +1c", "end")
            tags = self.text.tag_names(index)
            self.assertIn("em", tags)
            fonts = [font for tag in tags if (font := str(self.text.tag_cget(tag, "font")))]
            self.assertEqual(fonts[-1], "ChatEmoji")

    def test_a_mention_has_a_band_and_a_bar_beside_it(self) -> None:
        self.talk.say("ben", "hi ana", mention=True)
        self.show()
        self.assertEqual(self.colours_at("hi ana")[1], DARK.mention)
        strip = self.pane.view._strip
        (bar,) = strip.find_all()
        _, top, _, bottom = strip.coords(bar)
        info = self.text.dlineinfo(self.text.search("hi ana", "1.0"))
        assert info is not None
        self.assertEqual((top, bottom), (info[1], info[1] + info[3]))

    def test_words_stand_in_their_column_on_every_line(self) -> None:
        self.talk.say("ben", "word " * 200)
        self.show()
        start = self.text.search("word", "1.0")
        places = [self.text.search("ben", "1.0"), start, f"{start} +1 display lines"]
        columns = {box[0] for place in places if (box := self.text.bbox(place))}
        self.assertEqual(len(columns), 1)

    def test_a_word_wider_than_the_window_is_broken(self) -> None:
        self.talk.say("w" * 300, "w" * 1000)
        self.show()
        for n in range(1, 6):
            info = self.text.dlineinfo(f"@10,{60 * n}")
            assert info is not None
            self.assertLessEqual(info[0] + info[2], self.text.winfo_width())
