"""Hits that are marked in the messages."""

from __future__ import annotations

from tkinter import PhotoImage

from chatapp.client.model.changes import Added, Updated
from chatapp.client.text.occurrences import Wanted
from tests.gui.transcript.transcript_case import TranscriptCase


class HitMarksTest(TranscriptCase):
    def marked(self, tag: str = "hit") -> list[str]:
        """Return the marked pieces of text."""
        ranges = [str(each) for each in self.text.tag_ranges(tag)]
        return [self.text.get(first, last) for first, last in zip(ranges[::2], ranges[1::2], strict=True)]

    def test_every_place_in_a_message_is_marked_in_any_letter_case(self) -> None:
        self.maker.say(text="Timeout of `my timeout` and 👍 **time**out TIMEOUT")
        self.show()
        self.pane.hits.show(Wanted.of("timeout").exact)
        self.assertEqual(["Timeout", "timeout", "TIMEOUT"], self.marked())

    def test_emoji_and_images_before_a_hit_do_not_move_its_mark(self) -> None:
        self.maker.say(text="👍 👍🎉 x hit 👍 hit")
        self.show()
        self.image = PhotoImage(master=self.root, width=4, height=4)
        self.pane.hits.show(Wanted.of("hit").exact)
        self.assertEqual(["hit", "hit"], self.marked())
        self.text.image_create(self.text.search("x hit", "1.0"), image=self.image)
        self.pane.hits.show(Wanted.of("hit").exact)
        self.assertEqual(["hit", "hit"], self.marked())

    def test_names_and_times_and_separators_are_not_searched(self) -> None:
        self.maker.say("today", "I am here", 5)
        self.maker.say("today", "today", 300)
        self.show()
        self.pane.hits.show(Wanted.of("today").exact)
        self.assertEqual(["today"], self.marked())

    def test_whole_words_only(self) -> None:
        self.maker.say(text="out timeout (out) f(x) a.b")
        self.show()
        for wanted, expected in (("out", 2), ("f(x)", 1), ("a.b", 1), ("im", 0)):
            with self.subTest(wanted):
                self.pane.hits.show(Wanted.of(wanted, whole_words=True).exact)
                self.assertEqual(expected, len(self.marked()))

    def test_messages_that_are_inserted_later_are_marked_too(self) -> None:
        self.show()
        self.pane.hits.show(Wanted.of("ell").exact)
        self.receive(text="hello, Ellen")
        entry = self.maker.conversation.entries[-1]
        self.assertEqual(["ell", "Ell"], self.marked())
        entry.text = "well"
        self.apply(Updated(self.maker.conversation, entry))
        self.assertEqual(["ell"], self.marked())

    def test_one_hit_is_the_current_one_and_stays_it(self) -> None:
        first, second = self.maker.say(text="a hit and a hit"), self.maker.say(text="a hit")
        self.show()
        self.pane.hits.show(Wanted.of("hit").exact)
        self.pane.hits.show_current(first.key, 1)
        self.assertEqual(["hit"], self.marked("hit_now"))
        place = str(self.text.tag_ranges("hit_now")[0])
        self.apply(Added(self.maker.conversation, (self.maker.say(text="one more hit"),)))
        self.assertEqual(place, str(self.text.tag_ranges("hit_now")[0]))
        self.pane.hits.show_current(second.key)
        self.assertNotEqual(place, str(self.text.tag_ranges("hit_now")[0]))
        self.pane.hits.show_current(None)
        self.assertEqual([], self.marked("hit_now"))

    def test_without_a_text_nothing_is_marked(self) -> None:
        self.maker.say(text="hit")
        self.show()
        self.pane.hits.show(Wanted.of("hit").exact)
        self.pane.hits.show(None)
        self.assertEqual(([], False), (self.marked(), bool(self.pane.hits.ticks.winfo_manager())))

    def test_ticks_show_where_the_hits_are(self) -> None:
        for number in range(100):
            self.maker.say(text="a hit" if number in (10, 11, 99) else "nothing", minute=number)
        self.show()
        self.pane.hits.show(Wanted.of("hit").exact)
        self.settle()
        ticks = self.pane.hits.ticks
        tops = [ticks.coords(each)[1] for each in ticks.find_all()]
        self.assertEqual(3, len(tops))
        self.assertLess(tops[1], ticks.winfo_height() / 4)
        self.assertGreater(tops[2], ticks.winfo_height() * 3 / 4)

    def test_there_are_no_ticks_where_everything_is_in_sight(self) -> None:
        self.maker.say(text="a hit")
        self.show()
        self.pane.hits.show(Wanted.of("hit").exact)
        self.settle()
        self.assertEqual(["hit"], self.marked())
        self.assertEqual((), self.pane.hits.ticks.find_all())
