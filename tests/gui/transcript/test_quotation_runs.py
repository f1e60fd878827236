"""The beginning of a line of a quotation."""

from __future__ import annotations

from chatapp.client.text.formatting import Span
from chatapp.gui.theme.text_tags import QUOTATION_INDENT
from chatapp.gui.transcript.quotation_runs import ICON, mark_runs
from chatapp.gui.transcript.runs import Run
from tests.gui.transcript.test_message_runs import MessageCase


class QuotationRunsTest(MessageCase):
    def mark(self, is_first: bool) -> list[Run]:
        return mark_runs(Span("> "), self.maker.options(), ("band",), is_first)

    def test_the_mark_is_hidden_but_remains_in_the_text(self) -> None:
        self.assertEqual(Run("> ", ("quotation", "band", "hidden")), self.mark(is_first=True)[-1])

    def test_all_lines_begin_at_the_same_place_and_the_first_one_has_an_icon(self) -> None:
        ruler = self.maker.options().ruler
        icon, rest = (run.picture for run in self.mark(is_first=True)[:-1])
        (whole,) = (run.picture for run in self.mark(is_first=False)[:-1])
        assert icon and rest and whole
        self.assertEqual(("icon", "quote", ICON), (icon.kind, icon.name, icon.size))
        self.assertEqual(ruler.grown(QUOTATION_INDENT), whole.size)
        self.assertEqual(whole.size, ruler.grown(ICON) + rest.size)
