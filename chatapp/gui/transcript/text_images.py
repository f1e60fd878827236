"""Puts the pictures of runs into a Text, all with one script for Tk. Does not import tkinter.

Three facts about Tk decide how:

* A call for each image makes the window stand still: all images of one insertion are created by one `eval`.
* An image between two characters that have a tag gets it too; adding it again takes as long as the image.
* An image without a name of its own gets one that Tk finds by comparing it with the names of all others: with
  2,000 images that takes 115 µs each, with a name that begins unlike the others 24 µs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from chatapp.gui.transcript.runs import Picture, Run, Tags, columns


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
    left: Tags = ()  # the tags of the last character; those before the first line are not known
    for run, right in zip(runs, _following_tags(runs), strict=True):
        if run.picture is None:
            left = run.tags if run.text else left
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
            if tag in left and tag in right:
                continue
            tagged.setdefault(tag, []).append(f"{where} {line}.{column + 1}")
        column += 1
    commands += [f"{text} tag add {tag} {' '.join(places)}" for tag, places in tagged.items()]
    return "\n".join(commands)


def _following_tags(runs: Sequence[Run]) -> list[Tags]:
    """Return for each run the tags of the next character behind it."""
    tags: list[Tags] = []
    following: Tags = ()
    for run in reversed(runs):
        tags.append(following)
        following = run.tags if run.text else following
    return tags[::-1]


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
