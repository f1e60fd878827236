"""Many messages, and a long pasted text, on a server that limits how fast a client may send."""

from __future__ import annotations

import unittest
from unittest import mock

from chatapp.client.model import delivery_status
from tests.live.test_window import PATIENCE, LiveWindowTest

LINES = 40


class UsualLimit(LiveWindowTest):
    def test_every_message_is_sent_once_under_the_usual_limit(self) -> None:
        self.start()
        ana = self.window("ana")
        general = self.general(ana)
        texts = [f"line {number}" for number in range(LINES)]
        with mock.patch.object(delivery_status, "CONFIRM_SECONDS", 1.0):  # less than all lines take
            for text in texts:
                ana.client.say(general, text)
            self.until(lambda: not general.pending(), PATIENCE)
        own = [(entry.text, entry.state) for entry in general.entries if entry.kind == "message"]
        self.assertEqual([(text, "sent") for text in texts], own)

    def test_a_pasted_text_is_one_message(self) -> None:
        self.start()
        ana = self.window("ana")
        general = self.general(ana)
        text = "\n".join(f"line {number}" for number in range(LINES))
        ana.client.say(general, text)
        self.until(lambda: not general.pending(), PATIENCE)
        own = [(entry.text, entry.state) for entry in general.entries if entry.kind == "message"]
        self.assertEqual([(text, "sent")], own)


if __name__ == "__main__":
    unittest.main()
