"""Which messages notify, and what a click and reading do, in a whole window on a scripted server."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime
from unittest import mock

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.model.notification_queue import PAUSE_SECONDS
from chatapp.gui.main.notification_controller import TEST, NotificationController, NotificationHandlers
from chatapp.system import attention
from chatapp.system.notice import Notice
from tests.gui.recording_notifier import RecordingNotifier
from tests.gui.window_case import WindowCase


class RecordingSound:
    """Counts how often it should play."""

    is_available = True

    def __init__(self) -> None:
        self.played = 0

    def play(self) -> None:
        self.played += 1


class NotificationControllerTest(WindowCase):
    """Ana is in #general, which she reads, and #help; `controller` is polled by the test alone."""

    def setUp(self) -> None:
        super().setUp()
        self.notices: list[Notice] = []
        self.notifier = RecordingNotifier(self.notices)
        self.sound = RecordingSound()
        self.opened: list[tuple[Conversation | None, Entry | None]] = []
        self.urgent: list[bool] = []
        self.now = 100.0
        self.has_focus = True
        patches = (
            mock.patch.object(attention, "set_urgent", self.set_urgent),
            mock.patch.object(NotificationController, "_has_focus", lambda controller: self.has_focus),
        )
        for patch in patches:
            patch.start()
            self.addCleanup(patch.stop)
        handlers = NotificationHandlers(lambda *place: self.opened.append(place), lambda network: "")
        self.controller = NotificationController(
            self.root,
            self.client,
            self.settings,
            handlers,
            lambda on_click: self.with_click(on_click),
            self.sound,  # type: ignore[arg-type]
            clock=lambda: self.now,
        )
        self.window.notifications = self.controller
        self.controller.poll, self.poll_now = lambda: None, self.controller.poll  # type: ignore[method-assign]
        self.enter()
        self.join("#help", "dee")
        self.until(lambda: self.shown_name("#help"))
        self.client.open(self.conversation("#general"))
        self.until(lambda: self.client.network.current is self.conversation("#general"))

    def with_click(self, on_click: Callable[[str], object]) -> RecordingNotifier:
        self.click = on_click
        return self.notifier

    def set_urgent(self, window: int, display: str, urgent: bool) -> bool:
        self.urgent.append(urgent)
        return True

    def shown_name(self, name: str) -> bool:
        return self.client.network.find(name) is not None

    def hear(self, nick: str, text: str, target: str = "ana", age: float = 0.0) -> None:
        """Receive a message and wait until the model has it."""
        at = datetime.fromtimestamp(time.time() - age, UTC).isoformat(timespec="milliseconds")[:-6]
        name = nick if target == "ana" else target
        self.server.send(
            f"@time={at}Z;msgid={text.replace(' ', '-')} :{nick}!{nick}@h PRIVMSG {target} :{text}"
        )
        self.until(lambda: any(each.text == text for each in self.entries(name)))

    def entries(self, name: str) -> list[Entry]:
        found = self.client.network.find(name)
        return found.entries if found else []

    def told(self) -> list[tuple[str, str]]:
        """Return the titles and texts of the notifications that are due now and were not returned before."""
        self.now += PAUSE_SECONDS
        self.poll_now()
        found = [(each.title, each.text) for each in self.notices]
        self.notices.clear()
        return found

    def test_direct_messages_and_mentions_are_shown_with_a_sound(self) -> None:
        self.hear("ben", "just us")
        self.assertEqual((self.told(), self.sound.played), ([("ben", "just us")], 1))
        self.hear("dee", "ana: look", "#help")
        self.assertEqual((self.told(), self.sound.played), ([("dee in #help", "ana: look")], 2))
        self.hear("dee", "nothing of yours", "#help")
        self.assertEqual((self.told(), self.sound.played), ([], 2))

    def test_what_is_being_read_is_not_shown(self) -> None:
        self.hear("ben", "ana: you see this", "#general")
        self.assertEqual(self.told(), [])
        self.has_focus = False
        patch = mock.patch.object(self.window.pane, "update_watching")
        patch.start()
        self.addCleanup(patch.stop)
        self.client.network.watching = False
        self.hear("ben", "ana: you do not see this", "#general")
        self.assertEqual(self.told(), [("ben in #general", "ana: you do not see this")])

    def test_an_old_message_is_no_news(self) -> None:
        self.hear("ben", "from yesterday", age=86_400)
        self.assertEqual(self.told(), [])

    def test_a_wrong_clock_does_not_make_a_message_old(self) -> None:
        self.client.network.clock_offset = -7200.0
        self.hear("ben", "by another clock", age=7200)
        self.assertEqual(self.told(), [("ben", "by another clock")])

    def test_many_are_merged_and_sound_once(self) -> None:
        self.hear("ben", "one")
        self.hear("ben", "two")
        self.hear("ben", "three")
        self.assertEqual((self.told(), self.sound.played), ([("3 new messages from ben", "three")], 1))

    def test_the_settings_silence_the_sound_the_level_or_both(self) -> None:
        self.settings.direct_sounds = False
        self.hear("ben", "silent")
        self.assertEqual((len(self.told()), self.sound.played), (1, 0))
        self.settings.notify_of = "nothing"
        self.hear("ben", "not at all")
        self.assertEqual(self.told(), [])
        self.settings.notify_of = "everything"
        self.settings.quiet_hours, self.settings.quiet_from, self.settings.quiet_to = True, "00:00", "23:59"
        self.hear("ben", "in the quiet hours")
        self.assertEqual((self.told(), self.sound.played), ([], 0))

    def test_a_conversation_may_ask_for_everything_or_nothing(self) -> None:
        self.conversation("#help").notify = "everything"
        self.hear("dee", "hello all", "#help")
        self.assertEqual(self.told(), [("dee in #help", "hello all")])
        self.conversation("#help").notify = "nothing"
        self.hear("dee", "ana: hello", "#help")
        self.assertEqual(self.told(), [])

    def test_reading_closes_the_notification(self) -> None:
        self.hear("ben", "just us")
        self.told()
        self.client.mark_read(self.conversation("ben"), by_command=True)
        self.assertEqual((self.told(), self.notifier.closed), ([], ["0"]))

    def test_what_is_read_before_it_is_due_is_not_shown(self) -> None:
        self.hear("ben", "just us")
        self.client.mark_read(self.conversation("ben"), by_command=True)
        self.assertEqual((self.told(), self.sound.played), ([], 0))
        self.hear("dee", "ana: another place", "#help")
        self.settings.sounds = False
        self.assertEqual(self.sound.played, 0)

    def test_closing_a_conversation_closes_its_notification(self) -> None:
        self.hear("ben", "just us")
        self.told()
        self.client.leave(self.conversation("ben"))
        self.assertEqual((self.told(), self.notifier.closed), ([], ["0"]))

    def test_a_deleted_message_is_closed(self) -> None:
        self.hear("ben", "a slip")
        self.told()
        self.server.send(":ben!ben@h REDACT ana a-slip")
        self.until(lambda: bool(self.conversation("ben").entries[-1].deleted_by))
        self.assertEqual(self.notifier.closed, ["0"])

    def test_being_removed_from_a_channel_is_told(self) -> None:
        self.server.send(":dee!d@h KICK #help ana :spam")
        self.until(lambda: not self.conversation("#help").joined)
        self.assertEqual(self.told(), [("#help", "dee removed you (spam)")])
        self.assertEqual((self.told(), self.notifier.closed), ([], []), "it stays until the user looks")

    def test_a_click_opens_the_message_and_closes_the_notification(self) -> None:
        self.hear("dee", "ana: look", "#help")
        self.told()
        self.click("0")
        self.poll_now()
        help_ = self.conversation("#help")
        self.assertEqual(self.opened, [(help_, help_.entries[-1])])
        self.assertEqual(self.notifier.closed, ["0"])
        self.click("of an earlier run")
        self.poll_now()
        self.assertEqual(self.opened[-1], (None, None))

    def test_the_window_asks_for_attention_until_it_has_the_focus(self) -> None:
        self.hear("ben", "with the focus")
        self.assertEqual(self.urgent, [])
        self.has_focus = False
        self.hear("ben", "without it")
        self.hear("ben", "and once more")
        self.assertEqual(self.urgent, [True])
        self.press(self.root, "<FocusIn>")
        self.press(self.root, "<FocusIn>")
        self.assertEqual(self.urgent, [True, False])

    def test_trying_shows_and_plays_whatever_the_settings_say(self) -> None:
        self.settings.notify_of, self.settings.sounds = "nothing", False
        self.controller.show_test()
        self.controller.play()
        self.assertEqual((self.notices, self.sound.played), ([TEST], 1))
        self.assertEqual(self.controller.state, "unknown")
        self.controller.check()
        self.assertEqual(self.controller.state, "ready")
        self.controller.stop()
        self.assertTrue(self.notifier.is_stopped)
