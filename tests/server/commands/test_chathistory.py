"""CHATHISTORY: every subcommand and its bounds, events, direct messages, targets, errors.

Source:
    IRCv3 chathistory
"""

from __future__ import annotations

from chatapp.server.state.message_ids import own_id
from chatapp.server.storage import message_rows
from tests.server.base import NOON
from tests.server.batches import HISTORY_CAPS, HistoryTest

EVENTS = f"{HISTORY_CAPS} draft/event-playback extended-join"
SOMETIME = "timestamp=2026-03-12T12:00:00.000Z"


class Pages(HistoryTest):
    """Ten messages, 0 to 9, one second apart."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=HISTORY_CAPS)
        for number in range(10):
            self.pass_time(1)
            self.say("bob", f"PRIVMSG #c :{number}")
        sent = self.page("ann", "CHATHISTORY LATEST #c * 50")
        self.by_id = {message.text: f"msgid={message.tags['msgid']}" for message in sent}
        self.by_time = {message.text: f"timestamp={message.tags['time']}" for message in sent}

    def test_every_subcommand_has_exclusive_bounds_and_ascending_order(self) -> None:
        for line, texts in (
            ("LATEST #c * 3", "789"),
            ("LATEST #c * 50", "0123456789"),
            ("LATEST #c {6} 50", "789"),
            ("LATEST #c {2} 3", "789"),
            ("LATEST #c {9} 3", ""),
            ("BEFORE #c {5} 3", "234"),
            ("BEFORE #c {2} 50", "01"),
            ("BEFORE #c {0} 50", ""),
            ("AFTER #c {5} 3", "678"),
            ("AFTER #c {7} 50", "89"),
            ("AFTER #c {9} 50", ""),
            ("AROUND #c {5} 1", "5"),
            ("AROUND #c {5} 2", "45"),
            ("AROUND #c {5} 3", "456"),
            ("AROUND #c {5} 5", "34567"),
            ("AROUND #c {0} 3", "012"),
            ("AROUND #c {9} 3", "789"),
            ("AROUND #c {5} 50", "0123456789"),
            ("BETWEEN #c {2} {6} 50", "345"),
            ("BETWEEN #c {2} {6} 2", "34"),
            ("BETWEEN #c {6} {2} 50", "345"),
            ("BETWEEN #c {6} {2} 2", "45"),
            ("BETWEEN #c {2} {3} 50", ""),
            ("BETWEEN #c {2} {2} 50", ""),
        ):
            for bounds in (self.by_id, self.by_time):
                asked = line.format(*(bounds[str(number)] for number in range(10)))
                with self.subTest(asked):
                    self.assertEqual("".join(self.texts("ann", f"CHATHISTORY {asked}")), texts)

    def test_the_two_kinds_of_bounds_can_be_mixed(self) -> None:
        line = f"CHATHISTORY BETWEEN #c {self.by_id['2']} {self.by_time['6']} 50"
        self.assertEqual(self.texts("ann", line), ["3", "4", "5"])

    def test_a_message_is_returned_as_it_was_sent(self) -> None:
        self.log_in("bob", "robert")
        self.forget()
        self.say("bob", "@+draft/reply=x1;+typing=done NOTICE #c :a notice")
        sent = self.messages("ann")[0]
        read = self.page("ann", "CHATHISTORY LATEST #c * 1")[0]
        self.assertEqual((read.command, read.params, read.source), (sent.command, sent.params, sent.source))
        self.assertEqual(read.tags, {**sent.tags, "batch": self.batch.params[0][1:]})

    def test_the_account_tag_is_that_of_the_time_of_sending(self) -> None:
        self.enter("dan", channel="#c", caps=f"{HISTORY_CAPS} account-tag")
        self.log_in("bob", "robert")
        self.say("bob", "PRIVMSG #c :hello")
        self.assertEqual(self.page("dan", "CHATHISTORY LATEST #c * 1")[0].tags["account"], "robert")
        self.assertNotIn("account", self.page("dan", "CHATHISTORY LATEST #c * 2")[0].tags)

    def test_the_batch_names_the_channel_with_its_own_capitals(self) -> None:
        self.page("ann", "CHATHISTORY LATEST #C * 1")
        self.assertEqual(self.batch.params[1:], ("chathistory", "#c"))
        self.assertEqual(self.page("ann", "CHATHISTORY latest #C * 1")[0].params[0], "#c")

    def test_clients_without_batch_get_only_the_messages(self) -> None:
        self.enter("dan", channel="#c")
        self.assertAnswer("dan", "CHATHISTORY LATEST #c * 2", ":bob PRIVMSG #c :8", ":bob PRIVMSG #c :9")

    def test_the_batch_carries_the_label(self) -> None:
        self.enter("dan", channel="#c", caps=f"{HISTORY_CAPS} labeled-response")
        self.say("dan", "@label=x CHATHISTORY LATEST #c * 2")
        received = self.messages("dan")
        self.assertEqual([message.tags.get("label") for message in received], ["x", None, None, None])
        self.say("dan", "@label=y CHATHISTORY LATEST #nowhere * 2")
        self.assertEqual(self.messages("dan")[0].tags["label"], "y")

    def test_a_page_never_overflows_the_send_queue(self) -> None:
        tags = "+a=" + "x" * 4000
        self.say("bob", *(f"@{tags} PRIVMSG #c :{number}" for number in range(10, 300)))
        room = self.world.config.limits.send_queue // 2
        newest = self.texts("ann", "CHATHISTORY LATEST #c * 1000")
        oldest = self.texts("ann", "CHATHISTORY AFTER #c timestamp=2020-01-01T00:00:00.000Z 1000")
        self.assertEqual((newest[-1], oldest[0]), ("299", "0"))
        self.say("ann", "CHATHISTORY AROUND #c " + self.by_id["5"] + " 1000")
        self.assertLess(len(self.links["ann"].data), room)
        self.assertGreater(len(newest), 100)

    def test_reading_from_an_old_place_loses_nothing_in_both_directions(self) -> None:
        """Pages of every size, from every message on, also while new messages come."""
        for size in (1, 2, 3, 4):
            for start in range(10):
                with self.subTest(size=size, start=start):
                    page = self.page("ann", f"CHATHISTORY AROUND #c {self.by_id[str(start)]} {size}")
                    shown = [(message.tags["msgid"], message.text) for message in page]
                    self.assertIn(str(start), [text for _, text in shown])
                    self.say("bob", f"PRIVMSG #c :new {size} {start}")
                    while earlier := self.page("ann", f"CHATHISTORY BEFORE #c msgid={shown[0][0]} {size}"):
                        shown[:0] = [(message.tags["msgid"], message.text) for message in earlier]
                    while later := self.page("ann", f"CHATHISTORY AFTER #c msgid={shown[-1][0]} {size}"):
                        shown += [(message.tags["msgid"], message.text) for message in later]
                    whole = self.page("ann", "CHATHISTORY LATEST #c * 1000")
                    self.assertEqual(shown, [(each.tags["msgid"], each.text) for each in whole])

    def test_a_timestamp_between_two_messages_is_a_place_too(self) -> None:
        for seconds, texts in (("03.500", "234"), ("00.500", "01"), ("59.000", "789")):
            with self.subTest(seconds):
                bound = f"timestamp=2026-03-12T12:00:{seconds}Z"
                found = "".join(self.texts("ann", f"CHATHISTORY AROUND #c {bound} {len(texts)}"))
                self.assertEqual(found, texts)

    def test_a_request_in_the_same_turn_finds_the_messages_just_sent(self) -> None:
        self.text("ann")
        self.say("ann", "PRIVMSG #c :now", "CHATHISTORY LATEST #c * 1")
        self.assertEqual(self.messages("ann")[1].text, "now")

    def test_a_redacted_message_is_still_a_valid_bound(self) -> None:
        """A client that was away while the last message it saw was redacted must be able to catch up."""
        self.store.write([message_rows.delete(own_id(self.by_id["5"].removeprefix("msgid=")))])
        self.assertEqual("".join(self.texts("ann", f"CHATHISTORY AFTER #c {self.by_id['5']} 50")), "6789")
        self.assertEqual("".join(self.texts("ann", f"CHATHISTORY BEFORE #c {self.by_id['5']} 50")), "01234")

    def test_a_msgid_of_another_conversation_counts_as_a_time(self) -> None:
        self.pass_time(1)
        self.enter("eve", channel="#secret", caps=HISTORY_CAPS)
        self.say("eve", "PRIVMSG #secret :psst")
        msgid = self.page("eve", "CHATHISTORY LATEST #secret * 1")[0].tags["msgid"]
        self.assertEqual(self.texts("ann", f"CHATHISTORY AFTER #c msgid={msgid} 50"), [])
        self.assertEqual(self.texts("ann", f"CHATHISTORY BEFORE #c msgid={msgid} 1"), ["9"])

    def test_history_survives_a_restart_and_later_times_are_greater(self) -> None:
        self.restart()
        self.enter("ann", channel="#c", caps=HISTORY_CAPS)
        self.say("ann", "PRIVMSG #c :later")
        sent = self.page("ann", "CHATHISTORY LATEST #c * 50")
        self.assertEqual([message.text for message in sent], [*"0123456789", "later"])
        times = [message.tags["time"] for message in sent]
        self.assertEqual(times, sorted(set(times)))

    def test_times_increase_when_the_clock_is_set_back(self) -> None:
        self._passed -= 3600
        self.say("bob", "PRIVMSG #c :again")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST #c * 2"), ["9", "again"])

    def test_a_new_member_may_read_earlier_messages(self) -> None:
        self.enter("dan", channel="#c", caps=HISTORY_CAPS)
        self.assertEqual(len(self.texts("dan", "CHATHISTORY LATEST #c * 50")), 10)


class SmallPages(HistoryTest):
    CONFIG = "[history]\npage = 4"

    def test_the_limit_is_capped_at_the_page_size(self) -> None:
        self.enter("ann", channel="#c", caps=HISTORY_CAPS)
        self.say("ann", *(f"PRIVMSG #c :{number}" for number in range(10)))
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST #c * 999999999999"), ["6", "7", "8", "9"])


class Refusals(HistoryTest):
    def test_errors_name_the_subcommand_and_the_target(self) -> None:
        self.enter("ann", channel="#c", caps=HISTORY_CAPS)
        self.enter("bob", channel="#private", caps=HISTORY_CAPS)
        for line, code, context in (
            ("CHATHISTORY FROM #c * 10", "INVALID_PARAMS", "FROM"),
            ("CHATHISTORY LATEST", "INVALID_PARAMS", "LATEST"),
            ("CHATHISTORY LATEST #c * ", "INVALID_PARAMS", "LATEST"),
            ("CHATHISTORY LATEST #c * 10 10", "INVALID_PARAMS", "LATEST"),
            ("CHATHISTORY BETWEEN #c * 10", "INVALID_PARAMS", "BETWEEN"),
            ("CHATHISTORY TARGETS * 10", "INVALID_PARAMS", "TARGETS"),
            ("CHATHISTORY BEFORE #c * 10", "INVALID_PARAMS", "BEFORE *"),
            ("CHATHISTORY BEFORE #c timestamp=now 10", "INVALID_PARAMS", "BEFORE timestamp=now"),
            ("CHATHISTORY BEFORE #c timestamp= 10", "INVALID_PARAMS", "BEFORE timestamp="),
            ("CHATHISTORY BEFORE #c msgid=<b> 10", "INVALID_PARAMS", "BEFORE msgid=<b>"),
            ("CHATHISTORY BEFORE #c msgid=-1 10", "INVALID_PARAMS", "BEFORE msgid=-1"),
            ("CHATHISTORY BEFORE #c id=1 10", "INVALID_MSGREFTYPE", "BEFORE #c"),
            (f"CHATHISTORY BEFORE #c {SOMETIME} 0", "INVALID_PARAMS", "BEFORE 0"),
            (f"CHATHISTORY BEFORE #c {SOMETIME} -5", "INVALID_PARAMS", "BEFORE -5"),
            (f"CHATHISTORY BEFORE #c {SOMETIME} ten", "INVALID_PARAMS", "BEFORE ten"),
            (f"CHATHISTORY TARGETS msgid=1f {SOMETIME} 10", "INVALID_PARAMS", "TARGETS msgid=1f"),
            ("CHATHISTORY LATEST #nowhere * 10", "INVALID_TARGET", "LATEST #nowhere"),
            ("CHATHISTORY LATEST #private * 10", "INVALID_TARGET", "LATEST #private"),
        ):
            with self.subTest(line):
                answer = self.answer("ann", line)
                self.assertEqual(len(answer), 1)
                self.assertTrue(answer[0].startswith(f"FAIL CHATHISTORY {code} {context} :"), answer)

    def test_a_user_who_has_left_may_not_read_the_channel(self) -> None:
        self.enter("ann", "bob", channel="#c", caps=HISTORY_CAPS)
        self.say("ann", "PART #c")
        expected = "FAIL CHATHISTORY INVALID_TARGET LATEST #c :Messages could not be retrieved"
        self.assertAnswer("ann", "CHATHISTORY LATEST #c * 10", expected)

    def test_without_messages_the_batch_is_empty(self) -> None:
        self.enter("ann", channel="#c", caps=HISTORY_CAPS)
        self.assertEqual(self.page("ann", "CHATHISTORY LATEST #c * 10"), [])
        self.assertEqual(self.page("ann", "CHATHISTORY LATEST nobody * 10"), [])


class Direct(HistoryTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", caps=HISTORY_CAPS)

    def test_only_the_two_partners_read_both_directions(self) -> None:
        self.say("ann", "PRIVMSG bob :hello")
        self.say("bob", "PRIVMSG ann :hi", "NOTICE ann :there")
        for name, other in (("ann", "bob"), ("bob", "ann")):
            page = self.page(name, f"CHATHISTORY LATEST {other.title()} * 10")
            self.assertEqual([message.text for message in page], ["hello", "hi", "there"])
            self.assertEqual([message.params[0] for message in page], ["bob", "ann", "ann"])
            self.assertEqual(self.batch.params[1:], ("chathistory", other))
        self.assertEqual(self.page("eve", "CHATHISTORY LATEST ann * 10"), [])

    def test_a_conversation_with_oneself(self) -> None:
        self.say("ann", "PRIVMSG ann :remember")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST ann * 10"), ["remember"])

    def test_a_conversation_continues_after_a_nick_change(self) -> None:
        self.say("ann", "PRIVMSG bob :one")
        self.say("bob", "NICK rob", "PRIVMSG ann :two")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST rob * 10"), ["one", "two"])

    def test_a_user_who_takes_the_nick_of_a_guest_does_not_get_the_conversation(self) -> None:
        self.say("ann", "PRIVMSG bob :secret")
        self.hang_up("bob")
        self.enter("bob", caps=HISTORY_CAPS)
        self.assertEqual(self.page("bob", "CHATHISTORY LATEST ann * 10"), [])
        self.log_in("bob", "bob")
        self.assertEqual(self.page("bob", "CHATHISTORY LATEST ann * 10"), [])

    def test_the_conversation_can_be_read_when_the_partner_has_left(self) -> None:
        self.say("ann", "PRIVMSG bob :are you there")
        self.hang_up("bob")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST BOB * 10"), ["are you there"])

    def test_the_partner_keeps_a_conversation_whatever_the_guest_does(self) -> None:
        self.log_in("ann")
        self.say("ann", "PRIVMSG bob :one")
        self.say("bob", "PRIVMSG ann :two")
        self.restart()
        self.enter("ann", "bob", caps=HISTORY_CAPS)
        self.log_in("ann")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST bob * 10"), ["one", "two"])
        self.say("bob", "PRIVMSG ann :three")
        page = self.page("ann", "CHATHISTORY LATEST bob * 10")
        self.assertEqual([message.text for message in page], ["one", "two", "three"])
        first = page[0].tags["msgid"]
        self.assertEqual(self.texts("ann", f"CHATHISTORY AFTER bob msgid={first} 10"), ["two", "three"])
        self.assertEqual(self.texts("bob", "CHATHISTORY LATEST ann * 10"), ["three"])
        self.assertEqual(self.page("bob", f"CHATHISTORY AROUND ann msgid={first} 10")[0].text, "three")
        self.log_in("bob", "bob")  # the nick of the guest belongs to an account from now on
        self.say("bob", "PRIVMSG ann :four")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST bob * 10"), ["one", "two", "three", "four"])

    def test_a_message_is_found_under_the_nick_that_the_guest_had(self) -> None:
        self.log_in("ann")
        self.say("bob", "PRIVMSG ann :one", "NICK rob", "PRIVMSG ann :two")
        first = self.page("ann", "CHATHISTORY LATEST rob * 10")[0].tags["msgid"]
        self.enter("bob", caps=HISTORY_CAPS)
        around = f"CHATHISTORY AROUND bob msgid={first} 10"
        self.assertEqual(self.texts("ann", around), ["one", "two"])
        for name in ("bob", "eve"):
            self.assertEqual(self.page(name, around.replace("bob", "ann")), [])
            self.assertEqual(self.page(name, around), [])

    def test_an_account_finds_its_conversations_after_reconnecting(self) -> None:
        for name in ("ann", "bob"):
            self.log_in(name)
        self.say("ann", "PRIVMSG bob :hello")
        self.restart()
        self.enter("ann", caps=HISTORY_CAPS)
        self.log_in("ann")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST bob * 10"), ["hello"])
        self.enter("ben", caps=HISTORY_CAPS)
        self.log_in("ben", "Bob")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST ben * 10"), ["hello"])
        self.assertEqual(self.texts("ben", "CHATHISTORY LATEST ann * 10"), ["hello"])

    def test_an_account_with_another_nick_is_also_found_by_that_nick(self) -> None:
        self.log_in("bob", "robert")
        self.say("ann", "PRIVMSG bob :hello")
        self.hang_up("bob")
        for name in ("bob", "robert"):
            self.assertEqual(self.texts("ann", f"CHATHISTORY LATEST {name} * 10"), ["hello"])

    def test_times_are_unique_and_increase_after_a_restart(self) -> None:
        self.log_in("ann")
        self.say("ann", "PRIVMSG bob :one", "PRIVMSG eve :two", "PRIVMSG bob :three")
        newest = self.world.last_direct_time
        self.assertEqual(newest, int(NOON * 1000) + 2)
        self.restart()
        self.assertEqual(self.world.last_direct_time, newest)

    def test_reactions_are_included(self) -> None:
        self.enter("dan", caps=EVENTS)
        self.say("ann", "PRIVMSG dan :hello", "@+draft/react=x TAGMSG dan")
        page = self.page("dan", "CHATHISTORY LATEST ann * 10")
        self.assertEqual([message.command for message in page], ["PRIVMSG", "TAGMSG"])
        self.assertEqual({message.params[0] for message in page}, {"dan"})

    def test_messages_between_guests_are_deleted_when_they_leave(self) -> None:
        """Nobody could ever request them again."""
        self.log_in("ann")
        self.say("ann", "PRIVMSG eve :kept")
        self.say("bob", "PRIVMSG eve :not kept")
        self.restart()
        dropped = self.reader.rows("SELECT target FROM dropped").fetchall()
        self.assertEqual(len(dropped), 1)
        self.assertNotIn("=ann", dropped[0][0])


class Targets(HistoryTest):
    ALL = "timestamp=2020-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z"
    BACKWARDS = "timestamp=2030-01-01T00:00:00.000Z timestamp=2020-01-01T00:00:00.000Z"

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#one", caps=HISTORY_CAPS)
        self.enter("bob", "dan", channel="#two", caps=HISTORY_CAPS)
        self.say("ann", "JOIN #two", "JOIN #silent")
        for name, line in (
            ("ann", "PRIVMSG #one :1"),
            ("bob", "PRIVMSG ann :2"),
            ("bob", "PRIVMSG #two :3"),
            ("ann", "PRIVMSG dan :4"),
            ("bob", "PRIVMSG dan :none of ann's"),
        ):
            self.pass_time(1)
            self.say(name, line)

    def targets(self, name: str, rest: str) -> list[str]:
        lines = self.page(name, f"CHATHISTORY TARGETS {rest}")
        self.assertEqual(self.batch.params[1:], ("draft/chathistory-targets",))
        for line in lines:
            self.assertEqual((line.command, line.params[0]), ("CHATHISTORY", "TARGETS"))
        self.times = [line.params[2] for line in lines]
        return [line.params[1] for line in lines]

    def test_channels_and_users_are_ordered_by_their_last_message(self) -> None:
        self.assertEqual(self.targets("ann", f"{self.ALL} 50"), ["#one", "bob", "#two", "dan"])
        self.assertEqual(self.times[0], "2026-03-12T12:00:01.000Z")
        self.assertEqual(self.times, sorted(self.times))

    def test_a_channel_without_messages_is_not_listed(self) -> None:
        """Not even for times before the server existed."""
        ages = "timestamp=0001-01-01T00:00:00.000Z timestamp=2262-01-01T00:00:00.000Z"
        self.assertEqual(self.targets("ann", f"{ages} 50"), ["#one", "bob", "#two", "dan"])

    def test_the_limit_counts_from_the_first_bound(self) -> None:
        self.assertEqual(self.targets("ann", f"{self.ALL} 2"), ["#one", "bob"])
        self.assertEqual(self.targets("ann", f"{self.BACKWARDS} 2"), ["#two", "dan"])

    def test_the_times_are_exclusive_and_compare_the_last_message(self) -> None:
        """A target whose latest message is outside is not listed, even if it has others inside."""
        first, last = "timestamp=2026-03-12T12:00:01.000Z", "timestamp=2026-03-12T12:00:04.000Z"
        self.assertEqual(self.targets("ann", f"{first} {last} 50"), ["bob", "#two"])
        self.pass_time(10)
        self.say("bob", "PRIVMSG ann :later")
        self.assertEqual(self.targets("ann", f"{first} {last} 50"), ["#two"])

    def test_a_user_who_has_left_is_listed_under_a_name_that_can_be_requested(self) -> None:
        self.log_in("bob", "robert")
        self.say("bob", "PRIVMSG ann :as robert")
        self.hang_up("bob")
        self.assertIn("bob", self.targets("ann", f"{self.ALL} 50"))
        self.enter("bob")
        names = self.targets("ann", f"{self.ALL} 50")
        self.assertIn("robert", names)
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST robert * 5"), ["as robert"])

    def test_the_conversations_with_all_guests_of_a_nick_are_listed_as_one(self) -> None:
        for _ in range(2):
            self.hang_up("dan")
            self.enter("dan", caps=HISTORY_CAPS)
            self.assertEqual(self.targets("ann", f"{self.ALL} 50"), ["#one", "bob", "#two", "dan"])
            self.assertEqual(self.targets("dan", f"{self.ALL} 50"), [])
        self.pass_time(1)
        self.say("ann", "PRIVMSG dan :later")
        self.assertEqual(self.targets("ann", f"{self.ALL} 50"), ["#one", "bob", "#two", "dan"])
        self.assertEqual(self.times[-1], "2026-03-12T12:00:06.000Z")
        self.assertEqual(self.texts("ann", "CHATHISTORY LATEST dan * 9"), ["4", "later"])
