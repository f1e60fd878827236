"""Pictures are put between the characters of a Text, wherever emoji stand."""

from __future__ import annotations

import tkinter as tk
from itertools import count

from chatapp.gui.transcript.runs import Picture, Run
from chatapp.gui.transcript.text_images import image_script
from tests.gui.base import WindowTest

PICTURE = Picture("icon", "hash", "text", 14)


class TextImagesTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.page = tk.Text(self.root)
        self.icon = self.theme.icon("hash", "text", 14)
        self.numbers = count(1)

    def insert(self, line: int, *runs: Run) -> None:
        for run in runs:
            self.page.insert("end", run.text, run.tags)
        wide = int(self.root.tk.call("string", "length", "😀"))
        self.root.tk.eval(
            image_script(str(self.page), line, runs, lambda picture: str(self.icon), self.numbers, wide)
        )

    def line(self, number: int) -> list[str]:
        """Return the parts of a line in order; an image as `*`."""
        dumped = self.page.dump(f"{number}.0", f"{number}.end", image=True, text=True)
        return ["*" if kind == "image" else value for kind, value, _ in dumped]

    def test_images_stand_where_their_runs_are(self) -> None:
        image = Run("", ("a",), picture=PICTURE)
        self.insert(
            1, image, Run("x😀y", ("a",)), image, Run("z\n😀", ("b",)), image, image, Run("\n", ("b",))
        )
        self.assertEqual(self.line(1), ["*", "x😀y", "*", "z"])
        self.assertEqual(self.line(2), ["😀", "*", "*"])

    def test_images_have_their_tags_also_at_the_start_of_a_line(self) -> None:
        self.insert(1, Run("", ("head", "band"), picture=PICTURE), Run("\tben\n", ("head", "band")))
        self.assertEqual(self.page.tag_names("1.0"), ("head", "band"))
        self.assertEqual(self.page.tag_names("1.1"), ("head", "band"))

    def test_the_end_of_a_chip_does_not_get_the_background_between_the_ends(self) -> None:
        end = Run("", ("chips",), picture=PICTURE)
        self.insert(1, end, Run("6", ("chips", "chip")), end, Run("  ", ("chips",)), Run("\n", ("chips",)))
        self.assertEqual([self.page.tag_names(f"1.{at}") for at in (0, 2)], [("chips",), ("chips",)])

    def test_tags_on_both_sides_are_not_added_again(self) -> None:
        picture = Run("", ("head", "band"), picture=PICTURE)
        both, end = Run("a", ("head", "band")), Run("\n", ("band",))
        other = Run("", ("other",), picture=PICTURE)
        self.insert(1, both, picture, picture, end, picture, both, other, end)
        for place in ("1.1", "1.2", "2.0"):
            with self.subTest(place):
                self.assertEqual(self.page.tag_names(place), ("head", "band"))
        self.assertEqual(self.page.tag_names("2.2"), ("band", "other"))
        self.assertEqual([], [str(each) for each in self.page.tag_names("3.0")])

    def test_every_image_has_another_name(self) -> None:
        for line in range(1, 30):
            self.insert(line, Run("", (), picture=PICTURE), Run("\n"))
        self.assertEqual(len(set(self.page.image_names())), 29)
