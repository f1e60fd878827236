"""How the transcript's tags look in a theme: the kinds of lines, the looks of words, the colours of mIRC.

`blocks` names the tags and says what each is for.
"""

from __future__ import annotations

from typing import Any

from chatapp.gui.theme import irc_colours
from chatapp.gui.theme.palette import readable
from chatapp.gui.theme.theme import Theme

Options = dict[str, Any]  # of a tag
TAB = 8  # characters between two tab stops


def tags(theme: Theme, column: int) -> dict[str, Options]:
    """Each tag's options; later tags win over earlier ones.

    Takes   column: pixels from the left where words begin
    """
    px, c = theme.px, theme.colours
    tabs = {font: tab_stops(theme, font, column) for font in theme.fonts}
    words = {"lmargin1": column, "lmargin2": column, "lmargincolor": c.pane, "spacing2": px(2)}
    lines: dict[str, Options] = {
        "head": {"font": "ChatSmall", "tabs": column, "spacing1": px(12), "spacing3": px(1), "wrap": "char"},
        "body": {"font": "ChatBody", "tabs": tabs["ChatBody"], "spacing1": px(1), "spacing3": px(1), **words},
        "action": {"font": "ChatItalic", "spacing1": px(6), "spacing3": px(1)},
        "note": {"font": "ChatSmall", "tabs": tabs["ChatSmall"], "foreground": c.muted, **words},
        "day": {"font": "ChatSmallBold", "foreground": c.muted},
        "new": {"font": "ChatSmallBold", "foreground": c.danger},
        "start": {"font": "ChatSmall", "foreground": c.muted},
    }
    lines["action"] |= {**words, "lmargin1": 0, "tabs": (column, *tabs["ChatItalic"])}
    lines["note"] |= {"spacing1": px(4), "spacing3": px(2)}
    lines["head"]["lmargin2"] = column
    for name in ("day", "new", "start"):
        lines[name] |= {"justify": "center", "spacing1": px(14), "spacing3": px(2), "wrap": "none"}
    code = {"font": "ChatCode", "background": c.hover}
    looks: dict[str, Options] = {
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
        "chosen": {"background": c.hover, "lmargincolor": c.hover},
    }
    return lines | looks


def tab_stops(theme: Theme, font: str, column: int = 0) -> tuple[int, int]:
    """The first two tab stops in pixels, every eight characters from a column on; Tk goes on in equal steps.

    A Text needs `tabstyle="wordprocessor"`, so that a tab goes to the next stop and not to its own number's.
    """
    width = TAB * theme.fonts[font].measure("0")
    return column + width, column + 2 * width


def ink(theme: Theme, tag: str) -> Options:
    """The options of a tag `ink/<front>/<back>/<surface>/<reverse>`: hues stay, words are made readable."""
    _, front, back, surface, reverse = tag.split("/")
    usual = (theme.colours.text, theme.colours.role(surface))
    words, behind = reversed(usual) if reverse else usual
    if back:
        behind = irc_colours.colour(back)
    if front:
        words = irc_colours.colour(front)
    return {"foreground": readable(words, behind), "background": behind if back or reverse else ""}
