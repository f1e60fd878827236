"""Reads whole numbers that users type or other computers send, and writes numbers in sentences."""

from __future__ import annotations

LARGEST = 2**63 - 1
_MOST_DIGITS = len(str(LARGEST))  # checked first: Python refuses to read more than 4,300 digits


def parse_whole(text: str, least: int = 0, most: int = LARGEST) -> int | None:
    """Read a whole number in ASCII digits.

    Args:
        least: The smallest number that is accepted.
        most: The largest number that is accepted.

    Returns:
        The number, or None for anything that is not a number between the limits.
    """
    if not (text.isascii() and text.isdecimal()):
        return None
    digits = text.lstrip("0") or "0"
    if len(digits) > _MOST_DIGITS:
        return None
    return number if least <= (number := int(digits)) <= most else None


def counted(number: int, one: str, many: str = "") -> str:
    """Return a number with its noun, such as `1 ban` or `3 bans`.

    Args:
        many: The plural, if it is not `one` with an s.
    """
    return f"{number} {one if number == 1 else many or f'{one}s'}"
