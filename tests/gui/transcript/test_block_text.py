"""What a place in the text means."""

from __future__ import annotations

from chatapp.gui.transcript.runs import Target
from tests.gui.transcript.block_view_case import BlockViewCase


class BlockTextTest(BlockViewCase):
    def test_what_is_under_the_pointer_is_found(self) -> None:
        entry = self.maker.say("ben", "see https://a.example", reactions={"👍": ["dee"], "🎉": ["eve"]})
        self.fill(entry)
        place = self.view.text.search("https", "1.0")
        self.assertEqual(
            self.view.target_at(*self.middle(place)), (entry, Target("link", "https://a.example"))
        )
        chips = [index for _, _, index in self.view.text.dump("1.0", "end", image=True)][-4:]
        found = [self.view.target_at(*self.middle(index)) for index in chips]
        self.assertEqual(found, [(entry, Target("chip", each)) for each in ("👍", "👍", "🎉", "🎉")])
        self.assertEqual(self.view.target_of("3.0"), (entry, Target("name", "ben")))
        self.assertIsNone(self.view.target_at(self.view.text.winfo_width() - 5, self.middle(place)[1]))
        self.assertIsNone(self.view.target_of("1.0"))

    def test_the_lines_of_a_message_do_not_include_the_separators_above_it(self) -> None:
        entry = self.maker.say("ben", "hi")
        self.fill(entry)
        lines = self.view.message_lines(entry.key)
        assert lines is not None
        self.assertEqual(self.view.text.get(f"{lines[0]}.0", f"{lines[1]}.0"), "\tben   09:00\nhi\n")
        self.assertIsNone(self.view.message_lines(12345))

    def test_a_message_is_found_by_its_place(self) -> None:
        first, second = self.maker.say("ben", "one"), self.maker.say("dee", "two")
        self.fill(first, second)
        for text, key in (("one", first.key), ("dee", second.key), ("two", second.key), ("Today", None)):
            x, y = self.middle(self.view.text.search(text, "1.0"))
            self.assertEqual(self.view.key_at(x, y), key, text)
        self.assertIsNone(self.view.key_at(10, self.view.text.winfo_height() - 1))
        self.assertEqual(self.view.entries_in_sight(), [first, second])
