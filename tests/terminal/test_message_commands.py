"""Commands of the terminal about messages that exist."""

from __future__ import annotations

from chatapp.client.outgoing.slash_commands import NOT_OFFERED
from chatapp.client.session.message_changes import UNDO_SECONDS
from chatapp.terminal import message_commands
from chatapp.terminal.message_commands import DELETED, TOO_LATE
from tests.client.messages import MessagesTest, message
from tests.client.session.test_file_uploads import FILES, URL


class Commands(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive(message(1, "coffee?"), message(2, "mine", "ana"), message(3, "tea?"))
        self.client.open(self.general)
        self.sent()

    def test_a_reply_and_a_reaction_to_the_last_message_of_a_person(self) -> None:
        self.assertIsNone(message_commands.reply(self.client, "Ben: yes please"))
        self.assertIn("+reply=m3", self.sent()[0])
        self.assertEqual("yes please", self.general.entries[-1].text)
        self.assertIsNone(message_commands.react(self.client, "@ben 👍"))
        self.assertIn("+draft/react=👍", self.sent()[0])
        self.assertIn("dee", message_commands.reply(self.client, "dee hello") or "")
        self.assertIn("Usage", message_commands.react(self.client, "ben") or "")

    def test_the_last_own_message_is_changed(self) -> None:
        self.assertIsNone(message_commands.edit(self.client, "mine, really"))
        self.assertIn("EDIT #general", self.sent()[0])
        self.assertEqual("mine, really", self.entry("m2").text)

    def test_the_files_of_a_message_stay_when_its_text_is_changed(self) -> None:
        self.receive(f":srv 005 ana {FILES} :are supported")
        self.receive(message(4, URL, "ana"))
        for text, expected in (("see", f"see\n{URL}"), (f"see {URL}", f"see {URL}")):
            with self.subTest(text):
                self.assertIsNone(message_commands.edit(self.client, text))
                self.assertEqual(expected, self.entry("m4").text)

    def test_the_last_own_message_is_deleted_and_shown_again(self) -> None:
        self.assertIsNone(message_commands.delete(self.client, ""))
        self.assertEqual("", self.entry("m2").text)
        self.assertEqual(DELETED.format(seconds=UNDO_SECONDS), self.general.entries[-1].text)
        self.assertIsNone(message_commands.undo(self.client, ""))
        self.assertEqual("mine", self.entry("m2").text)
        self.assertEqual(TOO_LATE, message_commands.undo(self.client, ""))

    def test_nothing_is_missing_on_a_server_with_all_capabilities(self) -> None:
        self.assertEqual(set(), message_commands.missing(self.client.network))

    def test_after_a_deletion_there_is_nothing_more_to_delete(self) -> None:
        message_commands.delete(self.client, "")
        self.assertIn("deleted", message_commands.delete(self.client, "") or "")
        self.assertIn("changed", message_commands.edit(self.client, "x") or "")


class AncientServer(MessagesTest):
    capabilities = ""

    def test_the_user_is_told_that_a_server_does_not_offer_something(self) -> None:
        self.receive(":ben!b@h PRIVMSG #general :hello", ":ana!a@h PRIVMSG #general :mine")
        self.client.open(self.general)
        self.assertEqual(NOT_OFFERED, message_commands.reply(self.client, "ben yes"))
        self.assertEqual(NOT_OFFERED, message_commands.react(self.client, "ben 👍"))
        self.assertEqual(NOT_OFFERED, message_commands.edit(self.client, "x"))
        self.assertEqual(NOT_OFFERED, message_commands.delete(self.client, ""))
        absent = {"reply", "react", "edit", "delete", "undo"}
        self.assertEqual(absent, message_commands.missing(self.client.network))
