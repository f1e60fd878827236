"""Which messages and events are stored, and under which key."""

from __future__ import annotations

from chatapp.protocol.message import Message
from chatapp.server.core import message_log
from chatapp.server.core.outbox import Outbox
from tests.server.base import ServerTest


class MessageLogTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps="message-tags")

    def outbox(self) -> Outbox:
        return Outbox(self.world, self.user("ann").sessions[0], None, self._milliseconds(), 0.0)

    def commands(self, table: str = "events") -> list[str]:
        """Return the commands of all stored rows, in order."""
        query = f"SELECT command FROM {table} ORDER BY time"
        return [command for (command,) in self.reader.rows(query)]


class Keys(MessageLogTest):
    def test_a_conversation_has_one_key_for_both_partners(self) -> None:
        ann, bob = self.user("ann"), self.user("bob")
        key = message_log.conversation_key(self.world, ann, bob)
        self.assertEqual(key, message_log.conversation_key(self.world, bob, ann))
        self.assertNotEqual(key, message_log.conversation_key(self.world, ann, ann))

    def test_the_name_of_an_account_stands_for_that_account(self) -> None:
        self.make_account("bob")
        ann, bob = self.user("ann"), self.user("bob")
        by_name = message_log.conversation_key(self.world, ann, "BOB")
        self.assertNotEqual(by_name, message_log.conversation_key(self.world, ann, bob))  # a guest
        self.log_in("bob")
        self.assertEqual(by_name, message_log.conversation_key(self.world, ann, bob))

    def test_a_new_channel_of_the_same_name_has_another_key(self) -> None:
        key = self.channel("#c").key
        self.world.drop_channel(self.channel("#c"))
        self.assertNotEqual(self.world.new_channel("#c", 0).key, key)


class StoredEvents(MessageLogTest):
    def test_typing_is_not_stored_and_other_client_tags_are(self) -> None:
        before = self.commands()
        self.say("ann", "@+typing=active TAGMSG #c")
        self.assertEqual(self.commands(), before)
        self.say("ann", "@+draft/react=:) TAGMSG #c")
        self.assertEqual(self.commands(), [*before, "TAGMSG"])

    def test_an_event_that_only_some_members_may_see_is_not_stored(self) -> None:
        self.say("ann", "MODE #c +u")
        before = self.commands()
        self.enter("eve", channel="#c")
        self.assertEqual(self.commands(), before)
        self.say("ann", "TOPIC #c :for all")
        self.assertEqual(self.commands(), [*before, "TOPIC"])

    def test_only_messages_and_tagmsgs_do_not_change_the_world(self) -> None:
        ann, channel = self.user("ann"), self.channel("#c")
        out = self.outbox()
        spoken = out.message_from(ann, "PRIVMSG", "#c", "hello")
        message_log.store_message(ann, spoken, channel.key, 1, out)
        message_log.store_direct_message(
            ann, self.user("bob"), out.message_from(ann, "NOTICE", "bob", "hi"), 2, out
        )
        tagged = out.message_from(ann, "TAGMSG", "#c", tags={"+x": "1"})
        message_log.store_message(ann, tagged, channel.key, 3, out)
        self.assertTrue(message_log.stores_only_messages(out.saves))
        part = Message("PART", ("#c",), ann.source, {"msgid": self.world.ids.new_msgid()})
        message_log.store_event(ann, part, [channel], 4, out)
        self.assertFalse(message_log.stores_only_messages(out.saves))


class WithoutHistory(MessageLogTest):
    CONFIG = "[history]\nenabled = false"

    def test_nothing_is_stored(self) -> None:
        self.say("ann", "PRIVMSG #c :hello", "PRIVMSG bob :hello", "TOPIC #c :new", "@+x=1 TAGMSG #c")
        self.assertEqual(self.commands("messages") + self.commands(), [])


class Times(MessageLogTest):
    def test_an_event_in_several_channels_is_later_than_every_event_in_each(self) -> None:
        self.say("ann", "JOIN #d")
        channels = [self.channel("#c"), self.channel("#d")]
        channels[0].last_time, channels[1].last_time = 500, 900
        self.assertEqual(message_log.stamp_channels(channels, 700), 901)
        self.assertEqual([channel.last_time for channel in channels], [901, 901])
        self.assertEqual(message_log.stamp_channels(channels, 2_000), 2_000)
        self.assertEqual(message_log.stamp_channels([], 5), 5)
