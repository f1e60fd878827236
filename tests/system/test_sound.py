"""The sound of a notification, and how it is played; a program of the test stands for the player."""

from __future__ import annotations

import io
import math
import struct
import sys
import tempfile
import unittest
import wave
from itertools import pairwise
from pathlib import Path
from unittest import mock

from chatapp.system import sound
from chatapp.system.sound import FILE, LENGTH, RATE, Sound, chime

NOTE = "import sys; open(sys.argv[1] + '.played', 'a').write('x')"


def samples(file: bytes) -> list[int]:
    with wave.open(io.BytesIO(file)) as opened:
        data = opened.readframes(opened.getnframes())
        assert (opened.getnchannels(), opened.getsampwidth(), opened.getframerate()) == (1, 2, RATE)
    return list(struct.unpack(f"<{len(data) // 2}h", data))


class ChimeTest(unittest.TestCase):
    def test_it_is_short_and_soft_and_begins_and_ends_in_silence(self) -> None:
        found = samples(chime())
        self.assertEqual(len(found), int(RATE * LENGTH))
        loudest = max(map(abs, found))
        self.assertTrue(2000 < loudest < 10_000, loudest)
        self.assertEqual((found[0], found[-1]), (0, 0))
        self.assertLess(max(map(abs, found[-200:])), 100)

    def test_no_sample_jumps_far_from_the_one_before(self) -> None:
        found = samples(chime())
        steps = [abs(after - before) for before, after in pairwise(found)]
        self.assertLess(max(steps), 2 * math.pi * 1760 / RATE * 32767 * 0.2, "it would click")


@unittest.skipIf(sys.platform == "win32", "Windows plays sounds itself")
class SoundTest(unittest.TestCase):
    def setUp(self) -> None:
        made = tempfile.TemporaryDirectory()
        self.addCleanup(made.cleanup)
        self.folder = Path(made.name) / "new"
        self.played = self.folder / f"{FILE}.played"

    def sound(self, program: str = NOTE) -> Sound:
        made = Sound(self.folder, [("no-such-player",), (sys.executable, "-c", program)])
        self.addCleanup(made.wait)
        return made

    def test_the_file_is_made_once_and_played_by_the_first_program_there_is(self) -> None:
        player = self.sound()
        player.play()
        player.wait()
        self.assertEqual((self.folder / FILE).read_bytes(), chime())
        with mock.patch.object(sound, "chime", side_effect=AssertionError):
            player.play()
            player.wait()
        self.assertEqual(self.played.read_text(), "xx")
        self.assertEqual(sorted(each.name for each in self.folder.iterdir()), [FILE, f"{FILE}.played"])

    def test_it_never_plays_twice_at_the_same_time(self) -> None:
        fifo = self.folder.parent / "end"
        os_mkfifo(fifo)
        player = self.sound(f"{NOTE}; open({str(fifo)!r}).read()")
        player.play()
        with fifo.open("w"):  # waits until the program plays
            player.play()
        player.wait()
        self.assertEqual(self.played.read_text(), "x")

    def test_without_a_player_or_a_folder_it_is_silent(self) -> None:
        for silent in (Sound(self.folder, [("no-such-player",)]), Sound(None)):
            with self.subTest(silent):
                self.assertFalse(silent.is_available)
                silent.play()
                silent.wait()
        self.assertFalse(self.folder.exists())

    def test_a_folder_that_cannot_be_written_is_no_error(self) -> None:
        self.folder.write_text("a file")
        player = self.sound()
        player.play()
        player.wait()
        self.assertTrue(player.is_available)


def os_mkfifo(path: Path) -> None:
    """Make a named pipe, which Windows does not have."""
    if sys.platform != "win32":
        import os

        os.mkfifo(path)
