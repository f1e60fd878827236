"""ttk styles made from a palette: one ttk theme for each palette, every colour and every state map set.

A style's name is role, surface, widget: `Muted.Sidebar.TLabel`, `Primary.TButton`, `Sidebar.TFrame`.

    surfaces        none (the pane with the messages), Sidebar, Chrome (the header), Field, Select, Hover,
                    Removed (a bar)
    TFrame          the surface; Divider.TFrame is a line when it is one pixel thin
    TLabel          roles: Muted Faint Danger Ok Warn (small), Bold Small Section Header; Badge.TLabel
    TButton         outlined; Primary filled; Pill, AlarmPill filled and round; Quiet without a border; Link
    TCheckbutton
    TEntry          round, a ring in the focus, red in the state "invalid"; also TCombobox, and Box.TFrame
    Treeview        rows at least 28 pixels high
    Vertical.TScrollbar, Horizontal.TScrollbar      a thumb alone
    TPanedwindow
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import Any

from chatapp.gui.theme import icons
from chatapp.gui.theme.palette import Palette

Pixels = Callable[[float], int]
State = tuple[str, tk.PhotoImage]  # "pressed !disabled" and what is drawn then

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
    "Alarm.": ("danger", "ChatHeader"),
}
BUTTONS = {  # role: colour, font, pixels left and right of the label
    "": ("text", "ChatSmall", 10),
    "Primary.": ("on_primary", "ChatBold", 18),
    "Quiet.": ("text", "ChatSmall", 8),
    "Link.": ("link", "ChatSmall", 4),
    "Pill.": ("on_primary", "ChatSmallBold", 14),
    "AlarmPill.": ("on_badge", "ChatSmallBold", 14),
}
RADIUS, ROUND = 5, 14  # of buttons and fields, of pills; in pixels at 96 dpi
PULL = (120, 40)  # width and height of a box's middle, in pixels at 96 dpi
ROW = 28  # least height of what is clicked, in pixels at 96 dpi


class Styles:
    """The ttk theme of one palette.

    Takes   px: pixels of this display from pixels at 96 dpi
    """

    def __init__(self, root: tk.Misc, palette: Palette, px: Pixels) -> None:
        self._root = root
        self._palette = palette
        self._style = ttk.Style(root)
        self._images: list[tk.PhotoImage] = []  # Tk forgets an image that Python forgets
        self.px = px
        self._style.theme_create(f"chat-{palette.name}", parent="clam")
        self.use()
        for make in (_everything, _labels, _buttons, _fields, _checks, _scrollbars, _trees, _panes):
            make(self)

    def use(self) -> None:
        """Make this the theme of all widgets."""
        self._style.theme_use(f"chat-{self._palette.name}")

    def fit(self, linespace: Callable[[str], int]) -> None:
        """Make rows and buttons as high as the fonts want, and no lower than a finger does.

        Takes   linespace: pixels from line to line of a named font
        """
        self._style.configure("Treeview", rowheight=max(self.px(ROW), linespace("ChatBody") + self.px(8)))
        for role, (_, font, across) in BUTTONS.items():
            down = max(self.px(4), (self.px(ROW) - linespace(font) + 1) // 2)
            for surface in SURFACES:
                self._style.configure(f"{role}{surface}TButton", padding=(self.px(across), down))

    def set(self, name: str, states: dict[str, list[tuple[str, str]]] | None = None, **options: Any) -> None:
        """Configure a style; its state maps are `states` and nothing else. Colours are given as roles."""
        colours = {key: self.colour(value) if _is_colour(key) else value for key, value in options.items()}
        self._style.configure(name, **colours)
        states = {key: [] for key in options if _is_colour(key)} | (states or {})
        maps: dict[str, Any] = {
            key: [(state, self.colour(role)) for state, role in rows] for key, rows in states.items()
        }
        self._style.map(name, **maps)

    def layout(self, name: str, *elements: Any) -> None:
        self._style.layout(name, list(elements))

    def element(self, name: str, image: tk.PhotoImage, *states: State, **options: Any) -> None:
        self._style.element_create(name, "image", image, *states, **options)

    def stretched(self, name: str, image: tk.PhotoImage, *states: State, radius: float = RADIUS) -> None:
        """An element whose image is a round box, stretched in the middle."""
        corner = self.px(radius) + 1
        self.element(
            name, image, *states, border=corner, width=2 * corner, height=2 * corner, padding=0, sticky="nswe"
        )

    def round(
        self, fill: str = "", border: str = "", width: float = 1, ring: str = "", radius: float = RADIUS
    ) -> tk.PhotoImage:
        """A round box as of `icons.nine`, its colours as roles."""
        fill, border, ring = (self.colour(role) if role else "" for role in (fill, border, ring))
        box = self.image(icons.nine(self.px(radius), fill, border, self.px(width), ring))
        return self.pulled(box, self.px(radius) + 1)

    def pulled(self, box: tk.PhotoImage, corner: int) -> tk.PhotoImage:
        """The box with a larger middle: Tk fills a widget with middles, and each is slow to draw."""
        size = box.width()
        width, height = size + self.px(PULL[0]), size + self.px(PULL[1])
        big = tk.PhotoImage(master=self._root, width=width, height=height)
        self._images.append(big)
        columns, rows = (
            (
                (0, corner, 0, corner),
                (corner, size - corner, corner, end - corner),
                (size - corner, size, end - corner, end),
            )
            for end in (width, height)
        )
        for left, right, x, x_end in columns:
            for top, bottom, y, y_end in rows:
                big.tk.call(big, "copy", box, "-from", left, top, right, bottom, "-to", x, y, x_end, y_end)
        return big

    def image(self, data: bytes) -> tk.PhotoImage:
        image = tk.PhotoImage(master=self._root, data=data, format="png")
        self._images.append(image)
        return image

    def colour(self, role: str) -> str:
        return self._palette.role(role)


def _is_colour(option: str) -> bool:
    return option.endswith(("ground", "color"))


def _everything(s: Styles) -> None:
    s.set(
        ".",
        states={"foreground": [("disabled", "muted")]},
        background="pane", foreground="text", fieldbackground="field", insertcolor="text",
        focuscolor="accent", selectbackground="select", selectforeground="text", bordercolor="divider",
        lightcolor="pane", darkcolor="pane", troughcolor="pane", arrowcolor="muted", indicatorcolor="field",
        font="ChatBody", insertwidth=max(1, s.px(1.5)),
    )  # fmt: skip


def _labels(s: Styles) -> None:
    for surface, behind in SURFACES.items():
        s.set(f"{surface}TFrame", background=behind, borderwidth=0)
        for role, (colour, font) in LABELS.items():
            s.set(f"{role}{surface}TLabel", background=behind, foreground=colour, font=font)
    s.set("Divider.TFrame", background="divider")
    s.set(
        "Badge.TLabel",
        background="badge", foreground="on_badge", font="ChatSmallBold", padding=(s.px(6), s.px(1)),
    )  # fmt: skip


def _buttons(s: Styles) -> None:
    s.stretched(
        "Chat.button",
        s.round(border="border"),
        ("disabled", s.round(border="divider")),
        ("pressed", s.round("select", "border")),
        ("focus", s.round(border="accent", width=2)),
        ("active", s.round("hover", "border")),
    )
    s.stretched(
        "ChatPrimary.button",
        s.round("primary"),
        ("disabled", s.round("hover", "divider")),
        ("pressed", s.round("primary", "text", 2)),
        ("focus", s.round("primary", "accent", 2, ring="on_primary")),
        ("active", s.round("primary_hover")),
    )
    s.stretched(
        "ChatQuiet.button",
        s.round(),
        ("pressed", s.round("select")),
        ("focus", s.round(border="accent", width=2)),
        ("active !disabled", s.round("hover")),
    )
    s.stretched(
        "ChatPill.button",
        s.round("primary", radius=ROUND),
        ("focus", s.round("primary", "accent", 2, ring="on_primary", radius=ROUND)),
        ("active", s.round("primary_hover", radius=ROUND)),
        radius=ROUND,
    )
    s.stretched("ChatAlarmPill.button", s.round("badge", radius=ROUND), radius=ROUND)
    elements = {
        "": "Chat.button", "Primary.": "ChatPrimary.button",
        "Pill.": "ChatPill.button", "AlarmPill.": "ChatAlarmPill.button",
    }  # fmt: skip
    for role, (colour, font, _) in BUTTONS.items():
        label = ("Button.label", {"sticky": "nswe"})
        padding = ("Button.padding", {"sticky": "nswe", "children": [label]})
        for surface, behind in SURFACES.items():
            name = f"{role}{surface}TButton"
            element = elements.get(role, "ChatQuiet.button")
            s.layout(name, (element, {"sticky": "nswe", "children": [padding]}))
            s.set(
                name,
                states={"foreground": [("disabled", "muted")]},
                background=behind, foreground=colour, font=font, anchor="center",
            )  # fmt: skip


def _fields(s: Styles) -> None:
    s.stretched(
        "Chat.field",
        s.round("field", "border"),
        ("disabled", s.round("pane", "divider")),
        ("invalid", s.round("field", "danger", 2)),
        ("focus", s.round("field", "accent", 2)),
    )
    s.layout("Box.TFrame", ("Chat.field", {"sticky": "nswe"}))  # a field around a Text, which has no style
    s.set("Box.TFrame", background="pane")
    s.element("Chat.arrow", s.image(icons.icon("chevron-down", s.colour("muted"), s.px(16))), sticky="")
    arrow = ("Chat.arrow", {"side": "right", "sticky": "ns"})
    for widget, extra in (("Entry", []), ("Combobox", [arrow])):
        area = (f"{widget}.textarea", {"sticky": "nswe"})
        padding = (f"{widget}.padding", {"sticky": "nswe", "children": [*extra, area]})
        s.layout(f"T{widget}", ("Chat.field", {"sticky": "nswe", "children": [padding]}))
        for surface, behind in SURFACES.items():
            s.set(
                f"{surface}T{widget}",
                states={"foreground": [("disabled", "muted")], "fieldbackground": [("disabled", "pane")]},
                background=behind, foreground="text", fieldbackground="field", insertcolor="text",
                selectbackground="select", selectforeground="text", padding=(s.px(8), s.px(6)),
            )  # fmt: skip


def _checks(s: Styles) -> None:
    side = s.px(16)
    frame, sign = icons.box(0, 0, 16, 16, 3.5), icons.ICONS["check"]

    def drawn(fill: str, edge: str, thick: float, mark: str = "") -> tk.PhotoImage:
        layers = [(frame, s.colour(fill)), (icons.rim(frame, thick), s.colour(edge))]
        if mark:
            layers.append((sign, s.colour(mark)))
        return s.image(icons.paint(side, side, *icons.sized(side, layers)))

    s.element(
        "Chat.check",
        drawn("field", "border", 1.2),
        ("disabled selected", drawn("divider", "divider", 1, "muted")),
        ("disabled", drawn("pane", "divider", 1.2)),
        ("focus selected", drawn("primary", "accent", 2, "on_primary")),
        ("focus", drawn("field", "accent", 2)),
        ("selected", drawn("primary", "primary", 1, "on_primary")),
        sticky="w", padding=0, width=side + s.px(8),
    )  # fmt: skip
    box = ("Chat.check", {"side": "left", "sticky": "w"})
    label = ("Checkbutton.label", {"side": "left", "sticky": "nswe"})
    s.layout("TCheckbutton", ("Checkbutton.padding", {"sticky": "nswe", "children": [box, label]}))
    for surface, behind in SURFACES.items():
        s.set(
            f"{surface}TCheckbutton",
            states={"foreground": [("disabled", "muted")]},
            background=behind, foreground="text", font="ChatBody", padding=(0, s.px(5)),
        )  # fmt: skip


def _scrollbars(s: Styles) -> None:
    radius = s.px(5)
    size = icons.nine_size(radius)
    thumb = icons.box(s.px(2), s.px(2), size - s.px(2), size - s.px(2), radius - s.px(2))

    def drawn(role: str) -> tk.PhotoImage:
        return s.pulled(s.image(icons.paint(size, size, (thumb, s.colour(role)))), radius)

    s.element(
        "Chat.thumb",
        drawn("divider"),
        ("disabled", s.image(icons.paint(size, size))),
        ("pressed", drawn("muted")),
        ("active", drawn("border")),
        border=radius, width=size, height=size, padding=0, sticky="nswe",
    )  # fmt: skip
    for way, sticky in (("Vertical", "ns"), ("Horizontal", "ew")):
        inner = ("Chat.thumb", {"expand": True, "sticky": "nswe"})
        trough = (f"{way}.Scrollbar.trough", {"sticky": sticky, "children": [inner]})
        s.layout(f"{way}.TScrollbar", trough)
        for surface, behind in SURFACES.items():
            s.set(
                f"{surface}{way}.TScrollbar",
                background=behind, troughcolor=behind, bordercolor=behind, lightcolor=behind,
                darkcolor=behind, borderwidth=0, gripcount=0,
            )  # fmt: skip


def _trees(s: Styles) -> None:
    s.layout("Treeview", ("Treeview.treearea", {"sticky": "nswe"}))
    image = ("Treeitem.image", {"side": "left", "sticky": ""})
    text = ("Treeitem.text", {"side": "left", "sticky": ""})
    s.layout("Item", ("Treeitem.padding", {"sticky": "nswe", "children": [image, text]}))
    s.set("Item", padding=(s.px(8), 0))
    for surface, behind in SURFACES.items():
        s.set(
            f"{surface}Treeview",
            states={"background": [("selected", "select")], "foreground": [("selected", "text")]},
            background=behind, fieldbackground=behind, foreground="text", font="ChatBody",
            borderwidth=0, indent=0,
        )  # fmt: skip


def _panes(s: Styles) -> None:
    s.set("TPanedwindow", background="divider")
    s.set("Sash", background="divider", bordercolor="divider", lightcolor="divider", gripcount=0)
    s.set("Sash", sashthickness=s.px(4))
