"""History: earlier, missed and older messages, without gaps and duplicates."""

from __future__ import annotations

from chatapp.client.model.changes import Added, ConversationChanged, Prepended, Reset
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.history import SLOW_SECONDS
from tests.client.base import EVERYTHING, ISUPPORT, ClientTest

BY_TIME = ISUPPORT.replace("MSGREFTYPES=msgid,timestamp", "MSGREFTYPES=timestamp")


def line(number: int, text: str = "", target: str = "#general", nick: str = "ben", msgid: bool = True) -> str:
    """Return message `number` of the server's history, sent so many seconds after noon."""
    tags = f"time=2026-03-12T12:{number // 60:02}:{number % 60:02}.000Z" + (
        f";msgid=m{number}" if msgid else ""
    )
    return f"@{tags} :{nick}!{nick}@h PRIVMSG {target} :{text or f'message {number}'}"


class HistoryTest(ClientTest):
    def rejoin(self, channel: str = "#general", nick: str = "ana") -> None:
        """Reconnect and register."""
        self.pass_time(61)
        self.link_up()
        self.welcome(nick=nick)
        self.sent()
        self.enter(channel, nick)

    def numbers(self, conversation: Conversation) -> list[int]:
        """Return the numbers of the displayed messages of the server's history, in display order."""
        return [int(text.split()[1]) for text in self.texts(conversation)]

    def asked(self) -> list[str]:
        """Return the requested pages. The list of direct messages has its own tests."""
        return [line for line in self.sent() if "CHATHISTORY" in line and "TARGETS" not in line]


class FirstJoin(HistoryTest):
    def setUp(self) -> None:
        super().setUp()
        self.now += 3600  # all were sent before our join

    def test_the_last_page_is_requested_at_a_join(self) -> None:
        self.connect()
        self.welcome()
        general = self.enter()
        self.assertEqual(["CHATHISTORY LATEST #general * 50"], self.asked())
        self.page("#general", line(1), line(2))
        self.assertEqual([1, 2], self.numbers(general))
        self.assert_changed(Prepended)
        self.assertEqual((0, False), (general.unread, general.complete))

    def test_a_message_from_an_earlier_run_does_not_confirm_a_pending_one(self) -> None:
        self.now -= 3600
        self.connect()
        self.welcome()
        general = self.enter()
        self.client.run(general, "hi")
        self.page("#general", line(1, "hi", nick="ana"))
        shown = [(entry.state, entry.msgid) for entry in general.entries if entry.text]
        self.assertEqual([("sent", "m1"), ("pending", "")], shown)

    def test_an_empty_page_is_the_whole_history(self) -> None:
        self.assertTrue(self.online().complete)

    def test_isupport_alone_announces_the_history(self) -> None:
        self.connect()
        self.welcome(EVERYTHING.replace("draft/chathistory ", ""))
        self.enter()
        self.assertEqual(["CHATHISTORY LATEST #general * 50"], self.asked())

    def test_the_limit_of_the_server_is_respected(self) -> None:
        self.connect()
        self.welcome(isupport=ISUPPORT.replace("CHATHISTORY=100", "CHATHISTORY=20"))
        self.enter()
        self.assertEqual(["CHATHISTORY LATEST #general * 20"], self.asked())

    def test_without_batch_or_server_time_no_history_is_requested(self) -> None:
        for lacking in ("batch ", "server-time ", "message-tags "):
            with self.subTest(lacking):
                self.connect()
                self.welcome(EVERYTHING.replace(lacking, ""))
                self.enter()
                self.assertEqual([], self.asked())

    def test_a_live_message_that_is_also_in_the_page_is_shown_once(self) -> None:
        self.connect()
        self.welcome()
        general = self.enter()
        self.receive(line(3), line(4))
        self.page("#general", line(2), line(3))
        self.assertEqual([2, 3, 4], self.numbers(general))

    def test_a_direct_message_is_opened_with_its_history(self) -> None:
        self.online()
        self.client.open_direct("ben")
        self.assertEqual(["CHATHISTORY LATEST ben * 50"], self.asked())
        self.page("ben", line(1, target="ana"))
        self.assertEqual([1], self.numbers(self.conversation("ben")))


class ScrollingUp(HistoryTest):
    def setUp(self) -> None:
        super().setUp()
        self.now += 3600
        self.connect()
        self.welcome()
        self.general = self.enter()
        self.page("#general", line(50), line(51))
        self.sent()

    def test_older_pages_are_requested_until_the_beginning(self) -> None:
        self.client.load_older(self.general)
        self.assertTrue(self.general.loading_older)
        self.assert_changed(ConversationChanged, self.client.poll())
        self.assertEqual(["CHATHISTORY BEFORE #general msgid=m50 100"], self.asked())
        self.page("#general", line(48), line(49))
        change = self.assert_changed(Prepended)
        self.assertEqual(["message 48", "message 49"], [entry.text for entry in change.entries])
        self.assertFalse(self.general.loading_older)
        self.client.load_older(self.general)
        self.assertEqual(["CHATHISTORY BEFORE #general msgid=m48 100"], self.asked())
        self.page("#general")
        self.assertTrue(self.general.complete)
        self.client.load_older(self.general)
        self.assertEqual([], self.asked())

    def test_one_page_is_requested_at_a_time(self) -> None:
        self.client.load_older(self.general)
        self.client.load_older(self.general)
        self.assertEqual(1, len(self.asked()))

    def test_older_messages_do_not_count_as_unread(self) -> None:
        self.client.network.watching = False
        self.client.load_older(self.general)
        self.page("#general", line(49, "ana: look"))
        self.assertEqual((0, 0), (self.general.unread, self.general.mentions))

    def test_a_refusal_ends_the_request(self) -> None:
        self.client.load_older(self.general)
        self.receive(":srv FAIL CHATHISTORY INVALID_TARGET BEFORE #general :You may not")
        self.assertFalse(self.general.loading_older)
        self.assertTrue(self.general.complete)
        self.assertEqual([50, 51], self.numbers(self.general))

    def test_no_page_is_requested_while_offline(self) -> None:
        self.lose_connection()
        self.client.load_older(self.general)
        self.assertFalse(self.general.loading_older)

    def test_with_times_as_the_only_reference_the_overlapping_page_causes_no_duplicates(self) -> None:
        self.receive(f":srv 005 ana {BY_TIME} :are supported")
        self.client.load_older(self.general)
        self.assertEqual(["CHATHISTORY BEFORE #general timestamp=2026-03-12T12:00:50.001Z 100"], self.asked())
        self.page("#general", line(49), line(50))
        self.assertEqual([49, 50, 51], self.numbers(self.general))

    def test_messages_without_ids_are_recognised_by_time_nick_and_text(self) -> None:
        self.page("#general", line(49, msgid=False), line(49, "other 49", msgid=False))
        self.page("#general", line(49, msgid=False), line(49, "other 49", msgid=False), line(48, msgid=False))
        self.assertEqual([48, 49, 49, 50, 51], self.numbers(self.general))


class Reconnecting(HistoryTest):
    def setUp(self) -> None:
        super().setUp()
        self.connect()
        self.welcome()
        self.general = self.enter()
        self.page("#general", line(1), line(2))
        self.receive(line(3))
        self.client.network.watching = False

    def test_missed_messages_are_fetched_page_by_page_until_the_end(self) -> None:
        self.lose_connection()
        self.rejoin()
        self.assertEqual(["CHATHISTORY AFTER #general msgid=m3 100"], self.asked())
        self.page("#general", line(4), line(5))
        self.assertEqual(["CHATHISTORY AFTER #general msgid=m5 100"], self.asked())
        self.page("#general", line(6))
        self.assertEqual(["CHATHISTORY AFTER #general msgid=m6 100"], self.asked())
        self.page("#general")
        self.assertEqual([], self.asked())
        self.assertEqual([1, 2, 3, 4, 5, 6], self.numbers(self.general))
        self.assertEqual(3, self.general.unread)
        first = next(entry for entry in self.general.entries if entry.msgid == "m4")
        self.assertEqual(first.key, self.general.first_unread)

    def test_messages_that_arrive_meanwhile_leave_no_gap_and_appear_once(self) -> None:
        self.lose_connection()
        self.rejoin()
        self.receive(line(8))
        self.page("#general", line(4), line(5))
        self.assert_changed(Reset)
        self.receive(line(9))
        self.page("#general", line(6), line(7), line(8), line(9))
        self.page("#general")
        self.assertEqual([1, 2, 3, 4, 5, 6, 7, 8, 9], self.numbers(self.general))

    def test_a_loss_while_fetching_continues_where_it_stopped(self) -> None:
        self.lose_connection()
        self.rejoin()
        self.receive(line(9))
        self.page("#general", line(4), line(5))
        self.lose_connection()
        self.rejoin()
        self.assertEqual(["CHATHISTORY AFTER #general msgid=m5 100"], self.asked())
        self.page("#general", line(6), line(7), line(8), line(9))
        self.page("#general")
        self.assertEqual([1, 2, 3, 4, 5, 6, 7, 8, 9], self.numbers(self.general))

    def test_a_second_loss_starts_from_the_latest_received_message(self) -> None:
        self.lose_connection()
        self.rejoin()
        self.page("#general")
        self.receive(line(10))
        self.lose_connection()
        self.rejoin()
        self.assertEqual(["CHATHISTORY AFTER #general msgid=m10 100"], self.asked())

    def test_an_unknown_msgid_is_replaced_by_its_time(self) -> None:
        self.lose_connection()
        self.rejoin()
        self.asked()
        self.receive(":srv FAIL CHATHISTORY INVALID_MSGREFTYPE AFTER #general :Unknown msgid")
        self.assertEqual(["CHATHISTORY AFTER #general timestamp=2026-03-12T12:00:02.999Z 100"], self.asked())
        self.page("#general", line(3), line(4))
        self.assertEqual([1, 2, 3, 4], self.numbers(self.general))

    def test_an_unconfirmed_message_counts_as_sent_if_the_history_contains_it(self) -> None:
        self.client.run(self.general, "did it arrive?")
        self.client.run(self.general, "and this?")
        self.lose_connection()
        self.assertEqual(["pending", "pending"], [entry.state for entry in self.general.entries[-2:]])
        self.rejoin()
        self.page("#general", line(4, "did it arrive?", nick="ana"))
        states = {entry.text: (entry.state, entry.msgid) for entry in self.general.entries if entry.own}
        self.assertEqual(("sent", "m4"), states["did it arrive?"])
        self.assertEqual(("pending", ""), states["and this?"])
        self.assertEqual(1, self.texts(self.general).count("did it arrive?"))

    def test_a_server_without_history_is_joined_again_too(self) -> None:
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome("multi-prefix", "CHANTYPES=#")
        self.enter()
        self.receive(":ben!b@h PRIVMSG #general :message 7")
        self.assertEqual([1, 2, 3, 7], self.numbers(self.general))

    def test_missed_direct_messages_are_fetched_too(self) -> None:
        self.receive(line(4, target="ana"))
        self.lose_connection()
        self.rejoin()
        self.assertEqual("CHATHISTORY AFTER ben msgid=m4 100", self.missed_directs()[0])
        self.page("ben", line(5, target="ana"), line(6, nick="ana", target="ben"))
        self.assertEqual([4, 5, 6], self.numbers(self.conversation("ben")))
        self.assertEqual(2, self.conversation("ben").unread)

    def missed_directs(self) -> list[str]:
        """Return the requests about direct messages at the next welcome."""
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        return [line for line in self.sent() if "CHATHISTORY" in line and "#" not in line]

    def test_direct_messages_of_new_partners_are_found(self) -> None:
        self.assertEqual(
            ["CHATHISTORY TARGETS timestamp=2026-03-12T12:00:00.000Z timestamp=2026-03-12T12:01:02.000Z 50"],
            self.missed_directs(),
        )
        self.receive(
            ":srv BATCH +t draft/chathistory-targets",
            "@batch=t :srv CHATHISTORY TARGETS dee 2026-03-12T12:00:30.000Z",
            "@batch=t :srv CHATHISTORY TARGETS #general 2026-03-12T12:00:30.000Z",
            ":srv BATCH -t",
        )
        self.assertEqual(["CHATHISTORY AFTER dee timestamp=2026-03-12T11:59:59.999Z 100"], self.asked())
        self.page("dee", line(30, nick="dee", target="ana"))
        self.assertEqual([30], self.numbers(self.conversation("dee")))
        self.assertEqual(1, self.conversation("dee").unread)

    def test_an_error_for_an_unsupported_targets_request_is_not_shown(self) -> None:
        self.missed_directs()
        self.assertEqual([], self.receive(":srv FAIL CHATHISTORY INVALID_PARAMS TARGETS :Unknown command"))

    def test_an_error_for_a_page_of_an_unknown_nick_is_not_shown(self) -> None:
        self.assertEqual([], self.page("#elsewhere", line(1)))

    def test_a_page_that_was_not_requested_is_accepted(self) -> None:
        self.page("#general", line(2), line(5), line(4))
        self.assertEqual([1, 2, 3, 4, 5], self.numbers(self.general))
        self.assert_changed(Added)


class SlowPages(HistoryTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.receive(line(1))
        self.lose_connection()
        self.rejoin()
        self.sent()

    def pings(self) -> list[str]:
        """Return the tokens of the PINGs that are sent."""
        return [words[1] for words in map(str.split, self.sent()) if words[0] == "PING"]

    def test_for_a_slow_page_one_ping_asks_whether_it_may_still_come(self) -> None:
        self.pass_time(SLOW_SECONDS - 1)
        self.assertEqual([], self.pings())
        self.pass_time(1)
        self.assertEqual(1, len(self.pings()))
        self.pass_time(10 * SLOW_SECONDS)
        self.assertEqual([], self.pings())
        self.assertTrue(self.general.is_catching_up)

    def test_a_page_that_the_pong_has_overtaken_is_given_up(self) -> None:
        self.pass_time(SLOW_SECONDS)
        token = self.pings()[0]
        self.receive(":srv PONG srv :alive")
        self.assertTrue(self.general.is_catching_up)
        self.receive(f":srv PONG srv {token}")
        self.assertFalse(self.general.is_catching_up)

    def test_if_it_still_comes_the_next_page_is_waited_for_again(self) -> None:
        self.pass_time(SLOW_SECONDS)
        self.receive(f":srv PONG srv {self.pings()[0]}")
        self.page("#general", line(2))
        self.assertTrue(self.general.is_catching_up)
        self.page("#general")
        self.assertFalse(self.general.is_catching_up)
        self.assertEqual([1, 2], self.numbers(self.general))

    def test_the_pong_says_nothing_about_a_page_that_was_requested_after_the_ping(self) -> None:
        self.pass_time(SLOW_SECONDS)
        first = self.pings()[0]
        self.page("#general", line(2))
        self.receive(f":srv PONG srv {first}")
        self.assertTrue(self.general.is_catching_up)
        self.pass_time(SLOW_SECONDS)
        second = self.pings()[0]
        self.receive(f":srv PONG srv {second}")
        self.assertFalse(self.general.is_catching_up)

    def test_no_ping_is_sent_for_pages_in_time_or_after_a_lost_connection(self) -> None:
        self.page("#general", line(2))
        self.page("#general")
        self.pass_time(SLOW_SECONDS)
        self.assertEqual([], self.pings())
        self.lose_connection()
        self.rejoin()
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.pass_time(SLOW_SECONDS)
        self.assertEqual([], self.pings())


class PagesWithEvents(ClientTest):
    """With event-playback, joins and reactions stand between the messages of a page."""

    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=f"{EVERYTHING} draft/event-playback")
        self.receive("@time=2026-03-12T11:59:00.000Z;msgid=m9 :ben!b@h PRIVMSG #general :newest")
        self.sent()

    def joins(self, start: int) -> list[str]:
        """Return 20 lines of joins, the first one sent at 11 hours and this many minutes."""
        return [
            f"@time=2026-03-12T11:{start:02}:{second:02}.000Z;msgid=e{start}-{second} :chen!c@h JOIN #general"
            for second in range(20)
        ]

    def test_a_page_of_joins_alone_is_not_the_beginning(self) -> None:
        self.general.complete = False
        self.client.load_older(self.general)
        self.assertIn("BEFORE #general msgid=m9", self.sent()[0])
        self.page("#general", *self.joins(30))
        self.assertFalse(self.general.complete)
        self.assertIn("BEFORE #general msgid=e30-0", self.sent()[0])
        self.page("#general", "@time=2026-03-12T11:01:00.000Z;msgid=m1 :ben!b@h PRIVMSG #general :oldest")
        self.assertEqual(["oldest", "newest"], self.texts(self.general))
        self.client.load_older(self.general)
        self.page("#general")
        self.assertTrue(self.general.complete)

    def test_a_server_that_sends_the_same_page_again_is_not_asked_for_ever(self) -> None:
        self.general.complete = False
        self.client.load_older(self.general)
        for _ in range(20):
            self.page("#general", *self.joins(30))
        self.assertLessEqual(len(self.sent()), 3)

    def test_missed_messages_are_requested_after_the_last_row(self) -> None:
        self.lose_connection()
        self.pass_time(1)
        self.link_up()
        self.welcome(f"{EVERYTHING} draft/event-playback")
        self.enter()
        self.sent()
        self.page("#general", *self.joins(59))
        self.assertIn("AFTER #general msgid=e59-19", " ".join(self.sent()))
