"""A connection to a session bus, which is a socket of the test."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

from chatapp.system.dbus_connection import BusConnection, BusUnavailable, addresses
from tests.system.fake_bus import SERVICE, FakeBus

PATH = "/org/freedesktop/Notifications"


class AddressTest(unittest.TestCase):
    def test_addresses_of_sockets_are_found_in_their_order(self) -> None:
        """Source: D-Bus Specification, "Server Addresses"."""
        for address, runtime, expected in (
            ("unix:path=/run/user/7/bus", "", ["/run/user/7/bus"]),
            ("unix:path=/tmp/a%20b,guid=12", "", ["/tmp/a b"]),
            ("unix:guid=12,abstract=/tmp/dbus-x", "", ["\0/tmp/dbus-x"]),
            ("tcp:host=x,port=1;unix:path=/b", "/run/user/7", ["/b", "/run/user/7/bus"]),
            ("autolaunch:", "", []),
            ("", "/run/user/7", ["/run/user/7/bus"]),
        ):
            with self.subTest(address):
                environment = {"DBUS_SESSION_BUS_ADDRESS": address, "XDG_RUNTIME_DIR": runtime}
                self.assertEqual(list(addresses(environment)), expected)


@unittest.skipIf(sys.platform == "win32", "there is no session bus")
class BusConnectionTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.bus = FakeBus(Path(folder.name))
        self.addCleanup(self.bus.close)

    def connect(self) -> BusConnection:
        connection = BusConnection(self.bus.environment)
        self.addCleanup(connection.close)
        return connection

    def test_a_call_returns_what_the_service_replies(self) -> None:
        reply = self.connect().call(SERVICE, PATH, SERVICE, "GetCapabilities")
        self.assertEqual(reply, [["actions", "body", "body-markup"]])

    def test_arguments_arrive_as_they_are(self) -> None:
        self.connect().call(SERVICE, PATH, SERVICE, "CloseNotification", "su", "'<b>\\ 😀", 7)
        call = self.bus.next_call("CloseNotification")
        self.assertEqual((call.path, call.body), (PATH, ["'<b>\\ 😀", 7]))

    def test_a_refusal_is_an_error_with_its_text(self) -> None:
        self.bus.abilities = None
        with self.assertRaisesRegex(BusUnavailable, "no such service"):
            self.connect().call(SERVICE, PATH, SERVICE, "GetCapabilities")

    def test_signals_that_come_before_a_reply_are_kept(self) -> None:
        connection = self.connect()
        self.bus.signal("ActionInvoked", 1, "default")
        connection.call(SERVICE, PATH, SERVICE, "CloseNotification", "u", 1)
        (signal,) = connection.signals()
        self.assertEqual((signal.member, signal.body), ("ActionInvoked", [1, "default"]))
        self.assertEqual(connection.signals(), [])

    def test_without_a_bus_or_a_welcome_there_is_no_connection(self) -> None:
        with self.assertRaises(BusUnavailable):
            BusConnection({})
        with self.assertRaises(BusUnavailable):
            BusConnection({"DBUS_SESSION_BUS_ADDRESS": "unix:path=/nowhere/at/all"})
        self.bus.accepts = False
        with self.assertRaises(BusUnavailable):
            self.connect()

    def test_a_lost_connection_is_an_error(self) -> None:
        connection = self.connect()
        self.bus.hang_up()
        with self.assertRaises(BusUnavailable):
            connection.signals(wait=True)
        with self.assertRaises(BusUnavailable):
            connection.call(SERVICE, PATH, SERVICE, "GetCapabilities")
