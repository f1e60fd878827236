"""The keyboard focus: never on a hidden widget, and on the composer if no other widget needs it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator

from chatapp.gui.widgets.dialog import Dialog
from chatapp.gui.widgets.icon_menu import IconMenu
from chatapp.gui.widgets.popup import Popup
from tests.gui.canvas import drawn_texts
from tests.gui.window_case import WindowCase

FIELDS = ("Text", "Entry", "TEntry", "TCombobox", "TSpinbox", "Spinbox", "Listbox", "Treeview", "Canvas")


def inside(widget: tk.Misc) -> Iterator[tk.Misc]:
    """Yield all widgets below another one in the same window."""
    for child in widget.winfo_children():
        if not isinstance(child, tk.Toplevel | tk.Menu):
            yield child
            yield from inside(child)


class KeyboardFocusTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.until(lambda: "dee" in drawn_texts(self.window.people.rows.canvas))
        self.composer = self.window.pane.composer.field
        self.focus(self.composer)

    def fields(self, window: tk.Misc) -> list[tk.Misc]:
        """Return the widgets that can have the focus and accept keys, and the field of the topic."""
        found = [each for each in inside(window) if each.winfo_class() in FIELDS]
        topic = self.window.pane.header.topic.field
        return [
            each
            for each in found
            if str(each.cget("takefocus")) != "0" and (each.winfo_viewable() or each is topic)
        ]

    def focus_field(self, field: tk.Misc) -> None:
        """Focus a field. The topic has to become an entry first."""
        if field is self.window.pane.header.topic.field:
            self.window.pane.header.topic.edit()
            self.settle()
        self.focus(field)
        self.assertIs(self.root.focus_get(), field)

    def wait_for_conversation(self, name: str) -> None:
        """Wait until this conversation is shown."""
        self.until(lambda: self.shown() == name)

    def assert_composer_focused(self) -> None:
        """Check that the composer has the focus, or gets it as soon as the window has it again."""
        self.settle()
        self.assertIs(self.root.focus_lastfor(), self.composer)
        self.assertIn(self.root.focus_get(), (self.composer, None))

    def test_the_search_finds_the_fields_of_the_window(self) -> None:
        pane, people = self.window.pane, self.window.people
        found = self.fields(self.root)
        for field in (
            self.composer,
            pane.header.topic.field,
            people.field.entry,
            people.rows.canvas,
            pane.transcript.view.text,
        ):
            self.assertIn(field, found)

    def test_hiding_a_focused_field_moves_the_focus_to_the_composer(self) -> None:
        for field in self.fields(self.root):
            if field is self.composer:
                continue
            with self.subTest(field=str(field)):
                self.focus_field(field)
                assert isinstance(field, tk.Widget)
                manager = field.winfo_manager()
                again = field.tk.splitlist(field.tk.call(manager, "info", field))
                field.tk.call(manager, "forget", field)
                self.assert_composer_focused()
                field.tk.call(manager, "configure", field, *again)
                self.focus(self.composer)

    def test_hiding_the_pane_of_a_focused_field_moves_the_focus_to_the_composer(self) -> None:
        self.focus_field(self.window.people.field.entry)
        self.window.split_panes.toggle_people()
        self.assert_composer_focused()
        self.window.split_panes.toggle_people()

    def test_a_field_hidden_while_another_window_has_the_focus_does_not_get_it_back(self) -> None:
        header = self.window.pane.header
        self.focus_field(header.topic.field)
        other = tk.Toplevel(self.root)
        self.settle()
        self.focus(other)
        header.topic.stop_editing()
        self.settle()
        other.destroy()
        self.root.focus_force()
        self.settle()
        self.assertIs(self.root.focus_get(), self.composer)

    def test_opening_a_conversation_focuses_the_composer(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("help"))
        names = ["#general", "#help"]
        for field in self.fields(self.root):
            with self.subTest(field=str(field)):
                self.focus_field(field)
                names.reverse()
                self.client.open(self.conversation(names[0]))
                self.wait_for_conversation(names[0])
                self.assert_composer_focused()

    def test_setting_or_leaving_the_topic_releases_the_focus(self) -> None:
        header = self.window.pane.header
        for key in ("<Return>", "<Escape>"):
            with self.subTest(key):
                self.focus_field(header.topic.field)
                self.press(header.topic.field, key)
                self.assert_composer_focused()

    def test_after_escape_typed_text_is_a_message_and_not_a_topic(self) -> None:
        header = self.window.pane.header
        self.focus_field(header.topic.field)
        self.press(header.topic.field, "<Escape>")
        self.focus(self.root)  # as a window manager does
        for character in "hi":
            self.press(self.composer, f"<KeyPress-{character}>")
        self.press(self.composer, "<Return>")
        self.until(lambda: self.server.received("@label=1 PRIVMSG #general :hi"))
        self.assertEqual(header.topic.field.get(), "")

    def test_an_unfinished_topic_stays_while_another_window_has_the_focus(self) -> None:
        header = self.window.pane.header
        self.focus_field(header.topic.field)
        header.topic.field.insert("end", "half a topic")
        other = tk.Toplevel(self.root)
        self.settle()
        self.focus(other)
        self.server.send(":ben!b@h TOPIC #general :Something else")
        self.until(lambda: header.topic._topic == "Something else")
        self.assertEqual((header.topic.field.winfo_ismapped(), header.topic.field.get()), (1, "half a topic"))
        other.destroy()

    def test_what_a_click_on_a_person_opens_releases_the_focus_of_the_filter(self) -> None:
        filter_, canvas = self.window.people.field.entry, self.window.people.rows.canvas
        for nick in ("ana", "dee"):
            with self.subTest(nick):
                self.focus_field(filter_)
                x, y = next(at for text, at in drawn_texts(canvas).items() if text == nick)
                canvas.event_generate("<Button-1>", x=x, y=y)
                self.until(lambda: self.root.focus_get() not in (filter_, self.composer, None))
                self.press(self.root.focus_get() or self.root, "<Escape>")
                self.assert_composer_focused()

    def test_a_click_beside_the_people_releases_the_focus_of_the_filter(self) -> None:
        filter_, canvas = self.window.people.field.entry, self.window.people.rows.canvas
        for typed in ("", "nobody"):
            with self.subTest(typed):
                self.focus_field(filter_)
                filter_.insert(0, typed)
                self.settle()
                canvas.event_generate("<Button-1>", x=20, y=canvas.winfo_height() - 2)
                self.assert_composer_focused()

    def test_leaving_or_using_the_filter_releases_the_focus(self) -> None:
        filter_ = self.window.people.field.entry
        for typed, key in (("de", "<Escape>"), ("", "<Escape>"), ("", "<Return>"), ("de", "<Return>")):
            with self.subTest(typed=typed, key=key):
                self.focus_field(filter_)
                filter_.insert(0, typed)
                self.press(filter_, key)
                self.assert_composer_focused()
                self.assertEqual(filter_.get(), "")
        self.wait_for_conversation("dee")

    def test_a_closed_card_gives_the_focus_back_to_where_it_was(self) -> None:
        overlays = self.window.overlays
        for opening in (overlays.jump, overlays.write, overlays.join):
            for field in (self.window.people.field.entry, self.composer):
                with self.subTest(opening.__name__, field=str(field)):
                    self.focus_field(field)
                    opening()
                    self.settle()
                    assert isinstance(overlays.dialog, Popup)
                    overlays.dialog.close()
                    self.settle()
                    self.assertIs(self.root.focus_get(), field)

    def test_closing_or_destroying_a_dialog_returns_the_focus(self) -> None:
        overlays = self.window.overlays
        openers: dict[str, Callable[[], object]] = {
            "question": lambda: overlays.ask_keep_server(lambda keep: None),
            "connect": lambda: self.window.connect_controller.open(),
        }
        for name, opening in openers.items():
            for close in (Dialog.close, Dialog.destroy):
                with self.subTest(dialog=name, close=close.__name__):
                    self.focus_field(self.window.people.field.entry)
                    opening()
                    dialog = self.window.connect_controller.dialog if name == "connect" else overlays.dialog
                    assert isinstance(dialog, Dialog)
                    for field in [each for each in self.fields(dialog) if each.winfo_viewable()]:
                        self.focus(field)
                    self.window.connect_controller.dialog = None
                    close(dialog)
                    self.assert_composer_focused()
                    self.focus(self.composer)

    def test_opening_a_conversation_does_not_take_the_focus_from_a_dialog(self) -> None:
        self.window.overlays.jump()
        dialog = self.window.overlays.dialog
        assert dialog is not None
        entry = self.fields(dialog)[0]
        self.focus(entry)
        self.client.open_direct("ben")
        self.until(lambda: self.shown() == "ben")
        self.assertIs(self.root.focus_get(), entry)

    def test_hiding_a_focused_field_of_a_dialog_moves_the_focus_within_the_dialog(self) -> None:
        dialog = self.window.connect_controller.open()
        self.settle()
        for field in [each for each in self.fields(dialog) if each.winfo_viewable()]:
            with self.subTest(field=str(field)):
                assert isinstance(field, tk.Widget)
                self.focus(field)
                field.grid_remove()
                self.settle()
                now = self.root.focus_get()
                assert now is not None
                self.assertTrue(now.winfo_viewable())
                self.assertIs(now.winfo_toplevel(), dialog)
                field.grid()

    def test_closing_a_menu_gives_the_focus_to_the_composer(self) -> None:
        self.focus_field(self.window.people.field.entry)
        self.window.people_actions.menu("dee", 10, 10)
        self.settle()
        (menu,) = [each for each in self.root.winfo_children() if isinstance(each, IconMenu)]
        self.press(menu.canvas, "<Escape>")
        self.assertIs(self.root.focus_lastfor(), self.composer)

    def test_a_dialog_that_tk_has_made_keeps_the_focus_that_it_has_set(self) -> None:
        self.root.tk.eval("toplevel .made; pack [ttk::entry .made.name]")
        self.addCleanup(self.root.tk.call, "destroy", ".made")
        self.settle()
        self.root.tk.eval("focus -force .made.name")
        self.settle()
        self.root.tk.eval("pack forget .made.name; event generate .made <FocusIn>")  # not on the screen yet
        self.assertEqual(self.root.tk.eval("focus -lastfor .made"), ".made.name")
