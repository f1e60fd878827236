"""The console on a real pseudo-terminal."""

from __future__ import annotations

import os
import select
import signal
import sys
import unittest
from unittest import mock

from chatapp.terminal.key_parser import PASTE_OFF, PASTE_ON
from tests.terminal.standard_streams import StandardStreamsTest
from tests.waiting import PATIENCE

if sys.platform == "win32":
    raise unittest.SkipTest("Windows has no pseudo-terminals in Python")
assert sys.platform != "win32"  # mypy for Windows stops here

import termios  # noqa: E402

from chatapp.terminal.posix_console import Console, wait_readable  # noqa: E402


class OnATerminal(StandardStreamsTest):
    def setUp(self) -> None:
        self.user = self.open_terminal(columns=33, rows=7)
        self.is_open = True
        self.addCleanup(self.hang_up)

    def hang_up(self) -> None:
        if self.is_open:
            self.is_open = False
            os.close(self.user)

    def type(self, data: bytes) -> None:
        os.write(self.user, data)

    def assertWritten(self, expected: bytes) -> None:
        """Check the next output of the terminal, which may arrive in pieces."""
        written = b""
        while len(written) < len(expected) and select.select([self.user], [], [], PATIENCE)[0]:
            written += os.read(self.user, 1024)
        self.assertEqual(expected, written)

    def settings(self) -> object:
        return termios.tcgetattr(sys.stdin.fileno())

    def test_each_key_is_delivered_at_once_and_not_echoed(self) -> None:
        with Console() as console:
            self.assertWritten(PASTE_ON.encode())
            self.type(b"a\r\x1a\x16")
            self.assertEqual("a\r\x1a\x16", console.read(1.0))
            console.write("no echo before this")
            self.assertWritten(b"no echo before this")

    def test_ctrl_c_still_interrupts(self) -> None:
        with Console():
            flags = termios.tcgetattr(sys.stdin.fileno())[3]
            self.assertTrue(flags & termios.ISIG)

    def test_the_terminal_is_restored_even_after_an_error(self) -> None:
        before = self.settings()
        with self.assertRaises(RuntimeError), Console():
            self.assertNotEqual(before, self.settings())
            raise RuntimeError
        self.assertEqual(before, self.settings())
        self.assertWritten((PASTE_ON + PASTE_OFF).encode())

    def test_without_keys_there_is_nothing_to_read(self) -> None:
        with Console() as console:
            self.assertEqual("", console.read(0))
            self.assertFalse(wait_readable(0))

    def test_a_character_may_arrive_in_pieces(self) -> None:
        with Console() as console:
            for piece, text in [(b"\xc3", ""), (b"\xbc", "ü"), (b"\xff", "\ufffd")]:
                self.type(piece)
                self.assertEqual(text, console.read(1.0))

    def test_a_closed_terminal_ends_the_input(self) -> None:
        console = Console()
        self.hang_up()
        with self.assertRaises(EOFError):
            console.read(1.0)

    def test_the_size_is_that_of_the_terminal(self) -> None:
        self.assertEqual((33, 7), Console().size())

    def test_a_terminal_without_a_size_counts_as_80_by_24(self) -> None:
        termios.tcsetwinsize(sys.stdout.fileno(), (0, 0))
        self.assertEqual((80, 24), Console().size())

    def test_suspending_restores_the_terminal_while_the_process_is_stopped(self) -> None:
        before = self.settings()
        stopped: list[object] = []

        def stop(process: int, number: int) -> None:
            self.assertEqual((0, signal.SIGTSTP), (process, number))
            stopped.append(self.settings())

        with Console() as console, mock.patch.object(os, "kill", stop):
            raw = self.settings()
            console.suspend()
            self.assertEqual(raw, self.settings())
        self.assertEqual([before], stopped)
