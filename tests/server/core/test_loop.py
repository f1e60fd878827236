"""The core: order, labels, refusals, bugs, jobs that are waited for, life and death of sessions."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, cast
from unittest.mock import patch

from chatapp.protocol.lines import TooLong
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import ERR_INPUTTOOLONG, RPL_AWAY, NumericError
from chatapp.server.commands import COMMANDS, UserCommand
from chatapp.server.core import outbox
from chatapp.server.core.inbound import read
from chatapp.server.core.inbox import Connected, Received, Shutdown
from chatapp.server.core.outbox import Outbox
from chatapp.server.core.storage_stall import UNAVAILABLE
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage.database import Reader, Save
from chatapp.server.storage.history_pages import FOREVER, PageQuery, between
from tests.server.base import FakeLink, ServerTest

LABELS = "labeled-response batch message-tags"


def command(handler: Any, parameters: int = 0) -> Any:
    """A command FOO for registered users, for the time of a test. Its handler does not get the user."""

    def handle(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
        handler(world, me, msg, out)

    return patch.dict(COMMANDS, {"FOO": UserCommand(handle, parameters)})


class Order(ServerTest):
    def test_ping_is_answered_before_registration(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "PING x", "PONG chatapp.local x")

    def test_replies_keep_the_order_of_the_commands(self) -> None:
        self.enter("ann")
        self.say("ann", "PING 1", "FOO", "PING 2")
        self.assertGot("ann", "PONG chatapp.local 1", "421 ann FOO :Unknown command", "PONG chatapp.local 2")

    def test_other_commands_wait_for_registration(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "JOIN #c", "451 * :You have not registered")
        self.assertEqual(self.codes("ann"), [])
        self.say("ann", "PRIVMSG #c :one", "PRIVMSG #c :two")
        self.assertEqual(self.codes("ann"), ["451", "451"])

    def test_too_few_parameters(self) -> None:
        self.enter("ann")
        self.assertAnswer("ann", "JOIN", "461 ann JOIN :Not enough parameters")

    def test_a_refusal_of_the_link_is_answered(self) -> None:
        self.enter("ann")
        self.send("ann", *read([TooLong()]))
        self.assertGot("ann", "417 ann :Input line was too long")


class Bursts(ServerTest):
    """Lines in a row to one channel are handled together and must look as if they were not."""

    def test_every_line_arrives_once_and_in_order_among_those_of_others(self) -> None:
        self.enter("ann", "bob", "cat", channel="#c")
        self.enter("dan", caps="echo-message server-time message-tags", channel="#c")
        self.forget()
        said = [Received(self.links[name], self._lines(name)) for name in ("ann", "dan", "ann", "bob")]
        self.core.turn(said)
        order = ["ann 0", "ann 1", "dan 0", "dan 1", "ann 0", "ann 1", "bob 0", "bob 1"]
        texts = {name: [each.text for each in self.messages(name)] for name in ("ann", "bob", "cat", "dan")}
        self.assertEqual(texts["cat"], order)
        self.assertEqual(texts["dan"], order)  # it asked for its echo
        self.assertEqual(texts["ann"], [text for text in order if not text.startswith("ann")])
        self.assertEqual(texts["bob"], [text for text in order if not text.startswith("bob")])

    def _lines(self, name: str) -> list[Any]:
        return list(read([f"PRIVMSG #c :{name} {number}".encode() for number in range(2)]))

    def test_ids_and_times_are_unique_ascend_and_are_what_is_kept(self) -> None:
        self.enter("ann", channel="#c")
        self.enter("bob", caps="server-time message-tags", channel="#c")
        self.forget()
        self.say("ann", *[f"PRIVMSG #c :{number}" for number in range(5)])
        heard = self.messages("bob")
        stamps = [(each.tags["time"], each.tags["msgid"]) for each in heard]
        self.assertEqual(stamps, sorted(set(stamps)))
        wish = PageQuery(self.channel("#c").key, "words", 10, 100_000)
        rows = between(self.reader, wish, -1, FOREVER, newest=True)
        kept = [row for row in rows if row.command == "PRIVMSG"]
        self.assertEqual([f"{row.id:x}" for row in kept], [msgid for _, msgid in stamps])
        self.assertEqual([row.text for row in kept], ["0", "1", "2", "3", "4"])

    def test_each_line_of_a_refused_burst_is_refused(self) -> None:
        self.enter("ann", channel="#c")
        self.enter("bob")
        self.say("bob", "PRIVMSG #c :1", "PRIVMSG #c :2", "PRIVMSG #none :3")
        self.assertEqual(self.codes("bob"), ["404", "404", "403"])
        self.assertEqual(self.codes("ann"), [])

    def test_a_relayed_line_is_cut_to_what_a_line_may_hold(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "PRIVMSG #c :" + "ü" * 240)
        line = self.text("bob").encode()
        self.assertLessEqual(len(line), 512)
        self.assertTrue(line.endswith("ü\r\n".encode()))


class Labels(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", caps=LABELS, channel="#c")

    def labelled(self, line: str) -> list[Message]:
        self.say("ann", f"@label=x {line}")
        return self.messages("ann")

    def test_no_reply_is_an_ack(self) -> None:
        [ack] = self.labelled("PRIVMSG #c :hi")
        self.assertEqual((ack.command, ack.tags["label"]), ("ACK", "x"))

    def test_one_reply_carries_the_label(self) -> None:
        [pong] = self.labelled("PING y")
        self.assertEqual((pong.command, pong.tags["label"]), ("PONG", "x"))
        [error] = self.labelled("FOO")
        self.assertEqual((error.command, error.tags["label"]), ("421", "x"))

    def test_several_replies_are_one_batch(self) -> None:
        opener, *inner, closer = self.labelled("WHO ann")
        self.assertEqual((opener.command, opener.params[1]), ("BATCH", "labeled-response"))
        self.assertEqual(opener.tags["label"], "x")
        reference = opener.params[0][1:]
        self.assertEqual({each.tags["batch"] for each in inner}, {reference})
        self.assertEqual(closer.params, (f"-{reference}",))

    def test_a_reply_that_is_a_batch_carries_the_label_on_its_opener(self) -> None:
        opener, *_ = self.labelled("CHATHISTORY LATEST #c * 10")
        self.assertEqual((opener.params[1], opener.tags["label"]), ("chathistory", "x"))

    def test_what_the_channel_hears_has_no_label(self) -> None:
        self.enter("bob", caps=LABELS, channel="#c")
        self.forget()
        self.labelled("TOPIC #c :new")
        [topic] = self.messages("bob")
        self.assertEqual((topic.command, topic.text), ("TOPIC", "new"))
        self.assertNotIn("label", topic.tags)

    def test_without_the_capability_a_label_is_nothing(self) -> None:
        self.enter("bob", caps="message-tags")
        self.say("bob", "@label=x PING y")
        self.assertEqual([each.tags.get("label") for each in self.messages("bob")], [None])


class Jobs(ServerTest):
    def test_later_commands_wait_until_the_answer_is_in(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.later(
                lambda reader: "done",
                lambda world, me, words, out: out.reply_from_server("NOTICE", "ann", words),
            )

        self.enter("ann")
        with command(foo):
            self.say("ann", "PING 1", "FOO", "PING 2", "FOO", "PING 3")
        self.assertEqual(self.codes("ann"), ["PONG", "NOTICE", "PONG", "NOTICE", "PONG"])
        self.assertFalse(self.links["ann"].is_closed)

    def test_the_reader_goes_on_only_when_all_is_done(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.later(lambda reader: None, lambda world, me, words, out: None)

        self.enter("ann")
        before = self.links["ann"].resumed
        with command(foo):
            self.core.turn([Received(self.links["ann"], [Message("FOO"), Message("PING", ("x",))])])
            self.assertEqual(self.links["ann"].resumed, before)
            self.turn()
        self.assertEqual(self.links["ann"].resumed, before + 1)

    def test_who_leaves_while_waiting_is_forgotten(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.later(
                lambda reader: None,
                lambda world, me, words, out: out.reply_from_server("NOTICE", "ann", "late"),
            )

        self.enter("ann", "bob", channel="#c")
        with command(foo):
            self.core.turn([Received(self.links["ann"], [Message("FOO")])])
            self.hang_up("ann")
        self.assertEqual(self.codes("bob")[-1], "QUIT")
        self.assertEqual(self.codes("ann"), [])

    def test_a_refusal_by_the_job_is_the_answer(self) -> None:
        def work(reader: Reader) -> None:
            raise NumericError(ERR_INPUTTOOLONG)

        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.later(work, lambda world, me, words, out: None)

        self.enter("ann")
        with command(foo):
            self.assertAnswer("ann", "FOO", "417 ann :Input line was too long")


class Unreadable(ServerTest):
    def test_who_asks_for_what_cannot_be_read_now_is_told_so(self) -> None:
        self.enter("ann", channel="#c", caps="draft/chathistory batch")
        locked = sqlite3.OperationalError("disk I/O error")
        damaged = sqlite3.DatabaseError("database disk image is malformed")
        damaged.sqlite_errorcode = sqlite3.SQLITE_CORRUPT_INDEX
        for error in (locked, damaged):
            with (
                self.subTest(error),
                patch.object(self.reader, "rows", side_effect=error),
                self.assertLogs("chatapp.server.core.loop", "WARNING") as logs,
            ):
                words = "400 ann :The server cannot read what is stored now. Try again later."
                self.assertAnswer("ann", "CHATHISTORY LATEST #c * 5", words)
            told = [record.getMessage() for record in logs.records]
            self.assertEqual(told, [f"The database cannot be read: {error}"])

    def test_when_its_file_is_no_database_any_more_the_server_ends(self) -> None:
        self.enter("ann", channel="#c", caps="draft/chathistory batch")
        overwritten = sqlite3.DatabaseError("file is not a database")
        overwritten.sqlite_errorcode = sqlite3.SQLITE_NOTADB
        with patch.object(self.reader, "rows", side_effect=overwritten):
            self.say("ann", "CHATHISTORY LATEST #c * 5")
        self.assertEqual(self.codes("ann"), ["ERROR"])
        self.assertIn("is damaged: file is not a database. The server ends. Put a copy", self.core.failure)
        self.core.run()


class Bugs(ServerTest):
    @contextmanager
    def a_bug(self) -> Iterator[None]:
        """A command that fails after it has said something. The log has to tell."""

        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.send(world.neighbours(world.user("ann")), Message("NOTICE", ("all", "half")))
            raise ZeroDivisionError

        with command(foo), self.assertLogs("chatapp.server.core.loop", logging.ERROR) as logs:
            yield
        self.assertIn("ZeroDivisionError", "\n".join(logs.output))

    def test_a_bug_is_logged_answered_with_400_and_nothing_else_of_it_happens(self) -> None:
        self.enter("ann", "bob", channel="#c")
        with self.a_bug():
            self.say("ann", "FOO")
        self.assertGot("ann", "400 ann :Internal error; the server's log tells more")
        self.assertGot("bob")
        self.assertAnswer("ann", "PING x", "PONG chatapp.local x")


class Life(ServerTest):
    CONFIG = "[limits]\nregistration_seconds = 30\nping_seconds = 90\ndrop_seconds = 150"

    def test_who_does_not_register_is_sent_away(self) -> None:
        self.connect("ann")
        self.say("ann", "NICK ann")
        self.pass_time(31)
        self.assertTrue(self.links["ann"].is_closed)
        self.assertIn("Registration timed out", self.text("ann"))

    def wait(self, name: str, seconds: float) -> None:
        """A password of somebody waits so long until it is hashed."""
        with patch.object(self, "_following", list):
            self.authenticate(name, "ann")
            self.pass_time(seconds)
            self.assertFalse(self.links[name].is_closed)
        self.turn()
        self.turn()

    def test_the_time_in_a_queue_is_not_that_of_who_registers(self) -> None:
        self.make_account("ann")
        self.connect("ann")
        self.say("ann", "CAP REQ sasl")
        self.pass_time(20)
        self.wait("ann", 100)
        self.pass_time(9)
        self.assertFalse(self.links["ann"].is_closed)
        self.pass_time(2)
        self.assertIn("Registration timed out", self.text("ann"))
        self.assertTrue(self.links["ann"].is_closed)

    def test_the_time_in_a_queue_is_no_silence(self) -> None:
        self.make_account("ann")
        self.enter("bob")
        self.wait("bob", 200)
        self.assertEqual(self.user("bob").account, "ann")
        self.assertEqual([code for code in self.codes("bob") if code in ("PING", "ERROR")], [])
        self.pass_time(91)
        self.assertEqual(self.codes("bob"), ["PING"])

    def test_silence_is_asked_and_an_answer_is_life(self) -> None:
        self.enter("ann")
        self.pass_time(91)
        self.assertEqual(self.codes("ann"), ["PING"])
        self.say("ann", "PONG x")
        self.pass_time(89)
        self.assertEqual(self.codes("ann"), [])
        self.pass_time(2)
        self.assertEqual(self.codes("ann"), ["PING"])

    def test_half_a_line_counts_as_life(self) -> None:
        self.enter("ann")
        self.pass_time(80)
        self.turn(Received(self.links["ann"], []))
        self.pass_time(80)
        self.assertEqual(self.codes("ann"), [])

    def test_who_does_not_answer_is_dropped(self) -> None:
        self.enter("bob", channel="#c")
        self.enter("ann", channel="#c")
        self.forget()
        for _ in range(3):
            self.pass_time(60)
            self.say("bob", "PONG x")
        self.assertTrue(self.links["ann"].is_closed)
        self.assertIn("QUIT :Ping timeout: 150 seconds", self.text("bob"))

    def test_a_peer_that_does_not_hang_up_is_cut_off(self) -> None:
        self.enter("ann")
        link = self.links["ann"]
        self.core.turn([Received(link, [Message("QUIT")])])
        self.assertTrue(link.is_closed)
        self._passed += 3
        self.core.turn([])
        self.assertTrue(link.is_aborted)
        self.assertFalse(link.is_disposed)
        self.hang_up("ann")
        self.assertTrue(link.is_disposed)

    def test_who_does_not_read_is_dropped_with_the_reason(self) -> None:
        self.enter("ann", "bob", "deaf", channel="#c")
        self.links["deaf"].is_slow = True
        for _ in range(30):
            self.say("ann", *[f"PRIVMSG #c :{'x' * 400}"] * 100)
        self.pass_time(1)
        self.assertIn("QUIT :SendQ exceeded", self.text("bob"))
        self.assertNotIn("deaf", self.world.users)

    def test_answers_that_are_no_lines_count_for_the_queue_too(self) -> None:
        self.enter("ann", "deaf", channel="#c")
        deaf = self.links["deaf"]
        deaf.is_slow = True
        deaf.put(bytes(self.world.config.limits.send_queue))
        self.core.turn([Received(deaf, [])])
        self.assertGot("ann")
        deaf.put(b"one more")
        self.core.turn([Received(deaf, [])])
        self.assertGot("ann", ":deaf QUIT :SendQ exceeded")

    def test_stop_says_farewell_to_everybody(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.turn(Shutdown("The server is shutting down"))
        self.assertEqual(self.got("ann")[-1], "ERROR :The server is shutting down")
        self.assertTrue(self.links["bob"].is_closed)

    def test_who_speaks_in_the_turn_that_opens_the_connection_is_not_asked_for_a_name(self) -> None:
        link = self.links["eve"] = FakeLink("192.0.2.7", 1)
        self.core.turn([Connected(link), Received(link, [Message("NICK", ("eve",))])])
        self.pass_time(4)
        self.assertEqual(self.text("eve"), "")


class RefusedByTheDatabase(ServerTest):
    """It refuses something for good: a bug. What is said can be dropped; no change of the world can."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.write = self.store.write

    @contextmanager
    def refusing(self, *bad: str) -> Iterator[None]:
        """The database refuses these queries, and whatever is written together with one."""

        def write(saves: Sequence[Save]) -> None:
            if any(query in bad for query, _ in saves):
                raise sqlite3.IntegrityError("FOREIGN KEY constraint failed")
            self.write(saves)

        with patch.object(self.store, "write", side_effect=write), self.assertLogs("chatapp.server", "ERROR"):
            yield

    def together(self, **lines: str) -> None:
        """Each of these says something, all in one turn."""
        said = {name: read(line.encode() for line in text.split("\n")) for name, text in lines.items()}
        self.core.turn([Received(self.links[name], items) for name, items in said.items()])

    def test_a_message_is_dropped_and_its_sender_told_and_the_rest_of_the_turn_is_done(self) -> None:
        with self.refusing("message"):
            self.together(
                ann="TOPIC #c :new\n@+x=1 PRIVMSG #c :bad\nPING x",
                bob="PRIVMSG #c :good",
            )
        self.assertGot(
            "ann",
            ":ann TOPIC #c :new",
            "400 ann :Not said, the server cannot keep it: FOREIGN KEY constraint failed",
            "PONG chatapp.local x",
            ":bob PRIVMSG #c :good",
        )
        self.assertGot("bob", ":ann TOPIC #c :new")
        self.assertEqual(self.core.failure, "")

    def test_a_change_that_is_made_and_cannot_be_kept_ends_the_server(self) -> None:
        with self.refusing("channel"):
            self.say("ann", "TOPIC #c :lost")
        self.assertEqual(self.codes("ann"), ["ERROR"])
        self.assertGot("bob", f"ERROR :{UNAVAILABLE}")
        self.assertIn("refuses a change that was made already: FOREIGN KEY", self.core.failure)
        self.core.run()

    def test_a_join_of_which_only_an_event_is_kept_is_no_message(self) -> None:
        self.enter("eve")
        with self.refusing("event"):
            self.say("eve", "JOIN #c")
        self.assertEqual(self.codes("eve"), ["ERROR"])

    def test_what_cannot_even_be_encoded_is_dropped(self) -> None:
        with self.assertLogs("chatapp.server.core.commit", "ERROR"):
            self.send("ann", Message("PRIVMSG", ("#c", "lone \ud800 surrogate")))
        self.assertIn("400 ann :Not said", self.text("ann"))
        self.assertGot("bob")

    def test_when_the_disk_is_full_too_what_is_stored_is_not_stored_again(self) -> None:
        errors = [sqlite3.IntegrityError("no"), None, sqlite3.OperationalError("disk I/O error")]
        with (
            patch.object(self.store, "write", side_effect=errors) as write,
            self.assertLogs("chatapp.server.core.loop", "DEBUG"),
        ):
            self.together(ann="PRIVMSG #c :one", bob="PRIVMSG #c :two")
            self.assertGot("bob")
            write.side_effect = self.write
            self.pass_time(0.2)
        [[saves], _] = write.call_args_list[-1]
        self.assertEqual([query for query, _ in saves], ["talk"])
        self.assertGot("bob", ":ann PRIVMSG #c :one")
        self.assertGot("ann", ":bob PRIVMSG #c :two")


class BugsAtTheEnd(ServerTest):
    """A bug after the command is done costs what it is in, and nothing else."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "cat", channel="#c", caps="labeled-response")

    def test_a_line_that_cannot_be_rendered_is_left_out_and_the_asker_told(self) -> None:
        def foo(world: World, me: Session, msg: Message, out: Outbox) -> None:
            out.reply(RPL_AWAY, "bob", "away")
            out.reply_with(Message("NOTICE", ("ann", cast(str, 5))))

        with command(foo), self.assertLogs("chatapp.server.core.render", logging.ERROR):
            self.core.turn(
                [
                    Received(self.links["ann"], read([b"FOO"])),
                    Received(self.links["bob"], read([b"PRIVMSG #c :hello"])),
                ]
            )
        self.assertGot(
            "ann",
            "301 ann bob away",
            ":bob PRIVMSG #c :hello",
            "400 ann :Internal error; the server's log tells more",
        )
        self.assertGot("cat", ":bob PRIVMSG #c :hello")

    def test_nobody_gets_a_line_that_fails_for_some(self) -> None:
        self.enter("dan", channel="#c", caps="message-tags")
        self.forget()
        bad = Message("NOTICE", ("#c", "x"), "ann", {"+x": cast(str, 5)})  # only with tags it cannot be made
        with self.assertLogs("chatapp.server.core.render", logging.ERROR):
            self.act("ann", lambda out: out.send(self.channel("#c").audience, bad))
        for name in ("ann", "bob", "cat", "dan"):
            self.assertGot(name)

    def test_a_connection_that_fails_while_it_is_written_is_cut_off(self) -> None:
        with (
            patch.object(self.links["bob"], "flush", side_effect=ZeroDivisionError),
            self.assertLogs("chatapp.server.core.loop", logging.ERROR),
        ):
            self.say("ann", "PRIVMSG #c :hello")
        self.assertTrue(self.links["bob"].is_aborted)
        self.assertGot("cat", ":ann PRIVMSG #c :hello")

    def test_a_connection_that_fails_while_it_is_closed_is_cut_off_later(self) -> None:
        with (
            patch.object(self.links["bob"], "close", side_effect=ZeroDivisionError),
            self.assertLogs("chatapp.server.core.loop", logging.ERROR),
        ):
            self.say("bob", "QUIT")
        self.assertGot("cat", ":bob QUIT :Quit")
        self.pass_time(3)
        self.assertTrue(self.links["bob"].is_aborted)

    def test_an_answer_whose_label_finds_no_place_comes_without_it(self) -> None:
        with (
            patch.object(outbox, "labelled", side_effect=ZeroDivisionError),
            self.assertLogs("chatapp.server.core.loop", logging.ERROR),
        ):
            self.say("ann", "@label=x PING y")
        self.assertGot("ann", "PONG chatapp.local y")

    def test_a_bug_in_a_turn_tells_everybody_and_ends_the_server(self) -> None:
        with (
            patch.object(self.world, "advance_ids", side_effect=ZeroDivisionError("a bug")),
            self.assertLogs("chatapp.server.core.loop", logging.ERROR) as logs,
        ):
            self.say("ann", "PING x")
        self.assertIn("a bug in the core: the server ends", logs.output[0])
        self.assertEqual(self.core.failure, "The server ends because of a bug (ZeroDivisionError: a bug).")
        for name in ("ann", "bob", "cat"):
            self.assertGot(name, "ERROR :The server has ended because of a bug")
        self.core.run()  # nobody is left, so it comes back
