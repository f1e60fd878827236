"""AWAY and SETNAME, and the notifications of neighbours and of monitoring users.

Source:
    IRCv3 away-notify, pre-away, setname, extended-monitor
"""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest

AWAY = "306 {} :You have been marked as being away"
BACK = "305 {} :You are no longer marked as being away"


class PreAway(ServerTest):
    """pre-away: AWAY before registration, and `AWAY *` for a session that is not in view."""

    def register_away(self, name: str, away: str, caps: str = "draft/pre-away") -> list[str]:
        """Connect a client, send AWAY and register. Return the answer to AWAY."""
        self.connect(name)
        self.say(name, f"CAP REQ :{caps}", f"NICK {name}")
        answer = self.answer(name, away)
        self.say(name, f"USER {name} 0 * :{name}", "CAP END")
        return answer

    def test_away_before_registration_remains_after_it(self) -> None:
        self.assertEqual(self.register_away("ann", "AWAY :in a train"), [AWAY.format("*")])
        self.enter("bob")
        self.assertIn("301 bob ann :in a train", self.answer("bob", "WHOIS ann"))

    def test_away_can_be_cleared_before_registration(self) -> None:
        self.connect("ann")
        self.say("ann", "CAP REQ draft/pre-away", "AWAY :in a train")
        self.assertAnswer("ann", "AWAY", BACK.format("*"))
        self.say("ann", "NICK ann", "USER ann 0 * :Ann", "CAP END")
        self.assertEqual(self.user("ann").away, "")

    def test_away_before_registration_needs_the_capability(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "AWAY :in a train", "451 * :You have not registered")

    def test_a_user_who_arrives_away_is_announced_as_away(self) -> None:
        self.enter("bob", channel="#c", caps="away-notify")
        self.say("bob", "MONITOR + ann")
        self.register_away("ann", "AWAY *")
        self.say("ann", "JOIN #c")
        self.assertGot(
            "bob", "731 bob :ann", f"730 bob :{self.user('ann').source}", ":ann JOIN #c", ":ann AWAY :*"
        )

    def test_a_star_does_not_replace_an_away_message(self) -> None:
        """A star should not supersede a human-readable message."""
        self.enter("ann")
        self.say("ann", "AWAY :at lunch", "AWAY *")
        self.assertEqual(self.user("ann").away, "at lunch")
        self.say("ann", "AWAY")
        self.assertEqual(self.user("ann").away, "")


class SeveralSessions(ServerTest):
    """A user is present as long as one session is."""

    def setUp(self) -> None:
        super().setUp()
        self.enter("bob", channel="#c", caps="away-notify")
        self.enter("ann", channel="#c")
        self.log_in("ann")
        self.text("bob")

    def attach(self, name: str, away: str = "") -> None:
        """Connect one more session of ann."""
        self.connect(name)
        session = next(iter(self.world.unregistered))
        session.account = "ann"
        self.say(name, "CAP REQ draft/pre-away", *([away] if away else []), "NICK ann")
        self.say(name, "USER ann 0 * :Ann", "CAP END")

    def test_a_session_out_of_view_does_not_count_as_present(self) -> None:
        self.attach("phone", "AWAY *")
        self.assertGot("bob")
        self.say("ann", "AWAY *")
        self.assertGot("bob", ":ann AWAY :*")
        self.say("phone", "AWAY")
        self.assertGot("bob", ":ann AWAY")

    def test_the_user_is_away_when_the_last_session_in_view_leaves(self) -> None:
        self.attach("phone", "AWAY *")
        self.say("ann", "QUIT")
        self.assertGot("bob", ":ann AWAY :*")

    def test_an_away_message_holds_for_all_sessions(self) -> None:
        self.attach("phone", "AWAY :asleep")
        self.assertGot("bob", ":ann AWAY :asleep")
        self.say("phone", "QUIT")
        self.assertGot("bob")
        self.say("ann", "AWAY")
        self.assertGot("bob", ":ann AWAY")


class ExtendedMonitor(ServerTest):
    """extended-monitor: monitoring users get what neighbours get, each with its own capability."""

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
        """Change everything that can change of ann. Return what bob gets."""
        self.say("ann", "AWAY :at lunch", "SETNAME :Anna", "AWAY")
        return self.got("bob")

    def test_each_notification_needs_the_capability_of_the_monitoring_user(self) -> None:
        self.assertEqual(self.change(), [":ann AWAY :at lunch", ":ann SETNAME Anna", ":ann AWAY"])
        self.assertGot("eve")
        self.assertGot("dan")

    def test_a_user_who_also_shares_a_channel_is_notified_once(self) -> None:
        self.say("ann", "JOIN #c")
        self.say("bob", "JOIN #c")
        self.say("eve", "JOIN #c")
        self.forget()
        self.assertEqual(len(self.change()), 3)
        self.assertEqual(len(self.got("eve")), 3)

    def test_a_login_is_sent_to_users_with_account_notify(self) -> None:
        self.make_account("anna")
        self.authenticate("ann", "anna")
        self.assertGot("bob", ":ann ACCOUNT anna")
        self.assertGot("dan")

    def test_a_session_that_begins_to_monitor_gets_the_away_message(self) -> None:
        self.say("ann", "AWAY :at lunch")
        self.forget()
        for name, lines in (("bob", [":ann AWAY :at lunch"]), ("eve", []), ("dan", [])):
            with self.subTest(name):
                answer = self.answer(name, "MONITOR S")
                self.assertEqual([line for line in answer if "AWAY" in line], lines)

    def test_a_session_that_monitors_gets_it_when_the_user_comes(self) -> None:
        self.hang_up("ann")
        self.forget()
        self.connect("ann")
        self.say(
            "ann", "CAP REQ draft/pre-away", "AWAY :at lunch", "NICK ann", "USER ann 0 * :Ann", "CAP END"
        )
        self.assertEqual(self.codes("bob"), ["730", "AWAY"])
        self.assertEqual(self.codes("dan"), ["730"])

    def test_no_notifications_after_the_end_of_monitoring(self) -> None:
        self.say("bob", "MONITOR C")
        self.assertEqual(self.change(), [])

    def test_no_notifications_after_the_capabilities_are_removed(self) -> None:
        self.say("bob", "CAP REQ :-extended-monitor")
        self.text("bob")
        self.assertEqual(self.change(), [])


class UnchangedHost(ServerTest):
    """The visible host does not change at login or logout, so bans of it stay effective."""

    def test_no_chghost_is_sent(self) -> None:
        self.connect("ann")
        self.assertAnswer("ann", "CAP REQ chghost", "CAP * NAK chghost")
        self.say("ann", "CAP LS 302")
        self.assertNotIn("chghost", self.text("ann"))

    def test_a_ban_of_the_host_is_effective_after_a_login(self) -> None:
        self.make_account("eve")
        self.enter("ann", "guest", channel="#c")
        before = self.user("guest").host
        self.say("ann", f"MODE #c +b *!*@{before}", "MODE #c +e ann!*@*")
        self.say("guest", "NS IDENTIFY eve sesame")
        self.assertEqual((self.user("guest").account, self.user("guest").host), ("eve", before))
        self.assertAnswer("guest", "PRIVMSG #c :hello", "404 guest #c :You are banned here (+b)")


if __name__ == "__main__":
    unittest.main()
