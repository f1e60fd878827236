"""Take a picture of every state and dialog of the window, in every look.

python -m tests.gallery DIR            needs Xvfb and ImageMagick
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from chatapp.languages import translation
from tests.gallery.looks import DOTS_PER_INCH, LOOKS
from tests.gallery.scenes import SCENES
from tests.gallery.stage import Stage

SCREEN = (1400, 1100)  # in pixels at 96 dpi, larger than every scene
SHEET = "sheet"  # the beginning of the names of overviews
COLUMNS, TILE = 4, 420  # of an overview


def main() -> int:
    """Take the pictures that the options name; return the exit status."""
    options = _parser().parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    scenes = [name for name in SCENES if not options.only or any(part in name for part in options.only)]
    looks = [
        name
        for name, look in LOOKS.items()
        if (not options.look or name in options.look)
        and options.theme in (None, look.theme)
        and options.scale in (None, look.scale)
    ]
    if not scenes or not looks:
        print("No scene or no look has that name.", file=sys.stderr)
        return 2
    if options.here:
        return sum([_take(look, scenes, options.folder) for look in looks]) and 1
    # most of the time is spent waiting for timers
    with ThreadPoolExecutor(2 * (os.cpu_count() or 1)) as pool:
        failures = sum(pool.map(lambda look: _take_on_own_display(look, scenes, options.folder), looks))
    for look in looks:
        _make_sheet(look, scenes, options.folder)
    print(f"{len(scenes) * len(looks) - failures} pictures in {options.folder}, {failures} failed")
    return 1 if failures else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.gallery", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="where the pictures are saved")
    parser.add_argument(
        "--only", action="append", metavar="NAME", help="scenes with these letters in their name"
    )
    parser.add_argument("--look", action="append", choices=LOOKS, help="one look")
    parser.add_argument("--theme", choices=("dark", "light", "contrast"), help="looks in this theme")
    parser.add_argument("--scale", type=int, choices=(1, 2), help="looks at this scale")
    parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    return parser


def _take_on_own_display(look: str, scenes: Sequence[str], folder: Path) -> int:
    """Take the pictures of one look on a virtual display with its resolution; return how many failed."""
    scale = LOOKS[look].scale
    width, height = (side * scale for side in SCREEN)
    screen = f"-screen 0 {width}x{height}x24 -dpi {DOTS_PER_INCH * scale}"
    only = [argument for name in scenes for argument in ("--only", name)]
    command = ["xvfb-run", "-a", "-s", screen, sys.executable, "-m", "tests.gallery", str(folder)]
    done = subprocess.run(
        [*command, "--here", "--look", look, *only], stdout=subprocess.PIPE, text=True, check=False
    )
    print(done.stdout, end="", flush=True)
    taken = [line for line in done.stdout.splitlines() if line.endswith(".png")]
    return len(scenes) - len(taken)


def _take(look: str, scenes: Iterable[str], folder: Path) -> int:
    """Take the pictures of one look on this display; return how many failed."""
    failed = 0
    translation.use(LOOKS[look].language)
    with tempfile.TemporaryDirectory() as cache:
        for name in scenes:
            file = folder / f"{name}.{look}.png"
            problems = _take_one(look, name, file, Path(cache))
            for problem in problems:
                traceback.print_exception(problem)
            failed += bool(problems)
            print(f"{file.name}: {problems[0]!r}" if problems else file.name, flush=True)
    return failed


def _take_one(look: str, name: str, file: Path, cache: Path) -> list[BaseException]:
    """Take one picture; return the exceptions of the scene and of the window."""
    scene = SCENES[name]
    stage = Stage(scene.network(), LOOKS[look], scene.size, cache)
    problems = stage.problems
    try:
        scene.act(stage)
        stage.photograph(file)
    except Exception as error:
        problems.append(error)
    finally:
        stage.close()
    return problems


def _make_sheet(look: str, scenes: Iterable[str], folder: Path) -> None:
    """Put small copies of all pictures of a look together, with their names."""
    files = [folder / f"{name}.{look}.png" for name in scenes]
    options = ["-tile", f"{COLUMNS}x", "-geometry", f"{TILE}x{TILE}+6+6", "-background", "gray50"]
    # reduced when it is read: all pictures of a large display at once need more memory than ImageMagick takes
    size = f"[{TILE}x{TILE}]"
    labelled = [part for file in files if file.exists() for part in ("-label", file.stem, f"{file}{size}")]
    if labelled:
        subprocess.run(["montage", *labelled, *options, str(folder / f"{SHEET}.{look}.png")], check=True)


if __name__ == "__main__":
    sys.exit(main())
