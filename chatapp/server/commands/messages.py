"""Talking: messages to channels and people.

A message is kept and delivered in one turn: whoever sees it will find it in the history.
"""

from __future__ import annotations

from chatapp.protocol import numerics
from chatapp.protocol.capabilities import ECHO_MESSAGE
from chatapp.protocol.message import BODY_BYTES, Message, cut
from chatapp.protocol.numerics import NumericError
from chatapp.server.core.effects import ChannelBurst
from chatapp.server.core.inbound import MessageBurst
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.delivery import send_message, send_notice, send_to_each
from chatapp.server.operations.speak_permissions import CHECKED_PER_MESSAGE, check_speech
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import message_rows

MOST_BYTES = 4  # of a character in UTF-8


def privmsg(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """PRIVMSG <target>{,<target>} :<text>: say something in a channel or to a person.

    Sends   PRIVMSG to the target, and to the asker with echo-message; 301 when the person is away
    Errors  401 no such nick, 403 no such channel, 404 may not speak there, 407 too many targets,
            411 no target, 412 no text
    Source  modern IRC PRIVMSG, IRCv3 echo-message
    """
    send_message(world, me, user, msg, out)


def notice(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """NOTICE <target>{,<target>} :<text>: like PRIVMSG, but nothing ever answers it, not even an error.

    Sends   NOTICE to the target, and to the asker with echo-message
    Source  modern IRC NOTICE
    """
    send_notice(world, me, user, msg, out)


def tagmsg(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """TAGMSG <target>{,<target>}: client tags without words, such as "is typing".

    Sends   TAGMSG to who knows message-tags
    Errors  as PRIVMSG, but no text is needed
    Source  IRCv3 message-tags
    """
    send_to_each(world, me, user, msg, out)


def burst(world: World, me: Session, said: MessageBurst, out: Outbox) -> None:
    """What was said to one channel in a row: as many PRIVMSGs, checked and kept together."""
    user = me.user
    if user is None:
        for _ in said.texts:
            out.reply(numerics.ERR_NOTREGISTERED)
        return
    try:
        channel = world.channel(said.target)
        check_speech(user, channel)
    except NumericError as refused:
        for _ in said.texts:
            out.refuse(refused)
        return
    if not CHECKED_PER_MESSAGE.isdisjoint(channel.modes):
        for text in said.texts:
            privmsg(world, me, user, Message("PRIVMSG", (said.target, text)), out)
        return
    count = len(said.texts)
    texts = _cut_to_line(said.texts, f":{user.source} PRIVMSG {channel.name} :")
    first_id, first_at = world.ids.new_ids(count), channel.next_time(out.now)
    channel.last_time += count - 1
    out.effects.append(
        ChannelBurst(channel, user, texts, first_id, first_at, None if me.caps & ECHO_MESSAGE else me)
    )
    if me.caps & ECHO_MESSAGE and user not in channel.members:
        out.effects.append(ChannelBurst(channel, user, texts, first_id, first_at, None, me.own_audience))
    if world.config.history.enabled:
        channel.has_messages = True
        author = user.source, user.account, user.author
        out.save(message_rows.insert_burst(first_id, channel.key, first_at, *author, texts))
    user.last_active = out.now


def _cut_to_line(texts: list[str], head: str) -> list[str]:
    """The texts, such that each fits into a line after this head."""
    room = BODY_BYTES - len(head.encode())
    if max(map(len, texts)) * MOST_BYTES <= room:
        return texts
    return [cut(text, room) for text in texts]
