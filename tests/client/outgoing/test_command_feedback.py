"""Refused slash commands go back to the composer; replies stand where the user asked."""

from __future__ import annotations

from chatapp.client.model.changes import CommandRejected
from tests.client.base import ClientTest


class CommandedTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def given_back(self) -> list[tuple[str, str]]:
        return [(each.text, each.reason) for each in self.changes if isinstance(each, CommandRejected)]

    def test_a_refused_command_comes_back_with_the_reason(self) -> None:
        for text, line, words in (
            ("/kick ben", ":srv 482 ana #general :No", "Only operators of #general can do that."),
            ("/join secret", ":srv 471 ana #secret :No", "You cannot join #secret: it is full."),
            ("/whois zoe", ":srv 401 ana zoe :No", "There is nobody called zoe."),
            ("/nick ben", ":srv 433 ana ben :Taken", "Somebody else is using the name ben."),
        ):
            with self.subTest(text):
                self.changes.clear()
                self.client.run(self.general, text)
                self.receive(line)
                self.assertEqual(self.given_back(), [(text, words)])

    def test_what_holds_a_password_does_not_come_back(self) -> None:
        for text, line in (
            ("/oper ana secret", ":srv 464 ana :No"),
            ("/oper ana secret", ":srv 491 ana :No"),
            ("/quote PASS secret", ":srv 462 ana :No"),
            ("/quote NS IDENTIFY secret", ":srv 421 ana NS :No"),
            ("/msg NickServ IDENTIFY secret", ":srv 401 ana NickServ :No"),
        ):
            with self.subTest(text):
                self.client.run(self.general, text)
                self.receive(line)
                self.assertEqual(self.given_back(), [])

    def test_it_comes_back_once(self) -> None:
        self.client.run(self.general, "/kick ben")
        self.receive(":srv 482 ana #general :No", ":srv 482 ana #general :No")
        self.assertEqual(len(self.given_back()), 1)

    def test_a_refusal_of_something_else_or_long_after_gives_nothing_back(self) -> None:
        self.client.run(self.general, "/kick ben")
        self.receive(":srv 401 ana zoe :No")
        self.now += 21
        self.receive(":srv 482 ana #general :No")
        self.assertEqual(self.given_back(), [])

    def test_nor_does_one_after_it_was_done(self) -> None:
        self.client.run(self.general, "/kick chen")
        self.receive(":ana!a@h KICK #general chen", ":srv 482 ana #general :No")
        self.assertEqual(self.given_back(), [])

    def test_what_others_do_meanwhile_changes_nothing(self) -> None:
        self.client.run(self.general, "/kick ben")
        self.receive(":ben!b@h KICK #general chen", ":eve!e@h JOIN #general", ":srv 482 ana #general :No")
        self.assertEqual(len(self.given_back()), 1)

    def test_nor_does_one_after_a_message_was_sent(self) -> None:
        self.client.run(self.general, "/topic words")
        self.client.run(self.general, "never mind")
        self.receive(":srv 482 ana #general :No")
        self.assertEqual(self.given_back(), [])

    def test_whois_is_answered_where_it_was_asked(self) -> None:
        self.receive(":ana!a@h JOIN #help")
        help_channel = self.conversation("#help")
        self.client.run(self.general, "/whois ben")
        self.client.open(help_channel)
        self.receive(":srv 311 ana ben b h * :Ben O", ":srv 318 ana ben :End")
        self.assertEqual("ben is Ben O (b@h)", self.general.entries[-1].text)
        self.assertNotIn("ben is Ben O (b@h)", [entry.text for entry in help_channel.entries])

    def test_away_and_back_are_confirmed_with_a_sentence(self) -> None:
        for line, words in (
            (":srv 306 ana :away", "You are marked as away. Type /back when you return."),
            (":srv 305 ana :back", "You are no longer marked as away."),
        ):
            with self.subTest(line):
                self.receive(line)
                self.assertEqual(self.general.entries[-1].text, words)


class RemovalTest(ClientTest):
    """A user who was removed from a channel sees why, until they are in it again."""

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def removal(self) -> tuple[str, str] | None:
        found = self.general.removal
        return None if found is None else (found.text, found.reason)

    def test_a_kick_tells_who_and_why_and_leaves_the_history(self) -> None:
        before = len(self.general.entries)
        self.receive(":ben!b@h KICK #general ana :off topic")
        self.assertEqual(self.removal(), ("ben removed you", "Reason: off topic"))
        self.assertGreater(len(self.general.entries), before)
        self.assertIs(self.client.network.find("#general"), self.general)

    def test_a_kick_of_somebody_else_removes_nobody_here(self) -> None:
        self.receive(":ana!a@h KICK #general ben :off topic")
        self.assertIsNone(self.removal())

    def test_a_join_that_is_refused_tells_why(self) -> None:
        self.receive(":ben!b@h KICK #general ana :off topic")
        self.client.join("#general")
        self.receive(":srv 474 ana #general :Banned")
        words = "You cannot join #general: you are banned."
        self.assertEqual(self.removal(), ("ben removed you", words))

    def test_so_does_one_after_the_connection_was_lost(self) -> None:
        self.lose_connection()
        self.pass_time(2)
        self.link_up()
        self.welcome()
        self.receive(":srv 473 ana #general :Invited only")
        words = "You cannot join #general: you need an invitation."
        self.assertEqual(self.removal(), ("You are not in #general", words))

    def test_after_a_rejoin_the_removal_is_forgotten(self) -> None:
        self.receive(":ben!b@h KICK #general ana :off topic", ":ana!a@h JOIN #general")
        self.assertIsNone(self.removal())
