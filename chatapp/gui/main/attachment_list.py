"""The files in the composer: a row each. More than three rows scroll."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

from chatapp.client.model.files import Attachment
from chatapp.gui.main.attachment_row import AttachmentRowView, picture_side
from chatapp.gui.main.attachment_texts import AttachmentRow
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.scrolled import MARGIN, Scrolled
from chatapp.gui.widgets.widget_timers import WidgetTimers

MOST_ROWS = 3  # in sight
AROUND = 190  # room for the header and the rest of the composer, pixels at 96 dpi


class AttachmentList(Scrolled):
    """The rows. Their owner grids it while there are some.

    Args:
        on_remove: Called with a file that is to be removed.
        on_retry: Called with a file that is to be sent again.
        on_left: Called when the row that had the keyboard is gone, and no other is there.
    """

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_remove: Callable[[Attachment], object],
        on_retry: Callable[[Attachment], object],
        on_left: Callable[[], object],
    ) -> None:
        super().__init__(master, theme, surface="Field.")
        self._on_remove = on_remove
        self._on_retry = on_retry
        self._on_left = on_left
        self.rows: dict[Attachment, AttachmentRowView] = {}
        self._timers = WidgetTimers(self)
        self.bind("<Configure>", lambda event: self._timers.start("fit", 0, self._fit_rows), add=True)
        theme.watch(self, lambda: self._timers.start("fit", 0, self._fit_rows))  # after its rows

    def show(self, shown: Sequence[AttachmentRow]) -> None:
        """Show files; the row of one that was there before changes in place."""
        before = list(self.rows)
        wanted = [each.attachment for each in shown]
        for each in shown:
            if each.attachment not in self.rows:
                self.rows[each.attachment] = self._make(each.attachment)
            self.rows[each.attachment].show(each)
        lost = self._remove_all_but(wanted)
        if list(self.rows) != wanted or before != wanted:
            self.rows = {each: self.rows[each] for each in wanted}
            self._arrange()
            self._fit_rows()
            self._show_added([each for each in wanted if each not in before])
        if lost is not None:
            self._pass_keyboard_on(lost)

    def show_picture(self, attachment: Attachment, picture: tk.PhotoImage) -> None:
        """Show a small picture of a file in its row, if that is there."""
        row = self.rows.get(attachment)
        if row is not None:
            row.show_picture(picture)

    def bring_in_sight(self, attachment: Attachment) -> None:
        """Scroll to the row of a file."""
        if attachment in self.rows:
            self.update_idletasks()  # rows that were just added have no place yet
            row, margin = self.rows[attachment], self._theme.px(MARGIN)
            self.bring_into_sight(row, (margin, row.winfo_height() - margin))  # rows touch one another

    @property
    def picture_side(self) -> int:
        """The most pixels that such a picture may be wide and high; a larger one is made smaller."""
        return picture_side(self._theme)

    def _show_added(self, added: Sequence[Attachment]) -> None:
        """Scroll to the rows that were just added, to the first of them if there are too many."""
        if added:
            self.scroll_to_end()
            self.bring_in_sight(added[0])

    def _make(self, attachment: Attachment) -> AttachmentRowView:
        return AttachmentRowView(
            self.body, self._theme, partial(self._on_remove, attachment), partial(self._on_retry, attachment)
        )

    def _arrange(self) -> None:
        """Put the rows in order, without hiding one that has the keyboard."""
        packed = self.body.pack_slaves()
        before: AttachmentRowView | None = None
        for row in self.rows.values():
            if before is not None:
                row.pack(fill="x", after=before)
            elif packed and packed[0] is not row:
                row.pack(fill="x", before=packed[0])
            else:
                row.pack(fill="x")
            before = row

    def _remove_all_but(self, wanted: Sequence[Attachment]) -> int | None:
        """Remove the rows that are not wanted; return the place of the one that had the keyboard."""
        focus, lost = str(self.tk.call("focus")), None
        for place, attachment in enumerate(list(self.rows)):
            if attachment not in wanted:
                row = self.rows.pop(attachment)
                if focus.startswith(f"{row}."):
                    lost = place
                row.destroy()
        return lost

    def _pass_keyboard_on(self, place: int) -> None:
        """Give the keyboard to the row that is now at a place, or else at the end."""
        rows = list(self.rows.values())
        if rows:
            self.update_idletasks()  # what is not on the screen yet gets no keyboard
            rows[min(place, len(rows) - 1)].remove.focus_set()
        else:
            self._on_left()

    def _fit_rows(self) -> None:
        if self.rows:
            height = next(iter(self.rows.values())).winfo_reqheight()
            self.fit(height * min(len(self.rows), self._most_rows(height)))

    def _most_rows(self, height: int) -> int:
        """Return how many rows may be in sight: fewer in a low window with large text.

        Args:
            height: Of a row, in pixels.
        """
        window = self.winfo_toplevel().winfo_height()
        if window <= 1:
            return MOST_ROWS  # not on the screen yet
        room = window - self._theme.px(self._theme.grown(AROUND))
        return min(max(room // height, 1), MOST_ROWS)
