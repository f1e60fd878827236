"""Deleted messages."""

from __future__ import annotations

import unittest
from datetime import date

from chatapp.client.model.changes import ConversationChanged, Updated
from chatapp.client.model.event_texts import deletion
from chatapp.client.model.model import Entry
from chatapp.gui.transcript.block_options import BlockOptions, Surroundings
from chatapp.gui.transcript.blocks import clipboard_text, make_blocks
from chatapp.terminal import rendering as terminal
from chatapp.terminal.ansi import StyledLine
from tests.client.base import EVERYTHING, ClientTest

REDACTION = f"{EVERYTHING} draft/message-redaction"


def message_line(number: int, text: str, nick: str = "ben", target: str = "#general") -> str:
    tags = f"time=2026-03-12T12:00:{number:02}.000Z;msgid=m{number}"
    return f"@{tags} :{nick}!{nick}@h PRIVMSG {target} :{text}"


class Redaction(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=REDACTION)

    def entry(self, msgid: str) -> Entry:
        found = self.general.by_msgid(msgid)
        assert found
        return found

    def test_the_text_is_removed_and_the_deleter_is_named(self) -> None:
        self.receive(message_line(1, "secret"), ":chen!c@h REDACT #general m1 :not here")
        entry = self.entry("m1")
        self.assertEqual(("", "chen", "not here"), (entry.text, entry.deleted_by, entry.about))
        self.receive(message_line(2, "secret"))
        self.receive(":chen!c@h REDACT #general m2")
        self.assertEqual(self.entry("m2"), self.assert_changed(Updated).entry)
        self.assertEqual("Message deleted by chen (not here)", deletion(entry, "ana"))
        self.assertEqual("Message deleted by chen", deletion(self.entry("m2"), "ana"))
        self.assertEqual("You deleted this message", deletion(self.entry("m2"), "Chen"))

    def test_window_and_terminal_show_the_deletion(self) -> None:
        self.receive(message_line(1, "secret words"), ":chen!c@h REDACT #general m1")
        entry = self.entry("m1")
        around = Surroundings(self.client.network, self.general)
        (block,) = make_blocks([entry], None, BlockOptions(date(2026, 3, 12), around))
        shown = "".join(run.text for run in block.runs)
        self.assertIn("Message deleted by chen\n", shown)
        rows: list[StyledLine] = terminal.entry_lines(
            entry, self.general, self.general, "ana", terminal.LineFormat()
        )
        self.assertEqual(["ben: Message deleted by chen"], ["".join(p.text for p in row) for row in rows])
        self.assertEqual("<ben> Message deleted by chen", clipboard_text(entry))

    def test_unread_counts_are_updated(self) -> None:
        self.client.network.watching = False
        self.receive(message_line(1, "ana: one"), message_line(2, "two"), message_line(3, "ana: three"))
        self.receive(":ben!b@h REDACT #general m1")
        general = self.general
        self.assertEqual((2, 1), (general.unread, general.mentions))
        self.assertEqual(self.entry("m2").key, general.first_unread)
        self.assert_changed(ConversationChanged)
        self.receive(*(f":ben!b@h REDACT #general {msgid}" for msgid in ("m3", "m2", "m2")))
        self.assertEqual((0, 0, None), (general.unread, general.mentions, general.first_unread))

    def test_deleting_a_read_message_does_not_change_the_count(self) -> None:
        self.receive(message_line(1, "ana: one"))
        self.client.network.watching = False
        self.receive(message_line(2, "two"), ":ben!b@h REDACT #general m1")
        self.assertEqual((1, 0), (self.general.unread, self.general.mentions))
        self.assertFalse(self.entry("m1").mention)

    def test_direct_messages_can_be_deleted_by_either_device(self) -> None:
        self.receive(message_line(1, "psst", target="ana"), message_line(2, "yes?", nick="ana", target="ben"))
        self.receive(":ben!b@h REDACT ana m1", ":ana!a@h REDACT ben m2")
        ben = self.conversation("ben")
        self.assertEqual(["ben", "ana"], [entry.deleted_by for entry in ben.entries])

    def test_a_message_of_another_conversation_is_not_deleted(self) -> None:
        self.receive(message_line(1, "here"), ":ben!b@h REDACT ana m1", ":ben!b@h REDACT #other m1")
        self.assertEqual("here", self.entry("m1").text)

    def test_deletions_in_a_page_of_history_are_applied(self) -> None:
        self.receive(message_line(5, "on hand"))
        self.client.load_older(self.general)
        self.general.complete = False
        self.client.load_older(self.general)
        deletions = [":chen!c@h REDACT #general m1", "@time= :chen!c@h REDACT #general m5"]
        self.page("#general", message_line(1, "gone"), message_line(2, "stays"), *deletions)
        self.assertEqual(["", "stays", ""], self.texts(self.general))

    def test_a_message_deleted_before_its_page_came_is_not_shown(self) -> None:
        self.general.complete = False
        self.client.load_older(self.general)
        self.receive(":chen!c@h REDACT #general m1")
        self.page("#general", message_line(1, "gone"))
        self.assertEqual(("", "chen"), (self.entry("m1").text, self.entry("m1").deleted_by))
        self.receive(":chen!c@h REDACT #general m9", message_line(9, "late"))
        self.assertEqual("", self.entry("m9").text)

    def test_the_number_of_remembered_deletions_is_limited(self) -> None:
        self.receive(*(f":chen!c@h REDACT #general x{number}" for number in range(1100)))
        self.assertEqual(1000, len(self.general.deletions))

    def test_a_deleted_message_in_a_page_is_not_unread(self) -> None:
        self.client.network.watching = False
        self.receive(message_line(1, "one"))
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome(REDACTION)
        self.enter()
        self.receive(":chen!c@h REDACT #general m2")
        self.page("#general", message_line(2, "ana: gone"), message_line(3, "three"))
        self.assertEqual((2, 0), (self.general.unread, self.general.mentions))


if __name__ == "__main__":
    unittest.main()
