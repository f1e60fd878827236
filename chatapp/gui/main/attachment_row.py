"""The row of one file in the composer: picture, name, how far it is sent, and the button that removes it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from chatapp.gui.main.attachment_texts import AttachmentRow
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.icon_button import IconButton
from chatapp.gui.widgets.progress_bar import ProgressBar
from chatapp.gui.widgets.text_fit import shorten, shorten_middle
from chatapp.gui.widgets.tooltip import Tooltip
from chatapp.languages.translation import _

HEIGHT = 40  # in pixels at 96 dpi, as are the others
ICON, ICON_COLUMN = 20, 46  # of the picture, and of its column
PICTURE = 28  # the most of a thumbnail
EDGES = 2  # that labels have beside their texts, pixels
LEAST_NAME = 140  # width below which the number beside the name is short


def picture_side(theme: Theme) -> int:
    """Return the most pixels that the small picture of a file may be wide and high."""
    return theme.px(theme.grown(PICTURE))


def fitted(picture: tk.PhotoImage, side: int) -> tk.PhotoImage:
    """Return a picture that is at most so wide and high."""
    step = -(-max(picture.width(), picture.height()) // side)
    return picture.subsample(step) if step > 1 else picture


class AttachmentRowView(ttk.Frame):
    """A row that changes in place.

    Args:
        on_remove: Called when the file is to be removed.
        on_retry: Called when it is to be sent again, or with the metadata that cannot be removed.
    """

    def __init__(
        self, master: tk.Misc, theme: Theme, on_remove: Callable[[], object], on_retry: Callable[[], object]
    ) -> None:
        super().__init__(master, style="Field.TFrame")
        px = theme.px
        self._theme = theme
        self._row: AttachmentRow | None = None
        self._picture: tk.PhotoImage | None = None
        self._shown_picture: tk.PhotoImage | None = None  # in the size of the row
        self._icon = ttk.Label(self, style="Field.TLabel", anchor="center")
        self.name = ttk.Label(self, style="SmallBold.Field.TLabel", padding=0, borderwidth=0)
        self.detail = ttk.Label(self, style="Muted.Field.TLabel", padding=0, borderwidth=0)
        self.note = ttk.Label(self, style="Muted.Field.TLabel", padding=0, borderwidth=0)
        self.bar = ProgressBar(self, theme)
        self.retry = ttk.Button(self, style="Link.Field.TButton", command=on_retry)
        self.remove = IconButton(self, theme, "x", _("Remove"), on_remove, style="Field.", size=14)
        self._tooltips = {each: Tooltip(each, theme) for each in (self.name, self.note)}
        for label in self._tooltips:
            label.bind("<Enter>", lambda event, label=label: self._explain(label))  # type: ignore[misc]
        self.columnconfigure(1, weight=1)
        self.rowconfigure((0, 1), weight=1, uniform="lines")
        self._icon.grid(row=0, column=0, rowspan=2)
        self.name.grid(row=0, column=1, sticky="sw")
        self.detail.grid(row=0, column=2, sticky="se", padx=(px(8), 0))
        self.remove.grid(row=0, column=4, rowspan=2, padx=px(6))
        self.grid_propagate(False)
        self.bind("<Configure>", lambda event: self._fit())
        theme.watch(self, self._paint)

    def show(self, row: AttachmentRow) -> None:
        """Show a file, or the progress of the one that is shown."""
        before, self._row = self._row, row
        if before == row:
            return
        self._show_second_line(row)
        if row.fraction is not None:
            self.bar.show(row.fraction)
        if row.can_retry:
            self.retry.configure(text=_("Send anyway") if row.has_metadata else _("Try again"))
            self.retry.grid(row=0, column=3, rowspan=2, padx=(self._theme.px(8), 0))
        else:
            self.retry.grid_forget()
        self._fit()

    def show_picture(self, picture: tk.PhotoImage | None) -> None:
        """Show a small picture of the file in place of its icon."""
        if picture is not self._picture:
            self._picture = picture
            self._paint_icon()

    @property
    def has_picture(self) -> bool:
        """Whether a small picture of the file is shown."""
        return self._picture is not None

    def _show_second_line(self, row: AttachmentRow) -> None:
        has_bar, has_note = row.fraction is not None, bool(row.note)
        if has_bar and not self.bar.winfo_manager():
            self.bar.grid(row=1, column=1, columnspan=2, sticky="new", pady=(self._theme.px(4), 0))
        elif not has_bar:
            self.bar.grid_forget()
        if has_note and not self.note.winfo_manager():
            self.note.grid(row=1, column=1, columnspan=2, sticky="nw")
        elif not has_note:
            self.note.grid_forget()

    def _fit(self) -> None:
        """Cut the texts to the width of the row."""
        row, px, fonts = self._row, self._theme.px, self._theme.fonts
        if row is None or self.winfo_width() <= 1:
            return
        width = self.winfo_width() - self._column() - self.remove.winfo_reqwidth() - px(12)
        if row.can_retry:
            width -= self.retry.winfo_reqwidth() + px(8)
        small, bold = fonts["ChatSmall"].measure, fonts["ChatSmallBold"].measure
        detail = row.detail
        if detail and width - small(detail) - px(8) < min(bold(row.name), px(LEAST_NAME)):
            detail = row.short_detail
        name_width = width - small(detail) - px(8) - EDGES  # the gap is there without a detail, too
        self.name.configure(text=shorten_middle(row.name, bold, name_width))
        self.detail.configure(text=detail)
        self.note.configure(
            text=shorten(row.note, small, width), style=f"{row.role.capitalize()}.Field.TLabel"
        )

    def _column(self) -> int:
        return self._theme.px(self._theme.grown(ICON_COLUMN))

    def _explain(self, label: ttk.Label) -> None:
        """Show a text that is cut in whole in its tooltip."""
        whole = "" if self._row is None else self._row.name if label is self.name else self._row.note
        self._tooltips[label].show(whole if str(label.cget("text")) != whole else "")

    def _paint_icon(self) -> None:
        theme = self._theme
        if self._picture is None:
            self._icon.configure(image=theme.icon("file", "muted", theme.grown(ICON)))
        else:
            self._shown_picture = fitted(self._picture, picture_side(theme))
            self._icon.configure(image=self._shown_picture)

    def _paint(self) -> None:
        px = self._theme.px
        lines = self._theme.fonts["ChatSmallBold"].metrics("linespace") * 2 + px(6)
        self.configure(height=max(px(HEIGHT), lines))
        self.columnconfigure(0, minsize=self._column())
        self._paint_icon()
        self._fit()
