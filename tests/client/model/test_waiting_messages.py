"""Messages that wait for their turn because the server does not let us write so fast."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.events import ErrorReply
from chatapp.client.model.changes import ConversationChanged
from chatapp.client.model.waiting_messages import USUAL_SECONDS, delay_of
from tests.client.messages import MessagesTest

SLOW = "Slow mode: wait 12 more seconds (+S)"


class Delays(unittest.TestCase):
    def test_refusals_that_only_ask_for_patience(self) -> None:
        table: dict[tuple[str, str], float | None] = {
            ("404", SLOW): 12,
            ("404", "Cannot send to channel (+n)"): None,
            ("404", "You are banned here (+b)"): None,
            ("439", "Target change too fast. Please wait 15 seconds."): 15,
            ("439", "Target change too fast"): USUAL_SECONDS,
            ("404", "You are sending messages too quickly"): USUAL_SECONDS,
            ("404", "Message throttled; try again in 3s"): 3,
            ("482", SLOW): None,
            ("404", "Slow mode: wait 99999 seconds"): 3600,
        }
        for (code, text), expected in table.items():
            with self.subTest(text=text):
                self.assertEqual(expected, delay_of(ErrorReply(code, text)))


class Turns(MessagesTest):
    def say(self, *texts: str) -> list[str]:
        """Send these texts and return the labels of the lines that were sent."""
        for text in texts:
            self.client.say(self.general, text)
        return [line.partition("label=")[2].partition(" ")[0] for line in self.sent() if "PRIVMSG" in line]

    def refuse(self, *labels: str) -> None:
        self.receive(*(f"@label={label} :srv 404 ana #general :{SLOW}" for label in labels))

    def echo(self, label: str, text: str) -> None:
        self.receive(f"@label={label};msgid=x{label} :ana!a@h PRIVMSG #general :{text}")

    def messages_sent(self) -> list[str]:
        return [line.rpartition(":")[2] for line in self.sent() if "PRIVMSG" in line]

    def test_a_message_that_came_too_soon_waits_and_is_sent_in_turn(self) -> None:
        self.refuse(*self.say("one", "two"))
        self.assert_changed(ConversationChanged)
        self.assertEqual(["pending", "pending"], [each.state for each in self.general.entries[-2:]])
        waiting = self.client.waiting(self.general)
        self.assertEqual((2, 12.0, True), (waiting.count, waiting.seconds, waiting.is_slow_mode))
        self.pass_time(11)
        self.assertEqual([], self.messages_sent())
        self.pass_time(1)
        self.assertEqual(["one"], self.messages_sent())
        self.pass_time(1)
        self.assertEqual([], self.messages_sent(), "the first one is not confirmed yet")
        self.echo(self.general.pending()[0].label, "one")
        self.pass_time(1)
        self.assertEqual(["two"], self.messages_sent())

    def test_what_is_written_meanwhile_waits_behind_it(self) -> None:
        self.refuse(*self.say("one"))
        self.assertEqual([], self.say("two"))
        self.pass_time(12)
        self.assertEqual(["one"], self.messages_sent())

    def test_a_chatapp_server_states_the_seconds(self) -> None:
        (label,) = self.say("one")
        self.receive(f"@label={label} :srv FAIL PRIVMSG SLOW_MODE #general 7 :Slow mode: have patience")
        waiting = self.client.waiting(self.general)
        self.assertEqual((1, 7.0, True), (waiting.count, waiting.seconds, waiting.is_slow_mode))

    def test_a_second_refusal_lets_it_wait_again(self) -> None:
        self.refuse(*self.say("one"))
        self.pass_time(12)
        self.sent()
        self.refuse(self.general.pending()[0].label)
        self.assertEqual(12.0, self.client.waiting(self.general).seconds)

    def test_in_a_slow_channel_the_next_message_waits_without_being_refused(self) -> None:
        chanmodes = "CHANMODES=beI,k,Sl,imnst"
        self.receive(f":srv 005 ana {chanmodes} :are supported", ":ben!b@h MODE #general +S 30")
        self.assertEqual(30, self.general.slow_seconds)
        (label,) = self.say("one")
        self.echo(label, "one")
        self.assertEqual([], self.say("two"))
        waiting = self.client.waiting(self.general)
        self.assertEqual((1, 30.0, 30), (waiting.count, waiting.seconds, waiting.pause))
        self.pass_time(30)
        self.assertEqual(["two"], self.messages_sent())
        self.receive(":ben!b@h MODE #general -S")
        self.assertEqual(0, self.general.slow_seconds)

    def test_messages_fail_when_the_user_is_removed_from_the_channel(self) -> None:
        self.refuse(*self.say("one"))
        self.say("two")
        self.receive(":ben!b@h KICK #general ana :flood")
        failed = [each for each in self.general.entries if each.state == "failed"]
        self.assertEqual(["one", "two"], [each.text for each in failed])
        self.assertEqual("You were removed from #general before it was sent.", failed[0].problem)
        self.assertEqual(0, self.client.waiting(self.general).count)

    def test_they_can_be_cancelled(self) -> None:
        self.refuse(*self.say("one"))
        self.say("two")
        self.assertEqual(["one", "two"], self.client.cancel_waiting(self.general))
        self.assertEqual([], self.texts(self.general))
        self.pass_time(20)
        self.assertEqual([], self.messages_sent())
        self.assertEqual(0, self.client.waiting(self.general).count)

    def test_a_lost_connection_ends_the_wait(self) -> None:
        self.refuse(*self.say("one"))
        self.lose_connection()
        self.client.say(self.general, "two")
        waiting = self.client.waiting(self.general)
        self.assertEqual((2, 0.0), (waiting.count, waiting.seconds))
        self.pass_time(1)
        self.link_up()
        self.welcome(self.capabilities)
        self.enter()
        self.assertEqual(["one", "two"], self.messages_sent())

    def test_one_message_can_be_taken_back_to_the_composer(self) -> None:
        self.refuse(*self.say("one"))
        self.assertEqual("one", self.client.take_back(self.general, self.general.pending()[0]))
        self.assertEqual([], self.texts(self.general))
        (label,) = self.say_after_wait("under way")
        entry = self.general.pending()[0]
        self.assertEqual("", self.client.take_back(self.general, entry), "it was sent already")
        self.receive(f"@label={label} :srv 404 ana #general :You are banned here (+b)")
        self.assertEqual("under way", self.client.take_back(self.general, entry))

    def say_after_wait(self, text: str) -> list[str]:
        self.pass_time(13)
        self.sent()
        return self.say(text)
