"""The theme: fonts, sizes, icons, menus, and repainting."""

from __future__ import annotations

import tempfile
import tkinter as tk
from pathlib import Path
from tkinter import ttk

from chatapp.gui.theme.palette import DARK, LIGHT
from chatapp.gui.theme.theme import EMOJI_FONTS, FONTS, MAX_SIZE, MIN_SIZE, Theme
from tests.gui.base import WindowTest

LINE = ("highlightbackground", "highlightthickness", "borderwidth")  # around a list, and the gap within


class ThemeTest(WindowTest):
    def test_watchers_paint_at_once_and_after_every_change(self) -> None:
        seen: list[str] = []
        self.theme.watch(self.root, lambda: seen.append(self.theme.colours.name))
        self.theme.use("light")
        self.theme.zoom(14)
        self.assertEqual(seen, ["dark", "light", "light"])

    def test_a_watcher_is_removed_with_its_widget(self) -> None:
        seen: list[str] = []
        frame = tk.Frame(self.root)
        self.theme.watch(frame, lambda: seen.append(self.theme.colours.name))
        frame.destroy()
        self.theme.use("light")
        self.assertEqual(seen, ["dark"])

    def test_zoom_changes_every_font_and_the_rows_of_trees_within_limits(self) -> None:
        before = {name: self.theme.fonts[name].metrics("linespace") for name in FONTS}
        self.theme.zoom(20)
        for name in FONTS:
            self.assertGreater(self.theme.fonts[name].metrics("linespace"), before[name])
        row = ttk.Style(self.root).lookup("Treeview", "rowheight")
        self.assertGreater(int(row), self.theme.fonts["ChatBody"].metrics("linespace"))
        self.theme.zoom(200)
        self.assertEqual(self.theme.size, MAX_SIZE)
        self.theme.zoom(1)
        self.assertEqual(self.theme.size, MIN_SIZE)

    def test_what_stands_beside_text_grows_with_it_and_is_never_smaller_than_usual(self) -> None:
        self.assertEqual(self.theme.grown(16), 16)
        usual = self.theme.fonts["ChatBody"].metrics("linespace")
        self.theme.zoom(24)
        large = self.theme.fonts["ChatBody"].metrics("linespace")
        self.assertAlmostEqual(self.theme.grown(16), 16 * large / usual)
        self.theme.zoom(8)
        self.assertEqual(self.theme.grown(16), 16)

    def test_the_display_s_scale_is_applied_to_pixels_and_text(self) -> None:
        scaling = self.root.tk.call("tk", "scaling")
        self.addCleanup(self.root.tk.call, "tk", "scaling", scaling)
        self.root.tk.call("tk", "scaling", 2 * 96 / 72)
        for font in FONTS:
            self.root.tk.call("font", "delete", font)
        large = Theme(self.root, "contrast")
        self.assertEqual((large.scale, large.px(4)), (2.0, 8))
        self.assertEqual(large.fonts["ChatBody"].cget("size"), -29)

    def test_a_theme_keeps_its_icons_for_the_next_start_in_the_cache_folder(self) -> None:
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        for font in FONTS:
            self.root.tk.call("font", "delete", font)
        Theme(self.root, "contrast", cache=folder).icon("bell", "text", 18)
        self.assertIn(f"bell-{self.theme.px(18)}", [file.name for file in folder.glob("*/*")])

    def test_boxes_have_the_colours_of_roles(self) -> None:
        box = self.theme.box(60, 30, 6, "chip", "border")
        self.assertIs(self.theme.box(60, 30, 6, "chip", "border"), box)
        self.assertEqual(box.get(30, 15), tuple(bytes.fromhex(DARK.chip[1:])))
        self.assertEqual(box.get(30, 0), tuple(bytes.fromhex(DARK.border[1:])))
        self.assertEqual(self.theme.stack(18, ("radio", "primary")).width(), self.theme.px(18))

    def test_emoji_have_their_own_fonts_and_a_large_one(self) -> None:
        size = {font: -int(self.theme.fonts[font].cget("size")) for font in ("ChatEmoji", "ChatBigEmoji")}
        self.assertAlmostEqual(size["ChatBigEmoji"] / size["ChatEmoji"], 20 / 11, delta=0.1)
        families = {self.theme.fonts[font].cget("family") for font in EMOJI_FONTS}
        self.assertEqual(len(families), 1)

    def test_a_font_is_kept_open_by_one_widget_that_nobody_sees(self) -> None:
        for _ in range(2):
            self.theme.keep_open("ChatPickerEmoji")
        self.settle()
        users = [w for w in self.root.winfo_children() if isinstance(w, tk.Label)]
        self.assertEqual([str(user.cget("font")) for user in users], ["ChatPickerEmoji"])
        self.assertFalse(users[0].winfo_ismapped())

    def test_icons_are_drawn_once_for_each_colour(self) -> None:
        disc = self.theme.icon("disc", "ok")
        self.assertIs(self.theme.icon("disc", "ok"), disc)
        self.theme.use("light")
        self.assertIsNot(self.theme.icon("disc", "ok"), disc)
        self.assertEqual(disc.width(), self.theme.px(16))

    def test_menus_and_lists_have_the_colours_of_the_theme(self) -> None:
        for palette in (LIGHT, DARK):
            self.theme.use(palette.name)
            menu = self.theme.menu(self.root)
            menu.add_command(label="Copy")
            self.root.tk.eval(str(menu.cget("postcommand")))  # opening it does this first
            self.assertEqual(str(menu.entrycget(0, "background")), palette.chrome)
            self.assertEqual(str(menu.cget("foreground")), palette.text)
        box = ttk.Combobox(self.root, values=["a"])
        popup = self.root.tk.call("ttk::combobox::PopdownWindow", box)
        self.assertEqual(str(self.root.tk.call(f"{popup}.f.l", "cget", "-background")), DARK.field)
        line = [self.root.tk.call(f"{popup}.f.l", "cget", f"-{name}") for name in LINE]
        self.assertEqual(list(map(str, line)), [DARK.edge, "1", "4"])
