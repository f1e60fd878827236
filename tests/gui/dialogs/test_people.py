"""Profile cards, ignoring and leaving in a window that is connected to a scripted server."""

from __future__ import annotations

from chatapp.gui.dialogs.jump_dialog import JumpDialog
from chatapp.gui.dialogs.own_profile import OwnProfileCard
from chatapp.gui.dialogs.people import People
from chatapp.gui.dialogs.profile_card import ProfileCard
from chatapp.gui.widgets.popup import Area
from tests.gui.window_case import WindowCase


class PeopleTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.answered = 0
        self.enter()
        self.until(lambda: len(self.conversation("#general").members) == 3)

    @property
    def people(self) -> People:
        return self.window.people_actions

    def area(self) -> Area:
        return Area(self.root.winfo_rootx() + 100, self.root.winfo_rooty() + 100, 200, 30)

    def pong(self) -> None:
        """Answer the PING after a step of an order."""
        self.until(lambda: self.server.received("PING order-"))
        self.answered += 1
        self.server.send(f":s PONG s order-{self.answered}")

    def notice(self) -> bool:
        return bool(self.window.pane.undo_notice.winfo_manager())

    def test_the_card_follows_the_reply_of_the_server(self) -> None:
        self.people.show("dee", self.area())
        self.until(lambda: self.server.received("@label=background-") or self.server.received("WHOIS dee"))
        card = self.people.card
        assert isinstance(card, ProfileCard)
        self.server.send(
            ":s 330 ana dee deedee :is logged in as", ":s 317 ana dee 7300 1 :idle", ":s 318 ana dee :End"
        )
        self.until(lambda: "Account" in card.facts.texts())
        self.assertEqual(card.facts.texts()["Account"], "deedee, protected")
        self.assertEqual(card.facts.texts()["Idle since"], "2 hours ago")
        self.assertIsNone(card.moderate_button)

    def test_a_note_is_kept(self) -> None:
        self.people.show("dee", self.area())
        card = self.people.card
        assert isinstance(card, ProfileCard)
        card.note.insert(0, "owes me a book")
        self.focus(card.note)
        self.press(card.note, "<KeyRelease-k>")
        self.assertEqual(list(self.settings.notes.values()), ["owes me a book"])
        self.people.show("dee", self.area())
        card = self.people.card
        assert isinstance(card, ProfileCard)
        self.assertEqual(card.note.get(), "owes me a book")

    def test_a_double_click_on_a_person_writes(self) -> None:
        self.people.clock = lambda: 0.0
        self.people.show("dee", self.area())
        card = self.people.card
        assert card is not None
        self.settle()
        card.event_generate("<Button-1>", x=-500, y=-1, rootx=self.area().x + 5, rooty=self.area().y + 5)
        self.until(lambda: self.shown() == "dee")

    def test_a_refused_name_is_told_in_the_own_card(self) -> None:
        self.people.show_own(self.area())
        card = self.people.card
        assert isinstance(card, OwnProfileCard)
        card.name.value = "ben"
        card.name_button.invoke()
        self.until(lambda: self.server.received("@label=order-1 NICK ben"))
        self.server.send(":s 433 ana ben :in use")
        self.pong()
        self.until(lambda: card.name.error == "The name ben is already in use.")

    def test_a_name_that_was_taken_closes_the_own_card_and_is_told(self) -> None:
        self.people.show_own(self.area())
        card = self.people.card
        assert isinstance(card, OwnProfileCard)
        card.name.value = "anna"
        card.name_button.invoke()
        self.until(lambda: self.server.received("@label=order-1 NICK anna"))
        self.server.send("@label=order-1 :ana!a@h NICK anna")
        self.pong()
        self.until(lambda: not card.winfo_exists())
        self.assertEqual(str(self.window.pane.composer.strip.label.cget("text")), "✓ You are anna now.")

    def test_the_own_card_leads_to_the_password_where_the_name_can_be_protected(self) -> None:
        self.people.show_own(self.area())
        assert isinstance(self.people.card, OwnProfileCard)
        self.assertIsNone(self.people.card.protect_button)
        self.client.network.capability_values = {"draft/account-registration": ""}
        self.people.show_own(self.area())
        card = self.people.card
        assert card.protect_button is not None
        card.protect_button.invoke()
        self.assertFalse(card.winfo_exists())
        settings = self.window.settings_controller.window
        assert settings is not None
        self.assertEqual(settings.shown, "account")
        self.assertEqual(settings.view.rows["password"].cget("style"), "Notice.TFrame")

    def test_the_keys_of_the_window_close_the_own_card_so_that_no_text_gets_into_the_name(self) -> None:
        self.people.show_own(self.area())
        card = self.people.card
        assert isinstance(card, OwnProfileCard)
        self.press(card.name.entry, "<Control-k>")
        self.assertFalse(card.winfo_exists())
        jump = self.window.overlays.dialog
        assert isinstance(jump, JumpDialog)
        self.assertIs(self.root.focus_get(), jump.entry)

    def test_ignoring_acts_at_once_and_can_be_undone(self) -> None:
        self.people.toggle_ignored("dee")
        self.assertEqual(self.client.network.ignored, {"dee"})
        self.assertTrue(self.notice())
        self.key("<Control-Shift-Z>")
        self.assertEqual((self.client.network.ignored, self.notice()), (set(), False))

    def test_who_left_a_channel_can_come_back(self) -> None:
        self.people.leave(self.conversation("#general"))
        self.until(lambda: self.server.received("PART #general"))
        self.server.send(":ana!a@h PART #general")
        self.until(lambda: self.client.network.find("#general") is None)
        self.window.pane.undo_notice.take_back()
        self.until(lambda: self.server.received("JOIN #general"))
