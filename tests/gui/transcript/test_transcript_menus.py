"""Which items the menus of the transcript have."""

from __future__ import annotations

from chatapp.gui.widgets.icon_menu import MenuItem
from tests.gui.transcript.transcript_case import TranscriptCase


class TranscriptMenusTest(TranscriptCase):
    def copied(self) -> str:
        return str(self.root.clipboard_get())

    def menu(self, text: str) -> list[str]:
        """Return the labels of the menu of a right click on a text; separators are empty."""
        return [item.label for item in self.items(text)]

    def items(self, text: str) -> list[MenuItem]:
        found = self.text.search(text, "1.0", "end")
        index = self.pane.view.block_index(found)
        entry = None if index is None else self.pane.view.line_map[index].entries[0]
        return list(self.pane.input.menus.items_at(entry, found))

    def choose_item(self, text: str, label: str) -> None:
        next(item for item in self.items(text) if item.label == label).action()

    def test_the_menu_of_a_message_offers_what_the_server_offers(self) -> None:
        self.maker.say("ben", "words")
        self.show()
        self.assertEqual(
            self.menu("words"),
            ["React…", "Reply", "Copy text", "Mark unread from here", "Edit", "Delete"],
        )
        self.abilities = frozenset()
        self.assertEqual(self.menu("words"), ["Copy text"])

    def test_each_item_of_the_menu_acts_on_its_message(self) -> None:
        self.maker.say("ben", "words")
        self.show()
        for label in ("Reply", "Mark unread from here", "Edit", "Delete", "React…"):
            self.choose_item("words", label)
        self.assertEqual(
            self.calls,
            [(name, "words") for name in ("reply", "mark_unread", "edit", "delete", "pick_reaction")],
        )
        self.choose_item("words", "Copy text")
        self.assertEqual(self.copied(), "words")

    def test_the_menu_of_a_failed_message_sends_it_again_edits_or_discards_it(self) -> None:
        self.maker.say("ana", "lost", state="failed")
        self.show()
        self.assertEqual(self.menu("lost"), ["Copy text", "Try again", "Edit", "Discard"])
        for label in ("Try again", "Edit", "Discard"):
            self.choose_item("lost", label)
        self.assertEqual(self.calls, [("retry", "lost"), ("edit_failed", "lost"), ("discard", "lost")])

    def test_the_menu_of_a_link_opens_or_copies_it(self) -> None:
        self.maker.say("ben", "see https://a.example and #help")
        self.show()
        self.abilities = frozenset()
        self.assertEqual(self.menu("https"), ["Open link", "Copy link", "", "Copy text"])
        self.assertEqual(self.menu("#help"), ["Open channel", "Copy channel name", "", "Copy text"])
        self.choose_item("https", "Copy link")
        self.choose_item("#help", "Open channel")
        self.assertEqual(self.calls, [("copy_link", "https://a.example"), ("link", "#help")])

    def test_the_menu_of_a_selection_copies_or_quotes_it(self) -> None:
        self.maker.say("ben", "one two three")
        self.show()
        start = self.text.search("two", "1.0")
        self.text.tag_add("sel", start, f"{start} +3c")
        self.assertEqual(self.menu("two"), ["Copy", "Quote in your message"])
        self.choose_item("two", "Copy")
        self.choose_item("two", "Quote in your message")
        self.assertEqual((self.copied(), self.calls), ("two", [("quote_text", "two")]))

    def test_the_area_below_the_messages_has_a_menu(self) -> None:
        entry = self.maker.say("ben", "words")
        self.show()
        self.assertEqual(
            [item.label for item in self.pane.input.menus.items_at(None, "end")], ["Copy all messages"]
        )
        self.maker.conversation.unread = 1
        mark, copy = self.pane.input.menus.items_at(None, "end")
        mark.action()
        copy.action()
        self.assertEqual((self.calls, self.copied()), ([("mark_read",)], f"<ben> {entry.text}"))

    def test_a_deleted_message_has_no_menu(self) -> None:
        self.maker.say("ben", "", deleted_by="dee")
        self.show()
        self.assertEqual(self.menu("deleted"), [])

    def test_a_menu_opened_by_keyboard_returns_to_its_message_but_one_of_the_mouse_lets_it_go(self) -> None:
        self.maker.say("ben", "hello")
        self.show()
        entry, chosen = self.maker.conversation.entries[-1], self.pane.input.chosen
        for was_chosen in (True, False):
            with self.subTest(was_chosen):
                self.focus(self.text)
                chosen.choose(entry.key if was_chosen else None)
                self.pane.input._hold(entry)
                self.focus(self.root)
                self.assertEqual(chosen.key, entry.key)
                self.focus(self.text)
                self.assertEqual(chosen.key, entry.key if was_chosen else None)
