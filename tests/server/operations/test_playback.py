"""Stored messages and events in the form that a session can read.

Source: IRCv3 event-playback.
"""

from __future__ import annotations

import unittest

from tests.server.batches import HISTORY_CAPS, HistoryTest

EVENTS = f"{HISTORY_CAPS} draft/event-playback extended-join"


class Events(HistoryTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps=EVENTS)
        self.enter("bob", caps=HISTORY_CAPS)

    def test_with_event_playback_all_events_are_sent(self) -> None:
        self.say("bob", "JOIN #c")
        self.say("ann", "MODE #c +o-o+v bob bob bob", "TOPIC #c :Welcome", "TOPIC #c :")
        self.say("bob", "PRIVMSG #c :hello", "@+draft/react=👍 TAGMSG #c", "@+typing=active TAGMSG #c")
        self.say("bob", "NICK rob", "PART #c", "JOIN #c", "PART #c :bye", "JOIN #c")
        self.say("ann", "KICK #c rob :enough")
        self.say("bob", "JOIN #c", "QUIT :later")
        self.assertEqual(
            [str(message).partition(" ")[2] for message in self.page("ann", "CHATHISTORY LATEST #c * 50")],
            [
                f"{source} {rest}"
                for source, rest in (
                    (self.source("ann"), "JOIN #c * Ann"),
                    (self.source("bob"), "JOIN #c * Bob"),
                    (self.source("ann"), "MODE #c +o-o+v bob bob bob"),
                    (self.source("ann"), "TOPIC #c :Welcome"),
                    (self.source("ann"), "TOPIC #c :"),
                    (self.source("bob"), "PRIVMSG #c :hello"),
                    (self.source("bob"), "TAGMSG #c"),
                    (self.source("bob"), "NICK rob"),
                    (self.source("rob"), "PART #c"),
                    (self.source("rob"), "JOIN #c * Bob"),
                    (self.source("rob"), "PART #c bye"),
                    (self.source("rob"), "JOIN #c * Bob"),
                    (self.source("ann"), "KICK #c rob :enough"),
                    (self.source("rob"), "JOIN #c * Bob"),
                    (self.source("rob"), "QUIT :Quit: later"),
                )
            ],
        )

    def source(self, nick: str) -> str:
        user = "bob" if nick == "rob" else nick
        return f":{nick}!{user}@{self.user('ann').host}"

    def test_stored_events_have_the_id_and_time_of_the_original(self) -> None:
        self.say("bob", "JOIN #c", "JOIN #d", "NICK rob", "QUIT")
        seen = {message.tags["msgid"]: message.tags["time"] for message in self.messages("ann")}
        read = self.page("ann", "CHATHISTORY LATEST #c * 3")
        self.assertEqual({message.tags["msgid"]: message.tags["time"] for message in read}, seen)

    def test_without_it_only_messages_are_sent_and_they_fill_the_limit(self) -> None:
        self.say("bob", "JOIN #c", "PRIVMSG #c :one", "PRIVMSG #c :two")
        self.say("bob", *["PART #c", "JOIN #c"] * 5)
        for line in ("LATEST #c * 2", "BEFORE #c timestamp=2030-01-01T00:00:00.000Z 2"):
            self.assertEqual(self.texts("bob", f"CHATHISTORY {line}"), ["one", "two"])

    def test_messages_and_events_share_the_limit(self) -> None:
        self.say("bob", "JOIN #c", "PRIVMSG #c :one", "PART #c", "JOIN #c", "PRIVMSG #c :two")
        page = self.page("ann", "CHATHISTORY LATEST #c * 3")
        self.assertEqual([message.command for message in page], ["PART", "JOIN", "PRIVMSG"])

    def test_a_join_can_be_a_bound(self) -> None:
        self.say("ann", "PRIVMSG #c :before")
        self.text("ann")
        self.say("bob", "JOIN #c", "PRIVMSG #c :after")
        join = self.messages("ann")[0].tags["msgid"]
        self.assertEqual(self.texts("bob", f"CHATHISTORY BEFORE #c msgid={join} 10"), ["before"])
        self.assertEqual(self.texts("bob", f"CHATHISTORY AFTER #c msgid={join} 10"), ["after"])

    def test_without_extended_join_a_join_has_no_account(self) -> None:
        self.enter("dan", channel="#c", caps=f"{HISTORY_CAPS} draft/event-playback")
        self.assertEqual(self.page("dan", "CHATHISTORY LATEST #c * 1")[0].params, ("#c",))

    def test_without_message_tags_no_tagmsg_is_sent_or_counted(self) -> None:
        self.say("bob", "JOIN #c", "@+draft/react=x TAGMSG #c")
        self.enter("dan", channel="#c", caps="batch draft/event-playback")
        self.forget()
        self.say("dan", "CHATHISTORY LATEST #c * 2")
        self.assertEqual(self.codes("dan"), ["BATCH", "JOIN", "JOIN", "BATCH"])

    def test_events_of_an_auditorium_do_not_reveal_members(self) -> None:
        self.say("ann", "MODE #c +u")
        self.say("bob", "JOIN #c", "NICK rob", "PART #c", "JOIN #c", "QUIT")
        page = self.page("ann", "CHATHISTORY LATEST #c * 50")
        self.assertEqual([message.command for message in page], ["JOIN", "MODE"])

    def test_a_new_channel_of_an_old_name_has_no_messages_of_the_old_one(self) -> None:
        self.say("ann", "MODE #c +k key", "PRIVMSG #c :among us")
        self.say("ann", "PART #c")
        self.assertNotIn("#c", self.world.channels)
        self.restart()
        self.enter("eve", channel="#c", caps=EVENTS)
        self.assertEqual(len(self.page("eve", "CHATHISTORY LATEST #c * 50")), 1)
        self.assertNotEqual(self.channel("#c").key, "#1")


if __name__ == "__main__":
    unittest.main()
