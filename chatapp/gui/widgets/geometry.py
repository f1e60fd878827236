"""Window geometry: stored from one start to the next, and fitted to the screens that exist."""

from __future__ import annotations

import re
from dataclasses import dataclass

MIN_VISIBLE = 48  # pixels of the title bar that must be on a screen, so that the window can be dragged


@dataclass(frozen=True, slots=True)
class WindowGeometry:
    """A rectangle in pixels; x and y are negative on a screen left of or above the first one."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def parse(cls, text: str) -> WindowGeometry | None:
        """Parse Tk's form `1040x660+20+-8`; None if the text does not have it."""
        found = re.fullmatch(r"(\d+)x(\d+)\+(-?\d+)\+(-?\d+)", text)
        if not found:
            return None
        width, height, x, y = map(int, found.groups())
        return cls(x, y, width, height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}+{self.x}+{self.y}"

    def within(self, screen: WindowGeometry) -> WindowGeometry:
        """Return this geometry, or the nearest one that can be reached on the screen."""
        width, height = min(self.width, screen.width), min(self.height, screen.height)
        x = min(max(self.x, screen.x + MIN_VISIBLE - width), screen.x + screen.width - MIN_VISIBLE)
        y = min(max(self.y, screen.y), screen.y + screen.height - MIN_VISIBLE)
        return WindowGeometry(x, y, width, height)

    @classmethod
    def centred(cls, width: int, height: int, over: WindowGeometry) -> WindowGeometry:
        """Return a geometry of this size centred over another, a third down, as dialogs open."""
        return cls(over.x + (over.width - width) // 2, over.y + (over.height - height) // 3, width, height)
