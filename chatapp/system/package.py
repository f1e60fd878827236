"""`python -m chatapp package FILE`: puts the whole program into one file that Python can run.

The file is a zip application as of the module `zipapp`: a line that names Python, and a zip file with a
`__main__.py`. The same code and Python give the same bytes. Beside each module lies its compiled form, which
only the same version of Python uses; other versions compile the module at each start.
"""

from __future__ import annotations

import argparse
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from chatapp.system.program import folder, zip_file
from chatapp.system.whole_files import write_whole

PYTHON_LINE = b"#!/usr/bin/env python3\n"
LONG_AGO = (1980, 1, 1, 0, 0, 0)  # the date of everything in the file
DEFAULT_NAME = "chatapp.pyz"
FAILURE = 2  # exit status

MAIN = '''\
"""Starts the program in this file."""
import sys

if sys.version_info < (3, 11):
    text = "Chatapp needs Python 3.11 or newer. This is Python %d.%d. Get a newer one from python.org."
    text = text % (sys.version_info[0], sys.version_info[1])
    if sys.stderr is None:
        import ctypes

        ctypes.windll.user32.MessageBoxW(None, text, "Chatapp", 16)
    sys.exit(text)

from chatapp.__main__ import main

sys.exit(main())
'''

# Runs in a new process, because what a process has imported before changes the compiled bytes.
_COMPILE = """
import py_compile, sys
for line in sys.stdin.read().splitlines():
    source, target, name = line.split("\\t")
    mode = py_compile.PycInvalidationMode.UNCHECKED_HASH
    py_compile.compile(source, target, name, doraise=True, invalidation_mode=mode)
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Build the file and print its path; return the exit status."""
    parser = argparse.ArgumentParser(
        prog="chatapp package", description="Put the whole program into one file that Python can run."
    )
    parser.add_argument("file", nargs="?", type=Path, default=Path(DEFAULT_NAME), metavar="FILE")
    target: Path = parser.parse_args(arguments).file
    try:
        build(target)
    except OSError as error:
        print(f"{target} cannot be written: {error.strerror or error}.", file=sys.stderr)
        return FAILURE
    print(target)
    return 0


def build(target: Path) -> None:
    """Write the file, completely or not at all.

    Raises:
        OSError: It cannot be written.
    """
    archive = zip_file()
    data = archive.read_bytes() if archive else _zipped(folder() / "chatapp")
    write_whole(target, data, mode=0o755)


def _zipped(package: Path) -> bytes:
    content = {f"chatapp/{name}": (package / name).read_bytes() for name in _names(package)}
    content |= _compiled(package.parent, [name for name in content if name.endswith(".py")])
    content["__main__.py"] = MAIN.encode()
    file = io.BytesIO()
    file.write(PYTHON_LINE)
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(content):
            entry = zipfile.ZipInfo(name, LONG_AGO)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content[name])
    return file.getvalue()


def _names(package: Path) -> Iterator[str]:
    """Return the files of the package that the program needs, as paths with slashes."""
    for each in package.rglob("*"):
        is_needed = "__pycache__" not in each.parts and not each.name.endswith((".pyc", ".md", ".po"))
        if is_needed and each.is_file():
            yield each.relative_to(package).as_posix()


def _compiled(folder: Path, names: Sequence[str]) -> dict[str, bytes]:
    """Return the compiled form of these modules, by the name beside the module."""
    with tempfile.TemporaryDirectory() as place:
        targets = {name: Path(place, f"{number}.pyc") for number, name in enumerate(sorted(names))}
        lines = [f"{folder / name}\t{target}\t{DEFAULT_NAME}/{name}\n" for name, target in targets.items()]
        subprocess.run(
            [sys.executable, "-s", "-c", _COMPILE],
            input="".join(lines),
            encoding="utf-8",
            env={**os.environ, "PYTHONHASHSEED": "0", "PYTHONUTF8": "1"},
            check=True,
        )
        return {f"{name}c": target.read_bytes() for name, target in targets.items()}
