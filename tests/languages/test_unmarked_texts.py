"""No text of the window or the terminal is left without a translation.

A string literal that reads like words is a text on screen, unless it is one of the kinds below.
"""

from __future__ import annotations

import ast
import re
import unittest
from collections.abc import Iterator

from chatapp.languages import translation
from tests.languages.not_shown import KEYS, NOT_SHOWN, WITHOUT_TEXTS
from tests.translations.marked_texts import FUNCTIONS, PACKAGE

SHOWING: tuple[str, ...] = ("client", "gui", "terminal")
"""The folders whose texts can be on screen. The server speaks English."""

WORDS = re.compile(r"[A-Za-z]{2,}[,.:;!?]? [A-Za-z]|[A-Za-z]{2,}…|^[A-Z][a-z]{2,}$")

OTHER_CALLS = {
    "bind", "bind_all", "bind_class", "event_generate", "event_delete", "event_add", "getLogger", "compile",
    "Literal", "TypeVar", "NewType", "cast",
}  # fmt: skip
"""Functions whose arguments are not shown: events, patterns, types."""

TK_WORDS = re.compile(
    r"(Chat[A-Z]\w*|[\w.]*\.?T(Label|Button|Frame|Entry|Combobox|Checkbutton|Radiobutton|Scrollbar|Notebook|Menubutton))"
)
"""Fonts and styles of the theme."""

COLOURS = re.compile(r"[\da-f\s]+")
"""A table of colours in hexadecimal digits."""


DATA = re.compile(r"[A-Z_]+( [A-Z_]+)+|/[a-z]+ [A-Z# …\[\]or]+|Chatapp")
"""Commands and codes of the protocol, the syntax of slash commands, and the name of the program."""


def unmarked(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield the line and text of each literal that reads like words and is not marked for translation."""
    skipped: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            skipped.add(id(node.value))  # a docstring
        elif isinstance(node, ast.Call):
            name = _name(node.func)
            if name == "Thread":
                skipped.update(id(each.value) for each in node.keywords if each.arg == "name")
            if name in FUNCTIONS or name in OTHER_CALLS or _is_log(node.func):
                skipped.update(map(id, ast.walk(node)))
        elif isinstance(node, ast.Assert | ast.AnnAssign) and (part := _not_shown_part(node)) is not None:
            skipped.update(map(id, ast.walk(part)))
        elif isinstance(node, ast.arg | ast.FunctionDef) and (hint := _hint(node)) is not None:
            skipped.update(map(id, ast.walk(hint)))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in skipped:
            text = node.value
            if WORDS.search(text) and not _is_name(text):
                yield node.lineno, text


def _is_name(text: str) -> bool:
    """Return whether a text names something in code: an event, a font, a style, colours."""
    return text.startswith("<") or any(each.fullmatch(text) for each in (DATA, TK_WORDS, COLOURS))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def _is_log(function: ast.expr) -> bool:
    return (
        isinstance(function, ast.Attribute)
        and isinstance(function.value, ast.Name)
        and function.value.id == "log"
    )


def _not_shown_part(node: ast.Assert | ast.AnnAssign) -> ast.expr | None:
    return node.msg if isinstance(node, ast.Assert) else node.annotation


def _hint(node: ast.arg | ast.FunctionDef) -> ast.expr | None:
    return node.annotation if isinstance(node, ast.arg) else node.returns


class UnmarkedTexts(unittest.TestCase):
    def test_each_text_on_screen_is_marked(self) -> None:
        self.assertTrue(all(callable(getattr(translation, name)) for name in FUNCTIONS))
        for folder in SHOWING:
            for path in sorted((PACKAGE / folder).rglob("*.py")):
                name = path.relative_to(PACKAGE).as_posix()
                if name in WITHOUT_TEXTS:
                    continue
                found = [
                    f"line {line}: {text}"
                    for line, text in unmarked(ast.parse(path.read_text("utf-8")))
                    if text not in KEYS and text not in NOT_SHOWN.get(name, ())
                ]
                with self.subTest(name):
                    self.assertEqual(
                        found, [], "Mark it with _ or N_, or list it in tests/languages/not_shown.py."
                    )

    def test_no_exception_is_stale(self) -> None:
        for name, texts in NOT_SHOWN.items():
            tree = ast.parse((PACKAGE / name).read_text("utf-8"))
            with self.subTest(name):
                self.assertLessEqual(
                    set(texts), {text for _, text in unmarked(tree)}, "Remove it from the list."
                )
