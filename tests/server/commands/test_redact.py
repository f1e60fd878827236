"""REDACT: messages are deleted.

Source:
    IRCv3 message-redaction
"""

from __future__ import annotations

from chatapp.server.state.message_ids import MAX_LISTED
from tests.server.base import ServerTest

CAPS = "message-tags draft/message-redaction"


class Redaction(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "dan", channel="#c", caps=CAPS)

    def sent_msgid(self, name: str, line: str, recipient: str) -> str:
        """Let a client send a message and return its msgid."""
        self.text(recipient)
        self.say(name, line)
        msgid = self.messages(recipient)[-1].tags["msgid"]
        self.forget()
        return msgid

    def stored_texts(self) -> list[str]:
        """Return the texts of all stored messages."""
        return [text for (text,) in self.reader.rows("SELECT text FROM messages ORDER BY id")]


class InAChannel(Redaction):
    def test_an_own_message_is_deleted_and_the_others_are_notified(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.say("bob", f"REDACT #C {msgid} :a slip")
        for name in ("ann", "dan"):
            self.assertGot(name, f":bob REDACT #c {msgid} :a slip")
        self.assertGot("bob")
        self.assertEqual(self.stored_texts(), [])

    def test_a_reason_is_optional(self) -> None:
        msgid = self.sent_msgid("bob", "NOTICE #c :oops", "ann")
        self.say("bob", f"REDACT #c {msgid}")
        self.assertGot("ann", f":bob REDACT #c {msgid}")

    def test_with_echo_message_the_sender_is_notified_too_with_the_label(self) -> None:
        self.enter("eve", channel="#c", caps=f"{CAPS} echo-message batch labeled-response")
        msgid = self.sent_msgid("eve", "PRIVMSG #c :oops", "ann")
        self.say("eve", f"@label=x REDACT #c {msgid}")
        (echo,) = self.messages("eve")
        self.assertEqual((echo.command, echo.tags["label"]), ("REDACT", "x"))
        self.assertNotEqual(echo.tags["msgid"], msgid)

    def test_clients_without_message_redaction_are_not_notified(self) -> None:
        self.enter("eve", channel="#c", caps="message-tags echo-message")
        msgid = self.sent_msgid("eve", "PRIVMSG #c :oops", "ann")
        self.say("eve", f"REDACT #c {msgid}")
        self.assertGot("eve")
        self.assertGot("ann", f":eve REDACT #c {msgid}")

    def test_a_channel_operator_may_redact_messages_of_others(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :spam", "dan")
        self.say("ann", f"REDACT #c {msgid}")
        self.assertGot("bob", f":ann REDACT #c {msgid}")
        self.assertEqual(self.stored_texts(), [])

    def test_a_server_operator_may_redact_messages_of_others(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :spam", "ann")
        self.make_operator("dan")
        self.say("dan", f"REDACT #c {msgid}")
        self.assertGot("bob", f":dan REDACT #c {msgid}")

    def test_other_members_may_not(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        expected = f"FAIL REDACT REDACT_FORBIDDEN #c {msgid} :You may not delete this message"
        self.assertAnswer("dan", f"REDACT #c {msgid}", expected)
        self.assertEqual(self.stored_texts(), ["mine"])

    def test_a_guest_who_takes_the_nick_may_not(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        self.hang_up("bob")
        self.enter("bob", channel="#c", caps=CAPS)
        expected = f"FAIL REDACT REDACT_FORBIDDEN #c {msgid} :You may not delete this message"
        self.assertAnswer("bob", f"REDACT #c {msgid}", expected)

    def test_an_account_may_after_reconnecting(self) -> None:
        self.log_in("bob", "Robert")
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        self.hang_up("bob")
        self.enter("rob", channel="#c", caps=CAPS)
        self.log_in("rob", "robert")
        self.assertAnswer("rob", f"REDACT #c {msgid}")
        self.assertGot("ann", f":rob REDACT #c {msgid}")

    def test_a_reaction_can_be_redacted(self) -> None:
        msgid = self.sent_msgid("bob", "@+draft/react=x TAGMSG #c", "ann")
        self.say("bob", f"REDACT #c {msgid}")
        self.assertGot("ann", f":bob REDACT #c {msgid}")
        self.assertEqual(self.reader.rows("SELECT id FROM events WHERE command = 'TAGMSG'").fetchall(), [])

    def test_a_join_cannot_be_redacted(self) -> None:
        self.text("ann")
        self.enter("eve")
        self.say("eve", "JOIN #c")
        msgid = self.messages("ann")[0].tags["msgid"]
        expected = f"FAIL REDACT UNKNOWN_MSGID #c {msgid} :This message does not exist"
        self.assertAnswer("eve", f"REDACT #c {msgid}", expected)

    def test_the_message_must_belong_to_the_target(self) -> None:
        self.enter("eve", channel="#other", caps=CAPS)
        self.say("ann", "JOIN #other")
        msgid = self.sent_msgid("ann", "PRIVMSG #other :words", "eve")
        for target in ("#c", "bob"):
            expected = f"FAIL REDACT UNKNOWN_MSGID {target} {msgid} :This message does not exist"
            self.assertAnswer("ann", f"REDACT {target} {msgid}", expected)
        self.assertEqual(self.stored_texts(), ["words"])

    def test_a_second_redaction_is_refused(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.say("bob", f"REDACT #c {msgid}")
        expected = f"FAIL REDACT UNKNOWN_MSGID #c {msgid} :This message does not exist"
        self.assertAnswer("bob", f"REDACT #c {msgid}", expected)

    def test_several_messages_are_deleted_at_once(self) -> None:
        msgids = [self.sent_msgid("bob", f"PRIVMSG #c :{text}", "dan") for text in ("one", "two", "three")]
        other = self.sent_msgid("ann", "PRIVMSG #c :mine", "dan")
        self.say("ann", f"REDACT #c {','.join(msgids[:2])} :Spam")
        self.assertGot("dan", *[f":ann REDACT #c {msgid} Spam" for msgid in msgids[:2]])
        self.assertEqual(self.stored_texts(), ["three", "mine"])
        self.assertAnswer(
            "bob", f"REDACT #c {msgids[2]},{msgids[2]},{other},{msgids[0]}",
            f"FAIL REDACT REDACT_FORBIDDEN #c {other} :You may not delete this message",
            f"FAIL REDACT UNKNOWN_MSGID #c {msgids[0]} :This message does not exist",
        )  # fmt: skip
        self.assertEqual(self.stored_texts(), ["mine"])

    def test_many_messages_need_several_commands(self) -> None:
        msgids = ",".join(f"{number:x}" for number in range(1, 27))
        expected = "FAIL REDACT TOO_MANY #c 25 :Too many messages at once"
        self.assertAnswer("ann", f"REDACT #c {msgids}", expected)

    def test_the_most_messages_fit_into_a_line(self) -> None:
        self.assertLess(len(f"REDACT #{'c' * 20} {','.join(['f' * 16] * MAX_LISTED)} :Insults"), 510)

    def test_errors_are_reported(self) -> None:
        self.enter("eve", channel="#private")
        unknown, closed = "This message does not exist", "You cannot delete messages there"
        for line, answer in (
            ("REDACT #c", "461 ann REDACT :Not enough parameters"),
            ("REDACT #c nonsense", f"FAIL REDACT UNKNOWN_MSGID #c nonsense :{unknown}"),
            ("REDACT #no 1f", f"FAIL REDACT INVALID_TARGET #no :{closed}"),
            ("REDACT #private 1f", f"FAIL REDACT INVALID_TARGET #private :{closed}"),
        ):
            with self.subTest(line):
                self.assertAnswer("ann", line, answer)


class InAConversation(Redaction):
    def test_the_partner_is_notified(self) -> None:
        msgid = self.sent_msgid("ann", "PRIVMSG bob :oops", "bob")
        self.say("ann", f"REDACT bob {msgid} :so sorry")
        self.assertGot("bob", f":ann REDACT bob {msgid} :so sorry")
        self.assertEqual(self.stored_texts(), [])

    def test_the_partner_may_not_redact(self) -> None:
        msgid = self.sent_msgid("ann", "PRIVMSG bob :mine", "bob")
        expected = f"FAIL REDACT REDACT_FORBIDDEN ann {msgid} :You may not delete this message"
        self.assertAnswer("bob", f"REDACT ann {msgid}", expected)

    def test_a_third_user_does_not_learn_that_the_message_exists(self) -> None:
        msgid = self.sent_msgid("ann", "PRIVMSG bob :secret", "bob")
        expected = f"FAIL REDACT UNKNOWN_MSGID bob {msgid} :This message does not exist"
        self.assertAnswer("dan", f"REDACT bob {msgid}", expected)
