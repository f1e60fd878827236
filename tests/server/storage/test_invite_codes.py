"""Invite codes: their format, their stored form, and their validity."""

from __future__ import annotations

import re
import unittest
from unittest import mock

from chatapp.protocol.timestamps import DAY_MILLISECONDS
from chatapp.server.storage import invite_codes
from chatapp.server.storage.database import Database
from chatapp.server.storage.invite_codes import label_of, make_record, random_code

NOW = 1_773_316_800_000
TYPED = "k3x9-abcd-efgh-jkmn"


class Codes(unittest.TestCase):
    def test_a_code_is_random_and_easy_to_type(self) -> None:
        found = {random_code() for _ in range(100)}
        self.assertEqual(len(found), 100)
        for code in found:
            self.assertTrue(re.fullmatch("[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}", code), code)

    def test_case_spaces_and_hyphens_do_not_matter(self) -> None:
        code = make_record(TYPED, 1, 7, "ann", NOW)
        for typed in (TYPED, TYPED.upper(), "k3x9 abcd efgh jkmn", "k3x9abcdefghjkmn", f" {TYPED}. "):
            with self.subTest(typed):
                self.assertTrue(code.matches(typed, NOW))
                self.assertEqual(label_of(typed), "k3x9")

    def test_other_texts_do_not_match(self) -> None:
        code = make_record(TYPED, 1, 7, "ann", NOW)
        for typed in ("", "k3x9", TYPED[:-1], f"{TYPED}k", "k3x9-abcd-efgh-jkmp", "*"):
            with self.subTest(typed):
                self.assertFalse(code.matches(typed, NOW))

    def test_a_code_expires_by_time_and_by_use(self) -> None:
        week, ever = make_record(TYPED, 1, 7, "ann", NOW), make_record(TYPED, 1, 0, "ann", NOW)
        used = make_record(TYPED, 0, 7, "ann", NOW)
        cases = [(week, 0, True), (week, 7 * DAY_MILLISECONDS - 1, True), (week, 7 * DAY_MILLISECONDS, False)]
        cases += [(ever, 5000 * DAY_MILLISECONDS, True), (used, 0, False)]
        for code, later, good in cases:
            with self.subTest(code, later=later):
                self.assertIs(code.matches(TYPED, NOW + later), good)

    def test_a_code_is_stored_readably_but_not_logged(self) -> None:
        code = make_record(TYPED, 1, 7, "ann", NOW)
        self.assertEqual(code.code, TYPED)
        self.assertNotIn("abcd", str(code))

    def test_uses_are_counted_both_ways(self) -> None:
        database = Database(":memory:")
        self.addCleanup(database.close)
        code = make_record(TYPED, 3, 7, "ann", NOW)
        database.write([invite_codes.upsert(code), invite_codes.use(code), invite_codes.use(code)])
        (found,) = invite_codes.load_all(database)
        self.assertEqual((found.uses, found.used, found.code), (1, 2, TYPED))

    def test_guests_are_remembered_while_their_code_exists(self) -> None:
        database = Database(":memory:")
        self.addCleanup(database.close)
        code = make_record(TYPED, 1, 7, "ann", NOW)
        database.write([invite_codes.upsert(code), invite_codes.insert_guest(code.label, "nick eve")])
        self.assertTrue(invite_codes.has_guest(database, TYPED, ["nick eve"]))
        self.assertFalse(invite_codes.has_guest(database, TYPED, ["host a", "nick eve"]))
        self.assertFalse(invite_codes.has_guest(database, TYPED, ["nick bob"]))
        database.write([invite_codes.use(code), invite_codes.delete_expired(NOW)])
        self.assertTrue(invite_codes.load_all(database))  # eve may come back
        database.write([invite_codes.insert_guest(code.label, "nick bob")])
        database.write([invite_codes.delete_guest(code.label, "nick bob")])
        self.assertFalse(invite_codes.has_guest(database, TYPED, ["nick bob"]))
        database.write([invite_codes.delete(code)])
        self.assertFalse(invite_codes.has_guest(database, TYPED, ["nick eve"]))

    def test_no_two_codes_have_the_same_first_group(self) -> None:
        new = iter([TYPED, "k3x9-pqrs-tuvw-xyz2", "m4y8-abcd-efgh-jkmn"])
        with (
            mock.patch.object(invite_codes, "random_code", lambda groups: next(new)),
            mock.patch.object(invite_codes, "find", lambda database, typed: label_of(typed) == "k3x9"),
        ):
            self.assertEqual(invite_codes.new_code(mock.Mock()), "m4y8-abcd-efgh-jkmn")
