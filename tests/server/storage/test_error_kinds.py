"""Which database errors are temporary, which mean damage, and the advice for the administrator."""

from __future__ import annotations

import sqlite3
import unittest

from chatapp.server.storage.error_kinds import is_damaged, is_overwritten, is_passing, is_unreadable, remedy


def error_with(code: int) -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("no")
    error.sqlite_errorcode = code
    return error


class Causes(unittest.TestCase):
    def test_temporary_causes_and_their_advice(self) -> None:
        for code, passes, helps in (
            (sqlite3.SQLITE_BUSY, True, "Stop the other program"),
            (sqlite3.SQLITE_FULL, True, "Free some space"),
            (sqlite3.SQLITE_IOERR_WRITE, True, "Check whether its disk"),
            (sqlite3.SQLITE_READONLY_DIRECTORY, True, "Let the user"),
            (sqlite3.SQLITE_CANTOPEN, True, "Let the user"),
            (sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY, False, ""),
            (sqlite3.SQLITE_CORRUPT, False, ""),
            (sqlite3.SQLITE_ERROR, False, ""),
        ):
            with self.subTest(code):
                error = sqlite3.OperationalError("no")
                error.sqlite_errorcode = code
                self.assertEqual(is_passing(error), passes)
                if passes:
                    self.assertTrue(remedy(error).startswith(helps), remedy(error))

    def test_errors_of_the_system_are_temporary_and_bugs_are_not(self) -> None:
        self.assertTrue(is_passing(OSError("no space left")))
        self.assertFalse(is_passing(UnicodeEncodeError("utf-8", "\ud800", 0, 1, "surrogates")))
        self.assertFalse(is_passing(sqlite3.ProgrammingError("no")))

    def test_an_error_of_the_module_is_temporary_only_if_it_is_operational(self) -> None:
        self.assertTrue(is_passing(sqlite3.OperationalError("unable to open database file")))
        self.assertFalse(is_passing(sqlite3.ProgrammingError("Cannot operate on a closed database.")))


class Damage(unittest.TestCase):
    def test_damage_is_permanent_and_only_a_foreign_file_is_overwritten(self) -> None:
        for code, overwritten in ((sqlite3.SQLITE_CORRUPT_INDEX, False), (sqlite3.SQLITE_NOTADB, True)):
            with self.subTest(code):
                error = error_with(code)
                self.assertTrue(is_damaged(error))
                self.assertFalse(is_passing(error))
                self.assertEqual(is_overwritten(error), overwritten)

    def test_an_unreadable_database_is_distinguished_from_a_bug_of_a_job(self) -> None:
        self.assertTrue(is_unreadable(error_with(sqlite3.SQLITE_IOERR_READ)))
        self.assertTrue(is_unreadable(error_with(sqlite3.SQLITE_CORRUPT)))
        self.assertFalse(is_unreadable(error_with(sqlite3.SQLITE_ERROR)))
        self.assertFalse(is_unreadable(OSError("no space left")))

    def test_without_a_known_cause_the_advice_is_more_space(self) -> None:
        self.assertEqual(remedy(OSError("no space left")), "Free some space on its disk")
        self.assertEqual(remedy(error_with(sqlite3.SQLITE_NOMEM)), "Free some memory")
