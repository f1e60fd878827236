"""The dialog that joins a channel."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import ListedChannel
from chatapp.gui.dialogs import join_dialog
from chatapp.gui.dialogs.join_dialog import JoinDialog
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts

LISTED = (
    ListedChannel("#general", 12, "Welcome"),
    ListedChannel("#help", 3),
    ListedChannel("#homework", 7, "\x02Exam\x02 on Friday"),
)


class ChannelRowsTest(unittest.TestCase):
    def test_channels_with_most_people_come_first(self) -> None:
        self.assertEqual(
            [row.key for row in join_dialog.channel_rows(LISTED, "")], ["#general", "#homework", "#help"]
        )

    def test_they_show_topic_and_people(self) -> None:
        row = join_dialog.channel_rows(LISTED, "home")[0]
        self.assertEqual((row.text, row.note, row.count), ("homework", "Exam on Friday", "7"))

    def test_the_typed_name_can_always_be_joined(self) -> None:
        for typed, last in (("new", "#new"), ("#new", "#new"), ("&local", "&local"), ("hel", "#hel")):
            with self.subTest(typed=typed):
                self.assertEqual(join_dialog.channel_rows(LISTED, typed)[-1].key, last)

    def test_a_listed_name_is_not_offered_twice(self) -> None:
        self.assertEqual([row.key for row in join_dialog.channel_rows(LISTED, "#HELP")], ["#help"])

    def test_a_name_with_a_space_cannot_be_joined(self) -> None:
        self.assertEqual(join_dialog.channel_rows(LISTED, "two words"), [])


class JoinDialogTest(WindowTest):
    def test_the_list_may_come_later(self) -> None:
        joined: list[str] = []
        dialog = JoinDialog(self.root, self.theme, joined.append)
        self.settle()
        self.assertEqual(drawn_texts(dialog.rows.canvas), {})
        dialog.show(LISTED)
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Down>", "<Return>")
        self.assertEqual(joined, ["#homework"])
