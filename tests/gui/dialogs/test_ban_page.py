"""The list of bans."""

from __future__ import annotations

import time

from chatapp.client.model.model import ChannelBan
from chatapp.gui.dialogs.ban_page import NOBODY, BanPage, ban_text, whom
from chatapp.gui.widgets.setting_row import SettingRow
from tests.gui.base import WindowTest
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

    def test_a_row_says_why_whom_who_and_when(self) -> None:
        ban = ChannelBan("~m:~account:tom", "ben", NOW - 7200, NOW + 3600, "Insults")
        text, deed = ban_text(self.network, ban, NOW)
        self.assertEqual((text.label, deed), ("Account tom", "Let write again"))
        self.assertEqual(
            text.note, "Insults\nMuted · by ben · 2 hours ago · until today 13:00 · ~account:tom"
        )
        text, deed = ban_text(self.network, ChannelBan("x!*@*", until=NOW + 86400 * 2), NOW)
        self.assertEqual(
            (text.label, text.note, deed), ("x", "Banned · until 14 March 12:00 · x!*@*", "Lift the ban")
        )

    def test_the_name_of_a_known_person_comes_first_and_the_mask_last(self) -> None:
        tom = self.network.person("Tom_Hale")
        tom.display_name, tom.user, tom.host = "Tom Hale", "t", "far.example"
        text, _ = ban_text(self.network, ChannelBan("*!*@far.example"), NOW)
        self.assertEqual((text.label, text.note), ("Tom Hale", "Banned · *!*@far.example"))

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

    def test_a_ban_is_lifted(self) -> None:
        self.page.show(self.network, [ChannelBan("tom!*@*"), ChannelBan("eve!*@*")], NOW)
        self.root.tk.call(self.page.list.rows["eve!*@*"].control, "invoke")
        self.assertEqual(self.lifted, ["eve!*@*"])

    def test_an_empty_list_and_a_refusal(self) -> None:
        self.page.show(self.network, [], NOW, "Only operators can see it.")
        self.settle()
        self.assertEqual(
            [each.label for each in self.page.list.card.rows if isinstance(each, SettingRow)], [NOBODY]
        )
        self.assertTrue(self.page.problem.winfo_ismapped())
