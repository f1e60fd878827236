"""The lines of files in the hits of a search."""

from __future__ import annotations

from chatapp.client.model.network import Network
from chatapp.client.text.file_links import FileLink
from chatapp.client.text.occurrences import any_of
from chatapp.gui.main.search_hit_files import FileDoors, HitFiles
from tests.gui.base import WindowTest
from tests.gui.transcript.files import PREFIX, card, link, url


class HitFilesTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.network = Network()
        self.network.isupport = {"chatapp/FILES": f"id:{PREFIX},max:1000"}
        self.card = card("timeout-table.pdf", size=212_000)
        self.wanted: list[FileLink] = []
        doors = FileDoors(
            known=lambda network, link: self.card if link.id == self.card.id else None,
            want=lambda network, link: self.wanted.append(link),
        )
        self.files = HitFiles(self.root, self.theme, doors, lambda ids: None)

    def text(self, room: int = 400, words: str = "") -> str:
        line = self.files.line(self.network, self.card.link, any_of(words.split()), room)
        return "".join(text for text, _tags in line.runs)

    def test_a_message_is_split_into_its_text_and_its_files(self) -> None:
        text = f"The table, see {url('b.pdf', 2)} too\n{self.card.link.url}"
        words, files = self.files.split(self.network, text)
        self.assertEqual((f"The table, see {url('b.pdf', 2)} too", [self.card.link]), (words, files))
        self.files.want(self.network, text)
        self.assertEqual([self.card.link], self.wanted)

    def test_searched_words_are_marked_in_the_name(self) -> None:
        line = self.files.line(self.network, self.card.link, any_of(["table"]), 400)
        self.assertEqual(["table"], [text for text, tags in line.runs if "hit" in tags])
        self.assertEqual("\ttimeout-table.pdf   212 kB\n", self.text())

    def test_in_little_room_the_name_comes_first(self) -> None:
        self.assertNotIn("212", self.text(room=170))
        self.assertTrue(self.text(room=150).endswith(".pdf\n"))

    def test_a_file_of_which_nothing_is_known_has_the_name_of_its_link(self) -> None:
        line = self.files.line(self.network, link("notes.txt", 5), None, 400)
        self.assertIn(("notes.txt", ("file", "link")), line.runs)

    def test_it_has_changed_when_its_line_is_another_one(self) -> None:
        self.text()
        self.assertFalse(self.files.has_changed(self.network, self.card.link))
        self.card.state = "gone"
        self.assertTrue(self.files.has_changed(self.network, self.card.link))
        self.assertIn("No longer kept", self.text())
        self.assertFalse(self.files.has_changed(self.network, self.card.link))
