"""What the user does with messages: react, edit, delete, undo."""

from __future__ import annotations

from chatapp.client.session.message_actions import NO_EDIT, NO_TEXT, TOO_LONG
from tests.client.messages import MessagesTest, edit, message, reaction


class Replies(MessagesTest):
    def test_a_reply_names_the_message(self) -> None:
        self.receive(message(1, "coffee?"))
        self.assertIsNone(self.client.run(self.general, "yes", reply_to=self.entry()))
        self.assertIn("+reply=m1", self.sent()[0])
        self.assertEqual("m1", self.general.entries[-1].reply_to)

    def test_replies_of_others_name_it_too(self) -> None:
        self.receive(message(1, "coffee?"), message(2, "yes", "chen", tags="+reply=m1"))
        self.receive(message(3, "no", "dee", tags="+draft/reply=m1"), message(4, "hm", tags="+reply=m4"))
        replies = [self.entry(each).reply_to for each in ("m2", "m3", "m4")]
        self.assertEqual(["m1", "m1", ""], replies, "no message replies to itself")

    def test_without_tags_a_reply_is_an_ordinary_message(self) -> None:
        self.receive(message(1, "coffee?"), ":srv 005 ana CLIENTTAGDENY=* :are supported")
        self.client.run(self.general, "yes", reply_to=self.entry())
        self.assertNotIn("+reply", self.sent()[0])
        self.assertEqual("", self.general.entries[-1].reply_to)


class Reacting(MessagesTest):
    def test_a_reaction_is_shown_at_once_and_toggled(self) -> None:
        self.receive(message(1, "hello"))
        self.client.react(self.general, self.entry(), " 👍\n")
        self.assertEqual({"👍": ["ana"]}, self.entry().reactions)
        self.assertEqual(["@+reply=m1;+draft/react=👍;label=change-1 TAGMSG #general"], self.sent())
        self.receive(f"@label=change-1;{reaction(2, '👍', 'ana')[1:]}")
        self.assertEqual({"👍": ["ana"]}, self.entry().reactions)
        self.client.react(self.general, self.entry(), "👍")
        self.assertEqual({}, self.entry().reactions)
        self.assertEqual(["@+reply=m1;+draft/unreact=👍;label=change-2 TAGMSG #general"], self.sent())

    def test_a_refused_reaction_disappears_and_the_user_is_told_why(self) -> None:
        self.receive(message(1, "hello"))
        self.client.react(self.general, self.entry(), "👍")
        self.receive(f"@label={self.label()} :srv 404 ana #general :You are banned here (+b)")
        self.assertEqual({}, self.entry().reactions)
        self.assertEqual(["Your reaction was not sent. You are banned here"], self.errors())

    def test_nothing_is_sent_to_messages_that_the_server_does_not_have(self) -> None:
        self.client.say(self.general, "under way")
        self.sent()
        self.client.react(self.general, self.general.entries[-1], "👍")
        self.receive(message(1, "hello"))
        self.client.react(self.general, self.entry(), "\x02\x03")
        self.assertEqual([], self.sent())


class Editing(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive(message(1, "helo", "ana"), message(2, "theirs"))

    def test_the_new_text_is_shown_at_once_and_confirmed_by_the_echo(self) -> None:
        self.assertIsNone(self.client.edit(self.general, self.entry(), "hello\r\nall\n"))
        self.assertEqual(
            ["@draft/target-msgid=m1;draft/edit-text=hello\\nall;label=change-1 EDIT #general"], self.sent()
        )
        self.assertEqual("hello\nall", self.entry().text)
        self.assertIsNotNone(self.entry().pending_edit)
        self.receive(edit(5, "hello\nall", "ana", more="label=change-1"))
        self.assertIsNone(self.entry().pending_edit)
        self.assertEqual("hello\nall", self.entry().text)

    def test_a_refused_text_is_kept_with_the_reason(self) -> None:
        self.client.edit(self.general, self.entry(), "hello")
        self.receive(
            f"@label={self.label()} :srv FAIL EDIT EDIT_WINDOW_EXPIRED #general m1 600 :It is too old"
        )
        pending = self.entry().pending_edit
        assert pending
        self.assertEqual(("helo", 0.0), (self.entry().text, self.entry().edited_at))
        self.assertEqual(("hello", "It is too old"), (pending.text, pending.problem))
        self.client.discard_edit(self.general, self.entry())
        self.assertIsNone(self.entry().pending_edit)

    def test_what_cannot_be_sent_stays_in_the_composer(self) -> None:
        self.assertEqual(NO_TEXT, self.client.edit(self.general, self.entry(), " \n"))
        self.assertEqual(NO_EDIT, self.client.edit(self.general, self.entry("m2"), "mine now"))
        self.assertEqual(TOO_LONG, self.client.edit(self.general, self.entry(), "x" * 5000))
        self.assertIsNone(self.client.edit(self.general, self.entry(), "helo"))
        self.assertEqual([], self.sent())
        self.lose_connection()
        self.assertEqual("You are not connected.", self.client.edit(self.general, self.entry(), "hello"))

    def test_a_second_change_before_the_answer_to_the_first(self) -> None:
        self.client.edit(self.general, self.entry(), "one")
        first = self.label()
        self.client.edit(self.general, self.entry(), "two")
        second = self.label()
        self.receive(edit(5, "one", "ana", more=f"label={first}"))
        self.assertEqual("two", self.entry().text)
        self.receive(f"@label={second} :srv FAIL EDIT EDIT_FORBIDDEN #general m1 :No")
        self.assertEqual("one", self.entry().text)


class Deleting(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive(message(1, "oops", "ana"), message(2, "theirs"), reaction(3, "👍"))

    def test_a_deleted_message_disappears_at_once_and_is_sent_later(self) -> None:
        self.client.delete(self.general, self.entry())
        entry = self.entry()
        self.assertEqual(("", "ana", {}), (entry.text, entry.deleted_by, entry.reactions))
        self.assertTrue(entry.can_undo_deletion)
        self.pass_time(7)
        self.assertEqual([], self.sent())
        self.pass_time(1)
        self.assertEqual(["@label=change-1 REDACT #general m1"], self.sent())
        self.assertFalse(entry.can_undo_deletion)
        self.receive("@label=change-1 :ana!a@h REDACT #general m1")
        self.assertIsNone(entry.pending_deletion)
        self.assertEqual("", entry.text)

    def test_it_can_be_undone_for_eight_seconds(self) -> None:
        self.client.delete(self.general, self.entry())
        self.pass_time(7)
        self.assertTrue(self.client.undo_delete(self.general, self.entry()))
        entry = self.entry()
        self.assertEqual(("oops", "", {"👍": ["ben"]}), (entry.text, entry.deleted_by, entry.reactions))
        self.pass_time(5)
        self.assertEqual([], self.sent())
        self.assertFalse(self.client.undo_delete(self.general, self.entry()))

    def test_names_and_short_names_of_emoji_in_a_new_text_are_replaced(self) -> None:
        self.client.edit(self.general, self.entry(), "done :tada:")
        self.assertIn("draft/edit-text=done\\s🎉", self.sent()[0])

    def test_the_time_to_undo_starts_again_while_the_pointer_rests_on_the_notice(self) -> None:
        self.client.delete(self.general, self.entry())
        self.pass_time(7)
        self.client.keep_undo(self.general)
        self.pass_time(7)
        self.assertEqual([], self.sent())
        self.pass_time(1)
        self.assertEqual(1, len(self.sent()))

    def test_a_moderator_deletes_what_somebody_wrote_and_undoes_it_as_one(self) -> None:
        self.receive(":ben!b@h MODE #general +o ana", message(4, "spam", "Chen"), message(5, "spam", "chen"))
        self.pass_time(60)
        self.assertEqual(0, self.client.delete_recent(self.general, "chen", 5))
        self.assertEqual(2, self.client.delete_recent(self.general, "chen", 3600, "advertising"))
        self.assertEqual(["", ""], [self.entry(each).text for each in ("m4", "m5")])
        self.assertEqual(2, self.client.undo_delete_recent(self.general))
        self.assertEqual(["spam", "spam"], [self.entry(each).text for each in ("m4", "m5")])
        self.client.delete_recent(self.general, "chen", 3600, "advertising")
        self.sent()
        self.pass_time(8)
        self.assertEqual(
            ["REDACT #general m4 advertising", "REDACT #general m5 advertising"],
            [line.partition(" ")[2] for line in self.sent() if "REDACT" in line],
        )
