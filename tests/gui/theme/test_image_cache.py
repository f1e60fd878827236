"""Images are kept while they are on screen or were used lately."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.image_cache import KEPT, ImageCache
from tests.gui.base import WindowTest


class ImageCacheTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.cache: ImageCache[int] = ImageCache(self.root)
        self.made: list[int] = []

    def get(self, key: int) -> str:
        def make() -> tk.PhotoImage:
            self.made.append(key)
            return tk.PhotoImage(master=self.root, width=1, height=1)

        return str(self.cache.get(key, make))

    def test_an_image_is_made_once(self) -> None:
        self.assertEqual(self.get(1), self.get(1))
        self.assertEqual(self.made, [1])

    def test_the_least_recently_used_images_are_dropped_when_tk_is_idle(self) -> None:
        names = [self.get(key) for key in range(KEPT)]
        self.get(0)
        names += [self.get(key) for key in range(KEPT, KEPT + 10)]
        self.assertLessEqual(set(names), set(self.root.image_names()))
        self.settle()
        gone = set(names) - set(self.root.image_names())
        self.assertEqual(gone, set(names[1:11]))

    def test_images_on_screen_stay_even_if_they_are_more_than_are_kept(self) -> None:
        text = tk.Text(self.root)
        shown = [self.get(key) for key in range(2 * KEPT)]
        for name in shown:
            text.image_create("end", image=name)
        self.settle()
        for key in range(2 * KEPT, 4 * KEPT):
            self.get(key)
        self.settle()
        self.assertLessEqual(set(shown), set(self.root.image_names()))
        text.destroy()
        for key in range(4 * KEPT, 6 * KEPT):
            self.get(key)
        self.settle()
        self.assertEqual(set(shown) & set(self.root.image_names()), set())
