"""The input line: keys that send, recall, complete and store a draft."""

from __future__ import annotations

import tempfile
from pathlib import Path

from chatapp.terminal.key_parser import Key, Text
from chatapp.terminal.line_composer import LineComposer
from tests.client.base import ClientTest


class ComposerTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online()
        self.ran: list[str] = []
        self.refusal: str | None = None
        self.composer = LineComposer(self.client, self.run_text, tells_typing=False)

    def run_text(self, text: str) -> str | None:
        self.ran.append(text)
        return self.refusal

    def type(self, *inputs: str) -> None:
        """Type text, or keys in angle brackets."""
        for each in inputs:
            self.composer.handle_input(Key(each[1:-1]) if each[:1] == "<" else Text(each))

    def assert_line(self, line: str, problem: str = "") -> None:
        """Check the text, its cursor shown as `|`, and the problem."""
        draft = self.composer.draft
        self.assertEqual((line, problem), (f"{draft.before}|{draft.after}", draft.problem))


class Sending(ComposerTest):
    def test_enter_runs_the_text_and_empties_the_line(self) -> None:
        self.type("hello", "<enter>")
        self.assertEqual(["hello"], self.ran)
        self.assert_line("|")
        self.assertTrue(self.composer.is_empty)

    def test_a_password_is_shown_as_dots_and_not_recalled(self) -> None:
        self.type("/password old new")
        self.assert_line("/password •••••••|")
        self.type("<enter>", "<up>")
        self.assertEqual(["/password old new"], self.ran)
        self.assert_line("|")

    def test_a_blank_line_is_not_run(self) -> None:
        self.type("<enter>", "  ", "<enter>")
        self.assertEqual([], self.ran)

    def test_a_refused_text_stays_with_the_problem_until_the_next_key(self) -> None:
        self.refusal = "No."
        self.type("/kick", "<enter>")
        self.assert_line("/kick|", "No.")
        self.type("<left>")
        self.assert_line("/kic|k")

    def test_a_long_text_is_sent_only_by_a_second_enter(self) -> None:
        self.type("one\n" * 21, "<enter>")
        self.assertEqual([], self.ran)
        self.assertNotEqual("", self.composer.draft.problem)
        self.type("<enter>")
        self.assertEqual(1, len(self.ran))

    def test_a_changed_long_text_needs_confirmation_again(self) -> None:
        self.type("one\n" * 21, "<enter>", "two\n", "<enter>")
        self.assertEqual([], self.ran)

    def test_a_text_that_the_server_refused_is_returned_to_an_empty_line(self) -> None:
        self.composer.restore(self.general, "/kick ben", "You are no operator.")
        self.assert_line("/kick ben|", "You are no operator.")
        self.composer.restore(self.general, "/kick dee", "You are no operator.")
        self.assert_line("/kick ben|", "You are no operator.")

    def test_a_text_refused_in_another_conversation_becomes_its_draft(self) -> None:
        other = self.enter("#help")
        self.composer.restore(other, "/topic x", "No.")
        self.composer.restore(other, "/topic y", "No.")
        self.assertEqual("/topic x", other.draft)
        self.assert_line("|")

    def test_typing_is_announced_only_if_the_user_allows_it(self) -> None:
        self.type("h")
        self.assertEqual([], self.sent())
        self.composer = LineComposer(self.client, self.run_text, tells_typing=True)
        self.type("<left>")
        self.assertEqual([], self.sent())
        self.type("h")
        self.assertIn("+typing=active", self.sent()[0])


class Recalling(ComposerTest):
    def test_the_arrow_keys_go_through_sent_lines_and_back_to_the_unsent_one(self) -> None:
        self.type("one", "<enter>", "two", "<enter>", "unsent", "<up>")
        self.assert_line("two|")
        self.type("<ctrl-p>")
        self.assert_line("one|")
        self.type("<up>")
        self.assert_line("one|")
        self.type("<down>", "<ctrl-n>")
        self.assert_line("unsent|")

    def test_each_conversation_has_its_draft(self) -> None:
        other = self.enter("#help")
        self.type("for general")
        self.composer.switch_to(other)
        self.assert_line("|")
        self.type("for help")
        self.composer.switch_to(self.general)
        self.assert_line("for general|")
        self.assertEqual("for help", other.draft)

    def test_switching_to_the_same_conversation_changes_nothing(self) -> None:
        self.type("half", "<left>")
        self.composer.switch_to(self.general)
        self.assert_line("hal|f")


class Completing(ComposerTest):
    def test_tab_completes_a_command_at_the_end_of_the_line(self) -> None:
        self.type("/na", "<tab>")
        self.assert_line("/names |")

    def test_tab_completes_the_path_of_a_file_to_send(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, "plan.pdf").touch()
            self.type(f"/send {folder}/pl", "<tab>")
            self.assert_line(f"/send {folder}/plan.pdf |")

    def test_tab_cycles_through_nicks_in_both_directions(self) -> None:
        self.enter("#help", others="@bea ben")
        self.client.open(self.conversation("#help"))
        self.type("hi be", "<tab>")
        first = self.composer.draft.before
        self.type("<tab>")
        self.assertNotEqual(first, self.composer.draft.before)
        self.type("<backtab>")
        self.assertEqual(first, self.composer.draft.before)

    def test_a_command_being_typed_has_a_hint(self) -> None:
        self.type("/names")
        self.assertTrue(self.composer.draft.hint.startswith("/names"))
        self.type(" and text", "<ctrl-u>", "text")
        self.assertEqual("", self.composer.draft.hint)
