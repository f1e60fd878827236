"""Finding a text in the conversation that is shown, with hits of the server."""

from __future__ import annotations

from chatapp.gui.main.find_controller import PAUSE_MILLISECONDS
from tests.gui.window_case import WindowCase


class FindTest(WindowCase):
    def setUp(self) -> None:
        super().setUp()
        self.enter()
        self.pane = self.window.pane

    def talk(self, *texts: str) -> None:
        for number, text in enumerate(texts):
            stamp = f"2026-03-12T09:{number // 60:02}:{number % 60:02}.000Z"
            self.server.send(f"@time={stamp};msgid=m{number} :ben!b@h PRIVMSG #general :{text}")
        self.wait_for_text(texts[-1])

    def find(self, text: str) -> None:
        self.window.pane.open_find()
        self.settle()
        self.pane.find_bar.field.set(text)
        self.until(lambda: not self.pane.find._timers.keys() & {"search"})

    def count(self) -> str:
        return str(self.pane.find_bar.field.right.cget("text"))

    def current(self) -> str:
        """Return the line of the current hit."""
        text = self.pane.transcript.view.text
        ranges = text.tag_ranges("hit_now")
        return text.get(f"{ranges[0]} linestart", f"{ranges[0]} lineend") if ranges else ""

    def step(self, *keys: str) -> None:
        self.focus(self.pane.find_bar.field.entry)
        self.press(self.pane.find_bar.field.entry, *keys)

    def test_hits_are_counted_from_the_newest_one_on(self) -> None:
        self.talk("first hit", "nothing", "a hit and a hit", "last")
        self.find("hit")
        self.assertEqual(("1 of 3", "a hit and a hit"), (self.count(), self.current()))
        self.step("<Return>", "<Return>")
        self.assertEqual(("3 of 3", "first hit"), (self.count(), self.current()))
        self.step("<Return>")
        self.assertEqual("1 of 3", self.count())
        self.step("<Shift-Return>")
        self.assertEqual(("3 of 3", "first hit"), (self.count(), self.current()))

    def test_enter_right_after_typing_does_not_wait(self) -> None:
        self.assertGreater(PAUSE_MILLISECONDS, 0)
        self.talk("first hit", "last")
        self.window.pane.open_find()
        self.pane.find_bar.field.set("hit")
        self.step("<Return>")
        self.assertEqual("1 of 1", self.count())

    def test_display_names_of_those_who_are_mentioned_are_found(self) -> None:
        self.client.network.person("dee").display_name = "Dee Martin"
        self.talk("ask @dee about it", "or @dee@nowhere")
        self.find("dee martin")
        self.until(lambda: self.count() == "1 of 1")
        self.assertEqual("ask @Dee Martin about it", self.current())

    def test_filters_work_as_in_the_search_everywhere(self) -> None:
        self.talk("first hit", "nothing", "a hit and a hit", "last")
        self.say("dee", "my hit")
        self.wait_for_text("my hit")
        for typed, count in (
            ("hit from:ben", "1 of 3"),
            ("from:dee", "1 of 1"),
            ("from:dee nothing", "No hits"),
            ("from:ben before:2026-03-13", "1 of 4"),
            ("from:ben before:2026-03-12", "No hits"),
            ("from:", "No hits"),
        ):
            with self.subTest(typed):
                self.find(typed)
                self.assertEqual(count, self.count())

    def test_without_hits_it_says_so(self) -> None:
        self.talk("first")
        self.find("xyzzy")
        self.assertEqual(("No hits", ""), (self.count(), self.current()))
        self.step("<Return>")

    def test_new_messages_are_counted_too_and_the_current_hit_stays(self) -> None:
        self.talk("first hit", "nothing")
        self.find("hit")
        self.say("ben", "one more hit")
        self.until(lambda: self.count() == "2 of 2")
        self.assertEqual("first hit", self.current())

    def test_far_hits_are_scrolled_to(self) -> None:
        self.talk("first hit", *(f"line {number}" for number in range(300)), "last hit")
        self.find("hit")
        self.step("<Return>")
        self.assertEqual("first hit", self.current())
        self.assertTrue(self.pane.transcript.hits.is_current_visible())

    def test_escape_closes_and_leaves_the_place(self) -> None:
        self.talk("first hit", *(f"line {number}" for number in range(300)), "last hit")
        self.find("hit")
        self.step("<Return>")
        view = self.pane.transcript.view
        place = view.top_row()
        self.step("<Escape>")
        self.assertFalse(self.pane.find_bar.winfo_ismapped())
        self.assertEqual((), view.text.tag_ranges("hit"))
        self.assertEqual(place.line, view.top_row().line)
        self.assertIs(self.pane.composer.field, self.root.focus_lastfor())

    def test_another_conversation_closes_it(self) -> None:
        self.talk("first hit")
        self.find("hit")
        self.join("#lab", "ben")
        self.until(lambda: self.client.network.find("#lab") is not None)
        self.client.open(self.conversation("#lab"))
        self.until(lambda: self.shown() == "#lab")
        self.assertFalse(self.pane.find_bar.winfo_ismapped())

    def test_it_begins_with_the_selected_text(self) -> None:
        self.talk("first hit")
        text = self.pane.transcript.view.text
        place = text.search("hit", "1.0")
        text.tag_add("sel", place, f"{place} +3c")
        self.window.pane.open_find()
        self.assertEqual("hit", self.pane.find_bar.text)
