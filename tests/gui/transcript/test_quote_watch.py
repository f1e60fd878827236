"""Replies in sight whose quoted message is not here are reported."""

from __future__ import annotations

from tests.gui.transcript.transcript_case import TranscriptCase


class QuoteWatchTest(TranscriptCase):
    def reported(self) -> list[tuple[object, ...]]:
        return [call for call in self.calls if call[0] == "quote_seen"]

    def test_a_reply_in_sight_to_a_message_that_is_not_here_is_reported(self) -> None:
        self.maker.say("ben", "answer", reply_to="gone")
        self.show()
        self.until(lambda: ("quote_seen", "answer") in self.calls)

    def test_replies_out_of_sight_are_not_reported(self) -> None:
        self.maker.say("ben", "far away", reply_to="gone")
        self.maker.chatter(60)
        self.maker.say("ben", "answer", 61, reply_to="gone too")
        self.show()
        self.until(lambda: bool(self.reported()))
        self.assertEqual(self.reported(), [("quote_seen", "answer")])

    def test_a_reply_whose_message_is_here_needs_nothing(self) -> None:
        parent = self.maker.say("dee", "question", msgid="q")
        self.maker.conversation.insert([parent])
        self.maker.say("ben", "answer", reply_to="q")
        self.maker.say("ben", "another", reply_to="gone")
        self.show()
        self.until(lambda: bool(self.reported()))
        self.assertEqual(self.reported(), [("quote_seen", "another")])
