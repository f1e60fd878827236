"""The rule for where the keyboard is: a widget that cannot be seen never has it.

Tk leaves the keyboard with a widget that is hidden; what is typed then goes into a field that nobody sees.
So the keyboard goes to the composer when the widget that has it is hidden, when a dialog or a menu closes,
and when a widget says `<<Done>>`. Inside a dialog the first field takes the place of the composer.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

DONE = "<<Done>>"  # generated on a widget of the main window that needs the keyboard no longer


class KeyboardFocus:
    """Watches the main window and its dialogs.

    Args:
        root: the main window
        dialogs: the Tk class of its dialogs
        home: the widget of the main window that has the keyboard when no other needs it
    """

    def __init__(self, root: tk.Misc, dialogs: str, home: Callable[[], tk.Misc]) -> None:
        self._root = root
        self._home = home
        for event in ("<Unmap>", "<FocusIn>"):
            root.bind_all(event, lambda event: self._check(str(event.widget)), add=True)
        root.bind(DONE, lambda event: self.bring_home())
        root.bind_class(dialogs, "<Destroy>", lambda event: self._closed(str(event.widget)), add=True)

    def bring_home(self) -> None:
        """Give the keyboard to the composer, unless a dialog has it."""
        if self._window(self._focus()) in ("", str(self._root)):
            self._home().focus_set()

    def _check(self, changed: str) -> None:
        """Something was hidden, or was given the keyboard."""
        window = self._window(changed)
        if not self._is_seen(window):
            return  # when the whole window is shown again, its <FocusIn> leads here
        last = str(self._root.tk.call("focus", "-lastfor", window))
        is_root = window == str(self._root)
        if self._is_seen(last) and not (is_root and last == window):
            return
        if is_root:
            self.bring_home()
        elif self._focus() == last:
            self._root.tk.call("focus", self._root.tk.call("tk_focusNext", window))

    def _closed(self, dialog: str) -> None:
        """A dialog was closed, by a person or by the program; or the whole window, and nothing has a home."""
        home = self._home()
        if home.winfo_exists() and self._window(self._focus()) in ("", dialog, str(self._root)):
            home.focus_set()

    def _focus(self) -> str:
        """The path of the widget with the keyboard; "" when another program has it."""
        return str(self._root.tk.call("focus"))

    def _window(self, path: str) -> str:
        """The path of the window that a widget is in; "" for a widget that is gone."""
        try:
            return str(self._root.tk.call("winfo", "toplevel", path)) if path else ""
        except tk.TclError:
            return ""

    def _is_seen(self, path: str) -> bool:
        return bool(path) and bool(self._root.tk.getboolean(self._root.tk.call("winfo", "viewable", path)))
