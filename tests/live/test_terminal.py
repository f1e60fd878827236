"""The terminal client with a real server, in pipes and on a pseudo-terminal."""

from __future__ import annotations

import codecs
import os
import select
import signal
import subprocess
import sys
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from chatapp.protocol.tls import format_fingerprint
from tests.live.base import DEADLINE, PYTHON, ROOT, LiveTest, ProcessOutput
from tests.terminal.virtual_terminal import VirtualTerminal

if sys.platform != "win32":
    import termios

# Runs in the child before the client: makes standard input the controlling terminal.
TAKE_TERMINAL = """
import fcntl, os, sys, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.argv[1], sys.argv[1:])
"""


class Script:
    """A terminal client in pipes."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        pipe = subprocess.PIPE
        self.process = subprocess.Popen(
            command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, encoding="utf-8"
        )
        self._output = ProcessOutput(self.process.stdout)
        self.lines = self._output.lines

    def type(self, *lines: str) -> None:
        assert self.process.stdin
        self.process.stdin.write("".join(f"{line}\n" for line in lines))
        self.process.stdin.flush()

    def wait_for(self, line: str) -> None:
        """Wait for a line."""
        assert self._output.first(lambda each: each == line), f"no {line!r} in {self.lines}"

    def end(self) -> tuple[int, str]:
        """End the input and return the exit status and the error output."""
        assert self.process.stdin and self.process.stderr
        self.process.stdin.close()
        status = self.process.wait(DEADLINE)
        complaints = self.process.stderr.read()
        self._output.close()
        self.process.stderr.close()
        return status, complaints

    def kill(self) -> None:
        if self.process.returncode is None:
            self.process.kill()
            self.end()


class TerminalTest(LiveTest):
    """A terminal client without settings. An error that it logs fails the test."""

    def setUp(self) -> None:
        super().setUp()
        home = str(self.folder / "home")
        folders = {"HOME": home, "APPDATA": home, "XDG_CONFIG_HOME": home}
        self.environment = {**os.environ, **folders, "TERM": "xterm", "NO_COLOR": ""}
        self.addCleanup(self._assert_no_errors, Path(home))

    def command(self, *arguments: str) -> list[str]:
        server = f"127.0.0.1:{self.server.port}"
        return [*PYTHON, "-m", "chatapp", "terminal", "--server", server, *arguments]

    def script(self, *arguments: str) -> Script:
        script = Script(self.command(*arguments), self.environment)
        self.addCleanup(script.kill)
        return script

    def _assert_no_errors(self, home: Path) -> None:
        logged = "".join(file.read_text("utf-8") for file in home.rglob("terminal.log"))
        self.assertNotIn(" ERROR ", logged)


class Pipes(TerminalTest):
    def test_lines_are_sent_and_received(self) -> None:
        self.start()
        ann = self.enter("ann")
        keshav = self.script("--name", "Keshav")
        keshav.wait_for("Keshav joined the chat!")
        keshav.type("hello Grüße 👋", "/me waves", "/msg ann psst")
        self.assertEqual("hello Grüße 👋", ann.until("PRIVMSG").text)
        self.assertEqual("\x01ACTION waves\x01", ann.until("PRIVMSG").text)
        direct = ann.until("PRIVMSG")
        self.assertEqual(("Keshav", ("ann", "psst")), (direct.nick, direct.params))
        keshav.wait_for("Keshav (only to ann): psst")
        ann.send("PRIVMSG #general :hi \x1b[2J\x02there\x02", "PRIVMSG Keshav :yes?")
        keshav.wait_for("ann (only to you): yes?")
        self.assertEqual((0, ""), keshav.end())
        expected = [
            "Connected to server!",
            "Keshav joined the chat!",
            "Keshav: hello Grüße 👋",
            "* Keshav waves",
            "Keshav (only to ann): psst",
            "ann: hi [2Jthere",
            "ann (only to you): yes?",
        ]
        self.assertEqual(expected, keshav.lines)

    def test_files_are_sent_and_saved(self) -> None:
        self.start()
        plan, folder = self.folder / "holiday plan.pdf", self.folder / "saved"
        plan.write_bytes(os.urandom(300_000))
        keshav, ben = self.script("--name", "Keshav"), self.script("--name", "Ben")
        for script, name in ((keshav, "Keshav"), (ben, "Ben")):
            script.wait_for(f"{name} joined the chat!")
        keshav.type(f'/send "{plan}" look')
        self.assertEqual((0, ""), keshav.end())
        ben.wait_for("Keshav: look")
        ben.type("/files", f"/save 1 {folder}", "/save 2")
        status, complaints = ben.end()
        self.assertEqual((1, "There is no file 2 here. /files lists them.\n"), (status, complaints))
        self.assertIn(f"-- holiday plan.pdf is saved: {folder / plan.name}", ben.lines)
        self.assertEqual(plan.read_bytes(), (folder / plan.name).read_bytes())
        self.assertTrue(
            any(each.startswith("-- 1  holiday plan.pdf · 300 kB · Keshav · ") for each in ben.lines)
        )

    def test_the_first_line_answers_the_question_for_a_name(self) -> None:
        self.start()
        keshav = self.script()
        keshav.wait_for("Choose a username:")
        keshav.type("Keshav")
        keshav.wait_for("Keshav joined the chat!")
        self.assertEqual((0, ""), keshav.end())

    def test_lines_go_to_the_requested_channel(self) -> None:
        self.start()
        ann = self.enter("ann", channel="#club")
        keshav = self.script("--name", "Keshav", "--channel", "club")
        keshav.type("hello club")
        self.assertEqual(("#club", "hello club"), ann.until("PRIVMSG").params)
        self.assertEqual((0, ""), keshav.end())
        self.assertIn("#general Keshav joined the chat!", keshav.lines)
        self.assertEqual(["Keshav joined the chat!", "Keshav: hello club"], keshav.lines[-2:])

    def test_a_failure_is_one_line_and_an_exit_status(self) -> None:
        self.start()
        self.enter("ann")
        nowhere = ["--server", "127.0.0.1:1"]
        for arguments, typed, status, expected in [
            (["--name", "ann"], (), 2, "The name ann is already in use.\n"),
            (
                ["--name", "bob", *nowhere],
                (),
                2,
                "127.0.0.1 can be reached, but no server answers on port 1.\n",
            ),
            ([], (), 2, "A name is required: pass --name NAME.\n"),
            (["--name", "bob"], ("/nope",), 1, "There is no command /nope."),
            (["--name", "bob"], ("/msg nobody psst",), 1, ""),
        ]:
            with self.subTest(arguments, typed=typed):
                script = self.script(*arguments)
                script.type(*typed)
                found, complaints = script.end()
                self.assertEqual(status, found)
                self.assertTrue(complaints.startswith(expected), complaints)
                self.assertLessEqual(complaints.count("\n"), 1)

    def test_an_invite_link_leads_to_its_server_only(self) -> None:
        self.start()
        fingerprint = self.server.fingerprint
        link = f"ircs://127.0.0.1:{self.server.port}/club?pin=sha256:"
        keshav = self.script("--name", "Keshav", "--server", link + fingerprint)
        keshav.wait_for("Keshav joined the chat!")
        self.assertEqual((0, ""), keshav.end())
        script = self.script("--name", "Keshav", "--server", link + "0" * 64)
        status, complaints = script.end()
        self.assertEqual((2, []), (status, script.lines))
        expected = f"Another chat runs on port {self.server.port}. "
        self.assertTrue(complaints.startswith(expected), complaints)
        self.assertIn(format_fingerprint(fingerprint), complaints)

    def test_a_killed_server_loses_no_line_and_duplicates_none(self) -> None:
        server = self.start()
        keshav, dee = self.script("--name", "Keshav"), self.script("--name", "Dee")
        keshav.wait_for("Keshav joined the chat!")
        dee.wait_for("Dee joined the chat!")
        keshav.type("one", "two")
        dee.wait_for("Keshav: two")
        keshav.type(*(f"in mid-traffic {number}" for number in range(15)))
        server.kill()
        keshav.type("three")
        self.start(port=server.port)
        dee.wait_for("-- Connected again.")
        dee.wait_for("Keshav: three")
        self.assertEqual((0, ""), keshav.end())
        self.assertEqual((0, ""), dee.end())
        sent = ["one", "two", *(f"in mid-traffic {number}" for number in range(15)), "three"]
        for script in (keshav, dee):
            received = [line for line in script.lines if line.startswith("Keshav: ")]
            self.assertEqual([f"Keshav: {text}" for text in sent], received)


class TerminalWindow:
    """The client on a pseudo-terminal. Its output goes to a virtual terminal."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.screen = VirtualTerminal(60, 12)
        self._master, slave = os.openpty()
        termios.tcsetwinsize(slave, (12, 60))
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            [sys.executable, "-c", TAKE_TERMINAL, *command],
            cwd=ROOT,
            env=environment,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
        )
        self._slave = slave
        self._decoder = codecs.getincrementaldecoder("utf-8")()

    def type(self, text: str) -> None:
        os.write(self._master, text.encode())

    def until(self, seen: Callable[[list[str]], bool]) -> None:
        """Read until the rows satisfy a condition."""
        end = time.monotonic() + DEADLINE
        while not seen(self.screen.rows):
            assert time.monotonic() < end, "\n".join(self.screen.rows)
            self._read(1.0)

    def row(self, text: str) -> None:
        """Wait for a row, with or without its time."""
        self.until(lambda rows: any(text in (row, row[6:]) for row in rows))

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(columns, rows)
        termios.tcsetwinsize(self._slave, (rows, columns))

    def end(self) -> int:
        """Wait until the client has ended."""
        end = time.monotonic() + DEADLINE
        while self.process.poll() is None and time.monotonic() < end:
            self._read(0.05)
        self._read(0)
        return self.process.wait(0)

    def settings(self) -> list[object]:
        """Return the settings of the terminal."""
        return list(termios.tcgetattr(self._slave))

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(DEADLINE)
        os.close(self._master)
        os.close(self._slave)

    def _read(self, seconds: float) -> None:
        while select.select([self._master], [], [], seconds)[0]:
            self.screen.write(self._decoder.decode(os.read(self._master, 65536)))
            seconds = 0


@unittest.skipIf(sys.platform == "win32", "Python has no pseudo-terminals on Windows")
class Terminals(TerminalTest):
    def window(self, *arguments: str) -> TerminalWindow:
        window = TerminalWindow(self.command(*arguments), self.environment)
        self.addCleanup(window.close)
        return window

    def test_a_user_chats_and_leaves_with_ctrl_c(self) -> None:
        self.start()
        ann = self.enter("ann")
        window = self.window()
        window.row("Choose a username:")
        window.type("Keshav\r")
        window.row("Connected to server!")
        window.row("Keshav joined the chat!")
        window.type("half a li")
        window.row("[#general] half a li")
        ann.send("PRIVMSG #general :hello there")
        window.row("ann: hello there")
        window.type("ne 👋\r")
        self.assertEqual("half a line 👋", ann.until("PRIVMSG").text)
        window.row("Keshav: half a line 👋")
        window.type("\x03")
        self.assertEqual(0, window.end())
        self.assertEqual(window.before, window.settings())
        self.assertEqual({"25"}, window.screen.modes)  # only the cursor is still visible
        self.assertEqual("Keshav", ann.until("QUIT").nick)

    def test_ctrl_c_ends_it_also_if_the_program_that_started_it_ignores_ctrl_c(self) -> None:
        """A shell script starts its background jobs so, and they hand it on to what they start."""
        self.start()
        before = signal.signal(signal.SIGINT, signal.SIG_IGN)
        self.addCleanup(signal.signal, signal.SIGINT, before)
        window = self.window("--name", "Keshav")
        window.row("Keshav joined the chat!")
        window.type("\x03")
        self.assertEqual(0, window.end())

    def test_a_resized_terminal_is_redrawn(self) -> None:
        self.start()
        ann = self.enter("ann")
        window = self.window("--name", "Keshav")
        window.row("Keshav joined the chat!")
        ann.send("PRIVMSG #general :some words that are long enough")
        window.row("ann: some words that are long enough")
        window.resize(30, 8)
        window.row("      long enough")
        window.type("\x04")
        self.assertEqual(0, window.end())

    def test_after_a_taken_name_another_one_is_asked_for(self) -> None:
        self.start()
        self.enter("Keshav")
        window = self.window("--name", "Keshav")
        window.until(lambda rows: "Choose a username: [Keshav_2]" in "".join(rows))
        window.type("\r")
        window.row("Keshav_2 joined the chat!")
        window.type("/quit\r")
        self.assertEqual(0, window.end())

    def test_a_guest_who_returns_sees_the_channel_and_unread_messages(self) -> None:
        self.start()
        ann = self.enter("ann", channel="#club")
        window = self.window("--name", "Keshav")
        window.row("Keshav joined the chat!")
        window.type("/join #club\r")
        window.row("[#club]")
        ann.until("JOIN")
        ann.send("PRIVMSG #club :seen")
        window.row("ann: seen")
        window.process.send_signal(signal.SIGTERM)
        self.assertEqual(0, window.end())
        ann.send("PRIVMSG #club :missed", "PRIVMSG #general :elsewhere")
        ann.settle()
        window = self.window("--name", "Keshav")
        window.row("[#club]")
        window.row("ann: missed")
        window.until(lambda rows: any("2:#general 1" in row for row in rows))
        window.type("/quit\r")
        self.assertEqual(0, window.end())

    def test_the_client_reconnects_after_the_server_was_killed(self) -> None:
        server = self.start()
        window = self.window("--name", "Keshav")
        window.row("Keshav joined the chat!")
        server.kill()
        window.until(lambda rows: "Trying to connect again…" in " ".join(map(str.strip, rows)))
        window.type("said meanwhile\r")
        window.row("said meanwhile  (waiting)")
        self.start(port=server.port)
        window.row("-- Connected again.")
        window.row("Keshav: said meanwhile")
        window.until(lambda rows: sum("said meanwhile" in row for row in rows) == 1)
        window.process.send_signal(signal.SIGTERM)
        self.assertEqual(0, window.end())
        self.assertEqual(window.before, window.settings())
