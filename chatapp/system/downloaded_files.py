"""Marks a file as downloaded, so that the system warns before a program in it is started.

Source: the stream `Zone.Identifier` of Windows (zone 3 is the internet); com.apple.quarantine of macOS
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

_XATTR = "/usr/bin/xattr"
_XATTR_SECONDS = 10.0


def mark_as_downloaded(path: Path) -> None:
    """Mark a file as downloaded if the system has such a mark. A disk that cannot store it is not an error.

    Thread:
        One that may block.
    """
    with suppress(OSError, subprocess.SubprocessError):
        if sys.platform == "win32":
            Path(f"{path}:Zone.Identifier").write_text("[ZoneTransfer]\r\nZoneId=3\r\n", "ascii", newline="")
        elif sys.platform == "darwin":
            mark = f"0081;{int(time.time()):x};Chatapp;"
            command = [_XATTR, "-w", "com.apple.quarantine", mark, str(path)]
            subprocess.run(command, check=False, capture_output=True, timeout=_XATTR_SECONDS)
