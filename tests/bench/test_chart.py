"""The charts of the benches."""

from __future__ import annotations

import unittest
from xml.etree import ElementTree

from tests.bench import chart
from tests.bench.chart import Curve, Point

SVG = "{http://www.w3.org/2000/svg}"


class Slopes(unittest.TestCase):
    def test_a_slope_is_the_exponent_of_a_power_law(self) -> None:
        for exponent in (-1, 0, 0.5, 1, 2):
            with self.subTest(exponent):
                points = [(x, 3 * x**exponent) for x in (10.0, 30.0, 500.0)]
                self.assertAlmostEqual(chart.slope(points), exponent)

    def test_only_the_last_points_count(self) -> None:
        self.assertAlmostEqual(chart.slope([(1, 50), (10, 1), (100, 10), (1000, 100)]), 1)
        self.assertAlmostEqual(chart.slope([(10, 7), (100, 10), (1000, 100)], last=2), 1)

    def test_points_without_a_logarithm_do_not_count(self) -> None:
        self.assertAlmostEqual(chart.slope([(0, 1), (10, 2), (100, 0), (1000, 200)]), 1)
        with self.assertRaises(ValueError):
            chart.slope([(10, 0), (100, 5)])


class Charts(unittest.TestCase):
    def drawn(self, *curves: Curve, title: str = "Joins") -> ElementTree.Element:
        return ElementTree.fromstring(chart.draw(title, "members", "ms", curves))

    def texts(self, drawn: ElementTree.Element) -> list[str]:
        return [each.text or "" for each in drawn.iter(f"{SVG}text")]

    def dots(self, drawn: ElementTree.Element, curve: int = 0) -> list[Point]:
        """Return the coordinates of the points of a curve, without the dot of the legend."""
        circles = [each for each in drawn.iter(f"{SVG}circle") if each.get("fill") == chart.COLOURS[curve]]
        return [(float(each.get("cx", "")), float(each.get("cy", ""))) for each in circles[1:]]

    def test_a_chart_has_a_title_a_legend_and_titles_of_its_axes(self) -> None:
        texts = self.texts(self.drawn(Curve("cost <of> a join", [(10, 1), (100, 2)]), title="A & B"))
        for text in ("A & B", "cost <of> a join", "members", "ms"):
            self.assertIn(text, texts)

    def test_powers_of_ten_are_marked_on_both_axes(self) -> None:
        texts = self.texts(self.drawn(Curve("a", [(10, 0.01), (10_000, 70)])))
        for text in ("10", "100", "1,000", "10,000", "0.01", "0.1", "1"):
            self.assertIn(text, texts)
        self.assertNotIn("20", texts)

    def test_a_short_axis_has_more_marks(self) -> None:
        self.assertLessEqual(
            {"20", "50", "0.2"}, set(self.texts(self.drawn(Curve("a", [(10, 0.3), (90, 0.4)]))))
        )

    def test_a_long_axis_has_not_more_marks_than_fit(self) -> None:
        axis = chart._Axis.around([1, 1e30], 0, 100)
        self.assertLessEqual(len(axis.marks()), chart.MOST_MARKS)

    def test_a_power_law_is_a_straight_line(self) -> None:
        (x1, y1), (x2, y2), (x3, y3) = self.dots(self.drawn(Curve("a", [(10, 1), (100, 10), (1000, 100)])))
        self.assertAlmostEqual(x2 - x1, x3 - x2, delta=0.2)
        self.assertAlmostEqual(y2 - y1, y3 - y2, delta=0.2)
        self.assertLess(y3, y1)  # higher values are further up

    def test_every_curve_has_its_colour_and_stays_within_the_plot(self) -> None:
        drawn = self.drawn(Curve("a", [(10, 1), (100, 7)]), Curve("b", [(1000, 0.02)]))
        for x, y in self.dots(drawn, 0) + self.dots(drawn, 1):
            self.assertTrue(chart.LEFT <= x <= chart.WIDTH - chart.RIGHT)
            self.assertTrue(chart.TOP <= y <= chart.HEIGHT - chart.BOTTOM)
        self.assertEqual((len(self.dots(drawn, 0)), len(self.dots(drawn, 1))), (2, 1))

    def test_points_without_a_logarithm_are_left_out(self) -> None:
        self.assertEqual(len(self.dots(self.drawn(Curve("a", [(10, 0), (100, 3), (1000, -1)])))), 1)
        self.assertEqual(self.dots(self.drawn(Curve("nothing", []))), [])


if __name__ == "__main__":
    unittest.main()
