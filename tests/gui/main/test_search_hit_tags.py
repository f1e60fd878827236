"""The look of the hits of a search."""

from __future__ import annotations

from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.text.occurrences import any_of
from chatapp.gui.main.search_hit_runs import body_runs, head_runs
from chatapp.gui.main.search_hit_tags import COLUMN, MARGIN, RAISED_TAGS, tag_options
from tests.gui.base import WindowTest


class SearchHitTagsTest(WindowTest):
    def test_every_tag_of_a_hit_has_a_look(self) -> None:
        tags = tag_options(self.theme, 400)
        text = "see **it** in `code`: https://a.example"
        runs = [
            *body_runs(text, any_of(["it"]), lambda nick: nick),
            *head_runs(Network(), Entry(1, "message", 0.0, "ben", text), twelve_hours=False),
        ]
        self.assertEqual({tag for _, each in runs for tag in each} - set(tags), set())
        self.assertLessEqual(set(RAISED_TAGS), set(tags))

    def test_the_day_stands_at_the_right_edge_and_never_left_of_the_text(self) -> None:
        px = self.theme.px
        for width, expected in ((400, 400 - px(MARGIN) - px(4)), (10, px(COLUMN))):
            with self.subTest(width):
                self.assertEqual(tag_options(self.theme, width)["place"]["tabs"], (expected, "right"))
