"""The bar that shows which message is replied to or edited."""

from __future__ import annotations

import gettext
import io

from chatapp.gui.main.reply_bar import ReplyBar
from chatapp.languages.translation import ENGLISH, install, use
from tests.gui.base import WindowTest
from tests.translations.message import Message
from tests.translations.mo_file import compiled

LONG = "Use socket.settimeout(15) before connect, otherwise the thread hangs " * 4


class ReplyBarTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.closed: list[str] = []
        self.bar = ReplyBar(self.root, self.theme, lambda: self.closed.append("closed"))
        self.bar.pack(fill="x")
        self.settle()

    def texts(self) -> list[str]:
        labels = (each for each in self.bar.pack_slaves() if each.winfo_class() == "TLabel")
        return [text for each in labels if (text := str(each.cget("text")))]

    def test_a_reply_names_the_author_and_quotes_the_message(self) -> None:
        self.bar.show_reply("Chen Li", "two lines bold")
        self.assertEqual(self.texts(), ["Replying to", "Chen Li", "two lines bold"])

    def test_in_some_languages_the_verb_stands_behind_the_name(self) -> None:
        messages = [Message("Replying to {name}", translations=("{name} को जवाब",))]
        install(gettext.GNUTranslations(io.BytesIO(compiled("hi", messages))))
        self.addCleanup(use, ENGLISH)
        self.bar.show_reply("Chen Li", "two lines bold")
        self.assertEqual(self.texts(), ["Chen Li", "को जवाब", "two lines bold"])
        self.bar.show_edit("my words")
        self.assertEqual(self.texts(), ["Editing your message", "my words"])

    def test_the_ellipsis_of_cut_words_is_shown_whole(self) -> None:
        self.bar.show_reply("Chen Li", LONG)
        self.settle()
        label = self.bar._words_label
        self.assertLessEqual(label.winfo_reqwidth(), label.winfo_width())

    def test_an_edit_says_so(self) -> None:
        self.bar.show_reply("Chen Li", "hi")
        self.bar.show_edit("my words")
        self.assertEqual(self.texts(), ["Editing your message", "my words"])

    def test_long_words_are_cut_so_that_the_button_stays_in_sight(self) -> None:
        self.bar.show_reply("Chen Li " * 30, LONG)
        for width in (800, 420):
            self.size(width, 300)
            self.settle()
            self.assertTrue(self.texts()[-1].endswith("…"))
            self.assertLessEqual(
                self.bar.button.winfo_x() + self.bar.button.winfo_width(), self.theme.px(width)
            )

    def test_it_is_thirty_six_pixels_high_with_its_margin_and_grows_with_the_font(self) -> None:
        self.assertEqual(self.bar.winfo_height(), self.theme.px(34))
        self.theme.zoom(24)
        self.settle()
        linespace = self.theme.fonts["ChatSmall"].metrics("linespace")
        self.assertGreater(self.bar.winfo_height(), linespace)

    def test_its_button_closes_it(self) -> None:
        self.bar.button.invoke()
        self.assertEqual(self.closed, ["closed"])
