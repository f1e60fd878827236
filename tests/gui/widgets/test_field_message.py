"""What is said below a field."""

from __future__ import annotations

from chatapp.gui.widgets.field_message import FieldMessage, MessageContent, words
from tests.gui.base import WindowTest


class FieldMessageTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        self.message = FieldMessage(self.root, self.theme, 352)
        self.message.pack(anchor="w")

    def show(self, content: MessageContent) -> None:
        self.message.show(content)
        self.settle()

    def test_a_sentence_may_have_a_button(self) -> None:
        self.show(MessageContent("Nothing answers.", action=("Start one", lambda: self.done.append("start"))))
        self.assertTrue(self.message.button.winfo_ismapped())
        self.message.button.invoke()
        self.assertEqual(self.done, ["start"])
        self.show(MessageContent("Nothing answers."))
        self.assertFalse(self.message.button.winfo_ismapped())

    def test_the_button_is_beside_a_short_text_and_below_a_long_one(self) -> None:
        action = ("Start one", lambda: None)
        self.show(MessageContent("No.", action=action))
        label, button = self.message.label, self.message.button
        self.assertLess(abs(button.winfo_y() - label.winfo_y()), button.winfo_height())
        self.show(MessageContent("There is no server there. " * 4, action=action))
        self.assertGreaterEqual(button.winfo_y(), label.winfo_y() + label.winfo_height())

    def test_words_are_chips_that_do_something(self) -> None:
        self.show(MessageContent("Taken.", lead="Use:", words=words(("ben_2", "ben_k"), self.done.append)))
        self.assertEqual(self.message.words, ["ben_2", "ben_k"])
        chip = self.message.chips[1]
        self.focus(chip)
        self.press(chip, "<space>")
        self.assertEqual(self.done, ["ben_k"])

    def test_other_words_replace_those_before(self) -> None:
        for names in (("a", "b"), ("c",), ()):
            self.show(MessageContent("Taken.", words=words(names, self.done.append)))
            self.assertEqual([chip.chip.text for chip in self.message.chips], list(names))

    def test_nothing_is_wider_than_its_place(self) -> None:
        names = tuple(f"a_rather_long_name_{number}" for number in range(6))
        self.show(
            MessageContent("Taken. " * 30, "danger", "lock", lead="Use instead:", words=words(names, print))
        )
        self.assertLessEqual(self.message.winfo_reqwidth(), self.theme.px(352))
        for chip in self.message.chips:
            self.assertTrue(chip.winfo_ismapped())

    def test_it_follows_the_size_of_the_text(self) -> None:
        self.show(MessageContent("Taken.", "danger", "lock", words=words(("ben_2",), print)))
        before = self.message.winfo_reqheight()
        self.theme.zoom(20)
        self.addCleanup(self.theme.zoom, 11)
        self.settle()
        self.assertGreater(self.message.winfo_reqheight(), before)
