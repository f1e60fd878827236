"""The ttk styles of every palette."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.theme.palette import PALETTES, contrast
from chatapp.gui.theme.style_tables import LABELS, SURFACES
from tests.gui.base import WindowTest
from tests.gui.theme.test_palette import roles

STYLES = (
    *("TFrame", "TLabel", "TButton", "TEntry", "TCombobox", "TCheckbutton", "Treeview"),
    *("Vertical.TScrollbar", "Horizontal.TScrollbar", "Sidebar.Vertical.TScrollbar"),
    *("Sidebar.TFrame", "Muted.Sidebar.TLabel", "Primary.TButton", "Quiet.Chrome.TButton"),
)
STATES = (
    *("active", "disabled", "pressed", "focus", "selected"),
    *("background", "invalid", "readonly", "alternate"),
)
COLOURS = (
    *("background", "foreground", "fieldbackground", "selectbackground", "selectforeground", "insertcolor"),
    *("troughcolor", "bordercolor", "lightcolor", "darkcolor", "arrowcolor"),
)


class StylesTest(WindowTest):
    def test_no_state_of_a_style_shows_a_colour_outside_of_the_palette(self) -> None:
        """An idle scrollbar of clam turns light in a dark window if its state map is not replaced."""
        style = ttk.Style(self.root)
        for name, palette in PALETTES.items():
            self.theme.use(name)
            own = {palette.role(role) for role in roles()}
            for widget in STYLES:
                for option in COLOURS:
                    for state in ((), *((state,) for state in STATES)):
                        with self.subTest(theme=name, style=widget, option=option, state=state):
                            self.assertIn(style.lookup(widget, option, state), own)

    def test_every_label_is_readable(self) -> None:
        style = ttk.Style(self.root)
        for name in PALETTES:
            self.theme.use(name)
            for label in ("Muted.Sidebar.TLabel", "Danger.TLabel", "Ok.Sidebar.TLabel", "Badge.TLabel"):
                text, behind = style.lookup(label, "foreground"), style.lookup(label, "background")
                self.assertGreaterEqual(contrast(text, behind), 4.5)

    def test_text_on_every_surface_is_readable(self) -> None:
        style = ttk.Style(self.root)
        for name in PALETTES:
            self.theme.use(name)
            for surface in SURFACES:
                for label in [f"{role}{surface}TLabel" for role in LABELS] + [f"Link.{surface}TButton"]:
                    with self.subTest(theme=name, style=label):
                        text, behind = style.lookup(label, "foreground"), style.lookup(label, "background")
                        self.assertGreaterEqual(contrast(text, behind), 4.5)

    def test_controls_are_at_least_28_pixels_high(self) -> None:
        widgets = [
            ttk.Button(self.root, text="Join"),
            ttk.Button(self.root, text="Send", style="Primary.TButton"),
            ttk.Entry(self.root),
            ttk.Combobox(self.root),
        ]
        for widget in widgets:
            widget.pack()
        self.settle()
        for widget in widgets:
            with self.subTest(widget=widget.winfo_class()):
                self.assertGreaterEqual(widget.winfo_reqheight(), self.theme.px(28))
