"""How the transcript's tags look in a theme: the kinds of lines, the looks of words, the colours of mIRC.

`blocks` names the tags and says what each is for.
"""

from __future__ import annotations

from typing import Any

from chatapp.gui import mirc
from chatapp.gui.palette import readable
from chatapp.gui.theme import Theme

Options = dict[str, Any]  # of a tag


def tags(theme: Theme, column: int) -> dict[str, Options]:
    """Each tag's options; later tags win over earlier ones.

    Takes   column: pixels from the left where words begin
    """
    px, c = theme.px, theme.colours
    words = {"lmargin1": column, "lmargin2": column, "lmargincolor": c.pane, "spacing2": px(2)}
    lines: dict[str, Options] = {
        "head": {"font": "ChatSmall", "tabs": column, "spacing1": px(12), "spacing3": px(1), "wrap": "char"},
        "body": {"font": "ChatBody", "spacing1": px(1), "spacing3": px(1), **words},
        "action": {"font": "ChatItalic", "tabs": column, "spacing1": px(6), "spacing3": px(1)},
        "note": {"font": "ChatSmall", "foreground": c.muted, "spacing1": px(4), "spacing3": px(2), **words},
        "day": {"font": "ChatSmallBold", "foreground": c.muted},
        "new": {"font": "ChatSmallBold", "foreground": c.danger},
        "start": {"font": "ChatSmall", "foreground": c.muted},
    }
    lines["action"] |= {**words, "lmargin1": 0}
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
        "block": {**code, "wrap": "char"},
        "pending": {"foreground": c.faint},
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


def ink(theme: Theme, tag: str) -> Options:
    """The options of a tag `ink/<front>/<back>/<surface>/<reverse>`: hues stay, words are made readable."""
    _, front, back, surface, reverse = tag.split("/")
    usual = (theme.colours.text, theme.colours.role(surface))
    words, behind = reversed(usual) if reverse else usual
    if back:
        behind = mirc.colour(back)
    if front:
        words = mirc.colour(front)
    return {"foreground": readable(words, behind), "background": behind if back or reverse else ""}
