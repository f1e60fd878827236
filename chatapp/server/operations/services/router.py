"""Routes requests to NickServ and ChanServ, for clients without SASL and users of other IRC networks.

`NS IDENTIFY …`, `NICKSERV IDENTIFY …` and `PRIVMSG NickServ :IDENTIFY …` are the same. A service replies with
notices. To add a command, write a function and add a row to the table of its module.
"""

from __future__ import annotations

from collections.abc import Sequence

from chatapp.protocol.message import Message
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.services.chanserv import COMMANDS as CHANSERV
from chatapp.server.operations.services.nickserv import COMMANDS as NICKSERV
from chatapp.server.operations.services.service import ServiceCommand, ServiceError, ServiceRequest
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

_COMMANDS = {"NickServ": NICKSERV, "ChanServ": CHANSERV}


def nickserv(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """NICKSERV <command> …: manage your account. NICKSERV HELP lists the commands.

    Sends:
        NOTICE from NickServ.
    """
    _serve(ServiceRequest(world, me, user, "NickServ", out), _words(msg.params))


def chanserv(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """CHANSERV <command> …: manage the operators of a channel. CHANSERV HELP lists the commands.

    Sends:
        NOTICE from ChanServ.
    """
    _serve(ServiceRequest(world, me, user, "ChanServ", out), _words(msg.params))


def handle_message(world: World, me: Session, user: User, name: str, text: str, out: Outbox) -> None:
    """Handle a message that was sent to a service."""
    _serve(ServiceRequest(world, me, user, name, out), text.split())


def _words(params: Sequence[str]) -> Sequence[str]:
    """Return the words of a command. With several parameters, a password may contain spaces."""
    return params[0].split() if len(params) == 1 else params


def _serve(request: ServiceRequest, words: Sequence[str]) -> None:
    commands = _COMMANDS[request.service]
    name = words[0].upper() if words else "HELP"
    command = commands.get(name)
    try:
        if name == "HELP":
            _help(request, commands)
        elif command is None:
            raise ServiceError("No such command; HELP lists all")
        elif len(words) - 1 < command.parameters:
            raise ServiceError(f"Usage: {name} {command.usage}")
        else:
            command.handler(request, words[1:])
    except ServiceError as refusal:
        request.reply(str(refusal))
    except FailError as failed:
        request.reply(failed.params[-1])


def _help(request: ServiceRequest, commands: dict[str, ServiceCommand]) -> None:
    for name, command in commands.items():
        request.reply(f"{name} {command.usage}".rstrip() + f" - {command.purpose}")
