"""The files of a channel in its settings."""

from __future__ import annotations

from pathlib import Path

from chatapp.client.model.changes import FileCardChanged
from chatapp.client.model.files import FileCard, FileDownload
from chatapp.gui.dialogs.channel_settings import ChannelSettings
from chatapp.gui.widgets.dialog import QuestionDialog
from tests.gui.canvas import drawn_texts
from tests.gui.transcript.files import PREFIX, card, picture, url
from tests.gui.window_case import CAPABILITIES, WindowCase


class FilePageTest(WindowCase):
    capabilities = f"{CAPABILITIES} batch soju.im/search draft/chathistory draft/message-redaction"
    tokens = f"chatapp/SEARCH=has,suggest chatapp/FILES=id:{PREFIX},max:1000,days:90,who:everybody"

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.server.send(f":s 005 ana {self.tokens} :are supported")
        self.until(lambda: "chatapp/SEARCH" in self.client.network.isupport)

    def keep(self, *cards: FileCard) -> None:
        """Let the client know these files, so that it does not ask the server."""
        kept = self.client.sessions.of(self.client.network).file_cards
        for each in cards:
            kept._cards[each.id] = each

    def open(self) -> ChannelSettings:
        """Open the page."""
        self.key("<Control-Shift-I>")
        dialog = self.window.people_actions.settings_dialog
        assert dialog is not None
        self.focus(dialog.tabs)
        self.press(dialog.tabs, "<Left>")
        return dialog

    def requests(self) -> list[str]:
        self.server.received("nothing")  # only reads what has arrived
        return [line for line in self.server.lines if "SEARCH " in line]

    def reply(self, *lines: str, number: int = 1) -> None:
        """Reply to a search with messages."""
        self.until(lambda: len(self.requests()) == number)
        label = self.requests()[-1].split()[0].removeprefix("@label=")
        tagged = (f"@batch=r;{line}" for line in lines)
        self.server.send(f"@label={label} :s BATCH +r soju.im/search", *tagged, ":s BATCH -r")

    def message(self, number: int, name: str, nick: str = "ben") -> str:
        """Return a message with a file as a reply to a search has it."""
        stamp = f"2026-03-10T09:{number // 60:02}:{number % 60:02}.000Z"
        return f"time={stamp};msgid=m{number} :{nick}!b@h PRIVMSG #general :{url(name, number)}"

    def texts(self, dialog: ChannelSettings) -> list[str]:
        assert dialog.files is not None
        self.settle()
        return list(drawn_texts(dialog.files.list.canvas))

    def names(self, dialog: ChannelSettings) -> list[str]:
        assert dialog.files is not None
        return [each.link.name for each in dialog.files.files]

    def test_the_files_of_the_channel_are_listed_newest_first(self) -> None:
        self.keep(card("plan.pdf", 1), card("notes.txt", 2))
        dialog = self.open()
        self.until(lambda: any("in=#general" in each and "has=file" in each for each in self.requests()))
        self.reply(self.message(1, "plan.pdf"), self.message(2, "notes.txt", "dee"))
        self.until(lambda: self.names(dialog) == ["notes.txt", "plan.pdf"])
        texts = self.texts(dialog)
        self.assertIn("plan.pdf", texts)
        self.assertTrue(any(each.startswith("dee · ") and "1.8 MB" in each for each in texts), texts)
        self.assertFalse(dialog.save_button.winfo_ismapped())

    def test_a_channel_without_files_says_so(self) -> None:
        dialog = self.open()
        self.assertIn("Looking for files…", self.texts(dialog))
        self.reply()
        self.until(lambda: "Nobody has sent a file here yet." in self.texts(dialog))

    def test_a_refused_search_says_why_and_is_tried_again(self) -> None:
        dialog = self.open()
        self.until(lambda: len(self.requests()) == 1)
        label = self.requests()[0].split()[0]
        self.server.send(f"{label} :s FAIL SEARCH INTERNAL_ERROR :The search is not ready")
        self.until(lambda: any("not ready" in each for each in self.texts(dialog)))
        self.press(dialog.tabs, "<Left>")
        self.press(dialog.tabs, "<Right>")
        self.reply(number=2)
        self.until(lambda: "Nobody has sent a file here yet." in self.texts(dialog))

    def test_enter_shows_the_message(self) -> None:
        self.keep(card("plan.pdf", 1))
        dialog = self.open()
        self.reply(self.message(1, "plan.pdf"))
        self.until(lambda: bool(self.names(dialog)))
        assert dialog.files is not None
        self.settle()
        self.focus(dialog.files.list.canvas)
        self.press(dialog.files.list.canvas, "<Return>")
        self.assertFalse(dialog.winfo_exists())
        self.until(lambda: self.server.received("@label=find-2 CHATHISTORY AROUND #general msgid=m1"))

    def test_older_files_are_requested_when_the_last_one_is_in_sight(self) -> None:
        count = 50  # as many as one page has
        self.keep(*(card(f"{at}.pdf", at) for at in range(count + 1)))
        dialog = self.open()
        self.reply(*(self.message(at, f"{at}.pdf") for at in range(1, count + 1)))
        self.until(lambda: len(self.names(dialog)) == count)
        self.settle()
        self.assertEqual(len(self.requests()), 1)
        assert dialog.files is not None
        self.focus(dialog.files.list.canvas)
        self.press(dialog.files.list.canvas, "<End>")
        self.reply(self.message(0, "0.pdf"), number=2)
        self.until(lambda: len(self.names(dialog)) == count + 1)
        self.assertEqual(self.names(dialog)[-1], "0.pdf")

    def test_a_new_file_comes_first_and_that_of_a_deleted_message_goes(self) -> None:
        self.keep(card("plan.pdf", 1), card("new.pdf", 2))
        dialog = self.open()
        self.reply(self.message(1, "plan.pdf"))
        self.until(lambda: self.names(dialog) == ["plan.pdf"])
        self.server.send(
            f"@time=2026-03-12T09:00:00.000Z;msgid=n :dee!d@h PRIVMSG #general :{url('new.pdf', 2)}"
        )
        self.until(lambda: self.names(dialog) == ["new.pdf", "plan.pdf"])
        self.server.send(":dee!d@h REDACT #general n")
        self.until(lambda: self.names(dialog) == ["plan.pdf"])

    def test_the_menu_offers_what_can_be_done_and_deletes_after_a_question(self) -> None:
        shown = card("plan.pdf", 1, media_type="image/png")
        self.keep(shown)
        self.server.send(":ben!b@h MODE #general +o ana")
        self.until(lambda: self.conversation("#general").members["ana"].ranks == "@")
        self.server.send(":s 005 ana draft/FILEHOST=http://127.0.0.1:1/upload/t :are supported")
        self.until(lambda: "draft/FILEHOST" in self.client.network.isupport)
        dialog = self.open()
        self.reply(self.message(1, "plan.pdf"))
        self.until(lambda: bool(self.names(dialog)))
        assert dialog.files is not None
        items = {item.label: item for item in dialog.files.items(shown.id) if item.label}
        self.assertEqual(
            list(items),
            ["Show the message", "Show the picture", "Download", "Save as…", "Copy link", "Delete the file"],
        )
        items["Copy link"].action()
        here = shown.link.url.replace("https://chat.example:5000", f"http://127.0.0.1:{self.server.port}")
        self.assertEqual(self.root.clipboard_get(), here)
        items["Delete the file"].action()
        question = next(each for each in dialog.winfo_children() if isinstance(each, QuestionDialog))
        question.destroy()

    def test_a_download_shows_how_far_it_is_and_a_file_that_is_gone_says_so(self) -> None:
        shown = card("plan.pdf", 1)
        self.keep(shown)
        dialog = self.open()
        self.reply(self.message(1, "plan.pdf"))
        self.until(lambda: bool(self.names(dialog)))
        shown.download = FileDownload(Path("Downloads"), "", "running", 900_000)
        self.window.people_actions.apply(FileCardChanged(self.client.network, shown))
        self.assertTrue(any("50 %" in each for each in self.texts(dialog)))
        shown.download, shown.state = None, "gone"
        self.window.people_actions.apply(FileCardChanged(self.client.network, shown))
        self.assertTrue(any("No longer kept" in each for each in self.texts(dialog)))

    def test_a_file_that_was_downloaded_says_so_and_is_opened(self) -> None:
        shown = card("plan.pdf", 1)
        self.keep(shown)
        dialog = self.open()
        self.reply(self.message(1, "plan.pdf"))
        self.until(lambda: bool(self.names(dialog)))
        self.assertFalse(any("Downloaded" in each for each in self.texts(dialog)))
        shown.download = FileDownload(Path("Downloads"), "", "done", 1_800_000, Path("Downloads/plan.pdf"))
        self.window.people_actions.apply(FileCardChanged(self.client.network, shown))
        self.assertTrue(any(each.startswith("Downloaded · ben · ") for each in self.texts(dialog)))
        assert dialog.files is not None
        labels = [item.label for item in dialog.files.items(shown.id)]
        self.assertIn("Open", labels)
        self.assertIn("Show in folder", labels)
        self.assertNotIn("Download", labels)

    def test_a_picture_has_its_thumbnail_in_place_of_a_tile(self) -> None:
        shown = card("board.png", 1, media_type="image/png", has_thumbnail=True, thumbnail=picture())
        self.keep(shown)
        dialog = self.open()
        self.reply(self.message(1, "board.png"))
        self.until(lambda: bool(self.names(dialog)))
        page = dialog.files
        assert page is not None
        tile = page._pictures._tiles.image("PNG", 6, page._pictures.side)
        self.until(lambda: page._pictures.image(shown) is not tile)
        self.settle()
        picture_of_row = page._row(page.files[0]).image
        self.assertEqual(picture_of_row, str(page._pictures._thumbnails.image(shown.id)))


class WithoutFilesTest(WindowCase):
    def test_a_server_that_keeps_no_files_has_no_page_for_them(self) -> None:
        self.enter()
        self.key("<Control-Shift-I>")
        dialog = self.window.people_actions.settings_dialog
        assert dialog is not None
        self.assertIsNone(dialog.files)
