"""The files of one network that messages link to: what is known of them, and downloads."""

from __future__ import annotations

from pathlib import Path

from chatapp.client.model.changes import Change, FileCardChanged
from chatapp.client.model.files import FileCard, FileDownload
from chatapp.client.model.network import Network
from chatapp.client.text.file_links import FileLink


class FileCards:
    """The cards of one network, by the ids of their files."""

    def __init__(self) -> None:
        self._cards: dict[str, FileCard] = {}

    def card(self, link: FileLink) -> FileCard:
        """Return what is known of a file; the server is asked for the rest."""
        card = self._cards.get(link.id)
        if card is None:
            card = self._cards[link.id] = FileCard(link, name=link.name)
        return card

    def download(self, network: Network, card: FileCard, folder: Path) -> list[Change]:
        """Download a file for the user."""
        card.download = FileDownload(folder)
        return [FileCardChanged(network, card)]

    def cancel(self, network: Network, card: FileCard) -> list[Change]:
        """Stop a download."""
        if card.download is None or not card.download.is_active:
            return []
        card.download.state = "cancelled"
        return [FileCardChanged(network, card)]
