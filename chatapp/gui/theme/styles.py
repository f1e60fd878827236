"""ttk styles of a palette: one ttk theme for each palette, with every colour and every state map set.

The name of a style is role, surface, widget: `Muted.Sidebar.TLabel`, `Primary.TButton`, `Sidebar.TFrame`.

    surfaces        none (message pane) and those of `style_tables.SURFACES`: Sidebar, Chrome (header), …
    TFrame          the surface; Divider.TFrame is a line when it is one pixel thin; Card.TFrame has an edge,
                    Outline.TFrame a weak one;
                    Bar.Notice.TFrame and the like are round boxes in the colour of a surface;
                    Composer.TFrame and ReplyBar.TFrame, the boxes of the composer
    TLabel          roles of `style_tables.LABELS`; Badge.TLabel; Key.TLabel, the name of a key in a box
    TButton         outlined; Primary and DangerFill filled, DangerLine red; Soft on the colour of chips;
                    Pill, BadgePill filled and round; Quiet without a border; Link; low ones begin with Small;
                    Icon only an icon; RoundIcon the same in a disc
    TCheckbutton, TRadiobutton; Switch.TCheckbutton; Segment.TRadiobutton, one of several side by side
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

from chatapp.gui.theme import composer_styles, control_styles
from chatapp.gui.theme.palette import Palette, readable_role
from chatapp.gui.theme.pictures import Pictures
from chatapp.gui.theme.style_builder import Pixels, StyleBuilder
from chatapp.gui.theme.style_tables import BARS, BUTTONS, LABELS, SURFACES

CARD_RADIUS = 8
KEY_RADIUS = 4
ROW = 28  # minimum height of the rows of trees, in pixels at 96 dpi
FIELD = 32  # minimum height of fields


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
        with self._builder.together():
            for build in (
                *(
                    _defaults,
                    _labels,
                    _boxes,
                    control_styles.buttons,
                    control_styles.icon_buttons,
                    control_styles.fields,
                    control_styles.choices,
                    control_styles.switches,
                    control_styles.segments,
                ),
                *(control_styles.scrollbars, composer_styles.composer, _trees, _panes),
            ):
                build(self._builder)

    def use(self) -> None:
        """Make this the theme of all widgets."""
        self._style.theme_use(self._name)

    def fit_to_fonts(self, linespace: Callable[[str], int], grown: Callable[[float], float]) -> None:
        """Make rows, buttons and marks as large as the fonts need, but not smaller than they are designed.

        Args:
            linespace: Returns the line height of a named font in pixels.
            grown: Returns a size at the default size of text as it is at this one.
        """
        px, builder = self._px, self._builder
        control_styles.marks(builder, grown)
        with builder.together():
            builder.change("Treeview", rowheight=max(px(ROW), linespace("ChatBody") + px(8)))
            for role, look in BUTTONS.items():
                vertical = max(px(4), (px(look.height) - linespace(look.font) + 1) // 2)
                for surface in SURFACES:
                    builder.change(f"{role}{surface}TButton", padding=(px(look.padding), vertical))
            field = max(px(5), (px(FIELD) - linespace("ChatBody") + 1) // 2)
            for surface in SURFACES:
                for widget in ("TEntry", "TCombobox"):
                    builder.change(f"{surface}{widget}", padding=(px(8), field))


def _defaults(s: StyleBuilder) -> None:
    s.set(
        ".",
        states={"foreground": [("disabled", "muted")]},
        background="pane", foreground="text", fieldbackground="field", insertcolor="text",
        focuscolor="accent", selectbackground="select", selectforeground="text", bordercolor="divider",
        lightcolor="pane", darkcolor="pane", troughcolor="pane", arrowcolor="muted", indicatorcolor="field",
        font="ChatBody", insertwidth=max(1, s.px(1.5)), space=s.px(4),
    )  # fmt: skip


def _labels(s: StyleBuilder) -> None:
    for surface, background in SURFACES.items():
        s.set(f"{surface}TFrame", background=background, borderwidth=0)
        for role, (colour, font) in LABELS.items():
            readable = readable_role(colour, background)
            s.set(f"{role}{surface}TLabel", background=background, foreground=readable, font=font)
    s.set("Divider.TFrame", background="divider")
    s.set(
        "Badge.TLabel",
        background="badge", foreground="on_badge", font="ChatSmallBold", padding=(s.px(6), s.px(1)),
    )  # fmt: skip


def _boxes(s: StyleBuilder) -> None:
    """Frames and labels with round corners."""
    s.stretched("Chat.card", s.rounded_box(border="edge", radius=CARD_RADIUS), radius=CARD_RADIUS)
    for surface, background in SURFACES.items():
        s.layout(f"Card.{surface}TFrame", ("Chat.card", {"sticky": "nswe"}))
        s.set(f"Card.{surface}TFrame", background=background)
    s.stretched("Chat.outline", s.rounded_box(border="divider", radius=CARD_RADIUS), radius=CARD_RADIUS)
    for surface, background in (("", "pane"), ("Notice.", "notice")):
        s.layout(f"Outline.{surface}TFrame", ("Chat.outline", {"sticky": "nswe"}))
        s.set(f"Outline.{surface}TFrame", background=background)
    for name, (fill, border) in BARS.items():
        s.stretched(f"ChatBar.{fill}", s.rounded_box(fill, border, radius=CARD_RADIUS), radius=CARD_RADIUS)
        s.layout(f"Bar.{name}TFrame", (f"ChatBar.{fill}", {"sticky": "nswe"}))
        s.set(f"Bar.{name}TFrame", background="pane")
    s.stretched("Chat.key", s.rounded_box(border="divider", radius=KEY_RADIUS), radius=KEY_RADIUS)
    label = ("Label.padding", {"children": [("Label.label", {"sticky": "nswe"})]})
    for surface, background in SURFACES.items():
        s.layout(f"Key.{surface}TLabel", ("Chat.key", {"sticky": "nswe", "children": [label]}))
        s.set(
            f"Key.{surface}TLabel",
            background=background, foreground="muted", font="ChatTiny", padding=(s.px(6), s.px(2)),
        )  # fmt: skip
    s.set("Tip.TLabel", background="text", foreground="pane", font="ChatSmall")
    s.set("TipBold.TLabel", background="text", foreground="pane", font="ChatSmallBold")


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
