"""Options of the transcript's tags in a theme: kinds of lines, styles of text, IRC colours.

`chatapp.gui.transcript.blocks` lists the tags and what each is for.
"""

from __future__ import annotations

from typing import Any

from chatapp.gui.theme import irc_colours
from chatapp.gui.theme.palette import readable
from chatapp.gui.theme.theme import Theme

TagOptions = dict[str, Any]
TAB = 8  # characters between two tab stops


def tag_options(theme: Theme, column: int) -> dict[str, TagOptions]:
    """Return the options of every tag, in order of priority: later tags override earlier ones.

    Args:
        column: Pixels from the left edge to where message text begins.
    """
    px, c = theme.px, theme.colours
    tabs = {font: tab_stops(theme, font, column) for font in theme.fonts}
    margins = {"lmargin1": column, "lmargin2": column, "lmargincolor": c.pane, "spacing2": px(2)}
    line_tags: dict[str, TagOptions] = {
        "head": {"font": "ChatSmall", "tabs": column, "spacing1": px(12), "spacing3": px(1), "wrap": "char"},
        "body": {
            "font": "ChatBody",
            "tabs": tabs["ChatBody"],
            "spacing1": px(1),
            "spacing3": px(1),
            **margins,
        },
        "action": {"font": "ChatItalic", "spacing1": px(6), "spacing3": px(1)},
        "note": {"font": "ChatSmall", "tabs": tabs["ChatSmall"], "foreground": c.muted, **margins},
        "day": {"font": "ChatSmallBold", "foreground": c.muted},
        "new": {"font": "ChatSmallBold", "foreground": c.danger},
        "start": {"font": "ChatSmall", "foreground": c.muted},
    }
    line_tags["action"] |= {**margins, "lmargin1": 0, "tabs": (column, *tabs["ChatItalic"])}
    line_tags["note"] |= {"spacing1": px(4), "spacing3": px(2)}
    line_tags["head"]["lmargin2"] = column
    for name in ("day", "new", "start"):
        line_tags[name] |= {"justify": "center", "spacing1": px(14), "spacing3": px(2), "wrap": "none"}
    line_tags["hover"] = {"background": c.hover, "lmargincolor": c.hover, "rmargincolor": c.hover}
    code = {"font": "ChatCode", "background": c.hover}
    style_tags: dict[str, TagOptions] = {
        "time": {"font": "ChatSmall", "foreground": c.muted},
        "name": {"font": "ChatBold"},
        **{f"nick{index}": {"foreground": colour} for index, colour in enumerate(c.nicks)},
        "bold": {"font": "ChatBold"},
        "italic": {"font": "ChatItalic"},
        "bold-italic": {"font": "ChatBoldItalic"},
        "underline": {"underline": True},
        "strike": {"overstrike": True},
        "mention": {"font": "ChatBold"},
        "band": {"background": c.mention, "lmargincolor": c.mention},
        "code": code,
        "block": {**code, "tabs": tabs["ChatCode"], "wrap": "char"},
        "pending": {"foreground": c.faint},
        "deleted": {"font": "ChatItalic", "foreground": c.muted},
        "failed": {"foreground": c.danger},
        "danger": {"foreground": c.danger},
        "link": {"foreground": c.link, "underline": True},
        "retry": {"foreground": c.link, "underline": True},
        "discard": {"foreground": c.link, "underline": True},
        "em": {"font": "ChatEmoji"},
        "em-small": {"font": "ChatEmojiSmall"},
        "flash": {"background": c.notice, "lmargincolor": c.notice, "rmargincolor": c.notice},
        "chosen": {},
    }
    return line_tags | style_tags


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
