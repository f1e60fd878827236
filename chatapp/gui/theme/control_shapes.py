"""The parts of check boxes, radio buttons, switches and spinners on a grid of 16. Does not import tkinter."""

from __future__ import annotations

from chatapp.gui.theme.shapes import Shape, arc, box, disc, rim, stroke

_BOX = box(0, 0, 16, 16, 3.6)
_DISC = disc(8, 8, 7.8)
_SPINNER_LINE = 1.4
SPINNER_STEPS = 24  # pictures of one turn

CONTROLS: dict[str, Shape] = {
    "checkbox": _BOX,
    "checkbox-border": rim(_BOX, 0.9),
    "checkbox-focus": rim(_BOX, 2),
    "radio": _DISC,
    "radio-border": rim(_DISC, 1),
    "radio-focus": rim(_DISC, 2),
    "radio-dot": disc(8, 8, 3),
    "knob": disc(8, 8, 7.5),
    "spinner": rim(disc(8, 8, 7.6), _SPINNER_LINE),
    **{
        f"spinner-{step}": stroke(
            _SPINNER_LINE,
            *arc(
                8,
                8,
                7.6 - _SPINNER_LINE / 2,
                360 * step / SPINNER_STEPS,
                360 * step / SPINNER_STEPS + 150,
                20,
            ),
        )
        for step in range(SPINNER_STEPS)
    },
}
