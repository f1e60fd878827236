"""What blocks consist of: tagged text, pictures, and what a click on them means. Does not import tkinter."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple, get_args

Tags = tuple[str, ...]
PictureKind = Literal[
    "avatar", "icon", "rule", "pad", "chip-left", "chip-right", "chip-add", "skeleton", "card", "thumbnail",
    "no-thumbnail",
]  # fmt: skip
CardPart = Literal["top", "name-left", "name-right", "facts-left", "facts-right", "bottom"]
PARTS: tuple[CardPart, ...] = get_args(CardPart)
TargetKind = Literal[
    "link", "name", "fold", "quote", "chip", "chip-add", "copy-code", "show-all", "retry", "edit", "discard",
    "cancel", "undo", "edited", "file", "file-deed", "picture",
]  # fmt: skip
FILE_TARGETS: frozenset[TargetKind] = frozenset({"file", "file-deed", "picture"})


class CardLook(NamedTuple):
    """A part of the card of a file, which consists of images beside and between two lines of text.

    Attributes:
        width: Of the whole card, in pixels of the display.
        row: The height of a line of text in it, in pixels of the display.
        label: What stands on its tile; empty for an icon.
        colour: Of the tile: an index of the colours of nicks, None for a quiet one.
        icon: On the button; empty without one.
        percent: How far the bar reaches; None without a bar.
    """

    part: CardPart
    width: int
    row: int
    label: str
    colour: int | None
    icon: str
    percent: int | None = None


class Picture(NamedTuple):
    """An image in the text. Equal pictures share one image of Tk.

    Attributes:
        name: The name of an icon; of an avatar the display name; of a thumbnail the id of the file.
        role: Colour role of an icon, a rule or a chip; of an avatar the nick.
        size: Width in pixels at 96 dpi; of a rule, a pad and a thumbnail in pixels of the display.
        height: Of a pad and a thumbnail, in pixels of the display.
        above: Free space above and below it, in pixels of the display.
        colour: Of an avatar, an index of the colours of nicks; None for the one of the nick.
        card: What a part of a card looks like.
    """

    kind: PictureKind
    name: str = ""
    role: str = ""
    size: float = 0
    height: int = 1
    above: int = 0
    colour: int | None = None
    card: CardLook | None = None


class Target(NamedTuple):
    """What a click on a run means.

    Attributes:
        value: The link, the nick of a name, the reaction of a chip, the code to copy, or the id of a file.
    """

    kind: TargetKind
    value: str = ""


class Run(NamedTuple):
    """Text with one look, or a picture, whose text is empty."""

    text: str
    tags: Tags = ()
    target: Target | None = None
    picture: Picture | None = None


def count_lines(runs: Iterable[Run]) -> int:
    """Return how many lines runs end."""
    return "".join([run.text for run in runs]).count("\n")


def columns(text: str, wide: int) -> int:
    """Return how many columns of a Text widget a text without line ends takes.

    Args:
        wide: The columns of a character beyond U+FFFF: 2 in Tk 8.6, which counts surrogates, later 1.
    """
    if wide == 1 or text.isascii():
        return len(text)
    return len(text) + sum(character > "\uffff" for character in text)


def run_at(runs: Sequence[Run], line: int, column: int, wide: int) -> Run | None:
    """Return the run at a place; the end of a line belongs to the run that ends it.

    Args:
        line: Counted from the first line of the runs, which is 0.
        column: As the Text widget counts.
    """
    at_line = at_column = 0
    for run in runs:
        if run.picture is not None:
            if (at_line, at_column) == (line, column):
                return run
            at_column += 1
            continue
        for index, part in enumerate(run.text.split("\n")):
            if index:
                if (at_line, at_column) == (line, column):
                    return run
                at_line, at_column = at_line + 1, 0
            width = columns(part, wide)
            if at_line == line and at_column <= column < at_column + width:
                return run
            at_column += width
        if at_line > line:
            return None
    return None
