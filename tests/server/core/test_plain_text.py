"""Plain text for netcat and telnet: the question for a name, typed lines, sentences."""

from __future__ import annotations

import unittest

from chatapp.protocol.message import Message
from chatapp.server.core import plain_text
from chatapp.server.core.inbox import Connected, Received
from tests.server.base import FakeLink, ServerTest


class PlainTest(ServerTest):
    CONFIG = '[channels]\ndefault = ["#general"]'

    def type(self, name: str, *lines: str) -> None:
        """Let a person type lines, as the link delivers them."""
        self.send(name, *map(plain_text.line, lines))

    def visit(self, name: str) -> None:
        """Connect with netcat, give a name, and forget all lines about it."""
        self.connect(name)
        self.type(name, name)
        self.forget()

    def assertSentences(self, name: str, *lines: str) -> None:
        """Check that exactly these sentences came since the last check."""
        self.assertEqual(self.text(name), "".join(f"{line}\n" for line in lines))


class NameQuestion(PlainTest):
    def test_it_is_sent_after_three_seconds_of_silence(self) -> None:
        self.connect("rahul")
        self.pass_time(2.9)
        self.assertEqual(self.text("rahul"), "")
        self.pass_time(0.2)
        self.assertEqual(self.text("rahul"), "Choose a username: ")
        self.pass_time(10)
        self.assertEqual(self.text("rahul"), "")

    def test_it_is_not_sent_after_the_first_byte(self) -> None:
        self.connect("ann")
        self.pass_time(1)
        self.send("ann")  # an incomplete line
        self.pass_time(5)
        self.assertEqual(self.text("ann"), "")

    def test_it_is_not_sent_after_a_byte_in_the_turn_of_the_connect(self) -> None:
        link = self.links["ann"] = FakeLink("192.0.2.7", 40_000)
        self.turn(Connected(link), Received(link, []))
        self.pass_time(5)
        self.assertEqual(self.text("ann"), "")

    def test_it_is_not_sent_to_a_peer_that_needs_tls(self) -> None:
        """It may be a slow TLS client, whose handshake would fail because of the question."""
        self.connect("rahul").admits_clear_text = False
        self.pass_time(10)
        self.assertEqual(self.text("rahul"), "")

    def test_it_is_not_sent_to_a_refused_peer(self) -> None:
        link = self.links["rahul"] = FakeLink("192.0.2.7", 40_000)
        self.turn(Connected(link, "The server is full"))
        self.assertGot("rahul", "ERROR :The server is full")
        self.assertTrue(link.is_closed)
        self.pass_time(10)
        self.assertEqual((self.text("rahul"), self.world.unregistered), ("", set()))

    def test_it_is_not_sent_to_a_disconnected_peer(self) -> None:
        self.connect("rahul")
        self.hang_up("rahul")
        self.pass_time(5)
        self.assertEqual(self.text("rahul"), "")

    def test_a_slow_irc_client_is_still_answered_in_irc(self) -> None:
        self.connect("ann")
        self.pass_time(4)
        self.send("ann")  # an incomplete line
        self.say("ann", "NICK ann", "USER ann 0 * :Ann")
        question, *answer = self.messages("ann")
        self.assertEqual(question.params, ("a", "username:"))
        self.assertEqual(answer[0].command, "001")

    def test_a_peer_that_never_answers_is_closed_eventually(self) -> None:
        self.connect("rahul")
        self.pass_time(31)
        self.assertIn("Registration timed out", self.text("rahul"))
        self.assertTrue(self.links["rahul"].is_closed)


class NameAnswer(PlainTest):
    def test_the_first_line_is_the_name(self) -> None:
        self.enter("ann")
        self.connect("rahul")
        self.type("rahul", "Rahul")
        self.assertSentences("rahul", "Rahul joined the chat!")
        self.assertGot("ann", ":Rahul JOIN #general")

    def test_spaces_around_a_name_are_cut_and_those_within_become_underscores(self) -> None:
        self.connect("rahul")
        self.enter("ann")
        self.type("rahul", "  Rahul Rao ")
        self.assertSentences("rahul", "Rahul Rao joined the chat!")
        self.assertGot("ann", ":Rahul_Rao JOIN #general")
        self.type("rahul", "hello")
        self.assertGot("ann", ":Rahul_Rao PRIVMSG #general :hello")
        self.connect("zoe")
        self.type("zoe", "Zoe")
        self.forget()
        self.say("ann", "METADATA Rahul_Rao GET display-name")
        self.assertGot("ann", "761 ann Rahul_Rao display-name * :Rahul Rao")
        self.type("rahul", "hello")
        self.hang_up("rahul")
        self.assertSentences("zoe", "Rahul Rao: hello", "Rahul Rao left the chat!")
        self.say("ann", "METADATA Rahul_Rao GET display-name", "METADATA nobody GET display-name")
        gone, unknown = self.got("ann")[-2:]
        self.assertEqual("761 ann Rahul_Rao display-name * :Rahul Rao", gone)
        self.assertIn("INVALID_TARGET", unknown)

    def test_the_display_name_of_a_refused_name_is_forgotten(self) -> None:
        self.enter("rahul_rao")
        self.connect("rahul")
        self.type("rahul", "Rahul Rao")
        self.assertSentences("rahul", "This name is taken. Choose a username:")
        self.type("rahul", "Rahul")
        self.assertSentences("rahul", "Rahul joined the chat!")

    def test_after_a_name_in_use_the_question_is_repeated(self) -> None:
        self.enter("ann")
        self.connect("rahul")
        self.type("rahul", "ANN")
        self.assertSentences("rahul", "This name is taken. Choose a username:")
        self.type("rahul", "Rahul")
        self.assertSentences("rahul", "Rahul joined the chat!")

    def test_after_the_name_of_an_account_the_question_is_repeated(self) -> None:
        self.make_account("ann")
        self.connect("rahul")
        self.type("rahul", "ann")
        self.assertSentences("rahul", "This name is taken. Choose a username:")

    def test_after_an_invalid_name_the_question_is_repeated_with_the_allowed_characters(self) -> None:
        self.connect("rahul")
        self.type("rahul", "42!")
        self.assertSentences("rahul", "Not a nickname: letters, digits, -_[]\\`^{}|. Choose a username:")
        self.type("rahul", "Rahul")
        self.assertSentences("rahul", "Rahul joined the chat!")

    def test_an_empty_line_is_not_a_name(self) -> None:
        self.connect("rahul")
        self.type("rahul", "")
        self.assertNotIn("joined", self.text("rahul"))
        self.type("rahul", "Rahul")
        self.assertSentences("rahul", "Rahul joined the chat!")

    def test_the_name_and_messages_may_come_in_one_read(self) -> None:
        self.enter("ann")
        self.connect("rahul")
        self.type("rahul", "Rahul", "hello", "again")
        self.assertGot(
            "ann", ":Rahul JOIN #general", ":Rahul PRIVMSG #general :hello", ":Rahul PRIVMSG #general :again"
        )

    def test_the_login_of_a_program_is_not_a_name(self) -> None:
        lines = ("PASS sesame", "NICK ann", "AUTHENTICATE PLAIN", "WEBIRC secret gate a.example 192.0.2.1")
        for line in lines:
            with self.subTest(line=line):
                self.connect("it")
                self.type("it", "42!")
                self.text("it")
                self.type("it", line)
                self.assertSentences(
                    "it", "This looks like the login of a program. Connect again and type only a name"
                )
                self.assertTrue(self.links["it"].is_closed)
        self.assertEqual(list(self.world.users), [])


class Chatting(PlainTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")
        self.visit("Rahul")

    def test_every_line_is_a_message_to_the_channel(self) -> None:
        self.type("Rahul", "hello", "", "   ", "/quit is no command here")
        self.assertGot(
            "ann",
            ":Rahul PRIVMSG #general :hello",
            ":Rahul PRIVMSG #general :/quit is no command here",
        )
        self.assertSentences("Rahul")

    def test_the_login_of_a_program_is_not_sent_to_the_channel(self) -> None:
        expected = "Not sent: this looks like the login of a program and may hold a password"
        self.type("Rahul", "PASS sesame", "AUTHENTICATE AGFubgBwYXNzd29yZDE=")
        self.assertSentences("Rahul", expected, expected)
        self.assertGot("ann")

    def test_lines_that_begin_like_commands_are_messages(self) -> None:
        self.type("Rahul", "PASS the salt", "nick is here")
        sent = ("PASS the salt", "nick is here")
        self.assertGot("ann", *(f":Rahul PRIVMSG #general :{text}" for text in sent))

    def test_messages_are_shown_as_plain_text(self) -> None:
        self.say("ann", "PRIVMSG #general :hello", "PRIVMSG #general :\x01ACTION waves\x01")
        self.say("ann", "PRIVMSG Rahul :psst", "NOTICE #general :Attention")
        self.assertSentences(
            "Rahul", "ann: hello", "* ann waves", "ann (only to you): psst", "ann: Attention"
        )

    def test_people_are_called_by_their_display_names(self) -> None:
        self.say("ann", "METADATA * SET display-name :Ana Ruiz", "PRIVMSG #general :hello")
        self.say("ann", "NICK ana_ruiz", "PRIVMSG #general :bye", "QUIT")
        self.assertSentences("Rahul", "Ana Ruiz: hello", "Ana Ruiz: bye", "Ana Ruiz left the chat!")

    def test_many_lines_arrive_in_order(self) -> None:
        self.say("ann", *(f"PRIVMSG #general :{number}" for number in range(3)))
        self.assertSentences("Rahul", "ann: 0", "ann: 1", "ann: 2")

    def test_joins_and_quits(self) -> None:
        self.enter("bob")
        self.forget()
        self.say("ann", "PART #general")
        self.say("bob", "NICK bert", "QUIT")
        self.assertSentences("Rahul", "ann left the chat!", "bob is now called bert", "bert left the chat!")

    def test_topic_and_kick(self) -> None:
        self.make_operator("ann")
        self.visit("Keshav")
        self.say("ann", "TOPIC #general :Exam on Friday", "KICK #general Keshav :Enough")
        words = ["ann set the topic: Exam on Friday", "Keshav was removed from the chat by ann: Enough"]
        self.assertSentences("Rahul", *words)
        self.assertSentences("Keshav", *words)
        self.type("Keshav", "But why?")
        self.assertSentences("Keshav", "You are not in this channel (+n)")

    def test_nothing_else_of_the_protocol_is_shown(self) -> None:
        self.make_operator("ann")
        self.say("ann", "MODE #general +m", "AWAY :out", "INVITE Rahul #c", "@+typing=active TAGMSG #general")
        self.assertSentences("Rahul")
        self.type("Rahul", "hello")
        self.assertSentences("Rahul", "Only members with voice or a higher rank can write here (+m)")

    def test_a_person_gets_no_ping(self) -> None:
        self.pass_time(1000)
        self.assertSentences("Rahul", "ann left the chat!")
        self.assertFalse(self.links["Rahul"].is_closed)

    def test_a_closed_connection_is_a_quit(self) -> None:
        self.hang_up("Rahul")
        self.assertGot("ann", ":Rahul QUIT :Connection closed")

    def test_the_error_at_shutdown_is_plain_text_too(self) -> None:
        self.make_operator("ann")
        self.say("ann", "KILL Rahul :Enough")
        self.assertSentences("Rahul", "Killed (ann (Enough))")


class Sentences(unittest.TestCase):
    def test_no_line_of_irc_is_taken_for_typed_text(self) -> None:
        self.assertNotEqual(Message.parse("PING").command, plain_text.LINE)

    def test_messages_to_ranks_of_a_channel_are_public(self) -> None:
        message = Message("PRIVMSG", ("@#general", "psst"), "ann!a@h")
        self.assertEqual(plain_text.outgoing(message), b"ann: psst\n")


if __name__ == "__main__":
    unittest.main()
