"""The keys of the window."""

from __future__ import annotations

import re
from unittest import mock

from chatapp.gui.dialogs.jump_dialog import JumpDialog
from tests.gui.window_case import WindowCase


class WindowCommandsTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_keys_zoom_the_text_and_the_size_is_stored(self) -> None:
        self.key("<Control-plus>", "<Control-plus>")
        self.assertEqual((self.theme.size, self.settings.font_size), (13, 13))
        self.key("<Control-Key-0>")
        self.assertEqual(self.settings.font_size, 11)

    def test_sizes_that_follow_one_another_quickly_are_shown_once(self) -> None:
        commands = self.window.commands
        with mock.patch.object(self.theme, "zoom", side_effect=self.theme.zoom) as zoom:
            for _ in range(4):
                commands.zoom(self.settings.font_size + 1)
            self.settle()
            self.assertEqual([mock.call(15)], zoom.mock_calls)
            commands.zoom(99)
            self.settle()
        self.assertEqual((self.theme.size, self.settings.font_size), (24, 24))

    def test_pictures_are_shown_or_hidden_at_once(self) -> None:
        with mock.patch.object(self.window.pane, "show_transcript") as show:
            self.window.commands.apply_setting("show_pictures")
        show.assert_called_once()

    def test_what_is_set_about_files_is_done_from_then_on(self) -> None:
        options = self.client.files.options
        self.assertTrue(options.removes_metadata and options.fetches_thumbnails)
        self.window.settings.remove_metadata = self.window.settings.show_pictures = False
        for name in ("remove_metadata", "show_pictures"):
            self.window.commands.apply_setting(name)
        self.assertFalse(options.removes_metadata or options.fetches_thumbnails)

    def test_keys_follow_the_order_of_the_list_on_screen(self) -> None:
        self.join("#abc", "ben")
        self.until(lambda: self.row("abc"))
        self.key("<Control-Shift-D>")
        self.assertTrue(self.conversation("#general").favourite)
        self.until(lambda: self.row("FAVOURITES"))
        self.key("<Alt-Down>")
        self.until(lambda: self.shown() == "#abc")
        self.key("<Control-Key-1>")
        self.until(lambda: self.shown() == "#general")
        self.key("<Control-Shift-D>")
        self.assertFalse(self.conversation("#general").favourite)

    def test_the_next_conversation_opens_from_the_list_and_from_the_messages_too(self) -> None:
        self.join("#abc", "ben")
        self.until(lambda: self.row("abc"))
        for widget in (self.window.sidebar.rows.canvas, self.window.pane.transcript.view.text):
            self.window.client.open(self.conversation("#general"))
            self.until(lambda: self.shown() == "#general")
            self.focus(widget)
            self.press(widget, "<Alt-Up>")
            self.until(lambda: self.shown() == "#abc")

    def test_a_hidden_sidebar_comes_in_the_place_of_the_messages_and_goes_when_one_has_chosen(self) -> None:
        self.join("#abc", "ben")
        self.until(lambda: self.row("abc"))
        pane, sidebar, button = self.window.pane, self.window.sidebar, self.window.pane.header.sidebar_button
        self.theme.zoom(24)
        self.size(520, 360)
        self.until(lambda: not sidebar.winfo_ismapped() and button.winfo_ismapped())
        self.focus(pane.composer.field)
        for leave in ("<Return>", "<Escape>", "<x>"):
            button.invoke()
            self.until(lambda: sidebar.winfo_viewable() and not pane.winfo_viewable())
            self.assertIs(self.root.focus_get(), sidebar.rows.canvas)
            self.press(sidebar.rows.canvas, leave)
            self.until(lambda: pane.winfo_viewable() and not sidebar.winfo_viewable())
            self.until(lambda: self.root.focus_get() is pane.composer.field)
        self.assertEqual(pane.composer.text, "x")

    def test_a_key_opens_the_list_of_people_to_write_to(self) -> None:
        self.key("<Control-n>")
        picker = self.window.overlays.dialog
        assert isinstance(picker, JumpDialog)
        self.press(picker.entry, "<d>", "<e>", "<Return>")
        self.until(lambda: self.shown() == "dee")

    def test_a_message_can_be_chosen_wherever_the_keyboard_is(self) -> None:
        self.say("ben", "the last words")
        self.wait_for_text("the last words")
        window, messages = self.window, self.window.pane.transcript
        for widget in (
            window.pane.composer.field,
            window.pane.composer.button,
            window.pane.header.name_label,
            window.sidebar.rows.canvas,
            window.people.field.entry,
        ):
            self.focus(widget)
            self.press(widget, "<Control-Up>")
            self.assertIs(self.root.focus_get(), messages.view.text)
            self.assertIsNotNone(messages.input.chosen.key)
            messages.input.chosen.choose(None)

    def test_control_shift_up_still_selects_text(self) -> None:
        field = self.window.pane.composer.field
        field.insert("1.0", "some words")
        self.key("<Control-Shift-Up>")
        self.assertTrue(field.tag_ranges("sel"))

    def test_f6_goes_through_the_parts_of_the_window(self) -> None:
        window = self.window
        seen = []
        self.focus(window.sidebar.rows.canvas)
        for _ in range(4):
            widget = self.root.focus_get()
            assert widget is not None
            self.press(widget, "<F6>")
            seen.append(self.root.focus_get())
        pane = window.pane
        self.assertEqual(
            seen,
            [
                pane.transcript.view.text,
                pane.composer.field,
                window.people.field.entry,
                window.sidebar.rows.canvas,
            ],
        )

    def test_escape_removes_the_marks_of_a_search_that_is_no_longer_shown(self) -> None:
        self.say("ben", "Good morning")
        self.wait_for_text("Good morning")
        (found,) = (each for each in self.conversation("#general").entries if each.text == "Good morning")
        text, pane = self.window.pane.transcript.view.text, self.window.pane
        pane.open_hit(self.conversation("#general"), found, re.compile("morning"))
        self.until(lambda: bool(text.tag_ranges("hit")))
        self.window.commands.open_search()
        self.settle()
        pane.focus_set()
        self.press(pane.focus_target, "<Escape>")
        self.assertTrue(text.tag_ranges("hit"))
        self.window.split_panes.show_search(False)
        self.settle()
        self.press(pane.focus_target, "<Escape>")
        self.assertFalse(text.tag_ranges("hit"))
