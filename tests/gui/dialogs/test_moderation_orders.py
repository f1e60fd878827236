"""Moderation in a window that is connected to a scripted server."""

from __future__ import annotations

import unittest
from datetime import datetime

from chatapp.client.outgoing.moderation import MeasureKind
from chatapp.gui.dialogs.durations import Duration, durations
from chatapp.gui.dialogs.jump_people import Deed
from chatapp.gui.dialogs.moderation_orders import done_text
from chatapp.gui.widgets.icon_menu import IconMenu
from tests.gui.window_case import WindowCase


class DoneTextTest(unittest.TestCase):
    def test_what_was_done_is_a_sentence(self) -> None:
        quarter, _, morning, *_, endless = durations(datetime(2026, 3, 12, 20, 0))
        cases: tuple[tuple[MeasureKind, Duration | None, str], ...] = (
            ("mute", quarter, "Tom cannot write in #general for 15 minutes"),
            ("ban", morning, "Tom is banned from #general until tomorrow 08:00"),
            ("server_ban", endless, "Tom is banned from #general"),
            ("remove", None, "Tom is removed from #general"),
        )
        for kind, duration, text in cases:
            with self.subTest(kind):
                self.assertEqual(done_text(kind, duration, "Tom", "#general"), text)


class ModerationTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.answered = 0
        self.enter()
        self.until(lambda: len(self.conversation("#general").members) == 3)
        self.moderation = self.window.people_actions.moderation

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

    def test_when_the_dialog_closes_the_field_that_finds_a_person_is_empty(self) -> None:
        self.become_moderator()
        self.window.people.field.entry.insert(0, "dee")
        self.moderation.moderate("dee")
        dialog = self.moderation.dialog
        assert dialog is not None
        self.assertEqual(self.window.people.field.get(), "dee")
        dialog.close()
        self.assertEqual(self.window.people.field.get(), "")

    def test_the_measure_that_was_chosen_before_stays_chosen_else_it_is_a_removal(self) -> None:
        self.become_moderator()
        deeds: tuple[tuple[Deed, MeasureKind], ...] = (
            ("remove", "remove"), ("ban", "ban"), ("mute", "remove"), ("", "remove"),
        )  # fmt: skip
        for deed, chosen in deeds:
            self.moderation.moderate("dee", deed)
            dialog = self.moderation.dialog
            assert dialog is not None
            self.assertEqual(dialog.kind, chosen)

    def test_a_person_is_banned_with_a_reason_and_it_is_undone(self) -> None:
        self.become_moderator()
        self.moderation.moderate("dee", "ban")
        dialog = self.moderation.dialog
        assert dialog is not None
        self.assertEqual(dialog.kind, "ban")
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
        self.pong()
        self.until(
            lambda: (
                "dee is invited to #general again" in str(self.window.pane.composer.strip.label.cget("text"))
            )
        )

    def test_a_refusal_is_shown_in_the_dialog_and_nothing_is_half_done(self) -> None:
        self.become_moderator()
        self.moderation.moderate("dee")
        dialog = self.moderation.dialog
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
        self.until(lambda: bool(self.moderation.bans("dee", self.conversation("#general"))))
        self.window.people_actions.menu("dee", 300, 300)
        menu = next(each for each in self.root.winfo_children() if isinstance(each, IconMenu))
        labels = {item.label: item for item in menu.items}
        self.assertEqual(list(labels)[-3:], ["Lift the ban", "Remove…", "Ban…"])
        labels["Lift the ban"].action()
        self.until(lambda: self.server.received("@label=order-1 MODE #general -b dee!*@*"))

    def test_the_menu_opens_the_dialog_with_the_measure_chosen(self) -> None:
        self.become_moderator()
        self.window.people_actions.menu("dee", 300, 300)
        menu = next(each for each in self.root.winfo_children() if isinstance(each, IconMenu))
        next(item for item in menu.items if item.label == "Ban…").action()
        assert self.moderation.dialog is not None
        self.assertEqual(self.moderation.dialog.kind, "ban")

    def test_without_permission_there_is_no_dialog(self) -> None:
        self.moderation.moderate("ben")
        self.assertIsNone(self.moderation.dialog)
