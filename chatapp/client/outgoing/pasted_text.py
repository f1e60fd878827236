"""What is pasted into a composer: cleaned, and refused if it is too long for a message."""

from __future__ import annotations

import re

from chatapp.languages.translation import _

MAX_CHARACTERS = 100_000  # of one paste
MAX_LINE = 25_000  # characters of a pasted line; in a longer one each key takes Tk more than 16 ms
CODE_LINES = 3  # above which pasted lines that look like code are offered as a block
MANY_LINES = 20  # above which any pasted lines are

_CODE_LINE = re.compile(r"(?:\t| {2,})\S|.*[;{}()\[\]=<>]\s*$|\s*(?:#|//|\*|--)\s?\S")


def cleaned(text: str) -> str:
    """Return pasted text with plain line breaks, without the last one, and without lone surrogates."""
    text = re.sub(r"\r\n?|[\u2028\u2029]", "\n", text).replace("\0", "")
    return without_surrogates(text.removesuffix("\n"))


def without_surrogates(text: str) -> str:
    """Remove lone surrogates, which cannot be encoded."""
    return text.encode(errors="ignore").decode()


def refusal(text: str) -> str:
    """Return why a text cannot be pasted; empty if it can."""
    if len(text) > MAX_CHARACTERS:
        return _("This text has {count:,} characters. At most {most:,} can be pasted here.").format(
            count=len(text), most=MAX_CHARACTERS
        )
    longest = max(map(len, text.splitlines()), default=0)
    if longest > MAX_LINE:
        return _(
            "This text has a line of {longest:,} characters. At most {most:,} can be pasted here."
        ).format(longest=longest, most=MAX_LINE)
    return ""


def suits_a_block(text: str) -> bool:
    """Return whether a block of code may suit a pasted text better: it is long, or looks like code."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) <= CODE_LINES or "```" in text:
        return False
    return len(lines) > MANY_LINES or 2 * sum(1 for line in lines if _CODE_LINE.match(line)) >= len(lines)
