"""Files that messages of the tests link to."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from chatapp.client.model.files import FileCard
from chatapp.client.text.file_links import FileLink, file_link
from chatapp.gui.theme import png
from tests.gui.transcript.conversations import ConversationMaker

PREFIX = "k3Xa9_"


def offer_files(maker: ConversationMaker) -> None:
    """Let the server of a conversation keep files."""
    files = f"id:{PREFIX},max:25000000,days:90,who:everybody"
    maker.network.isupport = {**maker.network.isupport, "chatapp/FILES": files}


def url(name: str = "plan.pdf", number: int = 1) -> str:
    """Return the link of a file."""
    return f"https://chat.example:5000/files/{PREFIX}{number:022}/{quote(name)}"


def link(name: str = "plan.pdf", number: int = 1) -> FileLink:
    """Return the link of a file."""
    found = file_link(url(name, number), PREFIX)
    assert found is not None
    return found


def card(name: str = "plan.pdf", number: int = 1, **more: Any) -> FileCard:
    """Return what is known of a file of 1.8 MB."""
    facts: dict[str, Any] = {"state": "known", "name": name, "size": 1_800_000}
    return FileCard(link(name, number), **{**facts, **more})


def picture(width: int = 64, height: int = 40, colour: tuple[int, int, int] = (200, 30, 30)) -> bytes:
    """Return a PNG in one colour."""
    row = b"\x00" + bytes((*colour, 255)) * width
    return png.from_rgba(width, height, row * height)
