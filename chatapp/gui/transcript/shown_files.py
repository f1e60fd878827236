"""What is known of the files that messages link to, as the transcript shows them. Does not import tkinter."""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from chatapp.client.files.image_headers import image_header
from chatapp.client.files.media_types import media_type
from chatapp.client.files.saved_names import safe_name
from chatapp.client.model.files import PICTURES, FileCard
from chatapp.client.text.file_links import FileLink
from chatapp.protocol.file_ids import THUMBNAIL_HEIGHT, THUMBNAIL_WIDTH

MOST_WIDTH, MOST_HEIGHT = 320, 200  # of a picture in a message, in pixels at 96 dpi


class ShownSize(NamedTuple):
    """The size of a thumbnail in pixels of the display, and by how much it is made smaller for that."""

    width: int
    height: int
    divisor: int


class ShownFiles:
    """The files in messages that have been in sight.

    Attributes:
        shows_pictures: Whether pictures are shown among the messages.
        decoded: The ids of the files whose thumbnails can be drawn.
    """

    def __init__(self) -> None:
        self.shows_pictures = True
        self.decoded: set[str] = set()
        self._cards: dict[str, FileCard] = {}
        self._sizes: dict[str, tuple[int, int] | None] = {}

    def card(self, link: FileLink) -> FileCard:
        """Return what is known of a file; of one that has not been in sight, the name in its link."""
        return self._cards.get(link.id) or FileCard(link, name=safe_name(link.name))

    def find(self, file_id: str) -> FileCard | None:
        """Return the card of a file that has been in sight."""
        return self._cards.get(file_id)

    def add(self, card: FileCard) -> bool:
        """Take what is known of a file; return whether that was not here before."""
        is_new = self._cards.get(card.id) is not card
        self._cards[card.id] = card
        return is_new

    def thumbnail_size(self, card: FileCard, width: int, scale: float) -> ShownSize | None:
        """Return how large the thumbnail of a file is shown; None if it has none that may be decoded.

        Args:
            width: Of the column of text, in pixels of the display.
            scale: Pixels of the display for each pixel at 96 dpi.
        """
        if not self.shows_pictures:
            return None
        size = self._size(card)
        if size is None:
            return None
        most_width, most_height = min(width, round(MOST_WIDTH * scale)), round(MOST_HEIGHT * scale)
        divisor = max(-(-size[0] // most_width), -(-size[1] // most_height), 1)
        return ShownSize(-(-size[0] // divisor), -(-size[1] // divisor), divisor)

    def _size(self, card: FileCard) -> tuple[int, int] | None:
        """Return the size of a thumbnail: by its header, which stays known when the thumbnail is not kept.

        Before it has come, by what the server or the link says, so that nothing moves when it comes.
        """
        if card.state == "gone":
            return None
        if card.id not in self._sizes and card.thumbnail:
            header = image_header(BytesIO(card.thumbnail))
            is_png = header is not None and header.media_type == "image/png"
            self._sizes[card.id] = _allowed(header[1:]) if header is not None and is_png else None
        if card.id in self._sizes:
            return self._sizes[card.id]
        if card.state == "failed" or (card.state == "known" and not card.has_thumbnail):
            return None
        return _allowed(card.thumbnail_size) or card.link.preview

    def may_be_picture(self, card: FileCard) -> bool:
        """Return whether the file will probably be shown as a picture, when more is known of it."""
        if not self.shows_pictures or self._sizes.get(card.id, ()) is None:
            return False
        if card.state in ("unknown", "loading"):
            return media_type(card.name) in PICTURES
        return card.state == "known" and card.has_thumbnail


def _allowed(size: tuple[int, int] | None) -> tuple[int, int] | None:
    """Return the size of a thumbnail if it is one that may be decoded."""
    if size is None or not (0 < size[0] <= THUMBNAIL_WIDTH and 0 < size[1] <= THUMBNAIL_HEIGHT):
        return None
    return size
