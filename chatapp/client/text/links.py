"""Links in a text: web and chat URLs, `www.`, mail addresses, `#channel`.

see https://a.example/b_(c).   without punctuation and closing brackets that belong to the sentence
请看https://a.example/b，谢谢  up to the comma: it needs no space before, full-width punctuation ends it
https://zh.example/wiki/中文   all of it: after the host a URL can have letters of any script
https://a.example谢谢          without 谢谢: no host ends with letters of two scripts
#1, #ff8a80                    no links: a number, a colour
"""

from __future__ import annotations

import re

from chatapp.protocol.graphemes import HANGUL, UNSPACED
from chatapp.protocol.names import is_channel

_LATIN = "A-Za-z0-9_\u00c0-\u024f"  # before a URL these make one word with it
_ENDS = '\\s<>"`\x00-\x1f，。、；：！？｡､“”«»「」『』【】〔〕《》〈〉（）［］｛｝—'
_LABEL = "[A-Za-z0-9\u00c0-\u024f](?:[A-Za-z0-9\u00c0-\u024f-]*)"

PATTERN = (  # parts of one regular expression, each matching the longest possible link
    rf"(?<![{_LATIN}])(?:https?|ircs?|chat)://[^{_ENDS}]+"
    rf"|(?<![{_LATIN}@./-])www\.[^{_ENDS}]+"
    rf"|(?<![{_LATIN}.%+@/-])(?:mailto:)?[A-Za-z0-9][A-Za-z0-9._%+-]{{0,63}}@(?:{_LABEL}\.)+[A-Za-z]{{2,24}}"
    rf"(?![{_LATIN}@-])"
    rf"|(?<![{_LATIN}#&/=])##?[^{_ENDS},:*?!@()'’]+"
)
HINT = r"://|www\.|[@#]"  # found in every link

_TRAILING = frozenset(".,;:!?'\"*_~…’”»。、，！？：；")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_HOST = re.compile(r"(?:[a-z]+://)?[^/?#]*", re.IGNORECASE)
_RUN_ON = re.compile(
    "(?:^|[/.])[A-Za-z0-9-]+(?::[0-9]*)?(?=[^\x00-\u024f][^.]*$)"
)  # a host with text attached
_COLOUR = re.compile(r"#(?=.*\d)(?:[0-9a-f]{6}|[0-9a-f]{8})", re.IGNORECASE)
_ATTACHED = re.compile(f"[{UNSPACED}{HANGUL}]")


def trimmed(found: str) -> str:
    """Return the link in a match of PATTERN; empty if the match is not a link."""
    link = _trimmed(found)
    if link.startswith("#"):
        is_other = link[1:].isdecimal() or _COLOUR.fullmatch(link)
        return link if is_channel(link) and not is_other else ""
    if link[:4].lower() != "www." and "://" not in link:
        return link  # a mail address, which the pattern matches exactly
    host = _HOST.match(link)
    run_on = _RUN_ON.search(host[0]) if host else None
    if run_on:
        link = _trimmed(link[: run_on.end()])
    if "://" in link:
        return "" if link.endswith("://") else link
    labels = re.split("[/?#:]", link, maxsplit=1)[0].split(".")
    return link if len(labels) > 2 and all(labels) else ""


def target(link: str) -> str:
    """Return the URL to open for a link; a `#channel` is returned unchanged."""
    if link.startswith("#") or "://" in link or link.lower().startswith("mailto:"):
        return link
    return f"https://{link}" if link[:4].lower() == "www." else f"mailto:{link}"


def shorter_channels(channel: str) -> list[str]:
    """Return shorter names that a `#channel` may mean: `#ana` in `#ana에서`, where a particle follows."""
    return [channel[:at] for at in range(len(channel) - 1, 1, -1) if _ATTACHED.match(channel[at])]


def _trimmed(link: str) -> str:
    """Return a link without the punctuation and closing brackets of the sentence around it."""
    unopened = {end: link.count(end) - link.count(start) for end, start in _BRACKETS.items()}
    size = len(link)
    while size and not link.endswith("://", 0, size):
        last = link[size - 1]
        if unopened.get(last, 0) > 0:
            unopened[last] -= 1
        elif last not in _TRAILING:
            break
        size -= 1
    return link[:size]
