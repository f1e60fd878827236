"""A composer, with helpers for user input."""

from __future__ import annotations

from chatapp.client.outgoing.line_splitting import long_text_question
from chatapp.gui.main.composer import Composer
from tests.gui.base import WindowTest


class ComposerCase(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.sent: list[str] = []
        self.edited: list[str] = []
        self.refusal: str | None = None
        self.options: list[tuple[str, int, bool]] = []
        self.completed: tuple[str, int] | None = None
        self.composer = Composer(
            self.root,
            self.theme,
            on_send=self.send,
            on_edit=self.edited.append,
            on_tab=self.complete,
            usage=lambda text: "/join <channel>" if text.startswith("/join") else None,
            confirmation=lambda text: long_text_question(text.count("\n") + 1),
        )
        self.composer.pack(fill="x")
        self.field = self.composer.field
        self.composer.show("Write to #general", "")
        self.focus(self.field)
        self.edited.clear()

    def send(self, text: str) -> str | None:
        self.sent.append(text)
        return self.refusal

    def complete(self, text: str, cursor: int, back: bool) -> tuple[str, int] | None:
        self.options.append((text, cursor, back))
        return self.completed

    def type(self, text: str) -> None:
        self.composer.insert(text)
        self.settle()

    def lines(self) -> int:
        return int(str(self.field.cget("height")))

    def status(self) -> str:
        return str(self.composer.status_line.cget("text"))
