"""The rule for the keyboard focus: a widget that cannot be seen never has it.

Tk leaves the focus on a widget that is hidden, and keys then go into a field that the user cannot see. So the
focus goes to the composer when the widget that has it is hidden, when a dialog or a menu closes, and when a
widget generates `<<ReleaseFocus>>`. Inside a dialog, the next field takes the place of the composer.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from chatapp.gui.widgets.widget_paths import widget_of

RELEASE_FOCUS = "<<ReleaseFocus>>"  # generated on a widget of the main window that no longer needs the focus


class KeyboardFocus:
    """Watches the main window and its dialogs.

    Args:
        root: The main window.
        dialogs: The Tk class of its dialogs.
        default: Returns the widget of the main window that has the focus when no other needs it.
    """

    def __init__(self, root: tk.Misc, dialogs: str, default: Callable[[], tk.Misc]) -> None:
        self._root = root
        self._default = default
        for event in ("<Unmap>", "<FocusIn>"):
            root.bind_all(event, lambda event: self._check(str(event.widget)), add=True)
        root.bind(RELEASE_FOCUS, lambda event: self.focus_default())
        root.bind_class(dialogs, "<Destroy>", lambda event: self._on_closed(str(event.widget)), add=True)

    def focus_default(self) -> None:
        """Give the focus to the default widget, unless a dialog or a card has it."""
        default = self._default()
        if self._root.tk.call("grab", "current", self._root):
            return  # a card is open
        if default.winfo_exists() and self._window(self._focus()) in ("", str(self._root)):
            default.focus_set()

    def _check(self, changed: str) -> None:
        """React to a widget that was hidden or got the focus."""
        window = self._window(changed)
        if widget_of(self._root, window) is None:
            return  # a dialog that Tk has made sets its focus itself, before it is on the screen
        if not self._is_viewable(window):
            return  # when the whole window is shown again, its <FocusIn> leads here
        last = str(self._root.tk.call("focus", "-lastfor", window))
        is_root = window == str(self._root)
        if self._is_viewable(last) and not (is_root and last == window):
            return
        if is_root:
            self.focus_default()
        elif self._focus() == last:
            self._root.tk.call("focus", self._root.tk.call("tk_focusNext", window))

    def _on_closed(self, dialog: str) -> None:
        """Return the focus when a dialog is destroyed; the whole window may be going away with it."""
        default = self._default()
        if default.winfo_exists() and self._window(self._focus()) in ("", dialog, str(self._root)):
            default.focus_set()

    def _focus(self) -> str:
        """Return the path of the focused widget; "" if another program has the focus."""
        return str(self._root.tk.call("focus"))

    def _window(self, path: str) -> str:
        """Return the path of the toplevel window of a widget; "" for a destroyed widget."""
        try:
            return str(self._root.tk.call("winfo", "toplevel", path)) if path else ""
        except tk.TclError:
            return ""

    def _is_viewable(self, path: str) -> bool:
        return bool(path) and bool(self._root.tk.getboolean(self._root.tk.call("winfo", "viewable", path)))


def return_focus(widget: tk.Misc, before: str) -> None:
    """Give the keyboard focus back to the widget that had it, or to the composer if that is not possible.

    Args:
        widget: Any widget of the same window.
        before: The path of the widget that had the focus; "" for none.
    """
    tk, window = widget.tk, str(widget.winfo_toplevel())
    can_return = before not in ("", window) and tk.getboolean(tk.call("winfo", "exists", before))
    if can_return and tk.getboolean(tk.call("winfo", "viewable", before)):
        tk.call("focus", before)
    else:
        widget.event_generate(RELEASE_FOCUS)
