"""Finds the handler of an item and calls it, after the checks that all commands share."""

from __future__ import annotations

from chatapp.protocol.numerics import (
    ERR_NEEDMOREPARAMS,
    ERR_NOPRIVILEGES,
    ERR_NOPRIVS,
    ERR_NOTREGISTERED,
    ERR_UNKNOWNCOMMAND,
    NumericError,
)
from chatapp.server.commands import COMMANDS, AnyoneCommand, batch, messages
from chatapp.server.core.hooks import Reads
from chatapp.server.core.inbound import InvalidLine, Item, MessageBurst
from chatapp.server.core.outbox import Outbox


def dispatch(out: Outbox, item: Item) -> None:
    """Execute an item of a session.

    Raises:
        NumericError: 451 not registered, 421 unknown command, 481 or 723 role too low, 461 too few
            parameters; and the errors of the handler.
        FailError: The errors of the handler.
    """
    world, me, user = out.world, out.me, out.me.user
    if isinstance(item, MessageBurst):
        if user:
            messages.burst(world, me, user, item, out)
            return
        for _ in item.texts:
            out.reply(ERR_NOTREGISTERED)
        return
    if isinstance(item, InvalidLine):
        raise item.error
    command = COMMANDS.get(item.command)
    if user is None and not isinstance(command, AnyoneCommand):
        raise NumericError(ERR_NOTREGISTERED)
    if command is None:
        raise NumericError(ERR_UNKNOWNCOMMAND, item.command)
    if command.role != "member":
        out.command = item.command
        check_role(out)
    if len(item.params) < command.parameters:
        raise NumericError(ERR_NEEDMOREPARAMS, item.command)
    if item.tags and "batch" in item.tags:
        batch.add_line(world, me, item, out)
        return
    if isinstance(command, AnyoneCommand):
        command.handler(world, me, item, out)
    elif user:
        command.handler(world, me, user, item, out)


def reads_of(item: Item) -> Reads:
    """Return what an item reads, if it changes nothing; see `Reads`."""
    if isinstance(item, MessageBurst):
        return ""
    if isinstance(item, InvalidLine):
        return "stored"  # it is answered with an error
    command = COMMANDS.get(item.command)
    if command is None:
        return "stored" if item.command else ""  # an unknown command is an error; a typed line is a message
    return "" if "batch" in item.tags else command.reads


def check_role(out: Outbox) -> None:
    """Check that the user has the role that the command needs: before it runs, and when its job is done.

    Raises:
        NumericError: 481 for users who are not operators, 723 for operators whose role is too low.
    """
    if not out.command:
        return
    user = out.me.user
    if user is None or not user.is_operator:
        raise NumericError(ERR_NOPRIVILEGES)
    if not user.may_act_as(COMMANDS[out.command].role):
        raise NumericError(ERR_NOPRIVS, out.command)
