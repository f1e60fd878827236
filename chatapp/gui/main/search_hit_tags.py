"""Options of the tags of the hits of a search; `search_hit_runs` says what each is for."""

from __future__ import annotations

from typing import Any

from chatapp.gui.theme.theme import Theme

MARGIN, COLUMN = 16, 50  # at both sides, and left of the text, in pixels at 96 dpi
FILE_SIDE, FILE_GAP = 28, 10  # of the picture of a file, and between it and the name, in pixels at 96 dpi
RAISED_TAGS = ("now", "hit", "em", "em-small")  # above the others, the highest one last


def tag_options(theme: Theme, width: int) -> dict[str, dict[str, Any]]:
    """Return the options of every tag.

    Args:
        width: Of the Text, in pixels.
    """
    c, px = theme.colours, theme.px
    column, margin = px(COLUMN), px(MARGIN)
    edges = {"lmargincolor": c.sidebar, "rmargincolor": c.sidebar}
    wide = {"lmargin1": column, "lmargin2": column, "rmargin": margin, **edges}
    right = max(width - margin - px(4), column)
    return {
        "place": {
            "font": "ChatSmallBold", "foreground": c.muted, "lmargin1": margin, "spacing1": px(12),
            "spacing3": px(2), "tabs": (right, "right"),
        },
        "head": {
            "font": "ChatSmall", "lmargin1": margin, "lmargin2": column, "rmargin": margin,
            "spacing1": px(4), "tabs": (column,),
        },
        "body": {"font": "ChatBody", "spacing1": px(1), "spacing3": px(1), **wide},
        "file": {
            "font": "ChatBody", "spacing1": px(3), "spacing3": px(3), "wrap": "none",
            "tabs": (column + px(theme.grown(FILE_SIDE)) + px(FILE_GAP),), **wide,
        },
        "context": {
            "font": "ChatSmall", "foreground": c.muted, "spacing1": px(5), "spacing3": px(2), **wide,
        },
        "gap": {"spacing1": px(10)},  # above a hit under the same place as the one before it
        "time": {"font": "ChatSmall", "foreground": c.muted},
        "name": {"font": "ChatBold"},
        **{f"nick{index}": {"foreground": colour} for index, colour in enumerate(c.nicks)},
        "bold": {"font": "ChatBold"},
        "more": {
            "font": "ChatSmall", "foreground": c.link, "underline": True, "spacing1": px(12),
            "spacing3": px(12), **wide,
        },
        "code": {"font": "ChatCode", "background": c.code},
        "link": {"foreground": c.link, "underline": True},
        "person": {"foreground": c.link},
        "em": {"font": "ChatEmoji"},
        "em-small": {"font": "ChatEmojiSmall"},
        "hidden": {"elide": True},  # a skin tone
        "now": {
            "background": c.select, "foreground": c.text, "lmargincolor": c.select,
            "rmargincolor": c.select,
        },
        "hit": {"background": c.hit, "foreground": c.text},
    }  # fmt: skip
