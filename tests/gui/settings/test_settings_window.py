"""The window of the settings."""

from __future__ import annotations

from tkinter import ttk

from chatapp.client.local.settings import DEFAULT_FONT_SIZE
from chatapp.gui.settings.pages import PAGES
from chatapp.gui.settings.setting_search import Found
from chatapp.gui.widgets.descendants import with_descendants
from tests.gui.canvas import drawn_texts
from tests.gui.cut_off import cut_off
from tests.gui.settings.settings_case import SettingsCase


class SettingsWindowTest(SettingsCase):
    def test_it_has_the_size_of_its_design_on_a_large_screen(self) -> None:
        self.open()
        size = self.window.winfo_width(), self.window.winfo_height()
        screen = self.window.winfo_screenwidth(), self.window.winfo_screenheight() - self.theme.px(48)
        wanted = self.theme.px(980), self.theme.px(720)
        self.assertEqual(size, tuple(map(min, wanted, screen)))

    def test_in_high_contrast_a_line_parts_the_navigation_from_the_page(self) -> None:
        self.open("about")
        lines = [
            each
            for each in with_descendants(self.window)
            if each.winfo_manager() == "place" and str(each.cget("style")) == "Divider.TFrame"
        ]
        self.assertEqual(lines, [])
        self.theme.use("contrast")
        self.settle()
        line = next(
            each
            for each in with_descendants(self.window)
            if each.winfo_manager() == "place" and str(each.cget("style")) == "Divider.TFrame"
        )
        content = self.window.results.master.winfo_rootx()
        self.assertEqual(line.winfo_rootx() + line.winfo_width(), content)
        for y in (line.winfo_rooty() + 5, line.winfo_rooty() + line.winfo_height() - 5):
            self.assertIs(self.window.winfo_containing(line.winfo_rootx(), y), line)

    def test_arrows_in_the_navigation_show_the_pages(self) -> None:
        self.open("appearance")
        self.focus(self.window.list)
        self.press(self.window.list, "<Down>")
        keys = [page.key for page in self.window.offered]
        self.assertEqual(self.window.shown, keys[keys.index("appearance") + 1])
        self.press(self.window.list, "<End>")
        self.assertEqual(self.window.shown, "about")
        self.press(self.window.list, "<Home>")
        self.assertEqual(self.window.shown, keys[0])

    def test_pages_are_built_when_they_are_shown(self) -> None:
        self.open("appearance")
        self.assertEqual(list(self.window.views), ["appearance"])
        self.open("about")
        self.assertEqual(list(self.window.views), ["appearance", "about"])
        self.assertTrue(self.window.views["about"].winfo_viewable())
        self.assertFalse(self.window.views["appearance"].winfo_viewable())

    def test_typing_anywhere_finds_settings(self) -> None:
        self.open("about")
        self.focus(self.window.list)
        self.window.list.event_generate("<Key>", keysym="c")
        self.settle()
        self.assertEqual(self.window.field.get(), "c")
        self.window.field.set("clock")
        self.settle()
        self.assertTrue(self.window.results.winfo_ismapped())
        self.assertIn("clock", " ".join(drawn_texts(self.window.results.rows.canvas)))

    def test_what_is_typed_beside_the_fields_of_a_page_goes_nowhere(self) -> None:
        view = self.open("about")
        button = ttk.Button(view, text="Show the password")
        button.grid()
        self.focus(button)
        self.press(button, "<s>")
        self.assertEqual(self.window.field.get(), "")

    def test_a_result_opens_its_page_with_the_row_in_sight_and_flashed(self) -> None:
        self.open("about", "520x360")
        self.window.field.focus_field()
        self.window.field.set("24-hour")
        self.settle()
        self.press(self.window.field.entry, "<Return>")
        self.assertEqual(self.window.shown, "appearance")
        self.assertFalse(self.window.results.is_shown)
        self.assertEqual(self.window.field.get(), "")
        row = self.window.view.rows["clock24"]
        self.assertEqual(row.cget("style"), "Notice.TFrame")
        top = row.winfo_rooty() - self.window.winfo_rooty()
        self.assertLessEqual(top + row.winfo_height(), self.window.winfo_height())
        self.assertGreaterEqual(top, 0)
        self.assertTrue(str(self.window.focus_lastfor()).startswith(str(row)))

    def clock(self) -> Found:
        page = next(each for each in PAGES if each.key == "appearance")
        return Found(page, next(each for each in page.texts if each.key == "clock24"))

    def test_a_result_gets_the_focus_when_the_window_opens_with_it_too(self) -> None:
        self.controller.open("appearance")
        self.window.open_found(self.clock())
        row = self.window.view.rows["clock24"]
        self.until(lambda: str(self.window.focus_lastfor()).startswith(f"{row}."))

    def test_a_row_that_is_a_button_gets_the_focus_itself(self) -> None:
        view = self.open("appearance")
        button = view.rows["clock24"] = ttk.Button(view, text="Stop")
        button.grid()
        self.settle()
        self.window.open_found(self.clock())
        self.assertIs(self.window.focus_lastfor(), button)

    def test_another_result_is_chosen_with_the_arrows(self) -> None:
        self.open("about")
        self.window.field.focus_field()
        self.window.field.set("size")
        self.settle()
        self.press(self.window.field.entry, "<Down>", "<Up>", "<Return>")
        self.assertEqual(self.window.shown, "appearance")

    def test_words_that_no_setting_has_say_so(self) -> None:
        self.open("about")
        self.window.field.set("qqqq")
        self.settle()
        self.assertEqual(list(drawn_texts(self.window.results.rows.canvas)), ["No setting has these words."])
        self.press(self.window.field.entry, "<Return>")
        self.assertEqual(self.window.shown, "about")

    def test_escape_clears_the_search_then_closes_the_window(self) -> None:
        self.open("about")
        self.window.field.set("clock")
        self.focus(self.window.field.entry)
        self.press(self.window.field.entry, "<Escape>")
        self.assertEqual(self.window.field.get(), "")
        self.assertFalse(self.window.results.is_shown)
        self.press(self.window.field.entry, "<Escape>")
        self.assertIsNone(self.controller.window)

    def test_control_f_leads_to_the_search(self) -> None:
        self.open("about")
        self.focus(self.window.list)
        self.press(self.window.list, "<Control-f>")
        self.assertIs(self.window.focus_lastfor(), self.window.field.entry)

    def test_the_size_of_text_follows_its_keys_here_too(self) -> None:
        self.open("about")
        self.focus(self.window.list)
        size = self.theme.size
        for key, expected in (("<Control-plus>", size + 1), ("<Control-minus>", size - 1)):
            with self.subTest(key):
                self.press(self.window.list, key)
                self.assertEqual(self.settings.font_size, expected)
        self.press(self.window.list, "<Control-Key-0>")
        self.assertEqual(self.settings.font_size, DEFAULT_FONT_SIZE)

    def test_in_a_narrow_window_the_navigation_shows_icons_alone(self) -> None:
        self.open("appearance", "980x600")
        self.assertEqual(self.window.list.winfo_width(), self.theme.px(216))
        self.resize("520x360")
        self.assertEqual(self.window.list.winfo_width(), self.theme.px(56))
        self.assertEqual(list(drawn_texts(self.window.list)), [])
        self.assertTrue(self.window.field.winfo_viewable())
        self.resize("980x600")
        self.assertEqual(len(drawn_texts(self.window.list)), len(self.window.offered))

    def test_every_page_fits_into_a_narrow_window_with_the_largest_text(self) -> None:
        self.theme.zoom(24)
        for page in PAGES:
            view = self.open(page.key, "520x360")
            with self.subTest(page=page.key):
                room = self.window.winfo_rootx() + self.window.winfo_width()
                for each in with_descendants(view):
                    if each.winfo_viewable():
                        right = each.winfo_rootx() + each.winfo_width()
                        self.assertLessEqual(right, room, str(each))
                self.assertEqual(cut_off(view), [])
