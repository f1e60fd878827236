"""The server on real sockets: partial lines, floods, resets, clients that do not read."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys

from tests.live.base import DEADLINE, ROOT, LiveTest, RawClient, ServerProcess
from tests.waiting import wait_until


class Chatting(LiveTest):
    def test_users_chat_and_the_log_names_them(self) -> None:
        self.start()
        ann, bob = self.enter("ann"), self.enter("bob")
        bob.send("PRIVMSG #general :Grüße, ann 👋")
        message = ann.until("PRIVMSG")
        self.assertEqual((message.nick, message.params), ("bob", ("#general", "Grüße, ann 👋")))
        self.assertEqual(self.server.lines[0], "Server started. Waiting for connections...")
        self.assertIn("Connected with ('127.0.0.1', ", self.server.printed("Connected with"))
        self.server.printed("Username is ann")

    def test_a_netcat_user_is_asked_for_a_name_and_chats(self) -> None:
        """`Choose a username:` is sent after three seconds of silence."""
        self.start()
        ann = self.enter("ann")
        rahul = self.connect()
        self.assertEqual(rahul.sock.recv(100), b"Choose a username: ")
        rahul.send_bytes(b"Rahul\n")
        self.assertEqual(ann.until("JOIN").nick, "Rahul")
        rahul.send_bytes(b"hello everybody\n")
        self.assertEqual(ann.until("PRIVMSG").text, "hello everybody")
        ann.send("PRIVMSG #general :hello Rahul")
        lines = rahul.sock.makefile("r", encoding="utf-8")
        self.assertEqual(
            [lines.readline() for _ in range(2)], ["Rahul joined the chat!\n", "ann: hello Rahul\n"]
        )
        lines.close()
        rahul.close()
        self.assertEqual(ann.until("QUIT").nick, "Rahul")

    def test_a_netcat_user_may_have_the_name_of_a_command(self) -> None:
        self.start()
        ann = self.enter("ann")
        names = ("Nick", "admin", "Time", "Help", "Ping", "List")
        people = [self.connect() for _ in names]
        client = self.connect()
        for person, name in zip(people, names, strict=True):
            self.assertEqual(person.sock.recv(100), b"Choose a username: ")
            person.send_bytes(f"{name}\n".encode())
            self.assertEqual(ann.until("JOIN").nick, name)
        client.send("NICK dan", "USER dan 0 * :Dan")
        self.assertEqual(client.until("001").params[0], "dan")

    def test_text_from_clients_cannot_control_the_terminal_of_the_log(self) -> None:
        self.start()
        self.enter("ann").send("QUIT :\x1b]0;owned\x07\x9b2J")
        self.assertEqual(self.server.printed("ann left"), "ann left: Quit: \\x1b]0;owned\\x07\\x9b2J")

    def test_a_clean_stop_sends_error_and_exits_with_0(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.assertEqual(self.server.stop(), 0)
        self.assertEqual(ann.rest()[-1].command, "ERROR")

    def test_messages_and_topics_survive_a_kill(self) -> None:
        self.start()
        ann = self.enter("ann", channel="#class")
        ann.send("TOPIC #class :Exam on Friday", "PRIVMSG #class :one", "PRIVMSG #class :two")
        ann.settle()
        self.server.kill()
        self.start()
        bob = self.enter("bob", caps="batch draft/chathistory")
        bob.send("JOIN #class", "CHATHISTORY LATEST #class * 10")
        received = bob.settle()
        self.assertEqual([each.text for each in received if each.command == "332"], ["Exam on Friday"])
        self.assertEqual([each.text for each in received if each.command == "PRIVMSG"], ["one", "two"])


class BadInput(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.start()
        self.ann = self.enter("ann", channel="#c")
        self.bob = self.enter("bob", channel="#c")

    def assert_unharmed(self) -> None:
        """Check that the others can still chat."""
        self.ann.send("PRIVMSG #c :still here")
        self.assertEqual(self.bob.until("PRIVMSG").text, "still here")

    def test_a_line_in_single_bytes_arrives_completely(self) -> None:
        for byte in "PRIVMSG #c :günstig\r\n".encode():
            self.ann.send_bytes(bytes([byte]))
        self.assertEqual(self.bob.until("PRIVMSG").text, "günstig")

    def test_a_line_that_is_too_long_does_not_affect_the_next(self) -> None:
        self.ann.send("PRIVMSG #c :" + "x" * 600, "PRIVMSG #c :short")
        self.assertEqual(self.ann.until("417").params[-1], "Input line was too long")
        self.assertEqual(self.bob.until("PRIVMSG").text, "short")

    def test_a_line_of_a_megabyte_is_refused_once(self) -> None:
        """A megabyte without a line end is answered once, and the next line is read."""
        self.ann.send_bytes(b"x" * 1_000_000 + b"\r\n")
        self.assertEqual([each.command for each in self.ann.settle()].count("417"), 1)
        self.assert_unharmed()

    def test_invalid_utf8_is_refused_and_the_connection_stays(self) -> None:
        self.ann.send_bytes(b"PRIVMSG #c :\xff\xfe\r\nPRIVMSG #c :fine\r\n")
        self.assertEqual(self.ann.until("FAIL").params[:2], ("PRIVMSG", "INVALID_UTF8"))
        self.assertEqual(self.bob.until("PRIVMSG").text, "fine")

    def test_garbage_before_registration_is_harmless(self) -> None:
        garbage = (
            b"\x00" * 5000,
            bytes(range(256)) * 40,
            b"\n" * 100_000,
            b"@" * 9000 + b"\r\n",
            b": : : :\r\n" * 50,
            b"USER\r\nNICK\r\nCAP\r\nJOIN\r\n",
        )
        for data in garbage:
            with self.subTest(data=data[:20]):
                hostile = self.connect()
                hostile.send_bytes(data)
                hostile.close()
        self.assert_unharmed()

    def test_other_protocols_are_disconnected_and_none_of_their_lines_is_relayed(self) -> None:
        """A line after the first may contain a password."""
        login = ["CAP LS 302", "PASS sesame", "NICK eve", "USER eve 0 * :Eve", "AUTHENTICATE AGFubgBwYXNz"]
        for first in (
            "WEBIRC secret gateway client.example 192.0.2.7",
            "PROXY TCP4 192.0.2.7 192.0.2.1 4000 5000",
            "STARTTLS",
            "SSH-2.0-OpenSSH_9.6",
            "EHLO mail.example",
            "*3",
            "set key 0 0 5",
            "PRI * HTTP/2.0",
            "\x04\x01\x13\x88\x01\x01\x01\x01",
            "HOWDY",
        ):
            with self.subTest(first=first):
                hostile = self.connect()
                hostile.send(first, *login)
                received = hostile.rest()
                self.assertEqual([each.command for each in received], ["ERROR"])
        self.ann.send("LUSERS", "PRIVMSG #c :still here")
        self.assertEqual(self.bob.until("PRIVMSG").text, "still here")
        received = self.ann.settle()
        self.assertEqual([each.params[1] for each in received if each.command == "265"], ["2"])

    def test_an_incomplete_line_before_a_reset_is_dropped(self) -> None:
        cat = self.enter("cat", channel="#c")
        cat.send_bytes(b"PRIVMSG #c :half")
        cat.reset()
        self.assertEqual(self.bob.until("QUIT").nick, "cat")
        self.assert_unharmed()

    def test_a_flood_is_slowed_down_and_not_lost(self) -> None:
        """Back-pressure instead of disconnection: 20 commands at once, then 5 a second."""
        for number in range(25):
            self.ann.send(f"PRIVMSG #c :{number}")
        received = [self.bob.until("PRIVMSG").text for _ in range(25)]
        self.assertEqual(received, [str(number) for number in range(25)])

    def test_a_refused_client_that_continues_to_send_is_hardly_read(self) -> None:
        flood = self.connect()
        # if the receive window of the server is closed, the system reports its end much later
        flood.sock.settimeout(4)
        flood.send("STARTTLS")
        sent, piece = 0, b"x" * 65536
        with self.assertRaises(OSError):
            while sent < 64 * 1024 * 1024:
                sent += flood.sock.send(piece)
        self.assert_unharmed()


class SlowReader(LiveTest):
    CONFIG = "[limits]\nflood_per_second = 0\nsend_queue = 65536"

    def test_a_client_that_never_reads_is_dropped(self) -> None:
        self.start()
        ann = self.enter("ann", channel="#c")
        bob = self.enter("bob", channel="#c")
        deaf = RawClient(self.server.port, receive_bytes=4096)
        self.addCleanup(deaf.close)
        deaf.send("NICK deaf", "USER deaf 0 * :deaf", "JOIN #c")
        bob.until("JOIN")
        text = "x" * 400
        gone = False
        for _ in range(400):
            ann.send(*[f"PRIVMSG #c :{text}"] * 50)
            received = bob.settle() + ann.settle()
            if any(each.command == "QUIT" and each.nick == "deaf" for each in received):
                gone = True
                self.assertIn(
                    "SendQ exceeded", next(each.text for each in received if each.command == "QUIT")
                )
                break
        self.assertTrue(gone, "the client that never reads is still there")


class Limits(LiveTest):
    CONFIG = "[limits]\nconnections = 2\nregistration_seconds = 1\n[server]\npassword = 'sesame'"

    def test_a_full_server_refuses_a_third_connection(self) -> None:
        self.start()
        first, second = self.connect(), self.connect()
        for client in (first, second):
            client.send("PING here")
            client.until("PONG")
        third = self.connect()
        third.send("NICK third")  # to a silent client it would speak only after some seconds
        self.assertIn("full", third.rest()[-1].text)
        first.close()

        def is_admitted() -> bool:
            again = self.connect()
            with contextlib.suppress(EOFError, ConnectionError):
                again.send("PING c")
                return again.next().command == "PONG"
            return False

        wait_until(is_admitted, "another client is admitted")

    def test_a_client_that_does_not_register_in_time_is_disconnected(self) -> None:
        self.start()
        silent = self.connect()
        silent.send("NICK ann")
        self.assertIn("Registration timed out", silent.rest()[-1].text)

    def test_a_server_password_is_required(self) -> None:
        self.start()
        ann = self.connect()
        ann.send("PASS sesame", "NICK ann", "USER ann 0 * :Ann")
        self.assertEqual(ann.until("001").params[0], "ann")
        bob = self.connect()
        bob.send("PASS wrong", "NICK bob", "USER bob 0 * :Bob")
        self.assertEqual(bob.until("464").params[-1], "Password incorrect")
        self.assertEqual(bob.rest()[-1].command, "ERROR")


class Refusals(LiveTest):
    def run_server(self, *flags: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "run_server.py"), "--data", str(self.data), *flags]
        return subprocess.run(command, capture_output=True, text=True, timeout=DEADLINE, check=False)

    def refusal(self, *flags: str) -> str:
        """Return the one line with which the server refuses to start."""
        done = self.run_server(*flags)
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)
        return done.stderr

    def test_a_port_in_use(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            words = self.refusal("--port", str(taken.getsockname()[1]))
        self.assertIn("is in use by another program; choose another port with --port", words)

    def test_a_data_folder_in_use(self) -> None:
        self.start()
        self.assertIn("another server uses the data folder", self.refusal("--port", "0"))

    def test_an_address_of_another_computer(self) -> None:
        self.assertIn(
            "is not an address of this computer", self.refusal("--host", "192.0.2.1", "--port", "0")
        )

    def test_a_bad_configuration(self) -> None:
        file = self.folder / "bad.toml"
        cases = {
            "[server]\nprot = 5": "unknown key prot in [server]",
            "[server]\nport = 'five'": "[server] port must be a whole number",
            "[sever]": "unknown section [sever]",
            "port = ": "not TOML",
            "[tls]\ncertificate = 'none.pem'": "[tls] certificate none.pem and key none.pem cannot be used",
            "[tls]\nclient_authority = 'none.pem'": "[tls] client_authority none.pem cannot be used",
        }
        for text, expected in cases.items():
            with self.subTest(text=text):
                file.write_text(text, "utf-8")
                self.assertIn(expected, self.refusal("--config", str(file)))
        self.assertIn("cannot read", self.refusal("--config", str(self.folder / "none.toml")))

    def test_a_second_server_with_other_data_beside_the_first(self) -> None:
        self.start()
        other = ServerProcess(self.folder / "other")
        self.addCleanup(self._end, other)
        client = RawClient(other.port)
        self.addCleanup(client.close)
        client.send("PING here")
        self.assertEqual(client.until("PONG").text, "here")
