"""Code split into keywords, strings and comments."""

from __future__ import annotations

import unittest

from chatapp.gui.transcript.code_colours import MAX_LENGTH, coloured


class ColourTest(unittest.TestCase):
    def parts(self, code: str, language: str) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for text, colour in coloured(code, language):
            found.setdefault(colour, []).append(text)
        return found

    def test_keywords_strings_and_comments(self) -> None:
        table = [
            ("python", 'import x  # "no"\ns = "a#b"', ["import"], ['"a#b"'], ['# "no"']),
            ("js", "const a = `x${b}` // let\n/* if\n*/", ["const"], ["`x${b}`"], ["// let", "/* if\n*/"]),
            ("c++", "int a = 'b'; // c", ["int"], ["'b'"], ["// c"]),
            ("sh", 'if [ "$#" ]; then # yes', ["if", "then"], ['"$#"'], ["# yes"]),
            ("rust", "fn f<'a>(x: &'a str) {}", ["fn"], None, None),
            ("sql", "SELECT 'it' -- all", ["SELECT"], ["'it'"], ["-- all"]),
            ("json", '{"a": true}', ["true"], ['"a"'], None),
        ]
        for language, code, keywords, strings, comments in table:
            with self.subTest(language):
                parts = self.parts(code, language)
                self.assertEqual(parts.get("keyword"), keywords)
                self.assertEqual(parts.get("string"), strings)
                self.assertEqual(parts.get("comment"), comments)

    def test_a_name_that_contains_a_keyword_is_none(self) -> None:
        self.assertEqual(
            self.parts("self.import_x = important.if_", "python"), {"": ["self.import_x = important.if_"]}
        )

    def test_nothing_is_lost_and_unknown_languages_stay_plain(self) -> None:
        code = "def f():\n    return \"open # string\n'''never closed"
        for language in ("python", "js", "sh", "go", "toml", "klingon", ""):
            with self.subTest(language):
                self.assertEqual("".join(text for text, _ in coloured(code, language)), code)
        self.assertEqual(list(coloured(code, "klingon")), [(code, "")])

    def test_very_long_code_stays_plain(self) -> None:
        code = "if " * MAX_LENGTH
        self.assertEqual(list(coloured(code, "python")), [(code, "")])
