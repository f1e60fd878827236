"""The header above the messages."""

from __future__ import annotations

import unittest

from chatapp.gui.main.header import NO_TOPIC, Header
from tests.gui.base import WindowTest
from tests.gui.networks import add_members, make_network


class HeaderTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.topics: list[str] = []
        self.header = Header(self.root, self.theme, self.topics.append, lambda: self.topics.append("people"))
        self.header.pack(fill="x")
        self.network = make_network("#general")
        self.general = add_members(self.network, "#general", "ana", "ben")
        self.general.topic = "Welcome! Exam on Friday."
        self.header.show(self.general, may_set_topic=True)
        self.settle()

    def topic_text(self) -> str:
        return str(self.header.topic.cget("text"))

    def seen(self) -> list[str]:
        return [str(each.cget("text")) for each in self.header.winfo_children() if each.winfo_ismapped()]

    def test_it_shows_name_topic_and_number_of_people(self) -> None:
        self.assertEqual(self.seen(), ["# general", "Welcome! Exam on Friday.", "People 2"])

    def test_without_members_no_number_is_shown(self) -> None:
        self.general.members.clear()
        self.header.show(self.general)
        self.settle()
        self.assertIn("People", self.seen())

    def test_a_long_topic_is_cut_and_the_button_stays(self) -> None:
        self.general.topic = "words " * 100
        self.header.show(self.general)
        self.settle()
        self.assertTrue(self.topic_text().endswith("…"))
        self.assertIn("People 2", self.seen())
        self.assertLessEqual(self.header.winfo_reqwidth(), self.root.winfo_width())

    def test_a_long_name_leaves_room_for_the_button(self) -> None:
        self.general.title = "#" + "long" * 60
        self.header.show(self.general)
        self.settle()
        self.assertLessEqual(self.header.winfo_reqwidth(), self.root.winfo_width())

    def test_a_topic_is_shown_without_codes_on_one_line(self) -> None:
        self.general.topic = "\x02bold\x02 and\nmore"
        self.header.show(self.general)
        self.assertEqual(self.topic_text(), "bold and more")

    def test_enter_sets_the_topic_that_was_edited(self) -> None:
        self.header.edit()
        self.header.field.delete(0, "end")
        self.header.field.insert(0, "No exam!")
        self.focus(self.header.field)
        self.press(self.header.field, "<Return>")
        self.assertEqual(self.topics, ["No exam!"])

    def test_escape_restores_the_topic(self) -> None:
        self.header.edit()
        self.header.field.insert(0, "x")
        self.focus(self.header.field)
        self.press(self.header.field, "<Escape>")
        self.assertEqual((self.topics, self.topic_text()), ([], "Welcome! Exam on Friday."))

    def test_an_unchanged_topic_is_not_sent(self) -> None:
        self.header.edit()
        self.focus(self.header.field)
        self.press(self.header.field, "<Return>")
        self.assertEqual(self.topics, [])

    def test_without_a_topic_the_header_offers_to_set_one(self) -> None:
        self.general.topic = ""
        self.header.show(self.general, may_set_topic=True)
        self.assertEqual(self.topic_text(), NO_TOPIC)

    def test_the_topic_can_be_edited_only_with_permission(self) -> None:
        self.header.show(self.general)
        self.assertTrue(self.header.topic.instate(["disabled"]))
        self.assertEqual(self.topic_text(), "Welcome! Exam on Friday.")
        self.general.topic = ""
        self.header.show(self.general)
        self.assertEqual(self.topic_text(), "")

    def test_a_direct_message_has_neither_topic_nor_people(self) -> None:
        self.header.show(self.network.add("ben", "direct"))
        self.settle()
        self.assertEqual([text for text in self.seen() if text], ["ben"])

    def test_without_a_conversation_it_is_empty(self) -> None:
        self.header.show(None)
        self.settle()
        self.assertEqual([text for text in self.seen() if text], [])


if __name__ == "__main__":
    unittest.main()
