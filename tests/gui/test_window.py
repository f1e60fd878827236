"""The whole window with a server that says what the test wants, over a real socket."""

from __future__ import annotations

import logging
import tempfile
import tkinter as tk
import unittest
from pathlib import Path
from unittest import mock

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.conversation import Conversation
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.dialogs.join_dialog import JoinDialog
from chatapp.gui.dialogs.settings_window import SettingsWindow
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.gui.widgets.geometry import WindowGeometry
from chatapp.gui.widgets.picker import Picker
from chatapp.gui.widgets.poll_loop import IDLE_INTERVAL, INTERVAL
from chatapp.gui.window import Window
from tests.gui.base import WindowTest
from tests.gui.networks import drawn_texts
from tests.gui.scripted_server import ScriptedServer

CAPABILITIES = "message-tags server-time echo-message labeled-response"
NINE = "2026-03-12T09:00:00.000Z"


class ChatTest(WindowTest):
    """A window in #general with ben, who is an operator, and dee."""

    def setUp(self) -> None:
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.server = ScriptedServer()
        self.addCleanup(self.server.close)
        self.saved: list[Settings] = []
        self.settings = Settings(name="ana", place="1040x660+0+0")
        self.client = Client(Path(folder.name) / "server.log", TrustedCertificates())
        self.window = Window(
            self.root,
            self.theme,
            self.client,
            self.settings,
            Login("127.0.0.1", self.server.port, "ana"),
            self.saved.append,
        )
        self.addCleanup(self.end)
        self.window.start()
        self.window.reveal()

    def end(self) -> None:
        self.server.hang_up()  # or the window would wait for it
        if not self.saved:
            self.window.close()

    def enter(self) -> None:
        """Connect, register, and be put into #general."""
        self.window.connect_controller.connect(Login("127.0.0.1", self.server.port, "ana"))
        self.until(lambda: self.server.hears("USER"))
        self.welcome()
        self.until(lambda: self.shown() == "#general")

    def welcome(self) -> None:
        self.server.say(f"CAP * LS :{CAPABILITIES}")
        self.until(lambda: self.server.hears("CAP REQ"))
        self.server.say(f"CAP * ACK :{CAPABILITIES}")
        self.until(lambda: self.server.hears("CAP END"))
        self.server.say(
            ":s 001 ana :Welcome",
            ":s 005 ana NETWORK=Room12 CHANTYPES=# PREFIX=(ov)@+ :are supported",
            ":s 422 ana :-",
        )
        self.join("#general", "@ben dee")

    def join(self, channel: str, others: str) -> None:
        self.server.say(
            f":ana!a@h JOIN {channel}", f":s 353 ana = {channel} :ana {others}", f":s 366 ana {channel} :End"
        )

    def say(self, nick: str, text: str, target: str = "#general") -> None:
        self.server.say(f"@time={NINE} :{nick}!{nick}@h PRIVMSG {target} :{text}")

    def shown(self) -> str:
        return self.window.pane.conversation.name if self.window.pane.conversation else ""

    def text(self) -> str:
        """What stands in the transcript."""
        return self.window.pane.transcript.view.text.get("1.0", "end")

    def sees(self, words: str) -> None:
        """Wait until this stands in the transcript."""
        self.until(lambda: words in self.text())

    def write(self, text: str) -> None:
        """Write into the composer and press Enter."""
        field = self.window.pane.composer.field
        self.focus(field)
        field.insert("end", text)
        self.press(field, "<Return>")

    def row(self, text: str) -> bool:
        return text in drawn_texts(self.window.sidebar.rows.canvas)

    def conversation(self, name: str) -> Conversation:
        found = self.client.network.find(name)
        assert found is not None
        return found

    def key(self, *events: str) -> None:
        """Press keys with the focus in the composer."""
        self.focus(self.window.pane.composer.field)
        self.press(self.window.pane.composer.field, *events)


class LinkTest(ChatTest):
    """Links into chats open in the window, never in a browser."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        browser = mock.patch("webbrowser.open", side_effect=AssertionError("a browser was opened"))
        browser.start()
        self.addCleanup(browser.stop)

    def test_one_to_another_server_is_offered_in_the_dialog(self) -> None:
        link = f"ircs://192.0.2.7:5000/exam?pin=sha256:{'ab' * 32}"
        self.window.pane.transcript.input._on_link(link)
        dialog = self.window.connect_controller.dialog
        assert dialog is not None
        self.assertEqual((dialog.fields["server"].value, dialog.fields["name"].value), (link, "ana"))
        self.assertEqual(self.client.network.state, "online")

    def test_one_to_this_server_leads_into_its_channel(self) -> None:
        self.window.pane.transcript.input._on_link(f"irc://127.0.0.1:{self.server.port}/exam")
        self.until(lambda: self.server.hears("JOIN #exam"))
        self.assertIsNone(self.window.connect_controller.dialog)

    def test_a_channel_is_opened_or_joined(self) -> None:
        self.window.pane.transcript.input._on_link("#exam")
        self.until(lambda: self.server.hears("JOIN #exam"))

    def test_a_damaged_one_is_refused_with_words(self) -> None:
        self.window.pane.transcript.input._on_link("ircs://192.0.2.7:5000/exam?pin=sha256:abc")
        self.assertIsNone(self.window.connect_controller.dialog)
        self.assertIn("damaged", self.window.pane._problem)


class LongTextTest(ChatTest):
    def test_one_long_line_is_asked_about_like_many_short_ones(self) -> None:
        self.enter()
        pane = self.window.pane
        for text in ("word " * 2000, "/me " + "word " * 2000, "line\n" * 21):
            with self.subTest(text[:4]):
                self.focus(pane.composer.field)
                pane.insert_text(text)
                self.key("<Return>")
                self.assertEqual(pane.composer.text, text)
                self.assertRegex(
                    pane.composer._problem, r"This will be sent as 2\d messages\. Press Enter again"
                )
                self.key("<Return>")
                self.assertEqual(pane.composer.text, "")
                self.assertGreater(len(self.conversation("#general").pending()), 20)
                for entry in list(self.conversation("#general").pending()):
                    self.conversation("#general").remove(entry)

    def test_a_long_line_that_is_few_messages_is_sent_at_once(self) -> None:
        self.enter()
        self.window.pane.insert_text("word " * 200)
        self.key("<Return>")
        self.assertEqual(self.window.pane.composer.text, "")


class BrowserTest(ChatTest):
    def test_links_without_a_scheme_open_too(self) -> None:
        self.enter()
        with mock.patch("webbrowser.open", return_value=True) as browser:
            for link in ("www.example.org", "ben@example.org"):
                self.window.pane.transcript.input._on_link(link)
        opened = [call.args[0] for call in browser.call_args_list]
        self.assertEqual(opened, ["https://www.example.org", "mailto:ben@example.org"])


class TalkTest(ChatTest):
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


class RemovedTest(ChatTest):
    """Removed from a channel, one sees by whom and why, and can join again."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.bar = self.window.pane.removed_bar

    def words(self) -> list[str]:
        """What the bar says."""
        labels = [each for each in self.bar.winfo_children() if each.winfo_class() == "TLabel"]
        return [text for text in (str(each.cget("text")) for each in labels) if text]

    def kick(self, reason: str) -> None:
        self.say("ben", "last warning")
        self.sees("last warning")
        self.server.say(f":ben!b@h KICK #general ana :{reason}")
        self.until(lambda: bool(self.bar.winfo_ismapped()))

    def test_the_bar_says_who_and_why_above_the_history_that_stays(self) -> None:
        self.assertFalse(self.bar.winfo_ismapped())
        self.kick("off topic")
        self.assertEqual(self.words(), ["ben removed you", "Reason: off topic"])
        self.assertIn("last warning", self.text())
        self.assertEqual(self.window.pane.composer.box._hint.cget("text"), "You are no longer in #general")
        self.until(lambda: "(removed)" in drawn_texts(self.window.sidebar.rows.canvas))

    def test_its_button_joins_again_and_then_it_goes(self) -> None:
        self.kick("off topic")
        self.bar.join.invoke()
        self.until(lambda: self.server.hears("JOIN #general"))
        self.join("#general", "@ben dee")
        self.until(lambda: not self.bar.winfo_ismapped())
        self.assertEqual(self.window.pane.composer.box._hint.cget("text"), "Write to #general")

    def test_a_ban_is_told_when_one_tries(self) -> None:
        self.kick("off topic")
        self.bar.join.invoke()
        self.until(lambda: self.server.hears("JOIN #general"))
        self.server.say(":s 474 ana #general :Cannot join channel (+b)")
        banned = "You cannot join #general: you are banned."
        self.until(lambda: self.words() == ["ben removed you", banned])

    def test_what_is_written_all_the_same_is_kept(self) -> None:
        self.kick("off topic")
        self.write("but why?")
        self.assertEqual(self.window.pane.composer.text, "but why?")

    def test_while_the_connection_is_lost_its_bar_alone_is_shown(self) -> None:
        self.kick("off topic")
        self.server.hang_up()
        self.until(lambda: bool(self.window.pane.connection_bar.winfo_ismapped()))
        self.assertFalse(self.bar.winfo_ismapped())


class GivenBackTest(ChatTest):
    """A command that the server refuses comes back into the composer, to be mended."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.composer = self.window.pane.composer

    def test_it_stands_in_the_field_again_with_the_reason_below(self) -> None:
        self.write("/kick ben too loud")
        self.until(lambda: self.server.hears("KICK #general ben"))
        self.server.say(":s 482 ana #general :You're not channel operator")
        self.until(lambda: self.composer.text == "/kick ben too loud")
        self.assertEqual(self.window.pane._problem, "Only operators of #general can do that.")

    def test_what_was_written_meanwhile_stays(self) -> None:
        self.write("/kick ben too loud")
        self.until(lambda: self.server.hears("KICK #general ben"))
        self.composer.insert("next words")
        self.server.say(":s 482 ana #general :You're not channel operator")
        self.sees("Only operators of #general")
        self.assertEqual(self.composer.text, "next words")

    def test_in_another_conversation_it_waits_as_the_draft(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("# help"))
        self.write("/kick ben too loud")
        self.until(lambda: self.server.hears("KICK #general ben"))
        self.client.open(self.conversation("#help"))
        self.until(lambda: self.shown() == "#help")
        self.server.say(":s 482 ana #general :You're not channel operator")
        self.until(lambda: self.conversation("#general").draft == "/kick ben too loud")
        self.assertEqual(self.composer.text, "")


class UnreadTest(ChatTest):
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


class ConnectionTest(ChatTest):
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


class DialogsTest(ChatTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter()

    def test_jumping_to_a_channel(self) -> None:
        self.join("#homework", "ben")
        self.until(lambda: self.row("# homework"))
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

    def test_joining_a_channel_of_the_servers_list(self) -> None:
        self.window.overlays.join()
        self.until(lambda: self.server.hears("LIST"))
        self.server.say(":s 322 ana #help 3 :Ask here", ":s 322 ana #general 2 :", ":s 323 ana :End")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JoinDialog)
        self.until(lambda: "Ask here" in drawn_texts(dialog.rows.canvas))
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.server.hears("JOIN #help"))
        self.join("#help", "ben")
        self.until(lambda: self.shown() == "#help")

    def test_settings_have_their_effect_at_once(self) -> None:
        self.say("ben", "hello")
        self.sees("hello")
        self.window.overlays.settings()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, SettingsWindow)
        dialog.theme_box.set("Light")
        self.press(dialog.theme_box, "<<ComboboxSelected>>")
        self.assertEqual(self.theme.colours.name, "light")
        dialog.options["clock24"].invoke()
        self.settle()
        self.assertRegex(self.text(), r"(?i)\d:00\s?[ap]m")

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


class PollTest(ChatTest):
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


class EndTest(ChatTest):
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

    def test_a_server_of_our_own_is_not_ended_without_asking(self) -> None:
        answers: list[bool] = []
        self.window.overlays.ask_keep_server(answers.append)
        question = self.window.overlays.dialog
        assert isinstance(question, QuestionDialog)
        question.buttons["Keep it running"].invoke()
        self.assertEqual(answers, [True])

    def test_a_bug_in_a_callback_is_logged_and_said_and_the_window_goes_on(self) -> None:
        self.enter()
        self.root.after(0, lambda: 1 // 0)
        with self.assertLogs("chatapp.gui.window", logging.ERROR) as logged:
            self.until(lambda: bool(logged.output))
        self.assertIn("ZeroDivisionError", logged.output[0])
        self.say("ben", "still here")
        self.sees("still here")


class KeepingTest(ChatTest):
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
