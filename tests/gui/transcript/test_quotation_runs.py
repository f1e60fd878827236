"""The beginning of a line of a quotation."""

from __future__ import annotations

from chatapp.client.text.formatting import Span
from chatapp.gui.theme.text_tags import QUOTATION_INDENT
from chatapp.gui.transcript.quotation_runs import mark_runs
from chatapp.gui.transcript.runs import Picture, Run
from tests.gui.transcript.test_message_runs import MessageCase


class QuotationRunsTest(MessageCase):
    def mark(self) -> list[Run]:
        return mark_runs(Span("> "), self.maker.options(), ("band",))

    def test_the_mark_is_hidden_but_remains_in_the_text(self) -> None:
        self.assertEqual(Run("> ", ("quotation", "band", "hidden")), self.mark()[-1])

    def test_every_line_begins_beside_the_bar(self) -> None:
        indent = self.maker.options().ruler.grown(QUOTATION_INDENT)
        self.assertEqual([Picture("pad", size=indent)], [run.picture for run in self.mark()[:-1]])
