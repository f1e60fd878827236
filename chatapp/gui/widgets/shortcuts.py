"""Every shortcut of the window: one table that is bound, and listed in the settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from chatapp.gui.widgets import caret
from chatapp.gui.widgets.editing_keys import EDITORS
from chatapp.gui.widgets.key_codes import pressed
from chatapp.gui.widgets.platform_events import COMMAND, MAC

Action = Callable[["tk.Event[tk.Misc]"], object]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What keys do, how people write them, and the action that each of Tk's events calls.

    Without events the keys belong to one widget, which binds them itself.
    """

    words: str
    keys: str
    events: Mapping[str, str] = field(default_factory=dict)


SHORTCUTS = (
    Shortcut("Jump to a channel or person", "Ctrl+K", {"<Control-k>": "jump"}),
    Shortcut("Conversation above, below", "Alt+↑  Alt+↓", {"<Alt-Up>": "above", "<Alt-Down>": "below"}),
    Shortcut(
        "Unread conversation above, below",
        "Alt+Shift+↑  Alt+Shift+↓",
        {"<Alt-Shift-Up>": "unread_above", "<Alt-Shift-Down>": "unread_below"},
    ),
    Shortcut(
        "Conversation 1 to 9", "Ctrl+1 … 9", {f"<Control-Key-{digit}>": "nth" for digit in range(1, 10)}
    ),
    Shortcut("To the newest message, all read", "Esc", {"<Escape>": "bottom"}),
    Shortcut("Next part of the window", "F6", {"<F6>": "next_pane", "<Shift-F6>": "previous_pane"}),
    Shortcut("Menu of what has the focus", "Shift+F10"),
    Shortcut(
        "Larger, smaller, usual text",
        "Ctrl++  Ctrl+−  Ctrl+0",
        {
            "<Control-plus>": "larger",
            "<Control-equal>": "larger",
            "<Control-KP_Add>": "larger",
            "<Control-minus>": "smaller",
            "<Control-KP_Subtract>": "smaller",
            "<Control-Key-0>": "usual",
        },
    ),
    Shortcut("These shortcuts", "Ctrl+/", {"<Control-slash>": "shortcuts"}),
    Shortcut("New line in a message", "Shift+Enter"),
    Shortcut("Complete a name, channel or command", "Tab"),
    Shortcut("Messages you wrote before", "↑  ↓"),
    Shortcut("Bold, italic, code", "Ctrl+B  Ctrl+I  Ctrl+E"),
)


def bind(window: tk.Misc, actions: Mapping[str, Action]) -> Callable[[tk.Event[tk.Misc]], str | None]:
    """Bind every shortcut to its action; nothing else sees those keys. Ctrl+A selects all.

    Returns:
        what is called for every key with Control.
    """
    caret.bind(window)
    if window.tk.call("tk", "windowingsystem") == "x11":
        window.event_delete("<<LineStart>>", "<Control-a>")
        window.event_delete("<<SelectAll>>", "<Control-slash>")
        window.event_add("<<SelectAll>>", "<Control-a>")
    commands: dict[str, Action] = {}
    for shortcut in SHORTCUTS:
        for event, action in shortcut.events.items():
            event = event.replace("Control", COMMAND)
            for editor in EDITORS:
                window.tk.call("bind", editor, event, "# nothing")
            if event.startswith(f"<{COMMAND}-"):
                commands[event.strip("<>").split("-")[-1]] = actions[action]
            else:
                window.bind(event, _last(actions[action]))
    dispatch = partial(_command, commands)
    window.bind(f"<{COMMAND}-Key>", dispatch)
    return dispatch


def listed() -> list[tuple[str, str]]:
    """What there is, in words, and its keys as this system's people write them."""
    return [(each.words, each.keys.replace("Ctrl+", "⌘") if MAC else each.keys) for each in SHORTCUTS]


def _command(commands: Mapping[str, Action], event: tk.Event[tk.Misc]) -> str | None:
    action = commands.get(pressed(event))
    if action is None:
        return None
    action(event)
    return "break"


def _last(action: Action) -> Callable[[tk.Event[tk.Misc]], str]:
    """The action, with the word that ends the search for bindings."""

    def act(event: tk.Event[tk.Misc]) -> str:
        action(event)
        return "break"

    return act
