"""The sentences of the moderation log."""

from __future__ import annotations

import unittest

from chatapp.client.model.moderation_log import sentence
from chatapp.client.model.server_overview import LogEntry

CASES = {
    ("BAN", "tom!*@*", "for ever: Rude words"): "banned tom: Rude words",
    (
        "BAN",
        "*!*@192.0.2.7",
        "until 2026-03-13T08:00:00.000Z: Ads",
    ): "banned 192.0.2.7 until 2026-03-13 08:00 UTC: Ads",
    ("UNBAN", "~account:tom", ""): "lifted the ban of tom",
    ("KICK", "eve!e@h", "from #lab: rude"): "removed eve from #lab: rude",
    ("KILL", "eve!e@h", "spam"): "disconnected eve: spam",
    ("REDACT", "#general", "of dee, 123 "): "deleted a message of dee in #general",
    (
        "REDACT",
        "#general",
        "of a guest, 123 off topic",
    ): "deleted a message of a guest in #general: off topic",
    ("INVITECODE", "k7qx", "revoked"): "revoked the code K7QX",
    ("INVITECODE", "k7qx", "5 people, for ever"): "made the code K7QX for 5 people, for ever",
    ("ROLE", "sofia", "moderator"): "made sofia a moderator",
    ("SETTING", "name", "Room 12"): "named the chat Room 12",
    ("SETTING", "access", "invite"): "let only people with an invitation or an account join",
    ("SETTING", "sharing", "on"): "shared the chat on the network",
    ("GUESTNICKS", "bob", "freed"): "freed the name bob",
    ("LOCKDOWN", "srv", "on"): "closed the chat to new people",
    ("MODE", "#random", "+S 30"): "changed #random: +S 30",
    ("OPER", "owner-key", ""): "became an owner with the key of this computer",
    ("OPER", "owner", ""): "became an owner with the owner's password",
    ("STOP", "srv", ""): "stopped the server",
    ("STOP", "srv", "Good night"): "stopped the server: Good night",
    ("FILES", "tom", "deleted plan (2).pdf (abc123xyz)"): "deleted the file plan (2).pdf of tom",
    ("DANCE", "#lab", "slowly"): "DANCE #lab slowly",
}


class Sentences(unittest.TestCase):
    def test_each_action_has_one(self) -> None:
        for (action, about, details), expected in CASES.items():
            with self.subTest(action=action, details=details):
                self.assertEqual(sentence(LogEntry(1, 0.0, "ben", action, about, details)), expected)


if __name__ == "__main__":
    unittest.main()
