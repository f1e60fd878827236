"""The pointer over what can be clicked."""

from __future__ import annotations

import tkinter as tk
from unittest import mock

from tests.gui.transcript.transcript_case import TranscriptCase


class TargetPointerTest(TranscriptCase):
    def setUp(self) -> None:
        super().setUp()
        delay = mock.patch("chatapp.gui.widgets.tooltip.DELAY", 1)
        delay.start()
        self.addCleanup(delay.stop)

    def point_at(self, text: str) -> None:
        box = self.text.bbox(f"{self.text.search(text, '1.0')} +1c")
        assert box is not None, f"{text!r} is not visible"
        self.text.event_generate("<Motion>", x=box[0] + 2, y=box[1] + box[3] // 2, warp=True)
        self.settle()

    def tips(self) -> list[str]:
        """Return the texts of the open tooltips."""
        windows = [each for each in self.text.winfo_children() if isinstance(each, tk.Toplevel)]
        return [str(label.cget("text")) for window in windows for label in window.winfo_children()]

    def test_a_tooltip_tells_where_a_link_leads_and_closes_beside_it(self) -> None:
        self.maker.say("ben", "see www.a.example now")
        self.show()
        self.point_at("www.a")
        self.until(lambda: self.tips() == ["https://www.a.example"])
        self.assertEqual(str(self.text.cget("cursor")), "hand2")
        self.point_at("now")
        self.until(lambda: not self.tips())
        self.assertEqual(str(self.text.cget("cursor")), "arrow")

    def test_a_reaction_tells_who_reacted(self) -> None:
        self.maker.say("ben", "good", reactions={"👍": ["dee", "ana"]}, msgid="m")
        self.show()
        self.point_at("\u00a02")
        self.until(lambda: self.tips() == ["dee and You reacted with 👍 thumbs up"])

    def test_scrolling_closes_the_tooltip(self) -> None:
        self.maker.chatter(60)
        self.maker.say("ben", "see www.a.example now", 61)
        self.show()
        self.point_at("www.a")
        self.until(lambda: bool(self.tips()))
        self.scroll(-200)
        self.until(lambda: not self.tips())
