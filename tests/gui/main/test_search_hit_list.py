"""The list of hits, drawn piece by piece."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from chatapp.client.model.files import FileCard
from chatapp.client.model.model import Entry
from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchHit
from chatapp.client.text.occurrences import any_of
from chatapp.gui.main.search_hit_files import FileDoors
from chatapp.gui.main.search_hit_list import MORE, PAGE, SearchHitList
from tests.gui.base import WindowTest
from tests.gui.transcript.files import PREFIX, card, picture, url

NOON = datetime(2026, 3, 12, 12).timestamp()


class HitListTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.size(400, 500)
        self.network = Network()
        self.opened: list[str] = []
        self.visible: list[SearchHit] = []
        self.more = 0
        self.cards: dict[str, FileCard] = {}
        self.wanted: list[str] = []
        self.list = SearchHitList(
            self.root,
            self.theme,
            on_open=lambda hit: self.opened.append(hit.entry.text),
            on_more=self.count_more,
            on_visible=self.visible.extend,
            files=FileDoors(
                known=lambda network, link: self.cards.get(link.id),
                want=lambda network, link: self.wanted.append(link.id),
            ),
            now=lambda: NOON,
        )
        self.list.pack(fill="both", expand=True)
        self.text = self.list.text
        self.settle()

    def count_more(self) -> None:
        self.more += 1

    def hits(self, count: int, place: str = "#lab") -> list[SearchHit]:
        """Return hits, one a minute, newest first."""
        return [
            SearchHit(
                self.network, place, Entry(number, "message", NOON - 60 * number, "ben", f"hit {number}")
            )
            for number in range(count)
        ]

    def show(self, hits: Sequence[SearchHit], keep: bool = False) -> None:
        self.list.show(hits, any_of(["hit"]), False, keep)
        self.settle()

    def content(self) -> str:
        return self.text.get("1.0", "end-1c")

    def chosen(self) -> str:
        ranges = self.text.tag_ranges("now")
        return self.text.get(*ranges[:2]) if ranges else ""

    def test_hits_stand_under_conversation_and_day(self) -> None:
        self.show([*self.hits(2), *self.hits(1, "#python")])
        lines = [line.strip() for line in self.content().splitlines()]
        self.assertEqual("#lab\tToday", lines[0])
        self.assertEqual(1, lines.count("#lab\tToday"))
        self.assertIn("#python\tToday", lines)
        self.assertEqual(3, len(self.text.tag_ranges("hit")) // 2)

    def test_with_several_servers_each_place_names_its_server(self) -> None:
        other = Network()
        hits = self.hits(2)
        hits[1].network = other
        self.list.show(hits, None, False, servers={self.network: "Room 12", other: "Chess Club"})
        lines = [line.strip() for line in self.content().splitlines()]
        self.assertIn("#lab · Room 12\tToday", lines)
        self.assertIn("#lab · Chess Club\tToday", lines)

    def test_arrows_move_the_choice_and_enter_opens_it(self) -> None:
        self.show(self.hits(3))
        self.focus(self.text)
        self.assertIn("hit 0", self.chosen())
        self.press(self.text, "<Down>", "<Down>", "<Down>", "<Up>")
        self.assertIn("hit 1", self.chosen())
        self.press(self.text, "<Return>")
        self.assertEqual(["hit 1"], self.opened)

    def test_a_click_on_a_hit_opens_it_and_one_on_a_place_does_not(self) -> None:
        self.show(self.hits(3))
        for text in ("hit 2", "#lab"):
            box = self.text.bbox(self.text.search(text, "1.0"))
            assert box is not None
            self.text.event_generate("<ButtonRelease-1>", x=box[0] + 2, y=box[1] + 2)
            self.settle()
        self.assertEqual(["hit 2"], self.opened)

    def test_a_line_below_the_last_hit_searches_older_messages(self) -> None:
        self.list.show(self.hits(3), any_of(["hit"]), False, has_more=True)
        self.settle()
        self.assertGreater(self.content().index(MORE), self.content().index("hit 2"))
        box = self.text.bbox(self.text.search(MORE, "1.0"))
        assert box is not None
        self.text.event_generate("<ButtonRelease-1>", x=box[0] + 2, y=box[1] + 2)
        self.settle()
        self.assertEqual((1, []), (self.more, self.opened))

    def file_hit(self, text: str, number: int = 0) -> SearchHit:
        self.network.isupport = {"chatapp/FILES": f"id:{PREFIX},max:1000"}
        return SearchHit(self.network, "#lab", Entry(number, "message", NOON - 60 * number, "ben", text))

    def images(self) -> list[str]:
        return [value for _key, value, _index in self.text.dump("1.0", "end", image=True)]

    def test_a_file_has_a_line_with_its_tile_its_name_and_its_size(self) -> None:
        self.cards = {each.id: each for each in (card("hit-table.pdf", 1),)}
        self.show([self.file_hit(f"With every hit\n{url('hit-table.pdf', 1)}\n{url('b.zip', 2)}")])
        lines = [line.strip() for line in self.content().splitlines()]
        self.assertIn("With every hit", lines)
        self.assertIn("hit-table.pdf   1.8 MB", lines)
        self.assertIn("b.zip", lines)
        self.assertNotIn("https://", self.content())
        self.assertEqual(3, len(self.images()))  # with the avatar
        self.assertEqual(2, len(self.text.tag_ranges("hit")) // 2)

    def test_files_of_hits_in_sight_are_asked_about_and_drawn_again_when_more_is_known(self) -> None:
        hits = [self.file_hit(url(f"{number}.pdf", number), number) for number in range(25)]
        self.show(hits)
        self.until(lambda: bool(self.wanted))
        self.assertLess(len(self.wanted), len(hits))
        known = card("0.pdf", 0)
        self.cards[known.id] = known
        self.list.update_file(known.id)
        self.assertIn("0.pdf   1.8 MB", self.content())
        self.assertIn("0.pdf", self.chosen())
        known.state = "gone"
        self.list.update_file(known.id)
        self.assertIn("0.pdf   No longer kept", self.content())
        self.assertEqual([f"{number}.pdf" for number in range(25)], re.findall(r"\d+\.pdf", self.content()))

    def test_a_picture_has_its_thumbnail(self) -> None:
        shown = card("board.png", 1, media_type="image/png", has_thumbnail=True, thumbnail=picture())
        self.cards[shown.id] = shown
        self.show([self.file_hit(shown.link.url)])
        tile = self.images()[-1]
        self.until(lambda: self.images()[-1] != tile)
        self.assertEqual(str(self.list.files.pictures.image(shown)), self.images()[-1].partition("#")[0])

    def test_a_long_name_of_a_file_stays_on_one_line(self) -> None:
        self.show([self.file_hit(url("m" * 150 + ".pdf"))])
        place = self.text.search("m…", "1.0")
        self.assertEqual(1, self.text.count(f"{place} linestart", f"{place} lineend", "displaylines") or 1)
        self.assertTrue(self.text.get(place, f"{place} lineend").endswith(".pdf"))
        box = self.text.bbox(f"{place} lineend -1c")
        assert box is not None
        self.assertLessEqual(box[0] + box[2], self.text.winfo_width())

    def test_only_a_part_of_many_hits_is_drawn_and_more_on_the_way_down(self) -> None:
        self.show(self.hits(200))
        drawn = self.content().count("ben")
        self.assertLess(drawn, 200)
        self.assertGreaterEqual(drawn, PAGE)
        for _ in range(20):
            self.text.yview_moveto(1)
            self.settle()
        self.assertEqual(200, self.content().count("ben"))
        self.assertGreater(self.more, 0)

    def test_the_keyboard_reaches_hits_that_are_not_drawn_yet(self) -> None:
        self.show(self.hits(100))
        for _ in range(99):
            self.list.step(1)
        self.settle()
        self.assertIn("hit 99", self.chosen())

    def test_neighbours_appear_around_the_hit_that_they_belong_to(self) -> None:
        hits = self.hits(3)
        self.show(hits)
        self.until(lambda: self.visible == hits)
        hits[1].before = Entry(50, "message", NOON, "dee", "before it")
        hits[1].after = Entry(51, "message", NOON, "dee", "after it")
        self.list.update_hit(hits[1])
        hits[0].after = Entry(52, "message", NOON, "dee", "after the first")
        self.list.update_hit(hits[0])
        hits[2].before = Entry(53, "message", NOON, "dee", "before the last")
        self.list.update_hit(hits[2])
        self.settle()
        order = ["hit 0", "after the first", "before it", "hit 1", "after it", "before the last", "hit 2"]
        places = [self.content().index(each) for each in order]
        self.assertEqual(sorted(places), places)
        self.list.step(1)
        self.assertIn("before it", self.chosen())
        self.assertIn("after it", self.chosen())
        self.assertNotIn("before the last", self.chosen())

    def test_the_chosen_hit_stays_in_sight_when_neighbours_of_others_appear(self) -> None:
        hits = self.hits(30)
        self.show(hits)
        for _ in range(12):
            self.list.step(1)
        for hit in hits[:20]:
            hit.before = hit.after = Entry(90, "message", NOON, "dee", "beside it")
            self.list.update_hit(hit)
        self.settle()
        self.assertIn("hit 12", self.chosen())
        self.assertIsNotNone(self.text.dlineinfo(self.text.search("hit 12", "1.0")))

    def test_more_hits_keep_place_and_choice(self) -> None:
        hits = self.hits(60)
        self.show(hits[:30])
        for _ in range(10):
            self.list.step(1)
        top = self.text.index("@0,0")
        self.show(hits, keep=True)
        self.assertIn("hit 10", self.chosen())
        self.assertEqual(top, self.text.index("@0,0"))

    def test_other_text_sizes_and_widths_draw_the_hits_again(self) -> None:
        self.show(self.hits(3))
        self.theme.zoom(18)
        self.size(300, 500)
        self.settle()
        self.assertEqual(3, self.content().count("ben"))
