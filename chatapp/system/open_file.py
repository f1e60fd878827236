"""Opens a file with the program that the system has for it, and shows it in its folder.

The path is an argument of a program, never a part of a line for a shell.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from chatapp.system.processes import BACKGROUND_FLAGS, HAS_SESSIONS

Process = subprocess.Popen[bytes]


def open_file(path: Path) -> Process | None:
    """Open a file.

    Returns:
        The program that does it, which fails if there is nothing to open it with; None if the system does it.

    Raises:
        OSError: It cannot be opened.
    """
    if sys.platform == "win32":
        os.startfile(path.absolute())
        return None
    return _start("open" if sys.platform == "darwin" else "xdg-open", str(path.absolute()))


def show_in_folder(path: Path) -> Process | None:
    """Show a file in its folder, marked where the system can do that.

    Returns:
        The program that does it.

    Raises:
        OSError: It cannot be shown.
    """
    path = path.absolute()
    if sys.platform == "win32":
        return _start("explorer.exe", "/select,", str(path))
    if sys.platform == "darwin":
        return _start("open", "-R", str(path))
    return _start("xdg-open", str(path.parent))


def _start(program: str, *arguments: str) -> Process:
    found = shutil.which(program)
    if found is None:
        raise FileNotFoundError(program)
    return subprocess.Popen(
        [found, *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=HAS_SESSIONS,
        creationflags=BACKGROUND_FLAGS,
    )
