"""The dialogs and menus that open over the window."""

from __future__ import annotations

from chatapp.gui.dialogs.join_dialog import JoinDialog
from chatapp.gui.dialogs.settings_window import SettingsWindow
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.gui.widgets.picker import Picker
from tests.gui.canvas import drawn_texts
from tests.gui.window_case import WindowCase


class OverlaysTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_jumping_to_a_channel(self) -> None:
        self.join("#homework", "ben")
        self.until(lambda: self.row("homework"))
        self.key("<Control-k>")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, Picker)
        dialog.entry.insert(0, "home")
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.shown() == "#homework")

    def test_jumping_to_a_person_without_a_conversation(self) -> None:
        self.key("<Control-k>")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, Picker)
        dialog.entry.insert(0, "dee")
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.shown() == "dee")

    def test_joining_a_listed_channel(self) -> None:
        self.window.overlays.join()
        self.until(lambda: self.server.received("LIST"))
        self.server.send(":s 322 ana #help 3 :Ask here", ":s 322 ana #general 2 :", ":s 323 ana :End")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JoinDialog)
        self.until(lambda: "Ask here" in drawn_texts(dialog.rows.canvas))
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.server.received("JOIN #help"))
        self.join("#help", "ben")
        self.until(lambda: self.shown() == "#help")

    def test_settings_take_effect_at_once(self) -> None:
        self.say("ben", "hello")
        self.wait_for_text("hello")
        self.window.overlays.settings()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, SettingsWindow)
        dialog.theme_box.set("Light")
        self.press(dialog.theme_box, "<<ComboboxSelected>>")
        self.assertEqual(self.theme.colours.name, "light")
        dialog.options["clock24"].invoke()
        self.settle()
        self.assertRegex(self.text(), r"(?i)\d:00\s?[ap]m")

    def test_before_stopping_its_own_server_the_window_asks(self) -> None:
        answers: list[bool] = []
        self.window.overlays.ask_keep_server(answers.append)
        question = self.window.overlays.dialog
        assert isinstance(question, QuestionDialog)
        question.buttons["Keep it running"].invoke()
        self.assertEqual(answers, [True])
