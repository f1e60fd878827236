"""What can be clicked in the text of a message: a link, a name, a button. It is found by the tags."""

from __future__ import annotations

from typing import Literal, NamedTuple

from chatapp.gui.transcript.block_view import BlockView

TargetKind = Literal[
    "link", "name", "fold", "quote", "chip", "chip-add", "copy-code", "show-all", "retry", "edit", "discard",
    "undo", "edited",
]  # fmt: skip
CLICKABLE_TAGS: tuple[TargetKind, ...] = ("link", "retry", "discard", "fold", "name")


class Target(NamedTuple):
    """Something that can be clicked.

    Attributes:
        value: The link, the nick of a name, the reaction of a chip, or the code to copy.
    """

    kind: TargetKind
    value: str = ""


def target_at(view: BlockView, text_index: str) -> Target | None:
    """Return what can be clicked at an index of the Text."""
    tags = view.text.tag_names(text_index)
    kind = next((kind for kind in CLICKABLE_TAGS if kind in tags), None)
    index = None if kind is None else view.block_index(text_index)
    if kind is None or index is None:
        return None
    if kind == "link":
        return Target(kind, view.text.get(*view.text.tag_prevrange(kind, f"{text_index} +1c")))
    return Target(kind, view.line_map[index].entries[0].nick if kind == "name" else "")


def targets_in(view: BlockView, index: int) -> list[Target]:
    """Return what can be clicked in a block."""
    first, last = view.lines_of(index)
    found: list[Target] = []
    for kind in CLICKABLE_TAGS:
        start = f"{first}.0"
        while clickable := view.text.tag_nextrange(kind, start, f"{last}.0"):
            target = target_at(view, clickable[0])
            if target is not None:
                found.append(target)
            start = clickable[1]
    return found
