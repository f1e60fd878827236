"""Profile cards, ignoring and moderation in a window that is connected to a scripted server."""

from __future__ import annotations

from chatapp.gui.dialogs.own_profile import OwnProfileCard
from chatapp.gui.dialogs.people import People
from chatapp.gui.dialogs.profile_card import ProfileCard
from chatapp.gui.widgets.icon_menu import IconMenu
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

    def become_moderator(self) -> None:
        self.server.send(":ben!b@h MODE #general +o ana", ":dee!d@dee.example PRIVMSG #general :hi")
        general = self.conversation("#general")
        self.until(lambda: general.members["ana"].ranks == "@")
        self.client.network.person("dee").host = "dee.example"

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

    def test_ignoring_acts_at_once_and_can_be_undone(self) -> None:
        self.people.toggle_ignored("dee")
        self.assertEqual(self.client.network.ignored, {"dee"})
        self.assertTrue(self.notice())
        self.key("<Control-Shift-Z>")
        self.assertEqual((self.client.network.ignored, self.notice()), (set(), False))

    def test_a_person_is_banned_with_a_reason_and_it_is_undone(self) -> None:
        self.become_moderator()
        self.people.moderate("dee")
        dialog = self.people.dialog
        assert dialog is not None
        self.focus(dialog.cards)
        self.press(dialog.cards, "<Down>")
        dialog.reason.value = "Insults"
        dialog.action_button.invoke()
        self.until(lambda: self.server.received("@label=order-1 MODE #general +b *!*@dee.example"))
        self.pong()
        self.until(lambda: self.server.received("@label=order-2 KICK #general dee :Insults"))
        self.server.send(":ana!a@h KICK #general dee :Insults")
        self.pong()
        self.until(self.notice)
        self.assertFalse(dialog.winfo_exists())
        self.key("<Control-Shift-Z>")
        self.until(lambda: self.server.received("@label=order-3 MODE #general -b *!*@dee.example"))
        self.pong()
        self.until(lambda: self.server.received("@label=order-4 INVITE dee"))

    def test_a_refusal_is_shown_in_the_dialog_and_nothing_is_half_done(self) -> None:
        self.become_moderator()
        self.people.moderate("dee")
        dialog = self.people.dialog
        assert dialog is not None
        dialog.cards.show(dialog._choices(), "ban")
        dialog.action_button.invoke()
        self.pong()
        self.until(lambda: self.server.received("@label=order-2 KICK #general"))
        self.server.send("@label=order-2 :s 482 ana #general :No")
        self.pong()
        self.until(lambda: self.server.received("MODE #general -b *!*@dee.example"))
        self.until(lambda: dialog.action_button.instate(["!disabled"]))
        self.assertFalse(self.notice())

    def test_the_menu_offers_to_lift_a_ban(self) -> None:
        self.become_moderator()
        self.server.send(":ben!b@h MODE #general +b dee!*@*")
        self.until(lambda: bool(self.people.bans("dee", self.conversation("#general"))))
        self.people.menu("dee", 300, 300)
        menu = next(each for each in self.root.winfo_children() if isinstance(each, IconMenu))
        labels = {item.label: item for item in menu.items}
        self.assertIn("Moderate…", labels)
        labels["Lift the ban"].action()
        self.until(lambda: self.server.received("@label=order-1 MODE #general -b dee!*@*"))

    def test_who_left_a_channel_can_come_back(self) -> None:
        self.people.leave(self.conversation("#general"))
        self.until(lambda: self.server.received("PART #general"))
        self.server.send(":ana!a@h PART #general")
        self.until(lambda: self.client.network.find("#general") is None)
        self.window.pane.undo_notice.take_back()
        self.until(lambda: self.server.received("JOIN #general"))

    def test_without_permission_there_is_no_dialog(self) -> None:
        self.people.moderate("ben")
        self.assertIsNone(self.people.dialog)
