"""QR codes: equal to those of libqrencode 4, and readable by zbarimg where it is installed."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from chatapp.protocol.qr_code import Modules, TooLongForQrCode, encode

ROOM_12 = """\
#######.##....#######
#.....#..##...#.....#
#.###.#...#.#.#.###.#
#.###.#.#..##.#.###.#
#.###.#.#.#.#.#.###.#
#.....#.#..#..#.....#
#######.#.#.#.#######
........#.###........
#...#.####.#.#####..#
.....#.....##....#.#.
.###..#..#.#..###.##.
.##.##..##...###....#
###.####....###....##
........#...######..#
#######.#.#.##.##.##.
#.....#..#.##...#..##
#.###.#.#..#..#.....#
#.###.#..#.##..###.##
#.###.#...##..###....
#.....#...#..#####...
#######.##..###.....#"""

LINK = f"ircs://192.168.1.20:5000/general?pin=sha256:{'0123456789abcdef' * 4}&code=k7qx-29fm"
HASHES = {
    "ircs://room.example:6697/general": (
        29,
        "34b4bcb9af3fd83fbb632506633762d848780463958bd32ee53ea0e0da428b06",
    ),
    "ircs://192.168.1.20:5000/general?code=k7qx-29fm": (
        33,
        "85ea92a10a9495b936d025a42a9526c031f4efa5c6a3fc9be6b5fccf79da160c",
    ),
    LINK: (49, "f57b7020eb0e28501700a7972d190128103f7c97c7916d224c63de52dad15014"),
    LINK + "&" * 70: (57, "d04fb88afbcb63e9e3bbc4e3dc865d89b8e91a27bc7ccea63b5f677142434610"),
}
"""Text → modules at a side, and the hash of the rows."""

QUIET, MODULE = 4, 8  # modules around the code, and pixels of a module, in the picture for zbarimg
CAPACITIES = (14, 26, 42, 62, 84, 106, 122, 152, 180, 213)  # bytes by version. Source: ISO/IEC 18004 table 7


def rows(modules: Modules) -> str:
    return "\n".join("".join("#" if dark else "." for dark in row) for row in modules)


class Encoding(unittest.TestCase):
    def test_a_short_text(self) -> None:
        self.assertEqual(rows(encode("Room 12")), ROOM_12)

    def test_links(self) -> None:
        for text, (side, digest) in HASHES.items():
            with self.subTest(text):
                found = rows(encode(text))
                self.assertEqual(found.index("\n"), side)
                self.assertEqual(hashlib.sha256(found.encode()).hexdigest(), digest)

    def test_the_smallest_version_that_fits_is_used(self) -> None:
        for version, most in enumerate(CAPACITIES, 1):
            with self.subTest(version):
                self.assertEqual(len(encode("x" * most)), 17 + 4 * version)
                if version < len(CAPACITIES):
                    self.assertEqual(len(encode("x" * (most + 1))), 21 + 4 * version)

    def test_a_text_that_is_too_long(self) -> None:
        with self.assertRaisesRegex(TooLongForQrCode, "214 bytes do not fit"):
            encode("ä" * 107)


@unittest.skipUnless(shutil.which("zbarimg"), "zbarimg is not installed")
class Decoding(unittest.TestCase):
    def test_a_reader_finds_the_text(self) -> None:
        for text in ("Zażółć gęślą jaźń 😀", *HASHES, *("y" * most for most in CAPACITIES)):
            with self.subTest(text):
                self.assertEqual(self.read(encode(text)), text)

    def read(self, modules: Modules) -> str:
        line = [False] * (len(modules) + 2 * QUIET)
        framed = [line] * QUIET + [[*line[:QUIET], *row, *line[:QUIET]] for row in modules] + [line] * QUIET
        side = len(line) * MODULE
        pixels = "\n".join(
            "".join(f"{int(dark)} " * MODULE for dark in row) for row in framed for _ in range(MODULE)
        )
        with tempfile.TemporaryDirectory() as folder:
            picture = Path(folder) / "code.pbm"
            picture.write_text(f"P1\n{side} {side}\n{pixels}\n")
            command = [
                "zbarimg",
                "--quiet",
                "--raw",
                "--oneshot",
                "-Sdisable",
                "-Sqrcode.enable",
                str(picture),
            ]
            return subprocess.run(
                command, capture_output=True, text=True, check=False, timeout=60
            ).stdout.rstrip("\n")


if __name__ == "__main__":
    unittest.main()
