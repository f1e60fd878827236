"""The whole window with a server that says what the test wants, over a real socket."""

from __future__ import annotations

import logging
import tkinter as tk
import unittest
from unittest import mock

from chatapp.client.login import Login
from chatapp.gui.widgets.geometry import WindowGeometry
from chatapp.gui.widgets.poll_loop import IDLE_INTERVAL, INTERVAL
from tests.gui.canvas import drawn_texts
from tests.gui.window_case import NINE, WindowCase


class TalkTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_one_gets_in_and_sees_where_one_is(self) -> None:
        self.until(lambda: self.row("# general"))
        self.assertEqual(self.client.network.name, "Room12")
        self.until(lambda: "dee" in drawn_texts(self.window.people.rows.canvas))
        self.assertEqual(self.root.title(), "#general")

    def test_what_others_say_is_seen(self) -> None:
        self.say("ben", "Good morning")
        self.sees("Good morning")

    def test_what_one_says_is_pending_until_the_server_echoes_it(self) -> None:
        self.write("hello all")
        self.sees("hello all")
        (entry,) = self.conversation("#general").pending()
        self.until(lambda: self.server.hears(f"@label={entry.label} PRIVMSG #general :hello all"))
        self.server.say(f"@label={entry.label};msgid=1;time={NINE} :ana!a@h PRIVMSG #general :hello all")
        self.until(lambda: entry.state == "sent")
        self.assertEqual(self.text().count("hello all"), 1)
        self.assertEqual(self.window.pane.composer.text, "")

    def test_a_command_that_is_refused_keeps_its_text(self) -> None:
        self.write("/nonsense")
        self.assertEqual(self.window.pane.composer.text, "/nonsense")

    def test_people_who_come_and_go_are_in_the_list(self) -> None:
        self.server.say(":eve!e@h JOIN #general", ":dee!d@h QUIT :bye")
        self.until(lambda: "eve" in drawn_texts(self.window.people.rows.canvas))
        self.assertNotIn("dee", drawn_texts(self.window.people.rows.canvas))

    def test_who_is_typing_stands_below_the_composer(self) -> None:
        self.server.say("@+typing=active :ben!b@h TAGMSG #general")
        self.until(lambda: "ben is typing…" in self.labels(self.window.pane.composer))

    def test_the_topic_is_set_from_the_header(self) -> None:
        header = self.window.pane.header
        header.edit()
        header.field.insert(0, "Exam on Friday")
        self.focus(header.field)
        self.press(header.field, "<Return>")
        self.until(lambda: self.server.hears("TOPIC #general :Exam on Friday"))
        self.server.say(":ana!a@h TOPIC #general :Exam on Friday")
        self.until(lambda: header.topic.cget("text") == "Exam on Friday")

    def test_a_direct_message_opens_from_the_list_of_people(self) -> None:
        canvas = self.window.people.rows.canvas
        self.until(lambda: "dee" in drawn_texts(canvas))
        x, y = drawn_texts(canvas)["dee"]
        canvas.event_generate("<Button-1>", x=x, y=y)
        self.until(lambda: self.shown() == "dee")
        self.until(lambda: not self.window.people.winfo_ismapped())
        self.write("just us")
        self.until(lambda: self.server.hears("@label=1 PRIVMSG dee :just us"))

    def test_what_is_typed_elsewhere_goes_into_the_composer(self) -> None:
        for widget in (self.window.sidebar.rows.canvas, self.window.pane.transcript.view.text):
            self.focus(widget)
            self.press(widget, "<a>")
        self.assertEqual(self.window.pane.composer.text, "aa")

    def test_what_is_pasted_elsewhere_goes_into_the_composer_once(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("pasted ")
        window, pane = self.window, self.window.pane
        for widget in (window.sidebar.rows.canvas, pane.transcript.view.text, pane.composer.field):
            self.focus(widget)
            self.press(widget, "<<Paste>>")
        self.focus(window.people.filter)
        self.press(window.people.filter, "<<Paste>>")
        self.assertEqual((window.pane.composer.text, window.people.filter.get()), ("pasted " * 3, "pasted "))

    def test_while_we_are_offline_nobody_is_shown_online(self) -> None:
        people = self.window.people
        self.assertEqual({row.icon_role for row in people.rows._rows if row.key}, {"ok"})
        self.server.hang_up()
        self.until(lambda: {row.icon_role for row in people.rows._rows if row.key} == {"faint"})

    def test_a_draft_stays_with_its_conversation(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("# help"))
        self.window.pane.composer.insert("half a sentence")
        self.key("<Alt-Down>")
        self.until(lambda: self.shown() == "#help")
        self.assertEqual(self.window.pane.composer.text, "")
        self.key("<Alt-Up>")
        self.until(lambda: self.shown() == "#general")
        self.assertEqual(self.window.pane.composer.text, "half a sentence")

    def labels(self, widget: tk.Misc) -> list[str]:
        return [str(each.cget("text")) for each in widget.winfo_children() if each.winfo_class() == "TLabel"]


class UnreadTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.join("#help", "ben")
        self.until(lambda: self.row("# help"))
        self.focus(self.window.pane.composer.field)

    def test_what_is_said_elsewhere_is_counted_and_read_when_it_is_opened(self) -> None:
        self.say("ben", "one", "#help")
        self.say("ben", "two", "#help")
        self.until(lambda: self.row("2"))
        self.assertEqual(self.root.title(), "(2) #general")
        self.key("<Alt-Shift-Down>")
        self.until(lambda: self.root.title() == "#help")
        self.assertIn("New messages", self.text())
        self.until(lambda: not self.row("2"))

    def test_a_mention_elsewhere_has_a_badge(self) -> None:
        self.say("ben", "ana: look", "#help")
        self.until(lambda: self.row("@ 1"))

    def test_what_is_said_where_one_looks_is_read_at_once(self) -> None:
        self.say("ben", "here")
        self.sees("here")
        self.assertEqual(self.conversation("#general").unread, 0)

    def test_what_is_said_above_which_one_reads_is_unread_until_escape(self) -> None:
        for number in range(60):
            self.say("ben", f"line {number}")
        self.sees("line 59")
        self.window.pane.transcript.view.text.focus_force()
        self.press(self.window.pane.transcript.view.text, "<Prior>", "<Prior>")
        self.say("ben", "the newest")
        self.until(lambda: self.conversation("#general").unread == 1)
        self.key("<Escape>")
        self.until(lambda: self.conversation("#general").unread == 0)

    def test_a_muted_channel_shows_no_number_and_is_not_in_the_title(self) -> None:
        self.conversation("#help").muted = True
        self.say("ben", "psst", "#help")
        self.until(lambda: self.conversation("#help").unread == 1)
        self.settle()
        self.assertEqual(self.root.title(), "#general")
        self.assertFalse(self.row("1"))


class ConnectionTest(WindowCase):
    def test_a_lost_connection_is_said_with_a_button_and_comes_back(self) -> None:
        self.enter()
        self.server.hang_up()
        bar = self.window.pane.connection_bar
        self.until(lambda: bool(bar.winfo_ismapped()) and self.client.network.state == "waiting")
        self.say_while_away("written meanwhile")
        bar.button.invoke()
        self.until(lambda: self.server.hears("USER"))
        self.welcome()
        self.until(lambda: not bar.winfo_ismapped())
        self.until(lambda: self.server.hears("@label=1 PRIVMSG #general :written meanwhile"))

    def say_while_away(self, text: str) -> None:
        self.write(text)
        self.sees(text)

    def test_a_name_that_is_taken_is_said_in_the_dialog_and_another_one_gets_in(self) -> None:
        self.window.connect_controller.open()
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.server.hears("USER"))
        self.server.say("CAP * LS :", ":s 433 * ana :Nickname is already in use")
        dialog = self.window.connect_controller.open()
        self.until(lambda: dialog.fields["name"].error == "The name ana is already in use.")
        dialog.fields["name"].action_button.invoke()
        self.until(lambda: self.server.hears("NICK ana_2"))
        self.until(lambda: self.server.hears("USER"))
        self.server.say("CAP * LS :", ":s 001 ana_2 :Welcome")
        self.until(lambda: not dialog.winfo_exists())
        self.assertEqual(self.settings.name, "ana_2")
        self.assertEqual(self.settings.servers, [f"127.0.0.1:{self.server.port}"])

    def test_it_counts_as_connected_only_when_it_was_welcomed(self) -> None:
        dialog = self.window.connect_controller.open()
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.server.hears("USER"))
        self.server.say("HTTP/1.1 400 Bad Request")
        self.server.hang_up()
        self.until(lambda: "not a chat server" in dialog.fields["server"].error)

    def test_where_nobody_listens_the_error_stands_under_the_server(self) -> None:
        self.server.close()
        dialog = self.window.connect_controller.open()
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: "nothing answers" in dialog.fields["server"].error)

    def test_after_quitting_one_can_connect_again(self) -> None:
        self.enter()
        self.write("/quit")
        bar = self.window.pane.connection_bar
        self.until(lambda: bool(bar.winfo_ismapped()))
        bar.button.invoke()
        self.settle()
        assert self.window.connect_controller.dialog is not None
        self.assertTrue(self.window.connect_controller.dialog.winfo_exists())


class KeysTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_keys_zoom_the_text_and_it_is_remembered(self) -> None:
        self.key("<Control-plus>", "<Control-plus>")
        self.assertEqual((self.theme.size, self.settings.font_size), (13, 13))
        self.key("<Control-Key-0>")
        self.assertEqual(self.settings.font_size, 11)

    def test_the_buttons_of_the_sidebar_stay_readable_in_large_text(self) -> None:
        self.window._zoom(24)
        button = self.window.sidebar._buttons[1]
        self.until(lambda: button.winfo_width() >= button.winfo_reqwidth() > self.theme.px(100))

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
                window.people.filter,
                window.sidebar.rows.canvas,
            ],
        )


class PollTest(WindowCase):
    """How often the window looks for news."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        lively = mock.patch("chatapp.gui.widgets.poll_loop.ACTIVE_SECONDS", 0.0)
        lively.start()
        self.addCleanup(lively.stop)
        self.until(lambda: self.window.poll_loop.interval == IDLE_INTERVAL)

    def test_when_it_was_quiet_a_key_or_a_click_has_it_look_soon(self) -> None:
        field = self.window.pane.composer.field
        for event in ("<KeyPress-a>", "<Button-1>"):
            with self.subTest(event):
                self.focus(field)
                self.until(lambda: self.window.poll_loop.interval == IDLE_INTERVAL)
                field.event_generate(event)
                self.assertEqual(self.window.poll_loop.interval, INTERVAL)

    def test_what_is_said_in_the_quiet_is_seen(self) -> None:
        self.say("ben", "still there?")
        self.sees("still there?")


class EndTest(WindowCase):
    def test_place_sashes_and_drafts_are_remembered(self) -> None:
        self.enter()
        self.window.pane.composer.insert("half a sentence")
        self.root.geometry("900x600+30+20")
        self.settle()
        self.window.close()
        (settings,) = self.saved
        place = WindowGeometry.parse(settings.place)
        assert place is not None
        self.assertEqual((place.width, place.height), (900, 600))
        self.assertEqual(settings.drafts, {f"127.0.0.1:{self.server.port} #general": "half a sentence"})
        self.assertIn("sidebar", settings.sashes)
        self.until_heard("QUIT")

    def until_heard(self, line: str) -> None:
        """Without a window there is no main loop to run."""
        self.assertTrue(self.server.hears(line))

    def test_closing_the_first_dialog_ends_it_all(self) -> None:
        self.root.withdraw()
        self.window.connect_controller.open().close()
        self.assertEqual(len(self.saved), 1)

    def test_a_bug_in_a_callback_is_logged_and_said_and_the_window_goes_on(self) -> None:
        self.enter()
        self.root.after(0, lambda: 1 // 0)
        with self.assertLogs("chatapp.gui.window", logging.ERROR) as logged:
            self.until(lambda: bool(logged.output))
        self.assertIn("ZeroDivisionError", logged.output[0])
        self.say("ben", "still here")
        self.sees("still here")


class KeepingTest(WindowCase):
    """What is written down while the window is open, and when others end it."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_a_draft_a_mute_and_the_place_are_put_into_the_settings_soon(self) -> None:
        key = f"127.0.0.1:{self.server.port} #general"
        self.window.pane.insert_text("half a sentence")
        self.conversation("#general").muted = True
        self.root.geometry("777x555+10+10")
        self.settle()
        self.until(lambda: self.settings.drafts.get(key) == "half a sentence")
        self.assertEqual(([key], [key]), (self.settings.muted, self.settings.conversations))
        self.until(lambda: self.settings.place.startswith("777x555"))

    def test_the_end_of_the_session_is_told_and_all_is_written_at_once(self) -> None:
        self.window.pane.insert_text("half a sentence")
        self.root.tk.eval(str(self.root.protocol("WM_SAVE_YOURSELF")))
        self.assertEqual(["half a sentence"], list(self.saved[-1].drafts.values()))
        self.assertNotEqual("", self.root.wm_command())
        self.assertEqual(1, self.root.winfo_exists())
        self.saved.clear()  # it is still open, so it is closed as every other window

    def test_a_signal_closes_it_without_a_question(self) -> None:
        self.window.request_quit()
        self.until(lambda: bool(self.saved))
        self.assertTrue(self.server.hears("QUIT"))

    def test_what_cannot_be_written_is_told_below_the_composer(self) -> None:
        words = "Your settings cannot be saved in /x: No space left on device."
        with mock.patch.object(self.window, "_autosave", side_effect=[words, *[""] * 100]):
            self.until(lambda: words in str(self.window.pane.composer.status_line.cget("text")))

    def test_what_was_missed_is_read_when_somebody_sees_it(self) -> None:
        general = self.conversation("#general")
        self.focus(self.window.pane.composer.field)
        self.server.say(
            ":s BATCH +h chathistory ben",
            f"@batch=h;time={NINE};msgid=m1 :ben!b@h PRIVMSG ana :psst",
            ":s BATCH -h",
        )
        self.until(lambda: self.row("ben"))
        ben = self.conversation("ben")
        self.assertEqual((1, general), (ben.unread, self.client.network.current))
        self.client.open(ben)
        self.sees("psst")
        self.until(lambda: ben.unread == 0)
        self.assertIn("New messages", self.text())


if __name__ == "__main__":
    unittest.main()
