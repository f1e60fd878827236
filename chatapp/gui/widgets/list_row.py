"""The content of the rows of a RowList."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from chatapp.gui.theme.avatars import Presence


class Mark(NamedTuple):
    """A small icon at the right of a row: a name of `theme.icon`, its colour role, and what it says."""

    icon: str
    role: str
    meaning: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """Content of a row.

    Attributes:
        key: Identifies the row; "" for a heading that cannot be chosen.
        note: After the text, in a weaker colour.
        icon: Name of an icon before the text.
        role: Colour of the text.
        count: At the right edge.
        badge: Whether the count is drawn in a badge.
        avatar: The key of an avatar, which takes the place of the icon: a nick.
        image: The name of a Tk image in place of the icon. The owner of the list keeps the image alive.
        colour: Of the avatar, an index of the colours of nicks; None for the one of the nick.
        presence: The presence drawn on the avatar, as `theme.avatar` takes it.
        detail: A second line in small letters; its row must be in `RowSource.tall`.
        marks: At the right, the first one outermost.
        found: The places of the characters of `text` that are drawn as found, in order.
    """

    key: str
    text: str
    note: str = ""
    icon: str = ""
    icon_role: str = "ok"
    role: str = "text"
    bold: bool = False
    count: str = ""
    badge: bool = False
    avatar: str = ""
    presence: Presence = ""
    detail: str = ""
    marks: tuple[Mark, ...] = ()
    found: tuple[int, ...] = ()
    colour: int | None = None
    image: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A row that names the rows below it.

    Attributes:
        key: Identifies it if it can be folded; else "".
        count: At its right end, such as the number of unread rows that are folded away.
        add: What its `+` does, as a tooltip; "" for no `+`.
    """

    text: str
    key: str = ""
    folded: bool = False
    count: str = ""
    add: str = ""


@dataclass(frozen=True, slots=True)
class Hint:
    """A sentence in place of rows that do not exist yet; it cannot be chosen."""

    text: str
    key: str = ""


Row = ListRow | Heading | Hint


@dataclass(frozen=True, slots=True)
class RowSource:
    """Rows that are made when they are drawn, so that a list of thousands stays fast.

    Attributes:
        keys: The key of each row, "" for one that cannot be chosen.
        make: Returns the row with this index.
        headings: The indexes of the headings.
        tall: The indexes of the rows with two lines.
        hints: The indexes of the hints.
        counted: The indexes of the rows with a count: whether it is in a badge.
    """

    keys: Sequence[str]
    make: Callable[[int], Row]
    headings: frozenset[int] = frozenset()
    tall: frozenset[int] = frozenset()
    hints: frozenset[int] = frozenset()
    counted: Mapping[int, bool] = field(default_factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Row]) -> RowSource:
        """Return a source of rows that are already made; a row without a key is a heading."""
        rows = [Heading(row.text) if isinstance(row, ListRow) and not row.key else row for row in rows]
        numbered = list(enumerate(rows))
        return cls(
            keys=[row.key for row in rows],
            make=rows.__getitem__,
            headings=frozenset(index for index, row in numbered if isinstance(row, Heading)),
            tall=frozenset(index for index, row in numbered if isinstance(row, ListRow) and row.detail),
            hints=frozenset(index for index, row in numbered if isinstance(row, Hint)),
            counted={index: row.badge for index, row in numbered if isinstance(row, ListRow) and row.count},
        )

    def index_of(self, key: str) -> int | None:
        """Return the index of the row with this key; None for "" and for a key that no row has."""
        try:
            return self.keys.index(key) if key else None
        except ValueError:
            return None

    def moved(self, key: str, step: int, start: str) -> str:
        """Return the key of the row that is some rows below (or above) another one, at most the last one.

        Args:
            key: Of that other row; if no row has it, the search begins at `start` or the first row that is
                no heading.
        """
        keys = [each for each in self.keys if each]
        if key in keys:
            return keys[min(max(keys.index(key) + step, 0), len(keys) - 1)]
        if start in keys:
            return start
        headings = {self.keys[index] for index in self.headings}
        return next((each for each in keys if each not in headings), keys[0] if keys else "")

    def heading_above(self, key: str) -> Heading | None:
        """Return the heading of the section that a row belongs to, or the heading with this key itself."""
        index = self.index_of(key)
        above = (
            None if index is None else max((each for each in self.headings if each <= index), default=None)
        )
        row = None if above is None else self.make(above)
        return row if isinstance(row, Heading) else None
