"""Parts of a file and other bytes, one after the other."""

from __future__ import annotations

import unittest
from io import BytesIO

from chatapp.client.files.file_pieces import (
    PIECE_BYTES,
    FilePart,
    Pieces,
    joined,
    read_pieces,
    size_of,
    whole,
)


class FilePiecesTest(unittest.TestCase):
    def test_they_are_read_in_their_order(self) -> None:
        pieces: Pieces = [FilePart(4, 6), b"xy", FilePart(0, 1)]
        self.assertEqual((b"45xy0", 5), (b"".join(read_pieces(BytesIO(b"0123456"), pieces)), size_of(pieces)))

    def test_long_parts_are_read_in_pieces(self) -> None:
        data = bytes(2 * PIECE_BYTES + 1)
        lengths = [len(each) for each in read_pieces(BytesIO(data), whole(len(data)))]
        self.assertEqual([PIECE_BYTES, PIECE_BYTES, 1], lengths)

    def test_a_file_that_became_shorter_is_noticed(self) -> None:
        self.assertRaises(EOFError, list, read_pieces(BytesIO(b"123"), whole(4)))

    def test_neighbours_become_one(self) -> None:
        parts: Pieces = [FilePart(0, 2), FilePart(2, 5), b"", b"x", FilePart(5, 6), FilePart(7, 8)]
        self.assertEqual([FilePart(0, 5), b"x", FilePart(5, 6), FilePart(7, 8)], joined(iter(parts)))
