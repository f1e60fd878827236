"""A BlockView with a conversation, and helpers."""

from __future__ import annotations

from chatapp.client.model.model import Entry
from chatapp.gui.transcript.block_view import BlockView
from chatapp.gui.transcript.runs import Run
from tests.gui.base import WindowTest
from tests.gui.transcript.conversations import NINE, ConversationMaker

FIRST_LINES = [Run("Beginning\n", ("start",))]


class BlockViewCase(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.maker = ConversationMaker()
        self.view = BlockView(self.root, self.theme, lambda: None, lambda: NINE)
        self.view.pack(fill="both", expand=True)
        self.view.reset(self.maker.around(), None, twelve_hours=False)
        self.settle()

    def fill(self, *entries: Entry) -> None:
        self.view.fill(FIRST_LINES, entries)
        self.settle()

    def row(self, text: str) -> str:
        """Return the line that holds a text."""
        place = self.view.text.search(text, "1.0", "end")
        return self.view.text.get(f"{place} linestart", f"{place} lineend")

    def images(self) -> list[str]:
        """Return the images that the Text shows, in order."""
        dumped = self.view.text.dump("1.0", "end", image=True)
        return [str(self.view.text.image_cget(index, "image")) for _, _, index in dumped]

    def middle(self, index: str) -> tuple[int, int]:
        box = self.view.text.bbox(index)
        assert box is not None
        return box[0] + box[2] // 2, box[1] + box[3] // 2
