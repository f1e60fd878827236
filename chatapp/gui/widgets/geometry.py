"""Where the window stands: kept from one start to the next, and made to fit the screens that are there."""

from __future__ import annotations

import re
from dataclasses import dataclass

GRASP = 48  # pixels of the title bar that must be on a screen, or nobody could pull the window back


@dataclass(frozen=True, slots=True)
class WindowGeometry:
    """A rectangle in pixels; x and y may be negative on a screen left of or above the first."""

    x: int
    y: int
    width: int
    height: int

    @classmethod
    def parse(cls, text: str) -> WindowGeometry | None:
        """A place from `1040x660+20-8` as Tk writes it, or None."""
        found = re.fullmatch(r"(\d+)x(\d+)\+(-?\d+)\+(-?\d+)", text)
        if not found:
            return None
        width, height, x, y = map(int, found.groups())
        return cls(x, y, width, height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}+{self.x}+{self.y}"

    def within(self, screen: WindowGeometry) -> WindowGeometry:
        """The same place if it can be reached on the screen, else the nearest that can."""
        width, height = min(self.width, screen.width), min(self.height, screen.height)
        x = min(max(self.x, screen.x + GRASP - width), screen.x + screen.width - GRASP)
        y = min(max(self.y, screen.y), screen.y + screen.height - GRASP)
        return WindowGeometry(x, y, width, height)

    @classmethod
    def centred(cls, width: int, height: int, over: WindowGeometry) -> WindowGeometry:
        """A place of this size in the middle of another, a little above as dialogs are."""
        return cls(over.x + (over.width - width) // 2, over.y + (over.height - height) // 3, width, height)
