"""The catalogs fit the code: nothing is missing, nothing is stale, and every place is filled in."""

from __future__ import annotations

import ast
import tempfile
import unittest
from pathlib import Path
from typing import ClassVar

from chatapp.languages.translation import ENGLISH, LANGUAGES
from tests.translations import mo_file, po_file
from tests.translations.__main__ import FOLDER, update
from tests.translations.marked_texts import NotLiteral, marked_texts, texts_of
from tests.translations.message import PLACEHOLDER, Message

UPDATE = "Run python -m tests.translations, translate what is new, and run it again."
CODES = [code for code in LANGUAGES if code != ENGLISH]


class PoFileTest(unittest.TestCase):
    def test_what_is_written_is_read(self) -> None:
        messages = [
            Message('A "quoted"\ttext\nof two lines\\', files=("a.py", "b.py"), translations=("Ein\nText",)),
            Message(
                "{count} day", "{count} days", files=("a.py",), translations=("{count} Tag", "{count} Tage")
            ),
            Message("Open", context="a file", files=("a.py",), translations=("Öffnen",)),
            Message("New", files=("a.py",)),
        ]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "de.po"
            po_file.write(path, "de", messages)
            self.assertEqual(po_file.read(path), messages)

    def test_an_update_keeps_translations_and_drops_what_is_no_longer_marked(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "de.po"
            po_file.write(
                path, "de", [Message("Old", translations=("Alt",)), Message("Stay", translations=("Bleib",))]
            )
            missing = update(path, "de", [Message("Stay", files=("a.py",)), Message("New", files=("a.py",))])
            self.assertEqual(missing, 1)
            self.assertEqual(
                po_file.read(path),
                [Message("Stay", files=("a.py",), translations=("Bleib",)), Message("New", files=("a.py",))],
            )
            self.assertEqual(path.with_suffix(".mo").read_bytes(), mo_file.compiled("de", po_file.read(path)))

    def test_a_text_that_gets_a_plural_is_translated_anew(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "de.po"
            po_file.write(path, "de", [Message("{count} day", translations=("{count} Tag",))])
            self.assertEqual(update(path, "de", [Message("{count} day", "{count} days")]), 1)

    def test_a_broken_line_is_named(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "de.po"
            path.write_text('msgid "Stay"\nmsgstr Bleib\n')
            with self.assertRaisesRegex(po_file.BadCatalog, "msgstr Bleib"):
                po_file.read(path)


class MarkedTextsTest(unittest.TestCase):
    def test_each_function_marks_its_texts_once(self) -> None:
        source = """
LABEL = N_("Mute")
show(_("Mute"), pgettext("a file", "Open"), ngettext("{count} day", "{count} days", days), _(LABEL))
"""
        found = [(each.context, each.text, each.plural) for each in texts_of(ast.parse(source), "a.py")]
        self.assertEqual(
            found,
            [("", "Mute", ""), ("", "Mute", ""), ("a file", "Open", ""), ("", "{count} day", "{count} days")],
        )

    def test_what_is_made_at_run_time_cannot_be_marked(self) -> None:
        with self.assertRaisesRegex(NotLiteral, "a.py:1: N_"):
            list(texts_of(ast.parse('N_(f"{name} joined")'), "a.py"))


class CatalogsTest(unittest.TestCase):
    marked: ClassVar[list[Message]]
    catalogs: ClassVar[dict[str, list[Message]]]

    @classmethod
    def setUpClass(cls) -> None:
        cls.marked = marked_texts()
        cls.catalogs = {code: po_file.read(FOLDER / f"{code}.po") for code in CODES}

    def test_each_text_of_the_code_is_in_each_catalog_and_no_other(self) -> None:
        for code, messages in self.catalogs.items():
            with self.subTest(code):
                self.assertEqual(
                    [(each.key, each.plural, each.files) for each in messages],
                    [(each.key, each.plural, each.files) for each in self.marked],
                    UPDATE,
                )

    def test_each_text_is_translated(self) -> None:
        for code, messages in self.catalogs.items():
            with self.subTest(code):
                missing = [
                    each.text for each in messages if not all(each.translations) or not each.translations
                ]
                self.assertEqual(missing, [], UPDATE)

    def test_each_plural_has_all_forms(self) -> None:
        for code, messages in self.catalogs.items():
            for each in messages:
                with self.subTest(code, text=each.text):
                    self.assertEqual(len(each.translations), 2 if each.plural else 1)

    def test_the_same_places_are_filled_in(self) -> None:
        for code, messages in self.catalogs.items():
            for each in messages:
                for form in each.translations:
                    with self.subTest(code, text=each.text):
                        self.assertLessEqual(set(PLACEHOLDER.findall(form)), each.placeholders)
                        self.assertEqual(form.count("{"), form.count("}"))
                # "a day" needs no number, "3 days" does
                with self.subTest(code, text=each.text):
                    self.assertEqual(set(PLACEHOLDER.findall(each.translations[-1])), each.placeholders)

    def test_translations_begin_and_end_like_the_text(self) -> None:
        """A text may be part of a line: its spaces, its line ends and its dots are needed."""
        for code, messages in self.catalogs.items():
            for each in messages:
                for form in each.translations:
                    with self.subTest(code, text=each.text):
                        self.assertEqual(_frame(form), _frame(each.text))

    def test_each_mo_file_is_made_of_its_po_file(self) -> None:
        for code, messages in self.catalogs.items():
            with self.subTest(code):
                made = (FOLDER / f"{code}.mo").read_bytes()
                self.assertTrue(made == mo_file.compiled(code, messages), UPDATE)


def _frame(text: str) -> tuple[str, str, bool]:
    stripped = text.strip()
    before, after = text.partition(stripped)[0], text.rpartition(stripped)[2]
    return before, after, stripped.endswith("…")
