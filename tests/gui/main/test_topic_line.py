"""The topic in the header, and the field to edit it."""

from __future__ import annotations

from chatapp.gui.main.topic_line import NO_TOPIC, TopicLine
from tests.gui.base import WindowTest


class TopicLineTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.topics: list[str] = []
        self.line = TopicLine(self.root, self.theme, self.topics.append)
        self.line.place(width=self.theme.px(300))
        self.show("Welcome!")

    def show(self, topic: str, may_edit: bool = True) -> None:
        self.line.show(topic, may_edit=may_edit)
        self.settle()

    def edit(self, text: str, *keys: str) -> None:
        """Open the field, replace its text, and press keys."""
        self.line.edit()
        self.line.field.delete(0, "end")
        self.line.field.insert(0, text)
        self.focus(self.line.field)
        self.press(self.line.field, *keys)

    def test_enter_sets_the_topic_that_was_edited(self) -> None:
        self.edit("No  exam!", "<Return>")
        self.assertEqual((self.topics, self.line.is_editing), (["No exam!"], False))

    def test_escape_restores_the_topic(self) -> None:
        self.edit("x", "<Escape>")
        self.assertEqual((self.topics, self.line.text), ([], "Welcome!"))

    def test_an_unchanged_topic_is_not_sent(self) -> None:
        self.edit("Welcome!", "<Return>")
        self.assertEqual(self.topics, [])

    def test_the_field_has_the_whole_topic(self) -> None:
        self.show("words " * 100)
        self.assertTrue(self.line.text.endswith("…"))
        self.line.edit()
        self.assertEqual(self.line.field.get(), "words " * 100)

    def test_without_a_topic_it_offers_to_set_one_with_permission_only(self) -> None:
        self.show("")
        self.assertEqual(self.line.text, NO_TOPIC)
        self.assertGreater(self.line.wanted_width, 0)
        self.show("", may_edit=False)
        self.assertEqual((self.line.text, self.line.wanted_width), ("", 0))

    def test_a_topic_that_cannot_be_edited_does_not_get_the_focus(self) -> None:
        self.assertEqual(str(self.line.button.cget("takefocus")), "1")
        self.show("Welcome!", may_edit=False)
        self.assertEqual(str(self.line.button.cget("takefocus")), "0")
