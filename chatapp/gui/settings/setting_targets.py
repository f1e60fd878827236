"""The pages and rows of the settings as results of "Jump to". Does not import tkinter."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from chatapp.gui.dialogs.jump_targets import CommandTarget
from chatapp.gui.settings.page import SettingsPage
from chatapp.gui.settings.setting_search import Found, everything
from chatapp.languages.translation import N_, _

WHERE = N_("Settings")


def setting_targets(
    pages: Iterable[SettingsPage], on_choose: Callable[[Found], object]
) -> Iterator[CommandTarget]:
    """Yield each page, and each of its rows at which something can be set, unless a command does the same.

    Args:
        on_choose: Called with what the user chooses.
    """
    for found in everything(pages):
        page = found.page
        if found.text is None or not (page.is_list or found.text.has_command):
            where = _(WHERE) if found.text is None else f"{_(WHERE)}, {page.name}"
            yield CommandTarget(found.label, page.icon, partial(on_choose, found), where, found.words)
