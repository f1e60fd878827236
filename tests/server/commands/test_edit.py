"""EDIT: messages are changed.

Source:
    IRCv3 message-edit (pull request 425 of ircv3-specifications)
"""

from __future__ import annotations

from chatapp.protocol.message import Message, escape_tag
from chatapp.protocol.timestamps import HOUR_MILLISECONDS
from chatapp.server.state.session import PLAIN_TEXT
from chatapp.server.storage.statements import Save, Statement
from tests.server.base import IndexedTest, ServerTest

CAPS = "message-tags draft/message-edit"


class EditTest(ServerTest):
    CLIENT_CAPS = CAPS

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c", caps=self.CLIENT_CAPS)

    def sent_msgid(self, name: str, line: str, recipient: str) -> str:
        """Let a client send a message and return its msgid."""
        self.text(recipient)
        self.say(name, line)
        message = next(each for each in self.messages(recipient) if "msgid" in each.tags)
        self.forget()
        return message.tags["msgid"]

    def edit(self, name: str, target: str, msgid: str, text: str) -> None:
        """Let a client edit a message."""
        self.say(name, self.line(target, msgid, text))

    def line(self, target: str, msgid: str, text: str) -> str:
        return f"@draft/target-msgid={msgid};draft/edit-text={escape_tag(text)} EDIT {target}"

    def assertRefused(self, name: str, target: str, msgid: str, text: str, expected: str) -> None:
        """Check that an edit is refused, and changes nothing."""
        before = self.stored_texts()
        self.assertAnswer(name, self.line(target, msgid, text), f"FAIL EDIT {expected}")
        self.assertEqual(self.stored_texts(), before)

    def assertEdited(self, name: str, source: str, target: str, msgid: str, text: str) -> Message:
        """Check that a client got exactly one EDIT; return it."""
        (message,) = self.messages(name)
        self.assertEqual((message.command, message.nick, message.params), ("EDIT", source, (target,)))
        tags = message.tags
        self.assertEqual((tags["draft/target-msgid"], tags["draft/edit-text"]), (msgid, text))
        return message

    def stored_texts(self) -> list[str]:
        """Return the texts of all stored messages."""
        return [text for (text,) in self.reader.rows("SELECT text FROM messages ORDER BY id")]


class InAChannel(EditTest):
    def test_members_get_the_new_text(self) -> None:
        """@msgid=124;draft/target-msgid=123;draft/edit-text=an\\sexample :nick!u@h EDIT #channel"""
        msgid = self.sent_msgid("bob", "PRIVMSG #c :anex ample", "ann")
        self.edit("bob", "#C", msgid, "an example")
        message = self.assertEdited("ann", "bob", "#c", msgid, "an example")
        self.assertNotIn(message.tags["msgid"], ("", msgid))
        self.assertGot("bob")
        self.assertEqual(self.stored_texts(), ["an example"])

    def test_with_echo_message_the_sender_gets_it_with_the_label(self) -> None:
        self.enter("eve", channel="#c", caps=f"{CAPS} echo-message labeled-response batch")
        msgid = self.sent_msgid("eve", "PRIVMSG #c :oops", "ann")
        self.say("eve", f"@label=x;{self.line('#c', msgid, 'good')[1:]}")
        self.assertEqual(self.assertEdited("eve", "eve", "#c", msgid, "good").tags["label"], "x")

    def test_without_echo_message_a_label_is_acknowledged(self) -> None:
        self.enter("eve", channel="#c", caps=f"{CAPS} labeled-response batch")
        msgid = self.sent_msgid("eve", "PRIVMSG #c :oops", "ann")
        self.assertAnswer("eve", f"@label=x;{self.line('#c', msgid, 'good')[1:]}", "ACK")

    def test_all_sessions_of_the_sender_get_it(self) -> None:
        self.enter_as("Dan", "pc", "phone", channel="#c", caps=CAPS)
        msgid = self.sent_msgid("pc", "PRIVMSG #c :oops", "ann")
        self.edit("phone", "#c", msgid, "good")
        self.assertEdited("pc", "Dan", "#c", msgid, "good")
        self.assertGot("phone")

    def test_a_message_can_be_edited_again(self) -> None:
        msgid = self.sent_msgid("bob", "NOTICE #c :one", "ann")
        for text in ("two", "three"):
            self.edit("bob", "#c", msgid, text)
            self.assertEdited("ann", "bob", "#c", msgid, text)
        self.assertEqual(self.stored_texts(), ["three"])

    def test_an_edited_message_can_be_redacted(self) -> None:
        self.say("bob", "CAP REQ draft/message-redaction")
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.edit("bob", "#c", msgid, "good")
        self.say("bob", f"REDACT #c {msgid}")
        self.assertEqual(self.stored_texts(), [])

    def test_client_tags_stay(self) -> None:
        msgid = self.sent_msgid("bob", "@+draft/reply=1 PRIVMSG #c :oops", "ann")
        self.edit("bob", "#c", msgid, "good")
        self.assertEqual(self.reader.rows("SELECT tags FROM messages").fetchone(), ('{"+draft/reply": "1"}',))

    def test_it_survives_a_crash(self) -> None:
        self.enter_as("Dan", channel="#c", caps=CAPS)
        msgid = self.sent_msgid("Dan", "PRIVMSG #c :oops", "ann")
        self.edit("Dan", "#c", msgid, "good")
        self.restart()
        self.enter_as("Dan", channel="#c", caps=f"{CAPS} draft/chathistory")
        self.say("Dan", "CHATHISTORY LATEST #c * 10")
        (message,) = self.messages("Dan")
        self.assertEqual((message.tags["msgid"], message.text), (msgid, "good"))
        self.edit("Dan", "#c", msgid, "better")
        self.assertEqual(self.stored_texts(), ["better"])


class SeveralLines(EditTest):
    def test_a_message_may_get_and_lose_lines(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :one", "ann")
        for text in ("one\ntwo\n\nfour", "one"):
            self.edit("bob", "#c", msgid, text)
            self.assertEdited("ann", "bob", "#c", msgid, text)
            self.assertEqual(self.stored_texts(), [text])

    def test_a_long_line_is_stored_in_pieces_that_fit_into_lines(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :one", "ann")
        text = "é" * 1000
        self.edit("bob", "#c", msgid, text)
        self.assertEdited("ann", "bob", "#c", msgid, text)
        self.enter("eve", channel="#c", caps="batch draft/multiline draft/chathistory message-tags")
        self.say("eve", "CHATHISTORY LATEST #c * 10")
        shown = [each.text for each in self.messages("eve") if each.command == "PRIVMSG"]
        self.assertEqual("".join(shown), f"(edited) {text}")

    def test_each_line_costs_what_a_message_costs(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :one", "ann")
        self.edit("bob", "#c", msgid, "\n".join("x" * 10))
        self.assertEqual(round(self.links["bob"].charged), 9)

    def test_a_message_of_several_lines_can_be_edited(self) -> None:
        self.say("bob", "CAP REQ :batch draft/multiline")
        self.text("ann")
        self.say("bob", "BATCH +1 draft/multiline #c", "@batch=1 PRIVMSG #c :a", "@batch=1 PRIVMSG #c :b")
        msgid = self.sent_msgid("bob", "BATCH -1", "ann")
        self.edit("bob", "#c", msgid, "a\nc")
        self.assertEqual(self.stored_texts(), ["a\nc"])


class OtherClients(EditTest):
    """Sessions without draft/message-edit get a line that people can read."""

    def test_it_begins_with_a_mark_and_replies_to_the_message(self) -> None:
        self.enter("irssi", channel="#c")
        self.enter("lounge", channel="#c", caps="message-tags server-time account-tag")
        for command in ("PRIVMSG", "NOTICE"):
            with self.subTest(command):
                msgid = self.sent_msgid("bob", f"{command} #c :oops", "ann")
                self.edit("bob", "#c", msgid, "good")
                self.assertGot("irssi", f":bob {command} #c :(edited) good")
                (message,) = self.messages("lounge")
                self.assertEqual((message.command, message.text), (command, "(edited) good"))
                self.assertEqual(message.tags.keys(), {"time", "+draft/reply", "+reply"})
                self.assertEqual((message.tags["+draft/reply"], message.tags["+reply"]), (msgid, msgid))

    def test_an_action_stays_one(self) -> None:
        self.enter("irssi", channel="#c")
        msgid = self.sent_msgid("bob", "PRIVMSG #c :\x01ACTION wavs\x01", "ann")
        self.edit("bob", "#c", msgid, "\x01ACTION waves\x01")
        self.assertGot("irssi", ":bob PRIVMSG #c :\x01ACTION (edited) waves\x01")

    def test_several_lines_are_a_batch_or_lines(self) -> None:
        self.enter("irssi", channel="#c")
        self.enter("goguma", channel="#c", caps="message-tags batch draft/multiline")
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.edit("bob", "#c", msgid, "one\n\ntwo")
        self.assertGot("irssi", ":bob PRIVMSG #c :(edited) one", ":bob PRIVMSG #c :two")
        start, *lines, end = self.messages("goguma")
        self.assertEqual([each.text for each in lines], ["(edited) one", "", "two"])
        self.assertEqual((start.params[1:], end.command), (("draft/multiline", "#c"), "BATCH"))
        self.assertNotIn("msgid", start.tags)

    def test_another_session_of_the_sender_gets_it_too(self) -> None:
        self.enter_as("Dan", "pc", channel="#c", caps=CAPS)
        self.enter_as("Dan", "irssi", channel="#c")
        msgid = self.sent_msgid("pc", "PRIVMSG #c :oops", "ann")
        self.edit("pc", "#c", msgid, "good")
        self.assertGot("irssi", ":Dan PRIVMSG #c :(edited) good")

    def test_the_history_has_the_message_once_with_the_mark(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.edit("bob", "#c", msgid, "good")
        self.enter("eve", channel="#c", caps="draft/chathistory message-tags draft/event-playback")
        self.say("eve", "CHATHISTORY LATEST #c * 10")
        shown = [each for each in self.messages("eve") if each.command != "JOIN"]
        self.assertEqual([(each.tags["msgid"], each.text) for each in shown], [(msgid, "(edited) good")])

    def test_a_person_with_netcat_gets_a_sentence(self) -> None:
        self.enter("cat", channel="#c")
        (session,) = self.user("cat").sessions
        session.set_caps(PLAIN_TEXT)
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.edit("bob", "#c", msgid, "good")
        self.assertEqual(self.text("cat"), "bob: (edited) good\n")


class Refusals(EditTest):
    def test_only_ones_own_messages(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        self.make_operator("ann")
        refused = f"EDIT_FORBIDDEN #c {msgid} :You may edit only messages of your own"
        self.assertRefused("ann", "#c", msgid, "yours", refused)

    def test_a_guest_who_takes_the_nick_may_not(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        self.hang_up("bob")
        self.enter("bob", channel="#c", caps=CAPS)
        refused = f"EDIT_FORBIDDEN #c {msgid} :You may edit only messages of your own"
        self.assertRefused("bob", "#c", msgid, "yours", refused)

    def test_an_account_may_after_reconnecting(self) -> None:
        self.log_in("bob", "Robert")
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.hang_up("bob")
        self.enter("rob", channel="#c", caps=CAPS)
        self.log_in("rob", "robert")
        self.text("ann")
        self.edit("rob", "#c", msgid, "good")
        self.assertEdited("ann", "rob", "#c", msgid, "good")

    def test_only_for_a_day(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :old", "ann")
        age = Statement("make messages older", "UPDATE messages SET time = time - ?")
        self.store.write([Save(age, (24 * HOUR_MILLISECONDS,))])
        self.edit("bob", "#c", msgid, "still in time")
        self.store.write([Save(age, (1000,))])
        expected = f"EDIT_WINDOW_EXPIRED #c {msgid} 86400 :You can no longer edit this message"
        self.assertRefused("bob", "#c", msgid, "new", expected)

    def test_a_redacted_message_cannot_be_edited(self) -> None:
        self.say("bob", "CAP REQ draft/message-redaction")
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        self.say("bob", f"REDACT #c {msgid}")
        self.assertRefused(
            "bob", "#c", msgid, "good", f"UNKNOWN_MSGID #c {msgid} :This message does not exist"
        )

    def test_not_even_if_it_is_redacted_while_it_is_looked_up(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :oops", "ann")
        with self.jobs_under_way("before"):
            self.say("ann", f"REDACT #c {msgid}")
            self.edit("bob", "#c", msgid, "good")
        self.assertGot("bob", f"FAIL EDIT UNKNOWN_MSGID #c {msgid} :This message does not exist")

    def test_tags_and_events_have_no_text_to_edit(self) -> None:
        msgid = self.sent_msgid("bob", "@+draft/react=x TAGMSG #c", "ann")
        self.assertRefused(
            "bob", "#c", msgid, "text", f"UNKNOWN_MSGID #c {msgid} :This message does not exist"
        )

    def test_texts_that_are_no_message(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :fine", "ann")
        for text, reason in (
            ("", "The new text is empty; delete the message instead"),
            ("x" * 3501, "The new text is too long"),
            ("\n" + "x\n" * 101, "The new text has too many lines"),
            ("\x01VERSION\x01", "A message cannot become a command for clients"),
        ):
            with self.subTest(text[:9]):
                self.assertRefused("bob", "#c", msgid, text, f"INVALID_EDIT #c {msgid} :{reason}")

    def test_errors_are_reported(self) -> None:
        self.enter("eve", channel="#private")
        unknown, closed = "This message does not exist", "You cannot edit messages there"
        for line, answer in (
            ("EDIT", "461 bob EDIT :Not enough parameters"),
            ("EDIT #c", "FAIL EDIT INVALID_EDIT #c :The tag draft/target-msgid is missing"),
            (self.line("#c", "no", "x"), f"FAIL EDIT UNKNOWN_MSGID #c no :{unknown}"),
            (self.line("#no", "1f", "x"), f"FAIL EDIT INVALID_TARGET #no :{closed}"),
            (self.line("#private", "1f", "x"), f"FAIL EDIT INVALID_TARGET #private :{closed}"),
        ):
            with self.subTest(line):
                self.assertAnswer("bob", line, answer)
        self.assertAnswer(
            "eve", self.line("#private", "1f", "x"),
            "FAIL EDIT EDIT_FORBIDDEN #private :Request the capability draft/message-edit first",
        )  # fmt: skip


class WritingIsNotAllowed(EditTest):
    """What keeps a user from writing keeps the user from editing."""

    def test_bans_moderation_and_ranks(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        for mode, reason in (
            ("m", "Only members with voice or a higher rank can write here (+m)"),
            ("M", "Only users who are logged in can write here (+M)"),
            ("U", "Your messages here go to operators only (+U)"),
            ("b bob!*@*", "You are banned here (+b)"),
            ("b ~m:bob!*@*", "You are muted here (+b)"),
        ):
            with self.subTest(mode):
                self.say("ann", f"MODE #c +{mode}")
                self.assertRefused("bob", "#c", msgid, "spam", f"EDIT_FORBIDDEN #c {msgid} :{reason}")
                self.say("ann", f"MODE #c -{mode}")
        self.edit("bob", "#c", msgid, "fine")
        self.assertEqual(self.stored_texts(), ["fine"])

    def test_those_who_left_cannot_edit(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        self.say("bob", "PART #c")
        self.assertRefused("bob", "#c", msgid, "spam", "INVALID_TARGET #c :You cannot edit messages there")

    def test_those_who_leave_while_it_is_looked_up_cannot_either(self) -> None:
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        with self.jobs_under_way():
            self.edit("bob", "#c", msgid, "spam")
            self.say("ann", "KICK #c bob")
        self.assertEqual(self.stored_texts(), ["mine"])

    def test_slow_mode_counts_an_edit_as_a_message(self) -> None:
        self.say("ann", "MODE #c +S 30")
        msgid = self.sent_msgid("bob", "PRIVMSG #c :one", "ann")
        reason = "Slow mode: wait 30 more seconds (+S)"
        self.assertRefused("bob", "#c", msgid, "two", f"SLOW_MODE #c 30 :{reason}")
        self.pass_time(30)
        self.edit("bob", "#c", msgid, "two")
        self.assertEqual(self.stored_texts(), ["two"])
        self.assertAnswer("bob", "PRIVMSG #c :three", f"404 bob #c :{reason}")


class InAConversation(EditTest):
    def test_the_partner_gets_the_new_text(self) -> None:
        msgid = self.sent_msgid("ann", "PRIVMSG bob :oops", "bob")
        self.edit("ann", "bob", msgid, "good")
        self.assertEdited("bob", "ann", "bob", msgid, "good")
        self.assertRefused(
            "bob", "ann", msgid, "bad", f"EDIT_FORBIDDEN ann {msgid} :You may edit only messages of your own"
        )

    def test_a_third_user_does_not_learn_that_the_message_exists(self) -> None:
        self.enter("dan", caps=CAPS)
        msgid = self.sent_msgid("ann", "PRIVMSG bob :secret", "bob")
        self.assertRefused(
            "dan", "bob", msgid, "x", f"UNKNOWN_MSGID bob {msgid} :This message does not exist"
        )

    def test_a_user_who_accepts_only_accounts_gets_no_edits_of_others(self) -> None:
        msgid = self.sent_msgid("ann", "PRIVMSG bob :oops", "bob")
        self.say("bob", "MODE bob +R")
        reason = "Only users who are logged in may write to this user (+R)"
        self.assertRefused("ann", "bob", msgid, "spam", f"EDIT_FORBIDDEN bob {msgid} :{reason}")

    def test_an_undelivered_message_is_delivered_with_its_new_text(self) -> None:
        self.make_account("Zoe")
        self.say("ann", "CAP REQ echo-message")
        msgid = self.sent_msgid("ann", "PRIVMSG Zoe :oops", "ann")
        self.edit("ann", "Zoe", msgid, "good")
        self.assertEdited("ann", "ann", "Zoe", msgid, "good")
        for caps, text, has_tag in ((CAPS, "good", True), ("message-tags", "(edited) good", False)):
            self.connect("zoe")
            self.say("zoe", f"CAP REQ :sasl {caps}")
            self.authenticate("zoe", "Zoe")
            self.say("zoe", "NICK Zoe", "USER zoe 0 * :Zoe", "CAP END")
            message = next(each for each in self.messages("zoe") if each.command == "PRIVMSG")
            self.assertEqual((message.text, message.tags["msgid"]), (text, msgid))
            self.assertEqual("chatapp/edited" in message.tags, has_tag)
            self.hang_up("zoe")
            self.store.rows(
                "INSERT INTO waiting SELECT ?, id FROM messages", (self.world.identity_of("zoe"),)
            )


class History(EditTest):
    CLIENT_CAPS = f"{CAPS} draft/chathistory server-time"

    def setUp(self) -> None:
        super().setUp()
        self.first = self.sent_msgid("bob", "PRIVMSG #c :one", "ann")
        self.pass_time(10)
        self.second = self.sent_msgid("bob", "PRIVMSG #c :two", "ann")
        self.pass_time(10)
        self.edit("bob", "#c", self.first, "uno")
        self.edited = self.messages("ann")[0]

    def history(self, name: str, request: str) -> list[Message]:
        self.text(name)
        self.say(name, f"CHATHISTORY {request}")
        return [each for each in self.messages(name) if each.command != "BATCH"]

    def test_every_form_has_the_new_text_marked_as_edited(self) -> None:
        for request in (
            "LATEST #c * 10",
            f"BEFORE #c msgid={self.second} 10",
            "AFTER #c timestamp=2026-03-12T11:00:00.000Z 1",
            f"AROUND #c msgid={self.first} 1",
            f"BETWEEN #c timestamp=2026-03-12T11:00:00.000Z msgid={self.second} 10",
        ):
            with self.subTest(request):
                message = self.history("ann", request)[0]
                self.assertEqual((message.text, message.tags["msgid"]), ("uno", self.first))
                self.assertEqual(message.tags["chatapp/edited"], self.edited.tags["time"])

    def test_others_are_not_marked(self) -> None:
        self.assertNotIn("chatapp/edited", self.history("ann", "LATEST #c * 1")[0].tags)

    def test_with_event_playback_those_who_have_the_message_learn_of_the_edit(self) -> None:
        self.say("ann", "CAP REQ draft/event-playback")
        (event,) = self.history("ann", f"AFTER #c msgid={self.second} 10")
        self.assertEqual(event, self.edited)
        self.assertEqual(self.history("ann", f"AFTER #c msgid={event.tags['msgid']} 10"), [])
        self.assertEqual(
            [each.command for each in self.history("ann", "LATEST #c * 3")], ["PRIVMSG", "PRIVMSG", "EDIT"]
        )

    def test_only_the_last_edit_is_an_event(self) -> None:
        self.say("ann", "CAP REQ draft/event-playback")
        self.edit("bob", "#c", self.first, "eins")
        last = self.messages("ann")[-1]
        self.assertEqual(self.history("ann", f"AFTER #c msgid={self.second} 10"), [last])

    def test_without_event_playback_there_is_no_event(self) -> None:
        self.assertEqual(self.history("ann", f"AFTER #c msgid={self.second} 10"), [])

    def test_a_page_of_edits_reads_an_index(self) -> None:
        plan = self.reader.rows(
            "EXPLAIN QUERY PLAN SELECT edit FROM messages"
            " WHERE target = ? AND edited > 0 AND edited > ? AND edited < ? ORDER BY edited LIMIT 5",
            ("#1", 0, 9),
        ).fetchall()
        self.assertIn("messages_by_edit", plan[0][3])


class SwitchedOff(EditTest):
    CONFIG = "[history]\nedit_hours = 0"
    CLIENT_CAPS = "message-tags"

    def test_it_is_neither_offered_nor_accepted(self) -> None:
        offered = next(line for line in self.answer("ann", "CAP LS 302") if "message-redaction" in line)
        self.assertNotIn("message-edit", offered)
        msgid = self.sent_msgid("bob", "PRIVMSG #c :mine", "ann")
        refused = "EDIT_FORBIDDEN #c :Request the capability draft/message-edit first"
        self.assertRefused("bob", "#c", msgid, "yours", refused)


class Words(IndexedTest):
    def test_nothing_of_the_old_text_is_left(self) -> None:
        self.enter("ann", channel="#c", caps=f"{CAPS} echo-message")
        self.say("ann", "PRIVMSG #c :xylophone")
        msgid = self.messages("ann")[0].tags["msgid"]
        self.pass_time(2)
        self.say("ann", f"@draft/target-msgid={msgid};draft/edit-text=piano EDIT #c")
        self.pass_time(2)
        self.assertIsNotNone(self.reader.indexed_up_to())
        self.assertEqual(self.reader.rows("SELECT text FROM search.words").fetchall(), [("piano",)])
        for table in ("messages", "events"):
            for row in self.reader.rows(f"SELECT * FROM {table}"):
                self.assertNotIn("xylophone", str(row))
