"""Files on their way into the composer."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from unittest import mock

from chatapp.client.files.thumbnails import SmallPictures
from chatapp.client.model.changes import MessageReturned
from chatapp.client.model.files import Attachment, FileCard
from chatapp.gui.main import attachment_controller, conversation_pane, pasted_files
from chatapp.gui.main.attachment_texts import ADVICE, FAILED
from chatapp.gui.main.pasted_files import PastedFiles
from chatapp.gui.theme.png import from_rgba
from chatapp.gui.widgets import editing_keys
from chatapp.gui.widgets.dialog import QuestionDialog
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
    def test_other_limits_of_the_server_are_shown_at_once(self) -> None:
        self.choose(self.file("large.txt", 2000))
        (attachment,) = self.attached()
        note = self.composer.files.rows[attachment].note
        self.assertIn("At most 1.0 kB", str(note.cget("text")))
        self.server.send(":s 005 ana chatapp/FILES=id:k3Xq9p,max:1500 :are supported")
        self.until(lambda: "At most 1.5 kB" in str(note.cget("text")))
        self.server.send(":s 005 ana chatapp/FILES=id:k3Xq9p,max:5000 :are supported")
        self.until(lambda: attachment.state != "too-large" and "taken here" not in str(note.cget("text")))

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

    def test_a_file_that_failed_stays_while_the_text_is_sent(self) -> None:
        self.choose(self.folder / "missing.txt")
        self.until(lambda: str(self.composer.strip.label.cget("text")) == FAILED.format(name="missing.txt"))
        self.composer.field.focus_set()
        self.composer.box.insert("hello")
        self.press(self.composer.field, "<Return>")
        self.assertEqual(("", ""), (self.composer.text, self.composer._problem))
        self.assertEqual(1, len(self.attached()))
        self.assertTrue(self.composer.files.rows[self.attached()[0]].retry.winfo_ismapped())

    def test_a_file_that_is_too_large_marks_the_box_and_gives_advice(self) -> None:
        self.choose(self.file("a.txt", 2000))
        self.until(lambda: str(self.composer.strip.label.cget("text")) == ADVICE.format(name="a.txt"))
        self.assertTrue(self.composer._box.instate(["invalid"]))
        self.controller.remove(self.attached()[0])
        self.settle()
        self.assertFalse(self.composer._box.instate(["invalid"]))

    def test_a_file_for_which_there_was_no_room_is_tried_again_by_the_bar(self) -> None:
        self.choose(self.file("a.txt"))
        (attachment,) = self.attached()
        attachment.state, attachment.lacks_room = "failed", True
        self.window.pane.paint_bars()
        self.settle()
        self.assertTrue(self.window.pane.states.has_bar)
        self.window.pane.states.bar.button.invoke()
        self.assertEqual((attachment.state, attachment.lacks_room), ("waiting", False))
        self.until(lambda: self.window.pane.states._action != "files")

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

    def test_the_line_below_names_a_file_that_is_in_sight_and_enter_names_the_same(self) -> None:
        names = [f"{number}.txt" for number in range(6)]
        self.choose(self.file("large.txt", 2000), *map(self.file, names))
        self.until(lambda: "large.txt" in str(self.composer.strip.label.cget("text")))
        self.assertTrue(self.is_in_sight("large.txt"))
        for each in self.attached()[1:]:
            self.controller.remove(each)
        self.choose(*(self.folder / f"missing{number}.txt" for number in range(4)))
        self.until(lambda: "missing3.txt" in str(self.composer.strip.label.cget("text")))
        self.assertTrue(self.is_in_sight("missing3.txt"))
        self.composer.files.scroll(-1000)
        self.settle()
        self.assertFalse(self.is_in_sight("missing3.txt"))
        self.press(self.composer.field, "<Return>")
        self.assertIn("missing3.txt", self.composer._problem)
        self.assertTrue(self.is_in_sight("missing3.txt"))

    def is_in_sight(self, name: str) -> bool:
        """Return whether the whole row of a file is inside of the list."""
        self.settle()
        files = self.composer.files
        row = next(row for each, row in files.rows.items() if each.name == name)
        top = row.winfo_rooty() - files.winfo_rooty()
        return top >= 0 and top + row.winfo_height() <= files.winfo_height()

    def test_a_refusal_goes_with_the_file_that_it_is_about(self) -> None:
        self.choose(self.file("empty.txt", 0))
        self.press(self.composer.field, "<Return>")
        self.assertIn("“empty.txt” cannot be sent. Remove it", self.composer._problem)
        self.controller.remove(self.attached()[0])
        self.settle()
        self.assertEqual(self.composer._problem, "")
        self.assertFalse(self.composer._box.instate(["invalid"]))

    def test_what_can_never_be_sent_is_not_tried_again(self) -> None:
        folder = self.folder / "folder"
        folder.mkdir()
        self.choose(self.file("empty.txt", 0), folder)
        self.settle()
        for row in self.composer.files.rows.values():
            self.assertFalse(row.retry.winfo_ismapped())

    def test_why_a_file_came_back_is_said_until_it_is_tried_again(self) -> None:
        self.choose(self.file("a.txt"))
        (attachment,) = self.attached()
        pane, general = self.window.pane, self.conversation("#general")
        attachment.state, attachment.problem = "failed", "“a.txt” was not sent."
        pane.take_back(MessageReturned(general, "", None, attachment.problem))
        self.assertEqual(str(self.composer.strip.label.cget("text")), "“a.txt” was not sent.")
        self.controller.retry(attachment)
        self.until(lambda: str(self.composer.strip.label.cget("text")) != "“a.txt” was not sent.")

    def test_an_error_of_an_action_goes_when_something_is_sent_and_after_a_while(self) -> None:
        pane = self.window.pane
        pane.show_problem("Internal error")
        self.write("hello")
        self.assertEqual(pane._problem, "")
        with mock.patch.object(conversation_pane, "PROBLEM_MILLISECONDS", 1):
            pane.show_problem("Internal error")
        self.until(lambda: pane._problem == "")


class RestartTest(AttachmentCase):
    def test_the_files_of_the_last_run_are_in_the_composer_again(self) -> None:
        self.conversation("#general").kept_files = [self.file("a.txt"), self.folder / "missing.txt"]
        self.window.pane.show(self.conversation("#general"))
        self.settle()
        self.assertEqual(self.rows(), ["a.txt", "missing.txt"])
        self.assertEqual(self.conversation("#general").kept_files, [])
        self.assertIn("There is no file “missing.txt”.", self.attached()[1].problem)

    def test_the_window_asks_before_it_loses_a_pasted_picture(self) -> None:
        self.client.files.attach(self.conversation("#general"), b"x", "picture.png")
        with mock.patch.object(self.window, "end") as end:
            self.window.close()
            question = self.window.overlays.dialog
            assert isinstance(question, QuestionDialog)
            end.assert_not_called()
            question.buttons["Close it"].invoke()
            end.assert_called_once()


class PasteTest(AttachmentCase):
    def paste(self, text: str, found: PastedFiles) -> None:
        """Paste, with a clipboard that has this text and in which this is found."""
        self.root.clipboard_clear()
        if text:
            self.root.clipboard_append(text)
        self.focus(self.composer.field)
        with mock.patch.object(pasted_files, "find", lambda text, fallback: found):
            self.press(self.composer.field, "<<Paste>>")
            self.until(lambda: not self.controller._work.is_busy)

    def test_copied_files_take_the_place_of_their_names(self) -> None:
        path = self.file("a.txt")
        self.composer.insert("see: ")
        self.paste(str(path), PastedFiles((path,)))
        self.assertEqual((self.composer.text, self.rows()), ("see: ", ["a.txt"]))

    def test_a_picture_gets_a_name_with_the_time(self) -> None:
        self.paste("", PastedFiles(picture=b"\x89PNG"))
        self.paste("", PastedFiles(picture=b"\x89PNG"))
        first, second = self.rows()
        self.assertRegex(first, r"^picture \d{4}-\d\d-\d\d \d\d\.\d\d\.png$")
        self.assertNotEqual(first, second)

    def test_the_path_of_a_file_is_offered_as_a_file(self) -> None:
        path = self.file("a.txt")
        self.paste(str(path), PastedFiles(named=(path,)))
        self.assertEqual((self.composer.text, self.rows()), (str(path), []))
        self.assertEqual(str(self.composer.strip.action.cget("text")).strip(), "Attach a.txt")
        self.composer.strip.action.invoke()
        self.settle()
        self.assertEqual((self.composer.text, self.rows()), ("", ["a.txt"]))

    def test_other_text_is_pasted_without_asking(self) -> None:
        with mock.patch.object(pasted_files, "find", side_effect=AssertionError("asked")):
            self.paste("hello", PastedFiles())
        self.assertEqual(self.composer.text, "hello")

    def test_nothing_is_asked_where_no_files_can_be_sent(self) -> None:
        self.client.network.isupport = {}
        self.paste("", PastedFiles(picture=b"\x89PNG"))
        self.assertEqual(self.attached(), [])

    def test_who_may_not_send_is_told_so_when_a_file_is_pasted_or_dropped(self) -> None:
        path, reason = self.file("a.txt"), "Only people with an account can send files here."
        self.client.network.isupport = {"chatapp/FILES": "id:k3Xq9p,who:members"}
        self.paste("", PastedFiles(picture=b"\x89PNG"))
        self.assertEqual(self.composer._problem, reason)
        self.composer.insert("words")
        self.assertEqual(self.composer._problem, "")
        self.controller._drop([path])
        self.assertEqual((self.composer._problem, self.attached()), (reason, []))
        self.client.network.isupport |= {"soju.im/FILEHOST": "http://127.0.0.1:1/upload/t"}
        self.window.pane.paint_composer()
        self.assertEqual(self.composer._problem, "")
        self.client.network.isupport = {}
        self.controller._drop([path])
        self.assertEqual(self.composer._problem, "This server does not take files.")

    def test_files_go_where_they_were_pasted(self) -> None:
        self.join("#exam", "@ben")
        self.until(lambda: self.client.network.find("#exam") is not None)
        exam, path = self.conversation("#exam"), self.file("a.txt")
        self.client.open(exam)
        self.until(lambda: self.shown() == "#exam")
        gate = threading.Event()
        self.addCleanup(gate.set)

        def find(text: str, fallback: object) -> PastedFiles:
            gate.wait(10)
            return PastedFiles((path,))

        self.root.clipboard_clear()
        with mock.patch.object(pasted_files, "find", find):
            self.focus(self.composer.field)
            self.press(self.composer.field, "<<Paste>>")
            self.client.open(self.conversation("#general"))
            self.until(lambda: self.shown() == "#general")
            gate.set()
            self.until(lambda: not self.controller._work.is_busy)
        self.assertEqual(([each.name for each in exam.attachments], self.attached()), (["a.txt"], []))

    def test_the_menu_offers_to_paste_a_picture(self) -> None:
        self.root.clipboard_clear()
        self.assertNotIn("Paste", [each.label for each in editing_keys.menu_items(self.composer.field)])
        self.root.clipboard_append("x", type="image/png")
        self.assertIn("Paste", [each.label for each in editing_keys.menu_items(self.composer.field)])
        self.client.network.isupport = {}
        self.assertNotIn("Paste", [each.label for each in editing_keys.menu_items(self.composer.field)])


class PictureTest(AttachmentCase):
    def test_a_picture_is_shown_in_its_row_and_given_to_the_client(self) -> None:
        small = from_rgba(30, 10, (b"\0" + b"\x80\x40\x20\xff" * 30) * 10)
        path = self.file("board.png")
        with mock.patch.object(
            attachment_controller, "make_thumbnails", return_value=SmallPictures(b"big", small)
        ):
            self.choose(path)
            (attachment,) = self.attached()
            self.until(lambda: not self.controller._work.is_busy)
        self.assertEqual((attachment.thumbnail, attachment.awaits_thumbnail), (b"big", False))
        self.assertTrue(self.composer.files.rows[attachment].has_picture)

    def test_a_picture_that_is_too_large_has_its_picture_too(self) -> None:
        small = from_rgba(30, 10, (b"\0" + b"\x80\x40\x20\xff" * 30) * 10)
        with mock.patch.object(
            attachment_controller, "make_thumbnails", return_value=SmallPictures(b"big", small)
        ):
            self.choose(self.file("board.png", 2000))
            self.until(lambda: not self.controller._work.is_busy)
        (attachment,) = self.attached()
        self.assertEqual((attachment.state, attachment.thumbnail), ("too-large", b""))
        self.assertTrue(self.composer.files.rows[attachment].has_picture)

    def test_a_picture_of_a_message_that_is_edited_has_its_picture(self) -> None:
        small = from_rgba(30, 10, (b"\0" + b"\x80\x40\x20\xff" * 30) * 10)
        network, url = self.client.network, f"http://h:1/files/k3Xq9p{'a' * 22}/board.png"
        (link,) = self.client.files.links(network, url)
        card = FileCard(link, "known", "board.png", thumbnail=small)
        self.client.sessions.of(network).file_cards._cards[card.id] = card
        self.composer.edit(network.entry("message", 1.0, "ana", f"The board\n{url}"))
        (attachment,) = self.composer._draft.files
        self.until(lambda: self.composer.files.rows[attachment].has_picture)
        self.controller.paint()
        self.assertTrue(self.composer.files.rows[attachment].has_picture)

    def test_a_file_that_is_over_awaits_none(self) -> None:
        self.choose(self.file("large.txt", 2000))
        self.assertFalse(self.attached()[0].awaits_thumbnail)


class SendTest(AttachmentCase):
    def test_files_alone_are_sent_and_a_second_enter_does_nothing(self) -> None:
        self.choose(self.file("a.txt"))
        self.key("<Return>")
        self.until(lambda: self.rows() == [])
        (entry,) = self.conversation("#general").pending()
        self.assertEqual([each.name for each in entry.attachments], ["a.txt"])
        self.key("<Return>")
        self.assertEqual(len(self.conversation("#general").pending()), 1)

    def test_a_message_that_waits_for_its_files_is_taken_back(self) -> None:
        self.choose(self.file("a.txt"))
        self.write("see")
        self.wait_for_text("a.txt · sending… 0 %")
        (entry,) = self.conversation("#general").pending()
        self.window.pane._commands.handlers().on_cancel(entry)
        self.until(lambda: self.rows() == ["a.txt"])
        self.assertEqual((self.composer.text, list(self.conversation("#general").pending())), ("see", []))

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
