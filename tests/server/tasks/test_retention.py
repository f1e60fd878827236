"""Retention: old messages and the history of ended channels are deleted, and nothing else."""

from __future__ import annotations

import sqlite3
from unittest.mock import patch

from chatapp.server.tasks import retention
from chatapp.server.tasks.retention import SECONDS, Retention
from tests.server.base import ServerTest

DAY = 86_400.0
CAPS = "message-tags draft/message-redaction"


class RetentionTestCase(ServerTest):
    def _start(self) -> None:
        super()._start()
        self.core.run_every(SECONDS, Retention(None))

    def count(self, table: str) -> int:
        return int(self.reader.rows(f"SELECT count(*) FROM {table}").fetchone()[0])

    def texts(self) -> list[str]:
        return [text for (text,) in self.reader.rows("SELECT text FROM messages ORDER BY id")]


class Expiry(RetentionTestCase):
    CONFIG = "[history]\nkeep_days = 2\n[limits]\nping_seconds = 1_000_000\ndrop_seconds = 2_000_000"

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def later(self, seconds: float) -> None:
        """Let time pass in one step."""
        self._passed += seconds
        self.pass_time(5)

    def test_old_messages_are_deleted_and_newer_ones_stay(self) -> None:
        self.say("ann", "PRIVMSG #c :old", "PRIVMSG bob :old too")
        self.later(1.5 * DAY)
        self.say("ann", "PRIVMSG #c :new")
        self.assertEqual(self.texts(), ["old", "old too", "new"])
        self.later(DAY)
        self.assertEqual(self.texts(), ["new"])
        self.assertEqual(self.count("events"), 0)
        self.later(DAY)
        self.assertEqual(self.texts(), [])

    def test_a_channel_can_have_a_shorter_limit(self) -> None:
        self.enter("eve", channel="#d")
        self.say("ann", "PRIVMSG #c :here", "MODE #c +H 1")
        self.say("eve", "PRIVMSG #d :there", "MODE #d +H 9")
        self.later(1.5 * DAY)
        self.assertEqual(self.texts(), ["there"])
        self.restart()
        self.later(0.4 * DAY)
        self.assertEqual(self.texts(), ["there"])
        self.later(0.2 * DAY)
        self.assertEqual(self.texts(), [])

    def test_every_channel_with_a_limit_gets_its_turn(self) -> None:
        for few in ("CHANNELS", "SEEN_CHANNELS"):
            for name in ("#d", "#e", "#f"):
                self.say("ann", f"JOIN {name}", f"PRIVMSG {name} :old", f"MODE {name} +H 1")
            self._passed += 1.5 * DAY
            with self.subTest(few), patch.object(retention, few, 1):
                self.pass_time(6)
                self.assertEqual(self.texts(), [])

    def test_only_a_few_rows_are_deleted_at_a_time(self) -> None:
        self.say("ann", *(f"PRIVMSG #c :{number}" for number in range(25)))
        self._passed += 3 * DAY
        with patch.object(retention, "EXPIRED_ROWS", 10):
            for left in (15, 5, 0):
                self.pass_time(1)
                self.assertEqual(self.count("messages"), left)

    def test_messages_removed_from_the_index_are_removed_from_the_list(self) -> None:
        self.say("ann", *(f"PRIVMSG #c :{number}" for number in range(25)))
        self.later(3 * DAY)
        self.assertEqual(self.count("gone"), 0)

    def test_times_in_a_channel_increase_after_a_deletion(self) -> None:
        self.say("ann", "PRIVMSG #c :old")
        last = self.channel("#c").last_time
        self.later(3 * DAY)
        self.restart()
        self.enter("ann", channel="#c")
        self.assertGreater(self.channel("#c").last_time, last)


class WithoutLimit(RetentionTestCase):
    CONFIG = "[limits]\nping_seconds = 1_000_000_000\ndrop_seconds = 2_000_000_000"

    def test_by_default_nothing_expires(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", "PRIVMSG #c :old")
        self._passed += 5000 * DAY
        self.pass_time(5)
        self.assertEqual(self.texts(), ["old"])


class DroppedChannels(RetentionTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps="draft/read-marker")
        self.enter("bob", channel="#stays")
        self.log_in("ann")
        self.say("ann", "PRIVMSG #c :1", "PRIVMSG #c :2", "PRIVMSG bob :3")
        self.say("ann", "MARKREAD #c timestamp=2026-03-12T11:00:00.000Z")
        self.say("bob", "PRIVMSG #stays :4", "MODE #stays +s")
        self.channel("#c").account_ranks.clear()
        self.say("ann", "MODE #c +k key", "PART #c")
        self.assertNotIn("#c", self.world.channels)

    def test_all_its_stored_data_are_deleted(self) -> None:
        self.pass_time(5)
        self.assertEqual(self.texts(), ["3", "4"])
        self.assertEqual({target for (target,) in self.reader.rows("SELECT target FROM events")}, {"#2"})
        self.assertEqual((self.count("markers"), self.count("dropped")), (0, 0))
        self.assertEqual(self.world.markers, {"=ann": {}})

    def test_its_number_is_not_reused_after_the_deletion(self) -> None:
        self.say("bob", "JOIN #last", "MODE #last +i", "PART #last")
        self.pass_time(5)
        self.assertNotIn("#last", self.world.channels)
        self.restart()
        self.enter("ann", channel="#new")
        self.assertEqual(self.channel("#new").key, "#4")

    def test_its_number_is_not_reused_before_the_deletion(self) -> None:
        self.say("bob", "MODE #stays -s")
        self.restart()
        self.enter("ann", channel="#new")
        self.assertEqual(self.channel("#new").key, "#3")


class Guests(RetentionTestCase):
    def test_conversations_between_guests_are_deleted_after_a_restart(self) -> None:
        self.enter("ann", "bob", "dan")
        self.log_in("ann")
        self.say("ann", "PRIVMSG bob :kept")
        self.say("dan", "PRIVMSG bob :dropped", "@+x=1 TAGMSG bob")
        self.pass_time(5)
        self.assertEqual(self.texts(), ["kept", "dropped"])
        self.restart()
        self.pass_time(5)
        self.assertEqual(self.texts(), ["kept"])
        self.assertEqual((self.count("events"), self.count("conversations")), (0, 2))


class Errors(RetentionTestCase):
    def test_a_database_that_cannot_be_read_is_read_again_later(self) -> None:
        with (
            patch.object(self.reader, "rows", side_effect=sqlite3.OperationalError("disk I/O error")),
            self.assertLogs("chatapp.server.tasks.retention", "WARNING"),
        ):
            self.pass_time(2)
        self.pass_time(2)
