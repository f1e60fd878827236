"""Notifications on Linux and other systems with the notification service of freedesktop.org.

One thread talks to the session bus: it waits for orders and for what the service reports.

Source: Desktop Notifications Specification 1.2
"""

from __future__ import annotations

import select
import threading
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import NamedTuple

from chatapp.system.dbus_connection import BUS, BusConnection, BusUnavailable
from chatapp.system.dbus_wire import BusMessage
from chatapp.system.notice import MAX_TEXT, MAX_TITLE, Notice, State, clean
from chatapp.system.waker import Waker

SERVICE = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
RULE = f"type='signal',sender='{SERVICE}',interface='{SERVICE}'"
PROGRAM = "Chatapp"
OPEN = ("default", "Open")  # the action of a click on the notification: its key and label
NORMAL = 1  # urgency
DEFAULT_TIME = -1  # the service decides how long it is shown


class NotifierOrder(NamedTuple):
    """What the thread has to do: "check", "show", "close" or "stop"."""

    what: str
    notice: Notice


class LinuxNotifier:
    """Shows notifications; the thread is started with the first order.

    Args:
        on_click: Called with the key of a notification that was clicked.

    Thread:
        `on_click` is called on the thread of the notifier.
    """

    def __init__(
        self, on_click: Callable[[str], object], connect: Callable[[], BusConnection] = BusConnection
    ) -> None:
        self.state: State = "unknown"
        self.reports_clicks = True
        self._on_click = on_click
        self._connect = connect
        self._orders: SimpleQueue[NotifierOrder] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._waker = Waker()

    def check(self) -> None:
        """Find out whether there is a notification service."""
        self._put(NotifierOrder("check", Notice("", "", "")))

    def show(self, notice: Notice) -> None:
        """Show a notification."""
        self._put(NotifierOrder("show", notice))

    def close(self, key: str) -> None:
        """Close the notification with this key, if it is still shown."""
        if self._thread is not None:
            self._put(NotifierOrder("close", Notice(key, "", "")))

    def stop(self) -> None:
        """Close all notifications and end."""
        if self._thread is not None:
            self._put(NotifierOrder("stop", Notice("", "", "")))
            self._thread.join(1.0)
        else:
            self._waker.close()

    def _put(self, order: NotifierOrder) -> None:
        self._orders.put(order)
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="notifications", daemon=True)
            self._thread.start()
        self._waker.wake()

    # on the thread

    def _run(self) -> None:
        service = _Service(self._connect, self._on_click)
        while True:
            sources = service.sources()
            ready, _, _ = select.select([*sources, self._waker.readable.fileno()], [], [])
            if sources and sources[0] in ready:
                service.follow()
            if self._waker.readable.fileno() in ready:
                self._waker.clear()
                if not self._carry_out(service):
                    break
        service.close_all()
        self._waker.close()

    def _carry_out(self, service: _Service) -> bool:
        """Carry out what was ordered; return whether to go on."""
        with suppress(Empty):
            while True:
                order = self._orders.get_nowait()
                if order.what == "stop":
                    return False
                if order.what == "close":
                    service.close(order.notice.key)
                else:
                    is_done = service.show(order.notice) if order.what == "show" else service.is_there()
                    self.state = "ready" if is_done else "absent"
        return True


class _Service:
    """The notification service, as the thread sees it."""

    def __init__(self, connect: Callable[[], BusConnection], on_click: Callable[[str], object]) -> None:
        self._connect = connect
        self._on_click = on_click
        self._bus: BusConnection | None = None
        self._abilities: frozenset[object] = frozenset()
        self._ids: dict[str, int] = {}  # of the notifications that are shown, by key

    def sources(self) -> list[int]:
        """Return what to wait for: the descriptor of the connection, if there is one."""
        return [self._bus.fileno()] if self._bus else []

    def is_there(self) -> bool:
        """Return whether there is a service; ask it what it can do."""
        try:
            if self._bus is None:
                self._bus = self._connect()
                self._bus.call(BUS, "/org/freedesktop/DBus", BUS, "AddMatch", "s", RULE)
            if not self._abilities:
                (abilities,) = self._call("GetCapabilities")
                self._abilities = frozenset(abilities if isinstance(abilities, list) else ())
        except (BusUnavailable, ValueError):
            self._lose()
            return False
        return True

    def show(self, notice: Notice) -> bool:
        """Show a notification; return whether that was possible.

        The title is plain text by the specification; the text is markup if the service says so.
        """
        if not self.is_there():
            return False
        text = clean(notice.text, MAX_TEXT)
        if "body-markup" in self._abilities:
            text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        actions = list(OPEN) if "actions" in self._abilities else []
        hints = {
            "urgency": ("y", NORMAL),
            "category": ("s", "im.received"),
            "suppress-sound": ("b", 1),  # the program plays its own
        }
        replaced = self._ids.get(notice.key, 0)
        arguments = (
            PROGRAM,
            replaced,
            "",
            clean(notice.title, MAX_TITLE),
            text,
            actions,
            hints,
            DEFAULT_TIME,
        )
        try:
            (number,) = self._call("Notify", "susssasa{sv}i", *arguments)
        except (BusUnavailable, ValueError):
            self._lose()
            return False
        if isinstance(number, int):
            self._ids[notice.key] = number
        self._handle_signals(is_readable=False)
        return True

    def close(self, key: str) -> None:
        """Close the notification with this key, if it is still shown."""
        number = self._ids.pop(key, None)
        if number is not None and self._bus is not None:
            with suppress(BusUnavailable):  # it is closed already
                self._call("CloseNotification", "u", number)

    def close_all(self) -> None:
        """Close all notifications, and the connection."""
        for key in list(self._ids):
            self.close(key)
        self._lose()

    def follow(self) -> None:
        """Read what the service reports."""
        self._handle_signals(is_readable=True)

    def _handle_signals(self, is_readable: bool) -> None:
        try:
            signals = self._bus.signals(is_readable) if self._bus else []
        except BusUnavailable:
            self._lose()
            return
        for signal in signals:
            self._handle(signal)

    def _handle(self, signal: BusMessage) -> None:
        if signal.interface != SERVICE or not signal.body:
            return
        key = next((key for key, number in self._ids.items() if number == signal.body[0]), None)
        if key is None:
            return
        if signal.member == "ActionInvoked":
            self._on_click(key)
        elif signal.member == "NotificationClosed":
            del self._ids[key]

    def _call(self, member: str, signature: str = "", *arguments: object) -> list[object]:
        if self._bus is None:
            raise BusUnavailable("not connected")
        return self._bus.call(SERVICE, PATH, SERVICE, member, signature, *arguments)

    def _lose(self) -> None:
        """Forget the connection; the next notification makes a new one."""
        if self._bus is not None:
            self._bus.close()
        self._bus, self._abilities = None, frozenset()
        self._ids.clear()
