"""Changes of the modes of a channel.

Source: modern IRC "MODE message", "Channel Modes".
"""

from __future__ import annotations

import unittest

from chatapp.protocol import modes
from tests.server.base import ServerTest


class Flags(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_every_member_is_notified_in_one_line(self) -> None:
        self.say("ann", "MODE #c +m-t+i")
        self.assertGot("ann", ":ann MODE #c +m-t+i")
        self.assertGot("bob", ":ann MODE #c +m-t+i")
        self.assertEqual(self.channel("#c").modes, {"n": "", "m": "", "i": ""})

    def test_a_mode_that_is_already_set_is_not_announced(self) -> None:
        self.assertAnswer("ann", "MODE #c +nt-m")
        self.assertAnswer("ann", "MODE #c +nm", ":ann MODE #c +m")

    def test_at_least_half_operator_is_required(self) -> None:
        """482 comes once, however many changes are refused."""
        self.assertAnswer("bob", "MODE #c +mis", "482 bob #c :You're not channel operator")
        self.say("ann", "MODE #c +v bob")
        self.assertEqual(self.answer("bob", "MODE #c +m"), ["482 bob #c :You're not channel operator"])
        self.say("ann", "MODE #c +h bob")
        self.assertEqual(self.answer("bob", "MODE #c +m"), [":bob MODE #c +m"])

    def test_non_members_are_refused(self) -> None:
        self.enter("dan")
        self.assertAnswer("dan", "MODE #c +m", "482 dan #c :You're not channel operator")

    def test_an_unknown_letter_is_reported_and_the_others_are_applied(self) -> None:
        self.assertAnswer(
            "ann",
            "MODE #c +mXy",
            "472 ann X :is unknown mode char to me",
            "472 ann y :is unknown mode char to me",
            ":ann MODE #c +m",
        )

    def test_a_flag_takes_no_parameter_from_the_next_mode(self) -> None:
        self.assertAnswer("ann", "MODE #c +mv bob", ":ann MODE #c +mv bob")

    def test_changes_beyond_the_maximum_are_ignored(self) -> None:
        self.assertAnswer("ann", "MODE #c " + "+m-m" * 10 + "+i", ":ann MODE #c " + "+m-m" * 10)

    def test_a_sign_without_letters_changes_nothing(self) -> None:
        self.assertAnswer("ann", "MODE #c +")
        self.assertAnswer("ann", "MODE #c :")

    def test_the_time_is_later_than_that_of_every_earlier_message(self) -> None:
        self.enter("eve", channel="#c", caps="server-time message-tags")
        self.say("ann", "PRIVMSG #c :one", "MODE #c +m")
        first, second = self.messages("eve")
        self.assertLess(first.tags["time"], second.tags["time"])
        self.assertTrue(second.tags["msgid"])


class Ranks(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", "eve", channel="#c")

    def test_ranks_are_given_and_removed(self) -> None:
        self.say("ann", "MODE #c +o-v+v bob bob eve")
        self.assertGot("eve", ":ann MODE #c +ov bob eve")
        self.say("bob", "MODE #c -o ann")
        self.assertGot("eve", ":bob MODE #c -o ann")
        self.assertEqual(self.channel("#c").members[self.user("ann")].ranks, "")

    def test_the_nick_is_sent_in_its_own_spelling(self) -> None:
        self.assertAnswer("ann", "MODE #c +v BOB", ":ann MODE #c +v bob")

    def test_an_unknown_nick(self) -> None:
        self.enter("dan")
        self.assertAnswer(
            "ann",
            "MODE #c +ovv nobody dan bob",
            "401 ann nobody :No such nick or channel",
            "441 ann dan #c :They aren't on that channel",
            ":ann MODE #c +v bob",
        )

    def test_without_a_nick(self) -> None:
        self.assertAnswer("ann", "MODE #c +o", "696 ann #c o * :Give the nick of a member")

    def test_each_rank_is_given_by_certain_ranks(self) -> None:
        """Half-operators give voice, operators up to operator, owners also admin and owner."""
        table = {"h": "v", "o": "vho", "a": "vho", "q": "vhoaq"}
        for holder, given in table.items():
            for rank in "vhoaq":
                with self.subTest(holder=holder, gives=rank):
                    members = self.channel("#c").members
                    members[self.user("bob")].ranks = holder
                    members[self.user("eve")].ranks = ""
                    answer = self.answer("bob", f"MODE #c +{rank} eve")
                    done = rank in given
                    self.assertEqual(answer[0].startswith(":bob MODE" if done else "482 bob"), True, answer)
                    self.assertEqual(members[self.user("eve")].ranks, rank if done else "")

    def test_every_member_may_give_up_a_rank(self) -> None:
        members = self.channel("#c").members
        members[self.user("bob")].ranks = "av"
        self.assertAnswer("bob", "MODE #c -av bob bob", ":bob MODE #c -av bob bob")
        self.assertAnswer("bob", "MODE #c +v bob", "482 bob #c :You're not channel operator")

    def test_several_ranks_show_highest_first(self) -> None:
        self.say("ann", "MODE #c +vh bob bob")
        self.enter("dan", channel="#c", caps="multi-prefix")
        names = next(line for line in self.answer("dan", "NAMES #c") if line.startswith("353"))
        self.assertIn("%+bob", names)

    def test_ranks_of_an_account_survive_a_restart(self) -> None:
        self.log_in("bob", "robert")
        self.say("ann", "MODE #c +oh bob bob", "MODE #c -h bob", "MODE #c +v eve")
        self.restart()
        self.assertEqual(self.channel("#c").account_ranks, {"robert": "o"})

    def test_a_removed_rank_of_an_account_is_deleted(self) -> None:
        self.log_in("bob", "robert")
        self.say("ann", "MODE #c +o bob", "MODE #c -o bob", "PRIVMSG #c :so that it stays")
        self.restart()
        self.assertEqual(self.channel("#c").account_ranks, {})


class Masks(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_a_mask_is_completed(self) -> None:
        table = {
            "ben": "ben!*@*",
            "ben!b@host": "ben!b@host",
            "*.example": "*!*@*.example",
            "b@host": "*!b@host",
            "2001:db8::1": "*!*@2001:db8::1",
        }
        for typed, whole in table.items():
            with self.subTest(typed):
                self.assertAnswer("ann", f"MODE #c +b {typed}", f":ann MODE #c +b {whole}")

    def test_lists_show_setter_and_time(self) -> None:
        self.say("ann", "MODE #c +b ben")
        self.forget()
        self.assertAnswer(
            "ann", "MODE #c b", "367 ann #c ben!*@* ann 1773316800", "368 ann #c :End of channel ban list"
        )

    def test_each_list_has_its_numerics(self) -> None:
        for letter, row, end in (("b", "367", "368"), ("e", "348", "349"), ("I", "346", "347")):
            with self.subTest(letter):
                self.say("ann", f"MODE #c +{letter} ben")
                self.forget()
                self.say("ann", f"MODE #c {letter}")
                self.assertEqual(self.codes("ann"), [row, end])

    def test_a_list_is_shown_once_however_often_it_is_requested(self) -> None:
        self.say("ann", "MODE #c +b ben")
        self.forget()
        self.say("ann", "MODE #c bbebb")
        self.assertEqual(self.codes("ann"), ["367", "368", "349"])

    def test_bans_are_visible_to_all_and_exceptions_to_operators(self) -> None:
        self.enter("dan")
        for name in ("bob", "dan"):
            with self.subTest(name):
                self.assertAnswer(name, "MODE #c +b", f"368 {name} #c :End of channel ban list")
                self.assertAnswer(name, "MODE #c e", f"482 {name} #c :You're not channel operator")
                self.assertAnswer(name, "MODE #c I", f"482 {name} #c :You're not channel operator")

    def test_a_duplicate_and_a_missing_mask_are_ignored(self) -> None:
        self.say("ann", "MODE #c +b Ben")
        self.forget()
        self.assertAnswer("ann", "MODE #c +b ben")
        self.assertAnswer("ann", "MODE #c -b joe")
        self.assertAnswer("ann", "MODE #c -b BEN", ":ann MODE #c -b Ben!*@*")
        self.assertEqual(self.channel("#c").lists["b"], {})

    def test_the_number_of_masks_is_limited(self) -> None:
        for start in range(0, 100, 20):
            nicks = " ".join(f"n{number}" for number in range(start, start + 20))
            self.say("ann", f"MODE #c +{'b' * 20} {nicks}")
        self.forget()
        self.assertAnswer("ann", "MODE #c +b more", "478 ann #c b :Channel list is full")
        self.assertAnswer("ann", "MODE #c -b+b n1 more", ":ann MODE #c -b+b n1!*@* more!*@*")

    def test_a_mask_that_does_not_fit_a_line_is_refused(self) -> None:
        for typed, shown in (
            (":two words", "two_words"),
            (":", "*"),
            (":" + ":x!y@z", "x!y@z"),
            ("x" * 200, "x" * 200),
        ):
            with self.subTest(typed):
                expected = "Give a mask like nick!user@host or ~account:name"
                self.assertAnswer("ann", f"MODE #c +b {typed}", f"696 ann #c b {shown} :{expected}")

    def test_many_long_masks_are_sent_in_several_complete_lines(self) -> None:
        masks = [f"{'n' * 30}{number}!*@{'h' * 40}" for number in range(12)]
        self.say("ann", f"MODE #c +{'b' * 12} {' '.join(masks)}")
        text = self.text("bob")
        self.assertTrue(all(len(line.encode()) <= 510 for line in text.split("\r\n")), text)
        self.assertEqual([word for word in text.split() if word.startswith("nnn")], masks)

    def test_masks_survive_a_restart(self) -> None:
        self.say("ann", "MODE #c +bbe ben joe jim", "MODE #c -b ben", "PRIVMSG #c :so that it stays")
        self.restart()
        lists = self.channel("#c").lists
        self.assertEqual(
            {letter: list(masks) for letter, masks in lists.items()}, {"b": ["joe!*@*"], "e": ["jim!*@*"]}
        )
        self.assertEqual(lists["b"]["joe!*@*"][1:], ("ann", 1773316800, 0, ""))


class KeyAndLimit(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_key_and_limit_are_set_changed_and_unset(self) -> None:
        self.assertAnswer("ann", "MODE #c +k secret", ":ann MODE #c +k secret")
        self.assertAnswer("ann", "MODE #c +k secret")
        self.assertAnswer("ann", "MODE #c +k other", ":ann MODE #c +k other")
        self.assertAnswer("ann", "MODE #c +l 007", ":ann MODE #c +l 7")
        self.assertAnswer("ann", "MODE #c +l 7")
        self.assertAnswer("ann", "MODE #c -l", ":ann MODE #c -l")
        self.assertAnswer("ann", "MODE #c -l")

    def test_an_unset_key_is_shown_as_a_star(self) -> None:
        for line in ("MODE #c -k", "MODE #c -k secret", "MODE #c -k wrong", "MODE #c -k *"):
            with self.subTest(line):
                self.say("ann", "MODE #c +k secret")
                self.forget()
                self.assertAnswer("ann", line, ":ann MODE #c -k *")
                self.assertNotIn("k", self.channel("#c").modes)

    def test_a_refused_key_is_not_repeated_because_it_is_secret(self) -> None:
        expected = "A key has 1 to 23 characters without spaces and commas, and no colon at the start"
        for typed in ("", " :", " :two words", " ::x", " a,b", " " + "k" * 24, " a\u200bb"):
            with self.subTest(typed):
                self.assertAnswer("ann", f"MODE #c +k{typed}", f"696 ann #c k * :{expected}")
        self.assertAnswer("ann", f"MODE #c +k {'k' * 23}", f":ann MODE #c +k {'k' * 23}")

    def test_an_invalid_limit(self) -> None:
        for typed in ("0", "-1", "1.5", "abc", "²", "1" * 40):
            with self.subTest(typed):
                self.assertAnswer(
                    "ann",
                    f"MODE #c +l {typed}",
                    f"696 ann #c l {typed} :Give a whole number from 1 to 999999999",
                )
        self.assertAnswer("ann", "MODE #c +l", "696 ann #c l * :Give a whole number from 1 to 999999999")

    def test_modes_survive_a_restart(self) -> None:
        self.log_in("ann")
        self.say("ann", "MODE #c +v ann", "MODE #c +lks-t 10 secret")
        self.restart()
        self.assertEqual(self.channel("#c").modes, {"n": "", "l": "10", "k": "secret", "s": ""})


class SlowModeAndForward(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("ann", "bob", channel="#c")

    def test_slow_mode_takes_a_number_of_seconds(self) -> None:
        self.assertAnswer("ann", "MODE #c +S 030", ":ann MODE #c +S 30")
        for typed in ("0", "86401", "x"):
            with self.subTest(typed):
                expected = "Give a whole number from 1 to 86400"
                self.assertAnswer("ann", f"MODE #c +S {typed}", f"696 ann #c S {typed} :{expected}")
        self.assertAnswer("ann", "MODE #c -S", ":ann MODE #c -S")

    def test_only_operators_set_how_long_messages_are_kept(self) -> None:
        self.say("ann", "MODE #c +h bob")
        self.forget()
        self.assertAnswer("bob", "MODE #c +H 7", "482 bob #c :You're not channel operator")
        self.assertAnswer("ann", "MODE #c +H 07", ":ann MODE #c +H 7")
        expected = "Give a whole number from 1 to 36500"
        for typed in ("0", "36501", "x"):
            with self.subTest(typed):
                self.assertAnswer("ann", f"MODE #c +H {typed}", f"696 ann #c H {typed} :{expected}")
        self.assertAnswer("ann", "MODE #c -H", ":ann MODE #c -H")
        rows = self.reader.rows("SELECT action, about, words FROM audit ORDER BY rowid").fetchall()
        self.assertEqual([tuple(row) for row in rows], [("MODE", "#c", "+H 7"), ("MODE", "#c", "-H")])

    def test_a_forward_needs_operator_rank_in_the_target(self) -> None:
        self.say("bob", "JOIN #theirs")
        self.say("ann", "JOIN #theirs,#overflow")
        self.forget()
        expected = "Give the name of another existing channel"
        self.assertAnswer("ann", "MODE #c +f #nowhere", f"696 ann #c f #nowhere :{expected}")
        self.assertAnswer("ann", "MODE #c +f #c", f"696 ann #c f #c :{expected}")
        self.assertAnswer("ann", "MODE #c +f #theirs", "482 ann #theirs :You're not channel operator")
        self.assertAnswer("ann", "MODE #c +f #OVERFLOW", ":ann MODE #c +f #overflow")
        self.assertEqual(self.answer("bob", "MODE #c")[-2], "324 bob #c +fnt #overflow")
        self.assertAnswer("ann", "MODE #c -f", ":ann MODE #c -f")


class EveryMode(ServerTest):
    def test_exactly_the_modes_of_the_table_can_be_set(self) -> None:
        self.enter("ann", channel="#c")
        for letter in modes.CHANNEL_MODES:
            with self.subTest(letter):
                answers = self.answer("ann", f"MODE #c -{letter} x")
                self.assertFalse([each for each in answers if each.startswith("472")])
        self.assertAnswer("ann", "MODE #c +X", "472 ann X :is unknown mode char to me")


if __name__ == "__main__":
    unittest.main()
