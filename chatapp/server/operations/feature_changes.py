"""Notifies connected clients of changed capabilities.

Source: IRCv3 cap-notify.
"""

from __future__ import annotations

from chatapp.protocol.capabilities import BITS, CAP_NOTIFY
from chatapp.protocol.message import Message, pack
from chatapp.server.config import Config
from chatapp.server.core.features import CAP_LINE_BYTES, capability_tokens, offered_capabilities
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.world import World


def notify_capabilities(world: World, before: Config, out: Outbox) -> None:
    """Notify sessions of capabilities that a new configuration adds, changes or removes.

    Sessions lose the removed ones.

    Args:
        before: The configuration until now.

    Sends:
        CAP DEL and CAP NEW to sessions with cap-notify.
    """
    old, current = offered_capabilities(before), offered_capabilities(world.config)
    new = {name: value for name, value in current.items() if old.get(name) != value}
    gone = [name for name in old if name not in current]
    for session in world.sessions():
        if session.caps & CAP_NOTIFY:
            for subcommand, tokens in (("DEL", gone), ("NEW", capability_tokens(new, session.cap_302))):
                for line in pack(tokens, CAP_LINE_BYTES):
                    message = Message("CAP", (session.name, subcommand, line), world.name)
                    out.deliver(session.own_audience, message)
        if session.caps & (lost := sum(BITS[name] for name in gone)):
            session.set_caps(session.caps & ~lost)
