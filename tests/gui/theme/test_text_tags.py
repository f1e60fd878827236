"""Colours and fonts of the transcript in every theme."""

from __future__ import annotations

from chatapp.gui.theme.palette import DARK, LIGHT, contrast
from chatapp.gui.theme.text_tags import tag_options, text_column
from tests.gui.transcript.transcript_case import TranscriptCase


class LookTest(TranscriptCase):
    def test_colours_of_mirc_are_readable_in_every_theme(self) -> None:
        for code in range(99):
            front = f"\x03{code:02}w{code:02}\x03"
            both = f"\x03{code:02},{98 - code:02}v{code:02}\x03"
            self.maker.say("ben", f"{front} {both}", mention=code % 2 == 1)
        self.show()
        for name in ("dark", "light", "contrast"):
            self.theme.use(name)
            for code in range(99):
                for letter in "wv":
                    with self.subTest(theme=name, code=code, letter=letter):
                        self.assertGreaterEqual(contrast(*self.colours_at(f"{letter}{code:02}")), 4.5)

    def test_the_text_stands_beside_the_avatar_at_every_size(self) -> None:
        self.assertEqual(text_column(self.theme), self.theme.px(56))
        self.theme.zoom(24)
        self.assertEqual(text_column(self.theme), self.theme.px(16 + round(self.theme.grown(28)) + 12))

    def test_the_margin_beside_a_hit_keeps_the_colour_of_the_page(self) -> None:
        for name, options in tag_options(self.theme).items():
            if "lmargin1" in options and "spacing2" in options:
                with self.subTest(tag=name):
                    self.assertEqual(options["lmargincolor"], self.theme.colours.pane)

    def test_a_change_of_theme_repaints_the_page(self) -> None:
        self.maker.say("ben", "see https://a.example")
        self.show()
        self.assertEqual(self.colours_at("https"), (DARK.link, DARK.pane))
        self.theme.use("light")
        self.assertEqual(self.colours_at("https"), (LIGHT.link, LIGHT.pane))

    def test_every_emoji_is_in_the_colour_font(self) -> None:
        self.maker.say("ben", "hi 😀👍 **b😀ld** `c😀de` https://a.example/😀")
        self.show()
        index = "1.0"
        for _ in range(4):
            index = self.text.search("😀", f"{index} +1c", "end")
            tags = self.text.tag_names(index)
            self.assertIn("em", tags)
            fonts = [font for tag in tags if (font := str(self.text.tag_cget(tag, "font")))]
            self.assertEqual(fonts[-1], "ChatEmoji")

    def test_surfaces_cover_one_another_in_a_fixed_order(self) -> None:
        self.maker.say("ben", "\x034,1red")
        self.show()
        order = self.text.tag_names()
        wanted = (
            "hover",
            "band",
            "flash",
            "code-fill",
            "code",
            "chip",
            "irc/4/1/pane/",
            "hit",
            "hit_now",
            "em",
            "sel",
        )
        places = [order.index(tag) for tag in wanted]
        self.assertEqual(places, sorted(places))

    def test_a_selection_keeps_the_colours_of_the_text(self) -> None:
        self.assertEqual(str(self.text.cget("selectforeground")), "")
        self.assertEqual(str(self.text.tag_cget("sel", "foreground")), "")

    def test_the_text_of_chips_and_code_can_be_read_on_its_surface_in_every_theme(self) -> None:
        pairs = (
            ("link", "chip_mine"), ("text", "chip"), ("muted", "codehead"), ("link", "code"), ("ok", "code"),
            ("muted", "code"), ("muted", "mention"), ("text", "hit"), ("on_hit_now", "hit_now"),
        )  # fmt: skip
        for name in ("dark", "light", "contrast"):
            self.theme.use(name)
            for front, surface in pairs:
                with self.subTest(theme=name, front=front, surface=surface):
                    colours = self.theme.colours
                    self.assertGreaterEqual(contrast(colours.role(front), colours.role(surface)), 4.5)
