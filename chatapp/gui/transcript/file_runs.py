"""The lines of the files of a message: cards and pictures. Does not import tkinter.

╭──────────────────────────────────────────────╮     A card is four lines: its edges are images as wide as
│ ┌───┐ exercise-sheet-12.pdf           ┌───┐  │     the card; between them stand the name and the facts,
│ │PDF│                                 │ ↓ │  │     each between an image with half of the tile and one
│ └───┘ 1.8 MB · PDF · kept until 12 …  └───┘  │     with half of the button. A widget for each card would
╰──────────────────────────────────────────────╯     need its own colours, keys and pointer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from chatapp.client.model.files import FileCard, kept_until
from chatapp.client.text.file_links import FileLink
from chatapp.gui.theme.emoji import as_shortcodes
from chatapp.gui.transcript import file_texts
from chatapp.gui.transcript.block_options import BlockOptions
from chatapp.gui.transcript.file_deeds import DEEDS, main_deed
from chatapp.gui.transcript.runs import PARTS, CardLook, CardPart, Picture, Run, Tags, Target
from chatapp.gui.transcript.shown_files import MOST_HEIGHT
from chatapp.gui.widgets.text_fit import shorten_middle

# in pixels at 96 dpi
WIDTH, ROW, EDGE, MARGIN = 368, 20, 10, 12  # of a card, a line in it, its upper and lower edge, inside it
BUTTON = 32
PLACEHOLDER = 240, 150  # of a picture whose size is not known yet


def file_runs(links: Sequence[FileLink], options: BlockOptions, band: Tags, sent: float) -> list[Run]:
    """Return the lines of the files that a message links to, below its text.

    Args:
        band: Tags of all lines of the message.
        sent: When it was sent, in Unix seconds.
    """
    if not links:
        return []
    gap = Run("\n", ("gap", *band))
    runs = [gap]
    for link in links:
        card = options.files.card(link)
        runs += [*(_picture(card, options, band, sent) or _card(card, options, band, sent)), gap]
    return runs


def _picture(card: FileCard, options: BlockOptions, band: Tags, sent: float) -> list[Run]:
    """Return the line of a picture; empty if the file is shown as a card."""
    files, ruler = options.files, options.ruler
    tags = ("picture", *band)
    size = files.thumbnail_size(card, ruler.width, ruler.scale)
    if size is not None:
        is_drawn = card.id in files.decoded
        image = Picture(
            "thumbnail" if is_drawn else "no-thumbnail",
            card.id if is_drawn else "", size=size.width, height=size.height,
        )  # fmt: skip
    elif files.may_be_picture(card):
        width = min(ruler.px(PLACEHOLDER[0]), ruler.width)
        image = Picture("no-thumbnail", size=width, height=ruler.px(min(PLACEHOLDER[1], MOST_HEIGHT)))
    else:
        return []
    runs = [Run("", tags, Target("picture", card.id), image), Run("\n", tags)]
    problem = card.download is not None and card.download.state != "cancelled"
    return [*runs, *_card(card, options, band, sent)] if problem or card.problem else runs


def _card(card: FileCard, options: BlockOptions, band: Tags, sent: float) -> Iterator[Run]:
    """Yield the lines of a card."""
    ruler = options.ruler
    row = max(ruler.px(ROW), ruler.grown(ROW))
    width = min(max(ruler.px(WIDTH), ruler.grown(WIDTH)), ruler.width)
    deed = main_deed(card)
    kind = file_texts.kind(card)
    look = CardLook(
        "top", width, row, kind, file_texts.tile_colour(card),
        DEEDS[deed].icon if deed else "", file_texts.percent(card),
    )  # fmt: skip
    body, button = Target("file", card.id), Target("file-deed", card.id)
    facts, is_problem = file_texts.facts(
        card, options.today, kept_until(card, sent, options.around.keep_days)
    )
    edge, line = ("card-edge", *band), ("card", *band)

    parts = _parts(look)

    def row_of(left: CardPart, text: str, font: str, style: str, right: CardPart) -> Iterator[Run]:
        yield Run("", line, body, parts[left])
        if text:
            yield Run(text, (*line, style, "code-fill"), body)
        rest = room - ruler.measure(text, font)
        if rest > 0:
            yield Run("", (*line, "code-fill"), body, Picture("pad", size=rest))
        yield Run("", line, button if deed else body, parts[right])
        yield Run("\n", line)

    room = max(width - left_width(row, ruler.px) - right_width(row, ruler.px), 0)
    name = shorten_middle(_drawn(card.name, options), lambda text: ruler.measure(text, "ChatBold"), room)
    yield Run("", edge, body, parts["top"])
    yield Run("\n", edge)
    yield from row_of("name-left", name, "ChatBold", "card-name", "name-right")
    fitting = (each for each in facts if ruler.measure(each, "ChatSmall") <= room)
    text = ruler.elide(_drawn(next(fitting, facts[-1]), options), "ChatSmall", room)
    style = "reason" if is_problem else "small"
    yield from row_of("facts-left", text, "ChatSmall", style, "facts-right")
    yield Run("", edge, body, parts["bottom"])
    yield Run("\n", edge)


@lru_cache(maxsize=256)
def _parts(look: CardLook) -> dict[CardPart, Picture]:
    """Return the pictures of a card: most cards are the same but for their text."""

    def picture(part: CardPart) -> Picture:
        changes = part == "bottom"  # the bar is there; the rest need not be drawn again
        return Picture("card", card=look._replace(part=part, percent=look.percent if changes else None))

    return {part: picture(part) for part in PARTS}


def _drawn(text: str, options: BlockOptions) -> str:
    return as_shortcodes(text) if options.emoji_as_text else text


def card_height(row: int, px: Callable[[float], int]) -> int:
    """Return the height of a card, in pixels of the display, as are all of these.

    Args:
        px: Converts pixels at 96 dpi.
    """
    return 2 * (px(EDGE) + row)


def left_width(row: int, px: Callable[[float], int]) -> int:
    """Return the width of what stands left of the text: the tile between two margins."""
    return card_height(row, px)


def right_width(row: int, px: Callable[[float], int]) -> int:
    """Return the width of what stands right of the text: the button between two margins."""
    return 2 * px(MARGIN) + button_side(row, px)


def button_side(row: int, px: Callable[[float], int]) -> int:
    """Return the width and height of the button."""
    return px(BUTTON) + max(0, row - px(ROW))
