"""CAP: capability negotiation.

Source: IRCv3 capability-negotiation.
"""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.capabilities import BITS, CAP_NOTIFY, METADATA, names_of
from chatapp.protocol.message import Message, pack
from chatapp.protocol.numbers import parse_whole
from chatapp.protocol.numerics import NumericError
from chatapp.protocol.timestamps import DAY_SECONDS
from chatapp.server.core.features import CAP_LINE_BYTES, capability_tokens, offered_capabilities
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations import complete_registration
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

VERSION = 302  # of the negotiation with values, several lines, NEW and DEL


def cap(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """CAP LS [302] | LIST | REQ :<capabilities> | END: negotiate capabilities.

    Sends:
        CAP LS, LIST, ACK or NAK.
    Errors:
        410 no such subcommand.
    Source:
        IRCv3 capability-negotiation.
    """
    handler = _SUBCOMMANDS.get(msg.params[0].upper())
    if handler is None:
        raise NumericError(numerics.ERR_INVALIDCAPCMD, msg.params[0])
    handler(world, me, msg, out)


def _ls(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """List the capabilities. The reply depends on the version in this request, which is also stored.

    The capability sts is only advertised, to clients that use TLS; it cannot be requested.

    Source:
        IRCv3 sts.
    """
    if me.user is None:
        me.is_negotiating = True
    asked = msg.params[1] if len(msg.params) > 1 else ""
    is_new = parse_whole(asked, VERSION) is not None
    if is_new:
        me.cap_302 = True
        me.set_caps(me.caps | CAP_NOTIFY)
    tokens = capability_tokens(offered_capabilities(world.config, me.is_private), is_new)
    if is_new and me.link.is_secure and world.config.tls.sts_days:
        tokens.append(f"sts=duration={world.config.tls.sts_days * DAY_SECONDS}")
    _send_tokens("LS", tokens, is_new, me, out)


def _list(world: World, me: Session, msg: Message, out: Outbox) -> None:
    _send_tokens("LIST", names_of(me.caps), me.cap_302, me, out)


def _req(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """Enable or disable capabilities: all of them or none."""
    if me.user is None:
        me.is_negotiating = True
    wanted = msg.params[1] if len(msg.params) > 1 else ""
    available, caps = offered_capabilities(world.config), me.caps
    for word in wanted.split():
        name = word.removeprefix("-")
        if name not in available or (word == "-cap-notify" and me.cap_302):
            out.reply_from_server("CAP", me.name, "NAK", wanted)
            return
        caps = caps & ~BITS[name] if word.startswith("-") else caps | BITS[name]
    me.set_caps(caps)
    if not caps & METADATA:
        me.subscriptions.clear()
    out.reply_from_server("CAP", me.name, "ACK", wanted)


def _end(world: World, me: Session, msg: Message, out: Outbox) -> None:
    me.is_negotiating = False
    complete_registration.complete(world, me, out)


_SUBCOMMANDS = {"LS": _ls, "LIST": _list, "REQ": _req, "END": _end}


def _send_tokens(subcommand: str, tokens: list[str], is_multiline: bool, me: Session, out: Outbox) -> None:
    """Send tokens in as many lines as they need.

    Args:
        is_multiline: Whether the client accepts several lines (version 302). If not, tokens that do not fit
            are left out, draft capabilities first.
    """
    if not is_multiline:
        tokens = sorted(tokens, key=lambda token: token.startswith("draft/"))
    lines = list(pack(tokens, CAP_LINE_BYTES)) or [""]
    lines = lines if is_multiline else lines[:1]
    for line in lines[:-1]:
        out.reply_from_server("CAP", me.name, subcommand, "*", line)
    out.reply_from_server("CAP", me.name, subcommand, lines[-1])
