"""The console of Windows, with fakes for msvcrt and kernel32."""

from __future__ import annotations

import ctypes
import importlib
import io
import sys
import time
import unittest
from collections import deque
from types import ModuleType
from typing import Any
from unittest import mock

if sys.platform == "win32":
    raise unittest.SkipTest("The fakes stand for modules that exist on Windows only")

MODULE = "chatapp.terminal.windows_console"
CONSOLE_MODE = 3
VIRTUAL_TERMINAL = 4


class FakeKeyboard(ModuleType):
    """Replaces msvcrt: UTF-16 code units are read one by one."""

    def __init__(self) -> None:
        super().__init__("msvcrt")
        self.typed: deque[str] = deque()

    def kbhit(self) -> bool:
        return bool(self.typed)

    def getwch(self) -> str:
        return self.typed.popleft()

    def get_osfhandle(self, descriptor: int) -> int:
        return 1000 + descriptor


class FakeKernel:
    """Replaces kernel32: one console, and one pipe as standard input."""

    def __init__(self) -> None:
        self.modes: list[int] = []
        self.is_open_pipe = True
        self.available = 0

    def GetStdHandle(self, number: int) -> int:
        assert number == -11, "only standard output is used"
        return 7

    def GetConsoleMode(self, handle: Any, mode: Any) -> int:
        mode._obj.value = CONSOLE_MODE
        return 1

    def SetConsoleMode(self, handle: Any, mode: int) -> int:
        assert handle.value == 7
        self.modes.append(mode)
        return 1

    def PeekNamedPipe(
        self, handle: Any, _buffer: None, _size: int, _read: None, total: Any, _left: None
    ) -> int:
        assert handle.value == 1000
        total._obj.value = self.available
        return int(self.is_open_pipe)


class FakeStdin:
    def __init__(self, is_terminal: bool) -> None:
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal

    def fileno(self) -> int:
        return 0


class WindowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.keyboard, self.kernel = FakeKeyboard(), FakeKernel()
        self.clock = 0.0
        self.patch(mock.patch.dict(sys.modules, {"msvcrt": self.keyboard}))
        self.patch(mock.patch.object(ctypes, "WinDLL", lambda name: self.kernel, create=True))
        self.patch(mock.patch.object(time, "monotonic", lambda: self.clock))
        self.patch(mock.patch.object(time, "sleep", self.sleep))
        self.patch(mock.patch.object(sys, "stdin", FakeStdin(is_terminal=True)))
        sys.modules.pop(MODULE, None)
        with mock.patch.object(sys, "platform", "win32"):
            self.module = importlib.import_module(MODULE)
        self.addCleanup(sys.modules.pop, MODULE)

    def patch(self, patch: Any) -> None:
        patch.start()
        self.addCleanup(patch.stop)

    def sleep(self, seconds: float) -> None:
        self.clock += seconds

    def read(self, typed: str) -> str:
        """Return the input that the console makes of the characters from msvcrt."""
        units = typed.encode("utf-16-le", "surrogatepass")
        self.keyboard.typed.extend(
            units[at : at + 2].decode("utf-16-le", "surrogatepass") for at in range(0, len(units), 2)
        )
        read: str = self.module.Console().read(1.0)
        return read


class Keys(WindowsTest):
    def test_text_is_read_as_it_was_typed(self) -> None:
        for typed in ("hello\r", "Grüße", "👋🏽"):
            with self.subTest(typed):
                self.assertEqual(typed, self.read(typed))

    def test_special_keys_become_the_sequences_of_other_terminals(self) -> None:
        for typed, sequence in {
            "\xe0H": "\x1b[A",
            "\xe0P": "\x1b[B",
            "\x00K": "\x1b[D",
            "\xe0S": "\x1b[3~",
            "\xe0s": "\x1b[1;5D",
            "\x00\x0f": "\x1b[Z",
            "\x00x": "\x1b1",
            "\x00\x81": "\x1b0",
            "\x00;": "",  # F1 is not used
        }.items():
            with self.subTest(typed):
                self.assertEqual(f"a{sequence}b", self.read(f"a{typed}b"))

    def test_the_character_that_begins_special_keys_can_be_typed(self) -> None:
        self.assertEqual("\xe0", self.read("\xe0"))

    def test_half_of_a_surrogate_pair_is_replaced(self) -> None:
        self.assertEqual("\ufffd", self.read("\ud83d"))

    def test_ctrl_c_interrupts(self) -> None:
        self.assertRaises(KeyboardInterrupt, self.read, "\x03")

    def test_without_a_key_reading_ends_after_its_timeout(self) -> None:
        self.assertEqual("", self.module.Console().read(0.5))
        self.assertAlmostEqual(0.5, self.clock, delta=0.02)


class Input(WindowsTest):
    def setUp(self) -> None:
        super().setUp()
        self.patch(mock.patch.object(sys, "stdin", FakeStdin(is_terminal=False)))

    def test_a_pipe_is_readable_when_it_holds_bytes(self) -> None:
        self.assertFalse(self.module.wait_readable(0))
        self.kernel.available = 1
        self.assertTrue(self.module.wait_readable(0))

    def test_a_file_or_a_closed_pipe_is_always_readable(self) -> None:
        self.kernel.is_open_pipe = False
        self.assertTrue(self.module.wait_readable(0))

    def test_bytes_that_arrive_while_waiting_end_the_wait(self) -> None:
        def sleep(seconds: float) -> None:
            self.clock += seconds
            self.kernel.available = 1

        with mock.patch.object(time, "sleep", sleep):
            self.assertTrue(self.module.wait_readable(10))
        self.assertLess(self.clock, 1)


class Output(WindowsTest):
    def test_escape_sequences_are_enabled_until_the_console_is_closed(self) -> None:
        with self.module.Console():
            self.assertEqual([CONSOLE_MODE | VIRTUAL_TERMINAL], self.kernel.modes)
        self.assertEqual([CONSOLE_MODE | VIRTUAL_TERMINAL, CONSOLE_MODE], self.kernel.modes)

    def test_the_mode_is_restored_after_an_error(self) -> None:
        with self.assertRaises(RuntimeError), self.module.Console():
            raise RuntimeError
        self.assertEqual(CONSOLE_MODE, self.kernel.modes[-1])

    def test_text_is_written_at_once(self) -> None:
        output = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
        with mock.patch.object(sys, "stdout", output):
            self.module.Console().write("\x1b[1mhi\x1b[m")
        self.assertEqual(b"\x1b[1mhi\x1b[m", output.buffer.getvalue())

    def test_suspending_does_nothing(self) -> None:
        self.assertIsNone(self.module.Console().suspend())
        self.assertEqual([], self.kernel.modes)
