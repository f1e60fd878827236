"""How keys change the input line. The cursor is shown as `|`."""

from __future__ import annotations

import unittest

from chatapp.terminal.line_editor import LineEditor

FAMILY = "👨\u200d👩\u200d👧"


def edited(text: str, *keys: str) -> str:
    """Return the line after some keys. Other characters are typed."""
    editor = LineEditor()
    before, _, after = text.partition("|")
    editor.set(before + after, len(before))
    for key in keys:
        if not editor.press(key):
            editor.insert(key)
    return f"{editor.text[: editor.cursor]}|{editor.text[editor.cursor :]}"


class Editing(unittest.TestCase):
    def test_keys_move_the_cursor_and_change_the_text(self) -> None:
        for text, keys, expected in [
            ("|", ("a", "b"), "ab|"),
            ("ab|", ("left", "x"), "ax|b"),
            ("|ab", ("left",), "|ab"),
            ("|ab", ("right", "right", "right"), "ab|"),
            ("ab|cd", ("home", "x"), "x|abcd"),
            ("ab|cd", ("ctrl-e",), "abcd|"),
            ("ab|cd", ("ctrl-a", "ctrl-f"), "a|bcd"),
            ("ab|cd", ("backspace",), "a|cd"),
            ("|cd", ("backspace",), "|cd"),
            ("ab|cd", ("delete",), "ab|d"),
            ("ab|", ("ctrl-d",), "ab|"),
            ("one two|", ("ctrl-w",), "one |"),
            ("one two  |x", ("ctrl-w",), "one |x"),
            ("#a-b.c|", ("ctrl-w",), "|"),
            ("#a-b.c|", ("alt-backspace",), "#a-b.|"),
            ("one| two three", ("alt-d",), "one| three"),
            ("one two|", ("ctrl-left", "ctrl-left"), "|one two"),
            ("|one two", ("alt-f",), "one| two"),
            ("|one two", ("ctrl-right", "ctrl-right", "ctrl-right"), "one two|"),
            ("ab|cd", ("ctrl-u",), "|cd"),
            ("ab|cd", ("ctrl-k",), "ab|"),
            ("ab|cd", ("ctrl-k", "home", "ctrl-y"), "cd|ab"),
            ("ab|cd", ("ctrl-u", "ctrl-u", "end", "ctrl-y"), "cdab|"),
            ("a|b", ("alt-enter",), "a\n|b"),
        ]:
            with self.subTest(text, keys=keys):
                self.assertEqual(expected, edited(text, *keys))

    def test_a_grapheme_cluster_is_one_character(self) -> None:
        for text, keys, expected in [
            (f"a{FAMILY}|b", ("left",), f"a|{FAMILY}b"),
            (f"a|{FAMILY}b", ("right",), f"a{FAMILY}|b"),
            (f"a{FAMILY}|b", ("backspace",), "a|b"),
            (f"|{FAMILY}b", ("delete",), "|b"),
            ("e\u0301|", ("backspace",), "|"),
            ("🇩🇪🇫🇷|", ("backspace",), "🇩🇪|"),
            ("a1\ufe0f\u20e3|", ("backspace",), "a|"),
            ("क्षि|", ("backspace",), "|"),
            ("नमस्ते|", ("left", "delete"), "नम|"),
            ("กำ|", ("left",), "|กำ"),
            ("\u1112\u1161\u11ab|", ("backspace",), "|"),
            ("हिन्दी भाषा|", ("ctrl-left",), "हिन्दी |भाषा"),
            ("|हिन्दी भाषा", ("ctrl-right",), "हिन्दी| भाषा"),
        ]:
            with self.subTest(text, keys=keys):
                self.assertEqual(expected, edited(text, *keys))

    def test_pasted_control_characters_are_removed_and_line_feeds_stay(self) -> None:
        self.assertEqual("[31mone\ntwo    x|", edited("|", "\x1b[31mone\ntwo\tx\x00"))

    def test_a_key_that_does_not_edit_is_reported(self) -> None:
        self.assertFalse(LineEditor().press("f13"))
