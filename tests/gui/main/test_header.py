"""The header above the messages."""

from __future__ import annotations

from itertools import pairwise

from chatapp.client.model.conversation import Conversation
from chatapp.gui.main.header import Header, HeaderHandlers, absence, bell_tip
from tests.gui.base import WindowTest
from tests.gui.canvas import drawn_texts
from tests.gui.networks import add_members, make_network


class HeaderTest(WindowTest):
    def setUp(self) -> None:
        super().setUp()
        self.done: list[str] = []
        done = self.done.append
        self.header = Header(
            self.root,
            self.theme,
            HeaderHandlers(
                on_topic=done,
                on_favourite=lambda: done("favourite"),
                on_search=lambda: done("search"),
                on_bell=lambda x, y: done("bell"),
                on_people=lambda: done("people"),
                on_sidebar=lambda: done("sidebar"),
                on_menu=lambda x, y: done("menu"),
            ),
        )
        self.header.pack(fill="x")
        self.network = make_network("#general")
        self.general = add_members(self.network, "#general", "@ana", "ben")
        self.general.topic = "Welcome! Exam on Friday."
        self.show(self.general)

    def test_a_hidden_sidebar_has_a_button_before_the_name_also_without_a_conversation(self) -> None:
        left = self.header.name_label.winfo_x()
        self.assertFalse(self.header.sidebar_button.winfo_ismapped())
        for conversation in (self.general, None):
            self.show(conversation)
            self.header.show_sidebar_button(True)
            self.settle()
            self.assertTrue(self.header.sidebar_button.winfo_ismapped())
            self.header.sidebar_button.invoke()
        self.show(self.general)
        self.assertGreater(self.header.name_label.winfo_x(), left)
        self.header.show_sidebar_button(False)
        self.settle()
        self.assertEqual(self.header.name_label.winfo_x(), left)
        self.assertEqual(self.done, ["sidebar", "sidebar"])

    def test_in_a_low_window_it_is_lower_and_all_of_it_fits(self) -> None:
        self.show(self.network.add("ben", "direct"))
        usual = self.header.winfo_height()
        self.header.show_low(True)
        self.settle()
        self.assertLess(self.header.winfo_height(), usual)
        self.assertLessEqual(self.header._picture.winfo_reqheight(), self.header.winfo_height())
        self.header.show_low(False)
        self.settle()
        self.assertEqual(usual, self.header.winfo_height())

    def show(self, conversation: Conversation | None) -> None:
        self.header.show(self.network, conversation)
        self.settle()

    def parts(self) -> list[str]:
        """Return the names of the parts that are shown, from left to right."""
        header = self.header
        parts = {
            "name": header.name_label,
            "star": header.star_button,
            "topic": header.topic,
            "search": header.search_button,
            "search icon": header.search_icon,
            "bell": header.bell_button,
            "people": header.people_button,
            "menu": header.menu_button,
        }
        shown = [(part.winfo_x(), name) for name, part in parts.items() if part.winfo_ismapped()]
        return [name for _, name in sorted(shown)]

    def assertFits(self) -> None:
        """Check that no part is cut off, and that none covers another one; the edge of a label is empty."""
        header = self.header
        shown = sorted(
            (part.winfo_x(), part.winfo_x() + part.winfo_width() - (2 if part is header.name_label else 0))
            for part in header.winfo_children()
            if part.winfo_ismapped() and part.winfo_width() < header.winfo_width()
        )
        for (_, end), (begin, _) in pairwise(shown):
            self.assertLessEqual(end, begin)
        self.assertLessEqual(shown[-1][1], header.winfo_width())

    def test_a_channel_has_everything(self) -> None:
        self.assertEqual(self.parts(), ["name", "star", "topic", "search", "bell", "people", "menu"])
        self.assertEqual(self.header.name_label.cget("text"), "general")
        self.assertEqual(self.header.topic.text, "Welcome! Exam on Friday.")
        self.assertEqual(list(drawn_texts(self.header.people_button)), ["2"])
        self.assertFits()

    def test_a_direct_message_has_no_people_and_shows_why_the_person_is_away(self) -> None:
        add_members(self.network, "#general", "(dee)")
        self.network.people["dee"].away_text = "At lunch until 13:00"
        self.show(self.network.add("dee", "direct"))
        self.assertEqual(self.parts(), ["name", "star", "topic", "search", "bell", "menu"])
        self.assertEqual(self.header.topic.text, "At lunch until 13:00")
        self.assertTrue(self.header.topic.button.instate(["disabled"]))

    def test_the_messages_of_the_server_can_be_searched(self) -> None:
        self.show(self.network.add("", "server"))
        self.assertEqual(self.parts(), ["name", "search", "menu"])
        self.assertEqual(self.header.name_label.cget("text"), "Messages from the server")

    def test_the_focus_ring_of_the_star_does_not_touch_the_name(self) -> None:
        name, star = self.header.name_label, self.header.star_button
        self.assertGreaterEqual(star.winfo_x() - name.winfo_x() - name.winfo_width(), self.theme.px(2))

    def test_without_a_conversation_it_is_empty(self) -> None:
        self.show(None)
        self.assertEqual(self.parts(), [])

    def test_the_buttons_call_their_actions(self) -> None:
        header = self.header
        for button in (
            header.star_button,
            header.search_button,
            header.search_icon,
            header.bell_button,
            header.people_button,
            header.menu_button,
        ):
            button.invoke()
        self.assertEqual(self.done, ["favourite", "search", "search", "bell", "people", "menu"])

    def test_in_a_narrow_window_the_search_field_is_an_icon(self) -> None:
        self.size(560, 300)
        self.settle()
        self.assertIn("search", self.parts())
        self.size(559, 300)
        self.settle()
        self.assertIn("search icon", self.parts())
        self.assertNotIn("search", self.parts())

    def test_a_long_name_and_a_long_topic_leave_room_for_the_buttons(self) -> None:
        self.general.title, self.general.topic = "#" + "long" * 60, "words " * 100
        for width in (280, 344, 560, 800):
            for size in (8, 11, 24):
                with self.subTest(width=width, size=size):
                    self.theme.zoom(size)
                    self.size(width, 300)
                    self.show(self.general)
                    self.assertTrue(str(self.header.name_label.cget("text")).endswith("…"))
                    self.assertFits()

    def test_where_the_name_has_no_room_star_and_bell_are_only_in_the_menu(self) -> None:
        self.size(280, 300)
        self.theme.zoom(24)
        self.show(self.general)
        self.assertEqual(self.parts(), ["name", "search icon", "people", "menu"])

    def test_a_topic_is_shown_without_codes_on_one_line(self) -> None:
        self.general.topic = "\x02bold\x02 and\nmore"
        self.show(self.general)
        self.assertEqual(self.header.topic.text, "bold and more")

    def test_the_topic_can_be_edited_only_with_permission(self) -> None:
        self.assertTrue(self.header.topic.button.instate(["!disabled"]))
        self.general.members["ana"].ranks = ""
        self.show(self.general)
        self.assertTrue(self.header.topic.button.instate(["disabled"]))

    def test_the_line_before_the_topic_is_there_only_with_words_after_it(self) -> None:
        self.general.topic = ""
        seen = set()
        for width in range(400, 800, 20):
            with self.subTest(width=width):
                self.size(width, 300)
                self.show(self.general)
                words = self.header.topic.text if self.header.topic.winfo_ismapped() else ""
                self.assertEqual(bool(words), bool(self.header._rule.winfo_ismapped()))
                seen.add(words)
        self.assertEqual({"", "Set a topic"}, seen)

    def test_another_conversation_closes_the_field_of_the_topic(self) -> None:
        self.header.topic.edit()
        self.show(self.general)
        self.assertTrue(self.header.topic.is_editing)
        self.show(self.network.add("ben", "direct"))
        self.assertFalse(self.header.topic.is_editing)

    def test_without_members_no_number_is_shown(self) -> None:
        self.general.members.clear()
        self.show(self.general)
        self.assertEqual(list(drawn_texts(self.header.people_button)), [""])
        self.assertIn("people", self.parts())

    def test_the_tab_key_goes_from_left_to_right(self) -> None:
        header = self.header
        self.focus(header.star_button)
        for expected in (
            header.topic.button,
            header.search_button,
            header.bell_button,
            header.people_button,
            header.menu_button,
        ):
            focused = self.root.focus_get()
            assert focused is not None
            self.press(focused, "<Tab>")
            self.assertIs(self.root.focus_get(), expected)


class TextsTest(WindowTest):
    def test_the_bell_says_what_the_user_is_notified_of(self) -> None:
        shown = Conversation("#general", "channel")
        self.assertEqual(bell_tip(shown, "direct"), "You are notified of mentions of you")
        self.assertEqual(bell_tip(shown, "everything"), "You are notified of every message")
        shown.notify = "nothing"
        self.assertEqual(bell_tip(shown, "everything"), "You are notified of nothing")
        shown.muted = True
        self.assertEqual(bell_tip(shown, "direct"), "Muted")

    def test_a_person_who_is_away_without_a_reason_or_offline(self) -> None:
        network = make_network("#general")
        add_members(network, "#general", "(dee)", "ben")
        network.monitored["zoe"] = False
        for nick, expected in (("dee", "Away"), ("ben", ""), ("zoe", "Offline"), ("chen", "")):
            self.assertEqual(absence(network, network.add(nick, "direct")), expected)
