"""What can be done with people and conversations."""

from __future__ import annotations

import unittest

from chatapp.client.model.conversation import Conversation
from chatapp.gui.widgets import context_menus
from chatapp.gui.widgets.context_menus import MenuItem
from tests.gui.base import WindowTest
from tests.gui.rooms import enter, room


class ItemsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.done: list[str] = []
        self.network = room("#general")
        self.general = enter(self.network, "#general", "ana", "@ben", "dee")

    def person(self, nick: str, conversation: Conversation | None = None) -> dict[str, MenuItem]:
        items = context_menus.person_items(
            self.network,
            conversation or self.general,
            nick,
            self.done.append,
            lambda nick: self.done.append("@" + nick),
        )
        return {item.words: item for item in items if item.words}

    def conversation(self, conversation: Conversation) -> dict[str, MenuItem]:
        items = context_menus.conversation_items(
            self.network,
            conversation,
            self.done.append,
            read=lambda: self.done.append("read"),
            mute=lambda: self.done.append("mute"),
            copy_link=lambda: self.done.append("link"),
        )
        return {item.words: item for item in items if item.words}

    def test_anybody_may_message_mention_ask_about_and_ignore_others(self) -> None:
        items = self.person("dee")
        self.assertEqual(list(items), ["Message", "Mention", "Who is this?", "Ignore"])
        for item in items.values():
            item.act()
        self.assertEqual(self.done, ["/msg dee", "@dee", "/whois dee", "/ignore dee"])

    def test_oneself_can_only_be_asked_about(self) -> None:
        self.assertEqual(list(self.person("ana")), ["Who is this?"])

    def test_who_is_ignored_can_be_heard_again(self) -> None:
        self.network.ignored.add("dee")
        self.assertIn("Stop ignoring", self.person("dee"))

    def test_an_operator_may_also_kick_ban_and_make_operators(self) -> None:
        self.general.members["ana"].ranks = "@"
        items = self.person("dee")
        for words in ("Make operator", "Kick from #general", "Ban from #general"):
            items[words].act()
        self.assertEqual(self.done, ["/op dee", "/kick dee", "/ban dee"])

    def test_from_an_operator_it_can_be_taken(self) -> None:
        self.general.members["ana"].ranks = "@"
        self.person("ben")["Take operator"].act()
        self.assertEqual(self.done, ["/deop ben"])

    def test_who_is_more_than_operator_may_do_as_much(self) -> None:
        self.network.isupport = {"PREFIX": "(qov)~@+"}
        self.general.members["ana"].ranks = "~"
        self.assertIn("Make operator", self.person("dee"))
        self.general.members["ana"].ranks = "+"
        self.assertNotIn("Make operator", self.person("dee"))

    def test_half_an_operator_may_kick_and_ban(self) -> None:
        self.network.isupport = {"PREFIX": "(ohv)@%+"}
        self.general.members["ana"].ranks = "%"
        items = list(self.person("dee"))
        self.assertEqual(items[-2:], ["Kick from #general", "Ban from #general"])
        self.assertNotIn("Make operator", items)

    def test_who_runs_the_server_may_do_all_that_in_every_channel(self) -> None:
        self.network.is_server_operator = True
        self.assertIn("Make operator", self.person("dee"))

    def test_who_is_not_in_the_channel_cannot_be_kicked(self) -> None:
        self.general.members["ana"].ranks = "@"
        self.assertNotIn("Kick from #general", self.person("zoe"))

    def test_a_channel_can_be_muted_and_left(self) -> None:
        items = self.conversation(self.general)
        self.assertEqual(list(items), ["Mute", "Copy invite link", "Leave"])
        items["Leave"].act()
        items["Mute"].act()
        self.assertEqual(self.done, ["/part", "mute"])

    def test_others_can_be_invited_into_a_channel_while_there_is_a_server(self) -> None:
        self.conversation(self.general)["Copy invite link"].act()
        self.assertEqual(self.done, ["link"])
        self.network.state = "waiting"
        self.assertNotIn("Copy invite link", self.conversation(self.general))

    def test_what_is_unread_can_be_marked_as_read(self) -> None:
        self.general.unread = 1
        self.conversation(self.general)["Mark as read"].act()
        self.assertEqual(self.done, ["read"])

    def test_a_channel_that_was_left_can_be_joined_again_or_closed(self) -> None:
        self.general.joined = False
        items = self.conversation(self.general)
        self.assertEqual(list(items), ["Mute", "Join again", "Close"])
        items["Join again"].act()
        self.assertEqual(self.done, ["/join #general"])

    def test_a_direct_message_can_be_closed(self) -> None:
        items = self.conversation(self.network.add("ben", "direct"))
        self.assertEqual(list(items), ["Mute", "Who is this?", "Close"])


class PopUpTest(WindowTest):
    def test_a_menu_says_and_does_what_its_items_do(self) -> None:
        done: list[str] = []
        items = [
            MenuItem("One", lambda: done.append("one")),
            MenuItem(),
            MenuItem("Two", lambda: done.append("two")),
        ]
        menu = context_menus.pop_up(self.root, self.theme, items, 10, 10)
        self.settle()
        self.assertEqual([menu.type(place) for place in range(3)], ["command", "separator", "command"])
        menu.invoke(2)
        menu.unpost()
        self.assertEqual(done, ["two"])

    def test_only_the_last_menu_is_kept(self) -> None:
        for _ in range(3):
            context_menus.pop_up(self.root, self.theme, [MenuItem("One")], 10, 10).unpost()
        self.assertEqual(
            len([child for child in self.root.winfo_children() if child.winfo_class() == "Menu"]), 1
        )


if __name__ == "__main__":
    unittest.main()
