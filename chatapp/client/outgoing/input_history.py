"""Recall texts that were sent before, with the arrow keys. The text that is being written is not lost."""

from __future__ import annotations

from chatapp.client.outgoing.confidential import holds_password

MAX_TEXTS = 200  # that can be recalled


class InputHistory:
    """The history of one composer."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._at: int | None = None  # index of the text that is shown; None for a new text
        self._draft = ""

    def sent(self, text: str) -> None:
        """Remember a text that was sent, unless it holds a password."""
        if text and not holds_password(text) and self._sent[-1:] != [text]:
            self._sent.append(text)
            del self._sent[:-MAX_TEXTS]
        self._at = None

    def older(self, draft: str) -> str | None:
        """Return the text before the one that is shown; None at the first one.

        Args:
            draft: The text in the composer, which `newer` returns at the end.
        """
        if self._at is None:
            self._draft = draft
        at = len(self._sent) if self._at is None else self._at
        if at == 0:
            return None
        self._at = at - 1
        return self._sent[self._at]

    def newer(self) -> str | None:
        """Return the text after the one that is shown, at the end the draft; None if none is shown."""
        if self._at is None:
            return None
        self._at += 1
        if self._at < len(self._sent):
            return self._sent[self._at]
        self._at = None
        return self._draft
