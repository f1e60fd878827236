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
from chatapp.languages.translation import N_, _

Action = Callable[["tk.Event[tk.Misc]"], object]


NOT_IN_CARDS = frozenset(
    {"bottom", "next_pane", "previous_pane", "larger", "smaller", "default_size", "undo_notice"}
)
"""Actions whose keys belong to a card while it is open; all others close it and act."""

IN_EMPTY_FIELD = N_("in an empty field")
SERVER_KEYS = "<Control-Alt-Key>"  # with a digit; any other key types its character

Part = Literal["everywhere", "finding", "message", "writing"]
"""Where keys have their effect."""

PARTS: dict[Part, str] = {
    "everywhere": N_("Everywhere"),
    "finding": N_("Finding"),
    "message": N_("On a message"),
    "writing": N_("While writing"),
}
"""The headings of these places in the list, marked for translation."""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """Keys and their effect.

    Attributes:
        description: Marked for translation.
        keys: As for `shown_keys`.
        events: Tk event -> name of the action it calls; empty if one widget binds the keys itself.
        where: The place in which the keys have to be pressed, marked for translation; "" for anywhere.
    """

    description: str
    keys: str
    events: Mapping[str, str] = field(default_factory=dict)
    part: Part = "everywhere"
    where: str = ""

    @property
    def text(self) -> str:
        """The description in the language that is chosen."""
        return _(self.description)

    @property
    def shown_keys(self) -> str:
        """The keys as the user knows them, and where they are pressed."""
        keys = shown_keys(self.keys)
        return f"{keys} {_(self.where)}" if self.where else keys


SHORTCUTS = (
    Shortcut(N_("Jump to a channel or person"), "Ctrl+K", {"<Control-k>": "jump"}),
    Shortcut(N_("Write to somebody"), "Ctrl+N", {"<Control-n>": "write"}),
    Shortcut(
        N_("Previous or next conversation"), "Alt+↑  Alt+↓", {"<Alt-Up>": "above", "<Alt-Down>": "below"}
    ),
    Shortcut(
        N_("Previous or next unread"),
        "Alt+Shift+↑  Alt+Shift+↓",
        {"<Alt-Shift-Up>": "unread_above", "<Alt-Shift-Down>": "unread_below"},
    ),
    Shortcut(
        N_("Conversation 1 to 9"), "Ctrl+1 … 9", {f"<Control-Key-{digit}>": "nth" for digit in range(1, 10)}
    ),
    Shortcut(N_("Server 1 to 9"), "Ctrl+Alt+1 … 9", {SERVER_KEYS: "nth_server"}),
    Shortcut(N_("Add to favourites, or remove"), "Ctrl+Shift+D", {"<Control-Shift-d>": "favourite"}),
    Shortcut(N_("Go to the newest message, mark all as read"), "Esc", {"<Escape>": "bottom"}),
    Shortcut(N_("Next part of the window"), "F6", {"<F6>": "next_pane", "<Shift-F6>": "previous_pane"}),
    Shortcut(N_("Open the context menu"), "Shift+F10"),
    Shortcut(
        N_("Larger, smaller, default text size"),
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
    Shortcut(N_("Channel settings"), "Ctrl+Shift+I", {"<Control-Shift-i>": "channel_settings"}),
    Shortcut(
        N_("Undo what the notice says, or the last deletion"),
        "Ctrl+Z  Ctrl+Shift+Z",
        {"<Control-Shift-z>": "undo_notice"},
    ),
    Shortcut(N_("Moderating: choose what to do, then do it"), "Alt+1 … 4  Ctrl+Enter"),
    Shortcut(N_("Settings"), "Ctrl+,", {"<Control-comma>": "settings"}),
    Shortcut(N_("Show this list"), "F1  Ctrl+/", {"<F1>": "shortcuts", "<Control-slash>": "shortcuts"}),
    Shortcut(N_("Find in this conversation"), "Ctrl+F", {"<Control-f>": "find"}, "finding"),
    Shortcut(N_("Search everywhere"), "Ctrl+Shift+F", {"<Control-Shift-f>": "search"}, "finding"),
    Shortcut(
        N_("Older or newer hit"),
        "F3  Shift+F3",
        {"<F3>": "older_hit", "<Shift-F3>": "newer_hit"},
        "finding",
    ),
    Shortcut(
        N_("Choose a message, starting with the last"),
        "Ctrl+↑",
        {"<Control-Up>": "choose_message"},
        "message",
    ),
    Shortcut(N_("Choose another message"), "↑  ↓  Home  End", part="message"),
    Shortcut(N_("React"), "E", part="message"),
    Shortcut(N_("Reply"), "R", part="message"),
    Shortcut(N_("Edit"), "T", part="message"),
    Shortcut(N_("Copy"), "Ctrl+C", part="message"),
    Shortcut(N_("Mark as unread from here"), "U", part="message"),
    Shortcut(N_("Delete"), "Del", part="message"),
    Shortcut(N_("Open its link, quote or code"), "Enter", part="message"),
    Shortcut(N_("Back to writing"), "Esc", part="message"),
    Shortcut(N_("Send"), "Enter", part="writing"),
    Shortcut(N_("New line"), "Shift+Enter", part="writing"),
    Shortcut(N_("Complete a name, channel, command or emoji"), "Tab", part="writing"),
    Shortcut(
        N_("Reply to the last message; again: to the one before or after it"),
        "Ctrl+R  Ctrl+Shift+R",
        {"<Control-r>": "reply_older", "<Control-Shift-r>": "reply_newer"},
        "writing",
    ),
    Shortcut(N_("Edit your last message"), "↑", part="writing", where=IN_EMPTY_FIELD),
    Shortcut(N_("Previous messages you sent"), "↑  ↓", part="writing"),
    Shortcut(N_("Scroll the messages"), "PgUp  PgDn", part="writing"),
    Shortcut(N_("First or newest message"), "Ctrl+Home  Ctrl+End", part="writing", where=IN_EMPTY_FIELD),
    Shortcut(N_("Emoji"), "Ctrl+Shift+E", {"<Control-Shift-e>": "emoji"}, "writing"),
    Shortcut(N_("Send files"), "Ctrl+Shift+U", {"<Control-Shift-u>": "file"}, "writing"),
    Shortcut(N_("Bold, italic, code"), "Ctrl+B  Ctrl+I  Ctrl+E", part="writing"),
    Shortcut(N_("Select everything"), "Ctrl+A", part="writing"),
    Shortcut(N_("Undo"), "Ctrl+Z", part="writing"),
    Shortcut(N_("Send a block of code that has begun"), "Ctrl+Enter", part="writing"),
    Shortcut(N_("Stop replying or editing"), "Esc", part="writing"),
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


def by_part() -> dict[Part, list[Shortcut]]:
    """Return all shortcuts by where they have their effect."""
    found: dict[Part, list[Shortcut]] = {}
    for each in SHORTCUTS:
        found.setdefault(each.part, []).append(each)
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
