"""One window on two real servers at once: mentions on both, a lost server, removing, and the next start."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path

from chatapp.client.client import Client
from chatapp.client.local.settings import Settings
from chatapp.client.login import Login
from chatapp.client.model.network import Network
from chatapp.client.transport.certificates import TrustedCertificates
from chatapp.gui.main.server_tiles import ServerTile
from chatapp.gui.theme.theme import Theme
from chatapp.gui.window import Window
from tests.live.base import RawClient, ServerProcess
from tests.live.test_window import PATIENCE, LiveWindowTest


class SeveralServersTest(LiveWindowTest):
    """Ana on the servers "Room 12" and "Chess Club"; the second one is shown."""

    def setUp(self) -> None:
        super().setUp()
        self.room = self.start_named("Room 12", self.folder / "room")
        self.club = self.start_named("Chess Club", self.folder / "club")
        self.settings = Settings(name="ana", place="1100x700+0+0")
        self.window_of_ana = window = self.open_with(self.settings)
        window.connect_controller.connect(self.login(self.room))
        self.until(lambda: self.shown(window) == ("Room 12", "#general"), PATIENCE)
        window.servers.add()
        window.connect_controller.connect(self.login(self.club))
        self.until(lambda: self.shown(window) == ("Chess Club", "#general"), PATIENCE)

    def start_named(self, name: str, folder: Path) -> ServerProcess:
        """Start a server with this name of the chat."""
        folder.mkdir(exist_ok=True)
        (folder / "chat.toml").write_text(f'[server]\nnetwork = "{name}"\n', "utf-8")
        server = ServerProcess(folder / "data", "--config", str(folder / "chat.toml"))
        self.addCleanup(self._end, server)
        return server

    def open_with(self, settings: Settings) -> Window:
        """Open a window with these settings."""
        client = Client(self.folder / "log", TrustedCertificates())
        window = Window(self.root, self.theme, client, settings, Login("", nick="ana"), lambda settings: None)
        self.addCleanup(self.end, window)
        window.start()
        return window

    def login(self, server: ServerProcess) -> Login:
        return Login("127.0.0.1", server.port, "ana")

    def person(self, nick: str, server: ServerProcess) -> RawClient:
        """Return somebody who is in #general of this server."""
        client = RawClient(server.port)
        self.addCleanup(client.close)
        client.send(f"NICK {nick}", f"USER {nick} 0 * :{nick}", "JOIN #general")
        client.settle()
        return client

    def shown(self, window: Window) -> tuple[str, str]:
        conversation = window.pane.conversation
        return window.client.network.name, conversation.name if conversation else ""

    def tile(self, name: str) -> ServerTile:
        return next(each for each in self.window_of_ana.servers.tiles() if each.name == name)

    def network(self, name: str) -> Network:
        return self.tile(name).network

    def test_mentions_on_both_are_counted_on_their_tiles_and_in_the_title(self) -> None:
        window = self.window_of_ana
        ben, zoe = self.person("ben", self.room), self.person("zoe", self.club)
        window.client.join("#quiet")
        self.until(lambda: self.shown(window) == ("Chess Club", "#quiet"), PATIENCE)
        ben.send("PRIVMSG #general :ana: the slides are here", "PRIVMSG ana :and a word to you alone")
        zoe.send("PRIVMSG #general :ana, your move")
        self.until(lambda: self.tile("Room 12").important == 2, PATIENCE)
        self.until(lambda: window.root.title() == "(3) #quiet — Chess Club", PATIENCE)
        self.assertEqual(self.tile("Chess Club").badge, "", "the sidebar tells what is new there")
        window.servers.go(self.network("Room 12"))
        self.assertEqual(self.shown(window), ("Room 12", "#general"))
        self.assertIn("the slides are here", self.text(window))
        self.assertNotIn("your move", self.text(window))
        self.assertEqual(self.tile("Chess Club").important, 1)
        self.write(window, "thank you")
        self.assertIn("thank you", str(ben.until("PRIVMSG")))

    def test_a_lost_server_reconnects_by_itself_while_the_other_is_used(self) -> None:
        window = self.window_of_ana
        port = self.room.port
        self.room.kill()
        self.until(lambda: not self.tile("Room 12").is_connected, PATIENCE)
        zoe = self.person("zoe", self.club)
        zoe.send("PRIVMSG #general :still here")
        self.wait_for_text("still here", window)
        again = ServerProcess(
            self.folder / "room" / "data", "--config", str(self.folder / "room" / "chat.toml"), port=port
        )
        self.addCleanup(self._end, again)
        self.until(lambda: self.tile("Room 12").is_connected, PATIENCE)
        self.assertEqual(self.shown(window)[0], "Chess Club")

    def test_the_next_window_connects_both_again_in_their_order(self) -> None:
        self.window_of_ana.servers.move(self.network("Chess Club"), 0)
        self.window_of_ana.end(keep_server=False)
        self.root = tk.Tk()
        self.theme = Theme(self.root, "dark")
        window = self.window_of_ana = self.open_with(self.settings)
        self.assertTrue(window.servers.resume())
        self.until(lambda: all(each.is_connected for each in window.servers.tiles()), PATIENCE)
        self.assertEqual([each.name for each in window.servers.tiles()], ["Chess Club", "Room 12"])
        self.until(lambda: self.shown(window) == ("Chess Club", "#general"), PATIENCE)

    def test_a_server_that_is_added_twice_is_found_again(self) -> None:
        window = self.window_of_ana
        dialog = window.connect_controller.add()
        window.connect_controller.connect(self.login(self.room))
        self.until(lambda: not dialog.winfo_exists(), PATIENCE)
        self.assertEqual(self.shown(window), ("Room 12", "#general"))
        self.assertEqual([each.name for each in window.servers.tiles()], ["Room 12", "Chess Club"])
