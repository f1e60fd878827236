"""The list of bans."""

from __future__ import annotations

import time

from chatapp.client.model.model import ChannelBan
from chatapp.gui.dialogs.ban_page import NOBODY, BanPage, ban_row, whom
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import make_network

NOW = time.mktime((2026, 3, 12, 12, 0, 0, 0, 0, -1))


class BanPageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.lifted: list[str] = []
        self.network = make_network("#general")
        self.network.isupport = {"chatapp/TBAN": ""}
        self.page = BanPage(self.root, self.theme, self.lifted.append)
        self.page.pack(fill="both", expand=True)

    def test_a_row_says_whom_who_when_and_why(self) -> None:
        ban = ChannelBan("~m:~account:tom", "ben", NOW - 7200, NOW + 3600, "Insults")
        row = ban_row(self.network, ban, NOW)
        self.assertEqual(row.text, "Account tom")
        self.assertEqual(
            row.detail, "Muted · by ben · 2 hours ago · until today 13:00 · Insults · ~account:tom"
        )
        later = ban_row(self.network, ChannelBan("x!*@*", until=NOW + 86400 * 2), NOW)
        self.assertEqual((later.text, later.detail), ("x", "Banned · until 14 March 12:00 · x!*@*"))

    def test_the_name_of_a_known_person_comes_first_and_the_mask_last(self) -> None:
        tom = self.network.person("Tom_Hale")
        tom.display_name, tom.user, tom.host = "Tom Hale", "t", "far.example"
        row = ban_row(self.network, ChannelBan("*!*@far.example"), NOW)
        self.assertEqual((row.text, row.detail), ("Tom Hale", "Banned · *!*@far.example"))

    def test_all_about_the_chosen_ban_can_be_read(self) -> None:
        reason = "Insults in the evening " * 8
        self.page.show(self.network, [ChannelBan("tom!*@*", reason=reason)], NOW)
        self.page.rows._on_choose("tom!*@*")
        self.assertIn(reason, str(self.page.detail.cget("text")))

    def test_it_says_that_lift_acts_at_once(self) -> None:
        self.assertIn("at once", str(self.page.note.cget("text")))

    def test_masks_in_words(self) -> None:
        for mask, text in (
            ("*!*@bad.example", "Everybody from bad.example"),
            ("~account:tom", "Account tom"),
            ("tom!*@*", "tom"),
            ("t*!*@*", "t*!*@*"),
            ("*!ident@host", "*!ident@host"),
            ("r:*spam*", "Account *spam*"),
            ("z:x", "z:x"),
        ):
            self.assertEqual(whom(mask), text)

    def test_the_chosen_ban_is_lifted(self) -> None:
        self.page.show(self.network, [ChannelBan("tom!*@*"), ChannelBan("eve!*@*")], NOW)
        self.settle()
        self.assertTrue(self.page.lift_button.instate(["disabled"]))
        self.focus(self.page.rows.canvas)
        self.press(self.page.rows.canvas, "<Down>", "<Return>")
        self.page.lift_button.invoke()
        self.assertEqual(self.lifted, ["eve!*@*"])

    def test_an_empty_list_and_a_refusal(self) -> None:
        self.page.show(self.network, [], NOW, "Only operators can see it.")
        self.settle()
        self.assertEqual(list(drawn_texts(self.page.rows.canvas)), [NOBODY])
        self.assertTrue(self.page.problem.winfo_ismapped())

    def test_who_may_not_lift_has_no_button(self) -> None:
        page = BanPage(self.root, self.theme, None)
        self.assertFalse(page.lift_button.winfo_manager())
