"""Edits of messages: the tags, the rules for the new text, and its form for other clients.

    @draft/target-msgid=123;draft/edit-text=an\\sexample EDIT #channel
    @msgid=124;draft/target-msgid=123;draft/edit-text=an\\sexample :ann!a@host EDIT #channel

The specification is a draft. It permits line feeds in the new text, since a tag value can contain them; a tag
of its own for edited messages in the history is not specified, so this program uses `chatapp/edited`.

Source: IRCv3 message-edit (pull request 425 of ircv3-specifications).
"""

from __future__ import annotations

from chatapp.protocol import multiline
from chatapp.protocol.message import escape_tag

TARGET_MSGID = "draft/target-msgid"
EDIT_TEXT = "draft/edit-text"
EDITED = "chatapp/edited"
"""The tag of an edited message in the history: when it was last edited."""

MAX_BYTES = 3500
"""The most bytes of a new text, escaped as a tag value: with the other tags it fits into 4094 bytes."""

MARK = "(edited) "
"""The beginning of an edited text for clients without draft/message-edit."""

_CTCP = "\x01"
_ACTION = "\x01ACTION "


class InvalidEdit(ValueError):
    """A text cannot replace the text of a message. The argument is the sentence for the user."""


def checked_text(text: str) -> str:
    """Return a new text with LF as the end of each line but the last.

    Raises:
        InvalidEdit: It is empty, too long, has too many lines, or is a CTCP message other than `/me`.
    """
    text = multiline.with_line_feeds(text).replace("\0", "").strip("\n")
    if not text:
        raise InvalidEdit("The new text is empty; delete the message instead")
    if len(escape_tag(text).encode()) > MAX_BYTES:
        raise InvalidEdit("The new text is too long")
    if text.count("\n") >= multiline.MAX_LINES:
        raise InvalidEdit("The new text has too many lines")
    if text.startswith(_CTCP) and ("\n" in text or not text.startswith(_ACTION)):
        raise InvalidEdit("A message cannot become a command for clients")
    return text


def marked(text: str) -> str:
    """Return an edited text for clients without draft/message-edit."""
    if text.startswith(_ACTION):
        return f"{_ACTION}{MARK}{text.removeprefix(_ACTION)}"
    return MARK + text


def whole(text: str) -> str:
    """Return a stored text as it was written: without the breaks at which long lines are sent in pieces."""
    return text.replace("\r", "")
