"""`run_server.py account`: each action, and its errors."""

from __future__ import annotations

import contextlib
import io
import os
import stat
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

from chatapp.protocol.credentials import Credentials
from chatapp.server.cli.main import main
from chatapp.server.state.accounts import Account
from chatapp.server.storage import account_rows, audit_log, settings
from chatapp.server.storage.audit_log import AuditEntry
from chatapp.server.storage.data_folder import DATABASE
from chatapp.server.storage.database import Database


class AccountCommand(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.data = Path(folder.name) / "data"
        self.addCleanup(os.umask, os.umask(0o022))

    def run_action(self, *arguments: str, stdin: str = "", status: int = 0) -> str:
        """Return the output of an action, or the error output if the status is not 0."""
        out, err = io.StringIO(), io.StringIO()
        with (
            mock.patch("sys.stdin", io.StringIO(stdin)),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            self.assertEqual(main(["account", *arguments, "--data", str(self.data)]), status)
        self.assertEqual((err if status == 0 else out).getvalue(), "")
        return (out if status == 0 else err).getvalue()

    def accounts(self) -> dict[str, Account]:
        store = Database(self.data / DATABASE)
        self.addCleanup(store.close)
        return account_rows.load_all(store)

    def version(self) -> bytes | None:
        """Return the version by which a running server detects changes."""
        store = Database(self.data / DATABASE)
        self.addCleanup(store.close)
        return settings.read(store, settings.ACCOUNTS_CHANGED)

    def test_an_account_is_added_before_the_first_start(self) -> None:
        output = self.run_action("add", "Ann", "--role", "owner", stdin="sesame\n")
        self.assertEqual(output, "Added account Ann with role owner\n")
        account = self.accounts()["ann"]
        self.assertEqual((account.name, account.role), ("Ann", "owner"))
        self.assertTrue(Credentials.parse(account.credentials).matches("sesame"))

    def test_a_password_is_changed(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        before = self.version()
        self.assertEqual(
            self.run_action("password", "ANN", stdin="open-up\r\n"), "Changed the password of ann\n"
        )
        self.assertTrue(Credentials.parse(self.accounts()["ann"].credentials).matches("open-up"))
        self.assertNotEqual(self.version(), before)

    def test_a_role_is_changed(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        self.assertEqual(
            self.run_action("role", "ann", "moderator"), "Changed the role of ann to moderator\n"
        )
        self.assertEqual(self.accounts()["ann"].role, "moderator")

    def test_an_account_added_again_has_another_number(self) -> None:
        numbers = set()
        for _ in range(3):
            self.run_action("add", "ann", stdin="sesame\n")
            numbers.add(self.accounts()["ann"].number)
            self.run_action("delete", "ann")
        self.assertEqual(len(numbers - {0}), 3)

    def test_an_account_is_deleted(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        self.assertEqual(self.run_action("delete", "ann"), "Deleted account ann\n")
        self.assertEqual(self.accounts(), {})

    def test_only_one_of_two_processes_can_add_an_account_at_the_same_time(self) -> None:
        def slowly() -> str:
            with mock.patch("chatapp.server.cli.account.read_password", return_value="first"):
                self.run_action("add", "Ann")
            return "second"

        with mock.patch("chatapp.server.cli.account.read_password", slowly):
            line = self.run_action("add", "ann", status=2)
        self.assertIn("another process has just added the account ann", line)
        self.assertTrue(Credentials.parse(self.accounts()["ann"].credentials).matches("first"))

    def test_each_action_is_recorded_in_the_moderation_log(self) -> None:
        self.run_action("add", "Ann", stdin="sesame\n")
        self.run_action("role", "ann", "owner")
        self.run_action("password", "ann", stdin="simsim\n")
        self.run_action("delete", "ann")
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            main(["log", "--data", str(self.data)])
        output = [line.split("  ", 1)[1] for line in out.getvalue().splitlines()]
        acts = ("added as member", "owner", "password changed", "deleted")
        self.assertEqual(output, [f"run_server.py: ACCOUNT Ann  {act}" for act in acts])

    def test_accounts_are_listed_by_name(self) -> None:
        for name in ("bob", "Ann"):
            self.run_action("add", name, stdin="sesame\n")
        rows = [line.split() for line in self.run_action("list").splitlines()]
        self.assertEqual([row[:2] for row in rows], [["Ann", "member"], ["bob", "member"]])
        for name in ("bob", "Ann"):
            self.run_action("delete", name)
        self.assertEqual(self.run_action("list"), "No accounts\n")

    def test_stored_text_cannot_control_the_terminal(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        evil = "\x1b]0;owned\x07\x9b2J\nann owner"
        with contextlib.closing(Database(self.data / DATABASE)) as store:
            account = account_rows.load_all(store)["ann"]
            store.write([
                audit_log.insert(AuditEntry(1, "eve!e@h", "eve", "KICK", "#c", evil)),
                account_rows.insert(replace(account, name="eve", email=evil, number=account.number + 1)),
            ])  # fmt: skip
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            main(["log", "--data", str(self.data)])
        for printed in (self.run_action("list"), out.getvalue()):
            self.assertEqual(len(printed.splitlines()), 2)
            self.assertIn("\\x1b]0;owned\\x07\\x9b2J\\nann owner", printed)

    def test_a_refused_name_cannot_control_the_terminal(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        for action in (("delete",), ("role",), ("password",)):
            with self.subTest(action):
                arguments = (*action, "x\x1b[2J\x9b\u202ey", *(("owner",) if action == ("role",) else ()))
                output = self.run_action(*arguments, status=2)
                self.assertIn("there is no account x\\x1b[2J\\x9b\\u202ey; ", output)

    def test_a_hash_is_printed(self) -> None:
        printed = self.run_action("hash", stdin="sesame\n").strip()
        self.assertTrue(Credentials.parse(printed).matches("sesame"))

    def test_an_error_is_one_line(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        before = self.accounts()
        for arguments, stdin, output in (
            (("add", "ann"), "sesame\n", "the account ann exists already; change it with `account password`"),
            (("add", "a b"), "sesame\n", "'a b' is not a valid account name"),
            (("add", "NickServ"), "sesame\n", "'NickServ' is not a valid account name"),
            (("add", "bob"), "abc\n", "A password has at least 4 characters; nothing was changed"),
            (("add", "bob"), "", "A password cannot be empty; nothing was changed"),
            (("add", "bob"), "x" * 1025 + "\n", "A password has at most 1024 bytes; nothing was changed"),
            (("password", "bob"), "sesame\n", "there is no account bob; `account list` shows all"),
            (("role", "bob", "owner"), "", "there is no account bob"),
            (("delete", "bob"), "", "there is no account bob"),
        ):
            with self.subTest(arguments):
                line = self.run_action(*arguments, stdin=stdin, status=2)
                self.assertTrue(line.startswith(f"run_server.py: {output}"), line)
                self.assertEqual(line.count("\n"), 1)
        self.assertEqual(self.accounts(), before)

    def test_without_a_database_the_command_fails(self) -> None:
        line = self.run_action("list", status=2)
        self.assertIn(f"there is no database in {self.data}; name the data folder with --data", line)
        self.assertFalse(self.data.exists())

    def test_at_a_terminal_the_password_is_typed_twice(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        for typed, status in ((("open-up", "open-up"), 0), (("open-up", "open-pu"), 2)):
            with (
                self.subTest(typed),
                mock.patch("chatapp.server.cli.account._is_terminal", return_value=True),
                mock.patch("getpass.getpass", side_effect=typed),
            ):
                self.run_action("password", "ann", status=status)
        self.assertTrue(Credentials.parse(self.accounts()["ann"].credentials).matches("open-up"))

    def test_only_the_owner_can_read_the_database(self) -> None:
        self.run_action("add", "ann", stdin="sesame\n")
        mode = stat.S_IMODE((self.data / DATABASE).stat().st_mode)
        self.assertEqual(mode, 0o600 if os.name == "posix" else 0o666)
        self.assertNotIn(b"sesame", (self.data / DATABASE).read_bytes())
