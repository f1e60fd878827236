"""The commands of "Jump to" for the current conversation."""

from __future__ import annotations

import unittest
from collections.abc import Callable
from typing import Any

from chatapp.client.model.conversation import Conversation
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.jump_conversation import CurrentActions, current_commands
from chatapp.gui.main.menu_items import MUTE, ConversationActions, conversation_items
from tests.gui.networks import add_members, make_network

IN_MENU = {
    "Copy invite link": "Copy the invite link",
    "Leave": "Leave {}",
    "Close": "Close {}",
    MUTE: "Mute {}",
    "Profile": "Profile of {}",
    "Move up": "Move {} up",
    "Move down": "Move {} down",
    "Join again": "Join {} again",
    "Add to favourites": "Add {} to favourites",
    "Remove from favourites": "Remove {} from favourites",
}
"""By the label of the menu: that in "Jump to", where the name stands in the sentence."""
ELSEWHERE = {"Copy the invite link"}  # a command of the chat


class JumpConversationTest(unittest.TestCase):
    def setUp(self) -> None:
        self.done: list[tuple[object, ...]] = []
        self.network = make_network("#general", "#library")
        self.general = add_members(self.network, "#general", "@ana", "ben")
        menu = ConversationActions(**self.each(ConversationActions))
        self.actions = CurrentActions(menu=menu, **self.each(CurrentActions))

    def each(self, kind: type[Any]) -> dict[str, Any]:
        return {name: self.action(name) for name in kind._fields if name != "menu"}

    def action(self, name: str) -> Callable[..., object]:
        return lambda *arguments: self.done.append((name, *arguments))

    def labels(self, current: Conversation) -> list[str]:
        return [each.label for each in current_commands(self.network, current, self.actions)]

    def say(self, nick: str, own: bool = False) -> None:
        entry = self.network.entry("message", 1.0, nick, "Good morning")
        entry.own, entry.msgid = own, "m1"
        self.general.entries.append(entry)

    def run_command(self, label: str) -> tuple[object, ...]:
        commands = current_commands(self.network, self.general, self.actions)
        next(each for each in commands if each.label == label).run()
        return self.done.pop()

    def test_each_command_does_what_it_says(self) -> None:
        self.say("ben")
        for label, done in (
            ("Find in this conversation", ("find",)),
            ("Mark as unread", ("mark_unread",)),
            ("Channel settings…", ("settings",)),
            ("Change the topic…", ("edit_topic",)),
            ("Remove or ban somebody…", ("ask_person", "moderate ")),
            ("Make somebody a moderator…", ("ask_person", "op ")),
            ("Invite somebody to general…", ("ask_person", "invite ")),
            ("Add general to favourites", ("favourite",)),
            ("Mute general", ("mute",)),
            ("Notify me of nothing in general", ("notify", "nothing")),
            ("Notify me of mentions in general", ("notify", "mentions")),
            ("Choose a message", ("choose_message",)),
            ("Undo", ("undo",)),
            ("Emoji", ("emoji",)),
            ("Send files…", ("file",)),
            ("Clear this view", ("run", "/clear")),
            ("Leave general", ("leave",)),
        ):
            with self.subTest(label):
                self.assertEqual(self.run_command(label), done)

    def test_what_is_unread_can_be_marked_as_read(self) -> None:
        self.say("ben")
        self.general.unread = 1
        self.assertEqual(self.run_command("Mark as read"), ("mark_read",))
        self.assertNotIn("Mark as unread", self.labels(self.general))

    def test_without_the_rank_there_is_no_moderation(self) -> None:
        self.general.members["ana"].ranks = ""
        labels = self.labels(self.general)
        for label in ("Change the topic…", "Remove or ban somebody…", "Make somebody a moderator…"):
            self.assertNotIn(label, labels)

    def test_a_channel_that_one_has_left_can_be_joined_again(self) -> None:
        self.general.joined = False
        self.assertEqual(self.run_command("Join general again"), ("run", "/join #general"))
        self.assertNotIn("Channel settings…", self.labels(self.general))

    def test_an_own_message_can_be_edited_where_the_server_lets_us(self) -> None:
        self.say("ana", own=True)
        self.assertNotIn("Edit my last message", self.labels(self.general))
        self.network.capabilities = frozenset({"draft/message-edit"})
        self.assertEqual(self.run_command("Edit my last message"), ("edit_last",))

    def test_everything_in_the_menu_of_a_conversation_is_here(self) -> None:
        library, direct = self.network.conversations["#library"], self.network.add("ben", "direct")
        for each in (self.general, library):
            each.favourite = True
            self.network.favourites.append(each.name)
        left = self.network.add("#left", "channel")
        for shown in (self.general, library, direct, left):
            with self.subTest(shown.name):
                self.assertLessEqual(menu_labels(self.network, shown, self.actions), {
                    *self.labels(shown), *ELSEWHERE
                })  # fmt: skip


def menu_labels(network: Network, shown: Conversation, actions: CurrentActions) -> set[str]:
    """Return the labels of the menu as "Jump to" words them."""
    name = shown.name.removeprefix("#")
    found = set()
    for item in conversation_items(network, shown, actions.menu):
        if item.label.startswith(("Notify", "Same as in the settings")):
            if item.icon != "check":
                found.add(f"{item.label} in {name}")
        elif item.label:
            found.add(IN_MENU.get(item.label, item.label).format(name))
    return found
