"""The bar under the header to find a text in the conversation that is shown."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.search_field import SearchField
from chatapp.languages.translation import _

WORDS_STYLE = "Small.Chrome.TCheckbutton"
HEIGHT, FIELD, SMALLEST_FIELD, STEP = 48, 320, 150, 32  # pixels at 96 dpi


class FindBar(ttk.Frame):
    """A field, buttons to step through the hits, and a way to the search over everything.

    Args:
        on_change: Called when the text has changed, or whether only whole words count.
        on_step: Called with 1 for the next older hit, -1 for the next newer one.
        on_everywhere: Called with the text, to search for it everywhere.
        on_close: Called when the user closes the bar.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_change: Callable[[], object],
        on_step: Callable[[int], object],
        on_everywhere: Callable[[str], object],
        on_close: Callable[[], object],
    ) -> None:
        super().__init__(master, style="Chrome.TFrame")
        self._theme = theme
        self._on_change = on_change
        self._whole_words = tk.BooleanVar(self, value=False)
        self.field = SearchField(self, theme, _("Find in this conversation"), lambda text: self._changed())
        self.older = self._step_button("chevron-up", _("Older"), "Enter", lambda: on_step(1))
        self.newer = self._step_button("chevron-down", _("Newer"), "Shift+Enter", lambda: on_step(-1))
        self.whole_words = ttk.Checkbutton(
            self, text=_("Whole words"), style=WORDS_STYLE, variable=self._whole_words,
            command=self._changed,
        )  # fmt: skip
        self.everywhere = ttk.Button(
            self, text=_("Search everywhere"), style="Link.Chrome.TButton",
            command=lambda: on_everywhere(self.field.get()),
        )  # fmt: skip
        self.close = IconButton(self, theme, "x", _("Close"), on_close, "Chrome.", key="Esc")
        self._everywhere_icon = IconButton(
            self,
            theme,
            "search",
            _("Search everywhere"),
            self.everywhere.invoke,
            "Chrome.",
            key="Ctrl+Shift+F",
        )
        self._line = ttk.Frame(self, style="Divider.TFrame", height=1)
        self._arrange()
        entry = self.field.entry
        for key in ("<Return>", "<KP_Enter>", "<Up>"):
            entry.bind(key, lambda event: self._then(on_step, 1))
        for key in ("<Shift-Return>", "<Shift-KP_Enter>", "<Down>"):
            entry.bind(key, lambda event: self._then(on_step, -1))
        controls = (
            self.older,
            self.newer,
            self.whole_words,
            self.everywhere,
            self._everywhere_icon,
            self.close,
        )
        for widget in (entry, *controls):
            widget.bind("<Escape>", lambda event: self._then(lambda _: on_close(), 0))
        self.bind("<Configure>", lambda event: self._fit(event.width))
        theme.watch(self, self._paint)

    def open(self, text: str = "") -> None:
        """Give the field the keyboard, with its text selected.

        Args:
            text: Replaces what is there, if not empty.
        """
        if text:
            self.field.set(text)
        self.field.focus_field()

    def restore(self, text: str, is_whole_words: bool) -> None:
        """Show what was sought before."""
        self._whole_words.set(is_whole_words)
        self.field.set(text)

    def show(self, count: str, has_hits: bool) -> None:
        """Show which of how many hits is the current one."""
        self.field.show_right(count)
        for button in (self.older, self.newer):
            button.state(["!disabled" if has_hits else "disabled"])

    @property
    def text(self) -> str:
        """The text to find."""
        return self.field.get()

    @property
    def is_whole_words(self) -> bool:
        """Whether only whole words count."""
        return bool(self._whole_words.get())

    def _step_button(self, icon: str, tip: str, key: str, command: Callable[[], object]) -> IconButton:
        button = IconButton(
            self, self._theme, icon, tip, command, "SoftChrome.", key=key, role="text", size=15, side=STEP
        )
        button.state(["disabled"])
        return button

    def _arrange(self) -> None:
        px = self._theme.px
        self.field.grid(row=0, column=0, padx=(px(16), px(12)), pady=px(8), sticky="ew")
        self.older.grid(row=0, column=1, padx=(0, px(4)))
        self.newer.grid(row=0, column=2, padx=(0, px(10)))
        self.close.grid(row=0, column=5, padx=(px(4), px(10)))
        self.columnconfigure(4, weight=1)
        self._line.place(relx=0, rely=1, y=-1, relwidth=1)

    def _fit(self, width: int) -> None:
        """Leave out words for which there is no room: they have keys, too."""
        px = self._theme.px
        buttons = px(16 + 12 + 4 + 10 + 14) + 2 * self.older.winfo_reqwidth() + self.close.winfo_reqwidth()
        smallest = round(px(self._theme.grown(SMALLEST_FIELD)))
        rest = width - buttons - smallest
        is_wordy = rest >= self.everywhere.winfo_reqwidth() + self.whole_words.winfo_reqwidth() + px(8)
        shown = self.everywhere if is_wordy else self._everywhere_icon
        (self._everywhere_icon if is_wordy else self.everywhere).grid_remove()
        if rest >= shown.winfo_reqwidth():
            shown.grid(row=0, column=4, sticky="e")
            rest -= shown.winfo_reqwidth()
        else:
            shown.grid_remove()
        if rest >= self.whole_words.winfo_reqwidth():
            self.whole_words.grid(row=0, column=3, padx=(0, px(8)))
            rest -= self.whole_words.winfo_reqwidth() + px(8)
        else:
            self.whole_words.grid_remove()
        self.field.configure(width=min(max(px(FIELD), smallest), smallest + rest))

    def _paint(self) -> None:
        ttk.Style(self).configure(WORDS_STYLE, font="ChatSmall")
        self.rowconfigure(0, minsize=self._theme.px(HEIGHT))

    def _changed(self) -> None:
        self._on_change()

    def _then(self, action: Callable[[int], object], step: int) -> str:
        action(step)
        return "break"
