"""Numbers as people read them, in the language that is chosen."""

from __future__ import annotations

from chatapp.languages.translation import ngettext, pgettext

KILO = 1000  # bytes, as file managers count them


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
