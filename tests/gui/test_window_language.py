"""Changing the language while the window is open."""

from __future__ import annotations

from tkinter import ttk

from chatapp.gui.dialogs.jump_dialog import JumpDialog
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

    def test_the_bar_that_finds_a_text_stays_as_it_was(self) -> None:
        for text in ("one tea", "two teas", "coffee"):
            self.say("ben", text)
        self.wait_for_text("coffee")
        self.key("<Control-f>")
        find = self.window.pane.find
        self.window.pane.find_bar.field.set("tea")
        self.window.pane.find_bar.whole_words.invoke()
        self.until(lambda: self.window.pane.find_bar.field.right.cget("text") == "1 of 1")
        self.rebuild()
        bar = self.window.pane.find_bar
        self.assertIsNot(self.window.pane.find, find)
        self.assertTrue(self.window.pane.find.is_open)
        self.assertTrue(bar.winfo_ismapped())
        self.assertEqual((bar.text, bar.is_whole_words), ("tea", True))
        self.assertEqual(bar.field.right.cget("text"), "⟦1 of 1⟧")
        self.assertTrue(self.window.pane.transcript.view.text.tag_ranges("hit_now"))
        self.assertIs(self.root.focus_get(), bar.field.entry)

    def test_the_search_everywhere_stays_as_it_was(self) -> None:
        for number in range(30):
            self.say("ben", f"tea {number}")
        self.wait_for_text("tea 29")
        self.window.commands.open_search("tea from:ben")
        self.until(lambda: self.window.search.state.result is not None)
        self.root.update()
        for _ in range(20):
            self.window.search.pane.hits.step(1)
        self.root.update()
        before = self.window.search.state
        self.assertEqual((before.place.chosen, before.place.top > 0), (20, True))
        self.rebuild()
        search = self.window.search
        self.assertTrue(search.pane.winfo_ismapped())
        self.assertEqual(search.state, before)
        self.assertIs(self.root.focus_get(), search.pane.field.entry)

    def test_a_hidden_search_stays_hidden_and_is_as_it_was_when_it_is_opened(self) -> None:
        self.say("ben", "tea")
        self.wait_for_text("tea")
        self.window.commands.open_search("tea")
        self.until(lambda: self.window.search.state.result is not None)
        self.window.commands.close_search()
        self.rebuild()
        self.assertFalse(self.window.search.pane.winfo_ismapped())
        self.window.commands.open_search()
        self.assertEqual(self.window.search.pane.field.get(), "tea")
        self.assertIsNotNone(self.window.search.state.result)

    def test_what_is_typed_and_chosen_in_jump_to_stays(self) -> None:
        self.window.overlays.jump("e")
        self.root.update()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        self.press(dialog.entry, "<Down>")
        before = dialog.typed
        self.rebuild()
        again = self.window.overlays.dialog
        assert isinstance(again, JumpDialog)
        self.assertIsNot(again, dialog)
        self.assertEqual(again.typed, before)
        again.close()
        self.rebuild()
        self.assertIsNone(self.window.overlays.jump_state)

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
