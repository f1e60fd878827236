"""The command line of tests.translations."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from chatapp.languages.translation import ENGLISH, LANGUAGES
from tests.translations import mo_file, po_file
from tests.translations.marked_texts import PACKAGE, marked_texts
from tests.translations.message import Message

FOLDER = PACKAGE / "languages"


def main() -> None:
    """Bring all catalogs up to date, and print what they lack."""
    marked = marked_texts()
    for code in LANGUAGES:
        if code != ENGLISH:
            missing = update(FOLDER / f"{code}.po", code, marked)
            print(f"{code}: {len(marked)} texts, {missing} without translation")


def update(path: Path, code: str, marked: list[Message]) -> int:
    """Bring a .po file up to date, and make its .mo file; return how many texts have no translation."""
    known = {message.key: message for message in po_file.read(path)} if path.exists() else {}
    messages = [replace(message, translations=_kept(message, known.get(message.key))) for message in marked]
    po_file.write(path, code, messages)
    path.with_suffix(".mo").write_bytes(mo_file.compiled(code, messages))
    return sum(not message.translations for message in messages)


def _kept(message: Message, known: Message | None) -> tuple[str, ...]:
    """Return the translations of a text, unless it has a plural now and had none, or had one."""
    if known is None or bool(known.plural) != bool(message.plural):
        return ()
    return known.translations


if __name__ == "__main__":
    main()
