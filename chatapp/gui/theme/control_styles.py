"""The ttk styles of controls: buttons, fields, check boxes, radio buttons, switches, scrollbars."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any

from chatapp.gui.theme.palette import readable_role
from chatapp.gui.theme.pictures import BoxLayer
from chatapp.gui.theme.style_builder import RADIUS, StyleBuilder
from chatapp.gui.theme.style_tables import BUTTONS, SURFACES

PILL_RADIUS = 14  # corner of pills, in pixels at 96 dpi
CHOICE, ARROW = 18, 16  # side of check boxes and radio buttons; of the arrow of lists
THUMB = 12  # width of scrollbars, with two pixels free at each side
SHORTEST_THUMB = 28


def buttons(s: StyleBuilder) -> None:
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
                justify="center",
            )  # fmt: skip


def icon_buttons(s: StyleBuilder) -> None:
    """Buttons whose image has the size of the whole button."""
    label = ("Button.label", {"sticky": "nswe"})
    for surface, background in SURFACES.items():
        element = "ChatQuietRaised.button" if surface == "Raised." else "ChatQuiet.button"
        s.layout(f"Icon.{surface}TButton", (element, {"sticky": "nswe", "children": [label]}))
        s.set(f"Icon.{surface}TButton", background=background, foreground="text", anchor="center")
        s.layout(f"SoftIcon.{surface}TButton", ("ChatSoft.button", {"sticky": "nswe", "children": [label]}))
        s.set(f"SoftIcon.{surface}TButton", background=background, foreground="text", anchor="center")


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


def fields(s: StyleBuilder) -> None:
    s.stretched(
        "Chat.field",
        s.rounded_box("field", "border"),
        ("disabled", s.rounded_box("pane", "divider")),
        ("invalid", s.rounded_box("field", "danger", 2)),
        ("focus", s.rounded_box("field", "accent", 2)),
    )
    for surface, background in SURFACES.items():  # frames that look like a field
        s.layout(f"Box.{surface}TFrame", ("Chat.field", {"sticky": "nswe"}))
        s.set(f"Box.{surface}TFrame", background=background)
    _field_layout(s, "Entry")
    for widget in ("Entry", "Combobox"):
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


def choices(s: StyleBuilder) -> None:
    """Check boxes and radio buttons."""
    for widget in ("Checkbutton", "Radiobutton"):
        for surface, background in SURFACES.items():
            s.set(
                f"{surface}T{widget}",
                states={"foreground": [("disabled", "muted")]},
                background=background, foreground="text", font="ChatBody", padding=(0, s.px(5)),
            )  # fmt: skip


def marks(s: StyleBuilder, grown: Callable[[float], float]) -> None:
    """The marks of check boxes, radio buttons and lists, and switches: as large as the text, each size once.

    Args:
        grown: Returns a size at the default size of text as it is at this one.
    """
    size = round(grown(CHOICE))
    arrow = f"Chat.arrow{size}"
    if not s.has_element(arrow):
        s.element(arrow, s.icon("chevron-down", "muted", round(grown(ARROW))), sticky="")
        _choice_marks(s, size)
        _switch(s, f"Chat.switch{size}", grown(1))
    _field_layout(s, "Combobox", (arrow, {"side": "right", "sticky": "ns"}))
    for widget, shape in (("Checkbutton", "checkbox"), ("Radiobutton", "radio")):
        indicator = (f"Chat.{shape}{size}", {"side": "left", "sticky": "w"})
        label = (f"{widget}.label", {"side": "left", "sticky": "nswe"})
        s.layout(f"T{widget}", (f"{widget}.padding", {"sticky": "nswe", "children": [indicator, label]}))
    indicator = (f"Chat.switch{size}", {"side": "left", "sticky": "w"})
    label = ("Checkbutton.label", {"side": "left", "sticky": "nswe"})
    for surface in SURFACES:
        name = f"Switch.{surface}TCheckbutton"
        s.layout(name, ("Checkbutton.padding", {"sticky": "nswe", "children": [indicator, label]}))


def _field_layout(s: StyleBuilder, widget: str, *extra: Any) -> None:
    area = (f"{widget}.textarea", {"sticky": "nswe"})
    padding = (f"{widget}.padding", {"sticky": "nswe", "children": [*extra, area]})
    s.layout(f"T{widget}", ("Chat.field", {"sticky": "nswe", "children": [padding]}))


def _choice_marks(s: StyleBuilder, size: int) -> None:
    for shape, mark in (("checkbox", "check"), ("radio", "radio-dot")):
        border, focus = f"{shape}-border", f"{shape}-focus"
        s.element(
            f"Chat.{shape}{size}",
            s.stack(size, (shape, "field"), (border, "border")),
            ("disabled selected", s.stack(size, (shape, "divider"), (mark, "muted"))),
            ("disabled", s.stack(size, (shape, "pane"), (border, "divider"))),
            ("focus selected", s.stack(size, (shape, "primary"), (mark, "on_primary"), (focus, "accent"))),
            ("focus", s.stack(size, (shape, "field"), (focus, "accent"))),
            ("selected", s.stack(size, (shape, "primary"), (mark, "on_primary"))),
            sticky="w", padding=0, width=s.px(size) + s.px(10),
        )  # fmt: skip


def switches(s: StyleBuilder) -> None:
    """Switches; `marks` gives them their size."""
    for surface, background in SURFACES.items():
        s.set(
            f"Switch.{surface}TCheckbutton",
            states={"foreground": [("disabled", "muted")]},
            background=background, foreground="text", font="ChatBody", padding=(0, s.px(2)),
        )  # fmt: skip


def _switch(s: StyleBuilder, name: str, growth: float) -> None:
    """Make a switch, with three pixels around it for the focus ring.

    Args:
        growth: How many times as large as usual it is.
    """
    on, off = ("primary", "", "on_primary", 16), ("field", "border", "border", 14)

    def switch(look: tuple[str, str, str, int], is_on: bool, ring: str = "") -> tk.PhotoImage:
        fill, border, knob, size = look
        return s.switch_image(fill, border, knob, size, is_on, ring, growth)

    s.element(
        name,
        switch(off, False),
        ("disabled selected", switch(("divider", "", "muted", 16), True)),
        ("disabled", switch(("pane", "divider", "divider", 14), False)),
        ("focus selected", switch(on, True, "accent")),
        ("focus", switch(off, False, "accent")),
        ("selected", switch(on, True)),
        sticky="w", padding=0,
    )  # fmt: skip


def segments(s: StyleBuilder) -> None:
    """Choices side by side in one box."""
    s.stretched(
        "Chat.segment",
        s.rounded_box(),
        ("focus selected", s.rounded_box("select", "accent", 2)),
        ("focus", s.rounded_box(border="accent", width=2)),
        ("selected", s.rounded_box("select", "accent")),
        ("active !disabled", s.rounded_box("hover")),
    )
    label = ("Radiobutton.label", {"sticky": "nswe"})
    padding = ("Radiobutton.padding", {"sticky": "nswe", "children": [label]})
    s.layout("Segment.TRadiobutton", ("Chat.segment", {"sticky": "nswe", "children": [padding]}))
    s.set(
        "Segment.TRadiobutton",
        states={"foreground": [("disabled", "muted")], "font": [("selected", "ChatBold")]},
        background="field", foreground="text", font="ChatBody", anchor="center", padding=(s.px(8), s.px(5)),
    )  # fmt: skip


def scrollbars(s: StyleBuilder) -> None:
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
