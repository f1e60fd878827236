"""Own messages that are confirmed late, in order, or not at all."""

from __future__ import annotations

import unittest

from chatapp.client.model.changes import Reset
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.history import SLOW_SECONDS
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


class LostConnections(ClientTest):
    """Messages are sent in the order in which the user wrote them, whatever the connection does."""

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.receive("@time=2026-03-12T12:00:00.000Z;msgid=m0 :ben!b@h PRIVMSG #general :before")

    def write(self, *texts: str) -> None:
        for text in texts:
            self.client.say(self.general, text)

    def come_back(self, capabilities: str = EVERYTHING, nick: str = "ana") -> None:
        """Connect again and enter the channel. `messages_sent` is empty then."""
        self.pass_time(61)
        self.link_up()
        self.welcome(capabilities, nick=nick)
        self.enter(nick=nick)
        self.assertEqual([], self.messages_sent())

    def messages_sent(self) -> list[str]:
        """Return where messages were sent to, and their texts, since the last call."""
        lines = (line.partition(" ")[2] if line.startswith("@") else line for line in self.sent())
        return [line.partition(" ")[2].replace(" :", " ") for line in lines if line.startswith("PRIVMSG")]

    def arrived(self, number: int, text: str, nick: str = "ana") -> str:
        """Return the line of the history for a message that has arrived."""
        return f"@time=2026-03-12T12:00:0{number}.000Z;msgid=m{number} :{nick}!a@h PRIVMSG #general :{text}"

    def states(self) -> dict[str, str]:
        return {entry.text: entry.state for entry in self.general.entries if entry.own and entry.text}

    def test_what_the_history_does_not_show_is_sent_again_before_what_was_written_later(self) -> None:
        self.write("one", "two")
        self.lose_connection()
        self.write("three")
        self.come_back()
        self.write("four")
        self.assertEqual([], self.messages_sent(), "the history is not here")
        self.page("#general", self.arrived(1, "one"))
        self.assertEqual([], self.messages_sent(), "another page is expected")
        self.page("#general")
        self.assertEqual(["#general two", "#general three", "#general four"], self.messages_sent())
        self.assertEqual(["before", "one", "two", "three", "four"], self.texts(self.general))
        self.assertEqual("sent", self.states()["one"])

    def test_equal_texts_are_told_apart_by_their_number(self) -> None:
        self.write("ha", "ha", "ho")
        self.lose_connection()
        self.come_back()
        self.page("#general", self.arrived(1, "ha"))
        self.page("#general")
        self.assertEqual(["#general ha", "#general ho"], self.messages_sent())

    def test_the_connection_is_lost_again_before_the_history_is_here(self) -> None:
        self.write("one")
        self.lose_connection()
        self.write("two")
        self.come_back()
        self.write("three")
        self.lose_connection()
        self.write("four")
        self.come_back()
        self.page("#general")
        self.assertEqual(
            [f"#general {text}" for text in ("one", "two", "three", "four")], self.messages_sent()
        )

    def test_the_connection_is_lost_again_before_they_are_confirmed(self) -> None:
        self.write("one", "two")
        self.lose_connection()
        self.come_back()
        self.page("#general")
        self.write("three")
        self.assertEqual(3, len(self.messages_sent()))
        self.lose_connection()
        self.write("four")
        self.come_back()
        self.page("#general", self.arrived(1, "one"))
        self.page("#general")
        self.assertEqual([f"#general {text}" for text in ("two", "three", "four")], self.messages_sent())

    def test_each_conversation_waits_for_its_own_history(self) -> None:
        ben = self.client.open_direct("ben")
        self.page("ben", "@time=2026-03-12T12:00:00.000Z;msgid=b0 :ben!b@h PRIVMSG ana :hi")
        self.client.say(ben, "to ben")
        self.write("to all")
        self.lose_connection()
        self.client.say(ben, "more to ben")
        self.write("more to all")
        self.come_back()
        self.page("ben")
        self.assertEqual(["ben to ben", "ben more to ben"], self.messages_sent())
        self.page("#general")
        self.assertEqual(["#general to all", "#general more to all"], self.messages_sent())

    def test_a_new_direct_message_that_was_lost_is_sent_again(self) -> None:
        self.client.run(None, "/msg chen psst")
        self.lose_connection()
        self.come_back()
        self.page("chen")
        self.assertEqual(["chen psst"], self.messages_sent())

    def test_a_message_of_several_lines(self) -> None:
        multiline = (
            ":srv CAP * NEW :draft/multiline=max-bytes=4096,max-lines=9",
            ":srv CAP * ACK :draft/multiline",
        )
        self.receive(*multiline)
        self.write("one\ntwo")
        batch = [line.partition(" ")[2] for line in self.sent()]
        self.assertEqual("PRIVMSG #general :two", batch[-2])
        self.lose_connection()
        self.write("three")
        self.come_back()
        self.receive(*multiline)
        self.page("#general")
        self.assertEqual(["#general one", "#general two", "#general three"], self.messages_sent())
        self.assertEqual(["before", "one\ntwo", "three"], self.texts(self.general))

    def test_under_another_nick(self) -> None:
        self.write("one", "two")
        self.lose_connection()
        self.come_back(nick="ana_")
        self.page("#general", self.arrived(1, "one"))
        self.page("#general")
        self.assertEqual(["#general two"], self.messages_sent())
        self.assertEqual(["before", "one", "two"], self.texts(self.general))

    def test_a_refused_page_fails_them_and_the_others_are_sent(self) -> None:
        self.write("one")
        self.lose_connection()
        self.write("two")
        self.come_back()
        self.receive(":srv FAIL CHATHISTORY INVALID_TARGET AFTER #general :No")
        self.assertEqual(["#general two"], self.messages_sent())
        self.assertEqual({"one": "failed", "two": "pending"}, self.states())

    def test_a_page_that_does_not_come_fails_them_and_the_others_are_sent(self) -> None:
        self.write("one")
        self.lose_connection()
        self.write("two")
        self.come_back()
        self.pass_time(SLOW_SECONDS)
        ping = next(line for line in self.sent() if line.startswith("PING history"))
        self.receive(f":srv PONG srv {ping.split()[1]}")
        self.assertEqual(["#general two"], self.messages_sent())
        self.assertEqual({"one": "failed", "two": "pending"}, self.states())

    def test_a_server_that_comes_back_without_history_fails_them_and_the_others_are_sent(self) -> None:
        self.write("one")
        self.lose_connection()
        self.write("two")
        self.pass_time(61)
        self.link_up()
        self.welcome("echo-message", "NETWORK=Room")
        self.enter()
        self.assertEqual(["#general two"], self.messages_sent())
        self.assertEqual({"one": "failed", "two": "pending"}, self.states())

    def test_the_same_text_from_another_device_does_not_confirm_what_was_never_sent(self) -> None:
        self.lose_connection()
        self.write("one")
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.receive(self.arrived(1, "one"))
        self.enter()
        self.assertEqual(["#general one"], self.messages_sent())

    def test_after_the_user_has_disconnected_they_have_failed(self) -> None:
        self.write("one")
        self.lose_connection()
        self.client.disconnect()
        self.assertEqual({"one": "failed"}, self.states())


if __name__ == "__main__":
    unittest.main()
