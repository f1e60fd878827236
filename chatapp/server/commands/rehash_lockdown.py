"""REHASH reloads the configuration; LOCKDOWN closes the server to guests."""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import server_settings
from chatapp.server.operations.configuration import apply_loaded
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World


def rehash(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """REHASH: reload the configuration and the certificate. An error in them leaves the old ones in use.

    Sends:
        382.
    Errors:
        481 not an operator, 723 not an owner; FAIL REHASH BAD_CONFIG with the error.
    Source:
        modern IRC REHASH.
    """

    def done(world: World, me: Session, error: str, out: Outbox) -> None:
        out.audit("REHASH", world.name)
        out.reply(numerics.RPL_REHASHING, "configuration", "Rehashing")
        apply_loaded(world, me, error, out)
        if error:
            raise FailError("REHASH", "BAD_CONFIG", error)

    reload_config = world.reload_config
    out.run_job(lambda reader: reload_config(), done)


def lockdown(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """LOCKDOWN [on | off]: close the server to guests and new accounts, or open it again.

    Guests who are connected are disconnected. The lockdown outlasts a restart.

    Sends:
        NOTE LOCKDOWN ON or OFF.
    Errors:
        481 not an operator; FAIL LOCKDOWN INVALID_PARAMS, NEED_ACCOUNT.
    """
    word = msg.params[0].lower() if msg.params else ""
    if word not in ("", "on", "off"):
        raise FailError("LOCKDOWN", "INVALID_PARAMS", "Expected on or off", msg.params[0])
    if word == "on" and not user.account:
        raise FailError("LOCKDOWN", "NEED_ACCOUNT", server_settings.LOCKED_OUT, word)
    is_closed = world.is_locked or (word == "off" and world.live_settings.closed)
    if word and (word == "on") != is_closed:
        out.audit("LOCKDOWN", world.name, word)
        server_settings.set_lockdown(world, word == "on", out)
    if world.is_locked:
        out.note(
            "LOCKDOWN", "ON", "Only users with an account can connect; registration of accounts is closed"
        )
    else:
        out.note("LOCKDOWN", "OFF", "The server is open as configured")
