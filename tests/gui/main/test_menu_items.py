"""The menu items of people and conversations."""

from __future__ import annotations

import unittest
from collections.abc import Sequence

from chatapp.client.model import favourites
from chatapp.client.model.conversation import Conversation, ConversationKind
from chatapp.client.outgoing.moderation import MeasureKind
from chatapp.gui.main import menu_items
from chatapp.gui.main.menu_items import MUTE, ConversationActions, PersonActions
from chatapp.gui.widgets.icon_menu import MenuItem
from tests.gui.networks import add_members, make_network

NOTIFY = [
    "Same as in the settings (mentions of you)",
    "Notify me of every message",
    "Notify me of mentions",
    "Notify me of nothing",
]


class ItemsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.done: list[str] = []
        self.network = make_network("#general")
        self.general = add_members(self.network, "#general", "ana", "@ben", "dee")

    def person(
        self, nick: str, measures: Sequence[MeasureKind] = (), is_banned: bool = False
    ) -> dict[str, MenuItem]:
        actions = PersonActions(
            profile=lambda: self.done.append("profile"),
            message=lambda: self.done.append("message"),
            mention=lambda: self.done.append("mention"),
            ignore=lambda: self.done.append("ignore"),
            set_rank=lambda letter, is_given: self.done.append(f"{letter} {is_given}"),
            moderate=self.done.append,
            measures=measures,
            lift=(lambda: self.done.append("lift")) if is_banned else None,
        )
        items = menu_items.person_items(self.network, self.general, nick, actions)
        return {item.label: item for item in items if item.label}

    def conversation(self, conversation: Conversation, notify_of: str = "direct") -> dict[str, MenuItem]:
        items = menu_items.conversation_items(
            self.network,
            conversation,
            ConversationActions(
                run=self.done.append,
                mark_read=lambda: self.done.append("read"),
                mark_unread=lambda: self.done.append("unread"),
                mute=lambda: self.done.append("mute"),
                notify=lambda level: self.done.append(f"notify {level}"),
                favourite=lambda: self.done.append("favourite"),
                move=lambda step: self.done.append(f"move {step}"),
                copy_link=lambda: self.done.append("link"),
                leave=lambda: self.done.append("leave"),
                settings=lambda: self.done.append("settings"),
                profile=lambda: self.done.append("profile"),
            ),
            notify_of,
        )
        return {item.label: item for item in items if item.label}

    def test_everyone_can_message_mention_look_up_and_ignore_others(self) -> None:
        items = self.person("dee")
        self.assertEqual(list(items), ["Profile", "Message", "Mention", "Ignore"])
        for item in items.values():
            item.action()
        self.assertEqual(self.done, ["profile", "message", "mention", "ignore"])

    def test_the_user_can_only_look_at_the_own_profile(self) -> None:
        self.assertEqual(list(self.person("ana")), ["My profile"])

    def test_an_ignored_person_can_be_unignored(self) -> None:
        self.network.ignored.add("dee")
        self.assertIn("Stop ignoring", self.person("dee"))

    def test_what_cannot_be_done_is_absent(self) -> None:
        items = self.person("dee", ["remove", "ban"], is_banned=True)
        self.assertEqual(list(items)[-3:], ["Lift the ban", "Remove…", "Ban…"])
        for label in list(items)[-3:]:
            items[label].action()
        self.assertEqual(self.done, ["lift", "remove", "ban"])

    def test_one_item_leads_to_both_bans(self) -> None:
        items = self.person("dee", ["mute", "remove", "ban", "server_ban"])
        self.assertEqual(list(items)[-3:], ["Mute…", "Remove…", "Ban…"])
        items["Ban…"].action()
        self.person("dee", ["server_ban"])["Ban…"].action()
        self.assertEqual(self.done, ["ban", "server_ban"])

    def test_moderators_make_moderators_and_remove_them(self) -> None:
        self.general.members["ana"].ranks = "@"
        self.person("dee")["Make moderator"].action()
        self.person("ben")["Remove as moderator"].action()
        self.assertEqual(self.done, ["o True", "o False"])

    def test_voice_is_offered_where_it_matters(self) -> None:
        self.general.members["ana"].ranks = "@"
        self.assertNotIn("Give voice", self.person("dee"))
        self.general.modes = frozenset("m")
        self.person("dee")["Give voice"].action()
        self.general.members["dee"].ranks = "+"
        self.person("dee")["Take voice"].action()
        self.assertEqual(self.done, ["v True", "v False"])

    def test_ranks_above_moderator_can_do_the_same_and_lower_ones_cannot(self) -> None:
        self.network.isupport = {"PREFIX": "(qohv)~@%+"}
        for ranks, expected in (("~", True), ("@", True), ("%", False), ("+", False)):
            self.general.members["ana"].ranks = ranks
            self.assertEqual("Make moderator" in self.person("dee"), expected)

    def test_who_is_above_moderators_is_made_none(self) -> None:
        self.network.isupport = {"PREFIX": "(yqohv)!~@%+"}
        self.general.members["ana"].ranks = "~"
        for ranks in ("~", "~@", "!"):
            self.general.members["dee"].ranks = ranks
            self.assertFalse({"Make moderator", "Remove as moderator"} & set(self.person("dee")))

    def test_server_operators_can_do_all_this_in_every_channel(self) -> None:
        self.network.is_server_operator = True
        self.assertIn("Make moderator", self.person("dee"))

    def test_people_outside_the_channel_get_no_rank(self) -> None:
        self.general.members["ana"].ranks = "@"
        self.assertNotIn("Make moderator", self.person("zoe"))

    def test_a_channel_can_be_muted_and_left(self) -> None:
        items = self.conversation(self.general)
        self.assertEqual(
            list(items),
            ["Add to favourites", *NOTIFY, MUTE, "Channel settings…", "Copy invite link", "Leave"],
        )
        items["Leave"].action()
        items[MUTE].action()
        self.assertEqual(self.done, ["leave", "mute"])

    def test_an_invite_link_can_be_copied_while_connected(self) -> None:
        self.conversation(self.general)["Copy invite link"].action()
        self.assertEqual(self.done, ["link"])
        self.network.state = "waiting"
        self.assertNotIn("Copy invite link", self.conversation(self.general))

    def test_an_unread_conversation_can_be_marked_as_read(self) -> None:
        self.general.unread = 1
        self.conversation(self.general)["Mark as read"].action()
        self.assertEqual(self.done, ["read"])

    def test_a_conversation_that_was_read_can_be_marked_as_unread(self) -> None:
        self.assertNotIn("Mark as unread", self.conversation(self.general))
        self.general.insert([self.network.entry("message", 1.0, "ben", "hello")])
        self.conversation(self.general)["Mark as unread"].action()
        self.assertEqual(self.done, ["unread"])

    def test_what_the_user_is_notified_of_has_a_check_mark(self) -> None:
        self.general.notify = "nothing"
        self.conversation(self.general)["Notify me of every message"].action()
        self.assertEqual(
            [self.conversation(self.general)[label].icon for label in NOTIFY], ["", "", "", "check"]
        )
        self.general.muted = True
        items = self.conversation(self.general)
        self.assertEqual([items[label].icon for label in NOTIFY], ["", "", "", ""])
        self.assertIn("Unmute", items)
        self.assertEqual(self.done, ["notify everything"])

    def test_the_settings_are_followed_until_something_else_is_chosen(self) -> None:
        cases: list[tuple[ConversationKind, str, str]] = [
            ("channel", "direct", "mentions of you"),
            ("channel", "everything", "every message"),
            ("direct", "direct", "every message"),
            ("direct", "nothing", "nothing"),
        ]
        for kind, notify_of, text in cases:
            with self.subTest(kind, notify_of=notify_of):
                items = self.conversation(Conversation("x", kind), notify_of)
                checked = [label for label, item in items.items() if item.icon == "check"]
                self.assertEqual(checked, [f"Same as in the settings ({text})"])

    def test_a_favourite_can_be_moved_as_far_as_there_are_others(self) -> None:
        other = self.network.add("ben", "direct")
        for each in (self.general, other):
            favourites.set_favourite(self.network, each, True)
        self.assertNotIn("Move up", self.conversation(self.general))
        self.conversation(self.general)["Move down"].action()
        self.assertNotIn("Move down", self.conversation(other))
        self.conversation(other)["Move up"].action()
        self.conversation(other)["Remove from favourites"].action()
        self.assertEqual(self.done, ["move 1", "move -1", "favourite"])

    def test_the_messages_of_the_server_can_only_be_closed(self) -> None:
        self.assertEqual(list(self.conversation(self.network.add("", "server"))), ["Close"])

    def test_a_channel_that_was_left_can_be_joined_again_or_closed(self) -> None:
        self.general.joined = False
        items = self.conversation(self.general)
        self.assertEqual(list(items), ["Add to favourites", *NOTIFY, MUTE, "Join again", "Close"])
        items["Join again"].action()
        self.assertEqual(self.done, ["/join #general"])

    def test_a_direct_message_can_be_closed(self) -> None:
        items = self.conversation(self.network.add("ben", "direct"))
        notify = ["Same as in the settings (every message)", *NOTIFY[1:]]
        self.assertEqual(list(items), ["Add to favourites", *notify, MUTE, "Profile", "Close"])


if __name__ == "__main__":
    unittest.main()
