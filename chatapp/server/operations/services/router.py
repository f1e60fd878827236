"""NickServ and ChanServ, for programs that know no SASL and for people who learned IRC with them.

`NS IDENTIFY …`, `NICKSERV IDENTIFY …` and `PRIVMSG NickServ :IDENTIFY …` are the same. A service answers with
notices. To add something it can do, write a function and a row in the table of its module.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.services.chanserv import SKILLS as CHANSERV
from chatapp.server.operations.services.nickserv import SKILLS as NICKSERV
from chatapp.server.operations.services.service import ServiceCommand, ServiceError, ServiceRequest
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

_SKILLS = {"NickServ": NICKSERV, "ChanServ": CHANSERV}


def nickserv(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """NICKSERV <command> …: see to your account. NICKSERV HELP lists the commands.

    Sends   notices of NickServ
    """
    _serve(ServiceRequest(world, me, user, "NickServ", out), _words(msg.params))


def chanserv(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """CHANSERV <command> …: see to the operators of a channel. CHANSERV HELP lists the commands.

    Sends   notices of ChanServ
    """
    _serve(ServiceRequest(world, me, user, "ChanServ", out), _words(msg.params))


def hear(world: World, me: Session, user: User, name: str, text: str, out: Outbox) -> None:
    """What was said to a service as to a person."""
    _serve(ServiceRequest(world, me, user, name, out), text.split())


def _words(params: Sequence[str]) -> Sequence[str]:
    """All may come in one parameter; in several, a password may hold spaces."""
    return params[0].split() if len(params) == 1 else params


def _serve(request: ServiceRequest, words: Sequence[str]) -> None:
    skills = _SKILLS[request.service]
    name = words[0].upper() if words else "HELP"
    skill = skills.get(name)
    try:
        if name == "HELP":
            _help(request, skills)
        elif skill is None:
            raise ServiceError("No such command; HELP lists them")
        elif len(words) - 1 < skill.fewest:
            raise ServiceError(f"Usage: {name} {skill.usage}")
        else:
            skill.do(request, words[1:])
    except ServiceError as refusal:
        request.say(str(refusal))
    except FailError as failed:
        request.say(failed.params[-1])


def _help(request: ServiceRequest, skills: dict[str, ServiceCommand]) -> None:
    for name, skill in skills.items():
        request.say(f"{name} {skill.usage}".rstrip() + f" - {skill.purpose}")
