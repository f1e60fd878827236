"""Makes .mo files, the catalogs that programs read (GNU gettext manual, "MO Files")."""

from __future__ import annotations

import struct
from collections.abc import Iterable

from tests.translations.message import Message
from tests.translations.po_file import HEADER, PLURAL_FORMS

MAGIC, VERSION = 0x950412DE, 0
CONTEXT_END = "\x04"
HEADER_BYTES = 7 * 4


def compiled(code: str, messages: Iterable[Message]) -> bytes:
    """Return the .mo file of a catalog. The same catalog gives the same bytes."""
    entries = {"": HEADER.format(code=code, plural_forms=PLURAL_FORMS[code])}
    for message in messages:
        if message.translations:
            context = message.context + CONTEXT_END if message.context else ""
            plural = f"\0{message.plural}" if message.plural else ""
            entries[f"{context}{message.text}{plural}"] = "\0".join(message.translations)
    pairs = sorted((key.encode(), value.encode()) for key, value in entries.items())
    count = len(pairs)
    originals, translations = HEADER_BYTES, HEADER_BYTES + 8 * count
    texts = translations + 8 * count
    header = struct.pack("<7I", MAGIC, VERSION, count, originals, translations, 0, texts)
    tables, data = b"", b""
    for column in (0, 1):
        for pair in pairs:
            tables += struct.pack("<2I", len(pair[column]), texts + len(data))
            data += pair[column] + b"\0"
    return header + tables + data
