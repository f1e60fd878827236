"""The table of all keyboard shortcuts: they are bound from it, and listed from it in the settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial

from chatapp.gui.widgets import caret
from chatapp.gui.widgets.editing_keys import EDITORS
from chatapp.gui.widgets.key_codes import pressed
from chatapp.gui.widgets.platform_events import COMMAND, shown_keys

Action = Callable[["tk.Event[tk.Misc]"], object]


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys and their effect."""

    description: str
    keys: str  # as shown to the user
    events: Mapping[str, str] = field(default_factory=dict)
    """Tk event -> name of the action it calls; empty if one widget binds the keys itself."""


SHORTCUTS = (
    Shortcut("Jump to a channel or person", "Ctrl+K", {"<Control-k>": "jump"}),
    Shortcut("Write to somebody", "Ctrl+N", {"<Control-n>": "write"}),
    Shortcut("Find in this conversation", "Ctrl+F", {"<Control-f>": "find"}),
    Shortcut("Older or newer hit", "F3  Shift+F3", {"<F3>": "older_hit", "<Shift-F3>": "newer_hit"}),
    Shortcut("Search everywhere", "Ctrl+Shift+F", {"<Control-Shift-f>": "search"}),
    Shortcut("Previous or next conversation", "Alt+↑  Alt+↓", {"<Alt-Up>": "above", "<Alt-Down>": "below"}),
    Shortcut(
        "Previous or next unread conversation",
        "Alt+Shift+↑  Alt+Shift+↓",
        {"<Alt-Shift-Up>": "unread_above", "<Alt-Shift-Down>": "unread_below"},
    ),
    Shortcut(
        "Conversation 1 to 9", "Ctrl+1 … 9", {f"<Control-Key-{digit}>": "nth" for digit in range(1, 10)}
    ),
    Shortcut("Add to favourites, or remove", "Ctrl+Shift+D", {"<Control-Shift-d>": "favourite"}),
    Shortcut("Go to the newest message, mark all as read", "Esc", {"<Escape>": "bottom"}),
    Shortcut("Next part of the window", "F6", {"<F6>": "next_pane", "<Shift-F6>": "previous_pane"}),
    Shortcut("Open the context menu", "Shift+F10"),
    Shortcut("Choose a message", "↑  ↓  Home  End in the messages"),
    Shortcut("With a chosen message: react, reply, mark as unread, delete", "E  R  U  Del"),
    Shortcut("Open the link, the quote or the code of a chosen message", "Enter"),
    Shortcut(
        "Larger, smaller, default text size",
        "Ctrl++  Ctrl+−  Ctrl+0",
        {
            "<Control-plus>": "larger",
            "<Control-equal>": "larger",
            "<Control-KP_Add>": "larger",
            "<Control-minus>": "smaller",
            "<Control-KP_Subtract>": "smaller",
            "<Control-Key-0>": "default_size",
        },
    ),
    Shortcut("Settings", "Ctrl+,", {"<Control-comma>": "settings"}),
    Shortcut("Show this list", "Ctrl+/", {"<Control-slash>": "shortcuts"}),
    Shortcut("New line in a message", "Shift+Enter"),
    Shortcut("Complete a name, channel, command or emoji", "Tab"),
    Shortcut("Previous messages you sent", "↑  ↓"),
    Shortcut("Emoji", "Ctrl+Shift+E", {"<Control-Shift-e>": "emoji"}),
    Shortcut("Edit your last message", "↑ in an empty field"),
    Shortcut("Bold, italic, code", "Ctrl+B  Ctrl+I  Ctrl+E"),
)


def bind(window: tk.Misc, actions: Mapping[str, Action]) -> Callable[[tk.Event[tk.Misc]], str | None]:
    """Bind every shortcut to its action, so that no other binding gets those keys. Ctrl+A selects all.

    Args:
        actions: Name of an action in SHORTCUTS -> function to call.

    Returns:
        The handler of all keys with Control.
    """
    caret.bind(window)
    if window.tk.call("tk", "windowingsystem") == "x11":
        window.event_delete("<<LineStart>>", "<Control-a>")
        window.event_delete("<<NextLine>>", "<Control-n>")
        window.event_delete("<<SelectAll>>", "<Control-slash>")
        window.event_delete("<<SelectNextChar>>", "<Control-Key-F>", "<Control-Lock-Key-f>")
        window.event_add("<<SelectAll>>", "<Control-a>")
    commands: dict[str, Action] = {}
    for shortcut in SHORTCUTS:
        for event, action in shortcut.events.items():
            event = event.replace("Control", COMMAND)
            for editor in EDITORS:
                window.tk.call("bind", editor, event, "# nothing")
            if "-Shift-" in event:
                _free(window, event)
            if event.startswith(f"<{COMMAND}-"):
                key = event.strip("<>").removeprefix(f"{COMMAND}-").removeprefix("Key-")
                commands[key] = actions[action]
            else:
                window.bind(event, _then_stop(actions[action]))
    dispatch = partial(_run_command, commands)
    window.bind(f"<{COMMAND}-Key>", dispatch)
    return dispatch


def descriptions() -> list[tuple[str, str]]:
    """Return description and keys of every shortcut, with the names of the keys on this system."""
    return [(each.description, shown_keys(each.keys)) for each in SHORTCUTS]


def _free(window: tk.Misc, event: str) -> None:
    """Take `<Control-Shift-e>` away from Tk's virtual events, which know it as `<Control-E>`."""
    keys, _, key = event.strip("<>").rpartition("-Shift-")
    if len(key) == 1:
        for virtual in window.event_info():
            window.event_delete(virtual, f"<{keys}-{key.upper()}>")


def _run_command(commands: Mapping[str, Action], event: tk.Event[tk.Misc]) -> str | None:
    action = commands.get(pressed(event))
    if action is None:
        return None
    action(event)
    return "break"


def _then_stop(action: Action) -> Callable[[tk.Event[tk.Misc]], str]:
    """Return a handler that runs the action and stops Tk from looking for other bindings."""

    def handler(event: tk.Event[tk.Misc]) -> str:
        action(event)
        return "break"

    return handler
