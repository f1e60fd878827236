"""The whole window, connected to a scripted server over a real socket."""

from __future__ import annotations

import logging
import subprocess
import sys
import tkinter as tk
import unittest
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.login import Login
from chatapp.client.model.files import FileDownload
from chatapp.gui.dialogs.picture_viewer import PictureViewer
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.poll_loop import BUSY_INTERVAL, IDLE_INTERVAL
from chatapp.gui.window import BACKLOG_SECONDS, BUDGET_SECONDS
from tests.client.transport.http_server import TOKEN, FileServer
from tests.gui.canvas import drawn_texts, rows_of
from tests.gui.transcript.files import PREFIX, link, url
from tests.gui.window_case import INTERVAL, NINE, WindowCase

OTHER_PROGRAM = """
import tkinter
root = tkinter.Tk()
root.bind("<FocusIn>", lambda event: print("focused", flush=True))
root.wait_visibility()
root.focus_force()
root.mainloop()
"""


class ChatTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_after_connecting_channel_members_and_title_are_shown(self) -> None:
        self.until(lambda: self.row("general"))
        self.assertEqual(self.client.network.name, "Room12")
        self.until(lambda: "dee" in drawn_texts(self.window.people.rows.canvas))
        self.assertEqual(self.root.title(), "#general — Room12")

    def test_messages_of_others_are_shown(self) -> None:
        self.say("ben", "Good morning")
        self.wait_for_text("Good morning")

    def test_messages_follow_the_display_name_of_their_author(self) -> None:
        self.say("ben", "hello")
        self.until(lambda: "ben" in self.text() and "hello" in self.text())
        for name in ("Ben Okafor", "Ben the Second", "Ben the Third"):  # the first also by a change of width
            self.server.send(f":s METADATA ben display-name * :{name}")
            self.wait_for_text(name)

    def test_a_sent_message_is_pending_until_the_server_echoes_it(self) -> None:
        self.write("hello all")
        self.wait_for_text("hello all")
        (entry,) = self.conversation("#general").pending()
        self.until(lambda: self.server.received(f"@label={entry.label} PRIVMSG #general :hello all"))
        self.server.send(f"@label={entry.label};msgid=1;time={NINE} :ana!a@h PRIVMSG #general :hello all")
        self.until(lambda: entry.state == "sent")
        self.assertEqual(self.text().count("hello all"), 1)
        self.assertEqual(self.window.pane.composer.text, "")

    def test_a_command_that_is_refused_keeps_its_text(self) -> None:
        self.write("/nonsense")
        self.assertEqual(self.window.pane.composer.text, "/nonsense")

    def test_joins_and_quits_update_the_list(self) -> None:
        self.server.send(":eve!e@h JOIN #general", ":dee!d@h QUIT :bye")
        self.until(lambda: "eve" in drawn_texts(self.window.people.rows.canvas))
        self.assertNotIn("dee", drawn_texts(self.window.people.rows.canvas))

    def test_it_comes_to_the_front_after_what_had_the_keyboard_was_destroyed_behind_another_program(
        self,
    ) -> None:
        openers: dict[str, Callable[[], object]] = {
            "dialog": lambda: self.window.overlays.ask_keep_server(lambda keep: None),
            "card": self.window.overlays.jump,
        }
        self.focus(self.window.pane.composer.field)
        for name, opening in openers.items():
            for is_noticed in (True, False):
                with self.subTest(name, is_noticed=is_noticed):
                    opening()
                    self.destroy_behind_another_program(is_noticed)

    def test_a_later_start_shows_the_question_that_is_open(self) -> None:
        self.window.overlays.ask_keep_server(lambda keep: None)
        question = self.window.overlays.dialog
        assert question is not None
        self.until(lambda: str(self.root.tk.call("focus")).startswith(str(question)))
        self.window.pane.composer.field.focus_force()
        self.root.update()
        self.window.come_to_front(None)
        self.until(lambda: str(self.root.tk.call("focus")).startswith(str(question)))

    def destroy_behind_another_program(self, is_noticed: bool) -> None:
        """Destroy the dialog while another program has the keyboard, then bring the window to the front.

        Args:
            is_noticed: Whether Tk has been told before that it has lost the keyboard.
        """
        dialog = self.window.overlays.dialog
        assert dialog is not None
        self.until(lambda: str(self.root.tk.call("focus")).startswith(str(dialog)))
        with self.other_program():
            if is_noticed:
                self.until(lambda: str(self.root.tk.call("focus")) == "")
            dialog.destroy()
            self.window.come_to_front(None)
            self.until(lambda: self.root.focus_get() is self.window.pane.composer.field)

    @contextmanager
    def other_program(self) -> Iterator[None]:
        """Let another program have the keyboard within a `with` block."""
        process = subprocess.Popen(
            [sys.executable, "-c", OTHER_PROGRAM], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        with process:
            assert process.stdout is not None
            process.stdout.readline()  # it has the keyboard now
            yield
            process.kill()

    def test_typing_people_are_shown_below_the_composer(self) -> None:
        self.server.send("@+typing=active :ben!b@h TAGMSG #general")
        self.until(lambda: "ben is typing…" in self.labels(self.window.pane.composer.strip))

    def test_the_topic_is_set_from_the_header(self) -> None:
        header = self.window.pane.header
        header.topic.edit()
        header.topic.field.insert(0, "Exam on Friday")
        self.focus(header.topic.field)
        self.press(header.topic.field, "<Return>")
        self.until(lambda: self.server.received("TOPIC #general :Exam on Friday"))
        self.server.send(":ana!a@h TOPIC #general :Exam on Friday")
        self.until(lambda: header.topic.text == "Exam on Friday")

    def test_a_direct_message_opens_from_the_list_of_people(self) -> None:
        canvas = self.window.people.rows.canvas
        self.until(lambda: "dee" in drawn_texts(canvas))
        x, y = drawn_texts(canvas)["dee"]
        for _ in range(2):
            canvas.event_generate("<Button-1>", x=x, y=y, time=1000)
        self.until(lambda: self.shown() == "dee")
        self.until(lambda: not self.window.people.winfo_ismapped())
        self.write("just us")
        self.until(lambda: self.server.received("@label=1 PRIVMSG dee :just us"))

    def test_text_typed_elsewhere_goes_to_the_composer(self) -> None:
        for widget in (self.window.sidebar.rows.canvas, self.window.pane.transcript.view.text):
            self.focus(widget)
            self.press(widget, "<a>")
        self.assertEqual(self.window.pane.composer.text, "aa")

    def test_text_pasted_elsewhere_goes_to_the_composer_once(self) -> None:
        self.root.clipboard_clear()
        self.root.clipboard_append("pasted ")
        window, pane = self.window, self.window.pane
        for widget in (window.sidebar.rows.canvas, pane.transcript.view.text, pane.composer.field):
            self.focus(widget)
            self.press(widget, "<<Paste>>")
        self.focus(window.people.field.entry)
        self.press(window.people.field.entry, "<<Paste>>")
        self.assertEqual(
            (window.pane.composer.text, window.people.field.entry.get()), ("pasted " * 3, "pasted ")
        )

    def test_after_disconnecting_no_user_is_shown_as_online(self) -> None:
        people = self.window.people

        def presences() -> set[str]:
            return {row.presence for row in rows_of(people.rows) if isinstance(row, ListRow)}

        self.assertEqual(presences(), {"online"})
        self.server.hang_up()
        self.until(lambda: presences() == {""})

    def test_a_draft_stays_with_its_conversation(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("help"))
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
        self.until(lambda: self.row("help"))
        self.focus(self.window.pane.composer.field)

    def test_messages_in_other_channels_are_counted_until_they_are_opened(self) -> None:
        self.say("ben", "one", "#help")
        self.say("ben", "two", "#help")
        self.until(lambda: self.row("2"))
        self.assertEqual(self.root.title(), "#general — Room12")  # it counts what has a badge
        self.key("<Alt-Shift-Down>")
        self.until(lambda: self.root.title() == "#help — Room12")
        self.assertIn("New messages", self.text())
        self.until(lambda: not self.row("2"))

    def test_a_mention_elsewhere_has_a_badge(self) -> None:
        self.say("ben", "ana: look", "#help")
        self.until(lambda: self.row("@ 1"))
        self.until(lambda: self.root.title() == "(1) #general — Room12")

    def test_messages_in_the_visible_conversation_are_read_at_once(self) -> None:
        self.say("ben", "here")
        self.wait_for_text("here")
        self.assertEqual(self.conversation("#general").unread, 0)

    def test_new_messages_stay_unread_while_scrolled_up_until_escape(self) -> None:
        for number in range(60):
            self.say("ben", f"line {number}")
        self.wait_for_text("line 59")
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
        self.assertEqual(self.root.title(), "#general — Room12")
        self.assertFalse(self.row("1"))


class ConnectionTest(WindowCase):
    def test_a_lost_connection_shows_a_bar_whose_button_reconnects(self) -> None:
        self.enter()
        self.server.hang_up()
        bar = self.window.pane.states.bar
        self.until(lambda: bar.button.cget("text") == "Try now")
        self.say_while_away("written meanwhile")
        bar.button.invoke()
        self.until(lambda: self.server.received("USER"))
        self.welcome()
        self.until(lambda: not bar.winfo_ismapped())
        self.until(lambda: self.server.received("@label=1 PRIVMSG #general :written meanwhile"))

    def say_while_away(self, text: str) -> None:
        self.write(text)
        self.wait_for_text(text)

    def test_a_taken_name_is_shown_in_the_dialog_and_the_suggested_one_connects(self) -> None:
        dialog = self.window.connect_controller.open()
        dialog.fields["name"].value = "ana"
        dialog.show_page("join")
        dialog.fields["server"].value = f"127.0.0.1:{self.server.port}"
        dialog.deed.invoke()
        self.until(lambda: self.server.received("USER"))
        self.server.send("CAP * LS :", ":s 433 * ana :Nickname is already in use")
        self.until(lambda: dialog.fields["name"].error == "The name ana is already in use.")
        dialog.fields["name"].error_message.choose("ana_2")
        self.until(lambda: self.server.received("NICK ana_2"))
        self.until(lambda: self.server.received("USER"))
        self.server.send("CAP * LS :", ":s 001 ana_2 :Welcome")
        self.until(lambda: not dialog.winfo_exists())
        self.assertEqual(self.settings.name, "ana_2")
        self.assertEqual(self.settings.servers, [f"127.0.0.1:{self.server.port}"])

    def test_it_is_connected_only_after_the_welcome(self) -> None:
        dialog = self.window.connect_controller.open()
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.server.received("USER"))
        self.server.send("HTTP/1.1 400 Bad Request")
        self.server.hang_up()
        self.until(lambda: "not a chat server" in dialog.problem)

    def test_a_refused_connection_is_shown_under_the_server(self) -> None:
        self.server.close()
        dialog = self.window.connect_controller.open()
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: "no server answers" in dialog.problem)

    def test_after_quitting_the_button_opens_the_dialog(self) -> None:
        self.enter()
        self.write("/quit")
        bar = self.window.pane.states.bar
        self.until(lambda: bar.button.cget("text") == "Connect…")
        bar.button.invoke()
        self.settle()
        assert self.window.connect_controller.dialog is not None
        self.assertTrue(self.window.connect_controller.dialog.winfo_exists())


class FilesTest(WindowCase):
    """The server wants files to be sent to another host, which would get the password with them."""

    def setUp(self) -> None:
        super().setUp()
        self.other = FileServer()
        self.addCleanup(self.other.close)

    def attach(self) -> QuestionDialog:
        """Attach a file; return the question about the other host."""
        self.enter()
        session = self.window.client.sessions.current
        session.connection.login = replace(session.login, password="secret")
        address = f"http://localhost:{self.other.port}/upload/{TOKEN}"
        session.network.isupport = {**session.network.isupport, "soju.im/FILEHOST": address}
        conversation = session.network.current
        assert conversation is not None
        self.window.client.files.attach(conversation, b"12345", "a.txt")
        self.until(lambda: isinstance(self.window.overlays.dialog, QuestionDialog))
        question = self.window.overlays.dialog
        assert isinstance(question, QuestionDialog)
        return question

    def test_that_host_gets_nothing_before_the_answer_and_then_no_password(self) -> None:
        question = self.attach()
        self.assertEqual([], self.other.requests)
        question.buttons["Do not send it"].invoke()
        self.until(lambda: bool(self.other.requests))
        self.assertNotIn("Authorization", self.other.requests[0].fields)
        self.assertEqual([False], list(self.window.client.files.options.password_hosts.values()))
        self.assertEqual({}, self.window.settings.password_hosts)

    def test_it_gets_the_password_if_the_user_says_so(self) -> None:
        self.attach().buttons["Send the password"].invoke()
        self.until(lambda: bool(self.other.requests))
        self.assertEqual("Basic YW5hOnNlY3JldA==", self.other.requests[0].fields["Authorization"])
        self.assertEqual([True], list(self.window.settings.password_hosts.values()))


class PictureByKeyboardTest(WindowCase):
    """A picture among the messages is opened with the keyboard, which then returns to its message."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        network = self.client.network
        network.isupport = {**network.isupport, "chatapp/FILES": f"id:{PREFIX},max:1000"}
        self.say("ben", url("board.png"))
        self.text_of_messages = self.window.pane.transcript.view.text
        self.until(lambda: self.window.pane.transcript.view.files.find(link("board.png").id) is not None)

    def test_escape_returns_to_the_message(self) -> None:
        card = self.window.pane.transcript.view.files.find(link("board.png").id)
        assert card is not None
        card.state, card.media_type = "known", "image/png"
        card.picture = FileDownload(Path("/tmp"), state="failed", problem="No connection.")
        self.focus(self.text_of_messages)
        self.press(self.text_of_messages, "<Up>")
        chosen = self.window.pane.transcript.input.chosen
        key = chosen.key
        self.assertIsNotNone(key)
        with mock.patch.object(context_menus, "pop_up") as popped:
            self.press(self.text_of_messages, "<Return>")
        items = popped.call_args.args[2]
        self.assertEqual("Show the picture", items[0].label)
        items[0].action()
        self.settle()
        viewer = self.window.overlays.dialog
        assert isinstance(viewer, PictureViewer)
        self.until(lambda: self.root.focus_get() is viewer.canvas)
        self.press(viewer.canvas, "<Escape>")
        self.until(lambda: self.root.focus_get() is self.text_of_messages)
        self.assertEqual(key, chosen.key)


class PollTest(WindowCase):
    """How often the window polls."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        lively = mock.patch("chatapp.gui.widgets.poll_loop.ACTIVE_SECONDS", 0.0)
        lively.start()
        self.addCleanup(lively.stop)
        self.until(lambda: self.window.poll_loop.interval == IDLE_INTERVAL)

    def test_while_idle_a_key_or_a_click_makes_it_poll_soon(self) -> None:
        field = self.window.pane.composer.field
        for event in ("<KeyPress-a>", "<Button-1>"):
            with self.subTest(event):
                self.focus(field)
                self.until(lambda: self.window.poll_loop.interval == IDLE_INTERVAL)
                field.event_generate(event)
                self.assertEqual(self.window.poll_loop.interval, INTERVAL)

    def test_it_reads_longer_while_more_waits(self) -> None:
        loop = self.window.poll_loop
        with mock.patch.object(self.client, "poll", return_value=[]) as poll:
            for loop.interval in (IDLE_INTERVAL, INTERVAL, BUSY_INTERVAL):
                self.window.poll()
        budgets = [call.args[0] for call in poll.call_args_list]
        self.assertEqual(budgets, [BUDGET_SECONDS, BUDGET_SECONDS, BACKLOG_SECONDS])

    def test_messages_are_shown_while_the_window_is_idle(self) -> None:
        self.say("ben", "still there?")
        self.wait_for_text("still there?")


class EndTest(WindowCase):
    def test_closing_the_first_dialog_quits(self) -> None:
        self.root.withdraw()
        self.window.connect_controller.open().close()
        self.assertEqual(len(self.saved), 1)

    def test_an_exception_in_a_callback_is_logged_and_shown_and_the_window_keeps_working(self) -> None:
        self.enter()
        self.root.after(0, lambda: 1 // 0)
        with self.assertLogs("chatapp.gui.window", logging.ERROR) as logged:
            self.until(lambda: bool(logged.output))
        self.assertIn("ZeroDivisionError", logged.output[0])
        self.say("ben", "still here")
        self.wait_for_text("still here")


class OnlineTest(WindowCase):
    """A window that is connected."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_a_signal_closes_it_without_asking(self) -> None:
        self.window.request_quit()
        self.until(lambda: bool(self.saved))
        self.assertTrue(self.server.received("QUIT"))

    def keeps_server_after_signal(self, has_started_server: bool) -> bool:
        """Return whether the user's own server goes on when a signal closes the window."""
        with (
            mock.patch.object(Client, "is_server_running", True),
            mock.patch.object(Client, "has_started_server", has_started_server),
            mock.patch.object(self.client, "close", wraps=self.client.close) as close,
        ):
            self.window.request_quit()
            self.until(lambda: close.called)
        (keeps,) = close.call_args.args
        return bool(keeps)

    def test_a_signal_stops_a_server_that_it_has_started(self) -> None:
        self.assertFalse(self.keeps_server_after_signal(has_started_server=True))

    def test_a_signal_does_not_stop_a_server_that_was_started_in_a_terminal(self) -> None:
        self.assertTrue(self.keeps_server_after_signal(has_started_server=False))

    def test_the_answer_to_keep_the_server_running_is_kept_as_the_setting(self) -> None:
        self.client.sessions.current.is_local = True
        with mock.patch.object(Client, "is_server_running", True):
            self.window.close()
            question = self.window.overlays.dialog
            assert isinstance(question, QuestionDialog)
            question.buttons["Keep it running"].invoke()
        self.assertTrue(self.client.keeps_server_running)

    def test_missed_messages_are_read_when_they_are_shown(self) -> None:
        general = self.conversation("#general")
        self.focus(self.window.pane.composer.field)
        self.server.send(
            ":s BATCH +h chathistory ben",
            f"@batch=h;time={NINE};msgid=m1 :ben!b@h PRIVMSG ana :psst",
            ":s BATCH -h",
        )
        self.until(lambda: self.row("ben"))
        ben = self.conversation("ben")
        self.assertEqual((1, general), (ben.unread, self.client.network.current))
        self.client.open(ben)
        self.wait_for_text("psst")
        self.until(lambda: ben.unread == 0)
        self.assertIn("New messages", self.text())


if __name__ == "__main__":
    unittest.main()
