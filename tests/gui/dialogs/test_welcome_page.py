"""The page with the cards of the chats."""

from __future__ import annotations

from dataclasses import replace

from chatapp.client.local.settings import Settings
from chatapp.gui.dialogs.chat_offers import of_clipboard, of_network, of_settings
from chatapp.gui.dialogs.welcome_page import LINK, NEW, NOTHING, SEARCHING, WelcomePage
from chatapp.gui.widgets.field_message import MessageContent
from chatapp.languages import translation
from chatapp.protocol.dnssd import Offer
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts

ROOM = Offer("Room 12 on lab", "lab", 5000, ("192.168.1.20",), "Room 12", "ab" * 32)
CLUB = replace(ROOM, network="Chess Club", addresses=("192.168.1.31",))
USED = Settings(servers=["chat.example:6697"])
HALL = replace(ROOM, network="Hall", addresses=("192.168.1.44",))


class WelcomePageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.opened: list[str] = []
        self.names: list[str] = []  # of the chosen chat, each time when it was said to be another one
        self.page = WelcomePage(
            self.root, self.theme, 352, self.note_choice, self.opened.append, lambda: None
        )
        self.page.pack(fill="x")
        self.settle()

    def note_choice(self) -> None:
        self.names.append(self.page.offer.name if self.page.offer else "")

    def show(self, *offers: Offer, is_searching: bool = False) -> None:
        self.page.show(of_network(offers), is_searching)
        self.settle()

    def test_without_chats_a_link_can_be_entered_or_a_chat_started(self) -> None:
        self.show(is_searching=True)
        self.assertEqual(list(drawn_texts(self.page.chats.canvas)), [SEARCHING])
        self.show()
        self.assertEqual(list(drawn_texts(self.page.chats.canvas)), [NOTHING])
        self.assertEqual((self.page.chosen, self.page.offer), (LINK, None))

    def test_the_first_chat_is_chosen(self) -> None:
        self.show(ROOM, CLUB)
        assert self.page.offer is not None
        self.assertEqual((self.page.offer.name, self.page.others.chosen), ("Room 12", ""))
        self.assertEqual(self.page.count.cget("text"), "2 found on this network")

    def test_another_name_of_the_chosen_chat_is_reported_once(self) -> None:
        self.show(ROOM)
        self.show(replace(ROOM, network="Tea Club"))
        self.show(replace(ROOM, network="Tea Club"))
        self.assertEqual(["Room 12", "Tea Club"], self.names)

    def test_the_number_of_chats_never_touches_the_title_and_never_widens_the_page(self) -> None:
        self.show(ROOM)
        self.assertEqual(self.page.count.grid_info()["row"], 0)
        self.addCleanup(translation.use, "en")
        translation.use("de")
        page = WelcomePage(self.root, self.theme, 352, lambda: None, print, lambda: None)
        page.pack(anchor="w")
        for offers, is_searching in (((), True), (of_settings(USED), True), (of_network([ROOM]), False)):
            page.show(offers, is_searching)
            self.settle()
            self.assertLessEqual(page.winfo_reqwidth(), self.theme.px(352))
            if page.count.winfo_manager():
                self.assertEqual(page.count.grid_info()["row"], 1, page.count.cget("text"))
        page.pack_forget()
        page.place(x=0, y=0, width=self.theme.px(600))
        self.settle()
        self.assertEqual(page.count.grid_info()["row"], 0)

    def test_the_chosen_chat_keeps_its_place_when_others_come_and_go(self) -> None:
        self.show(ROOM, CLUB)
        self.page.chats.click("192.168.1.31:5000")
        self.show(HALL, CLUB, ROOM)
        keys = self.page.chats.card_keys
        self.assertEqual(keys, ["192.168.1.20:5000", "192.168.1.31:5000", "192.168.1.44:5000"])
        self.assertEqual(self.page.chosen, "192.168.1.31:5000")
        self.show(CLUB)
        self.assertEqual(self.page.chosen, "192.168.1.31:5000")

    def test_when_the_chosen_chat_goes_the_first_is_chosen(self) -> None:
        self.show(ROOM, CLUB)
        self.page.chats.click("192.168.1.31:5000")
        self.show(ROOM)
        self.assertEqual(self.page.chosen, "192.168.1.20:5000")

    def test_a_choice_of_the_user_is_not_changed_by_what_is_found(self) -> None:
        self.page.others.click(NEW)
        self.show(ROOM)
        self.assertEqual((self.page.chosen, self.opened), (NEW, [NEW]))

    def test_a_copied_link_comes_first(self) -> None:
        self.show(ROOM)
        copied = of_clipboard("chat://chat.example/")
        assert copied is not None
        self.page.put_first(copied.key)
        self.page.show([*of_network([ROOM]), copied], False)
        self.assertEqual(self.page.chats.card_keys[0], copied.key)
        self.assertEqual(self.page.chosen, copied.key)

    def test_arrows_lead_from_the_chats_to_the_other_cards_and_back(self) -> None:
        self.show(ROOM)
        self.focus(self.page.chats.canvas)
        self.press(self.page.chats.canvas, "<Down>")
        self.settle()
        self.assertEqual((self.page.chosen, self.page.focus_get()), (LINK, self.page.others.canvas))
        self.press(self.page.others.canvas, "<Down>", "<Up>", "<Up>")
        self.settle()
        self.assertEqual(
            (self.page.chosen, self.page.focus_get()), ("192.168.1.20:5000", self.page.chats.canvas)
        )
        self.assertEqual(self.page.others.chosen, "")

    def test_another_choice_removes_what_was_said_about_the_last_one(self) -> None:
        self.show(ROOM, CLUB)
        self.page.show_problem(MessageContent("Nothing answers."))
        self.page.chats.click("192.168.1.31:5000")
        self.settle()
        self.assertFalse(self.page.message.winfo_ismapped())

    def test_two_hundred_chats_scroll(self) -> None:
        self.show(*(replace(ROOM, addresses=(f"10.0.0.{n}",)) for n in range(200)))
        self.assertEqual(len(self.page.chats.card_keys), 200)
        self.assertLess(self.page.winfo_reqheight(), self.theme.px(420))
