"""Finds out who makes a request about a file: by the token of a session, or by the password of an account."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable
from http import HTTPStatus

from chatapp.server.core.features import sasl_mechanisms
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import enforce_bans, file_senders, login
from chatapp.server.operations.file_senders import Sender
from chatapp.server.state.accounts import Account, name_of_identity
from chatapp.server.state.file_hosting import Reservation
from chatapp.server.state.file_transfers import FileRequest, HttpReply
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

OnAuthorized = Callable[[World, Session, Sender, FileRequest, Outbox], None]

_BUSY_SECONDS, _WAIT_SECONDS = "5", "60"
_ENDED = "You could not send files any more when this one was complete"
_NEEDS_TLS = "Passwords are refused without TLS: use https"


def check(world: World, me: Session, request: FileRequest, out: Outbox, then: OnAuthorized) -> None:
    """Find out who makes a request, and go on with it.

    Sends:
        401 without a valid token or password; 403 for a password without TLS, and for an account that is
        banned; 429 after too many wrong passwords; 503 while very many passwords are checked.
    """
    scheme, _, value = request.authorization.partition(" ")
    token = request.token or (value.strip() if scheme.lower() == "bearer" else "")
    session = world.files.session_of(token)
    if session is not None and session.user is not None:
        then(world, me, file_senders.sender_of_user(world, session.user, session), request, out)
        return
    found = _basic(value) if scheme.lower() == "basic" else None
    if found is None:
        out.answer(_unauthorized(world, "This needs an account: give its name and password"))
    elif "PLAIN" not in sasl_mechanisms(me.is_private):
        out.answer(HttpReply(HTTPStatus.FORBIDDEN, f"{_NEEDS_TLS}\n"))
    else:
        name, password = found

        def checked(world: World, me: Session, outcome: login.Outcome, out: Outbox) -> None:
            _use_outcome(world, me, outcome, request, out, then)

        login.check_password(world, me, name, password, out, checked)


def _use_outcome(
    world: World, me: Session, outcome: login.Outcome, request: FileRequest, out: Outbox, then: OnAuthorized
) -> None:
    if isinstance(outcome, Account):
        if reason := enforce_bans.ban_of_account(world, me, outcome, out.now):
            out.answer(HttpReply(HTTPStatus.FORBIDDEN, f"{reason}\n"))
        else:
            then(world, me, file_senders.sender_of_account(outcome), request, out)
    elif outcome == login.TOO_OFTEN:
        fields = {"Retry-After": _WAIT_SECONDS}
        out.answer(HttpReply(HTTPStatus.TOO_MANY_REQUESTS, f"{outcome}\n", fields))
    elif outcome == login.BUSY:
        fields = {"Retry-After": _BUSY_SECONDS}
        out.answer(HttpReply(HTTPStatus.SERVICE_UNAVAILABLE, f"{outcome}\n", fields))
    else:
        out.answer(_unauthorized(world, outcome))


def reason_to_refuse(world: World, me: Session, reserved: Reservation, now: int) -> str:
    """Return why an upload that was permitted is not stored at its end; empty if it may be stored."""
    sender = file_senders.find(world, reserved)
    return _reason_to_break_off(world, me, reserved, sender, now) or ("" if sender else _ENDED)


def break_off_refused(world: World, server: Session, out: Outbox) -> None:
    """Break off uploads by those who may not send files any more, such as banned users.

    Sends:
        403.
    """
    for me, reserved in world.files.uploads():
        sender = file_senders.find(world, reserved)
        if reason := _reason_to_break_off(world, me, reserved, sender, out.now):
            out.break_off(me, HttpReply(HTTPStatus.FORBIDDEN, f"{reason}\n"))


def _reason_to_break_off(
    world: World, me: Session, reserved: Reservation, sender: Sender | None, now: int
) -> str:
    """Return why an upload need not go on; empty if it may be stored at its end.

    Args:
        sender: Who sends it; None for somebody who is not there. A guest may come back until the end.
    """
    if not file_senders.is_offered(world):
        return _ENDED
    if sender is None:
        is_guest = not name_of_identity(reserved.owner)
        return enforce_bans.ban_of(world, me, reserved.sender, "", now) if is_guest else _ENDED
    ban = "" if sender.role != "member" else enforce_bans.ban_of(world, me, sender.name, sender.account, now)
    return ban or file_senders.reason_not_to_send(world, sender)


def _basic(value: str) -> tuple[str, str] | None:
    """Read the name and the password of HTTP Basic; None if they are malformed. Source: RFC 7617"""
    try:
        name, colon, password = base64.b64decode(value.strip(), validate=True).decode().partition(":")
    except (binascii.Error, ValueError):
        return None
    return (name, password) if colon and name else None


def _unauthorized(world: World, text: str) -> HttpReply:
    # a field of HTTP is ASCII, and a quoted text
    realm = world.config.server.network.encode("ascii", "replace").decode()
    realm = realm.replace("\\", "\\\\").replace('"', '\\"')
    fields = {"WWW-Authenticate": f'Basic realm="{realm}", charset="UTF-8"'}
    return HttpReply(HTTPStatus.UNAUTHORIZED, f"{text}\n", fields)
