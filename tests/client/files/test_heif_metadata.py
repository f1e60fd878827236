"""HEIC and AVIF pictures are sent with their metadata overwritten."""

from __future__ import annotations

import struct
import unittest
from contextlib import suppress

from chatapp.client.files.file_pieces import Malformed
from chatapp.client.files.heif_metadata import BRANDS, is_heif
from tests.client.files.pictures import PLACE, box, exif, heic
from tests.client.files.test_picture_metadata import cleaned

ITEMS = {
    b"hvc1": b"pixels", b"Exif": b"\0\0\0\0" + exif(6), b"mime": b"<x>" + PLACE + b"</x>", b"grid": b"more"
}  # fmt: skip


class HeifTest(unittest.TestCase):
    def test_metadata_is_overwritten_where_it_stands(self) -> None:
        for version in (0, 1, 2):
            for in_idat in (False, True) if version else (False,):
                with self.subTest(version=version, in_idat=in_idat):
                    data = heic(ITEMS, version, in_idat)
                    sent = cleaned(data)
                    self.assertEqual(2, data.count(PLACE))
                    self.assertNotIn(PLACE, sent)
                    self.assertEqual(len(data), len(sent))
                    start = data.index(b"pixels")
                    self.assertEqual(data[: start + 6], sent[: start + 6])
                    self.assertIn(b"MM\0*\0\0\0\x08\0\0", sent)
                    self.assertEqual(data[-4:], sent[-4:])
                    self.assertEqual(sent, cleaned(sent))

    def test_a_picture_without_metadata_is_the_same(self) -> None:
        data = heic({b"hvc1": b"pixels"}) + box(b"free", b"xyz")
        self.assertEqual(data, cleaned(data))

    def test_every_brand(self) -> None:
        for brand in BRANDS:
            with self.subTest(brand):
                self.assertNotIn(PLACE, cleaned(heic(ITEMS, brand=brand)))

    def test_what_follows_the_picture_goes(self) -> None:
        picture = heic(ITEMS)
        for rest in (
            box(b"mpvd", PLACE),
            box(b"uuid", PLACE),
            b"xx" + PLACE,
            b"x",
            box(b"sefd", PLACE) + b"xx",
        ):
            with self.subTest(rest):
                self.assertEqual(cleaned(picture), cleaned(picture + rest))

    def test_other_boxes_before_the_end_are_overwritten(self) -> None:
        data = heic(ITEMS) + box(b"uuid", PLACE) + box(b"free", b"xyz")
        sent = cleaned(data)
        self.assertNotIn(PLACE, sent)
        self.assertEqual(len(data), len(sent))
        self.assertEqual(sent, cleaned(sent))

    def test_one_with_an_item_behind_its_boxes_is_refused(self) -> None:
        whole = heic(ITEMS)
        at = whole.index(b"mdat") - 4
        length = int.from_bytes(whole[at : at + 4]) - 2
        data = whole[:at] + length.to_bytes(4) + whole[at + 4 :]
        self.assertRaises(Malformed, cleaned, data)

    def test_one_that_is_cut_off_among_its_pixels_is_refused(self) -> None:
        self.assertRaises(Malformed, cleaned, heic(ITEMS)[:-3])

    def test_videos_are_sent_as_they_are(self) -> None:
        data = heic(ITEMS, brand=b"isom")
        self.assertEqual([is_heif(each[:512]) for each in (data, heic(ITEMS))], [False, True])
        self.assertEqual(data, cleaned(data))

    def test_a_broken_one_is_refused(self) -> None:
        whole = heic(ITEMS)
        beyond = whole.replace(b"iloc\x01\0\0\0\x44\0", b"iloc\x01\0\0\0\x88\0")
        for data in (whole[:40], whole[:-30], beyond, whole.replace(b"iinf", b"xxxx"), whole[:16]):
            with self.subTest(len(data)), self.assertRaises(Malformed):
                cleaned(data)

    def test_no_change_of_a_byte_does_harm(self) -> None:
        whole = heic(ITEMS)
        for at in range(len(whole)):
            for value in (0, 1, 2, 0x7F, 0xFF):
                data = whole[:at] + bytes((value,)) + whole[at + 1 :]
                with suppress(Malformed):
                    self.assertEqual(len(data), len(cleaned(data)), f"{value} at {at}")

    def test_a_hostile_list_of_places_costs_no_time_and_no_memory(self) -> None:
        """Places may have no bytes, or be the same ones."""
        count = 65_535
        without_bytes = (
            b"iloc\0\0\0\0\0\0" + struct.pack(">H", 1000) + struct.pack(">HHH", 1, 0, count) * 1000
        )
        same = (
            b"iloc\0\0\0\0\x44\0"
            + struct.pack(">HHHH", 1, 1, 0, count)
            + struct.pack(">II", 0, 9_000_000) * count
        )
        for places in (without_bytes, same):
            entry = box(b"infe", b"\2\0\0\0\0\1\0\0Exif\0")
            iinf = box(b"iinf", b"\0\0\0\0\0\1" + entry)
            data = box(b"ftyp", b"heic\0\0\0\0heic") + box(
                b"meta", b"\0\0\0\0" + iinf + box(places[:4], places[4:])
            )
            with self.subTest(len(data)), self.assertRaises(Malformed):
                cleaned(data)

    def test_an_item_that_is_named_twice_is_overwritten(self) -> None:
        """Readers take the one or the other of its kinds."""
        again = heic(ITEMS).replace(b"\0\4\0\0grid", b"\0\2\0\0grid")
        self.assertNotIn(PLACE, cleaned(again))
