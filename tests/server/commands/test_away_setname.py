"""What somebody is: away or here, real name, user name and host; and who is told that it changed.

Source  IRCv3 away-notify, pre-away, setname, extended-monitor
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest

AWAY = "306 {} :You have been marked as being away"
BACK = "305 {} :You are no longer marked as being away"


class PreAway(ServerTest):
    """pre-away: AWAY before registration, and `AWAY *` for a device that nobody looks at."""

    def arrive(self, name: str, away: str, caps: str = "draft/pre-away") -> list[str]:
        """Somebody connects, says AWAY and registers. Gives the answer to AWAY."""
        self.connect(name)
        self.say(name, f"CAP REQ :{caps}", f"NICK {name}")
        answer = self.answer(name, away)
        self.say(name, f"USER {name} 0 * :{name}", "CAP END")
        return answer

    def test_away_before_registration_holds_after_it(self) -> None:
        self.assertEqual(self.arrive("ann", "AWAY :in a train"), [AWAY.format("*")])
        self.enter("bob")
        self.assertIn("301 bob ann :in a train", self.answer("bob", "WHOIS ann"))

    def test_one_can_be_back_before_registration(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP REQ draft/pre-away", "AWAY :in a train")
        self.assertAnswer("ann", "AWAY", BACK.format("*"))
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        self.assertEqual(self.user("ann").away, "")

    def test_only_for_who_has_asked_for_it(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "AWAY :in a train", "451 * :You have not registered")

    def test_who_comes_away_is_announced_as_away(self) -> None:
        self.enter("bob", channel="#c", caps="away-notify")
        self.say("bob", "MONITOR + ann")
        self.arrive("ann", "AWAY *")
        self.say("ann", "JOIN #c")
        self.assertGot(
            "bob", "731 bob :ann", f"730 bob :{self.user('ann').source}", ":ann JOIN #c", ":ann AWAY :*"
        )

    def test_a_device_that_nobody_looks_at_does_not_change_what_was_said(self) -> None:
        """A star should not supersede a human-readable message."""
        self.enter("ann")
        self.say("ann", "AWAY :at lunch", "AWAY *")
        self.assertEqual(self.user("ann").away, "at lunch")
        self.say("ann", "AWAY")
        self.assertEqual(self.user("ann").away, "")


class SeveralSessions(ServerTest):
    """Somebody is there as long as one session says so."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("bob", channel="#c", caps="away-notify")
        self.enter("ann", channel="#c")
        self.log_in("ann")
        self.text("bob")

    def attach(self, name: str, away: str = "") -> None:
        """One more session of ann."""
        self.connect(name)
        session = next(iter(self.world.unregistered))
        session.account = "ann"
        self.say(name, "CAP REQ draft/pre-away", *([away] if away else []), "NICK ann")
        self.say(name, "USER ann 0 * :Ann", "CAP END")

    def test_a_device_that_nobody_looks_at_is_as_if_it_were_not_there(self) -> None:
        self.attach("phone", "AWAY *")
        self.assertGot("bob")
        self.say("ann", "AWAY *")
        self.assertGot("bob", ":ann AWAY :*")
        self.say("phone", "AWAY")
        self.assertGot("bob", ":ann AWAY")

    def test_when_the_last_that_was_looked_at_leaves_nobody_is_there(self) -> None:
        self.attach("phone", "AWAY *")
        self.say("ann", "QUIT")
        self.assertGot("bob", ":ann AWAY :*")

    def test_words_hold_for_all_sessions(self) -> None:
        self.attach("phone", "AWAY :asleep")
        self.assertGot("bob", ":ann AWAY :asleep")
        self.say("phone", "QUIT")
        self.assertGot("bob")
        self.say("ann", "AWAY")
        self.assertGot("bob", ":ann AWAY")


class ExtendedMonitor(ServerTest):
    """extended-monitor: who watches is told what neighbours are told, each with the capability for it."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann")
        self.enter("bob", caps="extended-monitor away-notify setname account-notify")
        self.enter("eve", caps="away-notify setname account-notify")
        self.enter("dan", caps="extended-monitor")
        for name in ("bob", "eve", "dan"):
            self.say(name, "MONITOR + ann")
        self.forget()

    def change(self) -> list[str]:
        """Everything that can change of ann. Gives what bob is told."""
        self.say("ann", "AWAY :at lunch", "SETNAME :Anna", "AWAY")
        return self.got("bob")

    def test_the_capabilities_of_who_watches_decide(self) -> None:
        self.assertEqual(self.change(), [":ann AWAY :at lunch", ":ann SETNAME Anna", ":ann AWAY"])
        self.assertGot("eve")
        self.assertGot("dan")

    def test_nothing_is_told_twice_when_a_channel_is_shared(self) -> None:
        self.say("ann", "JOIN #c")
        self.say("bob", "JOIN #c")
        self.say("eve", "JOIN #c")
        self.forget()
        self.assertEqual(len(self.change()), 3)
        self.assertEqual(len(self.got("eve")), 3)

    def test_a_login_is_told_to_who_knows_account_notify(self) -> None:
        self.make_account("anna")
        self.authenticate("ann", "anna")
        self.assertGot("bob", ":ann ACCOUNT anna")
        self.assertGot("dan")

    def test_who_watches_no_more_is_told_no_more(self) -> None:
        self.say("bob", "MONITOR C")
        self.assertEqual(self.change(), [])

    def test_capabilities_can_be_given_back(self) -> None:
        self.say("bob", "CAP REQ :-extended-monitor")
        self.text("bob")
        self.assertEqual(self.change(), [])


class UnchangedHost(ServerTest):
    """A login or logout changes nothing of the host that others see, so bans of it go on to hold."""

    def test_there_is_no_chghost(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "CAP REQ chghost", "CAP * NAK chghost")
        self.say("ann", "CAP LS 302")
        self.assertNotIn("chghost", self.text("ann"))

    def test_a_ban_of_the_host_holds_after_a_login(self) -> None:
        self.make_account("eve")
        self.enter("ann", "guest", channel="#c")
        before = self.user("guest").host
        self.say("ann", f"MODE #c +b *!*@{before}", "MODE #c +e ann!*@*")
        self.say("guest", "NS IDENTIFY eve sesame")
        self.assertEqual((self.user("guest").account, self.user("guest").host), ("eve", before))
        self.assertAnswer("guest", "PRIVMSG #c :hello", "404 guest #c :You are banned here (+b)")


if __name__ == "__main__":
    unittest.main()
