"""Tk's images for the pictures of the transcript: avatars, icons, rules, and the round ends of chips.

Each picture has one image, whose name the Text holds; an image lives as long as it may be shown. After a
change of colours or sizes the pictures get new images.
"""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Collection
from string import ascii_uppercase

from chatapp.gui.theme.theme import Theme
from chatapp.gui.transcript.card_pictures import CardPictures
from chatapp.gui.transcript.message_runs import CHIP_ADD, CHIP_END
from chatapp.gui.transcript.runs import Picture, PictureKind
from chatapp.gui.widgets.widget_timers import WidgetTimers

# in pixels at 96 dpi
CHIP_HEIGHT = 24  # or as high as a line of small text
CHIP_RADIUS = 12
CHIP_ICON = 14
AVATAR_SIZES = (28, 16)
DISC = 28  # of a placeholder, and so are the following ones
BAR_LEFT, BAR_HEIGHT, BAR_TOPS = 40, 10, (0, 18)
NAME_WIDTH = 90
THUMBNAIL_RADIUS = 8

PREPARE_MILLISECONDS = 300  # after the start
STEP_SECONDS, STEP_PAUSE = 0.004, 8  # painting at once, and the milliseconds after it
CHIP_KINDS: tuple[PictureKind, ...] = ("chip-left", "chip-right", "chip-add")
USUAL_ICONS = (
    ("reply", "muted", 14), ("trash", "muted", 13), ("alert", "danger", 13), ("crown", "owner", 13),
    ("shield", "muted", 13), ("chevron-right", "muted", 11), ("copy", "muted", 13), ("hash", "text", 22),
)  # fmt: skip


class RunPictures:
    """Makes images and keeps them.

    Thread:
        Tk.
    """

    def __init__(self, master: tk.Misc, theme: Theme) -> None:
        self._master = master
        self.thumbnail: Callable[[str], tk.PhotoImage | None] = lambda file_id: None  # by the id of its file
        self._cards = CardPictures(master, theme)
        self._theme = theme
        self.timers = WidgetTimers(master)
        self._unprepared: list[Picture] = []  # the next one last
        self._images: dict[Picture, tk.PhotoImage] = {}
        self._replaced: dict[Picture, tk.PhotoImage] = {}
        self._painters: dict[PictureKind, Callable[[Picture], tk.PhotoImage]] = {
            "avatar": self._avatar,
            "icon": lambda each: theme.icon(each.name, each.role, self._size(each)),
            "rule": self._rule,
            "pad": lambda each: tk.PhotoImage(
                master=self._master, width=max(round(each.size), 1), height=each.height
            ),
            "chip-left": lambda each: self._chip_end(each.role, is_right=False),
            "chip-right": lambda each: self._chip_end(each.role, is_right=True),
            "chip-add": self._chip_add,
            "skeleton": self._skeleton,
            "card": self._card,
            "thumbnail": self._thumbnail,
            "no-thumbnail": self._placeholder,
        }

    def prepare(self) -> None:
        """Paint what most conversations need, in small steps while nothing else happens.

        Otherwise the first page of messages would wait until all its shapes are painted.
        """
        self._unprepared = [
            *(Picture("icon", *each) for each in USUAL_ICONS),
            *(Picture(kind, role=role) for kind in CHIP_KINDS for role in ("chip", "chip_mine")),
            *(Picture("avatar", letter, "", size) for letter in ascii_uppercase for size in AVATAR_SIZES),
        ][::-1]
        self.timers.start("prepare", PREPARE_MILLISECONDS, self._prepare_some)

    def _prepare_some(self) -> None:
        until = time.monotonic() + STEP_SECONDS
        while self._unprepared and time.monotonic() < until:
            self._paint(self._unprepared.pop())  # the theme keeps the parts that took long
        if self._unprepared:
            self.timers.start("prepare", STEP_PAUSE, self._prepare_some)

    def __len__(self) -> int:
        return len(self._images)

    def image(self, picture: Picture) -> str:
        """Return the name of the image of a picture."""
        image = self._images.get(picture)
        if image is None:
            image = self._images[picture] = self._paint(picture)
        return str(image)

    def repaint(self) -> dict[str, str]:
        """Make all images again; return the new name for each old one that has changed.

        The old images are kept until the next time, because the Text still shows them.
        """
        self._replaced, self._images = self._images, {}
        names = {str(image): self.image(picture) for picture, image in self._replaced.items()}
        return {old: new for old, new in names.items() if old != new}

    def keep_only(self, shown: Collection[Picture]) -> None:
        """Forget the images of all other pictures."""
        self._images = {picture: image for picture, image in self._images.items() if picture in shown}

    def forget_thumbnails(self, ids: Collection[str]) -> None:
        """Forget the images of these files: they have changed."""
        gone = [each for each in self._images if each.kind == "thumbnail" and each.name in ids]
        for picture in gone:
            del self._images[picture]

    def _card(self, picture: Picture) -> tk.PhotoImage:
        assert picture.card is not None
        return self._cards.image(picture.card)

    def _placeholder(self, picture: Picture) -> tk.PhotoImage:
        """Return a quiet box, which has an edge where its colour alone is hard to see."""
        outline = "border" if self._theme.colours.name == "contrast" else ""
        return self._theme.box(round(picture.size), picture.height, THUMBNAIL_RADIUS, "chip", outline)

    def _thumbnail(self, picture: Picture) -> tk.PhotoImage:
        """Return a thumbnail, or a quiet box while it is not decoded."""
        image = self.thumbnail(picture.name)
        return image or self._placeholder(picture)

    def _paint(self, picture: Picture) -> tk.PhotoImage:
        return self._painters[picture.kind](picture)

    def _avatar(self, picture: Picture) -> tk.PhotoImage:
        return self._theme.avatar(picture.name, self._size(picture), key=picture.role, colour=picture.colour)

    def _size(self, picture: Picture) -> int:
        """Return the size of an icon or avatar, which grows with the text."""
        return round(self._theme.grown(picture.size))

    def _rule(self, picture: Picture) -> tk.PhotoImage:
        width, height = round(picture.size), self._theme.px(1)
        image = tk.PhotoImage(master=self._master, width=width, height=height)
        image.put(self._theme.colours.role(picture.role), to=(0, 0, width, height))
        return image

    def _chip_height(self) -> int:
        fonts = self._theme.fonts
        lines = (fonts[font].metrics("linespace") for font in ("ChatSmall", "ChatEmojiSmall"))
        return max(self._theme.px(CHIP_HEIGHT), *lines)

    def _chip_end(self, role: str, is_right: bool) -> tk.PhotoImage:
        """Return one round end of a chip."""
        width, height = self._theme.px(CHIP_END), self._chip_height()
        whole = self._chip(role, 2 * max(width, height))
        left = whole.width() - width if is_right else 0
        image = tk.PhotoImage(master=self._master, width=width, height=height)
        image.tk.call(image, "copy", whole, "-from", left, 0, left + width, height)
        return image

    def _chip(self, role: str, width: int) -> tk.PhotoImage:
        height = self._chip_height()
        radius = min(height / 2 / self._theme.scale, CHIP_RADIUS)
        return self._theme.box(width, height, radius, role)

    def _chip_add(self, picture: Picture) -> tk.PhotoImage:
        width, height = self._theme.px(round(self._theme.grown(CHIP_ADD))), self._chip_height()
        image = tk.PhotoImage(master=self._master, width=width, height=height)
        image.tk.call(image, "copy", self._chip("chip", width))
        icon = self._theme.icon("smile", "muted", round(self._theme.grown(CHIP_ICON)))
        x, y = (width - icon.width()) // 2, (height - icon.height()) // 2
        image.tk.call(image, "copy", icon, "-to", x, y, "-compositingrule", "overlay")
        return image

    def _skeleton(self, picture: Picture) -> tk.PhotoImage:
        """Return the grey shape of a message whose text is `size` pixels wide."""
        px, box = self._theme.px, self._theme.box
        width = px(max(picture.size, BAR_LEFT + NAME_WIDTH))
        image = tk.PhotoImage(master=self._master, width=width, height=px(DISC))
        image.tk.call(image, "copy", box(px(DISC), px(DISC), DISC / 2, "chip"))
        for top, bar in zip(BAR_TOPS, (NAME_WIDTH, picture.size - BAR_LEFT), strict=True):
            shape = box(px(bar), px(BAR_HEIGHT), BAR_HEIGHT / 2, "chip")
            image.tk.call(image, "copy", shape, "-to", px(BAR_LEFT), px(top))
        return image
