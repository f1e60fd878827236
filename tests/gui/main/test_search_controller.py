"""Searching everything, from the keyboard to the place of a hit."""

from __future__ import annotations

from chatapp.gui.main.search_chips import Filter
from chatapp.gui.main.search_controller import CANNOT_SEARCH
from chatapp.gui.widgets.popup_picker import PopupPicker
from tests.gui.window_case import CAPABILITIES, WindowCase


class SearchTest(WindowCase):
    capabilities = f"{CAPABILITIES} batch soju.im/search draft/chathistory"

    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.pane = self.window.search.pane
        for number, text in enumerate(("my timeout", "nothing", "TIMEOUT again")):
            stamp = f"2026-03-12T09:00:0{number}.000Z"
            self.server.send(f"@time={stamp};msgid=m{number} :ben!b@h PRIVMSG #general :{text}")
        self.wait_for_text("TIMEOUT again")
        self.window.commands.open_search()
        self.settle()

    def search(self, text: str) -> None:
        self.pane.field.set(text)
        self.keys("<Return>")

    def requests(self, command: str) -> list[str]:
        """Return the lines of a command that the server has received."""
        self.server.received("nothing")  # only reads what has arrived
        return [line for line in self.server.lines if f"{command} " in line]

    def reply(self, command: str, kind: str, *lines: str) -> None:
        """Reply to the last request of a command."""
        self.until(lambda: bool(self.requests(command)))
        label = self.requests(command)[-1].split()[0].removeprefix("@label=")
        tagged = (f"@batch=r;{line}" for line in lines)
        self.server.send(f"@label={label} :s BATCH +r {kind}", *tagged, ":s BATCH -r")

    def keys(self, *events: str) -> None:
        """Press keys in the field."""
        self.focus(self.pane.field.entry)
        self.press(self.pane.field.entry, *events)

    def count(self) -> str:
        return str(self.pane.field.right.cget("text"))

    def chips(self) -> list[str]:
        return [each.chip.text for each in self.pane.chips.chips.values() if each.chip.is_selected]

    def hits(self) -> str:
        return self.pane.hits.text.get("1.0", "end")


class OnOldServer(SearchTest):
    capabilities = CAPABILITIES

    def test_loaded_messages_are_searched_and_it_says_so(self) -> None:
        self.search("timeout")
        self.assertEqual("2 messages", self.count())
        self.assertEqual(CANNOT_SEARCH, str(self.pane._note.cget("text")))
        self.assertEqual([], self.requests("SEARCH"))

    def test_a_loaded_hit_is_shown_where_it_is(self) -> None:
        self.search("timeout")
        self.keys("<Down>", "<Return>")
        self.until(lambda: bool(self.window.pane.transcript.view.text.tag_ranges("hit_now")))
        self.assertFalse(self.window.pane.past_bar.winfo_ismapped())


class OnServer(SearchTest):
    def test_what_was_searched_while_offline_is_searched_again_later(self) -> None:
        capabilities = self.client.network.capabilities
        self.client.network.capabilities = frozenset()
        self.search("timeout")
        self.assertEqual([], self.requests("SEARCH"))
        self.client.network.capabilities = capabilities
        self.window.commands.open_search()
        self.until(lambda: bool(self.requests("SEARCH")))

    def test_typed_filters_become_chips(self) -> None:
        self.pane.field.set("timeout from:ben ")
        self.assertEqual((["From ben"], "timeout"), (self.chips(), self.pane.field.get().strip()))
        self.search("timeout after:yesterday")
        self.assertEqual((["From ben", "Since yesterday"], "timeout"), (self.chips(), self.pane.field.get()))
        self.until(lambda: bool(self.requests("SEARCH")))
        self.assertIn("SEARCH from=ben;text=timeout;", self.requests("SEARCH")[-1])

    def test_a_wrong_filter_is_explained_and_stays(self) -> None:
        self.search("timeout after:soon")
        self.assertIn("“soon” is not a day.", str(self.pane.empty.title.cget("text")))
        self.assertEqual("timeout after:soon", self.pane.field.get())

    def test_what_the_server_finds_is_added_to_what_is_loaded(self) -> None:
        self.search("timeout")
        self.assertIn("TIMEOUT again", self.hits())
        self.reply(
            "SEARCH", "soju.im/search",
            "time=2026-03-10T09:00:00.000Z;msgid=old :dee!d@h PRIVMSG #lab :an old timeout",
        )  # fmt: skip
        self.until(lambda: self.count() == "3 messages")
        self.assertIn("an old timeout", self.hits())

    def test_an_old_hit_is_opened_in_its_place_and_one_returns(self) -> None:
        old = "time=2026-03-10T09:00:00.000Z;msgid=old :dee!d@h PRIVMSG #general :an old timeout"
        self.search("timeout")
        self.reply("SEARCH", "soju.im/search", old)
        self.until(lambda: self.count() == "3 messages")
        self.keys("<Down>", "<Down>", "<Return>")
        self.until(lambda: any(line.endswith(" 100") for line in self.requests("AROUND")))
        around = next(line for line in self.requests("AROUND") if line.endswith(" 100"))
        label = around.split()[0].removeprefix("@label=")
        self.server.send(f"@label={label} :s BATCH +p chathistory #general", f"@batch=p;{old}", ":s BATCH -p")
        self.until(lambda: bool(self.window.pane.past_bar.winfo_ismapped()))
        self.assertIn("an old timeout", self.text())
        self.assertNotIn("TIMEOUT again", self.text())
        self.window.pane.past_bar.button.invoke()
        self.settle()
        self.assertIn("TIMEOUT again", self.text())
        self.assertFalse(self.window.pane.past_bar.winfo_ismapped())

    def test_nothing_found_offers_help(self) -> None:
        self.search("tiemout from:ben")
        self.reply("SEARCH", "soju.im/search")
        self.until(lambda: self.count() == "0 messages")
        empty = self.pane.empty
        self.assertEqual("Nothing with “tiemout”", str(empty.title.cget("text")))
        self.assertEqual("Did you mean “timeout”? The filter “From ben” is on.", str(empty.text.cget("text")))
        empty.unfilter.invoke()
        self.assertEqual([], self.chips())

    def test_what_the_server_suggests_is_searched_with_the_same_filters(self) -> None:
        self.server.send(":s 005 ana chatapp/SEARCH=has,suggest :are supported")
        self.until(lambda: "chatapp/SEARCH" in self.client.network.isupport)
        self.search("timeuot error from:ben")
        self.until(lambda: bool(self.requests("SEARCH")))
        self.assertTrue(self.requests("SEARCH")[-1].endswith(";suggest"))
        self.reply("SEARCH", "soju.im/search", "x :s NOTE SEARCH SUGGESTION timeuot timeout 100 :-")
        self.until(lambda: self.count() == "0 messages")
        empty = self.pane.empty
        self.assertIn("Did you mean “timeout error” (100+)?", str(empty.text.cget("text")))
        empty.suggest.invoke()
        self.assertEqual((["From ben"], "timeout error"), (self.chips(), self.pane.field.get()))
        self.until(lambda: "text=timeout\\serror" in self.requests("SEARCH")[-1])
        self.assertIs(self.pane.field.entry, self.root.focus_lastfor())

    def test_files_can_be_looked_for_where_the_server_can(self) -> None:
        self.assertNotIn("file", self.pane.chips.chips)
        self.server.send(":s 005 ana chatapp/SEARCH=has :are supported")
        self.until(lambda: "chatapp/SEARCH" in self.client.network.isupport)
        self.search("lab has:file")
        self.assertEqual(["Has a file"], self.chips())
        self.until(lambda: bool(self.requests("SEARCH")))
        self.assertIn("SEARCH text=lab;has=file;", self.requests("SEARCH")[-1])

    def test_closed_and_opened_again_it_is_as_it_was(self) -> None:
        self.search("timeout from:ben")
        self.until(lambda: "ben: nothing" in self.hits())
        before = self.hits()
        self.keys("<Escape>")
        self.assertFalse(self.pane.winfo_ismapped())
        self.assertIs(self.window.pane.composer.field, self.root.focus_lastfor())
        self.window.commands.open_search()
        self.settle()
        self.assertEqual(
            (before, ["From ben"], "timeout"), (self.hits(), self.chips(), self.pane.field.get())
        )

    def test_a_removed_chip_searches_again(self) -> None:
        self.search("timeout from:dee")
        self.assertNotIn("TIMEOUT again", self.hits() if self.pane.hits.winfo_ismapped() else "")
        self.focus(self.pane.chips.chips["nick"])
        self.press(self.pane.chips.chips["nick"], "<Delete>")
        self.assertIn("TIMEOUT again", self.hits())

    def test_a_chip_opens_a_list_beside_it_that_is_used_with_the_keyboard(self) -> None:
        self.search("timeout")
        cases: tuple[tuple[Filter, tuple[str, ...], str], ...] = (
            ("nick", ("<Down>", "<Return>"), "From ben"),
            ("conversation", ("<Return>",), "#general"),
            ("after", ("<Down>", "<Return>"), "Since yesterday"),
        )
        for name, keys, expected in cases:
            self.press_chip(name)
            picker = self.picker()
            self.assertIs(picker.entry, self.root.focus_get())
            self.press(picker.entry, *keys)
            self.assertIn(expected, self.chips())
            self.assertIs(self.pane.field.entry, self.root.focus_lastfor())

    def test_escape_closes_the_list_of_a_chip_and_returns_to_the_chip(self) -> None:
        self.press_chip("after")
        picker = self.picker()
        picker.entry.insert(0, "soon")
        self.press(picker.entry, "<Escape>", "<Escape>")
        self.assertFalse(picker.winfo_exists())
        self.assertIs(self.pane.chips.chips["after"], self.root.focus_lastfor())
        self.assertTrue(self.pane.winfo_ismapped())

    def press_chip(self, name: Filter) -> None:
        self.focus(self.pane.chips.chips[name])
        self.press(self.pane.chips.chips[name], "<Return>")

    def picker(self) -> PopupPicker:
        (found,) = (each for each in self.root.winfo_children() if isinstance(each, PopupPicker))
        return found

    def test_the_people_give_way_to_the_search(self) -> None:
        self.assertFalse(self.window.people.winfo_ismapped())
        self.window.commands.close_search()
        self.settle()
        self.assertTrue(self.window.people.winfo_ismapped())

    def test_in_a_narrow_window_it_covers_the_messages_until_a_hit_is_opened(self) -> None:
        self.size(600, 500)
        self.settle()
        self.assertTrue(self.window.split_panes.covers_messages and self.pane.winfo_ismapped())
        self.search("timeout")
        self.keys("<Return>")
        self.assertFalse(self.pane.winfo_ismapped())
