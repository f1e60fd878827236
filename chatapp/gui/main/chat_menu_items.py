"""The menu items of the chat itself: of its name, of the own card, and of the headings in the sidebar."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from chatapp.client.model.network import Network
from chatapp.client.model.server_overview import is_visible
from chatapp.gui.main.conversation_sections import SectionName
from chatapp.gui.main.network_header import PRIVACIES, PRIVACY_LABELS
from chatapp.gui.widgets.icon_menu import MenuItem
from chatapp.languages.translation import _


class ChatActions(NamedTuple):
    """What the menus can do."""

    explain: Callable[[str], object]
    """Show a sentence."""
    invite: Callable[[], object]
    """Copy an invite link."""
    join: Callable[[], object]
    """Open the list of channels."""
    write: Callable[[], object]
    """Choose a person to write to."""
    settings: Callable[[], object]
    """Open the settings."""
    this_server: Callable[[], object]
    """Open the page of the settings about the server."""
    can_stop: Callable[[], bool]
    """Return whether the user has started the server of this network and can stop it."""
    stop_server: Callable[[], object]
    """Ask whether to stop the server."""
    connect: Callable[[], object]
    """Connect again, or choose a server if there is none to return to."""
    disconnect: Callable[[], object]
    servers: Callable[[], Iterable[MenuItem]]
    """Return the items about other servers."""
    set_away: Callable[[], object]
    """Ask for a reason and be away."""
    set_back: Callable[[], object]
    """Be away no longer."""
    copy_name: Callable[[], object]
    """Copy the own name."""
    profile: Callable[[], object]
    """Show the own profile, where the name can be changed."""
    fold: Callable[[SectionName], object]
    """Fold or unfold a section."""


def chat_items(network: Network, actions: ChatActions) -> Iterator[MenuItem]:
    """Yield the menu items of the name of the chat; the first one says who can read the connection."""
    if network.state == "online" and network.privacy in PRIVACIES:
        icon, _role, meaning = PRIVACIES[network.privacy]
        label = PRIVACY_LABELS[network.privacy]
        yield MenuItem(_(label), lambda: actions.explain(f"{_(meaning)}."), icon=icon)
        yield MenuItem()
    if network.state == "online":
        yield MenuItem(_("Invite people"), actions.invite, icon="people")
        yield MenuItem(_("Browse channels"), actions.join, icon="hash")
        if is_visible(network):
            yield MenuItem(_("This server"), actions.this_server, icon="home")
        yield MenuItem()
    yield MenuItem(_("Settings"), actions.settings, icon="gear", key="Ctrl+,")
    yield MenuItem()
    servers = list(actions.servers())
    yield from (each for each in servers if not each.dangerous)
    yield MenuItem()
    if network.state in ("offline", "waiting"):
        yield MenuItem(_("Connect"), actions.connect, icon="wifi")
    if network.state != "offline":
        yield MenuItem(_("Disconnect"), actions.disconnect, icon="power")
    if actions.can_stop():
        yield MenuItem(_("Stop the server…"), actions.stop_server, icon="power", dangerous=True)
    yield from (each for each in servers if each.dangerous)


def own_items(network: Network, actions: ChatActions) -> Iterator[MenuItem]:
    """Yield the menu items of the own card."""
    if network.state == "online":
        yield MenuItem(_("My profile and name…"), actions.profile, icon="person")
        if network.away:
            yield MenuItem(_("I am back"), actions.set_back, icon="check")
            yield MenuItem(_("Change the away text…"), actions.set_away, icon="pencil")
        else:
            yield MenuItem(_("Set away…"), actions.set_away, icon="clock")
        yield MenuItem()
    elif network.state in ("offline", "waiting"):
        yield MenuItem(_("Connect"), actions.connect, icon="wifi")
    if network.nick:
        yield MenuItem(_("Copy my name"), actions.copy_name, icon="copy")


def section_items(network: Network, section: SectionName, actions: ChatActions) -> Iterator[MenuItem]:
    """Yield the menu items of a heading."""
    folded = section in network.folded
    icon = "chevron-right" if folded else "chevron-down"
    yield MenuItem(_("Unfold") if folded else _("Fold"), lambda: actions.fold(section), icon=icon)
    if network.state == "online" and section == "channel":
        yield MenuItem(_("Join or make a channel"), actions.join, icon="plus")
    if network.state == "online" and section == "direct":
        yield MenuItem(_("Write to somebody"), actions.write, icon="pencil", key="Ctrl+N")
