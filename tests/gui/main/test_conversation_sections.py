"""The sections of the list, and what moves between them."""

from __future__ import annotations

import unittest

from chatapp.client.model import favourites
from chatapp.client.model.conversation import Conversation
from chatapp.gui.main.conversation_sections import ConversationSections
from tests.gui.networks import make_network


class SectionsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#lab", "#abc", "#help")
        self.network.current = self.at("#lab")
        for at, nick in enumerate(("ben", "dee"), 1):
            self.network.add(nick, "direct").read_marker = float(at)
        self.sections = ConversationSections()

    def at(self, name: str) -> Conversation:
        found = self.network.find(name)
        assert found is not None
        return found

    def shown(self, hold: bool = False) -> str:
        """Return the list as one line: `CHANNELS #abc #help DIRECT ben`."""
        found = self.sections.update(self.network, hold)
        return " ".join(
            " ".join([section.heading.split()[0], *(each.name for each in section.conversations)])
            for section in found
        )

    def unread(self, name: str, number: int = 1) -> None:
        self.at(name).unread = number

    def favour(self, name: str) -> None:
        favourites.set_favourite(self.network, self.at(name), True)

    def test_channels_are_in_the_order_of_names_and_direct_messages_in_that_of_activity(self) -> None:
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT dee ben")
        self.at("ben").read_marker = 9.0
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT ben dee")

    def test_a_message_is_activity_and_a_note_is_not(self) -> None:
        ben = self.at("ben")
        ben.insert([self.network.entry("system", 5.0, text="You are away.")])
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT dee ben")
        ben.insert([self.network.entry("message", 6.0, "ben", "hello")])
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT ben dee")

    def test_unread_conversations_stand_under_unread_and_the_server_does_not(self) -> None:
        self.network.add("", "server").unread = 3
        self.unread("#help")
        self.unread("ben")
        self.assertEqual(self.shown(), "UNREAD #help ben CHANNELS #abc #lab DIRECT dee SERVER ")

    def test_one_that_was_read_goes_back_when_it_is_left(self) -> None:
        self.unread("#help")
        self.shown()
        self.network.current = self.at("#help")
        self.unread("#help", 0)
        self.assertEqual(self.shown(), "UNREAD #help CHANNELS #abc #lab DIRECT dee ben")
        self.network.current = self.at("#lab")
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT dee ben")

    def test_one_that_was_read_goes_back_when_the_user_answers(self) -> None:
        self.unread("#help")
        self.shown()
        self.network.current = self.at("#help")
        self.unread("#help", 0)
        self.shown()
        answer = self.network.entry("message", 6.0, "ana", "yes")
        answer.own = True
        self.at("#help").insert([answer])
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT dee ben")

    def test_one_that_was_open_before_its_messages_came_goes_back_when_they_are_read(self) -> None:
        self.shown()
        self.unread("#lab")
        self.assertEqual(self.shown(), "UNREAD #lab CHANNELS #abc #help DIRECT dee ben")
        self.unread("#lab", 0)
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT dee ben")

    def test_while_the_pointer_is_in_the_list_nothing_moves(self) -> None:
        before = self.shown()
        self.unread("#help")
        self.at("ben").read_marker = 9.0
        self.assertEqual(self.shown(hold=True), before)
        self.assertEqual(self.shown(), "UNREAD #help CHANNELS #abc #lab DIRECT ben dee")
        self.unread("#help", 0)
        self.assertEqual(self.shown(hold=True), "UNREAD #help CHANNELS #abc #lab DIRECT ben dee")

    def test_while_the_pointer_is_in_the_list_a_new_conversation_is_shown_and_a_closed_one_is_not(
        self,
    ) -> None:
        self.shown()
        self.network.add("zoe", "direct")
        self.network.remove(self.at("dee"))
        self.network.remove(self.at("#abc"))
        self.assertEqual(self.shown(hold=True), "CHANNELS #help #lab DIRECT zoe ben")

    def test_favourites_have_the_order_of_the_user_and_never_move(self) -> None:
        self.favour("dee")
        self.favour("#abc")
        self.unread("dee")
        self.assertEqual(self.shown(), "FAVOURITES dee #abc CHANNELS #help #lab DIRECT ben")

    def test_of_a_folded_section_the_current_and_the_unread_conversations_are_shown(self) -> None:
        self.network.folded = {"channel"}
        self.unread("#help")
        self.assertEqual(self.shown(), "UNREAD #help CHANNELS #lab DIRECT dee ben")
        self.favour("#abc")
        self.unread("#abc")
        self.network.folded = {"favourites", "direct"}
        self.assertEqual(self.shown(), "FAVOURITES UNREAD #abc #help CHANNELS #lab DIRECT")

    def test_a_folded_heading_counts_the_unread_conversations_below_it(self) -> None:
        self.network.folded = {"unread"}
        self.unread("#help")
        self.unread("ben")
        self.shown()
        unread = self.sections.sections[0]
        self.assertEqual((unread.name, unread.hidden_unread, unread.conversations), ("unread", 2, ()))

    def test_muted_conversations_stay_where_they_are_until_somebody_mentions_the_user(self) -> None:
        self.at("#help").muted = True
        self.unread("#help")
        self.assertEqual(self.shown(), "CHANNELS #abc #help #lab DIRECT dee ben")
        self.at("#help").mentions = 1
        self.assertEqual(self.shown(), "UNREAD #help CHANNELS #abc #lab DIRECT dee ben")

    def test_the_sections_of_another_network_begin_anew(self) -> None:
        self.unread("#help")
        self.shown()
        self.network = make_network("#help", "#z")
        self.assertEqual(self.shown(hold=True), "CHANNELS #help #z DIRECT")

    def test_the_conversations_on_screen_are_listed_from_top_to_bottom(self) -> None:
        self.favour("#lab")
        self.network.folded = {"direct"}
        self.shown()
        self.assertEqual([each.name for each in self.sections.shown()], ["#lab", "#abc", "#help"])


if __name__ == "__main__":
    unittest.main()
