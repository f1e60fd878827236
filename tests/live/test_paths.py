"""Files and folders that are unusable, or whose names are not UTF-8: one error line, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from tests.live.base import DEADLINE, ROOT, LiveTest

NOT_UTF8 = os.fsdecode(b"jos\xe9")
ASCII = {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
STRICT = {"PYTHONIOENCODING": "utf-8:strict"}
WITHOUT_HOME = """
import pwd, runpy, sys
def nobody(*_): raise KeyError("no such user")
pwd.getpwuid = pwd.getpwnam = nobody
sys.argv = sys.argv[1:]
sys.path.insert(0, ".")
(runpy.run_module if sys.argv[0] == "chatapp" else runpy.run_path)(sys.argv[0], run_name="__main__")
"""
LOCATIONS = ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "DISPLAY", "WAYLAND_DISPLAY")


class PathTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.file = self.folder / "file"
        self.file.write_text("x")

    def run_python(self, *words: str, typed: str = "", **environment: str) -> tuple[int, str]:
        """Run Python and return the exit status and all output."""
        environ = {name: value for name, value in os.environ.items() if name not in LOCATIONS}
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=environ | environment,
            input=typed,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            timeout=DEADLINE,
            check=False,
        )
        self.assertNotIn("Traceback", done.stdout)
        return done.returncode, done.stdout

    def refusal(self, *words: str, **environment: str) -> str:
        """Return the one line with which a program refuses to start."""
        status, output = self.run_python(*words, **environment)
        self.assertEqual((status, output.count("\n")), (2, 1), output)
        return output


@unittest.skipUnless(os.name == "posix", "file names are bytes only on POSIX")
class NamesThatAreNotUtf8(PathTest):
    def test_every_command_works_in_such_a_folder(self) -> None:
        data = str(self.folder / NOT_UTF8)
        for number, environment in enumerate((ASCII, STRICT)):
            for arguments, expected in (
                (("account", "add", f"ann{number}"), "Added account"),
                (("account", "list"), f"ann{number}"),
                (("log",), f"ACCOUNT ann{number}"),
                (("backup", str(self.folder / f"copy{number}{NOT_UTF8}")), "Copied to"),
            ):
                with self.subTest(arguments, **environment):
                    found = self.run_python(
                        "run_server.py", *arguments, "--data", data, typed="sesame\n", **environment
                    )
                    self.assertEqual(found[0], 0, found[1])
                    self.assertIn(expected, found[1])

    def test_a_name_outside_ascii_is_printed_in_utf8(self) -> None:
        data = str(self.folder / "data")
        self.run_python("run_server.py", "account", "add", "josé", "--data", data, typed="sesame\n")
        status, output = self.run_python("run_server.py", "account", "list", "--data", data, **ASCII)
        self.assertEqual((status, output.split()[0]), (0, "josé"))  # a pipe is UTF-8 on every system
        self.assertEqual(self.run_python("run_gui.py", "--help", HOME=data, **ASCII)[0], 0)

    def test_a_missing_file_is_named(self) -> None:
        missing = str(self.folder / NOT_UTF8 / "x")
        self.assertIn("cannot read", self.refusal("run_server.py", "--config", missing, **STRICT))
        self.assertIn("cannot read", self.refusal("run_server.py", "config", "--check", missing, **STRICT))

    def test_a_password_that_is_not_utf8_is_refused(self) -> None:
        for environment in (ASCII, STRICT):
            words = ("account", "add", "ann", "--data", str(self.folder / "data"))
            status, output = self.run_python(
                "run_server.py", *words, typed=os.fsdecode(b"p\xe4ssword\n"), **environment
            )
            self.assertEqual((status, output.count("\n")), (2, 1), output)
            self.assertIn("the password is not valid text", output)


class NoHome(PathTest):
    def test_each_program_prints_one_line_with_the_variable_to_set(self) -> None:
        for arguments, option in (
            (("run_server.py", "--port", "0"), "--data"),
            (("run_server.py", "account", "list"), "--data"),
            (("run_server.py", "account", "add", "ann"), "--data"),
            (("run_server.py", "invite"), "--data"),
            (("chatapp", "terminal", "--name", "x", "--server", "127.0.0.1:1"), "XDG_CONFIG_HOME"),
            (("run_gui.py",), "--config"),
        ):
            with self.subTest(arguments):
                output = self.refusal("-c", WITHOUT_HOME, *arguments)
                self.assertIn("no home folder", output)
                self.assertIn(option, output)

    def test_help_and_commands_without_a_folder_work(self) -> None:
        for command in ("run_gui.py --help", "run_server.py config", "chatapp terminal --help"):
            with self.subTest(command):
                self.assertEqual(self.run_python("-c", WITHOUT_HOME, *command.split())[0], 0)


class Unusable(PathTest):
    def test_an_unusable_data_folder_is_refused(self) -> None:
        for data in (self.file, self.file / "below", self.folder / ("x" * 300)):
            for words in (("--port", "0"), ("account", "add", "ann"), ("account", "list"), ("invite",)):
                with self.subTest(words, data=str(data)[-10:]):
                    output = self.refusal("run_server.py", *words, "--data", str(data))
                    self.assertIn("--data", output)

    def test_an_unusable_settings_folder_is_refused(self) -> None:
        for config in (self.file, self.file / "below", self.folder / ("x" * 300)):
            with self.subTest(str(config)[-10:]):
                output = self.refusal("run_gui.py", "--config", str(config))
                self.assertIn("Choose another folder with --config", output)

    def test_the_terminal_warns_of_an_unusable_settings_folder_and_continues(self) -> None:
        words = ("-m", "chatapp", "terminal", "--name", "x", "--server", "127.0.0.1:1")
        status, output = self.run_python(*words, XDG_CONFIG_HOME=str(self.file))
        self.assertEqual(status, 2)
        first, second = output.splitlines()
        self.assertRegex(first, "Cannot save settings in .*: it or a folder above it is a file")
        self.assertIn("no server answers on port 1", second)


@unittest.skipUnless(os.name == "posix", "file names are bytes only on POSIX")
class Serving(LiveTest):
    def setUp(self) -> None:
        super().setUp()
        self.data = self.folder / NOT_UTF8

    def test_a_server_stores_and_finds_messages(self) -> None:
        self.start()
        ann = self.enter("ann", caps="batch message-tags draft/search")
        ann.send("PRIVMSG #general :unmistakable")
        ann.settle()
        ann.send("SEARCH text=unmistakable")
        self.assertEqual(ann.until("PRIVMSG").text, "unmistakable")
