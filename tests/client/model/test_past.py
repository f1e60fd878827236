"""The older part of a conversation: what it shares with the present, and how they become one."""

from __future__ import annotations

from chatapp.client.incoming.events import HistoryPage, MessageReceived, Redacted
from chatapp.client.model import past
from chatapp.client.model.changes import PlaceLeft, PlaceOpened, PlaceUnavailable, Updated
from chatapp.client.model.conversation import Conversation, Fetch
from chatapp.client.model.model import Reference
from tests.client.base import NOON, ClientTest


def message(number: int, nick: str = "ben", msgid: str | None = None) -> MessageReceived:
    name = f"m{number}" if msgid is None else msgid
    return MessageReceived("#general", nick, "message", f"text {number}", NOON + number, name)


def page(*numbers: int, redactions: tuple[Redacted, ...] = ()) -> HistoryPage:
    return HistoryPage("#general", tuple(map(message, numbers)), redactions)


class Past(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general: Conversation = self.online()
        self.network = self.client.network
        self.network.current = self.general

    def open(self, number: int, *numbers: int) -> Conversation:
        """Open a place; return what is shown."""
        reference = Reference(f"m{number}", NOON + number)
        self.opened = past.open_page(self.network, self.general, reference, page(*numbers), self.now)
        return self.general.past or self.general

    def speak(self, *numbers: int) -> None:
        """Receive new messages."""
        for number in numbers:
            stamp = f"2026-03-12T12:{number // 60:02}:{number % 60:02}.000Z"
            self.receive(f"@time={stamp};msgid=m{number} :ben!b@h PRIVMSG #general :text {number}")

    def add(self, fetch: Fetch, *numbers: int) -> None:
        """Request and receive a page at one end."""
        self.assertIsNotNone(past.beyond(self.network, self.general, fetch))
        self.changes = past.add_page(self.network, self.general, fetch, page(*numbers), self.now)

    def test_the_nearest_message_in_time_stands_for_an_unknown_one(self) -> None:
        self.speak(90)
        self.open(7, 4, 8, 20)
        (change,) = self.opened
        assert isinstance(change, PlaceOpened)
        self.assertEqual("m8", change.entry.msgid)

    def test_an_empty_page_leaves_everything_as_it_is(self) -> None:
        self.speak(90)
        self.assertIs(self.general, self.open(7))
        self.assertEqual([PlaceUnavailable(self.general, past.GONE)], self.opened)

    def test_nothing_old_counts_as_unread(self) -> None:
        self.network.watching = False
        self.speak(90)
        before = (self.general.unread, self.general.read_marker)
        self.open(5, 4, 5)
        self.add("before", 1, 2)
        self.assertEqual(before, (self.general.unread, self.general.read_marker))
        assert self.general.past
        self.assertFalse(any(each.unread for each in self.general.past.entries))

    def test_a_page_that_reaches_the_present_is_added_to_it_at_once(self) -> None:
        self.speak(90, 91)
        shown = self.general.entries[-1]
        self.assertIs(self.general, self.open(88, 87, 88, 89, 90, 91))
        self.assertEqual([f"text {number}" for number in range(87, 92)], self.texts(self.general))
        self.assertIs(shown, self.general.entries[-1])

    def test_when_they_meet_each_message_is_there_once_and_keeps_its_entry(self) -> None:
        self.speak(10, 11)
        run = self.open(5, 4, 5)
        reading = run.entries[0]
        self.add("after", 6, 7, 8, 9, 10)
        self.assertIn(PlaceLeft(self.general, joined=True), self.changes)
        self.assertEqual([f"text {number}" for number in range(4, 12)], self.texts(self.general))
        self.assertIn(reading, self.general.entries)
        self.assertIsNone(self.general.past)

    def test_without_newer_messages_on_the_server_they_become_one(self) -> None:
        self.open(5, 4, 5)  # all entries of the present were cleared
        self.add("after")
        self.assertEqual(["text 4", "text 5"], self.texts(self.general))

    def test_the_beginning_of_the_history_is_reached_once(self) -> None:
        self.speak(90)
        run = self.open(5, 4, 5)
        self.add("before")
        self.assertTrue(run.complete)
        self.assertIsNone(past.beyond(self.network, self.general, "before"))

    def test_messages_of_ignored_people_are_passed_over(self) -> None:
        self.speak(90)
        self.client.run(self.general, "/ignore dee")
        self.open(5, 4, 5)
        assert self.general.past
        old = HistoryPage("#general", (message(6, "dee"), message(7, "dee")))
        past.beyond(self.network, self.general, "after")
        past.add_page(self.network, self.general, "after", old, self.now)
        self.assertEqual(["text 4", "text 5"], self.texts(self.general.past))
        request = past.beyond(self.network, self.general, "after")
        self.assertEqual("CHATHISTORY AFTER #general msgid=m7 100", str(request))

    def test_deletions_reach_the_older_part(self) -> None:
        self.speak(90)
        run = self.open(5, 4, 5)
        self.receive(":ben!b@h REDACT #general m4 :wrong")
        self.assertEqual(run.entries[0], self.assert_changed(Updated).entry)
        self.assertEqual(("ben", ""), (run.entries[0].deleted_by, run.entries[0].text))

    def test_a_message_that_was_deleted_before_it_was_loaded_stays_deleted(self) -> None:
        self.speak(90)
        self.receive(":ben!b@h REDACT #general m6")
        run = self.open(5, 4, 5)
        self.add("after", 6)
        self.assertEqual(["text 4", "text 5", ""], [each.text for each in run.entries])
        self.changes = past.add_page(
            self.network, self.general, "after", page(7, redactions=(Redacted("#general", "m7", "ben"),)), 0.0
        )
        self.assertEqual("", run.entries[-1].text)

    def test_without_msgids_messages_are_told_apart_by_time_author_and_text(self) -> None:
        self.receive("@time=2026-03-12T12:00:09.000Z :ben!b@h PRIVMSG #general :text 9")
        old = HistoryPage("#general", tuple(message(number, msgid="") for number in (7, 8, 9)))
        past.open_page(self.network, self.general, Reference("", NOON + 8), old, self.now)
        self.assertEqual(["text 7", "text 8", "text 9"], self.texts(self.general))

    def test_a_loaded_message_is_found_by_msgid_or_by_time(self) -> None:
        self.speak(90)
        run = self.open(5, 4, 5)
        for wanted, expected in (
            (Reference("m90", 0.0), self.general.entries[-1]),
            (Reference("m4", 0.0), run.entries[0]),
            (Reference("", NOON + 5), run.entries[1]),
            (Reference("m6", NOON + 5), None),
            (Reference("", NOON + 6), None),
        ):
            with self.subTest(wanted):
                self.assertIs(expected, past.find_loaded(self.general, wanted))

    def test_a_loaded_message_of_the_present_ends_the_reading_of_the_past(self) -> None:
        self.speak(90)
        run = self.open(5, 4, 5)
        past.open_loaded(self.general, run.entries[0])
        self.assertIs(run, self.general.past)
        past.open_loaded(self.general, self.general.entries[-1])
        self.assertIsNone(self.general.past)
