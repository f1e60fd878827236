"""What the rail shows of each server: name, unread messages, whether it is connected, its tooltip."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from chatapp.client.login import Login
from chatapp.client.model.network import Network, NetworkState
from chatapp.gui.main.unread_counts import capped_count, unread_count
from chatapp.languages.translation import N_, _

STATES: dict[NetworkState, str] = {
    "offline": N_("Not connected"),
    "connecting": N_("Connecting…"),
    "registering": N_("Connecting…"),
    "online": N_("Connected"),
    "waiting": N_("Not connected, tries again by itself"),
}
UNNAMED = N_("Chat")
MOST_KEYS = 9  # servers that have a key


@dataclass(frozen=True, slots=True)
class ServerTile:
    """One server.

    Attributes:
        network: Whose tile it is.
        name: The name of the chat.
        label: The name, with what tells it from another server of the same name.
        important: The number of mentions and direct messages.
        has_news: Whether there are other unread messages.
        is_connected: Whether we are online there.
        needs_answer: Whether it waits for a decision of the user, such as about a certificate.
        is_current: Whether the window shows it.
        state: What the tooltip says below the name.
    """

    network: Network
    name: str
    label: str
    important: int = 0
    has_news: bool = False
    is_connected: bool = True
    needs_answer: bool = False
    is_current: bool = False
    is_muted: bool = False
    state: str = ""

    @property
    def badge(self) -> str:
        """What stands in the badge; "" for none. What is new on the shown server, the sidebar tells."""
        return "!" if self.needs_answer else capped_count(self.important)


def server_tiles(
    servers: Sequence[tuple[Network, Login]], current: Network, waiting: Collection[Network] = ()
) -> list[ServerTile]:
    """Return the tiles in the order of the servers.

    Args:
        servers: The networks with their logins.
        current: The one that the window shows.
        waiting: Those that wait for a decision of the user.
    """
    labels = server_labels(servers)
    return [_tile(network, labels[network], network is current, network in waiting) for network, _ in servers]


def server_labels(servers: Sequence[tuple[Network, Login]]) -> dict[Network, str]:
    """Return a name for each network that no other one has: with its address or our own name if necessary."""
    names = Counter(name_of(network) for network, _ in servers)
    addresses = Counter((name_of(network), login.address) for network, login in servers)
    labels = {}
    for network, login in servers:
        name = name_of(network)
        if names[name] == 1:
            labels[network] = name
        elif addresses[name, login.address] == 1:
            labels[network] = f"{name} ({login.address})"
        else:
            labels[network] = f"{name} ({login.name})"
    return labels


def name_of(network: Network) -> str:
    """Return the name of the chat."""
    return network.name or _(UNNAMED)


def important_total(network: Network) -> int:
    """Return how many messages the title and the icon of the window count: those that have a badge here."""
    found = [unread_count(each) for each in network.conversations.values() if each.unread or each.mentions]
    return sum(each.number for each in found if each.badge)


def _tile(network: Network, label: str, is_current: bool, needs_answer: bool) -> ServerTile:
    found = () if is_current else network.conversations.values()
    counts = [unread_count(each) for each in found if each.unread or each.mentions]
    important = sum(each.number for each in counts if each.badge)
    others = any(each.number for each in counts if not each.badge)
    state = network.problem if needs_answer and network.problem else _(STATES[network.state])
    if network.muted:
        state = _("{state} · muted").format(state=state)
    return ServerTile(
        network,
        name_of(network),
        label,
        important,
        has_news=others and not network.muted,
        is_connected=network.state == "online",
        needs_answer=needs_answer,
        is_current=is_current,
        is_muted=network.muted,
        state=state,
    )
