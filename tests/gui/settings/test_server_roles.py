"""Owners and moderators on the page "This server"."""

from __future__ import annotations

import unittest
from tkinter import ttk

from chatapp.client.model.server_overview import ChannelModerator, RoleHolder
from chatapp.gui.settings.server_roles import ServerRoles
from chatapp.gui.widgets.descendants import with_descendants
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.popup_picker import PopupPicker
from tests.gui.base import WindowTest

HOLDERS = (
    RoleHolder("ben", "owner", False, "Ben Okafor"),
    RoleHolder("sofia", "moderator", False, "Sofia Ricci"),
    RoleHolder("kim", "moderator", True, "kim"),
)


class Roles(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[tuple[str, str]] = []
        self.part = ServerRoles(
            self.root,
            self.theme,
            lambda name, role: self.done.append((name, role)),
            lambda typed: [ListRow("dee", "Dee")],
        )
        self.part.pack(fill="x")
        self.part.show(HOLDERS, "ben", True)
        self.settle()

    def choose(self, name: str, label: str) -> None:
        choice = self.part.choices[name]
        choice.set(label)
        choice.event_generate("<<ComboboxSelected>>")

    def labels(self) -> list[str]:
        labels = [each for each in with_descendants(self.part) if isinstance(each, ttk.Label)]
        return [str(each.cget("text")).strip() for each in labels]

    def test_an_owner_changes_the_roles_of_others_but_not_the_own_one_or_that_of_a_guest(self) -> None:
        self.assertEqual(list(self.part.choices), ["sofia"])
        self.choose("sofia", "Moderator")
        self.choose("sofia", "No role")
        self.assertEqual(self.done, [("sofia", "member")])

    def test_a_refused_change_returns_with_the_reason(self) -> None:
        self.choose("sofia", "Owner")
        self.part.show_problem("Permission denied")
        self.assertEqual(self.part.choices["sofia"].get(), "Moderator")
        self.assertTrue(self.part.problem.winfo_manager())

    def test_who_moderates_only_channels_is_listed_with_them_and_cannot_be_changed_here(self) -> None:
        self.part.show(
            HOLDERS,
            "ben",
            True,
            (
                ChannelModerator("dee", "Dee", ("#lab",)),
                ChannelModerator("kai", "Kai", ("#a", "#b", "#c", "#d")),
            ),
        )
        labels = self.labels()
        self.assertEqual(labels[labels.index("Dee") + 1], "Moderator of #lab")
        self.assertEqual(labels[labels.index("Kai") + 1], "Moderator of #a, #b and 2 others")
        self.assertEqual(list(self.part.choices), ["sofia"])

    def test_a_moderator_sees_them_only(self) -> None:
        self.part.show(HOLDERS, "sofia", False)
        self.assertEqual((self.part.choices, self.part.add.winfo_manager()), ({}, ""))

    def test_who_is_the_user_and_who_has_no_account_is_said(self) -> None:
        self.assertIn("Owner (you)", self.labels())
        self.assertIn("Moderator (without an account)", self.labels())
        self.part.show(HOLDERS, "kim", False)
        self.assertIn("Moderator (you, without an account)", self.labels())
        self.assertIn("Owner", self.labels())

    def test_a_person_is_made_a_moderator(self) -> None:
        self.part.add.invoke()
        self.settle()
        (picker,) = [each for each in self.root.winfo_children() if isinstance(each, PopupPicker)]
        self.press(picker.entry, "<Return>")
        self.assertEqual(self.done, [("dee", "moderator")])

    def test_the_list_follows_the_theme(self) -> None:
        self.theme.use("light")
        self.assertEqual(list(self.part.choices), ["sofia"])


if __name__ == "__main__":
    unittest.main()
