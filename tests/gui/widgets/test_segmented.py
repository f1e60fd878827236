"""A choice between words side by side."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.segmented import SegmentedControl
from tests.gui.base import WindowTest


class SegmentedControlTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.changes: list[str] = []
        choices = {"all": "Everything", "mentions": "Mentions", "none": "Nothing"}
        self.control = SegmentedControl(self.root, self.theme, choices, self.changes.append)
        self.control.pack(fill="x")
        self.settle()

    def test_a_click_chooses_and_a_second_one_reports_nothing(self) -> None:
        for _ in range(2):
            self.press(self.control.segments["none"], "<Enter>", "<Button-1>", "<ButtonRelease-1>")
        self.assertEqual((self.control.chosen, self.changes), ("none", ["none"]))

    def test_arrows_move_around_the_ends_and_the_focus_follows(self) -> None:
        self.focus(self.control.segments["all"])
        for key in ("<Right>", "<Right>", "<Right>", "<Left>"):
            self.press(self.control.segments[self.control.chosen], key)
        self.assertEqual(self.changes, ["mentions", "none", "all", "none"])
        self.assertIs(self.root.focus_get(), self.control.segments["none"])

    def test_tab_reaches_only_the_chosen_segment(self) -> None:
        self.control.show("mentions")
        reached = [key for key, each in self.control.segments.items() if str(each.cget("takefocus")) == "1"]
        self.assertEqual(reached, ["mentions"])
        self.assertEqual(self.changes, [])

    def test_segments_are_equally_wide_and_nothing_moves_when_another_is_chosen(self) -> None:
        before = [each.winfo_width() for each in self.control.segments.values()]
        self.control.show("none")
        self.settle()
        self.assertEqual([each.winfo_width() for each in self.control.segments.values()], before)
        self.assertLessEqual(max(before) - min(before), 1)

    def test_nothing_can_be_chosen_while_disabled(self) -> None:
        self.control.set_disabled(True)
        self.press(self.control.segments["none"], "<Enter>", "<Button-1>", "<ButtonRelease-1>")
        self.press(self.control.segments["all"], "<Right>")
        self.assertEqual(self.changes, [])

    def test_without_room_side_by_side_the_segments_are_below_one_another(self) -> None:
        segments = list(self.control.segments.values())
        for width, is_column in ((500, False), (200, True), (500, False)):
            self.size(width, 300)
            self.settle()
            with self.subTest(width=width):
                tops = [each.winfo_y() for each in segments]
                self.assertEqual(len(set(tops)), 3 if is_column else 1)
                for each in segments:
                    self.assertGreaterEqual(each.winfo_width(), each.winfo_reqwidth())
                    self.assertLessEqual(each.winfo_x() + each.winfo_width(), self.control.winfo_width())

    def test_a_parent_that_follows_the_request_comes_to_rest(self) -> None:
        frame = ttk.Frame(self.root)
        ttk.Frame(frame, width=self.control.winfo_reqwidth() - 30, height=10).pack()
        control = SegmentedControl(frame, self.theme, {"a": "Everything", "b": "Mentions", "c": "Nothing"})
        control.pack(fill="x")
        frame.pack()
        changes: list[int] = []
        control.bind("<Configure>", lambda event: changes.append(event.width), add=True)
        self.settle()
        self.assertLess(len(changes), 10)
        self.assertEqual(control.winfo_width(), control.winfo_reqwidth())

    def test_with_less_room_each_segment_has_the_width_of_its_own_label(self) -> None:
        segments = self.control.segments
        measure = self.theme.fonts["ChatBold"].measure
        self.size(sum(measure(str(each.cget("text"))) + self.theme.px(26) for each in segments.values()), 300)
        self.settle()
        self.assertEqual(len({each.winfo_y() for each in segments.values()}), 1)
        self.assertLess(segments["none"].winfo_width(), segments["all"].winfo_width())
        for each in segments.values():
            self.assertGreaterEqual(each.winfo_width(), each.winfo_reqwidth())
