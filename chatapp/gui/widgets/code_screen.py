"""A QR code over the whole screen, for people who scan it from a distance."""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import DIALOG_CLASS
from chatapp.gui.widgets.qr_picture import DARK, LIGHT, QrPicture
from chatapp.languages.translation import N_, _

MARGIN, CODE_MARGIN = (
    96,
    120,
)  # around the code, for the texts, without and with an invite code; pixels at 96 dpi
CLOSE = N_("Press Esc or click to close")


class CodeScreen(tk.Toplevel):
    """Escape, Enter or a click closes it.

    Args:
        title: What one joins.
        text: The content of the code, which is shown below it.
        invite_code: What one has to enter without a camera, in large letters; empty for nothing.
    """

    def __init__(self, master: tk.Misc, theme: Theme, title: str, text: str, invite_code: str = "") -> None:
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
        self.invite_code = tk.Label(self, text=invite_code, font="ChatTitle", **label)  # type: ignore[arg-type]
        self._hint = tk.Label(self, text=_(CLOSE), font="ChatSmall", **label)  # type: ignore[arg-type]
        self.picture.show(text)
        self.rowconfigure((0, 4), weight=1)
        if invite_code:
            self.invite_code.grid(row=3, column=0, pady=(0, px(8)))
        self.columnconfigure(0, weight=1)
        self._title.grid(row=0, column=0, sticky="s", pady=px(8))
        self.picture.grid(row=1, column=0, pady=px(8))
        self._text.grid(row=2, column=0, pady=px(8))
        self._hint.grid(row=4, column=0, sticky="s", pady=px(16))
        for event in ("<Escape>", "<Return>", "<KP_Enter>", "<space>", "<ButtonRelease-1>"):
            self.bind(event, lambda event: self.destroy())
        self.bind("<Configure>", self._on_configure)
        self.focus_force()

    def _on_configure(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            width, height = event.width, event.height
            margin = CODE_MARGIN if self.invite_code.winfo_manager() else MARGIN
            side = min(width, height - 2 * self._theme.px(margin)) / self._theme.scale
            self.picture.resize(max(side, 1))
            for label in (self._title, self._text):
                label.configure(wraplength=max(width - self._theme.px(32), 1))
