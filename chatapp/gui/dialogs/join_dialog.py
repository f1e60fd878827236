"""The dialog to join a channel: type a name, or choose from those that the server lists."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.text.formatting import plain
from chatapp.gui.dialogs.quick_switcher import NO_FIT, fit
from chatapp.gui.main.sidebar import spaced
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.picker import Picker
from chatapp.gui.widgets.row_list import ListRow
from chatapp.protocol.names import as_channel


class JoinDialog(Picker):
    """Takes  on_join: called with the name of a channel"""

    def __init__(
        self,
        master: tk.Misc,
        theme: Theme,
        on_join: Callable[[str], object],
    ) -> None:
        self._listed: Sequence[ListedChannel] = ()
        super().__init__(
            master,
            theme,
            "Join a channel",
            "Name of a channel",
            lambda text: rows(self._listed, text),
            on_join,
        )

    def show(self, listed: Sequence[ListedChannel]) -> None:
        """Offer these channels."""
        self._listed = listed
        self.refresh()


def rows(listed: Sequence[ListedChannel], wanted: str) -> list[ListRow]:
    """The channels that fit, those with most people first, and last what was typed if it is none of them."""
    fits = [(fit(wanted, each.name), -each.people, each.name, each) for each in listed]
    shown = [
        ListRow(
            each.name, spaced(each.name), note=" ".join(plain(each.topic).split()), count=str(each.people)
        )
        for how, _, _, each in sorted(fits, key=lambda row: row[:3])
        if how < NO_FIT
    ]
    name = as_channel(wanted)
    if len(name) > 1 and " " not in name and name.casefold() not in (row.key.casefold() for row in shown):
        shown.append(ListRow(name, spaced(name), note="new here, or not listed"))
    return shown
