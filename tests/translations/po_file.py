"""Reads and writes .po files, the catalogs that translators edit (GNU gettext manual, "PO Files")."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from tests.translations.message import Message

HEADER = """\
Project-Id-Version: Chatapp
Language: {code}
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: {plural_forms}
"""

PLURAL_FORMS = {
    "de": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "hi": "nplurals=2; plural=(n > 1);",
}
"""By the code of the language, as in CLDR for whole numbers."""

LINE = re.compile(r'(?:(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d+)\])? )?(".*")')


class BadCatalog(Exception):
    """A line that is none of a .po file."""


def read(path: Path) -> list[Message]:
    """Return the texts of a catalog without its header.

    Raises:
        BadCatalog: It is not a .po file as `write` makes it.
    """
    blocks = re.split(r"\n\s*\n", path.read_text("utf-8").strip())
    messages = [_message(block, path) for block in blocks]
    return [message for message in messages if message.text]


def write(path: Path, code: str, messages: Iterable[Message]) -> None:
    """Write a catalog."""
    header = Message("", translations=(HEADER.format(code=code, plural_forms=PLURAL_FORMS[code]),))
    blocks = ["\n".join(_lines(message)) for message in (header, *messages)]
    path.write_text("\n\n".join(blocks) + "\n", "utf-8")


def _message(block: str, path: Path) -> Message:
    """Read one block of lines."""
    values: dict[str, str] = {}
    files: tuple[str, ...] = ()
    key = ""
    for line in block.splitlines():
        if line.startswith("#: "):
            files += tuple(line[3:].split())
        if line.startswith("#"):
            continue
        match = LINE.fullmatch(line)
        if match is None:
            raise BadCatalog(f"{path.name}: {line}")
        key = f"{match[1]}{match[2] or ''}" if match[1] else key
        values[key] = values.get(key, "") + ast.literal_eval(match[3])
    forms = tuple(values[name] for name in sorted(values) if name.startswith("msgstr"))
    return Message(
        values.get("msgid", ""),
        values.get("msgid_plural", ""),
        values.get("msgctxt", ""),
        files,
        forms if any(forms) else (),
    )


def _lines(message: Message) -> Iterator[str]:
    for file in message.files:
        yield f"#: {file}"
    if message.context:
        yield f"msgctxt {quoted(message.context)}"
    yield f"msgid {quoted(message.text)}"
    if message.plural:
        yield f"msgid_plural {quoted(message.plural)}"
        for number, form in enumerate(message.translations or ("", "")):
            yield f"msgstr[{number}] {quoted(form)}"
    else:
        yield f"msgstr {quoted(message.translations[0] if message.translations else '')}"


def quoted(text: str) -> str:
    """Return a text as in a .po file; one with several lines begins below its keyword."""
    lines = [_in_quotes(line) for line in text.splitlines(keepends=True)]
    return "\n".join(['""', *lines]) if len(lines) > 1 else "".join(lines) or '""'


def _in_quotes(line: str) -> str:
    escaped = line.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\t", "\\t")
    return f'"{escaped}"'
