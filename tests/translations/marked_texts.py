"""Reads from the code which texts are marked for translation."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from tests.translations.message import Message

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "chatapp"

# Function of chatapp/languages/translation.py -> what its first arguments are
FUNCTIONS = {
    "_": ("text",),
    "N_": ("text",),
    "ngettext": ("text", "plural"),
    "pgettext": ("context", "text"),
}


class NotLiteral(Exception):
    """A function marks something that is not a string literal, so no catalog can contain it."""


def marked_texts(package: Path = PACKAGE) -> list[Message]:
    """Return all marked texts in the order of their files and lines, each once.

    Raises:
        NotLiteral: `N_`, `ngettext` or `pgettext` have another argument than a literal.
    """
    found: dict[tuple[str, str], Message] = {}
    for path in sorted(package.rglob("*.py")):
        name = path.relative_to(package.parent).as_posix()
        for message in texts_of(ast.parse(path.read_text("utf-8")), name):
            known = found.setdefault(message.key, message)
            known.plural = known.plural or message.plural
            if name not in known.files:
                known.files += (name,)
    return list(found.values())


def texts_of(tree: ast.Module, name: str) -> Iterator[Message]:
    """Yield the marked texts of a module in the order of its lines."""
    calls = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FUNCTIONS
    ]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        assert isinstance(call.func, ast.Name)
        parts = FUNCTIONS[call.func.id]
        values = [_literal(node) for node in call.args[: len(parts)]]
        if None not in values and len(values) == len(parts):
            fields = {part: value for part, value in zip(parts, values, strict=True) if value is not None}
            yield Message(fields["text"], fields.get("plural", ""), fields.get("context", ""), files=(name,))
        elif call.func.id != "_":  # which also gets the texts of tables, marked there
            raise NotLiteral(
                f"{name}:{call.lineno}: {call.func.id} needs literals: they are read from the code"
            )


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
