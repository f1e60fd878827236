"""What was sent before, to be had again with the arrow keys; the text that was being written is not lost."""

from __future__ import annotations

from chatapp.client.outgoing.confidential import holds_password

MAX_TEXTS = 200  # texts kept


class InputHistory:
    """The history of one composer."""

    def __init__(self) -> None:
        self._sent: list[str] = []
        self._at: int | None = None  # which one is shown; None while writing something new
        self._draft = ""

    def sent(self, text: str) -> None:
        """Remember a text, unless it holds a password, and begin anew."""
        if text and not holds_password(text) and self._sent[-1:] != [text]:
            self._sent.append(text)
            del self._sent[:-MAX_TEXTS]
        self._at = None

    def older(self, draft: str) -> str | None:
        """The text before the one that is shown; None at the beginning.

        Takes  draft: what the composer holds, kept when recalling starts
        """
        if self._at is None:
            self._draft = draft
        at = len(self._sent) if self._at is None else self._at
        if at == 0:
            return None
        self._at = at - 1
        return self._sent[self._at]

    def newer(self) -> str | None:
        """The text after the one that is shown, at last the draft; None when nothing is recalled."""
        if self._at is None:
            return None
        self._at += 1
        if self._at < len(self._sent):
            return self._sent[self._at]
        self._at = None
        return self._draft
