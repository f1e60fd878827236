"""Numbers as people read them, in the language that is chosen."""

from __future__ import annotations

import re

from chatapp.languages.translation import _, ngettext, pgettext

KILO = 1000  # bytes, as file managers count them
_SIZE = re.compile(r"(\d{1,9})(?:[.,](\d{1,2}))?\s*([kmgt])b", re.ASCII | re.IGNORECASE)


def format_number(value: float, decimals: int = 0) -> str:
    """Return a number with its separators: `12,000`, `1.5`.

    Args:
        decimals: How many digits stand behind the decimal point.
    """
    thousands = pgettext("between thousands and hundreds", ",")
    point = pgettext("before decimals", ".")
    return thousands.join(point.join(part.split(".")) for part in f"{value:,.{decimals}f}".split(","))


def format_size(count: int) -> str:
    """Return a number of bytes for people: `412 MB`."""
    if count < KILO:
        return ngettext("{count} byte", "{count} bytes", count).format(count=count)
    value, unit = float(count), ""
    for larger in ("kB", "MB", "GB", "TB"):
        if value < KILO:
            break
        value, unit = value / KILO, larger
    return f"{format_number(value, int(value < 10))} {unit}"


def parse_size(text: str) -> int | None:
    """Return the bytes of a size as people write it: `25 MB`, `1.5 GB`; None if it is none.

    Comma and point both stand before decimals, and no more than two: three digits could be thousands.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        return None
    whole, decimals, unit = match.groups(default="")
    factor = int(KILO ** ("kmgt".index(unit.lower()) + 1))
    return (int(whole) * 100 + int(decimals.ljust(2, "0"))) * factor // 100


def format_progress(done: int, total: int) -> str:
    """Return how many bytes of all there are: `1.1 of 1.8 MB`."""
    whole = format_size(total)
    part = format_size(min(done, total))
    if part.rpartition(" ")[2] == whole.rpartition(" ")[2] and total >= KILO:
        part = part.rpartition(" ")[0]
    return _("{part} of {whole}").format(part=part, whole=whole)


def percent(done: int, total: int) -> int:
    """Return how many hundredths are done; 100 only at the end."""
    return min(max(done * 100 // total, 0), 100) if total > 0 else 0
