"""The conversation pane, connected to a scripted server."""

from __future__ import annotations

import threading
from unittest import mock

from chatapp.client.model.changes import Added
from chatapp.client.model.read_state import mark_unread
from chatapp.gui.widgets.undo_notice import Undo
from tests.client.transport.authority import PATIENCE
from tests.client.transport.http_server import FileServer, Handler, Received
from tests.gui.canvas import drawn_texts
from tests.gui.window_case import WindowCase


class LinkTest(WindowCase):
    """Invite links open in the window, never in a browser."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        browser = mock.patch("webbrowser.open", side_effect=AssertionError("a browser was opened"))
        browser.start()
        self.addCleanup(browser.stop)

    def test_an_invite_link_to_another_server_opens_the_dialog(self) -> None:
        link = f"chat://192.0.2.7/exam?pin=sha256:{'ab' * 32}"
        self.window.pane.transcript.input._handlers.on_link(link)
        dialog = self.window.connect_controller.dialog
        assert dialog is not None
        self.assertEqual((dialog.fields["server"].value, dialog.fields["name"].value), (link, "ana"))
        self.assertEqual(self.client.network.state, "online")

    def test_an_invite_link_to_this_server_joins_its_channel(self) -> None:
        self.window.pane.transcript.input._handlers.on_link(f"irc://127.0.0.1:{self.server.port}/exam")
        self.until(lambda: self.server.received("JOIN #exam"))
        self.assertIsNone(self.window.connect_controller.dialog)

    def test_a_link_to_a_channel_joins_it(self) -> None:
        self.window.pane.transcript.input._handlers.on_link("#exam")
        self.until(lambda: self.server.received("JOIN #exam"))

    def test_a_damaged_invite_link_shows_an_error(self) -> None:
        self.window.pane.transcript.input._handlers.on_link("ircs://192.0.2.7:5000/exam?pin=sha256:abc")
        self.assertIsNone(self.window.connect_controller.dialog)
        self.assertIn("damaged", self.window.pane._problem)


class LowWindowTest(WindowCase):
    def test_in_a_low_window_with_large_text_four_lines_of_messages_remain(self) -> None:
        self.enter()
        pane, theme = self.window.pane, self.window.theme
        self.size(520, 360)
        self.settle()
        usual = pane.composer.toolbar.grid_info()["row"]
        theme.zoom(24)
        self.settle()
        line = theme.fonts["ChatBody"].metrics("linespace")
        self.assertGreaterEqual(pane.transcript.winfo_height(), 4 * line)
        self.assertNotEqual(usual, pane.composer.toolbar.grid_info()["row"])
        self.size(900, 700)
        self.settle()
        self.assertEqual(usual, pane.composer.toolbar.grid_info()["row"])

    def test_a_notice_leaves_the_composer_whole(self) -> None:
        self.enter()
        pane = self.window.pane
        self.size(520, 360)
        self.window.theme.zoom(24)
        self.focus(pane.composer.field)
        pane.insert_text("one\ntwo\nthree")
        pane.show_undo(Undo("Tom Hale is banned from #general until tomorrow 08:00", lambda: None))
        self.settle()
        composer = pane.composer
        self.assertLessEqual(composer.winfo_y() + composer.winfo_reqheight(), pane.winfo_height())
        self.assertTrue(pane.undo_notice.button.winfo_viewable())


class LongTextTest(WindowCase):
    def test_a_very_long_line_needs_confirmation_like_many_lines(self) -> None:
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

    def test_a_line_that_needs_few_messages_is_sent_at_once(self) -> None:
        self.enter()
        self.window.pane.insert_text("word " * 200)
        self.key("<Return>")
        self.assertEqual(self.window.pane.composer.text, "")


class BrowserTest(WindowCase):
    def test_links_without_a_scheme_open_too(self) -> None:
        self.enter()
        with mock.patch("webbrowser.open", return_value=True) as browser:
            for link in ("www.example.org", "ben@example.org"):
                self.window.pane.transcript.input._handlers.on_link(link)
        opened = [call.args[0] for call in browser.call_args_list]
        self.assertEqual(opened, ["https://www.example.org", "mailto:ben@example.org"])


class NeverSeenTest(WindowCase):
    def test_messages_that_come_as_another_conversation_opens_stay_unread(self) -> None:
        self.enter()
        general, pane = self.conversation("#general"), self.window.pane
        self.focus(pane.composer.field)
        self.until(lambda: self.client.network.watching)
        entry = self.client.network.entry("message", general.latest_time + 1, "ben", "one")
        self.client.network.current = self.client.network.add("#club", "channel")
        general.insert([entry])
        mark_unread(self.client.network, general, entry)
        pane.apply(Added(general, (entry,)))
        pane.update_watching()
        pane._on_seen(entry)
        self.assertEqual((general.unread, entry.unread), (1, True))


class RemovedTest(WindowCase):
    """After a removal from a channel, the user sees the reason and can join again."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.bar = self.window.pane.states.bar

    def prompt(self) -> str:
        """Return the words in the empty composer, which are there when it has its width."""
        return str(self.window.pane.composer.box._hint.cget("text"))

    def bar_texts(self) -> list[str]:
        """Return the texts of the bar."""
        labels = [each for each in self.bar.winfo_children() if each.winfo_class() == "TLabel"]
        return [text for text in (str(each.cget("text")) for each in labels) if text]

    def kick(self, reason: str) -> None:
        self.say("ben", "last warning")
        self.wait_for_text("last warning")
        self.server.send(f":ben!b@h KICK #general ana :{reason}")
        self.until(lambda: "removed" in "".join(self.bar_texts()) and bool(self.bar.winfo_ismapped()))

    def test_the_bar_says_who_removed_the_user_and_the_history_stays(self) -> None:
        self.kick("off topic")
        self.assertEqual(self.bar_texts(), ["ben removed you", "Reason: off topic"])
        self.assertIn("last warning", self.text())
        self.until(lambda: self.prompt() == "You are not in #general any more")
        self.until(lambda: "(removed)" in drawn_texts(self.window.sidebar.rows.canvas))

    def test_its_button_joins_again_and_then_it_is_hidden(self) -> None:
        self.kick("off topic")
        self.bar.button.invoke()
        self.until(lambda: self.server.received("JOIN #general"))
        self.join("#general", "@ben dee")
        self.until(lambda: not self.bar.winfo_ismapped())
        self.until(lambda: self.prompt() == "Write to #general")

    def test_joining_while_banned_shows_the_ban_in_the_bar(self) -> None:
        self.kick("off topic")
        self.bar.button.invoke()
        self.until(lambda: self.server.received("JOIN #general"))
        self.server.send(":s 474 ana #general :Cannot join channel (+b)")
        banned = "You cannot join #general: you are banned."
        self.until(lambda: self.bar_texts() == ["ben removed you", banned])

    def test_a_channel_that_one_was_removed_from_does_not_explain_how_to_send(self) -> None:
        strip = self.window.pane.composer.strip
        self.assertTrue(strip._hint_text)
        self.server.send(":op!o@h KICK #general ana :spam")
        self.until(lambda: self.conversation("#general").removal is not None)
        self.until(lambda: not strip._hint_text)

    def test_a_message_to_a_channel_after_a_removal_is_refused_and_stays(self) -> None:
        self.kick("off topic")
        self.write("but why?")
        self.assertEqual(self.window.pane.composer.text, "but why?")

    def test_while_disconnected_the_bar_is_about_the_connection(self) -> None:
        self.kick("off topic")
        self.server.hang_up()
        self.until(lambda: "No connection." in self.bar_texts()[0])


class ReturnedCommandTest(WindowCase):
    """A command that the server refuses returns to the composer to be corrected."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.composer = self.window.pane.composer

    def test_a_refused_command_returns_to_the_field_with_the_reason_below(self) -> None:
        self.write("/kick ben too loud")
        self.until(lambda: self.server.received("KICK #general ben"))
        self.server.send(":s 482 ana #general :You're not channel operator")
        self.until(lambda: self.composer.text == "/kick ben too loud")
        self.assertEqual(self.window.pane._problem, "Only operators of #general can do that.")

    def test_text_typed_meanwhile_stays(self) -> None:
        self.write("/kick ben too loud")
        self.until(lambda: self.server.received("KICK #general ben"))
        self.composer.insert("next words")
        self.server.send(":s 482 ana #general :You're not channel operator")
        self.wait_for_text("Only operators of #general")
        self.assertEqual(self.composer.text, "next words")

    def test_in_another_conversation_it_becomes_the_draft(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("help"))
        self.write("/kick ben too loud")
        self.until(lambda: self.server.received("KICK #general ben"))
        self.client.open(self.conversation("#help"))
        self.until(lambda: self.shown() == "#help")
        self.server.send(":s 482 ana #general :You're not channel operator")
        self.until(lambda: self.conversation("#general").draft == "/kick ben too loud")
        self.assertEqual(self.composer.text, "")


class ReturnedMessageTest(WindowCase):
    """A message whose files could not be sent returns to the composer."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.refusing = threading.Event()
        files = FileServer()
        self.addCleanup(files.close)
        self.addCleanup(self.refusing.set)
        files.fault(self.refuse_later)
        self.server.send(f":s 005 ana soju.im/FILEHOST={files.url}/up :are supported")
        self.until(lambda: self.client.files.can_send(self.client.network))
        self.general = self.conversation("#general")
        self.composer = self.window.pane.composer
        self.file = self.client.files.attach(self.general, b"12345", "plan.pdf")

    def refuse_later(self, handler: Handler, request: Received) -> bool:
        self.refusing.wait(PATIENCE)
        handler.reply(507, b"")
        return True

    def test_its_text_stands_before_what_is_written_and_its_file_is_there(self) -> None:
        self.write("look")
        self.until(lambda: bool(self.general.pending()))
        self.composer.insert("next words")
        self.refusing.set()
        self.until(lambda: self.composer.text == "look\nnext words")
        self.assertEqual(self.window.pane._problem, self.file.problem)
        self.assertEqual(self.client.files.attachments(self.general), (self.file,))

    def test_in_another_conversation_it_becomes_the_draft(self) -> None:
        self.join("#help", "ben")
        self.until(lambda: self.row("help"))
        self.write("look")
        self.until(lambda: bool(self.general.pending()))
        self.client.open(self.conversation("#help"))
        self.until(lambda: self.shown() == "#help")
        self.general.draft = "next words"
        self.refusing.set()
        self.until(lambda: self.general.draft == "look\nnext words")
        self.assertEqual(self.composer.text, "")
