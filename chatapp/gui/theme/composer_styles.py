"""The ttk styles of the composer and the emoji picker: box, bar at its top, round button, tabs of groups."""

from __future__ import annotations

from chatapp.gui.theme.style_builder import StyleBuilder

BOX_RADIUS, BAR_RADIUS, ROUND = 8, 6, 14  # of corners, in pixels at 96 dpi


def composer(s: StyleBuilder) -> None:
    s.stretched(
        "Chat.composer",
        s.rounded_box("field", "border", radius=BOX_RADIUS),
        ("invalid", s.rounded_box("field", "danger", 2, radius=BOX_RADIUS)),
        ("focus", s.rounded_box("field", "accent", 2, radius=BOX_RADIUS)),
        radius=BOX_RADIUS,
    )
    s.layout("Composer.TFrame", ("Chat.composer", {"sticky": "nswe"}))
    s.set("Composer.TFrame", background="pane")
    s.round_top("Chat.replybar", "chip", BAR_RADIUS)
    s.layout("ReplyBar.TFrame", ("Chat.replybar", {"sticky": "nswe"}))
    s.set("ReplyBar.TFrame", background="field")
    s.element(
        "ChatRound.button",
        s.rounded_box("chip", radius=ROUND),
        ("pressed", s.rounded_box("select", radius=ROUND)),
        ("focus", s.rounded_box("chip", "accent", 2, radius=ROUND)),
        ("active !disabled", s.rounded_box("select", radius=ROUND)),
        border=s.px(ROUND), width=s.px(2 * ROUND), height=s.px(2 * ROUND), padding=0, sticky="nswe",
    )  # fmt: skip
    label = ("Button.label", {"sticky": "nswe"})
    s.layout("RoundIcon.Field.TButton", ("ChatRound.button", {"sticky": "nswe", "children": [label]}))
    s.set("RoundIcon.Field.TButton", background="field", foreground="text", anchor="center")
    s.layout("EmojiTab.TButton", ("ChatQuiet.button", {"sticky": "nswe", "children": [label]}))
    s.set("EmojiTab.TButton", background="pane", foreground="text", font="ChatEmoji", anchor="center")
