"""Joins, leaves and other changes from the history: they are shown again, and change nothing else."""

from __future__ import annotations

from chatapp.client.model.event_texts import sentence
from tests.client.base import EVERYTHING, ClientTest


def past(second: int, line: str) -> str:
    """Return a line of the history, of 11:00 and so many seconds."""
    return f"@time=2026-03-12T11:00:{second:02}.000Z;msgid=p{second} {line}"


class PastEvents(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.general = self.online(capabilities=f"{EVERYTHING} draft/event-playback")

    def shown(self) -> list[str]:
        return [sentence(entry) for entry in self.general.entries if entry.time < self.now - 60]

    def test_they_stand_between_the_messages(self) -> None:
        self.page(
            "#general",
            past(1, ":ben!b@h JOIN #general ben :Ben"),
            past(2, ":ben!b@h PRIVMSG #general :buy this"),
            past(3, ":ana!a@h KICK #general ben :Off topic"),
            past(4, ":chen!c@h NICK li"),
            past(5, ":li!c@h TOPIC #general :No advertisements"),
            past(6, ":ana!a@h MODE #general +o li"),
            past(7, ":li!c@h PART #general :later"),
            past(8, ":dee!d@h QUIT :tired"),
        )
        self.assertEqual(
            self.shown(),
            [
                "ben joined",
                "buy this",
                "You removed ben (Off topic)",
                "chen is now called li",
                "li changed the topic to “No advertisements”",
                "You made li an operator",
                "li left (later)",
                "dee went offline (tired)",
            ],
        )

    def test_nothing_else_follows_from_them(self) -> None:
        members = dict(self.general.members)
        self.page(
            "#general",
            past(1, ":zoe!z@h JOIN #general"),
            past(2, ":ana!a@h TOPIC #general :old"),
            past(3, ":ben!b@h KICK #general ana :out"),
            past(4, ":ana!a@h NICK anna"),
        )
        self.assertEqual(self.general.members, members)
        self.assertEqual((self.general.topic, self.general.unread, self.general.mentions), ("", 0, 0))
        self.assertEqual((self.client.network.nick, self.general.joined), ("ana", True))

    def test_own_joins_and_leaves_are_left_out(self) -> None:
        self.page("#general", past(1, ":ana!a@h JOIN #general"), past(2, ":ana!a@h QUIT :bye"))
        self.assertEqual(self.shown(), [])

    def test_one_that_is_here_is_not_added_again(self) -> None:
        self.receive(past(1, ":ben!b@h JOIN #general"))
        self.page("#general", past(1, ":ben!b@h JOIN #general"), past(1, ":ben!b@h JOIN #general"))
        self.assertEqual(self.shown(), ["ben joined"])
        nameless = "@time=2026-03-12T11:00:09.000Z :ben!b@h PART #general"
        self.receive(nameless)
        self.page("#general", nameless)
        self.assertEqual(self.shown(), ["ben joined", "ben left"])

    def test_those_of_ignored_people_are_left_out(self) -> None:
        self.client.run(self.general, "/ignore ben")
        self.page("#general", past(1, ":ben!b@h JOIN #general"), past(2, ":ben!b@h NICK benny"))
        self.assertEqual(self.shown(), [])
