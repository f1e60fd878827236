"""A frame that scrolls if it is higher than its place. What gets the keyboard focus comes into sight.

The wheel scrolls it wherever the pointer is, except over a widget that scrolls by itself.
"""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from chatapp.gui.theme.style_tables import SURFACES
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets import platform_events
from chatapp.gui.widgets.descendants import with_descendants
from chatapp.gui.widgets.widget_paths import last_focused

TAG = "ChatScrolled"  # the binding tag of everything inside
WHEEL = ("<MouseWheel>", "<Button-4>")
MARGIN = 8  # kept free above and below what has the focus, in pixels at 96 dpi


class Scrolled(ttk.Frame):
    """Fill `body`; call `fit` where the frame is to be as high as its content.

    Args:
        has_margin: Whether the body has a margin at its right in which the scrollbar has room.
        surface: The surface that it stands on, as in names of styles.
    """

    def __init__(self, master: tk.Misc, theme: Theme, has_margin: bool = False, surface: str = "") -> None:
        super().__init__(master, style=f"{surface}TFrame")
        self._theme = theme
        self._has_margin = has_margin
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, width=1, height=1)
        self._bar = ttk.Scrollbar(self, style=f"{surface}Vertical.TScrollbar", command=self._canvas.yview)
        self.body = ttk.Frame(self._canvas, style=f"{surface}TFrame")
        self._item = self._canvas.create_window(0, 0, anchor="nw", window=self.body)
        self._canvas.configure(yscrollcommand=self._on_view)
        self._canvas.pack(side="left", fill="both", expand=True)
        self._canvas.bind("<Configure>", lambda event: self._resize())
        self.body.bind("<Configure>", lambda event: self._resize())
        _bind_tag(self)
        role = SURFACES[surface]
        theme.watch(self, lambda: self._canvas.configure(background=theme.colours.role(role)))

    def fit(self, most: int, least: int = 0) -> None:
        """Be as high as the content, but between these numbers of pixels."""
        self.update_idletasks()
        height = min(max(self.body.winfo_reqheight(), least), most)
        self._canvas.configure(width=self.body.winfo_reqwidth(), height=height)
        self._resize()  # a body that has become so low that nothing of it is in sight does not report that

    def _bind_inside(self) -> None:
        """Bind what was added since the last time."""
        for widget in (self._canvas, *with_descendants(self.body)):
            tags = widget.bindtags()
            if TAG not in tags:
                widget.bindtags((*tags, TAG))
                if not any(sequence in WHEEL for sequence in widget.bind()):
                    platform_events.bind_wheel(widget, self._scroll)

    def _scroll(self, pixels: int) -> str:
        height = max(self.body.winfo_reqheight(), 1)
        if height > self._canvas.winfo_height():
            self._canvas.yview_moveto((self._canvas.canvasy(0) + pixels) / height)
        return "break"  # else the wheel would also change the value of a combobox

    def scroll_pages(self, pages: int) -> None:
        """Scroll down by so many heights of the view, or up."""
        self._scroll(pages * max(self._canvas.winfo_height() - self._theme.px(2 * MARGIN), 1))

    def scroll_to_start(self) -> None:
        """Show the beginning."""
        self._canvas.yview_moveto(0)

    def scroll_to_end(self) -> None:
        """Show the end, also of what was just added."""
        self.update_idletasks()
        self._resize()
        self._canvas.yview_moveto(1)

    def _resize(self) -> None:
        self._bind_inside()
        self._canvas.itemconfigure(self._item, width=self._canvas.winfo_width())
        self._canvas.configure(scrollregion=(0, 0, self.body.winfo_reqwidth(), self.body.winfo_reqheight()))

    def _on_view(self, first: float, last: float) -> None:
        if float(first) <= 0 and float(last) >= 1:
            self._bar.pack_forget()
            self._bar.place_forget()
        elif self._has_margin:
            self._bar.place(relx=1, relheight=1, anchor="ne")
        else:
            self._bar.pack(side="right", fill="y", before=self._canvas)
        self._bar.set(first, last)

    def scroll(self, pixels: int) -> None:
        """Scroll down, or up; for widgets inside that use the wheel themselves."""
        self._scroll(pixels)

    def bring_into_sight(self, widget: tk.Misc, part: tuple[int, int] | None = None) -> None:
        """Scroll as little as possible to show a widget inside.

        Args:
            part: Upper and lower end of the part of the widget that matters; by default all of it.
        """
        margin, view = self._theme.px(MARGIN), self._canvas.winfo_height()
        upper, lower = part or (0, widget.winfo_height())
        top = widget.winfo_rooty() - self.body.winfo_rooty() + upper - margin
        bottom = top + lower - upper + 2 * margin
        start, height = self._canvas.canvasy(0), max(self.body.winfo_reqheight(), 1)
        if top < start:
            self._canvas.yview_moveto(max(top, 0) / height)
        elif bottom > start + view:
            self._canvas.yview_moveto((bottom - view) / height)


def _bind_tag(widget: tk.Misc) -> None:
    """Bind the focus in all frames that scroll, once for each program.

    A binding of the widget itself would make Tab stop at labels and frames.
    """
    if not widget.bind_class(TAG):
        widget.bind_class(TAG, "<FocusIn>", _on_focus)


def _on_focus(event: tk.Event[tk.Misc]) -> None:
    parent = enclosing(event.widget)
    has_focus = last_focused(event.widget) is event.widget  # the frames around it get the event, too
    if has_focus and parent is not None and event.widget.master is not parent:
        parent.bring_into_sight(event.widget)


def enclosing(widget: tk.Misc) -> Scrolled | None:
    """Return the frame that scrolls and has a widget inside; None if there is none."""
    parent: tk.Misc | None = widget.master
    while parent is not None and not isinstance(parent, Scrolled):
        parent = parent.master
    return parent
