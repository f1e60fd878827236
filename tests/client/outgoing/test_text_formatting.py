"""Formatting commands. `[` and `]` stand for the ends of the selection, `|` for a cursor without one."""

from __future__ import annotations

import unittest

from chatapp.client.outgoing.text_formatting import Format, edit


def formatted(kind: Format, marked: str) -> str:
    """Return a text with its selection marked after a command."""
    cursor = marked.replace("|", "[]")
    start, end = cursor.index("["), cursor.index("]") - 1
    text = cursor.replace("[", "").replace("]", "")
    change = edit(kind, text, start, end)
    new, (first, last) = change.apply(text), change.selected
    ends = "|" if first == last else None
    return new[:first] + (ends or f"[{new[first:last]}]") + new[last:]


class TextFormatting(unittest.TestCase):
    def check(self, kind: Format, before: str, after: str) -> None:
        with self.subTest(f"{kind}: {before}"):
            self.assertEqual(after, formatted(kind, before))

    def test_marks_go_around_the_selection_and_away_again(self) -> None:
        self.check("bold", "a [b c] d", "a **[b c]** d")
        self.check("bold", "a **[b c]** d", "a [b c] d")
        self.check("bold", "a [**b c**] d", "a [b c] d")
        self.check("italic", "[a]", "*[a]*")
        self.check("italic", "*[a]*", "[a]")
        self.check("code", "x [a] y", "x `[a]` y")
        self.check("code", "x `[a]` y", "x [a] y")

    def test_spaces_at_the_edges_of_the_selection_stay_outside(self) -> None:
        self.check("bold", "a[ b ]c", "a **[b]** c")

    def test_bold_and_italic_can_be_on_together_and_go_off_one_by_one(self) -> None:
        self.check("italic", "**[a]**", "***[a]***")
        self.check("bold", "*[a]*", "***[a]***")
        self.check("italic", "***[a]***", "**[a]**")
        self.check("bold", "***[a]***", "*[a]*")

    def test_without_a_selection_the_cursor_goes_between_the_marks(self) -> None:
        self.check("bold", "a |", "a **|**")
        self.check("italic", "|", "*|*")
        self.check("code", "|", "`|`")

    def test_the_second_press_leaves_the_marks_or_removes_empty_ones(self) -> None:
        self.check("bold", "**x|**", "**x**|")
        self.check("code", "`x|` y", "`x`| y")
        self.check("italic", "*x|*", "*x*|")
        self.check("bold", "**|**", "|")
        self.check("italic", "*|*", "|")
        self.check("code", "`|`", "|")

    def test_lines_become_a_list_or_a_quotation_and_plain_again(self) -> None:
        self.check("list", "a\n[b\n\nc]\nd", "a\n[- b\n\n- c]\nd")
        self.check("list", "a\n[- b\n\n- c]\nd", "a\n[b\n\nc]\nd")
        self.check("list", "[- a\nb]", "[- a\n- b]")
        self.check("quote", "a|b", "> a|b")
        self.check("quote", "> a|b", "a|b")
        self.check("list", "|", "- |")
        self.check("list", "- |", "|")

    def test_selected_lines_become_a_block_of_code_and_plain_again(self) -> None:
        self.check("block", "x\n[a\n b]\ny", "x\n```\na\n b\n```|\ny")
        self.check("block", "[```\na\n```]", "a|")
        self.check("code", "[a\nb]", "```\na\nb\n```|")
        self.check("code", "x [a\nb\n]y", "```\nx a\nb\n```|\ny")
        self.check("block", "see |", "see \n```\n|\n```")
        self.check("block", "|", "```\n|\n```")

    def test_without_a_selection_several_lines_become_one_block_of_code(self) -> None:
        self.check("code", "a\n|b", "```\na\nb\n```|")
        self.check("code", "```\na\nb\n```|", "a\nb|")
        self.check("code", "see |\n```\na\n```", "see `|`\n```\na\n```")

    def test_a_fence_among_other_lines_is_not_put_into_a_block(self) -> None:
        self.check("code", "[see\n```\na\n```]", "see\n```\na\n```|")
        self.check("block", "[```\na\n```\nb\n```\nc\n```]", "```\na\n```\nb\n```\nc\n```|")

    def test_where_enter_begins_a_line_nothing_stays_selected(self) -> None:
        self.check("bold", "```\n[a]", "```\n**a|**")
        self.check("list", "```\n[a\nb]", "```\n- a\n- b|")
