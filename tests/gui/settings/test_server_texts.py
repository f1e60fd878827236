"""What the page "This server" says."""

from __future__ import annotations

import unittest
from dataclasses import replace
from datetime import date, datetime

from chatapp.client.model.server_overview import InviteCodeRow, ServerBan, ServerOverview, ServerStatus
from chatapp.client.model.server_storage import KeptFile, PersonUse, ServerStorage
from chatapp.gui.settings import server_texts

NOON = datetime(2026, 3, 12, 12).timestamp()
DAY = 86400.0
LINK = "ircs://192.168.1.20:5000/general"


def code(
    used: int = 9, left: int = 3, until: float | None = NOON + 6 * 3600, full: str = "k7qx-29fm"
) -> InviteCodeRow:
    return InviteCodeRow("k7qx", full, left, used, until, "ben")


class Texts(unittest.TestCase):
    def test_how_long_it_runs_and_how_many_people_there_are(self) -> None:
        for seconds, text in (
            (3 * DAY, "Running for 3 days"),
            (3700, "Running for 1 hour"),
            (10, "Just started"),
        ):
            status = ServerStatus(NOON - seconds, 12, 60, 0, 0, 0, "")
            self.assertEqual(server_texts.summary(status, NOON), f"{text} · 12 of 60 people online")

    def test_what_is_stored(self) -> None:
        status = ServerStatus(NOON, 1, 1, 412_345_678, 10_000, 90, "")
        self.assertEqual(server_texts.storage(status), "412 MB · 10,000 messages · kept for 90 days")
        status = ServerStatus(NOON, 1, 1, 4096, 1, 0, "")
        self.assertEqual(server_texts.storage(status), "4.1 kB · 1 message · kept for ever")

    def test_the_files_of_users(self) -> None:
        use = ServerStorage(12, 30_000_000, 2_000_000_000, 90)
        self.assertEqual(server_texts.files_facts(use), "12 files, 30 MB of 2.0 GB · kept for 90 days")
        self.assertEqual(server_texts.files_facts(ServerStorage(1, 900)), "1 file, 900 bytes · kept for ever")
        self.assertEqual(server_texts.person_files(PersonUse("Ben", 10, 29_000_000)), "10 files, 29 MB")
        file = KeptFile("x", "ben", 29_000_000, NOON, "a.mp4")
        self.assertEqual(server_texts.file_facts(file, "Ben", NOON), "29 MB · by Ben · today 12:00")
        self.assertEqual(server_texts.file_facts(replace(file, at=None), "", NOON), "29 MB · by you")

    def test_the_link_has_the_newest_code_that_works(self) -> None:
        overview = ServerOverview(links=(LINK,))
        self.assertEqual(server_texts.invite_link(overview), LINK)
        overview.codes = (code(left=0, full="aaaa-bbbb"), code(full=""), code())
        self.assertEqual(server_texts.invite_link(overview), f"{LINK}?code=k7qx-29fm")
        self.assertEqual(server_texts.invite_link(ServerOverview()), "")

    def test_a_code_is_said_in_capitals(self) -> None:
        self.assertEqual(server_texts.code_name(code()), "K7QX-29FM")
        self.assertEqual(server_texts.code_name(code(full="")), "K7QX-…")
        self.assertEqual(server_texts.code_in("ircs://192.0.2.7:5000/general?code=k7qx-29fm"), "K7QX-29FM")

    def test_what_is_said_about_a_code(self) -> None:
        for each, text in (
            (code(), "until today 18:00 · used 9 times"),
            (code(used=1, left=0), "until today 18:00 · used 1 time · used up"),
            (code(used=0, until=None), "for ever · not used yet"),
        ):
            self.assertEqual(server_texts.code_facts(each, NOON), text)

    def test_what_is_said_about_a_ban(self) -> None:
        ban = ServerBan("tom!*@*", NOON + 20 * 3600, "ben", NOON, "Insults")
        self.assertEqual(server_texts.ban_facts(ban, "", NOON), "Insults · by you · until tomorrow 08:00")
        ban = ServerBan("tom!*@*", None, "ben", NOON, "")
        self.assertEqual(server_texts.ban_facts(ban, "Ben", NOON), "by Ben · for ever")

    def test_when_something_was_done(self) -> None:
        today = date(2026, 3, 12)
        for at, text in (
            (NOON, "12:00"),
            (NOON - DAY, "Yesterday"),
            (NOON - 3 * DAY, "9 March"),
            (NOON - 400 * DAY, "5 February 2025"),
            (None, ""),
        ):
            self.assertEqual(server_texts.when(at, today), text)

    def test_people_with_an_account_and_no_role_can_become_moderators(self) -> None:
        people = [("sofia", "Sofia"), ("", "guest"), ("Ben", "Ben"), ("dee", "Dee"), ("dee", "Dee")]
        self.assertEqual(server_texts.candidates(people, ["ben"], str.casefold), ["dee", "sofia"])


if __name__ == "__main__":
    unittest.main()
