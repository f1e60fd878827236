"""The command line of `run_server.py`: which subcommand runs, and how errors are reported."""

from __future__ import annotations

import argparse
import contextlib
import io
import sqlite3
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.server.cli import main as cli
from chatapp.server.config import BadConfig
from chatapp.server.net.listener import CannotListen
from chatapp.server.storage.data_folder import CannotUse
from tests.errors import Quiet

SUBCOMMANDS = ("serve", "invite", "account", "log", "backup", "files", "config")


class CommandLineTest(Quiet):
    def run_main(self, *arguments: str, program: str = "run_server.py") -> tuple[int, str, str]:
        """Return exit status, output and error output."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch("sys.argv", [program]),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            try:
                status = cli.main(arguments)
            except SystemExit as end:
                status = int(str(end.code))
        return status, out.getvalue(), err.getvalue()


class Subcommands(CommandLineTest):
    def serving(self, *arguments: str) -> argparse.Namespace:
        """Return the options with which the server would run."""
        with mock.patch.object(cli, "_serve", return_value=0) as serve:
            self.assertEqual(self.run_main(*arguments)[0], 0)
        options = serve.call_args.args[0]
        assert isinstance(options, argparse.Namespace)
        return options

    def test_without_a_subcommand_the_server_runs(self) -> None:
        options = self.serving()
        self.assertEqual((options.host, options.port, options.lan, options.data), (None, None, False, None))
        options = self.serving("--port", "0", "--lan", "--data", "chat")
        self.assertEqual((options.port, options.lan, options.data), (0, True, Path("chat")))
        self.assertEqual(self.serving("serve", "--port", "6000").port, 6000)

    def test_help_lists_each_subcommand_with_a_description(self) -> None:
        status, out, _ = self.run_main("--help")
        self.assertEqual(status, 0)
        for name in SUBCOMMANDS:
            self.assertRegex(out, rf"\n    {name} +[a-z]")

    def test_each_subcommand_has_help(self) -> None:
        for name in SUBCOMMANDS:
            with self.subTest(name):
                status, out, _ = self.run_main(name, "--help")
                self.assertEqual(status, 0)
                self.assertIn(f"usage: run_server.py {name}", out)

    def test_the_usage_shows_the_name_of_the_started_program(self) -> None:
        for program, name in (
            ("/usr/bin/chatapp-server", "chatapp-server"),
            ("run_server.py", "run_server.py"),
            ("/usr/lib/python3/chatapp/__main__.py", "run_server.py"),
        ):
            with self.subTest(program):
                self.assertTrue(self.run_main("--help", program=program)[1].startswith(f"usage: {name} "))


class Errors(CommandLineTest):
    def reported(self, error: BaseException) -> tuple[int, str]:
        """Return exit status and error output when the server cannot start."""
        with mock.patch.object(cli, "_serve", side_effect=error):
            status, out, err = self.run_main()
        self.assertEqual(out, "")
        return status, err

    def test_a_known_problem_is_one_line_and_status_2(self) -> None:
        missing = FileNotFoundError(2, "No such file or directory", "chat.toml")
        for error, line in (
            (BadConfig("the configuration"), "the configuration"),
            (CannotListen("the port"), "the port"),
            (CannotUse("the folder"), "the folder"),
            (sqlite3.OperationalError("full"), "cannot use the database in the data folder: full"),
            (missing, "cannot use chat.toml: No such file or directory"),
            (BadConfig("a\x1b[2J"), "a\\x1b[2J"),
        ):
            with self.subTest(line):
                self.assertEqual(self.reported(error), (2, f"run_server.py: {line}\n"))

    def test_a_bug_is_not_hidden(self) -> None:
        self.assertRaises(ZeroDivisionError, self.reported, ZeroDivisionError())
        self.assertRaises(OSError, self.reported, OSError("no file"))

    def test_an_interrupt_has_the_conventional_status(self) -> None:
        self.assertEqual(self.reported(KeyboardInterrupt()), (130, ""))

    def test_wrong_options_are_one_line(self) -> None:
        for arguments, line in (
            (("--frob",), "run_server.py: unrecognized arguments: --frob; see run_server.py --help"),
            (("--port", "x"), "argument --port: must be a whole number from 0 to 65535, not 'x'"),
            (("account", "frob"), "invalid choice: 'frob'"),
            (("backup",), "the following arguments are required: TARGET; see run_server.py backup --help"),
        ):
            with self.subTest(arguments):
                status, _, err = self.run_main(*arguments)
                self.assertEqual((status, err.count("\n")), (2, 1))
                self.assertIn(line, err)


class Failures(unittest.TestCase):
    """The output when the server has stopped because of a failure."""

    def reported(self, out: io.TextIOBase, err: io.TextIOBase) -> None:
        with (
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
            self.assertLogs("chatapp.server.app", "CRITICAL") as logs,
        ):
            cli._report_failure("The disk is full.")
        self.assertEqual(logs.records[0].getMessage(), "The disk is full.")

    def test_it_is_printed_to_standard_error_unless_the_log_goes_there_too(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            log, errors = Path(folder) / "log", Path(folder) / "errors"
            with log.open("w") as one, log.open("a") as same, errors.open("w") as other:
                self.reported(one, other)
                self.reported(one, same)
            self.assertEqual(log.read_text(), "")
            self.assertIn("The disk is full.", errors.read_text())


if __name__ == "__main__":
    unittest.main()
