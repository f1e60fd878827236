"""Running a real server: the owner password, moderation, backups, a changed configuration, a bug."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import unittest
from contextlib import closing

from chatapp.server.storage.schema import MIGRATIONS
from tests.live.base import DEADLINE, ROOT, LiveTest, RawClient, ServerProcess


class OperationTest(LiveTest):
    def run_tool(self, *words: str, status: int = 0) -> str:
        """Run `run_server.py …` and return its output, or the error output if it fails."""
        command = [sys.executable, str(ROOT / "run_server.py"), *words]
        done = subprocess.run(
            command, cwd=self.folder, capture_output=True, text=True, timeout=DEADLINE, check=False
        )
        self.assertEqual(done.returncode, status, done.stderr)
        return done.stderr if status else done.stdout

    def become_owner(self, client: RawClient) -> None:
        password = self.server.printed("Owner password").rpartition(" ")[2]
        client.send(f"OPER owner {password}")
        self.assertEqual(client.until("381").params[-1], "You are now an IRC operator")


class CommandLine(OperationTest):
    def test_help_names_the_command_that_lists_the_options(self) -> None:
        help_text = " ".join(self.run_tool("--help").split())
        self.assertIn("like --lan, --port, --data: see serve --help", help_text)
        options = self.run_tool("serve", "--help")
        for option in ("--host", "--port", "--lan", "--data", "--config", "--log-level"):
            with self.subTest(option):
                self.assertIn(option, options)

    def test_a_start_that_fails_prints_one_line(self) -> None:
        file = self.folder / "bad.toml"
        file.write_text("[server]\nprt = 5\n")
        for arguments, expected in (
            (("--config", str(file)), "unknown key prt in [server]"),
            (("--config", str(self.folder / "none.toml")), "cannot read"),
            (
                ("--data", str(self.folder / "new"), "--host", "192.0.2.1"),
                "is not an address of this computer",
            ),
            (("--port", "x"), "must be a whole number from 0 to 65535, not 'x'"),
            (("--frob",), "unrecognized arguments: --frob"),
            (("account", "frob"), "invalid choice: 'frob'"),
        ):
            with self.subTest(arguments):
                complaint = self.run_tool(*arguments, status=2)
                self.assertIn(expected, complaint)
                self.assertEqual(complaint.count("\n"), 1)


class Owners(OperationTest):
    def test_only_the_first_start_shows_the_owner_password(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.become_owner(ann)
        ann.send("KILL ann :Done")
        ann.rest()
        self.server.stop()
        self.assertRegex("\n".join(self.server.lines), "type in the chat: /OPER owner [-a-z2-9]{19}")
        self.start()
        self.assertEqual([line for line in self.server.lines if "password" in line], [])

    def test_the_owner_password_may_be_written_to_a_file(self) -> None:
        file = self.folder / "owner"
        self.FLAGS = ("--owner-password-file", str(file))
        self.start()
        ann = self.enter("ann")
        ann.send(f"OPER owner {file.read_text().strip()}")
        ann.until("381")
        if os.name == "posix":
            self.assertEqual(file.stat().st_mode & 0o777, 0o600)
        self.assertEqual([line for line in self.server.lines if "assword" in line], [])

    def test_an_owner_password_that_cannot_be_written_is_printed(self) -> None:
        self.FLAGS = ("--owner-password-file", str(self.folder / "nowhere" / "owner"))
        self.start()
        self.become_owner(self.enter("ann"))

    def test_a_failed_start_does_not_consume_the_owner_password(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = str(taken.getsockname()[1])
            self.run_tool("--port", port, "--data", str(self.data), status=2)
        self.start()
        self.become_owner(self.enter("ann"))

    def health(self) -> list[str]:
        """Return the lines of `GET /health`."""
        with closing(socket.create_connection(("127.0.0.1", self.server.port), DEADLINE)) as browser:
            browser.sendall(b"GET /health HTTP/1.0\r\n\r\n")
            answer = b""
            while more := browser.recv(4096):
                answer += more
        return answer.decode().partition("\r\n\r\n")[2].splitlines()

    def test_a_new_name_is_shown_at_once_and_after_a_restart(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.become_owner(ann)
        ann.send("SETTING name :Room 12")
        self.assertIn(r"NETWORK=Room\x2012", ann.until("005").params)
        ann.settle()
        self.assertEqual(self.health(), ["ok", "Room 12"])
        self.server.stop()
        self.start()
        self.assertEqual(self.health(), ["ok", "Room 12"])

    def test_sharing_is_switched_without_disconnecting_anyone(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.become_owner(ann)
        for word in ("on", "off"):
            ann.send(f"SETTING sharing {word}")
            self.assertEqual(ann.until("NOTE").params[1:], ("CHANGED", "sharing", "set", word))
        bob = self.enter("bob", channel="#room")
        bob.send("PRIVMSG ann :still here")
        self.assertEqual(ann.until("PRIVMSG").text, "still here")

    def test_stop_sends_a_farewell_and_ends_with_status_0(self) -> None:
        self.start()
        ann, bob = self.enter("ann", channel="#room"), self.enter("bob", channel="#room")
        self.become_owner(ann)
        bob.send("PRIVMSG #room :the last words")
        ann.until("PRIVMSG")
        ann.send("STOP :Good night")
        self.assertEqual(bob.until("ERROR").text, "The server was stopped by ann: Good night")
        for client in self.server.clients:
            client.finish()
        self.assertEqual(self.server.wait(), 0)
        self.start()
        cleo = self.enter("cleo", caps="draft/chathistory batch", channel="#room")
        cleo.send("CHATHISTORY LATEST #room * 10")
        self.assertEqual(cleo.until("PRIVMSG").text, "the last words")

    def test_bans_and_lockdown_apply_to_new_connections(self) -> None:
        self.start()
        ann, bob, eve = self.enter("ann"), self.enter("bob"), self.enter("eve")
        self.become_owner(ann)
        ann.send("BAN eve!*@* 1h :Spam", "PRIVMSG #general :quiet now")
        self.assertEqual(eve.until("465").params[-1][-6:], ": Spam")
        self.assertEqual(eve.rest()[-1].text, "Banned: Spam")
        self.assertEqual(bob.until("PRIVMSG").text, "quiet now")
        again = self.connect()
        again.send("NICK eve", "USER eve 0 * :Eve")
        self.assertEqual(again.rest()[-1].text, "Banned: Spam")
        ann.send("REGISTER * * :a long sesame")
        ann.until("REGISTER")
        ann.send("LOCKDOWN on")
        self.assertEqual(bob.rest()[-1].text, "The server is closed to guests now")
        ann.settle()
        self.server.kill()
        self.start()
        guest = self.connect()
        guest.send("NICK guest", "USER guest 0 * :Guest")
        self.assertIn("This server is for members", guest.rest()[-1].text)
        log = self.run_tool("log", "--data", str(self.data))
        self.assertRegex(log, r"(?m)^\S+Z  ann: BAN eve!\*@\*  until \S+: Spam$")
        self.assertEqual(
            re.findall(r"ann: (\S+ \S+)", log), ["OPER owner", "BAN eve!*@*", "LOCKDOWN chatapp.local"]
        )


class Backups(OperationTest):
    def test_a_server_can_start_from_a_backup_of_a_database_in_use(self) -> None:
        self.start()
        ann = self.enter("ann", channel="#class")
        ann.send("TOPIC #class :Exam on Friday", "PRIVMSG #class :hello")
        ann.settle()
        other = self.folder / "other"
        other.mkdir()
        copy = other / "chatapp.db"
        words = ("backup", str(copy), "--data", str(self.data))
        self.assertIn("Copied to ", self.run_tool(*words))
        self.assertIn("exists already", self.run_tool(*words, status=2))
        ann.send("TOPIC #class :Later", "PRIVMSG #class :still here")
        ann.settle()
        server = ServerProcess(other)
        self.addCleanup(self._end, server)
        bob = RawClient(server.port)
        self.addCleanup(bob.close)
        bob.send("NICK bob", "USER bob 0 * :Bob", "JOIN #class")
        self.assertEqual(bob.until("332").text, "Exam on Friday")

    def test_an_older_database_is_copied_before_it_is_migrated(self) -> None:
        self.data.mkdir()
        with closing(sqlite3.connect(self.data / "chatapp.db")) as database:
            database.executescript(f"{MIGRATIONS[0]} PRAGMA user_version = 1;")
        self.start()
        self.assertTrue((self.data / "chatapp-version-1.db").is_file())
        self.enter("ann").settle()

    def test_a_newer_database_is_refused_with_a_reason(self) -> None:
        self.data.mkdir()
        with closing(sqlite3.connect(self.data / "chatapp.db")) as database:
            database.execute("PRAGMA user_version = 999")
        words = self.run_tool("--port", "0", "--data", str(self.data), status=2)
        self.assertEqual(len(words.splitlines()), 1)
        self.assertIn("it has version 999", words)


class Configuration(OperationTest):
    CONFIG = "[server]\nmotd = 'Old'"

    def rewrite(self, text: str) -> None:
        (self.folder / "chat.toml").write_text(text, "utf-8")

    def test_the_configuration_is_printed_and_checked(self) -> None:
        text = self.run_tool("config")
        self.rewrite(text)
        self.assertIn("is valid", self.run_tool("config", "--check", "chat.toml"))
        self.rewrite(text.replace("nick = 32", "nick = 0"))
        words = self.run_tool("config", "--check", "chat.toml", status=2)
        self.assertIn("[limits] nick must be a whole number from 1 to 64, not 0", words)

    @unittest.skipUnless(hasattr(signal, "SIGHUP"), "there is no SIGHUP on this system")
    def test_sighup_reloads_it_and_an_error_does_not_replace_the_old_one(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.rewrite("[server]\nmotd = 'New'")
        self.server.process.send_signal(signal.SIGHUP)
        self.server.printed("The configuration was loaded again")
        ann.send("MOTD")
        self.assertEqual(ann.until("372").text, "- New")
        self.rewrite("[server]\nmotto = 'Newer'")
        self.server.process.send_signal(signal.SIGHUP)
        words = self.server.printed("The configuration was not changed: ")
        self.assertIn("unknown key motto in [server]", words)
        ann.send("MOTD")
        self.assertEqual(ann.until("372").text, "- New")

    def test_rehash_changes_the_limits_for_new_connections(self) -> None:
        self.start()
        ann = self.enter("ann")
        self.become_owner(ann)
        self.rewrite("[limits]\nconnections = 1\n[tls]\nmode = 'off'")
        ann.send("REHASH")
        ann.until("382")
        ann.settle()
        self.assertIn("full", self.connect().rest()[-1].text)


class Bug(LiveTest):
    """When a bug stops the core, the process ends too, so that a service manager restarts it."""

    SCRIPT = """
import sys
from chatapp.server.cli.main import main
from chatapp.server.core.loop import Core

def turn(self, arrivals):
    if arrivals:
        raise ZeroDivisionError("a bug for a test")

Core.turn = turn
sys.exit(main(sys.argv[1:]))
"""

    def test_a_bug_in_the_core_is_logged_and_ends_the_process_with_status_1(self) -> None:
        command = [sys.executable, "-c", self.SCRIPT, "--port", "0", "--data", str(self.data)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            before = iter(process.stdout.readline, "")
            port = next(line for line in before if line.startswith("Listening on ")).split()[-1]
            client = RawClient(int(port))
            self.addCleanup(client.close)
            output, _ = process.communicate(timeout=DEADLINE)
        self.assertEqual(process.returncode, 1)
        self.assertIn("a bug in the core: the server ends", output)
        self.assertIn("ZeroDivisionError: a bug for a test", output)


if __name__ == "__main__":
    unittest.main()
