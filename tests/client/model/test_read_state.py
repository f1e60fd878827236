"""Unread messages, and the read marker that all devices of a user share."""

from __future__ import annotations

import unittest

from chatapp.client.model.changes import ConversationChanged
from chatapp.client.model.conversation import Conversation
from tests.client.base import EVERYTHING, NOON, ClientTest
from tests.client.messages import MESSAGES, MessagesTest, message

MARKERS = f"{EVERYTHING} draft/read-marker"
TIME = "2026-03-12T12:00:{:02}.000Z"


def message_line(number: int, text: str = "", nick: str = "ben", target: str = "#general") -> str:
    """Return a message `number` seconds after noon."""
    return f"@time={TIME.format(number)};msgid=m{number} :{nick}!{nick}@h PRIVMSG {target} :{text or number}"


class ReadingTest(ClientTest):
    def enter_with(self, marker: str, *page: str, capabilities: str = MARKERS) -> Conversation:
        """Join #general, receive its read marker and its latest page."""
        self.now += 60
        self.connect()
        self.welcome(capabilities)
        self.receive(":ana!ana@h JOIN #general", f":srv MARKREAD #general {marker}")
        self.page("#general", *page)
        return self.conversation("#general")

    def requests(self) -> list[str]:
        """Return the requests for older pages that were sent, without their labels."""
        lines = [line for line in self.sent() if " BEFORE " in line]
        return ["CHATHISTORY" + line.rpartition("CHATHISTORY")[2] for line in lines]

    def marks(self) -> list[str]:
        """Return the markers that were sent, without their labels."""
        return [line.rpartition("MARKREAD ")[2] for line in self.sent() if "MARKREAD" in line]

    def first(self, conversation: Conversation) -> str:
        """Return the message below "New messages"."""
        return next((each.text for each in conversation.entries if each.key == conversation.first_unread), "")


class AtAJoin(ReadingTest):
    def test_messages_newer_than_the_server_s_marker_are_unread(self) -> None:
        marker = f"timestamp={TIME.format(2)}"
        page = [
            message_line(1),
            message_line(2),
            message_line(3, "ana: look"),
            message_line(4, nick="ana"),
            message_line(5),
        ]
        general = self.enter_with(marker, *page)
        self.assertEqual((2, 1, "ana: look"), (general.unread, general.mentions, self.first(general)))

    def test_without_a_marker_messages_before_our_join_are_read(self) -> None:
        general = self.enter_with("*", message_line(1), message_line(2))
        self.assertEqual((0, None), (general.unread, general.first_unread))

    def test_without_a_marker_other_devices_are_told_what_is_read(self) -> None:
        for page, read in (
            ([message_line(1), message_line(2)], TIME.format(2)),
            ([], "2026-03-12T12:01:00.000Z"),
        ):
            with self.subTest(read):
                self.setUp()
                self.enter_with("*", *page)
                self.client.network.watching = False
                self.assertEqual([f"#general timestamp={read}"], self.marks())

    def test_an_invalid_marker_is_ignored(self) -> None:
        for stamp in ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "NaN", ""):
            marker = f"timestamp={stamp}"
            with self.subTest(marker):
                self.setUp()
                general = self.enter_with(marker, message_line(1))
                self.assertEqual((0, None), (general.unread, general.read_marker))

    def test_older_pages_are_requested_until_all_unread_messages_are_counted(self) -> None:
        general = self.enter_with(f"timestamp={TIME.format(1)}", message_line(5), message_line(6))
        self.assertEqual(["CHATHISTORY BEFORE #general msgid=m5 100"], self.requests())
        self.page("#general", message_line(3, nick="ana"), message_line(4))
        self.assertEqual((3, "4"), (general.unread, self.first(general)))
        self.assertEqual(["CHATHISTORY BEFORE #general msgid=m3 100"], self.requests())
        self.page("#general", message_line(1), message_line(2))
        self.assertEqual((4, "2", []), (general.unread, self.first(general), self.requests()))

    def test_no_older_page_is_requested_for_messages_that_are_read(self) -> None:
        self.enter_with(f"timestamp={TIME.format(6)}", message_line(5), message_line(6))
        self.assertEqual([], self.requests())

    def test_without_a_marker_what_the_user_wrote_later_shows_that_an_older_page_was_read(self) -> None:
        self.connect()
        self.welcome(MARKERS)
        self.receive(
            ":srv BATCH +t draft/chathistory-targets",
            f"@batch=t :srv CHATHISTORY TARGETS ben {TIME.format(5)}",
            ":srv BATCH -t",
            ":srv MARKREAD ben *",
        )
        ben = self.conversation("ben")
        self.page("ben", message_line(4, nick="ana", target="ben"), message_line(5, target="ana"))
        self.assertEqual((1, "5"), (ben.unread, self.first(ben)))
        self.client.load_older(ben)
        self.page("ben", message_line(1, target="ana"), message_line(2, target="ana"))
        self.assertEqual((1, "5"), (ben.unread, self.first(ben)))

    def test_older_messages_newer_than_the_marker_are_unread_too(self) -> None:
        general = self.enter_with(f"timestamp={TIME.format(1)}", message_line(5), message_line(6))
        self.client.load_older(general)
        self.page("#general", message_line(1), message_line(2))
        self.assertEqual((3, "2"), (general.unread, self.first(general)))


class Viewing(ReadingTest):
    def come_back(self, capabilities: str = MARKERS) -> None:
        """Reconnect; the page of missed messages is requested."""
        self.pass_time(61)
        self.link_up()
        self.welcome(capabilities)
        self.enter()
        self.sent()

    def test_the_read_marker_is_sent_to_the_server(self) -> None:
        general = self.enter_with(f"timestamp={TIME.format(1)}", message_line(1), message_line(2))
        self.sent()
        self.client.mark_read(general)
        self.client.poll()
        self.assertEqual([f"#general timestamp={TIME.format(2)}"], self.marks())
        self.assertEqual((0, None), (general.unread, general.first_unread))

    def test_the_server_learns_nothing_if_the_user_wants_that(self) -> None:
        general = self.enter_with(f"timestamp={TIME.format(1)}", message_line(1), message_line(2))
        self.client.network.shares_read = False
        self.sent()
        self.client.mark_read(general)
        self.client.poll()
        self.assertEqual(([], 0), (self.marks(), general.unread))

    def test_markers_are_sent_at_intervals_and_at_the_end(self) -> None:
        self.enter_with(f"timestamp={TIME.format(1)}", message_line(1))
        self.marks()
        for number in range(10, 15):
            self.receive(message_line(number))
        self.assertEqual([f"#general timestamp={TIME.format(10)}"], self.marks())
        self.pass_time(2)
        self.assertEqual([f"#general timestamp={TIME.format(14)}"], self.marks())
        self.receive(message_line(20))
        self.pass_time(0.1)
        self.client.disconnect()
        self.assertEqual([f"#general timestamp={TIME.format(20)}"], self.marks())

    def test_no_marker_is_sent_while_the_window_is_not_viewed(self) -> None:
        self.enter_with(f"timestamp={TIME.format(1)}", message_line(1))
        self.client.network.watching = False
        self.receive(message_line(10))
        self.pass_time(5)
        self.assertEqual([], self.marks())

    def test_a_marker_never_moves_back(self) -> None:
        general = self.enter_with(f"timestamp={TIME.format(30)}", message_line(1), message_line(2))
        self.client.mark_read(general)
        self.pass_time(5)
        self.assertEqual([], self.marks())

    def test_a_server_without_markers_gets_none_and_messages_are_still_read(self) -> None:
        general = self.enter_with("*", message_line(1), capabilities=EVERYTHING)
        self.client.network.watching = False
        self.receive(message_line(10))
        self.assertEqual(1, general.unread)
        self.client.mark_read(general)
        self.pass_time(5)
        self.assertEqual(0, general.unread)
        self.assertEqual([], self.marks())

    def test_an_error_for_a_marker_is_not_shown(self) -> None:
        for tag in ("@label=background-1 ", ""):
            with self.subTest(tag):
                self.setUp()
                capabilities = MARKERS if tag else MARKERS.replace("labeled-response ", "")
                general = self.enter_with("*", message_line(1), capabilities=capabilities)
                self.receive(message_line(10))
                self.assertEqual(1, len(self.marks()))
                self.receive(f"{tag}:srv FAIL MARKREAD INTERNAL_ERROR #general :It could not be set")
                self.assertEqual([], [each.text for each in general.entries if each.kind == "error"])

    def test_a_partly_read_conversation_has_a_marker_in_the_middle(self) -> None:
        general = self.enter_with(
            f"timestamp={TIME.format(1)}", message_line(1), message_line(2), message_line(3), message_line(4)
        )
        self.sent()
        third = general.by_msgid("m3")
        assert third
        self.client.mark_read_to(general, third)
        self.client.poll()
        self.assertEqual((1, "4"), (general.unread, self.first(general)))
        self.assertEqual([f"#general timestamp={TIME.format(3)}"], self.marks())

    def test_messages_still_being_fetched_are_not_read(self) -> None:
        general = self.enter_with(f"timestamp={TIME.format(1)}", message_line(1))
        self.lose_connection()
        self.come_back()
        self.receive(message_line(50))
        self.client.mark_read(general)
        self.pass_time(5)
        self.assertEqual([], self.marks())
        self.page("#general", message_line(40), message_line(50))
        self.assertEqual((1, "40"), (general.unread, self.first(general)))
        self.pass_time(5)
        self.assertEqual([], self.marks())

    def test_no_marker_is_sent_while_messages_are_missing(self) -> None:
        general = self.enter_with(
            f"timestamp={TIME.format(1)}", message_line(1), message_line(2), message_line(3)
        )
        self.lose_connection()
        self.client.mark_read(general)
        self.come_back()
        self.pass_time(5)
        self.assertEqual(([], general.read_marker), (self.marks(), NOON + 1))
        self.page("#general", message_line(4))
        self.pass_time(5)
        self.assertEqual([], self.marks())
        self.page("#general")
        self.assertEqual([f"#general timestamp={TIME.format(3)}"], self.marks())
        self.assertEqual((1, "4"), (general.unread, self.first(general)))

    def test_the_marker_stays_before_the_first_unread_message(self) -> None:
        general = self.enter_with(f"timestamp={TIME.format(1)}", message_line(1), message_line(2))
        self.lose_connection()
        self.client.mark_read(general)
        self.come_back()
        self.receive(message_line(50))
        self.page("#general", message_line(40), message_line(50))
        self.page("#general")
        self.assertEqual([f"#general timestamp={TIME.format(2)}"], self.marks())
        self.assertEqual((1, "40"), (general.unread, self.first(general)))

    def test_a_partly_seen_page_moves_the_marker_too(self) -> None:
        general = self.enter_with(
            f"timestamp={TIME.format(1)}", message_line(1), message_line(2), message_line(3)
        )
        self.lose_connection()
        self.client.mark_read_to(general, general.entries[1])
        self.come_back()
        self.page("#general")
        self.assertEqual([f"#general timestamp={TIME.format(2)}"], self.marks())
        self.assertEqual((1, "3"), (general.unread, self.first(general)))

    def test_without_markers_on_the_server_a_local_one_is_stored(self) -> None:
        general = self.enter_with("*", message_line(1), capabilities=EVERYTHING)
        self.lose_connection()
        self.client.mark_read(general)
        self.come_back(EVERYTHING)
        self.page("#general")
        self.assertEqual(NOON + 1, general.read_marker)


class OtherDevices(ReadingTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.enter_with("*", message_line(1))
        self.client.network.watching = False
        self.receive(message_line(10), message_line(11, "ana: look"), message_line(12))

    def test_messages_read_on_another_device_are_read_here(self) -> None:
        self.receive(f":srv MARKREAD #general timestamp={TIME.format(11)}")
        general = self.general
        self.assertEqual((1, 0, "12"), (general.unread, general.mentions, self.first(general)))
        self.receive(f":srv MARKREAD #general timestamp={TIME.format(12)}")
        self.assertEqual((0, None), (general.unread, general.first_unread))

    def test_an_older_marker_changes_nothing(self) -> None:
        self.receive(f":srv MARKREAD #general timestamp={TIME.format(5)}", ":srv MARKREAD #general *")
        self.assertEqual((3, 1), (self.general.unread, self.general.mentions))

    def test_direct_messages_read_on_another_device_are_read_here(self) -> None:
        self.receive(message_line(20, target="ana", nick="dee"))
        self.receive(f":srv MARKREAD dee timestamp={TIME.format(20)}")
        self.assertEqual(0, self.conversation("dee").unread)

    def test_a_marker_of_an_unknown_conversation_is_ignored(self) -> None:
        self.receive(f":srv MARKREAD zoe timestamp={TIME.format(20)}", ":srv MARKREAD zoe", ":srv MARKREAD")


class MarkedUnread(MessagesTest):
    """The user marks messages as unread."""

    capabilities = f"{MESSAGES} draft/read-marker"

    def setUp(self) -> None:
        super().setUp()
        self.receive(*(message(number, f"text {number}") for number in (1, 2, 3)), message(4, "own", "ana"))
        self.client.mark_read(self.general)
        self.client.open(self.general)
        self.pass_time(3)
        self.sent()

    def unread(self) -> list[str]:
        return [each.text for each in self.general.entries if each.unread]

    def test_it_and_the_later_ones_of_others_are_unread(self) -> None:
        self.client.mark_unread_from(self.general, self.entry("m2"))
        self.assert_changed(ConversationChanged, self.client.poll(None))
        self.assertEqual(["text 2", "text 3"], self.unread())
        self.assertEqual((2, self.entry("m2").key), (self.general.unread, self.general.first_unread))

    def test_the_earlier_ones_are_read_here_and_on_the_server(self) -> None:
        self.client.network.watching = False
        self.receive(*(message(number, f"text {number}") for number in (10, 11, 12)))
        self.client.mark_unread_from(self.general, self.entry("m11"))
        self.assertEqual(["text 11", "text 12"], self.unread())
        self.pass_time(3)
        (sent,) = [line for line in self.sent() if "MARKREAD" in line]
        self.assertIn("MARKREAD #general timestamp=2026-03-12T12:00:10.999Z", sent)

    def test_it_stays_unread_while_the_user_is_there(self) -> None:
        self.client.mark_unread_from(self.general, self.entry("m3"))
        self.client.mark_read(self.general)
        self.client.mark_read_to(self.general, self.entry("m4"))
        self.receive(message(9, "new"))
        self.assertEqual(["text 3", "new"], self.unread())
        self.pass_time(5)
        self.assertEqual([], [line for line in self.sent() if "MARKREAD" in line])

    def test_when_the_user_comes_back_it_can_be_read(self) -> None:
        self.client.mark_unread_from(self.general, self.entry("m3"))
        self.client.open_direct("chen")
        self.client.open(self.general)
        self.client.mark_read(self.general)
        self.assertEqual([], self.unread())

    def test_the_command_marks_it_as_read_at_once(self) -> None:
        self.client.mark_unread_from(self.general, self.entry("m3"))
        self.client.mark_read(self.general, by_command=True)
        self.assertEqual([], self.unread())

    def test_only_a_newer_marker_of_another_device_marks_it_as_read(self) -> None:
        self.client.mark_unread_from(self.general, self.entry("m2"))
        self.receive(":srv MARKREAD #general timestamp=2026-03-12T12:00:04.000Z")
        self.assertEqual(["text 2", "text 3"], self.unread())
        self.receive(message(30, "new"), ":srv MARKREAD #general timestamp=2026-03-12T12:00:30.000Z")
        self.assertEqual([], self.unread())

    def test_an_own_message_can_be_the_first_unread_one(self) -> None:
        self.client.mark_unread_from(self.general, self.entry("m4"))
        self.assertEqual(["own"], self.unread())

    def test_an_own_message_that_is_sent_afterwards_does_not_count(self) -> None:
        self.client.mark_unread_from(self.general, self.entry("m4"))
        self.receive(message(9, "later", "ana"), message(10, "reply"))
        self.assertEqual(["own", "reply"], self.unread())

    def test_a_message_whose_deletion_is_undone_is_unread_again(self) -> None:
        self.receive(":ben!b@h MODE #general +o ana")
        self.client.mark_unread_from(self.general, self.entry("m3"))
        self.client.delete(self.general, self.entry("m3"))
        self.assertEqual([], self.unread())
        self.client.undo_delete(self.general, self.entry("m3"))
        self.assertEqual(["text 3"], self.unread())
        self.assertEqual((1, self.entry("m3").key), (self.general.unread, self.general.first_unread))


if __name__ == "__main__":
    unittest.main()
