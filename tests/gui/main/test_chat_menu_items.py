"""The menu items of the chat, of the own card and of the headings."""

from __future__ import annotations

import unittest
from functools import partial

from chatapp.client.model.network import NetworkState
from chatapp.client.model.server_overview import TOKEN
from chatapp.gui.main import chat_menu_items
from chatapp.gui.main.chat_menu_items import ChatActions
from chatapp.gui.widgets.icon_menu import MenuItem
from tests.gui.networks import make_network


class ChatMenuItemsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.done: list[str] = []
        names = [
            name for name in ChatActions._fields if name not in ("fold", "explain", "servers", "can_stop")
        ]
        self.can_stop = False
        self.actions = ChatActions(
            **{name: partial(self.done.append, name) for name in names},
            explain=self.done.append,
            can_stop=lambda: self.can_stop,
            servers=lambda: [MenuItem("Add a server…", lambda: self.done.append("add"))],
            fold=lambda section: self.done.append(f"fold {section}"),
        )
        self.network = make_network("#general")

    def chat(self) -> list[MenuItem]:
        return [each for each in chat_menu_items.chat_items(self.network, self.actions) if each.label]

    def own(self) -> list[MenuItem]:
        return [each for each in chat_menu_items.own_items(self.network, self.actions) if each.label]

    def test_each_item_does_what_it_says(self) -> None:
        for item in self.chat():
            item.action()
        self.assertEqual(self.done, ["invite", "join", "settings", "add", "disconnect"])

    def test_the_first_item_says_who_can_read_the_connection(self) -> None:
        self.network.privacy = "open"
        item = self.chat()[0]
        item.action()
        self.assertEqual(item.label, "Connection: not encrypted")
        self.assertEqual(self.done, ["Not encrypted: others on the network can read what you write."])
        self.network.state = "waiting"
        self.assertNotIn("Connection: not encrypted", [each.label for each in self.chat()])

    def test_owners_and_moderators_of_our_servers_reach_the_page_about_the_server(self) -> None:
        self.network.isupport = {**self.network.isupport, TOKEN: "status"}
        self.network.is_server_operator = True
        item = next(each for each in self.chat() if each.label == "This server")
        item.action()
        self.assertEqual(self.done, ["this_server"])

    def test_who_has_started_the_server_can_stop_it(self) -> None:
        self.assertNotIn("Stop the server…", [each.label for each in self.chat()])
        self.can_stop = True
        item = next(each for each in self.chat() if each.label == "Stop the server…")
        item.action()
        self.assertEqual((item.dangerous, self.done), (True, ["stop_server"]))

    def test_the_items_of_the_chat_depend_on_the_connection(self) -> None:
        always = ["Settings", "Add a server…"]
        cases: list[tuple[NetworkState, list[str]]] = [
            ("online", ["Invite people", "Browse channels", *always, "Disconnect"]),
            ("connecting", [*always, "Disconnect"]),
            ("waiting", [*always, "Connect", "Disconnect"]),
            ("offline", [*always, "Connect"]),
        ]
        for state, labels in cases:
            with self.subTest(state):
                self.network.state = state
                self.assertEqual([each.label for each in self.chat()], labels)

    def test_the_user_can_be_away_and_come_back(self) -> None:
        self.assertEqual(
            [each.label for each in self.own()], ["My profile and name…", "Set away…", "Copy my name"]
        )
        self.network.away = True
        items = self.own()
        self.assertEqual(
            [each.label for each in items],
            ["My profile and name…", "I am back", "Change the away text…", "Copy my name"],
        )
        for item in items:
            item.action()
        self.assertEqual(self.done, ["profile", "set_back", "set_away", "copy_name"])

    def test_while_offline_the_user_can_connect_but_not_be_away(self) -> None:
        self.network.state = "offline"
        self.assertEqual([each.label for each in self.own()], ["Connect", "Copy my name"])
        self.network.nick = ""
        self.assertEqual([each.label for each in self.own()], ["Connect"])

    def test_a_heading_can_be_folded_and_added_to(self) -> None:
        self.network.folded = {"direct"}
        for section, labels in (
            ("channel", ["Fold", "Join or make a channel"]),
            ("direct", ["Unfold", "Write to somebody"]),
            ("unread", ["Fold"]),
        ):
            items = list(chat_menu_items.section_items(self.network, section, self.actions))  # type: ignore[arg-type]
            self.assertEqual([each.label for each in items], labels)
            for item in items:
                item.action()
        self.assertEqual(self.done, ["fold channel", "join", "fold direct", "write", "fold unread"])


if __name__ == "__main__":
    unittest.main()
