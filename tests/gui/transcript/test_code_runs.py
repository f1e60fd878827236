"""Blocks of code: caption, copying, and shortening."""

from __future__ import annotations

import unittest
from typing import Any

from chatapp.client.model.model import Entry
from chatapp.gui.transcript.code_runs import FIRST_LINES, MAX_LINES
from chatapp.gui.transcript.message_runs import message_runs
from chatapp.gui.transcript.runs import Run, Target
from tests.gui.transcript.conversations import ConversationMaker, tagged


class CodeTest(unittest.TestCase):
    def setUp(self) -> None:
        self.maker = ConversationMaker()

    def runs(self, entry: Entry, **options: Any) -> list[Run]:
        return message_runs(entry, self.maker.options(**options), "body")

    def shown(self, content: str) -> list[str]:
        """Return the lines of a message that are not gaps."""
        lines = "".join(run.text for run in self.runs(self.maker.say("ben", content))).split("\n")
        return [line for line in lines if line]

    def test_code_has_a_caption_and_its_own_lines(self) -> None:
        self.assertEqual(self.shown("```python\na\nb\n```"), ["python\t  Copy", "a", "b"])
        self.assertEqual(self.shown("see ```a```\nx"), ["see ", "code\t  Copy", "a", "x"])

    def test_the_caption_copies_the_code(self) -> None:
        runs = self.runs(self.maker.say("ben", "```\n  a\n\nb\n```"))
        self.assertIn(Target("copy-code", "  a\n\nb"), [run.target for run in runs])

    def test_copied_code_says_so(self) -> None:
        entry = self.maker.say("ben", "```\na\n```\n```\nb\n```")
        text = "".join(run.text for run in self.runs(entry, copied=(entry.key, "b")))
        self.assertLess(text.index("Copy"), text.index("Copied"))
        self.assertEqual(text.count("Copied"), 1)

    def test_long_code_is_shortened_until_it_is_asked_for(self) -> None:
        entry = self.maker.say("ben", "```\n" + "\n".join(f"line{n}" for n in range(64)) + "\n```")
        text = "".join(run.text for run in self.runs(entry))
        self.assertIn(f"line{FIRST_LINES - 1}\nShow all 64 lines\n", text)
        self.assertNotIn(f"line{FIRST_LINES}", text)
        whole = "".join(run.text for run in self.runs(entry, expanded=frozenset({entry.key})))
        self.assertIn("line63", whole)
        self.assertNotIn("Show all", whole)
        short = self.maker.say("ben", "```\n" + "\n".join("x" * MAX_LINES) + "\n```")
        self.assertNotIn("Show all", "".join(run.text for run in self.runs(short)))

    def test_code_in_a_mention_has_its_band_below(self) -> None:
        runs = self.runs(self.maker.say("ben", "ana ```x```", mention=True))
        self.assertTrue(all("band" in run.tags for run in runs))

    def test_every_row_of_a_long_line_begins_with_the_padding(self) -> None:
        runs = self.runs(self.maker.say("ben", '```py\nx = "' + "a" * 150 + '"\nimport b\n```'))
        rows: list[str] = []
        for run in runs:
            if run.picture is not None and run.picture.kind == "pad" and run.tags[0] == "block":
                rows.append("")
            elif run.tags[0] == "block":
                rows[-1] += run.text
        self.assertEqual(['x = "' + "a" * 68, "a" * 73, "a" * 9 + '"\n', "import b\n"], rows)
        self.assertEqual(tagged(runs, "code-string"), ['"' + "a" * 68, "a" * 73, "a" * 9 + '"'])

    def test_keywords_are_coloured_on_every_line(self) -> None:
        runs = self.runs(self.maker.say("ben", '```py\nimport a\nx = """1\n2"""\n```'))
        self.assertEqual(tagged(runs, "code-keyword"), ["import"])
        self.assertEqual(tagged(runs, "code-string"), ['"""1', '2"""'])
