"""Asks whether to stop the server."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.client.model.server_overview import ServerOverview
from chatapp.gui.theme.theme import Theme
from chatapp.gui.widgets.dialog import QuestionDialog
from chatapp.languages.numbers import format_number
from chatapp.languages.translation import N_, _, ngettext

STOP, CANCEL = N_("Stop the server"), N_("Cancel")
"""The answers, marked for translation."""


class StopQuestion(QuestionDialog):
    """Says how many people it concerns, if that is known."""

    def __init__(
        self, master: tk.Misc, theme: Theme, overview: ServerOverview, on_stop: Callable[[], object]
    ) -> None:
        answers = {_(CANCEL): lambda: None, _(STOP): on_stop}
        title = _("Stop the server?")
        super().__init__(master, theme, title, _consequence(overview), answers, _(CANCEL), danger=_(STOP))


def _consequence(overview: ServerOverview) -> str:
    people = overview.status.online - 1 if overview.status else 0
    if people < 1:
        return _("The messages stay.")
    return ngettext(
        "{count} person will be disconnected. The messages stay.",
        "{count} people will be disconnected. The messages stay.",
        people,
    ).format(count=format_number(people))
