"""Which way of showing notifications belongs to which system."""

from __future__ import annotations

import unittest

from chatapp.system.linux_notifications import LinuxNotifier
from chatapp.system.notifications import system_notifier
from chatapp.system.script_notifications import ScriptNotifier


class SystemNotifierTest(unittest.TestCase):
    def test_each_system_has_its_way(self) -> None:
        for platform, kind in (
            ("linux", LinuxNotifier),
            ("freebsd14", LinuxNotifier),
            ("win32", ScriptNotifier),
            ("darwin", ScriptNotifier),
        ):
            with self.subTest(platform):
                notifier = system_notifier(lambda key: None, platform)
                self.addCleanup(notifier.stop)
                self.assertIsInstance(notifier, kind)
                self.assertEqual(notifier.state, "unknown")
                self.assertEqual(notifier.reports_clicks, platform != "darwin")
