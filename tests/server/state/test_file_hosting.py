"""Tokens and reserved room."""

from __future__ import annotations

import unittest

from chatapp.server.state.connection import NullConnection
from chatapp.server.state.file_hosting import COUNTED_SECONDS, FileHosting, Reservation
from chatapp.server.state.session import Session


class Room(unittest.TestCase):
    def setUp(self) -> None:
        self.files = FileHosting()
        self.ann, self.bob = Session(NullConnection(), 0.0), Session(NullConnection(), 0.0)

    def reserve(self, session: Session, payer: str, size: int) -> None:
        self.files.reserve(session, Reservation("id", f"={payer}", payer, payer, size))

    def test_reserved_bytes_are_pending(self) -> None:
        self.reserve(self.ann, "ann", 5)
        self.reserve(self.bob, "bob", 7)
        self.assertEqual(self.files.pending(0.0), 12)
        self.assertEqual(self.files.pending(0.0, "bob"), 7)

    def test_an_upload_that_ended_counts_for_queries_that_began_before(self) -> None:
        self.reserve(self.ann, "ann", 5)
        self.files.end(self.ann, 4, 10.0)
        self.assertEqual(self.files.pending(9.0), 4)
        self.assertEqual(self.files.pending(9.0, "bob"), 0)
        self.assertEqual(self.files.pending(11.0), 0)

    def test_a_broken_upload_frees_what_was_reserved(self) -> None:
        self.reserve(self.ann, "ann", 5)
        reserved = self.files.end(self.ann, 0, 10.0)
        assert reserved
        self.assertEqual((reserved.sender, self.files.pending(0.0)), ("ann", 0))

    def test_uploads_are_known_until_their_end(self) -> None:
        self.reserve(self.ann, "ann", 5)
        self.assertEqual([each for each, _ in self.files.uploads()], [self.ann])
        self.assertEqual([self.files.is_uploading(each) for each in (self.ann, self.bob)], [True, False])
        self.files.end(self.ann, 5, 10.0)
        self.assertEqual((self.files.uploads(), self.files.is_uploading(self.ann)), ([], False))

    def test_the_end_of_an_unknown_upload_changes_nothing(self) -> None:
        self.assertIsNone(self.files.end(self.ann, 5, 10.0))
        self.assertEqual(self.files.pending(0.0), 0)

    def test_old_uploads_are_forgotten(self) -> None:
        self.reserve(self.ann, "ann", 5)
        self.files.end(self.ann, 5, 10.0)
        self.files.end(self.bob, 0, 11.0 + COUNTED_SECONDS)
        self.assertEqual(self.files.pending(0.0), 0)

    def test_a_session_that_ends_frees_what_was_reserved(self) -> None:
        self.reserve(self.ann, "ann", 5)
        self.files.forget(self.ann)
        self.assertEqual(self.files.pending(0.0), 0)


class Tokens(unittest.TestCase):
    def test_a_token_belongs_to_its_session_until_that_ends(self) -> None:
        files, ann = FileHosting(), Session(NullConnection(), 0.0)
        files.add_token("abc", ann)
        ann.upload_url = "https://a/upload/abc"
        self.assertIs(files.session_of("abc"), ann)
        files.forget(ann)
        self.assertIsNone(files.session_of("abc"))
        self.assertEqual(ann.upload_url, "")

    def test_no_token_belongs_to_nobody(self) -> None:
        self.assertIsNone(FileHosting().session_of(""))
