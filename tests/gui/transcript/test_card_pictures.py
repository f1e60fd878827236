"""The parts of a card fit together."""

from __future__ import annotations

from chatapp.gui.transcript.card_pictures import CardPictures
from chatapp.gui.transcript.file_runs import card_height
from chatapp.gui.transcript.runs import CardLook, CardPart
from tests.gui.base import WindowTest


class CardPicturesTest(WindowTest):
    def sizes(self, look: CardLook) -> dict[CardPart, tuple[int, int]]:
        cards = CardPictures(self.root, self.theme)
        parts: tuple[CardPart, ...] = (
            "top", "name-left", "name-right", "facts-left", "facts-right", "bottom",
        )  # fmt: skip
        images = {part: cards.image(look._replace(part=part)) for part in parts}
        return {part: (image.width(), image.height()) for part, image in images.items()}

    def test_the_parts_are_together_as_high_as_the_card(self) -> None:
        px = self.theme.px
        sizes = self.sizes(CardLook("top", px(368), px(20), "PDF", 0, "download", 62))
        rows = [sizes[part] for part in ("top", "name-left", "facts-left", "bottom")]
        self.assertEqual(sum(height for _width, height in rows), card_height(px(20), px))
        self.assertEqual(rows[0][0], px(368))
        self.assertEqual(sizes["name-right"], sizes["facts-right"])

    def test_any_label_and_any_width_can_be_drawn(self) -> None:
        for label, width in (("", 368), ("7Z", 368), ("ÄÖ", 368), ("WWWW", 90), ("PDF", 40)):
            with self.subTest(label=label, width=width):
                sizes = self.sizes(CardLook("top", width, 20, label, None, "open", 3))
                self.assertEqual(sizes["bottom"][0], width)
