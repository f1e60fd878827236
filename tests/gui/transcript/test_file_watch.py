"""Files of messages in sight are asked about; what is learned of them is shown."""

from __future__ import annotations

from chatapp.client.model.changes import ConversationChanged, FileCardChanged
from chatapp.client.model.files import FileCard
from chatapp.client.text.file_links import FileLink
from chatapp.gui.transcript.file_watch import CHECK_SECONDS, GRACE_SECONDS
from chatapp.gui.transcript.transcript import Transcript
from chatapp.protocol.timestamps import DAY_SECONDS
from tests.gui.transcript.conversations import NINE
from tests.gui.transcript.files import PREFIX, card, offer_files, picture, url
from tests.gui.transcript.handlers import noting_handlers
from tests.gui.transcript.transcript_case import TranscriptCase


class FileWatchTest(TranscriptCase):
    def setUp(self) -> None:
        super().setUp()
        offer_files(self.maker)
        self.pane.destroy()
        self.asked: list[str] = []
        self.now = NINE
        self.checked: list[FileCard] = []
        self.cards: dict[str, FileCard] = {}
        self.pane = Transcript(
            self.root,
            self.theme,
            on_older=lambda: None,
            on_end=lambda at_end: None,
            handlers=noting_handlers(self.calls, file_card=self.ask, check_file=self.checked.append),
            now=lambda: self.now,
        )
        self.pane.pack(fill="both", expand=True)
        self.text = self.pane.view.text

    def ask(self, link: FileLink) -> FileCard:
        self.asked.append(link.name)
        return self.cards.setdefault(link.id, card(link.name, int(link.id[len(PREFIX) :])))

    def test_only_files_in_sight_are_asked_about(self) -> None:
        self.maker.say("ben", url("far.pdf", 1))
        self.maker.chatter(60)
        self.maker.say("ben", url("near.pdf", 2), 61)
        self.show()
        self.until(lambda: bool(self.asked))
        self.assertEqual(self.asked, ["near.pdf"])
        self.assertIn("1.8 MB", self.shown_text())

    def test_a_change_of_a_card_is_shown(self) -> None:
        self.maker.say("ben", url("plan.pdf"))
        self.show()
        self.until(lambda: "1.8 MB" in self.shown_text())
        (shown,) = self.cards.values()
        shown.state = "gone"
        self.apply(FileCardChanged(self.maker.network, shown))
        self.assertIn("No longer kept", self.shown_text())

    def test_a_file_is_asked_about_when_its_time_is_over(self) -> None:
        self.maker.say("ben", url("plan.pdf"))
        self.cards[card().id] = card(until=NINE - GRACE_SECONDS + 0.3)
        self.show()
        self.until(lambda: bool(self.cards) and "1.8 MB" in self.shown_text())
        self.settle()
        self.assertEqual([], self.checked)
        self.now += 0.5
        self.until(lambda: bool(self.checked))
        self.now += CHECK_SECONDS / 2
        self.pane._files._look()
        self.assertEqual(1, len(self.checked))
        self.now += CHECK_SECONDS / 2
        self.pane._files._look()
        self.assertEqual(2, len(self.checked))
        self.checked[0].state = "gone"
        self.now += 2 * CHECK_SECONDS
        self.pane._files._look()
        self.assertEqual(2, len(self.checked))

    def test_the_limit_of_the_channel_counts_if_it_is_earlier(self) -> None:
        entry = self.maker.say("ben", url("plan.pdf"))
        self.cards[card().id] = card(until=entry.time + 90 * DAY_SECONDS)
        self.show()
        self.until(lambda: "kept until 10 June" in self.shown_text())
        self.maker.conversation.keep_days = 7
        self.apply(ConversationChanged(self.maker.conversation))
        self.assertIn("kept until 19 March", self.shown_text())
        self.now = entry.time + 7 * DAY_SECONDS + GRACE_SECONDS + 1
        self.pane._files._on_view()
        self.until(lambda: bool(self.checked))
        self.assertEqual(list(self.cards.values()), self.checked)

    def test_a_thumbnail_that_has_come_is_drawn(self) -> None:
        self.maker.say("ben", url("board.png"))
        self.show()
        self.until(lambda: bool(self.cards))
        (shown,) = self.cards.values()
        shown.media_type, shown.has_thumbnail, shown.thumbnail = "image/png", True, picture()
        self.apply(FileCardChanged(self.maker.network, shown))
        self.until(lambda: shown.id in self.pane.view.files.decoded)
        self.assertIsNotNone(self.pane.view.thumbnails.image(shown.id))

    def place(self, text: str) -> int:
        """Return the upper edge of the line of a text, in pixels; -1 if it is not in sight."""
        info = self.text.dlineinfo(self.text.search(text, "1.0", "end"))
        return info[1] if info else -1

    def test_nothing_moves_when_a_picture_comes_whose_size_is_in_its_link(self) -> None:
        self.maker.say("ben", "above")
        self.maker.say("ben", f"{url('board.png')}#64x40", 1)
        self.maker.say("ana", "below", 2)
        self.show()
        before = self.place("above"), self.place("below")
        self.until(lambda: bool(self.cards))
        (shown,) = self.cards.values()
        shown.media_type, shown.has_thumbnail, shown.thumbnail_size = "image/png", True, (64, 40)
        self.apply(FileCardChanged(self.maker.network, shown))
        self.assertEqual(before, (self.place("above"), self.place("below")))
        shown.thumbnail = picture(64, 40)
        self.apply(FileCardChanged(self.maker.network, shown))
        self.until(lambda: shown.id in self.pane.view.files.decoded)
        self.settle()
        self.assertEqual(before, (self.place("above"), self.place("below")))
        self.assertNotIn(-1, before)

    def test_what_is_read_does_not_move_when_a_card_above_it_becomes_a_picture(self) -> None:
        self.maker.chatter(30)
        self.maker.say("ben", url("board.png"), 31)
        self.maker.say("ana", "what is read", 32)
        self.maker.chatter(60, 33)
        self.show()
        line = int(self.text.search("what is read", "1.0", "end").split(".")[0])
        self.pane.view.scroll_to_line(line, y=70)  # a part of the picture is above the upper edge
        self.until(lambda: bool(self.cards))
        (shown,) = self.cards.values()
        before = self.place("what is read")
        shown.media_type, shown.has_thumbnail, shown.thumbnail_size = "image/png", True, (640, 400)
        self.apply(FileCardChanged(self.maker.network, shown))
        self.settle()
        self.assertEqual(before, self.place("what is read"))
        self.assertGreater(before, 0)

    def test_the_button_and_the_keys_do_what_can_be_done(self) -> None:
        self.maker.say("ben", url("plan.pdf"))
        self.show()
        self.until(lambda: "1.8 MB" in self.shown_text())
        (shown,) = self.cards.values()
        self.click("plan.pdf")
        self.assertIn(("file", shown, "download"), self.calls)
        self.keys("<Up>", "<Return>")
        self.press(self.root.focus_get() or self.text, "<Down>", "<Return>")
        self.assertIn(("file", shown, "save"), self.calls)

    def test_copied_words_have_the_link_of_a_file(self) -> None:
        self.maker.say("ben", f"Slides:\n{url('plan.pdf')}")
        self.show()
        self.until(lambda: "1.8 MB" in self.shown_text())
        start = self.text.search("Slides", "1.0", "end")
        self.text.tag_add("sel", start, "end -1c")
        self.assertEqual(self.pane.input.selection.text(), f"Slides:\n{url('plan.pdf')}")
