"""The look of the window: palette, named fonts, display scale, and repainting when one of them changes.

One Theme is made for a root and passed to every widget. A plain Tk widget gives `watch` a function that sets
its colours; a ttk widget names a style (see `chatapp.gui.theme.styles`) and needs nothing else.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import font as tkfont
from typing import Literal

from chatapp.client.local.settings import DEFAULT_FONT_SIZE, FONT_SIZES
from chatapp.client.text.nick_colours import nick_colour
from chatapp.gui.theme import emoji
from chatapp.gui.theme.avatars import Avatar, Avatars, Presence, letters_for
from chatapp.gui.theme.palette import PALETTES, Palette
from chatapp.gui.theme.pictures import BoxLayer, Pictures
from chatapp.gui.theme.styles import Styles
from chatapp.gui.theme.system_theme import ask_system

MIN_SIZE, MAX_SIZE = FONT_SIZES[0], FONT_SIZES[-1]  # points of body text
MIN_POINTS = 7  # points of any text
MENU_ROW = 28  # height of a menu entry, in pixels at 96 dpi
LIST_PAD = 4  # around the entries of the list of a choice, in pixels at 96 dpi

Weight = Literal["normal", "bold"]
Slant = Literal["roman", "italic"]

# Named font -> (points added to the size of body text, weight, slant, font whose family it takes)
FONTS: dict[str, tuple[int, Weight, Slant, str]] = {
    "ChatBody": (0, "normal", "roman", "TkDefaultFont"),
    "ChatBold": (0, "bold", "roman", "TkDefaultFont"),
    "ChatItalic": (0, "normal", "italic", "TkDefaultFont"),
    "ChatBoldItalic": (0, "bold", "italic", "TkDefaultFont"),
    "ChatSmall": (-2, "normal", "roman", "TkDefaultFont"),
    "ChatSmallBold": (-2, "bold", "roman", "TkDefaultFont"),
    "ChatTiny": (-3, "normal", "roman", "TkDefaultFont"),
    "ChatTinyBold": (-3, "bold", "roman", "TkDefaultFont"),
    "ChatHeader": (1, "bold", "roman", "TkDefaultFont"),
    "ChatTitle": (5, "bold", "roman", "TkDefaultFont"),
    "ChatCode": (-1, "normal", "roman", "TkFixedFont"),
    "ChatEmoji": (0, "normal", "roman", "TkDefaultFont"),
    "ChatEmojiSmall": (-2, "normal", "roman", "TkDefaultFont"),
    "ChatPickerEmoji": (6, "normal", "roman", "TkDefaultFont"),
    "ChatBigEmoji": (9, "normal", "roman", "TkDefaultFont"),
}
# In the family of the colour font, if there is one
EMOJI_FONTS = ("ChatEmoji", "ChatEmojiSmall", "ChatPickerEmoji", "ChatBigEmoji")


class Theme:
    """The look of one window.

    Args:
        name: "system", or a name in PALETTES.
        size: Points of body text, from MIN_SIZE to MAX_SIZE.
        cache: A folder where painted icons are kept for the next start.
        asked_system: What `ask_system` has returned, if the desktop was asked for its colours already.

    Attributes:
        colour_of: Returns the colour of a nick, an index of the palette.

    Thread:
        Tk.
    """

    def __init__(
        self,
        root: tk.Misc,
        name: str = "system",
        size: int = DEFAULT_FONT_SIZE,
        cache: Path | None = None,
        asked_system: Callable[[], bool] | None = None,
    ) -> None:
        self._root = root
        self._asked_system = asked_system
        self.colour_of: Callable[[str], int] = nick_colour
        self._watchers: dict[tk.Misc, list[Callable[[], object]]] = {}
        self._menu: tk.Menu | None = None  # the one opened last
        self._users: dict[str, tk.Label] = {}  # font -> a hidden widget that keeps it open
        self._styles: dict[str, Styles] = {}
        self._pictures = Pictures(root, cache)
        self._avatars = Avatars(root, self.px, self._pictures.part)
        root.bind_all("<Destroy>", lambda event: self._watchers.pop(event.widget, None), add=True)
        self.scale = max(1.0, round(root.winfo_fpixels("1i") / 96 * 4) / 4)
        self.fonts = _named_fonts(root)
        emoji_family = emoji.find_colour_font(root)
        if emoji_family:
            for font in EMOJI_FONTS:
                self.fonts[font].configure(family=emoji_family)
        self.size = DEFAULT_FONT_SIZE
        self.is_compact = False  # whether there is little space between messages
        body = self.fonts["ChatBody"]
        body.configure(size=self._pixels("ChatBody", DEFAULT_FONT_SIZE))
        self._usual_line = body.metrics("linespace")
        self.name = name
        self.colours: Palette = PALETTES["dark"]
        self._resize(size)
        self.use(name)

    def px(self, size: float) -> int:
        """Convert pixels at 96 dpi to pixels of this display."""
        return round(size * self.scale)

    def grown(self, size: float) -> float:
        """Return a size at the default size of text as it is at this one: larger if the text is larger.

        Icons, avatars and widths that belong to a line of text follow it by this rule alone.
        """
        return size * self._growth

    def keep_open(self, *fonts: str) -> None:
        """Keep fonts open when no widget shows them: a closed one forgets the emoji that it has decoded."""
        for font in fonts:
            if font not in self._users:
                self._users[font] = tk.Label(self._root, font=font)

    def use(self, name: str) -> None:
        """Switch to "system" or a theme in PALETTES, and repaint every widget."""
        self.name = name
        self.colours = PALETTES[name if name in PALETTES else self._system_palette()]
        styles = self._styles.get(self.colours.name)
        if styles is None:
            styles = self._styles[self.colours.name] = Styles(
                self._root, self.colours, self.px, self._pictures
            )
        styles.use()
        self._repaint()

    def _system_palette(self) -> str:
        is_dark, self._asked_system = self._asked_system or ask_system(), None
        return "dark" if is_dark() else "light"

    def zoom(self, size: int) -> None:
        """Set the size of body text, clamped to the limits, and scale all other text with it."""
        self._resize(size)
        self._repaint()

    def set_compact(self, is_compact: bool) -> None:
        """Set whether there is little space between messages."""
        if is_compact != self.is_compact:
            self.is_compact = is_compact
            self._repaint()

    def watch(self, widget: tk.Misc, paint: Callable[[], object]) -> None:
        """Call `paint` now and after every change of colours or sizes, until the widget is destroyed."""
        self._watchers.setdefault(widget, []).append(paint)
        paint()

    def icon(self, name: str, role: str, size: float = 16) -> tk.PhotoImage:
        """Return an icon of `icon_shapes.ICONS` in a colour of the palette, cached.

        Args:
            role: A colour role of the palette.
            size: Width and height in pixels at 96 dpi.
        """
        return self._pictures.part(name, self.colours.role(role), self.px(size))

    def button_icon(self, name: str, role: str, size: float, side: float) -> tk.PhotoImage:
        """Return an icon in the middle of a transparent square, cached; sizes in pixels at 96 dpi."""
        return self._pictures.centred(name, self.colours.role(role), self.px(size), self.px(side))

    def avatar(
        self,
        name: str,
        size: int,
        *,
        key: str = "",
        colour: int | None = None,
        presence: Presence = "",
        surface: str = "pane",
    ) -> tk.PhotoImage:
        """Return the avatar of a person, cached while it is on screen.

        Args:
            name: The display name, for the initials.
            size: Width and height in pixels at 96 dpi.
            key: The nick, for the colour; by default the name.
            colour: An index of the colours of nicks; by default the one of the key.
            presence: The sign at the lower right; "" for none.
            surface: Colour role of what is around the sign.
        """
        colours = self.colours
        sign = {"online": colours.ok, "away": colours.warn, "offline": colours.faint}.get(presence, "")
        return self._avatars.image(
            Avatar(
                letters_for(name, size),
                size,
                colours.nick(self.colour_of(key or name) if colour is None else colour),
                colours.avatar_ink,
                presence,
                sign,
                colours.role(surface) if presence else "",
            )
        )

    def nick_disc(self, colour: int, size: int) -> tk.PhotoImage:
        """Return a disc in a colour of nicks, cached; the size is in pixels at 96 dpi."""
        return self._pictures.part("avatar", self.colours.nick(colour), self.px(size))

    def nick_box(self, colour: int, side: int, radius: float) -> tk.PhotoImage:
        """Return a square box with round corners in a colour of nicks, cached while it is on screen.

        Args:
            side: In pixels of this display.
            radius: Of the corners, in pixels at 96 dpi.
        """
        return self._pictures.box(side, side, self.px(radius), BoxLayer(self.colours.nick(colour)))

    def tile(self, name: str, size: int = 36) -> tk.PhotoImage:
        """Return the tile of a server: a box with round corners and the initials of its name."""
        colours = self.colours
        colour = colours.nick(nick_colour(name))
        return self._avatars.image(
            Avatar(letters_for(name, size), size, colour, colours.avatar_ink, is_tile=True)
        )

    def box(
        self, width: int, height: int, radius: float = 6, fill: str = "", border: str = "", line: float = 1
    ) -> tk.PhotoImage:
        """Return a box with round corners for a canvas, cached while it is on screen.

        Args:
            width: In pixels of this display, as is the height.
            radius: Of the corners, in pixels at 96 dpi.
            fill: Colour role of the inside; "" leaves it transparent.
            border: Colour role of the border; "" for none.
            line: Width of the border, in pixels at 96 dpi.
        """
        layers = [BoxLayer(self.colours.role(fill))] if fill else []
        if border:
            layers.append(BoxLayer(self.colours.role(border), line=max(1, self.px(line))))
        return self._pictures.box(width, height, self.px(radius), *layers)

    def app_icon(self, size: float, count: str = "") -> tk.PhotoImage:
        """Return the icon of the application; the caller keeps the reference.

        Args:
            size: Width and height in pixels at 96 dpi.
            count: What stands in its badge: a digit, or `9+`; "" for no badge.
        """
        return self._pictures.app_icon(self.px(size), count)

    def stack(self, size: float, *parts: tuple[str, str]) -> tk.PhotoImage:
        """Return shapes of `masks.SHAPES` over one another; the caller keeps the reference.

        Args:
            size: Width and height in pixels at 96 dpi.
            parts: Name and colour role of each.
        """
        roles = ((name, self.colours.role(role)) for name, role in parts)
        return self._pictures.stack(self.px(size), *roles)

    def menu(self, master: tk.Misc) -> tk.Menu:
        """Return an empty menu in the colours of the theme; the previous menu is destroyed."""
        if self._menu is not None and self._menu.winfo_exists():
            self._menu.destroy()
        colours = self.colours
        menu = self._menu = tk.Menu(
            master, tearoff=False, font="ChatBody", relief="flat", borderwidth=self.px(1),
            activeborderwidth=0, background=colours.border, foreground=colours.text,
            disabledforeground=colours.faint, activebackground=colours.select, activeforeground=colours.text,
            selectcolor=colours.text,
        )  # fmt: skip
        menu.configure(postcommand=lambda: self._style_entries(menu))
        return menu

    def _style_entries(self, menu: tk.Menu) -> None:
        """Set height and background of the entries; the background of the menu shows only as its border."""
        spacer = self._spacer = tk.PhotoImage(master=menu, width=self.px(6), height=self.px(MENU_ROW))
        for index in range((menu.index("end") or 0) + 1):
            menu.entryconfigure(index, background=self.colours.chrome)
            if menu.type(index) != "separator":
                menu.entryconfigure(index, image=spacer, compound="left")

    def _resize(self, size: int) -> None:
        self.size = min(max(size, MIN_SIZE), MAX_SIZE)
        for name, font in self.fonts.items():
            font.configure(size=self._pixels(name, self.size))
        self._growth = max(self.fonts["ChatBody"].metrics("linespace") / self._usual_line, 1.0)
        entry_font = tkfont.nametofont("TkTextFont", root=self._root)  # ttk fields size themselves by it
        entry_font.configure(size=self.fonts["ChatBody"].cget("size"))

    def _pixels(self, font: str, size: int) -> int:
        """Return the size of a font if body text has this size, in pixels: negative, as Tk wants them."""
        points = max(size + FONTS[font][0], MIN_POINTS)
        return -round(points * self.scale * 96 / 72)

    def _repaint(self) -> None:
        self._styles[self.colours.name].fit_to_fonts(
            lambda font: self.fonts[font].metrics("linespace"), self.grown
        )
        colours = self.colours
        self._root.option_add("*TCombobox*Listbox.font", "ChatBody")
        for option, colour in (
            ("background", colours.field),
            ("foreground", colours.text),
            ("selectBackground", colours.select),
            ("selectForeground", colours.text),
            ("highlightBackground", colours.edge),  # the line around the list
            ("highlightColor", colours.edge),
            ("highlightThickness", str(max(self.px(1), 1))),
            ("borderWidth", str(self.px(LIST_PAD))),
            ("relief", "flat"),
        ):
            self._root.option_add(f"*TCombobox*Listbox.{option}", colour)
        for paints in list(self._watchers.values()):
            for paint in paints:
                paint()


def _named_fonts(root: tk.Misc) -> dict[str, tkfont.Font]:
    """Make the fonts of FONTS in the families of Tk's own fonts."""
    models = {model for *_, model in FONTS.values()}
    families = {model: tkfont.nametofont(model, root=root).actual("family") for model in models}
    return {
        name: tkfont.Font(root=root, name=name, family=families[model], weight=weight, slant=slant)
        for name, (_, weight, slant, model) in FONTS.items()
    }
