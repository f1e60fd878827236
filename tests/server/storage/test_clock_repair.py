"""A server whose clock was ahead and is correct again at the next start."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from unittest.mock import patch

from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import iso, parse_milliseconds
from chatapp.server.state import message_ids
from chatapp.server.state.bans import Ban
from chatapp.server.storage import (
    ban_rows,
    clock_repair,
    file_lists,
    file_rows,
    invite_codes,
    message_rows,
)
from chatapp.server.storage.file_rows import StoredFile
from chatapp.server.storage.invite_codes import InviteCode
from tests.server.base import IndexedTest, ServerTest

YEAR = 365 * 86_400
AHEAD = YEAR - 600  # the clock is corrected ten minutes after it went wrong
CAPS = "batch message-tags server-time echo-message draft/event-playback draft/read-marker soju.im/search"
ALWAYS = "timestamp=2000-01-01T00:00:00.000Z timestamp=2100-01-01T00:00:00.000Z"


class AheadTest(ServerTest):
    """Ann and Bob chat, first in the correct year and then while the clock is a year ahead."""

    CONFIG = "[limits]\nping_seconds = 1_000_000_000\ndrop_seconds = 2_000_000_000"

    def setUp(self) -> None:
        super().setUp()
        self.begin()
        self.send_messages("before")
        self._passed += YEAR
        self.send_messages("ahead")

    def begin(self) -> None:
        for name in ("ann", "bob"):
            self.enter_as(name, channel="#c", caps=CAPS)

    def send_messages(self, word: str) -> None:
        self.say("ann", *(f"PRIVMSG #c :{word} {number}" for number in range(5)))
        self.say("bob", f"NOTICE #c :{word} notice", f"TOPIC #c :{word}")
        self.say("ann", *(f"PRIVMSG bob :{word} {number}" for number in range(3)))
        self.forget()

    def correct_clock(self, seconds: float = AHEAD) -> list[str]:
        """Correct the clock, restart the server, and return its log."""
        self._passed -= seconds
        with self.assertLogs("chatapp.server.storage.load_world", "WARNING") as logs:
            self.restart()
        self.begin()
        return logs.output

    def read(self, name: str, line: str) -> list[Message]:
        """Send a line and return the messages in the batch that answers it."""
        self.text(name)
        self.say(name, line)
        return self.messages(name)[1:-1]

    def texts(self, name: str, line: str) -> list[str]:
        return [message.text for message in self.read(name, line)]

    def time_of(self, message: Message) -> int:
        return parse_milliseconds(message.tags["time"])


class OnlyRead(AheadTest):
    """While the clock is ahead no message is sent; Ann only marks messages as read."""

    def send_messages(self, word: str) -> None:
        if word == "before":
            super().send_messages(word)
        else:
            self.say("ann", f"MARKREAD #c timestamp={iso(self._milliseconds())}")
            self.assertGreaterEqual(self.marker(), self._milliseconds())

    def marker(self) -> int:
        return self.world.markers[self.user("ann").identity][self.channel("#c").key]

    def test_new_messages_are_unread(self) -> None:
        self.correct_clock()
        self.assertLess(self.marker(), self._milliseconds())


class Times(AheadTest):
    def test_new_messages_have_the_current_time(self) -> None:
        self.correct_clock()
        for target in ("#c", "bob"):
            with self.subTest(target):
                self.text("ann")
                self.say("ann", f"PRIVMSG {target} :said now")
                at = self.time_of(self.messages("ann")[-1])
                self.assertLess(abs(at - self._milliseconds()), 1000)

    def test_messages_keep_their_order_and_lie_before_now(self) -> None:
        lines = ("CHATHISTORY LATEST #c * 100", "CHATHISTORY LATEST bob * 100")
        before = {line: self.read("ann", line) for line in lines}
        now = self._milliseconds() - AHEAD * 1000
        self.correct_clock()
        for line in lines:
            after = [each for each in self.read("ann", line) if self.time_of(each) < now]
            msgids = [[each.tags["msgid"] for each in messages] for messages in (before[line], after)]
            self.assertEqual(*msgids)
            times = [self.time_of(each) for each in after]
            self.assertEqual(times, sorted(set(times)))
            old = [each.tags["time"] for each in before[line] if "before" in each.params[-1]]
            self.assertEqual([each.tags["time"] for each in after if "before" in each.params[-1]], old)

    def test_messages_from_shortly_before_are_shifted(self) -> None:
        self._passed -= YEAR
        self.restart()
        self.begin()
        self.say("ann", "PRIVMSG #c :one millisecond ago")
        self._passed += YEAR
        self.say("ann", *(f"PRIVMSG #c :far {number}" for number in range(40)))
        self._passed += 0.001
        self.correct_clock(YEAR)
        page = self.read("ann", "CHATHISTORY LATEST #c * 100")
        found = [each for each in page if each.command == "PRIVMSG"]
        sent = ["one millisecond ago", *(f"far {number}" for number in range(40))]
        self.assertEqual([each.text for each in found[-41:]], sent)
        times = [self.time_of(each) for each in found]
        self.assertEqual(times, sorted(set(times)))
        self.assertLess(times[-1], self._milliseconds())

    def test_it_is_logged_and_a_copy_is_saved(self) -> None:
        (line,) = self.correct_clock()
        copy = self._database.with_name("chat-clock-was-ahead.db")
        self.assertIn("The clock was ahead: stored times reach up to 2027-03-12", line)
        self.assertIn(str(copy), line)
        with closing(sqlite3.connect(copy)) as database:
            newest = database.execute("SELECT max(time) FROM messages").fetchone()[0]
        self.assertEqual(iso(newest)[:10], "2027-03-12")
        self.restart()
        self.assertEqual(len(list(self._database.parent.glob("*ahead*"))), 1)

    def test_the_repair_is_applied_completely_or_not_at_all(self) -> None:
        def stored() -> list[tuple[object, ...]]:
            with closing(sqlite3.connect(self._database)) as database:
                tables = ("messages", "events", "conversations", "markers")
                return [row for table in tables for row in database.execute(f"SELECT * FROM {table}")]

        before = stored()
        self._passed -= YEAR
        broken = (*clock_repair._OTHER_TIMES, "INSERT INTO nowhere VALUES (1)")
        with patch.object(clock_repair, "_OTHER_TIMES", broken), self.assertRaises(sqlite3.OperationalError):
            self.restart()
        self.assertEqual(stored(), before)
        self.restart()


class Unchanged(AheadTest):
    def check_untouched(self) -> None:
        query = "SELECT id, time FROM messages ORDER BY id"
        before = self.reader.rows(query).fetchall()
        self.restart()
        self.assertEqual(self.reader.rows(query).fetchall(), before)
        self.assertEqual(list(self._database.parent.glob("*ahead*")), [])

    def test_a_clock_less_than_an_hour_ahead(self) -> None:
        self._passed -= 3590
        self.check_untouched()

    def test_a_clock_that_is_not_set(self) -> None:
        """Without a battery it starts in 1970, until it is synchronized over the network."""
        self._passed -= 57 * YEAR
        self.check_untouched()


class References(AheadTest):
    """References to times: markers, targets, bounds of pages."""

    def mark(self, name: str, target: str, text: str) -> None:
        self.say(name, f"MARKREAD {target} timestamp={self.times(name, target)[text]}")

    def times(self, name: str, target: str) -> dict[str, str]:
        """Return the times of the messages of a target, by text."""
        return {each.text: each.tags["time"] for each in self.read(name, f"CHATHISTORY LATEST {target} * 99")}

    def test_markers_stay_at_the_same_message(self) -> None:
        places = {"#c": "ahead 2", "ann": "ahead 1"}
        for target, text in places.items():
            self.mark("bob", target, text)
        self.mark("ann", "#c", "before 3")
        self.correct_clock()
        for target, text in places.items():
            with self.subTest(target):
                time = self.times("bob", target)[text]
                self.assertAnswer("bob", f"MARKREAD {target}", f"MARKREAD {target} timestamp={time}")
        time = self.times("ann", "#c")["before 3"]
        self.assertAnswer("ann", "MARKREAD #c", f"MARKREAD #c timestamp={time}")

    def test_a_new_marker_is_accepted(self) -> None:
        self.mark("bob", "#c", "ahead 4")
        self.correct_clock()
        self.say("ann", "PRIVMSG #c :said now")
        time = self.messages("bob")[-1].tags["time"]
        self.assertAnswer("bob", f"MARKREAD #c timestamp={time}", f"MARKREAD #c timestamp={time}")

    def test_targets_are_listed_with_corrected_times(self) -> None:
        self.correct_clock()
        now = iso(self._milliseconds())
        found = self.read("ann", f"CHATHISTORY TARGETS {ALWAYS} 9")
        self.assertEqual({each.params[1] for each in found}, {"#c", "bob"})
        for each in found:
            self.assertLess(each.params[2], now)
            self.assertEqual(each.params[2][:10], now[:10])
        between = "timestamp=2000-01-01T00:00:00.000Z timestamp=" + now
        self.assertEqual(len(self.read("ann", f"CHATHISTORY TARGETS {between} 9")), 2)

    def test_bounds_are_correct_by_time_and_by_id(self) -> None:
        (bound,) = [each for each in self.read("ann", "CHATHISTORY LATEST bob * 9") if each.text == "ahead 0"]
        self.correct_clock()
        self.say("ann", "PRIVMSG bob :said now")
        (same,) = [each for each in self.read("ann", "CHATHISTORY LATEST bob * 9") if each.text == "ahead 0"]
        self.assertEqual(same.tags["msgid"], bound.tags["msgid"])
        for name in (f"msgid={same.tags['msgid']}", f"timestamp={same.tags['time']}"):
            with self.subTest(name):
                self.assertEqual(
                    self.texts("ann", f"CHATHISTORY AFTER bob {name} 9"), ["ahead 1", "ahead 2", "said now"]
                )
                before = self.texts("ann", f"CHATHISTORY BEFORE bob {name} 9")
                self.assertEqual(before, ["before 0", "before 1", "before 2"])

    def test_ids_increase(self) -> None:
        newest = message_rows.newest_id(self.store)
        self.correct_clock()
        self.text("ann")
        self.say("ann", "PRIVMSG #c :said now")
        number = message_ids.parse_msgid(self.messages("ann")[-1].tags["msgid"])
        assert number
        self.assertGreater(number, newest)


class Searching(IndexedTest, AheadTest):
    """Ids are ahead of their times for a year. A search by time must still find the messages."""

    def test_messages_from_before_then_and_now_are_found(self) -> None:
        self.pass_time(3)
        self.correct_clock(AHEAD + 3)
        self.say("ann", "PRIVMSG #c :said now 4")
        everything = ["before 4", "ahead 4", "said now 4"]
        for wait in (0, 3):
            self.pass_time(wait)
            self.assertEqual(self.texts("ann", "SEARCH in=#c;text=4"), everything)
            later = iso(self._milliseconds() + 1000)
            self.assertEqual(self.texts("ann", f"SEARCH in=#c;text=4;before={later}"), everything)
            self.assertEqual(self.texts("ann", "SEARCH in=#c;text=4;before=2026-03-01T00:00:00.000Z"), [])


class OtherTimes(AheadTest):
    def test_bans_and_codes_last_as_long_as_intended(self) -> None:
        now = self._milliseconds()
        hour = 3_600_000
        for mask, at, until in (
            ("far!*@*", now, now + hour),
            ("ever!*@*", now, 0),
            ("near!*@*", now - YEAR * 1000 - hour, now - YEAR * 1000 + hour),
        ):
            self.store.write([ban_rows.upsert(Ban(mask, "", "ann", at, until))])
        self.store.write([invite_codes.upsert(InviteCode("label", b"", 1, now + hour, "ann", now))])
        self.correct_clock()
        now = self._milliseconds()
        left = {
            ban.mask: ban.until and round((ban.until - now) / hour) for ban in ban_rows.load_all(self.store)
        }
        self.assertEqual(left, {"far!*@*": 1, "ever!*@*": 0, "near!*@*": 1})
        ((at, until),) = self.reader.rows("SELECT at, until FROM codes").fetchall()
        self.assertEqual((at <= now, round((until - now) / hour)), (True, 1))

    def test_files_are_kept_as_long_as_intended(self) -> None:
        hour = 3_600_000
        for name, created in (
            ("far", self._milliseconds() - hour),
            ("near", self._milliseconds() - YEAR * 1000),
        ):
            row = StoredFile(name, "a", "text/plain", name, 1, "=ann", "ann", "=ann", created)
            self.store.write(file_rows.insert(row))
        self.correct_clock()
        found = {row.id: row.created for row in file_lists.newest(self.store, 9)}
        self.assertEqual(round((self._milliseconds() - found["far"]) / hour), 1)
        self.assertLessEqual(max(found.values()), self._milliseconds())

    def test_no_stored_time_lies_in_the_future(self) -> None:
        self.make_account("dan")
        self.say("ann", "JOIN #new", "TOPIC #new :new", "MODE #new +b x", "PRIVMSG #new :a", "KICK #c bob")
        self.hang_up("ann")
        self.correct_clock()
        now = self._milliseconds()
        for table, column, unit in (
            ("messages", "time", 1), ("events", "time", 1), ("conversations", "last", 1),
            ("markers", "time", 1),
            ("audit", "at", 1), ("accounts", "created", 1), ("stays", "since", 1), ("channels", "created", 1),
            ("channels", "topic_at", 1000), ("channel_lists", "at", 1000),
        ):  # fmt: skip
            with self.subTest(f"{table}.{column}"):
                newest = self.reader.rows(f"SELECT max({column}) FROM {table}").fetchone()[0]
                self.assertLess((newest or 0) * unit, now + 1000)

    def test_a_user_with_an_account_can_still_redact_messages_of_that_time(self) -> None:
        self.make_account("dan")
        self.enter_as("dan", channel="#c", caps=f"{CAPS} draft/message-redaction")
        self.say("dan", "PRIVMSG #c :mine")
        msgid = self.messages("dan")[-1].tags["msgid"]
        self.correct_clock()
        self.enter_as("dan", channel="#c", caps=f"{CAPS} draft/message-redaction")
        self.assertAnswer("dan", f"REDACT #c {msgid}", f":dan REDACT #c {msgid}")
