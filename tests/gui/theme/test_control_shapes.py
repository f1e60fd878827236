"""The parts of check boxes, radio buttons, switches and spinners."""

from __future__ import annotations

import unittest

from chatapp.gui.theme.control_shapes import CONTROLS, SPINNER_STEPS
from chatapp.gui.theme.shapes import coverage


class ControlShapesTest(unittest.TestCase):
    def test_borders_lie_inside_of_their_shape(self) -> None:
        for shape in ("checkbox", "radio"):
            whole = coverage(CONTROLS[shape], 16, 16)
            for part in ("border", "focus"):
                with self.subTest(shape, part=part):
                    rows = coverage(CONTROLS[f"{shape}-{part}"], 16, 16)
                    outside = [
                        (x, y)
                        for y, row in enumerate(rows)
                        for x, value in enumerate(row)
                        if value > whole[y][x]
                    ]
                    self.assertEqual(outside, [])
                    self.assertEqual(rows[8][8], 0)

    def test_a_spinner_turns_once_around(self) -> None:
        pictures = {b"".join(coverage(CONTROLS[f"spinner-{step}"], 36, 36)) for step in range(SPINNER_STEPS)}
        self.assertEqual(len(pictures), SPINNER_STEPS)
