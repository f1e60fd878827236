"""The dialog to join a channel: type a name, or choose one from the server's list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from chatapp.client.incoming.events import ListedChannel
from chatapp.client.text.formatting import plain
from chatapp.gui.main.conversation_row import without_hash
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.fuzzy_match import FuzzyPattern, folded
from chatapp.gui.widgets.list_row import ListRow
from chatapp.gui.widgets.picker import Picker
from chatapp.protocol.names import as_channel


class JoinDialog(Picker):
    """Lists channels.

    Args:
        on_join: Called with the name of a channel.
    """

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
            "Channel name",
            lambda text: channel_rows(self._listed, text),
            on_join,
        )

    def show(self, listed: Sequence[ListedChannel]) -> None:
        """Show these channels."""
        self._listed = listed
        self.refresh()


def channel_rows(listed: Sequence[ListedChannel], wanted: str) -> list[ListRow]:
    """Return the matching channels, the largest ones first; at the end the typed name if it is not listed."""
    pattern = FuzzyPattern(wanted.lstrip("#&"))
    ranks = ((pattern.rank(folded(each.name[1:])), each) for each in listed)
    ranked = [(rank, -each.people, each.name, each) for rank, each in ranks if rank is not None]
    rows = [
        ListRow(
            each.name,
            without_hash(each.name),
            icon="hash",
            icon_role="muted",
            note=" ".join(plain(each.topic).split()),
            count=str(each.people),
        )
        for _, _, _, each in sorted(ranked, key=lambda row: row[:3])
    ]
    name = as_channel(wanted)
    if len(name) > 1 and " " not in name and name.casefold() not in (row.key.casefold() for row in rows):
        rows.append(
            ListRow(name, without_hash(name), note="new or unlisted channel", icon="hash", icon_role="muted")
        )
    return rows
