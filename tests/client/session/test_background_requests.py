"""Requests that the client sends by itself: their errors are not shown."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from tests.client.base import EVERYTHING, ClientTest

NO_LABELS = EVERYTHING.replace("labeled-response ", "")
BARE = "message-tags server-time"


class Background(ClientTest):
    def errors(self) -> list[str]:
        """Return every error that is shown to the user."""
        shown = [each for one in self.client.network.conversations.values() for each in one.entries]
        return [each.text for each in shown if each.kind == "error" or each.state == "failed"]

    def type(self, conversation: Conversation, text: str) -> list[str]:
        """Write in the composer and return the lines that were sent."""
        self.pass_time(4)
        self.client.notify_typing(conversation, text)
        return self.sent()

    def test_a_refused_typing_notice_is_silent_and_no_more_are_sent_there(self) -> None:
        for capabilities, tag in ((EVERYTHING, "@label=background-1 "), (NO_LABELS, ""), (BARE, "")):
            with self.subTest(capabilities):
                self.setUp()
                general = self.online(capabilities=capabilities)
                self.assertEqual(1, len(self.type(general, "h")))
                self.receive(f"{tag}:srv 404 ana #general :You cannot send messages to this channel")
                self.assertEqual([], self.errors())
                self.assertEqual([], self.type(general, "he") + self.type(general, ""))

    def test_a_typing_notice_to_a_user_who_has_quit_is_silent_too(self) -> None:
        for capabilities in (EVERYTHING, NO_LABELS):
            with self.subTest(capabilities):
                self.setUp()
                self.online(capabilities=capabilities)
                zoe = self.client.open_direct("zoe")
                self.sent()
                typing = self.type(zoe, "h")[-1]
                self.assertIn("TAGMSG zoe", typing)
                label = typing.partition("label=")[2].partition(" ")[0]
                tag = f"@label={label} " if label else ""
                self.receive(f"{tag}:srv 401 ana zoe :No such nick")
                self.assertEqual([], self.errors())
                self.assertEqual([], self.type(zoe, "he"))

    def test_after_the_next_message_typing_is_sent_again(self) -> None:
        general = self.online()
        self.type(general, "h")
        self.receive("@label=background-1 :srv 404 ana #general :No")
        self.client.run(general, "hello")
        self.receive("@label=1 :ana!ana@h PRIVMSG #general :hello")
        self.sent()
        self.assertEqual(1, len(self.type(general, "h")))

    def test_after_a_reconnect_typing_is_sent_again(self) -> None:
        general = self.online()
        self.type(general, "h")
        self.receive("@label=background-1 :srv 404 ana #general :No")
        self.lose_connection()
        self.pass_time(61)
        self.link_up()
        self.welcome()
        self.enter()
        self.page("#general")
        self.sent()
        self.assertEqual(1, len(self.type(general, "h")))

    def test_a_refused_message_is_shown_as_an_error(self) -> None:
        for capabilities, tag in ((EVERYTHING, "@label=1 "), (NO_LABELS, ""), (BARE, "")):
            with self.subTest(capabilities):
                self.setUp()
                general = self.online(capabilities=capabilities)
                self.type(general, "h")
                self.client.run(general, "hello")
                self.receive(f"{tag}:srv 404 ana #general :No")
                self.assertEqual(["hello"], self.errors())

    def test_without_labels_typing_and_message_are_both_refused_and_only_one_is_shown(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.type(general, "h")
        self.client.run(general, "hello")
        self.receive(":srv 404 ana #general :No", ":srv 404 ana #general :No")
        self.assertEqual(["hello"], self.errors())

    def test_a_standard_reply_names_its_command(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.type(general, "h")
        self.receive(":srv FAIL TAGMSG CANNOT_SEND #general :No")
        self.assertEqual([], self.errors())

    def test_with_labels_an_error_about_a_command_of_the_user_is_shown(self) -> None:
        general = self.online()
        self.type(general, "h")
        self.receive(":srv 404 ana #general :No")
        self.assertEqual(["No"], self.errors())

    def test_a_late_error_does_not_count_as_the_answer_to_a_typing_notice(self) -> None:
        general = self.online(capabilities=NO_LABELS)
        self.type(general, "h")
        self.pass_time(30)
        self.receive(":srv 404 ana #general :No")
        self.assertEqual(["No"], self.errors())

    def test_requests_about_a_channel_that_we_were_kicked_from_are_silent(self) -> None:
        self.online()
        self.receive(":ana!a@h JOIN #other", ":srv 353 ana = #other :ana", ":srv 366 ana #other :End")
        self.client.open(self.conversation("#other"))
        sent = [line.split()[0] for line in self.sent()]
        self.assertLess({"WHO", "MODE"}, set(sent))
        self.receive(":srv 403 ana #other :No such channel", ":srv 442 ana #other :Not there")
        self.assertEqual([], self.errors())
        self.receive(":srv 403 ana #other :No such channel")
        self.assertEqual(["There is no channel called #other."], self.errors())


if __name__ == "__main__":
    unittest.main()
