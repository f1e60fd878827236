"""Changes of messages that the server confirms, refuses or never answers."""

from __future__ import annotations

from chatapp.client.model.changes import Updated
from chatapp.client.session.message_changes import CONNECTION_LOST, NOT_CONFIRMED
from tests.client.messages import MessagesTest, edit, message, reaction


class Answers(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive(message(1, "oops", "ana"), message(2, "theirs"))

    def test_a_refused_deletion_shows_the_message_again(self) -> None:
        self.client.delete(self.general, self.entry())
        self.pass_time(8)
        self.receive(
            f"@label={self.label()} :srv FAIL REDACT REDACT_FORBIDDEN #general m1 :You may not delete it"
        )
        self.assertEqual(("oops", ""), (self.entry().text, self.entry().deleted_by))
        self.assertEqual(["The message could not be deleted. You may not delete it"], self.errors())

    def test_a_message_that_the_server_does_not_know_is_deleted(self) -> None:
        self.client.delete(self.general, self.entry())
        self.pass_time(8)
        self.receive(f"@label={self.label()} :srv FAIL REDACT UNKNOWN_MSGID #general m1 :No such message")
        self.assertEqual("ana", self.entry().deleted_by)
        self.assertEqual([], self.errors())

    def test_a_deletion_is_sent_when_the_channel_is_left(self) -> None:
        self.client.delete(self.general, self.entry())
        self.client.leave(self.general)
        redact, part = self.sent()
        self.assertIn("REDACT #general m1", redact)
        self.assertEqual("PART #general", part)

    def test_a_deletion_is_sent_when_the_window_closes(self) -> None:
        self.client.delete(self.general, self.entry())
        self.client.close()
        self.assertIn("REDACT #general m1", " ".join(self.sent()))

    def test_a_deletion_waits_for_the_connection(self) -> None:
        self.client.delete(self.general, self.entry())
        self.lose_connection()
        self.pass_time(20)
        self.assertEqual("ana", self.entry().deleted_by)
        self.link_up()
        self.welcome(self.capabilities)
        self.enter()
        self.pass_time(1)
        self.assertIn("REDACT #general m1", " ".join(self.sent()))

    def test_an_edit_that_was_under_way_when_the_connection_was_lost_is_kept(self) -> None:
        self.client.edit(self.general, self.entry(), "better")
        self.lose_connection()
        pending = self.entry().pending_edit
        assert pending
        self.assertEqual(("oops", CONNECTION_LOST), (self.entry().text, pending.problem))

    def test_a_reaction_that_the_server_has_sent_back_stays_when_the_connection_is_lost(self) -> None:
        self.client.react(self.general, self.entry("m2"), "👍")
        self.receive(reaction(3, "👍", "ana", "m2"))
        self.lose_connection()
        self.assertEqual({"👍": ["ana"]}, self.entry("m2").reactions)
        self.assertEqual([], self.errors())

    def test_a_reaction_that_was_under_way_when_the_connection_was_lost_is_removed(self) -> None:
        self.client.react(self.general, self.entry("m2"), "👍")
        self.lose_connection()
        self.assertEqual({}, self.entry("m2").reactions)
        self.assertEqual([f"Your reaction was not sent. {CONNECTION_LOST}"], self.errors())

    def test_an_edit_without_an_answer_is_not_confirmed(self) -> None:
        self.client.edit(self.general, self.entry(), "better")
        self.pass_time(61)
        pending = self.entry().pending_edit
        assert pending
        self.assertEqual(("oops", NOT_CONFIRMED), (self.entry().text, pending.problem))

    def test_somebody_else_deletes_it_first(self) -> None:
        self.client.delete(self.general, self.entry())
        self.receive(":ben!b@h REDACT #general m1 :off topic")
        self.assertEqual(("ben", "off topic"), (self.entry().deleted_by, self.entry().about))
        self.pass_time(10)
        self.assertEqual([], self.sent())


class WithoutLabels(MessagesTest):
    capabilities = "message-tags server-time echo-message batch draft/message-redaction draft/message-edit"

    def test_errors_are_recognized_by_command_and_msgid(self) -> None:
        self.receive(message(1, "oops", "ana"), message(2, "two", "ana"))
        self.client.edit(self.general, self.entry("m1"), "one")
        self.client.edit(self.general, self.entry("m2"), "better")
        self.receive(":srv FAIL EDIT EDIT_FORBIDDEN #general m2 :No")
        self.assertEqual(["one", "two"], [self.entry(each).text for each in ("m1", "m2")])
        self.client.react(self.general, self.entry("m1"), "👍")
        self.receive(":srv 404 ana #general :Cannot send to channel")
        self.assertEqual({}, self.entry("m1").reactions)


class OlderPart(MessagesTest):
    """Messages that are shown only in an older part of the conversation."""

    def setUp(self) -> None:
        super().setUp()
        self.receive(message(50, "now"))
        self.open_older_part(message(1, "oops", "ana"), message(2, "theirs"))
        self.old = self.entry("m1")

    def test_a_refused_deletion_shows_the_message_again(self) -> None:
        self.client.delete(self.general, self.old)
        self.pass_time(8)
        self.receive(f"@label={self.label()} :srv FAIL REDACT REDACT_FORBIDDEN #general m1 :You may not")
        self.assertEqual(("oops", ""), (self.old.text, self.old.deleted_by))

    def test_an_edit_is_shown(self) -> None:
        self.receive(edit(51, "better", "ana"))
        self.assertEqual("better", self.old.text)
        self.assertIs(self.old, self.assert_changed(Updated).entry)

    def test_own_reactions_follow_our_nick(self) -> None:
        self.receive(reaction(52, "x", "ana"), ":ana!a@h NICK :anna")
        self.assertEqual({"x": ["anna"]}, self.old.reactions)
