"""SESSIONS: where an account is logged in. Only its owner sees that, and can end the sessions.

C: SESSIONS
S: NOTE SESSIONS ENTRY 1a2 this 2026-03-12T11:00:00.000Z 2026-03-12T11:58:00.000Z 192.0.2.7 Chatapp …
S: NOTE SESSIONS END ana 2026-02-03T08:00:00.000Z :One session
"""

from __future__ import annotations

from collections.abc import Iterator

from chatapp.protocol import names
from chatapp.protocol.capabilities import STANDARD_REPLIES
from chatapp.protocol.message import Message, cut, middle
from chatapp.protocol.numbers import counted
from chatapp.protocol.numerics import FailError
from chatapp.protocol.printable import escape_controls
from chatapp.protocol.timestamps import iso
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import confirmation, presence
from chatapp.server.state.accounts import Account
from chatapp.server.state.session import ClientDescription, Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

COMMAND = "SESSIONS"
DESCRIPTION_BYTES = 40  # of each part of what a client says about itself
LOGGED_OUT = "You were logged out from another session of your account"


def sessions(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """SESSIONS [END <id> | END OTHERS | CLIENT <program> [<system> [:<computer>]]]: list your sessions.

    END logs a session of your account out, or all but this one: they are disconnected. CLIENT says what this
    session is, for your own list. `*` stands for what is not known.

    Sends:
        NOTE SESSIONS ENTRY with id, `this` or `other`, times of the login and of the last message, address,
        program, system and computer; NOTE SESSIONS END with the account and the time of its registration. Or
        NOTE SESSIONS ENDED with a number. To a session that is ended NOTE SESSIONS LOGGED_OUT, then ERROR.
    Errors:
        FAIL SESSIONS ACCOUNT_REQUIRED, NO_SUCH_SESSION, INVALID_PARAMS.
    """
    word = msg.params[0].upper() if msg.params else "LIST"
    if word == "CLIENT":
        me.client = ClientDescription(*map(_described, msg.params[1:4]))
        return
    account = confirmation.own_account(world, user, COMMAND)
    if word == "LIST":
        _list(world, account, out)
    elif word == "END" and len(msg.params) > 1:
        _end(world, me, account, msg.params[1], out)
    else:
        raise FailError(
            COMMAND, "INVALID_PARAMS", "Expected END with an id or OTHERS, CLIENT, or nothing", word
        )


def _described(text: str) -> str:
    return "" if text == "*" else cut(escape_controls(text), DESCRIPTION_BYTES)


def _of_account(world: World, account: Account) -> Iterator[Session]:
    """Yield all sessions of an account; its users may have several nicks."""
    for user in world.logged_in.get(account.folded, ()):
        if user.identity == account.identity:
            yield from user.sessions
    yield from (each for each in world.unregistered if names.fold(each.account) == account.folded)


def _list(world: World, account: Account, out: Outbox) -> None:
    found = sorted(_of_account(world, account), key=lambda each: each.opened)
    for each in found:
        each.number = each.number or world.ids.new_id()
        whose = "this" if each is out.me else "other"
        times = [iso(_wall(out, at)) for at in (each.opened, each.last_active)]
        client = [middle(part) for part in each.client]
        text = " ".join(filter(None, each.client)) or "A client that has not told its name"
        out.note(COMMAND, "ENTRY", text, f"{each.number:x}", whose, *times, _address(each), *client)
    out.note(COMMAND, "END", counted(len(found), "session"), account.name, iso(account.created))


def _address(session: Session) -> str:
    """Return an address as a parameter, which cannot begin with a colon: `0::1`."""
    address = session.link.address
    return middle(f"0{address}" if address.startswith(":") else address)


def _wall(out: Outbox, at: float) -> int:
    """Return the milliseconds since 1970 for a time of the clock of the core."""
    return out.now - int((out.clock - at) * 1000)


def _end(world: World, me: Session, account: Account, which: str, out: Outbox) -> None:
    is_everyone = which.upper() == "OTHERS"
    others = [each for each in _of_account(world, account) if each is not me]
    ended = [each for each in others if is_everyone or (each.number and f"{each.number:x}" == which.lower())]
    if not ended and not is_everyone:
        raise FailError(COMMAND, "NO_SUCH_SESSION", "There is no other session with this id", which)
    note = Message("NOTE", (COMMAND, "LOGGED_OUT", LOGGED_OUT), world.name)
    for each in ended:
        out.send(each.own_audience, note, required_caps=STANDARD_REPLIES)
        presence.end_session(world, each, "Logged out", out)
        out.close(each, LOGGED_OUT, "Logged out")
    out.log_info(f"{account.name} ended {len(ended)} of its sessions")
    out.note(COMMAND, "ENDED", f"Logged out: {counted(len(ended), 'session')}", str(len(ended)))
