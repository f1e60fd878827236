"""The chips of a search: which there are, what they say, and where they stand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chatapp.client.model.network import Network
from chatapp.client.model.search import SearchQuery
from chatapp.gui.main.search_chips import SearchChips, filter_chips, filter_texts
from tests.gui.base import WindowTest

TODAY = date(2026, 3, 12)
EVERYTHING = SearchQuery("x", "#lab", "ben", date(2026, 3, 1), date(2026, 3, 11), frozenset({"link", "file"}))


class ChipsTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.network = Network()
        self.calls: list[tuple[str, str]] = []
        self.chips = SearchChips(
            self.root,
            self.theme,
            on_pick=lambda name: self.calls.append(("pick", name)),
            on_remove=lambda name: self.calls.append(("remove", name)),
        )
        self.chips.pack(fill="x")

    def show(self, query: SearchQuery) -> list[str]:
        """Show the chips of a query; return their texts."""
        self.chips.show(filter_chips(self.network, query, TODAY))
        self.settle()
        return [each.chip.text for each in self.chips.chips.values()]

    def test_without_filters_the_chips_say_what_can_be_set(self) -> None:
        self.assertEqual(
            ["Any conversation", "From anybody", "Since…", "Has a link"], self.show(SearchQuery("x"))
        )
        self.assertFalse(any(each.chip.is_selected for each in self.chips.chips.values()))

    def test_set_filters_are_named_and_can_be_removed(self) -> None:
        self.assertEqual(
            ["#lab", "From ben", "Since 1 March", "Before yesterday", "Has a file", "Has a link"],
            self.show(EVERYTHING),
        )
        self.assertTrue(all(each.chip.is_removable for each in self.chips.chips.values()))
        for chip, key in ((self.chips.chips["nick"], "<Delete>"), (self.chips.chips["after"], "<Return>")):
            self.focus(chip)
            self.press(chip, key)
        self.assertEqual([("remove", "nick"), ("pick", "after")], self.calls)

    def test_files_can_be_looked_for_only_where_the_server_takes_some(self) -> None:
        self.network.isupport = {"soju.im/FILEHOST": "https://files.example/"}
        self.assertIn("Has a file", self.show(SearchQuery()))

    def test_files_can_be_looked_for_where_the_server_tells_them_from_others(self) -> None:
        self.network.state = "online"
        self.network.capabilities = frozenset({"soju.im/search", "batch", "server-time"})
        self.network.isupport = {"chatapp/SEARCH": "has,suggest"}
        self.assertIn("Has a file", self.show(SearchQuery()))

    def test_a_filter_that_is_gone_takes_its_chip_with_it(self) -> None:
        self.show(EVERYTHING)
        self.assertNotIn("Before yesterday", self.show(replace(EVERYTHING, before=None)))

    def test_chips_use_as_many_rows_as_they_need(self) -> None:
        self.size(700, 300)
        self.show(EVERYTHING)
        one_row = self.chips.winfo_reqheight()
        self.size(260, 300)
        self.settle()
        self.assertGreater(self.chips.winfo_reqheight(), 2 * one_row)
        for chip in self.chips.chips.values():
            self.assertLessEqual(chip.winfo_x() + chip.winfo_width(), self.theme.px(260))

    def test_filters_are_named_as_on_their_chips(self) -> None:
        self.assertEqual(
            ["#lab", "From ben", "Since 1 March", "Before yesterday", "Has a file", "Has a link"],
            filter_texts(self.network, EVERYTHING, TODAY),
        )
        self.assertEqual([], filter_texts(self.network, SearchQuery("x"), TODAY))
