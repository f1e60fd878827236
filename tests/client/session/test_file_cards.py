"""Files that messages link to."""

from __future__ import annotations

from pathlib import Path

from chatapp.client.model.changes import FileCardChanged
from chatapp.client.text.file_links import FileLink
from tests.client.base import ClientTest
from tests.client.session.test_file_uploads import FILES, URL

LINK = FileLink(URL, "k3Xq9pA1b2C3d4E5f6G7h8I9j0_-", "a.txt")


class Cards(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.online(isupport=FILES)
        self.network = self.client.network

    def test_a_file_has_one_card_which_has_the_name_of_the_link_at_first(self) -> None:
        card = self.client.files.card(self.network, LINK)
        self.assertEqual(("a.txt", None), (card.name, card.size))
        self.assertIs(card, self.client.files.card(self.network, LINK))

    def test_a_download_can_be_cancelled(self) -> None:
        card = self.client.files.card(self.network, LINK)
        self.client.files.cancel_download(self.network, card)
        self.client.files.download(self.network, card, Path("there"))
        assert card.download
        self.assertTrue(card.download.is_active)
        self.client.files.cancel_download(self.network, card)
        self.assertEqual("cancelled", card.download.state)
        self.assertEqual(card, self.assert_changed(FileCardChanged, self.client.poll()).card)
