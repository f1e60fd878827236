"""Splits code into keywords, strings, comments and the rest, for the languages that people paste most.

It colours only what one expression can find; a language that is not in the table stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Literal

Colour = Literal["", "keyword", "string", "comment"]

MAX_LENGTH = 20_000  # characters of code; longer code stays as it is

_PYTHON = (
    "and as assert async await break case class continue def del elif else except False finally for from"
    " global if import in is lambda match None nonlocal not or pass raise return True try while with yield"
)
_JAVASCRIPT = (
    "async await break case catch class const continue default delete do else export extends false"
    " finally for function if import in instanceof let new null of return static super switch this throw"
    " true try typeof undefined var void while yield interface type enum implements"
)
_C = (
    "auto bool break case catch char class const constexpr continue default delete do double else enum"
    " extern false final float for if import inline int long namespace new null nullptr package private"
    " protected public return short signed sizeof static struct super switch template this throw true try"
    " typedef union unsigned using virtual void volatile while extends implements interface string var"
)
_GO = (
    "break case chan const continue default defer else fallthrough false for func go goto if import"
    " interface map nil package range return select struct switch true type var"
)
_RUST = (
    "as async await break const continue crate dyn else enum extern false fn for if impl in let loop"
    " match mod move mut pub ref return self Self static struct super trait true type unsafe use where"
    " while"
)
_SHELL = "case do done elif else esac export fi for function if in local return select then until while"
_SQL = (
    "add alter and as asc between by case create delete desc distinct drop else end exists from group"
    " having in index inner insert into is join left like limit not null on or order outer primary right"
    " select set table then union unique update values view when where with"
)
_HASH, _SLASHES, _DASHES = r"#[^\n]*", r"//[^\n]*|/\*.*?(?:\*/|\Z)", r"--[^\n]*|/\*.*?(?:\*/|\Z)"
_TRIPLE = r'"""(?:\\.|.)*?(?:"""|\Z)|' + r"'''(?:\\.|.)*?(?:'''|\Z)"
_DOUBLE, _SINGLE, _BACKTICK = r'"(?:\\.|[^"\\\n])*"?', r"'(?:\\.|[^'\\\n])*'?", r"`(?:\\.|[^`\\])*`?"
_CHARACTER = r"'(?:\\.|[^'\\\n])'"  # an apostrophe alone, as in the lifetimes of Rust, begins no string


@dataclass(frozen=True, slots=True)
class _Language:
    """What is coloured in a language: its keywords, and patterns of comments and strings."""

    keywords: str
    comment: str
    strings: tuple[str, ...]
    ignores_case: bool = False


@cache  # compiled when the first code in the language is shown: it takes 20 ms for all languages
def _pattern(language: _Language) -> re.Pattern[str]:
    # a character that continues a word cannot begin a comment or a keyword: `$#`, `a#b`, `self.from`
    words = "|".join(language.keywords.split())
    texts = _group("string", "|".join(language.strings))
    pattern = (
        rf"(?<![\w$]){_group('comment', language.comment)}|{texts}|(?<![\w.$])(?P<keyword>{words})(?!\w)"
    )
    return re.compile(pattern, re.DOTALL | re.IGNORECASE * language.ignores_case)


def _group(name: str, pattern: str) -> str:
    return f"(?P<{name}>{pattern})"


_LANGUAGES: dict[str, _Language] = {
    "python": _Language(_PYTHON, _HASH, (_TRIPLE, _DOUBLE, _SINGLE)),
    "javascript": _Language(_JAVASCRIPT, _SLASHES, (_DOUBLE, _SINGLE, _BACKTICK)),
    "c": _Language(_C, _SLASHES, (_DOUBLE, _SINGLE)),
    "go": _Language(_GO, _SLASHES, (_DOUBLE, _SINGLE, _BACKTICK)),
    "rust": _Language(_RUST, _SLASHES, (_DOUBLE, _CHARACTER)),
    "shell": _Language(_SHELL, _HASH, (_DOUBLE, r"'[^']*'?")),
    "sql": _Language(_SQL, _DASHES, (_DOUBLE, _SINGLE), ignores_case=True),
    "json": _Language("true false null", r"(?!)", (_DOUBLE,)),
    "toml": _Language("true false", _HASH, (_TRIPLE, _DOUBLE, _SINGLE)),
}
_ALIASES = {
    "py": "python", "python3": "python", "js": "javascript", "jsx": "javascript", "ts": "javascript",
    "tsx": "javascript", "typescript": "javascript", "h": "c", "cpp": "c", "c++": "c", "hpp": "c", "cs": "c",
    "c#": "c", "csharp": "c", "java": "c", "golang": "go", "rs": "rust", "sh": "shell", "bash": "shell",
    "zsh": "shell", "yaml": "toml", "yml": "toml", "ini": "toml", "sqlite": "sql",
}  # fmt: skip


def coloured(code: str, language: str) -> Iterator[tuple[str, Colour]]:
    """Yield the parts of some code, in order.

    Args:
        language: In lower case; a name of the table or one of its usual short forms.
    """
    known = _LANGUAGES.get(_ALIASES.get(language, language))
    at = 0
    if known is not None and len(code) <= MAX_LENGTH:
        for match in _pattern(known).finditer(code):
            if match.start() > at:
                yield code[at : match.start()], ""
            yield match[0], _COLOURS[match.lastgroup or ""]
            at = match.end()
    if at < len(code):
        yield code[at:], ""


_COLOURS: dict[str, Colour] = {"keyword": "keyword", "string": "string", "comment": "comment", "": ""}
