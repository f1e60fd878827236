"""Files on their way into the composer."""

from __future__ import annotations

import tempfile
from pathlib import Path
from unittest import mock

from chatapp.client.model.files import Attachment
from chatapp.gui.main.attachment_texts import ADVICE
from tests.gui.window_case import WindowCase


class AttachmentCase(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.enter()
        self.server.send(
            ":s 005 ana soju.im/FILEHOST=http://127.0.0.1:1/upload/t"
            " chatapp/FILES=id:k3Xq9p,max:1000 :are supported"
        )
        self.until(lambda: "chatapp/FILES" in self.client.network.isupport)
        self.composer = self.window.pane.composer
        self.controller = self.window.pane.attachments

    def file(self, name: str, size: int = 5) -> Path:
        path = self.folder / name
        path.write_bytes(b"x" * size)
        return path

    def choose(self, *paths: Path) -> None:
        with mock.patch("tkinter.filedialog.askopenfilenames", return_value=tuple(map(str, paths))):
            self.key("<Control-Shift-u>")

    def attached(self) -> list[Attachment]:
        return self.conversation("#general").attachments

    def rows(self) -> list[str]:
        return (
            [each.name for each in self.composer.files.rows] if self.composer.files.winfo_ismapped() else []
        )


class ChooseTest(AttachmentCase):
    def test_chosen_files_stand_in_the_composer_of_their_conversation(self) -> None:
        self.choose(self.file("a.txt"), self.file("b.txt"))
        self.assertEqual([each.name for each in self.attached()], ["a.txt", "b.txt"])
        self.assertEqual(self.rows(), ["a.txt", "b.txt"])
        self.assertEqual(self.settings.file_folder, str(self.folder))

    def test_a_cancelled_dialog_changes_nothing(self) -> None:
        self.choose()
        self.assertEqual((self.attached(), self.rows(), self.settings.file_folder), ([], [], ""))

    def test_files_go_to_the_conversation_in_which_they_were_chosen(self) -> None:
        self.join("#exam", "@ben")
        self.until(lambda: self.client.network.find("#exam") is not None)
        path, exam = self.file("a.txt"), self.conversation("#exam")
        self.client.open(self.conversation("#general"))
        self.until(lambda: self.shown() == "#general")

        def switch(**options: object) -> tuple[str]:
            self.client.open(exam)
            self.until(lambda: self.shown() == "#exam")
            return (str(path),)

        with mock.patch("tkinter.filedialog.askopenfilenames", switch):
            self.composer.choose_files()
        self.assertEqual(([each.name for each in self.attached()], exam.attachments), (["a.txt"], []))
        self.assertEqual(self.rows(), [])
        self.client.open(self.conversation("#general"))
        self.until(lambda: self.rows() == ["a.txt"])

    def test_without_files_on_the_server_the_key_does_nothing(self) -> None:
        self.client.network.isupport = {}
        with mock.patch("tkinter.filedialog.askopenfilenames", side_effect=AssertionError("asked")):
            self.key("<Control-Shift-u>")
        self.assertEqual(self.composer._problem, "")

    def test_who_may_not_send_is_told_why(self) -> None:
        self.client.network.isupport = {"chatapp/FILES": "id:k3Xq9p,who:members"}
        self.key("<Control-Shift-u>")
        self.assertEqual(self.composer._problem, "Only people with an account can send files here.")


class RowsTest(AttachmentCase):
    def test_a_file_is_removed_and_the_keyboard_returns_to_the_text(self) -> None:
        self.choose(self.file("a.txt"))
        button = self.composer.files.rows[self.attached()[0]].remove
        self.focus(button)
        button.invoke()
        self.settle()
        self.assertEqual((self.attached(), self.rows()), ([], []))
        self.assertIs(self.root.focus_get(), self.composer.field)

    def test_a_file_that_failed_is_tried_again(self) -> None:
        self.choose(self.folder / "missing.txt")
        (attachment,) = self.attached()
        self.file("missing.txt")
        self.composer.files.rows[attachment].retry.invoke()
        self.assertNotEqual(attachment.state, "failed")

    def test_a_file_that_is_too_large_marks_the_box_and_gives_advice(self) -> None:
        self.choose(self.file("a.txt", 2000))
        self.until(lambda: str(self.composer.strip.label.cget("text")) == ADVICE)
        self.assertTrue(self.composer._box.instate(["invalid"]))
        self.controller.remove(self.attached()[0])
        self.settle()
        self.assertFalse(self.composer._box.instate(["invalid"]))

    def test_while_a_message_is_edited_its_files_are_hidden_and_none_are_added(self) -> None:
        self.choose(self.file("a.txt"))
        entry = self.client.network.entry("message", 1.0, "ana", "hello")
        self.composer.edit(entry)
        self.settle()
        self.assertEqual(self.rows(), [])
        self.choose(self.file("b.txt"))
        self.assertEqual(len(self.attached()), 1)
        self.assertIn("Save or cancel the edit", self.composer._problem)
        self.composer.cancel()
        self.settle()
        self.assertEqual(self.rows(), ["a.txt"])


class SendTest(AttachmentCase):
    def test_files_alone_are_sent_and_a_second_enter_does_nothing(self) -> None:
        self.choose(self.file("a.txt"))
        self.key("<Return>")
        self.until(lambda: self.rows() == [])
        (entry,) = self.conversation("#general").pending()
        self.assertEqual([each.name for each in entry.attachments], ["a.txt"])
        self.key("<Return>")
        self.assertEqual(len(self.conversation("#general").pending()), 1)

    def test_what_is_too_large_stays_while_the_others_go(self) -> None:
        self.choose(self.file("large.txt", 2000), self.file("a.txt"))
        self.write("see")
        (entry,) = self.conversation("#general").pending()
        self.assertEqual((entry.text, [each.name for each in entry.attachments]), ("see", ["a.txt"]))
        self.until(lambda: self.rows() == ["large.txt"])
        self.write("without it")
        self.assertEqual(self.conversation("#general").pending()[-1].text, "without it")
        self.assertEqual(self.rows(), ["large.txt"])

    def test_what_is_too_large_is_not_sent_alone(self) -> None:
        self.choose(self.file("large.txt", 2000))
        self.key("<Return>")
        self.assertEqual(list(self.conversation("#general").pending()), [])
        self.assertIn("cannot be sent", self.composer._problem)
