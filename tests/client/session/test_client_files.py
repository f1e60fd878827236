"""The files of a client."""

from __future__ import annotations

from pathlib import Path

from chatapp.client.local.settings import Settings
from tests.client.base import ClientTest
from tests.client.session.test_file_cards import LINK
from tests.client.session.test_file_uploads import FILES, URL


class Files(ClientTest):
    def test_a_server_without_files_offers_nothing(self) -> None:
        self.online()
        self.assertFalse(self.client.files.can_send(self.client.network))
        self.assertIsNone(self.client.files.service(self.client.network))
        self.assertEqual([], self.client.files.links(self.client.network, URL))

    def test_a_server_with_files_says_what_it_takes(self) -> None:
        self.online(isupport=FILES)
        files, network = self.client.files, self.client.network
        self.assertTrue(files.can_send(network))
        service = files.service(network)
        assert service
        self.assertEqual(1000, service.most_bytes)
        self.assertEqual([LINK], files.links(network, f"see {URL}"))
        self.assertEqual(("look", [LINK]), files.split(network, f"look\n{URL}"))

    def test_links_of_people_with_tls_work_for_those_without_it(self) -> None:
        self.online(isupport=FILES)
        network = self.client.network
        link = URL.replace("http:", "https:", 1)
        expected = URL.replace("192.168.1.7", "chat.example")
        self.assertEqual(expected, self.client.files.with_own_links(network, link))

    def test_it_does_what_the_settings_say(self) -> None:
        options = self.client.files.options
        self.client.files.follow(Settings(download_folder="/there", remove_metadata=False))
        self.assertEqual(Path("/there"), options.folder)
        self.assertFalse(options.removes_metadata)
        self.assertTrue(options.fetches_thumbnails)
        self.client.files.follow(Settings(show_pictures=False))
        self.assertIsNone(options.folder)
        self.assertFalse(options.fetches_thumbnails)
