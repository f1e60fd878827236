"""Display names: the name of a user in any spelling, beside the nick that commands use.

A display name travels as METADATA `display-name`. The server of this project refuses the name of another
user, other servers may not. So a name that is also the nick of another user is not shown.

Source: IRCv3 metadata, key `display-name`
"""

from __future__ import annotations

import unicodedata

from chatapp.client.incoming.events import MetadataReceived
from chatapp.client.model.changes import Change
from chatapp.client.model.network import Network
from chatapp.client.model.user_metadata import changes_about, nick_of
from chatapp.protocol.display_names import KEY, MAX_CHARACTERS

TOGETHER_SECONDS = 10.0  # within which a new display name and a new nick are one change
MAX_PAST_NAMES = 5000  # of users who are no longer there; the oldest is forgotten

_JOINER = "\u200d"  # joins the parts of an emoji
_INVISIBLE = frozenset({"Cc", "Cf", "Co", "Cs", "Cn", "Zl", "Zp"})  # Unicode categories


def cleaned(name: str) -> str:
    """Return a display name without invisible characters, with single spaces, at most MAX_CHARACTERS long."""
    visible = "".join(each for each in name[: 4 * MAX_CHARACTERS] if _is_shown(each))
    return " ".join(visible.split())[:MAX_CHARACTERS].strip()


def received(network: Network, event: MetadataReceived, now: float) -> list[Change]:
    """Apply METADATA, 761 or 766 about a user; other keys and channels are ignored."""
    nick = nick_of(network, event, KEY)
    if not nick:
        return []
    folded = network.fold(nick)
    name = cleaned(event.value or "")
    if name == nick or _is_another_user(network, folded, name):
        name = ""
    person = network.people.get(folded)
    if person is None:
        if not name:
            return []  # the messages of somebody who is gone keep the name under which they were written
        remember(network, folded, name)
    elif person.display_name == name:
        return []
    else:
        person.name_before, person.named_at = person.display_name or person.nick, now
        person.display_name = name
    return changes_about(network, nick)


def remember(network: Network, folded: str, name: str) -> None:
    """Store the display name of a user who is not in `Network.people`; an empty name removes it."""
    network.past_names.pop(folded, None)
    if name:
        network.past_names[folded] = name
    while len(network.past_names) > MAX_PAST_NAMES:
        del network.past_names[next(iter(network.past_names))]


def name_before_new_nick(network: Network, nick: str, now: float) -> str:
    """Return the name that was shown for a user who changes the nick now, perhaps together with the name."""
    person = network.people.get(network.fold(nick))
    if person is not None and person.named_at and 0 <= now - person.named_at <= TOGETHER_SECONDS:
        return person.name_before
    return network.display_name(nick)


def forget_person(network: Network, folded: str) -> None:
    """Remove a person, but keep the display name for the messages that are still shown."""
    person = network.people.pop(folded, None)
    if person is not None:
        remember(network, folded, person.display_name)


def _is_shown(character: str) -> bool:
    is_invisible = unicodedata.category(character) in _INVISIBLE
    return not is_invisible or character == _JOINER or character.isspace()


def _is_another_user(network: Network, folded: str, name: str) -> bool:
    """Return whether a display name is the nick of another user whom we see."""
    wanted = network.fold(unicodedata.normalize("NFKC", name))
    return wanted != folded and wanted in network.people
