"""Keeps the rest of a password out of other fields.

The field in which a password is being typed can lose the keyboard at any moment: the user is removed from the
channel, the connection ends, another conversation is opened. The next keys would then go to the composer, and
Enter would send them to everybody. So the field gets the keyboard back if it is still there. Otherwise the
keys go nowhere until the user stops typing for a moment, presses Enter, Escape or Tab, or clicks somewhere.
"""

from __future__ import annotations

import tkinter as tk

from chatapp.gui.widgets.password_field import TAG
from chatapp.gui.widgets.platform_events import has_modifier, typed_character

PAUSE = 1500  # milliseconds without a key, after which the user does not type a password any more
CORRECTIONS = ("<BackSpace>", "<Delete>")
ENDS = ("<Return>", "<KP_Enter>", "<Escape>", "<Tab>", "<<PrevWindow>>")  # keys that end a password


class PasswordTyping:
    """Watches the main window and its dialogs.

    Args:
        root: The main window.
    """

    def __init__(self, root: tk.Misc) -> None:
        self._root = root
        self._field = ""  # the path of the field in which a password is being typed
        self._goal = ""  # the path of the widget that gets the keyboard afterwards
        self._timer = ""
        self._nowhere = tk.Frame(root, width=1, height=1, takefocus=False)
        self._nowhere.bindtags((str(self._nowhere), "all"))  # no shortcuts
        self._nowhere.place(x=-2, y=-2)
        self._nowhere.bind("<Key>", lambda event: self._wait())
        self._nowhere.bind("<Destroy>", lambda event: self._stop_timer())
        root.bind_class(TAG, "<Key>", self._on_key)
        for key in CORRECTIONS:
            root.bind_class(TAG, key, lambda event: self._wait())
        for key in ENDS:
            root.bind_class(TAG, key, lambda event: self._end())
            self._nowhere.bind(key, self._on_lost_end)
        root.bind_all("<FocusIn>", lambda event: self._on_focus(str(event.widget)), add=True)
        root.bind_all("<Button>", lambda event: self._end(), add=True)

    def _on_key(self, event: tk.Event[tk.Misc]) -> None:
        if typed_character(event):
            self._field = str(event.widget)
            self._wait()
        elif event.char or has_modifier(event) or event.keysym[1:].isdigit():  # a shortcut: Alt+↓, F6
            self._end()

    def _on_lost_end(self, event: tk.Event[tk.Misc]) -> str:
        self._end()
        return "break"  # Tab would lead further

    def _on_focus(self, focused: str) -> None:
        """Keep the keyboard from a widget that gets it while a password is being typed elsewhere."""
        if not self._field or focused in (self._field, str(self._nowhere)):
            return
        if not self._is_viewable(self._field):
            self._goal = focused
            self._nowhere.focus_set()
        elif self._window(focused) == self._window(self._field) and focused != self._window(focused):
            self._root.tk.call("focus", self._field)

    def _wait(self) -> None:
        self._stop_timer()
        self._timer = self._root.after(PAUSE, self._end)

    def _end(self) -> None:
        """Give the keyboard to the widget that was kept from it, unless the user has moved it meanwhile."""
        self._stop_timer()
        self._field = ""
        goal, self._goal = self._goal, ""
        if str(self._root.tk.call("focus")) == str(self._nowhere):
            self._root.tk.call("focus", goal if self._is_viewable(goal) else self._root)

    def _stop_timer(self) -> None:
        if self._timer:
            self._root.after_cancel(self._timer)
            self._timer = ""

    def _is_viewable(self, path: str) -> bool:
        is_there = bool(path) and self._root.tk.getboolean(self._root.tk.call("winfo", "exists", path))
        return is_there and bool(self._root.tk.getboolean(self._root.tk.call("winfo", "viewable", path)))

    def _window(self, path: str) -> str:
        return str(self._root.tk.call("winfo", "toplevel", path))
