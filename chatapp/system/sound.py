"""The sound of a notification: two soft notes, computed here and played by what the system has."""

from __future__ import annotations

import io
import math
import shutil
import struct
import subprocess
import sys
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from chatapp.system.whole_files import write_whole

RATE = 44100  # samples per second
NOTES = ((0.0, 587.33), (0.11, 880.0))  # seconds from the start, and Hertz: D5, A5
LENGTH = 0.55  # seconds
ATTACK, DECAY = 0.008, 0.12  # seconds until a note is at its loudest, and in which it then loses two thirds
LOUDNESS = 0.16  # of the loudest possible
OVERTONE = 0.25  # how loud the octave of a note is
FILE = "notification-1.wav"
PLAYERS: tuple[tuple[str, ...], ...] = (
    ("paplay",),
    ("pw-play",),
    ("aplay", "-q"),
    ("afplay",),
)
"""Programs that play a file, the best one first."""
PLAY_SECONDS = 5.0  # after which a program that does not end is ended


def chime() -> bytes:
    """Return the sound as a WAV file."""
    import wave  # once in the life of the cache folder

    samples = [0.0] * int(RATE * LENGTH)
    for start, pitch in NOTES:
        first = int(RATE * start)
        for index in range(first, len(samples)):
            time = (index - first) / RATE
            level = min(1.0, time / ATTACK) * math.exp(-time / DECAY)
            turn = 2 * math.pi * pitch * time
            samples[index] += level * (math.sin(turn) + OVERTONE * math.sin(2 * turn))
    fade = RATE // 50  # the last samples end in silence
    for index in range(fade):
        samples[-1 - index] *= index / fade
    file = io.BytesIO()
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(b"".join(struct.pack("<h", round(each * LOUDNESS * 32767)) for each in samples))
    return file.getvalue()


class Sound:
    """Plays the sound. No call blocks or raises; while it plays, another call does nothing.

    Args:
        folder: Where the file is kept; None if there is no such folder, so nothing is played.
        players: Programs that play a file, with their options.
    """

    def __init__(self, folder: Path | None, players: Sequence[tuple[str, ...]] = PLAYERS) -> None:
        self._file = folder / FILE if folder else None
        self._players = players
        self._player: list[str] | None = None
        self._is_playing = threading.Lock()

    @property
    def is_available(self) -> bool:
        """Whether something was found that can play it."""
        return self._file is not None and (sys.platform == "win32" or bool(self._command()))

    def play(self) -> None:
        """Play the sound, unless it is being played."""
        if self.is_available and self._is_playing.acquire(blocking=False):
            threading.Thread(target=self._play, name="sound", daemon=True).start()

    def wait(self) -> None:
        """Wait until the sound has ended."""
        with self._is_playing:
            pass

    def _command(self) -> list[str]:
        """Return the program that plays a file, with its options; empty if there is none."""
        if self._player is None:
            found = next((each for each in self._players if shutil.which(each[0])), ())
            self._player = list(found)
        return self._player

    def _play(self) -> None:
        try:
            with suppress(OSError, subprocess.SubprocessError, RuntimeError):
                self._play_file(self._stored())
        finally:
            self._is_playing.release()

    def _play_file(self, file: Path) -> None:
        if sys.platform == "win32":
            import winsound

            winsound.PlaySound(str(file), winsound.SND_FILENAME | winsound.SND_NODEFAULT)
            return
        subprocess.run(
            [*self._command(), str(file)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=PLAY_SECONDS,
            check=False,
        )

    def _stored(self) -> Path:
        """Return the file; write it if it is not there."""
        file = self._file
        if file is None:
            raise RuntimeError("no folder")
        if not file.is_file():
            file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(file, chime())
        return file.absolute()
