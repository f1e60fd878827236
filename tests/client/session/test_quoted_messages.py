"""Messages that others reply to and that are not here."""

from __future__ import annotations

from chatapp.client.model.changes import Updated
from chatapp.client.session.quoted_messages import DELETED, MAX_REQUESTS, UNKNOWN
from tests.client.messages import MessagesTest, edit, message


class Quotes(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive(message(9, "yes", "chen", tags="+reply=m1"))
        self.reply = self.entry("m9")

    def quoted(self) -> str | None:
        found = self.general.quoted(self.reply)
        return found.text if found else None

    def fetch(self) -> str:
        """Request the quoted message and return the label of the request."""
        self.client.fetch_quoted(self.general, self.reply)
        return self.label()

    def test_a_message_that_is_here_is_not_requested(self) -> None:
        self.receive(message(10, "no", tags="+reply=m9"))
        found = self.general.quoted(self.entry("m10"))
        self.assertIs(self.reply, found)
        self.client.fetch_quoted(self.general, self.entry("m10"))
        self.assertEqual([], self.sent())

    def test_it_is_requested_once_and_does_not_stand_among_the_entries(self) -> None:
        self.assertIsNone(self.quoted())
        self.client.fetch_quoted(self.general, self.reply)
        self.client.fetch_quoted(self.general, self.reply)
        self.assertEqual(["@label=quote-of-1 CHATHISTORY AROUND #general msgid=m1 3"], self.sent())
        self.answer("quote-of-1", message(1, "coffee?"))
        self.assertEqual(self.reply, self.assert_changed(Updated).entry)
        self.assertEqual("coffee?", self.quoted())
        self.assertEqual(["yes"], self.texts(self.general))
        self.client.fetch_quoted(self.general, self.reply)
        self.assertEqual([], self.sent())

    def test_a_deleted_or_unknown_message(self) -> None:
        self.answer(self.fetch(), message(2, "its neighbour"))
        self.assertEqual(DELETED, self.quoted())

    def test_a_refused_request(self) -> None:
        label = self.fetch()
        self.receive(f"@label={label} :srv FAIL CHATHISTORY INVALID_MSGREFTYPE #general :No")
        self.assertEqual(DELETED, self.quoted())
        self.assertEqual([], self.errors())

    def test_a_deletion_that_came_before_needs_no_request(self) -> None:
        self.receive(":ben!b@h REDACT #general m1")
        self.client.fetch_quoted(self.general, self.reply)
        self.assertEqual([], self.sent())
        self.assertEqual(DELETED, self.quoted())

    def test_changes_of_a_quoted_message_are_shown(self) -> None:
        self.answer(self.fetch(), message(1, "coffee?"))
        self.receive(edit(20, "tea?"))
        self.assertEqual(self.reply, self.assert_changed(Updated).entry)
        self.assertEqual("tea?", self.quoted())
        self.receive(":ben!b@h REDACT #general m1")
        self.client.fetch_quoted(self.general, self.reply)
        self.assertEqual(DELETED, self.quoted())

    def test_a_flood_of_replies_to_nothing_sends_few_requests(self) -> None:
        self.receive(*(message(10, f"{n}", tags=f"+reply=x{n}").replace("m10", f"r{n}") for n in range(200)))
        for entry in self.general.entries:
            self.client.fetch_quoted(self.general, entry)
        self.assertEqual(MAX_REQUESTS, len(self.sent()))

    def test_after_a_lost_connection_it_is_requested_again(self) -> None:
        self.fetch()
        self.lose_connection()
        self.pass_time(1)
        self.link_up()
        self.welcome(self.capabilities)
        self.enter()
        self.sent()
        self.client.fetch_quoted(self.general, self.reply)
        self.assertIn("AROUND #general msgid=m1 3", self.sent()[0])


class WithoutHistory(MessagesTest):
    capabilities = "message-tags server-time echo-message batch labeled-response"

    def test_a_server_without_history_has_no_earlier_messages(self) -> None:
        self.receive(":srv 005 ana -CHATHISTORY :are supported", message(9, "yes", tags="+reply=m1"))
        self.client.fetch_quoted(self.general, self.entry("m9"))
        self.assertEqual([], self.sent())
        found = self.general.quoted(self.entry("m9"))
        assert found
        self.assertEqual(("system", UNKNOWN), (found.kind, found.text))


class OlderPart(MessagesTest):
    def test_a_quote_in_an_older_part_of_the_conversation_is_shown(self) -> None:
        self.receive(message(50, "now"))
        self.open_older_part(message(1, "first"), message(9, "yes", "chen", tags="+reply=m0"))
        reply = self.entry("m9")
        self.client.fetch_quoted(self.general, reply)
        label, old = self.label(), "@time=2026-03-12T12:00:00.500Z;msgid=m0;batch=q"
        self.receive(
            f"@label={label} :srv BATCH +q chathistory #general",
            f"{old} :ben!b@h PRIVMSG #general :coffee?",
            ":srv BATCH -q",
        )
        self.assertIs(reply, self.assert_changed(Updated).entry)
        assert self.general.past
        found = self.general.past.quoted(reply)
        assert found
        self.assertEqual("coffee?", found.text)
