"""Refused slash commands are returned to the composer; replies are shown where the user asked."""

from __future__ import annotations

from chatapp.client.model.changes import CommandRejected
from chatapp.client.model.people import OWN_AWAY
from chatapp.languages import translation
from tests.client.base import ClientTest
from tests.languages.marking import Marking


class FeedbackTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def returned_text(self) -> list[tuple[str, str]]:
        return [(each.text, each.reason) for each in self.changes if isinstance(each, CommandRejected)]

    def test_a_refused_command_is_returned_with_the_reason(self) -> None:
        for text, line, expected in (
            ("/kick ben", ":srv 482 ana #general :No", "Only operators of #general can do that."),
            ("/join secret", ":srv 471 ana #secret :No", "You cannot join #secret: it is full."),
            ("/whois zoe", ":srv 401 ana zoe :No", "There is no user called zoe."),
            ("/nick ben", ":srv 433 ana ben :Taken", "The name ben is already in use."),
        ):
            with self.subTest(text):
                self.changes.clear()
                self.client.run(self.general, text)
                self.receive(line)
                self.assertEqual(self.returned_text(), [(text, expected)])

    def test_a_command_with_a_password_is_not_returned(self) -> None:
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
                self.assertEqual(self.returned_text(), [])

    def test_it_is_returned_once(self) -> None:
        self.client.run(self.general, "/kick ben")
        self.receive(":srv 482 ana #general :No", ":srv 482 ana #general :No")
        self.assertEqual(len(self.returned_text()), 1)

    def test_another_or_a_late_refusal_returns_nothing(self) -> None:
        self.client.run(self.general, "/kick ben")
        self.receive(":srv 401 ana zoe :No")
        self.now += 21
        self.receive(":srv 482 ana #general :No")
        self.assertEqual(self.returned_text(), [])

    def test_a_refusal_after_the_command_succeeded_returns_nothing(self) -> None:
        self.client.run(self.general, "/kick chen")
        self.receive(":ana!a@h KICK #general chen", ":srv 482 ana #general :No")
        self.assertEqual(self.returned_text(), [])

    def test_events_of_other_users_meanwhile_change_nothing(self) -> None:
        self.client.run(self.general, "/kick ben")
        self.receive(":ben!b@h KICK #general chen", ":eve!e@h JOIN #general", ":srv 482 ana #general :No")
        self.assertEqual(len(self.returned_text()), 1)

    def test_a_refusal_after_a_message_was_sent_returns_nothing(self) -> None:
        self.client.run(self.general, "/topic words")
        self.client.run(self.general, "never mind")
        self.receive(":srv 482 ana #general :No")
        self.assertEqual(self.returned_text(), [])

    def test_whois_is_answered_where_it_was_typed(self) -> None:
        self.receive(":ana!a@h JOIN #help")
        help_channel = self.conversation("#help")
        self.client.run(self.general, "/whois ben")
        self.client.open(help_channel)
        self.receive(":srv 311 ana ben b h * :Ben O", ":srv 318 ana ben :End")
        self.assertEqual("ben is Ben O (b@h)", self.general.entries[-1].text)
        self.assertNotIn("ben is Ben O (b@h)", [entry.text for entry in help_channel.entries])

    def test_away_and_back_are_confirmed_with_a_sentence(self) -> None:
        for line, expected in (
            (":srv 306 ana :away", OWN_AWAY[True]),
            (":srv 305 ana :back", "You are no longer marked as away."),
        ):
            with self.subTest(line):
                self.receive(line)
                self.assertEqual(self.general.entries[-1].text, expected)


class RemovalTest(ClientTest):
    """A user who was removed from a channel sees the reason until the next join."""

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()

    def removal(self) -> tuple[str, str] | None:
        found = self.general.removal
        return None if found is None else (found.text, found.reason)

    def test_a_kick_shows_kicker_and_reason_and_the_history_stays(self) -> None:
        before = len(self.general.entries)
        self.receive(":ben!b@h KICK #general ana :off topic")
        self.assertEqual(self.removal(), ("ben removed you", "Reason: off topic"))
        self.assertGreater(len(self.general.entries), before)
        self.assertIs(self.client.network.find("#general"), self.general)

    def test_a_kick_of_another_user_does_not_remove_us(self) -> None:
        self.receive(":ana!a@h KICK #general ben :off topic")
        self.assertIsNone(self.removal())

    def test_a_refused_join_shows_the_reason(self) -> None:
        self.receive(":ben!b@h KICK #general ana :off topic")
        self.client.join("#general")
        self.receive(":srv 474 ana #general :Banned")
        expected = "You cannot join #general: you are banned."
        self.assertEqual(self.removal(), ("ben removed you", expected))

    def test_a_refused_join_says_that_it_is_a_ban_and_when_it_ends(self) -> None:
        self.receive(":ben!b@h KICK #general ana :off topic")
        self.client.join("#general")
        self.receive(
            ":srv 474 ana #general :Cannot join channel until 2026-03-13T08:00:00.000Z: two: reasons (+b)"
        )
        self.assertEqual(self.removal(), ("ben banned you", "Reason: two: reasons"))
        assert self.general.removal is not None
        self.assertEqual(self.general.removal.until, 1773388800.0)

    def test_the_reason_of_a_ban_is_told_in_another_language(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        translation.install(Marking())
        self.receive(":ben!b@h KICK #general ana :off topic")
        self.client.join("#general")
        self.receive(
            ":srv 474 ana #general :Cannot join channel until 2026-03-13T08:00:00.000Z: two: reasons (+b)"
        )
        self.assertEqual(self.removal(), ("⟦ben banned you⟧", "⟦Reason: two: reasons⟧"))

    def test_a_refused_join_after_a_lost_connection_shows_the_reason(self) -> None:
        self.lose_connection()
        self.pass_time(2)
        self.link_up()
        self.welcome()
        self.receive(":srv 473 ana #general :Invited only")
        expected = "You cannot join #general: you need an invitation."
        self.assertEqual(self.removal(), ("You are not in #general", expected))

    def test_a_rejoin_clears_the_removal(self) -> None:
        self.receive(":ben!b@h KICK #general ana :off topic", ":ana!a@h JOIN #general")
        self.assertIsNone(self.removal())
