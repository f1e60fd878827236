"""Messages to channels and users, echoes, labels, AWAY and SETNAME.

Source:
    modern IRC PRIVMSG; IRCv3 message-tags, echo-message, labeled-response, away-notify, setname
"""

from __future__ import annotations

import unittest

from chatapp.server.storage import message_rows
from chatapp.server.storage.history_pages import FOREVER, PageQuery, between
from chatapp.server.storage.message_rows import StoredMessage
from tests.server.base import ServerTest

TAGS = "message-tags server-time"


class ToAChannel(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", channel="#c")

    def test_all_members_but_the_sender_get_the_message(self) -> None:
        for command in ("PRIVMSG", "NOTICE"):
            with self.subTest(command):
                self.say("ann", f"{command} #C :hello there")
                self.assertGot("ann")
                self.assertGot("bob", f":ann {command} #c :hello there")
                self.assertGot("eve", f":ann {command} #c :hello there")

    def test_lines_keep_their_order_when_several_users_send(self) -> None:
        self.say("ann", *(f"PRIVMSG #c :{number}" for number in range(50)))
        self.say("bob", "PRIVMSG #c :and I", "TOPIC #c", "PRIVMSG #c :again")
        words = [line.split(" :", 1)[1] for line in self.got("eve")]
        self.assertEqual(words, [*map(str, range(50)), "and I", "again"])

    def test_a_leading_space_or_colon_is_part_of_the_text(self) -> None:
        for text in (" hello", ":-)", "", "a  b "):
            with self.subTest(text):
                self.say("ann", f"PRIVMSG #c :{text}")
                expected = [f":ann PRIVMSG #c :{text}"] if text else []
                self.assertEqual(self.got("bob"), expected)
        self.assertGot("ann", "412 ann :No text to send")

    def test_senders_without_permission_are_refused(self) -> None:
        self.enter("dan")
        table = {
            ("dan", "+n"): "You are not in this channel (+n)",
            ("bob", "+m"): "Only members with voice or a higher rank can write here (+m)",
            ("bob", "+b bob"): "You are banned here (+b)",
        }
        for (name, mode), expected in table.items():
            with self.subTest(mode):
                self.say("ann", f"MODE #c {mode}")
                self.forget()
                self.assertAnswer(name, "PRIVMSG #c :hello", f"404 {name} #c :{expected}")
                self.assertAnswer(name, "@+x=1 PRIVMSG #c :hello", f"404 {name} #c :{expected}")
                self.assertGot("ann")
                if mode != "+n":
                    self.say("ann", f"MODE #c -{mode[1:]}")

    def test_each_line_of_a_refused_burst_is_refused(self) -> None:
        self.say("ann", "MODE #c +m")
        self.forget()
        self.say("bob", "PRIVMSG #c :one", "PRIVMSG #c :two")
        self.assertEqual(self.codes("bob"), ["404", "404"])

    def test_non_members_can_send_where_the_modes_allow_it(self) -> None:
        self.enter("dan", caps="echo-message")
        self.say("ann", "MODE #c -n")
        self.forget()
        self.assertAnswer("dan", "PRIVMSG #c :hello", ":dan PRIVMSG #c :hello")
        self.assertAnswer("dan", "@+x=1 PRIVMSG #c :hello", ":dan PRIVMSG #c :hello")
        self.assertGot("bob", ":dan PRIVMSG #c :hello", ":dan PRIVMSG #c :hello")

    def test_a_voiced_member_can_send_in_a_moderated_channel_even_when_banned(self) -> None:
        self.say("ann", "MODE #c +mbv bob bob")
        self.forget()
        self.assertAnswer("bob", "PRIVMSG #c :hello")
        self.assertGot("eve", ":bob PRIVMSG #c :hello")

    def test_a_message_to_members_of_some_ranks(self) -> None:
        """STATUSMSG: `@#c` is for operators and higher ranks."""
        self.say("ann", "MODE #c +v bob")
        self.forget()
        self.say("eve", "PRIVMSG @#c :for operators", "PRIVMSG +#c :for voices")
        self.assertGot("ann", ":eve PRIVMSG @#c :for operators", ":eve PRIVMSG +#c :for voices")
        self.assertGot("bob", ":eve PRIVMSG +#c :for voices")
        self.assertGot("eve")

    def test_a_long_line_is_truncated_to_the_maximum_length(self) -> None:
        self.say("ann", f"PRIVMSG #c :{'é' * 240}", f"@+x=1 PRIVMSG #c :{'é' * 240}")
        for line in self.text("bob").split("\r\n")[:2]:
            self.assertLessEqual(len(line.encode()), 510)
            self.assertGreater(len(line.encode()), 505)
            self.assertTrue(line.endswith("é"))


class Labels(ServerTest):
    """No reply: ACK. One reply: the label is on it. Several replies: one batch."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c", caps="batch labeled-response message-tags")
        self.enter("bob")
        self.forget()

    def test_without_a_reply(self) -> None:
        for line in ("PRIVMSG #c :hello", "PONG x", "NOTICE nobody :x", "MODE #c +n"):
            with self.subTest(line):
                self.say("ann", f"@label=a1 {line}")
                self.assertEqual(self.text("ann"), "@label=a1 :chatapp.local ACK\r\n")

    def test_one_reply(self) -> None:
        for line in ("PING x", "WHOWAS", "NICK ann2", "NONSENSE", "MODE #c +i", "PRIVMSG nobody :x"):
            with self.subTest(line):
                self.say("ann", f"@label=a1 {line}")
                (message,) = self.messages("ann")
                self.assertEqual(message.tags["label"], "a1")

    def test_several_replies(self) -> None:
        self.say("ann", "@label=a1 WHO #c")
        opener, *replies, closer = self.messages("ann")
        reference = opener.params[0][1:]
        self.assertEqual(
            (opener.params[0][0], opener.params[1], opener.tags["label"]), ("+", "labeled-response", "a1")
        )
        self.assertEqual({reply.tags["batch"] for reply in replies}, {reference})
        self.assertEqual(closer.params, (f"-{reference}",))
        self.assertFalse([reply for reply in replies if "label" in reply.tags])

    def test_without_the_capability_a_label_is_ignored(self) -> None:
        self.say("bob", "@label=a1 PING x")
        self.assertEqual(self.text("bob"), ":chatapp.local PONG chatapp.local x\r\n")

    def test_other_clients_do_not_get_the_label(self) -> None:
        self.enter("eve", channel="#c", caps="batch labeled-response message-tags")
        self.say("ann", "@label=a1 MODE #c +m", "@label=a2 KICK #c eve,nobody")
        for message in self.messages("eve"):
            self.assertEqual(set(message.tags), {"msgid"})


class Storage(ServerTest):
    """A delivered message is found in the history."""

    def rows(self, channel: str) -> list[StoredMessage]:
        wish = PageQuery((self.channel(channel).key,), "messages", 100, 100_000)
        return between(self.reader, wish, -1, FOREVER, newest=False)

    def test_messages_are_stored_as_they_were_delivered(self) -> None:
        self.enter("ann", "bob", channel="#c", caps=TAGS)
        self.log_in("bob", "robert")
        self.say(
            "bob",
            "PRIVMSG #c :one",
            "@+x=1 NOTICE #c :two",
            "@+typing=active TAGMSG #c",
            "PRIVMSG @#c :secret",
        )
        received = [
            message for message in self.messages("ann") if message.params[0] == "#c" and message.params[1:]
        ]
        rows = self.rows("#c")
        self.assertEqual([f"{row.id:x}" for row in rows], [message.tags["msgid"] for message in received])
        self.assertEqual([row.command for row in rows], ["PRIVMSG", "NOTICE"])
        self.assertEqual([row.tags for row in rows], [{}, {"+x": "1"}])
        self.assertEqual({row.account for row in rows}, {"robert"})

    def test_a_refused_message_is_not_stored(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "MODE #c +m")
        self.say("bob", "PRIVMSG #c :hello")
        self.assertEqual(self.rows("#c"), [])

    def test_messages_survive_a_restart_and_later_times_are_greater(self) -> None:
        self.enter("ann", channel="#c")
        self.say("ann", *(f"PRIVMSG #c :{number}" for number in range(5)))
        self.restart()
        self.enter("ann", channel="#c")
        self.say("ann", "PRIVMSG #c :later")
        rows = self.rows("#c")
        self.assertEqual([row.text for row in rows], ["0", "1", "2", "3", "4", "later"])
        self.assertEqual([row.time for row in rows], sorted({row.time for row in rows}))


class NoHistory(ServerTest):
    CONFIG = "[history]\nenabled = false"

    def test_no_message_is_stored(self) -> None:
        self.enter("ann", "bob", channel="#c")
        self.say("ann", "PRIVMSG #c :hello", "NOTICE #c :hello", "PRIVMSG bob :hello")
        self.assertEqual(self.codes("bob"), ["PRIVMSG", "NOTICE", "PRIVMSG"])
        self.say("bob", "PART #c", "JOIN #c")
        self.assertEqual(message_rows.newest_id(self.store), 0)

    def test_history_features_are_not_offered(self) -> None:
        self.enter("ann")
        offered = " ".join(self.answer("ann", "CAP LS 302", "VERSION"))
        for word in ("chathistory", "event-playback", "redaction", "search", "CHATHISTORY", "MSGREFTYPES"):
            self.assertNotIn(word, offered)
        self.assertIn("read-marker", offered)


class Away(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", channel="#c")
        self.enter("bob", channel="#c", caps="away-notify")
        self.enter("dan", caps="away-notify")
        self.forget()

    def test_setting_and_clearing_away(self) -> None:
        self.assertAnswer("ann", "AWAY :at lunch", "306 ann :You have been marked as being away")
        self.assertGot("bob", ":ann AWAY :at lunch")
        self.assertAnswer("ann", "AWAY", "305 ann :You are no longer marked as being away")
        self.assertGot("bob", ":ann AWAY")
        self.assertAnswer("ann", "AWAY :", "305 ann :You are no longer marked as being away")
        self.assertGot("bob")
        self.assertGot("dan")

    def test_only_a_new_reason_is_sent_to_neighbours(self) -> None:
        self.say("ann", "AWAY :lunch", "AWAY :lunch", "AWAY :dinner")
        self.assertGot("bob", ":ann AWAY :lunch", ":ann AWAY :dinner")

    def test_a_neighbour_in_several_channels_is_notified_once(self) -> None:
        self.say("ann", "JOIN #d")
        self.say("bob", "JOIN #d")
        self.forget()
        self.say("ann", "AWAY :lunch")
        self.assertGot("bob", ":ann AWAY :lunch")

    def test_a_long_reason_is_truncated(self) -> None:
        self.say("ann", f"AWAY :{'x' * 450}")
        self.assertEqual(len(self.user("ann").away), 390)


class RealNames(ServerTest):
    def test_clients_with_setname_get_a_new_real_name(self) -> None:
        self.enter("ann", "bob", channel="#c", caps="setname")
        self.enter("eve", channel="#c")
        self.say("ann", "SETNAME :Ann Other")
        self.assertGot("bob", ":ann SETNAME :Ann Other")
        self.assertEqual(self.codes("eve"), [])
        self.assertEqual(self.answer("eve", "WHO ann %r")[0], "354 eve :Ann Other")

    def test_invalid_real_names(self) -> None:
        self.enter("ann", caps="setname")
        for name in ("", "x" * 151):
            with self.subTest(name):
                self.assertAnswer(
                    "ann", f"SETNAME :{name}", "FAIL SETNAME INVALID_REALNAME :Realname is not valid"
                )
        self.assertAnswer("ann", "SETNAME", "461 ann SETNAME :Not enough parameters")


if __name__ == "__main__":
    unittest.main()
