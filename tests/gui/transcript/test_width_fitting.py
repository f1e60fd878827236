"""What depends on the width is rendered again when the pane has another one."""

from __future__ import annotations

from tests.gui.transcript.block_view_case import BlockViewCase


class WidthFittingTest(BlockViewCase):
    def test_a_quote_is_shortened_to_the_width_of_the_pane_and_again_after_a_resize(self) -> None:
        parent = self.maker.say("ben", "word " * 60, msgid="m1")
        self.maker.conversation.insert([self.maker.entry("message", "ben", "word " * 60, msgid="m1")])
        self.fill(self.maker.say("dee", "yes", reply_to="m1"))
        wide = self.row("word")
        self.assertTrue(wide.endswith("…"))
        self.size(400, 600)
        self.until(lambda: len(self.row("word")) < len(wide))
        self.assertTrue(self.row("word").endswith("…"))
        info = self.view.text.dlineinfo(self.view.text.search("word", "1.0"))
        assert info is not None
        self.assertLess(info[0] + info[2], self.view.text.winfo_width())
        self.assertTrue(parent.text)

    def test_chips_move_to_the_next_line_where_they_do_not_fit(self) -> None:
        reactions = {chr(0x1F600 + n): ["dee"] for n in range(12)}
        self.fill(self.maker.say("ben", "hi", reactions=reactions))
        before = self.view.line_map.lines
        self.size(300, 600)
        self.until(lambda: self.view.line_map.lines > before)
        self.settle()
        for place in self.view.text.tag_ranges("chip")[1::2]:
            box = self.view.text.bbox(f"{place} -1c")
            assert box is not None
            self.assertLess(box[0] + box[2], self.view.text.winfo_width())

    def test_everything_is_fitted_also_what_is_far_away(self) -> None:
        entries = [self.maker.say("ben", str(n), n * 10, reactions={"👍": ["dee"] * n}) for n in range(100)]
        reactions = {chr(0x1F600 + n): ["dee"] for n in range(12)}
        entries[0].reactions = reactions
        self.fill(*entries)
        lines = self.view.line_map[0].lines
        self.size(300, 600)
        self.until(lambda: self.view.line_map[0].lines > lines)
        self.assertTrue(self.view.is_at_end())

    def test_a_pane_of_the_same_size_is_left_alone(self) -> None:
        self.until(lambda: not self.view.fitting.timer)
        self.fill(self.maker.say("ben", "hi", reactions={"👍": ["dee"]}))
        self.view.fitting.start()
        self.assertEqual(self.view.fitting.timer, "")
