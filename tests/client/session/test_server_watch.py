"""The overview of a server, kept current while it is shown."""

from __future__ import annotations

import unittest

from chatapp.client.model.changes import ServerOverviewChanged
from tests.client.base import ISUPPORT, ClientTest

TOKENS = f"{ISUPPORT} chatapp/OVERVIEW=status,roles,bans,codes,log"
NOON = "2026-03-12T12:00:00.000Z"
STATUS = f"OVERVIEW STATUS owner {NOON} 12 60 4096 1000 90 * :Room 12"

INVITATION = (
    "OVERVIEW WATCH on :Reported",
    STATUS,
    "OVERVIEW END status 1 last :1",
    "SETTING ENTRY name set :Room 12",
    "SETTING END :1",
    "OVERVIEW END codes 0 last :0",
)


class WatchTest(ClientTest):
    def setUp(self) -> None:
        super().setUp()
        self.pings: list[str] = []
        self.pending: list[str] = []
        self.arrive()

    def arrive(self) -> None:
        self.general = self.online(isupport=TOKENS)
        self.receive(":srv MODE ana +o")
        self.assertEqual(self.asked(), ["OVERVIEW STATUS"])
        self.answer(STATUS, "OVERVIEW END status 1 last :1")

    def asked(self) -> list[str]:
        """Return the commands that were sent, without labels and the PINGs of orders."""
        self.changes += self.client.poll(None)
        lines = [line.partition(" ")[2] if line[0] == "@" else line for line in self.sent()]
        self.pings = [line.split()[1] for line in lines if line.startswith("PING order-")] or self.pings
        return [line for line in lines if not line.startswith("PING")]

    def answer(self, *notes: str) -> list[str]:
        """Answer the last request; return what is requested next."""
        self.receive(*(f":srv NOTE {note}" for note in notes), f":srv PONG srv {self.pings[-1]}")
        return self.asked()

    def read_everything(self, *log: str) -> None:
        self.client.server.watch()
        self.assertEqual(self.asked(), ["OVERVIEW WATCH on", "OVERVIEW STATUS", "SETTING", "OVERVIEW CODES"])
        self.assertEqual(self.answer(*INVITATION), ["OVERVIEW ROLES"])
        self.assertEqual(self.answer("OVERVIEW END roles 0 last :0"), ["OVERVIEW BANS"])
        self.assertEqual(self.answer("OVERVIEW END bans 0 last :0"), ["OVERVIEW LOG"])
        self.pending = self.answer(*(log or ["OVERVIEW END log 0 last :0"]))

    def shown(self) -> list[str]:
        return [each.text for each in self.general.entries]

    def test_all_parts_are_read_and_shown_nowhere_else(self) -> None:
        before = self.shown()
        self.read_everything()
        self.assert_changed(ServerOverviewChanged)
        overview = self.client.server.overview
        self.assertEqual((overview.role, overview.settings.name), ("owner", "Room 12"))
        self.assertTrue(self.client.server.offers.can_change)
        self.assertEqual(self.shown(), before)

    def test_what_the_user_does_is_not_kept_waiting_until_everything_is_read(self) -> None:
        self.client.server.watch()
        self.asked()
        self.client.server.make_code()
        self.assertEqual(self.answer(*INVITATION), ["INVITECODE 1000 7"])
        self.receive(":srv NOTE OVERVIEW CHANGED codes :Changed")
        self.assertEqual(self.answer("INVITECODE CREATED k7mq-3xfa :Made"), ["OVERVIEW CODES"])

    def test_only_the_role_is_read_before_somebody_looks(self) -> None:
        self.assertEqual((self.client.network.server_role, self.asked()), ("owner", []))
        self.receive(":srv MODE ana -o")
        self.assertEqual((self.client.network.server_role, self.asked()), ("", []))
        self.receive(":srv MODE ana +o")
        self.assertEqual(self.asked(), ["OVERVIEW STATUS"])
        self.answer(STATUS.replace("owner", "moderator"), "OVERVIEW END status 1 last :1")
        self.assertEqual((self.client.network.server_role, self.asked()), ("moderator", []))

    def test_nothing_is_read_without_the_role(self) -> None:
        self.receive(":srv MODE ana -o")
        self.client.server.watch()
        self.assertEqual(self.asked(), [])

    def test_a_part_that_has_changed_is_read_again(self) -> None:
        self.read_everything()
        self.receive(":srv NOTE OVERVIEW CHANGED bans :Changed")
        self.assertEqual(self.asked(), ["OVERVIEW BANS"])
        self.answer(f"OVERVIEW BAN tom!*@* * ben {NOON} :Rude", "OVERVIEW END bans 1 last :1")
        self.assertEqual([ban.target for ban in self.client.server.overview.bans], ["tom"])

    def test_files_are_read_again_when_the_server_reports_that_they_have_changed(self) -> None:
        network = self.client.network
        network.isupport = {**network.isupport, "chatapp/OVERVIEW": "status,storage"}
        self.read_everything()
        answer = ("OVERVIEW STORAGE 0 0 2000 90 everybody :x", "OVERVIEW END storage 1 last :1")
        self.assertEqual(self.answer(*answer, "FILES END last :0"), [])
        self.receive(":srv NOTE OVERVIEW CHANGED storage :Changed")
        self.assertEqual(self.asked(), ["OVERVIEW STORAGE", "FILES LARGEST"])

    def test_reports_that_come_meanwhile_cost_one_more_request(self) -> None:
        self.read_everything()
        for _ in range(3):
            self.receive(":srv NOTE AUDIT ADDED :New entry")
        self.assertEqual(self.asked(), ["OVERVIEW LOG"])
        self.assertEqual(self.answer("OVERVIEW END log 0 last :0"), ["OVERVIEW LOG"])
        self.assertEqual(self.answer("OVERVIEW END log 0 last :0"), [])

    def test_files_are_read_where_the_server_keeps_some_and_again_after_one_was_deleted(self) -> None:
        network = self.client.network
        network.isupport = {**network.isupport, "chatapp/OVERVIEW": "status,storage"}
        self.read_everything()
        answer = ("OVERVIEW STORAGE 1 900 2000 90 everybody :x", "OVERVIEW END storage 1 last :1")
        row = f"FILES FILE PREFIXabc ben 900 {NOON} text/plain :notes.txt"
        self.assertEqual(self.pending, ["OVERVIEW STORAGE", "FILES LARGEST"])
        self.assertEqual(self.answer(*answer, row, "FILES END last :1"), [])
        storage = self.client.server.overview.storage
        assert storage
        self.assertEqual((storage.size, [file.name for file in storage.largest]), (900, ["notes.txt"]))
        before = self.shown()
        order = self.client.server.delete_file("PREFIXabc")
        self.assertEqual(self.asked(), ["FILES DELETE PREFIXabc"])
        deleted = self.answer("FILES DELETED PREFIXabc :Deleted notes.txt")
        self.assertEqual(deleted, ["OVERVIEW STORAGE", "FILES LARGEST"])
        self.answer(answer[0].replace("1 900", "0 0"), answer[1], "FILES END last :0")
        storage = self.client.server.overview.storage
        assert storage
        self.assertEqual((order.problem, storage.files, storage.largest), ("", 0, ()))
        self.assertEqual(self.shown(), before)

    def test_after_a_new_connection_everything_is_read_again(self) -> None:
        self.read_everything()
        self.lose_connection()
        self.pass_time(60)
        self.link_up()
        self.welcome(isupport=TOKENS)
        self.asked()
        self.receive(":srv MODE ana +o")
        self.assertIn("OVERVIEW WATCH on", self.asked())

    def test_nothing_is_reported_any_more_when_nobody_looks(self) -> None:
        self.read_everything()
        self.client.server.watch(False)
        self.assertEqual(self.asked(), ["OVERVIEW WATCH off"])
        self.answer("OVERVIEW WATCH off :x")
        self.receive(":srv NOTE AUDIT ADDED :New entry")
        self.assertEqual(self.asked(), [])

    def test_the_log_is_read_page_by_page(self) -> None:
        self.read_everything(f"OVERVIEW LOG 9 {NOON} ben!b@h ben KICK e!e@h :x", "OVERVIEW END log 1 more :1")
        self.client.server.read_older_log()
        self.assertEqual(self.asked(), ["OVERVIEW LOG 9"])
        self.answer(f"OVERVIEW LOG 8 {NOON} ben!b@h ben KICK e!e@h :x", "OVERVIEW END log 1 more :1")
        self.assertFalse(self.client.server.is_reading_log)
        self.client.server.read_whole_log()
        self.assertEqual(self.asked(), ["OVERVIEW LOG 8 500"])
        page = (f"OVERVIEW LOG 7 {NOON} ben!b@h ben KICK e!e@h :x", "OVERVIEW END log 1 more :1")
        self.assertEqual(self.answer(*page), ["OVERVIEW LOG 7 500"])
        self.assertTrue(self.client.server.is_reading_log)
        self.answer("OVERVIEW END log 0 last :0")
        self.assertFalse(self.client.server.is_reading_log)
        self.assertEqual([entry.number for entry in self.client.server.overview.log], [9, 8, 7])


if __name__ == "__main__":
    unittest.main()
