"""Direct messages that came while we were not connected."""

from __future__ import annotations

import unittest

from chatapp.client.model.model import Entry
from chatapp.protocol.timestamps import iso_of_seconds
from tests.client.base import EVERYTHING, NOON, ClientTest

MARKERS = f"{EVERYTHING} draft/read-marker"


def message_line(number: int, target: str = "ana", nick: str = "ben") -> str:
    """Return message `number` of a direct conversation, sent so many seconds after noon."""
    tags = f"time=2026-03-12T12:{number // 60:02}:{number % 60:02}.000Z;msgid=m{number}"
    return f"@{tags} :{nick}!{nick}@h PRIVMSG {target} :message {number}"


class MissedMessagesTest(ClientTest):
    def enter_as(self, capabilities: str = EVERYTHING, since: float | None = None) -> None:
        """Register an hour after noon; the last run ended at a time, if there was one."""
        self.now += 3600
        self.client.network.disconnected_at = since
        self.connect()
        self.welcome(capabilities)

    def overview(self, *targets: tuple[str, int]) -> None:
        """Receive an overview: users and the times of their last messages, in seconds after noon."""
        stamps = [(name, f"2026-03-12T12:{at // 60:02}:{at % 60:02}.000Z") for name, at in targets]
        rows = [f"@batch=t :srv CHATHISTORY TARGETS {name} {stamp}" for name, stamp in stamps]
        self.receive(":srv BATCH +t draft/chathistory-targets", *rows, ":srv BATCH -t")

    def everything(self) -> list[Entry]:
        """Return every entry of every conversation."""
        return [entry for each in self.client.network.conversations.values() for entry in each.entries]

    def asked(self) -> list[str]:
        """Return the requests about direct messages that were sent, without labels."""
        sent = [line[line.index(" ") + 1 :] if line[0] == "@" else line for line in self.sent()]
        return [each for each in sent if each.startswith(("CHATHISTORY", "MARKREAD")) and "#" not in each]


class Waiting(MissedMessagesTest):
    """Messages that the server stored and sends by itself."""

    def test_they_open_the_conversation_and_are_unread(self) -> None:
        self.enter_as()
        self.page("ben", message_line(1), message_line(2))
        ben = self.conversation("ben")
        self.assertEqual((["message 1", "message 2"], 2), (self.texts(ben), ben.unread))
        self.assertEqual(ben.entries[0].key, ben.first_unread)

    def test_a_message_that_is_sent_and_fetched_is_shown_once(self) -> None:
        self.enter_as(since=NOON)
        self.page("ben", message_line(5), message_line(6))
        self.sent()
        self.overview(("ben", 6))
        self.assertEqual(["CHATHISTORY AFTER ben timestamp=2026-03-12T11:59:59.999Z 100"], self.asked())
        self.page("ben", message_line(4), message_line(5), message_line(6))
        ben = self.conversation("ben")
        self.assertEqual(["message 4", "message 5", "message 6"], self.texts(ben))
        self.assertEqual((3, ben.entries[0].key), (ben.unread, ben.first_unread))

    def test_messages_of_ignored_users_and_other_channels_are_not_shown(self) -> None:
        self.enter_as()
        self.client.network.ignored.add("ben")
        self.page("ben", message_line(1))
        self.page("#secret", message_line(2, target="#secret"))
        self.page("dee")
        self.assertEqual(
            [], [each for each in self.client.network.conversations.values() if each.kind != "server"]
        )

    def test_messages_read_on_another_device_are_not_unread(self) -> None:
        self.enter_as(MARKERS)
        self.page("ben", message_line(1), message_line(2))
        self.overview(("ben", 2))
        self.receive(":srv MARKREAD ben timestamp=2026-03-12T12:00:02.000Z")
        self.assertEqual(0, self.conversation("ben").unread)

    def test_the_read_marker_is_sent_for_messages_read_before_the_overview_was_complete(self) -> None:
        self.enter_as(MARKERS, since=NOON)
        self.page("ben", message_line(5), message_line(6))
        ben = self.conversation("ben")
        self.overview(("ben", 6))
        self.client.mark_read(ben)
        self.receive(":srv MARKREAD ben *")
        self.page("ben", message_line(5), message_line(6))
        self.asked()
        self.page("ben")
        self.assertEqual(["MARKREAD ben timestamp=2026-03-12T12:00:06.000Z"], self.asked())
        self.assertEqual(0, ben.unread)

    def test_a_conversation_closed_before_the_overview_is_complete_is_forgotten(self) -> None:
        self.enter_as(MARKERS, since=NOON)
        self.page("ben", message_line(5))
        ben = self.conversation("ben")
        self.overview(("ben", 5))
        self.client.mark_read(ben)
        self.assertEqual({ben}, self.client.network.seen_early)
        self.client.leave(ben)
        self.assertEqual(set(), self.client.network.seen_early)


class Overview(MissedMessagesTest):
    def test_it_is_requested_at_every_welcome_beginning_with_the_last_run(self) -> None:
        self.enter_as(since=NOON + 600)
        stamps = "timestamp=2026-03-12T12:10:00.000Z timestamp=2026-03-12T13:00:01.000Z"
        self.assertEqual([f"CHATHISTORY TARGETS {stamps} 50"], self.asked())

    def test_a_second_loss_before_the_overview_has_come_leaves_no_gap(self) -> None:
        self.enter_as()
        self.overview()
        self.lose_connection()
        lost_at = iso_of_seconds(self.now)
        for _ in range(2):
            self.pass_time(60)
            self.link_up()
            self.welcome()
            [asked] = [line for line in self.sent() if "TARGETS" in line]
            self.assertIn(f"timestamp={lost_at}", asked)
            self.lose_connection()

    def test_after_the_overview_the_next_gap_begins_at_the_next_loss(self) -> None:
        self.enter_as()
        for _ in range(2):
            self.overview()
            self.lose_connection()
            lost_at = iso_of_seconds(self.now)
            self.pass_time(60)
            self.link_up()
            self.welcome()
            [asked] = [line for line in self.sent() if "TARGETS" in line]
            self.assertIn(f"timestamp={lost_at}", asked)

    def test_at_the_very_first_welcome_the_latest_are_requested(self) -> None:
        self.enter_as()
        stamps = "timestamp=2026-03-12T13:00:01.000Z timestamp=1970-01-01T00:00:00.000Z"
        self.assertEqual([f"CHATHISTORY TARGETS {stamps} 20"], self.asked())

    def test_it_is_requested_page_by_page_up_to_a_limit(self) -> None:
        self.enter_as(since=NOON)
        self.client.network.isupport = {"CHATHISTORY": "2"}
        self.asked()
        self.client.network.awaits_targets = False
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome(isupport="CHANTYPES=# CHATHISTORY=2")
        pages = 0
        while any("TARGETS" in line for line in self.asked()):
            pages += 1
            self.overview((f"x{pages}", pages), (f"y{pages}", pages))
            self.assertLess(pages, 50)
        self.assertEqual(10, pages)

    def test_a_closed_conversation_is_reopened_only_for_new_messages(self) -> None:
        self.enter_as(since=NOON + 600)
        self.asked()
        self.overview(("ben", 500), ("dee", 700))
        self.assertIsNone(self.client.network.find("ben"))
        self.assertEqual(["CHATHISTORY AFTER dee timestamp=2026-03-12T12:09:59.999Z 100"], self.asked())
        self.page("dee", message_line(700, nick="dee"))
        self.page("dee")
        self.assertEqual(1, self.conversation("dee").unread)

    def test_only_messages_newer_than_the_marker_are_fetched(self) -> None:
        self.enter_as(MARKERS, since=NOON)
        self.asked()
        self.overview(("ben", 60), ("dee", 60))
        self.assertEqual(["MARKREAD ben", "MARKREAD dee"], self.asked())
        self.receive(
            ":srv MARKREAD ben timestamp=2026-03-12T12:01:00.000Z",
            ":srv MARKREAD dee timestamp=2026-03-12T12:00:30.000Z",
        )
        self.assertEqual(["CHATHISTORY AFTER dee timestamp=2026-03-12T12:00:29.999Z 100"], self.asked())
        self.page(
            "dee",
            message_line(30, nick="dee"),
            message_line(40, nick="ana", target="dee"),
            message_line(60, nick="dee"),
        )
        self.assertEqual((1, 0), (self.conversation("dee").unread, self.conversation("ben").unread))

    def test_a_refused_request_for_a_marker_is_not_shown(self) -> None:
        self.enter_as(MARKERS, since=NOON)
        self.sent()
        self.overview(("ben", 6))
        label = next(line for line in self.sent() if "MARKREAD ben" in line).split()[0]
        self.receive(f"{label} :srv FAIL MARKREAD INTERNAL_ERROR ben :Not now")
        self.assertNotIn("Not now", [each.text for each in self.everything()])

    def test_on_a_new_device_messages_that_were_never_read_are_unread(self) -> None:
        self.enter_as(MARKERS)
        self.overview(("ben", 60))
        self.asked()
        self.receive(":srv MARKREAD ben *")
        self.assertEqual(["CHATHISTORY LATEST ben * 50"], self.asked())
        self.page(
            "ben",
            message_line(10),
            message_line(20, nick="ana", target="ben"),
            message_line(30),
            message_line(60),
        )
        self.assertEqual(2, self.conversation("ben").unread)

    def test_on_a_new_device_without_markers_nothing_is_unread(self) -> None:
        self.enter_as()
        self.asked()
        self.overview(("ben", 60))
        self.assertEqual([], self.asked())
        self.assertEqual(0, self.conversation("ben").unread)
        self.client.open(self.conversation("ben"))
        self.assertEqual(["CHATHISTORY LATEST ben * 50"], self.asked())

    def test_a_message_that_comes_before_the_overview_leaves_no_gap(self) -> None:
        self.enter_as(since=NOON)
        self.receive(message_line(120))
        self.sent()
        self.overview(("ben", 120))
        self.assertEqual(["CHATHISTORY AFTER ben timestamp=2026-03-12T11:59:59.999Z 100"], self.asked())
        self.page("ben", message_line(60), message_line(120))
        self.page("ben")
        ben = self.conversation("ben")
        self.assertEqual((["message 60", "message 120"], 2), (self.texts(ben), ben.unread))

    def test_without_a_history_everything_else_works(self) -> None:
        for refusal in (
            ":srv FAIL CHATHISTORY INVALID_PARAMS TARGETS :Unknown command",
            ":srv 421 ana CHATHISTORY :?",
        ):
            with self.subTest(refusal):
                self.setUp()
                self.enter_as(since=NOON)
                self.receive(refusal, message_line(1), message_line(2))
                ben = self.conversation("ben")
                self.assertEqual((2, False), (ben.unread, ben.behind))


if __name__ == "__main__":
    unittest.main()
