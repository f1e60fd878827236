"""ttk styles of a palette: one ttk theme for each palette, with every colour and every state map set.

The name of a style is role, surface, widget: `Muted.Sidebar.TLabel`, `Primary.TButton`, `Sidebar.TFrame`.

    surfaces        none (message pane), Sidebar, Chrome (header), Field, Select, Hover, Removed (a bar)
    TFrame          the surface; Divider.TFrame is a line when it is one pixel thin
    TLabel          roles: Muted Faint Danger Ok Warn (small), Bold Small Section Header DangerHeader;
                    Badge.TLabel
    TButton         outlined; Primary filled; Pill, BadgePill filled and round; Quiet without a border; Link
    TCheckbutton
    TEntry          round, with a focus ring, red in the state "invalid"; also TCombobox, and Box.TFrame
    Treeview        rows at least 28 pixels high
    Vertical.TScrollbar, Horizontal.TScrollbar      only a thumb, no arrows
    TPanedwindow
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme import icons
from chatapp.gui.theme.icon_shapes import ICONS
from chatapp.gui.theme.palette import Palette
from chatapp.gui.theme.shapes import box, rim
from chatapp.gui.theme.style_builder import Pixels, StyleBuilder

SURFACES = {
    "": "pane",
    "Sidebar.": "sidebar",
    "Chrome.": "chrome",
    "Field.": "field",
    "Select.": "select",
    "Hover.": "hover",
    "Removed.": "dangerbg",
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
    "Section.": ("muted", "ChatSmallBold"),
    "Header.": ("text", "ChatHeader"),
    "DangerHeader.": ("danger", "ChatHeader"),
}
BUTTONS = {  # role: colour, font, padding left and right of the label in pixels at 96 dpi
    "": ("text", "ChatSmall", 10),
    "Primary.": ("on_primary", "ChatBold", 18),
    "Quiet.": ("text", "ChatSmall", 8),
    "Link.": ("link", "ChatSmall", 4),
    "Pill.": ("on_primary", "ChatSmallBold", 14),
    "BadgePill.": ("on_badge", "ChatSmallBold", 14),
}
PILL_RADIUS = 14  # corner of pills, in pixels at 96 dpi
ROW = 28  # minimum height of rows and buttons, in pixels at 96 dpi


class Styles:
    """The ttk theme of one palette.

    Args:
        px: Converts pixels at 96 dpi to pixels of this display.
    """

    def __init__(self, root: tk.Misc, palette: Palette, px: Pixels) -> None:
        self._style = ttk.Style(root)
        self._name = f"chat-{palette.name}"
        self._px = px
        self._style.theme_create(self._name, parent="clam")
        self.use()
        self._builder = StyleBuilder(root, palette, px)  # holds the images
        for build in (_defaults, _labels, _buttons, _fields, _checkbuttons, _scrollbars, _trees, _panes):
            build(self._builder)

    def use(self) -> None:
        """Make this the theme of all widgets."""
        self._style.theme_use(self._name)

    def fit_to_fonts(self, linespace: Callable[[str], int]) -> None:
        """Make rows and buttons as high as the fonts need, but not lower than ROW.

        Args:
            linespace: Returns the line height of a named font in pixels.
        """
        px = self._px
        self._style.configure("Treeview", rowheight=max(px(ROW), linespace("ChatBody") + px(8)))
        for role, (_, font, padding) in BUTTONS.items():
            vertical = max(px(4), (px(ROW) - linespace(font) + 1) // 2)
            for surface in SURFACES:
                self._style.configure(f"{role}{surface}TButton", padding=(px(padding), vertical))


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
            s.set(f"{role}{surface}TLabel", background=background, foreground=colour, font=font)
    s.set("Divider.TFrame", background="divider")
    s.set(
        "Badge.TLabel",
        background="badge", foreground="on_badge", font="ChatSmallBold", padding=(s.px(6), s.px(1)),
    )  # fmt: skip


def _buttons(s: StyleBuilder) -> None:
    s.stretched(
        "Chat.button",
        s.rounded_box(border="border"),
        ("disabled", s.rounded_box(border="divider")),
        ("pressed", s.rounded_box("select", "border")),
        ("focus", s.rounded_box(border="accent", width=2)),
        ("active", s.rounded_box("hover", "border")),
    )
    s.stretched(
        "ChatPrimary.button",
        s.rounded_box("primary"),
        ("disabled", s.rounded_box("hover", "divider")),
        ("pressed", s.rounded_box("primary", "text", 2)),
        ("focus", s.rounded_box("primary", "accent", 2, ring="on_primary")),
        ("active", s.rounded_box("primary_hover")),
    )
    s.stretched(
        "ChatQuiet.button",
        s.rounded_box(),
        ("pressed", s.rounded_box("select")),
        ("focus", s.rounded_box(border="accent", width=2)),
        ("active !disabled", s.rounded_box("hover")),
    )
    s.stretched(
        "ChatPill.button",
        s.rounded_box("primary", radius=PILL_RADIUS),
        ("focus", s.rounded_box("primary", "accent", 2, ring="on_primary", radius=PILL_RADIUS)),
        ("active", s.rounded_box("primary_hover", radius=PILL_RADIUS)),
        radius=PILL_RADIUS,
    )
    s.stretched("ChatBadgePill.button", s.rounded_box("badge", radius=PILL_RADIUS), radius=PILL_RADIUS)
    elements = {
        "": "Chat.button", "Primary.": "ChatPrimary.button",
        "Pill.": "ChatPill.button", "BadgePill.": "ChatBadgePill.button",
    }  # fmt: skip
    for role, (colour, font, _) in BUTTONS.items():
        label = ("Button.label", {"sticky": "nswe"})
        padding = ("Button.padding", {"sticky": "nswe", "children": [label]})
        for surface, background in SURFACES.items():
            name = f"{role}{surface}TButton"
            element = elements.get(role, "ChatQuiet.button")
            s.layout(name, (element, {"sticky": "nswe", "children": [padding]}))
            s.set(
                name,
                states={"foreground": [("disabled", "muted")]},
                background=background, foreground=colour, font=font, anchor="center",
            )  # fmt: skip


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
    arrow_shape = icons.sized(s.px(16), [(ICONS["chevron-down"], s.colour("muted"))])
    s.element("Chat.arrow", s.image(icons.paint(s.px(16), s.px(16), *arrow_shape)), sticky="")
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
                selectbackground="select", selectforeground="text", padding=(s.px(8), s.px(6)),
            )  # fmt: skip


def _checkbuttons(s: StyleBuilder) -> None:
    side = s.px(16)
    frame, check = box(0, 0, 16, 16, 3.5), ICONS["check"]

    def box_image(fill: str, border: str, width: float, mark: str = "") -> tk.PhotoImage:
        layers = [(frame, s.colour(fill)), (rim(frame, width), s.colour(border))]
        if mark:
            layers.append((check, s.colour(mark)))
        return s.image(icons.paint(side, side, *icons.sized(side, layers)))

    s.element(
        "Chat.check",
        box_image("field", "border", 1.2),
        ("disabled selected", box_image("divider", "divider", 1, "muted")),
        ("disabled", box_image("pane", "divider", 1.2)),
        ("focus selected", box_image("primary", "accent", 2, "on_primary")),
        ("focus", box_image("field", "accent", 2)),
        ("selected", box_image("primary", "primary", 1, "on_primary")),
        sticky="w", padding=0, width=side + s.px(8),
    )  # fmt: skip
    indicator = ("Chat.check", {"side": "left", "sticky": "w"})
    label = ("Checkbutton.label", {"side": "left", "sticky": "nswe"})
    s.layout("TCheckbutton", ("Checkbutton.padding", {"sticky": "nswe", "children": [indicator, label]}))
    for surface, background in SURFACES.items():
        s.set(
            f"{surface}TCheckbutton",
            states={"foreground": [("disabled", "muted")]},
            background=background, foreground="text", font="ChatBody", padding=(0, s.px(5)),
        )  # fmt: skip


def _scrollbars(s: StyleBuilder) -> None:
    radius = s.px(5)
    size = icons.nine_patch_size(radius)
    thumb = box(s.px(2), s.px(2), size - s.px(2), size - s.px(2), radius - s.px(2))

    def thumb_image(role: str) -> tk.PhotoImage:
        return s.enlarged(s.image(icons.paint(size, size, (thumb, s.colour(role)))), radius)

    s.element(
        "Chat.thumb",
        thumb_image("divider"),
        ("disabled", s.image(icons.paint(size, size))),
        ("pressed", thumb_image("muted")),
        ("active", thumb_image("border")),
        border=radius, width=size, height=size, padding=0, sticky="nswe",
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
