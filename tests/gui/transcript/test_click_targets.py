"""What can be clicked in the text of a message."""

from __future__ import annotations

from chatapp.gui.transcript.click_targets import Target, target_at, targets_in
from tests.gui.transcript.transcript_case import TranscriptCase


class ClickTargetsTest(TranscriptCase):
    def at(self, text: str) -> Target | None:
        return target_at(self.pane.view, self.text.search(text, "1.0", "end"))

    def test_links_names_and_buttons_are_found(self) -> None:
        self.maker.say("ben", "see https://a.example/x now")
        self.maker.say("ana", "lost", state="failed")
        self.show()
        self.assertEqual(self.at("a.example"), Target("link", "https://a.example/x"))
        self.assertEqual(self.at("ben"), Target("name", "ben"))
        self.assertEqual(self.at("Discard"), Target("discard"))
        self.assertIsNone(self.at("now"))
        self.assertIsNone(target_at(self.pane.view, "1.0"))

    def test_all_targets_of_a_message_are_found(self) -> None:
        self.maker.say("ben", "https://a.example and https://b.example")
        self.show()
        links = [target for target in targets_in(self.pane.view, 0) if target.kind == "link"]
        self.assertEqual([target.value for target in links], ["https://a.example", "https://b.example"])
