"""Entries as lines, for pipes and for people."""

from __future__ import annotations

import time
import unittest
from dataclasses import replace

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry, EntryKind, PendingEdit
from chatapp.terminal.ansi import NICK_COLOURS, rendered
from chatapp.terminal.rendering import LineFormat, channel_line, entry_lines, reaction_lines

GENERAL, HELP, BEN, SERVER = (
    Conversation("#general", "channel", "#general"),
    Conversation("#help", "channel", "#help"),
    Conversation("ben", "direct", "ben"),
    Conversation("", "server", "chat.example"),
)
NOON = time.mktime((2026, 3, 12, 12, 0, 0, 0, 0, -1))


def entry(kind: EntryKind, nick: str = "", text: str = "", about: str = "") -> Entry:
    return Entry(1, kind, NOON, nick, text, about)


def lines_of(entry: Entry, conversation: Conversation = GENERAL, look: LineFormat | None = None) -> list[str]:
    """Return the lines of an entry, where #general is "here"."""
    look = look or LineFormat()
    return [rendered(line, look.colours) for line in entry_lines(entry, conversation, GENERAL, "ana", look)]


class Plain(unittest.TestCase):
    """The format that programs read."""

    def test_a_reply_names_what_it_replies_to(self) -> None:
        place = Conversation("#general", "channel", "#general")
        question = replace(entry("message", "ana", "coffee\x07?\n" + "x" * 100), msgid="m1")
        place.insert([question])
        answer = replace(entry("message", "ben", "yes"), reply_to="m1")
        lines = [rendered(line, False) for line in entry_lines(answer, place, place, "ana", LineFormat())]
        self.assertEqual([f"ben (to ana: coffee? {'x' * 31}…): yes"], lines)
        unknown = replace(entry("message", "ben", "yes"), reply_to="m0")
        self.assertEqual(["ben (to an earlier message): yes"], lines_of(unknown))
        place.remove(question)
        place.insert([replace(question, deleted_by="ana", text="")])
        lines = [rendered(line, False) for line in entry_lines(answer, place, place, "ana", LineFormat())]
        self.assertEqual(["ben (to a deleted message): yes"], lines)

    def test_links_are_shown_as_they_work_here(self) -> None:
        look = LineFormat(with_links=lambda text: text.replace("https:", "http:"))
        shown = lines_of(entry("message", "ben", "see https://a.example"), look=look)
        self.assertEqual(["ben: see http://a.example"], shown)

    def test_a_changed_message_and_a_refused_change(self) -> None:
        self.assertEqual(
            ["ben (edited): new"], lines_of(replace(entry("message", "ben", "new"), edited_at=NOON))
        )
        refused = replace(
            entry("message", "ana", "old"), pending_edit=PendingEdit("old", "new", 0.0, "Too late.")
        )
        self.assertEqual(["!! Not changed: new (Too late)"], lines_of(refused))

    def test_reactions_stand_below_their_message(self) -> None:
        given = {"👍": ["ana", "ben"], "lol\x1b": ["a", "b", "c", "d", "e"]}
        done = replace(entry("message", "chen", "done"), reactions=given)
        self.assertEqual(
            ["chen: done", "-- ana and ben: 👍, a, b and 3 others: lol to chen: done"], lines_of(done)
        )
        nobody = reaction_lines(entry("message", "chen", "done"), HELP, GENERAL, LineFormat())
        self.assertEqual(["#help -- No reactions to chen: done"], [rendered(line, False) for line in nobody])

    def test_messages_and_events(self) -> None:
        own = replace(entry("message", "ana", "psst"), own=True)
        for conversation, one, expected in [
            (GENERAL, entry("message", "ben", "hello"), ["ben: hello"]),
            (GENERAL, entry("action", "ben", "waves"), ["* ben waves"]),
            (GENERAL, entry("notice", "ben", "soon"), ["ben (notice): soon"]),
            (HELP, entry("message", "ben", "hello"), ["#help ben: hello"]),
            (HELP, entry("join", "ben"), ["#help ben joined the chat!"]),
            (BEN, entry("message", "ben", "psst"), ["ben (only to you): psst"]),
            (BEN, own, ["ana (only to ben): psst"]),
            (BEN, entry("action", "ben", "waves"), ["* ben (only to you) waves"]),
            (BEN, entry("notice", "ben", "x"), ["ben (notice, only to you): x"]),
            (SERVER, entry("notice", "ben", "x"), ["ben (notice, only to you): x"]),
            (SERVER, entry("notice", "irc.example", "x"), ["irc.example (notice): x"]),
            (GENERAL, entry("join", "ben"), ["ben joined the chat!"]),
            (GENERAL, entry("part", "ben"), ["ben left the chat!"]),
            (GENERAL, entry("quit", "ben", "lunch"), ["ben left the chat! (lunch)"]),
            (GENERAL, entry("nick", "ben", about="benny"), ["ben is now called benny"]),
            (GENERAL, entry("topic", "ben", "Exam"), ["ben changed the topic to “Exam”"]),
            (GENERAL, entry("kick", "ben", "spam", "dee"), ["ben removed dee (spam)"]),
            (GENERAL, entry("mode", "ben", "+o dee", "#general"), ["ben made dee an operator"]),
            (GENERAL, entry("system", text="one\ntwo"), ["-- one", "-- two"]),
            (GENERAL, entry("error", text="You are banned."), ["!! You are banned."]),
            (GENERAL, entry("message", "ben", "one\n\ntwo"), ["ben: one", "ben: two"]),
            (GENERAL, entry("message", "ben", "\x1b[2J\x02bold\x02\x9b1m"), ["ben: [2Jbold1m"]),
            (GENERAL, entry("message", "b\x1ben", "hi"), ["ben: hi"]),
            (GENERAL, entry("part", "ben", "\x0304bye\x07"), ["ben left the chat! (bye)"]),
            (GENERAL, entry("message", "ben", "\x02"), ["ben: "]),
        ]:
            with self.subTest(one):
                self.assertEqual(expected, lines_of(one, conversation))

    def test_a_failed_message_is_shown_with_its_reason(self) -> None:
        failed = replace(entry("message", "ana", "hi"), state="failed", own=True, problem="Nobody is there.")
        self.assertEqual(["!! Not sent: hi (Nobody is there)"], lines_of(failed))
        self.assertEqual(["!! Not sent to ben: hi (Nobody is there)"], lines_of(failed, BEN))
        self.assertIn("/retry sends it again", lines_of(failed, look=LineFormat(times=True))[0])

    def test_a_channel_of_the_list_is_one_line(self) -> None:
        line = channel_line(ListedChannel("#a", 3, "\x02Top\x02ic\nx\x1b"))
        self.assertEqual("-- #a  3  Topic x", rendered(line, False))


class OnATerminal(unittest.TestCase):
    def test_lines_begin_with_their_time_and_continue_below_the_text(self) -> None:
        look = LineFormat(times=True)
        message = entry("message", "ben", "one\ntwo")
        self.assertEqual(["12:00 ben: one", "      two"], lines_of(message, look=look))
        self.assertEqual(["12:00 ben joined the chat!"], lines_of(entry("join", "ben"), look=look))

    def test_names_and_formatting_are_coloured(self) -> None:
        line = lines_of(entry("message", "ben", "**so**, ana"), look=LineFormat(True, False))
        self.assertEqual(["\x1b[1;38;5;166mben\x1b[m: \x1b[1mso\x1b[m, \x1b[1;7mana\x1b[m"], line)

    def test_a_name_has_the_colour_that_the_person_has_chosen(self) -> None:
        look = LineFormat(True, False, colour_of=lambda nick: 3)
        (line,) = lines_of(entry("message", "ben", "hi"), look=look)
        self.assertEqual(f"\x1b[1;38;5;{NICK_COLOURS[3]}mben\x1b[m: hi", line)

    def test_our_own_nick_in_our_own_message_is_not_a_mention(self) -> None:
        own = replace(entry("message", "ana", "ana here"), own=True)
        self.assertNotIn("7m", lines_of(own, look=LineFormat(True, False))[0].partition(":")[2])
