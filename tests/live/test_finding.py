"""A window on a server with 3,000 messages of two days: one of yesterday is found, and read on from there."""

from __future__ import annotations

import time
import tkinter as tk
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from chatapp.client.login import Login
from chatapp.gui.window import Window
from chatapp.server.state.channel import Channel
from chatapp.server.state.message_ids import first_id
from chatapp.server.storage import channel_rows, data_folder, message_rows
from chatapp.server.storage.database import Database
from tests.bench import servers
from tests.live.base import RawClient
from tests.live.test_window import PATIENCE, LiveWindowTest

MESSAGES = 3000
TWO_DAYS = 2 * 86_400_000  # milliseconds
FOUND = 700  # number of the message that is looked for; it is of yesterday
CAPS = "message-tags server-time"


class FindingTest(LiveWindowTest):
    CONFIG = "[limits]\nflood_per_second = 0"

    def setUp(self) -> None:
        super().setUp()
        self.write_history()
        self.start()
        self.ana = self.window("ana")
        self.ben = self.enter("ben", CAPS, "#general")
        self.view = self.ana.pane.transcript.view

    def write_history(self) -> None:
        """Write messages into the database, as the server would have written them."""
        self.data.mkdir(parents=True)
        store = Database(self.data / data_folder.DATABASE)
        start = int(time.time() * 1000) - TWO_DAYS
        rows = [channel_rows.upsert(Channel(1, "#general", start))]
        for number in range(MESSAGES):
            at = start + number * (TWO_DAYS // (MESSAGES + 10))
            text = f"message {number}" + (" about the timeout" if number == FOUND else "")
            source = f"{('dee', 'chen', 'mira')[number // 3 % 3]}!u@h"
            rows.append(message_rows.insert_burst(first_id(at), "#1", at, source, "", number, [text]))
        store.write(rows)
        store.close()

    def search(self, words: str, count: str) -> None:
        """Search everything with the keyboard, and wait until so many messages are found."""
        entry = self.ana.search.pane.field.entry
        self.press_in_composer("<Control-Shift-f>")
        self.focus(entry)
        entry.insert(0, words)
        self.press(entry, "<Return>")
        self.until(lambda: self.count() == count, PATIENCE)

    def find(self, words: str) -> None:
        """Search everything with the keyboard, and open the only hit."""
        self.search(words, "1 message")
        self.press(self.ana.search.pane.field.entry, "<Return>")
        self.until(lambda: self.ana.pane.past_bar.winfo_ismapped() == 1, PATIENCE)

    def press_in_composer(self, *events: str) -> None:
        self.focus(self.ana.pane.composer.field)
        self.press(self.ana.pane.composer.field, *events)

    def count(self) -> str:
        return str(self.ana.search.pane.field.right.cget("text"))

    def numbers(self) -> list[int]:
        """Return the numbers of the messages in the transcript, in order."""
        words = [line.split() for line in self.text(self.ana).splitlines() if line.startswith("message ")]
        return [int(each[1]) for each in words]

    def read(self, pages: int) -> None:
        """Scroll by pages until nothing more comes: nothing may be missing or doubled on the way."""
        end = pages > 0
        before: list[int] = []
        while self.general(self.ana).past is not None or not end:
            self.view.scroll_pages(pages)
            self.settle()
            shown = self.numbers()
            self.assertEqual(list(range(shown[0], shown[-1] + 1)), shown)
            if shown[0] == 0 and not end:
                return
            before = shown
        self.assertTrue(before)

    def test_a_hit_of_yesterday_is_opened_and_one_reads_on_from_it_in_both_directions(self) -> None:
        self.find("the timeout")
        self.assertIn(FOUND, self.numbers())
        self.assertIn("message 700 about the timeout", self.lines_with("hit_now"))
        self.ben.send("PRIVMSG #general :while she reads")
        self.until(lambda: self.general(self.ana).unread == 1, PATIENCE)
        self.assertNotIn("while she reads", self.text(self.ana))
        self.read(-1)
        self.ben.send("PRIVMSG #general :and another one")
        self.until(lambda: self.general(self.ana).unread == 2, PATIENCE)
        self.read(1)
        self.assertFalse(self.ana.pane.past_bar.winfo_ismapped())
        texts = [text for _, text in self.messages(self.general(self.ana))]
        expected = [f"message {number}" for number in range(MESSAGES)]
        expected[FOUND] += " about the timeout"
        self.assertEqual([*expected, "while she reads", "and another one"], texts)

    def test_back_to_now_shows_what_came_meanwhile(self) -> None:
        self.find("the timeout")
        self.ben.send("PRIVMSG #general :while she reads")
        self.until(lambda: self.general(self.ana).unread == 1, PATIENCE)
        self.ana.pane.past_bar.button.invoke()
        self.wait_for_text("while she reads", self.ana)
        self.assertNotIn(FOUND, self.numbers())
        self.until(lambda: self.general(self.ana).unread == 0, PATIENCE)

    def test_what_the_user_writes_leads_back_to_now(self) -> None:
        self.find("the timeout")
        self.write(self.ana, "I am here")
        self.wait_for_text("I am here", self.ana)
        self.assertIsNone(self.general(self.ana).past)

    def test_find_in_the_conversation_steps_to_what_is_not_loaded(self) -> None:
        self.press_in_composer("<Control-f>")
        entry = self.ana.pane.find_bar.field.entry
        self.focus(entry)
        entry.insert(0, "the timeout")
        self.until(lambda: "1" in str(self.ana.pane.find_bar.field.right.cget("text")), PATIENCE)
        self.press(entry, "<Return>")
        self.until(lambda: self.general(self.ana).past is not None, PATIENCE)
        self.until(lambda: "message 700 about the timeout" in self.lines_with("hit_now"), PATIENCE)

    def test_the_server_suggests_a_better_spelling_of_a_word_that_is_not_loaded(self) -> None:
        self.search("tiemout", "0 messages")
        empty = self.ana.search.pane.empty
        self.assertEqual("Did you mean “timeout” (1)?", str(empty.text.cget("text")))
        empty.suggest.invoke()
        self.until(lambda: self.count() == "1 message", PATIENCE)
        self.assertIn("about the timeout", self.ana.search.pane.hits.text.get("1.0", "end"))

    def test_the_server_finds_files_and_links(self) -> None:
        self.ben.send("PRIVMSG #general :the report is http://a.example/report.pdf")
        self.ben.send("PRIVMSG #general :look at https://a.example/page")
        self.wait_for_text("look at", self.ana)
        self.search("has:file", "1 message")
        chips = self.ana.search.pane.chips.chips
        self.press_key(chips["file"], "<Delete>")
        self.press_key(chips["link"], "<Return>")
        self.until(lambda: self.count() == "2 messages", PATIENCE)
        self.press_key(chips["file"], "<Return>")
        self.until(lambda: self.count() == "1 message", PATIENCE)

    def press_key(self, widget: tk.Misc, key: str) -> None:
        self.focus(widget)
        self.press(widget, key)

    def lines_with(self, tag: str) -> str:
        """Return the line with a tag."""
        ranges = self.view.text.tag_ranges(tag)
        return self.view.text.get(f"{ranges[0]} linestart", f"{ranges[0]} lineend") if ranges else ""


@unittest.skipUnless(servers.NGIRCD in servers.chosen(None), "no ngIRCd")
class OtherServerTest(LiveWindowTest):
    def test_on_a_server_without_history_the_loaded_messages_are_searched(self) -> None:
        with TemporaryDirectory() as folder, servers.start(servers.NGIRCD, Path(folder)) as server:
            ana = self.enter_general(server.port)
            ben = RawClient(server.port)
            self.addCleanup(ben.close)
            ben.send("NICK ben", "USER ben 0 * :Ben", "JOIN #general", "PRIVMSG #general :a timeout of 15 s")
            self.wait_for_text("a timeout of 15 s", ana)
            ana.commands.open_search("timeout")
            self.until(lambda: str(ana.search.pane.field.right.cget("text")) == "1 message", PATIENCE)
            self.assertIn("cannot search", str(ana.search.pane._note.cget("text")))
            self.focus(ana.search.pane.field.entry)
            self.press(ana.search.pane.field.entry, "<Return>")
            self.until(lambda: bool(ana.pane.transcript.view.text.tag_ranges("hit_now")), PATIENCE)
            self.assertFalse(ana.pane.past_bar.winfo_ismapped())
            ana.end(keep_server=False)

    def enter_general(self, port: int) -> Window:
        """Open a window that has joined #general."""
        window = self.open("ana")
        window.connect_controller.connect(Login("127.0.0.1", port, "ana", channels=("#general",)))
        self.until(lambda: window.client.network.find("#general") is not None, PATIENCE)
        window.client.open(self.general(window))
        self.until(lambda: window.pane.conversation is self.general(window), PATIENCE)
        return window
