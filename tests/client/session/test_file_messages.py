"""Messages that wait for their files."""

from __future__ import annotations

from chatapp.client.model.changes import MessageReturned
from chatapp.client.transport.file_requests import TransferFailed
from tests.client.session.test_file_uploads import URL, UploadsTest


class Messages(UploadsTest):
    def test_files_that_are_ready_go_with_the_next_message(self) -> None:
        self.attach_ready()
        self.attach_ready("b.txt", f"{URL}2")
        self.assertIsNone(self.client.run(self.general, "look"))
        self.assertEqual(["look", URL, f"{URL}2"], self.messages())
        self.assertEqual((), self.files.attachments(self.general))
        self.client.run(self.general, "next")
        self.assertEqual(["next"], self.messages())

    def test_they_are_one_message_where_the_server_has_that(self) -> None:
        self.receive(":srv CAP ana NEW :draft/multiline=max-bytes=4096", ":srv CAP ana ACK :draft/multiline")
        self.sent()
        self.attach_ready()
        self.client.run(self.general, "look")
        self.assertEqual([f"look\n{URL}"], [each.text for each in self.general.pending()])
        self.assertEqual(["look", URL], self.messages())

    def test_a_file_needs_no_text(self) -> None:
        self.attach_ready()
        self.assertIsNone(self.client.run(self.general, ""))
        self.assertEqual([URL], self.messages())

    def test_a_message_waits_for_its_files_and_later_ones_do_not_wait_behind_it(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.client.run(self.general, "meanwhile")
        self.assertEqual(["meanwhile"], self.messages())
        self.assertEqual((attachment,), self.general.pending()[0].attachments)
        self.assertEqual((), self.files.attachments(self.general))
        self.end_task(URL)
        self.assertEqual(["look", URL], self.messages())
        self.assertEqual(["look", URL, "meanwhile"], [each.text for each in self.general.pending()])

    def test_the_text_and_all_files_come_back_if_one_fails(self) -> None:
        first, second = self.attach_ready(), self.attach(b"2", "b.txt")
        self.client.run(self.general, "look")
        new = self.attach(b"3", "c.txt")
        self.end_task(failure=TransferFailed("refused", "The disk is full."), at=-2)
        returned = self.assert_changed(MessageReturned)
        self.assertEqual(
            ("look", "“b.txt” was not sent. The disk is full."), (returned.text, returned.reason)
        )
        self.assertEqual((first, second, new), self.files.attachments(self.general))
        self.assertEqual([], list(self.general.pending()))
        self.assertEqual([], self.messages())

    def test_it_comes_back_as_the_reply_that_it_was(self) -> None:
        self.receive("@msgid=m1 :ben!b@h PRIVMSG #general :where is it?")
        asked = self.general.entries[-1]
        self.attach()
        self.client.run(self.general, "here", asked)
        self.lose("refused")
        self.assertIs(asked, self.assert_changed(MessageReturned).reply_to)

    def test_after_the_failure_it_can_be_tried_again(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.lose("refused")
        self.files.retry(self.general, attachment)
        self.client.run(self.general, "look")
        self.client.poll()
        self.end_task(URL)
        self.assertEqual(["look", URL], self.messages())

    def test_a_file_that_has_failed_stays_while_text_and_other_files_go(self) -> None:
        attachment = self.attach(name="lost.txt")
        self.lose("refused")
        problem = "“lost.txt” cannot be sent. Try again, or remove it."
        self.assertEqual(problem, self.client.run(self.general, ""))
        self.assertIsNone(self.client.run(self.general, "look"))
        self.attach_ready()
        self.assertIsNone(self.client.run(self.general, ""))
        self.assertEqual(["look", URL], self.messages())
        self.assertEqual((attachment,), self.files.attachments(self.general))

    def test_when_it_was_tried_again_it_goes_with_the_next_message(self) -> None:
        attachment = self.attach()
        self.lose("refused")
        self.client.run(self.general, "look")
        self.files.retry(self.general, attachment)
        self.client.poll()
        self.end_task(URL)
        self.client.run(self.general, "")
        self.assertEqual(["look", URL], self.messages())
        self.assertEqual((), self.files.attachments(self.general))

    def test_what_is_too_large_stays_while_text_and_other_files_go(self) -> None:
        large = self.attach(b"x" * 1001)
        problem = "“a.txt” cannot be sent. Remove it, or choose another file."
        self.assertEqual(problem, self.client.run(self.general, ""))
        self.client.run(self.general, "look")
        self.attach_ready()
        self.client.run(self.general, "and")
        self.assertEqual(["look", "and", URL], self.messages())
        self.assertEqual((large,), self.files.attachments(self.general))

    def test_commands_leave_the_files_in_the_composer(self) -> None:
        self.attach_ready()
        self.client.run(self.general, "/me waves")
        self.assertEqual(["\x01ACTION waves\x01"], self.messages())
        self.assertEqual(1, len(self.files.attachments(self.general)))
        self.client.run(self.general, "//usr")
        self.assertEqual(["/usr", URL], self.messages())

    def test_a_message_that_waits_for_files_can_be_taken_back(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.assertEqual("look", self.client.take_back(self.general, self.general.pending()[0]))
        self.assertEqual((attachment,), self.files.attachments(self.general))
        self.end_task(URL)
        self.assertEqual([], self.messages())

    def test_a_message_that_fails_while_it_waits_for_files_comes_back_with_them(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.client.disconnect()
        returned = self.assert_changed(MessageReturned, self.client.poll())
        self.assertEqual("You were disconnected before it was sent.", returned.reason)
        self.assertEqual((attachment,), self.files.attachments(self.general))

    def test_a_message_whose_files_are_ready_waits_for_the_connection(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.lose_connection()
        self.end_task(URL)
        self.assertEqual("ready", attachment.state)
        self.assertEqual(f"look\n{URL}", self.general.pending()[0].text)
        self.assertEqual(1, self.client.waiting(self.general).count)
