"""The words of a notification."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.notification_queue import GatheredNews
from chatapp.client.model.notification_texts import texts


class NotificationTextsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = Network()
        self.network.name = "Room 12"
        self.network.person("ben").display_name = "Ben Okafor"
        self.general = self.network.add("#general", "channel")
        self.ben = self.network.add("ben", "direct")

    def texts(
        self,
        counts: dict[Conversation, int],
        text: str = "hello",
        kind: str = "message",
        server: str = "",
        **fields: str,
    ) -> tuple[str, str]:
        latest = list(counts)[-1]
        entry = Entry(1, "message", 0.0, "ben", text, **fields)  # type: ignore[arg-type]
        entry.kind = kind  # type: ignore[assignment]
        entry.mention = True
        news = GatheredNews("1", counts, latest, entry)
        return texts(news, lambda conversation: self.network, lambda network: server)

    def test_one_message_has_its_author_and_place_in_the_title(self) -> None:
        self.assertEqual(self.texts({self.general: 1}), ("Ben Okafor in #general", "hello"))
        self.assertEqual(self.texts({self.ben: 1}), ("Ben Okafor", "hello"))

    def test_several_are_counted_above_the_latest_one(self) -> None:
        self.assertEqual(self.texts({self.general: 3}), ("3 new messages in #general", "Ben Okafor: hello"))
        self.assertEqual(self.texts({self.ben: 2}), ("2 new messages from Ben Okafor", "hello"))

    def test_several_places_are_named(self) -> None:
        self.assertEqual(
            self.texts({self.general: 1, self.ben: 2}), ("3 new messages", "#general, Ben Okafor")
        )
        many = {self.network.add(f"#c{number}", "channel"): 1 for number in range(7)}
        self.assertEqual(self.texts(many), ("7 new messages", "#c0, #c1, #c2, #c3 and 3 more"))

    def test_the_server_is_named_if_there_are_several(self) -> None:
        self.assertEqual(
            self.texts({self.general: 1}, server="Room 12")[0], "Ben Okafor in #general — Room 12"
        )
        self.assertEqual(self.texts({self.ben: 2}, server="Club")[0], "2 new messages from Ben Okafor — Club")

    def test_files_have_their_names_in_place_of_links(self) -> None:
        self.network.isupport = {"chatapp/FILES": "id:k3Xq9p"}
        url = "https://h/files/k3Xq9pA1b2C3d4E5f6G7h8I9j0_-/the%20plan.pdf"
        for text, expected in (
            (f"look\n{url}", "look\nFile: the plan.pdf"),
            (url, "File: the plan.pdf"),
            (f"see {url} now", f"see {url} now"),
        ):
            with self.subTest(text):
                self.assertEqual(self.texts({self.general: 1}, text)[1], expected)

    def test_formatting_is_left_out_and_markup_stays(self) -> None:
        for text, expected in (
            ("\x02bold\x02 and \x0304red\x03", "bold and red"),
            ("this is **important**", "this is important"),
            ("<b>not bold</b>", "<b>not bold</b>"),
        ):
            with self.subTest(text):
                self.assertEqual(self.texts({self.ben: 1}, text)[1], expected)

    def test_an_action_begins_with_its_author(self) -> None:
        for counts in ({self.general: 1}, {self.general: 2}, {self.ben: 1}):
            with self.subTest(counts=list(counts.values())):
                self.assertEqual(self.texts(counts, "waves", "action")[1], "Ben Okafor waves")

    def test_being_removed_is_a_sentence(self) -> None:
        kicked = self.texts({self.general: 1}, "spam", "kick", about="ana")
        self.assertEqual(kicked, ("#general", "Ben Okafor removed you (spam)"))
