"""The card of a person."""

from __future__ import annotations

from chatapp.client.model.profile import Fact, Profile
from chatapp.gui.dialogs.profile_card import ProfileCard, ProfileHandlers
from chatapp.gui.widgets.popup import Area
from chatapp.languages import translation
from tests.gui.base import WindowTest

CHEN = Profile(
    "chen_li", "Chen Li", "away", "Away · At lunch", (Fact("shield", "Account", "chen_li, protected"),)
)


class ProfileCardTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []

    def open(self, may_moderate: bool = True, is_ignored: bool = False, note: str = "") -> ProfileCard:
        handlers = ProfileHandlers(
            on_message=lambda nick: self.done.append(f"message {nick}"),
            on_mention=lambda nick: self.done.append(f"mention {nick}"),
            on_ignore=lambda nick: self.done.append(f"ignore {nick}"),
            on_moderate=(lambda nick: self.done.append(f"moderate {nick}")) if may_moderate else None,
            on_note=lambda nick, text: self.done.append(f"note {nick} {text}"),
        )
        card = ProfileCard(self.root, self.theme, CHEN, handlers, note=note, is_ignored=is_ignored)
        self.root.deiconify()
        self.root.focus_force()
        card.open(Area(self.root.winfo_rootx(), self.root.winfo_rooty(), 10, 10), card.message_button)
        self.settle()
        return card

    def test_it_shows_who_it_is_and_what_is_known(self) -> None:
        card = self.open(note="owes me a book")
        texts = [str(label.cget("text")) for label in card.head.labels]
        self.assertEqual(texts, ["Chen Li", "chen_li", "Away · At lunch"])
        self.assertEqual(card.facts.texts(), {"Account": "chen_li, protected"})
        self.assertEqual(card.note.get(), "owes me a book")
        card.show(Profile("chen_li", "Chen Li", "online", "Online"))
        self.assertEqual(card.facts.texts(), {})

    def test_buttons_of_different_widths_are_side_by_side(self) -> None:
        translation.use("de")
        self.addCleanup(translation.use, translation.ENGLISH)
        card = self.open()
        self.settle()
        buttons = (card.message_button, card.mention_button)
        self.assertEqual(len({each.winfo_rooty() for each in buttons}), 1)
        for each in buttons:
            self.assertGreaterEqual(each.winfo_width(), each.winfo_reqwidth())

    def test_each_button_closes_the_card_first(self) -> None:
        for name in ("message", "mention", "ignore", "moderate"):
            card = self.open()
            getattr(card, f"{name}_button").invoke()
            self.settle()
            self.assertFalse(card.winfo_exists())
        self.assertEqual(
            self.done, ["message chen_li", "mention chen_li", "ignore chen_li", "moderate chen_li"]
        )

    def test_escape_restores_the_note_then_closes_the_card(self) -> None:
        card = self.open(note="owes me a book")
        self.focus(card.note)
        card.note.insert("end", "s")
        self.press(card.note, "<Escape>")
        self.press(card.note, "<KeyRelease-Escape>")
        self.assertEqual(self.done, ["note chen_li owes me a book"])
        self.press(card.note, "<Escape>")
        self.assertFalse(card.winfo_exists())

    def test_what_is_typed_into_the_note_is_stored_and_the_card_stays(self) -> None:
        card = self.open()
        self.focus(card.note)
        card.note.insert(0, "x")
        self.press(card.note, "<KeyRelease-x>")
        self.assertEqual(self.done, ["note chen_li x"])
        self.assertTrue(card.winfo_exists())

    def test_what_cannot_be_done_is_absent(self) -> None:
        card = self.open(may_moderate=False, is_ignored=True)
        self.assertIsNone(card.moderate_button)
        self.assertIn("Stop ignoring", str(card.ignore_button.cget("text")))

    def test_escape_closes_it(self) -> None:
        card = self.open()
        self.press(card.message_button, "<Escape>")
        self.assertFalse(card.winfo_exists())
