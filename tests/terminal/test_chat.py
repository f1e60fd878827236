"""The interactive chat: keys in, rows of the terminal out, with a scripted server."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import date

from chatapp.client.model.changes import Change
from chatapp.terminal.chat import Chat
from tests.client.base import EVERYTHING, NOON, ClientTest
from tests.client.session.test_file_uploads import FILES, URL
from tests.terminal.virtual_terminal import VirtualTerminal

Step = str | Callable[[], object]


class Console:
    """A terminal whose user does scripted steps and then leaves."""

    def __init__(self, steps: list[Step], columns: int, rows: int) -> None:
        self.screen = VirtualTerminal(columns, rows)
        self.suspended = 0
        self._steps = deque(steps)

    def read(self, seconds: float) -> str:
        if not self._steps:
            raise EOFError
        step = self._steps.popleft()
        if isinstance(step, str):
            return step
        step()
        return ""

    def write(self, text: str) -> None:
        self.screen.write(text)

    def size(self) -> tuple[int, int]:
        return self.screen.columns, self.screen.height

    def suspend(self) -> None:
        self.suspended += 1


class ChatTest(ClientTest):
    def put(self, item: object) -> list[Change]:
        """Add to the inbox of the client. The chat polls it while it runs."""
        if not self.chatting:
            return super().put(item)
        self._inbox.put(item)
        return []

    def setUp(self) -> None:
        super().setUp()
        self.chatting = False
        self.seen: list[str] = []

    def chat(self, *steps: Step, columns: int = 60, rows: int = 12) -> None:
        """Run the chat for some steps. `seen` then holds the rows after the last one."""
        self.console = Console([*steps, self.look], columns, rows)
        chat = Chat(self.client, self.console, False, True, 5, lambda: self.now)
        self.chatting = True
        chat.run(self.changes)
        self.chatting = False

    def look(self) -> None:
        self.seen, self.cursor = self.console.screen.rows, self.console.screen.cursor

    def join(self) -> None:
        """Join the user to the channel."""
        self.receive(
            ":ana!ana@home.example JOIN #general * :Ana",
            ":srv 353 ana = #general :ana @ben chen",
            ":srv 366 ana #general :End",
        )

    def message_from(self, nick: str, text: str, target: str = "#general") -> Step:
        """Return a step in which another user sends a message."""
        return lambda: self.receive(f":{nick}!{nick}@h PRIVMSG {target} :{text}")

    def assert_seen(self, *rows: str) -> None:
        """Check the last rows, without their times."""
        seen = [row[6:] if row[2:3] == ":" and row[:2].isdecimal() else row for row in self.seen]
        self.assertEqual(list(rows), seen[-len(rows) :])


class Chatting(ChatTest):
    def test_it_begins_like_the_piped_chat(self) -> None:
        self.connect()
        self.welcome(capabilities="")
        self.chat(self.join)
        begin = "Connected to server!", "── #general ──", "ana joined the chat!"
        self.assert_seen(*begin, "ana · 1:#general", "[#general]")

    def test_messages_of_others_do_not_disturb_the_input_line(self) -> None:
        self.online()
        self.chat("half a", self.message_from("ben", "hello"), " line", self.message_from("ben", "there"))
        self.assert_seen("ben: hello", "ben: there", "ana · 1:#general", "[#general] half a line")
        self.assertEqual(len("[#general] half a line"), self.cursor[1])

    def test_links_to_files_lead_where_this_user_reaches_the_server(self) -> None:
        self.online(isupport=FILES)
        link = URL.replace("http://192.168.1.7", "https://10.0.0.1")
        self.chat(self.message_from("ben", link), columns=100)
        here = URL.replace("192.168.1.7", "chat.example")
        self.assert_seen(f"ben: {here}", "ana · 1:#general", "[#general]")

    def test_a_sent_message_is_shown_when_the_server_has_it(self) -> None:
        self.online()
        self.chat("hello\r", self.echo)
        self.assert_seen("ana: hello", "ana · 1:#general", "[#general]")

    def test_a_refused_command_stays_with_the_reason(self) -> None:
        self.online()
        self.chat("/nope\r")
        self.assertIn("There is no command /nope.", self.seen[-2])
        self.assert_seen("[#general] /nope")
        self.chat("/nope\r", "x")
        self.assertEqual("There is no command /nopex.", self.seen[-2])

    def test_a_command_that_the_server_refuses_is_returned_with_the_reason(self) -> None:
        self.online()
        refusal = ":srv 482 ana #general :You're not channel operator"
        self.chat("/kick ben too loud\r", lambda: self.receive(refusal))
        self.assertEqual("Only operators of #general can do that.", self.seen[-2])
        self.assert_seen("[#general] /kick ben too loud")
        self.chat("\x15/kick ben\r", "next words", lambda: self.receive(refusal))
        self.assert_seen("[#general] next words")

    def test_mentions_are_shown_whatever_the_current_conversation(self) -> None:
        self.online()
        self.enter("#help")
        self.page("#help")
        sent = [("ben", "nothing special", "#help"), ("ben", "ana?", "#help"), ("dee", "hi", "ana")]
        self.chat(*(self.message_from(*each) for each in sent))
        status = "ana · 1:#general · 2:#help 2! · 3:dee 1!"
        self.assert_seen("#help ben: ana?", "dee (only to you): hi", status, "[#general]")

    def test_alt_and_a_number_switches_the_conversation_and_drafts_stay(self) -> None:
        self.online()
        self.enter("#help")
        self.page("#help")
        self.chat(self.message_from("ben", "question", "#help"), "draft", "\x1b2", self.look)
        received = "── #help ──", "ana joined the chat!", "ben: question"
        self.assert_seen(*received, "ana · 1:#general · 2:#help", "[#help]")
        self.assertEqual(0, self.conversation("#help").unread)
        self.client.open(self.conversation("#help"))
        self.chat("\x1b[1;3A")
        self.assert_seen("[#general] draft")

    def test_all_unread_messages_are_shown_on_entering(self) -> None:
        self.online()
        self.enter("#help")
        self.page("#help")
        self.chat(
            *(self.message_from("ben", f"question {number}", "#help") for number in range(8)), "/go help\r"
        )
        received = ("── #help ──", *(f"ben: question {number}" for number in range(8)))
        self.assert_seen(*received, "ana · 1:#general · 2:#help", "[#help]")

    def test_alt_a_switches_to_an_unread_conversation(self) -> None:
        self.online()
        self.chat("\x1ba", self.look)
        self.assertIn("Nothing is unread", self.seen[-2])
        self.chat(self.message_from("dee", "hi", "ana"), "\x1ba")
        self.assert_seen("[dee]")

    def test_a_lost_and_a_restored_connection_are_announced(self) -> None:
        self.online()
        back = self.link_up, self.welcome, self.join, lambda: self.page("#general")
        self.chat(self.lose_connection, lambda: self.pass_by(61), *back)
        received = "-- The connection was closed. Trying to connect again…", "-- Connected again."
        self.assert_seen(*received, "ana · 1:#general", "[#general]")

    def test_the_arrow_keys_recall_sent_lines(self) -> None:
        self.online()
        self.chat("one\r", "two\r", "draft\x1b[A\x1b[A")
        self.assert_seen("[#general] one")
        self.chat("one\r", "draft\x1b[A\x1b[B")
        self.assert_seen("[#general] draft")

    def test_tab_completes_names_and_commands(self) -> None:
        self.online()
        for typed, line in {"ch": "chen:", "/na": "/names", "/ni": "/nick", "hi b": "hi ben"}.items():
            with self.subTest(typed):
                self.chat(typed, "\t")
                self.assert_seen(f"[#general] {line}")

    def test_several_pasted_lines_are_sent_with_one_enter(self) -> None:
        self.online()
        self.chat("\x1b[200~one\ntwo\x1b[201~", self.look)
        self.assert_seen("[#general] one↵two")
        self.chat("\x1b[200~one\ntwo\x1b[201~", "\r")
        self.assertEqual(2, sum("PRIVMSG" in line for line in self.sent()))

    def test_a_text_of_many_messages_needs_a_second_enter(self) -> None:
        self.online()
        for text in ("word " * 2000, "one\n" * 21):
            pasted = f"\x1b[200~{text}\x1b[201~"
            with self.subTest(text[:4]):
                self.chat(pasted, "\r")
                self.assertEqual([], [line for line in self.sent() if "PRIVMSG" in line])
                self.chat(pasted, "\r", "\r")
                self.assertGreater(sum("PRIVMSG" in line for line in self.sent()), 20)

    def test_typing_is_announced_if_the_user_allows_it(self) -> None:
        self.online()
        self.chat("hel")
        self.assertIn("+typing=active", self.sent()[0])

    def test_clear_removes_all_rows(self) -> None:
        self.online()
        self.chat(self.message_from("ben", "hello"), "/clear\r", "x")
        self.assertEqual(["ana · 1:#general", "[#general] x"], self.seen)

    def test_another_day_has_a_heading(self) -> None:
        self.online()
        early = "@time=2026-03-13T12:00:00Z :ben!b@h PRIVMSG #general :early"
        day = date.fromtimestamp(NOON + 86400)
        self.chat(self.message_from("ben", "late"), lambda: self.receive(early))
        heading = f"── {day:%A}, {day.day} {day:%B %Y} ──"
        self.assert_seen(heading, "ben: early", "ana · 1:#general", "[#general]")

    def test_a_resize_is_noticed(self) -> None:
        self.online()
        sent = self.message_from("ben", "some words that need room")
        self.chat(sent, lambda: self.console.screen.resize(22, 8), "x")
        received = "ben: some words", "      that need room"
        self.assert_seen(*received, "ana · 1:#general", "[#general] x")

    def test_ctrl_z_restores_the_terminal_while_suspended(self) -> None:
        self.online()
        self.chat(self.message_from("ben", "hello"), "\x1a")
        self.assertEqual(1, self.console.suspended)
        self.assert_seen("ben: hello", "ana · 1:#general", "[#general]")

    def test_ctrl_d_on_an_empty_line_and_quit_leave_and_restore_the_terminal(self) -> None:
        self.online()
        for keys in ("\x04", "/quit\r", "ab\x15\x04"):
            with self.subTest(keys):
                self.chat(keys, lambda: self.fail("still there"))
                self.assertNotIn("[#general]", "\n".join(self.console.screen.rows))
        self.assertIn("QUIT", self.sent())

    def test_ctrl_d_in_a_text_deletes(self) -> None:
        self.online()
        self.chat("ab\x1b[D\x04")
        self.assert_seen("[#general] a")

    def echo(self) -> None:
        """Echo the last message as the server does."""
        tags, _, sent = self.sent()[-1].partition(" ")
        self.receive(f"{tags} :ana!a@h {sent}")

    def pass_by(self, seconds: float) -> None:
        """Let time pass before the next poll."""
        self.now += seconds


class MissedMessages(ChatTest):
    def line(self, number: int, target: str) -> str:
        tags = f"@time=2026-03-12T10:00:0{number}.000Z;msgid=m{number}"
        return f"{tags} :ben!b@h PRIVMSG {target} :message {number}"

    def test_a_direct_message_that_was_stored_is_shown_whatever_its_age(self) -> None:
        self.connect()
        self.welcome()
        self.join()
        self.chat(lambda: self.page("ben", self.line(1, "ana"), self.line(2, "ana")), "")
        seen = "\n".join(self.seen)
        self.assertIn("ben (only to you): message 1", seen)
        self.assertIn("ben (only to you): message 2", seen)
        self.assertIn("2:ben 2!", seen)

    def test_messages_newer_than_those_read_on_another_device_are_shown(self) -> None:
        self.connect()
        self.welcome(f"{EVERYTHING} draft/read-marker")
        self.receive(
            ":ana!ana@h JOIN #general",
            ":srv MARKREAD #general timestamp=2026-03-12T10:00:01.000Z",
            ":srv 353 ana = #general :ana @ben",
            ":srv 366 ana #general :End",
        )
        page = [self.line(number, "#general") for number in range(1, 9)]
        self.chat(lambda: self.page("#general", *page), "", rows=20)
        rows = [row for row in self.seen if "message" in row]
        self.assertEqual([f"ben: message {number}" for number in range(2, 9)], [row[6:] for row in rows])
        self.pass_time(5)
        marks = [line for line in self.sent() if "MARKREAD" in line]
        self.assertTrue(marks[0].endswith("timestamp=2026-03-12T10:00:08.000Z"), marks)

    def test_a_deleted_message_is_announced(self) -> None:
        self.connect()
        self.welcome()
        self.join()
        self.page("#general")
        self.chat(
            lambda: self.receive("@msgid=x1 :ben!b@h PRIVMSG #general :secret"),
            lambda: self.receive(":chen!c@h REDACT #general x1"),
            "",
        )
        self.assertIn("ben: Message deleted by chen", [row[6:].strip() for row in self.seen])
