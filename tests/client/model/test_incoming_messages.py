"""Messages: their conversation, whether they are unread, and refused own messages."""

from __future__ import annotations

from unittest import mock

from chatapp.client.model.changes import (
    Added,
    ConversationChanged,
    ConversationsChanged,
    Reset,
    TypingChanged,
    Updated,
)
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from tests.client.base import EVERYTHING, NOON, ClientTest

NO_LABELS = EVERYTHING.replace("labeled-response ", "")
BARE = "multi-prefix"


class Receiving(ClientTest):
    def test_a_message_is_shown_in_its_channel_with_all_its_data(self) -> None:
        general = self.online()
        self.receive("@time=2026-03-12T12:00:01.000Z;msgid=m1;account=Ben :ben!b@h PRIVMSG #GENERAL :hi ana")
        entry = general.entries[-1]
        self.assertEqual(Added(general, (entry,)), self.assert_changed(Added))
        self.assertEqual(("ben", "hi ana", NOON + 1, "m1", "Ben"), self.parts(entry))
        self.assertTrue(entry.mention)
        self.assertFalse(entry.own)

    def parts(self, entry: Entry) -> tuple[str, str, float, str, str]:
        return entry.nick, entry.text, entry.time, entry.msgid, entry.account

    def test_a_duplicate_message_is_shown_once(self) -> None:
        general = self.online()
        self.receive(*["@msgid=m1 :ben!b@h PRIVMSG #general :hi"] * 2)
        self.assertEqual(["hi"], self.texts(general))

    def test_without_a_time_tag_a_message_has_the_current_time(self) -> None:
        general = self.online()
        self.now += 5
        self.receive(":ben!b@h PRIVMSG #general :hi")
        self.assertEqual(NOON + 5, general.entries[-1].time)

    def test_a_late_message_is_placed_by_its_time(self) -> None:
        general = self.online()
        self.receive("@time=2026-03-12T12:00:09.000Z :ben!b@h PRIVMSG #general :second")
        self.receive("@time=2026-03-12T12:00:05.000Z :ben!b@h PRIVMSG #general :first")
        self.assertEqual(["first", "second"], self.texts(general))
        self.assert_changed(Reset)

    def test_a_message_to_us_opens_a_direct_conversation(self) -> None:
        self.online()
        self.receive(":ben!b@h PRIVMSG ana :psst")
        direct = self.conversation("Ben")
        self.assertEqual("direct", direct.kind)
        self.assertEqual(["psst"], self.texts(direct))
        self.assert_changed(ConversationsChanged)

    def test_an_own_message_from_another_session_is_shown_with_its_recipient(self) -> None:
        self.online()
        self.receive("@msgid=m1 :ana!ana@home.example PRIVMSG ben :from my phone")
        entry = self.conversation("ben").entries[-1]
        self.assertTrue(entry.own)
        self.assertEqual("sent", entry.state)

    def test_a_message_to_the_operators_is_shown_in_the_channel(self) -> None:
        general = self.online()
        self.receive(":ben!b@h PRIVMSG @#general :just us")
        self.assertEqual(["just us"], self.texts(general))

    def test_a_notice_opens_no_conversation(self) -> None:
        self.online()
        self.receive(":service!s@h NOTICE ana :this nick is registered", ":x!x@h PRIVMSG #elsewhere :stray")
        server = self.conversation("")
        self.assertEqual(["this nick is registered", "stray"], self.texts(server))
        self.assertIsNone(self.client.network.find("service"))

    def test_a_notice_from_a_partner_is_shown_in_the_direct_conversation(self) -> None:
        self.online()
        self.receive(":ben!b@h PRIVMSG ana :psst", ":ben!b@h NOTICE ana :noted")
        self.assertEqual(["psst", "noted"], self.texts(self.conversation("ben")))

    def test_messages_of_ignored_people_are_dropped(self) -> None:
        general = self.online()
        self.client.network.ignored.add("ben")
        self.receive(
            ":Ben!b@h PRIVMSG #general :hi",
            ":Ben!b@h PRIVMSG ana :psst",
            "@+typing=active :ben!b@h TAGMSG #general",
        )
        self.assertEqual([], self.texts(general))
        self.assertIsNone(self.client.network.find("ben"))
        self.assertEqual({}, general.typing)

    def test_text_of_the_server_has_its_own_conversation(self) -> None:
        self.online()
        self.receive(":srv 372 ana :- Be kind", ":srv NOTE * X #general :about the channel")
        self.assertEqual("- Be kind", self.conversation("").entries[-1].text)
        self.assertEqual("Room", self.conversation("").title)
        self.assertEqual("about the channel", self.conversation("#general").entries[-1].text)

    def test_the_answer_to_a_command_is_shown_where_it_was_typed(self) -> None:
        general = self.online()
        self.client.open(general)
        self.receive(":srv NOTE INVITECODE CREATED k3x9 :The code k3x9 is good")
        self.assertEqual("The code k3x9 is good", general.entries[-1].text)


class Unread(ClientTest):
    def test_unseen_messages_are_counted_and_mentions_separately(self) -> None:
        general = self.online()
        self.client.network.watching = False
        self.receive(":ben!b@h PRIVMSG #general :one", ":ben!b@h PRIVMSG #general :ana: two")
        self.assertEqual((2, 1), (general.unread, general.mentions))
        first = next(entry for entry in general.entries if entry.text == "one")
        self.assertEqual(first.key, general.first_unread)
        self.assert_changed(ConversationChanged)

    def test_messages_in_view_are_not_counted(self) -> None:
        general = self.online()
        self.receive(":ben!b@h PRIVMSG #general :one")
        self.assertEqual((0, None), (general.unread, general.first_unread))

    def test_messages_of_another_conversation_are_counted_while_the_window_is_watched(self) -> None:
        self.online()
        self.receive(":ben!b@h PRIVMSG ana :one")
        self.assertEqual(1, self.conversation("ben").unread)

    def test_own_messages_and_joins_do_not_count_as_unread(self) -> None:
        general = self.online()
        self.client.network.watching = False
        self.receive("@msgid=m :ana!a@h PRIVMSG #general :mine", ":dee!d@h JOIN #general")
        self.assertEqual(0, general.unread)

    def test_reading_resets_the_count(self) -> None:
        general = self.online()
        self.client.network.watching = False
        self.receive(":ben!b@h PRIVMSG #general :ana")
        self.client.mark_read(general)
        self.assertEqual((0, 0, None), (general.unread, general.mentions, general.first_unread))
        self.assert_changed(ConversationChanged, self.client.poll())


class Sending(ClientTest):
    def test_own_messages_are_shown_at_once_and_confirmed_by_their_echo(self) -> None:
        general = self.online()
        self.assertIsNone(self.client.run(general, "hello"))
        entry = general.entries[-1]
        self.assertEqual(("hello", "pending", True), (entry.text, entry.state, entry.own))
        self.assertEqual(Added(general, (entry,)), self.assert_changed(Added, self.client.poll()))
        self.assertEqual(["@label=1 PRIVMSG #general :hello"], self.sent())
        self.receive(
            "@label=1;msgid=m1;time=2026-03-12T12:00:01.000Z :ana!ana@home.example PRIVMSG #general :hello"
        )
        self.assertEqual(Updated(general, entry), self.assert_changed(Updated))
        self.assertEqual(("sent", "m1", NOON + 1), (entry.state, entry.msgid, entry.time))
        self.assertEqual(["hello"], self.texts(general))

    def test_messages_of_others_are_placed_before_own_pending_ones(self) -> None:
        general = self.online()
        self.client.run(general, "mine")
        self.receive("@time=2026-03-12T12:00:01.000Z :ben!b@h PRIVMSG #general :theirs")
        self.assertEqual(["theirs", "mine"], self.texts(general))
        self.receive("@label=1;time=2026-03-12T12:00:02.000Z :ana!a@h PRIVMSG #general :mine")
        self.assertEqual(["theirs", "mine"], self.texts(general))

    def test_equal_texts_are_distinguished_by_their_labels(self) -> None:
        general = self.online()
        self.client.run(general, "same")
        self.client.run(general, "same")
        first, second = general.pending()
        self.receive("@label=2;msgid=m2 :ana!a@h PRIVMSG #general :same")
        self.assertEqual(["pending", "sent"], [first.state, second.state])

    def test_without_labels_echoes_are_matched_by_their_text(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.client.run(general, "one")
        self.client.run(general, "/me two")
        self.assertEqual(["PRIVMSG #general :one", "PRIVMSG #general :\x01ACTION two\x01"], self.sent())
        self.receive(":ana!a@h PRIVMSG #general :\x01ACTION two\x01", ":ana!a@h PRIVMSG #general one")
        self.assertEqual(["two", "one"], self.texts(general))
        self.assertEqual([], list(general.pending()))

    def test_an_echo_without_colours_and_spaces_confirms_the_message(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.client.run(general, "\x0304red\x03 alert ")
        self.receive(":ana!a@h PRIVMSG #general :red alert")
        self.assertEqual([("red alert", "sent")], [(e.text, e.state) for e in general.entries if e.own][1:])

    def test_without_echoes_own_messages_count_as_sent_at_once(self) -> None:
        general = self.online(capabilities=BARE)
        self.client.run(general, "hello")
        self.assertEqual("sent", general.entries[-1].state)
        self.assertEqual(["PRIVMSG #general :hello"], self.sent())

    def test_a_message_to_ourselves_is_shown_once(self) -> None:
        self.online()
        self.client.run(None, "/msg ana note to self")
        self.receive(
            "@label=1;msgid=m1 :ana!a@h PRIVMSG ana :note to self",
            "@msgid=m1 :ana!a@h PRIVMSG ana :note to self",
        )
        self.assertEqual(["note to self"], self.texts(self.conversation("ana")))

    def test_several_lines_are_several_messages(self) -> None:
        general = self.online()
        self.client.run(general, "one\r\n\n  two\n")
        self.assertEqual(["@label=1 PRIVMSG #general :one", "@label=2 PRIVMSG #general :  two"], self.sent())
        self.assertEqual(["one", "  two"], self.texts(general))

    def test_displayed_times_follow_the_clock_of_the_server(self) -> None:
        general = self.online()
        self.receive("@time=2026-03-12T12:10:00.000Z :srv PONG srv alive")
        self.client.run(general, "hello")
        self.assertEqual(NOON + 600, general.entries[-1].time)


class Failing(ClientTest):
    def test_a_refusal_with_the_label_fails_the_message(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        self.client.run(general, "two")
        self.receive("@label=2 :srv 404 ana #general :You are muted")
        one, two = general.entries[-2:]
        self.assertEqual(["pending", "failed"], sorted([one.state, two.state], reverse=True))
        failed = next(entry for entry in general.entries if entry.state == "failed")
        self.assertEqual(("two", "You are muted"), (failed.text, failed.problem))

    def test_a_fail_with_the_label_fails_it_too(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        self.receive("@label=1 :srv FAIL PRIVMSG SLOW_DOWN #general :Wait a little")
        self.assertEqual("failed", general.entries[-1].state)

    def test_without_labels_a_refusal_fails_the_oldest_waiting_message(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.client.run(general, "one")
        self.client.run(general, "two")
        self.receive(":srv 404 ana #general :Cannot send")
        self.assertEqual(["failed", "pending"], [entry.state for entry in general.entries[-2:]])

    def test_without_echoes_a_refusal_fails_the_last_message_if_it_is_recent(self) -> None:
        general = self.online(capabilities=BARE)
        self.client.run(general, "one")
        self.now += 2
        self.client.poll()
        self.receive(":srv 404 ana #general :Cannot send")
        self.assertEqual("failed", general.entries[-1].state)
        self.assert_changed(Updated)
        self.client.run(general, "two")
        self.now += 60
        self.receive(":srv 404 ana #general :Cannot send")
        self.assertEqual(["two", "Cannot send"], [entry.text for entry in general.entries[-2:]])

    def test_a_message_to_an_unknown_nick_fails(self) -> None:
        self.online()
        self.client.run(None, "/msg zoe hello")
        self.receive("@label=1 :srv 401 ana zoe :No such nick")
        entry = self.conversation("zoe").entries[-1]
        self.assertEqual(("failed", "There is no user called zoe."), (entry.state, entry.problem))

    def test_a_message_without_an_echo_fails_after_a_minute(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        self.pass_time(59)
        self.assertEqual("pending", general.entries[-1].state)
        self.pass_time(2)
        self.assertEqual("failed", general.entries[-1].state)

    def test_retry_sends_it_again_at_the_end(self) -> None:
        general = self.online()
        self.client.run(general, "/me waves")
        self.receive("@label=1 :srv 404 ana #general :No", ":ben!b@h PRIVMSG #general :hi")
        self.sent()
        self.client.retry(general, next(entry for entry in general.entries if entry.state == "failed"))
        self.assertEqual(["@label=2 PRIVMSG #general :\x01ACTION waves\x01"], self.sent())
        self.assertEqual(
            [("hi", "sent"), ("waves", "pending")], [(e.text, e.state) for e in general.entries[-2:]]
        )

    def test_a_message_that_cannot_be_sent_again_yet_is_not_lost(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        self.receive("@label=1 :srv 404 ana #general :No", ":ben!b@h KICK #general ana")
        failed = next(entry for entry in general.entries if entry.state == "failed")
        self.assertEqual("You are not in #general.", self.client.retry(general, failed))
        self.assertEqual(["one"], self.texts(general))

    def test_a_failed_message_can_be_discarded(self) -> None:
        general = self.online()
        self.client.run(general, "one")
        self.receive("@label=1 :srv 404 ana #general :No")
        self.client.discard(general, general.entries[-1])
        self.assertEqual([], self.texts(general))

    def test_another_refusal_is_shown_in_its_conversation(self) -> None:
        general = self.online()
        self.receive(
            ":srv 482 ana #general :You're not channel operator", ":srv 473 ana #secret :Cannot join"
        )
        self.assertEqual(
            [
                ("error", "Only operators of #general can do that."),
                ("error", "You cannot join #secret: you need an invitation."),
            ],
            [(entry.kind, entry.text) for entry in general.entries[-2:]],
        )


class TypingOfOthers(ClientTest):
    def test_a_user_types_until_the_timeout(self) -> None:
        general = self.online()
        self.receive("@+typing=active :ben!b@h TAGMSG #general")
        self.assertEqual(["ben"], list(general.typing))
        self.assert_changed(TypingChanged)
        self.pass_time(5)
        self.assert_not_changed(TypingChanged)
        self.pass_time(2)
        self.assert_changed(TypingChanged)
        self.assertEqual({}, general.typing)

    def test_a_message_or_done_ends_it_at_once(self) -> None:
        general = self.online()
        for line in (":ben!b@h PRIVMSG #general :hi", "@+typing=done :ben!b@h TAGMSG #general"):
            with self.subTest(line):
                self.receive("@+typing=active :ben!b@h TAGMSG #general")
                self.receive(line)
                self.assertEqual({}, general.typing)

    def test_a_poll_visits_only_conversations_with_typing_users_or_waiting_messages(self) -> None:
        """There may be thousands of conversations and dozens of polls a second."""
        general = self.online()
        for number in range(3):
            self.receive(f":guest{number}!g@h PRIVMSG ana :hello")
        self.receive("@+typing=active :ben!b@h TAGMSG #general")
        self.client.say(self.conversation("guest1"), "hi")
        everything = mock.PropertyMock(side_effect=AssertionError("all conversations were looked at"))
        with mock.patch.object(Network, "conversations", everything):
            self.pass_time(7)
        self.assertEqual({}, general.typing)
        self.assertEqual([self.conversation("guest1")], self.client.network.active())
        self.pass_time(60)
        self.assertEqual("failed", self.conversation("guest1").entries[-1].state)
        self.assertEqual([], self.client.network.active())

    def test_a_closed_conversation_is_not_visited(self) -> None:
        self.online()
        self.receive(":eve!e@h PRIVMSG ana :hello", "@+typing=active :eve!e@h TAGMSG ana")
        self.client.leave(self.conversation("eve"))
        self.assertEqual([], self.client.network.active())

    def test_typing_of_ourselves_and_of_non_members_is_not_shown(self) -> None:
        general = self.online()
        self.receive("@+typing=active :ana!a@h TAGMSG #general", "@+typing=active :zoe!z@h TAGMSG ana")
        self.assertEqual({}, general.typing)
        self.assertIsNone(self.client.network.find("zoe"))
