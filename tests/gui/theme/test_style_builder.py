"""Styles and elements in the colours of a palette."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.theme.palette import DARK
from chatapp.gui.theme.pictures import Pictures
from chatapp.gui.theme.style_builder import STRETCH, StyleBuilder
from tests.gui.base import WindowTest


class StyleBuilderTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.style = ttk.Style(self.root)
        self.builder = StyleBuilder(self.root, DARK, self.theme.px, Pictures(self.root))

    def test_roles_become_colours_and_other_options_stay(self) -> None:
        self.builder.set("Test.TLabel", foreground="muted", background="pane", font="ChatBold")
        found = [str(self.style.lookup("Test.TLabel", name)) for name in ("foreground", "background", "font")]
        self.assertEqual(found, [DARK.muted, DARK.pane, "ChatBold"])

    def test_state_maps_are_replaced(self) -> None:
        self.builder.set("Test.TLabel", {"foreground": [("disabled", "faint")]}, foreground="text")
        self.assertEqual(self.style.lookup("Test.TLabel", "foreground", ["disabled"]), DARK.faint)
        self.builder.set("Test.TLabel", foreground="text")
        self.assertEqual(self.style.lookup("Test.TLabel", "foreground", ["disabled"]), DARK.text)

    def test_a_size_can_be_changed_and_everything_else_stays(self) -> None:
        self.builder.set("Test.TLabel", {"foreground": [("disabled", "faint")]}, font="ChatBold", padding=0)
        self.builder.change("Test.TLabel", padding=(3, 4))
        self.assertEqual([str(each) for each in self.style.lookup("Test.TLabel", "padding")], ["3", "4"])
        self.assertEqual(str(self.style.lookup("Test.TLabel", "font")), "ChatBold")
        self.assertEqual(self.style.lookup("Test.TLabel", "foreground", ["disabled"]), DARK.faint)

    def test_several_styles_are_set_together(self) -> None:
        with self.builder.together():
            self.builder.set("One.TLabel", foreground="muted")
            self.builder.set("Two.TLabel", foreground="faint")
            self.assertNotEqual(self.style.lookup("One.TLabel", "foreground"), DARK.muted)
        found = [str(self.style.lookup(f"{name}.TLabel", "foreground")) for name in ("One", "Two")]
        self.assertEqual(found, [DARK.muted, DARK.faint])

    def test_an_enlarged_box_keeps_its_corners_and_repeats_its_middle(self) -> None:
        big = self.builder.rounded_box("primary", "border")
        px = self.theme.px
        self.assertGreater(big.width(), px(STRETCH[0]))
        self.assertGreater(big.height(), px(STRETCH[1]))
        self.assertTrue(big.transparency_get(0, 0))
        middle = big.get(big.width() // 2, big.height() // 2)
        self.assertEqual("#" + "".join(f"{part:02x}" for part in middle), DARK.primary)
        self.assertEqual(middle, big.get(big.width() // 3, big.height() // 3))

    def test_a_box_can_have_round_corners_only_at_its_top(self) -> None:
        self.builder.round_top("Test.top", "chip", 6)
        image = self.builder._images[-1]
        self.assertTrue(image.transparency_get(0, 0))
        self.assertFalse(image.transparency_get(0, image.height() - 1))
        self.assertIn("Test.top", self.style.element_names())

    def test_an_element_made_of_a_box_can_be_used_in_a_layout(self) -> None:
        self.builder.stretched("Test.box", self.builder.rounded_box("field", "border"))
        self.builder.layout("Test.TFrame", ("Test.box", {"sticky": "nswe"}))
        self.assertEqual(self.style.layout("Test.TFrame"), [("Test.box", {"sticky": "nswe"})])
        frame = ttk.Frame(self.root, style="Test.TFrame", width=50, height=30)
        frame.pack()
        self.settle()
        self.assertEqual(frame.winfo_width(), 50)
