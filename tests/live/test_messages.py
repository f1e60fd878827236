"""Replies, reactions, edits, deletions, messages of several lines and read markers between two clients."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import Empty

from chatapp.client.client import Client
from chatapp.client.local.conversation_prefs import ConversationPrefs
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.model.model import Entry
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.protocol.message import Message
from tests.live.base import DEADLINE, LiveTest

PASSWORD = "correct horse battery"
TICK_SECONDS = 0.02  # between two polls, if nothing arrives


class Device:
    """One client without a window.

    Args:
        settings: What it has stored in earlier runs.
    """

    def __init__(self, folder: Path, settings: Settings) -> None:
        self.settings = settings
        self.client = Client(folder / "unused.log", TrustedCertificates())
        self.client.prefs = ConversationPrefs(settings)
        self.client.network.watching = False

    def until(self, done: Callable[[], bool], what: str = "") -> None:
        """Poll until a condition holds."""
        deadline = time.monotonic() + DEADLINE
        while not done():
            assert time.monotonic() < deadline, what or "nothing happened in time"
            self.client.poll(budget=None)
            self._wait_for_item()

    def _wait_for_item(self) -> None:
        """Wait until something arrives, but no longer than until the client may have to do something by time.

        The client has read everything that came before, so it may be given the item.
        """
        session = self.client.sessions.current
        with suppress(Empty):
            session.take(session.inbox.get(timeout=TICK_SECONDS))

    def conversation(self, name: str = "#general") -> Conversation:
        found = self.client.network.find(name)
        assert found, f"no conversation {name}"
        return found

    def join(self, channel: str) -> None:
        """Join a channel."""
        self.client.run(self.conversation(), f"/join {channel}")
        self.until(lambda: self.is_in(channel), f"not in {channel}")

    def is_in(self, channel: str) -> bool:
        """Return whether the client is in this channel."""
        found = self.client.network.find(channel)
        return found is not None and found.joined

    def entry(self, text: str, name: str = "#general") -> Entry:
        """Wait for a message with this text and return it."""
        self.until(lambda: self._find(text, name) is not None, f"no message {text!r}")
        found = self._find(text, name)
        assert found
        return found

    def say(self, text: str, reply_to: Entry | None = None, name: str = "#general") -> Entry:
        """Send a text, wait until the server has confirmed it, and return its entry."""
        assert self.client.run(self.conversation(name), text, reply_to) is None
        entry = self.conversation(name).entries[-1]
        self.until(lambda: entry.state == "sent" and entry.msgid != "", "the message was not confirmed")
        return entry

    def close(self) -> None:
        """Store the state and end, as a window does."""
        assert self.client.prefs
        self.client.prefs.save(is_last=True)
        self.client.close()

    def _find(self, text: str, name: str) -> Entry | None:
        where = self.client.network.find(name)
        return next((each for each in where.entries if each.text == text), None) if where else None


class MessagesTest(LiveTest):
    CONFIG = "[limits]\nflood_per_second = 0"

    def setUp(self) -> None:
        super().setUp()
        self.start()

    def device(self, name: str, settings: Settings | None = None, password: str = "") -> Device:
        """Connect a client, and wait until it is in #general with its history."""
        device = Device(self.folder, settings or Settings())
        self.addCleanup(device.client.close)
        new_account = bool(password) and not device.settings.seen
        login = Login("127.0.0.1", self.server.port, name, password=password, new_account=new_account)
        device.client.connect(login)
        device.until(lambda: self.is_ready(device), f"{name} does not get into #general")
        return device

    def is_ready(self, device: Device) -> bool:
        conversations = device.client.network.conversations.values()
        return device.is_in("#general") and not any(each.fetching or each.behind for each in conversations)


class Conversations(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.ana, self.ben = self.device("ana"), self.device("ben")

    def late_comer(self) -> Device:
        """Return a client that joins after everything and reads the history."""
        return self.device("chen")

    def test_a_reply_quotes_a_message_for_everybody(self) -> None:
        question = self.ana.say("coffee?")
        self.ben.say("yes\nplease", self.ben.entry("coffee?"))
        for device in (self.ana, self.ben, self.late_comer()):
            answer = device.entry("yes\nplease")
            self.assertEqual(question.msgid, answer.reply_to)
            quoted = device.conversation().quoted(answer)
            assert quoted
            self.assertEqual("coffee?", quoted.text)

    def test_a_quote_from_long_ago_is_fetched_once(self) -> None:
        question = self.ana.say("coffee?")
        for number in range(260):
            self.ana.client.say(self.ana.conversation(), f"text {number}")
        self.ana.until(lambda: not self.ana.conversation().pending())
        self.ana.say("yes", question)
        chen = self.late_comer()
        answer = chen.entry("yes")
        self.assertIsNone(chen.conversation().quoted(answer))
        chen.client.fetch_quoted(chen.conversation(), answer)
        chen.until(lambda: chen.conversation().quoted(answer) is not None)
        quoted = chen.conversation().quoted(answer)
        assert quoted
        self.assertEqual("coffee?", quoted.text)

    def test_reactions_are_counted_live_and_after_a_start(self) -> None:
        mine = self.ana.say("done!")
        theirs = self.ben.entry("done!")
        self.ben.client.react(self.ben.conversation(), theirs, "👍")
        self.ben.client.react(self.ben.conversation(), theirs, "🎉")
        self.ana.until(lambda: set(mine.reactions) == {"👍", "🎉"})
        self.ben.client.react(self.ben.conversation(), theirs, "🎉")
        self.ana.client.react(self.ana.conversation(), mine, "👍")
        self.ben.until(lambda: theirs.reactions == {"👍": ["ben", "ana"]})
        self.ana.until(lambda: mine.reactions == {"👍": ["ben", "ana"]})
        chen = self.late_comer()
        entry = chen.entry("done!")
        chen.until(lambda: entry.reactions == {"👍": ["ben", "ana"]})

    def test_a_changed_text_reaches_everybody_and_the_history(self) -> None:
        mine = self.ana.say("helo")
        theirs = self.ben.entry("helo")
        self.assertIsNone(self.ana.client.edit(self.ana.conversation(), mine, "hello\nben"))
        self.ana.until(lambda: mine.pending_edit is None)
        self.ben.until(lambda: theirs.text == "hello\nben" and theirs.mention)
        entry = self.late_comer().entry("hello\nben")
        self.assertNotEqual(0.0, entry.edited_at)

    def test_nobody_changes_the_text_of_another(self) -> None:
        self.ana.say("mine")
        theirs = self.ben.entry("mine")
        self.assertIsNotNone(self.ben.client.edit(self.ben.conversation(), theirs, "yours"))

    def test_a_deleted_message_is_gone_for_everybody(self) -> None:
        mine = self.ana.say("oops")
        theirs = self.ben.entry("oops")
        self.ana.client.delete(self.ana.conversation(), mine)
        self.assertEqual("", mine.text)
        self.ana.client.close()  # at once, without waiting for the time in which it can be undone
        self.ben.until(lambda: theirs.deleted_by == "ana")
        self.assertEqual("", theirs.text)
        self.assertEqual(
            [], [each for each in self.late_comer().conversation().entries if each.text == "oops"]
        )

    def test_code_of_many_lines_is_one_message(self) -> None:
        code = "```python\n" + "\n".join(f"line_{number} = {number}\n" for number in range(30)) + "```"
        self.assertEqual("", self.ana.client.long_text_question(self.ana.conversation(), code))
        mine = self.ana.say(code)
        self.assertEqual(mine.msgid, self.ben.entry(code).msgid)
        self.assertEqual(mine.msgid, self.late_comer().entry(code).msgid)

    def test_a_very_long_line_stays_whole(self) -> None:
        text = "Grüße und Küsse " * 120 + "Ende"
        self.ana.say(text)
        self.ben.entry(text)
        self.late_comer().entry(text)

    def test_messages_in_a_slow_channel_are_sent_in_turn(self) -> None:
        for device in (self.ana, self.ben):
            device.join("#lab")
        self.ana.client.send(Message("MODE", ["#lab", "+S", "1"]))
        lab = self.ben.conversation("#lab")
        self.ben.until(lambda: lab.slow_seconds == 1)
        for text in ("one", "two", "three"):
            self.assertIsNone(self.ben.client.run(lab, text))
        self.ben.until(lambda: not lab.pending())
        sent = [each for each in lab.entries if each.text in ("one", "two", "three")]
        self.assertEqual(
            [("one", "sent"), ("two", "sent"), ("three", "sent")], [(each.text, each.state) for each in sent]
        )


class ReadState(MessagesTest):
    def test_a_guest_finds_conversations_and_unread_messages_again(self) -> None:
        settings = Settings()
        ana, ben = self.device("ana", settings), self.device("ben")
        ana.join("#second")
        ben.client.run(ben.conversation(), "/msg ana hello")
        ana.entry("hello", "ben")
        ben.say("before")
        ana.entry("before")
        for conversation in ana.client.network.conversations.values():
            ana.client.mark_read(conversation)
        ana.close()
        ben.say("ana: while you were away")
        ana = self.device("ana", settings)
        ana.until(lambda: ana.is_in("#second"))
        self.assertIsNotNone(ana.client.network.find("ben"))
        general = ana.conversation()
        self.assertEqual((1, 1), (general.unread, general.mentions))
        self.assertEqual(ana.entry("ana: while you were away").key, general.first_unread)

    def test_what_is_read_on_one_device_is_read_on_the_others(self) -> None:
        ana = self.device("ana", password=PASSWORD)
        phone = self.device("ana", Settings(seen={"x": 1}), password=PASSWORD)
        ben = self.device("ben")
        ben.say("ana: look")
        ana.entry("ana: look")
        phone.entry("ana: look")
        self.assertEqual((1, 1), (phone.conversation().mentions, ana.conversation().mentions))
        ana.client.mark_read(ana.conversation())
        ana.client.poll()
        self.both_until(ana, phone, lambda: phone.conversation().unread == 0)
        self.assertEqual(0, phone.conversation().mentions)

    def test_messages_marked_as_unread_are_unread_after_a_restart(self) -> None:
        settings = Settings()
        ana = self.device("ana", settings, PASSWORD)
        ben = self.device("ben")
        ben.say("one")
        ben.say("two")
        ana.entry("two")
        ana.client.mark_read(ana.conversation())
        ana.until(lambda: ana.conversation().server_marker == ana.conversation().read_marker)
        ana.client.mark_unread_from(ana.conversation(), ana.entry("two"))
        ana.close()
        ana = self.device("ana", settings, PASSWORD)
        ana.entry("two")
        self.assertEqual(["two"], [each.text for each in ana.conversation().entries if each.unread])

    def both_until(self, one: Device, other: Device, done: Callable[[], bool]) -> None:
        def polled() -> bool:
            one.client.poll()
            return done()

        other.until(polled)
