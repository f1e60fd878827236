"""Deletions that wait until they are due, and are sent together where the server allows it."""

from __future__ import annotations

from tests.client.messages import MessagesTest, message


class Together(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive(":srv 005 ana chatapp/REDACT=3 :are supported")
        self.receive(*(message(number, f"text {number}", "ana") for number in range(1, 6)))

    def delete_all(self) -> None:
        for number in range(1, 6):
            self.client.delete(self.general, self.entry(f"m{number}"))
        self.pass_time(8)

    def test_several_messages_are_deleted_with_one_line(self) -> None:
        self.delete_all()
        self.assertEqual(
            ["REDACT #general m1,m2,m3", "REDACT #general m4,m5"],
            [line.partition(" ")[2] for line in self.sent()],
        )

    def test_each_of_them_is_confirmed_or_refused(self) -> None:
        self.delete_all()
        self.receive(
            "@label=change-1 :srv BATCH +b labeled-response",
            "@batch=b :ana!a@h REDACT #general m1",
            "@batch=b :srv FAIL REDACT REDACT_FORBIDDEN #general m2 :You may not delete this message",
            "@batch=b :srv FAIL REDACT REDACT_FORBIDDEN #general m3 :You may not delete this message",
            ":srv BATCH -b",
        )
        texts = [self.entry(f"m{number}").text for number in (1, 2, 3)]
        self.assertEqual(["", "text 2", "text 3"], texts)
        self.assertEqual(1, len(self.errors()), "the same problem is told once")
        self.assertIsNone(self.entry("m1").pending_deletion)
        self.assertIsNotNone(self.entry("m4").pending_deletion)

    def test_different_reasons_and_conversations_need_a_line_each(self) -> None:
        self.client.delete(self.general, self.entry("m1"), "one")
        self.client.delete(self.general, self.entry("m2"), "two")
        self.client.delete(self.general, self.entry("m3"), "two")
        self.pass_time(8)
        self.assertEqual(
            ["REDACT #general m1 one", "REDACT #general m2,m3 two"],
            [line.partition(" ")[2] for line in self.sent()],
        )

    def test_a_message_is_shown_again_if_we_are_removed_from_the_channel(self) -> None:
        self.client.delete(self.general, self.entry("m1"))
        self.receive(":ben!b@h KICK #general ana :enough")
        self.pass_time(1)
        self.assertEqual(("text 1", ""), (self.entry("m1").text, self.entry("m1").deleted_by))
        self.assertEqual(["The message could not be deleted. You are not in #general."], self.errors())
        self.pass_time(20)
        self.assertEqual([], [line for line in self.sent() if "REDACT" in line])

    def test_leaving_another_conversation_sends_nothing(self) -> None:
        self.client.delete(self.general, self.entry("m1"))
        self.client.leave(self.client.open_direct("chen"))
        self.assertEqual([], [line for line in self.sent() if "REDACT" in line])
