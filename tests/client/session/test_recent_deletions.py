"""A moderator deletes what a person has written lately, also what is not loaded."""

from __future__ import annotations

from tests.client.messages import MessagesTest, message

PAGE = (
    "CHATHISTORY BETWEEN #general timestamp=2026-03-12T11:00:09.999Z timestamp=2026-03-12T12:00:05.000Z 100"
)


class Recent(MessagesTest):
    def setUp(self) -> None:
        super().setUp()
        self.receive(":ben!b@h MODE #general +o ana", message(5, "spam 5", "chen"), message(6, "hello"))
        self.general.complete = False
        self.pass_time(10)
        self.sent()

    def deletions(self) -> list[str]:
        self.pass_time(8)
        return [line.partition(" ")[2] for line in self.sent() if "REDACT" in line]

    def test_what_is_not_loaded_is_looked_up_and_deleted_too(self) -> None:
        self.assertEqual(1, self.client.delete_recent(self.general, "chen", 3600, "spam"))
        self.assertEqual([f"@label=recent-1 {PAGE}"], self.sent())
        self.answer(
            "recent-1", message(1, "spam 1", "chen"), message(2, "not spam"), message(5, "spam 5", "chen")
        )
        self.assertEqual(["REDACT #general m5 spam", "REDACT #general m1 spam"], self.deletions())
        self.assertEqual(["", "hello"], self.texts(self.general))
        self.receive(":ana!a@h REDACT #general m1 :spam")
        self.client.load_older(self.general)
        self.page("#general", message(1, "spam 1", "chen"))
        self.assertEqual(["", "", "hello"], self.texts(self.general), "it is deleted when it is loaded later")

    def test_a_message_in_an_older_part_that_is_shown_disappears_at_once(self) -> None:
        self.open_older_part(message(1, "spam 1", "chen"), message(2, "not spam"))
        old = self.entry("m1")
        self.client.delete_recent(self.general, "chen", 3600)
        self.answer("recent-1", message(1, "spam 1", "chen"), message(2, "not spam"))
        self.assertEqual(("", "ana"), (old.text, old.deleted_by))
        self.assertEqual(2, self.client.undo_delete_recent(self.general))
        self.assertEqual("spam 1", old.text)

    def test_the_search_goes_on_until_it_reaches_what_is_here(self) -> None:
        self.client.delete_recent(self.general, "chen", 3600)
        self.sent()
        self.answer("recent-1", message(1, "spam 1", "chen"))
        (again,) = self.sent()
        self.assertIn(
            "BETWEEN #general timestamp=2026-03-12T12:00:01.000Z timestamp=2026-03-12T12:00:05", again
        )
        self.answer("recent-2")
        self.assertEqual([], self.sent())

    def test_everything_is_undone_together(self) -> None:
        self.client.delete_recent(self.general, "chen", 3600)
        self.answer("recent-1", message(1, "spam 1", "chen"), message(5, "spam 5", "chen"))
        self.assertEqual(2, self.client.undo_delete_recent(self.general))
        self.assertEqual(["spam 5", "hello"], self.texts(self.general))
        self.assertEqual([], self.deletions())
        self.assertEqual(0, self.client.undo_delete_recent(self.general))

    def test_a_page_after_the_undo_deletes_nothing(self) -> None:
        self.client.delete_recent(self.general, "chen", 3600)
        self.client.undo_delete_recent(self.general)
        self.answer("recent-1", message(1, "spam 1", "chen"))
        self.assertEqual([], self.deletions())

    def test_other_devices_of_the_same_account_are_meant_too(self) -> None:
        self.receive(":chen!c@h ACCOUNT chen", message(7, "more", "phone", tags="account=chen"))
        self.assertEqual(2, self.client.delete_recent(self.general, "chen", 3600))

    def test_a_refused_search_is_silent(self) -> None:
        self.client.delete_recent(self.general, "chen", 3600)
        self.receive("@label=recent-1 :srv FAIL CHATHISTORY INVALID_PARAMS BETWEEN #general :No")
        self.assertEqual([], self.errors())

    def test_without_a_rank_nothing_is_deleted(self) -> None:
        self.receive(":ben!b@h MODE #general -o ana")
        self.assertEqual(0, self.client.delete_recent(self.general, "chen", 3600))
        self.assertEqual([], self.sent())
