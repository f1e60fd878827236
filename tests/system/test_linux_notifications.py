"""Notifications through the session bus, with a notification service of the test."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path
from queue import SimpleQueue

from chatapp.system.dbus_connection import BusConnection
from chatapp.system.linux_notifications import LinuxNotifier
from chatapp.system.notice import Notice
from tests.system.fake_bus import DEADLINE, FakeBus

REPLACES, TITLE, TEXT, ACTIONS = 1, 3, 4, 5  # arguments of Notify


@unittest.skipIf(sys.platform == "win32", "there is no session bus")
class LinuxNotifierTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bus = FakeBus(Path(folder.name))
        self.addCleanup(self.bus.close)
        self.clicks: SimpleQueue[str] = SimpleQueue()
        self.notifier = LinuxNotifier(self.clicks.put, lambda: BusConnection(self.bus.environment))
        self.addCleanup(self.notifier.stop)

    def show(self, key: str, title: str = "ben", text: str = "hello") -> list[object]:
        """Show a notification and return what the service was called with."""
        self.notifier.show(Notice(key, title, text))
        return self.bus.next_call("Notify").body

    def test_markup_is_escaped_where_the_service_reads_it(self) -> None:
        """Source: the summary is plain text, the body may have markup if the service has `body-markup`."""
        shown = self.show("1", "-h <b>Ana</b> & 'x'", 'a <b>bold</b> & "quoted"\ntext $(id)')
        self.assertEqual(shown[TITLE], "-h <b>Ana</b> & 'x'")
        self.assertEqual(shown[TEXT], 'a &lt;b&gt;bold&lt;/b&gt; &amp; "quoted" text $(id)')

    def test_markup_stays_where_the_service_shows_it_as_it_is(self) -> None:
        self.bus.abilities = ["body"]
        shown = self.show("1", "ben", "<b> &")
        self.assertEqual((shown[TEXT], shown[ACTIONS]), ("<b> &", []))

    def test_a_notification_with_the_same_key_replaces_the_earlier_one(self) -> None:
        self.assertEqual([self.show(key)[REPLACES] for key in ("1", "2", "1")], [0, 0, 1])

    def test_a_click_is_reported_with_the_key(self) -> None:
        self.show("general")
        self.show("help")
        self.bus.signal("ActionInvoked", 7, "default")  # of another program
        self.bus.signal("ActionInvoked", 2, "default")
        self.assertEqual(self.clicks.get(timeout=DEADLINE), "help")

    def test_a_closed_notification_is_not_replaced(self) -> None:
        self.show("1")
        self.bus.signal("NotificationClosed", 1, 2)
        self.show("2")  # the signal was read before its reply
        self.assertEqual(self.show("1")[REPLACES], 0)

    def test_it_is_closed_by_its_key_once(self) -> None:
        self.show("1")
        for key in ("1", "1", "unknown"):
            self.notifier.close(key)
        self.assertEqual(self.bus.next_call("CloseNotification").body, [1])
        self.show("2")
        self.assertTrue(self.bus.calls.empty())

    def test_the_end_closes_what_is_shown(self) -> None:
        self.show("1")
        self.notifier.stop()
        self.assertEqual(self.bus.next_call("CloseNotification").body, [1])

    def test_a_lost_bus_is_connected_again_for_the_next_one(self) -> None:
        self.show("1")
        self.bus.hang_up()
        self.notifier.show(Notice("2", "ben", "may be lost"))
        self.notifier.show(Notice("3", "ben", "arrives"))
        while self.bus.next_call("Notify").body[TEXT] != "arrives":
            pass

    def test_it_says_whether_there_is_a_service(self) -> None:
        self.assertEqual(self.notifier.state, "unknown")
        self.notifier.check()
        self.bus.next_call("GetCapabilities")
        self.notifier.stop()
        self.assertEqual(self.notifier.state, "ready")

    def test_without_a_service_nothing_happens(self) -> None:
        self.bus.abilities = None
        self.notifier.show(Notice("1", "ben", "hello"))
        self.notifier.stop()
        self.assertEqual(self.notifier.state, "absent")

    def test_a_notifier_that_was_never_used_ends(self) -> None:
        self.notifier.close("1")
        self.notifier.stop()
        self.assertTrue(self.bus.calls.empty())
