"""OVERVIEW: the state of the server for programs."""

from __future__ import annotations

import unittest

from tests.server.base import ServerTest
from tests.server.file_service import FileTest

DAY = "2026-03-12T12:00:0"


class OverviewTest(ServerTest):
    def setUp(self) -> None:
        super().setUp()
        self.make_account("ann", role="owner")
        self.make_account("mod", role="moderator")
        self.enter_as("ann")
        self.enter_as("mod")
        self.enter("eve", channel="#c", address="192.0.2.9")
        self.forget()

    def rows(self, name: str, line: str) -> list[tuple[str, ...]]:
        """Return the parameters of the NOTEs in answer to a line, without the first."""
        self.text(name)
        self.say(name, line)
        return [message.params[1:] for message in self.messages(name) if message.command == "NOTE"]


class Storage(FileTest):
    def setUp(self) -> None:
        super().setUp()
        self.enter("eve")
        self.enter_as("ann")
        self.make_operator("ann")

    def rows(self) -> list[tuple[str, ...]]:
        self.text("ann")
        self.say("ann", "OVERVIEW STORAGE")
        return [message.params[1:-1] for message in self.messages("ann")]

    def test_files_are_counted_by_person(self) -> None:
        self.write_config("total_bytes = 1000\nkeep_days = 7")
        self.upload("eve", "123456")
        self.upload("ann", "1234")
        self.upload("ann", "1234")
        self.assertEqual(
            self.rows(),
            [
                ("STORAGE", "3", "10", "1000", "7", "everybody"),
                ("KEEPS", self.world.accounts["ann"].identity, "2", "8"),
                ("KEEPS", self.user("eve").identity, "1", "6"),
                ("END", "storage", "3", "last"),
            ],
        )

    def test_nobody_can_send_where_no_files_are_kept(self) -> None:
        self.world.files.contents = None
        self.assertEqual(self.rows()[0][-1], "nobody")


class Parts(OverviewTest):
    def test_the_status_says_who_asks_and_how_the_server_is(self) -> None:
        self.world.invite_links = lambda: ["ircs://192.0.2.1:5000/general"]
        self.world.fingerprint = lambda: "ab" * 32
        self.say("eve", "PRIVMSG #c :hello")
        status, link, end = self.rows("mod", "OVERVIEW STATUS")
        code, role, started, online, known, size, messages, keep_days, fingerprint, name = status
        self.assertEqual(
            (code, role, online, known, messages, keep_days), ("STATUS", "moderator", "3", "3", "1", "0")
        )
        self.assertTrue(started.startswith("2026-03-12T12:00:00"))
        self.assertGreater(int(size), 4096)
        self.assertEqual((fingerprint, name), ("ab" * 32, "Chatapp"))
        self.assertEqual(link[:2], ("LINK", "ircs://192.0.2.1:5000/general"))
        self.assertEqual(end[:4], ("END", "status", "2", "last"))

    def test_an_account_that_is_not_connected_is_known_but_not_online(self) -> None:
        self.hang_up("mod")
        status, *_ = self.rows("ann", "OVERVIEW STATUS")
        self.assertEqual(status[3:5], ("2", "3"))

    def test_roles_are_listed_with_the_highest_first(self) -> None:
        self.make_operator("eve", "moderator")
        self.say("mod", "METADATA * SET display-name :Sofia Ricci")
        self.assertEqual(
            self.rows("mod", "OVERVIEW roles"),
            [
                ("ROLE", "ann", "owner", "account", "ann"),
                ("ROLE", "mod", "moderator", "account", "Sofia Ricci"),
                ("ROLE", "eve", "moderator", "guest", "eve"),
                ("END", "roles", "3", "last", "3 rows"),
            ],
        )

    def test_who_moderates_a_channel_is_listed_after_the_roles(self) -> None:
        self.make_account("zoe", "kai")
        self.enter_as("zoe", channel="#lab")
        self.enter_as("kai", channel="#lab")
        self.say("zoe", "MODE #lab +v kai")
        self.say("ann", "JOIN #exam")
        *_, rank, end = self.rows("mod", "OVERVIEW roles")
        self.assertEqual(
            (rank, end), (("RANK", "zoe", "#lab", "zoe"), ("END", "roles", "3", "last", "3 rows"))
        )

    def test_watchers_are_told_of_a_new_rank_in_a_channel(self) -> None:
        self.make_account("zoe", "kai")
        self.enter_as("zoe", channel="#lab")
        self.enter_as("kai", channel="#lab")
        self.say("ann", "OVERVIEW WATCH on")
        self.forget()
        self.say("zoe", "MODE #lab +o kai")
        self.assertIn("NOTE OVERVIEW CHANGED roles", "\n".join(self.got("ann")))

    def test_bans_are_listed_with_who_why_and_until(self) -> None:
        self.say("ann", "BAN *!*@203.0.113.7 :Ads")
        self.pass_time(1)
        self.say("mod", "BAN tom!*@* 1d :Rude words")
        tom, other, end = self.rows("ann", "OVERVIEW BANS")
        self.assertEqual(tom[:4], ("BAN", "tom!*@*", "2026-03-13T12:00:01.000Z", "mod"))
        self.assertEqual(tom[-1], "Rude words")
        self.assertEqual((other[2], other[3], other[-1]), ("*", "ann", "Ads"))
        self.assertEqual(end[:3], ("END", "bans", "2"))

    def test_codes_are_listed_readably_with_their_uses(self) -> None:
        self.say("mod", "INVITECODE 5 1")
        code = self.messages("mod")[0].params[2]
        found, _ = self.rows("ann", "OVERVIEW CODES")
        self.assertEqual(found[:6], ("CODE", code[:4], code, "5", "0", "2026-03-13T12:00:00.000Z"))
        self.assertEqual(found[6], "mod")
        self._passed += 86_400
        self.assertEqual(self.rows("ann", "OVERVIEW CODES"), [("END", "codes", "0", "last", "0 rows")])

    def test_the_log_is_read_in_pages_from_the_newest(self) -> None:
        for number in range(5):
            self.say("mod", f"BAN spam{number}!*@* :Ads")
        first = self.rows("ann", "OVERVIEW LOG * 2")
        self.assertEqual([row[6] for row in first[:-1]], ["spam4!*@*", "spam3!*@*"])
        code, _, time, by, account, action, _, details = first[0]
        self.assertEqual((code, account, action, details), ("LOG", "mod", "BAN", "for ever: Ads"))
        self.assertTrue(time.startswith(DAY) and by.startswith("mod!"))
        self.assertEqual(first[-1][:4], ("END", "log", "2", "more"))
        second = self.rows("ann", f"OVERVIEW LOG {first[1][1]} 10")
        self.assertEqual([row[6] for row in second[:-1]], ["spam2!*@*", "spam1!*@*", "spam0!*@*"])
        self.assertEqual(second[-1][3], "last")

    def test_a_session_with_batch_gets_the_rows_as_a_batch(self) -> None:
        self.enter_as("ann", "phone", caps="batch")
        self.say("phone", "OVERVIEW ROLES")
        opening, *rows, end = self.messages("phone")
        reference = opening.params[0][1:]
        self.assertEqual(opening.params[1:], ("chatapp/overview", "roles"))
        self.assertEqual({row.tags["batch"] for row in rows}, {reference})
        self.assertEqual(end.params, (f"-{reference}",))


class Refusals(OverviewTest):
    def test_members_read_nothing(self) -> None:
        self.assertAnswer("eve", "OVERVIEW LOG", "481 eve :Permission Denied- You're not an IRC operator")

    def test_unknown_parts_and_numbers(self) -> None:
        for line in ("OVERVIEW FILES", "OVERVIEW WATCH maybe", "OVERVIEW LOG x", "OVERVIEW LOG * 0"):
            with self.subTest(line):
                (answer,) = self.answer("ann", line)
                self.assertTrue(answer.startswith("FAIL OVERVIEW INVALID_PARAMS "), answer)


class Watching(OverviewTest):
    def test_every_change_is_reported(self) -> None:
        self.say("mod", "OVERVIEW WATCH on")
        for line, part in (
            ("BAN spam!*@*", "bans"),
            ("UNBAN spam!*@*", "bans"),
            ("INVITECODE", "codes"),
            ("ROLE mod moderator", "roles"),
            ("LOCKDOWN on", "settings"),
        ):
            with self.subTest(line):
                self.forget()
                self.say("ann", line)
                got = self.got("mod")
                changed = f"NOTE OVERVIEW CHANGED {part} :The {part} of the server have changed"
                self.assertIn(changed, got)
                self.assertIn("NOTE AUDIT ADDED :The moderation log has a new entry", got)

    def test_it_can_be_switched_off(self) -> None:
        self.say("mod", "OVERVIEW WATCH on", "OVERVIEW WATCH off")
        self.forget()
        self.say("ann", "BAN spam!*@*")
        self.assertGot("mod")


if __name__ == "__main__":
    unittest.main()
