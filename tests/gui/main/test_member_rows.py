"""The rows of the people pane: sections, marks, away texts, who is offline."""

from __future__ import annotations

import unittest

from chatapp.gui.main import member_rows
from chatapp.gui.widgets.list_row import Heading, ListRow, Row
from chatapp.protocol.presence import ABSENT
from tests.gui.networks import add_members, make_network


class MemberRowsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.network = make_network("#general")
        self.network.isupport = {"PREFIX": "(qaohv)~&@%+"}
        self.general = add_members(self.network, "#general", "@ben", "ana", "(chen)", "dee", "+eve")

    def rows(self, wanted: str = "", is_offline_open: bool = False) -> list[Row]:
        source = member_rows.member_source(self.network, self.general, wanted, is_offline_open)
        rows = [source.make(index) for index in range(len(source.keys))]
        self.assertEqual([row.key for row in rows], list(source.keys))
        self.assertEqual(
            {at for at, row in enumerate(rows) if isinstance(row, ListRow) and row.detail}, source.tall
        )
        return rows

    def texts(self, wanted: str = "", is_offline_open: bool = False) -> list[str]:
        return [row.text for row in self.rows(wanted, is_offline_open)]

    def row(self, nick: str) -> ListRow:
        return next(row for row in self.rows() if isinstance(row, ListRow) and row.key == nick)

    def test_a_chosen_colour_and_a_status_change_the_row(self) -> None:
        before = self.row("dee")
        self.network.person("dee").colour, self.network.person("dee").status = 6, "Writing"
        self.assertNotEqual(before, self.row("dee"))
        self.assertEqual((self.row("dee").colour, self.row("dee").detail), (6, "Writing"))

    def test_people_are_sorted_by_role_presence_and_name(self) -> None:
        self.assertEqual(
            self.texts(),
            ["MODERATORS — 1", "ben", "ONLINE — 3", "ana", "dee", "eve", "AWAY — 1", "chen"],
        )
        self.general.members["dee"].ranks = "~"
        self.assertEqual(self.texts()[:2], ["OWNER — 1", "dee"])
        self.general.members["eve"].ranks = "~+"
        self.assertEqual(self.texts()[:3], ["OWNERS — 2", "dee", "eve"])

    def test_an_owner_is_one_whatever_other_ranks_there_are(self) -> None:
        self.network.isupport = {"PREFIX": "(yqaohv)!~&@%+"}
        self.general.members["dee"].ranks = "~@"
        self.general.members["eve"].ranks = "!~"
        self.general.members["ana"].ranks = "!"
        self.assertEqual(self.texts()[:6], ["OWNERS — 2", "dee", "eve", "MODERATORS — 2", "ana", "ben"])
        self.assertEqual(self.row("eve").marks, (member_rows.OWNER_MARK,))
        self.assertEqual(self.row("ana").marks, (member_rows.MODERATOR_MARK,))

    def test_people_have_their_display_names_and_are_sorted_and_found_by_them(self) -> None:
        self.network.person("dee").display_name = "Aaron Novak"
        self.assertEqual(self.texts()[2:5], ["ONLINE — 3", "Aaron Novak", "ana"])
        self.assertEqual(self.texts("novak"), ["ONLINE — 1", "Aaron Novak"])
        self.assertEqual(self.texts("DEE"), ["ONLINE — 1", "Aaron Novak"])
        self.assertEqual(self.texts("nobody"), [])

    def test_why_somebody_is_away_is_the_second_line(self) -> None:
        self.network.person("chen").away_text = "At lunch\nuntil 13:00"
        chen = self.row("chen")
        self.assertEqual((chen.detail, chen.presence, chen.role), ("At lunch until 13:00", "away", "muted"))

    def test_roles_have_marks_and_the_user_and_ignored_people_too(self) -> None:
        self.general.members["eve"].ranks = "~"
        self.network.ignored.add("dee")
        self.assertEqual(self.row("eve").marks, (member_rows.OWNER_MARK,))
        self.assertEqual(self.row("ben").marks, (member_rows.MODERATOR_MARK,))
        self.assertEqual(self.row("ana").note, "(you)")
        self.assertEqual(
            (self.row("dee").marks, self.row("dee").role), ((member_rows.IGNORED_MARK,), "muted")
        )

    def test_voice_is_shown_where_it_matters(self) -> None:
        self.assertEqual(self.row("eve").marks, ())
        self.general.modes = frozenset("m")
        self.assertEqual(self.row("eve").marks, (member_rows.VOICE_MARK,))

    def test_accounts_that_are_not_connected_are_offline_and_folded(self) -> None:
        dee = self.network.person("dee")
        dee.away, dee.away_text = True, ABSENT
        self.assertEqual(self.rows()[-1], Heading("OFFLINE — 1", member_rows.OFFLINE_KEY, folded=True))
        opened = self.rows(is_offline_open=True)
        self.assertEqual([row.text for row in opened[-2:]], ["OFFLINE — 1", "dee"])
        assert isinstance(opened[-1], ListRow)
        self.assertEqual((opened[-1].presence, opened[-1].detail), ("offline", ""))
        self.assertEqual(self.texts("dee"), ["OFFLINE — 1", "dee"])

    def test_partners_of_direct_messages_are_offline_if_the_server_says_so(self) -> None:
        self.network.add("zoe", "direct")
        self.network.add("max", "direct")
        self.network.add("ben", "direct")
        self.network.monitored = {"zoe": False, "ben": False, "ida": False}
        self.assertEqual(self.texts(is_offline_open=True)[-2:], ["OFFLINE — 1", "zoe"])

    def test_without_anybody_offline_there_is_no_heading(self) -> None:
        self.assertFalse([text for text in self.texts() if "OFFLINE" in text])


if __name__ == "__main__":
    unittest.main()
