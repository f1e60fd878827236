"""A composer, with helpers for user input."""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.client.model.files import Attachment
from chatapp.client.model.model import Entry
from chatapp.client.outgoing.completion import Completion, CompletionOption
from chatapp.client.outgoing.line_splitting import long_text_question
from chatapp.gui.main.composer import Composer, ComposerHandlers
from chatapp.gui.main.drafts import Draft
from tests.gui.base import WindowTest


class ComposerCase(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.sent: list[str] = []
        self.edited: list[str] = []
        self.replied_to: list[Entry | None] = []
        self.saved: list[tuple[Entry, str]] = []
        self.deleted: list[Entry] = []
        self.emoji_asked: list[tuple[int, int]] = []
        self.last: Entry | None = None
        self.enter_sends = True
        self.refusal: str | None = None
        self.options: list[tuple[str, int, bool]] = []
        self.completed: tuple[str, int] | None = None
        self.composer = Composer(
            self.root,
            self.theme,
            ComposerHandlers(
                on_send=self.send,
                on_save=self.save,
                on_delete=self.deleted.append,
                on_edit=self.edited.append,
                on_edit_last=self.edit_last,
                on_tab=self.complete,
                on_emoji=lambda x, y: self.emoji_asked.append((x, y)),
                suggest=self.suggest,
                usage=lambda text: "/join <channel>" if text.startswith("/join") else None,
                confirmation=lambda text, key: long_text_question(text.count("\n") + 1, key),
                name_of=lambda nick: nick.title(),
                enter_sends=lambda: self.enter_sends,
            ),
        )
        self.composer.pack(fill="x")
        self.field = self.composer.field
        self.composer.show("Write to #general", Draft())
        self.focus(self.field)
        self.edited.clear()

    def send(self, text: str, reply_to: Entry | None) -> str | None:
        self.sent.append(text)
        self.replied_to.append(reply_to)
        return self.refusal

    def save(self, entry: Entry, text: str, files: Sequence[Attachment]) -> str | None:
        self.saved.append((entry, text))
        return self.refusal

    def edit_last(self) -> bool:
        if self.last is not None:
            self.composer.edit(self.last)
        return self.last is not None

    def suggest(self, text: str, cursor: int, is_open: bool) -> Completion | None:
        word = text[:cursor].rpartition(" ")[2]
        letters = 1 if is_open else 3
        if not word.startswith("@") or len(word) < letters:
            return None
        nicks = [nick for nick in ("ben", "beatrix", "chen") if nick.startswith(word[1:])]
        options = tuple(CompletionOption(f"@{nick} ", "person", nick.title(), name=nick) for nick in nicks)
        return Completion(cursor - len(word), cursor, options) if options else None

    def draft(self, text: str) -> None:
        """Show a text, as if its conversation was opened."""
        self.composer.show("", Draft(text))

    def complete(self, text: str, cursor: int, back: bool) -> tuple[str, int] | None:
        self.options.append((text, cursor, back))
        return self.completed

    def type(self, text: str) -> None:
        self.composer.insert(text)
        self.settle()

    def lines(self) -> int:
        return int(str(self.field.cget("height")))

    def status(self) -> str:
        return str(self.composer.strip.label.cget("text"))
