"""Options of the transcript's tags in a theme: kinds of lines, styles of text, IRC colours.

`chatapp.gui.transcript.blocks` lists the tags and what each is for.
"""

from __future__ import annotations

from typing import Any

from chatapp.gui.theme import irc_colours
from chatapp.gui.theme.palette import readable
from chatapp.gui.theme.theme import Theme

TagOptions = dict[str, Any]
# Above the head of a message, above and below its lines, between the rows of a line; pixels at 96 dpi
COMFORTABLE, COMPACT = (8, 1, 2), (1, 0, 0)
TAB = 8  # characters between two tab stops
INDENT, RIGHT = 16, 20  # left of the avatar, and at the right, in pixels at 96 dpi
AVATAR, GAP = 28, 12  # the avatar, and between it and the text
QUOTATION_INDENT = 14  # of a quotation in a message, beside its bar; in pixels at 96 dpi
CODE_PADDING = 12  # inside a block of code, in pixels at 96 dpi

RAISED_TAGS = ("hit", "hit_now", "em", "em-small", "em-big", "sel")
"""Tags above all others, the highest one last. The tags of IRC colours, made later, stand just below them."""


def tag_options(theme: Theme) -> dict[str, TagOptions]:
    """Return the options of every tag, in order of priority: later tags override earlier ones."""
    return _line_tags(theme) | _style_tags(theme) | _surface_tags(theme)


def text_column(theme: Theme) -> int:
    """Return where the text of messages begins, in pixels."""
    return theme.px(INDENT + round(theme.grown(AVATAR)) + GAP)


def caption_tabs(theme: Theme, width: int) -> tuple[str, ...]:
    """Return the tab stop at the right of the caption of code.

    Args:
        width: Of the Text, in pixels.
    """
    return str(max(width - theme.px(RIGHT + CODE_PADDING), text_column(theme) + theme.px(2))), "right"


def _line_tags(theme: Theme) -> dict[str, TagOptions]:
    """Return the tags for kinds of lines. A background covers the space of a line, so gaps are lines."""
    px, c = theme.px, theme.colours
    column = text_column(theme)
    head, edge, between = map(px, COMPACT if theme.is_compact else COMFORTABLE)
    margins = {
        "lmargin1": column, "lmargin2": column, "rmargin": px(RIGHT), "spacing2": between,
        # else the margin has the background of the first character: of a hit, of code
        "lmargincolor": c.pane, "rmargincolor": c.pane,
    }  # fmt: skip
    tabs = {font: tab_stops(theme, font, column) for font in theme.fonts}
    body = {"font": "ChatBody", "tabs": tabs["ChatBody"], "spacing1": edge, "spacing3": edge, **margins}
    tags: dict[str, TagOptions] = {
        "head": {"font": "ChatSmall", "tabs": column, "spacing1": head, **margins, "lmargin1": px(INDENT)},
        "quote": {
            "font": "ChatSmall", "foreground": c.muted, "spacing1": px(2), "spacing3": px(3), **margins,
        },
        "body": body,
        "action": {**body, "font": "ChatItalic", "tabs": tabs["ChatItalic"], "spacing1": px(6)},
        "quotation": {
            **body, "lmargin2": column + px(round(theme.grown(QUOTATION_INDENT))), "foreground": c.muted,
        },
        "chips": {"font": "ChatSmall", **margins},
        "note": {
            "font": "ChatSmall", "foreground": c.muted, "tabs": tabs["ChatSmall"], "spacing1": px(4),
            "spacing3": px(4), **margins,
        },
        "gap": {"font": _pixels(theme, px(3))},
        "codehead": {"font": "ChatSmall", "foreground": c.muted, **margins},
        "block": {
            "font": "ChatCode", "wrap": "char", **margins, "spacing1": px(1), "spacing2": px(1),
            "spacing3": px(1), "tabs": tab_stops(theme, "ChatCode", column + px(CODE_PADDING)),
        },
        "code-edge": {"font": _pixels(theme, 1), "spacing1": px(7), **margins, "spacing2": 0},
        "card": {"font": "ChatSmall", "foreground": c.muted, **margins, "spacing2": 0},
        "card-edge": {"font": _pixels(theme, 1), **margins, "spacing2": 0},
        "picture": {"font": _pixels(theme, 1), **margins},
        "day": {"font": "ChatSmallBold", "foreground": c.muted},
        "new": {"font": "ChatSmallBold", "foreground": c.danger},
        "loading": {"font": "ChatSmall", "foreground": c.muted, "justify": "center", "spacing1": px(14)},
        "skeleton": {"spacing1": px(16), "lmargin1": px(INDENT)},
        "start": {"font": "ChatBold", "spacing1": px(14), "lmargin1": px(INDENT), "lmargin2": column},
        "start-note": {"font": "ChatSmall", "foreground": c.muted, "lmargin1": column, "lmargin2": column},
    }  # fmt: skip
    tags["start"] |= {"tabs": column, "rmargin": px(RIGHT)}
    tags["start-note"] |= {"spacing3": px(8), "rmargin": px(RIGHT)}
    for name in ("day", "new"):
        tags[name] |= {"justify": "center", "spacing1": px(10), "spacing3": px(6)}
    tags["band-end"] = {"spacing3": px(6)}
    return tags


def _style_tags(theme: Theme) -> dict[str, TagOptions]:
    """Return the tags for fonts and colours of text."""
    c = theme.colours
    return {
        "time": {"font": "ChatSmall", "foreground": c.muted},
        "small": {"font": "ChatSmall", "foreground": c.muted},
        "name": {"font": "ChatBold"},
        "card-name": {"font": "ChatBold", "foreground": c.text},
        "quote-name": {"font": "ChatSmallBold"},
        "italic-small": {"font": "ChatSmall"},
        **{f"nick{index}": {"foreground": colour} for index, colour in enumerate(c.nicks)},
        "bold": {"font": "ChatBold"},
        "italic": {"font": "ChatItalic"},
        "bold-italic": {"font": "ChatBoldItalic"},
        "underline": {"underline": True},
        "strike": {"overstrike": True},
        "hidden": {"elide": True},
        "big": {"font": "ChatBigEmoji"},
        "person": {"foreground": c.link},
        "mention": {"font": "ChatBold", "foreground": c.link},
        "pending": {"foreground": c.faint},
        "failed": {"foreground": c.danger},
        "danger": {"foreground": c.danger},
        "faint": {"font": "ChatSmall", "foreground": c.faint},
        "reason": {"font": "ChatSmall", "foreground": c.danger},
        "deleted": {"font": "ChatItalic", "foreground": c.muted},
        "link": {"foreground": c.link, "underline": True},
        "deed": {"font": "ChatSmallBold", "foreground": c.link},
        "code-keyword": {"foreground": c.link},
        "code-string": {"foreground": c.ok},
        "code-comment": {"foreground": c.muted},
    }


def _surface_tags(theme: Theme) -> dict[str, TagOptions]:
    """Return the tags with backgrounds, and those of emoji. Chips and code keep their surface on a band."""
    c = theme.colours
    return {
        "hover": _surface(c.hover),
        "band": _surface(c.mention),
        "flash": _surface(c.notice),
        "chosen": {},
        "code-fill": {"background": c.code},
        "caption-fill": {"background": c.codehead},
        "code": {"font": "ChatCode", "background": c.code},
        "chip": {"background": c.chip},
        "chip_mine": {"background": c.chip_mine, "foreground": c.link},
        "hit": {"background": c.hit},
        "hit_now": {"background": c.hit_now, "foreground": c.on_hit_now},
        "em": {"font": "ChatEmoji"},
        "em-small": {"font": "ChatEmojiSmall"},
        "em-big": {"font": "ChatBigEmoji"},
    }


def _surface(colour: str) -> TagOptions:
    """Return the options of a surface that fills the whole width."""
    return {"background": colour, "lmargincolor": colour, "rmargincolor": colour}


def _pixels(theme: Theme, size: int) -> tuple[str, int]:
    """Return the font of an empty line of about this height."""
    return str(theme.fonts["ChatBody"].actual("family")), -size


def tab_stops(theme: Theme, font: str, column: int = 0) -> tuple[int, int]:
    """Return the first two tab stops in pixels, eight characters apart; Tk repeats the last distance.

    A Text needs `tabstyle="wordprocessor"`: then a tab goes to the next stop, not to the stop of its number.

    Args:
        column: Pixels from the left edge to where the text begins.
    """
    width = TAB * theme.fonts[font].measure("0")
    return column + width, column + 2 * width


def colour_options(theme: Theme, tag: str) -> TagOptions:
    """Return the options of a tag `irc/<foreground>/<background>/<surface>/<reverse>`.

    The hue stays; the lightness of the text is changed if it could not be read on its background.
    """
    _, front, back, surface, reverse = tag.split("/")
    default = (theme.colours.text, theme.colours.role(surface))
    foreground, background = reversed(default) if reverse else default
    if back:
        background = irc_colours.colour(back)
    if front:
        foreground = irc_colours.colour(front)
    return {
        "foreground": readable(foreground, background),
        "background": background if back or reverse else "",
    }
