"""Whole numbers as people and programs type them."""

from __future__ import annotations

import sys


def whole(text: str, least: int = 0, most: int = sys.maxsize) -> int | None:
    """The number that these ASCII digits are; None when the text is no number, or none from least to most."""
    if not (text.isascii() and text.isdecimal()):
        return None
    return number if least <= (number := int(text)) <= most else None
