"""Editing a line: its text, the cursor, and what each key does."""

from __future__ import annotations

import re
from collections.abc import Callable

from chatapp.protocol import graphemes
from chatapp.terminal.ansi import clean

_WITH_SPACE = re.compile(r"\S+\s*\Z")


class LineEditor:
    """A line being edited; the cursor stands before the character at its index."""

    def __init__(self) -> None:
        self.text = ""
        self.cursor = 0
        self._killed = ""  # the text cut last, for yank

    def set(self, text: str, cursor: int | None = None) -> None:
        """Replace the text; the cursor moves to its end by default."""
        self.text = text
        self.cursor = len(text) if cursor is None else cursor

    def insert(self, text: str) -> None:
        """Insert text at the cursor, without its control characters; line feeds stay."""
        text = clean(text)
        self.set(self.text[: self.cursor] + text + self.text[self.cursor :], self.cursor + len(text))

    def press(self, key: str) -> bool:
        """Do what a key is for; False if it is not an editing key."""
        command = _KEYS.get(key)
        if command:
            command(self)
        return command is not None

    def left(self) -> None:
        self.cursor = graphemes.before(self.text, self.cursor)

    def right(self) -> None:
        self.cursor = graphemes.after(self.text, self.cursor)

    def home(self) -> None:
        self.cursor = 0

    def end(self) -> None:
        self.cursor = len(self.text)

    def word_left(self) -> None:
        self.cursor = graphemes.word_before(self.text, self.cursor)

    def word_right(self) -> None:
        self.cursor = graphemes.word_after(self.text, self.cursor)

    def backspace(self) -> None:
        self._remove_over(self.left)

    def delete(self) -> None:
        self._remove_over(self.right)

    def kill_to_start(self) -> None:
        self._kill(self.home)

    def kill_to_end(self) -> None:
        self._kill(self.end)

    def kill_word(self) -> None:
        self._kill(self._word_start)

    def kill_word_left(self) -> None:
        self._kill(self.word_left)

    def kill_word_right(self) -> None:
        self._kill(self.word_right)

    def yank(self) -> None:
        self.insert(self._killed)

    def newline(self) -> None:
        self.insert("\n")

    def _word_start(self) -> None:
        """Move to the start of the word, where only spaces separate words."""
        match = _WITH_SPACE.search(self.text[: self.cursor])
        self.cursor = match.start() if match else 0

    def _kill(self, move: Callable[[], None]) -> None:
        self._killed = self._remove_over(move) or self._killed

    def _remove_over(self, move: Callable[[], None]) -> str:
        """Remove the text that a movement passes over, and return it."""
        origin = self.cursor
        move()
        start, end = sorted((origin, self.cursor))
        removed = self.text[start:end]
        self.set(self.text[:start] + self.text[end:], start)
        return removed


_KEYS: dict[str, Callable[[LineEditor], None]] = {
    "left": LineEditor.left,
    "ctrl-b": LineEditor.left,
    "right": LineEditor.right,
    "ctrl-f": LineEditor.right,
    "home": LineEditor.home,
    "ctrl-a": LineEditor.home,
    "end": LineEditor.end,
    "ctrl-e": LineEditor.end,
    "ctrl-left": LineEditor.word_left,
    "alt-left": LineEditor.word_left,
    "alt-b": LineEditor.word_left,
    "ctrl-right": LineEditor.word_right,
    "alt-right": LineEditor.word_right,
    "alt-f": LineEditor.word_right,
    "backspace": LineEditor.backspace,
    "delete": LineEditor.delete,
    "ctrl-d": LineEditor.delete,
    "ctrl-u": LineEditor.kill_to_start,
    "ctrl-k": LineEditor.kill_to_end,
    "ctrl-w": LineEditor.kill_word,
    "alt-backspace": LineEditor.kill_word_left,
    "alt-d": LineEditor.kill_word_right,
    "ctrl-y": LineEditor.yank,
    "newline": LineEditor.newline,
    "alt-enter": LineEditor.newline,
}
