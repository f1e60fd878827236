"""How large a file for the composer is, and why it cannot be sent."""

from __future__ import annotations

from tests.client.session.test_file_uploads import UploadsTest


class Checks(UploadsTest):
    def test_a_file_above_the_limit_is_not_sent_and_says_why(self) -> None:
        attachment = self.attach(b"x" * 1001)
        self.assertEqual("too-large", attachment.state)
        self.assertEqual("“a.txt” is 1.0 kB. This server takes files of up to 1.0 kB.", attachment.problem)
        self.assertEqual([], self.tasks)

    def test_what_cannot_be_read_says_why(self) -> None:
        table = {
            "no.txt": "There is no file “no.txt”.",
            ".": f"“{self.folder.name}” cannot be read. It is a folder.",
        }
        for name, problem in table.items():
            with self.subTest(name):
                attachment = self.files.attach(self.general, self.folder / name)
                self.assertEqual(("failed", problem), (attachment.state, attachment.problem))
        self.assertEqual("“a.txt” is empty.", self.attach(b"").problem)
