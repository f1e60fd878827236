"""Starting a program with the computer, in folders of the test."""

from __future__ import annotations

import os
import plistlib
import shlex
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

from chatapp.system.autostart import (
    Autostart,
    CannotAutostart,
    DesktopFile,
    LaunchAgent,
    StartupScript,
    SystemdUnit,
    autostart,
)

COMMAND = (sys.executable, "/opt/My chat/run_server.py", "--data", '/home/ana/100% "$HOME" \\ `x`')


class Kinds(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name) / "some" / "folder"

    def test_each_is_switched_on_and_off(self) -> None:
        for kind in (
            SystemdUnit(self.folder / "units", "chat-server", "Chat server"),
            DesktopFile(self.folder / "autostart", "chat-server", "Chat server"),
            LaunchAgent(self.folder / "agents", "local.chat-server"),
            StartupScript(self.folder / "startup", "Chat server"),
        ):
            with self.subTest(type(kind).__name__):
                start = Autostart([kind])
                start.switch_off()
                self.assertFalse(start.is_on)
                start.switch_on(("/bin/old",))
                start.switch_on(COMMAND)
                self.assertTrue(start.is_on)
                self.assertNotIn("/bin/old", kind.files[0].read_text())
                start.switch_off()
                self.assertFalse(start.is_on)
                self.assertFalse(any(file.exists() or file.is_symlink() for file in kind.files))

    def test_the_unit_is_valid(self) -> None:
        if not shutil.which("systemd-analyze"):
            self.skipTest("systemd-analyze is missing")
        unit = SystemdUnit(self.folder, "chat-server", "Chat server")
        unit.write((sys.executable, *COMMAND[1:]))
        done = subprocess.run(
            ["systemd-analyze", "verify", "--user", str(unit.files[0])],
            capture_output=True,
            text=True,
            timeout=60,
        )
        self.assertNotIn("chat-server.service", done.stderr)

    def test_the_unit_keeps_every_word(self) -> None:
        unit = SystemdUnit(self.folder, "chat-server", "Chat server")
        unit.write(COMMAND)
        (line,) = [each for each in unit.files[0].read_text().splitlines() if each.startswith("ExecStart=")]
        words = shlex.split(line.removeprefix("ExecStart="))
        self.assertEqual(COMMAND, tuple(word.replace("%%", "%").replace("$$", "$") for word in words))
        self.assertEqual(unit.files[0], unit.files[1].resolve())

    def test_the_desktop_file_escapes_special_characters(self) -> None:
        entry = DesktopFile(self.folder, "chat-server", "Chat server")
        entry.write(("/bin/x", 'a "b" $c 5%'))
        self.assertIn('Exec="/bin/x" "a \\\\"b\\\\" \\\\$c 5%%"\n', entry.files[0].read_text())

    def test_the_agent_has_the_arguments(self) -> None:
        agent = LaunchAgent(self.folder, "local.chat-server")
        agent.write(COMMAND)
        read = plistlib.loads(agent.files[0].read_bytes())
        self.assertEqual((list(COMMAND), True), (read["ProgramArguments"], read["RunAtLoad"]))

    def test_the_script_starts_the_command_without_a_window(self) -> None:
        script = StartupScript(self.folder, "Chat server")
        script.write(COMMAND)
        with mock.patch("subprocess.Popen") as started:
            exec(compile(script.files[0].read_text(), "script", "exec"), {})
        self.assertEqual(list(COMMAND), started.call_args.args[0])

    def test_a_folder_that_cannot_be_written_is_a_sentence(self) -> None:
        self.folder.parent.mkdir()
        self.folder.write_text("a file")
        start = Autostart([DesktopFile(self.folder / "autostart", "chat-server", "Chat server")])
        with self.assertRaisesRegex(CannotAutostart, "It cannot be switched on: .*folder"):
            start.switch_on(COMMAND)
        self.assertFalse(start.is_on)


class ThisSystem(unittest.TestCase):
    def setUp(self) -> None:
        directory = tempfile.TemporaryDirectory()
        self.addCleanup(directory.cleanup)
        self.folder = Path(directory.name)
        variables = {"XDG_CONFIG_HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder / "run"),
                     "APPDATA": str(self.folder)}  # fmt: skip
        self.enterContext(mock.patch.dict(os.environ, variables))

    def kinds(self, platform: str) -> list[type]:
        with mock.patch("chatapp.system.autostart.sys.platform", platform):
            return [type(kind) for kind in autostart("chat-server", "Chat server").kinds]

    def test_each_system_has_its_way(self) -> None:
        self.assertEqual([StartupScript], self.kinds("win32"))
        self.assertEqual([LaunchAgent], self.kinds("darwin"))
        self.assertEqual([DesktopFile, SystemdUnit], self.kinds("linux"))
        (self.folder / "run" / "systemd").mkdir(parents=True)
        self.assertEqual([SystemdUnit, DesktopFile], self.kinds("linux"))

    def test_another_way_that_was_used_earlier_is_switched_off_too(self) -> None:
        with mock.patch("chatapp.system.autostart.sys.platform", "linux"):
            autostart("chat-server", "Chat server").switch_on(COMMAND)
            (self.folder / "run" / "systemd").mkdir(parents=True)
            now = autostart("chat-server", "Chat server")
            self.assertTrue(now.is_on)
            now.switch_off()
            self.assertFalse(now.is_on)


if __name__ == "__main__":
    unittest.main()
