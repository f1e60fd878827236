"""A guest who makes an account keeps its direct messages and read markers, and may edit what it wrote."""

from __future__ import annotations

from dataclasses import replace

from chatapp.server.core.message_log import key_of_identities
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import Session
from chatapp.server.state.user import guest_author
from chatapp.server.state.world import World
from chatapp.server.storage import file_rows, guest_history


def with_author(world: World, me: Session, account: Account) -> Account:
    """Return a new account that is also the author of what the guest of this session wrote."""
    if me.user:
        return replace(account, guest=me.user.author)
    author = guest_author(me.guest_key)
    is_author = _is_alone(world, me) and author not in world.former_guests
    return replace(account, guest=author) if is_author else account


def pass_on(world: World, me: Session, account: Account, out: Outbox) -> None:
    """Give the history of the guest of this session to the account that it has made.

    All is stored together with the account. Afterwards nothing is left under the identity of the guest.
    """
    identity = me.user.identity if me.user else me.guest_key
    if not me.user and not _is_alone(world, me):
        return
    for save in guest_history.move(identity, account.identity):
        out.save(save)
    _move_markers(world, identity, account.identity)
    world.files.change_owner(identity, account.identity)
    out.save(file_rows.change_owner(identity, account.identity))


def _is_alone(world: World, me: Session) -> bool:
    """Return whether a session that is not connected completely has given a key that no user has."""
    return bool(me.guest_key) and me.guest_key not in world.guests


def _move_markers(world: World, guest: str, account: str) -> None:
    if guest in world.markers:
        world.markers[account] = world.markers.pop(guest)
    for owner, markers in world.markers.items():
        partners = [*_partners(markers, guest)] if owner == account else [owner]
        for partner in partners:
            time = markers.pop(key_of_identities(guest, partner), 0)
            if time:
                other = account if partner == guest else partner
                markers[key_of_identities(account, other)] = time


def _partners(markers: dict[str, int], guest: str) -> list[str]:
    """Return the identities with whom a guest has a conversation with a marker."""
    pairs = [key.split("\n") for key in markers if "\n" in key]
    return [first if second == guest else second for first, second in pairs if guest in (first, second)]
