"""What people say that they are doing without being away; it travels as METADATA `status`.

Source: IRCv3 metadata, key `status`
"""

from __future__ import annotations

from chatapp.client.incoming.events import MetadataReceived
from chatapp.client.model.changes import Change
from chatapp.client.model.model import Person
from chatapp.client.model.network import Network
from chatapp.client.model.user_metadata import changes_about, person_of, set_own_value
from chatapp.client.text.formatting import displayed
from chatapp.protocol.message import Message
from chatapp.protocol.presence import ABSENT, UNSPECIFIED

KEY = "status"
MAX_CHARACTERS = 200


def set_status(text: str) -> Message:
    """Return the command that sets our own status; an empty one removes it."""
    return set_own_value(KEY, text)


def received(network: Network, event: MetadataReceived) -> list[Change]:
    """Apply METADATA, 761 or 766 about a user whom we see."""
    person = person_of(network, event, KEY)
    status = " ".join(displayed(event.value or "").split())[:MAX_CHARACTERS]
    if person is None or person.status == status:
        return []
    person.status = status
    return changes_about(network, person.nick)


def own_status(network: Network) -> str:
    """Return what others read beside our name now: why we are away, else our status."""
    person = network.people.get(network.fold(network.nick))
    if network.away:
        return network.away_text
    return person.status if person else ""


def said_by(person: Person) -> str:
    """Return what a person says in one line: why they are away, else the status; empty for nothing."""
    if not person.away:
        return person.status
    return reason(person.away_text)


def reason(away_text: str) -> str:
    """Return why somebody is away, in one line; empty if the away text gives no reason."""
    return "" if away_text in (ABSENT, UNSPECIFIED) else " ".join(away_text.split())
