"""The card that joins or makes a channel."""

from __future__ import annotations

from chatapp.client.incoming.events import ListedChannel
from chatapp.gui.dialogs.join_dialog import (
    GUEST,
    GUEST_SHORT,
    LOADING,
    NO_ANSWER,
    NONE,
    JoinDialog,
    NewChannel,
)
from chatapp.languages import translation
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import make_network

LISTED = (
    ListedChannel("#general", 12, "Welcome"),
    ListedChannel("#help", 3),
    ListedChannel("#homework", 7, "Exam on Friday"),
)


class JoinDialogTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.joined: list[NewChannel] = []
        self.network = make_network("#general")
        self.dialog = self.open()

    def open(self, may_be_private: bool = True) -> JoinDialog:
        dialog = JoinDialog(self.root, self.theme, self.network, may_be_private, self.joined.append)
        self.settle()
        self.focus(dialog.entry)
        return dialog

    def type(self, text: str) -> None:
        self.dialog.entry.delete(0, "end")
        self.dialog.entry.insert(0, text)
        self.settle()

    def texts(self) -> dict[str, tuple[int, int]]:
        return drawn_texts(self.dialog.rows.canvas)

    def problem(self) -> str:
        label = self.dialog.problem
        return str(label.cget("text")) if label.winfo_ismapped() else ""

    def test_the_list_may_come_later(self) -> None:
        self.assertIn(LOADING, self.texts())
        self.dialog.show(LISTED)
        self.press(self.dialog.entry, "<Down>", "<Return>")
        self.assertEqual(self.joined, [NewChannel("#homework")])

    def test_an_empty_list_and_a_missing_one_say_what_to_do(self) -> None:
        self.dialog._on_no_list()
        self.settle()
        self.assertIn(NO_ANSWER, " ".join(self.texts()))
        self.dialog.show(())
        self.settle()
        self.assertIn(NONE, self.texts())

    def test_a_new_channel_takes_its_name_and_enter(self) -> None:
        self.dialog.show(LISTED)
        self.type("lab")
        self.assertIn("Make #lab", self.texts())
        self.press(self.dialog.entry, "<Return>")
        self.assertEqual(self.joined, [NewChannel("#lab")])

    def test_a_new_channel_can_have_a_topic_and_be_private(self) -> None:
        self.type("lab")
        self.dialog.topic.insert(0, " Results ")
        self.dialog.private.invoke()
        self.dialog.button.invoke()
        self.assertEqual(self.joined, [NewChannel("#lab", topic="Results", is_private=True)])

    def test_where_there_are_no_private_channels_there_is_no_switch(self) -> None:
        self.dialog.close()
        self.dialog = self.open(may_be_private=False)
        self.type("lab")
        self.assertFalse(self.dialog.private.winfo_ismapped())
        self.assertTrue(self.dialog.topic.winfo_ismapped())

    def test_a_known_name_is_not_offered_to_be_made(self) -> None:
        self.dialog.show(LISTED)
        self.type("help")
        self.assertNotIn("Make #help", self.texts())
        self.assertFalse(self.dialog.button.winfo_ismapped())

    def test_a_name_with_spaces_makes_the_channel_with_hyphens(self) -> None:
        self.dialog.show(LISTED)
        self.type("choir practice")
        self.assertIn("Make #choir-practice", self.texts())
        self.press(self.dialog.entry, "<Return>")
        self.assertEqual(self.joined, [NewChannel("#choir-practice")])

    def test_a_mended_name_that_is_known_leads_to_its_channel(self) -> None:
        self.dialog.show((*LISTED, ListedChannel("#a-b", 1)))
        self.type("A,B")
        self.press(self.dialog.entry, "<Return>")
        self.assertEqual(self.joined, [NewChannel("#a-b")])

    def test_an_impossible_name_is_explained_in_place(self) -> None:
        for typed, problem in (("x" * 70, "at most 64 characters"), (",", "cannot contain “,”")):
            with self.subTest(typed):
                self.type(typed)
                self.assertIn(problem, self.problem())
                self.press(self.dialog.entry, "<Return>")
        self.assertEqual(self.joined, [])

    def test_in_large_letters_the_switch_has_a_shorter_text(self) -> None:
        self.type("lab")
        self.assertIn("only people who are invited", str(self.dialog.private.cget("text")))
        self.dialog.close()
        self.theme.zoom(24)
        self.dialog = self.open()
        self.type("lab")
        private = self.dialog.private
        self.assertIn("Private", str(private.cget("text")))
        self.assertLessEqual(private.winfo_rootx() + private.winfo_reqwidth(), self.right_edge())

    def test_a_long_name_leaves_room_for_the_topic(self) -> None:
        self.type("x" * 60)
        button = self.dialog.button
        self.assertTrue(str(button.cget("text")).endswith("…"))
        self.assertGreater(self.dialog.topic.winfo_width(), self.dialog.body.winfo_width() // 3)
        self.assertLess(button.winfo_rootx() + button.winfo_width(), self.right_edge())

    def test_the_name_is_shortened_and_not_what_the_button_does(self) -> None:
        translation.use("de")
        self.addCleanup(translation.use, translation.ENGLISH)
        self.type("x" * 60)
        self.assertRegex(str(self.dialog.button.cget("text")), "^#x+… anlegen$")

    def right_edge(self) -> int:
        return self.dialog.winfo_rootx() + self.dialog.winfo_width()

    def test_the_card_has_a_title(self) -> None:
        self.assertEqual(str(self.dialog.title.cget("text")), "Join or make a channel")

    def test_a_guest_is_told_what_happens_to_the_rank(self) -> None:
        self.type("lab")
        self.assertFalse(self.dialog.guest_hint.winfo_ismapped())
        self.network.capability_values = {"sasl": "PLAIN"}
        self.type("lab2")
        self.assertTrue(self.dialog.guest_hint.winfo_ismapped())
        self.type("")
        self.assertFalse(self.dialog.guest_hint.winfo_ismapped())

    def test_what_is_said_to_a_guest_is_never_cut_off(self) -> None:
        self.network.capability_values = {"sasl": "PLAIN"}
        self.type("lab")
        hint, body = self.dialog.guest_hint, self.dialog.body
        self.assertEqual(hint.cget("text"), GUEST)
        shown = []
        for height in range(400, 170, -10):
            self.dialog.place_configure(width=self.theme.px(300), height=self.theme.px(height))
            self.settle()
            self.type(f"lab{height}")
            self.settle()
            is_shown = hint.winfo_ismapped()
            shown.append(hint.cget("text") if is_shown else "")
            end = hint.winfo_rooty() + hint.winfo_height()
            self.assertTrue(not is_shown or end <= body.winfo_rooty() + body.winfo_height(), height)
        self.assertEqual(list(dict.fromkeys(shown)), [GUEST, GUEST_SHORT, ""])

    def test_a_refusal_is_said_in_place_and_the_next_try_is_possible(self) -> None:
        self.dialog.show(LISTED)
        self.press(self.dialog.entry, "<Down>", "<Down>", "<Return>", "<Return>")
        self.assertEqual(self.joined, [NewChannel("#help")])
        self.dialog.show_refused("#help", "You cannot join #help: you need an invitation.")
        self.settle()
        self.assertIn("you need an invitation", self.problem())
        self.press(self.dialog.entry, "<Return>")
        self.assertEqual(len(self.joined), 2)
        self.assertEqual(self.problem(), "")

    def test_a_channel_with_a_key_asks_for_it_in_place(self) -> None:
        self.dialog.show(LISTED)
        self.type("help")
        self.press(self.dialog.entry, "<Return>")
        self.dialog.show_refused("#help", "…", needs_key=True)
        self.settle()
        self.assertEqual(self.problem(), "#help has a key. Enter it to join.")
        self.assertIs(self.root.focus_get(), self.dialog.key)
        self.dialog.key.insert(0, "sesame")
        self.press(self.dialog.key, "<Return>")
        self.assertEqual(self.joined[-1], NewChannel("#help", key="sesame"))
        self.dialog.show_refused("#help", "…", needs_key=True)
        self.settle()
        self.assertEqual(self.problem(), "This is not the key of #help.")

    def test_while_the_server_decides_the_card_says_so(self) -> None:
        self.dialog.show(LISTED)
        self.type("help")
        self.press(self.dialog.entry, "<Return>")
        self.assertEqual(str(self.dialog.field.right.cget("text")), "Joining…")
        self.dialog.show_refused("#help", "You cannot join #help: it is full.")
        self.assertEqual(str(self.dialog.field.right.cget("text")), "Esc closes")

    def test_a_list_that_arrives_late_leaves_the_question_for_the_key(self) -> None:
        self.type("help")
        self.press(self.dialog.entry, "<Return>")
        self.dialog.show_refused("#help", "…", needs_key=True)
        self.dialog.show(LISTED)
        self.settle()
        self.assertEqual(self.problem(), "#help has a key. Enter it to join.")
        self.assertTrue(self.dialog.key.winfo_ismapped())
        self.type("hom")
        self.assertEqual(self.problem(), "")
        self.assertFalse(self.dialog.key.winfo_ismapped())

    def test_escape_closes_from_each_field(self) -> None:
        for name in ("entry", "topic"):
            with self.subTest(name):
                dialog = self.dialog = self.open()
                self.type("lab")
                field = getattr(dialog, name)
                self.focus(field)
                self.press(field, "<Escape>")
                self.assertFalse(dialog.winfo_exists())

    def test_it_fits_into_the_smallest_window(self) -> None:
        self.dialog.close()
        self.size(520, 360)
        self.settle()
        self.dialog = self.open()
        self.type("lab")
        bottom = self.dialog.button.winfo_rooty() + self.dialog.button.winfo_height()
        self.assertLess(bottom, self.root.winfo_rooty() + self.root.winfo_height())
        self.assertGreater(self.dialog.rows.winfo_height(), self.theme.px(36))
