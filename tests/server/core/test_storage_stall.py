"""The database cannot be written: only stored changes are sent, and commands that change nothing continue."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from unittest.mock import patch

from chatapp.server.commands import COMMANDS
from chatapp.server.commands.dispatch import reads_of
from chatapp.server.core import plain_text
from chatapp.server.core.inbound import InvalidLine, MessageBurst, read
from chatapp.server.core.inbox import (
    Connected,
    DatabaseLost,
    Disconnected,
    FileAsked,
    RawReply,
    Received,
    Rejected,
    RunTask,
    Shutdown,
    UploadEnded,
    Writable,
)
from chatapp.server.core.outbox import Outbox
from chatapp.server.core.storage_stall import GRACE_SECONDS, LIMIT_SECONDS, UNAVAILABLE
from chatapp.server.state.file_transfers import FileRequest
from chatapp.server.state.session import Session
from chatapp.server.state.world import World
from tests.server.base import FakeLink, ServerTest
from tests.server.file_service import FileTest, id_of, status_of, stored

FULL = sqlite3.OperationalError("database or disk is full")
ELEVEN = "timestamp=2026-03-12T11:00:00.000Z"


class StallTest(ServerTest):
    @contextmanager
    def stalled(self, error: Exception = FULL) -> Iterator[None]:
        """Let the database refuse everything, and check that this is logged."""
        with (
            patch.object(self.store, "write", side_effect=error),
            self.assertLogs("chatapp.server.core", "DEBUG"),
        ):
            yield

    def refuse(self) -> None:
        """Let time pass until commands are refused."""
        self.pass_time(GRACE_SECONDS + 0.1)

    def assertRefused(self, name: str, *commands: str) -> None:
        lines = [f"FAIL {command} TEMPORARILY_UNAVAILABLE :{UNAVAILABLE}" for command in commands]
        self.assertGot(name, *lines)

    def recover(self) -> None:
        self.pass_time(0.2)


class Withheld(StallTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_nothing_is_sent_before_it_is_stored_and_then_everything_in_order(self) -> None:
        with self.stalled():
            self.say("ann", "TOPIC #c :new", "PRIVMSG #c :one", "PRIVMSG #c :two", "PING x")
            self.assertGot("ann")
            self.assertGot("bob")
        self.recover()
        self.assertGot("ann", ":ann TOPIC #c :new", "PONG chatapp.local x")
        self.assertGot("bob", ":ann TOPIC #c :new", ":ann PRIVMSG #c :one", ":ann PRIVMSG #c :two")
        self.restart()
        self.assertEqual(self.channel("#c").topic, "new")

    def test_each_kind_of_change_is_sent_when_it_is_stored(self) -> None:
        for line, expected in (
            ("JOIN #new", ":ann JOIN #new"),
            ("MODE #c +m", ":ann MODE #c +m"),
            ("MODE #c +b eve!*@*", ":ann MODE #c +b eve!*@*"),
            ("KICK #c bob", ":ann KICK #c bob :ann"),
            ("METADATA #c SET url :x", "761 ann #c url * x"),
            ("REGISTER * * sesame", "REGISTER SUCCESS ann"),
            (f"MARKREAD #c {ELEVEN}", f"MARKREAD #c {ELEVEN}"),
            ("PART #c", ":ann PART #c"),
        ):
            with self.subTest(line):
                self.forget()
                with self.stalled():
                    self.say("ann", line)
                    self.assertGot("ann")
                self.recover()
                self.assertIn(expected, "\n".join(self.got("ann")))

    def test_the_reader_resumes_when_the_reply_is_sent(self) -> None:
        before = self.links["ann"].resumed
        with self.stalled():
            self.say("ann", "TOPIC #c :new")
            self.assertEqual(self.links["ann"].resumed, before)
        self.recover()
        self.assertEqual(self.links["ann"].resumed, before + 1)

    def test_a_link_is_closed_after_its_last_lines(self) -> None:
        with self.stalled():
            self.say("ann", "QUIT :bye")
            self.assertFalse(self.links["ann"].is_closed)
            self.assertGot("bob")
        self.recover()
        self.assertGot("ann", "ERROR :Closing connection")
        self.assertTrue(self.links["ann"].is_closed)
        self.assertGot("bob", ":ann QUIT :Quit: bye")

    def test_a_change_in_the_turn_that_recovers_is_stored_too(self) -> None:
        """A session whose queue overflows is closed although it only sent a PING."""
        with self.stalled():
            self.say("ann", "TOPIC #c :new")
            self.links["bob"].is_slow = True
            self.links["bob"].put(b"x" * (self.world.config.limits.send_queue + 1))
        self._passed += 0.2
        self.say("bob", "PING x")
        self.assertGot("ann", ":ann TOPIC #c :new", ":bob QUIT :SendQ exceeded")
        with closing(sqlite3.connect(self._database)) as database:
            stored = [command for (command,) in database.execute("SELECT command FROM events ORDER BY id")]
        self.assertEqual(["TOPIC", "QUIT"], stored[-2:])

    def test_offline_messages_are_read_after_the_login_is_stored(self) -> None:
        """The job that reads them starts when the login is stored."""
        self.enter_as("dan")
        self.say("dan", "QUIT")
        self.say("ann", "PRIVMSG dan :while you were out")
        self.connect("dan")
        self.authenticate("dan", "dan")
        with self.stalled():
            self.say("dan", "NICK dan", "USER dan 0 * :Dan")
            self.assertNotIn("while you were out", self.text("dan"))
        self.recover()
        self.assertIn("while you were out", self.text("dan"))

    def test_a_second_stall_follows_the_first_and_nothing_is_lost(self) -> None:
        """What is stored by then is sent; the rest is withheld."""
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.say("bob", "PRIVMSG #c :two")
            with patch.object(self.store, "write", side_effect=[None, FULL]):
                self.recover()
            self.assertGot("bob", ":ann PRIVMSG #c :one")
            self.assertGot("ann")
        self.recover()
        self.assertGot("ann", ":bob PRIVMSG #c :two")


class Meanwhile(StallTest):
    """Commands that continue while lines for ann are withheld."""

    def setUp(self) -> None:
        super().setUp()
        self.enter(
            "ann", "bob", channel="#c", caps="labeled-response batch draft/chathistory draft/multiline"
        )
        self.say("ann", "PRIVMSG #c :before")
        self.forget()

    def test_ping_and_pages_of_history_are_answered_at_once(self) -> None:
        with self.stalled():
            self.say("ann", "TOPIC #c :new")
            self.assertAnswer("bob", "PING x", "PONG chatapp.local x")
            self.assertIn("before", " ".join(self.answer("bob", "CHATHISTORY LATEST #c * 5")))
            self.assertAnswer("bob", "FOO", "421 bob FOO :Unknown command")
        self.recover()

    def test_they_are_answered_in_the_turn_that_fails_too(self) -> None:
        with self.stalled():
            self.turn(
                Received(self.links["bob"], read([b"PING x"])),
                Received(self.links["ann"], read([b"TOPIC #c :new", b"PING y"])),
            )
            self.assertGot("bob", "PONG chatapp.local x")
            self.assertGot("ann")
        self.recover()

    def test_which_commands_are_answered_while_only_messages_are_withheld(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :hello")
            self.assertIn("352", " ".join(self.answer("bob", "WHO #c")))
        self.recover()

    def test_the_world_is_not_shown_while_it_is_ahead_of_the_database(self) -> None:
        with self.stalled():
            self.say("ann", "JOIN #new")
            self.say("bob", "LIST")
            self.assertGot("bob")
            self.refuse()
            self.assertRefused("bob", "LIST")
        self.recover()
        self.assertIn("322 bob #new 1", " ".join(self.answer("bob", "LIST")))

    def test_commands_with_changes_wait_at_first(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.say("bob", "PING x", "PRIVMSG #c :two", "PING y")
            self.assertGot("bob", "PONG chatapp.local x")
            self.pass_time(0.5)
        self.recover()
        self.assertGot("bob", ":ann PRIVMSG #c :one", "PONG chatapp.local y")
        self.assertGot("ann", ":bob PRIVMSG #c :two")

    def test_later_commands_are_refused_and_change_nothing(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.say("bob", "TOPIC #c :bad", "PING x")
            self.refuse()
            self.assertGot(
                "bob", f"FAIL TOPIC TEMPORARILY_UNAVAILABLE :{UNAVAILABLE}", "PONG chatapp.local x"
            )
            self.say("bob", "JOIN #bad", "@label=a PRIVMSG ann :bad")
            self.assertRefused("bob", "JOIN", "PRIVMSG")
            self.say("bob", "PRIVMSG #c :bad", "PRIVMSG #c :bad")
            self.assertRefused("bob", "PRIVMSG", "PRIVMSG")
        self.recover()
        self.assertGot("bob", ":ann PRIVMSG #c :one")
        self.assertGot("ann")
        self.assertEqual(list(self.world.channels), ["#c"])
        self.assertEqual(self.channel("#c").topic, "")
        self.assertAnswer("bob", "PRIVMSG ann :good")
        self.assertGot("ann", ":bob PRIVMSG ann :good")

    def test_the_refusal_carries_the_label(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.refuse()
            self.say("bob", "@label=x JOIN #bad")
            [refusal] = self.messages("bob")
            self.assertEqual((refusal.command, refusal.tags["label"]), ("FAIL", "x"))
        self.recover()

    def test_a_notice_is_refused_only_if_it_has_a_label(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.refuse()
            self.assertAnswer("bob", "NOTICE #c :bad")
            self.say("bob", "@label=x NOTICE #c :bad")
            self.assertRefused("bob", "NOTICE")
        self.recover()

    def test_a_multiline_message_is_refused_once(self) -> None:
        self.say("bob", "@label=x BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :one")
        with self.stalled():
            self.say("ann", "PRIVMSG #c :hello")
            self.refuse()
            self.say("bob", "@batch=1 PRIVMSG #c :two", "@batch=1 PRIVMSG #c :three", "BATCH -1")
            [refusal] = self.messages("bob")
            self.assertEqual(
                (refusal.command, refusal.params[0], refusal.tags["label"]), ("FAIL", "BATCH", "x")
            )
            self.say("bob", "BATCH +2 draft/multiline #c", "@batch=2 PRIVMSG #c :one", "BATCH -2")
            self.assertRefused("bob", "BATCH")
        self.recover()
        self.forget()
        self.say("bob", "BATCH +3 draft/multiline #c", "@batch=3 PRIVMSG #c :good", "BATCH -3")
        self.assertGot("bob")
        self.assertIn("good", self.text("ann"))

    def test_a_plain_text_session_gets_a_sentence(self) -> None:
        link = self.connect("eve")
        self.pass_time(4)
        self.send("eve", plain_text.line("eve"))
        self.say("ann", "PRIVMSG #c :x")
        link.take()
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.refuse()
            self.send("eve", plain_text.line("hello"))
            self.assertEqual(link.take(), f"{UNAVAILABLE}\n")
        self.recover()

    def test_registration_waits(self) -> None:
        self.connect("eve")
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.say("eve", "PING x", "NICK eve", "USER eve 0 * :Eve")
            self.refuse()
            self.assertGot("eve", "PONG chatapp.local x")
        self.recover()
        self.assertEqual(self.codes("eve")[0], "001")

    def test_a_new_connection_waits_too(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.connect("eve")
            self.say("eve", "PING x", "NICK eve", "USER eve 0 * :Eve")
            self.assertGot("eve", "PONG chatapp.local x")
        self.recover()
        self.assertEqual(self.codes("eve")[0], "001")

    def test_quit_waits(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.say("bob", "QUIT")
            self.refuse()
            self.assertGot("bob")
        self.recover()
        self.assertGot("bob", ":ann PRIVMSG #c :one", "ERROR :Closing connection")

    def test_a_connection_that_ends_frees_its_socket_at_once(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.hang_up("bob")
            self.assertTrue(self.links["bob"].is_disposed)
            self.assertIn("bob", self.world.users)
        self.recover()
        self.assertNotIn("bob", self.world.users)
        self.assertGot("ann", ":bob QUIT :Connection closed")

    def test_waiting_arrivals_keep_their_order_when_commands_are_refused(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.core.turn([Received(self.links["ann"], read([b"PRIVMSG #c :two"]))])
            self.hang_up("ann")
            self.refuse()
        self.recover()
        self.assertGot("bob", ":ann PRIVMSG #c :one", ":ann PRIVMSG #c :two", ":ann QUIT :Connection closed")

    def test_a_job_that_changes_something_is_finished_afterwards(self) -> None:
        self.core.turn([Received(self.links["bob"], read([b"REGISTER * * sesame"]))])
        with self.stalled():
            self.core.turn([Received(self.links["ann"], read([b"PRIVMSG #c :one"]))])
            self.refuse()
            self.assertGot("bob")
            self.assertEqual(self.world.accounts, {})
        self.recover()
        self.assertIn("REGISTER SUCCESS bob", " ".join(self.got("bob")))

    def test_a_task_waits(self) -> None:
        done = []

        def task(world: World, me: Session, out: Outbox) -> None:
            done.append(1)

        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.turn(RunTask(task))
            self.assertEqual(done, [])
        self.recover()
        self.assertEqual(done, [1])

    def test_browsers_are_answered_and_writable_sockets_continue(self) -> None:
        web = self.connect("web")
        slow = self.links["bob"]
        slow.is_slow = True
        slow.put(b"late")
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            self.turn(RawReply(web, b"page", None, True))
            self.assertEqual(web.take(), "page")
            self.assertTrue(web.is_closed)
            slow.is_slow = False
            self.turn(Writable(slow))
            self.assertEqual(slow.take(), "late")
            self.connect("odd")
            self.turn(Rejected(self.links["odd"], "No"))
            self.assertGot("odd", "ERROR :No")
        self.recover()

    def test_periodic_tasks_and_timers_do_not_run_and_silence_does_not_count(self) -> None:
        ran = []
        self.core.run_every(1.0, lambda world, session, out: ran.append(1))
        self.pass_time(145)
        for name in ("ann", "bob"):
            self.say(name, "PONG x")
        self.forget()
        with self.stalled():
            self.say("ann", "PRIVMSG #c :one")
            ran.clear()
            self.pass_time(5)
            self.assertEqual(ran, [])
        self.recover()
        self.assertTrue(ran)
        self.pass_time(89)
        self.assertGot("bob", ":ann PRIVMSG #c :one")


class Files(StallTest, FileTest):
    """Requests about files wait, so no answer names what is not stored."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")

    def test_an_upload_is_answered_when_its_row_is_stored(self) -> None:
        permit = self.begin(self.token("ann"), "hello")
        link = self.links[self.under_way]
        with self.stalled():
            self.turn(UploadEnded(link, permit, stored("hello")))
            self.refuse()
            self.assertEqual(link.answers, [])
        self.recover()
        self.assertEqual([status_of(answer) for answer in link.answers], [201])
        self.restart()
        self.assertTrue(self.exists(f"https://x/files/{permit.id}/a"))

    def test_a_request_waits(self) -> None:
        url = self.upload("ann")
        self.connect("web")
        link = self.links["web"]
        with self.stalled():
            self.say("ann", "JOIN #c")
            self.turn(FileAsked(link, FileRequest("download", id_of(url))))
            self.refuse()
            self.assertEqual(link.answers, [])
        self.recover()
        self.assertEqual([status_of(answer) for answer in link.answers], [200])

    def test_an_upload_whose_connection_ends_meanwhile_frees_its_room(self) -> None:
        self.begin(self.token("ann"), "hello")
        with self.stalled():
            self.say("ann", "JOIN #c")
            self.hang_up(self.under_way)
        self.recover()
        self.assertEqual(self.world.files.pending(0.0), 0)


class Logged(StallTest):
    """The log shows the stalls that matter to an administrator, and not the short ones."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")

    def log_of_stall(self, seconds: float) -> list[str]:
        """Return the lines of the log for a stall of so many seconds."""
        with self.assertLogs("chatapp.server.core", "DEBUG") as logs:
            with patch.object(self.store, "write", side_effect=FULL):
                self.say("ann", "PRIVMSG #c :hello")
                self.pass_time(seconds)
            self.recover()
        return [record.getMessage() for record in logs.records if record.levelname == "WARNING"]

    def test_a_short_stall_is_not_logged(self) -> None:
        self.assertEqual(self.log_of_stall(0.5), [])

    def test_a_long_stall_is_logged_with_its_cause_and_length(self) -> None:
        begin, end = self.log_of_stall(3)
        self.assertTrue(begin.startswith("The database cannot be written: database or disk is full."))
        self.assertRegex(end, r"^The database can be written again, after 3\.\d seconds$")


class TheEnd(StallTest):
    """A stall that lasts too long stops the server, and withheld lines are never sent."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")
        self.connect("eve")

    def test_all_get_the_reason_and_no_line_that_is_not_stored(self) -> None:
        with self.stalled():
            self.say("ann", "TOPIC #c :lost")
            self.pass_time(LIMIT_SECONDS + 1)
            for name in ("ann", "bob", "eve"):
                self.assertGot(name, f"ERROR :{UNAVAILABLE}")
                self.assertTrue(self.links[name].is_closed)
        self.assertEqual(
            self.core.failure,
            f"The database {self._database} cannot be written: database or disk is full. The server ends."
            " Free some space on its disk, then start it again.",
        )
        self.core.run()  # no session is left, so it returns
        self.restart()
        self.enter("ann", channel="#c")
        self.assertAnswer("ann", "TOPIC #c", "331 ann #c :No topic is set")

    def test_a_shutdown_tries_once_more_to_store(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :lost")
            self.turn(Shutdown("Bye"))
            self.assertGot("bob", f"ERROR :{UNAVAILABLE}")
        self.core.run()

    def test_a_task_after_the_shutdown_does_not_delay_it(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :lost")
            self.turn(Shutdown("Bye"), RunTask(lambda world, session, out: None))
            self.assertGot("bob", f"ERROR :{UNAVAILABLE}")
        self.core.run()

    def test_after_a_bug_the_server_does_not_wait_for_sessions_that_left(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :kept")
            self.turn(RunTask(lambda world, session, out: None))
            self.hang_up("bob")
        with (
            patch.object(self.core._runner, "run_task", side_effect=ZeroDivisionError),
            self.assertLogs("chatapp.server.core", "ERROR"),
        ):
            self.recover()
        self.pass_time(5)
        self.core.run()

    def test_a_shutdown_completes_normally_when_the_last_try_succeeds(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :kept")
        self.turn(Shutdown("Bye"))
        self.assertGot("bob", ":ann PRIVMSG #c :kept", ":ann QUIT :Bye", "ERROR :Bye")
        self.assertEqual(self.core.failure, "")

    def test_the_server_does_not_wait_for_a_lost_database(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :lost")
            self.turn(DatabaseLost("The file is gone."))
        self.assertGot("bob", f"ERROR :{UNAVAILABLE}")
        self.assertEqual(self.core.failure, "The file is gone.")

    def test_the_server_does_not_wait_for_sessions_that_left(self) -> None:
        with self.stalled():
            self.say("ann", "PRIVMSG #c :lost")
            self.hang_up("bob")
            self.pass_time(LIMIT_SECONDS + 1)
        self.core.run()

    def test_open_connections_are_aborted_and_new_ones_refused(self) -> None:
        late = FakeLink("192.0.2.7", 1)
        with self.stalled():
            self.core.turn([Received(self.links["ann"], read([b"PRIVMSG #c :lost"]))])
            self._passed += LIMIT_SECONDS + 1
            self.core.turn([])
            self.core.turn([Connected(late)])
            self.assertTrue(late.is_aborted)
            self._passed += 3
            self.core.turn([])
            self.assertTrue(self.links["ann"].is_aborted)
            self.core.turn([Disconnected(link, "gone") for link in (late, *self.links.values())])
            self.assertTrue(late.is_disposed)
        self.core.run()


class Damaged(StallTest):
    def test_a_damaged_database_stops_the_server_at_once(self) -> None:
        self.enter("ann", channel="#c")
        error = sqlite3.DatabaseError("database disk image is malformed")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        with patch.object(self.store, "write", side_effect=error):
            self.say("ann", "PRIVMSG #c :lost")
        self.assertEqual(self.codes("ann"), ["ERROR"])
        self.assertIn("is damaged: database disk image is malformed. The server ends.", self.core.failure)
        self.core.run()


class Reading(ServerTest):
    """The table says which commands only read. `base` checks in every test that they store nothing.

    The test below uses each of them at least once.
    """

    LINES = (
        "PING x", "PONG x", "CHATHISTORY LATEST #c * 5",
        "CHATHISTORY TARGETS timestamp=2020-01-01T00:00:00.000Z timestamp=2030-01-01T00:00:00.000Z 5",
        "SEARCH text=hello", "MOTD", "VERSION", "ISUPPORT", "ADMIN", "INFO", "TIME", "LINKS", "HELP",
        "HELP JOIN", "HELPOP", "AUDIT", "NAMES #c", "NAMES", "LIST", "LIST #c", "WHO #c",
        "WHO ann %tcuihsnfdlaor", "WHOIS ann", "WHOIS ann ann", "WHOWAS ann", "USERHOST ann", "ISON ann",
        "MONITOR + bob", "MONITOR - bob", "MONITOR L", "MONITOR S", "MONITOR C", "LUSERS", "STATS u",
        "STATS l",
    )  # fmt: skip

    def test_every_command_that_reads_is_tried(self) -> None:
        self.enter("ann", channel="#c", caps="batch draft/chathistory draft/event-playback")
        self.make_operator("ann")
        tried = set()
        with patch.object(self.store, "write", side_effect=AssertionError("it stores something")):
            for line in self.LINES:
                self.say("ann", line)
                tried.add(line.split()[0])
        self.assertEqual(tried, {name for name, command in COMMANDS.items() if command.reads})

    def test_items_that_are_not_commands_of_the_table(self) -> None:
        burst = MessageBurst("#c", "hello")
        self.assertEqual(reads_of(burst), "")
        self.assertEqual(reads_of(plain_text.line("hello")), "")
        (invalid,) = read([b"PRIVMSG \xff"])
        self.assertIsInstance(invalid, InvalidLine)
        self.assertEqual(reads_of(invalid), "stored")
