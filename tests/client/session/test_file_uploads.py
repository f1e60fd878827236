"""Files in the composer, and messages that wait for them."""

from __future__ import annotations

import tempfile
from pathlib import Path

from chatapp.client.model.changes import AttachmentsChanged, CommandRejected
from chatapp.client.model.files import Attachment
from tests.client.base import ISUPPORT, ClientTest

FILES = f"{ISUPPORT} soju.im/FILEHOST=https://chat.example:5000/upload/t chatapp/FILES=id:k3Xq9p,max:1000"
URL = "https://chat.example:5000/files/k3Xq9pA1b2C3d4E5f6G7h8I9j0_-/a.txt"


class Uploads(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.general = self.online(isupport=FILES)
        self.files = self.client.files

    def attach(self, contents: bytes = b"hello", name: str = "a.txt") -> Attachment:
        return self.files.attach(self.general, contents, name)

    def finish(self, attachment: Attachment, url: str = URL) -> None:
        """Have the server take a file."""
        attachment.state, attachment.url = "ready", url

    def messages(self) -> list[str]:
        return [each.partition(" PRIVMSG #general :")[2] for each in self.sent() if "PRIVMSG" in each]

    def test_a_file_waits_in_the_composer(self) -> None:
        path = self.folder / "plan.pdf"
        path.write_bytes(b"12345")
        attachment = self.files.attach(self.general, path)
        self.assertEqual(("plan.pdf", 5, 5), (attachment.name, attachment.size, attachment.total))
        self.assertEqual((attachment,), self.files.attachments(self.general))
        self.assertEqual(
            self.general, self.assert_changed(AttachmentsChanged, self.client.poll()).conversation
        )

    def test_a_file_above_the_limit_is_not_sent_and_says_why(self) -> None:
        attachment = self.attach(b"x" * 1001)
        self.assertEqual("too-large", attachment.state)
        self.assertEqual("“a.txt” has 1.0 kB. This server takes files up to 1.0 kB.", attachment.problem)

    def test_what_cannot_be_read_says_why(self) -> None:
        table = {
            "no.txt": "“no.txt” cannot be read. It does not exist any more.",
            ".": f"“{self.folder.name}” cannot be read. It is a folder.",
        }
        for name, problem in table.items():
            with self.subTest(name):
                attachment = self.files.attach(self.general, self.folder / name)
                self.assertEqual(("failed", problem), (attachment.state, attachment.problem))
        self.assertEqual("“a.txt” is empty.", self.attach(b"").problem)

    def test_a_file_that_was_missing_can_be_tried_again(self) -> None:
        path = self.folder / "plan.pdf"
        attachment = self.files.attach(self.general, path)
        path.write_bytes(b"12345")
        self.files.retry(self.general, attachment)
        self.assertEqual(("waiting", "", 5), (attachment.state, attachment.problem, attachment.size))

    def test_a_file_is_removed_from_the_composer(self) -> None:
        first, second = self.attach(), self.attach(b"2", "b.txt")
        self.files.detach(self.general, first)
        self.files.detach(self.general, first)
        self.assertEqual((second,), self.files.attachments(self.general))

    def test_files_that_are_ready_go_with_the_next_message(self) -> None:
        self.finish(self.attach())
        self.finish(self.attach(b"2", "b.txt"), f"{URL}2")
        self.assertIsNone(self.client.run(self.general, "look"))
        self.assertEqual(["look", URL, f"{URL}2"], self.messages())
        self.assertEqual((), self.files.attachments(self.general))
        self.client.run(self.general, "next")
        self.assertEqual(["next"], self.messages())

    def test_a_file_needs_no_text(self) -> None:
        self.finish(self.attach())
        self.assertIsNone(self.client.run(self.general, ""))
        self.assertEqual([URL], self.messages())

    def test_a_message_waits_for_its_files_and_later_ones_do_not_wait_behind_it(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.client.run(self.general, "meanwhile")
        self.assertEqual(["meanwhile"], self.messages())
        self.assertEqual((attachment,), self.general.pending()[0].attachments)
        self.assertEqual((), self.files.attachments(self.general))
        self.finish(attachment)
        self.client.poll()
        self.assertEqual(["look", URL], self.messages())
        self.assertEqual(["look", URL, "meanwhile"], [each.text for each in self.general.pending()])

    def test_the_text_and_all_files_come_back_if_one_fails(self) -> None:
        first, second = self.attach(), self.attach(b"2", "b.txt")
        self.client.run(self.general, "look")
        self.finish(first)
        second.state, second.problem = "failed", "The disk is full."
        new = self.attach(b"3", "c.txt")
        rejected = self.assert_changed(CommandRejected, self.client.poll())
        self.assertEqual(("look", "The disk is full."), (rejected.text, rejected.reason))
        self.assertEqual((first, second, new), self.files.attachments(self.general))
        self.assertEqual([], list(self.general.pending()))
        self.assertEqual([], self.messages())

    def test_a_message_is_refused_while_one_of_its_files_has_failed(self) -> None:
        attachment = self.attach(b"x" * 1001)
        problem = "“a.txt” cannot be sent. Try again, or remove it."
        self.assertEqual(problem, self.client.run(self.general, "look"))
        self.assertEqual((attachment,), self.files.attachments(self.general))

    def test_commands_leave_the_files_in_the_composer(self) -> None:
        self.finish(self.attach())
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
        self.finish(attachment)
        self.client.poll()
        self.assertEqual([], self.messages())

    def test_a_message_whose_files_are_ready_waits_for_the_connection(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.lose_connection()
        self.finish(attachment)
        self.client.poll()
        self.assertEqual(f"look\n{URL}", self.general.pending()[0].text)
        self.assertEqual(1, self.client.waiting(self.general).count)

    def test_a_message_that_fails_while_it_waits_for_files_comes_back_with_them(self) -> None:
        attachment = self.attach()
        self.client.run(self.general, "look")
        self.client.disconnect()
        rejected = self.assert_changed(CommandRejected, self.client.poll())
        self.assertEqual("You were disconnected before it was sent.", rejected.reason)
        self.assertEqual((attachment,), self.files.attachments(self.general))
