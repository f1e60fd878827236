"""A transcript with a conversation, and helpers for user input."""

from __future__ import annotations

from chatapp.client.model.changes import Added, Change
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.gui.transcript.message_handlers import Ability
from chatapp.gui.transcript.transcript import Transcript
from tests.gui.base import WindowTest
from tests.gui.transcript.conversations import NINE, ConversationMaker
from tests.gui.transcript.handlers import ALL, noting_handlers


class TranscriptCase(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.maker = ConversationMaker()
        self.calls: list[tuple[object, ...]] = []
        self.abilities: frozenset[Ability] = ALL
        self.time = NINE
        self.pane = Transcript(
            self.root,
            self.theme,
            on_older=lambda: self.calls.append(("older",)),
            on_newer=lambda: self.calls.append(("newer",)),
            on_end=lambda at_end: self.calls.append(("end", at_end)),
            handlers=noting_handlers(self.calls, lambda entry: self.abilities),
            now=lambda: self.time,
        )
        self.pane.pack(fill="both", expand=True)
        self.text = self.pane.view.text
        self.settle()

    def show(self, conversation: Conversation | None = None) -> None:
        self.pane.show(conversation or self.maker.conversation, self.maker.network)
        self.settle()

    def apply(self, change: Change) -> None:
        self.pane.apply(change)
        self.settle()

    def receive(self, nick: str = "ben", text: str = "hello", minute: float = 600) -> Entry:
        """Receive a message."""
        entry = self.maker.say(nick, text, minute)
        self.apply(Added(self.maker.conversation, (entry,)))
        return entry

    def scroll(self, pixels: int) -> None:
        """Scroll with the wheel, by pixels at 96 dpi."""
        self.pane.view._scroll_by(self.theme.px(pixels), "pixels")
        self.settle()

    def y_of(self, text: str) -> int | None:
        """Return the y coordinate of the line with this text, None if it is not completely visible."""
        found = self.text.search(text, "1.0", "end")
        info = self.text.dlineinfo(found) if found else None
        whole = info is not None and info[1] >= 0 and info[1] + info[3] <= self.text.winfo_height()
        return info[1] if info and whole else None

    def shown_text(self) -> str:
        return self.text.get("1.0", "end-1c")

    def keys(self, *events: str) -> None:
        """Press keys while the transcript has the focus."""
        self.focus(self.text)
        self.press(self.text, *events)

    def click(self, text: str) -> None:
        found = self.text.search(text, "1.0", "end")
        box = self.text.bbox(f"{found} +1c")
        assert box is not None, f"{text!r} is not visible"
        x, y = box[0] + box[2] // 2, box[1] + box[3] // 2
        self.text.event_generate("<Motion>", x=x, y=y)
        self.text.event_generate("<Button-1>", x=x, y=y)
        self.text.event_generate("<ButtonRelease-1>", x=x, y=y)
        self.settle()

    def colours_at(self, text: str) -> tuple[str, str]:
        """Return the colours of a text and of its background."""
        index = self.text.search(text, "1.0", "end")
        front = behind = ""
        for tag in self.text.tag_names(index):
            front = str(self.text.tag_cget(tag, "foreground")) or front
            behind = str(self.text.tag_cget(tag, "background")) or behind
        default = str(self.text.cget("foreground")), str(self.text.cget("background"))
        return front or default[0], behind or default[1]
