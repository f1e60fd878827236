"""Where the keyboard is: never in a hidden widget, and in the composer when no other widget needs it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator

from chatapp.gui.widgets.dialog import Dialog
from tests.gui.canvas import drawn_texts
from tests.gui.window_case import WindowCase

FIELDS = ("Text", "Entry", "TEntry", "TCombobox", "TSpinbox", "Spinbox", "Listbox", "Treeview", "Canvas")


def inside(widget: tk.Misc) -> Iterator[tk.Misc]:
    """Every widget below another, of the same window."""
    for child in widget.winfo_children():
        if not isinstance(child, tk.Toplevel | tk.Menu):
            yield child
            yield from inside(child)


class KeyboardTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.until(lambda: "dee" in drawn_texts(self.window.people.rows.canvas))
        self.composer = self.window.pane.composer.field
        self.focus(self.composer)

    def fields(self, window: tk.Misc) -> list[tk.Misc]:
        """What can have the keyboard and takes keys: found by walking the window."""
        found = [each for each in inside(window) if each.winfo_class() in FIELDS]
        return [each for each in found if str(each.cget("takefocus")) != "0"]

    def take(self, field: tk.Misc) -> None:
        """Give the keyboard to a field; the topic becomes one first."""
        if field is self.window.pane.header.field:
            self.window.pane.header.edit()
            self.settle()
        self.focus(field)
        self.assertIs(self.root.focus_get(), field)

    def settle_on(self, name: str) -> None:
        """Wait until this conversation is shown."""
        self.until(lambda: self.shown() == name)

    def assert_home(self) -> None:
        """The composer has the keyboard, or gets it as soon as the window has it again."""
        self.settle()
        self.assertIs(self.root.focus_lastfor(), self.composer)
        self.assertIn(self.root.focus_get(), (self.composer, None))

    def test_the_fields_of_the_window_are_found(self) -> None:
        pane, people = self.window.pane, self.window.people
        found = self.fields(self.root)
        for field in (
            self.composer, pane.header.field, people.filter, people.rows.canvas, pane.transcript.view.text
        ):  # fmt: skip
            self.assertIn(field, found)

    def test_a_field_that_is_hidden_loses_the_keyboard_to_the_composer(self) -> None:
        for field in self.fields(self.root):
            if field is self.composer:
                continue
            with self.subTest(field=str(field)):
                self.take(field)
                assert isinstance(field, tk.Widget)
                manager = field.winfo_manager()
                again = field.tk.splitlist(field.tk.call(manager, "info", field))
                field.tk.call(manager, "forget", field)
                self.assert_home()
                field.tk.call(manager, "configure", field, *again)
                self.focus(self.composer)

    def test_so_does_one_in_a_part_of_the_window_that_is_hidden(self) -> None:
        self.take(self.window.people.filter)
        self.window.split_panes.toggle_people()
        self.assert_home()
        self.window.split_panes.toggle_people()

    def test_a_field_that_is_hidden_while_another_program_has_the_keyboard_does_not_get_it_back(self) -> None:
        header = self.window.pane.header
        self.take(header.field)
        other = tk.Toplevel(self.root)
        self.settle()
        self.focus(other)
        header._stop_editing()
        self.settle()
        other.destroy()
        self.root.focus_force()
        self.settle()
        self.assertIs(self.root.focus_get(), self.composer)

    def test_when_a_conversation_opens_the_composer_has_the_keyboard_whatever_had_it(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("# help"))
        names = ["#general", "#help"]
        for field in self.fields(self.root):
            with self.subTest(field=str(field)):
                self.take(field)
                names.reverse()
                self.client.open(self.conversation(names[0]))
                self.settle_on(names[0])
                self.assert_home()

    def test_a_topic_that_was_set_or_left_gives_the_keyboard_back(self) -> None:
        header = self.window.pane.header
        for key in ("<Return>", "<Escape>"):
            with self.subTest(key):
                self.take(header.field)
                self.press(header.field, key)
                self.assert_home()

    def test_the_line_after_the_topic_is_a_message_and_no_topic(self) -> None:
        header = self.window.pane.header
        self.take(header.field)
        self.press(header.field, "<Escape>")
        self.focus(self.root)  # as a window manager does
        for character in "hi":
            self.press(self.composer, f"<KeyPress-{character}>")
        self.press(self.composer, "<Return>")
        self.until(lambda: self.server.hears("@label=1 PRIVMSG #general :hi"))
        self.assertEqual(header.field.get(), "")

    def test_what_is_typed_as_a_topic_stays_while_one_looks_at_another_window(self) -> None:
        header = self.window.pane.header
        self.take(header.field)
        header.field.insert("end", "half a topic")
        other = tk.Toplevel(self.root)
        self.settle()
        self.focus(other)
        self.server.say(":ben!b@h TOPIC #general :Something else")
        self.until(lambda: header._topic == "Something else")
        self.assertEqual((header.field.winfo_ismapped(), header.field.get()), (1, "half a topic"))
        other.destroy()

    def test_a_click_on_a_person_gives_the_keyboard_back_from_the_filter(self) -> None:
        canvas = self.window.people.rows.canvas
        for nick, opened in (("ana", "#general"), ("dee", "dee")):
            with self.subTest(nick):
                self.take(self.window.people.filter)
                x, y = next(at for words, at in drawn_texts(canvas).items() if words == nick)
                canvas.event_generate("<Button-1>", x=x, y=y)
                self.settle_on(opened)
                self.assert_home()

    def test_a_click_beside_the_people_gives_the_keyboard_back_from_the_filter(self) -> None:
        filter_, canvas = self.window.people.filter, self.window.people.rows.canvas
        for typed in ("", "nobody"):
            with self.subTest(typed):
                self.take(filter_)
                filter_.insert(0, typed)
                self.settle()
                canvas.event_generate("<Button-1>", x=20, y=canvas.winfo_height() - 2)
                self.assert_home()

    def test_a_filter_that_was_left_or_used_gives_the_keyboard_back(self) -> None:
        filter_ = self.window.people.filter
        for typed, key in (("de", "<Escape>"), ("", "<Escape>"), ("", "<Return>"), ("de", "<Return>")):
            with self.subTest(typed=typed, key=key):
                self.take(filter_)
                filter_.insert(0, typed)
                self.press(filter_, key)
                self.assert_home()
                self.assertEqual(filter_.get(), "")
        self.settle_on("dee")

    def test_a_dialog_gives_the_keyboard_back_however_it_goes(self) -> None:
        overlays = self.window.overlays
        opens: dict[str, Callable[[], object]] = {
            "jump": overlays.jump,
            "join": overlays.join,
            "settings": overlays.settings,
            "question": lambda: overlays.ask_keep_server(lambda keep: None),
            "connect": lambda: self.window.connect_controller.open(),
        }
        for name, opening in opens.items():
            for goes in (Dialog.close, Dialog.destroy):
                with self.subTest(dialog=name, goes=goes.__name__):
                    self.take(self.window.people.filter)
                    opening()
                    dialog = self.window.connect_controller.dialog if name == "connect" else overlays.dialog
                    assert dialog is not None
                    for field in [each for each in self.fields(dialog) if each.winfo_viewable()]:
                        self.focus(field)
                    self.window.connect_controller.dialog = None
                    goes(dialog)
                    self.assert_home()
                    self.focus(self.composer)

    def test_a_conversation_that_opens_takes_nothing_from_a_dialog(self) -> None:
        self.window.overlays.jump()
        dialog = self.window.overlays.dialog
        assert dialog is not None
        entry = self.fields(dialog)[0]
        self.focus(entry)
        self.client.direct("ben")
        self.until(lambda: self.shown() == "ben")
        self.assertIs(self.root.focus_get(), entry)

    def test_a_field_of_a_dialog_that_is_hidden_gives_the_keyboard_to_the_dialog(self) -> None:
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

    def test_a_menu_gives_the_keyboard_to_the_composer(self) -> None:
        self.take(self.window.people.filter)
        self.window.overlays.person_menu("dee", 10, 10)
        self.settle()
        (menu,) = [each for each in self.root.winfo_children() if isinstance(each, tk.Menu)]
        menu.unpost()
        self.assertIs(self.root.focus_lastfor(), self.composer)
