"""The dialog that mutes, removes or bans."""

from __future__ import annotations

import gettext
from dataclasses import replace
from datetime import datetime
from typing import Any, Literal

from chatapp.client.outgoing.moderation import MeasureKind, Reader
from chatapp.gui.dialogs.durations import durations
from chatapp.gui.dialogs.moderation_dialog import Accused, Decision, ModerationDialog
from chatapp.gui.widgets.radio_cards import Choice
from chatapp.languages import translation
from tests.gui.base import WindowTest

CHOICES = durations(datetime(2026, 3, 12, 20, 0))
TOM = Accused(
    "tom_h", "Tom Hale", "tom_h · no account", "#general", "Room 12",
    ["mute", "remove", "ban", "server_ban"], frozenset({"mute", "ban", "server_ban"}), 6,
)  # fmt: skip


class Longer(gettext.NullTranslations):
    """A language that needs more letters."""

    def gettext(self, message: str) -> str:
        return message.replace("wrote in the last hour", "has written to others during the last hour")


class ModerationDialogTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.decisions: list[Decision] = []

    def open(self, accused: Accused = TOM, chosen: MeasureKind | Literal[""] = "") -> ModerationDialog:
        dialog = ModerationDialog(
            self.root, self.theme, accused, chosen, CHOICES, self.readers, self.decisions.append
        )
        self.settle()
        return dialog

    def readers(self, decision: Decision) -> frozenset[Reader]:
        """As on our own server, where a mute without an end takes no reason."""
        if decision.deletes or decision.kind == "remove":
            return frozenset({"channel", "log"})
        is_timed = decision.duration is not None and decision.duration.command != ""
        return frozenset({"person", "log"}) if is_timed else frozenset()

    def hint(self, dialog: ModerationDialog) -> str:
        """Return what stands beside the reason; "" if there is no field for it."""
        self.settle()
        return next((text for text in texts(dialog) if text.startswith("Shown ")), "")

    def choose(self, dialog: ModerationDialog, steps: int) -> None:
        self.focus(dialog.cards)
        self.press(dialog.cards, *["<Down>"] * steps)

    def take_reason(self, dialog: ModerationDialog, number: int) -> None:
        self.focus(dialog.chips[number])
        self.press(dialog.chips[number], "<space>")

    def test_the_red_button_names_deed_and_person(self) -> None:
        dialog = self.open()
        labels = []
        for _ in TOM.kinds:
            labels.append(dialog.action_button.cget("text"))
            self.choose(dialog, 1)
        self.assertEqual(labels, ["Mute Tom", "Remove Tom", "Ban Tom", "Ban Tom"])

    def test_a_measure_can_be_chosen_before(self) -> None:
        dialog = self.open(chosen="ban")
        self.assertEqual(dialog.kind, "ban")
        self.assertEqual(dialog.action_button.cget("text"), "Ban Tom")

    def test_a_measure_that_is_not_possible_leaves_the_first_one_chosen(self) -> None:
        possible = Accused("tom", "tom", "", "#c", "S", ["remove", "ban"], frozenset(), 0)
        self.assertEqual(self.open(possible, chosen="mute").kind, "remove")

    def test_a_decision(self) -> None:
        dialog = self.open()
        self.choose(dialog, 2)
        self.take_reason(dialog, 1)
        dialog.delete_box.invoke()
        dialog.action_button.invoke()
        self.assertEqual(self.decisions, [Decision("ban", CHOICES[2], "Insults", True)])
        self.assertTrue(dialog.action_button.instate(["disabled"]))

    def test_long_words_beside_the_box_are_wrapped(self) -> None:
        self.addCleanup(translation.use, translation.ENGLISH)
        translation.install(Longer())
        dialog = self.open()
        text = str(dialog.delete_box.cget("text"))
        self.assertEqual(text.count("\n"), 1)
        self.assertIn("Tom", text)
        self.assertLessEqual(dialog.delete_box.winfo_reqwidth(), dialog.reason.winfo_width())

    def test_a_removal_has_no_duration(self) -> None:
        dialog = self.open()
        self.choose(dialog, 1)
        self.assertFalse(dialog.duration.winfo_ismapped())
        dialog.action_button.invoke()
        self.assertEqual(self.decisions, [Decision("remove", None, "", False)])

    def test_ctrl_enter_acts_from_everywhere_and_once(self) -> None:
        dialog = self.open()
        for number, widget in enumerate(
            (dialog.cards, dialog.duration, dialog.reason.entry, dialog.chips[0], dialog.delete_box,
             dialog.cancel_button, dialog.action_button), 1
        ):  # fmt: skip
            self.focus(widget)
            self.press(widget, "<Control-Return>", "<Control-Return>")
            self.assertEqual(len(self.decisions), number)
            dialog.show_problem("Not now.")
        self.assertTrue(dialog.winfo_exists())
        self.assertEqual(dialog.chips[0].chip.is_selected, False)

    def test_alt_and_a_digit_choose_a_measure_from_everywhere(self) -> None:
        dialog = self.open()
        self.focus(dialog.reason.entry)
        for digit, kind in enumerate(TOM.kinds, 1):
            self.press(dialog.reason.entry, f"<Alt-Key-{digit}>")
            self.assertEqual(dialog.kind, kind)
        self.press(dialog.cards, "<Alt-Key-9>")
        self.assertEqual((dialog.kind, dialog.reason.value), ("server_ban", ""))

    def test_arrows_in_the_reason_choose_a_measure(self) -> None:
        dialog = self.open()
        self.focus(dialog.reason.entry)
        self.press(dialog.reason.entry, "<Down>", "<Down>", "<Up>")
        self.assertEqual(dialog.kind, "remove")

    def test_who_sees_the_reason_is_said(self) -> None:
        dialog = self.open()
        self.assertEqual(self.hint(dialog), "Shown to Tom and in the log")
        self.choose(dialog, 1)
        self.assertEqual(self.hint(dialog), "Shown in the channel and in the log")

    def test_a_reason_that_nobody_would_see_is_not_asked_for(self) -> None:
        dialog = self.open()
        self.take_reason(dialog, 1)
        dialog.duration.current(len(CHOICES) - 1)
        dialog.duration.event_generate("<<ComboboxSelected>>")
        self.assertEqual(self.hint(dialog), "")
        self.assertFalse(dialog.reason.winfo_ismapped() or dialog.chips[0].winfo_ismapped())
        dialog.delete_box.invoke()
        self.assertEqual(self.hint(dialog), "Shown in the channel and in the log")
        dialog.delete_box.invoke()
        self.press(dialog.cards, "<Control-Return>")
        self.assertEqual(self.decisions, [Decision("mute", CHOICES[-1], "", False)])

    def test_a_ban_that_cannot_end_by_itself_is_lifted(self) -> None:
        bans = {kind: detail for kind, _, detail in map(_fields, self.open()._choices())}
        self.assertEqual(bans["ban"], "Cannot come back until it ends")
        untimed = self.open(Accused("tom", "tom", "", "#c", "S", ["remove", "ban"], frozenset(), 0))
        bans = {kind: detail for kind, _, detail in map(_fields, untimed._choices())}
        self.assertEqual(bans["ban"], "Cannot come back until the ban is lifted")

    def test_a_long_name_fits(self) -> None:
        width = self.open().winfo_reqwidth()
        long = replace(TOM, name="W" * 64, about="w" * 200, channel="#" + "w" * 60, server="S" * 60)
        self.assertEqual(self.open(long).winfo_reqwidth(), width)

    def test_the_keyboard_begins_in_the_reason_or_in_the_cards_if_nobody_sees_a_reason(self) -> None:
        self.focus(self.root)
        dialog = self.open(chosen="ban")
        self.assertIs(dialog.focus_get(), dialog.reason.entry)
        dialog.close()
        self.focus(self.root)
        untimed = ModerationDialog(
            self.root, self.theme, TOM, "mute", CHOICES, lambda decision: frozenset(), self.decisions.append
        )
        self.settle()
        self.assertIs(untimed.focus_get(), untimed.cards)

    def test_the_key_that_acts_is_named_and_fits(self) -> None:
        for size, accused in ((11, TOM), (24, replace(TOM, name="Wolfeschlegelsteinhausen"))):
            self.theme.zoom(size)
            dialog = self.open(accused)
            hints = []
            for _ in accused.kinds:
                hints.append(dialog.key_hint.cget("text"))
                self.settle()
                if dialog.key_hint.grid_info()["row"] == dialog._buttons.grid_info()["row"]:
                    end = dialog.key_hint.winfo_x() + dialog.key_hint.winfo_width()
                    self.assertLess(end, dialog._buttons.winfo_x())
                self.choose(dialog, 1)
            self.assertEqual(
                hints, ["Ctrl+Enter mutes", "Ctrl+Enter removes", "Ctrl+Enter bans", "Ctrl+Enter bans"]
            )
            dialog.close()

    def test_enter_in_the_reason_does_not_act(self) -> None:
        dialog = self.open()
        self.focus(dialog.reason.entry)
        self.press(dialog.reason.entry, "<Return>")
        self.assertEqual(self.decisions, [])

    def test_the_chip_with_the_typed_reason_is_marked(self) -> None:
        dialog = self.open()
        self.take_reason(dialog, 0)
        self.assertEqual(dialog.reason.value, "Advertising")
        self.assertEqual([chip.chip.is_selected for chip in dialog.chips], [True, False, False, False])
        self.take_reason(dialog, 0)
        self.assertEqual(dialog.reason.value, "")

    def test_a_refusal_is_shown_in_place(self) -> None:
        dialog = self.open()
        dialog.action_button.invoke()
        dialog.show_problem("Only operators of #general can do that.")
        self.settle()
        self.assertIn("Only operators of #general can do that.", texts(dialog))
        self.assertFalse(dialog.action_button.instate(["disabled"]))

    def test_what_is_not_possible_is_absent(self) -> None:
        dialog = self.open(Accused("tom", "tom", "", "#c", "S", ["remove", "ban"], frozenset(), 0))
        self.assertFalse(dialog.duration.winfo_ismapped())
        self.assertFalse(dialog.delete_box.winfo_ismapped())
        self.assertEqual(dialog.kind, "remove")

    def test_everything_is_reached_with_tab(self) -> None:
        dialog = self.open()
        self.focus(dialog.cards)
        at: Any = dialog.cards
        reached = []
        while dialog.cards not in reached:
            at = at.tk_focusNext()
            reached.append(at)
        self.assertEqual({each.winfo_class() for each in reached} & {"TFrame", "TLabel", "Chatapp"}, set())
        for widget in (dialog.duration, dialog.reason.entry, *dialog.chips, dialog.delete_box,
                       dialog.cancel_button, dialog.action_button):  # fmt: skip
            self.assertIn(widget, reached)


def _fields(choice: Choice) -> tuple[str, str, str]:
    return choice.key, choice.text, choice.detail


def texts(widget: Any) -> list[str]:
    """Return the texts of the visible labels inside a widget."""
    found = []
    for child in widget.winfo_children():
        if child.winfo_class() == "TLabel" and child.winfo_ismapped():
            found.append(str(child.cget("text")))
        found += texts(child)
    return found
