"""The card "Jump to"."""

from __future__ import annotations

from chatapp.gui.dialogs.jump_dialog import JumpDialog
from chatapp.gui.dialogs.jump_search import JumpSearch
from chatapp.gui.dialogs.jump_targets import CommandTarget, ConversationTarget, Target
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import make_network


class JumpDialogTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.chosen: list[str] = []
        self.network = make_network("#general", "#library", *(f"#room-{number:02}" for number in range(60)))
        self.open()

    def open(self) -> None:
        commands = [CommandTarget("Light theme", "palette", lambda: None, "Settings, Appearance")]
        search = JumpSearch(
            [self.network], commands, unlisted=lambda text: [CommandTarget(f"Make #{text}", "plus", print)]
        )
        self.dialog = JumpDialog(self.root, self.theme, search, self.choose)
        self.settle()
        self.focus(self.dialog.entry)

    def choose(self, target: Target) -> None:
        self.assertFalse(self.dialog.winfo_exists())
        name = target.conversation.name if isinstance(target, ConversationTarget) else ""
        self.chosen.append(target.label if isinstance(target, CommandTarget) else name)

    def test_enter_takes_the_first_row(self) -> None:
        self.dialog.entry.insert(0, "lib")
        self.press(self.dialog.entry, "<Return>")
        self.assertEqual(self.chosen, ["#library"])

    def test_where_nobody_is_known_a_name_is_asked_for(self) -> None:
        search = JumpSearch([make_network()], [])
        self.dialog.close()
        self.dialog = JumpDialog(self.root, self.theme, search, self.choose, only_people=True)
        self.settle()
        shown = " ".join(drawn_texts(self.dialog.rows.canvas))
        self.assertIn("Type the name of somebody", shown)

    def test_arrows_move_the_choice_over_headings_and_stop_at_the_ends(self) -> None:
        self.dialog.entry.insert(0, "li")
        self.press(self.dialog.entry, "<Up>", "<Down>", "<Down>", "<Return>")
        self.assertEqual(self.chosen, ["Light theme"])

    def test_the_chosen_row_stays_in_sight_and_names_the_key(self) -> None:
        self.dialog.entry.insert(0, "#room")
        self.press(self.dialog.entry, *["<Next>"] * 4)
        texts = drawn_texts(self.dialog.rows.canvas)
        self.assertEqual(texts["Enter"][1], texts["-32"][1])

    def test_a_click_takes_a_row(self) -> None:
        self.dialog.entry.insert(0, "li")
        self.settle()
        x, y = drawn_texts(self.dialog.rows.canvas)["ght theme"]
        self.dialog.rows.canvas.event_generate("<Button-1>", x=x, y=y)
        self.assertEqual(self.chosen, ["Light theme"])

    def test_found_letters_are_drawn_apart(self) -> None:
        self.dialog.entry.insert(0, "rar")
        self.settle()
        self.assertLessEqual({"lib", "rar", "y"}, drawn_texts(self.dialog.rows.canvas).keys())

    def test_escape_closes_it_even_with_a_text(self) -> None:
        self.dialog.entry.insert(0, "zzz")
        self.press(self.dialog.entry, "<Escape>")
        self.assertFalse(self.dialog.winfo_exists())

    def test_without_a_match_it_says_so_and_enter_does_nothing(self) -> None:
        self.dialog.entry.insert(0, "zz zz")
        self.press(self.dialog.entry, "<Return>")
        self.assertIn("Nothing is called “zz zz”.", drawn_texts(self.dialog.rows.canvas))
        self.assertEqual(self.chosen, [])

    def test_an_offer_needs_a_second_enter_or_an_arrow(self) -> None:
        for keys in (("<Return>", "<Return>"), ("<Down>", "<Return>"), ("<Up>", "<Return>")):
            self.dialog.entry.insert(0, "zzz")
            self.press(self.dialog.entry, keys[0])
            self.assertEqual(self.chosen, [])
            self.press(self.dialog.entry, keys[1])
            self.assertEqual(self.chosen.pop(), "Make #zzz")
            self.open()

    def test_it_fits_into_the_smallest_window(self) -> None:
        self.dialog.close()
        self.size(520, 360)
        self.settle()
        self.open()
        self.assertLessEqual(self.dialog.winfo_width(), self.root.winfo_width())
        self.assertLessEqual(self.dialog.winfo_y() + self.dialog.winfo_height(), self.root.winfo_height())
        self.assertIn("Enter", drawn_texts(self.dialog.rows.canvas))

    def test_the_last_line_names_as_many_keys_as_fit(self) -> None:
        self.assertTrue(str(self.dialog.foot.cget("text")).endswith("> commands"))
        self.dialog.close()
        self.theme.zoom(24)
        self.open()
        text = str(self.dialog.foot.cget("text"))
        self.assertTrue(text.startswith("↑ ↓ choose"))
        self.assertFalse(text.endswith("> commands"))
        right = self.dialog.foot.winfo_x() + self.dialog.foot.winfo_reqwidth()
        self.assertLessEqual(right, self.dialog.body.winfo_width())
