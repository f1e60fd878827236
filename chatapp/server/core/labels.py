"""Puts the label of a command on its replies, when the command is done and all of them are known.

    no reply                 an ACK with the label
    one reply                gets the label
    several replies          go into a labeled-response batch
    a reply that is a batch  its opening BATCH gets the label

Source: IRCv3 labeled-response, batch
"""

from __future__ import annotations

from collections.abc import Iterable

from chatapp.protocol.capabilities import BATCH
from chatapp.protocol.message import Message
from chatapp.server.core.effects import Effect, Send, StoredPage
from chatapp.server.state.session import Session

Reply = Message | StoredPage


def labelled(effects: Iterable[Effect], label: str, me: Session, server: str) -> list[Effect]:
    """Return the effects with the label on the replies to the session.

    The replies stand together at the place of the first one.

    Args:
        server: The name of the server.
    """
    replies: list[Reply] = []
    rest: list[Effect] = []
    place = -1  # of the first reply
    for effect in effects:
        if isinstance(effect, StoredPage):
            place = len(rest) if place < 0 else place
            replies.append(effect)
        elif isinstance(effect, Send) and effect.answers(me):
            place = len(rest) if place < 0 else place
            replies.append(effect.message)
            if len(effect.audience.sessions) > 1:
                rest.append(
                    Send(effect.audience, effect.message, me, effect.required_caps, effect.excluded_caps)
                )
        else:
            rest.append(effect)
    answer: list[Effect] = [
        reply if isinstance(reply, StoredPage) else Send(me.own_audience, reply)
        for reply in _labelled_replies(replies, label, me, server)
    ]
    place = len(rest) if place < 0 else place
    return rest[:place] + answer + rest[place:]


def _labelled_replies(replies: list[Reply], label: str, me: Session, server: str) -> list[Reply]:
    if not replies:
        return [Message("ACK", (), server, {"label": label})]
    first = replies[0]
    if isinstance(first, Message) and (len(replies) == 1 or _is_one_batch(first, replies[-1])):
        return [first.tagged(label=label), *replies[1:]]
    if not me.caps & BATCH:
        return replies
    reference = me.new_batch()
    return [
        Message("BATCH", (f"+{reference}", "labeled-response"), server, {"label": label}),
        *(_within(reference, reply) for reply in replies),
        Message("BATCH", (f"-{reference}",), server),
    ]


def _within(reference: str, reply: Reply) -> Reply:
    if isinstance(reply, StoredPage):
        return reply.within(reference)
    return reply if "batch" in reply.tags else reply.tagged(batch=reference)


def _is_one_batch(first: Message, last: Reply) -> bool:
    return (
        isinstance(last, Message)
        and first.command == "BATCH" == last.command
        and first.params[0][:1] == "+"
        and last.params[0] == "-" + first.params[0][1:]
    )
