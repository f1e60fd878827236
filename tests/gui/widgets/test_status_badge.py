"""A word on a round box."""

from __future__ import annotations

from chatapp.gui.widgets.status_badge import StatusBadge
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts


class Badges(WindowTest):
    def test_it_has_the_size_of_its_word_at_any_size_of_text(self) -> None:
        badge = StatusBadge(self.root, self.theme)
        badge.pack()
        badge.show("Protected", "shield", "ok", "okbg")
        self.assertEqual(list(drawn_texts(badge)), ["Protected"])
        before = badge.winfo_reqwidth()
        badge.show("Not protected", "shield", "muted", "chip")
        self.assertGreater(badge.winfo_reqwidth(), before)
        before = badge.winfo_reqheight()
        self.theme.zoom(24)
        self.settle()
        self.assertGreater(badge.winfo_reqheight(), before)
