"""The table of all keyboard shortcuts: they are bound from it, and listed from it in the settings."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from chatapp.gui.widgets import caret, popup
from chatapp.gui.widgets.dialog import modal_dialog
from chatapp.gui.widgets.editing_keys import EDITORS
from chatapp.gui.widgets.key_codes import digit, pressed
from chatapp.gui.widgets.platform_events import COMMAND, IS_MAC, shown_keys

Action = Callable[["tk.Event[tk.Misc]"], object]


NOT_IN_CARDS = frozenset(
    {"bottom", "next_pane", "previous_pane", "larger", "smaller", "default_size", "undo_notice"}
)
"""Actions whose keys belong to a card while it is open; all others close it and act."""

SERVER_KEYS = "<Control-Alt-Key>"  # with a digit; any other key types its character

Part = Literal["Everywhere", "Finding", "On a message", "While writing"]
"""Where keys have their effect."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys and their effect."""

    description: str
    keys: str  # as shown to the user
    events: Mapping[str, str] = field(default_factory=dict)
    """Tk event -> name of the action it calls; empty if one widget binds the keys itself."""
    part: Part = "Everywhere"


SHORTCUTS = (
    Shortcut("Jump to a channel or person", "Ctrl+K", {"<Control-k>": "jump"}),
    Shortcut("Write to somebody", "Ctrl+N", {"<Control-n>": "write"}),
    Shortcut("Previous or next conversation", "Alt+↑  Alt+↓", {"<Alt-Up>": "above", "<Alt-Down>": "below"}),
    Shortcut(
        "Previous or next unread",
        "Alt+Shift+↑  Alt+Shift+↓",
        {"<Alt-Shift-Up>": "unread_above", "<Alt-Shift-Down>": "unread_below"},
    ),
    Shortcut(
        "Conversation 1 to 9", "Ctrl+1 … 9", {f"<Control-Key-{digit}>": "nth" for digit in range(1, 10)}
    ),
    Shortcut("Server 1 to 9", "Ctrl+Alt+1 … 9", {SERVER_KEYS: "nth_server"}),
    Shortcut("Add to favourites, or remove", "Ctrl+Shift+D", {"<Control-Shift-d>": "favourite"}),
    Shortcut("Go to the newest message, mark all as read", "Esc", {"<Escape>": "bottom"}),
    Shortcut("Next part of the window", "F6", {"<F6>": "next_pane", "<Shift-F6>": "previous_pane"}),
    Shortcut("Open the context menu", "Shift+F10"),
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
    Shortcut("Channel settings", "Ctrl+Shift+I", {"<Control-Shift-i>": "channel_settings"}),
    Shortcut(
        "Undo what the notice says, or the last deletion",
        "Ctrl+Z  Ctrl+Shift+Z",
        {"<Control-Shift-z>": "undo_notice"},
    ),
    Shortcut("Moderating: choose what to do, then do it", "Alt+1 … 4  Ctrl+Enter"),
    Shortcut("Settings", "Ctrl+,", {"<Control-comma>": "settings"}),
    Shortcut("Show this list", "F1  Ctrl+/", {"<F1>": "shortcuts", "<Control-slash>": "shortcuts"}),
    Shortcut("Find in this conversation", "Ctrl+F", {"<Control-f>": "find"}, "Finding"),
    Shortcut("Search everywhere", "Ctrl+Shift+F", {"<Control-Shift-f>": "search"}, "Finding"),
    Shortcut(
        "Older or newer hit", "F3  Shift+F3", {"<F3>": "older_hit", "<Shift-F3>": "newer_hit"}, "Finding"
    ),
    Shortcut(
        "Choose a message, starting with the last",
        "Ctrl+↑",
        {"<Control-Up>": "choose_message"},
        "On a message",
    ),
    Shortcut("Choose another message", "↑  ↓  Home  End", part="On a message"),
    Shortcut("React", "E", part="On a message"),
    Shortcut("Reply", "R", part="On a message"),
    Shortcut("Edit", "T", part="On a message"),
    Shortcut("Copy", "Ctrl+C", part="On a message"),
    Shortcut("Mark as unread from here", "U", part="On a message"),
    Shortcut("Delete", "Del", part="On a message"),
    Shortcut("Open its link, quote or code", "Enter", part="On a message"),
    Shortcut("Back to writing", "Esc", part="On a message"),
    Shortcut("Send", "Enter", part="While writing"),
    Shortcut("New line", "Shift+Enter", part="While writing"),
    Shortcut("Complete a name, channel, command or emoji", "Tab", part="While writing"),
    Shortcut("Edit your last message", "↑ in an empty field", part="While writing"),
    Shortcut("Previous messages you sent", "↑  ↓", part="While writing"),
    Shortcut("Scroll the messages", "PgUp  PgDn", part="While writing"),
    Shortcut("First or newest message", "Ctrl+Home  Ctrl+End in an empty field", part="While writing"),
    Shortcut("Emoji", "Ctrl+Shift+E", {"<Control-Shift-e>": "emoji"}, "While writing"),
    Shortcut("Bold, italic, code", "Ctrl+B  Ctrl+I  Ctrl+E", part="While writing"),
    Shortcut("Select everything", "Ctrl+A", part="While writing"),
    Shortcut("Undo", "Ctrl+Z", part="While writing"),
    Shortcut("Send a block of code that has begun", "Ctrl+Enter", part="While writing"),
    Shortcut("Stop replying or editing", "Esc", part="While writing"),
)


def bind(window: tk.Misc, actions: Mapping[str, Action]) -> Callable[[tk.Event[tk.Misc]], str | None]:
    """Bind every shortcut to its action, so that no other binding gets those keys. Ctrl+A selects all.

    In an open card, they close it before they act. Behind a dialog that has to be answered they do not act.

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
    return bind_some(window, actions)


def bind_some(window: tk.Misc, actions: Mapping[str, Action]) -> Callable[[tk.Event[tk.Misc]], str | None]:
    """Bind the shortcuts whose actions are here, in a window beside the main one.

    Returns:
        The handler of all keys with Control.
    """
    commands: dict[str, Action] = {}
    in_cards: dict[str, Action] = {}
    for shortcut in SHORTCUTS:
        for event, name in shortcut.events.items():
            if name not in actions:
                continue
            action = _in_front(window, actions[name])
            in_card = None if name in NOT_IN_CARDS else _after_closing(window, action)
            if event == SERVER_KEYS:
                _bind_server_keys(window, action)
                continue
            event = event.replace("Control", COMMAND)
            for editor in EDITORS:
                window.tk.call("bind", editor, event, "# nothing")
            if "-Shift-" in event:
                _free(window, event)
            if event.startswith(f"<{COMMAND}-"):
                key = event.strip("<>").removeprefix(f"{COMMAND}-").removeprefix("Key-")
                commands[key] = action
                if in_card is not None:
                    in_cards[key] = in_card
            else:
                window.bind(event, _then_stop(action))
                if in_card is not None:
                    window.bind_class(popup.TAG, event, _then_stop(in_card))
    dispatch = partial(_run_command, commands)
    window.bind(f"<{COMMAND}-Key>", dispatch)
    if in_cards:
        window.bind_class(popup.TAG, f"<{COMMAND}-Key>", partial(_run_command, in_cards))
    return dispatch


def by_part() -> dict[Part, list[tuple[str, str]]]:
    """Return description and keys of every shortcut by where it has its effect, as named on this system."""
    found: dict[Part, list[tuple[str, str]]] = {}
    for each in SHORTCUTS:
        found.setdefault(each.part, []).append((each.description, shown_keys(each.keys)))
    return found


def _bind_server_keys(window: tk.Misc, action: Action) -> None:
    """Bind Ctrl+Alt with a digit. Ctrl+Alt is AltGr on Windows, which types characters: these stay."""

    def on_key(event: tk.Event[tk.Misc]) -> str | None:
        if not digit(event):
            return None
        action(event)
        return "break"

    window.bind("<Command-Option-Key>" if IS_MAC else SERVER_KEYS, on_key)


def _free(window: tk.Misc, event: str) -> None:
    """Take `<Control-Shift-e>` away from Tk's virtual events, which know it as `<Control-E>`."""
    keys, _, key = event.strip("<>").rpartition("-Shift-")
    if len(key) == 1:
        for virtual in window.event_info():
            window.event_delete(virtual, f"<{keys}-{key.upper()}>")


def _in_front(window: tk.Misc, action: Action) -> Action:
    """Return an action that brings a dialog to the front instead if that has to be answered first."""

    def act(event: tk.Event[tk.Misc]) -> None:
        dialog = modal_dialog(window)
        if dialog is None:
            action(event)
        else:
            dialog.come_forward()

    return act


def _after_closing(window: tk.Misc, action: Action) -> Action:
    """Return an action that first closes the card of this window in which the key was pressed."""

    def act(event: tk.Event[tk.Misc]) -> None:
        card = popup.popup_of(event.widget)
        if card is not None and card.winfo_toplevel() is window:
            card.close()
            action(event)

    return act


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
