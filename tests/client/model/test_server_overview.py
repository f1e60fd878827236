"""What an owner or moderator sees of the server."""

from __future__ import annotations

import unittest

from chatapp.client.incoming.parser import EventParser
from chatapp.client.model.network import Network
from chatapp.client.model.server_overview import (
    ChannelModerator,
    LogEntry,
    RoleHolder,
    ServerBan,
    ServerOffers,
    ServerOverview,
    offers,
    take_answers,
)
from chatapp.client.model.server_storage import KeptFile, PersonUse, ServerStorage
from chatapp.protocol.message import Message
from chatapp.protocol.timestamps import parse_seconds

NOON = "2026-03-12T12:00:00.000Z"
SECONDS = parse_seconds(NOON)


class OverviewTest(unittest.TestCase):
    def setUp(self) -> None:
        self.overview = ServerOverview()

    def take(self, *notes: str) -> None:
        parser = EventParser({})
        answers = [event for note in notes for event in parser.read(Message.parse(f":srv NOTE {note}"))]
        take_answers(self.overview, answers)  # type: ignore[arg-type]

    def take_log(self, *numbers: int, more: bool = False) -> None:
        rows = [f"OVERVIEW LOG {number} {NOON} ben!b@h ben KICK #c :x" for number in numbers]
        self.take(*rows, f"OVERVIEW END log {len(rows)} {'more' if more else 'last'} :rows")

    def log(self) -> list[int]:
        return [entry.number for entry in self.overview.log]


class Reading(OverviewTest):
    def test_the_status(self) -> None:
        link = "ircs://192.0.2.1:5000/general"
        self.take(
            f"OVERVIEW STATUS owner {NOON} 12 60 4096 1000 90 {'ab' * 32} :Room 12",
            f"OVERVIEW LINK {link} :A link",
            "OVERVIEW END status 2 last :2 rows",
        )
        status = self.overview.status
        assert status
        self.assertEqual((self.overview.role, self.overview.links), ("owner", (link,)))
        self.assertEqual((status.started, status.online, status.known), (SECONDS, 12, 60))
        self.assertEqual((status.size, status.messages, status.keep_days), (4096, 1000, 90))
        self.assertEqual(status.fingerprint, "ab" * 32)

    def test_the_settings(self) -> None:
        self.take(
            "SETTING ENTRY name set :Room 12",
            "SETTING ENTRY access configured :invite",
            "SETTING ENTRY sharing set on",
            "SETTING ENTRY closed configured off",
            "SETTING ENTRY files-who configured :everybody",
            "SETTING ENTRY files-when_full set :oldest first",
            "SETTING END :6 settings",
        )
        found = self.overview.settings
        self.assertEqual(
            (found.name, found.access, found.sharing, found.closed), ("Room 12", "invite", True, False)
        )
        self.assertEqual(found.changed, {"name", "sharing", "files-when_full"})
        self.assertEqual(found.files, {"who": "everybody", "when_full": "oldest first"})
        self.assertEqual(self.overview.read, {"settings"})

    def test_the_files_of_users(self) -> None:
        self.take(
            "OVERVIEW STORAGE 12 30000000 2000000000 90 everybody :Files",
            "OVERVIEW KEEPS account:ben 10 29000000 :Ben",
            "OVERVIEW KEEPS account:kim x :Kim",
            "OVERVIEW END storage 3 last :3 rows",
            f"FILES FILE PREFIXabc ben 29000000 {NOON} video/mp4 :a film.mp4",
            "FILES FILE PREFIXdef",
            "FILES END last :2 files",
        )
        self.assertEqual(
            self.overview.storage,
            ServerStorage(
                12, 30_000_000, 2_000_000_000, 90,
                (PersonUse("Ben", 10, 29_000_000),),
                (KeptFile("PREFIXabc", "ben", 29_000_000, SECONDS, "a film.mp4"),),
            ),
        )  # fmt: skip

    def test_files_stay_as_they_were_if_the_server_does_not_tell_how_many_there_are(self) -> None:
        self.overview.storage = ServerStorage(1, 1)
        self.take("OVERVIEW END storage 0 last :0 rows")
        self.assertEqual(self.overview.storage, ServerStorage(1, 1))

    def test_roles_bans_and_codes(self) -> None:
        self.take(
            "OVERVIEW ROLE ben owner account :Ben Okafor",
            "OVERVIEW ROLE kim moderator guest :kim",
            "OVERVIEW RANK dee #exam :Dee",
            "OVERVIEW RANK kai #lab :Kai Wu",
            "OVERVIEW RANK dee #lab :Dee",
            "OVERVIEW END roles 2 last :2 rows",
            f"OVERVIEW BAN *!*@192.0.2.7 * ben {NOON} :Spam and ads",
            "OVERVIEW END bans 1 last :1 row",
            f"OVERVIEW CODE k7qx k7qx-29fm 991 9 {NOON} ben {NOON} :991 people",
            f"OVERVIEW CODE old1 * 1 0 * ben {NOON} :1 person",
            "OVERVIEW END codes 2 last :2 rows",
        )
        ben, kim = (
            RoleHolder("ben", "owner", False, "Ben Okafor"),
            RoleHolder("kim", "moderator", True, "kim"),
        )
        self.assertEqual(self.overview.roles, (ben, kim))
        dee, kai = (
            ChannelModerator("dee", "Dee", ("#exam", "#lab")),
            ChannelModerator("kai", "Kai Wu", ("#lab",)),
        )
        self.assertEqual(self.overview.channel_moderators, (dee, kai))
        self.assertEqual(
            self.overview.bans, (ServerBan("*!*@192.0.2.7", None, "ben", SECONDS, "Spam and ads"),)
        )
        new, old = self.overview.codes
        self.assertEqual((new.code, new.left, new.used, new.until), ("k7qx-29fm", 991, 9, SECONDS))
        self.assertEqual((old.label, old.code, old.until), ("old1", "", None))

    def test_a_part_is_replaced_only_when_its_end_has_come(self) -> None:
        self.take("OVERVIEW ROLE ben owner account :Ben", "OVERVIEW END roles 1 last :1 row")
        self.take("OVERVIEW ROLE kim owner account :Kim")
        self.assertEqual([each.name for each in self.overview.roles], ["ben"])

    def test_rows_that_are_too_short_or_no_numbers_are_left_out(self) -> None:
        self.take(
            "OVERVIEW STATUS owner :x",
            "OVERVIEW ROLE ben",
            "OVERVIEW END roles 1 last :1",
            f"OVERVIEW LOG x {NOON} ben!b@h ben KICK #c :x",
            "OVERVIEW END log 1 last :1",
            "OVERVIEW END nothing 1 last :1",
        )
        self.assertEqual((self.overview.status, self.overview.roles, self.overview.log), (None, (), ()))

    def test_the_target_of_a_ban_is_short(self) -> None:
        for mask, target in (
            ("*!*@192.0.2.7", "192.0.2.7"),
            ("~account:tom", "tom"),
            ("tom!*@*", "tom"),
            ("*!*@*", "*!*@*"),
            ("t*!*@h", "t*!*@h"),
        ):
            self.assertEqual(ServerBan(mask, None, "", None, "").target, target)


class Log(OverviewTest):
    def test_an_entry(self) -> None:
        self.take(
            f"OVERVIEW LOG 7 {NOON} ben!b@h ben KICK eve!e@h :from #c: rude", "OVERVIEW END log 1 last :1"
        )
        self.assertEqual(
            self.overview.log, (LogEntry(7, SECONDS, "ben", "KICK", "eve!e@h", "from #c: rude"),)
        )

    def test_older_pages_are_added(self) -> None:
        self.take_log(9, 8, more=True)
        self.assertTrue(self.overview.has_more_log)
        self.take_log(7, 6)
        self.assertEqual((self.log(), self.overview.has_more_log), ([9, 8, 7, 6], False))

    def test_newer_entries_are_added(self) -> None:
        self.take_log(9, 8, more=True)
        self.take_log(10, 9, 8, more=True)
        self.assertEqual((self.log(), self.overview.has_more_log), ([10, 9, 8], True))

    def test_the_end_of_the_newest_page_keeps_what_is_known_about_older_ones(self) -> None:
        self.take_log(9, 8, more=True)
        self.take_log(7, 6)
        self.take_log(10, 9, more=True)
        self.assertEqual((self.log(), self.overview.has_more_log), ([10, 9, 8, 7, 6], False))

    def test_a_newest_page_that_does_not_reach_the_known_entries_replaces_them(self) -> None:
        self.take_log(9, 8)
        self.take_log(90, 89, more=True)
        self.assertEqual((self.log(), self.overview.has_more_log), ([90, 89], True))


class Offers(OverviewTest):
    def setUp(self) -> None:
        super().setUp()
        self.network = Network()
        self.network.state = "online"
        self.network.isupport = {"chatapp/OVERVIEW": "status,roles"}
        self.network.is_server_operator = True

    def test_an_owner_can_change_and_a_moderator_only_see(self) -> None:
        self.overview.role = "owner"
        self.assertEqual(offers(self.network, self.overview), ServerOffers(True, True))
        self.overview.role = "moderator"
        self.assertEqual(offers(self.network, self.overview), ServerOffers(True, False))

    def test_others_and_other_servers_see_nothing(self) -> None:
        self.overview.role = "owner"
        self.network.is_server_operator = False
        self.assertEqual(offers(self.network, self.overview), ServerOffers())
        self.network.is_server_operator, self.network.isupport = True, {}
        self.assertEqual(offers(self.network, self.overview), ServerOffers())
        self.network.isupport, self.network.state = {"chatapp/OVERVIEW": ""}, "waiting"
        self.assertEqual(offers(self.network, self.overview), ServerOffers())


if __name__ == "__main__":
    unittest.main()
