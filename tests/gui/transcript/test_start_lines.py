"""The lines above the first message."""

from __future__ import annotations

import unittest

from chatapp.gui.transcript.block_options import Ruler
from chatapp.gui.transcript.runs import Run
from chatapp.gui.transcript.start_lines import start_lines
from tests.gui.transcript.conversations import NINE, ConversationMaker, pictures_of


class StartTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def lines(self, loading: bool = False, width: int = 600) -> list[Run]:
        return start_lines(self.maker.conversation, self.maker.network, Ruler(width=width), loading)

    def text(self, loading: bool = False) -> str:
        return "".join(run.text for run in self.lines(loading))

    def test_a_complete_conversation_says_where_it_began(self) -> None:
        self.assertEqual(self.text(), "\tThis is where #general began\n")
        self.assertEqual(pictures_of(self.lines()), ["icon hash"])
        self.maker.conversation = self.maker.network.add("ben", "direct")
        self.maker.conversation.complete = True
        self.maker.network.person("ben").display_name = "Ben Okafor"
        self.assertEqual(self.text(), "\tThis is where your messages with Ben Okafor began\n")
        self.assertEqual(pictures_of(self.lines()), ["avatar Ben Okafor"])

    def test_it_says_when_a_channel_was_made(self) -> None:
        self.maker.conversation.made_at = NINE
        self.assertEqual(self.text(), "\tThis is where #general began\nIt was made on 12 March 2026.\n")
        self.maker.conversation.made_at = 1e300
        self.assertEqual(self.text(), "\tThis is where #general began\n")

    def test_there_is_always_a_line(self) -> None:
        self.maker.conversation.complete = False
        self.assertEqual(self.text(), "\n")

    def test_loading_is_shown_by_grey_shapes_that_fit_the_width(self) -> None:
        self.maker.conversation.complete = False
        self.maker.conversation.fetching = "before"
        self.assertTrue(self.text(loading=True).startswith("Loading older messages…\n"))
        sizes = [run.picture.size for run in self.lines(True, 260) if run.picture]
        self.assertEqual(sizes, [250, 260, 210])
        self.assertEqual(self.text(loading=False), "\n")
