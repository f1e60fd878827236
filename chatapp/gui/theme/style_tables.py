"""The surfaces, and the roles of labels and buttons, of which names of styles are made.

Each name here ends with a dot; `Muted.Sidebar.TLabel` is a label of the role Muted on the surface Sidebar.
"""

from __future__ import annotations

from typing import NamedTuple

SURFACES = {
    "": "pane",
    "Sidebar.": "sidebar",
    "Rail.": "rail",
    "Chrome.": "chrome",
    "Field.": "field",
    "Select.": "select",
    "Hover.": "hover",
    "Raised.": "raised",
    "Code.": "code",
    "Chip.": "chip",
    "Notice.": "notice",
    "Warnbg.": "warnbg",
    "Dangerbg.": "dangerbg",
    "Okbg.": "okbg",
}
LABELS = {  # role: colour, font
    "": ("text", "ChatBody"),
    "Muted.": ("muted", "ChatSmall"),
    "Faint.": ("faint", "ChatSmall"),
    "Danger.": ("danger", "ChatSmall"),
    "Ok.": ("ok", "ChatSmall"),
    "Warn.": ("warn", "ChatSmall"),
    "Bold.": ("text", "ChatBold"),
    "Small.": ("text", "ChatSmall"),
    "SmallBold.": ("text", "ChatSmallBold"),
    "Tiny.": ("muted", "ChatTiny"),
    "Section.": ("muted", "ChatSmallBold"),
    "Header.": ("text", "ChatHeader"),
    "Title.": ("text", "ChatTitle"),
    "DangerHeader.": ("danger", "ChatHeader"),
}


class ButtonLook(NamedTuple):
    """A role of buttons; sizes in pixels at 96 dpi."""

    element: str
    colour: str
    font: str
    padding: int  # left and right of the label
    height: int


BUTTONS = {
    "": ButtonLook("Chat.button", "text", "ChatBody", 12, 32),
    "Small.": ButtonLook("Chat.button", "text", "ChatSmall", 10, 28),
    "Primary.": ButtonLook("ChatPrimary.button", "on_primary", "ChatBold", 14, 32),
    "LargePrimary.": ButtonLook("ChatPrimary.button", "on_primary", "ChatBold", 14, 40),
    "SmallPrimary.": ButtonLook("ChatPrimary.button", "on_primary", "ChatBold", 12, 28),
    "DangerFill.": ButtonLook("ChatDanger.button", "on_badge", "ChatBold", 14, 32),
    "DangerLine.": ButtonLook("ChatDangerLine.button", "danger", "ChatBody", 12, 32),
    "Quiet.": ButtonLook("ChatQuiet.button", "text", "ChatBody", 8, 32),
    "SmallQuiet.": ButtonLook("ChatQuiet.button", "text", "ChatSmall", 8, 28),
    "Soft.": ButtonLook("ChatSoft.button", "text", "ChatSmallBold", 10, 28),
    "Link.": ButtonLook("ChatQuiet.button", "link", "ChatSmall", 4, 28),
    "Pill.": ButtonLook("ChatPill.button", "on_primary", "ChatSmallBold", 14, 28),
    "BadgePill.": ButtonLook("ChatBadgePill.button", "on_badge", "ChatSmallBold", 14, 28),
}
BARS = {  # surface of a bar: its colour and its border
    "Notice.": ("notice", ""),
    "Warnbg.": ("warnbg", ""),
    "Dangerbg.": ("dangerbg", ""),
    "Okbg.": ("okbg", ""),
    "Raised.": ("raised", "edge"),
}
