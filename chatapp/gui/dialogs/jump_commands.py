"""The commands that "Jump to" offers: everything that the window can do.

Those for the current conversation are in `jump_conversation`, those about a person in `jump_people`, the
pages and rows of the settings in `chatapp.gui.settings.setting_targets`. Does not import tkinter.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple

from chatapp.client.local.settings import Settings
from chatapp.client.model.network import Network
from chatapp.client.model.server_overview import is_visible
from chatapp.client.outgoing import slash_commands
from chatapp.gui.dialogs.jump_conversation import CurrentActions, Do, current_commands, key_note
from chatapp.gui.dialogs.jump_people import PersonCommandActions, typed_verb
from chatapp.gui.dialogs.jump_targets import CommandTarget
from chatapp.gui.main.network_header import PRIVACIES
from chatapp.gui.widgets.platform_events import shown_keys
from chatapp.languages.translation import LANGUAGES, N_, _

APPEARANCE = N_("Settings, Appearance")
PRIVACY = N_("Settings, Privacy")
MESSAGES = N_("Settings, Messages")
START = N_("Settings, Connecting")
LANGUAGE = N_("Settings, Language")
MARK_ALL = N_("Mark all as read")
NONE_UNREAD, ALL_READ = N_("nothing is unread"), N_("Nothing is unread.")
THEMES = {
    "dark": N_("Dark theme"),
    "light": N_("Light theme"),
    "contrast": N_("High contrast theme"),
    "system": N_("Same theme as the system"),
}
ENGLISH_NAMES = {"en": N_("English"), "de": N_("German"), "es": N_("Spanish"), "hi": N_("Hindi")}
"""The languages as somebody types them who does not write them: in English, and marked for translation."""
SLASH_COMMANDS = {
    "me": (N_("Say what you are doing…"), "chat"),
    "oper": (N_("Log in as a server operator…"), "key"),
    "code": (N_("Make an invite code"), "key"),
    "quote": (N_("Send a raw IRC message…"), "code"),
    "help": (N_("List of slash commands"), "list"),
}
"""By the slash command that the composer needs for it, because there is no dialog: label and icon."""


class JumpActions(NamedTuple):
    """What the commands do."""

    current: CurrentActions | None
    """What can be done in the current conversation; None without one."""
    people: PersonCommandActions
    copy_link: Do
    join: Do
    write: Do
    search: Do
    mark_all_read: Do
    ask_person: Callable[[str], object]
    """Open "Jump to" with this verb, to which a name is to be added."""
    change_name: Do
    profile: Do
    """Show the own profile."""
    set_away: Do
    set_back: Do
    copy_name: Do
    toggle_people: Do
    settings: Do
    shortcuts: Do
    explain: Callable[[str], object]
    """Show a sentence."""
    add_server: Do
    connect: Do
    disconnect: Do
    start_server: Do | None
    """Start the server of the current network again; None unless it was started from here and has ended."""
    stop_server: Do
    """Ask whether to stop the server."""
    stop_server_now: Do
    """Stop the server without asking."""
    ignored: Do
    """Show whom the user ignores."""
    above: Do
    """Open the conversation above the current one in the list."""
    below: Do
    previous_unread: Do
    next_unread: Do
    next_part: Do
    """Give the keyboard to the next part of the window."""
    zoom: Callable[[int], object]
    """Make the text larger (1) or smaller (-1), or of the usual size (0)."""
    set: Callable[[str, object], object]
    """Give the setting with this name a value."""
    slash: Callable[[str], object]
    """Carry out this slash command, or begin it in the composer if it needs more words."""
    close: Do
    """Close the window."""


def jump_commands(network: Network, settings: Settings, actions: JumpActions) -> Iterator[CommandTarget]:
    """Yield what can be done now, the most frequent first."""
    if actions.start_server is not None:
        yield CommandTarget(
            _("Start the server again"), "power", actions.start_server, words=_("run launch restart connect")
        )
    if network.state == "online":
        yield CommandTarget(
            _("Copy the invite link"), "link", actions.copy_link, words=_("invite people share")
        )
        yield CommandTarget(
            _("Join or make a channel"), "plus", actions.join, words=_("browse channels create new list")
        )
        yield CommandTarget(
            _("Write to somebody"), "pencil", actions.write, key_note("Ctrl+N"), _("new direct message")
        )
    yield CommandTarget(
        _("Search everywhere"), "search", actions.search, key_note("Ctrl+Shift+F"), _("find messages")
    )
    yield from _unread_commands(network, actions)
    if network.current is not None and actions.current is not None:
        yield from current_commands(network, network.current, actions.current)
    yield from _own_commands(network, actions)
    yield from _view_commands(actions)
    yield from _settings(settings, actions)
    yield CommandTarget(_("Ignore list"), "slash", actions.ignored, _(PRIVACY), _("ignored people blocked"))
    if network.state == "online":
        yield CommandTarget(
            _("Ignore somebody…"),
            "slash",
            partial(actions.ask_person, typed_verb("ignore")),
            words=_("block hide people"),
            asks="ignore",
        )
    yield CommandTarget(_("Settings"), "gear", actions.settings, key_note("Ctrl+,"), _("preferences options"))
    yield CommandTarget(
        _("Keyboard shortcuts"), "keyboard", actions.shortcuts, key_note("Ctrl+/"), _("keys help")
    )
    yield from _connection_commands(network, actions)
    yield from _slash_commands(network, actions)
    yield CommandTarget(_("Close the window"), "x", actions.close, words=_("quit exit"))


def _unread_commands(network: Network, actions: JumpActions) -> Iterator[CommandTarget]:
    if any(each.unread or each.mentions for each in network.conversations.values()):
        yield CommandTarget(_(MARK_ALL), "check", actions.mark_all_read, words=_("mark everything"))
        yield CommandTarget(
            _("Next unread conversation"), "down", actions.next_unread, key_note("Alt+Shift+↓")
        )
        yield CommandTarget(
            _("Previous unread conversation"), "up", actions.previous_unread, key_note("Alt+Shift+↑")
        )
    else:
        yield CommandTarget(
            _(MARK_ALL), "check", partial(actions.explain, _(ALL_READ)), _(NONE_UNREAD), _("mark everything")
        )


def _own_commands(network: Network, actions: JumpActions) -> Iterator[CommandTarget]:
    if network.state == "online":
        yield CommandTarget(
            _("Change my name…"), "pencil", actions.change_name, words=_("nick rename display name")
        )
        yield CommandTarget(_("My profile"), "person", actions.profile, words=_("own card me"))
        if network.away:
            yield CommandTarget(_("I am back"), "check", actions.set_back, words=_("not away status"))
            yield CommandTarget(_("Change the away text…"), "pencil", actions.set_away, words=_("status"))
        else:
            yield CommandTarget(
                _("Set away…"), "clock", actions.set_away, words=_("status absent lunch break")
            )
    if network.nick:
        yield CommandTarget(_("Copy my name"), "copy", actions.copy_name, words=_("nick"))


def _view_commands(actions: JumpActions) -> Iterator[CommandTarget]:
    yield CommandTarget(
        _("Show or hide the people"), "people", actions.toggle_people, words=_("members list")
    )
    yield CommandTarget(_("Previous conversation"), "up", actions.above, key_note("Alt+↑"), _("above"))
    yield CommandTarget(_("Next conversation"), "down", actions.below, key_note("Alt+↓"), _("below"))
    yield CommandTarget(
        _("Next part of the window"), "keyboard", actions.next_part, key_note("F6"), _("focus pane")
    )


def _settings(settings: Settings, actions: JumpActions) -> Iterator[CommandTarget]:
    for name, label in THEMES.items():
        if name != settings.theme:
            yield CommandTarget(
                _(label), "palette", _setter(actions, "theme", name), _(APPEARANCE), _("colours colors mode")
            )
    for step, label, key in ((1, _("Larger text"), "Ctrl++"), (-1, _("Smaller text"), "Ctrl+−")):
        yield CommandTarget(
            label, "eye", _zoom(actions, step), f"{_(APPEARANCE)} · {shown_keys(key)}", _("zoom font")
        )
    yield CommandTarget(
        _("Default text size"),
        "eye",
        _zoom(actions, 0),
        f"{_(APPEARANCE)} · {shown_keys('Ctrl+0')}",
        _("zoom default font"),
    )
    for code, language in LANGUAGES.items():
        if code != settings.language:
            label = _("Language: {language}").format(language=language)
            words = " ".join(("language", ENGLISH_NAMES[code], _(ENGLISH_NAMES[code])))
            yield CommandTarget(label, "globe", _setter(actions, "language", code), _(LANGUAGE), words)
    for name, on, off, icon, where in (
        ("clock24", _("24-hour clock"), _("12-hour clock"), "clock", _(MESSAGES)),
        ("typing", _("Show others when I am typing"), _("Do not show others when I am typing"), "pencil",
         _(PRIVACY)),
        ("connect_at_start", _("Connect when the window opens"), _("Do not connect when the window opens"),
         "wifi", _(START)),
    ):  # fmt: skip
        is_on = bool(getattr(settings, name))
        yield CommandTarget(off if is_on else on, icon, _setter(actions, name, not is_on), where)


def _connection_commands(network: Network, actions: JumpActions) -> Iterator[CommandTarget]:
    yield CommandTarget(
        _("Add a server…"), "globe", actions.add_server, words=_("chat connect to another log in")
    )
    if network.state in ("offline", "waiting"):
        yield CommandTarget(_("Connect"), "wifi", actions.connect, words=_("reconnect online"))
    if network.state != "offline":
        yield CommandTarget(_("Disconnect"), "power", actions.disconnect, words=_("offline log out"))
    if is_visible(network) and network.server_role == "owner":
        yield CommandTarget(
            _("Stop the server…"), "power", actions.stop_server, words=_("shut down quit end")
        )
        yield CommandTarget(
            _("Stop the server now, without asking"), "power", actions.stop_server_now,
            words=_("stop now shut down"),
        )  # fmt: skip
    if network.state == "online" and network.privacy in PRIVACIES:
        icon, _role, meaning = PRIVACIES[network.privacy]
        yield CommandTarget(
            _("Who can read the connection?"), icon, lambda: actions.explain(f"{_(meaning)}."),
            words=_("encrypted encryption secure privacy tls"),
        )  # fmt: skip


def _slash_commands(network: Network, actions: JumpActions) -> Iterator[CommandTarget]:
    for name, (label, icon) in SLASH_COMMANDS.items():
        command = slash_commands.COMMANDS[name]
        if not command.is_offered(network):
            continue
        is_refused = (name == "oper") == network.is_server_operator and name in ("oper", "code")
        if (network.state == "online" or not command.online) and not is_refused:
            run = partial(actions.slash, name)
            yield CommandTarget(_(label), icon, run, _(command.usage), _(command.purpose))


def _setter(actions: JumpActions, name: str, value: object) -> Do:
    return lambda: actions.set(name, value)


def _zoom(actions: JumpActions, step: int) -> Do:
    return lambda: actions.zoom(step)
