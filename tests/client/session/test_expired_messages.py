"""Messages that a channel no longer keeps (mode H) disappear while the client runs."""

from __future__ import annotations

from chatapp.client.model.changes import ConversationChanged, Removed
from chatapp.client.model.conversation import Conversation
from chatapp.client.session.expired_messages import CHECK_SECONDS, GRACE_SECONDS
from chatapp.protocol.modes import chanmodes, prefix
from chatapp.protocol.timestamps import DAY_SECONDS, iso_of_seconds
from tests.client.base import ISUPPORT, STEP, ClientTest, entry

CHATAPP = f"{ISUPPORT} PREFIX={prefix()} CHANMODES={chanmodes()}"
SOON = GRACE_SECONDS + CHECK_SECONDS  # after the time of a message is over, it is gone


class ExpiredMessagesTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.server_ahead = 0.0  # seconds by which its clock is ahead of ours
        self.general = self.online(isupport=CHATAPP)
        self.days(1)

    def days(self, days: int) -> list[tuple[Conversation, list[str]]]:
        """Let the channel keep messages for so many days; return what is removed then."""
        self.receive(f":ben!b@h MODE #general +H {days}")
        return self.removed(SOON)

    def history(self, *ages: float) -> None:
        """Receive messages that were sent some seconds ago, the oldest first; the age is their text."""
        self.client.load_older(self.general)
        times = [iso_of_seconds(self.now - age) for age in ages]
        self.page(
            "#general",
            *(
                f"@time={time};msgid=m{age:.0f} :ben!b@h PRIVMSG #general :{age:.0f}"
                for time, age in zip(times, ages, strict=True)
            ),
        )

    def removed(self, seconds: float) -> list[tuple[Conversation, list[str]]]:
        """Let time pass, in which the server answers; return what is removed, and where."""
        changes = []
        while seconds > 0:
            changes += self.pass_time(min(seconds, STEP))
            changes += self.receive(
                f"@time={iso_of_seconds(self.now + self.server_ahead)} :srv PONG srv :alive"
            )
            seconds -= STEP
        self.changes = changes
        return [
            (each.conversation, [entry.text for entry in each.entries])
            for each in changes
            if isinstance(each, Removed)
        ]

    def test_a_message_is_removed_some_time_after_its_days_are_over(self) -> None:
        self.history(DAY_SECONDS - 5, 60)
        self.assertEqual([], self.removed(GRACE_SECONDS))
        self.assertEqual([(self.general, [f"{DAY_SECONDS - 5}"])], self.removed(CHECK_SECONDS + 5))
        self.assertEqual(["60"], self.texts(self.general))
        self.assertFalse(self.general.has_msgid(f"m{DAY_SECONDS - 5}"))

    def test_a_shorter_time_removes_all_older_messages_at_once(self) -> None:
        self.days(3)
        self.history(2 * DAY_SECONDS, 2 * DAY_SECONDS - 60, 60)
        self.assertEqual([], self.removed(SOON))
        self.assertEqual([(self.general, ["172800", "172740"])], self.days(1))

    def test_a_channel_without_a_limit_keeps_everything(self) -> None:
        self.receive(":ben!b@h MODE #general -H")
        self.history(1000 * DAY_SECONDS)
        self.assertEqual([], self.removed(SOON))

    def test_it_goes_by_the_clock_of_the_server(self) -> None:
        self.history(DAY_SECONDS - 600)
        self.server_ahead = 600
        self.assertEqual([(self.general, [f"{DAY_SECONDS - 600}"])], self.removed(SOON))

    def test_an_unread_message_no_longer_counts(self) -> None:
        self.history(DAY_SECONDS - 5)
        self.client.mark_unread_from(self.general, self.general.entries[0])
        self.assertEqual(1, self.general.unread)
        self.removed(SOON)
        self.assertEqual((0, None), (self.general.unread, self.general.first_unread))
        self.assert_changed(ConversationChanged)

    def test_own_messages_that_were_not_sent_stay(self) -> None:
        self.history(DAY_SECONDS - 5, DAY_SECONDS - 6)
        self.general.entries[0].state = "failed"
        self.client.say(self.general, "not yet")
        self.general.entries[-1].time -= 2 * DAY_SECONDS
        self.removed(SOON)
        self.assertEqual(["not yet", "86395"], self.texts(self.general))

    def test_an_older_part_that_is_shown_loses_them_too(self) -> None:
        past = self.general.past = Conversation("#general", "channel", present=self.general)
        past.insert([entry(900, self.now - DAY_SECONDS + 5, "long ago", "m900")])
        self.assertEqual([(past, ["long ago"])], self.removed(SOON))
