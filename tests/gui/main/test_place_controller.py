"""An older part of a conversation in the window, and the way back."""

from __future__ import annotations

import re
from unittest import mock

from chatapp.client.model.changes import PlaceOpened, PlaceUnavailable
from chatapp.client.model.conversation import Conversation
from tests.gui.window_case import WindowCase


class PlaceControllerTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.pane = self.window.pane
        self.general = self.conversation("#general")
        self.general.complete = True
        self.say("ben", "use a timeout")
        self.wait_for_text("use a timeout")

    def marks(self) -> list[str]:
        """Return the marked words."""
        text = self.pane.transcript.view.text
        ranges = [str(each) for each in text.tag_ranges("hit")]
        return [text.get(*each) for each in zip(ranges[::2], ranges[1::2], strict=True)]

    def open_hit(self) -> None:
        """Open a hit that is loaded already."""
        hit = self.general.entries[-1]
        with mock.patch.object(self.client, "open_at") as opened:
            self.pane.open_hit(self.general, hit, re.compile("timeout"))
        opened.assert_called_once_with(self.general, hit)
        self.pane.apply(PlaceOpened(self.general, hit))

    def test_the_words_of_a_search_are_marked_until_another_conversation_is_shown(self) -> None:
        self.open_hit()
        self.pane.show(self.general)
        self.pane.places.forget_words(unless_in=self.general)
        self.assertIsNotNone(self.pane.places._words)
        self.join("#help", "ben")
        self.until(lambda: self.row("help"))
        self.client.open(self.conversation("#help"))
        self.until(lambda: self.shown() == "#help")
        self.client.open(self.general)
        self.until(lambda: self.shown() == "#general")
        self.assertEqual(self.marks(), [])

    def test_to_find_something_else_removes_the_marks(self) -> None:
        self.open_hit()
        self.assertEqual(self.marks(), ["timeout"])
        self.pane.open_find()
        self.assertEqual(self.marks(), [])

    def test_the_user_is_told_why_a_place_cannot_be_shown(self) -> None:
        self.pane.apply(PlaceUnavailable(self.general, "The server does not have it."))
        self.assertEqual(self.pane._problem, "The server does not have it.")

    def test_an_own_message_leads_back_to_the_newest_ones(self) -> None:
        self.general.past = Conversation("#general", "channel", present=self.general)
        self.pane.show_transcript()
        self.assertTrue(self.pane.transcript.shows_past)
        self.write("hello")
        self.until(lambda: not self.pane.transcript.shows_past)
        self.assertIsNone(self.general.past)
