"""ttk styles of a palette: one ttk theme for each palette, with every colour and every state map set.

The name of a style is role, surface, widget: `Muted.Sidebar.TLabel`, `Primary.TButton`, `Sidebar.TFrame`.

    surfaces        none (message pane) and those of SURFACES: Sidebar, Chrome (header), Raised, Notice, …
    TFrame          the surface; Divider.TFrame is a line when it is one pixel thin; Card.TFrame has an edge
    TLabel          roles of LABELS; Badge.TLabel
    TButton         outlined; Primary and DangerFill filled, DangerLine red; Soft on the colour of chips;
                    Pill, BadgePill filled and round; Quiet without a border; Link; low ones begin with Small
    TCheckbutton, TRadiobutton
    TEntry          round, with a focus ring, red in the state "invalid"; also TCombobox, and Box.TFrame;
                    Plain.TEntry has no border, for fields that are drawn around it
    Treeview        rows at least 28 pixels high
    Vertical.TScrollbar, Horizontal.TScrollbar      only a thumb, no arrows
    TPanedwindow
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import NamedTuple

from chatapp.gui.theme.palette import Palette, readable_role
from chatapp.gui.theme.pictures import BoxLayer, Pictures
from chatapp.gui.theme.style_builder import RADIUS, Pixels, StyleBuilder

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
PILL_RADIUS = 14  # corner of pills, in pixels at 96 dpi
CARD_RADIUS = 8
ROW = 28  # minimum height of the rows of trees, in pixels at 96 dpi
FIELD = 32  # minimum height of fields
CHOICE = 18  # side of check boxes and radio buttons
THUMB = 12  # width of scrollbars, with two pixels free at each side
SHORTEST_THUMB = 28


class Styles:
    """The ttk theme of one palette.

    Args:
        px: Converts pixels at 96 dpi to pixels of this display.
    """

    def __init__(self, root: tk.Misc, palette: Palette, px: Pixels, pictures: Pictures) -> None:
        self._style = ttk.Style(root)
        self._name = f"chat-{palette.name}"
        self._px = px
        self._style.theme_create(self._name, parent="clam")
        self.use()
        self._builder = StyleBuilder(root, palette, px, pictures)  # holds the images
        for build in (_defaults, _labels, _buttons, _fields, _choices, _scrollbars, _trees, _panes):
            build(self._builder)

    def use(self) -> None:
        """Make this the theme of all widgets."""
        self._style.theme_use(self._name)

    def fit_to_fonts(self, linespace: Callable[[str], int]) -> None:
        """Make rows and buttons as high as the fonts need, but not lower than they are designed.

        Args:
            linespace: Returns the line height of a named font in pixels.
        """
        px = self._px
        self._style.configure("Treeview", rowheight=max(px(ROW), linespace("ChatBody") + px(8)))
        for role, look in BUTTONS.items():
            vertical = max(px(4), (px(look.height) - linespace(look.font) + 1) // 2)
            for surface in SURFACES:
                self._style.configure(f"{role}{surface}TButton", padding=(px(look.padding), vertical))
        field = max(px(5), (px(FIELD) - linespace("ChatBody") + 1) // 2)
        for surface in SURFACES:
            for widget in ("TEntry", "TCombobox"):
                self._style.configure(f"{surface}{widget}", padding=(px(8), field))


def _defaults(s: StyleBuilder) -> None:
    s.set(
        ".",
        states={"foreground": [("disabled", "muted")]},
        background="pane", foreground="text", fieldbackground="field", insertcolor="text",
        focuscolor="accent", selectbackground="select", selectforeground="text", bordercolor="divider",
        lightcolor="pane", darkcolor="pane", troughcolor="pane", arrowcolor="muted", indicatorcolor="field",
        font="ChatBody", insertwidth=max(1, s.px(1.5)),
    )  # fmt: skip


def _labels(s: StyleBuilder) -> None:
    for surface, background in SURFACES.items():
        s.set(f"{surface}TFrame", background=background, borderwidth=0)
        for role, (colour, font) in LABELS.items():
            readable = readable_role(colour, background)
            s.set(f"{role}{surface}TLabel", background=background, foreground=readable, font=font)
    s.stretched("Chat.card", s.rounded_box(border="edge", radius=CARD_RADIUS), radius=CARD_RADIUS)
    for surface, background in SURFACES.items():
        s.layout(f"Card.{surface}TFrame", ("Chat.card", {"sticky": "nswe"}))
        s.set(f"Card.{surface}TFrame", background=background)
    s.set("Divider.TFrame", background="divider")
    s.set(
        "Badge.TLabel",
        background="badge", foreground="on_badge", font="ChatSmallBold", padding=(s.px(6), s.px(1)),
    )  # fmt: skip


def _buttons(s: StyleBuilder) -> None:
    _outlined(s, "Chat.button", "border")
    _outlined(s, "ChatDangerLine.button", "danger")
    _filled(s, "ChatPrimary.button", "primary", "primary_hover", "on_primary")
    _filled(s, "ChatDanger.button", "danger_fill", "danger_fill_hover", "on_badge")
    _filled(s, "ChatPill.button", "primary", "primary_hover", "on_primary", PILL_RADIUS)
    _filled(s, "ChatBadgePill.button", "badge", "danger_fill_hover", "on_badge", PILL_RADIUS)
    for name, fill, active in (
        ("ChatQuiet.button", "", "codehead"),
        ("ChatQuietRaised.button", "", "select"),
        ("ChatSoft.button", "chip", "select"),
    ):
        s.stretched(
            name,
            s.rounded_box(fill),
            ("pressed", s.rounded_box("select")),
            ("focus", s.rounded_box(fill, "accent", 2)),
            ("active !disabled", s.rounded_box(active)),
        )
    label = ("Button.label", {"sticky": "nswe"})
    padding = ("Button.padding", {"sticky": "nswe", "children": [label]})
    for role, look in BUTTONS.items():
        for surface, background in SURFACES.items():
            name = f"{role}{surface}TButton"
            colour = readable_role(look.colour, background)
            on_raised = look.element == "ChatQuiet.button" and surface == "Raised."
            element = "ChatQuietRaised.button" if on_raised else look.element
            s.layout(name, (element, {"sticky": "nswe", "children": [padding]}))
            s.set(
                name,
                states={"foreground": [("disabled", "muted")]},
                background=background, foreground=colour, font=look.font, anchor="center",
            )  # fmt: skip


def _outlined(s: StyleBuilder, name: str, border: str) -> None:
    s.stretched(
        name,
        s.rounded_box(border=border),
        ("disabled", s.rounded_box(border="divider")),
        ("pressed", s.rounded_box("select", border)),
        ("focus", s.rounded_box(border="accent", width=2)),
        ("active", s.rounded_box("hover", border)),
    )


def _filled(s: StyleBuilder, name: str, fill: str, hover: str, ink: str, radius: float = RADIUS) -> None:
    s.stretched(
        name,
        s.rounded_box(fill, radius=radius),
        ("disabled", s.rounded_box("hover", "divider", radius=radius)),
        ("pressed", s.rounded_box(fill, "text", 2, radius=radius)),
        ("focus", s.rounded_box(fill, "accent", 2, ring=ink, radius=radius)),
        ("active", s.rounded_box(hover, radius=radius)),
        radius=radius,
    )


def _fields(s: StyleBuilder) -> None:
    s.stretched(
        "Chat.field",
        s.rounded_box("field", "border"),
        ("disabled", s.rounded_box("pane", "divider")),
        ("invalid", s.rounded_box("field", "danger", 2)),
        ("focus", s.rounded_box("field", "accent", 2)),
    )
    s.layout("Box.TFrame", ("Chat.field", {"sticky": "nswe"}))  # a frame that looks like a field, for a Text
    s.set("Box.TFrame", background="pane")
    s.element("Chat.arrow", s.icon("chevron-down", "muted", 16), sticky="")
    arrow = ("Chat.arrow", {"side": "right", "sticky": "ns"})
    for widget, extra in (("Entry", []), ("Combobox", [arrow])):
        area = (f"{widget}.textarea", {"sticky": "nswe"})
        padding = (f"{widget}.padding", {"sticky": "nswe", "children": [*extra, area]})
        s.layout(f"T{widget}", ("Chat.field", {"sticky": "nswe", "children": [padding]}))
        for surface, background in SURFACES.items():
            s.set(
                f"{surface}T{widget}",
                states={"foreground": [("disabled", "muted")], "fieldbackground": [("disabled", "pane")]},
                background=background, foreground="text", fieldbackground="field", insertcolor="text",
                selectbackground="select", selectforeground="text",
            )  # fmt: skip
    s.layout("Plain.TEntry", ("Entry.padding", {"children": [("Entry.textarea", {"sticky": "nswe"})]}))
    s.set(
        "Plain.TEntry",
        background="field", foreground="text", fieldbackground="field", insertcolor="text",
        selectbackground="select", selectforeground="text", padding=0,
    )  # fmt: skip


def _choices(s: StyleBuilder) -> None:
    """Check boxes and radio buttons."""
    for widget, shape, mark in (("Checkbutton", "checkbox", "check"), ("Radiobutton", "radio", "radio-dot")):
        border, focus = f"{shape}-border", f"{shape}-focus"
        s.element(
            f"Chat.{shape}",
            s.stack(CHOICE, (shape, "field"), (border, "border")),
            ("disabled selected", s.stack(CHOICE, (shape, "divider"), (mark, "muted"))),
            ("disabled", s.stack(CHOICE, (shape, "pane"), (border, "divider"))),
            ("focus selected", s.stack(CHOICE, (shape, "primary"), (mark, "on_primary"), (focus, "accent"))),
            ("focus", s.stack(CHOICE, (shape, "field"), (focus, "accent"))),
            ("selected", s.stack(CHOICE, (shape, "primary"), (mark, "on_primary"))),
            sticky="w", padding=0, width=s.px(CHOICE) + s.px(10),
        )  # fmt: skip
        indicator = (f"Chat.{shape}", {"side": "left", "sticky": "w"})
        label = (f"{widget}.label", {"side": "left", "sticky": "nswe"})
        s.layout(f"T{widget}", (f"{widget}.padding", {"sticky": "nswe", "children": [indicator, label]}))
        for surface, background in SURFACES.items():
            s.set(
                f"{surface}T{widget}",
                states={"foreground": [("disabled", "muted")]},
                background=background, foreground="text", font="ChatBody", padding=(0, s.px(5)),
            )  # fmt: skip


def _scrollbars(s: StyleBuilder) -> None:
    width, inset = s.px(THUMB), s.px(2)
    radius = width // 2

    def thumb(role: str) -> tk.PhotoImage:
        return s.large_box(THUMB / 2, BoxLayer(s.colour(role), inset=inset))

    s.element(
        "Chat.thumb",
        thumb("thumb"),
        ("disabled", s.large_box(THUMB / 2)),
        ("pressed", thumb("text")),
        ("active", thumb("muted")),
        border=radius, width=width, height=s.px(SHORTEST_THUMB), padding=0, sticky="nswe",
    )  # fmt: skip
    for orient, sticky in (("Vertical", "ns"), ("Horizontal", "ew")):
        inner = ("Chat.thumb", {"expand": True, "sticky": "nswe"})
        trough = (f"{orient}.Scrollbar.trough", {"sticky": sticky, "children": [inner]})
        s.layout(f"{orient}.TScrollbar", trough)
        for surface, background in SURFACES.items():
            s.set(
                f"{surface}{orient}.TScrollbar",
                background=background, troughcolor=background, bordercolor=background, lightcolor=background,
                darkcolor=background, borderwidth=0, gripcount=0,
            )  # fmt: skip


def _trees(s: StyleBuilder) -> None:
    s.layout("Treeview", ("Treeview.treearea", {"sticky": "nswe"}))
    image = ("Treeitem.image", {"side": "left", "sticky": ""})
    text = ("Treeitem.text", {"side": "left", "sticky": ""})
    s.layout("Item", ("Treeitem.padding", {"sticky": "nswe", "children": [image, text]}))
    s.set("Item", padding=(s.px(8), 0))
    for surface, background in SURFACES.items():
        s.set(
            f"{surface}Treeview",
            states={"background": [("selected", "select")], "foreground": [("selected", "text")]},
            background=background, fieldbackground=background, foreground="text", font="ChatBody",
            borderwidth=0, indent=0,
        )  # fmt: skip


def _panes(s: StyleBuilder) -> None:
    s.set("TPanedwindow", background="divider")
    s.set("Sash", background="divider", bordercolor="divider", lightcolor="divider", gripcount=0)
    s.set("Sash", sashthickness=s.px(4))
