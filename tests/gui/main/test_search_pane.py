"""The search pane and its keys."""

from __future__ import annotations

from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit
from chatapp.gui.main.search_empty import SearchEmptiness
from chatapp.gui.main.search_hit_files import FileDoors
from chatapp.gui.main.search_pane import SearchHandlers, SearchPane
from tests.gui.base import WindowTest


class SearchPaneTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.calls: list[object] = []
        handlers = SearchHandlers(
            on_text=lambda text: self.calls.append(("text", text)),
            on_enter=lambda: self.calls.append("enter"),
            on_pick=lambda name: None,
            on_remove=lambda name: None,
            on_open=lambda hit: self.calls.append("open"),
            on_more=lambda: None,
            on_visible=lambda hits: None,
            on_suggestion=lambda word: None,
            on_without_filters=lambda: None,
            on_scroll=lambda pages: self.calls.append(("scroll", pages)),
            on_close=lambda: self.calls.append("close"),
        )
        files = FileDoors(lambda network, link: None, lambda network, link: None)
        self.pane = SearchPane(self.root, self.theme, handlers, files, now=lambda: 1e9)
        self.pane.pack(fill="both", expand=True)
        self.settle()

    def show_hits(self, count: int) -> None:
        hits = [
            SearchHit(Network(), "#lab", Entry(n, "message", 1e9 - n, "ben", f"hit {n}"))
            for n in range(count)
        ]
        self.pane.show_hits(hits, None, twelve_hours=False)
        self.settle()

    def test_keys_of_the_field(self) -> None:
        self.show_hits(3)
        entry = self.pane.field.entry
        self.focus(entry)
        self.press(entry, "<Return>", "<Next>", "<Prior>", "<Escape>")
        self.assertEqual(["enter", ("scroll", 1), ("scroll", -1), "close"], self.calls)
        self.press(entry, "<Down>", "<Down>")
        self.pane.hits.open_chosen()
        self.assertEqual("open", self.calls[-1])
        self.assertIn("hit 2", self.pane.hits.text.get(*self.pane.hits.text.tag_ranges("now")[:2]))

    def test_escape_on_the_hits_closes_too(self) -> None:
        self.show_hits(1)
        self.focus(self.pane.hits.text)
        self.press(self.pane.hits.text, "<Escape>")
        self.assertEqual(["close"], self.calls)

    def test_hits_or_the_reason_why_there_are_none_are_shown(self) -> None:
        self.pane.show_empty(SearchEmptiness("Nothing found"))
        self.settle()
        self.assertTrue(self.pane.empty.winfo_ismapped())
        self.show_hits(1)
        self.assertEqual((False, True), (self.pane.empty.winfo_ismapped(), self.pane.hits.winfo_ismapped()))

    def test_a_note_stands_above_the_hits(self) -> None:
        self.pane.show_note("This server cannot search.")
        self.settle()
        self.assertTrue(self.pane._note.winfo_ismapped())
        self.pane.show_note("")
        self.settle()
        self.assertFalse(self.pane._note.winfo_ismapped())

    def test_a_low_pane_with_large_text_gives_its_room_to_the_hits(self) -> None:
        self.show_hits(3)
        self.size(520, 360)
        self.settle()
        self.assertTrue(self.pane._title.winfo_ismapped() and self.pane._keys.winfo_ismapped())
        self.theme.zoom(24)
        self.settle()
        self.assertFalse(self.pane._title.winfo_ismapped() or self.pane._keys.winfo_ismapped())
        close, field = self.pane.close_button, self.pane.field
        self.assertGreaterEqual(close.winfo_x(), field.winfo_x() + field.winfo_width())
        self.assertLessEqual(close.winfo_x() + close.winfo_width(), self.pane.winfo_width())
        self.theme.zoom(11)
        self.settle()
        self.assertTrue(self.pane._title.winfo_ismapped() and self.pane._keys.winfo_ismapped())

    def test_where_there_is_little_room_whole_keys_are_left_out(self) -> None:
        self.show_hits(1)
        self.size(320, 600)
        self.settle()
        self.assertEqual(str(self.pane._keys.cget("text")), "↑ ↓ next hit   Enter opens")
