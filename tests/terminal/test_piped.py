"""The chat for pipes: lines in, lines out, and the exit status."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from chatapp.client.model.changes import Change
from chatapp.client.transport import link
from chatapp.client.transport.file_download import DownloadFile
from chatapp.client.transport.file_requests import FileFacts, TransferFailed
from chatapp.terminal.ansi import rendered
from chatapp.terminal.piped import (
    EXIT_FAILED,
    EXIT_NO_CHANNEL,
    EXIT_OK,
    MAX_IN_FLIGHT,
    OFFLINE_SECONDS,
    PipedChat,
)
from chatapp.terminal.rendering import LineFormat
from chatapp.terminal.reply_barrier import REPLY_SECONDS
from tests.client.base import EVERYTHING, ClientTest
from tests.client.session.test_file_uploads import FILES, URL

ANSWER = ":srv 323 ana :End of LIST"


class PipedTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.piped: PipedChat | None = None
        self.out: list[str] = []
        self.complaints: list[str] = []
        self.status: int | None = None

    def pipe(self, channel: str = "") -> PipedChat:
        """Start the chat for pipes."""
        self.piped = PipedChat(
            self.client,
            channel,
            LineFormat(),
            0,
            lambda line: self.out.append(rendered(line, False)),
            self.complaints.append,
            lambda: self.now,
            lambda: self.now,
        )
        self.turn(self.changes)
        return self.piped

    def turn(self, changes: list[Change]) -> list[Change]:
        if self.piped:
            self.status = self.piped.step(changes)
        return changes

    def put(self, item: object) -> list[Change]:
        return self.turn(super().put(item))

    def pass_time(self, seconds: float) -> list[Change]:
        return self.turn(super().pass_time(seconds))

    def ready(self, capabilities: str = EVERYTHING) -> PipedChat:
        """Join the channel that the server chooses and receive the first reply."""
        self.connect()
        self.welcome(capabilities)
        piped = self.pipe()
        self.enter()
        self.page("#general")
        self.receive(ANSWER)
        self.sent()
        return piped

    def type_lines(self, *lines: str) -> list[str]:
        """Queue input lines and return the lines that are sent for them."""
        assert self.piped
        self.piped.queue_lines(lines)
        self.pass_time(0)
        return self.sent()

    def echo(self, *sent: str) -> None:
        """Echo messages as the server does."""
        for line in sent:
            tags, _, command = line.partition(" ")
            self.receive(f"{tags} :ana!a@h {command}")

    def finish_input(self) -> int | None:
        """End the input and receive the last reply."""
        assert self.piped
        self.piped.end_input()
        self.pass_time(0)
        self.receive(ANSWER)
        return self.status

    def reconnect(self) -> None:
        """Reconnect and join the channel again."""
        self.pass_time(OFFLINE_SECONDS - 1)
        self.link_up()
        self.welcome()
        self.enter()

    def assert_out(self, *lines: str) -> None:
        """Check what was printed since the last check."""
        out, self.out = self.out, []
        self.assertEqual(list(lines), out)


class Sending(PipedTest):
    def test_it_begins_like_the_interactive_chat(self) -> None:
        self.ready()
        self.assert_out("Connected to server!", "ana joined the chat!")

    def test_lines_are_sent_and_printed_once_the_server_has_them(self) -> None:
        self.ready()
        self.out.clear()
        sent = self.type_lines("hello", "", "  ", "//slash")
        sent_texts = [line.partition(" ")[2] for line in sent]
        self.assertEqual(["PRIVMSG #general :hello", "PRIVMSG #general :/slash"], sent_texts)
        self.assert_out()
        self.echo(*sent)
        self.receive(":ben!b@h PRIVMSG #general :hi", ":ben!b@h PRIVMSG ana :psst")
        self.assert_out("ana: hello", "ana: /slash", "ben: hi", "ben (only to you): psst")

    def test_nothing_is_sent_before_a_channel_is_joined(self) -> None:
        self.connect()
        self.welcome()
        self.pipe()
        self.assertEqual("LIST ana", self.type_lines("hello")[-1])
        self.enter()
        self.page("#general")
        self.assertEqual([], [line for line in self.sent() if "PRIVMSG" in line])
        self.receive(ANSWER)
        self.assertIn("PRIVMSG #general :hello", self.sent()[-1])

    def test_a_command_is_answered_before_the_next_line_is_read(self) -> None:
        self.ready()
        self.assertEqual(["JOIN #help", "LIST ana"], self.type_lines("/join #help", "hello help"))
        self.enter("#help")
        self.page("#help")
        self.sent()
        self.receive(ANSWER)
        self.assertIn("PRIVMSG #help :hello help", self.sent()[0])

    def test_waiting_for_an_answer_has_a_time_limit(self) -> None:
        self.ready()
        self.assertEqual(["AWAY :lunch", "LIST ana"], self.type_lines("/away lunch", "hello"))
        self.pass_time(REPLY_SECONDS)
        self.assertIn("PRIVMSG #general :hello", self.sent()[0])

    def test_the_number_of_unconfirmed_messages_is_limited(self) -> None:
        piped = self.ready()
        sent = self.type_lines(*map(str, range(MAX_IN_FLIGHT + 5)))
        self.assertEqual(MAX_IN_FLIGHT, len(sent))
        self.assertTrue(piped.accepts_lines)
        self.echo(*sent[:2])
        self.assertEqual(2, len(self.sent()))
        piped.queue_lines(["more"] * MAX_IN_FLIGHT)
        self.assertFalse(piped.accepts_lines)

    def test_the_list_of_channels_is_printed(self) -> None:
        self.ready()
        self.out.clear()
        self.type_lines("/list")
        self.receive(":srv 322 ana #general 2 :Topic", ANSWER)
        self.assert_out("-- #general  2  Topic")

    def test_a_quit_is_printed_once(self) -> None:
        self.ready()
        self.receive(":ben!b@h PRIVMSG ana :psst")
        self.out.clear()
        self.receive(":ben!b@h QUIT :lunch")
        self.assert_out("ben left the chat! (lunch)")


class Ending(PipedTest):
    def test_at_the_end_it_waits_for_all_sent_messages(self) -> None:
        piped = self.ready()
        sent = self.type_lines("hello")
        piped.end_input()
        self.pass_time(1)
        self.assertIsNone(self.status)
        self.echo(*sent)
        self.assertIsNone(self.status)
        self.receive(ANSWER)
        self.assertEqual(EXIT_OK, self.status)

    def test_a_refusal_by_the_server_makes_the_status_1(self) -> None:
        self.ready()
        sent = self.type_lines("hello")
        self.receive(f"{sent[0].split()[0]} :srv 404 ana #general :Cannot send")
        self.assertEqual(EXIT_FAILED, self.finish_input())
        self.assertEqual("!! Not sent: hello (Cannot send)", self.out[-1])

    def test_a_server_without_echoes_may_refuse_until_the_last_answer(self) -> None:
        self.ready("multi-prefix")
        self.out.clear()
        self.type_lines("hello")
        assert self.piped
        self.piped.end_input()
        self.pass_time(0)
        self.receive(":srv 404 ana #general :Cannot send", ANSWER)
        self.assertEqual(EXIT_FAILED, self.status)
        self.assert_out("ana: hello", "!! Not sent: hello (Cannot send)")

    def test_a_failed_command_is_reported(self) -> None:
        self.ready()
        self.type_lines("/nope")
        self.assertIn("There is no command /nope.", self.complaints[0])
        self.assertEqual(EXIT_FAILED, self.finish_input())

    def test_quit_ends_it_before_the_input_does(self) -> None:
        self.ready()
        self.assertEqual(["QUIT :bye"], self.type_lines("/quit bye", "never said"))
        self.assertEqual(EXIT_OK, self.status)

    def test_without_the_channel_no_message_is_sent(self) -> None:
        self.connect()
        self.welcome()
        self.client.join("#club")
        self.pipe("#club")
        self.type_lines("hello")
        self.receive(":srv 473 ana #club :Cannot join", ANSWER)
        self.assertEqual((EXIT_NO_CHANNEL, ["Cannot join #club."]), (self.status, self.complaints))

    def test_lines_go_to_the_requested_channel(self) -> None:
        self.connect()
        self.welcome()
        self.client.join("#club")
        self.pipe("#club")
        for channel in ("#general", "#club"):
            self.enter(channel)
            self.page(channel)
        self.sent()
        self.receive(ANSWER)
        self.assertIn("PRIVMSG #club :hello", self.type_lines("hello")[0])
        self.assertEqual(["#general ana joined the chat!", "ana joined the chat!"], self.out[1:])


class LostConnections(PipedTest):
    def test_undelivered_messages_are_sent_again_and_delivered_ones_are_not(self) -> None:
        self.ready()
        self.echo(*self.type_lines("one"))
        self.type_lines("two", "three")
        self.lose_connection()
        self.type_lines("four")
        self.out.clear()
        self.reconnect()
        self.receive(ANSWER)
        self.sent()
        self.assert_out("-- Connected again.")
        self.page("#general", "@time=2026-03-12T12:00:01Z;msgid=m2 :ana!a@h PRIVMSG #general :two")
        self.page("#general")
        self.assert_out("ana: two")
        sent = [line.partition(" ")[2] for line in self.sent() if "PRIVMSG" in line]
        self.assertEqual(["PRIVMSG #general :three", "PRIVMSG #general :four"], sent)

    def test_without_history_unconfirmed_messages_have_failed(self) -> None:
        self.ready(EVERYTHING.replace("draft/chathistory ", "").replace("batch ", ""))
        self.type_lines("one")
        self.lose_connection()
        self.pass_time(OFFLINE_SECONDS - 1)
        self.link_up()
        self.welcome("echo-message")
        self.enter()
        self.receive(ANSWER)
        self.assertEqual(EXIT_FAILED, self.finish_input())
        self.assertIn("!! Not sent: one (The connection was lost before it was sent)", self.out)

    def test_a_permanent_failure_ends_it_at_once(self) -> None:
        self.ready()
        self.lose_connection()
        self.pass_time(OFFLINE_SECONDS - 1)
        self.put(link.LinkFailed(self.link, "certificate", "Stop."))
        self.assertEqual((EXIT_FAILED, ["Stop."]), (self.status, self.complaints))

    def test_a_connection_that_stays_lost_for_too_long_is_given_up(self) -> None:
        self.ready()
        self.lose_connection("broken")
        self.pass_time(OFFLINE_SECONDS)
        self.assertIsNone(self.status)
        self.pass_time(1)
        self.assertEqual(EXIT_FAILED, self.status)
        self.assertEqual(["The connection was lost: broken."], self.complaints)


class Files(PipedTest):
    def setUp(self) -> None:
        super().setUp()
        self.path = Path(self.enterContext(tempfile.TemporaryDirectory())) / "plan.pdf"
        self.path.write_bytes(b"12345")
        self.ready()
        self.receive(f":srv 005 ana {FILES} :are supported")
        self.out.clear()

    def end_task(self, *arguments: Any, **how: Any) -> None:
        super().end_task(*arguments, **how)
        self.turn(self.changes)

    def test_the_program_ends_when_the_file_is_sent(self) -> None:
        self.type_lines(f"/send {self.path} look")
        self.receive(ANSWER)
        self.assertIsNone(self.finish_input())
        self.end_task(URL)
        sent = [each for each in self.sent() if "PRIVMSG" in each]
        self.echo(*sent)
        self.assert_out("ana: look", f"ana: {URL}")
        self.assertEqual(EXIT_OK, self.finish_input())

    def test_a_file_that_is_not_sent_is_a_failure(self) -> None:
        self.type_lines(f"/send {self.path} look")
        self.receive(ANSWER)
        self.end_task(failure=TransferFailed("refused", "The server has no room for files now."))
        problem = "“plan.pdf” was not sent. The server has no room for files now."
        self.assertEqual([problem], self.complaints)
        self.assertEqual(EXIT_FAILED, self.finish_input())

    def test_a_list_of_files_has_those_that_were_sent_before(self) -> None:
        self.type_lines(f"/send {self.path} look", "/files", "done")
        self.receive(ANSWER)
        self.assertEqual([], self.complaints)
        self.end_task(URL)
        self.echo(*[each for each in self.sent() if "PRIVMSG" in each])
        self.pass_time(0)
        self.end_task(FileFacts("a.txt", 5, "text/plain", None, "", has_thumbnail=False))
        self.pass_time(0)
        self.assertTrue([each for each in self.out if each.startswith("-- 1  a.txt")], self.out)
        self.assertEqual([], self.complaints)

    def test_the_next_line_waits_until_a_file_is_saved(self) -> None:
        self.receive(f"@msgid=m1 :ben!b@h PRIVMSG #general :{URL}")
        self.type_lines("/save", "thanks")
        self.receive(ANSWER)
        self.assertEqual([], [each for each in self.sent() if "PRIVMSG" in each])
        download = next(at for at, each in enumerate(self.tasks) if isinstance(each.task, DownloadFile))
        self.end_task(Path("there/a.txt"), at=download)
        self.pass_time(0)
        self.assertIn(f"-- a.txt is saved: {Path('there/a.txt')}", self.out)
        self.assertEqual(1, len([each for each in self.sent() if "PRIVMSG" in each]))

    def test_a_file_that_is_not_saved_is_a_failure(self) -> None:
        self.receive(f"@msgid=m1 :ben!b@h PRIVMSG #general :{URL}")
        self.type_lines("/save")
        self.receive(ANSWER)
        download = next(at for at, each in enumerate(self.tasks) if isinstance(each.task, DownloadFile))
        self.end_task(failure=TransferFailed("disk", "The disk is full."), at=download)
        self.assertEqual(["a.txt was not saved. The disk is full."], self.complaints)
        self.assertEqual(EXIT_FAILED, self.finish_input())
