"""Tells the user of new messages: notifications of the system, the sound, the icon and the urgency hint.

What the user is notified of is decided in `client/model/notification_rules.py`, and what is merged in
`notification_queue.py` beside it. Here the decisions meet the window: which conversation is being read, and
what a click opens.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable
from datetime import datetime
from queue import Empty, SimpleQueue
from typing import NamedTuple

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.model.changes import Added, Change, Updated
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import MESSAGE_KINDS, Entry
from chatapp.client.model.network import Network
from chatapp.client.model.notification_queue import NotificationQueue
from chatapp.client.model.notification_rules import NotificationRules, known_level, quiet_hours
from chatapp.client.model.notification_texts import texts
from chatapp.languages.translation import N_, _
from chatapp.system.notice import NoNotifier, Notice, Notifier, State
from chatapp.system.sound import Sound

TEST = Notice("test", "Chatapp", N_("This is how a notification looks."))

MakeNotifier = Callable[[Callable[[str], object]], Notifier]


class NotificationHandlers(NamedTuple):
    """Functions of the window that are called from here."""

    on_open: Callable[[Conversation | None, Entry | None], object]
    """Show the window, and a message in its conversation."""
    server_name: Callable[[Network], str]
    """Return the name of a server among several; "" if it is the only one."""


class NotificationController:
    """Follows the changes of all servers.

    Args:
        make_notifier: Makes what shows notifications.
        wall: Returns Unix seconds.
        clock: Returns monotonic seconds.
    """

    def __init__(
        self,
        root: tk.Tk,
        client: Client,
        settings: Settings,
        handlers: NotificationHandlers,
        make_notifier: MakeNotifier = NoNotifier,
        sound: Sound | None = None,
        wall: Callable[[], float] = time.time,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._root = root
        self._client = client
        self._settings = settings
        self._handlers = handlers
        self._clicks: SimpleQueue[str] = SimpleQueue()
        self._make_notifier = make_notifier
        self._made: Notifier | None = None
        self._sound = sound or Sound(None)
        self._wall = wall
        self._clock = clock
        self._queue = NotificationQueue()
        self._sound_is_due = False
        self._is_urgent = False
        root.bind("<FocusIn>", lambda event: self._calm(), add=True)

    def apply(self, change: Change) -> None:
        """Follow a change of the client, of any server."""
        if isinstance(change, Added):
            self._follow(change)
        elif isinstance(change, Updated) and change.entry.deleted_by:
            self._close(self._queue.forget_entry(change.conversation, change.entry))

    def poll(self) -> None:
        """Show what is due, close what was read, and follow clicks. Called with each poll of the window."""
        for conversation, entry in self._queue.subjects():
            if self._is_over(conversation, entry):
                self._close(self._queue.forget(conversation))
        news = self._queue.take(self._clock())
        if news is not None:
            title, text = texts(news, self._client.network_of, self._handlers.server_name)
            self._notifier.show(Notice(news.key, title, text))
            if self._sound_is_due:
                self._sound.play()
            self._sound_is_due = False
        try:
            while True:
                self._on_click(self._clicks.get_nowait())
        except Empty:
            pass

    # for the settings

    @property
    def state(self) -> State:
        """Whether this system can show notifications."""
        return self._notifier.state

    @property
    def opens_messages(self) -> bool:
        """Whether a click on a notification opens the message."""
        return self._notifier.reports_clicks

    @property
    def has_sound(self) -> bool:
        """Whether this system can play the sound."""
        return self._sound.is_available

    def check(self) -> None:
        """Find out whether this system can show notifications; `state` knows it soon."""
        self._notifier.check()

    def show_test(self) -> None:
        """Show a notification, whatever the settings say."""
        self._notifier.show(TEST._replace(text=_(TEST.text)))

    def play(self) -> None:
        """Play the sound, whatever the settings say."""
        self._sound.play()

    def stop(self) -> None:
        """Close all notifications."""
        if self._made is not None:
            self._made.stop()

    # details

    @property
    def _notifier(self) -> Notifier:
        """What shows notifications; it is made when it is first needed."""
        if self._made is None:
            self._made = self._make_notifier(self._clicks.put)
        return self._made

    def _follow(self, change: Added) -> None:
        conversation = change.conversation
        network = self._client.network_of(conversation)
        if self._is_being_read(conversation):
            return
        rules, now = self._rules(), self._wall()
        here = datetime.fromtimestamp(now)
        for entry in change.entries:
            if entry.kind in MESSAGE_KINDS and not entry.unread:
                continue  # it was read, here or on another device
            decision = rules.decide(conversation, entry, here, network.time(now) - entry.time, network.muted)
            if decision.notify:
                self._queue.add(conversation, entry)
                self._sound_is_due |= decision.sound
                self._urge()

    def _rules(self) -> NotificationRules:
        settings = self._settings
        return NotificationRules(
            known_level(settings.notify_of),
            tuple(settings.highlight_words),
            quiet_hours(settings.quiet_from, settings.quiet_to) if settings.quiet_hours else None,
            settings.sounds,
            settings.direct_sounds,
            settings.mention_sounds,
        )

    def _has_focus(self) -> bool:
        return str(self._root.tk.call("focus")) != ""  # "" if another program has the focus

    def _is_being_read(self, conversation: Conversation) -> bool:
        """Return whether the user looks at a conversation, at its end or above."""
        network = self._client.network
        return network.current is conversation and self._has_focus()

    def _is_over(self, conversation: Conversation, entry: Entry) -> bool:
        """Return whether the news of a conversation are no news: they were read, or it was closed."""
        if entry.kind in MESSAGE_KINDS and not conversation.unread:
            return True
        is_here = any(each.find(conversation.name) is conversation for each in self._client.networks)
        return not is_here or self._is_being_read(conversation)

    def _on_click(self, key: str) -> None:
        news = self._queue.clicked(key)
        if news is not None:
            self._close(self._queue.forget(news.conversation))
            self._handlers.on_open(news.conversation, news.entry)
        else:
            self._handlers.on_open(None, None)

    def _close(self, keys: list[str]) -> None:
        for key in keys:
            self._notifier.close(key)

    def _urge(self) -> None:
        if not self._is_urgent and not self._has_focus():
            self._is_urgent = self._set_urgent(True)

    def _calm(self) -> None:
        if self._is_urgent:
            self._is_urgent = False
            self._set_urgent(False)

    def _set_urgent(self, urgent: bool) -> bool:
        """Ask for attention, or no longer; return whether the system can do that."""
        system = self._root.tk.call("tk", "windowingsystem")
        if system == "aqua":
            self._root.wm_attributes("-notify", urgent)  # the icon in the Dock bounces
            return True

        from chatapp.system import attention

        number = int(self._root.wm_frame(), 16) if system == "win32" else self._root.winfo_id()
        return attention.set_urgent(number, self._root.winfo_screen(), urgent)
