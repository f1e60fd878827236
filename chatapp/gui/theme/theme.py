"""How the window looks: palette, named fonts, the scale of the display, and who repaints when these change.

One Theme is made for a root and handed to every widget. A plain Tk widget gives `watch` a function that sets
its colours; ttk widgets name a style (see `chatapp.gui.theme.styles`) and need nothing else.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import font as tkfont
from typing import Literal

from chatapp.gui.theme import emoji, icons
from chatapp.gui.theme.palette import PALETTES, Palette
from chatapp.gui.theme.styles import Styles
from chatapp.gui.theme.system_theme import system_is_dark

THEMES = ("system", *PALETTES)
SMALLEST, USUAL, LARGEST = 8, 11, 24  # points of body text
LEAST = 7  # points of any text
MENU_ROW = 28  # height of a menu's entry, in pixels at 96 dpi

Weight = Literal["normal", "bold"]
Slant = Literal["roman", "italic"]

# Named font -> (points more than body text, weight, slant, family it is like)
FONTS: dict[str, tuple[int, Weight, Slant, str]] = {
    "ChatBody": (0, "normal", "roman", "TkDefaultFont"),
    "ChatBold": (0, "bold", "roman", "TkDefaultFont"),
    "ChatItalic": (0, "normal", "italic", "TkDefaultFont"),
    "ChatBoldItalic": (0, "bold", "italic", "TkDefaultFont"),
    "ChatSmall": (-2, "normal", "roman", "TkDefaultFont"),
    "ChatSmallBold": (-2, "bold", "roman", "TkDefaultFont"),
    "ChatHeader": (1, "bold", "roman", "TkDefaultFont"),
    "ChatCode": (-1, "normal", "roman", "TkFixedFont"),
    "ChatEmoji": (0, "normal", "roman", "TkDefaultFont"),
    "ChatEmojiSmall": (-2, "normal", "roman", "TkDefaultFont"),
}


class Theme:
    """The look of one window.

    Takes   name: one of THEMES; size: points of body text
    Thread  Tk's
    """

    def __init__(self, root: tk.Misc, name: str = "system", size: int = USUAL) -> None:
        self._root = root
        self._watchers: dict[tk.Misc, list[Callable[[], object]]] = {}
        self._menu: tk.Menu | None = None  # that was opened last
        self._styles: dict[str, Styles] = {}
        self._icons: dict[tuple[str, str, int], tk.PhotoImage] = {}
        root.bind_all("<Destroy>", lambda event: self._watchers.pop(event.widget, None), add=True)
        self.scale = max(1.0, round(root.winfo_fpixels("1i") / 96 * 4) / 4)
        self.fonts = {font: _like(root, font, *row[1:]) for font, row in FONTS.items()}
        coloured = emoji.family(root)
        if coloured:
            for font in ("ChatEmoji", "ChatEmojiSmall"):
                self.fonts[font].configure(family=coloured)
        self.size = USUAL
        self.name = name
        self.colours: Palette = PALETTES["dark"]
        self._resize(size)
        self.use(name)

    def px(self, size: float) -> int:
        """Pixels of this display for pixels at 96 dpi."""
        return round(size * self.scale)

    def use(self, name: str) -> None:
        """Change to another theme; every widget is repainted at once."""
        self.name = name
        self.colours = PALETTES[name if name in PALETTES else "dark" if system_is_dark() else "light"]
        styles = self._styles.get(self.colours.name)
        if styles is None:
            styles = self._styles[self.colours.name] = Styles(self._root, self.colours, self.px)
        styles.use()
        self._repaint()

    def zoom(self, size: int) -> None:
        """Change the size of body text, and all other text with it. Gone beyond a limit, it stays there."""
        self._resize(size)
        self._repaint()

    def watch(self, widget: tk.Misc, paint: Callable[[], object]) -> None:
        """Call `paint` now and after every change of colours or sizes, as long as the widget lives."""
        self._watchers.setdefault(widget, []).append(paint)
        paint()

    def icon(self, name: str, role: str, size: float = 16) -> tk.PhotoImage:
        """An icon of `icons.ICONS` in a colour of the palette, `size` pixels at 96 dpi."""
        key = (name, self.colours.role(role), self.px(size))
        if key not in self._icons:
            self._icons[key] = tk.PhotoImage(master=self._root, data=icons.icon(*key), format="png")
        return self._icons[key]

    def menu(self, master: tk.Misc) -> tk.Menu:
        """An empty menu in the theme's colours, in place of the one before: one is open at a time."""
        if self._menu is not None and self._menu.winfo_exists():
            self._menu.destroy()
        colours = self.colours
        menu = self._menu = tk.Menu(
            master, tearoff=False, font="ChatBody", relief="flat", borderwidth=self.px(1),
            activeborderwidth=0, background=colours.border, foreground=colours.text,
            disabledforeground=colours.faint, activebackground=colours.select, activeforeground=colours.text,
            selectcolor=colours.text,
        )  # fmt: skip
        menu.configure(postcommand=lambda: self._fill(menu))
        return menu

    def _fill(self, menu: tk.Menu) -> None:
        """Give the entries room, and a surface of their own: of the menu's only the border is seen."""
        spacer = self._spacer = tk.PhotoImage(master=menu, width=self.px(6), height=self.px(MENU_ROW))
        for place in range((menu.index("end") or 0) + 1):
            menu.entryconfigure(place, background=self.colours.chrome)
            if menu.type(place) != "separator":
                menu.entryconfigure(place, image=spacer, compound="left")

    def _resize(self, size: int) -> None:
        self.size = min(max(size, SMALLEST), LARGEST)
        for name, font in self.fonts.items():
            points = max(self.size + FONTS[name][0], LEAST)
            font.configure(size=-round(points * self.scale * 96 / 72))  # below zero: pixels
        entries = tkfont.nametofont("TkTextFont", root=self._root)  # ttk's fields know no font but this
        entries.configure(size=self.fonts["ChatBody"].cget("size"))

    def _repaint(self) -> None:
        self._styles[self.colours.name].fit(lambda font: self.fonts[font].metrics("linespace"))
        colours = self.colours
        self._root.option_add("*TCombobox*Listbox.font", "ChatBody")
        for option, colour in (
            ("background", colours.field),
            ("foreground", colours.text),
            ("selectBackground", colours.select),
            ("selectForeground", colours.text),
        ):
            self._root.option_add(f"*TCombobox*Listbox.{option}", colour)
        for paints in list(self._watchers.values()):
            for paint in paints:
                paint()


def _like(root: tk.Misc, name: str, weight: Weight, slant: Slant, model: str) -> tkfont.Font:
    """A named font in the family of one that Tk brings."""
    family = tkfont.nametofont(model, root=root).actual("family")
    return tkfont.Font(root=root, name=name, family=family, weight=weight, slant=slant)
