"""Window geometry on existing and missing screens."""

from __future__ import annotations

import unittest

from chatapp.gui.widgets.geometry import MIN_VISIBLE, WindowGeometry

SCREEN = WindowGeometry(0, 0, 1280, 900)


class WindowGeometryTest(unittest.TestCase):
    def test_a_geometry_is_read_and_written_as_tk_does(self) -> None:
        for text, place in (
            ("1040x660+20+30", WindowGeometry(20, 30, 1040, 660)),
            ("520x360+-40+-8", WindowGeometry(-40, -8, 520, 360)),
        ):
            with self.subTest(text=text):
                self.assertEqual(WindowGeometry.parse(text), place)
                self.assertEqual(str(place), text)

    def test_an_invalid_geometry_is_none(self) -> None:
        for text in ("", "1040x660", "wide", "1040x660+a+b", "1e3x5+0+0"):
            with self.subTest(text=text):
                self.assertIsNone(WindowGeometry.parse(text))

    def test_a_geometry_on_the_screen_stays(self) -> None:
        place = WindowGeometry(100, 80, 1040, 660)
        self.assertEqual(place.within(SCREEN), place)

    def test_a_geometry_on_a_missing_screen_moves_to_an_existing_one(self) -> None:
        for place in (
            WindowGeometry(3000, 80, 800, 600),
            WindowGeometry(-2000, 80, 800, 600),
            WindowGeometry(100, 2000, 800, 600),
        ):
            with self.subTest(place=place):
                found = place.within(SCREEN)
                self.assertEqual((found.width, found.height), (800, 600))
                self.assertTrue(MIN_VISIBLE - 800 <= found.x <= 1280 - MIN_VISIBLE)
                self.assertTrue(0 <= found.y <= 900 - MIN_VISIBLE)

    def test_a_title_bar_above_the_screen_moves_down(self) -> None:
        self.assertEqual(WindowGeometry(10, -200, 800, 600).within(SCREEN).y, 0)

    def test_a_geometry_left_of_the_first_screen_stays_if_a_screen_is_there(self) -> None:
        place = WindowGeometry(-1200, 40, 800, 600)
        self.assertEqual(place.within(WindowGeometry(-1920, 0, 3840, 1080)), place)

    def test_a_window_larger_than_the_screen_shrinks(self) -> None:
        self.assertEqual(WindowGeometry(0, 0, 2560, 1440).within(SCREEN), SCREEN)

    def test_a_dialog_is_centred_over_its_window(self) -> None:
        self.assertEqual(
            WindowGeometry.centred(200, 100, WindowGeometry(100, 100, 1000, 700)),
            WindowGeometry(500, 300, 200, 100),
        )


if __name__ == "__main__":
    unittest.main()
