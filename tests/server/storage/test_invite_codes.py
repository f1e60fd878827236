"""Codes of invitations: how they look, what is kept of them, when they fit."""

from __future__ import annotations

import re
import unittest
from unittest import mock

from chatapp.server.storage import invite_codes
from chatapp.server.storage.invite_codes import DAY, kept, label_of, spelled

NOW = 1_773_316_800_000
TYPED = "k3x9-abcd-efgh-jkmn"


class Codes(unittest.TestCase):
    def test_it_is_random_and_easy_to_type(self) -> None:
        found = {spelled() for _ in range(100)}
        self.assertEqual(len(found), 100)
        for code in found:
            self.assertTrue(re.fullmatch("[a-hjkmnp-z2-9]{4}(-[a-hjkmnp-z2-9]{4}){3}", code), code)

    def test_it_fits_in_whatever_form_it_is_typed(self) -> None:
        code = kept(TYPED, 1, 7, "ann", NOW)
        for typed in (TYPED, TYPED.upper(), "k3x9 abcd efgh jkmn", "k3x9abcdefghjkmn", f" {TYPED}. "):
            with self.subTest(typed):
                self.assertTrue(code.fits(typed, NOW))
                self.assertEqual(label_of(typed), "k3x9")

    def test_nothing_else_fits(self) -> None:
        code = kept(TYPED, 1, 7, "ann", NOW)
        for typed in ("", "k3x9", TYPED[:-1], f"{TYPED}k", "k3x9-abcd-efgh-jkmp", "*"):
            with self.subTest(typed):
                self.assertFalse(code.fits(typed, NOW))

    def test_it_ends_by_time_and_by_use(self) -> None:
        week, ever = kept(TYPED, 1, 7, "ann", NOW), kept(TYPED, 1, 0, "ann", NOW)
        used = kept(TYPED, 0, 7, "ann", NOW)
        cases = [(week, 0, True), (week, 7 * DAY - 1, True), (week, 7 * DAY, False)]
        cases += [(ever, 5000 * DAY, True), (used, 0, False)]
        for code, later, good in cases:
            with self.subTest(code, later=later):
                self.assertIs(code.fits(TYPED, NOW + later), good)

    def test_only_the_first_group_can_be_read_from_what_is_kept(self) -> None:
        code = kept(TYPED, 1, 7, "ann", NOW)
        self.assertNotIn("abcd", f"{code} {code.row}")
        self.assertNotIn(b"abcd", code.digest)

    def test_no_two_have_the_same_first_group(self) -> None:
        new = iter([TYPED, "k3x9-pqrs-tuvw-xyz2", "m4y8-abcd-efgh-jkmn"])
        with (
            mock.patch.object(invite_codes, "spelled", lambda: next(new)),
            mock.patch.object(invite_codes, "find", lambda reader, typed: label_of(typed) == "k3x9"),
        ):
            self.assertEqual(invite_codes.unused(mock.Mock()), "m4y8-abcd-efgh-jkmn")
