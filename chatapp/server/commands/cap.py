"""CAP: a client and the server agree on extensions, and the server tells when it offers others than before.

Source  IRCv3 capability-negotiation, cap-notify
"""

from __future__ import annotations

from collections.abc import Mapping

from chatapp.protocol import numerics
from chatapp.protocol.capabilities import BITS, CAP_NOTIFY, METADATA, names_of
from chatapp.protocol.message import Message, pack
from chatapp.protocol.numbers import whole
from chatapp.protocol.numerics import Refused
from chatapp.server.commands import registration
from chatapp.server.config import Config
from chatapp.server.core.features import offered
from chatapp.server.core.outbox import Outbox
from chatapp.server.state.session import Session
from chatapp.server.state.world import World

LINE_BYTES = 400  # of names in one CAP line, so that it fits with everything before them
DAY = 86_400  # seconds
VERSION = 302  # of the negotiation: values, several lines, NEW and DEL


def cap(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """CAP LS [302] | LIST | REQ :<capabilities> | END: agree on extensions.

    Sends   CAP LS, LIST, ACK or NAK
    Errors  410 no such subcommand
    Source  IRCv3 capability-negotiation
    """
    handler = _SUBCOMMANDS.get(msg.params[0].upper())
    if handler is None:
        raise Refused(numerics.ERR_INVALIDCAPCMD, msg.params[0])
    handler(world, me, msg, out)


def _ls(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """A version holds for good, but the answer is as this request can read it.

    That clients shall insist on TLS is nothing to agree on: it is told here alone, and to who uses TLS.

    Source  IRCv3 sts
    """
    if me.user is None:
        me.negotiating = True
    asked = msg.params[1] if len(msg.params) > 1 else ""
    is_new = whole(asked, VERSION) is not None
    if is_new:
        me.cap_302 = True
        me.set_caps(me.caps | CAP_NOTIFY)
    words = _words(offered(world.config, me.is_private), is_new)
    if is_new and me.link.is_secure and world.config.tls.sts_days:
        words.append(f"sts=duration={world.config.tls.sts_days * DAY}")
    _tell("LS", words, is_new, me, out)


def _list(world: World, me: Session, msg: Message, out: Outbox) -> None:
    _tell("LIST", names_of(me.caps), me.cap_302, me, out)


def _req(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """All of them or none."""
    if me.user is None:
        me.negotiating = True
    wanted = msg.params[1] if len(msg.params) > 1 else ""
    there, caps = offered(world.config), me.caps
    for word in wanted.split():
        name = word.removeprefix("-")
        if name not in there or (word == "-cap-notify" and me.cap_302):
            out.server("CAP", _name_of(me), "NAK", wanted)
            return
        caps = caps & ~BITS[name] if word.startswith("-") else caps | BITS[name]
    me.set_caps(caps)
    if not caps & METADATA:
        me.subscriptions.clear()
    out.server("CAP", _name_of(me), "ACK", wanted)


def _end(world: World, me: Session, msg: Message, out: Outbox) -> None:
    me.negotiating = False
    registration.complete(world, me, out)


_SUBCOMMANDS = {"LS": _ls, "LIST": _list, "REQ": _req, "END": _end}


def announce(world: World, before: Config, out: Outbox) -> None:
    """The configuration changed: tell which capabilities are new, have another value or are gone, to who
    wants to know; nobody has those that are gone any more.

    Takes  before: the configuration until now
    Sends  CAP DEL, CAP NEW
    Source IRCv3 cap-notify
    """
    then, now = offered(before), offered(world.config)
    new = {name: value for name, value in now.items() if then.get(name) != value}
    gone = [name for name in then if name not in now]
    for session in world.sessions():
        if session.caps & CAP_NOTIFY:
            for subcommand, words in (("DEL", gone), ("NEW", _words(new, session.cap_302))):
                for line in pack(words, LINE_BYTES):
                    message = Message("CAP", (_name_of(session), subcommand, line), world.name)
                    out.deliver(session.alone, message)
        if session.caps & (lost := sum(BITS[name] for name in gone)):
            session.set_caps(session.caps & ~lost)


def _words(capabilities: Mapping[str, str], with_values: bool) -> list[str]:
    return [f"{name}={value}" if value and with_values else name for name, value in capabilities.items()]


def _tell(subcommand: str, words: list[str], in_lines: bool, me: Session, out: Outbox) -> None:
    """Words in as many lines as they need. Who cannot put lines together gets one; what finds no place there
    is a draft.
    """
    if not in_lines:
        words = sorted(words, key=lambda word: word.startswith("draft/"))
    lines = list(pack(words, LINE_BYTES)) or [""]
    lines = lines if in_lines else lines[:1]
    for line in lines[:-1]:
        out.server("CAP", _name_of(me), subcommand, "*", line)
    out.server("CAP", _name_of(me), subcommand, lines[-1])


def _name_of(me: Session) -> str:
    return me.user.nick if me.user else me.nick or "*"
