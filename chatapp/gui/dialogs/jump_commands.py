"""The commands and settings that "Jump to" offers: everything that the window can do.

Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from chatapp.client.local.settings import Settings
from chatapp.client.model.network import Network
from chatapp.gui.dialogs.jump_search import COMMAND, CommandTarget
from chatapp.gui.main import conversation_row
from chatapp.gui.widgets.platform_events import shown_keys

Do = Callable[[], object]

APPEARANCE = "Settings, Appearance"
PRIVACY = "Settings, Privacy"
MESSAGES = "Settings, Messages"
START = "Settings, Connecting"
THEMES = {
    "dark": "Dark theme",
    "light": "Light theme",
    "contrast": "High contrast theme",
    "system": "Same theme as the system",
}


@dataclass(frozen=True, slots=True)
class JumpActions:
    """What the commands do."""

    copy_link: Do
    join: Do
    write: Do
    search: Do
    find: Do
    mark_all_read: Do
    newest: Do
    favourite: Do
    """Make the current conversation a favourite, or none."""
    mute: Do
    """Mute the current conversation, or stop muting it."""
    leave: Do
    """Leave or close the current conversation."""
    set_away: Do
    set_back: Do
    copy_name: Do
    toggle_people: Do
    settings: Do
    shortcuts: Do
    switch_server: Do
    connect: Do
    disconnect: Do
    ignored: Do
    """Show whom the user ignores."""
    previous_unread: Do
    next_unread: Do
    zoom: Callable[[int], object]
    """Make the text larger (1) or smaller (-1), or of the usual size (0)."""
    set: Callable[[str, object], object]
    """Give the setting with this name a value."""
    close: Do
    """Close the window."""


def jump_commands(network: Network, settings: Settings, actions: JumpActions) -> Iterator[CommandTarget]:
    """Yield what can be done now, the most frequent first."""
    if network.state == "online":
        yield CommandTarget("Copy the invite link", "link", actions.copy_link, words="invite people share")
        yield CommandTarget(
            "Join or make a channel", "plus", actions.join, words="browse channels create new"
        )
        yield CommandTarget(
            "Write to somebody", "pencil", actions.write, _key("Ctrl+N"), "new direct message"
        )
    yield CommandTarget("Search everywhere", "search", actions.search, _key("Ctrl+Shift+F"), "find messages")
    yield from _conversation_commands(network, actions)
    yield from _own_commands(network, actions)
    yield CommandTarget("Show or hide the people", "people", actions.toggle_people, words="members list")
    yield from _settings(settings, actions)
    yield CommandTarget("Ignore list", "slash", actions.ignored, PRIVACY, "ignored people blocked")
    yield CommandTarget("Settings", "gear", actions.settings, _key("Ctrl+,"), "preferences options")
    yield CommandTarget("Keyboard shortcuts", "keyboard", actions.shortcuts, _key("Ctrl+/"), "keys help")
    yield from _connection_commands(network, actions)
    yield CommandTarget("Close the window", "x", actions.close, words="quit exit")


def _conversation_commands(network: Network, actions: JumpActions) -> Iterator[CommandTarget]:
    if any(each.unread or each.mentions for each in network.conversations.values()):
        yield CommandTarget("Mark all read", "check", actions.mark_all_read, words="everything as read")
        yield CommandTarget("Next unread conversation", "down", actions.next_unread, _key("Alt+Shift+↓"))
        yield CommandTarget(
            "Previous unread conversation", "up", actions.previous_unread, _key("Alt+Shift+↑")
        )
    current = network.current
    if current is None:
        return
    name = conversation_row.title(network, current)
    yield CommandTarget("Find in this conversation", "search", actions.find, _key("Ctrl+F"), "search here")
    yield CommandTarget("Go to the newest message", "down", actions.newest, _key("Esc"), "bottom end")
    if current.kind != "server":
        star = "Remove {} from favourites" if current.favourite else "Add {} to favourites"
        icon = "star-full" if current.favourite else "star"
        yield CommandTarget(
            star.format(name), icon, actions.favourite, _key("Ctrl+Shift+D"), "star favorites"
        )
        mute, icon = ("Unmute", "bell") if current.muted else ("Mute", "bell-off")
        yield CommandTarget(f"{mute} {name}", icon, actions.mute, words="notifications silence")
    if current.kind == "channel" and current.joined:
        yield CommandTarget(f"Leave {name}", "door", actions.leave, words="part close channel")
    else:
        yield CommandTarget(f"Close {name}", "x", actions.leave, words="conversation")


def _own_commands(network: Network, actions: JumpActions) -> Iterator[CommandTarget]:
    if network.state == "online" and network.away:
        yield CommandTarget("I am back", "check", actions.set_back, words="not away status")
        yield CommandTarget("Change the away text…", "pencil", actions.set_away, words="status")
    elif network.state == "online":
        yield CommandTarget("Set away…", "clock", actions.set_away, words="status absent lunch break")
    if network.nick:
        yield CommandTarget("Copy my name", "copy", actions.copy_name, words="nick")


def _settings(settings: Settings, actions: JumpActions) -> Iterator[CommandTarget]:
    for name, label in THEMES.items():
        if name != settings.theme:
            yield CommandTarget(
                label, "palette", _setter(actions, "theme", name), APPEARANCE, "colours colors mode"
            )
    for step, label, key in ((1, "Larger text", "Ctrl++"), (-1, "Smaller text", "Ctrl+−")):
        yield CommandTarget(
            label, "eye", _zoom(actions, step), f"{APPEARANCE} · {shown_keys(key)}", "zoom font"
        )
    yield CommandTarget(
        "Usual text size",
        "eye",
        _zoom(actions, 0),
        f"{APPEARANCE} · {shown_keys('Ctrl+0')}",
        "zoom default font",
    )
    for name, on, off, icon, where in (
        ("clock24", "24-hour clock", "12-hour clock", "clock", MESSAGES),
        ("typing", "Show others when I am typing", "Do not show others when I am typing", "pencil", PRIVACY),
        ("connect_at_start", "Connect when the window opens", "Do not connect when the window opens",
         "wifi", START),
    ):  # fmt: skip
        is_on = bool(getattr(settings, name))
        yield CommandTarget(off if is_on else on, icon, _setter(actions, name, not is_on), where)


def _connection_commands(network: Network, actions: JumpActions) -> Iterator[CommandTarget]:
    yield CommandTarget(
        "Connect to another server…", "globe", actions.switch_server, words="chat name log in"
    )
    if network.state in ("offline", "waiting"):
        yield CommandTarget("Connect", "wifi", actions.connect, words="reconnect online")
    if network.state != "offline":
        yield CommandTarget("Disconnect", "power", actions.disconnect, words="offline log out")


def _setter(actions: JumpActions, name: str, value: object) -> Do:
    return lambda: actions.set(name, value)


def _zoom(actions: JumpActions, step: int) -> Do:
    return lambda: actions.zoom(step)


def _key(keys: str) -> str:
    return f"{COMMAND} · {shown_keys(keys)}"
