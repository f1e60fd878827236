"""Icon files of Windows and macOS."""

from __future__ import annotations

import struct
import unittest

from chatapp.system.icon_files import icns, ico

IMAGES = {256: b"large", 16: b"tiny", 48: b"other"}


class IconFilesTest(unittest.TestCase):
    def test_each_image_of_an_ico_is_found_by_its_entry(self) -> None:
        data = ico(IMAGES)
        self.assertEqual((0, 1, 3), struct.unpack_from("<HHH", data))
        found = {}
        for number in range(3):
            width, height, *_, length, start = struct.unpack_from("<BBBBHHII", data, 6 + 16 * number)
            self.assertEqual(width, height)
            found[width] = data[start : start + length]
        self.assertEqual({16: b"tiny", 48: b"other", 0: b"large"}, found)

    def test_an_icns_has_the_sizes_that_it_knows(self) -> None:
        data = icns(IMAGES)
        self.assertEqual((b"icns", len(data)), struct.unpack_from(">4sI", data))
        self.assertEqual(b"icp4\0\0\0\x0ctinyic08\0\0\0\x0dlarge", data[8:])


if __name__ == "__main__":
    unittest.main()
