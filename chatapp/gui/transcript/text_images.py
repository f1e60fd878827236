"""Puts the pictures of runs into a Text, all with one script for Tk. Does not import tkinter.

Two facts about Tk decide how:

* A call for each image makes the window stand still: all images of one insertion are created by one `eval`.
* An image without a name of its own gets one that Tk finds by comparing it with the names of all others: with
  2,000 images that takes 115 µs each, with a name that begins unlike the others 24 µs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from chatapp.gui.transcript.runs import Picture, Run, columns


def image_script(
    text: str,
    first: int,
    runs: Sequence[Run],
    image: Callable[[Picture], str],
    numbers: Iterator[int],
    wide: int,
) -> str:
    """Return the script that adds the pictures of runs, whose text was inserted at the start of a line.

    Args:
        text: The path of the Text.
        first: The line.
        image: Returns the name of Tk's image of a picture.
        numbers: Yields a number that no other image in this Text has had.
        wide: See `columns`.
    """
    line, column = first, 0
    commands: list[str] = []
    tagged: dict[str, list[str]] = {}  # for each tag, where its images begin and end
    for run in runs:
        if run.picture is None:
            before, newline, last = run.text.rpartition("\n")
            if newline:
                line, column = line + before.count("\n") + 1, 0
            column += columns(last, wide)
            continue
        where = f"{line}.{column}"
        name = f"{next(numbers)}"[::-1]  # the last digits first, because those differ most
        space = f" -pady {run.picture.above}" if run.picture.above else ""
        commands.append(f"{text} image create {where} -image {image(run.picture)} -name {name}.{space}")
        for tag in run.tags:
            tagged.setdefault(tag, []).append(f"{where} {line}.{column + 1}")
        column += 1
    commands += [f"{text} tag add {tag} {' '.join(places)}" for tag, places in tagged.items()]
    return "\n".join(commands)


def replacement_script(text: str, names: Mapping[str, str]) -> str:
    """Return the script that shows other images in a Text; empty if there is nothing to do.

    Args:
        names: The new image for each old one.
    """
    if not names:
        return ""
    pairs = " ".join(f"{old} {new}" for old, new in names.items())
    return "\n".join(
        (
            f"array set chatapp_images {{{pairs}}}",
            f"foreach name [{text} image names] {{",
            f"  set image [{text} image cget $name -image]",
            "  if {[info exists chatapp_images($image)]} {",
            f"    {text} image configure $name -image $chatapp_images($image)",
            "  }",
            "}",
            "array unset chatapp_images",
        )
    )
