"""Server moderators in channels where they have no rank: they act as operators, and this is recorded."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest


class Moderators(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", channel="#c")  # ann created it
        self.make_account("mod", role="moderator")
        self.enter_as("mod")

    def audit_entries(self) -> list[str]:
        """Return action, subject and detail of the entries in the audit log."""
        rows = self.reader.rows("SELECT action, about, words FROM audit ORDER BY id")
        return [" ".join(row).rstrip() for row in rows]

    def test_they_kick_as_non_members_even_the_owner_of_the_channel(self) -> None:
        self.user("ann").channels[self.channel("#c")].ranks = "q"
        self.say("mod", "KICK #c ann :Enough")
        self.assertGot("eve", ":mod KICK #c ann :Enough")
        self.assertEqual(self.audit_entries(), [f"KICK {self.user('ann').source} from #c: Enough"])

    def test_they_ban_mute_and_set_slow_mode(self) -> None:
        self.say("mod", "MODE #c +bbS ~m:eve dan!*@* 30")
        self.assertGot("eve", ":mod MODE #c +bbS ~m:eve!*@* dan!*@* 30")
        self.assertEqual(self.audit_entries(), ["MODE #c +bbS ~m:eve!*@* dan!*@* 30"])
        self.assertEqual(self.answer("eve", "PRIVMSG #c :hello")[0][:7], "404 eve")

    def test_they_redact_messages_of_others(self) -> None:
        self.enter("bob", channel="#c", caps="message-tags draft/message-redaction")
        self.say("eve", "PRIVMSG #c :rude")
        msgid = self.messages("bob")[0].tags["msgid"]
        self.say("mod", f"REDACT #c {msgid} :Rude")
        self.assertGot("bob", f":mod REDACT #c {msgid} Rude")
        self.assertEqual(self.audit_entries(), [f"REDACT #c of a guest, {msgid} Rude"])

    def test_they_make_a_member_operator(self) -> None:
        self.say("mod", "MODE #c +o eve")
        self.assertGot("eve", ":mod MODE #c +o eve")

    def test_they_join_restricted_channels(self) -> None:
        for number, (letters, expected) in enumerate(
            {
                "+k word": "Cannot join channel (+k)",
                "+i": "Cannot join channel (+i)",
                "+b mod!*@*": "Cannot join channel (+b)",
                "+l 1": "Cannot join channel (+l)",
            }.items()
        ):
            with self.subTest(letters):
                name = f"#{number}"
                self.say("ann", f"JOIN {name}", f"MODE {name} {letters}")
                self.say("mod", f"JOIN {name}")
                self.assertIn(self.user("mod"), self.channel(name).members)
                self.assertEqual(self.audit_entries()[-1], f"JOIN {name} despite: {expected}")

    def test_an_ordinary_join_is_not_recorded(self) -> None:
        self.say("mod", "JOIN #c")
        self.assertEqual(self.audit_entries(), [])

    def test_they_see_secret_channels(self) -> None:
        self.say("ann", "MODE #c +s")
        self.assertIn("322 mod #c 2 :", self.answer("mod", "LIST"))
        self.assertIn("353 mod @ #c :@ann eve", self.answer("mod", "NAMES #c"))
        self.enter("dan")
        self.assertNotIn("322 dan #c 2 :", self.answer("dan", "LIST"))

    def test_as_members_they_send_to_moderated_channels(self) -> None:
        self.say("ann", "MODE #c +m")
        self.assertEqual(self.answer("mod", "PRIVMSG #c :hello")[0][:7], "404 mod")
        self.say("mod", "JOIN #c")
        self.forget()
        self.say("mod", "PRIVMSG #c :hello", "PRIVMSG #c :again")
        self.assertGot("eve", ":mod PRIVMSG #c :hello", ":mod PRIVMSG #c :again")

    def test_they_set_topic_and_name(self) -> None:
        self.say("mod", "TOPIC #c :Be kind", "RENAME #c #class")
        self.assertEqual(self.channel("#class").topic, "Be kind")

    def test_a_moderator_who_gave_up_the_role_has_none_of_these_rights(self) -> None:
        self.say("mod", "MODE mod -o")
        self.assertAnswer("mod", "KICK #c eve", "442 mod #c :You're not on that channel")
        self.assertAnswer("mod", "MODE #c +m", "482 mod #c :You're not channel operator")

    def test_actions_of_channel_operators_are_recorded_too(self) -> None:
        self.say("ann", "MODE #c +m", "MODE #c +v eve", "KICK #c eve")
        self.assertEqual(self.audit_entries(), [f"KICK {self.user('eve').source} from #c: ann"])


class Addresses(ServerTest):
    """WHOIS shows the real address to moderators and to the user; no other command shows it."""

    ADDRESS = "198.51.100.9"

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "eve", channel="#c", address=self.ADDRESS)
        self.enter("bob", "mod", channel="#c")
        self.make_operator("mod", "moderator")
        self.forget()

    def test_whois_shows_the_address(self) -> None:
        for asker, is_shown in (("ann", True), ("mod", True), ("bob", False), ("eve", False)):
            with self.subTest(asker):
                self.assertIs(self.ADDRESS in "\n".join(self.answer(asker, "WHOIS ann")), is_shown)

    def test_no_other_command_shows_the_address(self) -> None:
        self.say("mod", "MODE mod +w", "MONITOR + ann")
        questions = ("WHO #c", "WHO ann %tcuihsnfdlaor,1", "USERHOST ann", "NAMES #c", "MONITOR S", "STATS l")
        for asker in ("bob", "mod", "eve"):
            for question in questions:
                with self.subTest(f"{asker}: {question}"):
                    answer = "\n".join(self.answer(asker, question))
                    self.assertNotIn(self.ADDRESS, answer)
        self.say("ann", "NICK anna", "AWAY :out", "PRIVMSG #c :hello", "PART #c", "QUIT")
        self.say("eve", "QUIT")
        for asker in ("bob", "mod"):
            self.say(asker, "WHOWAS ann", "WHOWAS eve")
            self.assertNotIn(self.ADDRESS, self.text(asker))


if __name__ == "__main__":
    unittest.main()
