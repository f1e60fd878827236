"""Own messages that are confirmed late, in order, or not at all."""

from __future__ import annotations

import unittest

from chatapp.client.model.changes import Reset
from chatapp.client.model.conversation import Conversation
from tests.client.base import EVERYTHING, ClientTest

NO_LABELS = EVERYTHING.replace("labeled-response ", "")
PASTED = 450  # lines
BURST, PER_SECOND = 20, 5  # the default rate limit of our server for one client


class Delivery(ClientTest):
    def states(self, conversation: Conversation) -> list[tuple[str, str]]:
        return [(entry.text, entry.state) for entry in conversation.entries if entry.kind == "message"]

    def echo(self, label: int, text: str, msgid: str = "") -> None:
        """Receive the echo of an own message."""
        self.receive(f"@label={label};msgid={msgid or f'e{label}'} :ana!ana@h PRIVMSG #general :{text}")

    def test_hundreds_of_pasted_lines_are_all_sent_although_the_server_takes_minutes(self) -> None:
        general = self.online()
        texts = [f"line {number}" for number in range(PASTED)]
        self.client.run(general, "\n".join(texts))
        self.assertEqual(PASTED, len(self.sent()))
        done = 0
        while done < PASTED:
            for number in range(done, min(done + (PER_SECOND if done else BURST), PASTED)):
                self.echo(number + 1, texts[number])
                done += 1
            self.pass_time(1)
            self.assertNotIn("failed", {entry.state for entry in general.entries})
        self.assertEqual([(text, "sent") for text in texts], self.states(general))

    def test_the_minute_counts_from_the_last_progress(self) -> None:
        general = self.online()
        self.client.run(general, "one\ntwo\nthree")
        self.pass_time(50)
        self.echo(1, "one")
        self.pass_time(50)
        states = {"one": "sent", "two": "pending", "three": "pending"}
        self.assertEqual(states, dict(self.states(general)))
        self.pass_time(11)
        self.assertEqual({"one": "sent", "two": "failed", "three": "failed"}, dict(self.states(general)))

    def test_a_refusal_counts_as_progress(self) -> None:
        general = self.online()
        self.client.run(general, "one\ntwo")
        self.pass_time(50)
        self.receive("@label=1 :srv 404 ana #general :No")
        self.pass_time(50)
        self.assertEqual({("one", "failed"), ("two", "pending")}, set(self.states(general)))

    def test_a_message_that_later_ones_have_overtaken_is_lost(self) -> None:
        general = self.online()
        self.client.run(general, "one\ntwo\nthree")
        self.pass_time(50)
        self.echo(2, "two")
        self.pass_time(15)
        states = {"one": "failed", "two": "sent", "three": "pending"}
        self.assertEqual(states, dict(self.states(general)))

    def test_a_late_echo_confirms_a_failed_message(self) -> None:
        general = self.online()
        self.client.run(general, "hello")
        self.pass_time(61)
        self.assertEqual([("hello", "failed")], self.states(general))
        self.echo(1, "hello", "m1")
        self.assert_changed(Reset)
        self.assertEqual([("hello", "sent")], self.states(general))
        entry = general.entries[-1]
        self.assertEqual(("m1", "", True), (entry.msgid, entry.problem, general.has_msgid("m1")))

    def test_without_labels_late_echoes_confirm_equal_texts_in_order(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.client.run(general, "same")
        self.pass_time(61)
        self.client.run(general, "same")
        self.receive("@msgid=m1 :ana!ana@h PRIVMSG #general :same")
        self.assertEqual([("same", "sent"), ("same", "pending")], self.states(general))
        self.receive("@msgid=m2 :ana!ana@h PRIVMSG #general :same")
        self.assertEqual([("same", "sent"), ("same", "sent")], self.states(general))
        self.assertEqual(["m1", "m2"], [entry.msgid for entry in general.entries if entry.text == "same"])

    def test_a_refused_message_is_not_confirmed_by_an_echo(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.client.run(general, "same")
        self.receive(":srv 404 ana #general :No")
        self.client.run(general, "same")
        self.receive("@msgid=m1 :ana!ana@h PRIVMSG #general :same")
        self.assertEqual([("same", "failed"), ("same", "sent")], self.states(general))

    def test_an_equal_text_from_another_device_is_a_separate_message(self) -> None:
        general = self.online()
        self.client.run(general, "same")
        self.pass_time(61)
        self.receive("@msgid=m1 :ana!ana@h PRIVMSG #general :same")
        self.assertEqual([("same", "failed"), ("same", "sent")], self.states(general))

    def test_the_minute_of_a_message_that_waited_for_the_connection_begins_when_it_is_sent(self) -> None:
        general = self.online()
        self.lose_connection()
        self.client.run(general, "written while it was down")
        self.pass_time(100)
        self.link_up()
        self.welcome()
        self.enter()
        self.pass_time(50)
        self.assertEqual([("written while it was down", "pending")], self.states(general))


if __name__ == "__main__":
    unittest.main()
