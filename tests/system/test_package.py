"""The program in one file."""

from __future__ import annotations

import contextlib
import io
import stat
import subprocess
import sys
import tempfile
import unittest
import zipfile
from pathlib import Path
from unittest import mock

import chatapp
from chatapp.system import package

PACKAGE = Path(chatapp.__file__).parent


class PackageTest(unittest.TestCase):
    folder: Path
    file: Path

    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.file = cls.folder / "chatapp.pyz"
        package.build(cls.file)

    def run_file(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, *arguments], cwd="/", capture_output=True, text=True, timeout=60, check=False
        )

    def test_it_holds_every_module_and_no_leftovers(self) -> None:
        with zipfile.ZipFile(self.file) as archive:
            names = set(archive.namelist())
        modules = {f"chatapp/{each.relative_to(PACKAGE).as_posix()}" for each in PACKAGE.rglob("*.py")}
        self.assertEqual(modules, {name for name in names if name.endswith(".py")} - {"__main__.py"})
        self.assertEqual({f"{name}c" for name in modules}, {name for name in names if name.endswith(".pyc")})
        self.assertFalse([name for name in names if "__pycache__" in name or name.endswith(".md")])

    def test_the_same_code_gives_the_same_bytes(self) -> None:
        again = self.folder / "again.pyz"
        package.build(again)
        self.assertEqual(self.file.read_bytes(), again.read_bytes())

    @unittest.skipIf(sys.platform == "win32", "Windows has no such modes")
    def test_it_can_be_started_by_its_name(self) -> None:
        self.assertTrue(self.file.stat().st_mode & stat.S_IXUSR)
        self.assertTrue(self.file.read_bytes().startswith(b"#!/usr/bin/env python3\n"))

    def test_every_part_is_started_from_it(self) -> None:
        for part, flag in (
            ("gui", "--proxy"),
            ("server", "serve"),
            ("terminal", "--name"),
            ("package", "FILE"),
        ):
            with self.subTest(part):
                done = self.run_file(str(self.file), part, "--help")
                self.assertEqual((0, ""), (done.returncode, done.stderr))
                self.assertIn(flag, done.stdout)
        self.assertIn("--proxy", self.run_file(str(self.file), "--help").stdout)
        self.assertIn("chatapp.pyz server", self.run_file(str(self.file), "server", "--help").stdout)

    def test_a_window_from_it_starts_the_server_from_it(self) -> None:
        code = (
            f"import sys; sys.path.insert(0, {str(self.file)!r})\n"
            "from chatapp.system import program; print(*program.command('server'), sep='\\n')"
        )
        command = self.run_file("-c", code).stdout.splitlines()
        self.assertEqual([sys.executable, str(self.file.resolve()), "server"], command)

    def test_modules_work_without_their_compiled_form(self) -> None:
        """Another version of Python ignores it."""
        plain = self.folder / "plain.pyz"
        with zipfile.ZipFile(self.file) as archive, zipfile.ZipFile(plain, "w") as copy:
            for name in archive.namelist():
                data = archive.read(name)
                copy.writestr(name, b"\0\0\0\0" + data[4:] if name.endswith(".pyc") else data)
        self.assertIn("--name", self.run_file(str(plain), "terminal", "--help").stdout)

    def test_it_can_be_built_from_itself(self) -> None:
        copy = self.folder / "copy.pyz"
        done = self.run_file(str(self.file), "package", str(copy))
        self.assertEqual((0, f"{copy}\n"), (done.returncode, done.stdout))
        self.assertEqual(self.file.read_bytes(), copy.read_bytes())

    def test_an_old_python_is_told_which_one_is_needed(self) -> None:
        code = compile(package.MAIN, "__main__.py", "exec", dont_inherit=True)
        with (
            mock.patch.object(sys, "version_info", (3, 8, 2)),
            self.assertRaisesRegex(SystemExit, r"needs Python 3\.11 or newer\. This is Python 3\.8\."),
        ):
            exec(code, {"__name__": "__main__"})

    def test_a_place_that_cannot_be_written_is_an_error_in_one_line(self) -> None:
        with contextlib.redirect_stderr(io.StringIO()) as printed:
            self.assertEqual(2, package.main([str(self.folder / "missing" / "chatapp.pyz")]))
        self.assertEqual(1, len(printed.getvalue().splitlines()))
        self.assertIn("cannot be written", printed.getvalue())


if __name__ == "__main__":
    unittest.main()
