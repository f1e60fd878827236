"""Changing the language while the window is open."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.widgets.descendants import with_descendants
from chatapp.languages import translation
from tests.gui.window_case import WindowCase
from tests.languages.marking import Marking


class LanguageTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.addCleanup(translation.use, translation.ENGLISH)
        self.enter()

    def rebuild(self) -> None:
        translation.install(Marking())
        self.window.rebuild()
        self.root.update()

    def test_the_parts_speak_the_other_language(self) -> None:
        self.window.settings_controller.open("appearance")
        self.rebuild()
        window = self.window.settings_controller.window
        assert window is not None
        self.assertEqual(window.shown, "appearance")
        self.assertEqual(window.offered[1].name, "⟦Appearance⟧")

    def test_the_settings_keep_their_window_and_the_focus(self) -> None:
        controller = self.window.settings_controller
        controller.open("language")
        before = controller.window
        assert before is not None
        self.until(lambda: bool(before.view.winfo_viewable()))
        (choice,) = (
            each for each in with_descendants(before.view.rows["language"]) if isinstance(each, ttk.Combobox)
        )
        self.focus(choice)
        self.rebuild()
        self.assertIs(controller.window, before)
        self.assertIsNot(self.root.focus_get(), choice)
        self.assertIsInstance(self.root.focus_get(), ttk.Combobox)
        self.assertIn(str(before.view.rows["language"]), str(self.root.focus_get()))
        self.press(before.list, "<Escape>")
        self.assertIsNone(controller.window)

    def test_the_conversation_and_what_was_being_written_stay(self) -> None:
        self.window.pane.insert_text("half a thought")
        self.rebuild()
        self.assertEqual(self.window.pane.composer.text, "half a thought")
        self.assertEqual(self.window.pane.conversation, self.window.network.current)

    def test_keys_and_messages_arrive_in_the_new_parts(self) -> None:
        self.rebuild()
        self.say("ben", "hello again")
        self.wait_for_text("hello again")
        self.key("<Control-f>")
        self.assertTrue(self.window.pane.find.is_open)
        self.write("and here I am")
        (entry,) = self.conversation("#general").pending()
        self.until(lambda: self.server.received(f"@label={entry.label} PRIVMSG #general :and here I am"))

    def test_the_setting_changes_the_window_when_it_is_idle(self) -> None:
        before = self.window.pane
        self.settings.language = "de"
        self.window.commands.apply_setting("language")
        self.assertIs(self.window.pane, before)
        self.root.update()
        self.assertIsNot(self.window.pane, before)
        self.assertEqual(self.window.pane.conversation, self.window.network.current)
