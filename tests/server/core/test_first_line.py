"""IRC clients, users of netcat and other programs are distinguished by their first lines."""

from __future__ import annotations

import unittest

from chatapp.server.commands import COMMANDS
from chatapp.server.core.first_line import Peer, classify, looks_like_login, rejection_text

REGISTRATION = (
    "AUTHENTICATE AGFubgBwYXNzd29yZDE=",
    "AUTHENTICATE PLAIN",
    "CAP LS 302",
    "CAP END",
    "CAP REQ :sasl message-tags",
    "NICK ann",
    "NS IDENTIFY sesame",
    "NickServ IDENTIFY ann sesame",
    "OPER owner sesame",
    "PASS sesame",
    "PASS :open sesame",
    "PASS ann:sesame",
    "PRIVMSG NickServ :IDENTIFY sesame",
    "REGISTER * * sesame",
    "REGISTER ann ann@example.org sesame",
    "SERVICE dict * *.example 0 0 :Dictionary",
    "USER ann 0 * :Ann",
    "USER ann 0 * ann",
    "USER ann localhost irc.example :Ann Example",
    "VERIFY ann 123456",
    "WEBIRC secret gateway client.example 192.0.2.7",
    "@label=1 PASS sesame",
)
TALK = (
    "PASS the salt",
    "Pass the salt",
    "nick is here",
    "NICK IS HERE",
    "Nick said so",
    "USER ANN IS GONE",
    "SERVER IS DOWN AGAIN",
    "cap on",
    "CAP TABLE",
    "register now please",
    "REGISTER YOUR CAR TODAY",
    "@ann: PASS",
    "STARTTLS",
    "QUIT",
)


class FirstLine(unittest.TestCase):
    def assertJudged(self, peer: Peer, *lines: str, asked: bool = False) -> None:
        for line in lines:
            with self.subTest(line=line, asked=asked):
                self.assertEqual(classify([line], asked, COMMANDS), peer)

    def test_a_client_begins_with_a_command(self) -> None:
        for asked in (False, True):
            self.assertJudged(
                "client",
                "CAP LS 302",
                "NICK ann",
                "nick ann",
                "USER ann 0 * :Ann",
                "user ann 0 * :Ann",
                "PASS sesame",
                "pass sesame",
                "Pass sesame",
                "AUTHENTICATE PLAIN",
                "REGISTER * * sesame",
                "OPER owner sesame",
                "PING 1",
                "@label=1 NICK ann",
                ":ann NICK ann",
                "QUIT",
                "QUIT :bye",
                asked=asked,
            )

    def test_a_single_word_that_is_not_a_command_is_a_name(self) -> None:
        for asked in (False, True):
            self.assertJudged("person", "Keshav", " Keshav ", "KESHAV", "कविता", "小明", "a_1", asked=asked)

    def test_a_name_of_several_words_needs_no_question(self) -> None:
        names = (
            "Rahul Rao",
            "Dora Keller",
            "Ana van der Berg",
            "Zoé O’Neill",
            "J. R. Smith-Jones",
            "王 小明",
        )
        for asked in (False, True):
            self.assertJudged("person", *names, asked=asked)

    def test_the_answer_to_the_question_can_be_a_name_that_is_also_a_command(self) -> None:
        self.assertJudged(
            "person",
            *("Nick", "nick", "NICK", "admin", "Time", "Help", "Ping", "List", "Quit", "User"),
            *("Server", "Auth", "Nick Carter", "User Friendly", "Rahul Rao", "Time Lord"),
            *("list of names", "ping me", "42!"),
            asked=True,
        )
        self.assertJudged("client", "Nick", "admin", "Time", "Help", "Ping", "List")

    def test_a_program_with_another_protocol_is_rejected(self) -> None:
        rejected = (
            "WEBIRC secret gateway client.example 192.0.2.7",
            "PROXY TCP4 192.0.2.7 192.0.2.1 4000 5000",
            "STARTTLS",
            "SERVICE dict * *.example 0 0 :Dictionary",
            "EHLO mail.example",
            "AUTH LOGIN",
            "a1 LOGIN ann sesame",
            "\x05\x01\x00\x02",
            "\x16\x03\x01\x02\x00\x01",
            "Rahul\x1b[2J",
        )
        for asked in (False, True):
            self.assertJudged("stranger", *rejected, asked=asked)
        self.assertJudged(
            "stranger",
            "SSH-2.0-OpenSSH_9.6",
            "get / http/1.1",
            "PROPFIND / HTTP/1.1",
            "PRI * HTTP/2.0",
            "*1",
            "set key 0 0 5",
            "starttls",
            "flush_all",
            "get key",
            "CONFIG GET",
            "a1 Login",
            "Login Ann",
            "Rahul Rao 42",
            "42!",
            "J\ufffdrgen",
            "x" * 65,
        )

    def test_a_name_followed_by_a_login_in_the_same_read_comes_from_a_program(self) -> None:
        for line in REGISTRATION:
            with self.subTest(line=line):
                self.assertEqual(classify(["HOWDY", "CAP LS", line], False, COMMANDS), "stranger")
                self.assertEqual(classify(["HOWDY", line.lower()], False, COMMANDS), "stranger")
        self.assertEqual(classify(["Rahul", *TALK], False, COMMANDS), "person")

    def test_a_rejected_program_gets_an_explanation(self) -> None:
        self.assertIn("Begin with TLS at once", rejection_text("STARTTLS"))
        self.assertIn("[proxy]", rejection_text("PROXY TCP4 192.0.2.7 192.0.2.1 4000 5000"))
        self.assertIn("Speak IRC", rejection_text("SSH-2.0-OpenSSH_9.6"))


class LoginsOfPrograms(unittest.TestCase):
    def test_a_login_is_distinguished_from_text_that_people_write(self) -> None:
        for line in REGISTRATION:
            with self.subTest(line=line):
                self.assertTrue(looks_like_login(line))
        for line in (*TALK, "pass it", "oper one two"):
            with self.subTest(line=line):
                self.assertFalse(looks_like_login(line))
