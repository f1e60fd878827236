"""Reactions as they arrive: live, from the history, before their message."""

from __future__ import annotations

from chatapp.client.model.changes import Updated
from chatapp.client.model.message_reactions import MAX_EARLY
from tests.client.messages import MessagesTest, message, reaction


class Reactions(MessagesTest):
    def test_reactions_are_added_and_removed(self) -> None:
        self.receive(message(1, "hello"))
        self.receive(reaction(2, "👍"), reaction(3, "👍", "chen"), reaction(4, "lol"))
        self.assertEqual(self.entry(), self.assert_changed(Updated).entry)
        self.assertEqual({"👍": ["ben", "chen"], "lol": ["ben"]}, self.entry().reactions)
        self.receive(reaction(5, "👍", tag="unreact"), reaction(6, "lol", tag="unreact"))
        self.assertEqual({"👍": ["chen"]}, self.entry().reactions)

    def test_the_same_reaction_twice_counts_once(self) -> None:
        self.receive(message(1, "hello"), reaction(2, "👍"), reaction(3, "👍", "Ben"))
        self.assertEqual({"👍": ["ben"]}, self.entry().reactions)

    def test_older_servers_and_clients_name_the_tags_differently(self) -> None:
        self.receive(message(1, "hello"), "@+draft/reply=m1;+react=👍 :chen!c@h TAGMSG #general")
        self.assertEqual({"👍": ["chen"]}, self.entry().reactions)

    def test_the_history_brings_reactions_after_a_start(self) -> None:
        self.page("#general", message(1, "hello"), reaction(2, "👍"), reaction(3, "👎"))
        self.assertEqual({"👍": ["ben"], "👎": ["ben"]}, self.entry().reactions)

    def test_a_reaction_waits_for_its_message(self) -> None:
        self.receive(message(9, "newer"), reaction(10, "👍"))
        self.client.load_older(self.general)
        self.page("#general", message(1, "older"))
        self.assertEqual({"👍": ["ben"]}, self.entry("m1").reactions)

    def test_an_old_page_does_not_bring_back_a_removed_reaction(self) -> None:
        self.receive(message(1, "hello"), reaction(5, "👍"), reaction(6, "👍", tag="unreact"))
        self.page("#general", reaction(5, "👍"))
        self.assertEqual({}, self.entry().reactions)

    def test_reactions_in_a_direct_message(self) -> None:
        self.receive(
            message(1, "psst", target="ana"),
            "@+reply=m1;+draft/react=👍 :ben!b@h TAGMSG ana",
            "@+reply=m1;+draft/react=👎 :ana!a@h TAGMSG ben",
        )
        ben = self.conversation("ben")
        self.assertEqual({"👍": ["ben"], "👎": ["ana"]}, ben.entries[-1].reactions)

    def test_reactions_to_messages_that_never_come_are_limited(self) -> None:
        self.receive(*(reaction(2, "👍", to=f"x{number}") for number in range(MAX_EARLY + 100)))
        self.assertEqual(MAX_EARLY, sum(map(len, self.general.early_reactions.values())))

    def test_a_deleted_message_gets_no_reactions(self) -> None:
        self.receive(message(1, "hello"), reaction(2, "👍"), ":ben!b@h REDACT #general m1", reaction(3, "👎"))
        self.assertEqual({}, self.entry().reactions)

    def test_a_reaction_with_our_account_is_ours_under_any_nick(self) -> None:
        self.receive(":srv 900 ana ana!a@h ana :You are logged in", message(1, "hello"))
        self.receive("@account=ana;+reply=m1;+draft/react=👍 :guest7!a@h TAGMSG #general")
        self.assertEqual({"👍": ["ana"]}, self.entry().reactions)
