"""SEARCH: which messages are found, in which order and by which users; with the search index, before it is
updated, and without it.

Source:
    soju.im/search
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from unittest.mock import patch

from chatapp.protocol.message import Message
from chatapp.server.core.inbox import Received
from chatapp.server.storage import message_search
from chatapp.server.storage.reader import Reader
from chatapp.server.storage.search_index import open_index
from tests.server.base import IndexedTest

CAPS = "batch message-tags server-time soju.im/search"


class SearchTest(IndexedTest):
    def found(self, name: str, attributes: str) -> list[Message]:
        """Return the messages in the one batch that answers this."""
        self.text(name)
        self.say(name, f"SEARCH {attributes}")
        first, *lines, last = self.messages(name)
        self.assertEqual(first.params[1:], ("soju.im/search",), [first, *lines, last])
        self.assertEqual(last.params[0][1:], first.params[0][1:])
        return lines

    def texts(self, name: str, attributes: str) -> list[str]:
        return [message.text for message in self.found(name, attributes)]


class NotYetIndexed(SearchTest):
    """Messages that the index does not contain yet."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=CAPS)
        self.enter("eve", channel="#d", caps=CAPS)
        for name, line in (
            ("ann", "PRIVMSG #c :That was fast!"),
            ("bob", "PRIVMSG #c :Fasting is hard."),
            ("bob", "NOTICE #c :a café in Kraków"),
            ("bob", "PRIVMSG #c :今天天气很好"),
            ("ann", "PRIVMSG #c :100% sure_thing \\o/ :-)"),
            ("eve", "PRIVMSG #d :fast, but elsewhere"),
            ("bob", "PRIVMSG ann :fast and private"),
            ("bob", "PRIVMSG eve :fast and for eve"),
        ):
            self.pass_time(0.1)
            self.say(name, line)

    def test_matching_messages_are_found(self) -> None:
        both = ["That was fast!", "Fasting is hard."]
        for attributes, texts in (
            ("text=fast", [*both, "fast and private"]),
            ("text=FAST;in=#C", both),
            ("text=fast;from=bob", ["Fasting is hard.", "fast and private"]),
            ("text=fast;from=BOB;in=#c", ["Fasting is hard."]),
            ("text=is\\sfast", ["Fasting is hard."]),
            ("text=hard\\sfasting", ["Fasting is hard."]),
            (":text=fast private", ["fast and private"]),
            ("text=hard is;limit=5", ["Fasting is hard."]),
            ("text=sure_thing", ["100% sure_thing \\o/ :-)"]),
            ("text=100%", ["100% sure_thing \\o/ :-)"]),
            ("text=:-)", ["100% sure_thing \\o/ :-)"]),
            ("text=天气", ["今天天气很好"]),
            ("text=slow", []),
            ('text="', []),
            ("text=fast;in=bob", ["fast and private"]),
            ("in=bob", ["fast and private"]),
            ("text=fast;in=nobody", []),
            ("text=fast;limit=1", ["fast and private"]),
            ("text=fast;limit=2", ["Fasting is hard.", "fast and private"]),
            ("from=ann", ["That was fast!", "100% sure_thing \\o/ :-)"]),
            ("text=fast;after=2020-01-01T00:00:00.000Z;limit=1", ["That was fast!"]),
            ("text=fast;after=2026-03-12T12:00:00.200Z", ["Fasting is hard.", "fast and private"]),
            ("text=fast;before=2026-03-12T12:00:00.200Z", both),
            ("text=fast;before=2026-03-12T12:00:00.200Z;limit=1", ["Fasting is hard."]),
            ("before=2010-01-01T00:00:00.000Z;in=#c", []),
            ("in=#c;limit=2", ["今天天气很好", "100% sure_thing \\o/ :-)"]),
        ):
            with self.subTest(attributes):
                self.assertEqual(self.texts("ann", attributes), texts)

    def test_no_query_is_an_internal_error(self) -> None:
        for attributes in (
            "after=9999-12-31T23:59:59.999Z",
            "before=9999-12-31T23:59:59.999Z;text=unheard",
            "before=0001-01-01T00:00:00.000Z",
            "after=0001-01-01T00:00:00.000Z;text=unheard",
            "text=a\0b",
            "text=" + "a\\s" * 150 + "b",
            "text=AND\\sOR",
            'text=NEAR("a"\\s"b")',
            "text=text\\::unheard",
            "text=^unheard\\s+\\s-\\s*",
            "from=%",
            "from=\0",
            "in=a\\nb",
        ):
            with self.subTest(attributes):
                self.assertEqual(self.texts("ann", f":{attributes}"), [])

    def test_users_do_not_find_what_they_may_not_read(self) -> None:
        for _ in range(2):
            self.assertEqual(self.texts("eve", "text=fast"), ["fast, but elsewhere", "fast and for eve"])
            self.say("eve", "PART #d")
            self.assertEqual(self.texts("eve", "text=fast"), ["fast and for eve"])
            self.say("eve", "JOIN #d")
            self.pass_time(2)

    def test_the_conversation_with_an_earlier_guest_is_searched_by_the_partner_only(self) -> None:
        self.say("eve", "PRIVMSG ann :fast and from eve")
        self.hang_up("eve")
        self.assertEqual(self.texts("ann", "in=eve;text=from"), ["fast and from eve"])
        self.enter("eve", caps=CAPS)
        self.assertEqual(self.texts("ann", "in=eve;text=from"), ["fast and from eve"])
        self.assertEqual(self.texts("eve", "in=ann"), [])

    def test_a_message_is_returned_as_it_was_sent(self) -> None:
        self.text("ann")
        self.say("bob", "@+x=1 NOTICE #c :unheard of")
        (sent,) = self.messages("ann")
        (found,) = self.found("ann", "text=unheard")
        self.assertEqual({key: value for key, value in found.tags.items() if key != "batch"}, sent.tags)
        self.assertEqual(
            (found.source, found.command, found.params), (sent.source, sent.command, sent.params)
        )

    def test_a_message_of_several_lines_is_found_as_one(self) -> None:
        self.say("ann", "CAP REQ draft/multiline", "BATCH +1 draft/multiline #c")
        self.say("ann", "@batch=1 PRIVMSG #c :red", "@batch=1 PRIVMSG #c :green", "BATCH -1")
        found = self.found("ann", "text=green")
        self.assertEqual([line.command for line in found], ["BATCH", "PRIVMSG", "PRIVMSG", "BATCH"])
        self.assertEqual(self.texts("bob", "text=green"), ["red", "green"])


class Indexed(NotYetIndexed):
    """The index finds the same, and a little more."""

    def setUp(self) -> None:
        super().setUp()
        self.pass_time(2)

    def test_the_index_contains_all_messages(self) -> None:
        self.assertEqual(
            self.reader.indexed_up_to(), self.reader.rows("SELECT max(id) FROM messages").fetchone()[0]
        )

    def test_words_are_found_with_and_without_accents(self) -> None:
        for text in ("cafe", "CAFÉ", "krakow"):
            self.assertEqual(self.texts("ann", f"text={text}"), ["a café in Kraków"])

    def test_a_redacted_message_is_not_found_and_leaves_the_index(self) -> None:
        (message,) = self.found("bob", "text=hard")
        self.say("bob", f"REDACT #c {message.tags['msgid']}")
        self.assertEqual(self.texts("ann", "text=hard"), [])
        self.pass_time(2)
        rows = self.reader.rows("SELECT text FROM search.words WHERE words MATCH 'text : hard'")
        self.assertEqual(rows.fetchall(), [])
        self.assertEqual(self.reader.rows("SELECT id FROM gone").fetchall(), [])

    def test_an_edited_message_is_found_by_its_new_words_only(self) -> None:
        (message,) = self.found("bob", "text=hard")
        self.say("bob", "CAP REQ draft/message-edit")
        msgid = message.tags["msgid"]
        self.say("bob", f"@draft/target-msgid={msgid};draft/edit-text=soft EDIT #c")
        for seconds in (0, 2):
            self.pass_time(seconds)
            with self.subTest(seconds=seconds):
                self.assertEqual(self.texts("ann", "text=hard"), [])
                (found,) = self.found("bob", "text=soft")
                self.assertEqual((found.tags["msgid"], found.params[1]), (msgid, "soft"))
                self.assertIn("chatapp/edited", found.tags)

    def test_a_message_that_was_edited_a_moment_ago_stands_at_its_place(self) -> None:
        self.say(
            "bob", "CAP REQ draft/message-edit", "PRIVMSG #c :zebra 1", "PRIVMSG #c :2", "PRIVMSG #c :zebra 3"
        )
        self.pass_time(2)
        (message,) = self.found("bob", "text=2")
        msgid = message.tags["msgid"]
        self.say("bob", "PRIVMSG #c :zebra 4")
        self.say("bob", f"@draft/target-msgid={msgid};draft/edit-text=zebra\\s2 EDIT #c")
        first = "after=2026-03-12T11:00:00.000Z"
        for request, texts in (
            ("text=zebra", "1234"), ("text=zebra;limit=2", "34"), ("text=zebra;limit=3", "234"),
            (f"text=zebra;limit=2;{first}", "12"), (f"text=zebra;limit=3;{first}", "123"),
        ):  # fmt: skip
            with self.subTest(request):
                self.assertEqual("".join(text[-1] for text in self.texts("bob", request)), texts)


class Contents(SearchTest):
    """has=link and has=file, with and without the index."""

    LINKS = ("look at https://example.org", "the sheet: http://example.org/week 3/a.pdf")

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=CAPS)
        for text in (
            "look at https://example.org",
            "the sheet: http://example.org/week 3/a.pdf",
            "plain http",
        ):
            self.say("bob", f"PRIVMSG #c :{text}")
        self.say("bob", "PRIVMSG #c :here: https://example.org/lab.pdf")

    def check(self) -> None:
        links = self.LINKS
        file = "here: https://example.org/lab.pdf"
        for request, texts in (
            ("has=link", [*links, file]),
            ("has=file", [file]),
            ("has=link;text=sheet", [links[1]]),
            ("has=link;from=ann", []),
            ("has=link;in=#c;limit=1", [file]),
        ):
            with self.subTest(request):
                self.assertEqual(self.texts("ann", request), texts)

    def test_before_the_messages_are_indexed(self) -> None:
        self.check()

    def test_afterwards(self) -> None:
        self.pass_time(2)
        self.check()

    def test_another_value_is_refused(self) -> None:
        expected = "FAIL SEARCH INVALID_PARAMS has=image :Unknown content; expected one of link, file"
        self.assertAnswer("ann", "SEARCH has=image", expected)


class Suggestions(SearchTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=CAPS)
        for text in ("a timeout", "Timeouts again", "no timeout"):
            self.say("bob", f"PRIVMSG #c :{text}")
        self.say("bob", "JOIN #secret", "PRIVMSG #secret :xylophone")
        self.pass_time(2)

    def notes(self, name: str, request: str) -> list[str]:
        return [line for line in self.answer(name, f"SEARCH {request}") if "SUGGESTION" in line]

    def test_a_misspelt_word_is_corrected(self) -> None:
        for request, word, better, count in (
            ("text=tiemout", "tiemout", "timeout", 3),
            ("text=Timeuot", "Timeuot", "timeout", 3),
            ("text=no\\stiemout", "tiemout", "timeout", 1),
            ("text=tiemout;in=#c", "tiemout", "timeout", 3),
        ):
            with self.subTest(request):
                text = f"Nothing has {word}; did you mean {better}?"
                expected = f"NOTE SEARCH SUGGESTION {word} {better} {count} :{text}"
                self.assertEqual(self.notes("ann", f"suggest;{request}"), [expected])

    def test_only_if_it_is_asked_for_and_nothing_is_found(self) -> None:
        for request in ("text=tiemout", "suggest;text=timeout", "suggest;text=zzzzzz", "suggest"):
            with self.subTest(request):
                self.assertEqual(self.notes("ann", request), [])

    def test_words_of_other_channels_are_not_shown(self) -> None:
        self.assertEqual(self.notes("ann", "suggest;text=xylofone"), [])
        self.assertEqual(self.notes("ann", "suggest;text=xylphone"), [])
        self.assertEqual(len(self.notes("bob", "suggest;text=xylphone")), 1)

    def test_filters_count(self) -> None:
        self.assertEqual(self.notes("ann", "suggest;text=tiemout;from=ann"), [])


class HalfIndexed(NotYetIndexed):
    """The same is found when the index contains a part of the messages."""

    def setUp(self) -> None:
        super().setUp()
        assert self.index
        self.index.add(3)


class Requests(SearchTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=CAPS)

    def test_errors_are_reported(self) -> None:
        self.enter("bob", channel="#private")
        for attributes, what in (
            ("colour=red", "colour"),
            ("in=#private", "#private"),
            ("in=#nowhere", "#nowhere"),
            ("after=yesterday", "after=yesterday"),
            ("limit=0", "limit=0"),
            ("limit=many", "limit=many"),
        ):
            with self.subTest(attributes):
                (answer,) = self.answer("ann", f"SEARCH {attributes}")
                self.assertTrue(answer.startswith(f"FAIL SEARCH INVALID_PARAMS {what} :"), answer)
        self.assertAnswer("ann", "SEARCH", "461 ann SEARCH :Not enough parameters")

    def test_an_error_is_one_line(self) -> None:
        """An escaped value must not come back unescaped."""
        for value in ("limit=\\n", "limit=\\r\\nQUIT", "in=#x\\n", "after=\\s\\r", "a\\nb=1"):
            with self.subTest(value=value):
                (line,) = self.answer("ann", f"SEARCH {value}")
                self.assertTrue(line.startswith("FAIL SEARCH INVALID_PARAMS "), line)

    def test_clients_without_batch_get_only_the_messages(self) -> None:
        self.say("ann", "PRIVMSG #c :hello")
        self.enter("bob", channel="#c")
        self.assertAnswer("bob", "SEARCH text=hello", ":ann PRIVMSG #c :hello")

    def test_a_user_who_leaves_meanwhile_gets_no_message_of_the_channel(self) -> None:
        self.say("ann", "PRIVMSG #c :hello")
        self.text("ann")
        self.core.turn([Received(self.links["ann"], [Message.parse("SEARCH text=hello")])])
        self.world.remove_member(self.user("ann"), self.channel("#c"))
        self.turn(*self._following())
        self.assertEqual(self.codes("ann"), ["BATCH", "BATCH"])

    def test_the_number_of_different_words_is_limited(self) -> None:
        expected = "A search may have at most 8 words"
        self.assertAnswer(
            "ann", "SEARCH text=" + "\\s".join("abcdefghi"), f"FAIL SEARCH INVALID_PARAMS text :{expected}"
        )
        self.assertNotIn("FAIL", self.codes_of("SEARCH text=" + "\\s".join("abcdefgha" * 3)))

    def codes_of(self, line: str) -> list[str]:
        self.text("ann")
        self.say("ann", line)
        return self.codes("ann")

    def test_a_search_is_refused_when_too_many_wait(self) -> None:
        """None is the result of a job that was not accepted."""
        with patch.object(self, "_worked", return_value=(None, None)):
            expected = "Too many searches are running; try again later"
            self.assertAnswer("ann", "SEARCH text=cat", f"FAIL SEARCH INTERNAL_ERROR :{expected}")

    def test_a_search_that_takes_too_long_is_cancelled(self) -> None:
        self.say("ann", *(f"PRIVMSG #c :{number}" for number in range(300)))
        with patch.object(message_search, "SECONDS", 0.0), patch.object(message_search, "_STEPS", 1):
            (answer,) = self.answer("ann", "SEARCH text=nothing")
        self.assertTrue(answer.startswith("FAIL SEARCH INTERNAL_ERROR :The search took too long"), answer)
        self.assertEqual(self.texts("ann", "text=299"), ["299"])

    def test_a_page_never_overflows_the_send_queue(self) -> None:
        self.say("ann", *(f"@+a={'x' * 4000} PRIVMSG #c :hello" for _ in range(300)))
        self.say("ann", "SEARCH text=hello;limit=1000")
        self.assertLess(len(self.links["ann"].data), self.world.config.limits.send_queue)


class BesideTheCore(SearchTest):
    def test_the_index_is_updated_while_messages_are_being_stored(self) -> None:
        """Neither waits for the other: the index is a separate file."""
        assert self.index
        self.enter("ann", channel="#c")
        self.say("ann", "PRIVMSG #c :said before")
        with closing(sqlite3.connect(self._database, isolation_level=None)) as writer:
            writer.execute("BEGIN IMMEDIATE")
            self.assertEqual(self.index.add(10), 1)
            self.index.refresh([1])
            writer.execute("ROLLBACK")


class WithoutAnIndex(NotYetIndexed):
    """Where SQLite has no FTS5."""

    def _start(self) -> None:
        super()._start()
        self.reader.close()
        self.reader = Reader(self._database)


class DamagedIndex(SearchTest):
    """Whatever happens to the index file, messages are found and the index is rebuilt."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=CAPS)
        self.say("ann", *(f"PRIVMSG #c :number{number}y {'x' * 300}" for number in range(50)))
        self.pass_time(2)
        self.path = self._database.with_name("words.db")
        self.aside = self._database.with_name("words-damaged.db")

    def assertFound(self) -> None:
        self.assertEqual([text.split()[0] for text in self.texts("ann", "text=number7y")], ["number7y"])

    def assertMade(self) -> None:
        """Check that the index is in use again and complete."""
        newest = self.reader.rows("SELECT max(id) FROM messages").fetchone()[0]
        self.assertEqual(self.reader.indexed_up_to(), newest)
        self.assertFound()

    def checkpoint(self) -> None:
        """Move the write-ahead log of the index into its file."""
        with closing(sqlite3.connect(self.path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    def damages(self) -> dict[str, Callable[[], object]]:
        garbage = b"no database at all" * 3000
        return {
            "a damaged page": lambda: self.write_at(4096, b"\xff" * (self.path.stat().st_size - 4096)),
            "cut off": lambda: os.truncate(self.path, 5000),
            "empty": lambda: os.truncate(self.path, 0),
            "no database": lambda: self.write_at(0, garbage),
            "deleted": self.path.unlink,
            "replaced by a file": lambda: self.replace_by(lambda: self.path.write_bytes(garbage)),
            "replaced by a folder": lambda: self.replace_by(self.path.mkdir),
            "replaced by a link to nothing": lambda: self.replace_by(lambda: self.path.symlink_to("nothing")),
        }

    def write_at(self, place: int, data: bytes) -> None:
        with self.path.open("r+b") as file:
            file.seek(place)
            file.write(data)

    def replace_by(self, make: Callable[[], object]) -> None:
        self.path.unlink()
        make()

    def test_it_is_rebuilt_while_the_server_runs(self) -> None:
        for what, damage in self.damages().items():
            with self.subTest(what), self.assertLogs("chatapp.server", "WARNING") as logs:
                self.checkpoint()
                self.reader.close()
                self.reader = Reader(self._database, self.index)  # it has no page in its cache
                damage()
                self.assertFound()
                self.pass_time(4)
                self.assertIn("is rebuilt", logs.output[-1])
                self.assertMade()

    def test_it_is_rebuilt_after_a_restart(self) -> None:
        for what, damage in self.damages().items():
            with self.subTest(what):
                self.checkpoint()
                self._stop()
                damage()
                self._start()
                self.enter("ann", channel="#c", caps=CAPS)
                self.assertFound()
                self.pass_time(4)
                self.assertMade()

    def test_the_damaged_file_replaces_the_one_set_aside_before(self) -> None:
        self.aside.mkdir()
        with self.assertLogs("chatapp.server.storage.search_index", "WARNING") as logs:
            self.checkpoint()
            self.write_at(0, b"not a database")
            assert self.index
            self.index.report(damage())
            self.pass_time(2)
        self.assertIn("the old one is now words-damaged.db", logs.output[-1])
        self.assertTrue(self.aside.read_bytes().startswith(b"not a database"))
        self.assertMade()

    def test_a_failed_rebuild_is_tried_again_and_logged_once(self) -> None:
        assert self.index
        self.index.report(damage())
        with (
            patch(
                "chatapp.server.storage.search_index.data_folder.remove",
                side_effect=PermissionError("in use"),
            ),
            self.assertLogs("chatapp.server.storage.search_index", "WARNING") as logs,
        ):
            self.pass_time(4)
            self.assertFound()
        self.assertEqual(len(logs.output), 1)
        self.assertIn("cannot be rebuilt now: in use", logs.output[0])
        with self.assertLogs("chatapp.server.storage.search_index", "WARNING"):
            self.pass_time(4)
        self.assertMade()

    def test_another_error_of_a_search_does_not_discard_the_index(self) -> None:
        assert self.index
        for error in (sqlite3.OperationalError("fts5: syntax error"), sqlite3.OperationalError("locked")):
            error.sqlite_errorcode = sqlite3.SQLITE_ERROR
            with patch.object(message_search, "_look_up", side_effect=error):
                self.assertFound()
        self.assertEqual(self.index.damage, "")

    def test_the_other_periodic_tasks_continue(self) -> None:
        assert self.index
        self.say("ann", "MODE #c +i", "PART #c")
        with (
            patch.object(self.index, "add", side_effect=sqlite3.OperationalError("disk I/O error")),
            self.assertLogs("chatapp.server.tasks.retention", "WARNING"),
        ):
            self.pass_time(5)
        self.assertEqual(self.reader.rows("SELECT count(*) FROM messages").fetchone(), (0,))

    def test_without_fts5_there_is_no_index(self) -> None:
        class Without(sqlite3.Connection):
            def execute(self, sql: str, *values: object) -> sqlite3.Cursor:
                raise sqlite3.OperationalError("no such module: fts5")

        with (
            patch(
                "chatapp.server.storage.search_index.sqlite3.connect", lambda *_, **__: Without(":memory:")
            ),
            self.assertLogs("chatapp.server.storage.search_index", "WARNING"),
        ):
            self.assertIsNone(open_index(self._database.with_name("other.db"), self._database))


def damage() -> sqlite3.DatabaseError:
    """Raise the error of SQLite for a damaged file."""
    error = sqlite3.DatabaseError("database disk image is malformed")
    error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
    return error
