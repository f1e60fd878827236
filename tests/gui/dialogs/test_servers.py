"""Several servers in one window: the rail, switching, adding, removing."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable

from chatapp.client.login import Login
from chatapp.client.model.changes import ConnectFailed
from chatapp.client.model.network import Network
from chatapp.client.transport.certificates import CertificateProblem
from chatapp.gui.dialogs.jump_dialog import JumpDialog
from chatapp.gui.dialogs.servers import NARROW
from chatapp.gui.main import drafts
from chatapp.gui.main.notification_controller import NotificationController, NotificationHandlers
from chatapp.gui.main.server_tiles import ServerTile
from chatapp.gui.widgets.icon_menu import IconMenu
from chatapp.gui.widgets.list_row import ListRow
from chatapp.protocol.timestamps import iso_of_seconds
from chatapp.system.notice import Notice
from tests.gui.canvas import rows_of
from tests.gui.recording_notifier import RecordingNotifier
from tests.gui.scripted_server import ScriptedServer
from tests.gui.window_case import CAPABILITIES, WindowCase


class ServersTest(WindowCase):
    """Ana is on Room12 and on Club, which is shown."""

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.room = self.client.network
        self.other = ScriptedServer()
        self.addCleanup(self.other.close)
        self.window.servers.add()
        self.window.connect_controller.connect(Login("127.0.0.1", self.other.port, "ana"))
        self.welcome_to("Club", self.other)
        self.until(lambda: self.client.network is not self.room and self.shown() == "#general")
        self.club = self.client.network
        self.settle()

    def end(self) -> None:
        if hasattr(self, "other"):
            self.other.hang_up()
        super().end()

    def welcome_to(self, name: str, server: ScriptedServer) -> None:
        self.until(lambda: server.received("USER"))
        server.send(f"CAP * LS :{CAPABILITIES}")
        self.until(lambda: server.received("CAP REQ"))
        server.send(f"CAP * ACK :{CAPABILITIES}")
        self.until(lambda: server.received("CAP END"))
        server.send(
            ":s 001 ana :Welcome",
            f":s 005 ana NETWORK={name} CHANTYPES=# PREFIX=(ov)@+ :are supported",
            ":s 422 ana :-",
            ":ana!a@h JOIN #general",
            ":s 353 ana = #general :ana @zoe",
            ":s 366 ana #general :End",
        )

    def tile(self, network: Network) -> ServerTile:
        return next(each for each in self.window.servers.tiles() if each.network is network)

    def names(self) -> list[str]:
        return [each.name for each in self.window.servers.tiles()]

    def chat_menu(self) -> list[str]:
        self.window.sidebar.network_header.name.invoke()
        self.settle()
        [menu] = [each for each in self.root.winfo_children() if isinstance(each, IconMenu)]
        labels = [each.label for each in menu.items if each.label]
        menu.close()
        return labels

    # the rail

    def test_jump_to_finds_the_other_server_by_its_name(self) -> None:
        self.window.overlays.jump("Room12")
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        self.focus(dialog.entry)
        self.press(dialog.entry, "<Return>")
        self.until(lambda: self.client.network is self.room)
        self.assertFalse(dialog.winfo_exists())

    def test_the_rail_appears_with_the_second_server_and_goes_with_it(self) -> None:
        rail = self.window.servers.rail
        self.assertTrue(rail.winfo_ismapped())
        self.window.servers.remove(self.club)
        self.window.poll()
        self.settle()
        self.assertFalse(rail.winfo_ismapped())
        self.assertIn("Add a server…", self.chat_menu())

    def test_in_a_narrow_window_the_servers_are_in_the_menu_of_the_chat(self) -> None:
        self.assertNotIn("Add a server…", self.chat_menu())
        self.size(NARROW - 20, 500)
        self.until(lambda: not self.window.servers.rail.winfo_ismapped())
        labels = self.chat_menu()
        for label in ("Room12", "Club", "Add a server…", "Remove Club…"):
            self.assertIn(label, labels)

    def test_in_a_narrow_window_a_badge_counts_what_is_in_the_menu(self) -> None:
        badge = self.window.sidebar.network_header.elsewhere
        self.say("ben", "ana: look at this")
        self.until(lambda: self.tile(self.room).important == 1)
        self.assertFalse(badge.winfo_ismapped())
        self.size(NARROW - 20, 500)
        self.until(lambda: bool(badge.winfo_ismapped()))
        self.assertEqual(badge.cget("text"), "1")
        self.window.servers.go(self.room)
        self.settle()
        self.assertFalse(badge.winfo_ismapped())

    def test_a_message_for_another_server_changes_only_its_tile_and_the_title(self) -> None:
        before = self.text()
        self.say("ben", "ana: look at this")
        self.until(lambda: self.tile(self.room).important == 1)
        self.assertEqual(self.text(), before)
        self.until(lambda: self.root.title() == "(1) #general — Club")

    def test_a_notification_of_another_server_names_it_and_a_click_shows_its_message(self) -> None:
        shown: list[Notice] = []
        clicks: list[Callable[[str], object]] = []

        def make(on_click: Callable[[str], object]) -> RecordingNotifier:
            clicks.append(on_click)
            return RecordingNotifier(shown)

        self.window.notifications.stop()
        self.window.notifications = NotificationController(
            self.root,
            self.client,
            self.settings,
            NotificationHandlers(self.window.open_message, lambda network: self.tile(network).label),
            make,
        )
        at = iso_of_seconds(time.time())
        self.server.send(f"@time={at};msgid=look :ben!b@h PRIVMSG ana :look at this")
        self.until(lambda: bool(shown))
        self.assertEqual(shown[0][1:], ("ben — Room12", "look at this"))
        self.assertIs(self.client.network, self.club)
        clicks[0](shown[0].key)
        self.until(lambda: self.client.network is self.room and self.shown() == "ben")
        self.wait_for_text("look at this")

    def test_what_is_said_where_one_was_on_another_server_stays_unread(self) -> None:
        self.say("ben", "one")
        self.until(lambda: self.tile(self.room).has_news)
        self.assertEqual(self.tile(self.room).badge, "")

    def test_a_lost_server_in_the_background_has_a_ring_and_no_bar_in_the_window(self) -> None:
        self.other.send(":zoe!z@h PRIVMSG #general :hello")
        self.wait_for_text("hello")
        self.server.hang_up()
        self.until(lambda: not self.tile(self.room).is_connected)
        self.settle()
        self.assertFalse(self.window.pane.states.has_bar)

    # switching

    def test_one_comes_back_to_the_conversation_and_the_draft(self) -> None:
        self.window.pane.insert_text("half a sentence")
        self.window.servers.go(self.room)
        self.assertEqual((self.window.pane.composer.text, self.shown()), ("", "#general"))
        self.window.pane.insert_text("for the room")
        self.window.servers.go(self.club)
        self.assertEqual(self.window.pane.composer.text, "half a sentence")
        general = self.room.find("#general")
        assert general is not None
        self.assertEqual(drafts.load(general).text, "for the room")

    def test_one_comes_back_to_the_message_that_one_was_reading(self) -> None:
        for number in range(80):
            self.other.send(f":zoe!z@h PRIVMSG #general :message {number}")
        self.wait_for_text("message 79")
        view = self.window.pane.transcript.view
        self.settle()
        view.scroll_pages(-2)
        self.settle()
        top = view.text.get("@0,0 linestart", "@0,0 lineend")
        self.assertIn("message", top)
        self.window.servers.go(self.room)
        self.assertNotIn("message 79", self.text())
        self.other.send(":zoe!z@h PRIVMSG #general :one more")
        self.until(lambda: self.tile(self.club).has_news)
        self.window.servers.go(self.club)
        self.assertEqual(view.text.get("@0,0 linestart", "@0,0 lineend"), top)

    def test_everything_in_the_window_belongs_to_the_shown_server(self) -> None:
        self.assertEqual(self.window.sidebar.network_header.name.cget("text"), "Club")
        self.window.servers.go(self.room)
        self.settle()
        self.assertEqual(self.window.sidebar.network_header.name.cget("text"), "Room12")
        self.write("hello room")
        self.until(lambda: self.server.received("@label"))
        self.assertFalse(self.other.received("@label"))

    def test_control_and_alt_with_a_digit_go_to_a_server(self) -> None:
        self.key("<Control-Alt-Key-1>")
        self.assertIs(self.client.network, self.room)
        self.key("<Control-Alt-Key-2>")
        self.assertIs(self.client.network, self.club)
        self.key("<Control-Alt-Key-9>")
        self.assertIs(self.client.network, self.club)
        self.assertEqual(self.window.pane.composer.text, "")

    def test_what_is_open_about_one_server_closes_when_another_is_shown(self) -> None:
        """Else its buttons would act on the wrong server."""
        self.window.overlays.ask_away()
        self.window.settings_controller.open()
        self.settle()
        self.window.servers.go(self.room)
        self.settle()
        dialogs = [each for each in self.root.winfo_children() if isinstance(each, tk.Toplevel)]
        self.assertEqual([each for each in dialogs if each.winfo_viewable()], [])
        self.assertIsNone(self.window.settings_controller.window)

    def ban_zoe_and_leave(self) -> None:
        """Ban Zoe on Club, and show Room12 before Club has answered."""
        self.other.send(":zoe!z@zoe.example MODE #general +o ana", ":zoe!z@zoe.example PRIVMSG #general :hi")
        general = self.club.conversations["#general"]
        self.until(lambda: general.members["ana"].ranks == "@")
        self.club.person("zoe").host = "zoe.example"
        self.window.people_actions.moderation.moderate("zoe", "ban")
        dialog = self.window.people_actions.moderation.dialog
        assert dialog is not None
        dialog.action_button.invoke()
        self.until(lambda: self.other.received("PING order-1"))
        self.window.servers.go(self.room)
        self.until(lambda: not dialog.winfo_exists())

    def test_what_was_decided_on_another_server_is_undone_there(self) -> None:
        self.ban_zoe_and_leave()
        self.other.send(":s PONG s order-1")
        self.until(lambda: self.other.received("PING order-2"))
        self.other.send(":s PONG s order-2")
        notice = self.window.pane.undo_notice
        self.until(lambda: bool(notice.winfo_manager()))
        self.settle()
        shown = [str(each.cget("text")) for each in notice.winfo_children() if each.winfo_class() == "TLabel"]
        self.assertIn("Club · 8 s to undo", shown)
        notice.take_back()
        self.until(lambda: self.other.received("@label=order-3 MODE #general -b *!*@zoe.example"))

    def test_what_another_server_has_refused_is_told_with_its_name(self) -> None:
        self.ban_zoe_and_leave()
        self.other.send(
            "@label=order-1 :s 482 ana #general :You're not channel operator", ":s PONG s order-1"
        )
        strip = self.window.pane.composer.strip
        self.until(lambda: str(strip.label.cget("text")).startswith("Club: "))

    def test_a_notice_of_another_server_cannot_undo_here(self) -> None:
        self.window.people_actions.toggle_ignored("zoe")
        self.window.servers.go(self.room)
        self.assertFalse(self.window.pane.undo_notice.winfo_manager())

    # finding

    def test_the_search_finds_messages_of_all_servers_and_a_hit_leads_there(self) -> None:
        self.say("ben", "the chess board is broken")
        self.other.send(":zoe!z@h PRIVMSG #general :bring a chess clock")
        self.wait_for_text("chess clock")
        self.until(lambda: self.tile(self.room).has_news)
        self.window.commands.open_search("chess")
        self.settle()
        found = self.window.search.pane.hits.text.get("1.0", "end")
        for text in ("#general · Room12", "#general · Club", "board is broken", "chess clock"):
            self.assertIn(text, found)
        [hit] = [each for each in self.window.search.pane.hits._hits if each.network is self.room]
        self.window.search._open_hit(hit)
        self.until(lambda: self.client.network is self.room and "board is broken" in self.text())
        self.assertIn("chess clock", self.window.search.pane.hits.text.get("1.0", "end"))

    def test_jump_to_finds_conversations_of_all_servers_with_their_names(self) -> None:
        self.window.overlays.jump()
        dialog = self.window.overlays.dialog
        assert isinstance(dialog, JumpDialog)
        rows = [each for each in rows_of(dialog.rows) if isinstance(each, ListRow) and each.text == "general"]
        self.assertEqual(len(rows), 2)
        self.assertTrue(any("Room12" in each.note for each in rows))
        self.assertTrue(any("Club" in each.note for each in rows))
        dialog.close()

    # order, muting, reading

    def test_the_order_and_what_is_muted_are_stored(self) -> None:
        self.window.servers.move(self.club, 0)
        self.window.servers.mute(self.room)
        self.assertEqual(self.names(), ["Club", "Room12"])
        keys = [f"127.0.0.1:{self.other.port}", f"127.0.0.1:{self.server.port}"]
        self.assertEqual(self.settings.chats, keys)
        self.assertEqual([self.settings.logins[each].get("muted", False) for each in keys], [False, True])

    def test_all_conversations_of_a_server_can_be_marked_as_read(self) -> None:
        self.say("ben", "ana: hello")
        self.until(lambda: self.tile(self.room).important == 1)
        self.window.servers.mark_read(self.room)
        self.assertEqual(self.tile(self.room).badge, "")

    # adding

    def test_a_server_that_is_being_added_has_no_tile_until_it_is_online(self) -> None:
        third = ScriptedServer()
        self.addCleanup(third.close)
        self.window.servers.add()
        self.window.connect_controller.connect(Login("127.0.0.1", third.port, "ana"))
        self.until(lambda: third.received("USER"))
        self.assertEqual(self.names(), ["Room12", "Club"])
        self.assertIs(self.client.network, self.club)
        dialog = self.window.connect_controller.dialog
        assert dialog is not None
        dialog.close()
        self.assertEqual(len(self.client.networks), 2)

    def test_a_failure_to_add_stands_in_the_dialog_and_the_server_can_be_corrected(self) -> None:
        dialog = self.window.connect_controller.add()
        self.window.connect_controller.connect(Login("127.0.0.1", 1, "ana"))
        self.until(lambda: "disabled" not in dialog.deed.state())
        third = ScriptedServer()
        self.addCleanup(third.close)
        self.window.connect_controller.connect(Login("127.0.0.1", third.port, "ana"))
        self.welcome_to("Lab", third)
        self.until(lambda: self.names() == ["Room12", "Club", "Lab"])
        self.until(lambda: self.client.network.name == "Lab")
        self.assertFalse(dialog.winfo_exists())
        third.hang_up()

    def test_connecting_to_another_server_never_gives_up_the_present_one(self) -> None:
        third = ScriptedServer()
        self.addCleanup(third.close)
        self.window.connect_controller.connect(Login("127.0.0.1", third.port, "ana"))
        self.welcome_to("Lab", third)
        self.until(lambda: self.names() == ["Room12", "Club", "Lab"])
        self.assertEqual(self.club.state, "online")
        third.hang_up()

    # removing

    def test_removing_the_shown_one_shows_its_neighbour_and_can_be_undone(self) -> None:
        self.window.pane.insert_text("a draft")
        self.window.servers.remove(self.club)
        self.assertEqual((self.names(), self.client.network), (["Room12"], self.room))
        self.assertNotIn(f"127.0.0.1:{self.other.port}", self.settings.chats)
        self.window.pane.undo()
        self.assertEqual((self.names(), self.client.network), (["Room12", "Club"], self.club))
        self.assertEqual(self.window.pane.composer.text, "a draft")
        self.welcome_to("Club", self.other)
        self.until(lambda: self.tile(self.club).is_connected)

    def test_a_removed_server_is_forgotten_when_it_cannot_be_undone_any_more(self) -> None:
        self.window.pane.insert_text("a draft")
        self.window.servers.remove(self.club)
        self.window.pane.undo_notice.end()
        key = f"127.0.0.1:{self.other.port}"
        self.assertFalse([each for each in self.settings.drafts if each.startswith(key)])
        self.assertNotIn(key, self.settings.servers)

    def test_removing_the_last_one_leaves_an_empty_window_that_can_connect(self) -> None:
        self.window.servers.remove(self.club)
        self.window.servers.remove(self.room)
        self.window.poll()
        self.assertEqual(self.settings.chats, [])
        self.assertIsNone(self.window.pane.conversation)
        self.until(lambda: self.window.pane.states.has_page)

    def test_one_that_is_just_connecting_can_be_removed(self) -> None:
        self.server.hang_up()
        self.until(lambda: self.room.state == "waiting")
        self.client.reconnect_now(self.room)
        self.until(lambda: self.room.state != "waiting")
        self.window.servers.remove(self.room)
        self.assertEqual(self.names(), ["Club"])

    # questions

    def test_a_certificate_question_of_a_background_server_waits_on_its_tile(self) -> None:
        problem = CertificateProblem("changed", "127.0.0.1", self.server.port, "ab" * 32)
        self.client.disconnect(network=self.room)
        failed = ConnectFailed("certificate", "It has changed.", "", problem, network=self.room)
        self.window.connect_controller.show_failed(failed)
        self.window.poll()
        self.assertIsNone(self.window.connect_controller.dialog)
        self.assertEqual(self.tile(self.room).badge, "!")
        self.window.servers.go(self.room)
        dialog = self.window.connect_controller.dialog
        assert dialog is not None
        self.assertTrue(dialog.certificate_panel.winfo_manager())
        self.assertEqual(self.tile(self.room).badge, "")
        dialog.close()
