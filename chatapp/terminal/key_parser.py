"""Parse what a terminal sends into keys and text. A sequence may arrive in pieces.

    ESC [ A        up                 ESC b          alt-b
    ESC [ 1 ; 5 D  ctrl-left          ESC [ 200 ~ … ESC [ 201 ~   pasted text

Source:
    ECMA-48 section 5.4; xterm control sequences, "PC-Style Function Keys", "Bracketed Paste Mode".
"""

from __future__ import annotations

import re
from dataclasses import dataclass

PASTE_ON, PASTE_OFF = "\x1b[?2004h", "\x1b[?2004l"

_PASTE_START, _PASTE_END = "\x1b[200~", "\x1b[201~"
_MAX_SEQUENCE = 32  # characters; what is longer is no sequence
_SEQUENCE = re.compile(
    r"\x1b\[\[[A-E]"  # function keys of the Linux console
    r"|\x1b\[(?P<parameters>[0-9;:<=>?]*)[ -/]*(?P<final>[@-Z\\-~])"
    r"|\x1bO(?P<shifted>[ -~])"
    r"|\x1b(?P<alt>[^\x1b\[O])",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:\[(?:\[|[0-9;:<=>?]*[ -/]*)?|O)?\Z")

_FINALS = {
    "A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end", "M": "enter", "Z": "backtab",
}  # fmt: skip
_NUMBERS = {"1": "home", "3": "delete", "4": "end", "7": "home", "8": "end"}
_MODIFIERS = {"3": "alt-", "5": "ctrl-", "7": "ctrl-alt-"}
_CONTROLS = {"\r": "enter", "\n": "newline", "\t": "tab", "\x7f": "backspace", "\x08": "backspace"}


@dataclass(frozen=True, slots=True)
class Key:
    """A key without a character: "left", "ctrl-a", "alt-1"."""

    name: str


@dataclass(frozen=True, slots=True)
class Text:
    """Typed or pasted text."""

    text: str


Input = Key | Text


class KeyParser:
    """Turns the input of a terminal into keys and text."""

    def __init__(self) -> None:
        self._partial = ""  # the beginning of a sequence
        self._pasted: list[str] | None = None  # the parts of an unfinished paste

    @property
    def is_incomplete(self) -> bool:
        """Whether the input ends inside a sequence that is not a paste."""
        return bool(self._partial) and self._pasted is None

    def feed(self, data: str) -> list[Input]:
        """Parse more input."""
        data, self._partial = self._partial + data, ""
        found: list[Input] = []
        while data:
            if self._pasted is not None:
                data = self._paste(data, found)
            elif data.startswith("\x1b"):
                data = self._escape(data, found)
            else:
                data = _plain(data, found)
        return found

    def flush(self) -> list[Input]:
        """Take an unfinished sequence for the Escape key, because nothing has followed it."""
        partial, self._partial = self._partial, ""
        return [Key("escape"), *self.feed(partial[1:])] if partial else []

    def _paste(self, data: str, found: list[Input]) -> str:
        assert self._pasted is not None
        text, ended, rest = data.partition(_PASTE_END)
        if ended:
            found.append(Text(re.sub(r"\r\n?", "\n", "".join([*self._pasted, text]))))
            self._pasted = None
            return rest
        partial = next((n for n in range(len(_PASTE_END) - 1, 0, -1) if data.endswith(_PASTE_END[:n])), 0)
        self._pasted.append(data[: len(data) - partial])
        self._partial = data[len(data) - partial :]
        return ""

    def _escape(self, data: str, found: list[Input]) -> str:
        if data.startswith(_PASTE_START):
            self._pasted = []
            return data[len(_PASTE_START) :]
        match = _SEQUENCE.match(data)
        if match:
            key = _key(match)
            found += [Key(key)] if key else []
            return data[match.end() :]
        if _UNFINISHED.match(data) and len(data) < _MAX_SEQUENCE:
            self._partial = data
            return ""
        found.append(Key("escape"))
        return data[1:]


def _key(match: re.Match[str]) -> str:
    """Return the name of a sequence's key; empty for one that is not used."""
    if match["alt"]:
        return "alt-" + (_control(match["alt"]) or match["alt"].lower())
    if match["shifted"]:
        return _FINALS.get(match["shifted"], "")
    if match["final"] is None:
        return ""
    number, _, modifier = match["parameters"].partition(";")
    name = _NUMBERS.get(number, "") if match["final"] == "~" else _FINALS.get(match["final"], "")
    return _MODIFIERS.get(modifier, "") + name if name else ""


def _plain(data: str, found: list[Input]) -> str:
    """Take the text before the next control character, or that character; returns the rest."""
    match = re.match(r"[^\x00-\x1f\x7f]+", data)
    if match:
        found.append(Text(match[0]))
        return data[match.end() :]
    found.append(Key(_control(data[0])))
    return data[1:]


def _control(character: str) -> str:
    """Return the name of a control character; empty for any other character."""
    if character in _CONTROLS:
        return _CONTROLS[character]
    return f"ctrl-{chr(ord(character) + 0x60)}" if "\x01" <= character <= "\x1a" else ""
