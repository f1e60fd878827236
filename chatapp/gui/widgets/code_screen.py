"""A QR code over the whole screen, for people who scan it from a distance."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import DIALOG_CLASS
from chatapp.gui.widgets.qr_picture import DARK, LIGHT, QrPicture
from chatapp.languages.translation import N_, _

MARGIN = 96  # around the code, for the texts; pixels at 96 dpi
CLOSE = N_("Press Esc or click to close")


class CodeScreen(tk.Toplevel):
    """Escape, Enter or a click closes it.

    Args:
        title: What one joins.
        text: The content of the code, which is shown below it.
    """

    def __init__(self, master: tk.Misc, theme: Theme, title: str, text: str) -> None:
        super().__init__(master, class_=DIALOG_CLASS, background=LIGHT)
        self.title(title)
        px = theme.px
        self._theme = theme
        self.geometry(f"{self.winfo_screenwidth()}x{self.winfo_screenheight()}+0+0")
        self.attributes("-fullscreen", True)
        label = {"background": LIGHT, "foreground": DARK, "justify": "center"}
        self._title = tk.Label(self, text=title, font="ChatTitle", **label)  # type: ignore[arg-type]
        self.picture = QrPicture(self, theme, 200)
        self._text = tk.Label(self, text=text, font="ChatSmall", **label)  # type: ignore[arg-type]
        self._hint = tk.Label(self, text=_(CLOSE), font="ChatSmall", **label)  # type: ignore[arg-type]
        self.picture.show(text)
        self.rowconfigure((0, 4), weight=1)
        self.columnconfigure(0, weight=1)
        for row, widget in enumerate((self._title, self.picture, self._text)):
            widget.grid(row=row + 1 if row else 0, column=0, sticky="s" if not row else "", pady=px(8))
        self._hint.grid(row=4, column=0, sticky="s", pady=px(16))
        for event in ("<Escape>", "<Return>", "<KP_Enter>", "<space>", "<ButtonRelease-1>"):
            self.bind(event, lambda event: self.destroy())
        self.bind("<Configure>", self._on_configure)
        self.focus_force()

    def _on_configure(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            width, height = event.width, event.height
            side = min(width, height - 2 * self._theme.px(MARGIN)) / self._theme.scale
            self.picture.resize(max(side, 1))
            for label in (self._title, self._text):
                label.configure(wraplength=max(width - self._theme.px(32), 1))
