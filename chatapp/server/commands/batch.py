"""BATCH: a client sends a multiline message. It is delivered when the batch ends.

    BATCH +1 draft/multiline #c
    @batch=1 PRIVMSG #c :A line
    @batch=1 PRIVMSG #c :and a long one that
    @batch=1;draft/multiline-concat PRIVMSG #c : goes on
    BATCH -1

A session can have one batch open at a time. An error ends the batch; its remaining lines are ignored.

Source: IRCv3 client-batch, multiline.
"""

from __future__ import annotations

from chatapp.protocol.capabilities import MULTILINE
from chatapp.protocol.message import Message
from chatapp.protocol.multiline import BATCH_TYPE, IDLE_SECONDS, MultilineDraft, invalid_batch
from chatapp.protocol.numerics import FailError
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.delivery import send_message, send_notice
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World

_SEND = {"PRIVMSG": send_message, "NOTICE": send_notice}


LINE_REFUND = 0.75  # of a command: a text of many lines is sent faster than as many messages


def batch(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """BATCH +<reference> draft/multiline <target>, BATCH -<reference>: begin or end a multiline message.

    Sends:
        PRIVMSG or NOTICE, at the end of the batch.
    Errors:
        FAIL BATCH MULTILINE_INVALID, MULTILINE_INVALID_TARGET, MULTILINE_MAX_BYTES, MULTILINE_MAX_LINES;
        TIMEOUT after a minute without a line; at the end also those of PRIVMSG.
    Source:
        IRCv3 multiline.
    """
    sign, reference = msg.params[0][:1], msg.params[0][1:]
    if sign == "+":
        _open(me, reference, msg, out)
    elif sign == "-":
        _close(world, me, user, reference, out)
    else:
        raise invalid_batch("A batch starts with +reference and ends with -reference")


def add_line(world: World, me: Session, msg: Message, out: Outbox) -> None:
    """Add a line to its batch.

    Raises:
        FailError: See BATCH.
    """
    draft = _draft(me, msg.tags["batch"])
    draft.last_line_at = out.clock
    if draft.is_rejected:
        return
    out.refund = LINE_REFUND
    try:
        draft.add(msg)
    except FailError:
        draft.reject()
        out.label = draft.label
        raise


def _open(me: Session, reference: str, msg: Message, out: Outbox) -> None:
    """Open a batch. Its label is used at the end: the delivered message answers it."""
    if not me.caps & MULTILINE:
        raise invalid_batch("Request the capability draft/multiline first")
    if len(msg.params) != 3 or msg.params[1] != BATCH_TYPE or "," in msg.params[2]:
        raise invalid_batch(f"A batch must be of type {BATCH_TYPE} and have one target")
    if me.draft and not me.draft.is_rejected:
        me.draft.reject()
        raise invalid_batch("Only one batch can be open at a time")
    draft = me.draft = MultilineDraft(reference, msg.params[2], msg.tags, out.label, out.clock)
    out.label = None
    out.after(IDLE_SECONDS, lambda world, me, out: _check(draft, me, out))


def _close(world: World, me: Session, user: User, reference: str, out: Outbox) -> None:
    draft = _draft(me, reference)
    me.draft = None
    if draft.is_rejected:
        return
    out.label = draft.label
    _SEND[draft.command or "PRIVMSG"](world, me, user, draft.message(), out)


def _check(draft: MultilineDraft, me: Session, out: Outbox) -> None:
    """End a batch that has had no line for too long."""
    if me.draft is not draft or draft.is_rejected:
        return
    left = draft.last_line_at + IDLE_SECONDS - out.clock
    if left > 0:
        out.after(left, lambda world, me, out: _check(draft, me, out))
        return
    draft.reject()
    out.label = draft.label
    raise FailError("BATCH", "TIMEOUT", "The batch was open for too long without a line", draft.reference)


def _draft(me: Session, reference: str) -> MultilineDraft:
    if me.draft is None or me.draft.reference != reference:
        raise invalid_batch("No such batch is open")
    return me.draft
