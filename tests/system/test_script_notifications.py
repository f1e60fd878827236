"""Notifications by a script, for which programs of the test stand."""

from __future__ import annotations

import sys
import threading
import unittest
from queue import SimpleQueue

from chatapp.system.notice import Notice
from chatapp.system.script_notifications import (
    APPLE_SCRIPT,
    BALLOON_TEXT,
    BALLOON_TITLE,
    CLICKED,
    MOST_PROCESSES,
    POWER_SHELL,
    NoticeCommand,
    ScriptNotifier,
    apple_command,
    windows_command,
)
from tests.waiting import wait_until

DEADLINE = 10.0  # seconds
EVIL = '"; $(id) `id` \'; rm -rf ~; do shell script "id" & \\'
PRINT = "import os; print(os.environ['TITLE'])"


def command(program: str, notice: Notice) -> NoticeCommand:
    return NoticeCommand([sys.executable, "-c", program], {"TITLE": notice.title})


RUN_ON = "import threading; threading.Event().wait()"  # until the program is ended


class CommandTest(unittest.TestCase):
    def test_texts_are_never_a_part_of_the_script(self) -> None:
        apple, windows = (make(Notice("1", EVIL, EVIL)) for make in (apple_command, windows_command))
        scripts = [
            each for flag, each in zip(apple.arguments, apple.arguments[1:], strict=False) if flag == "-e"
        ]
        self.assertEqual(tuple(scripts), APPLE_SCRIPT)
        self.assertEqual(apple.arguments[-3:], ["--", EVIL, EVIL])
        self.assertEqual(windows.arguments[-1], POWER_SHELL)
        self.assertEqual(set(windows.variables.values()), {EVIL})

    def test_the_script_for_windows_has_no_quotes_that_its_command_line_would_change(self) -> None:
        self.assertNotIn('"', POWER_SHELL)
        self.assertIn(f"'{CLICKED}'", POWER_SHELL)

    def test_a_leading_dash_is_no_option(self) -> None:
        self.assertEqual(apple_command(Notice("1", "-e", "--help")).arguments[-3:], ["--", "-e", "--help"])

    def test_texts_are_safe_and_as_short_as_windows_demands(self) -> None:
        variables = windows_command(Notice("1", "x" * 10_000 + "\0", "y\0" * 10_000)).variables
        self.assertEqual(len(variables["CHATAPP_NOTICE_TITLE"]), BALLOON_TITLE)
        self.assertLessEqual(len(variables["CHATAPP_NOTICE_TEXT"]), BALLOON_TEXT)
        self.assertNotIn("\0", "".join(variables.values()))
        self.assertEqual(windows_command(Notice("1", "ben", "")).variables["CHATAPP_NOTICE_TEXT"], " ")


class ScriptNotifierTest(unittest.TestCase):
    def setUp(self) -> None:
        self.clicks: SimpleQueue[str] = SimpleQueue()

    def notifier(self, program: str) -> ScriptNotifier:
        notifier = ScriptNotifier(self.clicks.put, lambda notice: command(program, notice))
        self.addCleanup(self.wait)
        self.addCleanup(notifier.stop)
        return notifier

    def wait(self) -> None:
        """Wait until the programs have ended and were waited for."""
        for thread in threading.enumerate():
            if thread.name == "notification":
                thread.join(DEADLINE)
                self.assertFalse(thread.is_alive())

    def test_what_the_program_says_tells_whether_it_was_clicked(self) -> None:
        notifier = self.notifier(PRINT)
        notifier.show(Notice("closed", "closed", ""))
        self.wait()
        notifier.show(Notice("general", CLICKED, ""))
        self.assertEqual(self.clicks.get(timeout=DEADLINE), "general")
        self.assertTrue(self.clicks.empty())
        self.assertEqual(notifier.state, "ready")

    def test_without_the_program_nothing_can_be_shown(self) -> None:
        notifier = ScriptNotifier(self.clicks.put, lambda notice: NoticeCommand(["no-such-program"], {}))
        notifier.show(Notice("1", "ben", "hello"))
        self.wait()
        self.assertEqual(notifier.state, "absent")
        again = ScriptNotifier(self.clicks.put, lambda notice: NoticeCommand(["no-such-program"], {}))
        again.check()
        self.assertEqual(again.state, "absent")

    def test_the_program_is_found(self) -> None:
        notifier = self.notifier(PRINT)
        notifier.check()
        self.assertEqual(notifier.state, "ready")

    def test_the_end_ends_programs_that_still_show_something(self) -> None:
        notifier = self.notifier(f"print('started', flush=True); {RUN_ON}")
        notifier.show(Notice("1", "ben", ""))
        wait_until(lambda: notifier.shown, "a program shows the notification")
        notifier.stop()
        self.wait()
        self.assertEqual(notifier.shown, [])

    def test_programs_that_are_being_started_count_and_are_ended_too(self) -> None:
        may_start = threading.Event()

        def slow_command(notice: Notice) -> NoticeCommand:
            may_start.wait(DEADLINE)
            return command(RUN_ON, notice)

        notifier = ScriptNotifier(self.clicks.put, slow_command)
        for number in range(MOST_PROCESSES + 3):
            notifier.show(Notice(str(number), "ben", ""))
        starting = [thread for thread in threading.enumerate() if thread.name == "notification"]
        self.assertEqual(MOST_PROCESSES, len(starting))
        notifier.stop()
        may_start.set()
        self.wait()
        self.assertEqual([], notifier.shown)

    def test_only_some_are_shown_at_the_same_time(self) -> None:
        notifier = self.notifier(RUN_ON)
        for number in range(MOST_PROCESSES + 3):
            notifier.show(Notice(str(number), "ben", ""))
            while len(notifier.shown) < min(number + 1, MOST_PROCESSES):
                pass
        self.assertEqual(notifier.shown, [str(number) for number in range(MOST_PROCESSES)])
        notifier.close("2")
        while "2" in notifier.shown:
            pass
