"""Blocks in a Text: replacing, removing, folding and finding them."""

from __future__ import annotations

from chatapp.client.model.model import Member
from chatapp.gui.transcript.block_view import KEPT_PICTURES, BlockView
from chatapp.gui.transcript.runs import Run
from chatapp.gui.transcript.text_view import RowPosition
from tests.gui.base import WindowTest
from tests.gui.transcript.block_view_case import FIRST_LINES, BlockViewCase
from tests.gui.transcript.conversations import NINE, ConversationMaker


class BlockViewTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.maker = ConversationMaker()
        self.view = BlockView(self.root, self.theme, lambda: None, lambda: NINE)
        self.view.pack(fill="both", expand=True)
        self.view.reset(self.maker.around(), None, twelve_hours=False)

    def lines(self) -> list[str]:
        return self.view.text.get("1.0", "end-1c").splitlines()

    def assert_consistent(self) -> None:
        """Check that LineMap and Text agree about every line."""
        self.assertEqual(len(self.lines()), self.view.line_map.lines + self.view.lines_above)
        for index, block in enumerate(self.view.line_map):
            first, last = self.view.lines_of(index)
            text = self.view.text.get(f"{first}.0", f"{last}.0")
            self.assertEqual(text, "".join(run.text for run in block.runs))

    def test_the_first_line_is_above_the_blocks(self) -> None:
        self.view.fill(FIRST_LINES, self.maker.chatter(2))
        self.assertEqual(self.lines()[0], "Beginning")
        self.assertIsNone(self.view.block_index("1.0"))
        self.assertEqual(self.view.block_index("2.0"), 0)
        self.view.set_first_lines([Run("Loading…\n", ("start",))])
        self.assertEqual(self.lines()[0], "Loading…")
        self.assert_consistent()

    def test_filling_replaces_everything(self) -> None:
        for count in (5, 2, 0):
            self.view.fill(FIRST_LINES, self.maker.chatter(count))
            self.assertEqual(len(self.view.line_map), count)
            self.assert_consistent()

    def test_entries_can_be_added_at_both_ends(self) -> None:
        old, middle, new = (self.maker.chatter(3, 10 * part) for part in range(3))
        self.view.fill(FIRST_LINES, middle)
        self.view.append(new)
        self.view.prepend(old)
        self.assert_consistent()
        shown = [entry for block in self.view.line_map for entry in block.entries]
        self.assertEqual(shown, [*old, *middle, *new])

    def test_the_next_message_gets_the_head_of_a_removed_one(self) -> None:
        first, second = (self.maker.say("ben", text, 0) for text in ("one", "two"))
        self.view.fill(FIRST_LINES, [first, second])
        self.view.remove([first])
        self.assertEqual(self.lines()[-2:], ["\tben   09:00", "two"])
        self.assert_consistent()

    def test_joins_before_and_after_a_removed_message_fold_into_one_line(self) -> None:
        entries = [self.maker.entry("join", "eve"), self.maker.say(), self.maker.entry("join", "fay")]
        self.view.fill(FIRST_LINES, entries)
        self.view.remove([entries[1]])
        self.assertEqual(self.lines()[-2:], ["eve joined", "fay joined"])
        self.view.append([self.maker.entry("join", "gil")])
        self.assertEqual(self.lines()[-1], "2 joined  ")
        self.assert_consistent()

    def test_a_fold_opens_and_closes(self) -> None:
        self.view.fill(FIRST_LINES, [self.maker.entry("join", nick) for nick in ("eve", "fay")])
        self.view.toggle_fold(0)
        self.assertEqual(self.lines()[-2:], ["eve joined", "fay joined"])
        self.view.toggle_fold(0)
        self.assertEqual(self.lines()[-1], "2 joined  ")
        self.assert_consistent()

    def test_the_new_messages_line_moves_to_another_entry(self) -> None:
        entries = self.maker.chatter(4)
        self.view.reset(self.maker.around(), entries[1].key, twelve_hours=False)
        self.view.fill(FIRST_LINES, entries)
        self.view.move_unread(entries[3].key)
        text = "\n".join(self.lines())
        self.assertEqual(text.count("New messages"), 1)
        self.assertLess(text.index("message 2"), text.index("New messages"))
        self.assert_consistent()

    def test_trimming_leaves_about_the_given_number_of_lines_at_the_other_end(self) -> None:
        entries = self.maker.chatter(100)
        self.view.fill(FIRST_LINES, entries)
        self.view.trim_top(50)
        self.assertIs(self.view.line_map[len(self.view.line_map) - 1].entries[0], entries[-1])
        self.assertLess(abs(self.view.line_map.lines - 50), 6)
        self.view.trim_bottom(20)
        self.assertLess(abs(self.view.line_map.lines - 20), 6)
        self.assert_consistent()

    def test_scrolling_to_an_entry_puts_its_row_at_the_wanted_height(self) -> None:
        entries = self.maker.chatter(100)
        self.view.fill(FIRST_LINES, entries)
        self.settle()
        self.view.scroll_to_entry(entries[30].key, RowPosition(0, 0, 5))
        row = self.view.top_row()
        self.assertFalse(self.view.following)
        info = self.view.text.dlineinfo(f"{self.view.lines_of(30)[0]}.0")
        assert info is not None
        self.assertEqual((info[1], row.line), (5, self.view.lines_of(29)[1] - 1))


class PictureTest(BlockViewCase):
    """What depends on colours, on people, and on other messages."""

    def test_other_colours_give_every_picture_another_image(self) -> None:
        self.fill(self.maker.say("ben", "hi", reactions={"👍": ["dee"]}, reply_to="gone"))
        before = self.images()
        self.theme.use("light")
        self.settle()
        after = self.images()
        self.assertEqual(len(after), len(before))
        self.assertTrue(set(after).isdisjoint(before))
        for image in after:
            self.assertGreater(int(self.root.tk.call("image", "width", image)), 0)

    def test_a_reaction_changes_only_the_line_of_chips(self) -> None:
        entry = self.maker.say("ben", "hi", reactions={"👍": ["dee"]})
        self.fill(entry, *self.maker.chatter(50))
        self.view.scroll_to_line(30)
        top = self.view.top_row()
        avatar = str(self.view.text.image_cget("3.0", "image"))
        self.view.text.mark_set("name", "3.1")
        entry.reactions["🎉"] = ["eve"]
        self.view.refresh(entry.key)
        self.settle()
        self.assertEqual(self.view.top_row(), top)
        self.assertEqual(self.row("👍"), "👍\u00a01  🎉\u00a01  ")
        self.assertEqual(self.view.text.index("name"), "3.1")
        self.assertEqual(str(self.view.text.image_cget("3.0", "image")), avatar)

    def test_quotes_follow_the_message_they_quote(self) -> None:
        parent = self.maker.entry("message", "ben", "first", msgid="m1")
        reply = self.maker.say("dee", "yes", reply_to="m1")
        self.fill(reply)
        self.assertIn("an older message", self.row("older"))
        self.maker.conversation.insert([parent])
        self.view.refresh_replies("m1")
        self.assertIn("ben  first", self.row("first"))
        parent.text = "second"
        self.view.refresh_replies("m1")
        self.assertIn("ben  second", self.row("second"))

    def test_heads_follow_names_and_ranks(self) -> None:
        self.fill(self.maker.say("ben"), self.maker.say("dee"))
        self.maker.network.person("ben").display_name = "Ben Okafor"
        self.maker.conversation.members["dee"] = Member(self.maker.network.person("dee"), "@")
        count = len(self.images())
        self.view.refresh_names()
        self.assertIn("Ben Okafor", self.row("Okafor"))
        self.assertEqual(len(self.images()), count + 1)

    def test_events_follow_names(self) -> None:
        self.fill(self.maker.entry("join", "ben"), self.maker.entry("kick", "dee", about="eve"))
        self.view.append([self.maker.entry("mode", "dee", "+o eve")])
        for nick, name in (("ben", "Ben Okafor"), ("eve", "Eve Adams")):
            self.maker.network.person(nick).display_name = name
        self.view.refresh_names()
        self.assertIn("Ben Okafor joined", self.row("joined"))
        self.assertIn("dee removed Eve Adams", self.row("removed"))
        self.assertIn("dee made Eve Adams", self.row("made"))

    def test_mentions_follow_names(self) -> None:
        self.fill(self.maker.say("dee"), self.maker.say("dee", "thanks @ben"))
        self.maker.network.person("ben").display_name = "Ben Okafor"
        self.view.refresh_names()
        self.assertIn("thanks @Ben Okafor", self.row("thanks"))

    def test_every_row_of_a_long_line_of_code_begins_at_the_padding(self) -> None:
        self.fill(self.maker.say("ben", "```\nshort\n" + "0123456789" * 12 + "\n```"))
        for width in (420, 330, 600):
            self.size(width, 500)
            self.until(lambda: not self.view.fitting.timer)
            self.assertEqual({self.left_of("short")}, self.row_beginnings("0123456789"))
        self.assertEqual("0123456789" * 12, self.row("0123456789"))

    def left_of(self, index_text: str) -> int:
        """Return the left edge of a text in pixels."""
        text = self.view.text
        box = text.bbox(text.search(index_text, "1.0", "end"))
        assert box is not None
        return box[0]

    def row_beginnings(self, content: str) -> set[int]:
        """Return the left edges of the first characters of each row of a line."""
        text = self.view.text
        place = text.search(content, "1.0", "end")
        edges: dict[int, int] = {}
        for _, piece, index in text.dump(f"{place} linestart", f"{place} lineend", text=True):
            for at in range(len(piece)):
                box = text.bbox(f"{index} +{at}c")
                assert box is not None
                edges.setdefault(box[1], box[0])
        return set(edges.values())

    def test_copied_is_said_for_a_moment(self) -> None:
        entry = self.maker.say("ben", "```\nx\n```")
        self.fill(entry)
        self.view.show_copied(entry.key, "x")
        self.assertIn("Copied", self.row("code"))
        self.until(lambda: "Copied" not in self.row("code"))
        self.assertIn("Copy", self.row("code"))

    def test_all_code_is_shown_when_asked_for(self) -> None:
        entry = self.maker.say("ben", "```\n" + "\n".join(map(str, range(100, 164))) + "\n```")
        self.fill(entry)
        self.assertEqual(self.view.text.search("163", "1.0", "end"), "")
        self.view.show_all_code(entry.key)
        self.assertNotEqual(self.view.text.search("163", "1.0", "end"), "")

    def test_images_of_people_who_are_not_shown_any_more_are_dropped(self) -> None:
        for start in (0, KEPT_PICTURES):
            self.fill(*(self.maker.say(f"{n:x}{n}", "hi") for n in range(start, start + KEPT_PICTURES)))
        self.assertLess(len(self.view.pictures), KEPT_PICTURES * 3 // 2)
