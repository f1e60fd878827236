"""The user's own notes about people. They stay on this computer."""

from __future__ import annotations

from chatapp.client.local.settings import Settings
from chatapp.client.model.network import Network

MAX_LENGTH = 500  # characters of a note


def note(settings: Settings, server: str, network: Network, nick: str) -> str:
    """Return the note about a person; empty if there is none.

    Args:
        server: As in `saved_servers`, mostly `host:port`.
    """
    found = (settings.notes.get(key, "") for key in _keys(server, network, nick))
    return next(filter(None, found), "")


def set_note(settings: Settings, server: str, network: Network, nick: str, text: str) -> None:
    """Store a note, under the account of the person if there is one. An empty one is removed."""
    keys = _keys(server, network, nick)
    kept = {key: value for key, value in settings.notes.items() if key not in keys}
    text = " ".join(text.split())[:MAX_LENGTH]
    settings.notes = {**kept, keys[0]: text} if text else kept


def _keys(server: str, network: Network, nick: str) -> list[str]:
    """Return the keys under which a note may be: of the account, then of the nick."""
    folded = network.fold(nick)
    person = network.people.get(folded)
    account = person.account if person else ""
    return [*([f"{server} account:{network.fold(account)}"] if account else []), f"{server} {folded}"]
