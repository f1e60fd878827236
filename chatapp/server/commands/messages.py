"""PRIVMSG, NOTICE and TAGMSG: messages to channels and users.

A message is stored and delivered in one turn: every message that a client sees is in the history.
"""

from __future__ import annotations

from chatapp.protocol.capabilities import ECHO_MESSAGE
from chatapp.protocol.message import BODY_BYTES, Message, cut
from chatapp.protocol.numerics import NumericError
from chatapp.server.core import message_log
from chatapp.server.core.effects import ChannelBurst
from chatapp.server.core.inbound import MessageBurst
from chatapp.server.core.outbox import Outbox
from chatapp.server.operations.delivery import send_message, send_notice, send_to_each
from chatapp.server.operations.speak_permissions import CHECKED_PER_MESSAGE, check_may_speak
from chatapp.server.state.session import Session
from chatapp.server.state.user import User
from chatapp.server.state.world import World
from chatapp.server.storage import message_rows

MAX_CHARACTER_BYTES = 4  # in UTF-8


def privmsg(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """PRIVMSG <target>{,<target>} :<text>: send a message to a channel or user.

    Sends:
        PRIVMSG to the target, and to the sender with echo-message; 301 if the user is away.
    Errors:
        401 no such nick, 403 no such channel, 404 cannot send to the channel, 407 too many targets, 411 no
        target, 412 no text. In slow mode, instead of 404, to sessions with standard-replies: FAIL PRIVMSG
        SLOW_MODE with the seconds to wait.
    Source:
        modern IRC PRIVMSG, IRCv3 echo-message.
    """
    send_message(world, me, user, msg, out)


def notice(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """NOTICE <target>{,<target>} :<text>: send a notice; it gets no replies, not even errors.

    Sends:
        NOTICE to the target, and to the sender with echo-message.
    Source:
        modern IRC NOTICE.
    """
    send_notice(world, me, user, msg, out)


def tagmsg(world: World, me: Session, user: User, msg: Message, out: Outbox) -> None:
    """TAGMSG <target>{,<target>}: send client tags without text, such as a typing notification.

    Sends:
        TAGMSG to sessions with message-tags.
    Errors:
        As for PRIVMSG, except 412.
    Source:
        IRCv3 message-tags.
    """
    send_to_each(world, me, user, msg, out)


def burst(world: World, me: Session, user: User, messages: MessageBurst, out: Outbox) -> None:
    """Handle successive PRIVMSGs of one session to one channel, checked and stored together."""
    try:
        channel = world.channel(messages.target)
        check_may_speak(user, channel)
    except NumericError as refused:
        for _ in messages.texts:
            out.refuse(refused)
        return
    if not CHECKED_PER_MESSAGE.isdisjoint(channel.modes):
        for text in messages.texts:
            privmsg(world, me, user, Message("PRIVMSG", (messages.target, text)), out)
        return
    count = len(messages.texts)
    texts = _cut_to_line(messages.texts, f":{user.source} PRIVMSG {channel.name} :")
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
        message_log.store_links_of_burst(user, first_id, texts, out)
    user.last_active, me.last_active = out.now, out.clock


def _cut_to_line(texts: list[str], head: str) -> list[str]:
    """Cut the texts so that each fits into a line after this head."""
    room = BODY_BYTES - len(head.encode())
    if max(map(len, texts)) * MAX_CHARACTER_BYTES <= room:
        return texts
    return [cut(text, room) for text in texts]
