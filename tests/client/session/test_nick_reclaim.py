"""A nick that is in use: the alternative, and how our own is reclaimed."""

from __future__ import annotations

import unittest

from chatapp.client.login import Login
from chatapp.client.session.nick_reclaim import alternative_nick
from tests.client.base import ClientTest


class Nicks(ClientTest):
    def back(self) -> None:
        """Lose the connection and reconnect while our nick is still taken."""
        self.lose_connection()
        self.pass_time(1)
        self.link_up()
        self.receive(":srv 433 * ana :in use", ":srv 001 ana_2 :Welcome")

    def test_a_taken_nick_is_replaced_and_requested_when_its_holder_quits(self) -> None:
        self.online()
        self.back()
        self.assertIn("NICK ana_2", self.sent())
        self.assertEqual("ana_2", self.client.network.nick)
        self.enter("#general", nick="ana_2", others="ana ben")
        self.receive(":ana!ana@home.example QUIT :Ping timeout")
        self.assertIn("NICK ana", self.sent())
        self.receive(":ana_2!ana@home.example NICK ana")
        self.assertEqual("ana", self.client.network.nick)
        self.pass_time(60)
        self.assertNotIn("NICK ana", self.sent())

    def test_it_is_requested_at_intervals_and_a_refusal_is_not_shown(self) -> None:
        general = self.online()
        self.back()
        self.sent()
        self.pass_time(31)
        self.assertIn("NICK ana", self.sent())
        entries = len(general.entries)
        self.receive(":srv 433 ana_2 ana :in use")
        self.assertEqual(entries, len(general.entries))
        self.client.run(general, "/nick ben")
        self.receive(":srv 433 ana_2 ben :in use")
        self.assertEqual("The name ben is already in use.", general.entries[-1].text)

    def test_a_nick_that_the_user_chose_is_used_at_the_next_connection(self) -> None:
        self.online()
        self.receive(":ana!ana@home.example NICK anna")
        self.pass_time(61)
        self.assertNotIn("NICK ana", self.sent())
        self.lose_connection()
        self.pass_time(1)
        self.link_up()
        self.assertIn("NICK anna", self.sent())

    def test_a_nick_that_the_server_shortened_is_accepted(self) -> None:
        self.connect()
        self.welcome(nick="an")
        self.assertEqual("an", self.client.network.nick)

    def test_a_nick_that_is_too_long_for_the_server_is_shortened(self) -> None:
        for reason, tries in (
            ("Nickname too long, max. 16 characters", ["Anastasia_Maria"]),
            ("Erroneous Nickname", ["Anastasia_Maria_von_Hohenfels", "Anastasia_Maria", "Anastasia"]),
        ):
            with self.subTest(reason):
                nick = "Anastasia_Maria_von_Hohenfels_zu"
                self.connect(Login("chat.example", 5000, nick))
                for each in tries:
                    self.receive(f":srv 432 * {nick} :{reason}")
                    self.assertEqual(f"NICK {each}", self.sent()[-1])
                    nick = each
        self.receive(f":srv 432 * {nick} :Erroneous Nickname")
        self.assert_failed("name")

    def test_a_nick_that_the_server_does_not_allow_is_not_requested_again(self) -> None:
        for nick, reason, isupport in (
            ("José", "Erroneous Nickname", ""),
            ("Anastasia_Maria", "Nickname too long", "NICKLEN=9"),
        ):
            with self.subTest(nick):
                self.connect(Login("chat.example", 5000, nick))
                self.receive(f":srv 432 * {nick} :{reason}")
                used = self.sent()[-1].removeprefix("NICK ")
                self.welcome(nick=used)
                self.receive(f":srv 005 {used} {isupport} :are supported")
                self.pass_time(31)
                self.receive(f":srv 432 {used} {nick} :{reason}")
                self.sent()
                self.pass_time(120)
                self.assertNotIn(f"NICK {nick}", self.sent())

    def test_a_refused_nick_is_explained(self) -> None:
        general = self.online()
        for line, expected in (
            ("432 ana a@b :Not a nickname", "A name cannot contain “@”. It may have letters, digits and - _"),
            ("433 ana ben :Nickname is already in use", "The name ben is already in use."),
            ("433 ana ben :This name belongs to an account: log in to use it", "The name ben is protected"),
            ("437 ana ben :You are banned", "You cannot change your name now. The server says: You are"),
        ):
            with self.subTest(line):
                self.receive(f":srv {line}")
                self.assertIn(expected, general.entries[-1].text)


class Alternatives(unittest.TestCase):
    def test_the_number_at_the_end_is_raised(self) -> None:
        for nick, expected in {
            "ana": "ana_2",
            "ana_2": "ana_3",
            "ana_9": "ana_10",
            "_2": "_2_2",
            "a_b": "a_b_2",
        }.items():
            with self.subTest(nick):
                self.assertEqual(expected, alternative_nick(nick))
