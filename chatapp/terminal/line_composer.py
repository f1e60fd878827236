"""The input line with its history, Tab completion, and a draft for each conversation."""

from __future__ import annotations

from collections.abc import Callable

from chatapp.client.client import Client
from chatapp.client.model.conversation import Conversation
from chatapp.client.outgoing.completion import TabCompletion
from chatapp.client.outgoing.input_history import InputHistory
from chatapp.terminal import file_commands, screen_commands
from chatapp.terminal.account_commands import is_secret, masked
from chatapp.terminal.key_parser import Input, Text
from chatapp.terminal.line_editor import LineEditor
from chatapp.terminal.panel import PanelDraft


class LineComposer:
    """The input line of the current conversation.

    Args:
        run: Runs a text that was typed; returns why it was refused, or None.
        tells_typing: Whether other users may see that the user is typing.
    """

    def __init__(self, client: Client, run: Callable[[str], str | None], tells_typing: bool) -> None:
        self._client, self._run, self._tells_typing = client, run, tells_typing
        self._editor = LineEditor()
        self._input_history = InputHistory()
        self._tab = TabCompletion()
        self._problem = ""
        self._unconfirmed_text = ""  # the text that Enter sends only when pressed again
        self._conversation = client.network.current

    @property
    def is_empty(self) -> bool:
        return not self._editor.text

    @property
    def draft(self) -> PanelDraft:
        text, cursor = self._editor.text, self._editor.cursor
        shown = masked(text)
        return PanelDraft(shown[:cursor], shown[cursor:], screen_commands.usage(text) or "", self._problem)

    def switch_to(self, conversation: Conversation) -> None:
        """Store the text as the draft of its conversation, and continue with the draft of another."""
        if conversation is self._conversation:
            return
        if self._conversation:
            self._conversation.draft = self._editor.text
        self._conversation = conversation
        self._editor.set(conversation.draft)

    def show_problem(self, problem: str | None) -> None:
        """Show why a text was refused, until the next key; None shows nothing."""
        self._problem = problem or ""

    def restore(self, conversation: Conversation, text: str, reason: str) -> None:
        """Put a command that the server refused back into the line, unless another text stands there."""
        if conversation is not self._conversation:
            conversation.draft = conversation.draft or text
        elif self.is_empty:
            self._editor.set(text)
            self.show_problem(reason)

    def handle_input(self, given: Input) -> None:
        """Insert typed text, or do what a key is for."""
        before = self._editor.text
        self._problem = ""
        if isinstance(given, Text):
            self._editor.insert(given.text)
        elif not self._editor.press(given.name) and given.name in _KEYS:
            _KEYS[given.name](self)
        current = self._client.network.current
        if current and self._tells_typing and self._editor.text != before:
            self._client.notify_typing(current, self._editor.text)

    def _send(self) -> None:
        text = self._editor.text
        if not text.strip():
            return
        question = ""
        if text != self._unconfirmed_text:
            question = self._client.long_text_question(self._client.network.current, text)
        self._unconfirmed_text = text if question else ""
        self.show_problem(question or self._run(text))
        if not self._problem:
            if not is_secret(text):
                self._input_history.sent(text)
            self._editor.set("")

    def _complete(self, back: bool = False) -> None:
        text, cursor = self._editor.text, self._editor.cursor
        network = self._client.network
        command = screen_commands.complete_command(text) or file_commands.complete_path(text)
        if command and cursor == len(text):
            self._editor.set(command)
        elif network.current:
            found = self._tab.next(network, network.current, text, cursor, back)
            if found:
                self._editor.set(*found)

    def _complete_back(self) -> None:
        self._complete(back=True)

    def _older(self) -> None:
        self._set(self._input_history.older(self._editor.text))

    def _newer(self) -> None:
        self._set(self._input_history.newer())

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
