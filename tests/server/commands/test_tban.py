"""TBAN: bans and mutes in a channel that end by themselves."""

from __future__ import annotations

from chatapp.server.tasks.periodic import PERIODIC_TASKS
from tests.server.base import NOON, ServerTest

HOUR = "2026-03-12T13:00:00.000Z"


class TbanTest(ServerTest):
    CONFIG = "[limits]\nping_seconds = 100000\ndrop_seconds = 200000\nmasks = 3"

    def _start(self) -> None:
        super()._start()
        for seconds, task in PERIODIC_TASKS:
            self.core.run_every(seconds, task)

    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", channel="#c")


class Banning(TbanTest):
    def test_a_mute_ends_by_itself(self) -> None:
        self.assertAnswer(
            "ann", "TBAN #C 1h ~m:eve :Insults",
            ":ann MODE #c +b ~m:eve!*@*",
            f"NOTE TBAN ADDED #c ~m:eve!*@* {HOUR} :Banned until {HOUR}",
        )  # fmt: skip
        self.assertGot("bob", ":ann MODE #c +b ~m:eve!*@*")
        self.assertAnswer(
            "eve", "PRIVMSG #c :hi", f"404 eve #c :You are muted here until {HOUR}: Insults (+b)"
        )
        self.pass_time(3599)
        self.assertGot("bob")
        self.forget()
        self.pass_time(2)
        self.assertGot("bob", "MODE #c -b ~m:eve!*@*")
        self.assertAnswer("eve", "PRIVMSG #c :hi")

    def test_a_ban_says_until_when_one_cannot_join(self) -> None:
        self.say("ann", "TBAN #c 60 eve", "KICK #c eve :Spam")
        self.assertAnswer("eve", "JOIN #c", f"474 eve #c :Cannot join channel until {HOUR} (+b)")
        self.pass_time(3601)
        self.assertIn(":eve JOIN #c", self.answer("eve", "JOIN #c"))

    def test_it_survives_a_restart(self) -> None:
        self.say("ann", "PRIVMSG #c :so that the channel stays", "TBAN #c 1h ~m:eve :Insults")
        self.make_account("Ann")
        self.log_in("ann", "Ann")
        self.say("ann", "MODE #c +v ann")
        self.restart()
        (entry,) = self.channel("#c").lists["b"].values()
        self.assertEqual((entry.until, entry.reason), (int(NOON * 1000) + 3_600_000, "Insults"))
        self.pass_time(3601)
        self.assertEqual(self.channel("#c").lists["b"], {})
        self.restart()
        self.assertEqual(self.channel("#c").lists.get("b", {}), {})

    def test_mode_ends_it_earlier(self) -> None:
        self.say("ann", "TBAN #c 1h eve", "MODE #c -b eve!*@*")
        self.forget()
        self.pass_time(3601)
        self.assertGot("bob")

    def test_a_new_duration_replaces_the_old_one(self) -> None:
        self.say("ann", "TBAN #c 1h eve", "TBAN #c 2h EVE :Again")
        self.pass_time(3601)
        self.assertEqual(list(self.channel("#c").lists["b"]), ["eve!*@*"])
        self.pass_time(3600)
        self.assertEqual(self.channel("#c").lists["b"], {})

    def test_mode_makes_it_permanent(self) -> None:
        self.say("ann", "TBAN #c 1h eve")
        self.assertAnswer("ann", "MODE #c +b eve", ":ann MODE #c +b eve!*@*")
        self.pass_time(3601)
        self.assertEqual(list(self.channel("#c").lists["b"]), ["eve!*@*"])

    def test_a_channel_that_is_gone_has_no_bans_to_end(self) -> None:
        self.say("ann", "TBAN #c 1h zoe")
        for name in ("ann", "bob", "eve"):
            self.say(name, "PART #c")
        self.pass_time(3601)
        self.assertNotIn("#c", self.world.channels)

    def test_the_audit_log_has_the_end_and_the_reason(self) -> None:
        self.say("ann", "TBAN #c 1h eve :Insults")
        (entry,) = self.reader.rows("SELECT action, about, words FROM audit").fetchall()
        self.assertEqual(entry, ("MODE", "#c", f"+b eve!*@* until {HOUR}: Insults"))


class WithoutAnEnd(TbanTest):
    def test_a_mute_keeps_its_reason(self) -> None:
        self.assertAnswer(
            "ann", "TBAN #c 0 ~m:eve :Insults",
            ":ann MODE #c +b ~m:eve!*@*", "NOTE TBAN ADDED #c ~m:eve!*@* * :Banned for ever",
        )  # fmt: skip
        self.pass_time(3601)
        self.forget()
        self.assertAnswer("eve", "PRIVMSG #c :hi", "404 eve #c :You are muted here: Insults (+b)")
        self.assertAnswer(
            "bob", "TBAN #c", "NOTE TBAN ENTRY #c ~m:eve!*@* * ann Insults", "NOTE TBAN END #c :1 ban"
        )

    def test_a_ban_says_why_one_cannot_join(self) -> None:
        self.say("ann", "TBAN #c 0 eve :Spam", "KICK #c eve")
        self.assertAnswer("eve", "JOIN #c", "474 eve #c :Cannot join channel: Spam (+b)")

    def test_the_reason_survives_a_restart(self) -> None:
        self.say("ann", "PRIVMSG #c :so that the channel stays", "TBAN #c 0 ~m:eve :Insults")
        self.make_account("Ann")
        self.log_in("ann", "Ann")
        self.say("ann", "MODE #c +v ann")
        self.restart()
        (entry,) = self.channel("#c").lists["b"].values()
        self.assertEqual((entry.until, entry.reason), (0, "Insults"))

    def test_a_ban_without_a_reason_gets_one(self) -> None:
        self.say("ann", "MODE #c +b eve", "TBAN #c 0 eve :Spam")
        (entry,) = self.channel("#c").lists["b"].values()
        self.assertEqual(entry.reason, "Spam")

    def test_to_ban_again_without_a_reason_changes_nothing(self) -> None:
        self.say("ann", "TBAN #c 0 eve :Spam")
        self.assertAnswer("ann", "MODE #c +b eve")
        (entry,) = self.channel("#c").lists["b"].values()
        self.assertEqual(entry.reason, "Spam")

    def test_the_audit_log_has_the_reason(self) -> None:
        self.say("ann", "TBAN #c 0 eve :Insults")
        (entry,) = self.reader.rows("SELECT words FROM audit").fetchall()
        self.assertEqual(entry, ("+b eve!*@*: Insults",))


class ReasonTag(TbanTest):
    def test_members_get_the_reason_as_a_tag_also_later(self) -> None:
        self.enter("dan", channel="#c", caps="message-tags batch draft/chathistory draft/event-playback")
        self.say("ann", "TBAN #c 0 ~m:eve :Too loud")
        (mute,) = [each for each in self.messages("dan") if each.command == "MODE"]
        self.assertEqual(mute.tags["chatapp/reason"], "Too loud")
        self.say("dan", "CHATHISTORY LATEST #c * 1")
        (stored,) = [each for each in self.messages("dan") if each.command == "MODE"]
        self.assertEqual(stored.tags["chatapp/reason"], "Too loud")

    def test_a_mask_without_a_reason_has_no_tag(self) -> None:
        self.enter("dan", channel="#c", caps="message-tags")
        self.say("ann", "TBAN #c 1h ~m:eve")
        (mute,) = [each for each in self.messages("dan") if each.command == "MODE"]
        self.assertNotIn("chatapp/reason", mute.tags)


class Listing(TbanTest):
    def test_members_see_the_bans_that_end(self) -> None:
        self.say("ann", "MODE #c +b zoe", "TBAN #c 1h ~m:eve :Insults", "TBAN #c 1d dan")
        self.assertAnswer(
            "bob", "TBAN #c",
            f"NOTE TBAN ENTRY #c ~m:eve!*@* {HOUR} ann Insults",
            "NOTE TBAN ENTRY #c dan!*@* 2026-03-13T12:00:00.000Z ann :No reason given",
            "NOTE TBAN END #c :2 bans",
        )  # fmt: skip

    def test_mode_lists_them_too(self) -> None:
        self.say("ann", "TBAN #c 1h eve")
        self.assertAnswer(
            "bob", "MODE #c b", "367 bob #c eve!*@* ann 1773316800", "368 bob #c :End of channel ban list"
        )


class Refusals(TbanTest):
    def test_they_are_reported(self) -> None:
        wrong = "Give a duration such as 30m, 12h or 7d, at most ten years, or 0 for no end"
        for name, line, answer in (
            ("bob", "TBAN #c 1h eve", "482 bob #c :You're not channel operator"),
            ("ann", "TBAN #c 1h", "461 ann TBAN :Not enough parameters"),
            ("ann", "TBAN #no 1h eve", "403 ann #no :No such channel"),
            ("ann", "TBAN #c soon eve", f"FAIL TBAN INVALID_DURATION #c soon :{wrong}"),
            ("ann", "TBAN #c 999w eve", f"FAIL TBAN INVALID_DURATION #c 999w :{wrong}"),
            (
                "ann", "TBAN #c 1h ~x:eve",
                "696 ann #c b ~x:eve :Give a mask like nick!user@host or ~account:name",
            ),
        ):  # fmt: skip
            with self.subTest(line):
                self.assertAnswer(name, line, answer)
        self.assertEqual(self.channel("#c").lists.get("b", {}), {})

    def test_the_list_can_be_full(self) -> None:
        self.say("ann", "MODE #c +bbb a b c")
        self.assertEqual(self.answer("ann", "TBAN #c 1h eve")[0].split()[0], "478")

    def test_a_secret_channel_is_not_shown(self) -> None:
        self.enter("dan")
        self.say("ann", "MODE #c +s")
        self.assertEqual(self.answer("dan", "TBAN #c")[0].split()[0], "442")
