"""The line that is being written, with what was sent before, Tab, and a draft for each conversation."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.client import Client
from chatapp.client.model.model import Conversation
from chatapp.client.outgoing.completion import Tab
from chatapp.client.outgoing.input_history import InputHistory
from chatapp.terminal import screen_commands
from chatapp.terminal.key_parser import Input, Text
from chatapp.terminal.line_editor import LineEditor
from chatapp.terminal.panel import PanelDraft


class LineComposer:
    """Takes  run: does what was typed; gives None, or why it was refused
    tells_typing: whether others may know that we are typing
    """

    def __init__(self, client: Client, run: Callable[[str], str | None], tells_typing: bool) -> None:
        self._client, self._run, self._tells_typing = client, run, tells_typing
        self._editor = LineEditor()
        self._recall = InputHistory()
        self._tab = Tab()
        self._problem = ""
        self._asked = ""  # the text about which it was asked whether to send it
        self._conversation = client.network.current

    @property
    def is_empty(self) -> bool:
        return not self._editor.text

    @property
    def draft(self) -> PanelDraft:
        text, cursor = self._editor.text, self._editor.cursor
        return PanelDraft(text[:cursor], text[cursor:], screen_commands.usage(text) or "", self._problem)

    def turn_to(self, conversation: Conversation) -> None:
        """Another conversation is written to; what was written in the one before stays there."""
        if conversation is self._conversation:
            return
        if self._conversation:
            self._conversation.draft = self._editor.text
        self._conversation = conversation
        self._editor.set(conversation.draft)

    def refuse(self, problem: str | None) -> None:
        """Say why something cannot be done, until the next key."""
        self._problem = problem or ""

    def give_back(self, conversation: Conversation, text: str, words: str) -> None:
        """Write a command again that the server refused, unless something else is written already."""
        if conversation is not self._conversation:
            conversation.draft = conversation.draft or text
        elif self.is_empty:
            self._editor.set(text)
            self.refuse(words)

    def take(self, given: Input) -> None:
        """Something was typed, or a key pressed."""
        before = self._editor.text
        self._problem = ""
        if isinstance(given, Text):
            self._editor.insert(given.text)
        elif not self._editor.press(given.name) and given.name in _KEYS:
            _KEYS[given.name](self)
        current = self._client.network.current
        if current and self._tells_typing and self._editor.text != before:
            self._client.typing(current, self._editor.text)

    def _send(self) -> None:
        text = self._editor.text
        if not text.strip():
            return
        question = self._client.question(self._client.network.current, text) if text != self._asked else ""
        self._asked = text if question else ""
        self.refuse(question or self._run(text))
        if not self._problem:
            self._recall.sent(text)
            self._editor.set("")

    def _complete(self, back: bool = False) -> None:
        text, cursor = self._editor.text, self._editor.cursor
        network = self._client.network
        ours = screen_commands.completed(text)
        if ours and cursor == len(text):
            self._editor.set(ours)
        elif network.current:
            found = self._tab.next(network, network.current, text, cursor, back)
            if found:
                self._editor.set(*found)

    def _complete_back(self) -> None:
        self._complete(back=True)

    def _older(self) -> None:
        self._set(self._recall.older(self._editor.text))

    def _newer(self) -> None:
        self._set(self._recall.newer())

    def _set(self, text: str | None) -> None:
        if text is not None:
            self._editor.set(text)


_KEYS: dict[str, Callable[[LineComposer], None]] = {
    "enter": LineComposer._send,
    "tab": LineComposer._complete,
    "backtab": LineComposer._complete_back,
    "up": LineComposer._older,
    "ctrl-p": LineComposer._older,
    "down": LineComposer._newer,
    "ctrl-n": LineComposer._newer,
}
